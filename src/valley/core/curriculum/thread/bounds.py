"""How much better could any other core within the budget be?"""

from __future__ import annotations

import numpy as np

from valley.core.curriculum.thread.greedy import Search
from valley.core.curriculum.thread.region import Whole
from valley.core.curriculum.thread.table import Each, Table


def ceiling(search: Search, weight: Whole, chosen: list[int]) -> int:
    """A value that no core within the budget passes: the least over 0, 1, 2 ... of the chosen columns.

    Whatever the best core is, beside the columns already there it can add at most the best gains that fit, for gains
    only fall. In hours the last one counts in part. Source: Leskovec and others (2007), the online bound.

    >>> from valley.core.curriculum.thread.region import Concave, Matrix
    >>> matrix = Matrix(2, 2, np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([400_000, 600_000, 1_000_000]))
    >>> search = Search(matrix, Concave(((0.5, 2), (1.0, 1))), support=1, budget=1)
    >>> ceiling(search, np.array([1, 1]), [1])
    2600000
    """
    table, every = Table(search.matrix), Each(weight[None])
    least = int((weight * search.worth(_everything(search))).sum())
    for number, covered in enumerate(table.walk(chosen)):
        gains = table.weighed(table.gains(covered, search.worth), every)[:, 0]
        gains[chosen[:number]] = 0
        reached = int((weight * search.worth(covered)).sum())
        least = min(least, reached + _best_fit(gains, search))
    return least


def _everything(search: Search) -> Whole:
    total = np.zeros(search.matrix.rows, dtype=np.int64)
    np.add.at(total, search.matrix.row, search.matrix.share)
    return total


def _best_fit(gains: Whole, search: Search) -> int:
    """The most that gains can add up to within the whole budget, the last one in part."""
    if search.cost is None:
        return int(np.sort(gains)[::-1][: search.budget].sum())
    order = np.argsort(-gains / search.cost, kind="stable")
    left, total = search.budget, 0
    for gain, cost in zip(gains[order].tolist(), search.cost[order].tolist(), strict=True):
        if cost > left:
            return total + -(-gain * left // cost)
        left, total = left - cost, total + gain
    return total
