"""Do foreign keys and addresses point down the same staircase as imports, and is the personal gate single?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey

from valley.foundation.access import PersonalManager

SRC = Path(__file__).resolve().parents[2] / "src" / "valley"
STEPS = {
    "foundation": 0, "skills": 1, "dossiers": 2, "reading": 2, "people": 3, "work": 3, "evidence": 3, "thread": 4,
    "vacancies": 4, "mobility": 5, "curriculum": 5, "field": 6, "applications": 6, "careers": 7, "chains": 8,
    "routes": 9, "placement": 9, "site": 10, "demo": 10,
}  # fmt: skip
ROOMS = tuple(room for room in STEPS if room not in ("foundation", "site", "demo"))


def test_foreign_keys_point_down() -> None:
    up = []
    for model in apps.get_models():
        mine = model._meta.app_label
        if mine not in STEPS:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey):
                theirs = field.related_model._meta.app_label
                sideways = theirs != mine and STEPS.get(theirs, -1) >= STEPS[mine]
                if sideways:
                    up.append(f"{model.__name__}.{field.name} -> {theirs}")
    assert not up


def test_addresses_in_rooms_point_down() -> None:
    up = []
    pattern = re.compile(r"""(?:\{% url ["']|reverse\(["']|redirect\(["'])(\w+):""")
    for room in ROOMS:
        for path in [*(SRC / room).rglob("*.py"), *(SRC / room).rglob("*.html")]:
            for target in pattern.findall(path.read_text()):
                if target in STEPS and target != room and STEPS[target] >= STEPS[room]:
                    up.append(f"{path.relative_to(SRC)} -> {target}")
    assert not up


def test_every_table_with_a_person_is_behind_the_gate() -> None:
    open_tables = []
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        personal = model._meta.label == "people.Person" or (
            "person" in names and model._meta.app_label in ROOMS and hasattr(model, "person")
        )
        if personal and not isinstance(model._meta.default_manager, PersonalManager):
            open_tables.append(model._meta.label)
    assert not open_tables


def test_grants_are_made_in_two_places_only() -> None:
    makers = set()
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name == "Grant":
                    makers.add(str(path.relative_to(SRC).with_suffix("")).split("/")[0:2][0:2].__str__())
    allowed = {str(["foundation", "privacy"]), str(["people", "queries"]), str(["foundation", "backups"])}
    assert makers <= allowed


def test_no_signals_of_our_own() -> None:
    assert not [path for path in SRC.rglob("*.py") if "django.db.models.signals" in path.read_text()]
