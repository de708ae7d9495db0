"""How well would a core cover a region in which employers ask as much as now, but have nothing in common by design?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from valley.core.curriculum.thread.greedy import Picks, Search, choose
from valley.core.curriculum.thread.region import Matrix, Reals, Region, Whole

ROUNDS = 12  # rounds of drawing again before the rest is drawn by keys: below a thousandth is left by then
LEAST_SWAPPED, TRADES = 20, 120_000  # swapped regions at least, and trades at most, which takes a few seconds
BURN_IN, THIN = 10, 2  # trades per employer before the first and between swapped regions (Strona 2014: 5 E mix it)
BAND = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Shuffled:
    """Mean share of the core per shuffle, the mean share of the core of swapped regions, and the band per size."""

    shares: Reals
    swapped: float
    low: Reals
    high: Reals


def shuffled(region: Region, *, background: Mapping[int, int], core: Whole, sizes: int) -> Shuffled:
    """The same search on ``policy.nulls`` shuffles and on degree-preserving swaps; ``sizes`` points of the band.

    They may use as much of the budget as the ``core`` (columns) uses: a region that shares two competences is
    compared with the best two of a shuffled one.

    In a shuffle each employer keeps its shares but draws the competences they belong to, without repetition, from
    everything in play, by ``background`` + 1 when it is given: what popularity there is in the region is broken. In
    a swapped region competences keep their number of employers too (curveball trades).
    """
    policy = region.policy
    used = len(core) if region.hours is None else int(region.hours[core].sum())
    chance = np.array([background.get(one, 0) + 1 for one in region.competences], dtype=np.float64)
    random = np.random.default_rng([policy.seed, 2])
    shares, curves = np.zeros(policy.nulls), np.zeros((policy.nulls, sizes))
    for number in range(policy.nulls):
        matrix = replace(region.matrix, col=redrawn(region.matrix, chance, random))
        shares[number], curves[number] = _covered(region, matrix, used, sizes)
    low, high = np.quantile(curves, BAND, axis=0)
    return Shuffled(shares, _swapped(region, used), low, high)


def _swapped(region: Region, used: int) -> float:
    rows = region.matrix.rows
    number = min(region.policy.nulls, max(LEAST_SWAPPED, TRADES // (THIN * rows)))
    trade = trades(region.matrix, np.random.default_rng([region.policy.seed, 3]))
    trade(BURN_IN * rows)
    found = [_covered(region, replace(region.matrix, col=trade(THIN * rows)), used, 0)[0] for _ in range(number)]
    return float(np.mean(found))


def _covered(region: Region, matrix: Matrix, used: int, sizes: int) -> tuple[float, Reals]:
    """Mean share with the core of this matrix, and with its first 1..``sizes`` columns."""
    columns = np.flatnonzero(matrix.support() >= region.policy.support)
    search = replace(search_of(region, matrix.only(columns), columns), budget=used)
    weight = region.weight(region.policy.weighting)
    if not sizes:
        return float(steps(region, search.matrix, choose(search, weight[None]))[-1]), np.zeros(0)
    path = steps(region, search.matrix, longer(search, weight, sizes))
    path = np.pad(path, (0, sizes + 1 - len(path)), mode="edge")
    if region.hours is None:
        return float(path[used]), path[1:]
    return float(steps(region, search.matrix, choose(search, weight[None]))[-1]), path[1:]


def search_of(region: Region, matrix: Matrix, columns: Whole) -> Search:
    """The search of this region's policy over some columns of it."""
    cost = None if region.hours is None else region.cost[columns]
    return Search(matrix, region.worth, region.policy.support, region.policy.budget, cost)


def longer(search: Search, weight: Whole, sizes: int) -> Picks:
    """The order of choice up to a number of columns, whatever they cost; in hours by gain per hour."""
    if search.cost is None:
        return choose(replace(search, budget=sizes), weight[None])
    return choose(replace(search, budget=int(search.cost.sum()), most=sizes), weight[None])


