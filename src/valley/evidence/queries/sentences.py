"""On which sentences does a competence rest?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from valley.evidence.models import Finding
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
    rows = findings.visible(caller, None).filter(competence__in=counted_as(competence), state__in=SURE)
    newest = rows.select_related("piece").order_by("-piece__dated_on", "piece", "starts", "pk")
    places = {(row.piece_id, row.starts): row for row in reversed(newest[:MOST])}
    found = _in_turns(reversed(places.values()))[:limit]
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


def _in_turns(rows: Iterable[Finding]) -> list[Finding]:
    """First the newest sentence of every employer, then the second of each: who has most texts does not crowd."""
    before: Counter[int] = Counter()
    turns: list[tuple[int, Finding]] = []
    for row in rows:
        turns.append((before[row.piece.organisation_id], row))
        before[row.piece.organisation_id] += 1
    return [row for _turn, row in sorted(turns, key=lambda pair: pair[0])]


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
