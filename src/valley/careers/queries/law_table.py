"""Which dated rules of law does the product use, where do they come from, and which hold today?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from valley.careers import snapshots
from valley.careers.models import LawRule, RuleStatus
from valley.careers.queries.flags import title
from valley.foundation import clock
from valley.foundation.access import Caller


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One row of the table. ``holds``: in force today; a bill never is. Days are half-open."""

    id: int
    key: str
    status: str
    status_words: str
    title: str
    remark: str
    from_on: date
    until_on: date | None
    holds: bool
    numbers: Mapping[str, str]
    source: str
    article: str
    address: str
    source_on: date


@dataclass(frozen=True, slots=True)
class LawTable:
    """Every row, by rule and day; ``on`` is the day that "holds" is about."""

    on: date
    rules: tuple[RuleLine, ...]


def law_table(caller: Caller, *, key: str = "") -> LawTable:
    """All rules, or the rows of one, in the reader's language. Public; one question."""
    on = clock.today(caller.at)
    rows = list(LawRule.objects.order_by("key", "status", "from_on"))
    pairs = zip(rows, [*rows[1:], None], strict=True)
    lines = [_line(row, following, on, caller.language) for row, following in pairs if key in ("", row.key)]
    return LawTable(on, tuple(lines))


def _line(row: LawRule, following: LawRule | None, on: date, language: str) -> RuleLine:
    until_on = snapshots.ended(row, following)
    begun = row.from_on <= on and (until_on is None or on < until_on)
    with override(language):
        status_words = str(RuleStatus(row.status).label)
    return RuleLine(
        id=row.pk,
        key=row.key,
        status=row.status,
        status_words=status_words,
        title=title(row, language),
        remark=row.remark_en if language == "en" and row.remark_en else row.remark_nl,
        from_on=row.from_on,
        until_on=until_on,
        holds=begun and row.status != RuleStatus.BILL,
        numbers={name: str(value) for name, value in sorted(row.numbers.items())},
        source=row.source,
        article=row.article,
        address=row.address,
        source_on=row.source_on,
    )
