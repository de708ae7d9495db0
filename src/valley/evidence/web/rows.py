"""What does one row of the page of decisions show, and what did the person say in it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.http import QueryDict
from django.utils.translation import gettext as _

from valley.evidence import actions, queries
from valley.evidence.web import named
from valley.foundation import access

SAID = ("confirmed", "changed", "rejected")


@dataclass
class Row:
    """A finding that waits, with its sentence in three parts around the words it rests on, and what was said."""

    waiting: queries.Waiting
    before: str
    hit: str
    after: str
    said: str = ""
    instead: str = ""
    other: str = ""
    level: str = ""
    error: str = ""
    competence: int | None = field(default=None, repr=False)

    @property
    def finding(self) -> queries.FindingLine:
        """The finding itself."""
        return self.waiting.finding


def rows_of(items: Iterable[queries.Waiting]) -> list[Row]:
    """The rows of a page, in the order of the texts."""
    return [
        Row(one, *around(one.finding.sentence, one.finding.matched), level=str(one.finding.level or ""))
        for one in items
    ]


def by_piece(rows: Iterable[Row]) -> list[tuple[queries.Waiting, list[Row]]]:
    """The rows under the text they stand in."""
    grouped = [list(found) for _piece, found in groupby(rows, key=lambda row: row.finding.piece)]
    return [(found[0].waiting, found) for found in grouped]


def around(sentence: str, matched: str) -> tuple[str, str, str]:
    """The sentence before, at and after the words; all of it before when they do not stand in it in one piece.

    >>> around("Je helpt klanten snel.", "Helpt klanten")
    ('Je ', 'helpt klanten', ' snel.')
    """
    place = sentence.casefold().find(matched.casefold()) if matched else -1
    # Folding may lengthen a text (ß becomes ss), and then the place says nothing about the sentence itself.
    if place < 0 or len(sentence.casefold()) != len(sentence):
        return sentence, "", ""
    ends = place + len(matched)
    return sentence[:place], sentence[place:ends], sentence[ends:]


def heard(who: access.Caller, rows: Iterable[Row], asked: QueryDict) -> list[actions.Verdict]:
    """The verdicts in a form that was sent; a row that cannot be read gets an error and no verdict.

    ``all`` confirms every row about which nothing was said.
    """
    verdicts: list[actions.Verdict] = []
    for row in rows:
        pk = row.finding.id
        _hear(row, asked)
        if row.said not in SAID:
            row.said = "confirmed" if "all" in asked else ""
        if row.said == "changed":
            row.competence, row.error = _meant(who, row)
        if row.said and not row.error:
            verdicts.append(_verdict(row, _whole(asked, f"version-{pk}") or 0))
    return verdicts


def _hear(row: Row, asked: QueryDict) -> None:
    pk = row.finding.id
    row.said = asked.get(f"say-{pk}", "")
    row.instead, row.other = asked.get(f"instead-{pk}", ""), asked.get(f"other-{pk}", "")[:200]
    row.level = asked.get(f"level-{pk}", row.level)[:1]


def _meant(who: access.Caller, row: Row) -> tuple[int | None, str]:
    if row.other.strip():
        return named.competence(who, row.other)
    allowed = {str(one.id): one.id for one in row.waiting.alternatives}
    if row.instead in allowed:
        return allowed[row.instead], ""
    return named.competence(who, "")


def _verdict(row: Row, version: int) -> actions.Verdict:
    level = int(row.level) if row.level in {"1", "2", "3", "4"} else None
    return actions.Verdict(row.finding.id, row.said, version, competence=row.competence, level=level)


def _whole(asked: Mapping[str, str], name: str) -> int | None:
    text = asked.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def summary(done: actions.Decided) -> str:
    """What a set of verdicts did, in words."""
    words = _("Kept: %(confirmed)s confirmed, %(changed)s changed, %(rejected)s rejected.")
    return words % {"confirmed": done.confirmed, "changed": done.changed, "rejected": done.rejected}
