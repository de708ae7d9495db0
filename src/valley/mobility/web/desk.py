"""How do the programme office and a recruiter see the comparison in numbers, never in names?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from valley.foundation import doors
from valley.mobility import actions, queries


@doors.signed_in
def sector(request: HttpRequest) -> HttpResponse:
    """The latest sector comparison in numbers, and a button for a new one."""
    answer = queries.sector_report(doors.caller(request))
    rows = [(line.label, line.openings) for line in answer.classes]
    return render(request, "mobility/sector.html", {"answer": answer, "classes": rows})


@doors.signed_in
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a new comparison and show how far it is."""
    key = actions.ask_for_run(doors.caller(request))
    messages.success(request, _("The comparison is asked for. This page shows how far it is."))
    return redirect("mobility:sector-progress", key=key)


@doors.signed_in
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far a comparison is; the page asks again by itself while it is not done."""
    return render(request, "mobility/progress.html", {"answer": queries.run_progress(doors.caller(request), key=key)})


@doors.signed_in
def reach(request: HttpRequest, slug: str) -> HttpResponse:
    """How many people one opening reaches, for the desk of its organisation."""
    return render(request, "mobility/reach.html", {"answer": queries.opening_reach(doors.caller(request), slug=slug)})
