"""Where can this group of people go, what would unlock the rest, and was everybody treated alike?"""

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
    "Condition",
    "Course",
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
    "easing",
    "place",
    "relaxed",
]
