"""Which ways lead from a role to others: what carries over, what is missing, how long, for which pay, by what training?

"Where your skills fit" compares competences; "where people went" counts people. They stand apart and are never mixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valley.careers import snapshots
from valley.careers.queries import training, vocabulary
from valley.core.disclosure import THRESHOLD
from valley.core.mobility import careers
from valley.foundation import clock
from valley.foundation.access import Caller, Purpose
from valley.foundation.problems import NotFound
from valley.mobility import snapshots as mobility
from valley.people import queries as people
from valley.people import snapshots as passports
from valley.skills import snapshots as skills
from valley.work import snapshots as work

# Below this share of what a role asks, nothing worth telling carries over. A reading aid; the percentage is shown.
LEAST_FIT = 10
MOST_FITS = 8


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role of the trade."""

    key: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class GapLine:
    """A competence that is asked at a higher level than held; held 0 is not at all. Guided hours are an assumption.

    ``near`` names a held competence that is close to a missing one.
    """

    competence: int
    label: str
    held: int
    asked: int
    must: bool
    near: str
    hours: int


@dataclass(frozen=True, slots=True)
class CareerStep:
    """From one role to another. ``months`` None: fewer than five people made this step, nothing is assumed.

    Pay is the range of the openings of the goal that are open today, euro an hour; None without openings. ``described``
    says that the role's own description leads there. ``hours`` sums the guided hours of what is missing or lower.
    """

    start: str
    start_title: str
    goal: str
    goal_title: str
    described: bool
    percent: int
    shared: tuple[str, ...]
    lower: tuple[GapLine, ...]
    missing: tuple[GapLine, ...]
    months: int | None
    months_words: str
    pay_min: Decimal | None
    pay_max: Decimal | None
    openings: int
    hours: int
    training: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CareerPath:
    """A way of one to three described steps; ``hours`` are the guided hours of all steps together."""

    keys: tuple[str, ...]
    titles: tuple[str, ...]
    percents: tuple[int, ...]
    hours: int


@dataclass(frozen=True, slots=True)
class FitLine:
    """A role by what carries over to it: ``shared`` competences at the level asked, ``lower`` at a lower level."""

    role: str
    title: str
    percent: int
    shared: int
    lower: int
    asked: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WentLine:
    """Where at least five people went from a role, and the middle of their months in it."""

    start: str
    start_title: str
    goal: str
    goal_title: str
    people: int
    months: int


@dataclass(frozen=True, slots=True)
class Moves:
    """Observed moves between roles over all employers; smaller groups are not in it, and there are no totals."""

    on: date
    threshold: int
    items: tuple[WentLine, ...]


@dataclass(frozen=True, slots=True)
class CareerGraph:
    """Everything that leads on from a role. ``fits_of`` says whose skills: "role" or "passport".

    ``occupations_loaded``: whether the vocabulary has occupations outside the trade to compare with at all.
    """

    on: date
    role: RoleChoice
    asked: int
    steps: tuple[CareerStep, ...]
    paths: tuple[CareerPath, ...]
    fits_of: str
    fits: tuple[FitLine, ...]
    went: tuple[WentLine, ...]
    threshold: int
    elsewhere: tuple[vocabulary.Elsewhere, ...]
    occupations_loaded: bool
    hours_source: str


def career_roles(caller: Caller, *, text: str = "") -> tuple[RoleChoice, ...]:
    """The roles of the trade, those with a word in title or summary when given. Public."""
    wanted = text.strip().casefold()
    found = (RoleChoice(one.key, one.title, one.summary) for one in vocabulary.trade(caller).pages)
    return tuple(one for one in found if wanted in f"{one.title} {one.summary}".casefold())


def career_graph(caller: Caller, *, role: str, steps: int = 2, person: int | None = None) -> CareerGraph:
    """The ways on from a role, up to three steps. Public; with ``person`` the fits are those of one's own passport.

    Raises NotFound for a role the trade does not have, TooManySteps, and what the gate says about the passport.
    """
    on = clock.today(caller.at)
    trade = vocabulary.trade(caller)
    _require(trade, role)
    ways = careers.paths(trade.roles, role, steps=steps)
    edges = sorted({(way[-2], way[-1]) for way in ways}, key=lambda edge: (_depth(ways, edge), edge))
    facts = _Facts(caller, trade, on)
    found = {edge: facts.step(*edge) for edge in edges}
    held = careers.levels(trade.roles[role])
    if person is not None:
        grant = people.grant(caller, purpose=Purpose.OWN, person=person)
        held = {one.competence: one.level for one in passports.profile(grant).has}
    return CareerGraph(
        on=on,
        role=_choice(trade, role),
        asked=steps,
        steps=tuple(found.values()),
        paths=tuple(_path(trade, way, found) for way in ways),
        fits_of="role" if person is None else "passport",
        fits=_fits(trade, held, "" if person is not None else role, facts.by),
        went=tuple(one for one in facts.went.values() if one.start == role),
        threshold=THRESHOLD,
        elsewhere=vocabulary.elsewhere(caller, trade, role),
        occupations_loaded=vocabulary.occupations_loaded(caller),
        hours_source=training.hours_source(caller.language),
    )


