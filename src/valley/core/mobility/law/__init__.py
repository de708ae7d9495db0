"""What do the dated rules of labour law say about a row of contracts?

`flags` is the question; ``law.shapes`` holds rule, contract and flag. No number of the law stands in this code: rules
come from a dated table, and a rule that is not in the table is silent.
"""

from valley.core.mobility.law.book import IncompleteRule, RuleBook, number
from valley.core.mobility.law.judge import InvertedContract, flags
from valley.core.mobility.law.shapes import STATUSES, Contract, Fact, Flag, Rule, Scenario, Severity, Status

__all__ = [
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
    "number",
]
