"""What do the dated rules of labour law say about a row of contracts?

`flags` is the question; ``law.shapes`` holds rule, contract and flag. No number of the law stands in this code: rules
come from a dated table, and a rule that is not in the table is silent.
"""

from valley.core.mobility.law.book import AGREEMENT, IncompleteRule, RuleBook, missing, number
from valley.core.mobility.law.judge import InvertedContract, flags
from valley.core.mobility.law.shapes import (
    NO_AGREEMENT,
    STATUSES,
    Contract,
    Fact,
    Flag,
    Rule,
    Scenario,
    Severity,
    Status,
)
from valley.core.mobility.law.unknown import unknowns

__all__ = [
    "AGREEMENT",
    "NO_AGREEMENT",
    "STATUSES",
    "Contract",
    "Fact",
    "Flag",
    "IncompleteRule",
    "InvertedContract",
    "Rule",
    "RuleBook",
    "Scenario",
    "Severity",
    "Status",
    "flags",
    "missing",
    "number",
    "unknowns",
]
