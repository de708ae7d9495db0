"""Which lines of evidence does the red thread stand on, and what changed since it was computed?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, cast

from django.db.models import Count, Max, QuerySet, Sum

from valley.core import evidence as core
from valley.core.curriculum.thread import shapes as thread
from valley.evidence.models import Decision, Finding, FindingState, Merge, MergeState, Piece
from valley.skills import queries as skills

SURE = (FindingState.CONFIRMED, FindingState.CHANGED)
_FIELDS = (
    "piece__organisation", "piece", "piece__kind", "piece__dated_on", "competence", "cue", "importance", "level",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pool:
    """The evidence of a day: what people confirmed, one line per piece and competence; pairs that count as one.

    ``merges`` gives for a folded competence the kept one. ``pieces`` counts the pieces behind the lines,
    ``undecided`` what was read and waits for a person.
    """

    lines: tuple[thread.Line, ...]
    merges: dict[int, int]
    fingerprint: str
    pieces: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Counters that only grow (``merges`` sums versions): two standings tell what changed in between."""

    fingerprint: str
    pieces: int
    withdrawn: int
    decisions: int
    merges: int


def pool(*, on: date, organisations: Iterable[int] | None = None) -> Pool:
    """The lines of every employer, or of these. Pieces withdrawn or dated after ``on`` are left out.

    Only what a person confirmed or chose counts. A competence found in several sentences of one piece is one line,
    with the heaviest weight and the highest level. Ordered by employer, competence, piece. Six queries.
    """
    pieces = _pieces(on, organisations)
    sure = Finding.objects.filter(piece__in=pieces, state__in=SURE)
    rows = list(cast("QuerySet[Any]", sure.values_list(*_FIELDS)))
    merges = merged()
    moved = skills.successors({row[4] for row in rows} | merges.keys() | set(merges.values()))
    lines = core.lines(rows, moved)
    return Pool(
        lines=lines,
        merges={
            moved.get(a, a): moved.get(b, b) for a, b in sorted(merges.items()) if moved.get(a, a) != moved.get(b, b)
        },
        fingerprint=fingerprint(on),
        pieces=len({line.piece for line in lines}),
        undecided=Finding.objects.filter(piece__in=pieces, state=FindingState.PROPOSED).count(),
    )


def fingerprint(on: date) -> str:
    """Changes when anything changes that :func:`pool` would give for a day; a few counting queries."""
    return standing(on).fingerprint


def standing(on: date) -> Standing:
    """How many pieces, decisions and merges stand behind the evidence of a day, with its fingerprint.

    Every confirmation, change and undoing appends a decision, so its last number tells of all of them.
    """
    pieces = Piece.objects.filter(dated_on__lte=on).aggregate(
        count=Count("pk"), last=Max("pk"), gone=Count("withdrawn_at")
    )
    decisions = Decision.objects.aggregate(count=Count("pk"), last=Max("pk"))
    merges = Merge.objects.aggregate(versions=Sum("version"), last=Max("pk"))
    used = set(Finding.objects.filter(state__in=SURE).order_by().values_list("competence", flat=True).distinct())
    moved = sorted(skills.successors(used).items())
    words = repr((sorted(pieces.items()), sorted(decisions.items()), sorted(merges.items()), moved))
    return Standing(
        fingerprint=sha256(words.encode()).hexdigest(), pieces=pieces["count"], withdrawn=pieces["gone"],
        decisions=decisions["count"], merges=merges["versions"] or 0,
    )  # fmt: skip


def merged() -> dict[int, int]:
    """For every folded competence the one it counts as, by what people decided."""
    rows = cast("QuerySet[Any]", Merge.objects.filter(state=MergeState.MERGED).values_list("folded", "kept"))
    return dict(rows)


def _pieces(on: date, organisations: Iterable[int] | None) -> QuerySet[Piece]:
    rows = Piece.objects.filter(withdrawn_at__isnull=True, dated_on__lte=on)
    return rows if organisations is None else rows.filter(organisation__in=list(organisations))
