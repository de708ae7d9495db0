"""Which competences, chosen one by one, lift everybody's covered share most, for many weightings of one region at once?

The gain of a column depends on what is covered, not on how employers are weighed. So weightings (bootstraps, the
region without one employer) that have chosen the same columns share one computation of gains, and a sparse product
weighs them for all of them together. Gains only fall while choosing goes on, so the gains at the start are bounds:
columns whose bound lies below everything that was chosen need no second look (lazy greedy, Minoux 1978). Everything is
in whole numbers; ties go to the lowest column.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from valley.core.curriculum.thread.region import Concave, Matrix, Whole
from valley.core.curriculum.thread.table import Table, Weightings

PER_HOUR = 1000  # gain per hour is compared in whole thousandths, rounded down
LOOK = 48  # columns looked at first; more when the bounds ask for it
LOOK_IN_HOURS = 400  # what still fits at the end of a budget in hours is rarely among the most promising
BLOCK = 4_000_000  # numbers in one block of first gains: 32 MB


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched: a matrix, the value of a covered share, the least support, and the budget.

    ``cost`` is None when the budget is a number of columns; ``most`` is a number of columns to stop at in any case;
    ``opening`` takes the first column by gain alone, the best single one, before going on by gain per hour.
    """

    matrix: Matrix
    worth: Concave
    support: int
    budget: int
    cost: Whole | None = None
    most: int | None = None
    opening: bool = False


@dataclass(frozen=True, slots=True)
class Picks:
    """Per weighting the columns in order of choice (-1 behind the last) and what each added."""

    columns: Whole
    gains: Whole

    def value(self) -> Whole:
        """The value reached, per weighting."""
        return self.gains.sum(axis=1)

    def row(self, number: int) -> list[int]:
        """The columns of one weighting."""
        return [column for column in self.columns[number].tolist() if column >= 0]


