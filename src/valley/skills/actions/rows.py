"""What do the rows of one CSV file say: the right columns, readable text, no control characters, nothing cut off?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from valley.core.errors import ValleyError
from valley.skills.actions.sources import Source

LONGEST_LABEL = 300
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# ESCO 1.1.1 itself holds a few characters that went through a wrong code page once ("operatorâ€™s").
_BROKEN_APOSTROPHE = "\u00e2\u0080\u0099"
_CODE_PAGE_REST = re.compile(r"[\x80-\x9f]")


class ColumnsMissing(ValleyError):
    """A file does not have the columns that its kind has in ESCO 1.0 to 1.2."""

    code = "columns-missing"


class WrongEncoding(ValleyError):
    """A file is not UTF-8."""

    code = "wrong-encoding"


class ControlCharacter(ValleyError):
    """A field holds a character that is no text."""

    code = "control-character"


class BrokenRow(ValleyError):
    """A row is cut off, has a field too many, or holds a value that cannot be."""

    code = "broken-row"


def rows(
    source: Source, *, needed: Sequence[str], wanted: Mapping[str, str], above: bool = False
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and fields of every row: the ``needed`` columns, and the ``wanted`` ones with their default.

    ``above`` allows lines above the row of column names, as mapping files have.
    """
    with source.opened() as stream:
        reader = csv.reader(_lines(source, io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")), strict=True)
        header = _header(source, reader, needed, above=above)
        places = {name: header.index(name) for name in (*needed, *wanted) if name in header}
        absent = {name: default for name, default in wanted.items() if name not in header}
        for cells in _records(source, reader):
            if not cells:
                continue
            if len(cells) != len(header):
                found = f"{len(cells)}; the file may be cut off"
                raise _broken(source, reader.line_num, f"{len(header)} fields", found)
            row = {name: cells[place].strip() for name, place in places.items()}
            yield reader.line_num, row | absent


def _lines(source: Source, text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    try:
        for number, line in enumerate(text, start=1):
            if found := _FORBIDDEN.search(line):
                raise ControlCharacter(
                    expected="text without control characters",
                    found=f"U+{ord(found[0]):04X} in {source.name}, line {number}",
                    next_step="Remove the character, or download the file anew.",
                )
            yield line
    except UnicodeError as error:
        raise WrongEncoding(
            expected="UTF-8, as ESCO publishes its files",
            found=f"other bytes in {source.name} after line {number}",
            next_step="Do not save the file from a spreadsheet program; give the official file.",
        ) from error


def _records(source: Source, reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise _broken(source, getattr(reader, "line_num", 0), "complete rows", str(error)) from error


def _header(source: Source, reader: Iterator[list[str]], needed: Sequence[str], *, above: bool) -> list[str]:
    records = _records(source, reader)
    first = header = [name.strip() for name in next(records, [])]
    while above and header and not set(needed) <= set(header):
        header = [name.strip() for name in next(records, [])]
    header = header or first
    missing = [name for name in needed if name not in header]
    if missing:
        raise ColumnsMissing(
            expected=f"the columns {', '.join(needed)} in {source.name}",
            found=f"{', '.join(header)[:300] or 'an empty file'} (missing: {', '.join(missing)})",
            next_step="Give the official file of ESCO 1.0 to 1.2, comma separated.",
            missing=missing,
        )
    return header


def _broken(source: Source, line: int, expected: str, found: str) -> BrokenRow:
    return BrokenRow(
        expected=f"{expected} on line {line} of {source.name}",
        found=found,
        next_step="Download the file anew and give it unchanged.",
        file=source.name,
        line=line,
    )


def checked_label(source: Source, line: int, text: str) -> str:
    """A label of 1 to 300 characters, or `BrokenRow`."""
    label = repaired(text)
    if not 0 < len(label) <= LONGEST_LABEL:
        raise _broken(source, line, f"a label of 1 to {LONGEST_LABEL} characters", f"{len(label)} characters")
    return label


def one_of(source: Source, line: int, value: str, allowed: Sequence[str]) -> str:
    """``value``, or `BrokenRow` when it is not one of ``allowed``."""
    if value not in allowed:
        raise _broken(source, line, " or ".join(allowed), repr(value[:60]))
    return value


def esco_uri(source: Source, line: int, uri: str) -> str:
    """``uri`` when it is one of ESCO's, or `BrokenRow`."""
    if not uri.startswith("http://data.europa.eu/esco/") or len(uri) > 120 or re.search(r"\s", uri):
        raise _broken(source, line, "an identifier that starts with http://data.europa.eu/esco/", repr(uri[:120]))
    return uri


def repaired(text: str) -> str:
    """Text without the remains of a wrong code page.

    >>> repaired("the operator\\u00e2\\u0080\\u0099s desk")
    'the operator\\u2019s desk'
    """
    return _CODE_PAGE_REST.sub("", text.replace(_BROKEN_APOSTROPHE, "\u2019")).strip()


def alternatives(text: str, *, without: str) -> tuple[str, ...]:
    """Alternative labels, which ESCO separates by new lines or by bars: each once, in order, not the label itself.

    >>> alternatives("phone agent\\nagent | phone agent", without="Agent")
    ('phone agent',)
    """
    seen = {without.casefold()}
    kept: list[str] = []
    for part in re.split(r"[\n\r|]+", repaired(text)):
        word = part.strip()[:LONGEST_LABEL]
        if word and word.casefold() not in seen:
            seen.add(word.casefold())
            kept.append(word)
    return tuple(kept)
