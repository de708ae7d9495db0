"""How is a matrix summed by column, under many weightings of its employers at once? The only file with sparse products.

Whole numbers throughout, so that every order of summing gives the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[reportMissingTypeStubs]

from valley.core.curriculum.thread.region import Concave, Matrix, Whole

SHORT = 2**16  # columns below this number are sorted as short numbers, which takes linear time


@dataclass(frozen=True, slots=True)
class Each:
    """Weightings written out: one per row, a whole weight per employer; 0 leaves it out."""

    weights: Whole

    def __len__(self) -> int:
        return len(self.weights)

    def some(self, which: Whole | slice) -> Each:
        """Some of the weightings."""
        return Each(self.weights[which])

    def present(self) -> Each:
        """1 where an employer counts at all."""
        return Each((self.weights > 0).astype(np.int64))


@dataclass(frozen=True, slots=True)
class Without:
    """The same weights every time, each time without one employer (``out``): one product serves them all."""

    weight: Whole
    out: Whole

    def __len__(self) -> int:
        return len(self.out)

    def some(self, which: Whole | slice) -> Without:
        """Some of the weightings."""
        return Without(self.weight, self.out[which])

    def present(self) -> Without:
        """1 where an employer counts at all."""
        return Without((self.weight > 0).astype(np.int64), self.out)


Weightings = Each | Without


def by_column(matrix: Matrix) -> Whole:
    """The order of entries by column, then by row."""
    return np.argsort(matrix.col.astype(np.uint16) if matrix.cols <= SHORT else matrix.col, kind="stable")


class Table:
    """A matrix by column, ready to give gains and to be weighed.

    >>> table = Table(Matrix(2, 2, np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([400_000, 600_000, 1_000_000])))
    >>> weights = np.array([2, 1])
    >>> table.weighed(table.share, Each(weights[None])).tolist()
    [[800000], [2200000]]
    >>> table.weighed(table.share, Without(weights, np.array([0, 1]))).tolist()
    [[0, 800000], [1000000, 1200000]]
    """

    def __init__(self, matrix: Matrix) -> None:
        self.matrix, self.order = matrix, by_column(matrix)
        self.row, self.share = matrix.row[self.order], matrix.share[self.order]
        self.starts: Whole = np.concatenate([[0], np.cumsum(np.bincount(matrix.col, minlength=matrix.cols))])

    def gains(self, covered: Whole, worth: Concave) -> Whole:
        """What every entry would add to the value of its row."""
        return worth(covered[self.row] + self.share) - worth(covered)[self.row]

    def weighed(self, entries: Whole, weightings: Weightings) -> Whole:
        """Columns x weightings: the entries of every column, weighed by row and summed."""
        if isinstance(weightings, Each):
            return self._product(entries, np.ascontiguousarray(weightings.weights.T))
        every = np.repeat(self._product(entries, weightings.weight[:, None]), len(weightings), axis=1)
        place, weighting = self._entries_of(weightings.out)
        col, row = self._column[place], self.row[place]
        every[col, weighting] -= entries[place] * weightings.weight[row]  # a row has a column once, so nothing collides
        return every

    def backed(self, weightings: Weightings, support: int) -> NDArray[np.bool_]:
        """Columns x weightings: whether enough employers that count ask the column."""
        return self.weighed(np.ones(len(self.row), dtype=np.int64), weightings.present()) >= support

    def _product(self, entries: Whole, weights: Whole) -> Whole:
        if weights.shape[1] == 1:  # no sparse table for one; sums stay below 2**53, so real numbers are exact
            one = np.bincount(self._column, weights=entries * weights[self.row, 0], minlength=self.matrix.cols)
            return one.astype(np.int64)[:, None]
        table = sparse.csr_matrix((entries, self.row, self.starts), shape=(self.matrix.cols, self.matrix.rows))
        return table @ weights  # type: ignore[reportUnknownVariableType]

    @cached_property
    def _column(self) -> Whole:
        return self.matrix.col[self.order]

    @cached_property
    def _places(self) -> Whole:
        """Where each entry of the matrix, which is sorted by row, stands here."""
        places = np.empty_like(self.order)
        places[self.order] = np.arange(len(self.order))
        return places

    @cached_property
    def _row_starts(self) -> Whole:
        return np.concatenate([[0], np.cumsum(np.bincount(self.matrix.row, minlength=self.matrix.rows))])

    def _entries_of(self, rows: Whole) -> tuple[Whole, Whole]:
        """The entries of these rows, and to which of them each belongs."""
        first, number = self._row_starts[rows], self._row_starts[rows + 1] - self._row_starts[rows]
        owner = np.repeat(np.arange(len(rows)), number)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(number) - number, number)
        return self._places[first[owner] + within], owner

    def after(self, covered: Whole, column: int) -> Whole:
        """What is covered per row once a column is added."""
        entries = slice(int(self.starts[column]), int(self.starts[column + 1]))
        further = covered.copy()
        further[self.row[entries]] += self.share[entries]
        return further

    def walk(self, columns: list[int]) -> list[Whole]:
        """What is covered per row with the first 0, 1, 2 ... of these columns."""
        path = [np.zeros(self.matrix.rows, dtype=np.int64)]
        for column in columns:
            path.append(self.after(path[-1], column))
        return path
