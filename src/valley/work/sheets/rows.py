"""Which tables of role profiles and openings does a file hold, and which draft does each row make?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from valley.foundation.spreadsheets import cells, tables
from valley.foundation.spreadsheets.reading import Cell, Sheet
from valley.foundation.spreadsheets.tables import Problem
from valley.work import beside, drafts
from valley.work.sheets import asked, columns
from valley.work.sheets.asked import Words

Reader = Callable[[Cell], Any]
READERS: dict[str, Reader] = {
    "months": cells.optional_whole,
    "moves_to": lambda cell: tuple(part.strip() for part in cells.text(cell).split(";") if part.strip()),
    **dict.fromkeys(("hours_min", "hours_max", "seats"), cells.whole),
    **dict.fromkeys(("pay_min", "pay_max"), cells.amount),
    **dict.fromkeys(("starts_from_on", "starts_until_on", "closes_on"), cells.day),
    **dict.fromkeys(("home_work", "evenings", "weekends", "nights", "early"), cells.yes),
}


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row that could be read: its draft (of an opening or a role), and under which headers its fields stand.

    ``beside`` are the cells that a room above reads, by the key of their column; empty when the file has none.
    """

    table: str
    sheet: str
    row: int
    draft: Any
    headers: Mapping[str, str] = field(hash=False)
    beside: Mapping[str, Any] = field(hash=False)


def rows_of(
    sheets: Sequence[Sheet], *, words: Words, organisation: int
) -> tuple[tuple[DraftRow, ...], tuple[Problem, ...]]:
    """The drafts of all sheets that hold openings or role profiles, and every problem, in the order of the file."""
    readers = READERS | _chosen(words) | dict(beside.room().readers())
    known = [
        tables.Table(key, (*columns.SHEETS[key][:2], *columns.SHEETS[key][2]), columns_of(key), readers)
        for key in columns.TABLES
    ]
    ignored = (*columns.LISTS, *columns.EXPLANATION)
    read, problems = tables.rows_of(sheets, tables=known, ignored=ignored, forbidden=columns.FORBIDDEN)
    return tuple(_draft(row, organisation) for row in read), problems


def columns_of(table: str) -> tuple[tables.Column, ...]:
    """The columns of a table, with those of a room above behind the openings' own."""
    return columns.TABLES[table] + (beside.room().columns() if table == "openings" else ())


def _chosen(words: Words) -> dict[str, Reader]:
    """Readers of what is chosen from a list. An unknown role or place goes on: the draft's checks know the nearest."""
    return {
        "role": lambda cell: words.roles.get(cells.plain(cells.text(cell)), cells.text(cell)),
        "place": lambda cell: words.places.get(cells.plain(cells.text(cell)), cells.text(cell)),
        "contract": lambda cell: asked.chosen(cell, words.contracts, _("a kind of contract")),
        "languages": lambda cell: asked.languages(cell, words.languages),
        "permits": lambda cell: asked.permits(cell, words.permits),
        "needs": lambda cell: asked.needs(cell, words),
    }


def _draft(row: tables.ReadRow, organisation: int) -> DraftRow:
    make = drafts.OpeningDraft if row.table == "openings" else drafts.RoleDraft
    above = {column.key for column in beside.room().columns()} if row.table == "openings" else set[str]()
    own = {key: value for key, value in row.fields.items() if key not in above}
    kept = {key: value for key, value in row.fields.items() if key in above}
    draft = make(organisation=organisation, **own)
    return DraftRow(row.table, row.sheet, row.row, draft, row.headers, kept)
