"""What does a planner find that takes the best next job and never looks ahead? Only to compare with."""

from __future__ import annotations

from valley.core.mobility.routes.board import Board
from valley.core.mobility.routes.ground import Ground, Label
from valley.core.mobility.routes.search import started
from valley.core.mobility.routes.shapes import Learner


def greedy(board: Board, learner: Learner) -> Label | None:
    """From the first day on which anything starts: the next job with most hours still missing, then least travel.

    >>> from datetime import date
    >>> from valley.core.mobility.routes.shapes import Qualification
    >>> from valley.core.profiles import Limits, Profile
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))))
    >>> greedy(Board([], Qualification({"W1": 1}, months=1)), anna) is None
    True
    """
    ground = Ground(board, learner)
    root, waits = ground.root(), ground.waits()
    here: Label | None = started(root, waits[0]) if waits else root
    while here is not None and not ground.complete(here):
        further = ground.onward(here, without=None, bounded=False)
        here = min(
            further, key=lambda one: (-sum(ground.lanes.unpack(one.gained)), one.travel, one.places), default=None
        )
    return here
