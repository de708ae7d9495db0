"""How does a version go out as a file that comes back equal, and what does such a file say?

TOML, CSV and .xlsx hold the same: one row (or table) per outcome, under its unit. Competences are written by name with
their level, as in ``listen actively: 2``.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from valley.core.curriculum import programme
from valley.curriculum import snapshots as stored
from valley.curriculum.queries import rights
from valley.foundation.access import Caller
from valley.foundation.spreadsheets import cells, reading
from valley.foundation.spreadsheets.tables import Column, Problem, ReadRow, Table, rows_of
from valley.skills import queries as skills

TYPES = {
    "toml": "application/toml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DEPTHS = {"weten": "know", "kennen": "know", "toepassen": "apply", "beheersen": "master"}
SHEET = ("Leeruitkomsten", "Outcomes")


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """A version as a file."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReadProgramme:
    """What a file says; ``version`` is None when something stops it."""

    version: programme.Version | None
    problems: tuple[Problem, ...]


def _column(key: str, nl: str, en: str, hint: str = "", *, required: bool = True) -> Column:
    return Column(key, nl, en, hint, hint, required=required)


COLUMNS = (
    _column("unit", "Eenheid", "Unit"),
    _column("title_nl", "Titel eenheid", "Unit title", required=False),
    _column("title_en", "Titel eenheid Engels", "Unit title English", required=False),
    _column("guided_hours", "Begeleide uren", "Guided hours", "40", required=False),
    _column("practice_hours", "Praktijkuren", "Practice hours", "60", required=False),
    _column("code", "Leeruitkomst", "Outcome", required=False),
    _column("text_nl", "Tekst", "Text", required=False),
    _column("text_en", "Tekst Engels", "Text English", required=False),
    _column("depth", "Diepte", "Depth", "know, apply, master", required=False),
    _column("competences", "Competenties", "Competences", "actief luisteren: 2", required=False),
    _column("work_processes", "Werkprocessen", "Work processes", "B1-K1-W1", required=False),
)
UNIT = ("title_nl", "title_en", "guided_hours", "practice_hours")


def competences_in(caller: Caller, text: str) -> tuple[tuple[int, int], ...]:
    """Competences with levels from lines such as ``listen actively: 2``; level 2 when none is written.

    Lines end with a semicolon or line break. Raises :class:`cells.CellRefused` with the nearest name.
    """
    found: dict[int, int] = {}
    for part in filter(None, (one.strip() for one in re.split(r"[;\n]", text))):
        name, _colon, level = part.rpartition(":") if re.search(r":\s*\S{0,3}$", part) else (part, "", "2")
        if level.strip() not in ("1", "2", "3", "4"):
            raise cells.CellRefused(_("a level from 1 to 4"), level.strip() or "-", _("Write “name: 2”."))
        competence = skills.competence_named(name.strip()) or skills.ids_by_starter_key().get(name.strip())
        if competence is None:
            near = skills.search(caller, text=name.strip()[:200], kinds=("competence",), limit=1)
            step = (
                _("Did you mean “%(guess)s”?") % {"guess": near[0].label}
                if near
                else _("Search for it under Competences.")
            )
            raise cells.CellRefused(_("a competence of the vocabulary"), name.strip()[:100], step)
        found[competence] = max(int(level), found.get(competence, 0))
    return tuple(found.items())


def competences_out(caller: Caller, pairs: Iterable[tuple[int, int]]) -> list[str]:
    """The lines that :func:`competences_in` reads back as these pairs."""
    labels = skills.labels([one for one, _level in pairs], caller.language)
    names = {one: label if skills.competence_named(label) == one else str(one) for one, label in labels.items()}
    return sorted(f"{names[one]}: {level}" for one, level in pairs)


def programme_file(caller: Caller, *, ref: str, kind: str) -> ProgrammeFile:
    """The version as toml, csv or xlsx; whoever may read it may have it."""
    taught = stored.version(rights.readable_version(caller, ref=ref).pk)
    rows = list(_rows(caller, taught))
    content = _toml(ref, rows) if kind == "toml" else _sheet(caller, rows, kind)
    return ProgrammeFile(f"{ref.replace('@', '-v')}.{kind}", TYPES[kind], content)


def _rows(caller: Caller, taught: programme.Version) -> Iterable[dict[str, Any]]:
    for unit in taught.units:
        head = {"unit": unit.code} | {name: getattr(unit, name) for name in UNIT}
        for outcome in taught.within(unit.code) or (None,):
            body = {name: getattr(outcome, name) for name in ("code", "text_nl", "text_en", "depth")} if outcome else {}
            if outcome:
                body["competences"] = competences_out(caller, outcome.competences)
                body["work_processes"] = list(outcome.work_processes)
            yield head | body


