"""What is in this file, whatever it is called and whatever surprises it holds?

Bytes in, cells out; nothing is stored here. .xlsx, .ods and .csv are told apart by their content, never by their name.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from valley.core.errors import ValleyError

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
"""Ten thousand full rows unpack to some 30 MB of XML; far more than that is a bomb, not a list of jobs."""
MOST_FILES = 1000
MOST_ROWS = 10_000
MOST_COLUMNS = 100
WIDEST = 300
"""Columns beyond ``MOST_COLUMNS`` are not read; a sheet wider than this is refused for the memory it would take."""
Cell = str | int | float | bool | date | datetime | time | timedelta | None


class SheetRefused(ValleyError):
    """The file as a whole cannot be read; says what to save it as."""

    code = "spreadsheet-refused"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows as (row number from 1, cells), and where its surprises are.

    ``merged`` and ``formulas`` are (row, column) from 1: cells covered by a merge, and cells with a formula.
    """

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    hidden: bool = False
    merged: frozenset[tuple[int, int]] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()


def read(content: bytes) -> tuple[Sheet, ...]:
    """Every sheet of the file, hidden ones marked. Raises :class:`SheetRefused`. About 0.1 s for 10,000 rows."""
    if len(content) > MOST_BYTES:
        raise SheetRefused(
            expected=_("a file of at most 5 MB"),
            found=_("a larger one"),
            next_step=_("Remove pictures and other sheets, or split the file."),
        )
    if not content.strip(b"\0 \r\n\t"):
        raise SheetRefused(
            expected=_("a filled spreadsheet"), found=_("an empty file"), next_step=_("Choose the file again.")
        )
    if content[:2] == b"PK":
        return _workbook(content)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _kind(_("an old or locked Excel file"), _("Open it, remove the password and save it as .xlsx."))
    if content[:4] == b"%PDF":
        raise _kind(_("a PDF"), _("Save the list as .xlsx, .ods or .csv."))
    return (_text(content),)


def _kind(found: str, next_step: str) -> SheetRefused:
    return SheetRefused(expected=_("a spreadsheet (.xlsx, .ods or .csv)"), found=found, next_step=next_step)


def _workbook(content: bytes) -> tuple[Sheet, ...]:
    parts = _unpack(content)
    if "xl/workbook.xml" not in parts and "content.xml" not in parts:
        raise _kind(_("another kind of packed file"), _("Save the list as .xlsx, .ods or .csv."))
    _require_bounds(parts)
    formulas = _formulas(content, parts)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            hidden = {one.name for one in book.sheets_metadata if one.visible != SheetVisibleEnum.Visible}
            return tuple(
                _sheet(book.get_sheet_by_name(name), name in hidden, formulas.get(name, frozenset()))
                for name in book.sheet_names
            )
    except (CalamineError, ValueError, OSError) as error:
        raise _kind(_("a damaged file"), _("Open it, save it again as .xlsx and upload that.")) from error


