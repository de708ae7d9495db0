"""On which sentences does a competence rest?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valley.evidence.queries import findings
from valley.evidence.queries.called import called
from valley.evidence.snapshots.pool import SURE, merged
from valley.foundation import access
from valley.skills import queries as skills


@dataclass(frozen=True, slots=True)
class Resting:
    """A sentence on which a competence rests, in the language of its text."""

    finding: int
    piece: int
    employer: str
    own: bool
    kind: str
    title: str
    language: str
    dated_on: date
    sentence: str
    cue: str
    level: int | None


def sentences(caller: access.Caller, *, competence: int, limit: int = 50) -> tuple[Resting, ...]:
    """The confirmed sentences of a competence and of what is counted as it, one a piece, newest first.

    Designers, the programme office and the operator read those of everyone, an employer only its own.
    """
    rows = findings.visible(caller, None).filter(competence__in=counted_as(competence), state__in=SURE)
    newest = rows.select_related("piece").order_by("-piece__dated_on", "piece", "starts", "pk")
    kept = {row.piece_id: row for row in reversed(list(newest[: limit * 4]))}
    found = sorted(kept.values(), key=lambda row: (-row.piece.dated_on.toordinal(), row.pk))[:limit]
    names, own = called(caller, {row.piece.organisation_id for row in found}), {d.organisation for d in caller.desks}
    return tuple(
        Resting(
            finding=row.pk,
            piece=row.piece_id,
            employer=names[row.piece.organisation_id],
            own=row.piece.organisation_id in own,
            kind=row.piece.kind,
            title=row.piece.title,
            language=row.piece.language,
            dated_on=row.piece.dated_on,
            sentence=row.sentence,
            cue=row.cue,
            level=row.level,
        )
        for row in found
    )


def counted_as(competence: int) -> set[int]:
    """The competence with everything that is folded into it, merges of the vocabulary included."""
    pairs = list(merged().items())
    moved = skills.successors({pk for pair in pairs for pk in pair} | {competence})
    found = {competence}
    while True:
        more = {a for a, b in pairs if found & {b, moved.get(b, b)}} - found
        if not more:
            return found | {old for old, new in moved.items() if new in found}
        found |= more
