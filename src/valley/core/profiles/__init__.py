"""What can a person do, what does an opening ask, what does a module give, and how alike are two competences?

One sparse shape for all three, so that one arithmetic serves overlap, routes, placement and learning. Everything is
frozen, and sorted by id when it is made: two profiles that say the same are equal, whatever order they were said in.
"""

from valley.core.profiles.relatedness import (
    HALF_LIVES,
    SIMILARITY,
    HalfLives,
    Kind,
    SimilarityTable,
    Vocabulary,
    freshness,
    inverse_frequency,
)
from valley.core.profiles.shapes import (
    Conditions,
    Demand,
    Gives,
    Grade,
    Has,
    Importance,
    InvalidProfile,
    Limits,
    Need,
    Place,
    Profile,
    Spoken,
    strongest,
)

__all__ = [
    "HALF_LIVES",
    "SIMILARITY",
    "Conditions",
    "Demand",
    "Gives",
    "Grade",
    "HalfLives",
    "Has",
    "Importance",
    "InvalidProfile",
    "Kind",
    "Limits",
    "Need",
    "Place",
    "Profile",
    "SimilarityTable",
    "Spoken",
    "Vocabulary",
    "freshness",
    "inverse_frequency",
    "strongest",
]
