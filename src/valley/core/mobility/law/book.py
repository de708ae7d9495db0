"""Which row of the dated table holds on a day, as the law is or as a bill would have it?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from valley.core.errors import ValleyError
from valley.core.mobility.law.shapes import STATUSES, Rule, Scenario


class IncompleteRule(ValleyError):
    """A rule lacks a number that its key needs."""

    code = "incomplete-rule"


class RuleBook:
    """The rules of one scenario, by key.

    "law": what is in force on the day, law before agreement before policy. "bill": where a bill has a rule of that
    key, the bill's newest row on every day ("as if it were law today"), whatever day it is expected; else the law.

    >>> old = Rule("chain-rule", "law", dt.date(2015, 7, 1), dt.date(2020, 1, 1), {"contracts": Decimal(3)})
    >>> RuleBook([old], "law").on("chain-rule", dt.date(2021, 1, 1)) is None
    True
    """

    def __init__(self, rules: Iterable[Rule], scenario: Scenario) -> None:
        self.scenario: Scenario = scenario
        rows: dict[str, list[Rule]] = defaultdict(list)
        for rule in sorted(rules, key=lambda row: (STATUSES.index(row.status), row.from_on), reverse=True):
            rows[rule.key].append(rule)
        self._rows = {key: self._holding(found) for key, found in rows.items()}

    def _holding(self, rows: list[Rule]) -> list[Rule]:
        bills = [row for row in rows if row.status == "bill"]
        if bills and self.scenario == "bill":
            return bills[:1]
        return [row for row in rows if row.status != "bill"]

    def on(self, key: str, day: dt.date) -> Rule | None:
        """The rule of this key that holds on a day, or None."""
        rows = [row for row in self._rows.get(key, ()) if row.status == "bill" or row.valid(day)]
        return min(rows, key=lambda row: (STATUSES.index(row.status), -row.from_on.toordinal()), default=None)

    def during(self, key: str, start: dt.date, end: dt.date) -> tuple[Rule, ...]:
        """The rules of this key that hold on some day from start until (not on) end, oldest first."""
        rows = [
            row
            for row in self._rows.get(key, ())
            if row.status == "bill" or (row.from_on < end and (row.until_on is None or start < row.until_on))
        ]
        return tuple(sorted(rows, key=lambda row: row.from_on))

    def lapsed(self, key: str, day: dt.date) -> Rule | None:
        """The last rule of this key that ended on or before a day, when none holds on it; or None."""
        rows = [row for row in self._rows.get(key, ()) if row.until_on is not None and row.until_on <= day]
        return None if self.on(key, day) else max(rows, key=lambda row: row.from_on, default=None)

    def keys(self, prefix: str) -> tuple[str, ...]:
        """The keys that start with a prefix, in order."""
        return tuple(sorted(key for key in self._rows if key.startswith(prefix)))

    def coming(self, key: str, day: dt.date) -> Rule | None:
        """The first rule of this key that holds from a day on or after this one, or None."""
        rows = [row for row in self._rows.get(key, ()) if row.from_on >= day]
        return min(rows, key=lambda row: row.from_on, default=None)


# The numbers without which a rule cannot be read, by key; other keys need none.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "chain-rule": ("contracts", "months", "gap_months"),
    "successive-employer": ("worker", "school", "employer", "unknown"),
    "minimum-wage": ("hour",),
    "minimum-wage-young-learners": ("hour",),
    "bbl-practice-hours": ("per_year",),
    "bbl-guided-hours": ("per_year",),
}
AGREEMENT = "wage-floor-"
"""How the key of the floors of a collective agreement begins; their numbers are level-1, level-2 and so on."""


def missing(key: str, numbers: Iterable[str]) -> tuple[str, ...]:
    """The numbers that a row of this key still needs before any rule can be read by it.

    >>> missing("minimum-wage", ["from_age"]), missing("wage-floor-bakeries", []), missing("own-rule", [])
    (('hour',), ('level-1',), ())
    """
    given = set(numbers)
    if key.startswith(AGREEMENT):
        return () if any(name.startswith("level-") for name in given) else ("level-1",)
    return tuple(name for name in NEEDED.get(key, ()) if name not in given)


def number(rule: Rule, name: str) -> Decimal:
    """A number of a rule. Raises IncompleteRule when the row does not have it.

    >>> number(Rule("x", "law", dt.date(2020, 1, 1), numbers={"months": Decimal(36)}), "months")
    Decimal('36')
    """
    if name not in rule.numbers:
        raise IncompleteRule(
            expected=f"the number {name} in rule {rule.key}",
            found=", ".join(sorted(rule.numbers)) or "no numbers",
            next_step="Add a new row of this rule with all its numbers.",
        )
    return rule.numbers[name]
