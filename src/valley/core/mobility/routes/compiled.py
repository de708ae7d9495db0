"""How are chains looked for in compiled code, on arrays, equal to the readable search?

Importing this loads numba and compiles, or reads what was compiled before from its cache: see `swift` for when that is
worth it. Chains so far are rows of a `Path`, one for each number of links; days count from ``Field.first``.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.routes.field import FAILED, Field
from valley.core.mobility.routes.native import native
from valley.core.mobility.routes.straining import Strain, hopeless, strained

Whole = NDArray[np.int64]
Number = Any  # a whole number: numpy's types tell the value at an index from an array only at run time
SCANNED = 300  # dead ends compared with a label at most: more cost more than they save
PATIENCE = 10  # steps after which a proof by weights is tried: it costs about as much
HOPEFUL, CHEAPEST = 0, 1
SLIGHT = 1e-6  # sums of floats may differ by this; travel is whole
LOST, SPENT = -1, -2
UNBOUNDED = 1 << 40  # idle days allowed, when nobody counts them
DEAD, OPEN, COMPLETE = 0, 1, 2


class Path(NamedTuple):
    """A chain under construction, with what is left to try behind each of its links."""

    day: Whole
    gained: Whole
    levels: Whole
    slack: Whole
    left: Whole  # idle days that are still allowed
    travel: Whole
    arc: Whole
    filled: Whole
    at: Whole
    choice: Whole  # arcs behind each link, in order of rank
    rank: NDArray[np.float64]
    steps: Whole  # taken and allowed; the first and last day, after ``day``, on which a first link may start; and the
    # idle days allowed in all, with the least of any chain; and at which step to look for weights


class Memory(NamedTuple):
    """Dead ends, a row each, in a list per day."""

    head: Whole
    following: Whole
    gained: Whole
    levels: Whole
    slack: Whole
    left: Whole
    links: Whole
    without: Whole
    used: Whole
    filled: Whole


class Law(NamedTuple):
    """Rows of contracts that the law counts: 0 not asked yet, 1 fine, 2 a breach."""

    rows: Whole
    length: Whole
    state: Whole
    filled: Whole


class Prices(NamedTuple):
    """Prices of an hour in each lane, and the least that travel minus those prices can be from each day on."""

    price: NDArray[np.float64]
    least: NDArray[np.float64]
    strain: Strain


@native
def _enough(slack: int, field: Field, day: int) -> bool:
    return slack + field.year_next[day] - field.year_first[day] > 0


@native
def _practised(field: Field, slack: int, day: int, arc: int) -> int:
    """The slack after idle days up to an arc and the arc; FAILED when a school year falls short."""
    start, end = field.arc_start[arc], field.arc_end[arc]
    here, part = day, 0
    while here < end:
        until = min(start if here < start else end, field.year_next[here])
        if here == field.year_first[here] and here > day:
            if not _enough(slack, field, here - 1):
                return FAILED
            slack = 0
        if here < start:
            slack -= field.yearly * (until - here)
        else:
            slack += field.part[arc, part] - field.yearly * (until - here)
            part += 1
        here = until
    if field.year_first[end] == end:
        return 0 if _enough(slack, field, end - 1) else FAILED
    return min(slack, field.yearly * (field.year_next[end] - end))


@native
def _complete(field: Field, path: Path, depth: int) -> bool:
    for lane in range(len(field.need)):
        if path.gained[depth, lane] < field.need[lane]:
            return False
    return field.yearly == 0 or _enough(path.slack[depth], field, path.day[depth])


@native
def _free(field: Field, path: Path, depth: int, place: int) -> bool:
    """Whether an opening, its levels and its twins allow that it is used now."""
    for word in range(field.needs.shape[1]):
        if field.needs[place, word] & ~path.levels[depth, word]:
            return False
    for turn in range(depth):
        used = field.arc_place[path.arc[turn]]
        if field.group[used] == field.group[place] or (field.twin[used] and field.twin[place]):
            return False
    return True


@native
def _left(field: Field, path: Path, depth: int, arc: int) -> int:
    """The idle days still allowed behind an arc."""
    left = path.left[depth]
    return left if left >= UNBOUNDED else left - (field.arc_start[arc] - path.day[depth])


@native
def _hopeful(field: Field, path: Path, depth: int, arc: int) -> float:
    """Minus the hours an arc brings; 1 when what can follow it within the idle days allowed is not enough."""
    place, end = field.arc_place[arc], field.arc_end[arc]
    layer = min(_left(field, path, depth, arc), len(field.most) - 1)
    gain, left = 0, 0.0
    for lane in range(len(field.need)):
        missing = field.need[lane] - path.gained[depth, lane]
        more = min(field.adds[place, lane], missing)
        if missing - more > field.most[layer, end, lane]:
            return 1.0
        gain += more
        left += (missing - more) * field.weight[lane]
    return 1.0 if left > field.ease[layer, end] + SLIGHT else -float(gain)


@native
def _cheapest(field: Field, path: Path, depth: int, arc: int, prices: Prices) -> float:
    """The least travel with which a chain over an arc can become complete."""
    place, end = field.arc_place[arc], field.arc_end[arc]
    least = 0.0
    for kind in range(len(prices.price)):
        total = prices.least[kind, end]
        for lane in range(len(field.need)):
            missing = field.need[lane] - path.gained[depth, lane] - field.adds[place, lane]
            if missing > 0:
                total += prices.price[kind, lane] * missing
        least = max(least, total)
    return path.travel[depth] + field.travel[place] + least


@native
def _look(field: Field, path: Path, depth: int, without: Number, prices: Prices, mode: int, most: float) -> None:
    """Rank every arc behind a link that may lead on."""
    path.at[depth] = path.filled[depth] = 0
    if depth >= field.longest:
        return
    path.steps[0] += 1
    first = path.day[depth] + (0 if depth else path.steps[2])
    until = path.day[depth] + min(path.left[depth], field.gap if depth else path.steps[3]) + 1
    found = 0
    for arc in range(field.arc_from[first], field.arc_from[min(until, len(field.arc_from) - 1)]):
        place = field.arc_place[arc]
        if field.employer[place] == without:
            continue
        rank = _hopeful(field, path, depth, arc)
        if rank > 0 or not _free(field, path, depth, place):
            continue
        if mode == CHEAPEST:
            rank = _cheapest(field, path, depth, arc, prices)
            if rank > most + SLIGHT:
                continue
        path.choice[depth, found] = arc
        path.rank[depth, found] = rank
        found += 1
    path.filled[depth] = found
    order = np.argsort(path.rank[depth, :found], kind="mergesort")
    path.rank[depth, :found] = path.rank[depth, :found][order]
    path.choice[depth, :found] = path.choice[depth, :found][order]


@native
def enter(field: Field, path: Path, depth: int, arc: int) -> bool:
    """Add an arc to a chain; False when a school year falls short."""
    place, slack = field.arc_place[arc], path.slack[depth]
    if field.yearly:
        day = field.arc_start[arc] if depth == 0 and not field.done else path.day[depth]
        slack = _practised(field, slack, day, arc)
        if slack == FAILED:
            return False
    path.arc[depth] = arc
    path.slack[depth + 1] = slack
    path.left[depth + 1] = _left(field, path, depth, arc)
    path.day[depth + 1] = field.arc_end[arc]
    path.travel[depth + 1] = path.travel[depth] + field.travel[place]
    for lane in range(len(field.need)):
        path.gained[depth + 1, lane] = min(path.gained[depth, lane] + field.adds[place, lane], field.need[lane])
    for word in range(field.needs.shape[1]):
        path.levels[depth + 1, word] = path.levels[depth, word] | field.gives[place, word]
    return True


@native
def _counted(field: Field, path: Path, depth: int, row: Whole) -> int:
    found = 0
    for turn in range(depth):
        if field.arc_counted[path.arc[turn]]:
            row[found] = path.arc[turn]
            found += 1
    return found


@native
def _lawful(field: Field, path: Path, depth: int, law: Law) -> bool:
    """Whether no row of counted contracts is known to breach; rows not known yet are noted, to be asked."""
    row = np.empty(depth + 1, np.int64)
    counted = _counted(field, path, depth, row)
    for length in range(1, counted + 1):
        here = 0
        while here < law.filled[0]:
            if law.length[here] == length and (law.rows[here, :length] == row[:length]).all():
                break
            here += 1
        if here < law.filled[0]:
            if law.state[here] == 2:
                return False
        elif here < len(law.state):
            law.rows[here, :length] = row[:length]
            law.length[here], law.state[here] = length, 0
            law.filled[0] += 1
        else:
            law.filled[1] = 1
    return True


@native
def _spared(field: Field, path: Path, depth: int, memory: Memory, one: Number) -> bool:
    """Whether every opening that a dead end had used up is used up here too."""
    for turn in range(memory.links[one]):
        gone = memory.used[one, turn]
        if gone < 0:
            continue
        same = False
        for other in range(depth):
            same |= field.arc_place[path.arc[other]] == gone
        if not same:
            return False
    return True


@native
def _covers(field: Field, path: Path, depth: int, memory: Memory, one: Number) -> bool:
    if memory.slack[one] < path.slack[depth] or memory.left[one] < path.left[depth] or memory.links[one] > depth:
        return False
    for lane in range(len(field.need)):
        if memory.gained[one, lane] < path.gained[depth, lane]:
            return False
    lacking = 0
    for word in range(field.needs.shape[1]):
        lacking |= path.levels[depth, word] & ~memory.levels[one, word]
    return lacking == 0


@native
def _dead(field: Field, path: Path, depth: int, without: Number, memory: Memory) -> bool:
    """Whether a dead end is known that could do at least as much."""
    one, scanned = memory.head[path.day[depth]], 0
    while one >= 0 and scanned < SCANNED:
        held = memory.without[one]
        covers = (held < 0 or held == without) and _covers(field, path, depth, memory, one)
        if covers and _spared(field, path, depth, memory, one):
            return True
        one, scanned = memory.following[one], scanned + 1
    return False


@native
def _bury(field: Field, path: Path, depth: int, without: Number, memory: Memory) -> None:
    """Remember a dead end, unless it has contracts that the law counts, or must start on the very day."""
    one = memory.filled[0]
    if depth == 0 and field.gap and not field.done:
        return
    for turn in range(depth):
        if field.arc_counted[path.arc[turn]]:
            return
    if one >= len(memory.slack):
        return
    day = path.day[depth]
    memory.following[one], memory.head[day] = memory.head[day], one
    memory.gained[one], memory.levels[one] = path.gained[depth], path.levels[depth]
    memory.slack[one], memory.left[one] = path.slack[depth], path.left[depth]
    memory.links[one], memory.without[one] = depth, without
    for turn in range(depth):
        place = field.arc_place[path.arc[turn]]
        # An opening with a changed twin stands for the twin too: it is never taken for spent.
        memory.used[one, turn] = place if field.until[place] >= day or field.twins else -1
    memory.filled[0] += 1


@native
def _state(field: Field, path: Path, depth: int, without: Number, memory: Memory, law: Law, prices: Prices) -> int:
    """Whether a chain so far is complete, dead or still open."""
    if _complete(field, path, depth):
        return COMPLETE if _lawful(field, path, depth, law) else DEAD
    if _proven(field, path, depth, without, prices, False) or _dead(field, path, depth, without, memory):
        return DEAD
    return OPEN


@native
def _proven(field: Field, path: Path, depth: int, without: Number, prices: Prices, anew: bool) -> bool:
    """Whether weights that are known (or ``anew``: are looked for) prove that nothing complete can follow."""
    first = path.day[depth]
    until = first + (0 if depth else path.steps[3])
    missing = field.need - path.gained[depth]
    if anew:
        return strained(field, missing, first, until, without, prices.strain)
    return hopeless(field, missing, first, until, without, prices.strain)


@native
def _given_up(field: Field, path: Path, base: int, without: Number, prices: Prices) -> int:
    """LOST when weights prove it, looked for once; SPENT when no steps are left; else 0."""
    if path.steps[0] > path.steps[1]:
        return SPENT
    if path.steps[0] == path.steps[6]:
        path.steps[6] = -1
        if _proven(field, path, base, without, prices, True):
            return LOST
    return 0


@native
def alive(field: Field, path: Path, base: int, without: Number, memory: Memory, law: Law, prices: Prices) -> int:
    """The number of links of some complete chain from ``base`` links on; LOST without one, SPENT out of steps."""
    state = _state(field, path, base, without, memory, law, prices)
    if state != OPEN:
        return base if state == COMPLETE else LOST
    depth, path.steps[6] = base, path.steps[0] + PATIENCE
    _look(field, path, depth, without, prices, HOPEFUL, 0.0)
    while depth >= base:
        if path.at[depth] == path.filled[depth]:
            _bury(field, path, depth, without, memory)
            depth -= 1
            continue
        up = _given_up(field, path, base, without, prices)
        if up:
            return up
        arc = path.choice[depth, path.at[depth]]
        path.at[depth] += 1
        if not enter(field, path, depth, arc):
            continue
        state = _state(field, path, depth + 1, without, memory, law, prices)
        if state == COMPLETE:
            return depth + 1
        if state == OPEN:
            depth += 1
            _look(field, path, depth, without, prices, HOPEFUL, 0.0)
    return LOST


@native
def first_alive(
    field: Field, path: Path, days: Whole, origin: int, without: int, memory: Memory, law: Law, prices: Prices
) -> int:
    """The same from the first of some days on which a first link can start; the day is left in ``path.day[0]``.

    Days of waiting since ``origin`` count as idle.
    """
    within = path.left[0]
    for day in days:
        if within < UNBOUNDED:
            path.left[0] = within - (day - origin)
            if path.left[0] < 0:
                break
        path.day[0] = day
        links = alive(field, path, 0, without, memory, law, prices)
        if links != LOST:
            return links
    return LOST
