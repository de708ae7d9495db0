"""What may a room above ask of chains: what they reckon with, and how one is told?"""

from valley.chains.queries.plans import (
    PlanPage,
    QualificationChoice,
    plan,
    plan_words,
    qualification_key,
    qualifications,
)
from valley.chains.queries.reckoning import Basis, basis, recognised
from valley.chains.queries.shapes import ChainLine, CoverLine, LinkLine, ProcessHours, WhyNot, YearLine
from valley.chains.queries.telling import chain_key, hours_lines, told
from valley.chains.queries.words import day, order_words, robust_words
from valley.chains.queries.years import school_years

__all__ = [
    "Basis",
    "ChainLine",
    "CoverLine",
    "LinkLine",
    "PlanPage",
    "ProcessHours",
    "QualificationChoice",
    "WhyNot",
    "YearLine",
    "basis",
    "chain_key",
    "day",
    "hours_lines",
    "order_words",
    "plan",
    "plan_words",
    "qualification_key",
    "qualifications",
    "recognised",
    "robust_words",
    "school_years",
    "told",
]
