"""How do the focus areas of the trade come into the database?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from valley.curriculum.models import FocusArea
from valley.foundation import access, audit
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.skills import queries as skills

FILE = Path(__file__).resolve().parents[1] / "starter" / "focus_areas.toml"


@dataclass(frozen=True, slots=True)
class LoadedAreas:
    """What loading did; ``unknown`` are keys that the vocabulary does not have yet."""

    added: int
    changed: int
    unchanged: int
    unknown: tuple[str, ...]


def load_focus_areas(caller: Caller) -> LoadedAreas:
    """Load the three areas of the starter file; twice changes nothing. Programme office or operator."""
    access.require_desk(caller, DeskRole.OFFICE)
    ids, counts, unknown = skills.ids_by_starter_key(), {"added": 0, "changed": 0, "unchanged": 0}, set[str]()
    with transaction.atomic():
        for area in tomllib.loads(FILE.read_text("utf-8"))["area"]:
            unknown |= set(area["competences"]) - ids.keys()
            wanted = {ids[key] for key in area["competences"] if key in ids}
            fields = {name: area[name] for name in ("name_nl", "name_en", "source", "since_on")}
            row = FocusArea.objects.filter(key=area["key"]).first()
            same = row is not None and wanted == set(row.competences.values_list("pk", flat=True))
            same = same and all(getattr(row, name) == value for name, value in fields.items())
            counts["unchanged" if same else "changed" if row else "added"] += 1
            if not same:
                row, _made = FocusArea.objects.update_or_create(key=area["key"], defaults=fields)
                row.competences.set(wanted)
                audit.record(caller, verb="curriculum.load_focus_areas", subject=("focus-area", area["key"]))
    return LoadedAreas(**counts, unknown=tuple(sorted(unknown)))
