"""Are both languages complete, and does the glossary know every table?"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import polib
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "valley"
PO = SRC / "site" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
OURS = {
    "foundation",
    "skills",
    "dossiers",
    "reading",
    "people",
    "work",
    "evidence",
    "thread",
    "mobility",
    "curriculum",
    "field",
    "vacancies",
    "applications",
    "careers",
    "chains",
    "routes",
    "placement",
}


def test_every_text_has_its_dutch() -> None:
    catalogue = polib.pofile(str(PO))
    missing = [entry.msgid for entry in catalogue if not entry.translated() and not entry.obsolete]
    fuzzy = [entry.msgid for entry in catalogue.fuzzy_entries()]
    assert not missing
    assert not fuzzy


def test_the_catalogue_holds_every_text_of_the_source() -> None:
    result = subprocess.run(
        [sys.executable, ROOT / "docs" / "words.py", "--check"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_compiled_catalogue_is_fresh() -> None:
    compiled = polib.mofile(str(PO.with_suffix(".mo")))
    source = polib.pofile(str(PO))
    assert {e.msgid: e.msgstr for e in compiled} == {e.msgid: e.msgstr for e in source if e.translated()}


def test_placeholders_survive_translation() -> None:
    pattern = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    broken = []
    for entry in polib.pofile(str(PO)):
        texts = [entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())
        wanted = set(pattern.findall(entry.msgid)) | set(pattern.findall(entry.msgid_plural))
        if any(set(pattern.findall(text)) - wanted for text in texts):
            broken.append(entry.msgid)
    assert not broken


def test_the_glossary_knows_every_table() -> None:
    glossary = (ROOT / "docs" / "reference" / "glossary.md").read_text()
    known = set(re.findall(r"`(\w+)`", glossary))
    tables = {model.__name__ for model in apps.get_models() if model._meta.app_label in OURS}
    assert not tables - known
    assert not {name for name in known if name[0].isupper()} - tables
