"""Is the wage of a contract at least the floor of the law and of the collective agreement?

A wage under the floor on the first day is a breach. A floor that comes in later, while the contract runs, is a
warning: the wage on paper has to be raised by then, and nobody says here that it was not. So is a wage under the last
floor of the table when the floor of the day is not loaded. Valley knows nobody's age: the words say from which age a
floor holds, and for learners a wage between the floors of young and adult is a warning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from valley.core.mobility.law.book import AGREEMENT, RuleBook, number
from valley.core.mobility.law.shapes import NO_AGREEMENT, Contract, Fact, Flag, Rule, Severity

MINIMUM, YOUNG_LEARNERS = "minimum-wage", "minimum-wage-young-learners"


def wage_flags(contracts: Sequence[Contract], *, book: RuleBook, on: dt.date) -> Iterator[Flag]:
    """Flags of the wage floors, for contracts with a wage; an open end runs until the day that is asked about.

    >>> list(wage_flags([], book=RuleBook([], "law"), on=dt.date(2027, 1, 1)))
    []
    """
    for row in contracts:
        if row.wage is not None:
            end = row.ends_on or max(on, row.starts_on) + dt.timedelta(days=1)
            for key in floors(row):
                yield from _one(row, row.wage, key, book, end)


def floors(row: Contract) -> tuple[str, ...]:
    """The keys of the floors that a contract falls under.

    >>> floors(Contract("telecom", "permanent", dt.date(2026, 1, 1), None, agreement="bakeries"))
    ('minimum-wage', 'wage-floor-bakeries')
    """
    return (MINIMUM, AGREEMENT + row.agreement) if row.agreement not in ("", NO_AGREEMENT) else (MINIMUM,)


def _one(row: Contract, wage: Decimal, key: str, book: RuleBook, end: dt.date) -> Iterator[Flag]:
    first = book.on(key, row.starts_on)
    if first is not None and wage < floor_of(first, row):
        severity: Severity = "warning" if key == MINIMUM and _young(row, wage, book) else "breach"
        yield _flag(first, severity, "wage-under-floor", row, wage, book)
        return
    last = book.lapsed(key, row.starts_on)
    if last is not None and wage < floor_of(last, row):
        yield _flag(last, "warning", "wage-under-last-floor", row, wage, book)
    rises = [rule for rule in book.during(key, row.starts_on, end) if rule.from_on > row.starts_on]
    short = [rule for rule in rises if wage < floor_of(rule, row)]
    if short:
        yield _flag(short[-1], "warning", "wage-floor-rises", row, wage, book)


def floor_of(rule: Rule, row: Contract) -> Decimal:
    """The floor of a level, of the lowest level when the level is not known, or of the law.

    >>> rule = Rule("minimum-wage", "law", dt.date(2026, 1, 1), None, {"hour": Decimal("14.71")})
    >>> floor_of(rule, Contract("telecom", "permanent", dt.date(2026, 1, 1), None))
    Decimal('14.71')
    """
    if rule.key == MINIMUM:
        return number(rule, "hour")
    return rule.numbers.get(f"level-{row.level}", min(rule.numbers.values(), default=Decimal(0)))


def _young(row: Contract, wage: Decimal, book: RuleBook) -> bool:
    # An amount whose days ended is still the least a learner can have: whether it rose since depends on age as well.
    rule = book.on(YOUNG_LEARNERS, row.starts_on) or book.lapsed(YOUNG_LEARNERS, row.starts_on)
    return row.kind == "work-based-learning" and rule is not None and wage >= number(rule, "hour")


def _flag(rule: Rule, severity: Severity, says: str, row: Contract, wage: Decimal, book: RuleBook) -> Flag:
    floor = floor_of(rule, row)
    facts: dict[str, Fact] = {"wage": wage, "floor": floor, "short": floor - wage, "since": rule.from_on.isoformat()}
    if "from_age" in rule.numbers:
        facts["from_age"] = int(rule.numbers["from_age"])
    return Flag(rule, severity, says, (row,), facts, book.scenario)
