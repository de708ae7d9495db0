"""What does somebody see who may join, joined, or got a proposal?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from valley.foundation import access, clock, organisations
from valley.foundation.access import Caller, Purpose
from valley.foundation.problems import NotFound
from valley.mobility import queries as mobility
from valley.people import queries as people
from valley.placement import invitations
from valley.placement.models import (
    ContractHeld,
    Participation,
    PlanProposal,
    PlanRun,
    ProposalState,
    Redundancy,
    Unplaced,
    YearsBand,
)
from valley.placement.queries.events import Role, item, roles
from valley.placement.queries.lines import PlanBlock, block_lines, state_words
from valley.placement.queries.words import reason
from valley.work import queries as work


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What somebody with a code reads before joining: whose jobs end, and who would see which parts until when."""

    code: str
    event: str
    employer: str
    from_on: date
    until_on: date
    roles: tuple[Role, ...]
    office: str
    share_ends_on: date
    taking_part: bool


@dataclass(frozen=True, slots=True)
class ProposalItem:
    """A proposal as a line. ``opening`` is the address (slug) of the opening."""

    id: int
    title: str
    employer: str
    place: str
    opening: str
    course: str
    state: str
    state_words: str


@dataclass(frozen=True, slots=True)
class MyPlacement:
    """One placement of the person. ``reason`` and ``blocks`` when the newest plan that was sent has no place."""

    event: str
    employer: str
    number: int
    joined_at: datetime
    left_at: datetime | None
    sharing: bool
    office: str
    role: str
    hours: int
    wage: str
    contract: str
    years: str
    proposals: tuple[ProposalItem, ...]
    reason: str
    blocks: tuple[PlanBlock, ...]


@dataclass(frozen=True, slots=True)
class CourseNeeded:
    """The course that comes first."""

    title: str
    provider: str
    starts_on: date
    weeks: int
    taught_in: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """A proposal explained. ``hours_lost`` a week and ``wage_lost`` euro an hour (None: not known) against what ends.

    A yes shows the employer ``parts`` until ``ends_on``; before that the employer knows nothing.
    """

    proposal: ProposalItem
    event: str
    hours_lost: float
    wage_lost: float | None
    km: float | None
    course: CourseNeeded | None
    explanation: mobility.Explanation
    parts: tuple[str, ...]
    ends_on: date


def my_placements(caller: Caller, *, person: int) -> tuple[MyPlacement, ...]:
    """The placements somebody joined, newest first. For the owner."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    living = {line.key for line in people.shares(caller, person=person) if line.state == "alive"}
    with access.opened(grant):
        rows = list(
            Participation.objects.select_related("event__organisation", "event__office")
            .filter(person=person)
            .order_by("-pk")
        )
        return tuple(_placement(caller, row, living) for row in rows)


def proposal_page(caller: Caller, *, person: int, proposal: int) -> ProposalPage:
    """One proposal with the whole explanation. For the owner; NotFound for a draft or somebody else's."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with access.opened(grant):
        rows = PlanProposal.objects.select_related("course__organisation", "run__event")
        row = rows.filter(pk=proposal, person=person).exclude(state=ProposalState.DRAFT).first()
        if row is None:
            raise NotFound(
                expected=_("a proposal of your own"), found=_("none"), next_step=_("Open the page of your placement.")
            )
        line = _items(caller, [row])[0]
    wage = row.facts.get("wage_lost")
    return ProposalPage(
        proposal=line,
        event=row.run.event.slug,
        hours_lost=row.facts.get("hours_lost", 0.0),
        wage_lost=None if wage is None else wage / 100,
        km=row.facts.get("km"),
        course=_course(row.course),
        explanation=mobility.explanation(caller, person=person, opening=line.opening),
        parts=people.part_words(invitations.YES_PARTS, own=True),
        ends_on=clock.today(caller.at) + invitations.YES_SHARED_FOR,
    )


def invitation_page(caller: Caller, *, code: str) -> InvitationPage:
    """What a code that works is for. For everybody who has it and is signed in."""
    access.require_signed_in(caller)
    today = clock.today(caller.at)
    event = invitations.invited_event(code, on=today)
    person = people.my_person(caller)
    return InvitationPage(
        code=code,
        event=event.slug,
        employer=event.organisation.name,
        from_on=event.from_on,
        until_on=event.until_on,
        roles=roles(caller, event),
        office=organisations.names([event.office_id or 0]).get(event.office_id or 0, ""),
        share_ends_on=invitations.share_ends(event, on=today),
        taking_part=person is not None and _takes_part(caller, event, person),
    )


def _takes_part(caller: Caller, event: Redundancy, person: int) -> bool:
    return any(one.event == event.slug and one.sharing for one in my_placements(caller, person=person))


def _placement(caller: Caller, row: Any, living: set[str]) -> MyPlacement:
    proposals = PlanProposal.objects.select_related("course").filter(person=row.person_id, run__event=row.event_id)
    shown = list(proposals.exclude(state=ProposalState.DRAFT).order_by("-pk"))
    sharing = row.withdrawn_at is None and row.share_key in living
    without = _without(row) if sharing else None
    labels = {role.key: role.label for role in roles(caller, row.event)}
    return MyPlacement(
        event=row.event.slug,
        employer=item(row.event).organisation,
        number=row.number,
        joined_at=row.joined_at,
        left_at=row.withdrawn_at,
        sharing=sharing,
        office=row.event.office.name if row.event.office else "",
        role=str(labels.get(row.role, row.role)),
        hours=row.hours,
        wage="" if row.wage is None else f"{row.wage:.2f}",
        contract=str(ContractHeld(row.contract).label),
        years=str(YearsBand(row.years).label),
        proposals=_items(caller, shown),
        reason=reason(without.reason) if without else "",
        blocks=block_lines(without.blocks, language=caller.language) if without else (),
    )


def _without(row: Any) -> Any:
    """Why there is no place, when the newest plan that was sent says so."""
    newest = PlanRun.objects.filter(event=row.event_id, sent_at__isnull=False).order_by("-sent_at", "-pk").first()
    return None if newest is None else Unplaced.objects.filter(run=newest, person=row.person_id).first()


def _items(caller: Caller, rows: list[Any]) -> tuple[ProposalItem, ...]:
    found = work.opening_items(caller, ids=[row.opening_id for row in rows])
    return tuple(
        ProposalItem(
            id=row.pk,
            title=found[row.opening_id].title,
            employer=found[row.opening_id].organisation,
            place=found[row.opening_id].place,
            opening=found[row.opening_id].slug,
            course=row.course.title if row.course else "",
            state=row.state,
            state_words=state_words(row.state),
        )
        for row in rows
    )


def _course(row: Any) -> CourseNeeded | None:
    if row is None:
        return None
    return CourseNeeded(row.title, row.organisation.name, row.starts_on, row.weeks, row.taught_in)
