"""How far does one get when no chain is complete?"""

from __future__ import annotations

from heapq import heappop, heappush

from valley.core.mobility.routes.ground import Ground, Label
from valley.core.mobility.routes.search import started

Key = tuple[int, int, int, int, tuple[int, ...], tuple[int, ...], int]
STOPS, GOES_ON = 0, 1


def furthest(ground: Ground, effort: int) -> tuple[Label | None, bool]:
    """The chain that covers most work processes, then lasts longest (up to what is asked), is idle and travels least.

    Exact: labels by what they could still cover at most; the first that stops where it was promised is the best.
    None when not one opening can be started and nothing is done. After ``effort`` labels the best so far is given,
    and False beside it.

    >>> from datetime import date
    >>> from valley.core.mobility.routes.board import Board
    >>> from valley.core.mobility.routes.shapes import Learner, Qualification
    >>> from valley.core.profiles import Limits, Profile
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))))
    >>> furthest(Ground(Board([], Qualification({"W1": 100}, months=6)), anna), 100)
    (None, True)
    """
    line = _Line(ground)
    root = ground.root()
    for one in (root, *(started(root, day) for day in ground.waits() if day > root.day)):
        line.push(one, _hoped(ground, one))
    while line.heap:
        key, _, label = heappop(line.heap)
        if key[-1] == STOPS:
            return label, True
        effort -= 1
        if effort < 0:
            break
        line.take(label)
    return (None if line.best is None else line.best[1]), not line.heap


class _Line:
    """The labels that wait, and the best chain so far."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.heap: list[tuple[Key, int, Label]] = []
        self.taken: dict[int, list[Label]] = {}
        self.best: tuple[Key, Label] | None = None
        self.pushed = 0

    def push(self, label: Label, key: Key) -> None:
        self.pushed += 1
        heappush(self.heap, (key, self.pushed, label))

    def take(self, label: Label) -> None:
        """Stop here, or go on with every opening, unless a label taken before makes this one superfluous."""
        ground = self.ground
        others = self.taken.setdefault(label.day, [])
        if _passed(ground, label, others):
            return
        others.append(label)
        if label.places or ground.learner.done:
            stop = _reached(ground, label, label.gained, STOPS)
            if self.best is None or stop < self.best[0]:
                self.best = stop, label
            self.push(label, stop)
        for one in ground.onward(label, without=None, bounded=False):
            self.push(one, _hoped(ground, one))


def _reached(ground: Ground, label: Label, gained: int, last: int) -> Key:
    lanes, need = ground.lanes, ground.need
    months = min(lanes.unpack(gained)[-1], lanes.unpack(need)[-1])
    low = (1 << (16 * (lanes.count - 1))) - 1
    covered = lanes.reached(gained & low, need & low)
    return (-covered, -months, label.idle, label.travel, label.places, label.starts, last)


def _hoped(ground: Ground, label: Label) -> Key:
    return _reached(ground, label, ground.lanes.capped(label.gained + ground.most(label.day), ground.need), GOES_ON)


def _passed(ground: Ground, label: Label, others: list[Label]) -> bool:
    mine = (label.idle, label.travel, label.places, label.starts)
    return any(
        (one.idle, one.travel, one.places, one.starts) <= mine and ground.dominates(one, label) for one in others
    )
