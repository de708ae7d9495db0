"""Which dated rules of law does the product use, where do they come from, which hold today, and what is missing?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from valley.careers import drafts, snapshots
from valley.careers.models import LawRule, RuleStatus
from valley.careers.queries.flags import title
from valley.core.mobility import law
from valley.foundation import access, clock
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One row of the table. ``holds``: in force today; a bill never is. Days are half-open.

    ``again_on``: the day by which somebody has to read the source again, None when it was read well.
    """

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
    again_on: date | None


@dataclass(frozen=True, slots=True)
class RuleGap:
    """A rule whose last row ended while nothing took its place: what holds ``since`` then is not in the table."""

    key: str
    status: str
    title: str
    since: date
    words: str


@dataclass(frozen=True, slots=True)
class LawTable:
    """Every row, by rule and day; ``on`` is the day that "holds" and the gaps are about."""

    on: date
    rules: tuple[RuleLine, ...]
    gaps: tuple[RuleGap, ...]


def law_table(caller: Caller, *, key: str = "") -> LawTable:
    """All rules, or the rows of one, in the reader's language. Public; one question."""
    on = clock.today(caller.at)
    rows = list(LawRule.objects.order_by("key", "status", "from_on"))
    pairs = zip(rows, [*rows[1:], None], strict=True)
    lines = [_line(row, following, on, caller.language) for row, following in pairs if key in ("", row.key)]
    return LawTable(on, tuple(lines), tuple(_gaps(lines, on, caller.language)))


def agreements(caller: Caller) -> tuple[tuple[str, str], ...]:
    """The collective agreements that have a floor in the table: key and title, in the reader's language."""
    titles = {one.key.removeprefix(law.AGREEMENT): one.title for one in law_table(caller).rules}
    return tuple((key, titles[key]) for key in snapshots.agreements())


def last_row(caller: Caller, *, key: str, status: str) -> drafts.RuleDraft | None:
    """The newest row of a rule, to start the next one from: from the day it ended, or ends. Programme office."""
    access.require_desk(caller, DeskRole.OFFICE)
    row = LawRule.objects.filter(key=key, status=status).order_by("-from_on").first()
    if row is None:
        return None
    texts = {name: getattr(row, name) for name in ("title_nl", "title_en", "source", "article", "address")}
    from_on = row.until_on or clock.today(caller.at)
    return drafts.RuleDraft(
        key=key, status=status, from_on=from_on, source_on=clock.today(caller.at), numbers=row.numbers, **texts
    )


def _gaps(lines: Iterable[RuleLine], on: date, language: str) -> Iterator[RuleGap]:
    newest = {(one.key, one.status): one for one in lines}
    for last in newest.values():
        if last.until_on is not None and last.until_on <= on:
            with override(language):
                words = _("What holds since %(since)s is not loaded yet: the programme office can add it.") % {
                    "since": date_format(last.until_on, "DATE_FORMAT")
                }
            yield RuleGap(last.key, last.status, last.title, last.until_on, words)


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
        again_on=row.again_on,
    )
