"""What do the dated rules say about a row of contracts, done and planned?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from valley.core.errors import ValleyError
from valley.core.mobility.law.book import RuleBook
from valley.core.mobility.law.chain import chain_flags
from valley.core.mobility.law.lending import lending_flags
from valley.core.mobility.law.shapes import SEVERITIES, Contract, Flag, Rule, Scenario
from valley.core.mobility.law.wage import wage_flags


class InvertedContract(ValleyError):
    """A contract ends on or before the day it starts."""

    code = "inverted-contract"


def flags(
    contracts: Iterable[Contract], *, rules: Iterable[Rule], on: dt.date, scenario: Scenario = "law"
) -> tuple[Flag, ...]:
    """Everything the rules say about the contracts of one person, in any order; the gravest first, then in time.

    A rule applies by the days of the contract itself; ``on`` is the day of asking, until which an open end runs at
    least. Scenario "bill" puts every bill in the place of the rule it would change. Same answer for every order of
    contracts and rules; cost is the square of the number of contracts of one person. Raises InvertedContract and
    IncompleteRule.

    >>> rule = Rule("chain-rule", "law", dt.date(2020, 1, 1), None, {"contracts": 1, "months": 36, "gap_months": 6})
    >>> years = [Contract("telecom", "fixed-term", dt.date(y, 1, 1), dt.date(y + 1, 1, 1)) for y in (2024, 2025)]
    >>> [(flag.severity, flag.says) for flag in flags(years, rules=[rule], on=dt.date(2026, 1, 1))]
    [('breach', 'one-too-many'), ('note', 'last-temporary')]
    """
    rows = sorted(contracts, key=_in_time)
    for row in rows:
        _refuse_inverted(row)
    book = RuleBook(rules, scenario)
    found = [
        *chain_flags(rows, book=book, on=on),
        *lending_flags(rows, book=book, on=on),
        *wage_flags(rows, book=book, on=on),
    ]
    places = {id(row): place for place, row in enumerate(rows)}
    return tuple(sorted(found, key=lambda one: (SEVERITIES.index(one.severity), places[id(one.contracts[-1])])))


def _in_time(row: Contract) -> tuple[str | bool | int, ...]:
    # Every field, so that equal contracts in another order give the same answer.
    return (
        row.starts_on.isoformat(),
        row.ends_on.isoformat() if row.ends_on else "9999",
        *(str(getattr(row, name)) for name in ("key", "employer", "kind", "role", "initiative", "form", "wage")),
        *(str(getattr(row, name)) for name in ("agreement", "level", "practice_agreement", "admitted", "exempt")),
    )


def _refuse_inverted(row: Contract) -> None:
    if row.ends_on is not None and row.ends_on <= row.starts_on:
        raise InvertedContract(
            expected="a contract that ends after it starts",
            found=f"{row.starts_on} to {row.ends_on}",
            next_step="Correct one of the two days.",
            key=row.key,
        )
