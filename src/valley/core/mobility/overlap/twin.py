"""How does this person fit this opening, in three parts that are never merged into one number?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from valley.core.errors import ValleyError
from valley.core.mobility.overlap.fit import Line, Use, fit
from valley.core.mobility.overlap.gate import MustHave, must_haves
from valley.core.mobility.overlap.policy import OverlapPolicy, digest
from valley.core.mobility.overlap.practical import PracticalPoint, distance_km, practical
from valley.core.profiles import Demand, Profile, Vocabulary


class OnePersonOnly(ValleyError):
    """Overlaps of several persons were offered for one list. Openings are ordered for a person, never persons."""

    code = "one-person-only"


@dataclass(frozen=True, slots=True)
class TooLittle:
    """The answer "too little to compare": ``side`` has ``found`` where ``needed`` are needed.

    On the side of the "person" these are confirmed competences, on that of the "opening" competences asked.
    """

    side: Literal["person", "opening"]
    needed: int
    found: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """The whole answer for one person and one opening on one day.

    ``fit`` (0..1) with its two sides ``coverage`` and ``use`` is None when there is too little to compare; the
    must-haves and the practical points are answered all the same. ``distance_km`` is an estimate by road.
    """

    profile: int
    demand: int
    on: date
    must_haves: tuple[MustHave, ...]
    fit: float | None
    coverage: float | None
    use: float | None
    lines: tuple[Line, ...]
    uses: tuple[Use, ...]
    practical: tuple[PracticalPoint, ...]
    distance_km: float | None
    too_little: TooLittle | None
    inputs: str
    policy: str

    @property
    def possible(self) -> bool:
        """Whether every must-have is met."""
        return all(gate.met for gate in self.must_haves)

    @property
    def missing(self) -> tuple[MustHave, ...]:
        """The must-haves not met, by name."""
        return tuple(gate for gate in self.must_haves if not gate.met)

    @property
    def extra(self) -> tuple[Use, ...]:
        """What the person can that this opening does not use."""
        return tuple(use for use in self.uses if not use.used)


@dataclass(frozen=True, slots=True)
class Ordering:
    """One person's openings: ``possible`` by fit, ``not_yet`` by fit (see `Overlap.missing`), the rest by id."""

    possible: tuple[Overlap, ...]
    not_yet: tuple[Overlap, ...]
    not_compared: tuple[Overlap, ...]


def overlap(profile: Profile, demand: Demand, vocabulary: Vocabulary, policy: OverlapPolicy, *, on: date) -> Overlap:
    """Must-haves, fit and practical points of one person for one opening, explained.

    Pure: the same values give the same answer to the last bit, in whatever order competences were listed. Cost: needs
    x held competences, about a millisecond. Formula: ``fit`` module, docs/explanation/overlap.md.

    >>> from valley.core.profiles import Grade, Has, Need
    >>> day = date(2026, 9, 1)
    >>> person = Profile(1, tuple(Has(c, 3, Grade.OBSERVED, day) for c in (1, 2, 3)))
    >>> opening = Demand(9, (Need(1, 3), Need(2, 4)))
    >>> answer = overlap(person, opening, Vocabulary(), OverlapPolicy(), on=day)
    >>> answer.coverage, round(answer.use, 4), round(answer.fit, 4), [use.competence for use in answer.extra]
    (0.875, 0.6667, 0.7568, [3])
    """
    scarce = too_little(profile, demand, policy)
    result = None if scarce else fit(profile, demand, vocabulary, policy, on)
    return Overlap(
        profile=profile.id,
        demand=demand.id,
        on=on,
        must_haves=must_haves(profile, demand, vocabulary, policy),
        fit=result and result.value,
        coverage=result and result.coverage,
        use=result and result.use,
        lines=result.lines if result else (),
        uses=result.uses if result else (),
        practical=practical(profile.limits, demand.conditions),
        distance_km=distance_km(profile.limits.place, demand.conditions.place),
        too_little=scarce,
        inputs=digest(profile, demand, vocabulary.fingerprint, on),
        policy=policy.fingerprint(),
    )


def too_little(profile: Profile, demand: Demand, policy: OverlapPolicy) -> TooLittle | None:
    """Why there is too little to compare, or None when there is enough."""
    if profile.confirmed < policy.least_confirmed:
        return TooLittle("person", policy.least_confirmed, profile.confirmed)
    return None if demand.needs else TooLittle("opening", 1, 0)


def order(overlaps: Iterable[Overlap]) -> Ordering:
    """The openings of one person by fit, highest first, ties by opening id; what is not yet possible stays visible.

    Raises `OnePersonOnly` for overlaps of more than one person: there is no function that orders persons.
    """
    listed = sorted(overlaps, key=lambda one: (-(one.fit or 0.0), one.demand))
    persons = {one.profile for one in listed}
    if len(persons) > 1:
        raise OnePersonOnly(
            expected="overlaps of one person",
            found=f"{len(persons)} persons",
            next_step="Order openings for each person apart. Persons are never ordered for an opening.",
        )
    compared = [one for one in listed if one.fit is not None]
    return Ordering(
        possible=tuple(one for one in compared if one.possible),
        not_yet=tuple(one for one in compared if not one.possible),
        not_compared=tuple(one for one in listed if one.fit is None),
    )