def choose(search: Search, weightings: Weightings) -> Picks:
    """Greedy choice for every weighting.

    A column needs ``support`` employers of weight above 0. In hours the better of two: by gain per hour, and the same
    after the best single column.

    >>> from valley.core.curriculum.thread.table import Each
    >>> matrix = Matrix(2, 2, np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([400_000, 600_000, 1_000_000]))
    >>> search = Search(matrix, Concave(((0.5, 2), (1.0, 1))), support=1, budget=2)
    >>> choose(search, Each(np.array([[1, 1], [1, 0]]))).columns.tolist()
    [[1, 0], [1, 0]]
    """
    block = max(1, BLOCK // max(1, search.matrix.cols))
    parts = [_best(search, weightings.some(slice(start, start + block))) for start in range(0, len(weightings), block)]
    width = max((part.columns.shape[1] for part in parts), default=0)
    return Picks(
        np.concatenate([_wide(part.columns, width, -1) for part in parts]),
        np.concatenate([_wide(part.gains, width, 0) for part in parts]),
    )


def _wide(table: Whole, width: int, fill: int) -> Whole:
    return np.pad(table, ((0, 0), (0, width - table.shape[1])), constant_values=fill)


def _best(search: Search, weightings: Weightings) -> Picks:
    if search.cost is None or search.most:
        return _choose(search, weightings, LOOK)
    plain = _choose(search, weightings, LOOK_IN_HOURS)
    other = _choose(replace(search, opening=True), weightings, LOOK_IN_HOURS)
    width = max(plain.columns.shape[1], other.columns.shape[1])
    better = (other.value() > plain.value())[:, None]
    return Picks(
        np.where(better, _wide(other.columns, width, -1), _wide(plain.columns, width, -1)),
        np.where(better, _wide(other.gains, width, 0), _wide(plain.gains, width, 0)),
    )


def _choose(search: Search, weightings: Weightings, look: int) -> Picks:
    """The choice from the most promising columns; from more of them where a bound cannot rule the others out."""
    matrix, every = search.matrix, Table(search.matrix)
    backed = every.backed(weightings, search.support)
    first = every.weighed(every.gains(np.zeros(matrix.rows, dtype=np.int64), search.worth), weightings)
    first = np.where(backed, first, 0)
    order = first
    if search.cost is not None:
        first[search.cost > search.budget] = 0
        order = first * PER_HOUR // search.cost[:, None]
    columns = _promising(order, max(look, 2 * search.budget if search.cost is None else 2 * (search.most or 0)))
    if search.opening and matrix.cols:
        columns = np.union1d(columns, first.argmax(axis=0))
    cost = None if search.cost is None else search.cost[columns]
    part = replace(search, matrix=matrix.only(columns), cost=cost)
    picks, last = _Growth(part, weightings, backed[columns]).run()
    picks = Picks(np.append(columns, -1)[picks.columns], picks.gains)  # -1, nothing chosen, stays -1
    others = np.ones(matrix.cols, dtype=bool)
    others[columns] = False
    doubtful = np.flatnonzero(order[others].max(axis=0, initial=0) >= np.maximum(last, 1))
    if len(doubtful):
        again = _choose(search, weightings.some(doubtful), 4 * max(look, len(columns) // 4))
        width = max(again.columns.shape[1], picks.columns.shape[1])
        picks = Picks(_wide(picks.columns, width, -1), _wide(picks.gains, width, 0))
        picks.columns[doubtful], picks.gains[doubtful] = _wide(again.columns, width, -1), _wide(again.gains, width, 0)
    return picks


def _promising(order: Whole, look: int) -> Whole:
    """The columns that are among the first ``look`` of any weighting."""
    if order.shape[0] <= look:
        return np.arange(order.shape[0], dtype=np.int64)
    top = np.argpartition(order, -look, axis=0)[-look:]
    return np.unique(top)


@dataclass(slots=True)
class _Group:
    """Weightings that have chosen the same columns."""

    members: Whole
    covered: Whole
    spent: int
    taken: tuple[int, ...]


class _Growth:
    """The choosing itself: all weightings walk together down a tree of sets."""

    def __init__(self, search: Search, weightings: Weightings, backed: NDArray[np.bool_]) -> None:
        self.search, self.weightings, self.backed = search, weightings, backed
        self.table = Table(search.matrix)
        self.columns: list[Whole] = []
        self.gains: list[Whole] = []
        self.last: Whole = np.full(len(weightings), np.iinfo(np.int64).max)

    def run(self) -> tuple[Picks, Whole]:
        """The picks, and per weighting the least score at which something was taken (0 where it ran dry)."""
        size = len(self.weightings)
        start = _Group(np.arange(size, dtype=np.int64), np.zeros(self.search.matrix.rows, dtype=np.int64), 0, ())
        groups, step, most = {frozenset[int](): start}, 0, self.search.most or self.search.budget
        while groups and step < most:
            self.columns.append(np.full(size, -1, dtype=np.int64))
            self.gains.append(np.zeros(size, dtype=np.int64))
            groups, step = self._step(groups, step), step + 1
        if not self.columns:
            return Picks(np.full((size, 0), -1, dtype=np.int64), np.zeros((size, 0), dtype=np.int64)), self.last
        return Picks(np.stack(self.columns, axis=1), np.stack(self.gains, axis=1)), self.last

    def _step(self, groups: dict[frozenset[int], _Group], step: int) -> dict[frozenset[int], _Group]:
        further: dict[frozenset[int], _Group] = {}
        joining: defaultdict[frozenset[int], list[Whole]] = defaultdict(list)
        for chosen, group in groups.items():
            best, alive = self._pick(group, by_gain=self.search.opening and step == 0)
            for column in np.unique(best[alive]).tolist():
                key = chosen | {column}
                joining[key].append(group.members[alive & (best == column)])
                if key not in further:
                    further[key] = self._joined(group, column)
        for key, members in joining.items():
            further[key].members = np.concatenate(members)
        return further

    def _joined(self, group: _Group, column: int) -> _Group:
        cost = 1 if self.search.cost is None else int(self.search.cost[column])
        covered = self.table.after(group.covered, column)
        return _Group(group.members, covered, group.spent + cost, (*group.taken, column))

    def _pick(self, group: _Group, *, by_gain: bool) -> tuple[Whole, NDArray[np.bool_]]:
        """The best column of every member, and whether there was one."""
        gains = self.table.weighed(
            self.table.gains(group.covered, self.search.worth), self.weightings.some(group.members)
        )
        gains = np.where(self.backed[:, group.members], gains, 0)
        gains[list(group.taken)] = 0
        score = gains
        if self.search.cost is not None:
            gains[self.search.cost > self.search.budget - group.spent] = 0
            score = gains if by_gain else gains * PER_HOUR // self.search.cost[:, None]
        if not len(gains):
            return np.zeros(len(group.members), dtype=np.int64), np.zeros(len(group.members), dtype=bool)
        best, every = score.argmax(axis=0), np.arange(len(group.members))
        alive = score[best, every] > 0
        if not by_gain:
            self.last[group.members] = np.minimum(self.last[group.members], score[best, every])
        self.columns[-1][group.members] = np.where(alive, best, -1)
        self.gains[-1][group.members] = np.where(alive, gains[best, every], 0)
        return best, alive
