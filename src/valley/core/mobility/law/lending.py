"""May this lender make people available at all?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from valley.core.mobility.law.book import RuleBook
from valley.core.mobility.law.shapes import Contract, Fact, Flag, Severity

ADMISSION, EXEMPT, ENFORCED = "lender-admission", "lender-exempt", "lender-enforcement"


def lending_flags(contracts: Sequence[Contract], *, book: RuleBook, on: dt.date) -> Iterator[Flag]:
    """Flags of the admission of lenders, for contracts of the form "lending"; an open end runs on.

    >>> list(lending_flags([], book=RuleBook([], "law"), on=dt.date(2027, 1, 1)))
    []
    """
    for row in contracts:
        if row.form == "lending":
            yield from _one(row, book, row.ends_on or max(on, row.starts_on) + dt.timedelta(days=1))


def _one(row: Contract, book: RuleBook, end: dt.date) -> Iterator[Flag]:
    held = book.during(ADMISSION, row.starts_on, end)
    if not held:
        rule = book.coming(ADMISSION, end)
        if rule is not None:
            yield Flag(rule, "note", "lending-before-rule", (row,), {}, book.scenario)
        return
    exempt = book.during(EXEMPT, row.starts_on, end)
    if row.exempt and exempt:
        yield Flag(exempt[-1], "note", "lending-exempt", (row,), {}, book.scenario)
        return
    doubtful = row.admitted is False and row.exempt is None and exempt
    severity, says = ("warning", "exemption-unknown") if doubtful else _SAID[row.admitted]
    facts: dict[str, Fact] = {"enforced": len(book.during(ENFORCED, row.starts_on, end))}
    enforced = book.coming(ENFORCED, dt.date.min)
    if enforced is not None:
        facts["enforced_from"] = enforced.from_on.isoformat()
    yield Flag(held[-1], severity, says, (row,), facts, book.scenario)


_SAID: dict[bool | None, tuple[Severity, str]] = {
    True: ("note", "lender-admitted"),
    None: ("warning", "lender-unknown"),
    False: ("breach", "lender-not-admitted"),
}
