"""How does a person see the own contracts, confirm one, end one, and say why work fits?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.careers import actions, queries
from valley.careers.web.attempt import attempt
from valley.careers.web.forms import EndForm, FactsForm, WhyForm
from valley.foundation import doors
from valley.people import queries as people


@doors.signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The person's contracts, with what the law says."""
    who = doors.caller(request)
    person = people.my_person(who)
    answer = queries.my_employments(who, person=person) if person else None
    return render(request, "careers/mine.html", {"answer": answer})


@doors.signed_in
@require_POST
def confirm(request: HttpRequest, employment: int) -> HttpResponse:
    """Yes, this is my contract."""
    who = doors.caller(request)
    actions.confirm_employment(who, person=people.my_person(who) or 0, employment=employment)
    messages.success(request, _("Confirmed. The employer sees this contract and your name; you can stop that share."))
    return redirect("careers:mine")


@doors.signed_in
@require_POST
def decline(request: HttpRequest, employment: int) -> HttpResponse:
    """No, this is not my contract."""
    who = doors.caller(request)
    actions.decline_employment(who, person=people.my_person(who) or 0, employment=employment)
    messages.success(request, _("The proposal is gone."))
    return redirect("careers:mine")


@doors.signed_in
@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, employment: int) -> HttpResponse:
    """Fill in what nobody knew when the contract was written down."""
    who = doors.caller(request)
    person = people.my_person(who) or 0
    line = queries.employment_line(queries.my_employments(who, person=person).items, employment)
    form = FactsForm(request.POST or None, agreements=queries.agreements(who), only=line.blanks)
    if form.is_valid() and attempt(
        form, lambda: actions.fill_in(who, employment=employment, person=person, facts=form.cleaned_data)
    ):
        messages.success(request, _("Filled in. The other side sees it too."))
        return redirect("careers:mine")
    return render(request, "careers/facts.html", {"form": form, "line": line}, status=422 if form.errors else 200)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, employment: int) -> HttpResponse:
    """When and why the contract ends."""
    who, form = doors.caller(request), EndForm(request.POST or None)
    person = people.my_person(who) or 0
    line = queries.employment_line(queries.my_employments(who, person=person).items, employment)
    if form.is_valid() and attempt(
        form,
        lambda: actions.end_employment(
            who, employment=employment, ends_on=form.ends_on(), reason=form.cleaned_data["reason"], person=person
        ),
    ):
        messages.success(request, _("The end is written down."))
        return redirect("careers:mine")
    return render(request, "careers/end.html", {"form": form, "line": line}, status=422 if form.errors else 200)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def why(request: HttpRequest, employment: int) -> HttpResponse:
    """Does the work fit, and why?"""
    who, form = doors.caller(request), WhyForm(request.POST or None)
    person = people.my_person(who) or 0
    line = queries.employment_line(queries.my_employments(who, person=person).items, employment)
    if form.is_valid() and attempt(
        form, lambda: actions.say_why(who, employment=employment, person=person, **form.cleaned_data)
    ):
        messages.success(request, _("Thank you. It is counted with others, and nobody reads your answer alone."))
        return redirect("careers:mine")
    return render(request, "careers/why.html", {"form": form, "line": line}, status=422 if form.errors else 200)
