"""Which role profiles and openings does a file hold, row by row, and what is wrong with which cell?

Nothing is lost: every filled row becomes a draft or a problem, and every column and sheet that is not read is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from valley.foundation.spreadsheets import cells
from valley.foundation.spreadsheets.cells import CellRefused
from valley.foundation.spreadsheets.reading import Cell, Sheet
from valley.work import drafts
from valley.work.sheets import asked, columns
from valley.work.sheets.asked import Words
from valley.work.sheets.columns import Column

HEADER_ROWS = 10
"""The header is looked for in so many rows from the top: people put a title or a logo above it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a cell, row, column or sheet. ``stops`` is False for a remark that stops nothing."""

    sheet: str
    row: int | None
    column: str
    expected: str
    found: str
    next_step: str
    stops: bool = True


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that could be read: its draft (of an opening or a role), and under which headers its fields stand."""

    table: str
    sheet: str
    row: int
    draft: Any
    headers: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class _Head:
    """A header row that was found: which column (from 0) fills which field."""

    table: str
    row: int
    places: dict[int, Column]
    texts: dict[str, str]


Reader = Callable[[Cell, Words], Any]
READERS: dict[str, Reader] = {
    "role": lambda cell, words: words.roles.get(cells.plain(cells.text(cell)), cells.text(cell)),
    "place": lambda cell, words: words.places.get(cells.plain(cells.text(cell)), cells.text(cell)),
    "contract": lambda cell, words: asked.chosen(cell, words.contracts, _("a kind of contract")),
    "months": lambda cell, words: cells.optional_whole(cell),
    "languages": lambda cell, words: asked.languages(cell, words.languages),
    "permits": lambda cell, words: asked.permits(cell, words.permits),
    "needs": asked.needs,
    "moves_to": lambda cell, words: tuple(part.strip() for part in cells.text(cell).split(";") if part.strip()),
    **dict.fromkeys(("hours_min", "hours_max", "seats"), lambda cell, words: cells.whole(cell)),
    **dict.fromkeys(("pay_min", "pay_max"), lambda cell, words: cells.amount(cell)),
    **dict.fromkeys(("starts_from_on", "starts_until_on", "closes_on"), lambda cell, words: cells.day(cell)),
    **dict.fromkeys(("home_work", "evenings", "weekends", "nights", "early"), lambda cell, words: cells.yes(cell)),
}


def rows_of(
    sheets: Sequence[Sheet], *, words: Words, organisation: int
) -> tuple[tuple[ReadRow, ...], tuple[Problem, ...]]:
    """The drafts of all sheets that hold openings or role profiles, and every problem, in the order of the file."""
    read: list[ReadRow] = []
    problems: list[Problem] = []
    known = 0
    for sheet in sheets:
        head = _head(sheet, alone=len(sheets) == 1)
        if sheet.hidden:
            if _table_named(sheet.name):
                problems.append(_hidden(sheet))
        elif head is None:
            problems += _not_a_table(sheet)
        else:
            known += 1
            problems += _columns(sheet, head)
            for row, found in _rows(sheet, head, words, organisation):
                read += [row] if row else []
                problems += found
    if not known:
        problems.append(_nothing(sheets))
    return tuple(read), tuple(problems)


def _table_named(name: str) -> str:
    plain = cells.plain(name)
    for table, (nl, en, others) in columns.SHEETS.items():
        if plain in {cells.plain(word) for word in (nl, en, *others)}:
            return table
    return ""


def _head(sheet: Sheet, *, alone: bool) -> _Head | None:
    """The header row: the one of the first ten with the most known headers. Needs a known name or a clear table."""
    named = _table_named(sheet.name)
    if not named and not alone:
        plain = cells.plain(sheet.name)
        if plain in {cells.plain(word) for word in (*columns.LISTS, *columns.EXPLANATION)}:
            return None
    best: _Head | None = None
    for number, row in sheet.rows[:HEADER_ROWS]:
        for table in [named] if named else columns.TABLES:
            places = _places(row, columns.headers(columns.TABLES[table]))
            if len(places) >= 3 and (best is None or len(places) > len(best.places)):
                texts = {column.key: cells.text(row[place]) for place, column in places.items()}
                best = _Head(table, number, places, texts)
    return best


def _places(row: Sequence[Cell], known: Mapping[str, Column]) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for place, cell in enumerate(row):
        column = known.get(cells.plain(cells.text(cell)))
        if column is not None and column not in found.values():
            found[place] = column
    return found


