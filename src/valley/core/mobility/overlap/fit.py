"""How far do a person and an opening fit, need by need, so that the points add up to the score?

credit of a need = the best over what the person can of similarity x min(1, level held / level asked); coverage C is
the weighted mean of the credits; use U is the same seen from the person: how much of what they can is used here; fit
is the harmonic mean of the two. Everything is counted in whole parts (see ``policy``), divided once at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valley.core.mobility.overlap.policy import (
    CREDIT_UNIT,
    FRESHNESS_PARTS,
    SIMILARITY_PARTS,
    USE_UNIT,
    WEIGHT_PARTS,
    OverlapPolicy,
    level_parts,
)
from valley.core.profiles import Demand, Has, Need, Profile, Vocabulary, freshness


@dataclass(frozen=True, slots=True)
class Line:
    """What one need adds to the fit.

    ``competence_held`` is what the person brings for it, None when nothing counts. ``credit`` is 0..1, ``weight`` in
    the units of the policy, ``points`` the part of the fit (lines add up to it), ``without`` the fit if the person did
    not have ``competence_held`` at all. ``freshness`` is how far evidence of that age still counts (0..1); it lowers
    the credit only when the policy says so.
    """

    need: Need
    competence_held: int | None
    similarity: float
    level_held: int | None
    credit: float
    weight: float
    points: float
    without: float
    freshness: float | None
    evidence_on: date | None


@dataclass(frozen=True, slots=True)
class Use:
    """How far the opening uses one thing the person can: ``used`` 0..1, through which need (None: not used)."""

    competence: int
    level: int
    competence_needed: int | None
    similarity: float
    level_asked: int | None
    used: float
    weight: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A fit with both its sides and all its lines; every number 0..1."""

    value: float
    coverage: float
    use: float
    lines: tuple[Line, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """One held competence against one need: (parts, similarity parts) order it, then the lowest competence id."""

    held: Has
    need: Need
    similarity: int
    credit: int
    use: int
    fresh: int


@dataclass(frozen=True, slots=True)
class _Sums:
    """The two sides as whole numbers: parts earned and parts possible."""

    covered: int
    asked: int
    used: int
    able: int

    def sides(self) -> tuple[float, float]:
        return (self.covered / self.asked if self.asked else 0.0, self.used / self.able if self.able else 0.0)


def fit(profile: Profile, demand: Demand, vocabulary: Vocabulary, policy: OverlapPolicy, on: date) -> Fit:
    """The fit of one person and one opening, explained. Cost: needs x held competences.

    Ties between held competences go to the higher similarity, then to the lowest id. An empty side gives 0.
    """
    table = [[_cell(held, need, vocabulary, policy, on) for held in profile.has] for need in demand.needs]
    asked = [policy.need_weight(need, vocabulary) for need in demand.needs]
    able = [policy.held_weight(held.competence, vocabulary) for held in profile.has]
    sums = _sums(table, asked, able, None)
    coverage, use = sums.sides()
    value = policy.combine(coverage, use)
    without = {
        column: policy.combine(*_sums(table, asked, able, column).sides()) for column in {_best(row) for row in table}
    }
    lines = tuple(
        _line(need, row, weight, value * _share(row, weight, sums.covered), without[_best(row)])
        for need, row, weight in zip(demand.needs, table, asked, strict=True)
    )
    columns = [[row[index] for row in table] for index in range(len(profile.has))]
    uses = tuple(_use(held, col, weight) for held, col, weight in zip(profile.has, columns, able, strict=True))
    return Fit(value, coverage, use, lines, uses)


def _cell(held: Has, need: Need, vocabulary: Vocabulary, policy: OverlapPolicy, on: date) -> _Cell:
    similarity = policy.similarity_parts(vocabulary.similarity(held.competence, need.competence))
    fresh = freshness_parts(held, vocabulary, on)
    counted = fresh if policy.age_evidence else FRESHNESS_PARTS
    credit = similarity * level_parts(held.level, need.level) * counted
    return _Cell(held, need, similarity, credit, similarity * level_parts(need.level, held.level), fresh)


def freshness_parts(held: Has, vocabulary: Vocabulary, on: date) -> int:
    """How far this evidence still counts, in whole hundredths, at least 1."""
    return max(1, round(FRESHNESS_PARTS * freshness(vocabulary.kind(held.competence), held.on, on)))


def _best(row: list[_Cell], lacking: int | None = None) -> int | None:
    """The column that covers a need best, None when nothing does; ``lacking`` is a column to leave out."""
    counting = [index for index, cell in enumerate(row) if cell.credit and index != lacking]
    return max(counting, key=lambda index: (row[index].credit, row[index].similarity, -index), default=None)


def _sums(table: list[list[_Cell]], asked: list[int], able: list[int], lacking: int | None) -> _Sums:
    """Both sides as whole parts, as if the person lacked the competence in column ``lacking``."""
    covered = sum(
        weight * max((cell.credit for index, cell in enumerate(row) if index != lacking), default=0)
        for row, weight in zip(table, asked, strict=True)
    )
    kept = [index for index in range(len(able)) if index != lacking]
    used = sum(able[index] * max((row[index].use for row in table), default=0) for index in kept)
    return _Sums(covered, sum(asked) * CREDIT_UNIT, used, sum(able[index] for index in kept) * USE_UNIT)


def _share(row: list[_Cell], weight: int, covered: int) -> float:
    """The part of all covered parts that this need brings."""
    best = _best(row)
    return 0.0 if best is None else weight * row[best].credit / covered


def _line(need: Need, row: list[_Cell], weight: int, points: float, without: float) -> Line:
    best = _best(row)
    shown = weight / WEIGHT_PARTS
    if best is None:
        return Line(need, None, 0.0, None, 0.0, shown, 0.0, without, None, None)
    cell = row[best]
    similarity, credit, fresh = cell.similarity / SIMILARITY_PARTS, cell.credit / CREDIT_UNIT, cell.fresh / 100
    held = cell.held
    return Line(need, held.competence, similarity, held.level, credit, shown, points, without, fresh, held.on)


def _use(held: Has, column: list[_Cell], weight: int) -> Use:
    shown = weight / WEIGHT_PARTS
    best = max(column, key=lambda cell: (cell.use, cell.similarity, -cell.need.competence), default=None)
    if best is None or not best.use:
        return Use(held.competence, held.level, None, 0.0, None, 0.0, shown)
    similarity = best.similarity / SIMILARITY_PARTS
    return Use(
        held.competence, held.level, best.need.competence, similarity, best.need.level, best.use / USE_UNIT, shown
    )
