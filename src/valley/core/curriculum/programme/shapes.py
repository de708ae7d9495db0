"""What is a version of a programme, apart from any table: units, outcomes, what each teaches and how deep?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from valley.core.errors import ValleyError

DEPTHS = ("know", "apply", "master")
"""From shallow to deep."""


class InvalidProgramme(ValleyError):
    """A version that contradicts itself: a code twice, an outcome in no unit, a level that does not exist."""

    code: ClassVar[str] = "invalid-programme"


@dataclass(frozen=True, slots=True)
class Unit:
    """What is taught together. ``place`` orders the units; ties by code."""

    code: str
    title_nl: str
    title_en: str = ""
    guided_hours: int = 0
    practice_hours: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a learner can do after a unit. ``competences`` are (id, level 1-4) pairs, each id once."""

    code: str
    unit: str
    text_nl: str
    text_en: str = ""
    depth: str = "apply"
    competences: tuple[tuple[int, int], ...] = ()
    work_processes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A version in one order only, so that equal programmes are equal values.

    Codes of units and codes of outcomes are each used once. Raises `InvalidProgramme`.

    >>> Version((Unit("b", "B", place=2), Unit("a", "A", place=1))).units[0].code
    'a'
    """

    units: tuple[Unit, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def __post_init__(self) -> None:
        _once("unit", [unit.code for unit in self.units])
        _once("outcome", [outcome.code for outcome in self.outcomes])
        units = sorted(self.units, key=lambda unit: (unit.place, unit.code))
        place = {unit.code: number for number, unit in enumerate(units)}
        for outcome in self.outcomes:
            _require_sound(outcome, place)
        outcomes = sorted(map(_ordered, self.outcomes), key=lambda one: (place[one.unit], one.code))
        object.__setattr__(self, "units", tuple(units))
        object.__setattr__(self, "outcomes", tuple(outcomes))

    def taught(self) -> dict[int, int]:
        """The highest level to which each competence is taught.

        >>> one = Outcome("o1", "a", "", competences=((7, 2),))
        >>> two = Outcome("o2", "a", "", competences=((7, 3), (9, 1)))
        >>> Version((Unit("a", "A"),), (one, two)).taught()
        {7: 3, 9: 1}
        """
        levels: dict[int, int] = {}
        for outcome in self.outcomes:
            for competence, level in outcome.competences:
                levels[competence] = max(level, levels.get(competence, 0))
        return dict(sorted(levels.items()))

    def depths(self) -> dict[int, str]:
        """The deepest depth at which each competence is taught."""
        found: dict[int, str] = {}
        for outcome in self.outcomes:
            for competence, _level in outcome.competences:
                found[competence] = max(outcome.depth, found.get(competence, DEPTHS[0]), key=DEPTHS.index)
        return dict(sorted(found.items()))

    def within(self, unit: str) -> tuple[Outcome, ...]:
        """The outcomes of one unit."""
        return tuple(outcome for outcome in self.outcomes if outcome.unit == unit)

    @property
    def guided_hours(self) -> int:
        """Guided hours of all units."""
        return sum(unit.guided_hours for unit in self.units)

    @property
    def practice_hours(self) -> int:
        """Hours of practice of all units."""
        return sum(unit.practice_hours for unit in self.units)


def depth_for(level: int) -> str:
    """The depth to start from for a level: with help is knowing, on one's own is applying, from 3 on mastering.

    >>> [depth_for(level) for level in (0, 1, 2, 3, 4)]
    ['apply', 'know', 'apply', 'master', 'master']
    """
    return {0: "apply", 1: "know", 2: "apply"}.get(level, "master")


def _ordered(outcome: Outcome) -> Outcome:
    competences, processes = tuple(sorted(outcome.competences)), tuple(sorted(set(outcome.work_processes)))
    if (competences, processes) == (outcome.competences, outcome.work_processes):
        return outcome
    return Outcome(outcome.code, outcome.unit, outcome.text_nl, outcome.text_en, outcome.depth, competences, processes)


def _once(what: str, codes: list[str]) -> None:
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise InvalidProgramme(
            expected=f"each code of an {what} once" if what == "outcome" else f"each code of a {what} once",
            found=", ".join(twice),
            next_step="Give one of the two another code.",
            codes=twice,
        )


def _require_sound(outcome: Outcome, units: dict[str, int]) -> None:
    if outcome.unit not in units:
        raise _refused("a unit of this version", outcome.unit or "no unit", outcome.code)
    if outcome.depth not in DEPTHS:
        raise _refused("know, apply or master", outcome.depth, outcome.code)
    ids = [competence for competence, _level in outcome.competences]
    if len(set(ids)) < len(ids):
        raise _refused("each competence once in an outcome", "one twice", outcome.code)
    wrong = [level for _competence, level in outcome.competences if level not in (1, 2, 3, 4)]
    if wrong:
        raise _refused("a level from 1 to 4", wrong[0], outcome.code)


def _refused(expected: str, found: object, outcome: str) -> InvalidProgramme:
    return InvalidProgramme(
        expected=expected, found=f"{outcome}: {found}", next_step="Change this outcome.", outcome=outcome
    )
