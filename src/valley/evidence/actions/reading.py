"""How are texts read: which proposals are kept, and what happens to them when the words change?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction

from valley.core.skills import text as reading
from valley.evidence.models import Finding, FindingState, Mention, Piece, PieceKind
from valley.evidence.queries.pieces import visible_pieces
from valley.foundation import access, audit
from valley.reading import snapshots
from valley.skills import snapshots as vocabulary

BATCH = 200
"""So many texts are kept in one transaction: a fraction of a second, so that others can write in between."""
Report = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What reading did. ``gone`` proposals nobody had decided are no longer made; ``unreadable`` were skipped."""

    pieces: int
    proposals: int
    gone: int
    systems: int
    unreadable: tuple[int, ...]


def read_pieces(
    caller: access.Caller, *, organisation: int | None = None, progress: Report | None = None
) -> ReadReport:
    """Read every text that was not yet read with today's words, of one employer or of all the caller may read.

    What a person decided is never touched. After new words, new proposals are added, and proposals that nobody
    decided and that would no longer be made are removed. Some 10,000 texts a minute, plus building the reader.
    """
    waiting = visible_pieces(caller, organisation).filter(withdrawn_at=None).exclude(kind=PieceKind.RATING)
    reader = snapshots.reader()
    ids = list(waiting.exclude(read_as=reader.fingerprint).order_by("pk").values_list("pk", flat=True))
    classes = vocabulary.tool_class_ids()
    total = ReadReport(0, 0, 0, 0, ())
    for first in range(0, len(ids), BATCH):
        part = list(Piece.objects.filter(pk__in=ids[first : first + BATCH]).order_by("pk"))
        read, unreadable = _read(reader, part)
        with transaction.atomic():
            done = [_keep(row, found, reader.fingerprint, classes) for row, found in read]
            audit.record(
                caller, verb="evidence.read", subject=("pieces", str(len(read))), fields=["findings", "mentions"]
            )
        made, gone, systems = (sum(column) for column in zip(*done, strict=True)) if done else (0, 0, 0)
        total = ReadReport(
            total.pieces + len(read), total.proposals + made, total.gone + gone, total.systems + systems,
            total.unreadable + unreadable,
        )  # fmt: skip
        if progress:
            progress((first + len(part)) / len(ids), "")
    return total


def _read(reader: reading.Reader, rows: Sequence[Piece]) -> tuple[list[tuple[Piece, reading.Reading]], tuple[int, ...]]:
    found: list[tuple[Piece, reading.Reading]] = []
    unreadable: list[int] = []
    for row in rows:
        try:
            found.append((row, reader.read(row.text, language=row.language)))
        except reading.UnreadableText:
            unreadable.append(row.pk)
    return found, tuple(unreadable)


def _keep(row: Piece, found: reading.Reading, fingerprint: str, classes: dict[str, int]) -> tuple[int, int, int]:
    """Store what is new in a piece; how many proposals came and went, and how many systems are named."""
    before = list(Finding.objects.filter(piece=row).select_for_update())
    known = {(pk, one.starts) for one in before for pk in (one.proposed_id, one.competence_id)}
    wanted = _proposals(before, found)
    gone = [
        one.pk for one in before if one.state == FindingState.PROPOSED and (one.competence_id, one.starts) not in wanted
    ]
    Finding.objects.filter(pk__in=gone).delete()
    fresh = [_finding(row, one) for key, one in wanted.items() if key not in known]
    Finding.objects.bulk_create(fresh)
    named = {one.name: one for one in reversed(found.systems)}
    Mention.objects.filter(piece=row).delete()
    Mention.objects.bulk_create(
        Mention(piece=row, name=one.name, tool_class_id=classes[one.tool_class], sentence=one.sentence)
        for one in sorted(named.values(), key=lambda one: one.starts)
    )
    Piece.objects.filter(pk=row.pk).update(read_as=fingerprint)
    return len(fresh), len(gone), len(named)


def _proposals(before: Sequence[Finding], found: reading.Reading) -> dict[tuple[int, int], reading.Proposal]:
    """The surest proposal of each competence in a sentence, outside the lines where a person stated one."""
    stated = [(one.starts, one.starts + len(one.sentence)) for one in before if one.why == "stated"]
    kept: dict[tuple[int, int], reading.Proposal] = {}
    for one in sorted(found.proposals, key=lambda one: -one.score):
        if not any(starts <= one.starts < ends for starts, ends in stated):
            kept.setdefault((one.concept, one.starts), one)
    return dict(sorted(kept.items(), key=lambda pair: (pair[0][1], pair[0][0])))


def _finding(row: Piece, one: reading.Proposal) -> Finding:
    return Finding(
        piece=row, proposed_id=one.concept, competence_id=one.concept, sentence=one.sentence, starts=one.starts,
        matched=one.matched[:300], label=one.label[:300], why=one.why, score=one.score, cue=one.cue,
        level=one.level or None, proposed_level=one.level or None,
    )  # fmt: skip
