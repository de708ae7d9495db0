"""How does an employer announce a change, and a school say what it did with it?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from valley.field import actions, queries
from valley.field.queries.timeline import LABELS
from valley.field.web import forms
from valley.field.web.window import parties
from valley.foundation import clock, doors, organisations
from valley.foundation.access import Caller
from valley.work import queries as work

STEPS = ("planned", "sent", "allowed", "taught", "set-aside")


@doors.signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Announce a change."""
    who = doors.caller(request)
    partners = queries.employers(who)
    form = forms.ChangeForm(request.POST or None, partners=partners, initial={"kind": "system"})
    draft = form.draft(work.competence_finder(who)) if request.method == "POST" else None
    if draft is not None and form.sent(lambda _said: actions.announce_change(who, draft=draft)):
        messages.success(request, _("The schools can read it now."))
        return redirect("field:changes")
    context = {"form": form, "partners": partners}
    return render(request, "field/change_edit.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, change: int) -> HttpResponse:
    """Change the words, or withdraw the change."""
    who = doors.caller(request)
    page = queries.change(who, id=change)
    if "change" not in page.may:
        return redirect("field:change", change=change)
    form, away = _edit_forms(request, page)
    if request.method == "POST" and "withdraw" in request.POST:
        say = actions.withdraw_change
        sent = away.sent(lambda said: say(who, change=change, version=said["version"] or 0, reason=said["reason"]))
    elif request.method == "POST" and (draft := form.draft(work.competence_finder(who))) is not None:
        say = actions.revise_change
        sent = form.sent(lambda said: say(who, change=change, version=said["version"] or 0, draft=draft))
    else:
        sent = False
    if sent:
        messages.success(request, _("Kept. What stood there before stays with the change."))
        return redirect("field:change", change=change)
    context = {"form": form, "away": away, "answer": page}
    return render(request, "field/change_edit.html", context, status=422 if form.errors or away.errors else 200)


def _edit_forms(request: HttpRequest, page: queries.ChangePage) -> tuple[forms.ChangeForm, forms.WithdrawForm]:
    initial: dict[str, Any] = {
        "kind": page.change.kind, "title": page.change.title, "text": page.text, "from_on": page.change.from_on,
        "tasks": "\n".join(page.tasks), "competences": "\n".join(one.label for one in page.competences),
        "open_to_partners": page.change.open_to_partners, "version": page.version,
    }  # fmt: skip
    asked = request.POST or None
    leaving = request.method == "POST" and "withdraw" in request.POST
    partners = [organisations.partner(id=page.organisation)]
    form = forms.ChangeForm(None if leaving else asked, partners=partners, initial=initial)
    away = forms.WithdrawForm(asked if leaving else None, prefix="away", initial={"version": page.version})
    return form, away


@doors.signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, change: int) -> HttpResponse:
    """A change with its steps and days, and what this desk can do with it."""
    who = doors.caller(request)
    answer = queries.change(who, id=change)
    form = _step_form(request, who, answer)
    if request.method == "POST" and form is not None and form.sent(lambda said: _step(who, change, said)):
        messages.success(request, _("The step is kept."))
        return redirect("field:change", change=change)
    lead = answer.change.lead
    rows = [(_("Days"), (lead.employer, lead.school, lead.regulator))] if lead.total else []
    look_ins = [one for one in queries.look_ins(who) if one.change == change]
    context = {"answer": answer, "form": form, "rows": rows, "series": parties(), "look_ins": look_ins}
    return render(request, "field/change.html", context, status=422 if form and form.errors else 200)


def _step_form(request: HttpRequest, who: Caller, answer: queries.ChangePage) -> forms.StepForm | None:
    steps = [(step, LABELS[step]) for step in STEPS if step in answer.may]
    versions = list(queries.plannable(who)) if "planned" in answer.may else []
    initial: dict[str, Any] = {"on": clock.today(who.at), "step": steps[0][0] if steps else ""}
    initial["target"] = versions[0][0] if versions else None
    asked = request.POST or None
    return forms.StepForm(asked, steps=steps, versions=versions, initial=initial) if steps or asked else None


def _step(who: Caller, change: int, said: dict[str, Any]) -> object:
    if said["step"] == "planned":
        return actions.plan_change(who, change=change, version=said["target"] or 0, on=said["on"])
    return actions.take_step(who, change=change, step=said["step"], words=said["words"], on=said["on"])
