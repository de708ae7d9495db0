"""How does a text, an observation form or a list of ratings come in, and how does it go out again?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from valley.core.skills import text as reading
from valley.dossiers import queries as dossiers
from valley.evidence import drafts
from valley.evidence.actions import choosing
from valley.evidence.drafts import EvidenceRefused, ObservationLine, RatingLine, Ready, TextDraft
from valley.evidence.models import Decision, Finding, FindingState, Piece, PieceKind
from valley.evidence.queries.pieces import missing, visible_pieces
from valley.foundation import access, audit, clock, organisations
from valley.foundation.problems import Conflict
from valley.reading import desks
from valley.reading import queries as texts
from valley.skills import queries as skills


@dataclass(frozen=True, slots=True)
class SavedPiece:
    """A piece that was kept. ``near`` are pieces of the same employer with nearly the same words.

    ``looks_like`` is the language its words look like, when another was said.
    """

    id: int
    version: int
    language: str
    near: tuple[int, ...] = ()
    looks_like: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """The id of what was made."""

    id: int


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person said about a competence in a piece: the words, where they stand, and the level or importance."""

    competence: int
    sentence: str
    starts: int
    why: str
    level: int | None = None
    importance: int | None = None


def add_text(caller: access.Caller, *, draft: TextDraft) -> SavedPiece:
    """Keep a text of an employer. Its language is recognised when the draft names none.

    Raises :class:`EvidenceRefused` (also for the same words twice) or ``UnreadableText``; nothing is kept then.
    """
    desks.require(caller, organisation=draft.organisation)
    if draft.kind not in (PieceKind.JOB_TEXT, PieceKind.OBSERVATION):
        step = _("Bring ratings as a spreadsheet.")
        raise EvidenceRefused(
            expected=f"{PieceKind.JOB_TEXT}, {PieceKind.OBSERVATION}", found=draft.kind, next_step=step
        )
    row = keep_text(caller, draft=draft)
    looks = texts.looks_like(row.text, row.language)
    return SavedPiece(row.pk, row.version, row.language, _nearly_the_same(row), looks)


def keep_text(caller: access.Caller, *, draft: TextDraft) -> Piece:
    """The row of a text that is kept; the caller's desk was checked, likeness to other texts is not looked for."""
    checked = drafts.ready(draft, today=clock.today(caller.at))
    with transaction.atomic():
        row = _store(caller, checked)
        audit.record(caller, verb="evidence.add_text", subject=("piece", str(row.pk)), fields=["text", "title"])
    return row


def add_observation(
    caller: access.Caller,
    *,
    organisation: int,
    title: str,
    language: str,
    dated_on: date,
    work_process: int | None,
    lines: Sequence[ObservationLine],
) -> int:
    """Keep what was seen at work on a day; the id of the piece.

    A line with a competence is confirmed by who saw it; the other lines are read like a text. ``language`` "" is
    recognised, or taken to be the caller's when the lines are too short to tell.
    """
    desks.require(caller, organisation=organisation)
    kept = drafts.lines_ready(lines)
    draft = TextDraft(
        organisation=organisation, title=title, text="\n".join(line.what for line in kept),
        language=language or _spoken(kept, caller.language), dated_on=dated_on, kind=PieceKind.OBSERVATION,
        work_process=work_process,
    )  # fmt: skip
    checked = drafts.ready(draft, today=clock.today(caller.at))
    with transaction.atomic():
        row = _store(caller, checked, _seen(kept))
        audit.record(
            caller, verb="evidence.add_observation", subject=("piece", str(row.pk)), fields=["text", "findings"]
        )
    return row.pk


def add_ratings(
    caller: access.Caller, *, organisation: int, dated_on: date, ratings: Sequence[RatingLine], reference: str = ""
) -> int:
    """Keep how important an employer says competences are, and at which level; the id of the piece.

    The employer's own word confirms them; nothing is read in it.
    """
    desks.require(caller, organisation=organisation)
    lines = drafts.ratings_ready(ratings)
    known = choosing.usable({line.competence for line in lines})
    labels = skills.labels(set(known.values()), caller.language)
    said: list[Stated] = []
    place = 0
    for line in lines:
        pk = known[line.competence]
        words = f"{labels[pk]}: {line.importance}/4, {line.level}/4"
        said.append(Stated(pk, words, place, "rated", line.level, line.importance))
        place += len(words) + 1
    draft = TextDraft(
        organisation=organisation, title=str(PieceKind.RATING.label), text="\n".join(one.sentence for one in said),
        language="en" if caller.language == "en" else "nl", dated_on=dated_on, reference=reference,
        kind=PieceKind.RATING,
    )  # fmt: skip
    checked = drafts.ready(draft, today=clock.today(caller.at))
    with transaction.atomic():
        row = _store(caller, checked, said)
        audit.record(caller, verb="evidence.add_ratings", subject=("piece", str(row.pk)), fields=["findings"])
    return row.pk


