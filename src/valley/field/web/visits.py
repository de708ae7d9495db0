"""How does a teacher ask to look in or to work along, and how does the employer answer?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valley.field import actions, queries
from valley.field.queries import rights
from valley.field.web import forms
from valley.foundation import clock, doors, organisations
from valley.foundation.access import Caller
from valley.skills import queries as skills
from valley.work import queries as work

FORMS: dict[str, type[forms.Answering]] = {
    "agree": forms.AgreeForm, "refuse": forms.ReasonForm, "approve": forms.Answering, "return": forms.ReasonForm,
    "cancel": forms.CancelForm, "note": forms.NotesForm, "welcome": forms.Answering, "finish": forms.OutcomeForm,
}  # fmt: skip
USUALLY = timedelta(days=7)
"""The day the form proposes: next week."""


def _schools(who: Caller) -> list[organisations.Partner]:
    return [organisations.partner(id=pk) for pk in sorted(rights.schools_of(who))]


@doors.signed_in
@require_safe
def look_ins(request: HttpRequest) -> HttpResponse:
    """The look-ins of the own school or employer."""
    who = doors.caller(request)
    context = {"answer": queries.look_ins(who), "asks": bool(rights.schools_of(who))}
    return render(request, "field/look_ins.html", context)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to look in, about a change or a question of one's own."""
    who = doors.caller(request)
    rights.require_reader(who)
    change = _number(request.GET.get("change", "") or request.POST.get("change", ""))
    about = queries.change(who, id=change) if change else None
    initial = {"wanted_on": clock.today(who.at) + USUALLY}
    if about is not None:
        initial |= {"change": change, "question": _("What changes in the work, and what must someone be able to do?")}
    chosen = [organisations.partner(id=about.organisation)] if about else _employers(who)
    form = forms.AskForm(request.POST or None, partners=chosen, schools=_schools(who), initial=initial)
    made: list[actions.Saved] = []
    if request.method == "POST" and form.sent(lambda said: made.append(_asked(who, said))):
        messages.success(request, _("Asked. The employer answers here."))
        return redirect("field:look-in", look_in=made[0].id)
    context = {"form": form, "about": about, "schools": _schools(who)}
    return render(request, "field/look_in_new.html", context, status=422 if form.errors else 200)


def _asked(who: Caller, said: dict[str, Any]) -> actions.Saved:
    return actions.ask_look_in(who, **{name: value for name, value in said.items() if name != "version"})


def _employers(who: Caller) -> tuple[organisations.Partner, ...]:
    return organisations.partners(kind="employer", on=clock.today(who.at))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


@doors.signed_in
@require_http_methods(["GET", "POST"])
def look_in(request: HttpRequest, look_in: int) -> HttpResponse:
    """One look-in, with the forms of its next steps."""
    who = doors.caller(request)
    answer = queries.look_in(who, id=look_in)
    acted, shown = _forms(request, {"version": answer.version, "wanted_on": answer.wanted_on}, answer.may)
    lines = None
    if "note" in shown:
        processes = [(one.id, f"{one.code} {one.name}") for one in queries.work_processes(who)]
        lines = forms.note_lines(request.POST if acted == "note" else None, answer, processes)
    if acted and _sent(who, look_in, acted, shown[acted], lines):
        messages.success(request, _("Kept."))
        return redirect("field:look-in", look_in=look_in)
    context = {"answer": answer, "forms": shown, "form": shown.get(acted), "lines": lines}
    if lines is not None:
        context["suggestions"] = [one.term for one in skills.glossary(who)]
    return render(request, "field/look_in.html", context, status=422 if acted else 200)


def _forms(
    request: HttpRequest, initial: dict[str, Any], may: tuple[str, ...]
) -> tuple[str, dict[str, forms.Answering]]:
    """The act that was sent, and a form for it and for every next step; a late act is shown with its refusal."""
    acted = request.POST.get("do", "") if request.method == "POST" else ""
    acted = acted if acted in FORMS else ""
    acts = may if acted in ("", *may) else (*may, acted)
    made = {act: FORMS[act](request.POST if act == acted else None, prefix=act, initial=initial) for act in acts}
    return acted, made


def _sent(who: Caller, look_in: int, act: str, form: forms.Answering, lines: Any) -> bool:
    field = actions
    with_reason = {"refuse": field.refuse_look_in, "return": field.return_notes, "cancel": field.cancel_look_in}
    if isinstance(form, forms.NotesForm):
        drafts = form.drafts(lines, work.competence_finder(who))
        if drafts is None:
            return False
        return form.sent(
            lambda said: field.note_look_in(who, look_in=look_in, version=said["version"] or 0, lines=drafts)
        )
    if act in with_reason:
        say = with_reason[act]
        return form.sent(lambda said: say(who, look_in=look_in, version=said["version"] or 0, reason=said["reason"]))
    if isinstance(form, forms.AgreeForm):
        return form.sent(lambda said: field.agree_look_in(
            who, look_in=look_in, version=said["version"] or 0, agreement=form.agreement()
        ))  # fmt: skip
    return form.sent(lambda said: field.approve_notes(who, look_in=look_in, version=said["version"] or 0))


@doors.signed_in
@require_safe
def placements(request: HttpRequest) -> HttpResponse:
    """The teachers who work along at the own employer, or from the own school."""
    who = doors.caller(request)
    context = {"answer": queries.placements(who), "asks": bool(rights.schools_of(who))}
    return render(request, "field/placements.html", context)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def ask_placement(request: HttpRequest) -> HttpResponse:
    """Ask to work along oneself."""
    who = doors.caller(request)
    rights.require_reader(who)
    schools = _schools(who)
    form = forms.PlacementForm(request.POST or None, partners=_employers(who), schools=schools)
    made: list[actions.Saved] = []
    if request.method == "POST" and form.sent(lambda said: made.append(_placement(who, said))):
        messages.success(request, _("Asked. The employer answers here."))
        return redirect("field:placement", placement=made[0].id)
    context = {"form": form, "schools": schools}
    return render(request, "field/placement_new.html", context, status=422 if form.errors else 200)


def _placement(who: Caller, said: dict[str, Any]) -> actions.Saved:
    return actions.ask_placement(who, **{name: value for name, value in said.items() if name != "version"})


@doors.signed_in
@require_http_methods(["GET", "POST"])
def placement(request: HttpRequest, placement: int) -> HttpResponse:
    """One placement, with the forms of its next steps."""
    who = doors.caller(request)
    answer = queries.placement(who, id=placement)
    renamed = {"agree": "welcome", "finish": "finish", "refuse": "refuse"}
    acted, shown = _forms(request, {"version": answer.version}, tuple(renamed[act] for act in answer.may))
    if acted and _sent_placement(who, placement, acted, shown[acted]):
        messages.success(request, _("Kept."))
        return redirect("field:placement", placement=placement)
    context = {"answer": answer, "forms": shown, "form": shown.get(acted)}
    return render(request, "field/placement.html", context, status=422 if acted else 200)


def _sent_placement(who: Caller, placement: int, act: str, form: forms.Answering) -> bool:
    field = actions
    if act == "finish":
        return form.sent(lambda said: field.finish_placement(
            who, placement=placement, version=said["version"] or 0, outcome=said["outcome"]
        ))  # fmt: skip
    if act == "refuse":
        return form.sent(lambda said: field.refuse_placement(
            who, placement=placement, version=said["version"] or 0, reason=said["reason"]
        ))  # fmt: skip
    return form.sent(lambda said: field.agree_placement(who, placement=placement, version=said["version"] or 0))
