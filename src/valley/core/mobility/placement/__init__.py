"""Where can this group of people go, what would unlock the rest, and was everybody treated alike?

`place` makes the plan; `relaxed` and `compare` answer "what if"; an assignment is explained by the overlap of the
person `after` the course with the offer's demand; ``placement.checker`` checks a plan by another route,
``placement.greedy`` is the peer that places one by one, ``placement.twin`` tries every plan of a handful of people.
"""

from valley.core.mobility.placement.comparison import Comparison, Difference, compare
from valley.core.mobility.placement.field import after
from valley.core.mobility.placement.plan import (
    Assignment,
    Blocked,
    Bottleneck,
    Condition,
    GroupRow,
    Nearest,
    Opened,
    Plan,
    Proof,
    Relaxation,
    Unplaced,
)
from valley.core.mobility.placement.planning import place
from valley.core.mobility.placement.relax import easing, relaxed
from valley.core.mobility.placement.shapes import (
    GOALS,
    MOST,
    Course,
    InvalidPlacement,
    Mover,
    Offer,
    PlacementPolicy,
    Promise,
    Wishes,
)

__all__ = [
    "GOALS",
    "MOST",
    "Assignment",
    "Blocked",
    "Bottleneck",
    "Comparison",
    "Condition",
    "Course",
    "Difference",
    "GroupRow",
    "InvalidPlacement",
    "Mover",
    "Nearest",
    "Offer",
    "Opened",
    "PlacementPolicy",
    "Plan",
    "Promise",
    "Proof",
    "Relaxation",
    "Unplaced",
    "Wishes",
    "after",
    "compare",
    "easing",
    "place",
    "relaxed",
]
