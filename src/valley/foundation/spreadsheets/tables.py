"""Which rows of which known tables does a file hold, cell by cell, and what is wrong where?

Nothing is lost: every filled row becomes fields or a problem, and every column and sheet that is not read is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from valley.foundation.spreadsheets import cells
from valley.foundation.spreadsheets.cells import CellRefused
from valley.foundation.spreadsheets.reading import Cell, Sheet

HEADER_ROWS = 10
"""The header is looked for in so many rows from the top: people put a title or a logo above it."""
LEAST_HEADERS = 3
EXAMPLE = ("voorbeeld", "example")
"""A row whose first column says one of these is the template's example and is left out."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field of the draft it fills, its header in both languages, other headers people use for it.

    The hints and the example go into the template. ``choices`` names the list that its cells are chosen from.
    """

    key: str
    nl: str
    en: str
    hint_nl: str
    hint_en: str
    example: str | int | float = ""
    required: bool = True
    aliases: tuple[str, ...] = ()
    choices: str = ""

    def header(self, language: str) -> str:
        """The header in a language."""
        return self.en if language == "en" else self.nl

    def hint(self, language: str) -> str:
        """What belongs in the column, in a language."""
        return self.hint_en if language == "en" else self.hint_nl


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is known: its key, the names its sheet may have, its columns and how each cell is read.

    ``readers`` are by the key of the column; without one a cell is text. The first column names a row.
    """

    key: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    readers: Mapping[str, Callable[[Cell], Any]] = field(hash=False)

    def headers(self) -> dict[str, Column]:
        """Every accepted header, plain, with its column. Names of fields are headers too."""
        found: dict[str, Column] = {}
        for column in self.columns:
            for name in (column.key, column.nl, column.en, *column.aliases):
                found.setdefault(cells.plain(name), column)
        return found


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
    """A row that could be read: its fields by the key of their column, and under which headers they stand."""

    table: str
    sheet: str
    row: int
    fields: Mapping[str, Any] = field(hash=False)
    headers: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class _Head:
    """A header row that was found: which column (from 0) fills which field."""

    table: Table
    row: int
    places: dict[int, Column]
    texts: dict[str, str]


def rows_of(
    sheets: Sequence[Sheet], *, tables: Sequence[Table], ignored: Sequence[str], forbidden: frozenset[str]
) -> tuple[tuple[ReadRow, ...], tuple[Problem, ...]]:
    """The rows of all sheets that hold a known table, and every problem, in the order of the file.

    ``ignored`` are names of sheets that are never read; ``forbidden`` are plain headers the law allows no column for.
    """
    read: list[ReadRow] = []
    problems: list[Problem] = []
    known = 0
    for sheet in sheets:
        head = _head(sheet, tables, ignored)
        if sheet.hidden:
            if _named(sheet.name, tables):
                problems.append(_hidden(sheet))
        elif head is None:
            problems += _not_a_table(sheet, tables)
        else:
            known += 1
            problems += _columns(sheet, head, forbidden)
            for row, found in _rows(sheet, head):
                read += [row] if row else []
                problems += found
    if not known:
        problems.append(_nothing(sheets, tables))
    return tuple(read), tuple(problems)


def nearest(text: str, choices: Iterable[str]) -> str:
    """The choice that is spelled most like ``text``, or "" when none comes close. Ties go to the first by name."""
    found = process.extractOne(text.casefold(), sorted(choices), processor=str.casefold, scorer=fuzz.ratio)
    return found[0] if found and found[1] >= 60 else ""


def _named(name: str, tables: Sequence[Table]) -> Table | None:
    plain = cells.plain(name)
    return next((table for table in tables if plain in {cells.plain(word) for word in table.names}), None)


def _head(sheet: Sheet, tables: Sequence[Table], ignored: Sequence[str]) -> _Head | None:
    """The header row: the one of the first ten with the most known headers."""
    if cells.plain(sheet.name) in {cells.plain(word) for word in ignored}:
        return None
    named = _named(sheet.name, tables)
    best: _Head | None = None
    for number, row in sheet.rows[:HEADER_ROWS]:
        for table in [named] if named else tables:
            places = _places(row, table.headers())
            if len(places) >= LEAST_HEADERS and (best is None or len(places) > len(best.places)):
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


