"""What do the cells of this room's columns say, and which cells would say this again?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any

from django.utils.translation import gettext as _

from valley.foundation.spreadsheets.cells import CellRefused, plain, text
from valley.foundation.spreadsheets.reading import Cell
from valley.foundation.spreadsheets.tables import Column, nearest

_FILE: dict[str, Any] = tomllib.loads(
    resources.files("valley.vacancies.sheets").joinpath("columns.toml").read_text(encoding="utf-8")
)
COLUMNS = tuple(
    Column(**{**row, "aliases": tuple(row.get("aliases", ()))}, required=False) for row in _FILE["openings"]
)
LINE = re.compile(
    r"\s*(?:([a-z0-9_-]+)\s*/\s*)?([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)\s*[:=]\s*(\d{1,6})\s*(?:u|uur|h|hours?)?\s*"
)
PROSE = ("day", "training", "next_steps")


def readers(dossiers: Mapping[str, str], only: Mapping[str, str]) -> dict[str, Callable[[Cell], Any]]:
    """How the cells are read; ``dossiers`` are codes by what people may write for them, plain.

    ``only`` finds the dossier of the bare code of a work process that a single dossier has.
    """
    return {
        "dossier": lambda cell: _dossier(cell, dossiers),
        "practices": lambda cell: tuple((*line, only.get(line[1], "")) for line in _practices(cell)),
    }


def said(fields: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What the cells say, over what stood there: columns that are not in the file change nothing."""
    found: dict[str, Any] = {
        "practices": list(before.get("practices", ())),
        "preview": {name: "" for name in PROSE} | dict(before.get("preview", {})),
        "requirements": list(before.get("requirements", ())),
    }
    found["preview"] |= {name: fields[name] for name in PROSE if name in fields}
    if "practices" in fields:
        found["practices"] = sorted(
            (_practice(line, fields.get("dossier", "")) for line in fields["practices"]),
            key=lambda one: (one["dossier"], one["process"]),
        )
    if "diploma" in fields:
        found["requirements"] = _with_diploma(found["requirements"], fields)
    return found


def written(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The cells that say this again. Requirements beside one diploma have no column: a file leaves them alone."""
    if not kept:
        return {}
    lines = [f"{one['dossier']}/{one['process']}:{one['hours']}" for one in kept["practices"]]
    dossiers = {one["dossier"] for one in kept["practices"]}
    diploma = next((one for one in kept["requirements"] if one["kind"] == "diploma"), {"words": "", "task": ""})
    return {
        "dossier": next(iter(dossiers)) if len(dossiers) == 1 else "",
        "practices": "; ".join(lines),
        "diploma": diploma["words"],
        "diploma_task": diploma["task"],
        **kept["preview"],
    }


def _dossier(cell: Cell, dossiers: Mapping[str, str]) -> str:
    found = text(cell)
    code = dossiers.get(plain(found))
    if found and code is None:
        guess = nearest(found, set(dossiers.values()))
        step = _("Did you mean “%(guess)s”?") % {"guess": guess} if guess else _("Import the dossier first.")
        raise CellRefused(_("the code of a dossier"), found, step)
    return code or ""


def _practices(cell: Cell) -> tuple[tuple[str, str, int], ...]:
    """Lines as (dossier or "", process, hours), separated by semicolons, commas or line breaks."""
    found: list[tuple[str, str, int]] = []
    for part in re.split(r"[;,\n]", text(cell)):
        if part.strip():
            match = LINE.fullmatch(part)
            if match is None:
                step = _("Write “B1-K1-W1:120; B1-K1-W2:80”.")
                raise CellRefused(_("a work process and its hours"), part.strip(), step)
            found.append(((match[1] or "").lower(), match[2].upper(), int(match[3])))
    return tuple(found)


def _practice(line: tuple[str, str, int, str], dossier: str) -> dict[str, Any]:
    named, process, hours, only = line
    return {"dossier": named or dossier or only, "process": process, "hours": hours}


def _with_diploma(requirements: list[dict[str, Any]], fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The requirements with the diploma of the row in place of their first one; other lines stay as they are."""
    words, task = fields["diploma"], fields.get("diploma_task", "")
    asked = [{"kind": "diploma", "words": words, "task": task}] if words else []
    place = next((number for number, one in enumerate(requirements) if one["kind"] == "diploma"), None)
    if place is None:
        return [*asked, *requirements]
    return [*requirements[:place], *asked, *requirements[place + 1 :]]
