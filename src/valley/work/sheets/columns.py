"""Which columns does the spreadsheet have, under which headers, and what belongs in them?"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from valley.foundation.spreadsheets import cells
from valley.work import drafts


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


def _columns(table: str) -> tuple[Column, ...]:
    rows: list[dict[str, Any]] = _FILE[table]
    return tuple(Column(**{**row, "aliases": tuple(row.get("aliases", ()))}) for row in rows)


_FILE: dict[str, Any] = tomllib.loads(
    resources.files("valley.work.sheets").joinpath("columns.toml").read_text(encoding="utf-8")
)
OPENINGS = _columns("openings")
ROLES = _columns("roles")
SHEETS = {
    "openings": ("Vacatures", "Openings", ("openingen", "vacancies", "jobs")),
    "roles": ("Rollen", "Roles", ("rolprofielen", "role profiles")),
}
"""Names of the sheets that are read: Dutch, English, others."""
TABLES = {"openings": OPENINGS, "roles": ROLES}
LISTS = ("Lijsten", "Lists")
EXPLANATION = ("Uitleg", "Explanation")
EXAMPLE = ("voorbeeld", "example")
"""A row whose reference or key begins with one of these is the template's example and is left out."""
FORBIDDEN = frozenset(_FILE["forbidden"]["words"])
"""Headers of what nobody may ask of a candidate; the law is named in the file."""


def headers(columns: tuple[Column, ...]) -> dict[str, Column]:
    """Every accepted header, plain, with its column. Names of fields are headers too."""
    found: dict[str, Column] = {}
    for column in columns:
        for name in (column.key, column.nl, column.en, *column.aliases):
            found.setdefault(cells.plain(name), column)
    return found


def language_level(text: str) -> tuple[str, int]:
    """A language and its level (1-6) as people write them; level 0 when there is none.

    >>> language_level("Duits: B1"), language_level("Frans (c1)"), language_level("Pools")
    (('Duits', 3), ('Frans', 5), ('Pools', 0))
    """
    match = re.fullmatch(r"(.+?)[\s:(/-]+([ABCabc][12])\s*\)?", text.strip())
    if match is None:
        return text.strip(), 0
    return match[1].strip(), drafts.CEFR.index(match[2].upper()) + 1
