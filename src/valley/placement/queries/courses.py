"""Which candidate courses are on the table?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from valley.foundation import access, clock, organisations
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.placement import published
from valley.placement.models import CourseOffer
from valley.placement.queries import words
from valley.skills import queries as skills


@dataclass(frozen=True, slots=True)
class CourseItem:
    """A candidate course. ``gives`` are words; ``cost`` is euro once, ``cost_a_head`` for each who follows it.

    ``reserved`` counts who said yes: exact for the programme office, None for others where it is small.
    """

    key: str
    title: str
    provider: str
    gives: tuple[str, ...]
    weeks: int
    starts_on: date
    cost: Decimal
    cost_a_head: Decimal
    least: int
    most: int
    reserved: int | None
    removable: bool
    taught_in: str
    version: int


def course_offers(caller: Caller) -> tuple[CourseItem, ...]:
    """Every candidate course by first day. Programme office, and the schools that teach."""
    access.require_desk(caller, DeskRole.OFFICE, DeskRole.DESIGNER, DeskRole.COACH)
    rows = list(CourseOffer.objects.select_related("organisation").order_by("starts_on", "pk"))
    known = words.known_words([pair[0] for row in rows for pair in row.gives], language=caller.language)
    tongues = {tongue.code: tongue.label for tongue in skills.languages(caller.language)}
    office = caller.operator or caller.sits_at(DeskRole.OFFICE)
    return tuple(_item(row, known, tongues, office=office) for row in rows)


def course_providers(caller: Caller) -> tuple[organisations.Partner, ...]:
    """Who could give a course: every partner that takes part. For whoever may add one, the programme office."""
    access.require_desk(caller, DeskRole.OFFICE)
    return organisations.partners(on=clock.today(caller.at))


def _item(row: CourseOffer, known: words.Known, tongues: dict[str, str], *, office: bool) -> CourseItem:
    gives = [words.condition("competence", competence, level, known) for competence, level in row.gives]
    if row.language:
        gives.append(words.condition("language", row.language, row.cefr or 0, known))
    return CourseItem(
        key=row.key,
        title=row.title,
        provider=row.organisation.name,
        gives=tuple(gives),
        weeks=row.weeks,
        starts_on=row.starts_on,
        cost=row.cost,
        cost_a_head=row.cost_a_head,
        least=row.least,
        most=row.most,
        reserved=row.reserved if office else published.seen(row.reserved),
        removable=office and not row.reserved,
        taught_in=f"{tongues.get(row.taught_in, row.taught_in)} {words.CEFR[row.taught_cefr]}",
        version=row.version,
    )
