"""Which complete chains from one first day are best, in compiled code?

In depth, the cheapest promise first; what no promise can bring among the best k is left out. A promise is travel so
far plus the bound of `pricing`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.routes.compiled import (
    CHEAPEST,
    LOST,
    SLIGHT,
    UNBOUNDED,
    Law,
    Memory,
    Number,
    Path,
    Prices,
    Whole,
    _complete,  # type: ignore[reportPrivateUsage]
    _lawful,  # type: ignore[reportPrivateUsage]
    _look,  # type: ignore[reportPrivateUsage]
    alive,
    enter,
)
from valley.core.mobility.routes.field import Field
from valley.core.mobility.routes.native import native
from valley.core.mobility.routes.pricing import FAR

PLAIN, ROBUST, STRICT = 0, 1, 2


class Found(NamedTuple):
    """The best chains so far, best first."""

    arc: Whole
    links: Whole
    survived: Whole
    travel: Whole
    idle: Whole
    filled: Whole


class Known(NamedTuple):
    """Per number of links and employer, whether a chain without that employer can go on; and who survived so far."""

    seen: Whole
    lives: NDArray[np.bool_]
    stamp: Whole
    survived: Whole


@native
def _compared(field: Field, path: Path, depth: int, found: Found, slot: int) -> Number:
    """Below 0 when these openings come before those found in this slot, above 0 when after; 0 when they begin alike."""
    for turn in range(min(depth, found.links[slot])):
        mine, theirs = field.arc_place[path.arc[turn]], field.arc_place[found.arc[slot, turn]]
        if mine != theirs:
            return mine - theirs
    return 0


@native
def _hopeless(field: Field, path: Path, depth: int, rank: float, found: Found, known: Known, mode: int) -> bool:
    """Whether no chain over these links can come among the best."""
    last = len(found.links) - 1
    if found.filled[0] <= last:
        return False
    if mode == STRICT:
        idle = _idle(path, depth)
        if idle > found.idle[last]:
            return True
        if idle < found.idle[last] and found.idle[last] > path.steps[5]:
            return False
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


@native
def _idle(path: Path, depth: int) -> int:
    """The idle days so far; 0 where nobody counts them."""
    return path.steps[4] - path.left[depth]


@native
def _before(field: Field, path: Path, depth: int, found: Found, slot: int, survived: int) -> bool:
    idle = _idle(path, depth) - found.idle[slot]
    if idle:
        return idle < 0
    share = survived * found.links[slot] - found.survived[slot] * depth
    if share:
        return share > 0
    if path.travel[depth] != found.travel[slot]:
        return path.travel[depth] < found.travel[slot]
    order = _compared(field, path, depth, found, slot)
    if order or depth != found.links[slot]:
        return order < 0 or (order == 0 and depth < found.links[slot])
    for turn in range(depth):
        if path.arc[turn] != found.arc[slot, turn]:
            # Arcs are in order of day: of the same openings those that start sooner come first.
            return path.arc[turn] < found.arc[slot, turn]
    return False


@native
def _moved(found: Found, slot: int, to: int) -> None:
    found.arc[to], found.links[to], found.idle[to] = found.arc[slot], found.links[slot], found.idle[slot]
    found.survived[to], found.travel[to] = found.survived[slot], found.travel[slot]


@native
def _twice(field: Field, path: Path, depth: int, found: Found) -> int:
    """The slot of a chain with the same openings on other days; -1 without one."""
    for slot in range(found.filled[0]):
        if found.links[slot] == depth and _compared(field, path, depth, found, slot) == 0:
            return slot
    return -1


@native
def _put(field: Field, path: Path, depth: int, found: Found, survived: int) -> None:
    """Put a complete chain in its place among the best, which have different openings."""
    same = _twice(field, path, depth, found)
    if same >= 0:
        if not _before(field, path, depth, found, same, survived):
            return
        for slot in range(same + 1, found.filled[0]):
            _moved(found, slot, slot - 1)
        found.filled[0] -= 1
    slot = found.filled[0]
    while slot > 0 and _before(field, path, depth, found, slot - 1, survived):
        if slot < len(found.links):
            _moved(found, slot - 1, slot)
        slot -= 1
    if slot >= len(found.links):
        return
    found.arc[slot, :depth] = path.arc[:depth]
    found.links[slot], found.survived[slot], found.travel[slot] = depth, survived, path.travel[depth]
    found.idle[slot] = _idle(path, depth)
    found.filled[0] = min(found.filled[0] + 1, len(found.links))


@native
def _copied(path: Path, other: Path, depth: int) -> None:
    other.arc[:depth] = path.arc[:depth]
    other.day[depth], other.slack[depth], other.travel[depth] = path.day[depth], path.slack[depth], path.travel[depth]
    other.gained[depth], other.levels[depth], other.left[depth] = path.gained[depth], path.levels[depth], UNBOUNDED


@native
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


@native
def _spread(field: Field, other: Path, depth: int, links: int, known: Known) -> None:
    for employer in range(known.seen.shape[1]):
        used = False
        for turn in range(depth, links):
            used |= field.employer[field.arc_place[other.arc[turn]]] == employer
        if not used:
            known.seen[depth, employer], known.lives[depth, employer] = known.stamp[depth], True


@native
def _broken(
    field: Field, path: Path, other: Path, depth: int, memory: Memory, law: Law, prices: Prices, known: Known
) -> int:
    """The first link whose withdrawal a chain does not survive; as many as there are links when it survives all."""
    for turn in range(depth):
        if not _survives(field, path, other, turn, memory, law, prices, known):
            return turn
    return depth


@native
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


@native
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


@native
def _most(found: Found, mode: int) -> float:
    """The most travel with which a chain can still come among the best."""
    last = len(found.links) - 1
    return float(found.travel[last]) if mode != STRICT and found.filled[0] > last else FAR / 2
