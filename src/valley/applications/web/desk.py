"""How does a recruiter read applications in order of arrival, answer each, and end a procedure?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from valley.applications import actions, queries
from valley.applications.web import forms
from valley.foundation import doors, organisations, problems
from valley.people import queries as people


@doors.signed_in
@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """The organisations whose applications the caller may read; the only one at once."""
    who = doors.caller(request)
    found = [organisations.partner(id=one.id) for one in people.reading_desks(who)]
    own = [one for one in found if who.sits_at("recruiter", organisation=one.id)]
    if len(own) == 1:
        return redirect("applications:desk", own[0].slug)
    return render(request, "applications/desks.html", {"answer": own})


@doors.signed_in
@require_safe
def openings(request: HttpRequest, organisation: str) -> HttpResponse:
    """The openings with applications."""
    partner = organisations.partner(slug=organisation)
    answer = queries.desk(doors.caller(request), organisation=partner.id)
    return render(request, "applications/desk.html", {"answer": answer, "partner": partner})


@doors.signed_in
@require_safe
def opening(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """The applications for one opening in order of arrival; nothing in the address changes that order."""
    return _list(request, organisation, slug, forms.EndForm())


def _list(request: HttpRequest, organisation: str, slug: str, form: forms.EndForm) -> HttpResponse:
    partner = organisations.partner(slug=organisation)
    answer = queries.applications_for(doors.caller(request), organisation=partner.id, opening=slug)
    context = {"answer": answer, "partner": partner, "form": form}
    return render(request, "applications/opening.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_POST
def end(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """End the procedure for everybody who still waits."""
    form = forms.EndForm(request.POST)
    if not form.is_valid():
        return _list(request, organisation, slug, form)
    partner = organisations.partner(slug=organisation)
    ended = actions.end_procedure(
        doors.caller(request), organisation=partner.id, opening=slug, reason=form.cleaned_data["reason"]
    )
    words = ngettext(
        "The procedure has ended for %(count)d application. It is removed in four weeks.",
        "The procedure has ended for %(count)d applications. They are removed in four weeks.",
        ended,
    )
    messages.success(request, words % {"count": ended})
    return redirect("applications:opening", organisation, slug)


@doors.signed_in
@require_safe
def read(request: HttpRequest, organisation: str, key: str) -> HttpResponse:
    """Open one application; the look is in the person's log."""
    return _read(request, organisation, key, forms.TurnDownForm())


def _read(request: HttpRequest, organisation: str, key: str, form: forms.TurnDownForm) -> HttpResponse:
    partner = organisations.partner(slug=organisation)
    answer = actions.look_at_application(doors.caller(request), organisation=partner.id, key=key)
    steps = [step for step in answer.application.steps if step.state != "turned-down"]
    context = {"answer": answer, "partner": partner, "form": form, "steps": steps}
    return render(request, "applications/read.html", context, status=422 if form.errors else 200)


@doors.signed_in
@require_POST
def move(request: HttpRequest, organisation: str, key: str) -> HttpResponse:
    """Move one application on, or turn it down with a reason."""
    to = request.POST.get("to", "")
    form = forms.TurnDownForm(request.POST)
    if to == "turned-down" and not form.is_valid():
        return _read(request, organisation, key, form)
    partner = organisations.partner(slug=organisation)
    reason = form.cleaned_data["reason"] if to == "turned-down" else ""
    version = request.POST.get("version", "")
    step = actions.Move(
        to=to[:20], version=int(version) if version.isdecimal() and len(version) < 9 else 0, reason=reason
    )
    try:
        actions.move_application(doors.caller(request), organisation=partner.id, key=key, move=step)
    except actions.StepRefused as error:
        messages.error(request, problems.sentence(error))
        return redirect("applications:read", organisation, key)
    messages.success(request, _("Saved. The person sees this at once."))
    slug = request.POST.get("opening", "")
    if slug and slug.replace("-", "").isalnum():
        return redirect("applications:opening", organisation, slug)
    return redirect("applications:desk", organisation)


@doors.signed_in
@require_safe
def figures(request: HttpRequest, organisation: str = "") -> HttpResponse:
    """How procedures ended, in numbers of groups."""
    partner = organisations.partner(slug=organisation) if organisation else None
    answer = queries.procedure_figures(doors.caller(request), organisation=partner.id if partner else None)
    return render(request, "applications/figures.html", {"answer": answer, "partner": partner})
