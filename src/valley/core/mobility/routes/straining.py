"""Can the hours that are missing still be practised at all, proven in compiled code without trying chains?

A weight for an hour in each lane; no chain that follows brings more than so much weight. When what is missing weighs
more, no chain brings it. Any weights prove this or nothing; good ones are found by following the subgradient.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.routes.field import Field
from valley.core.mobility.routes.native import native

Whole = NDArray[np.int64]
Reals = NDArray[np.float64]
ROUNDS = 20  # most proofs need less than ten
STEP = 0.5  # of what is missing, at first
SLIGHT = 1e-9  # what is missing weighs 1 in all


class Strain(NamedTuple):
    """Rows of weights of an hour in each lane, and per day the most weight that can follow.

    Per employer left out (the first: none), a few rows each.
    """

    weight: Reals
    reach: Reals
    turn: Whole  # per employer left out, how many rows were written


@native
def _weighed(field: Field, weight: Reals, without: int, reach: Reals, way: Whole) -> None:
    """Fill in the most weight that can follow from each day on, and the arc that begins it (-1: nothing)."""
    count = len(reach)
    worth, own, begins = np.zeros(len(field.adds)), np.zeros(count), np.full(count, -1)
    for place in range(len(worth)):
        worth[place] = -1.0
        if field.until[place] >= 0 and field.employer[place] != without:
            worth[place] = (weight * field.adds[place]).sum()
    for day in range(count - 2, -1, -1):
        for arc in range(field.arc_from[day], field.arc_from[day + 1]):
            more = worth[field.arc_place[arc]]
            if more >= 0 and more + reach[field.arc_end[arc]] > own[day]:
                own[day], begins[day] = more + reach[field.arc_end[arc]], arc
        reach[day], way[day] = 0.0, -1
        for later in range(day, min(day + field.gap + 1, count)):
            if own[later] > reach[day]:
                reach[day], way[day] = own[later], begins[later]


@native
def strained(field: Field, missing: Whole, first: int, until: int, without: int, strain: Strain) -> bool:
    """Whether it is proven that no chain brings what is missing when it goes on from one day until another.

    Leaves a row of weights behind that may prove it for other chains too.
    """
    count, short = len(field.arc_from), missing > 0
    share = np.where(short, 1.0 / (np.maximum(missing, 1) * max(1, short.sum())), 0.0)
    reach, way = np.zeros(count), np.full(count, -1)
    best, step, weight = -np.inf, STEP, share.copy()
    row = without + 1
    slot = strain.turn[row] % strain.weight.shape[1]
    strain.turn[row] += 1
    for _ in range(ROUNDS):
        _weighed(field, weight, without, reach, way)
        here = first + np.argmax(reach[first : min(until + 1, count)])
        margin = 1.0 - reach[here]
        if margin > best:
            best = margin
            strain.weight[row, slot], strain.reach[row, slot] = weight, reach
        else:
            step *= 0.8
        if margin > SLIGHT:
            return True
        slope = missing.astype(np.float64)
        while way[here] >= 0:
            slope -= field.adds[field.arc_place[way[here]]]
            here = field.arc_end[way[here]]
        weight = np.maximum(0.0, weight + np.where(short, step * slope * share / np.maximum(missing, 1), 0.0))
        weight /= (weight * missing).sum()
    return False


@native
def hopeless(field: Field, missing: Whole, first: int, until: int, without: int, strain: Strain) -> bool:
    """Whether weights that are known prove it already."""
    row = without + 1
    for slot in range(min(strain.turn[row], strain.weight.shape[1])):
        weighs = (strain.weight[row, slot] * missing).sum()
        most = 0.0
        for day in range(first, min(until + 1, len(field.arc_from))):
            most = max(most, strain.reach[row, slot, day])
        if weighs > most + SLIGHT:
            return True
    return False
