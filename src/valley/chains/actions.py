"""How do the dated assumptions behind chains come in from files?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from valley.chains.models import PracticeHours, QualificationPlan
from valley.core.errors import ValleyError
from valley.foundation import access, audit
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole

STARTER = Path(__file__).resolve().parent / "starter"


class PlanRefused(ValleyError):
    """A file of plans cannot be read."""

    code = "route-plan-refused"


@dataclass(frozen=True, slots=True)
class PlansLoaded:
    """How many plans were added; those that were there stay as they are."""

    added: int
    kept: int


def load_starter_plans(caller: Caller) -> PlansLoaded:
    """Load the plans that come with the product; what is there stays. Programme office or operator."""
    access.require_desk(caller, DeskRole.OFFICE)
    added = kept = 0
    with transaction.atomic():
        for path in sorted(STARTER.glob("*.toml")):
            for plan in _read(path):
                made = _add(plan)
                added, kept = added + made, kept + (not made)
        if added:
            audit.record(caller, verb="chains.load_plans", subject=("plans", "starter"), fields=["plan"])
    return PlansLoaded(added, kept)


def _read(path: Path) -> list[dict[str, Any]]:
    plans: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get("plan", [])
    for plan in plans:
        if not isinstance(plan.get("from"), date) or not plan.get("hours") or not plan.get("source"):
            raise PlanRefused(
                expected="a plan with a first day, hours per work process and a source",
                found=path.name,
                next_step="Complete the plan in the file.",
            )
    return plans


def _add(plan: dict[str, Any]) -> bool:
    row, made = QualificationPlan.objects.get_or_create(
        dossier_code=plan["dossier"],
        part_code=plan.get("part", ""),
        from_on=plan["from"],
        defaults={
            "until_on": plan.get("until"),
            "nominal_months": plan["nominal_months"],
            "source": plan["source"],
            "source_nl": plan.get("source_nl", ""),
            "source_on": plan["source_on"],
        },
    )
    if made:
        PracticeHours.objects.bulk_create(
            PracticeHours(plan=row, process_code=code, hours=hours) for code, hours in plan["hours"].items()
        )
    elif row.source == plan["source"] and not row.source_nl:
        # Loaded before the source was kept in Dutch too: its words come along, its numbers stay.
        row.source_nl = plan.get("source_nl", "")
        row.save(update_fields=["source_nl"])
    return made
