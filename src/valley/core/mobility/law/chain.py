"""Which temporary contract becomes permanent, because it is one too many or the row lasts too long?

A contract belongs to the chain of another when it follows within the gap the rule allows (a gap of exactly that long
still counts) and comes from the same employer, or from a successor: other employers doing the same work, where the
dated rule says for each initiative whether the move counts. What is not settled (a move arranged by a school, agency
work, an unknown training agreement) is counted a second time as if it did; a chain that is too long only then is a
warning and no breach.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from valley.core.mobility.law.book import RuleBook, number
from valley.core.mobility.law.months import between, later
from valley.core.mobility.law.shapes import Contract, Fact, Flag, Rule, Severity

CHAIN, SUCCESSIVE, BBL, AGENCY = "chain-rule", "successive-employer", "bbl-exception", "agency-phase"
# How sure it is that something counts; the rule on successive employment uses the same three numbers.
NO, PERHAPS, YES = 0, 1, 2
# Work-based learning counts by whether there is a training agreement; of an unknown one it is not settled.
_LEARNING: dict[bool | None, int] = {True: NO, None: PERHAPS, False: YES}


@dataclass(frozen=True, slots=True)
class _Links:
    """Contracts in order of time, and the question whether one carries on the chain of another."""

    rows: Sequence[Contract]
    book: RuleBook
    on: dt.date

    def end(self, row: Contract) -> dt.date:
        """The first day after a contract; without an end it runs on the day that is asked about."""
        return row.ends_on or max(self.on, row.starts_on) + dt.timedelta(days=1)

    def chain(self, last: int, rule: Rule, sure: int) -> list[Contract]:
        """The contracts of the chain that ends with number ``last``, in order of time."""
        inside, border = {last}, [last]
        while border:
            here = border.pop()
            found = [row for row in range(here) if row not in inside and self._carries(row, here, rule, sure)]
            inside.update(found)
            border += found
        return [self.rows[row] for row in sorted(inside)]

    def _carries(self, before: int, after: int, rule: Rule, sure: int) -> bool:
        old, new = self.rows[before], self.rows[after]
        if counts(old, self.book) < sure or new.starts_on > later(self.end(old), int(number(rule, "gap_months"))):
            return False
        return old.employer == new.employer or succeeds(old, new, self.book) >= sure


def counts(row: Contract, book: RuleBook) -> int:
    """How sure it is that a contract counts in a chain: 0 no, 1 perhaps, 2 yes.

    >>> permanent = Contract("telecom", "permanent", dt.date(2026, 1, 1), None)
    >>> counts(permanent, RuleBook([], "law"))
    0
    """
    if row.kind == "work-based-learning":
        return _LEARNING[row.practice_agreement] if book.on(BBL, row.starts_on) else YES
    if row.kind == "agency":
        return PERHAPS if book.on(AGENCY, row.starts_on) else NO
    return YES if row.kind == "fixed-term" else NO


def succeeds(old: Contract, new: Contract, book: RuleBook) -> int:
    """How sure it is that another employer carries on the chain: 0 no, 1 perhaps, 2 yes.

    Needs the rule on the day the new contract starts and the same work; an unknown role is perhaps the same.

    >>> first = Contract("telecom", "fixed-term", dt.date(2026, 1, 1), dt.date(2026, 7, 1), "adviser")
    >>> succeeds(first, first, RuleBook([], "law"))
    0
    """
    rule = book.on(SUCCESSIVE, new.starts_on)
    if rule is None or (old.role and new.role and old.role != new.role):
        return NO
    arranged = int(number(rule, new.initiative or "unknown"))
    return min(arranged, YES if old.role and new.role else PERHAPS)


def chain_flags(contracts: Sequence[Contract], *, book: RuleBook, on: dt.date) -> Iterator[Flag]:
    """Flags of the chain rule for contracts in order of time.

    >>> list(chain_flags([], book=RuleBook([], "law"), on=dt.date(2026, 1, 1)))
    []
    """
    links = _Links([row for row in contracts if counts(row, book) > NO], book, on)
    for index, row in enumerate(links.rows):
        rule = book.on(CHAIN, row.starts_on)
        if rule is not None:
            yield from _one(links, index, rule)
    for row in contracts:
        yield from _learning(row, book)


def _one(links: _Links, index: int, rule: Rule) -> Iterator[Flag]:
    row, book = links.rows[index], links.book
    sure = links.chain(index, rule, YES) if counts(row, book) == YES else []
    wide = links.chain(index, rule, PERHAPS)
    judged = _judged(sure, links, rule, "breach") or _judged(wide, links, rule, "warning")
    if judged is not None:
        yield judged
    elif len(sure) == number(rule, "contracts"):
        yield _flag(rule, "note", "last-temporary", sure, links)
    yield from _successive(row, sure, wide, links)


def _judged(chain: Sequence[Contract], links: _Links, rule: Rule, severity: Severity) -> Flag | None:
    if len(chain) > number(rule, "contracts"):
        return _flag(rule, severity, "one-too-many", chain, links)
    # One long contract alone is no chain; the months count from the second on.
    if len(chain) > 1 and _too_long(chain, links, rule):
        return _flag(rule, severity, "too-long", chain, links)
    return None


def _too_long(chain: Sequence[Contract], links: _Links, rule: Rule) -> bool:
    start, end = chain[0].starts_on, max(links.end(row) for row in chain)
    most = int(number(rule, "months"))
    return later(start, most) < end and not _short_after_long(chain, links, rule, most)


def _short_after_long(chain: Sequence[Contract], links: _Links, rule: Rule, most: int) -> bool:
    """The law lets one long contract be followed at once by one short one of the same employer."""
    short = rule.numbers.get("after_long_months")
    if short is None or len(chain) != 2:
        return False
    long, last = chain
    return (
        long.employer == last.employer
        and links.end(long) == last.starts_on
        and later(long.starts_on, most) <= last.starts_on
        and links.end(last) <= later(last.starts_on, int(short))
    )


def _flag(rule: Rule, severity: Severity, says: str, chain: Sequence[Contract], links: _Links) -> Flag:
    months, days = between(chain[0].starts_on, max(links.end(row) for row in chain))
    facts: dict[str, Fact] = {
        "contracts": len(chain),
        "most_contracts": int(number(rule, "contracts")),
        "months": months,
        "days": days,
        "most_months": int(number(rule, "months")),
        "gap_months": int(number(rule, "gap_months")),
        "employers": len({row.employer for row in chain}),
    }
    return Flag(rule, severity, says, tuple(chain), facts, links.book.scenario)


def _successive(row: Contract, sure: Sequence[Contract], wide: Sequence[Contract], links: _Links) -> Iterator[Flag]:
    rule = links.book.on(SUCCESSIVE, row.starts_on)
    if rule is None:
        return
    facts: dict[str, Fact] = {"initiative": row.initiative or "unknown", "contracts": len(wide), "sure": len(sure)}
    if len({one.employer for one in sure}) > 1:
        yield Flag(rule, "note", "counts-on", tuple(sure), facts, links.book.scenario)
    elif len(wide) > max(len(sure), 1) and len({one.employer for one in wide}) > 1:
        yield Flag(rule, "warning", "counts-on-perhaps", tuple(wide), facts, links.book.scenario)


def _learning(row: Contract, book: RuleBook) -> Iterator[Flag]:
    rule = book.on(BBL, row.starts_on)
    if row.kind != "work-based-learning" or rule is None:
        return
    severity, says = _LEARNING_SAYS[row.practice_agreement]
    yield Flag(rule, severity, says, (row,), {}, book.scenario)


_LEARNING_SAYS: dict[bool | None, tuple[Severity, str]] = {
    True: ("note", "learning-not-counted"),
    None: ("warning", "learning-agreement-unknown"),
    False: ("warning", "learning-without-agreement"),
}