def _not_a_table(sheet: Sheet, tables: Sequence[Table]) -> Iterator[Problem]:
    """A sheet with the right name but no header is an error; any other sheet is simply not ours."""
    if _named(sheet.name, tables) and sheet.rows:
        step = _("Copy the first row of the template above your rows.")
        yield Problem(sheet.name, None, "", _("a row with headers"), _("none of the known headers"), step)


def _nothing(sheets: Sequence[Sheet], tables: Sequence[Table]) -> Problem:
    names = ", ".join(sheet.name for sheet in sheets[:10])
    wanted = " / ".join(name for table in tables for name in table.names[:2])
    step = _("Name the sheet %(names)s, with the headers of the template.") % {"names": wanted}
    return Problem("", None, "", _("a sheet with a known table"), names or _("no sheet"), step)


def _columns(sheet: Sheet, head: _Head, forbidden: frozenset[str]) -> Iterator[Problem]:
    """Missing columns stop; unknown, repeated and forbidden ones are named, because they are not read."""
    known = head.table.headers()
    for column in head.table.columns:
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
            yield Problem(sheet.name, head.row, name, *_unread(name, known, forbidden), stops=False)


def _unread(name: str, known: Mapping[str, Column], forbidden: frozenset[str]) -> tuple[str, str, str]:
    plain = cells.plain(name)
    if plain in forbidden:
        step = _("Remove the column. Nothing of it was kept.")
        return _("no question about this: the law forbids it"), _("a column that is not read"), step
    if plain in known:
        return _("each column once"), _("the column a second time, not read"), _("Remove one of the two.")
    guess = nearest(plain, known)
    step = _("Did you mean “%(guess)s”?") % {"guess": known[guess].nl} if guess else _("Nothing needs to be done.")
    return _("a known header"), _("a column that is not read"), step


def _rows(sheet: Sheet, head: _Head) -> Iterator[tuple[ReadRow | None, list[Problem]]]:
    for number, row in sheet.rows:
        if number <= head.row:
            continue
        values = {column.key: row[place] if place < len(row) else None for place, column in head.places.items()}
        if cells.plain(cells.text(values.get(head.table.columns[0].key))) in EXAMPLE:
            step = _("Nothing needs to be done.")
            yield None, [Problem(sheet.name, number, "", _("a row of yours"), _("the example"), step, stops=False)]
        elif any(cells.text(value) for value in values.values()) or _marked(sheet, number):
            yield _row(sheet, head, number, values)


def _marked(sheet: Sheet, number: int) -> bool:
    return any(row == number for row, _column in sheet.merged | sheet.formulas)


def _row(sheet: Sheet, head: _Head, number: int, values: dict[str, Cell]) -> tuple[ReadRow | None, list[Problem]]:
    problems: list[Problem] = []
    fields: dict[str, Any] = {}
    for place, column in head.places.items():
        try:
            fields[column.key] = _value(sheet, (number, place + 1), column, head.table, values[column.key])
        except CellRefused as refused:
            where = (sheet.name, number, head.texts[column.key])
            problems.append(Problem(*where, refused.expected, refused.found, refused.next_step))
    missing = any(column.required and column.key not in head.texts for column in head.table.columns)
    if problems or missing:
        return None, problems
    return ReadRow(head.table.key, sheet.name, number, fields, head.texts), []


def _value(sheet: Sheet, where: tuple[int, int], column: Column, table: Table, cell: Cell) -> Any:
    if not cells.text(cell):
        if where in sheet.merged:
            raise CellRefused(_("a cell of its own"), _("a merged cell"), _("Split the merged cells and fill each."))
        if where in sheet.formulas:
            raise CellRefused(_("a value"), _("a formula without an outcome"), _("Paste it as a value."))
        if column.required:
            raise CellRefused(_("something in this cell"), _("nothing"), column.hint(get_language() or "nl"))
    return table.readers.get(column.key, cells.text)(cell)
