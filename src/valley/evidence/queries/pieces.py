"""Which texts, observations and ratings are in, and what does one say?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from valley.evidence.models import FindingState, Mention, Piece, PieceKind
from valley.evidence.queries import findings
from valley.evidence.queries.called import called
from valley.foundation import access, organisations
from valley.foundation.problems import NotFound
from valley.reading import desks

STATES: dict[str, Q] = {
    "unread": Q(read_as="") & ~Q(kind=PieceKind.RATING),
    "waiting": Q(waiting__gt=0),
    "done": Q(waiting=0) & (~Q(read_as="") | Q(kind=PieceKind.RATING)),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading and deciding are. ``unread`` texts were never read; ``waiting`` findings have no decision."""

    pieces: int
    unread: int
    findings: int
    waiting: int
    confirmed: int
    changed: int
    rejected: int


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A piece in a list. ``state`` is "unread", "waiting" (for decisions), "done" or "withdrawn"."""

    id: int
    employer: str
    own: bool
    kind: str
    kind_words: str
    title: str
    language: str
    dated_on: date
    reference: str
    work_process: str
    file_name: str
    added_at: datetime
    findings: int
    waiting: int
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class PieceList:
    """Pieces, newest first; ``total`` counts all that were asked for."""

    total: int
    items: tuple[PieceLine, ...]


@dataclass(frozen=True, slots=True)
class MentionLine:
    """A product or system a text names, with its class; never a competence."""

    name: str
    tool_class: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PiecePage:
    """A piece with its words, what was read in it in the order of the text, and the systems it names."""

    piece: PieceLine
    text: str
    findings: tuple[findings.FindingLine, ...]
    systems: tuple[MentionLine, ...]


@dataclass(frozen=True, slots=True)
class EmployerLine:
    """What one employer brought: how many pieces of each kind, how many texts wait to be read, findings to decide."""

    id: int
    employer: str
    own: bool
    texts: int
    observations: int
    ratings: int
    unread: int
    waiting: int
    newest_on: date | None


def pieces(
    caller: access.Caller,
    *,
    organisation: int | None = None,
    state: str = "",
    kind: str = "",
    limit: int = 50,
    offset: int = 0,
) -> PieceList:
    """The pieces the caller may read, newest first. ``state`` "withdrawn" gives those; else they are left out."""
    rows = _counted(visible_pieces(caller, organisation)).filter(withdrawn_at__isnull=state != "withdrawn")
    rows = rows.filter(STATES.get(state, Q()), Q(kind=kind) if kind else Q()).order_by("-dated_on", "-pk")
    found = list(rows.select_related("work_process")[offset : offset + limit])
    return PieceList(rows.count(), tuple(_lines(caller, found)))


def piece(caller: access.Caller, *, id: int) -> PiecePage:
    """One piece; :class:`NotFound` when there is none or when it is another employer's: the two are not told apart."""
    row = _counted(visible_pieces(caller, None)).select_related("work_process").filter(pk=id).first()
    if row is None:
        raise missing(id)
    read = list(row.findings.order_by("starts", "-score", "pk"))
    named = Mention.objects.filter(piece=row).select_related("tool_class").order_by("pk")
    dutch = caller.language == "nl"
    return PiecePage(
        piece=next(_lines(caller, [row])),
        text=row.text,
        findings=findings.lines_of(read, caller.language),
        systems=tuple(
            MentionLine(one.name, one.tool_class.label_nl if dutch else one.tool_class.label_en, one.sentence)
            for one in named
        ),
    )


