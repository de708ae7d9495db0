"""How do openings, a plan and the law become the values that chains are computed from?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from valley.careers import snapshots as careers
from valley.core.mobility import law
from valley.core.mobility import routes as core
from valley.core.profiles import Conditions, Demand, Gives
from valley.vacancies import snapshots as vacancies
from valley.work import snapshots as work

# The names of the two numbers a year of work-based learning has in the table of rules.
PRACTICE_RULE, GUIDED_RULE, PER_YEAR = "bbl-practice-hours", "bbl-guided-hours", "per_year"

Teaches = Mapping[str, tuple[tuple[int, int], ...]]
"""For each work process the (competence, level) pairs the dossier reads in it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an opening says that a reader of a chain wants to know."""

    opening: int
    slug: str
    title: str
    organisation: int
    contract: str
    hours_min: int
    hours_max: int
    pay_min: Decimal
    pay_max: Decimal
    seats: int


@dataclass(frozen=True, slots=True)
class Market:
    """Every opening in which something of a qualification can be practised, as the arithmetic sees it."""

    offers: tuple[core.Offer, ...]
    facts: Mapping[int, Facts] = field(hash=False)
    rules: tuple[law.Rule, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """A link as it was agreed: days, months, hours per work process. ``gone``: it was withdrawn since."""

    key: str
    opening: int
    employer: int
    role: str
    kind: str
    starts_on: date
    ends_on: date
    months: int
    processes: Mapping[str, int]
    gone: bool = False


def market(on: date, *, code: str, asked: Mapping[str, int], teaches: Teaches, taken: Mapping[int, int]) -> Market:
    """The openings that are open on a day and practise a work process of the dossier, by id, full ones left out.

    ``asked`` are the hours of the plan: who practises all hours of a work process leaves with its competences, at the
    level the dossier reads there. ``taken`` are seats that partners signed away.
    """
    found = vacancies.offers(on, dossier=code)
    rows = [row for row in found if row.practises and row.months and row.seats > taken.get(row.opening, 0)]
    demands = {demand.id: demand for demand in work.demands(on)}
    offers = tuple(
        _offer(row, demands[row.opening], asked=asked, teaches=teaches, seats=row.seats - taken.get(row.opening, 0))
        for row in rows
        if row.opening in demands
    )
    rules = careers.rules(on)
    parts = (vacancies.fingerprint(on), code, sorted(asked.items()), sorted(taken.items()), rules)
    facts = {row.opening: _facts(row) for row in rows}
    return Market(offers, facts, rules, hashlib.sha256(repr(parts).encode()).hexdigest())


def _facts(row: vacancies.OfferRow) -> Facts:
    return Facts(
        opening=row.opening,
        slug=row.slug,
        title=row.title,
        organisation=row.employer,
        contract=row.contract,
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        pay_min=row.pay_min,
        pay_max=row.pay_max,
        seats=row.seats,
    )


def _offer(
    row: vacancies.OfferRow, demand: Demand, *, asked: Mapping[str, int], teaches: Teaches, seats: int
) -> core.Offer:
    practises = {code: hours for code, hours in row.practises if code in asked}
    return core.Offer(
        demand=demand,
        employer=row.employer,
        role=row.role,
        kind=cast(Any, row.contract),
        seats=seats,
        recognised=row.recognised,
        practises=practises,
        gives=gives(practises, asked, teaches),
    )


def signed(
    link: Agreed, *, recognised: tuple[core.Period, ...], asked: Mapping[str, int], teaches: Teaches
) -> core.Offer:
    """A link that a partner signed for days to come, as an opening for exactly those days and this learner.

    Its entry needs, travel and shifts were judged when it was signed; its recognition is judged again, today.
    """
    practises = {code: hours for code, hours in link.processes.items() if code in asked}
    conditions = Conditions(
        starts_from=link.starts_on, starts_until=link.starts_on + timedelta(days=1), months=link.months
    )
    return core.Offer(
        demand=Demand(link.opening, (), (), conditions),
        employer=link.employer,
        role=link.role,
        kind=cast(Any, link.kind),
        recognised=recognised,
        practises=practises,
        gives=gives(practises, asked, teaches),
    )


def gives(practises: Mapping[str, int], asked: Mapping[str, int], teaches: Teaches) -> tuple[Gives, ...]:
    """The levels that a job brings someone to: those of every work process it practises for all its hours.

    >>> gives({"W1": 80, "W2": 10}, {"W1": 80, "W2": 60}, {"W1": ((7, 2),), "W2": ((8, 1),)})
    (Gives(competence=7, level=2),)
    """
    best: dict[int, int] = {}
    for code, hours in practises.items():
        if hours >= asked.get(code, hours + 1):
            for competence, level in teaches.get(code, ()):
                best[competence] = max(level, best.get(competence, 0))
    return tuple(Gives(competence, best[competence]) for competence in sorted(best))


def qualification(*, key: str, asked: Mapping[str, int], months: int, rules: Iterable[law.Rule]) -> core.Qualification:
    """What the diploma asks; hours a year as the table of rules has them, 0 where it has none."""
    table = {rule.key: rule for rule in rules if rule.status == "law"}
    return core.Qualification(
        requires=dict(asked),
        months=months,
        practice_hours_a_year=_per_year(table.get(PRACTICE_RULE)),
        guided_hours_a_year=_per_year(table.get(GUIDED_RULE)),
        key=key,
    )


def _per_year(rule: law.Rule | None) -> int:
    return int(rule.numbers.get(PER_YEAR, 0)) if rule else 0