def _hidden(sheet: Sheet) -> Problem:
    step = _("Show the sheet and upload the file again, if it should count.")
    return Problem(sheet.name, None, "", _("a visible sheet"), _("a hidden sheet"), step, stops=False)


def _not_a_table(sheet: Sheet) -> Iterator[Problem]:
    """A sheet with the right name but no header is an error; any other sheet is simply not ours."""
    if _table_named(sheet.name) and sheet.rows:
        step = _("Copy the first row of the template above your rows.")
        yield Problem(sheet.name, None, "", _("a row with headers"), _("none of the known headers"), step)


def _nothing(sheets: Sequence[Sheet]) -> Problem:
    names = ", ".join(sheet.name for sheet in sheets[:10])
    step = _("Name the sheet “Vacatures” or “Openings”, with the headers of the template.")
    return Problem("", None, "", _("a sheet with openings or roles"), names or _("no sheet"), step)


def _columns(sheet: Sheet, head: _Head) -> Iterator[Problem]:
    """Missing columns stop; unknown, repeated and forbidden ones are named, because they are not read."""
    table = columns.TABLES[head.table]
    known = columns.headers(table)
    for column in table:
        if column.required and column.key not in head.texts:
            step = _("Add the column, or give it this header.")
            yield Problem(
                sheet.name,
                head.row,
                column.header(get_language() or "nl"),
                _("this column"),
                _("no column with this header"),
                step,
            )
    row = next(row for number, row in sheet.rows if number == head.row)
    for place, cell in enumerate(row):
        name = cells.text(cell)
        if name and place not in head.places:
            yield Problem(sheet.name, head.row, name, *_unread(name, known), stops=False)


def _unread(name: str, known: Mapping[str, Column]) -> tuple[str, str, str]:
    plain = cells.plain(name)
    if plain in columns.FORBIDDEN:
        step = _("Remove the column. Nothing of it was kept.")
        return _("no question about this: the law forbids it"), _("a column that is not read"), step
    if plain in known:
        return _("each column once"), _("the column a second time, not read"), _("Remove one of the two.")
    guess = drafts.nearest(plain, known)
    step = _("Did you mean “%(guess)s”?") % {"guess": known[guess].nl} if guess else _("Nothing needs to be done.")
    return _("a known header"), _("a column that is not read"), step


def _rows(sheet: Sheet, head: _Head, words: Words, organisation: int) -> Iterator[tuple[ReadRow | None, list[Problem]]]:
    for number, row in sheet.rows:
        if number <= head.row:
            continue
        values = {column.key: row[place] if place < len(row) else None for place, column in head.places.items()}
        name = cells.text(values.get("reference") or values.get("key"))
        if cells.plain(name) in columns.EXAMPLE:
            step = _("Nothing needs to be done.")
            yield None, [Problem(sheet.name, number, "", _("a row of yours"), _("the example"), step, stops=False)]
        elif any(cells.text(value) for value in values.values()) or _marked(sheet, number):
            yield _row(sheet, head, number, values, words, organisation)


def _marked(sheet: Sheet, number: int) -> bool:
    return any(row == number for row, _column in sheet.merged | sheet.formulas)


def _row(
    sheet: Sheet, head: _Head, number: int, values: dict[str, Cell], words: Words, organisation: int
) -> tuple[ReadRow | None, list[Problem]]:
    problems: list[Problem] = []
    fields: dict[str, Any] = {}
    for place, column in head.places.items():
        try:
            fields[column.key] = _value(sheet, (number, place + 1), column, values[column.key], words)
        except CellRefused as refused:
            where = (sheet.name, number, head.texts[column.key])
            problems.append(Problem(*where, refused.expected, refused.found, refused.next_step))
    missing = any(column.required and column.key not in head.texts for column in columns.TABLES[head.table])
    if problems or missing:
        return None, problems
    draft = drafts.OpeningDraft if head.table == "openings" else drafts.RoleDraft
    return ReadRow(head.table, sheet.name, number, draft(organisation=organisation, **fields), head.texts), []


def _value(sheet: Sheet, where: tuple[int, int], column: Column, cell: Cell, words: Words) -> Any:
    if not cells.text(cell):
        if where in sheet.merged:
            raise CellRefused(_("a cell of its own"), _("a merged cell"), _("Split the merged cells and fill each."))
        if where in sheet.formulas:
            raise CellRefused(_("a value"), _("a formula without an outcome"), _("Paste it as a value."))
        if column.required:
            raise CellRefused(_("something in this cell"), _("nothing"), column.hint(get_language() or "nl"))
    read = READERS.get(column.key)
    return read(cell, words) if read else cells.text(cell)
