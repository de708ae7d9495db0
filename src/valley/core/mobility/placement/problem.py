"""How is a placement written as rows and columns of whole numbers?

One 0/1 column per step and one per course. Rows: a person takes one step at most; a class of offers has its seats; an
opened course has its least and most people, a closed one nobody; and nobody follows a closed course (implied by the
former, but it makes the relaxation much tighter).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.placement.columns import Columns, Whole

Reals: TypeAlias = NDArray[np.float64]
Entries: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int64], Reals]
INFINITE = float("inf")


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A mixed-integer programme without its goal: entries (row, column, value), bounds of rows and of columns.

    ``flow`` tells that without whole numbers the corners are whole all the same (no courses: rows of persons and rows
    of offers form a bipartite incidence matrix, which is totally unimodular; Hoffman and Kruskal 1956).
    """

    entries: Entries
    row_lower: Reals
    row_upper: Reals
    lower: Reals
    upper: Reals
    flow: bool

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.upper)

    def holds(self, chosen: Reals | Whole) -> bool:
        """Whether a choice keeps to every row and bound."""
        row, column, value = self.entries
        reached = np.zeros(len(self.row_lower))
        np.add.at(reached, row, value * chosen[column])
        within = (reached >= self.row_lower - 1e-6) & (reached <= self.row_upper + 1e-6)
        return bool(within.all() and (chosen >= self.lower).all() and (chosen <= self.upper).all())

    def with_row(self, values: Reals, most: float) -> Problem:
        """The same with one more row: values x columns is at most this."""
        row, column, entry = self.entries
        used = np.flatnonzero(values)
        added = np.full(len(used), len(self.row_lower), dtype=np.int64)
        return replace(
            self,
            entries=(np.append(row, added), np.append(column, used), np.append(entry, values[used])),
            row_lower=np.append(self.row_lower, -INFINITE),
            row_upper=np.append(self.row_upper, most),
        )


def problem(made: Columns) -> Problem:
    """The rows of a placement over its steps and courses."""
    courses, width = made.field.courses, len(made.steps)
    mover, batch, course = (np.array(one, dtype=np.int64) for one in _places(made))
    column = np.arange(width)
    taught = np.flatnonzero(course >= 0)
    pairs, link = np.unique(np.stack([mover[taught], course[taught]]), axis=1, return_inverse=True)
    people, classes = len(made.field.movers), len(made.batches)
    least = people + classes
    most, links = least + len(courses), least + 2 * len(courses)
    opened = width + np.arange(len(courses))
    sizes = [float(one.least) for one in courses], [float(one.most) for one in courses]
    parts: list[tuple[Whole, Whole, Sequence[float]]] = [
        (mover, column, [1.0] * width),
        (people + batch, column, [1.0] * width),
        (least + course[taught], taught, [1.0] * len(taught)),
        (most + course[taught], taught, [1.0] * len(taught)),
        (links + link.reshape(-1), taught, [1.0] * len(taught)),
        (least + np.arange(len(courses)), opened, [-one for one in sizes[0]]),
        (most + np.arange(len(courses)), opened, [-one for one in sizes[1]]),
        (links + np.arange(pairs.shape[1]), width + pairs[1], [-1.0] * pairs.shape[1]),
    ]
    rows = links + pairs.shape[1]
    row_lower, row_upper = np.full(rows, -INFINITE), np.zeros(rows)
    row_lower[least:most], row_upper[least:most] = 0.0, INFINITE
    row_upper[:people], row_upper[people:least] = 1.0, made.seats
    row, columns_, values = (np.concatenate([part[number] for part in parts]) for number in range(3))
    total = width + len(courses)
    entries = row.astype(np.int64), columns_.astype(np.int64), values.astype(np.float64)
    return Problem(entries, row_lower, row_upper, np.zeros(total), np.ones(total), flow=not len(taught))


def _places(made: Columns) -> tuple[list[int], list[int], list[int]]:
    steps = made.steps
    return [step.mover for step in steps], [step.batch for step in steps], [step.course for step in steps]