def _unpack(content: bytes) -> dict[str, bytes]:
    """The parts of the package that hold cells, after really unpacking it within bounds: its own table may lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            parts: dict[str, bytes] = {}
            left = MOST_UNPACKED if len(entries) <= MOST_FILES else 0
            for entry in entries:
                part = _part(package, entry, left)
                left -= len(part)
                parts[entry.filename] = part if entry.filename.endswith(".xml") else b""
            return parts
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise _kind(_("a damaged file"), _("Open it, save it again as .xlsx and upload that.")) from error


def _part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    with package.open(entry) as stream:
        part = stream.read(left + 1)
    if len(part) > left:
        raise SheetRefused(
            expected=_("a file that unpacks to at most 80 MB"),
            found=_("a file that unpacks to more"),
            next_step=_("Copy the list into a new file and upload that."),
        )
    return part


def _require_bounds(parts: dict[str, bytes]) -> None:
    """Refuse a cell far away: the reader would make room for everything in between."""
    rows, columns = 0, 0
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            cells = set(re.findall(rb'<c[^>]*\sr="([A-Z]{1,3})(\d{1,9})"', part))
            rows = max([rows, part.count(b"<row"), *(int(row) for _letters, row in cells)])
            columns = max([columns, *(_column(letters) for letters in {letters for letters, _row in cells})])
        elif name == "content.xml":
            filled = re.findall(rb"<table:table-row.*?</table:table-row>", part, re.S)
            rows = max([0, *map(_repeats, filled)])
    if columns > WIDEST:
        raise SheetRefused(
            expected=_("at most %(most)s columns") % {"most": WIDEST},
            found=_("%(count)s columns") % {"count": columns},
            next_step=_("Copy only the filled cells into a new file."),
        )
    if rows > MOST_ROWS + 1:
        raise _rows(rows)


def _column(letters: bytes) -> int:
    """The number of a column.

    >>> _column(b"A"), _column(b"AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _repeats(row: bytes) -> int:
    """How often a filled row of an .ods file is repeated, or a filled cell in it; 0 for an empty row."""
    if b"office:value-type" not in row:
        return 0
    filled = re.findall(rb"<table:table-cell[^>]*office:value-type[^>]*>", row)
    cells = b"".join(filled) + row.split(b">", 1)[0]
    return max([0, *map(int, re.findall(rb'-repeated="(\d{1,9})"', cells))])


def _formulas(content: bytes, parts: dict[str, bytes]) -> dict[str, frozenset[tuple[int, int]]]:
    """Where formulas are, by sheet. Looked up slowly, and only when there are any."""
    sheets = [part for name, part in parts.items() if name.startswith("xl/worksheets/")]
    if not any(re.search(rb"<f[\s>/]", part) for part in sheets):
        return {}
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise _kind(_("a damaged file"), _("Open it, save it again as .xlsx and upload that.")) from error
    return {
        sheet.title: frozenset(
            (cell.row or 0, cell.column or 0)
            for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
            for cell in row
            if getattr(cell, "data_type", "") == "f"
        )
        for sheet in book.worksheets
    }


def _sheet(found: CalamineSheet, hidden: bool, formulas: frozenset[tuple[int, int]]) -> Sheet:
    if hidden:
        return Sheet(found.name, (), hidden=True)
    if found.height > MOST_ROWS + 1:
        raise _rows(found.height)
    top, left = found.start or (0, 0)
    cells = found.to_python(skip_empty_area=True)
    rows = tuple(
        (number, (*((None,) * left), *(None if cell == "" else cell for cell in row[:MOST_COLUMNS])))
        for number, row in enumerate(cells, start=top + 1)
        if any(cell != "" for cell in row)
    )
    return Sheet(found.name, rows, merged=_covered(found), formulas=formulas)


def _rows(count: int) -> SheetRefused:
    return SheetRefused(
        expected=_("at most %(most)s rows") % {"most": MOST_ROWS},
        found=_("%(count)s rows") % {"count": count},
        next_step=_("Copy only the filled rows into a new file, or split it."),
    )


def _covered(found: CalamineSheet) -> frozenset[tuple[int, int]]:
    """The cells that a merge hides; the first cell of a merge keeps its value."""
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        for row in range(top, min(bottom, top + MOST_ROWS) + 1):
            covered.update((row + 1, column + 1) for column in range(left, min(right, MOST_COLUMNS) + 1))
        covered.discard((top + 1, left + 1))
    return frozenset(covered)


def _text(content: bytes) -> Sheet:
    """A file of comma- or semicolon-separated values in UTF-8, or UTF-16 when it says so."""
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetRefused(
            expected=_("a text in UTF-8"),
            found=_("another encoding at byte %(place)s") % {"place": error.start},
            next_step=_("Save the file as “CSV UTF-8”, or as .xlsx."),
        ) from error
    if "\0" in text:
        raise _kind(_("a file of an unknown kind"), _("Save the list as .xlsx, .ods or .csv."))
    first = text.lstrip().split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        rows = tuple(
            (number, tuple(cell.strip() or None for cell in line[:MOST_COLUMNS]))
            for number, line in enumerate(lines, start=1)
            if any(cell.strip() for cell in line)
        )
    except csv.Error as error:
        raise _kind(_("a text that is not a table"), _("Save the list as .xlsx, .ods or .csv.")) from error
    if len(rows) > MOST_ROWS + 1:
        raise _rows(len(rows))
    return Sheet("csv", rows)
