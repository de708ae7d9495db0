"""Which columns does a spreadsheet of evidence have, and what do people write in them?"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib import resources
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from valley.evidence.models import PieceKind
from valley.foundation.spreadsheets import writing
from valley.foundation.spreadsheets.cells import plain
from valley.foundation.spreadsheets.tables import Column

_FILE: dict[str, Any] = tomllib.loads(
    resources.files("valley.evidence.sheets").joinpath("columns.toml").read_text(encoding="utf-8")
)
SHEETS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    PieceKind.JOB_TEXT: ("Teksten", "Texts", ("vacatureteksten", "job texts", "functieteksten")),
    PieceKind.OBSERVATION: ("Observaties", "Observations", ("observatieformulier", "waarnemingen")),
    PieceKind.RATING: ("Oordelen", "Ratings", ("beoordelingen", "scores")),
}
"""Names of the sheets that are read: Dutch, English, others."""
EXPLANATION = ("Uitleg", "Explanation")
LANGUAGES = {plain(word): code for code, words in _FILE["said"]["language"].items() for word in words}
"""What people write for a language, plain."""


def columns(kind: str, *, names_employer: bool = True) -> tuple[Column, ...]:
    """The columns of a kind of evidence; the employer must be named unless the upload is for one employer."""
    found = (Column(**{**row, "aliases": tuple(row.get("aliases", ()))}) for row in _FILE[kind])
    return tuple(replace(one, required=names_employer) if one.key == "employer" else one for one in found)


def template_workbook(language: str, *, kind: str = PieceKind.JOB_TEXT) -> bytes:
    """The empty spreadsheet (.xlsx) of a kind of evidence."""
    wide = {"text": 80, "what": 60, "title": 34, "employer": 30, "competence": 44}
    dutch, english, _others = SHEETS[kind]
    sheet = english if language == "en" else dutch
    with translation.override(language):
        remark = _("One row each. The row that begins with “voorbeeld” is left out.")
        asked = writing.Template(sheet, EXPLANATION[language == "en"], columns(kind), remark, wide)
        return writing.template(asked, language)
