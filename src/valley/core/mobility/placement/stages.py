"""Which choice is best on the first goal, then on the second among those, and so on, and how sure is that?

Each goal is first solved without whole numbers. Columns whose reduced cost shows that no choice as good as the one
found uses them are fixed (Dantzig, Fulkerson and Johnson 1954), which leaves little for the goals after it. When no
course is at stake, fixing those and the rows with a price leaves exactly the best face, whose corners are whole again;
with courses, branch and bound decides, and the value reached becomes a row of the problem.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.placement.columns import Whole
from valley.core.mobility.placement.plan import Proof
from valley.core.mobility.placement.problem import Problem, Reals
from valley.core.mobility.placement.shapes import MOST
from valley.core.mobility.placement.solver import Solved, relaxed_solve, whole_solve

Progress = Callable[[str, int, int], None]
"""Called with what is done, how many parts are done, and how many there are."""

TOLERANCE = 1e-6  # HiGHS's own on feasibility and whole numbers; a unit of a goal is at least 1e-5 after scaling
FIRST = 2000  # columns in the first search: a few per person; more only costs time, less only costs another search
ALMOST = 0.9  # within less than one unit of the bound, a whole number is the best
SHARE = 0.5  # of the time left that one goal may take, so that the goals after it have some


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """A choice, what it is worth (least is best), what no choice goes below, the tighter problem, and the seconds."""

    chosen: Whole
    value: int
    bound: int
    task: Problem
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Climbed:
    """A choice that is best on all goals in their order, the proof of each, and the solver's seconds."""

    chosen: Whole
    proof: tuple[Proof, ...]
    seconds: float


def climb(
    task: Problem, goals: Mapping[str, Whole], start: Whole, *, seconds: float, gap: float, progress: Progress
) -> Climbed:
    """The choice after all goals (name to cost, least is best) in their order, with the proof of each."""
    proofs: list[Proof] = []
    chosen, left = start, seconds
    for place, (name, cost) in enumerate(goals.items()):
        progress(f"goal:{name}", place, len(goals))
        reached = best(task, cost, chosen, seconds=left * SHARE, gap=gap)
        task, chosen, left = reached.task, reached.chosen, max(0.0, left - reached.seconds)
        proofs.append(proof(name, reached.value, reached.bound))
    return Climbed(chosen, tuple(proofs), seconds - left)


def proof(name: str, value: int, bound: int) -> Proof:
    """A proof in the goal's own direction.

    >>> proof("placed", -98, -100)
    Proof(goal='placed', value=98, bound=100, gap=0.02040816326530612)
    """
    sign = -1 if name in MOST else 1
    return Proof(name, sign * value, sign * bound, (value - bound) / max(abs(value), 1))


def best(task: Problem, cost: Whole, start: Whole, *, seconds: float, gap: float) -> Reached:
    """The least cost, from a known choice, and the problem narrowed to choices as good."""
    free = task.lower < task.upper
    if not cost[free].any():
        value = int(cost @ start)
        return Reached(start, value, value, task, 0.0)
    linear = relaxed_solve(task, cost / _scale(cost), seconds=seconds)
    found = _found(task, cost, start, linear, (seconds, gap))
    value = int(cost @ found.chosen)
    least = min(value, ceil(found.bound * _scale(cost) - 0.01))
    narrow = _narrowed(task, cost, value, linear) if linear.optimal else _held(task, cost, value)
    return Reached(found.chosen, value, least, narrow, found.seconds)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    chosen: Whole
    bound: float
    seconds: float


def _found(task: Problem, cost: Whole, start: Whole, linear: Solved, limits: tuple[float, float]) -> _Found:
    """The relaxation's own corner when it is whole, the start when it reaches the bound, else a search."""
    if linear.chosen is None:
        lowest = float(np.minimum(cost, 0).sum()) / _scale(cost)
        return _searched(task, cost, _Found(start, lowest, linear.seconds), limits)
    corner = np.rint(linear.chosen)
    if np.abs(linear.chosen - corner).max(initial=0) < TOLERANCE and task.holds(corner):
        return _Found(corner.astype(np.int64), linear.bound, linear.seconds)
    if int(cost @ start) <= ceil(linear.bound * _scale(cost) - 0.01):
        return _Found(start, linear.bound, linear.seconds)
    return _sifted(task, cost, start, linear, limits)


