"""Who joined, as numbers in order of joining, and what the plans said of one of them?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from valley.foundation import access
from valley.foundation.access import Caller
from valley.placement import desks
from valley.placement.models import Participation, PlanProposal, ProposalState, Redundancy, Unplaced
from valley.placement.queries import words
from valley.work import queries as work


@dataclass(frozen=True, slots=True)
class JoinedLine:
    """Somebody who joined: a number, never a name. ``state`` is that of the newest proposal that was sent, or ""."""

    number: int
    joined_at: datetime
    state: str
    state_words: str


@dataclass(frozen=True, slots=True)
class JoinedList:
    """Who joined, in order of joining and never in another order."""

    total: int
    limit: int
    offset: int
    rows: tuple[JoinedLine, ...]


@dataclass(frozen=True, slots=True)
class PlanBlock:
    """A condition that stands in the way, and what would help."""

    words: str
    helps: str


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """What the latest plan within people's own wishes says of one person. ``opening`` "" when there is no place."""

    run: int | None
    opening: str
    employer: str
    course: str
    state: str
    state_words: str
    reason: str
    blocks: tuple[PlanBlock, ...]


def joined_lines(caller: Caller, *, event: str, limit: int = 50, offset: int = 0) -> JoinedList:
    """Who joined an event, in order of joining. Programme office; opening a line is another question, and logged."""
    row = desks.office_event(caller, slug=event)
    if row.office_id is None:
        return JoinedList(0, limit, offset, ())
    with access.opened(desks.inbox(caller, row)):
        rows = Participation.objects.filter(event=row, withdrawn_at__isnull=True).order_by("number")
        total = rows.count()
        chosen = list(rows.values_list("person_id", "number", "joined_at")[offset : offset + limit])
        sent = PlanProposal.objects.filter(run__event=row, person__in=[one[0] for one in chosen])
        states = dict(sent.exclude(state=ProposalState.DRAFT).order_by("pk").values_list("person_id", "state"))
    return JoinedList(
        total,
        limit,
        offset,
        tuple(
            JoinedLine(number, joined_at, states.get(person, ""), state_words(states.get(person, "")))
            for person, number, joined_at in chosen
        ),
    )


def person_plan(caller: Caller, row: Redundancy, *, person: int) -> PersonPlan:
    """What the latest sendable plan says of one person, for the programme office. Inside the gate of the inbox."""
    with access.opened(desks.inbox(caller, row)):
        proposal = PlanProposal.objects.select_related("course", "run").filter(run__event=row, person=person)
        newest = proposal.order_by("-pk").first()
        without = Unplaced.objects.filter(run__event=row, person=person).order_by("-pk").first()
    if newest is not None and (without is None or without.run_id < newest.run_id):
        item = work.opening_items(caller, ids=[newest.opening_id])[newest.opening_id]
        course = newest.course.title if newest.course else ""
        label = state_words(newest.state)
        return PersonPlan(newest.run_id, item.title, item.organisation, course, newest.state, label, "", ())
    if without is not None:
        found = block_lines(without.blocks, language=caller.language)
        return PersonPlan(without.run_id, "", "", "", "", "", words.reason(without.reason), found)
    return PersonPlan(None, "", "", "", "", "", _("not planned for yet"), ())


def block_lines(blocks: list[list[object]], *, language: str) -> tuple[PlanBlock, ...]:
    """Stored conditions in words, with what would help."""
    rows = [(str(kind), subject, int(str(level))) for kind, subject, level in blocks]
    known = words.known_words([int(str(s)) for kind, s, _l in rows if kind == "competence"], language=language)
    return tuple(
        PlanBlock(words.condition(kind, subject, level, known), words.helps(kind, known, subject))  # type: ignore[arg-type]
        for kind, subject, level in rows
        if not str(subject).startswith("said-no-")
    )


def state_words(state: str) -> str:
    """A state in words, "" for none."""
    return str(ProposalState(state).label) if state else ""
