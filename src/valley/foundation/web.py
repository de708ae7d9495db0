"""The steward's desk: who sits where?"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.core.errors import ValleyError
from valley.foundation import access, doors, organisations, problems
from valley.foundation.models import DeskRole

app_name = "organisations"


class DeskForm(forms.Form):
    """Who gets which desk."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of the account"), max_length=254)
    role = forms.ChoiceField(label=gettext_lazy("Desk"), choices=DeskRole.choices)


@doors.signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Where the caller decides who sits where."""
    who = doors.caller(request)
    return render(request, "organisations/mine.html", {"answer": organisations.stewarded(who)})


@doors.signed_in
@require_http_methods(["GET", "POST"])
def desks(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits where at one organisation, and a form to give a desk."""
    who, partner = doors.caller(request), organisations.partner(slug=slug)
    seats = organisations.seats(who, organisation=partner.id)
    form = DeskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            organisations.give_desk(who, organisation=partner.id, **form.cleaned_data)
        except access.Forbidden:
            raise
        except ValleyError as error:
            form.add_error("email", problems.sentence(error))
        else:
            messages.success(request, _("The desk is given."))
            return redirect("organisations:desks", slug=slug)
    context = {"partner": partner, "seats": seats, "form": form, "roles": dict(DeskRole.choices)}
    return render(request, "organisations/desks.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_POST
def end(request: HttpRequest, slug: str, seat: int) -> HttpResponse:
    """End a seat at once."""
    partner = organisations.partner(slug=slug)
    organisations.end_desk(doors.caller(request), organisation=partner.id, seat=seat)
    messages.success(request, _("The desk is ended."))
    return redirect("organisations:desks", slug=slug)


urlpatterns = [
    path("", mine, name="mine"),
    path("<slug:slug>/desks/", desks, name="desks"),
    path("<slug:slug>/desks/<int:seat>/end/", end, name="end-desk"),
]
