"""Which complete chains from one first day are best, in compiled code?

In depth, the cheapest promise first; what no promise can bring among the best k is left out. A promise is travel so
far plus a Lagrangian bound: hours that are missing at a price each, plus the least that travel minus those prices can
be. Any prices promise too little and never too much; good ones are found by following the subgradient.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.routes.compiled import (
    CHEAPEST,
    LOST,
    SLIGHT,
    Found,
    Law,
    Memory,
    Number,
    Path,
    Prices,
    Whole,
    _compiled,  # type: ignore[reportPrivateUsage]
    _complete,  # type: ignore[reportPrivateUsage]
    _lawful,  # type: ignore[reportPrivateUsage]
    _look,  # type: ignore[reportPrivateUsage]
    alive,
    enter,
)
from valley.core.mobility.routes.field import Field

ROUNDS = 40  # of the subgradient: the bound hardly grows after that
STEP = 0.3  # of the best bound so far, at first
PLAIN, ROBUST, STRICT = 0, 1, 2
FAR = 1e15
Reals = NDArray[np.float64]


class Known(NamedTuple):
    """Per number of links and employer, whether a chain without that employer can go on; and who survived so far."""

    seen: Whole
    lives: NDArray[np.bool_]
    stamp: Whole
    survived: Whole


@_compiled
def prepare(field: Field) -> None:
    """Fill in, per day, the most that can follow in each lane and in all of them together."""
    days, lanes = field.most.shape
    own, ease = np.zeros((days, lanes), np.int64), np.zeros(days)
    for day in range(days - 2, -1, -1):
        for arc in range(field.arc_from[day], field.arc_from[day + 1]):
            place, end = field.arc_place[arc], field.arc_end[arc]
            total = 0.0
            for lane in range(lanes):
                more = field.adds[place, lane]
                total += more * field.weight[lane]
                own[day, lane] = max(own[day, lane], min(field.need[lane], more + field.most[end, lane]))
            ease[day] = max(ease[day], total + field.ease[end])
        for later in range(day, min(day + field.gap + 1, days)):
            field.ease[day] = max(field.ease[day], ease[later])
            for lane in range(lanes):
                field.most[day, lane] = max(field.most[day, lane], own[later, lane])


@_compiled
def _reached(field: Field, first: int) -> Whole:
    """The days on which links can start or a chain can end, from a first day on, in order."""
    marked = np.zeros(len(field.arc_from), np.bool_)
    marked[first] = True
    for day in range(first, len(marked) - 1):
        if marked[day]:
            for arc in range(field.arc_from[day], field.arc_from[day + 1]):
                marked[field.arc_end[arc]] = True
    return np.flatnonzero(marked)


@_compiled
def _priced(field: Field, days: Whole, enough: int, without: int, price: Reals, least: Reals, way: Whole) -> None:
    """Fill in the least of travel minus priced hours from each day, and the arc that begins it (-1: stop)."""
    cost = np.empty(len(field.adds))
    cost[:] = np.nan
    for turn in range(len(days) - 1, -1, -1):
        day = days[turn]
        value, chosen = 0.0 if field.month[day] >= enough else FAR, -1
        for arc in range(field.arc_from[day], field.arc_from[day + 1]):
            place = field.arc_place[arc]
            if field.employer[place] == without:
                continue
            if np.isnan(cost[place]):
                cost[place] = field.travel[place]
                for lane in range(len(price)):
                    cost[place] -= price[lane] * field.adds[place, lane]
            total = cost[place] + least[field.arc_end[arc]]
            if total < value:
                value, chosen = total, arc
        least[day], way[day] = value, chosen


@_compiled
def _shortage(field: Field, missing: Whole, way: Whole, first: int, slope: Reals) -> float:
    """The hours the cheapest priced way leaves missing (below 0: has too many), and the square of that."""
    slope[:] = missing
    day = first
    while way[day] >= 0:
        slope -= field.adds[field.arc_place[way[day]]]
        day = field.arc_end[way[day]]
    return (slope * slope).sum()


@_compiled
def price_out(field: Field, path: Path, base: int, without: int, prices: Prices) -> float:
    """Find prices for what follows from ``base`` links; the least travel of that, FAR when months cannot be filled.

    The last lane is months: those are counted by the calendar, so that they need no price.
    """
    first = path.day[base] + (path.steps[2] if base == 0 else 0)
    days, lanes = _reached(field, first), len(field.need)
    missing = field.need - path.gained[base]
    enough = field.month[first] + missing[lanes - 1]
    price, slope = np.zeros(lanes), np.zeros(lanes)
    way = np.full(len(field.arc_from), -1, np.int64)
    least = np.full(len(field.arc_from), FAR)
    prices.least[:] = FAR
    prices.price[:] = 0.0
    best, step = -FAR, STEP
    for turn in range(ROUNDS):
        _priced(field, days, enough, without, price, least, way)
        bound = least[first] + (price * missing).sum()
        if turn == 0:
            prices.least[0] = least
            if bound > FAR / 2:
                return bound
        if bound > best + 1e-9 * abs(best):
            best = bound
            prices.least[1], prices.price[1] = least, price
        else:
            step *= 0.8
        square = _shortage(field, missing, way, first, slope)
        slope[lanes - 1] = 0.0
        if square == 0:
            break
        price = np.maximum(0.0, price + slope * (step * max(best, 100.0) / square))
    return best


@_compiled
def _compared(field: Field, path: Path, depth: int, found: Found, slot: int) -> Number:
    """Below 0 when these openings come before those found in this slot, above 0 when after; 0 when they begin alike."""
    for turn in range(min(depth, found.links[slot])):
        mine, theirs = field.arc_place[path.arc[turn]], field.arc_place[found.arc[slot, turn]]
        if mine != theirs:
            return mine - theirs
    return 0


@_compiled
def _hopeless(field: Field, path: Path, depth: int, rank: float, found: Found, known: Known, mode: int) -> bool:
    """Whether no chain over these links can come among the best."""
    last = len(found.links) - 1
    if found.filled[0] <= last:
        return False
    if mode == STRICT:
        of, survived = found.links[last], found.survived[last]
        broken = depth - known.survived[depth]
        hoped = field.longest - broken
        share = hoped * of - survived * field.longest if broken else of - survived
        if share:
            return share < 0
    least = int(np.ceil(rank - SLIGHT))
    if least != found.travel[last]:
        return least > found.travel[last]
    return _compared(field, path, depth, found, last) > 0


@_compiled
def _before(field: Field, path: Path, depth: int, found: Found, slot: int, survived: int) -> bool:
    share = survived * found.links[slot] - found.survived[slot] * depth
    if share:
        return share > 0
    if path.travel[depth] != found.travel[slot]:
        return path.travel[depth] < found.travel[slot]
    order = _compared(field, path, depth, found, slot)
    return order < 0 or (order == 0 and depth < found.links[slot])


@_compiled
def _put(field: Field, path: Path, depth: int, found: Found, survived: int) -> None:
    """Put a complete chain in its place among the best."""
    slot = found.filled[0]
    while slot > 0 and _before(field, path, depth, found, slot - 1, survived):
        if slot < len(found.links):
            found.arc[slot], found.links[slot] = found.arc[slot - 1], found.links[slot - 1]
            found.survived[slot], found.travel[slot] = found.survived[slot - 1], found.travel[slot - 1]
        slot -= 1
    if slot >= len(found.links):
        return
    found.arc[slot, :depth] = path.arc[:depth]
    found.links[slot], found.survived[slot], found.travel[slot] = depth, survived, path.travel[depth]
    found.filled[0] = min(found.filled[0] + 1, len(found.links))


@_compiled
def _copied(path: Path, other: Path, depth: int) -> None:
    other.arc[:depth] = path.arc[:depth]
    other.day[depth], other.slack[depth], other.travel[depth] = path.day[depth], path.slack[depth], path.travel[depth]
    other.gained[depth], other.levels[depth] = path.gained[depth], path.levels[depth]


@_compiled
def _survives(
    field: Field, path: Path, other: Path, depth: int, memory: Memory, law: Law, prices: Prices, known: Known
) -> bool:
    """Whether a chain is left when the employer of the link behind ``depth`` links withdraws."""
    gone: Number = field.employer[field.arc_place[path.arc[depth]]]
    if known.seen[depth, gone] == known.stamp[depth]:
        return known.lives[depth, gone]
    _copied(path, other, depth)
    links = alive(field, other, depth, gone, memory, law, prices)
    if depth == 0 and not field.done:
        day = path.day[0] + 1
        while links == LOST and day < len(field.arc_from) - 1:
            if field.arc_from[day] < field.arc_from[day + 1]:
                other.day[0] = day
                links = alive(field, other, 0, gone, memory, law, prices)
            day += 1
    if links >= 0:
        # The chain that is left also does without every other employer it does not use.
        _spread(field, other, depth, links, known)
    known.seen[depth, gone], known.lives[depth, gone] = known.stamp[depth], links >= 0
    return links >= 0


@_compiled
def _spread(field: Field, other: Path, depth: int, links: int, known: Known) -> None:
    for employer in range(known.seen.shape[1]):
        used = False
        for turn in range(depth, links):
            used |= field.employer[field.arc_place[other.arc[turn]]] == employer
        if not used:
            known.seen[depth, employer], known.lives[depth, employer] = known.stamp[depth], True


@_compiled
def _broken(
    field: Field, path: Path, other: Path, depth: int, memory: Memory, law: Law, prices: Prices, known: Known
) -> int:
    """The first link whose withdrawal a chain does not survive; as many as there are links when it survives all."""
    for turn in range(depth):
        if not _survives(field, path, other, turn, memory, law, prices, known):
            return turn
    return depth


@_compiled
def _judged(
    field: Field, path: Path, other: Path, depth: int, mode: int,
    memory: Memory, law: Law, prices: Prices, known: Known, found: Found,
) -> int:  # fmt: skip
    """Put a complete chain among the best, if it may be there; behind how many links to go on."""
    if not _lawful(field, path, depth, law):
        return depth - 1
    survived = known.survived[depth] if mode == STRICT else depth
    if mode == ROBUST:
        broken = _broken(field, path, other, depth, memory, law, prices, known)
        if broken < depth:
            return broken
    _put(field, path, depth, found, survived)
    return depth - 1


@_compiled
def best(
    field: Field, path: Path, other: Path, base: int, without: int, mode: int,
    memory: Memory, law: Law, prices: Prices, known: Known, found: Found,
) -> None:  # fmt: skip
    """Fill in the best chains that go on from ``base`` links, by (robustness,) travel and ids."""
    depth = base
    _look(field, path, depth, without, prices, CHEAPEST, FAR)
    while depth >= base:
        if path.at[depth] == path.filled[depth]:
            depth -= 1
            continue
        turn = path.at[depth]
        path.at[depth] += 1
        arc, rank = path.choice[depth, turn], path.rank[depth, turn]
        if not enter(field, path, depth, arc):
            continue
        known.stamp[depth + 1] += 1
        if mode == STRICT:
            kept = _survives(field, path, other, depth, memory, law, prices, known)
            known.survived[depth + 1] = known.survived[depth] + kept
        if _hopeless(field, path, depth + 1, rank, found, known, mode):
            continue
        if _complete(field, path, depth + 1):
            depth = _judged(field, path, other, depth + 1, mode, memory, law, prices, known, found)
        else:
            depth += 1
            _look(field, path, depth, without, prices, CHEAPEST, _most(found, mode))


@_compiled
def _most(found: Found, mode: int) -> float:
    """The most travel with which a chain can still come among the best."""
    last = len(found.links) - 1
    return float(found.travel[last]) if mode != STRICT and found.filled[0] > last else FAR / 2
