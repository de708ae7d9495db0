"""Which fact or amount is missing, so that the rules cannot say whether the wage of a contract is enough?

Only contracts that run or are to start are looked at. A missing fact that changes what another rule says (who arranged
a move, an admission, a training agreement) is a flag of that rule itself; here is what would otherwise be silence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from valley.core.mobility.law.book import AGREEMENT, RuleBook
from valley.core.mobility.law.shapes import Contract, Fact, Flag, Rule, Scenario, Severity
from valley.core.mobility.law.wage import MINIMUM, floor_of, floors


def unknowns(
    contracts: Iterable[Contract], *, rules: Iterable[Rule], on: dt.date, scenario: Scenario = "law"
) -> tuple[Flag, ...]:
    """What the wage floors cannot say about contracts that run or are to start, in order of time.

    A floor that is not loaded for the day is a warning, a fact nobody wrote down a note. Without any floor in the
    table there is nothing to ask.

    >>> from decimal import Decimal
    >>> rule = Rule("minimum-wage", "law", dt.date(2026, 1, 1), dt.date(2026, 7, 1), {"hour": Decimal("14.71")})
    >>> row = Contract("telecom", "permanent", dt.date(2026, 1, 1), None, wage=Decimal(15), agreement="none")
    >>> [flag.says for flag in unknowns([row], rules=[rule], on=dt.date(2026, 11, 23))]
    ['floor-not-loaded']
    """
    book = RuleBook(rules, scenario)
    rows = sorted((row for row in contracts if row.ends_on is None or row.ends_on > on), key=_in_time)
    return tuple(flag for row in rows for flag in _asked(row, book, max(row.starts_on, on)))


def _in_time(row: Contract) -> tuple[dt.date, str, str]:
    return row.starts_on, row.key, row.employer


def _asked(row: Contract, book: RuleBook, day: dt.date) -> Iterator[Flag]:
    law = book.on(MINIMUM, day) or book.lapsed(MINIMUM, day)
    if law is None:
        return
    if row.wage is None:
        yield _flag(law, "note", "wage-not-said", row, book)
        return
    for key in floors(row):
        yield from _floor(key, law, row, book, day)
    if not row.agreement and book.keys(AGREEMENT):
        yield _flag(law, "note", "agreement-not-said", row, book)


def _floor(key: str, law: Rule, row: Contract, book: RuleBook, day: dt.date) -> Iterator[Flag]:
    rule, last = book.on(key, day), book.lapsed(key, day)
    if last is not None:
        if row.wage is not None and row.wage < floor_of(last, row) and last.until_on and last.until_on <= row.starts_on:
            return  # the flag "wage-under-last-floor" says it
        facts: dict[str, Fact] = {"floor": floor_of(last, row)}
        if last.until_on is not None:
            facts["since"] = last.until_on.isoformat()
        yield _flag(last, "warning", "floor-not-loaded", row, book, facts)
    elif rule is None:
        yield _flag(law, "warning", "agreement-not-loaded", row, book)
    elif key != MINIMUM and row.level is None:
        yield _flag(rule, "note", "level-not-said", row, book, {"floor": floor_of(rule, row)})
    elif key != MINIMUM and f"level-{row.level}" not in rule.numbers:
        level: Fact = row.level or 0
        yield _flag(rule, "warning", "level-not-loaded", row, book, {"floor": floor_of(rule, row), "level": level})


def _flag(
    rule: Rule, severity: Severity, says: str, row: Contract, book: RuleBook, facts: dict[str, Fact] | None = None
) -> Flag:
    return Flag(rule, severity, says, (row,), facts or {}, book.scenario)
