"""How does this person fit this opening: must-haves, fit and practical points, each explained?

`overlap` is the readable twin, `order` lists openings for one person, `what_if` asks the same question of changed
inputs. ``overlap.checker`` checks an answer by another route and ``overlap.kernel`` does a whole region at once; both
import numpy, so import them where they are needed.
"""

from valley.core.mobility.overlap.change import Change, NotANeed, what_if
from valley.core.mobility.overlap.fit import Fit, Line, Use
from valley.core.mobility.overlap.gate import MustHave
from valley.core.mobility.overlap.policy import InvalidPolicy, OverlapPolicy
from valley.core.mobility.overlap.practical import PracticalPoint, State, distance_km
from valley.core.mobility.overlap.twin import OnePersonOnly, Ordering, Overlap, TooLittle, order, overlap

__all__ = [
    "Change",
    "Fit",
    "InvalidPolicy",
    "Line",
    "MustHave",
    "NotANeed",
    "OnePersonOnly",
    "Ordering",
    "Overlap",
    "OverlapPolicy",
    "PracticalPoint",
    "State",
    "TooLittle",
    "Use",
    "distance_km",
    "order",
    "overlap",
    "what_if",
]
