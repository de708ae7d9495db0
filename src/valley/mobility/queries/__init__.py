"""What may a door ask about a person and openings, or about the whole sector in numbers?"""

from valley.mobility.queries.explained import ExplainedLine, Explanation, ExtraLine, WhatIf, explanation, what_if
from valley.mobility.queries.mine import (
    FitFilter,
    FitRow,
    MyOpenings,
    StoredList,
    TooLittleToCompare,
    my_openings,
)
from valley.mobility.queries.rule import Constant, Rule, Similarity, rule
from valley.mobility.queries.words import MustHaveLine, PracticalLine

__all__ = [
    "Constant",
    "ExplainedLine",
    "Explanation",
    "ExtraLine",
    "FitFilter",
    "FitRow",
    "MustHaveLine",
    "MyOpenings",
    "PracticalLine",
    "Rule",
    "Similarity",
    "StoredList",
    "TooLittleToCompare",
    "WhatIf",
    "explanation",
    "my_openings",
    "rule",
    "what_if",
]
