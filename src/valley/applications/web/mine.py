"""How does a person apply, follow the own applications, stop one, and say yes or no to keeping it?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valley.applications import actions, queries
from valley.applications.web import forms
from valley.core.errors import ValleyError
from valley.foundation import doors
from valley.people import queries as people


@doors.signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The person's own applications, newest first."""
    who = doors.caller(request)
    person = people.my_person(who)
    found = queries.my_applications(who, person=person) if person else ()
    return render(request, "applications/mine.html", {"answer": found, "person": person})


@doors.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose what to show, see exactly what the employer will see, then send it."""
    who = doors.caller(request)
    person = people.my_person(who)
    if person is None:
        messages.info(request, _("To apply you show parts of your passport. Start it first; it takes ten minutes."))
        return redirect("people:start")
    answer = queries.apply_page(who, person=person, opening=slug)
    form = forms.ApplyForm(
        request.POST or None, own=people.passport(who, person=person), initial=forms.first_values(answer)
    )
    changed = False
    if request.method == "POST" and form.is_valid() and "send" in request.POST:
        changed = request.POST.get("seen") != _print(form.cleaned_data)
        if not changed and _sent(request, form, person=person, slug=slug):
            return redirect("applications:mine")
    context = {"answer": answer, "form": form, "changed": changed, **_preview(request, form, person, slug)}
    return render(request, "applications/apply.html", context, status=422 if form.errors or changed else 200)


def _sent(request: HttpRequest, form: forms.ApplyForm, *, person: int, slug: str) -> bool:
    try:
        actions.apply_with_share(doors.caller(request), person=person, opening=slug, view=form.view())
    except ValleyError as error:
        form.refuse(error)
        return False
    messages.success(request, _("Your application is sent. You can stop it at any time."))
    return True


def _print(chosen: dict[str, Any]) -> str:
    return forms.seen_print(tuple(chosen["parts"]), tuple(chosen["competences"]))


def _preview(request: HttpRequest, form: forms.ApplyForm, person: int, slug: str) -> dict[str, Any]:
    """What the employer would see of the choice on the page, and its print; nothing for a choice that does not fit."""
    chosen = form.cleaned_data if form.is_bound else form.initial
    if not chosen.get("parts") or "competences" not in chosen:
        return {"preview": None, "seen": ""}
    parts, competences = tuple(chosen["parts"]), tuple(chosen["competences"])
    who = doors.caller(request)
    shown = queries.preview(who, person=person, opening=slug, parts=parts, competences=competences)
    return {"preview": shown, "seen": forms.seen_print(parts, competences)}


@require_POST
@doors.signed_in
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Stop one application at once."""
    who = doors.caller(request)
    actions.withdraw_application(who, person=people.my_person(who) or 0, key=key)
    messages.success(request, _("Your application has stopped. The employer cannot see anything any more."))
    return redirect("applications:mine")


@require_POST
@doors.signed_in
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """Say yes or no to keeping it longer."""
    who = doors.caller(request)
    agree = request.POST.get("agree") == "yes"
    actions.keep_longer(who, person=people.my_person(who) or 0, key=key, agree=agree)
    said = _("They may keep it until the end of your share.") if agree else _("It goes four weeks after the procedure.")
    messages.success(request, said)
    return redirect("applications:mine")
