"""What may a door ask about a person and openings, or about the whole sector in numbers?"""

from valley.mobility.queries.explained import (
    ExplainedLine,
    Explanation,
    ExtraLine,
    WhatIf,
    explanation,
    explanation_of,
    what_if,
)
from valley.mobility.queries.mine import (
    FitFilter,
    FitRow,
    MyOpenings,
    StoredList,
    TooLittleToCompare,
    my_openings,
)
from valley.mobility.queries.report import (
    Band,
    Block,
    LanguageReach,
    Reach,
    ReachClass,
    RunLine,
    RunProgress,
    SectorReport,
    opening_reach,
    run_progress,
    sector_report,
)
from valley.mobility.queries.rule import Constant, Rule, Similarity, rule
from valley.mobility.queries.words import MustHaveLine, PracticalLine

__all__ = [
    "Band",
    "Block",
    "Constant",
    "ExplainedLine",
    "Explanation",
    "ExtraLine",
    "FitFilter",
    "FitRow",
    "LanguageReach",
    "MustHaveLine",
    "MyOpenings",
    "PracticalLine",
    "Reach",
    "ReachClass",
    "Rule",
    "RunLine",
    "RunProgress",
    "SectorReport",
    "Similarity",
    "StoredList",
    "TooLittleToCompare",
    "WhatIf",
    "explanation",
    "explanation_of",
    "my_openings",
    "opening_reach",
    "rule",
    "run_progress",
    "sector_report",
    "what_if",
]