def employers(caller: access.Caller) -> tuple[EmployerLine, ...]:
    """What each employer brought, by shown name; an employer reads only its own line."""
    allowed = desks.scope(caller)
    rows = visible_pieces(caller, None).filter(withdrawn_at__isnull=True).order_by()
    counted = rows.values_list("organisation", "kind", "read_as", "dated_on")
    waiting = findings.waiting_by_organisation(allowed)
    ids = set(rows.values_list("organisation", flat=True)) | (allowed or frozenset())
    names, own = called(caller, ids), {desk.organisation for desk in caller.desks}
    found: dict[int, list[tuple[str, str, date]]] = {pk: [] for pk in ids}
    for pk, kind, read_as, on in counted:
        found[pk].append((kind, read_as, on))
    lines = (_employer(pk, names[pk], pk in own, found[pk], waiting.get(pk, 0)) for pk in ids)
    return tuple(sorted(lines, key=lambda one: (one.employer.casefold(), one.id)))


def choices(caller: access.Caller) -> tuple[organisations.Partner, ...]:
    """The organisations for which the caller may bring evidence: employers for those who see all, else its own."""
    allowed = desks.scope(caller)
    if allowed is None:
        return organisations.partners(kind="employer")
    return tuple(one for one in organisations.partners() if one.id in allowed)


def progress(caller: access.Caller, *, organisation: int | None = None) -> Progress:
    """How many texts and findings there are, and how many wait; three queries."""
    pieces = visible_pieces(caller, organisation).filter(withdrawn_at__isnull=True)
    unread = pieces.filter(read_as="").exclude(kind="rating")
    states = dict(
        findings.visible(caller, organisation)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
        .values_list("state", "count")
    )
    return Progress(
        pieces=pieces.count(), unread=unread.count(), findings=sum(states.values()),
        waiting=states.get(FindingState.PROPOSED, 0), confirmed=states.get(FindingState.CONFIRMED, 0),
        changed=states.get(FindingState.CHANGED, 0), rejected=states.get(FindingState.REJECTED, 0),
    )  # fmt: skip


def visible_pieces(caller: access.Caller, organisation: int | None) -> QuerySet[Piece]:
    """The pieces the caller may read."""
    allowed = desks.scope_of(caller, organisation)
    return Piece.objects.all() if allowed is None else Piece.objects.filter(organisation__in=allowed)


def missing(id: object) -> NotFound:
    """The same words for what is not there and for what is another's."""
    return NotFound(expected=_("a piece of evidence you may read"), found=id, next_step=_("Open the list again."))


def _counted(rows: QuerySet[Piece]) -> QuerySet[Any]:
    waits = Q(findings__state=FindingState.PROPOSED)
    return rows.annotate(found=Count("findings"), waiting=Count("findings", filter=waits))


def _lines(caller: access.Caller, rows: Iterable[Any]) -> Any:
    rows = list(rows)
    names, own = called(caller, {row.organisation_id for row in rows}), {desk.organisation for desk in caller.desks}
    for row in rows:
        yield PieceLine(
            id=row.pk,
            employer=names[row.organisation_id],
            own=row.organisation_id in own,
            kind=row.kind,
            kind_words=str(PieceKind(row.kind).label),
            title=row.title,
            language=row.language,
            dated_on=row.dated_on,
            reference=row.reference,
            work_process=row.work_process.code if row.work_process else "",
            file_name=row.file_name,
            added_at=row.added_at,
            findings=row.found,
            waiting=row.waiting,
            state=_state(row),
            version=row.version,
        )


def _state(row: Any) -> str:
    if row.withdrawn_at:
        return "withdrawn"
    if not row.read_as and row.kind != PieceKind.RATING:
        return "unread"
    return "waiting" if row.waiting else "done"


def _employer(pk: int, name: str, own: bool, rows: list[tuple[str, str, date]], waiting: int) -> EmployerLine:
    kinds = [kind for kind, _read_as, _on in rows]
    return EmployerLine(
        id=pk, employer=name, own=own, texts=kinds.count(PieceKind.JOB_TEXT),
        observations=kinds.count(PieceKind.OBSERVATION), ratings=kinds.count(PieceKind.RATING),
        unread=sum(not read_as and kind != PieceKind.RATING for kind, read_as, _on in rows), waiting=waiting,
        newest_on=max((on for _kind, _read_as, on in rows), default=None),
    )  # fmt: skip