def steps(region: Region, matrix: Matrix, picks: Picks) -> Reals:
    """Mean covered share with the first 0, 1, 2 ... picks of the first weighting."""
    return np.array([float(np.mean(covered / region.total)) for covered in walk(matrix, picks.row(0))])


def walk(matrix: Matrix, columns: list[int]) -> list[Whole]:
    """What is covered per row with the first 0, 1, 2 ... of these columns."""
    order = np.argsort(matrix.col, kind="stable")
    starts = np.searchsorted(matrix.col[order], np.arange(matrix.cols + 1))
    path = [np.zeros(matrix.rows, dtype=np.int64)]
    for column in columns:
        entries = order[starts[column] : starts[column + 1]]
        further = path[-1].copy()
        further[matrix.row[entries]] += matrix.share[entries]
        path.append(further)
    return path


def redrawn(matrix: Matrix, chance: Reals, random: np.random.Generator) -> Whole:
    """A column for every entry, drawn by chance without repetition within a row.

    Drawing one after the other and drawing again on a repetition; the few entries left after some rounds take, per
    row, the least of exponential keys over what is still free, which is the same distribution (Efraimidis 2006).

    >>> matrix = Matrix(2, 3, np.array([0, 0, 0, 1]), np.zeros(4, dtype=np.int64), np.ones(4, dtype=np.int64))
    >>> sorted(redrawn(matrix, np.ones(3), np.random.default_rng(1))[:3].tolist())
    [0, 1, 2]
    """
    edges: Reals = np.cumsum(chance)
    key = np.full(len(matrix.row), -1, dtype=np.int64)
    open_ = np.arange(len(matrix.row))
    for _ in range(ROUNDS):
        if not len(open_):
            break
        ticket: Reals = random.random(len(open_)) * edges[-1]
        drawn: Whole = edges.searchsorted(ticket, side="right")
        key[open_] = matrix.row[open_] * matrix.cols + np.minimum(drawn, matrix.cols - 1)
        order = np.lexsort((np.isin(np.arange(len(key)), open_), key))
        again = np.zeros(len(key), dtype=bool)
        again[order[1:]] = key[order[1:]] == key[order[:-1]]
        open_ = np.flatnonzero(again)
        key[open_] = -1 - open_  # distinct, so that it repeats nothing
    for row in np.unique(matrix.row[open_]).tolist():
        mine = open_[matrix.row[open_] == row]
        keys = random.exponential(size=matrix.cols) / chance
        keys[key[(matrix.row == row) & (key >= 0)] % matrix.cols] = np.inf
        key[mine] = row * matrix.cols + np.argsort(keys, kind="stable")[: len(mine)]
    return key % matrix.cols


def trades(matrix: Matrix, random: np.random.Generator) -> Callable[[int], Whole]:
    """A walk over regions with the same employers per competence and competences per employer: curveball trades.

    Each call makes so many trades and tells the columns reached. In a trade two employers put together what only one
    of them asks and deal it out again (Strona and others 2014). Shares stay where they are.
    """
    ends: Whole = np.searchsorted(matrix.row, np.arange(matrix.rows + 1))
    rows: list[list[int]] = [matrix.col[start:end].tolist() for start, end in pairwise(ends.tolist())]

    def trade(one: list[int], two: list[int]) -> None:
        mine, theirs = set(one), set(two)
        places = [(one, place) for place, column in enumerate(one) if column not in theirs]
        places += [(two, place) for place, column in enumerate(two) if column not in mine]
        pool = [row[place] for row, place in places]
        for (row, place), number in zip(places, random.permutation(len(pool)).tolist(), strict=True):
            row[place] = pool[number]

    def go_on(number: int) -> Whole:
        if matrix.rows > 1:
            first: Whole = random.integers(0, matrix.rows, number)
            second: Whole = (first + random.integers(1, matrix.rows, number)) % matrix.rows
            ones: list[int] = first.tolist()
            twos: list[int] = second.tolist()
            for one, two in zip(ones, twos, strict=True):
                trade(rows[one], rows[two])
        return np.array([column for row in rows for column in row], dtype=np.int64)

    return go_on
