"""Which dated rules of law does the product use, where do they come from, which hold today, and what is missing?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from valley.careers import drafts, snapshots
from valley.careers.models import Initiative, LawRule, RuleStatus
from valley.careers.queries.flags import title
from valley.core.mobility import law
from valley.foundation import access, clock
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole

NUMBERS = {
    "contracts": gettext_lazy("contracts at most"),
    "months": gettext_lazy("months at most"),
    "gap_months": gettext_lazy("longest gap in months that keeps a row together"),
    "after_long_months": gettext_lazy("months that a short contract after a long one may last"),
    "weeks": gettext_lazy("weeks before the row starts"),
    "deposit": gettext_lazy("deposit in euro"),
    "hour": gettext_lazy("euro an hour"),
    "from_age": gettext_lazy("from the age of"),
    "below_age": gettext_lazy("below the age of"),
    "per_year": gettext_lazy("hours a year at least"),
    "employer": gettext_lazy("move arranged by the employers"),
    "school": gettext_lazy("move arranged by a school"),
    "worker": gettext_lazy("move of the worker"),
    "unknown": gettext_lazy("move of which nobody knows who arranged it"),
}
COUNTS = {0: gettext_lazy("does not count"), 1: gettext_lazy("not settled"), 2: gettext_lazy("counts")}
LEVEL = gettext_lazy("level %(level)s, euro an hour")


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number of a rule, with what it is in words."""

    words: str
    value: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One row of the table. ``holds``: in force today; a bill never is. ``over``: its days ended. Days are half-open.

    ``said`` are the numbers in words.
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
    over: bool
    numbers: Mapping[str, str]
    said: tuple[NumberLine, ...]
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
    """The collective agreements that have a floor in the table: key and name, in the reader's language.

    The name is what stands before the colon in the title of its newest row.
    """
    titles = {one.key.removeprefix(law.AGREEMENT): one.title.partition(":")[0] for one in law_table(caller).rules}
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


def _called(name: str) -> str:
    start, _sign, level = name.partition("-")
    if start == "level" and level:
        return str(LEVEL) % {"level": level}
    return str(NUMBERS.get(name, name))


def _written(name: str, value: object) -> str:
    """A number as the reader's language writes it, cents in two digits; whether a move counts as a word."""
    found = Decimal(str(value))
    if name in Initiative.values or name == "unknown":
        return str(COUNTS.get(int(found), found))
    return number_format(found, decimal_pos=0 if found == found.to_integral_value() else 2, force_grouping=True)


def _line(row: LawRule, following: LawRule | None, on: date, language: str) -> RuleLine:
    until_on = snapshots.ended(row, following)
    begun = row.from_on <= on and (until_on is None or on < until_on)
    with override(language):
        status_words = str(RuleStatus(row.status).label)
        said = tuple(NumberLine(_called(name), _written(name, value)) for name, value in row.numbers.items())
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
        over=until_on is not None and until_on <= on,
        numbers={name: str(value) for name, value in sorted(row.numbers.items())},
        said=said,
        source=row.source,
        article=row.article,
        address=row.address,
        source_on=row.source_on,
        again_on=row.again_on,
    )
