"""How much of what employers and focus areas ask does a version teach, and how much of it deep enough?

Presence is kept apart from depth: being taught at all is one thing, being taught at the level asked another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from valley.core.curriculum.programme.shapes import DEPTHS, Version
from valley.core.curriculum.thread.shapes import Line

MONTH = 365.25 / 12
"""Days in a mean month of the Gregorian calendar."""


@dataclass(frozen=True, slots=True)
class Need:
    """An employer asks a competence: its share of all that employer asks (0-1), and a level (0 when nobody says)."""

    competence: int
    share: float
    level: int


@dataclass(frozen=True, slots=True)
class Demand:
    """What one employer asks; the shares add up to 1."""

    employer: int
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A focus area: a named set of competences."""

    key: str
    competences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EmployerShare:
    """``present``: share of demand that is taught at all; ``deep``: share taught at least at the level asked."""

    employer: int
    present: float
    deep: float
    missing: tuple[int, ...]
    shallow: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AreaShare:
    """A focus area: how many competences it has, how many are taught, and how many at each depth (know, apply, master).

    ``asked`` is the area's mean share of what employers ask; ``present`` and ``deep`` the parts of it that are taught.
    """

    key: str
    size: int
    taught: int
    at: tuple[int, int, int]
    asked: float
    present: float
    deep: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A competence that employers ask and the version does not teach, or not deep enough.

    ``weight`` is its mean share of demand over all employers; ``employers`` those who ask more than is taught.
    """

    competence: int
    weight: float
    taught: int
    level: int
    employers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Employers by id; areas as given; gaps by falling weight; what is taught and asked by nobody, by id."""

    employers: tuple[EmployerShare, ...]
    areas: tuple[AreaShare, ...]
    gaps: tuple[Gap, ...]
    redundant: tuple[int, ...]
    present: float
    deep: float


def demands(
    lines: Sequence[Line], *, on: date, half_life: Mapping[str, int], merges: Mapping[int, int]
) -> tuple[Demand, ...]:
    """What each employer asks, from lines of evidence; employers and competences by id.

    A line counts for its weight, halved every ``half_life`` months of its kind; the sum per employer is made 1, so that
    saying the same twice as often changes nothing. ``merges`` folds competences, also in chains. The level is the lower
    median of the levels that were said.

    >>> day = date(2026, 1, 1)
    >>> lines = [Line(1, 7, "job-text", day, weight=3.0, level=2), Line(1, 8, "job-text", day)]
    >>> demands(lines, on=day, half_life={"job-text": 24}, merges={})[0].needs
    (Need(competence=7, share=0.75, level=2), Need(competence=8, share=0.25, level=0))
    """
    weights: dict[int, dict[int, float]] = {}
    levels: dict[tuple[int, int], list[int]] = {}
    # The order of adding floats shows in the last digit: a fixed order gives the same bytes for any order of lines.
    for line in sorted(lines, key=lambda one: (one.employer, one.competence, one.kind, one.on, one.weight, one.level)):
        competence = _folded(line.competence, merges)
        months = max(0, (on - line.on).days) / MONTH
        own = weights.setdefault(line.employer, {})
        own[competence] = own.get(competence, 0.0) + line.weight * 0.5 ** (months / half_life[line.kind])
        if line.level:
            levels.setdefault((line.employer, competence), []).append(line.level)
    return tuple(
        Demand(
            employer,
            tuple(
                Need(one, own[one] / sum(own.values()), median_low(levels.get((employer, one), [0])))
                for one in sorted(own)
            ),
        )
        for employer, own in sorted(weights.items())
    )


def _folded(competence: int, merges: Mapping[int, int]) -> int:
    seen = {competence}
    while merges.get(competence, competence) not in seen:
        competence = merges[competence]
        seen.add(competence)
    return competence


def coverage(version: Version, *, demand: Sequence[Demand], areas: Sequence[Area] = ()) -> Coverage:
    """What the version gives each employer and each area; every employer counts the same in the means.

    Teaching more, or deeper, never lowers a share.

    >>> from valley.core.curriculum.programme.shapes import Outcome, Unit
    >>> version = Version((Unit("a", "A"),), (Outcome("o", "a", "", competences=((7, 2), (9, 2))),))
    >>> asked = Demand(1, (Need(7, 0.5, 3), Need(8, 0.5, 1)))
    >>> found = coverage(version, demand=(asked,))
    >>> found.present, found.deep, found.redundant, [gap.competence for gap in found.gaps]
    (0.5, 0.0, (9,), [7, 8])
    """
    taught = version.taught()
    employers = tuple(_employer(one, taught) for one in sorted(demand, key=lambda one: one.employer))
    asked = {need.competence for one in demand for need in one.needs}
    count = max(1, len(employers))
    return Coverage(
        employers=employers,
        areas=tuple(_area(area, version, demand) for area in areas),
        gaps=_gaps(demand, taught),
        redundant=tuple(one for one in taught if one not in asked),
        present=sum(one.present for one in employers) / count,
        deep=sum(one.deep for one in employers) / count,
    )


def _employer(demand: Demand, taught: Mapping[int, int]) -> EmployerShare:
    present = [need for need in demand.needs if need.competence in taught]
    deep = [need for need in present if taught[need.competence] >= need.level]
    return EmployerShare(
        employer=demand.employer,
        present=_share(present),
        deep=_share(deep),
        missing=tuple(need.competence for need in demand.needs if need.competence not in taught),
        shallow=tuple(need.competence for need in present if taught[need.competence] < need.level),
    )


def _share(needs: Sequence[Need]) -> float:
    return min(1.0, sum(need.share for need in needs))


def _area(area: Area, version: Version, demand: Sequence[Demand]) -> AreaShare:
    taught, depths, within = version.taught(), version.depths(), set(area.competences)
    at = [sum(depths.get(one) == depth for one in within) for depth in DEPTHS]
    needs = [need for one in demand for need in one.needs if need.competence in within]
    present = [need for need in needs if need.competence in taught]
    deep = [need for need in present if taught[need.competence] >= need.level]
    count = max(1, len(demand))
    asked, had, reached = (sum(need.share for need in some) / count for some in (needs, present, deep))
    return AreaShare(area.key, len(within), sum(at), (at[0], at[1], at[2]), asked, had, reached)


def _gaps(demand: Sequence[Demand], taught: Mapping[int, int]) -> tuple[Gap, ...]:
    short: dict[int, list[tuple[int, Need]]] = {}
    for one in sorted(demand, key=lambda one: one.employer):
        for need in one.needs:
            had = taught.get(need.competence)
            if had is None or had < need.level:
                short.setdefault(need.competence, []).append((one.employer, need))
    gaps = (
        Gap(
            competence=competence,
            weight=sum(need.share for _employer, need in lines) / len(demand),
            taught=taught.get(competence, 0),
            level=median_low([need.level for _employer, need in lines if need.level] or [0]),
            employers=tuple(employer for employer, _need in lines),
        )
        for competence, lines in short.items()
    )
    return tuple(sorted(gaps, key=lambda gap: (-gap.weight, gap.competence)))
