"""Which columns does the spreadsheet have, under which headers, and what belongs in them?"""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Any

from valley.foundation.spreadsheets.tables import Column
from valley.work import drafts


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
    "roles": ("Functies", "Roles", ("rollen", "functieprofielen", "rolprofielen", "role profiles")),
}
"""Names of the sheets that are read: Dutch, English, others."""
TABLES = {"openings": OPENINGS, "roles": ROLES}
LISTS = ("Lijsten", "Lists")
EXPLANATION = ("Uitleg", "Explanation")
FORBIDDEN = frozenset(_FILE["forbidden"]["words"])
"""Headers of what nobody may ask of a candidate; the law is named in the file."""


def said(about: str) -> list[tuple[str, str]]:
    """Keys with what people write for them, of "contract" or "permit", in both languages."""
    return [(key, word) for key, words in _FILE["said"][about].items() for word in words]


def language_level(text: str) -> tuple[str, int]:
    """A language and its level (1-6) as people write them; level 0 when there is none.

    >>> language_level("Duits: B1"), language_level("Frans (c1)"), language_level("Pools")
    (('Duits', 3), ('Frans', 5), ('Pools', 0))
    """
    match = re.fullmatch(r"(.+?)[\s:(/-]+([ABCabc][12])\s*\)?", text.strip())
    if match is None:
        return text.strip(), 0
    return match[1].strip(), drafts.CEFR.index(match[2].upper()) + 1