def _sheet(caller: Caller, rows: Sequence[Mapping[str, Any]], kind: str) -> bytes:
    table = [[column.header(caller.language) for column in COLUMNS], *(_line(row) for row in rows)]
    if kind == "csv":
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=";").writerows(table)
        return text.getvalue().encode("utf-8-sig")
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET[caller.language == "en"]
    for line in table:
        sheet.append(line)
    sheet.freeze_panes = "B2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _line(row: Mapping[str, Any]) -> list[str | int]:
    found = (row.get(column.key, "") for column in COLUMNS)
    texts = ("\n".join(one) if isinstance(one, list) else one for one in found)
    return [cells.guarded(one) if isinstance(one, str) else one for one in texts]


def _toml(ref: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    lines, last = [f"programme = {json.dumps(ref)}"], ""
    for row in rows:
        if row["unit"] != last:
            last = row["unit"]
            lines += ["", "[[unit]]", f"unit = {json.dumps(last)}", *(f"{n} = {_literal(row[n])}" for n in UNIT)]
        if "code" in row:
            lines += ["", "[[unit.outcome]]"]
            lines += [f"{name} = {_literal(value)}" for name, value in row.items() if name not in (*UNIT, "unit")]
    return ("\n".join(lines) + "\n").encode()


def _literal(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_file(caller: Caller, *, file_name: str, content: bytes) -> ReadProgramme:
    """What a .toml, .csv, .ods or .xlsx says, with every problem and where it stands. Nothing is stored."""
    if file_name.casefold().endswith(".toml"):
        rows, problems = _read_toml(content)
    else:
        read, found = rows_of(reading.read(content), tables=(_TABLE,), ignored=(), forbidden=frozenset())
        rows, problems = [(row, dict(row.fields)) for row in read], list(found)
    units: dict[str, programme.Unit] = {}
    outcomes: list[programme.Outcome] = []
    for where, fields in rows:
        try:
            unit = _unit(fields, units)
            units.setdefault(unit.code, unit)
            outcomes += _outcome(caller, unit, fields)
        except cells.CellRefused as refused:
            problems.append(Problem(where.sheet, where.row, "", refused.expected, refused.found, refused.next_step))
    version = None
    try:
        version = programme.Version(tuple(units.values()), tuple(outcomes))
    except programme.InvalidProgramme as error:
        problems.append(Problem("", None, "", _(error.expected), error.found, _(error.next_step)))
    return ReadProgramme(None if any(one.stops for one in problems) else version, tuple(problems))


def _unit(fields: Mapping[str, Any], known: Mapping[str, programme.Unit]) -> programme.Unit:
    code = str(fields["unit"])
    said: dict[str, Any] = {name: fields[name] for name in UNIT if fields.get(name) not in (None, "")}
    had = known.get(code)
    if had is None:
        return programme.Unit(**{"title_nl": "", **said}, code=code, place=len(known) + 1)
    wrong = next((name for name, value in said.items() if getattr(had, name) != value), None)
    if wrong:
        found = f"{said[wrong]} / {getattr(had, wrong)}"
        raise cells.CellRefused(
            _("the same title and hours in every row of a unit"), found, _("Choose one of the two.")
        )
    return had


def _outcome(caller: Caller, unit: programme.Unit, fields: Mapping[str, Any]) -> Iterable[programme.Outcome]:
    code = str(fields.get("code") or "")
    if not code:
        return
    depth = cells.plain(str(fields.get("depth") or "apply"))
    yield programme.Outcome(
        code, unit.code, str(fields.get("text_nl") or ""), str(fields.get("text_en") or ""), _DEPTHS.get(depth, depth),
        competences_in(caller, _joined(fields.get("competences"))),
        tuple(filter(None, re.split(r"[;,\s]+", _joined(fields.get("work_processes"))))),
    )  # fmt: skip


def _joined(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _hours(cell: reading.Cell) -> int | None:
    return cells.whole(cell) if cells.text(cell) else None


_TABLE = Table("programme", SHEET, COLUMNS, {"guided_hours": _hours, "practice_hours": _hours})


def _read_toml(content: bytes) -> tuple[list[tuple[ReadRow, dict[str, Any]]], list[Problem]]:
    try:
        read = tomllib.loads(content.decode("utf-8"))
        units = [dict(unit) for unit in read["unit"]]
        rows = [
            {key: value for key, value in unit.items() if key != "outcome"} | dict(outcome)
            for unit in units for outcome in unit.get("outcome") or [{}]
        ]  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        step = _("Export a version as TOML and change that file.")
        return [], [Problem("", None, "", _("a TOML file with [[unit]] tables in UTF-8"), str(error)[:200], step)]
    known, problems = {column.key for column in COLUMNS}, list[Problem]()
    for number, row in enumerate(rows, start=1):
        for key in sorted((row.keys() - known) | ({"unit"} - row.keys())):
            problems.append(
                Problem("toml", number, key, _("the fields of the exported file"), key, _("Remove or rename it."))
            )
        wrong = [key for key in ("guided_hours", "practice_hours") if not isinstance(row.get(key, 0), int)]
        problems += [Problem("toml", number, key, _("a whole number"), str(row[key]), _("Round it.")) for key in wrong]
    if problems:
        return [], problems
    return [(ReadRow("programme", "toml", number, row, {}), row) for number, row in enumerate(rows, start=1)], []
