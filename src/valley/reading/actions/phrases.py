"""Which phrases of the trade does a fresh valley read texts with?"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from importlib import resources

from django.db import transaction

from valley.foundation import access, audit, clock
from valley.reading import desks
from valley.reading.models import Phrase
from valley.skills import queries as skills

SOURCE = "starter"


@dataclass(frozen=True, slots=True)
class PhrasesReport:
    """What loading did. ``unknown`` are keys of competences that the vocabulary does not have."""

    added: int
    present: int
    unknown: tuple[str, ...]


def load_starter_phrases(caller: access.Caller) -> PhrasesReport:
    """Load the phrases in which job texts say the trade's competences; a second time changes nothing."""
    desks.require_all(caller)
    file = resources.files("valley.reading").joinpath("starter/phrases.csv")
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    ids = skills.ids_by_starter_key()
    unknown = sorted({row["competence_key"] for row in rows} - ids.keys())
    wanted = {
        (ids[row["competence_key"]], row["language"], row["text"]) for row in rows if row["competence_key"] in ids
    }
    with transaction.atomic():
        known = set(Phrase.objects.values_list("competence", "language", "text"))
        fresh = sorted(wanted - known)
        Phrase.objects.bulk_create(
            Phrase(competence_id=pk, language=language, text=words, source=SOURCE, added_on=clock.today(caller.at))
            for pk, language, words in fresh
        )
        if fresh:
            audit.record(caller, verb="reading.load_phrases", subject=("phrases", SOURCE), fields=["text"])
    return PhrasesReport(len(fresh), len(wanted) - len(fresh), tuple(unknown))