def career_path(caller: Caller, *, start: str, goal: str) -> CareerStep:
    """One step from a role to another, whether described or not. Public. Raises NotFound."""
    trade = vocabulary.trade(caller)
    _require(trade, start)
    _require(trade, goal)
    return _Facts(caller, trade, clock.today(caller.at)).step(start, goal)


def moves(caller: Caller) -> Moves:
    """Every observed move that at least five people made, over all employers. Public."""
    facts = _Facts(caller, vocabulary.trade(caller), clock.today(caller.at))
    return Moves(facts.on, THRESHOLD, tuple(facts.went.values()))


class _Facts:
    """What steps share: observed moves, openings of today, training."""

    def __init__(self, caller: Caller, trade: vocabulary.Trade, on: date) -> None:
        self.caller, self.trade, self.on = caller, trade, on
        self.went: dict[tuple[str, str], WentLine] = {
            (one.start, one.goal): WentLine(
                one.start, trade.title(one.start), one.goal, trade.title(one.goal), one.people, one.months
            )
            for one in snapshots.moves()
        }
        self.pay: Mapping[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
        for job in work.jobs(on):
            self.pay[job.role].append((job.pay_min, job.pay_max))
        self.taught = training.taught(caller)
        self.hours = training.table(trade.labels)
        self.by = comparison(on)

    def step(self, start: str, goal: str) -> CareerStep:
        """Everything about one step."""
        trade = self.trade
        bridge = careers.bridge(careers.levels(trade.roles[start]), trade.roles[goal], by=self.by)
        seen, pay = self.went.get((start, goal)), self.pay.get(goal, [])
        lower, missing = self._gaps(bridge.lower), self._gaps(bridge.missing)
        gaps = (*bridge.lower, *bridge.missing)
        return CareerStep(
            start=start,
            start_title=trade.title(start),
            goal=goal,
            goal_title=trade.title(goal),
            described=goal in trade.roles[start].moves_to,
            percent=bridge.percent,
            shared=tuple(trade.label(one) for one in bridge.shared),
            lower=lower,
            missing=missing,
            months=seen.months if seen else None,
            months_words=_months_words(seen),
            pay_min=min((low for low, _high in pay), default=None),
            pay_max=max((high for _low, high in pay), default=None),
            openings=len(pay),
            hours=sum(one.hours for one in (*lower, *missing)),
            training=training.bridges(self.taught, gaps),
        )

    def _gaps(self, gaps: tuple[careers.Gap, ...]) -> tuple[GapLine, ...]:
        hours = training.hours(gaps, self.hours)
        return tuple(
            GapLine(
                one.competence,
                self.trade.label(one.competence),
                one.held,
                one.asked,
                one.must,
                self.trade.label(one.near) if one.near else "",
                spent,
            )
            for one, spent in zip(gaps, hours, strict=True)
        )


def _months_words(seen: WentLine | None) -> str:
    if seen is None:
        return _("no usual time: fewer than %(least)s people made this step, and nothing is assumed") % {
            "least": THRESHOLD
        }
    return ngettext(
        "usually %(months)s month, seen with %(people)s people",
        "usually %(months)s months, seen with %(people)s people",
        seen.months,
    ) % {"months": seen.months, "people": seen.people}


def comparison(on: date) -> careers.Comparison:
    """Roles are compared as people and openings are: the same words, the same rule."""
    return careers.Comparison(skills.vocabulary(), mobility.POLICY, on)


def _fits(
    trade: vocabulary.Trade, held: Mapping[int, int], without: str, by: careers.Comparison
) -> tuple[FitLine, ...]:
    found = careers.fits(held, trade.roles.values(), without=without, by=by)
    return tuple(
        FitLine(
            one.goal,
            trade.title(one.goal),
            one.percent,
            len(one.shared),
            len(one.lower),
            len(trade.roles[one.goal].needs),
            tuple(trade.label(gap.competence) for gap in one.missing if gap.must),
        )
        for one in found
        if one.percent >= LEAST_FIT
    )[:MOST_FITS]


def _path(trade: vocabulary.Trade, way: tuple[str, ...], steps: Mapping[tuple[str, str], CareerStep]) -> CareerPath:
    walked = [steps[edge] for edge in pairwise(way)]
    return CareerPath(
        way,
        tuple(trade.title(key) for key in way),
        tuple(one.percent for one in walked),
        sum(one.hours for one in walked),
    )


def _depth(ways: tuple[tuple[str, ...], ...], edge: tuple[str, str]) -> int:
    return min(len(way) for way in ways if (way[-2], way[-1]) == edge)


def _choice(trade: vocabulary.Trade, role: str) -> RoleChoice:
    page = next(one for one in trade.pages if one.key == role)
    return RoleChoice(page.key, page.title, page.summary)


def _require(trade: vocabulary.Trade, role: str) -> None:
    if role not in trade.roles:
        raise NotFound(expected=_("a role of the trade"), found=role, next_step=_("Choose one from the list."))
