"""What did a person choose for the routes to a qualification, and which practice did a school sign for already?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from valley.chains import queries as chains
from valley.foundation import access, organisations
from valley.foundation.access import Caller, Grant, Purpose
from valley.people import queries as people
from valley.routes.models import ProvenPractice, RouteWish


@dataclass(frozen=True, slots=True)
class RouteSettings:
    """What the person chose for one qualification; ``version`` 0 when nothing was chosen yet."""

    qualification: str
    starts_on: date | None = None
    avoid: tuple[int, ...] = ()
    avoid_names: tuple[str, ...] = ()
    gap_days: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """Practice that a school signed for; ``proven`` says that the whole work process is shown."""

    process: str
    name: str
    hours: int
    proven: bool
    proven_words: str
    school: str
    source: str
    seen_on: date


def route_settings(caller: Caller, *, person: int, qualification: str) -> RouteSettings:
    """What the person chose for a qualification. For the owner and the operator."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    return settings_of(grant, person=person, page=chains.plan(caller, qualification=qualification))


def settings_of(grant: Grant, *, person: int, page: chains.PlanPage) -> RouteSettings:
    """What the one person of a grant chose for the qualification of a plan."""
    with access.opened(grant):
        row: Any = RouteWish.objects.filter(person=person, dossier_code=page.code).first()
    key = chains.qualification_key(page.code, page.part)
    if row is None:
        return RouteSettings(key)
    names = organisations.names(row.avoid)
    return RouteSettings(
        qualification=key,
        starts_on=row.starts_on,
        avoid=tuple(sorted(names)),
        avoid_names=tuple(names[one] for one in sorted(names)),
        gap_days=row.gap_days,
        version=row.version,
    )


def practice(caller: Caller, *, person: int, qualification: str) -> tuple[PracticeLine, ...]:
    """The person's signed practice for a qualification, by work process. For the owner and the operator."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    page = chains.plan(caller, qualification=qualification)
    with access.opened(grant):
        return practice_lines(grant, person=person, code=page.code, names={p.code: p.name for p in page.processes})


def practice_lines(grant: Grant, *, person: int, code: str, names: dict[str, str]) -> tuple[PracticeLine, ...]:
    """The signed practice of one person of an open grant, by work process."""
    rows: list[Any] = list(ProvenPractice.objects.filter(person=person, dossier_code=code).order_by("process_code"))
    schools = organisations.names(row.school_id for row in rows)
    return tuple(
        PracticeLine(
            process=row.process_code,
            name=names.get(str(row.process_code), str(row.process_code)),
            hours=row.hours,
            proven=row.proven,
            proven_words=_("shown in full") if row.proven else _("hours count"),
            school=schools[row.school_id],
            source=row.source,
            seen_on=row.seen_on,
        )
        for row in rows
    )
