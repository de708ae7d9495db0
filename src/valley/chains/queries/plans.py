"""Which qualifications can a route lead to, and what does it reckon with: months, work processes and their hours?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from valley.chains.models import QualificationPlan
from valley.dossiers import queries as dossiers
from valley.foundation import clock
from valley.foundation.access import Caller
from valley.foundation.problems import NotFound


@dataclass(frozen=True, slots=True)
class ProcessAsked:
    """A work process of the qualification and the hours of practice that are reckoned for it."""

    code: str
    name: str
    hours: int


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What routes to a qualification reckon with. Every number here is an assumption with its source."""

    code: str
    part: str
    name: str
    part_name: str
    nominal_months: int
    hours: int
    processes: tuple[ProcessAsked, ...]
    source: str
    source_on: date
    dossier_source: str


@dataclass(frozen=True, slots=True)
class QualificationChoice:
    """A qualification that somebody can ask a route for; ``key`` is what a door passes on."""

    key: str
    name: str


def qualifications(caller: Caller) -> tuple[QualificationChoice, ...]:
    """The qualifications with a plan that holds today and a dossier that was imported, by key."""
    today = clock.today(caller.at)
    names = {line.code: line.name for line in dossiers.dossiers(caller)}
    rows = _holding(today).order_by("dossier_code", "part_code", "-from_on")
    pairs = dict.fromkeys(rows.values_list("dossier_code", "part_code"))
    found: list[QualificationChoice] = []
    for code, part in pairs:
        if code in names:
            key = qualification_key(code, part)
            found.append(QualificationChoice(key, plan_words(plan(caller, qualification=key))))
    return tuple(found)


def plan(caller: Caller, *, qualification: str, on: date | None = None) -> PlanPage:
    """The plan of ``commercie/P2`` (dossier and profile) or ``commercie``, as it holds on the day.

    A dossier without a profile named takes its only plan. NotFound for another one, with what there is.
    """
    return plan_and_dossier(caller, qualification=qualification, on=on)[0]


def plan_and_dossier(
    caller: Caller, *, qualification: str, on: date | None = None
) -> tuple[PlanPage, dossiers.DossierPage]:
    """The plan as :func:`plan` gives it, with the dossier it was read with."""
    day = on or clock.today(caller.at)
    row = _row(qualification, day)
    page = dossiers.dossier(caller, code=row.dossier_code, on=day)
    return _page(row, page, dutch=caller.language == "nl"), page


def _page(row: Any, page: dossiers.DossierPage, *, dutch: bool) -> PlanPage:
    hours: dict[str, int] = dict(row.hours.values_list("process_code", "hours"))
    named = {
        process.code: process.name for part in page.parts for task in part.core_tasks for process in task.work_processes
    }
    parts: dict[str, str] = {part.code: part.name for part in page.parts}
    asked = (ProcessAsked(code, named.get(code, code), hours[code]) for code in sorted(hours))
    return PlanPage(
        code=row.dossier_code,
        part=row.part_code,
        name=page.name,
        part_name=parts.get(str(row.part_code), str(row.part_code)),
        nominal_months=row.nominal_months,
        hours=sum(hours.values()),
        processes=tuple(asked),
        source=(row.source_nl if dutch else "") or row.source,
        source_on=row.source_on,
        dossier_source=page.source,
    )


def _row(qualification: str, day: date) -> Any:
    code, _slash, part = qualification.partition("/")
    rows = _holding(day).filter(dossier_code=code[:40])
    if part:
        rows = rows.filter(part_code=part[:20])
    row = rows.order_by("part_code", "-from_on").first()
    if row is None:
        known = ", ".join(
            sorted({qualification_key(*pair) for pair in _holding(day).values_list("dossier_code", "part_code")})
        )
        raise NotFound(
            expected=_("a qualification that routes can be computed for"),
            found=qualification[:60] or _("nothing"),
            next_step=_("Choose one of these: %(known)s.") % {"known": known}
            if known
            else _("Ask the operator to load what routes reckon with."),
        )
    return row


def _holding(day: date) -> Any:
    return QualificationPlan.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)


def qualification_key(code: str, part: str) -> str:
    """What a door passes on for a dossier and its profile, or for a dossier alone.

    >>> qualification_key("commercie", "P2"), qualification_key("commercie", "")
    ('commercie/P2', 'commercie')
    """
    return f"{code}/{part}" if part else code


def plan_words(page: PlanPage) -> str:
    """What a qualification is called: its dossier, and its profile when one was chosen."""
    return f"{page.name}, {page.part_name}" if page.part_name else page.name
