"""How far does one get when no chain is complete?"""

from __future__ import annotations

from heapq import heappop, heappush

from valley.core.mobility.routes.ground import Ground, Label
from valley.core.mobility.routes.search import started

Key = tuple[int, int, int, int, tuple[int, ...], tuple[int, ...], int]


def furthest(ground: Ground) -> Label | None:
    """The chain that covers most work processes, then lasts longest (up to what is asked), is idle and travels least.

    Exact: labels by what they could still cover at most; the first that stops where it was promised is the best.
    None when not one opening can be started and nothing is done.

    >>> from datetime import date
    >>> from valley.core.mobility.routes.board import Board
    >>> from valley.core.mobility.routes.shapes import Learner, Qualification
    >>> from valley.core.profiles import Limits, Profile
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))))
    >>> furthest(Ground(Board([], Qualification({"W1": 100}, months=6)), anna)) is None
    True
    """
    root = ground.root()
    heap: list[tuple[Key, int, Label]] = []
    taken: dict[int, list[Label]] = {}
    pushed = 0

    def push(label: Label, key: Key) -> None:
        nonlocal pushed
        pushed += 1
        heappush(heap, (key, pushed, label))

    for one in (root, *(started(root, day) for day in ground.waits() if day > root.day)):
        push(one, _hoped(ground, one))
    while heap:
        key, _, label = heappop(heap)
        if key[-1] == 0:
            return label
        if _passed(ground, label, taken.setdefault(label.day, [])):
            continue
        taken[label.day].append(label)
        if label.places or ground.learner.done:
            push(label, _reached(ground, label, label.gained, 0))
        for one in ground.onward(label, without=None, bounded=False):
            push(one, _hoped(ground, one))
    return None


def _reached(ground: Ground, label: Label, gained: int, last: int) -> Key:
    lanes, need = ground.lanes, ground.need
    months = min(lanes.unpack(gained)[-1], lanes.unpack(need)[-1])
    low = (1 << (16 * (lanes.count - 1))) - 1
    covered = lanes.reached(gained & low, need & low)
    return (-covered, -months, label.idle, label.travel, label.places, label.starts, last)


def _hoped(ground: Ground, label: Label) -> Key:
    return _reached(ground, label, ground.lanes.capped(label.gained + ground.most(label.day), ground.need), 1)


def _passed(ground: Ground, label: Label, others: list[Label]) -> bool:
    mine = (label.idle, label.travel, label.places, label.starts)
    return any(
        (one.idle, one.travel, one.places, one.starts) <= mine and ground.dominates(one, label) for one in others
    )
