"""Which competences say nearly the same, side by side, and what was decided about them?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from valley.core.disclosure import THRESHOLD
from valley.evidence.models import Finding, Merge, MergeState
from valley.evidence.snapshots.pool import SURE
from valley.foundation import access
from valley.reading import desks
from valley.skills import queries as skills

BECAUSE = {
    "relation": gettext_lazy("the vocabulary relates them"),
    "label": gettext_lazy("their names are alike"),
    "both": gettext_lazy("the vocabulary relates them and their names are alike"),
}
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One of two competences. ``employers`` is None when it is smaller than may be shown."""

    competence: int
    label: str
    description: str
    employers: int | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeLine:
    """Two competences that say nearly the same. Merged, ``folded`` counts as ``kept``; the words stay as they are."""

    id: int
    kept: Side
    folded: Side
    score: float
    why: str
    because: str
    state: str
    state_words: str
    reason: str
    decided_at: datetime | None
    version: int


def merges(caller: access.Caller, *, state: str = "") -> tuple[MergeLine, ...]:
    """Near-equal pairs, those that wait first, the most alike first. For designers and the programme office."""
    desks.require_all(caller)
    rows = Merge.objects.filter(state=state) if state else Merge.objects.all()
    order = [MergeState.PROPOSED, MergeState.MERGED, MergeState.APART]
    found = sorted(rows, key=lambda row: (order.index(MergeState(row.state)), -row.score, row.pk))
    sides = _sides(caller, {pk for row in found for pk in (row.kept_id, row.folded_id)})
    return tuple(
        MergeLine(
            id=row.pk,
            kept=sides[row.kept_id],
            folded=sides[row.folded_id],
            score=round(row.score, 4),
            why=row.why,
            because=str(BECAUSE.get(row.why, row.why)),
            state=row.state,
            state_words=str(MergeState(row.state).label),
            reason=row.reason,
            decided_at=row.decided_at,
            version=row.version,
        )
        for row in found
    )


def employers_behind(ids: Iterable[int]) -> dict[int, set[int]]:
    """The employers behind each competence, by what people confirmed; the door shows counts, never these."""
    rows = Finding.objects.filter(competence__in=set(ids), state__in=SURE, piece__withdrawn_at__isnull=True)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for competence, employer in rows.order_by().values_list("competence", "piece__organisation").distinct():
        found[competence].add(employer)
    return dict(found)


def count_shown(caller: access.Caller, count: int) -> int | None:
    """A number of employers as this reader may see it: None when it is small, except at the terminal."""
    return count if caller.operator or count == 0 or count >= THRESHOLD else None


def _sides(caller: access.Caller, ids: set[int]) -> dict[int, Side]:
    labels, behind, examples = skills.labels(ids, caller.language), employers_behind(ids), _examples(ids)
    told = {term.competence: term.explanation for term in skills.glossary(caller)}
    return {
        pk: Side(
            competence=pk,
            label=labels.get(pk, ""),
            description=told.get(pk, ""),
            employers=count_shown(caller, len(behind.get(pk, ()))),
            sentences=tuple(examples.get(pk, ())),
        )
        for pk in ids
    }


def _examples(ids: set[int]) -> Mapping[int, Sequence[str]]:
    rows = Finding.objects.filter(competence__in=ids, piece__withdrawn_at__isnull=True).exclude(state="rejected")
    found: defaultdict[int, list[str]] = defaultdict(list)
    for competence, sentence in rows.order_by("-score", "pk").values_list("competence", "sentence"):
        if len(found[competence]) < EXAMPLES and sentence not in found[competence]:
            found[competence].append(sentence)
    return found
