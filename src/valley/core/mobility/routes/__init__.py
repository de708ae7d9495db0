"""Which chain of jobs carries this diploma, and when none does, what stands in the way?"""

from valley.core.mobility.routes.board import Board
from valley.core.mobility.routes.engine import Replanned, difference, replan, routes, routes_on
from valley.core.mobility.routes.relaxing import applied
from valley.core.mobility.routes.shapes import (
    CHAIN_FLAGS,
    COSTS,
    Chain,
    Condition,
    Conflict,
    Done,
    Fallback,
    InvalidRoute,
    Learner,
    Link,
    Offer,
    Period,
    Qualification,
    Refusal,
    Relaxation,
    RoutePolicy,
    Routes,
    SchoolYear,
)

__all__ = [
    "CHAIN_FLAGS",
    "COSTS",
    "Board",
    "Chain",
    "Condition",
    "Conflict",
    "Done",
    "Fallback",
    "InvalidRoute",
    "Learner",
    "Link",
    "Offer",
    "Period",
    "Qualification",
    "Refusal",
    "Relaxation",
    "Replanned",
    "RoutePolicy",
    "Routes",
    "SchoolYear",
    "applied",
    "difference",
    "replan",
    "routes",
    "routes_on",
]
