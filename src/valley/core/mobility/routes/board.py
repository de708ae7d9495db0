"""How do all openings of a region lie ready, so that one learner after another can be planned on them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import cast

import numpy as np
import numpy.typing as npt

from valley.core.mobility.law import Contract, Rule, RuleBook, flags
from valley.core.mobility.law.chain import counts
from valley.core.mobility.overlap.gate import SHIFTS, asked_shifts
from valley.core.mobility.overlap.practical import distance_km
from valley.core.mobility.routes.days import MINUTES, end_of, spread
from valley.core.mobility.routes.field import Arcs, Table
from valley.core.mobility.routes.lanes import Lanes
from valley.core.mobility.routes.shapes import Learner, Offer, Qualification, RoutePolicy
from valley.core.mobility.routes.valid import require_offers, require_terms
from valley.core.profiles import Gives, Has, Importance, Need

Bools = npt.NDArray[np.bool_]
Part = tuple[int, int, int]
LEVELS = 4


class Board:
    """The openings sorted by id, with what does not depend on the learner computed once.

    Building costs about 20 microseconds per opening; a board is read-only and serves any number of learners.

    >>> from valley.core.profiles import Conditions, Demand
    >>> first, until = date(2027, 2, 1), date(2027, 3, 1)
    >>> job = Offer(Demand(7, (), conditions=Conditions(starts_from=first, starts_until=until, months=6)), 1,
    ...             recognised=((first, None),), practises={"W1": 100})
    >>> board = Board([job], Qualification({"W1": 100}, months=6))
    >>> len(board.starts(0, recognised=True)), board.lanes.unpack(board.adds[0])
    (28, [100, 6])
    """

    def __init__(
        self,
        offers: Iterable[Offer],
        qualification: Qualification,
        *,
        rules: Iterable[Rule] = (),
        policy: RoutePolicy = RoutePolicy(),  # noqa: B008 - frozen
    ) -> None:
        self.offers: tuple[Offer, ...] = tuple(sorted(offers, key=lambda offer: offer.id))
        require_offers(self.offers)
        require_terms(qualification, policy)
        self.qualification, self.policy, self.rules = qualification, policy, tuple(rules)
        self.processes = tuple(sorted(code for code, hours in qualification.requires.items() if hours > 0))
        self.lanes = Lanes(len(self.processes) + 1)
        needs = [_musts(offer.demand.needs) for offer in self.offers]
        self.competences = sorted({competence for need in needs for competence, _ in need})
        self._bit = {competence: LEVELS * place for place, competence in enumerate(self.competences)}
        self.needs = [sum(1 << (self._bit[one] + level - 1) for one, level in need) for need in needs]
        self.gives = [self.levels(offer.gives) for offer in self.offers]
        self.adds = [self._add(offer) for offer in self.offers]
        self.employers = [offer.employer for offer in self.offers]
        self.months = [offer.demand.conditions.months or 0 for offer in self.offers]
        self._starts: dict[tuple[int, bool], dict[int, int]] = {}
        self._parts: dict[tuple[int, int], tuple[Part, ...]] = {}
        self.book = RuleBook(self.rules, policy.scenario)
        self._breaches: dict[tuple[Contract, ...], bool] = {}

    def levels(self, given: Iterable[Gives | Has]) -> int:
        """Levels as bits: of every competence asked to start somewhere, a bit for each level up to the one given."""
        bits = 0
        for one in given:
            if one.competence in self._bit:
                bits |= ((1 << one.level) - 1) << self._bit[one.competence]
        return bits

    def musts(self, place: int) -> list[tuple[int, int]]:
        """The competences an opening asks to start, with their levels."""
        return _musts(self.offers[place].demand.needs)

    def entry(self, competence: int) -> int:
        """The bits of one competence."""
        return ((1 << LEVELS) - 1) << self._bit[competence]

    def pack(self, hours: Mapping[str, int], months: int) -> int:
        """Hours per process and months, each at most what is asked, in lanes."""
        asked = self.qualification.requires
        lanes = [min(hours.get(code, 0), asked[code]) for code in self.processes]
        return self.lanes.pack([*lanes, min(max(months, 0), self.qualification.months)])

    def _add(self, offer: Offer) -> int:
        return self.pack(offer.practises, offer.demand.conditions.months or 0)

    def starts(self, place: int, *, recognised: bool) -> dict[int, int]:
        """The days an opening can be started, each with the day it then ends; ordinals."""
        key = (place, recognised)
        if key not in self._starts:
            self._starts[key] = _starts(self.offers[place], recognised)
        return self._starts[key]

    def parts(self, place: int, start: int) -> tuple[Part, ...]:
        """The practice of an opening started on a day, per school year: (first day of the year, days, minutes)."""
        key = (place, start)
        if key not in self._parts:
            offer = self.offers[place]
            hours = sum(offer.practises.get(code, 0) for code in self.qualification.requires)
            self._parts[key] = spread(hours * MINUTES, start, end_of(start, self.months[place]))
        return self._parts[key]

    def contract(self, place: int, start: int, end: int) -> Contract:
        """An opening as a contract of the route."""
        offer = self.offers[place]
        days = date.fromordinal(start), date.fromordinal(end)
        return Contract(str(offer.employer), offer.kind, *days, role=offer.role, initiative=self.policy.initiative)

    def counted(self, contract: Contract) -> bool:
        """Whether the law counts a contract with those that follow; if not, it can neither breach nor be breached."""
        return counts(contract, self.book) > 0

    def breaches(self, contracts: tuple[Contract, ...], on: date) -> bool:
        """Whether the last of these contracts breaches the law."""
        if contracts not in self._breaches:
            told = flags(contracts, rules=self.rules, on=on, scenario=self.policy.scenario)
            self._breaches[contracts] = any(flag.severity == "breach" and flag.about == contracts[-1] for flag in told)
        return self._breaches[contracts]

    @cached_property
    def print(self) -> str:
        """Changes when an opening changes; the order in which openings are given does not matter."""
        return sha256("\n".join(plain(offer) for offer in self.offers).encode()).hexdigest()

    @cached_property
    def arcs(self) -> Arcs:
        """Every opening on every day it can be started, in arrays."""
        return Arcs(self)

    @cached_property
    def table(self) -> Table:
        """The openings in arrays for compiled code."""
        return Table(self)

    @cached_property
    def columns(self) -> Columns:
        """The openings as columns, to compare all of them with one learner at once."""
        return Columns(self.offers)


class Columns:
    """What openings ask, a column for each matter; nan is "not stated".

    >>> Columns([]).places
    []
    """

    def __init__(self, offers: Sequence[Offer]) -> None:
        asked = [offer.demand.conditions for offer in offers]
        self.places = sorted({one.place for one in asked if one.place is not None})
        index = {place: number for number, place in enumerate(self.places)}
        self.place = np.array([index[one.place] if one.place else -1 for one in asked], dtype=np.int64)
        self.hours_min = np.array([_or_nan(one.hours_min) for one in asked])
        self.hours_max = np.array([_or_nan(one.hours_max) for one in asked])
        self.months = np.array([_or_nan(one.months) for one in asked])
        self.home_work = np.array([one.home_work for one in asked], dtype=bool)
        self.employer = np.array([offer.employer for offer in offers], dtype=np.int64)
        shifts = [asked_shifts(one) for one in asked]
        self.shifts = {name: np.array([name in own for own in shifts], dtype=bool) for name in SHIFTS}
        self.languages = _levels([{one.code: one.cefr for one in offer.demand.spoken} for offer in offers])
        self.permits = _levels([dict.fromkeys(one.permits, 1) for one in asked])

    def barred(self, learner: Learner, kind: str, subject: str) -> Bools:
        """The openings that one condition keeps from a learner; what nobody stated keeps nothing."""
        match kind:
            case "distance":
                return self._far(learner)
            case "hours":
                return self._other_hours(learner)
            case "length":
                return self.months < _or_nan(learner.profile.limits.months_min)
            case "avoid":
                return np.isin(self.employer, sorted(learner.avoid))
            case "shift":
                return self.shifts[subject]
            case "language":
                spoken = {one.code: one.cefr for one in learner.profile.spoken}
                return self.languages[subject] > spoken.get(subject, 0)
            case _:
                return self.permits[subject] > 0

    def kilometres(self, learner: Learner) -> npt.NDArray[np.float64]:
        """The way to each opening; nan when it is unknown, 0 when the work is done from home."""
        here = learner.profile.limits.place
        ways = [way(here, place) for place in self.places]
        found = np.array([*(np.nan if one is None else one for one in ways), np.nan])[self.place]
        return np.where(self.home_work & learner.profile.limits.home_work, 0.0, found)

    def _far(self, learner: Learner) -> Bools:
        return self.kilometres(learner) > _or_nan(learner.profile.limits.max_km)

    def _other_hours(self, learner: Learner) -> Bools:
        limits = learner.profile.limits
        return (self.hours_max < _or_nan(limits.hours_min)) | (self.hours_min > _or_nan(limits.hours_max))


def plain(value: object) -> str:
    """A frozen value in words that do not depend on the order of a mapping or a set.

    >>> plain({"b": 1, "a": frozenset({2, 1})})
    '{a=1,2,;b=1;}'
    """
    if is_dataclass(value) and not isinstance(value, type):
        return f"{type(value).__name__}({','.join(plain(getattr(value, one.name)) for one in fields(value))})"
    if isinstance(value, Mapping):
        rows = cast("Mapping[object, object]", value)
        return "{" + "".join(f"{key}={plain(rows[key])};" for key in sorted(rows, key=str)) + "}"
    if isinstance(value, frozenset):
        return "".join(f"{one}," for one in sorted(cast("frozenset[object]", value), key=str))
    if isinstance(value, tuple):
        return "(" + "".join(f"{plain(one)}," for one in cast("tuple[object, ...]", value)) + ")"
    return repr(value)


@lru_cache(maxsize=1 << 15)
def way(here: tuple[float, float] | None, there: tuple[float, float] | None) -> float | None:
    """Estimated kilometres between two places, remembered."""
    return distance_km(here, there)


def _musts(needs: Iterable[Need]) -> list[tuple[int, int]]:
    return [(need.competence, need.level) for need in needs if need.importance is Importance.MUST]


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _levels(asked: Sequence[Mapping[str, int]]) -> dict[str, npt.NDArray[np.int64]]:
    codes = sorted({code for own in asked for code in own})
    return {code: np.array([own.get(code, 0) for own in asked], dtype=np.int64) for code in codes}


def _starts(offer: Offer, recognised: bool) -> dict[int, int]:
    asked = offer.demand.conditions
    assert asked.starts_from is not None and asked.starts_until is not None and asked.months is not None
    days = range(asked.starts_from.toordinal(), asked.starts_until.toordinal())
    ends = {day: end_of(day, asked.months) for day in days}
    if not recognised:
        return ends
    periods = [(start.toordinal(), end.toordinal() if end else date.max.toordinal()) for start, end in offer.recognised]
    return {day: end for day, end in ends.items() if any(start <= day and end <= until for start, until in periods)}
