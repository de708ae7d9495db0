"""What was read in the texts, what waits for a person, and who decided what?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from valley.evidence.models import Cue, Decision, Finding, FindingState
from valley.evidence.queries.called import called
from valley.foundation import access
from valley.foundation.problems import NotFound
from valley.reading import desks, snapshots
from valley.reading import queries as texts
from valley.skills import queries as skills

ALTERNATIVES = 4


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A competence read in a sentence. ``starts`` and ``ends`` are its place in the text, in characters, half-open.

    ``matched`` are the words of the text, ``held_against`` the label or phrase they were held against; ``why`` is a
    code and ``because`` the same in words. ``proposed`` is None when a person added it.
    """

    id: int
    piece: int
    competence: int
    label: str
    proposed: int | None
    proposed_label: str
    sentence: str
    starts: int
    ends: int
    matched: str
    held_against: str
    why: str
    because: str
    score: float
    cue: str
    cue_words: str
    level: int | None
    importance: int | None
    state: str
    state_words: str
    version: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Another competence that the words may mean."""

    id: int
    label: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A finding that waits for a person, with the piece it stands in and what else the words may mean."""

    finding: FindingLine
    title: str
    employer: str
    language: str
    dated_on: date
    alternatives: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for a decision, in the order of the texts; ``total`` counts all of it."""

    total: int
    items: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What someone decided about a finding. ``by`` is a pseudonym."""

    state: str
    state_words: str
    competence: int
    label: str
    level: int | None
    reason: str
    by: str
    at: datetime


def to_decide(caller: access.Caller, *, organisation: int | None = None, limit: int = 50, offset: int = 0) -> Queue:
    """The findings that wait, by text and place in it, the surest first within a sentence."""
    rows = visible(caller, organisation).filter(state=FindingState.PROPOSED)
    found = list(rows.select_related("piece").order_by("piece", "starts", "-score", "pk")[offset : offset + limit])
    names = called(caller, {row.piece.organisation_id for row in found})
    others = _alternatives(found)
    labels = skills.labels(_competences(found) | {pk for ids in others.values() for pk in ids}, caller.language)
    items = tuple(
        Waiting(
            finding=line(row, labels),
            title=row.piece.title,
            employer=names[row.piece.organisation_id],
            language=row.piece.language,
            dated_on=row.piece.dated_on,
            alternatives=tuple(Choice(pk, labels[pk]) for pk in others[row.pk] if pk in labels),
        )
        for row in found
    )
    return Queue(rows.count(), items)


def decisions(caller: access.Caller, *, finding: int) -> tuple[DecisionLine, ...]:
    """Everything people decided about a finding, oldest first; :class:`NotFound` when it is not the caller's."""
    if not visible(caller, None, withdrawn=True).filter(pk=finding).exists():
        raise NotFound(expected=_("a finding you may read"), found=finding, next_step=_("Open the list again."))
    rows = list(Decision.objects.filter(finding=finding).order_by("pk"))
    labels = skills.labels({row.competence_id for row in rows}, caller.language)
    return tuple(
        DecisionLine(
            state=row.state,
            state_words=str(FindingState(row.state).label),
            competence=row.competence_id,
            label=labels.get(row.competence_id, ""),
            level=row.level,
            reason=row.reason,
            by=row.by,
            at=row.at,
        )
        for row in rows
    )


def visible(caller: access.Caller, organisation: int | None, *, withdrawn: bool = False) -> QuerySet[Finding]:
    """The findings the caller may read; those of withdrawn pieces only when asked."""
    allowed = desks.scope_of(caller, organisation)
    rows = Finding.objects.all() if allowed is None else Finding.objects.filter(piece__organisation__in=allowed)
    return rows if withdrawn else rows.filter(piece__withdrawn_at__isnull=True)


def line(row: Finding, labels: Mapping[int, str]) -> FindingLine:
    """A row as its readers see it."""
    return FindingLine(
        id=row.pk, piece=row.piece_id, competence=row.competence_id, label=labels.get(row.competence_id, ""),
        proposed=row.proposed_id, proposed_label=labels.get(row.proposed_id, "") if row.proposed_id else "",
        sentence=row.sentence, starts=row.starts, ends=row.starts + len(row.sentence), matched=row.matched,
        held_against=row.label, why=row.why, because=str(texts.BECAUSE.get(row.why, row.why)),
        score=round(row.score, 4), cue=row.cue, cue_words=str(Cue(row.cue).label), level=row.level,
        importance=row.importance, state=row.state, state_words=str(FindingState(row.state).label),
        version=row.version,
    )  # fmt: skip


def lines_of(rows: Sequence[Finding], language: str) -> tuple[FindingLine, ...]:
    """Rows as their readers see them; one query."""
    labels = skills.labels(_competences(rows), language)
    return tuple(line(row, labels) for row in rows)


def _competences(rows: Iterable[Finding]) -> set[int]:
    return {pk for row in rows for pk in (row.competence_id, row.proposed_id) if pk}


def _alternatives(rows: Sequence[Finding]) -> dict[int, tuple[int, ...]]:
    """Other competences read in the same sentence, then those whose labels are nearest to the words."""
    beside: dict[tuple[int, int], list[int]] = {}
    for row in rows:
        beside.setdefault((row.piece_id, row.starts), []).append(row.competence_id)
    reader = snapshots.reader() if rows else None
    found: dict[int, tuple[int, ...]] = {}
    for row in rows:
        near = (
            reader.rank(row.matched, language=row.piece.language, limit=ALTERNATIVES + 1)
            if reader and row.matched
            else ()
        )
        ids = dict.fromkeys([*(hit.concept for hit in near), *beside[row.piece_id, row.starts]])
        found[row.pk] = tuple(pk for pk in ids if pk != row.competence_id)[:ALTERNATIVES]
    return found


def waiting_by_organisation(ids: frozenset[int] | None) -> dict[int, int]:
    """How many findings wait, by organisation."""
    mine = Q() if ids is None else Q(piece__organisation__in=ids)
    rows = Finding.objects.filter(mine, state=FindingState.PROPOSED, piece__withdrawn_at__isnull=True)
    return dict(rows.order_by().values_list("piece__organisation").annotate(count=Count("pk")))
