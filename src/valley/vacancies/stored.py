"""How does what stands beside an opening come back equal: from the tables, or from a preview that waits for a yes?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from valley.vacancies.drafts import NO_PREVIEW, Beside, PracticeDraft, PreviewDraft, RequirementDraft
from valley.vacancies.models import OpeningPractice, OpeningPreview, OpeningRequirement

MANY = 500
"""From so many ids on, whole tables are read: databases bound the number of parameters of one question."""


def besides(openings: Iterable[int]) -> dict[int, Beside]:
    """What stands beside these openings, by id; an opening with nothing has an empty one. Three questions."""
    ids = set(openings)
    asked = {"opening__in": ids} if len(ids) < MANY else {}
    practices: dict[int, list[PracticeDraft]] = defaultdict(list)
    rows = OpeningPractice.objects.filter(**asked).order_by("dossier_code", "process_code")
    for opening, *line in rows.values_list("opening_id", "dossier_code", "process_code", "hours"):
        practices[opening].append(PracticeDraft(*line))
    requirements: dict[int, list[RequirementDraft]] = defaultdict(list)
    rows = OpeningRequirement.objects.filter(**asked).order_by("pk")
    for opening, *line in rows.values_list("opening_id", "kind", "words", "task"):
        requirements[opening].append(RequirementDraft(*line))
    rows = OpeningPreview.objects.filter(**asked)
    previews = {
        row[0]: PreviewDraft(*row[1:]) for row in rows.values_list("opening_id", "day", "training", "next_steps")
    }
    return {
        pk: Beside(tuple(practices[pk]), previews.get(pk, NO_PREVIEW), tuple(requirements[pk])) for pk in sorted(ids)
    }


def packed(beside: Beside) -> dict[str, Any]:
    """What stands beside an opening as JSON can hold it (lists, so that it compares equal when it comes back)."""
    found = asdict(beside)
    return found | {"practices": list(found["practices"]), "requirements": list(found["requirements"])}


def unpacked(row: dict[str, Any]) -> Beside:
    """What was packed; an empty document is nothing beside it.

    >>> unpacked(packed(Beside((PracticeDraft("commercie", "B1-K1-W1", 80),)))).practices[0].hours
    80
    """
    if not row:
        return Beside()
    return Beside(
        tuple(PracticeDraft(**one) for one in row["practices"]),
        PreviewDraft(**row["preview"]),
        tuple(RequirementDraft(**one) for one in row["requirements"]),
    )
