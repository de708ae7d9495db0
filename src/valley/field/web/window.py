"""What changed since a day, which changes are announced, and how long do they take?"""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from valley.field import queries
from valley.field.queries import rights
from valley.foundation import clock, doors

SPANS = (
    (7, gettext_lazy("a week")), (31, gettext_lazy("a month")), (92, gettext_lazy("three months")),
    (365, gettext_lazy("a year")),
)  # fmt: skip


@doors.signed_in
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The window: what waits for you, and what changed since a day."""
    who = doors.caller(request)
    answer = queries.feed(who, since=_asked(request))
    today = clock.today(who.at)
    spans = [(days, words, today - timedelta(days=days)) for days, words in SPANS]
    context = {"answer": answer, "spans": spans, "announces": bool(queries.employers(who))}
    context["asks"] = bool(rights.schools_of(who))
    return render(request, "field/window.html", context)


def _asked(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        return None


@doors.signed_in
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The announced changes."""
    who = doors.caller(request)
    context = {"answer": queries.changes(who), "announces": bool(queries.employers(who))}
    return render(request, "field/changes.html", context)


@doors.signed_in
@require_safe
def lead_times(request: HttpRequest) -> HttpResponse:
    """From signal to classroom, split by who was waited for."""
    answer = queries.lead_times(doors.caller(request))
    rows = [(one.title, (one.lead.employer, one.lead.school, one.lead.regulator)) for one in answer.changes[:12]]
    return render(request, "field/lead_times.html", {"answer": answer, "rows": rows, "series": parties()})


def parties() -> tuple[str, ...]:
    """The names of the series of the chart."""
    return _("Employer"), _("School"), _("Regulator")
