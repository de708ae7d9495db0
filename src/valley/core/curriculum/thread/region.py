"""A region as arrays: which employer gives which share of its demand to which competence, in an order of its own?

Rows stand in an order that follows from what employers ask, not from their ids, so that renaming or permuting
employers changes no draw of chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from valley.core.curriculum.thread.evidence import SCALE, Asked, Evidence
from valley.core.curriculum.thread.shapes import Policy, Setting, Weighting
from valley.core.curriculum.thread.valid import LEVELS, require_exact, require_hours

Whole = NDArray[np.int64]
Reals = NDArray[np.float64]
UNSAID = 2  # where nobody says a level, the hours to be able to apply it: the second of know, apply, master, lead


class Concave:
    """What a covered share is worth: the least of straight lines with whole slopes, one per bend.

    >>> worth = Concave(((0.25, 4), (0.5, 3), (0.75, 2), (1.0, 1)))
    >>> worth(np.array([0, 250_000, 500_000, 1_000_000])).tolist()
    [0, 1000000, 1750000, 2500000]
    """

    def __init__(self, bends: Sequence[tuple[float, int]]) -> None:
        slopes = [slope for _, slope in bends]
        ends = [round(share * SCALE) for share, _ in bends]
        starts = [0]
        for place in range(1, len(bends)):
            starts.append(starts[-1] + (slopes[place - 1] - slopes[place]) * ends[place - 1])
        self.lines = list(zip(slopes, starts, strict=True))

    def __call__(self, covered: Whole) -> Whole:
        slope, start = self.lines[0]
        worth = covered * slope + start
        for slope, start in self.lines[1:]:
            np.minimum(worth, covered * slope + start, out=worth)
        return worth


@dataclass(frozen=True, slots=True)
class Matrix:
    """Shares by employer: entry i says that row ``row[i]`` gives ``share[i]`` to column ``col[i]``; sorted by row."""

    rows: int
    cols: int
    row: Whole
    col: Whole
    share: Whole

    def support(self) -> Whole:
        """The number of employers behind every column."""
        return np.bincount(self.col, minlength=self.cols)

    def only(self, columns: Whole) -> Matrix:
        """The same with these columns (rising) alone, numbered from 0."""
        number = np.full(self.cols, -1, dtype=np.int64)
        number[columns] = np.arange(len(columns))
        kept = number[self.col] >= 0
        return Matrix(self.rows, len(columns), self.row[kept], number[self.col[kept]], self.share[kept])


@dataclass(frozen=True)
class Region:
    """Everything the search needs, read-only: the matrix over everything in play, names of rows and columns."""

    employers: tuple[Asked, ...]
    names: Whole
    matrix: Matrix
    competences: tuple[int, ...]
    cost: Whole
    jobs: Whole
    pieces: Whole
    policy: Policy

    @cached_property
    def worth(self) -> Concave:
        """The value of a covered share."""
        return Concave(self.policy.bends)

    @cached_property
    def total(self) -> Whole:
        """The demand of every row: a million, but for rounding."""
        return np.bincount(self.matrix.row, weights=self.matrix.share, minlength=self.matrix.rows).astype(np.int64)

    @cached_property
    def eligible(self) -> Whole:
        """The columns that enough employers ask."""
        return np.flatnonzero(self.matrix.support() >= self.policy.support)

    @property
    def hours(self) -> Whole | None:
        """What a column costs, or None when a budget is a number of them."""
        return self.cost if self.policy.unit == "hours" else None

    def weight(self, weighting: Weighting) -> Whole:
        """How much every row counts."""
        return {"equal": np.ones(self.matrix.rows, dtype=np.int64), "jobs": self.jobs, "texts": self.pieces}[weighting]

    def covered(self, columns: Sequence[int] | Whole) -> Whole:
        """Per row, how many millionths these columns cover."""
        inside = np.zeros(self.matrix.cols, dtype=bool)
        inside[np.asarray(columns, dtype=np.int64)] = True
        kept = inside[self.matrix.col]
        shares = np.where(kept, self.matrix.share, 0)
        return np.bincount(self.matrix.row, weights=shares, minlength=self.matrix.rows).astype(np.int64)


def region_of(evidence: Evidence, policy: Policy, setting: Setting) -> Region:
    """The arrays of this evidence. Refuses a budget in hours without hours, and weights too large to sum exactly."""
    employers = tuple(sorted(evidence.employers, key=lambda asked: _content(asked, setting)))
    competences = tuple(sorted({competence for asked in employers for competence in asked.shares}))
    place = {competence: number for number, competence in enumerate(competences)}
    counts = [len(asked.shares) for asked in employers]
    matrix = Matrix(
        len(employers),
        len(competences),
        np.repeat(np.arange(len(employers), dtype=np.int64), counts),
        np.array([place[competence] for asked in employers for competence in asked.shares], dtype=np.int64),
        np.array([share for asked in employers for share in asked.shares.values()], dtype=np.int64),
    )
    hours = hours_by_level(evidence, policy, setting)
    if policy.unit == "hours":
        require_hours(hours, competences)
    cost = [max(1, hours_to(hours, competence, evidence.levels.get(competence, 0))) for competence in competences]
    region = Region(
        employers,
        np.array([asked.employer for asked in employers], dtype=np.int64),
        matrix,
        competences,
        np.array(cost, dtype=np.int64),
        np.array(_jobs(employers, setting), dtype=np.int64),
        np.array([asked.pieces for asked in employers], dtype=np.int64),
        policy,
    )
    for part in (matrix.row, matrix.col, matrix.share, region.names, region.cost, region.jobs, region.pieces):
        part.flags.writeable = False
    heaviest = max((int(region.weight(kind).max()) for kind in ("equal", "jobs", "texts") if employers), default=0)
    # a bootstrap may draw the heaviest employer every time
    require_exact(heaviest * len(employers) * int(region.worth(np.array([2 * SCALE]))[0]))
    return region


def _content(asked: Asked, setting: Setting) -> tuple[object, ...]:
    return (*asked.shares.items(), (0, asked.pieces), (0, setting.jobs.get(asked.employer, 0)), (0, asked.employer))


def _jobs(employers: Sequence[Asked], setting: Setting) -> list[int]:
    """Jobs per employer; where unknown the lower median of the known, and 1 when none is known."""
    known = sorted(setting.jobs[asked.employer] for asked in employers if setting.jobs.get(asked.employer, 0) > 0)
    usual = known[(len(known) - 1) // 2] if known else 1
    return [setting.jobs.get(asked.employer, 0) or usual for asked in employers]


def hours_by_level(evidence: Evidence, policy: Policy, setting: Setting) -> dict[int, tuple[int, ...]]:
    """Hours per level; of a group the sum over its members in play: to teach it is to teach what is asked in it."""
    if policy.level == "leaf":
        return {place: setting.hours[place] for place in evidence.members if place in setting.hours}
    tables = {
        place: [setting.hours[one] for one in members if one in setting.hours]
        for place, members in evidence.members.items()
    }
    return {
        place: tuple(sum(row[level] for row in table) for level in range(LEVELS))
        for place, table in tables.items()
        if table
    }


def hours_to(hours: dict[int, tuple[int, ...]], competence: int, level: int) -> int:
    """Guided hours up to a level; 0 when they are not known."""
    table = hours.get(competence)
    return table[(level or UNSAID) - 1] if table else 0
