"""What may a room above ask of chains: what they reckon with, and how one is told?"""

from valley.chains.queries.keeping import kept_facts, kept_links, kept_refusal
from valley.chains.queries.plans import (
    PlanPage,
    QualificationChoice,
    plan,
    plan_words,
    qualification_key,
    qualifications,
)
from valley.chains.queries.reasons import LEARNER_REASONS, PARTNER_REASONS, reason_words
from valley.chains.queries.reckoning import Basis, basis, recognised
from valley.chains.queries.shapes import (
    ChainLine,
    CoverLine,
    LinkLine,
    ProcessHours,
    RouteQuestion,
    WhyNot,
    YearLine,
)
from valley.chains.queries.standing import Agreed, DifferenceWords, difference, difference_words, mark_kept, why_broken
from valley.chains.queries.telling import chain_key, cover_lines, hours_lines, told
from valley.chains.queries.words import day, order_words, robust_words
from valley.chains.queries.years import school_years

__all__ = [
    "LEARNER_REASONS",
    "PARTNER_REASONS",
    "Agreed",
    "Basis",
    "ChainLine",
    "CoverLine",
    "DifferenceWords",
    "LinkLine",
    "PlanPage",
    "ProcessHours",
    "QualificationChoice",
    "RouteQuestion",
    "WhyNot",
    "YearLine",
    "basis",
    "chain_key",
    "cover_lines",
    "day",
    "difference",
    "difference_words",
    "hours_lines",
    "kept_facts",
    "kept_links",
    "kept_refusal",
    "mark_kept",
    "order_words",
    "plan",
    "plan_words",
    "qualification_key",
    "qualifications",
    "reason_words",
    "recognised",
    "robust_words",
    "school_years",
    "told",
    "why_broken",
]
