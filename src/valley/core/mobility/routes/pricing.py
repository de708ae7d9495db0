"""How much must what follows cost at least, in compiled code?

A Lagrangian bound: hours that are missing at a price each, plus the least that travel minus those prices can be. Any
prices promise too little and never too much; good ones are found by following the subgradient.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.routes.compiled import Number, Path, Prices, Whole
from valley.core.mobility.routes.field import Field
from valley.core.mobility.routes.native import native

ROUNDS = 40  # of the subgradient: the bound hardly grows after that
STEP = 0.3  # of the best bound so far, at first
FAR = 1e15
Reals = NDArray[np.float64]


@native
def _reached(field: Field, first: int, until: int, widest: int) -> Whole:
    """The days on which links can start or a chain can end, with a first link from one day until another, in order."""
    marked = np.zeros(len(field.arc_from), np.bool_)
    marked[first : until + 1] = True
    last = -1  # the last day to which somebody who waits can still wait
    for day in range(first, len(marked) - 1):
        if not marked[day] and day > last:
            continue
        if marked[day]:
            last = max(last, day + widest)
        marked[day] = True
        for arc in range(field.arc_from[day], field.arc_from[day + 1]):
            marked[field.arc_end[arc]] = True
    return np.flatnonzero(marked)


@native
def _cost(field: Field, place: Number, without: int, price: Reals) -> float:
    """The travel of an opening minus its priced hours."""
    if field.employer[place] == without:
        return FAR
    cost = float(field.travel[place])
    for lane in range(len(price)):
        cost -= price[lane] * field.adds[place, lane]
    return cost


@native
def _priced(
    field: Field, days: Whole, enough: int, without: int, widest: int, price: Reals, own: Reals, least: Reals,
    begins: Whole, way: Whole,
) -> None:  # fmt: skip
    """Fill in the least of travel minus priced hours from each day, and the arc that begins it (-1: stop).

    ``own`` and ``begins`` are the same for a link that starts on that very day.
    """
    cost = np.full(len(field.adds), np.nan)
    for turn in range(len(days) - 1, -1, -1):
        day = days[turn]
        own[day], begins[day] = FAR, -1
        for arc in range(field.arc_from[day], field.arc_from[day + 1]):
            place = field.arc_place[arc]
            if np.isnan(cost[place]):
                cost[place] = _cost(field, place, without, price)
            total = cost[place] + least[field.arc_end[arc]]
            if total < own[day]:
                own[day], begins[day] = total, arc
        value, chosen = 0.0 if field.month[day] >= enough else FAR, -1
        for later in range(day, min(day + widest + 1, len(own))):
            if own[later] < value:
                value, chosen = own[later], begins[later]
        least[day], way[day] = value, chosen


@native
def _shortage(field: Field, missing: Whole, way: Whole, first: int, slope: Reals) -> float:
    """The hours the cheapest priced way leaves missing (below 0: has too many), and the square of that."""
    slope[:] = missing
    day = first
    while way[day] >= 0:
        slope -= field.adds[field.arc_place[way[day]]]
        day = field.arc_end[way[day]]
    return (slope * slope).sum()


@native
def possible(field: Field, path: Path, base: int, until: int, without: int, prices: Prices) -> bool:
    """Find prices for what follows from ``base`` links; whether the months can be filled at all.

    What follows starts at the latest on day ``until`` when it is the first link. The last lane is months: those are
    counted by the calendar, so that they need no price.
    """
    first = path.day[base] + (path.steps[2] if base == 0 else 0)
    widest = min(field.gap, path.left[base])
    days, lanes = _reached(field, first, max(first, until), widest), len(field.need)
    missing = field.need - path.gained[base]
    enough = field.month[first] + missing[lanes - 1]
    price, slope = np.zeros(lanes), np.zeros(lanes)
    way, begins = np.full(len(field.arc_from), -1, np.int64), np.full(len(field.arc_from), -1, np.int64)
    least, own = np.full(len(field.arc_from), FAR), np.full(len(field.arc_from), FAR)
    prices.least[:] = FAR
    prices.price[:] = 0.0
    best, step = -FAR, STEP
    for turn in range(ROUNDS):
        _priced(field, days, enough, without, widest, price, own, least, begins, way)
        here = first
        for day in range(first, until + 1):
            here = day if least[day] < least[here] else here
        bound = least[here] + (price * missing).sum()
        if turn == 0:
            prices.least[0] = least
            if bound > FAR / 2:
                return False
        if bound > best + 1e-9 * abs(best):
            best = bound
            prices.least[1], prices.price[1] = least, price
        else:
            step *= 0.8
        square = _shortage(field, missing, way, here, slope)
        slope[lanes - 1] = 0.0
        if square == 0:
            break
        price = np.maximum(0.0, price + slope * (step * max(best, 100.0) / square))
    return True
