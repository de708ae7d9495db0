"""How well would a core cover a region in which employers ask as much as now, but have nothing in common by design?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from valley.core.curriculum.thread.greedy import Picks, Search, choose
from valley.core.curriculum.thread.region import Matrix, Reals, Region, Whole
from valley.core.curriculum.thread.table import Each, Table

ROUNDS = 12  # rounds of drawing again before the rest is drawn by keys: below a thousandth is left by then
LEAST_SWAPPED, TRADES = 20, 60_000  # swapped regions at least, and about as many employers in all of them together
BURN_IN, THIN = 10, 2  # trades of every employer before the first and between swapped regions; some five mix a region
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
    a swapped region competences keep their number of employers too.
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
    number = min(region.policy.nulls, max(LEAST_SWAPPED, TRADES // region.matrix.rows))
    random, col, found = np.random.default_rng([region.policy.seed, 3]), region.matrix.col, np.zeros(number)
    for place in range(number):
        for _ in range(THIN if place else BURN_IN):
            col = traded(region.matrix, col, random)
        found[place] = _covered(region, replace(region.matrix, col=col), used, 0)[0]
    return float(np.mean(found))


def _covered(region: Region, matrix: Matrix, used: int, sizes: int) -> tuple[float, Reals]:
    """Mean share with the core of this matrix, and with its first 1..``sizes`` columns."""
    columns = np.flatnonzero(matrix.support() >= region.policy.support)
    search = replace(search_of(region, matrix.only(columns), columns), budget=used)
    weight = region.weight(region.policy.weighting)
    if not sizes:
        return float(steps(region, search.matrix, choose(search, Each(weight[None])))[-1]), np.zeros(0)
    path = steps(region, search.matrix, longer(search, weight, sizes))
    path = np.pad(path, (0, sizes + 1 - len(path)), mode="edge")
    if region.hours is None:
        return float(path[used]), path[1:]
    return float(steps(region, search.matrix, choose(search, Each(weight[None])))[-1]), path[1:]


def search_of(region: Region, matrix: Matrix, columns: Whole) -> Search:
    """The search of this region's policy over some columns of it."""
    cost = None if region.hours is None else region.cost[columns]
    return Search(matrix, region.worth, region.policy.support, region.policy.budget, cost)


def longer(search: Search, weight: Whole, sizes: int) -> Picks:
    """The order of choice up to a number of columns, whatever they cost; in hours by gain per hour."""
    if search.cost is None:
        return choose(replace(search, budget=sizes), Each(weight[None]))
    return choose(replace(search, budget=int(search.cost.sum()), most=sizes), Each(weight[None]))


def steps(region: Region, matrix: Matrix, picks: Picks) -> Reals:
    """Mean covered share with the first 0, 1, 2 ... picks of the first weighting."""
    return np.array([float(np.mean(covered / region.total)) for covered in Table(matrix).walk(picks.row(0))])


def redrawn(matrix: Matrix, chance: Reals, random: np.random.Generator) -> Whole:
    """A column for every entry, drawn by chance without repetition within a row.

    Drawing one after the other and drawing again on a repetition; the few entries left after some rounds take, per
    row, the least of exponential keys over what is still free, which is the same distribution (Efraimidis 2006).

    >>> matrix = Matrix(2, 3, np.array([0, 0, 0, 1]), np.zeros(4, dtype=np.int64), np.ones(4, dtype=np.int64))
    >>> sorted(redrawn(matrix, np.ones(3), np.random.default_rng(1))[:3].tolist())
    [0, 1, 2]
    """
    edges: Reals = np.cumsum(chance)
    col = np.full(len(matrix.row), -1, dtype=np.int64)
    again = np.arange(len(col))
    for _ in range(ROUNDS):
        if not len(again):
            return col
        ticket: Reals = random.random(len(again)) * edges[-1]
        drawn: Whole = edges.searchsorted(ticket, side="right")
        col[again] = np.minimum(drawn, matrix.cols - 1)
        again = _repeated(matrix, col, again)
        col[again] = -1
    for row in np.unique(matrix.row[again]).tolist():
        mine = again[matrix.row[again] == row]
        taken = col[matrix.row == row]
        keys = random.exponential(size=matrix.cols) / chance
        keys[taken[taken >= 0]] = np.inf
        col[mine] = np.argsort(keys, kind="stable")[: len(mine)]
    return col


def _repeated(matrix: Matrix, col: Whole, fresh: Whole) -> Whole:
    """The fresh entries whose column their row had already, or draws twice; the first of equals stays."""
    touched = np.zeros(matrix.rows, dtype=bool)
    touched[matrix.row[fresh]] = True
    entries = np.flatnonzero(touched[matrix.row])
    late = np.zeros(len(col), dtype=bool)
    late[fresh] = True
    key = matrix.row[entries] * matrix.cols + col[entries]
    order = np.lexsort((late[entries], key)) if len(fresh) < len(col) else np.argsort(key, kind="stable")
    double = np.flatnonzero(key[order[1:]] == key[order[:-1]]) + 1
    return np.sort(entries[order[double]])


def traded(matrix: Matrix, col: Whole, random: np.random.Generator) -> Whole:
    """The columns after every employer traded once with a partner drawn by lot: a global curveball trade.

    Two partners put together what only one of them asks and deal it out again. Employers keep how many competences
    they ask, and competences by how many they are asked; shares stay where they are. Source: Carstens, Berger and
    Strona 2018.

    >>> matrix = Matrix(2, 3, np.array([0, 0, 1]), np.array([0, 1, 2]), np.ones(3, dtype=np.int64))
    >>> sorted(traded(matrix, matrix.col, np.random.default_rng(2)).tolist())
    [0, 1, 2]
    """
    pair = np.empty(matrix.rows, dtype=np.int64)
    pair[random.permutation(matrix.rows)] = np.arange(matrix.rows) // 2
    mine = pair[matrix.row]
    key = mine * matrix.cols + col
    order = np.argsort(key, kind="stable")
    same = key[order[1:]] == key[order[:-1]]
    single = np.ones(len(col), dtype=bool)
    single[order[1:][same]] = single[order[:-1][same]] = False
    free = np.flatnonzero(single)
    place = free[np.argsort(mine[free], kind="stable")]
    dealt = free[np.lexsort((random.random(len(free)), mine[free]))]
    further = col.copy()
    further[place] = col[dealt]
    return further
