"""How do two near-equal competences come to count as one, and apart again?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from valley.core.skills import near
from valley.evidence.drafts import EvidenceRefused
from valley.evidence.models import Finding, FindingState, Merge, MergeState
from valley.evidence.queries.merges import employers_behind
from valley.foundation import access, audit
from valley.foundation.problems import Conflict, NotFound
from valley.reading import desks
from valley.skills import queries as skills
from valley.skills import snapshots as vocabulary

REASON = 300


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What looking for near-equal competences found: new pairs, and pairs that were known already."""

    new: int
    known: int


@dataclass(frozen=True, slots=True)
class SavedMerge:
    """A pair after a decision."""

    id: int
    state: str
    version: int


def propose_merges(caller: access.Caller) -> MergeReport:
    """Look for near-equal competences among those read or stated in the evidence; pairs once seen stay as they are."""
    desks.require_all(caller)
    rows = Finding.objects.filter(piece__withdrawn_at=None).exclude(state=FindingState.REJECTED)
    ids = set(rows.order_by().values_list("competence", flat=True).distinct())
    asked = {pk: len(employers) for pk, employers in employers_behind(ids).items()}
    found = near.near_pairs(_concepts(ids, asked), vocabulary.relation_pairs(ids))
    with transaction.atomic():
        known = {frozenset(pair) for pair in Merge.objects.values_list("kept", "folded")}
        fresh = [one for one in found if frozenset((one.kept, one.folded)) not in known]
        Merge.objects.bulk_create(
            Merge(kept_id=one.kept, folded_id=one.folded, score=one.score, why=one.why) for one in fresh
        )
        audit.record(caller, verb="evidence.propose_merges", subject=("merges", str(len(fresh))), fields=["state"])
    return MergeReport(len(fresh), len(found) - len(fresh))


def decide_merge(caller: access.Caller, *, merge: int, state: str, reason: str = "", version: int) -> SavedMerge:
    """Count a pair as one ("merged"), keep it apart ("apart"), or leave it open again ("proposed").

    Raises :class:`Conflict` when someone decided meanwhile, :class:`EvidenceRefused` for a ring of merges or a
    competence that was folded into another already.
    """
    desks.require_all(caller)
    if state not in MergeState.values or len(reason) > REASON:
        raise EvidenceRefused(
            expected=", ".join(MergeState.values),
            found=state,
            next_step=_("Give a reason of at most %(most)s characters.") % {"most": REASON},
        )
    with transaction.atomic():
        row = Merge.objects.select_for_update().filter(pk=merge).first()
        if row is None:
            raise NotFound(expected=_("a pair of competences"), found=merge, next_step=_("Open the list again."))
        if row.version != version:
            raise Conflict(
                expected=_("the pair as you saw it"),
                found=_("someone decided meanwhile: %(state)s") % {"state": MergeState(row.state).label},
                next_step=_("Look at the pair again."),
                version=row.version,
            )
        if state == MergeState.MERGED:
            _require_no_ring(row)
        row.state, row.reason, row.version = state, reason.strip(), row.version + 1
        row.decided_by, row.decided_at = caller.pseudonym, caller.at
        row.save()
        audit.record(caller, verb="evidence.decide_merge", subject=("merge", str(row.pk)), fields=["state", "reason"])
    return SavedMerge(row.pk, row.state, row.version)


def _concepts(ids: set[int], asked: dict[int, int]) -> list[near.Concept]:
    dutch, english = skills.labels(ids, "nl"), skills.labels(ids, "en")
    return [near.Concept(pk, dutch[pk], english[pk], asked.get(pk, 0)) for pk in sorted(ids) if pk in dutch]


def _require_no_ring(row: Merge) -> None:
    others = Merge.objects.filter(state=MergeState.MERGED).exclude(pk=row.pk)
    into = dict(others.values_list("folded", "kept"))
    end: int | None = row.kept_id
    while end is not None and end != row.folded_id:
        end = into.get(end)
    if end is not None or row.folded_id in into:
        raise EvidenceRefused(
            expected=_("a competence that counts as one other"),
            found=_("one that is in another merge already"),
            next_step=_("Take that merge back first."),
        )
