"""Which document does a file hold: TOML as it stands, or rows of a spreadsheet folded into one?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import Any

from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.dossiers.files.document import Flaw
from valley.foundation.spreadsheets import cells, reading, tables
from valley.foundation.spreadsheets.reading import Cell

MOST_BYTES = 1024 * 1024
"""A national dossier with all its parts is some 100 kB of text."""
SHEET = ("Kwalificatiedossier", "Qualification dossier", "Dossier")
ONCE = ("code", "valid_from", "valid_until", "name_nl", "name_en", "level", "nominal_months", "source")
"""Columns that say something about the dossier as a whole: filled in the first row, empty or equal below it."""
_LISTED = re.compile(r"\s*([^:;=]+?)\s*[:=]\s*([1-4])\s*$")


class FileRefused(ValleyError):
    """The file is no dossier that can be read."""

    code = "dossier-file-refused"


def document(*, file_name: str, content: bytes) -> tuple[Mapping[str, Any], tuple[Flaw, ...]]:
    """The tree in the file and what is wrong with its cells. Raises :class:`FileRefused` or ``SheetRefused``."""
    if file_name.casefold().endswith(".toml"):
        return _toml(content), ()
    if file_name.casefold().endswith((".csv", ".xlsx", ".ods")):
        return _rows(reading.read(content))
    raise FileRefused(
        expected=_("a file .toml, .csv, .xlsx or .ods"), found=file_name[-60:], next_step=_("Save it as one of these.")
    )


def _toml(content: bytes) -> Mapping[str, Any]:
    if len(content) > MOST_BYTES:
        step = _("Import one dossier per file.")
        raise FileRefused(expected=_("a file of at most 1 MB"), found=_("a larger one"), next_step=step)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        found = _("another encoding at byte %(place)s") % {"place": error.start}
        step = _("Save the file as UTF-8.")
        raise FileRefused(expected=_("a text in UTF-8"), found=found, next_step=step) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        step = _("Compare it with the example and import again.")
        raise FileRefused(expected=_("a file in TOML"), found=str(error)[:120], next_step=step) from error


def _competences(cell: Cell) -> dict[str, int]:
    """Competences with their level, separated by semicolons or line breaks: ``listen-actively: 2; ...``."""
    asked: dict[str, int] = {}
    for part in re.split(r"[;\n]", cells.text(cell)):
        if part.strip():
            match = _LISTED.match(part)
            if match is None:
                step = _("Write “competence: level; competence: level”, such as “listen-actively: 2”.")
                raise cells.CellRefused(_("a competence with a level from 1 to 4"), part.strip()[:80], step)
            asked[match[1]] = int(match[2])
    return asked


_KINDS = {"basis": "base", "basisdeel": "base", "profiel": "profile", "profieldeel": "profile"}
_KINDS |= {"keuze": "elective", "keuzedeel": "elective", "base part": "base", "profile part": "profile"}


def _kind(cell: Cell) -> str:
    said = cells.plain(cells.text(cell))
    return _KINDS.get(said, said)


_READERS: dict[str, Callable[[Cell], Any]] = {
    "valid_from": lambda cell: cells.day(cell) if cells.text(cell) else None,
    "valid_until": lambda cell: cells.day(cell) if cells.text(cell) else None,
    "level": lambda cell: cells.whole(cell) if cells.text(cell) else None,
    "nominal_months": lambda cell: cells.whole(cell) if cells.text(cell) else None,
    "part_kind": _kind,
    "competences": _competences,
}


def columns() -> tuple[tables.Column, ...]:
    """The columns of the spreadsheet, in their order."""
    file = tomllib.loads(resources.files("valley.dossiers.files").joinpath("columns.toml").read_text(encoding="utf-8"))
    return tuple(tables.Column(**{**row, "aliases": tuple(row.get("aliases", ()))}) for row in file["column"])


def _rows(sheets: Sequence[reading.Sheet]) -> tuple[Mapping[str, Any], tuple[Flaw, ...]]:
    table = tables.Table("dossier", SHEET, columns(), _READERS)
    read, problems = tables.rows_of(sheets, tables=[table], ignored=(), forbidden=frozenset())
    flaws = [Flaw(_place(one), one.expected, one.found, one.next_step) for one in problems if one.stops]
    top: dict[str, Any] = {}
    for row in read:
        where = _("%(sheet)s, row %(row)s") % {"sheet": row.sheet, "row": row.row}
        flaws += _once(top, row.fields, where)
        flaws += _branch(top, row.fields, where)
    return top, tuple(flaws)


def _place(one: tables.Problem) -> str:
    row = _("row %(row)s") % {"row": one.row} if one.row else ""
    return ", ".join(part for part in (one.sheet, row, one.column) if part)


def _once(top: dict[str, Any], fields: Mapping[str, Any], where: str) -> list[Flaw]:
    flaws: list[Flaw] = []
    for key in ONCE:
        value = fields.get(key)
        if value in (None, ""):
            continue
        if top.setdefault(key, value) != value:
            step = _("Put one dossier in a file; leave the cell empty to repeat the one above.")
            flaws.append(Flaw(where, _("one %(key)s in the whole file") % {"key": key}, str(value), step))
    return flaws


def _branch(top: dict[str, Any], fields: Mapping[str, Any], where: str) -> list[Flaw]:
    """Hang the row in the tree; a part or core task that was met before keeps its first names."""
    part = _under(top, "part", fields, ("kind", "name_nl", "name_en"))
    if not fields.get("core_task"):
        return [_orphan(where, "core_task")] if fields.get("work_process") else []
    task = _under(part, "core_task", fields, ("name_nl", "name_en"))
    if not fields.get("work_process"):
        return []
    one = {"code": fields["work_process"], "competences": fields.get("competences") or {}}
    one |= {name: fields.get(f"work_process_{name}") or "" for name in ("name_nl", "name_en")}
    task.setdefault("work_process", []).append(one)
    return []


def _under(above: dict[str, Any], key: str, fields: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    rows: list[dict[str, Any]] = above.setdefault(key, [])
    code = fields.get(key) or ""
    known = next((row for row in rows if row["code"] == code), None)
    if known is None:
        known = {"code": code} | {name: fields.get(f"{key}_{name}") or "" for name in names}
        rows.append(known)
    return known


def _orphan(where: str, key: str) -> Flaw:
    step = _("Write the code of the core task in the row of each work process.")
    return Flaw(where, _("a code behind %(key)s") % {"key": key}, _("nothing"), step)
