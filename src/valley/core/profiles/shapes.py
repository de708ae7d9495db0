"""What do a person, an opening and a module look like to the arithmetic?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from math import isfinite

from valley.core.errors import ValleyError

Place = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""


class InvalidProfile(ValleyError):
    """A profile, demand or vocabulary that cannot exist: a level out of range, a competence twice, a weight of 0."""

    code = "invalid-profile"


class Grade(IntEnum):
    """How strongly a claim is backed: by the person, by someone who saw it, or by a certificate."""

    SELF = 1
    OBSERVED = 2
    CREDENTIAL = 3


class Importance(IntEnum):
    """Whether the opening can do without."""

    WISH = 1
    MUST = 2


def require(holds: bool, expected: str, found: object, next_step: str) -> None:
    """Raise `InvalidProfile` with these words unless ``holds``."""
    if not holds:
        raise InvalidProfile(expected=expected, found=found, next_step=next_step)


def _require_level(level: int) -> None:
    require(level in (1, 2, 3, 4), "a level from 1 to 4", level, "Choose 1, 2, 3 or 4.")


def _require_unique(ids: Iterable[object], noun: str) -> None:
    twice = sorted(str(key) for key, times in Counter(ids).items() if times > 1)
    require(not twice, f"each {noun} once", f"twice: {', '.join(twice)}", "Keep one of them (see `strongest`).")


def _require_range(low: float | None, high: float | None, top: float, noun: str) -> None:
    inside = all(value is None or 0 <= value <= top for value in (low, high))
    require(inside, f"{noun} from 0 to {top:g}", f"{low} to {high}", "Correct the number.")
    ordered = low is None or high is None or low <= high
    require(ordered, f"the least {noun} not above the most", f"{low} to {high}", "Swap the two numbers.")


def _require_place(place: Place | None) -> None:
    inside = place is None or (-90 <= place[0] <= 90 and -180 <= place[1] <= 180)
    require(inside, "a latitude of -90..90 and a longitude of -180..180", place, "Give latitude first.")


@dataclass(frozen=True, slots=True)
class Has:
    """A competence a person said yes to; ``on`` is the day of the evidence."""

    competence: int
    level: int
    grade: Grade
    on: date

    def __post_init__(self) -> None:
        _require_level(self.level)


@dataclass(frozen=True, slots=True)
class Need:
    """A competence an opening or role asks. ``weight`` is the asker's own emphasis, above 0, normally 1."""

    competence: int
    level: int
    importance: Importance = Importance.WISH
    weight: float = 1.0

    def __post_init__(self) -> None:
        _require_level(self.level)
        above = isfinite(self.weight) and self.weight > 0
        require(above, "a weight above 0", self.weight, "Leave the need out instead of giving it weight 0.")


@dataclass(frozen=True, slots=True)
class Gives:
    """A competence that a module or work process brings to a level."""

    competence: int
    level: int

    def __post_init__(self) -> None:
        _require_level(self.level)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language (ISO 639-1 code) at a CEFR level: A1 = 1, A2 = 2, B1 = 3, B2 = 4, C1 = 5, C2 = 6."""

    code: str
    cefr: int

    def __post_init__(self) -> None:
        require(self.cefr in range(1, 7), "a CEFR level from 1 (A1) to 6 (C2)", self.cefr, "Choose A1 to C2.")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person can and wants. Every default means "no limit stated", so nothing can clash with it.

    Hours are per week, ``max_km`` is one way, ``starts_on`` the first day the person is free, ``months_min`` the
    shortest contract wanted. ``home_work`` is whether the person can and wants to work from home.
    """

    hours_min: float | None = None
    hours_max: float | None = None
    max_km: float | None = None
    place: Place | None = None
    evenings: bool = True
    weekends: bool = True
    nights: bool = True
    early: bool = True
    home_work: bool = True
    starts_on: date | None = None
    months_min: int | None = None

    def __post_init__(self) -> None:
        _require_range(self.hours_min, self.hours_max, 168, "hours a week")
        _require_range(self.max_km, None, 40_000, "kilometres")
        _require_range(self.months_min, None, 1_200, "months")
        _require_place(self.place)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an opening offers and asks besides competences. None means "the opening does not say".

    ``evenings`` to ``early`` are work asked at those times; ``home_work`` means the work can be done from home. The
    start lies in the half-open window from ``starts_from`` up to, not including, ``starts_until``; ``months`` is the
    contract length. ``permits`` are codes such as "driving-licence-b" or "vog" (certificate of conduct).
    """

    hours_min: float | None = None
    hours_max: float | None = None
    place: Place | None = None
    evenings: bool = False
    weekends: bool = False
    nights: bool = False
    early: bool = False
    home_work: bool = False
    starts_from: date | None = None
    starts_until: date | None = None
    months: int | None = None
    permits: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _require_range(self.hours_min, self.hours_max, 168, "hours a week")
        _require_range(self.months, None, 1_200, "months")
        _require_place(self.place)
        window = (self.starts_from, self.starts_until)
        ordered = self.starts_from is None or self.starts_until is None or self.starts_from < self.starts_until
        require(ordered, "a start window of at least a day", window, "Put the last moment after the first.")


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as the arithmetic sees one: no name, no age, no address finer than a place."""

    id: int
    has: tuple[Has, ...]
    spoken: tuple[Spoken, ...] = ()
    limits: Limits = Limits()
    permits: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _require_unique((held.competence for held in self.has), "competence")
        _require_unique((tongue.code for tongue in self.spoken), "language")
        object.__setattr__(self, "has", tuple(sorted(self.has, key=lambda held: held.competence)))
        object.__setattr__(self, "spoken", tuple(sorted(self.spoken, key=lambda tongue: tongue.code)))

    @property
    def confirmed(self) -> int:
        """How many competences the person confirmed: said yes to, whatever the grade of evidence."""
        return len(self.has)


@dataclass(frozen=True, slots=True)
class Demand:
    """An opening or a role."""

    id: int
    needs: tuple[Need, ...]
    spoken: tuple[Spoken, ...] = ()
    conditions: Conditions = Conditions()

    def __post_init__(self) -> None:
        _require_unique((need.competence for need in self.needs), "competence")
        _require_unique((tongue.code for tongue in self.spoken), "language")
        object.__setattr__(self, "needs", tuple(sorted(self.needs, key=lambda need: need.competence)))
        object.__setattr__(self, "spoken", tuple(sorted(self.spoken, key=lambda tongue: tongue.code)))


def strongest(claims: Iterable[Has]) -> tuple[Has, ...]:
    """One claim per competence: the highest level, then the best grade, then the newest; sorted by competence.

    Level goes first so that new evidence never takes anything away from a person.

    >>> seen, said = Has(1, 2, Grade.OBSERVED, date(2026, 1, 1)), Has(1, 3, Grade.SELF, date(2025, 1, 1))
    >>> strongest([seen, said]) == (said,)
    True
    """
    best: dict[int, Has] = {}
    for claim in claims:
        rival = best.get(claim.competence)
        if rival is None or (claim.level, claim.grade, claim.on) > (rival.level, rival.grade, rival.on):
            best[claim.competence] = claim
    return tuple(best[competence] for competence in sorted(best))
