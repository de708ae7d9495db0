"""Which competence may a person choose for a sentence? One in use, and never the name of a system."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from valley.evidence.drafts import EvidenceRefused
from valley.evidence.models import Decision, Finding
from valley.foundation import access
from valley.reading import queries as texts
from valley.skills import queries as skills


def usable(ids: Iterable[int]) -> dict[int, int]:
    """For each id the competence that counts for it: itself, or the one it was merged into.

    Raises :class:`EvidenceRefused` for an id that is no competence, or a competence named like a system.
    """
    wanted = set(ids)
    if not wanted:
        return {}
    moved = skills.successors(wanted)
    found = {pk: moved.get(pk, pk) for pk in wanted}
    names = [skills.labels(set(found.values()), language) for language in ("nl", "en")]
    unknown = sorted(pk for pk, end in found.items() if end not in names[0])
    if unknown:
        raise EvidenceRefused(
            expected=_("a competence of the vocabulary"),
            found=unknown[0],
            next_step=_("Search for it under Competences."),
        )
    _refuse_systems({label for labels in names for label in labels.values()})
    return found


def decision(caller: access.Caller, row: Finding, reason: str = "") -> Decision:
    """The decision that gave a finding its present state, to be stored."""
    return Decision(
        finding=row, state=row.state, competence_id=row.competence_id, level=row.level, reason=reason,
        by=caller.pseudonym, at=caller.at,
    )  # fmt: skip


def _refuse_systems(labels: set[str]) -> None:
    found = sorted(label for label in labels if texts.is_system(label))
    if found:
        raise EvidenceRefused(
            expected=_("a competence"),
            found=_("the name of a system: %(name)s") % {"name": found[0]},
            next_step=_("Choose what someone does with such a system; it can be learned anywhere."),
        )
