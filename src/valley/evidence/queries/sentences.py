"""On which sentences does a competence rest?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valley.core import evidence as core
from valley.evidence.queries import findings
from valley.evidence.queries.called import called
from valley.evidence.snapshots.pool import SURE, merged
from valley.foundation import access
from valley.skills import queries as skills

MOST = 2000
"""So many sentences are looked at for one competence; the newest come first."""


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
    """The confirmed sentences of a competence and of what is counted as it; employers take turns, the newest first.

    Designers, the programme office and the operator read those of everyone, an employer only its own.
    """
    sure = findings.visible(caller, None).filter(competence__in=counted_as(competence), state__in=SURE)
    newest = sure.select_related("piece").order_by("-piece__dated_on", "piece", "starts", "pk")
    places = {(row.piece_id, row.starts): row for row in reversed(newest[:MOST])}
    rows = tuple(reversed(places.values()))
    found = [rows[place] for place in core.turns(row.piece.organisation_id for row in rows)[:limit]]
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


def counted_as(competence: int) -> frozenset[int]:
    """The competence with everything that is folded into it, merges of the vocabulary included."""
    folded = merged()
    moved = skills.successors(folded.keys() | set(folded.values()) | {competence})
    return core.counted(moved.get(competence, competence), folded | moved) | {competence}