def _sifted(task: Problem, cost: Whole, start: Whole, linear: Solved, limits: tuple[float, float]) -> _Found:
    """Search among the columns that the prices favour; then among all that could still improve what was found.

    A choice that uses a column of reduced cost r costs at least the relaxed bound + r. So after a search, nothing is
    lost when what was found costs no more than the bound + the least r outside the search.
    """
    scale, reduced = _scale(cost), np.abs(linear.reduced)
    inside = _favoured(reduced, linear)
    found = _Found(start, linear.bound, linear.seconds)
    while True:
        inside = inside | (found.chosen != np.where(linear.reduced >= 0, 0, 1))
        tried = _searched(_within(task, inside, linear.reduced), cost, found, limits)
        outside = float(reduced[~inside].min(initial=np.inf))
        value = int(cost @ tried.chosen)
        bound = max(linear.bound, min(tried.bound, linear.bound + outside))
        found = _Found(tried.chosen, bound, tried.seconds)
        if value <= ceil(bound * scale - 0.01) or inside.all() or found.seconds >= limits[0]:
            return found
        inside = reduced <= value / scale - linear.bound + TOLERANCE / 10


def _favoured(reduced: Reals, linear: Solved) -> NDArray[np.bool_]:
    """The first columns by reduced cost, ties scattered over everybody, and those of the relaxed answer."""
    place = np.arange(len(reduced), dtype=np.uint64)
    scattered = place * np.uint64(2654435761) % np.uint64(2**32)  # multiplicative hashing (Knuth 1973, 6.4)
    inside = np.zeros(len(reduced), dtype=np.bool_)
    inside[np.lexsort((scattered, np.round(reduced, 9)))[:FIRST]] = True
    return inside if linear.chosen is None else inside | (linear.chosen > TOLERANCE)


def _within(task: Problem, inside: NDArray[np.bool_], reduced: Reals) -> Problem:
    """The columns outside stay where the relaxed answer has them."""
    return replace(
        task,
        lower=np.where(inside | (reduced >= 0), task.lower, task.upper),
        upper=np.where(inside | (reduced < 0), task.upper, task.lower),
    )


def _searched(task: Problem, cost: Whole, known: _Found, limits: tuple[float, float]) -> _Found:
    """The best whole choice found in what is left of the time, never worse than the known one."""
    scale, (seconds, gap) = _scale(cost), limits
    left = max(0.0, seconds - known.seconds)
    search = whole_solve(task, cost / scale, seconds=left, gaps=(ALMOST / scale, gap), start=known.chosen)
    chosen = known.chosen
    if search.chosen is not None and task.holds(search.chosen):
        better = search.chosen.astype(np.int64)
        chosen = better if cost @ better <= cost @ chosen else chosen
    return _Found(chosen, max(known.bound, search.bound), known.seconds + search.seconds)


def _scale(cost: Whole) -> float:
    """Costs are given to the solver in units of the greatest one, whatever the unit of the goal."""
    return float(np.abs(cost).max())


def _narrowed(task: Problem, cost: Whole, value: int, linear: Solved) -> Problem:
    """Without the columns that choices of this value cannot use, at the bound where they stay."""
    scale = _scale(cost)
    sure = min(TOLERANCE, 0.3 / scale)
    slack = max(0.0, value / scale - linear.bound) + sure
    lower, upper = task.lower.copy(), task.upper.copy()
    upper[(linear.reduced > slack) & (lower == 0)] = 0.0
    lower[(linear.reduced < -slack) & (upper == 1)] = 1.0
    kept = replace(task, lower=lower, upper=upper)
    if not task.flow:
        return _held(kept, cost, value)
    row_lower = task.row_lower.copy()
    tight = linear.prices < -sure
    row_lower[tight] = task.row_upper[tight]
    return replace(kept, row_lower=row_lower)


def _held(task: Problem, cost: Whole, value: int) -> Problem:
    """With a row that keeps the value reached. No room at all: half a unit would let the relaxation leave half a
    person out. HiGHS's own tolerance is enough for sums of real numbers."""
    scale = _scale(cost)
    return replace(task.with_row(cost / scale, value / scale), flow=False)