def withdraw_piece(caller: access.Caller, *, piece: int, version: int) -> SavedPiece:
    """Let a piece count no more. Its words and decisions are kept, and the same words may come in again."""
    with transaction.atomic():
        row = visible_pieces(caller, None).select_for_update().filter(pk=piece).first()
        if row is None:
            raise missing(piece)
        if row.version != version or row.withdrawn_at:
            raise Conflict(
                expected=_("the piece as you saw it"), found=_("one that was changed or withdrawn meanwhile"),
                next_step=_("Open it again."), version=row.version,
            )  # fmt: skip
        row.withdrawn_at, row.version = caller.at, row.version + 1
        row.save(update_fields=["withdrawn_at", "version"])
        audit.record(caller, verb="evidence.withdraw_piece", subject=("piece", str(row.pk)), fields=["withdrawn_at"])
    return SavedPiece(row.pk, row.version, row.language)


def _store(caller: access.Caller, checked: Ready, said: Iterable[Stated] = ()) -> Piece:
    """Write a piece with what was stated in it; the caller holds the transaction and writes the audit line."""
    draft = checked.draft
    organisations.partner(id=draft.organisation)
    if draft.work_process is not None:
        dossiers.require_work_process(draft.work_process)
    twin = present(draft.organisation, draft.kind, checked.fingerprint)
    if twin is not None:
        raise EvidenceRefused(
            expected=_("words that are not in yet"), found=_("the same words, brought in before"),
            next_step=_("Nothing needs to be done."), piece=twin,
        )  # fmt: skip
    row = Piece.objects.create(
        organisation_id=draft.organisation, kind=draft.kind, reference=draft.reference, title=draft.title,
        language=checked.language, text=draft.text, fingerprint=checked.fingerprint, dated_on=checked.dated_on,
        work_process_id=draft.work_process, file_name=draft.file_name, added_by=caller.pseudonym, added_at=caller.at,
    )  # fmt: skip
    _state(caller, row, list(said))
    return row


def present(organisation: int, kind: str, fingerprint: str) -> int | None:
    """The piece of this employer that has these words already."""
    rows = Piece.objects.filter(organisation=organisation, kind=kind, fingerprint=fingerprint, withdrawn_at=None)
    return rows.values_list("pk", flat=True).first()


def _nearly_the_same(row: Piece) -> tuple[int, ...]:
    """The other texts of this employer that say nearly the same."""
    others = Piece.objects.filter(organisation=row.organisation_id, kind=row.kind, withdrawn_at=None).exclude(pk=row.pk)
    texts = list(others.order_by("pk").values_list("pk", "text"))
    pairs = reading.nearly_same([row.text, *(words for _pk, words in texts)])
    return tuple(sorted(texts[pair.second - 1][0] for pair in pairs if pair.first == 0))


def _state(caller: access.Caller, row: Piece, said: Sequence[Stated]) -> None:
    usable = choosing.usable({one.competence for one in said})
    unique = {(usable[one.competence], one.starts): one for one in said}
    found = Finding.objects.bulk_create(
        Finding(
            piece=row,
            competence_id=competence,
            sentence=one.sentence,
            starts=starts,
            why=one.why,
            score=1.0,
            level=one.level,
            importance=one.importance,
            state=FindingState.CONFIRMED,
        )
        for (competence, starts), one in unique.items()
    )
    Decision.objects.bulk_create(choosing.decision(caller, one) for one in found)


def _seen(lines: Sequence[ObservationLine]) -> list[Stated]:
    """What the lines of a form state, each with its place in the text they make together."""
    said: list[Stated] = []
    place = 0
    for line in lines:
        if line.competence is not None:
            said.append(Stated(line.competence, line.what, place, "stated", line.level))
        place += len(line.what) + 1
    return said


def _spoken(lines: Sequence[ObservationLine], fallback: str) -> str:
    try:
        return reading.language_of("\n".join(line.what for line in lines))
    except reading.UnreadableText:
        return fallback
