"""How does a person say yes or no to a proposal, and what happens with a yes?"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from valley.applications import actions as applications
from valley.foundation import access, clock
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.problems import Conflict, NotFound
from valley.people import queries as people
from valley.placement import desks, invitations
from valley.placement.models import CourseOffer, CoursePlace, PlanProposal, ProposalState, Redundancy, SeatsTaken
from valley.work import queries as work


def answer_proposal(caller: Caller, *, person: int, proposal: int, yes: bool) -> str:
    """Answer a proposal, once; returns the state it is in. Owner or operator.

    A yes gives the employer an application with a share, keeps the seat and the place in the course, and lets other
    proposals expire: all of it or nothing. Raises NotFound for what is not the person's own, Conflict when it was
    answered or expired, or when the seat or the place has gone meanwhile, OpeningNotOpen when the opening closed.
    """
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with transaction.atomic(), access.opened(grant):
        row = _own(person, proposal)
        if row.state != ProposalState.PROPOSED:
            raise Conflict(
                expected=_("a proposal that waits for your answer"),
                found=str(ProposalState(row.state).label),
                next_step=_("Open the page again."),
            )
        if yes:
            _accept(caller, grant, row)
        row.state = ProposalState.YES if yes else ProposalState.NO
        row.answered_at = caller.at
        row.save(update_fields=["state", "answered_at", "share_key"])
        desks.record(caller, grant, "placement.answer_proposal", "state")
    return str(row.state)


def _own(person: int, proposal: int) -> Any:
    """The proposal, locked: of two answers sent at once the second finds the first."""
    rows = PlanProposal.objects.select_for_update(of=("self",)).select_related("run")
    row = rows.filter(pk=proposal, person=person).exclude(state=ProposalState.DRAFT).first()
    if row is None:
        raise NotFound(
            expected=_("a proposal of your own"), found=_("none"), next_step=_("Open the page of your placement.")
        )
    return row


def _accept(caller: Caller, grant: Grant, row: Any) -> None:
    item = work.opening_items(caller, ids=[row.opening_id])[row.opening_id]
    _take_seat(row.opening_id, seats=item.seats)
    view = applications.ChosenView(
        parts=invitations.YES_PARTS, ends_on=clock.today(caller.at) + invitations.YES_SHARED_FOR
    )
    try:
        row.share_key = applications.apply_with_share(caller, person=row.person_id, opening=item.slug, view=view)
    except applications.AlreadyApplied:
        # The person asked the employer before: that application is the one that counts, a second would be in its way.
        row.share_key = ""
    if row.course_id is not None:
        _take_place(caller, row)
    others = PlanProposal.objects.filter(person=row.person_id, state=ProposalState.PROPOSED).exclude(pk=row.pk)
    others.update(state=ProposalState.EXPIRED)
    Redundancy.objects.filter(pk=row.run.event_id).update(accepted=F("accepted") + 1)


def _take_seat(opening: int, *, seats: int) -> None:
    """One statement that takes a seat only when one is left: of two who say yes at once one is told."""
    SeatsTaken.objects.get_or_create(opening_id=opening)
    if not SeatsTaken.objects.filter(opening=opening, taken__lt=seats).update(taken=F("taken") + 1):
        raise Conflict(
            expected=_("a seat that is still free"),
            found=_("none: others were first"),
            next_step=_("Nothing was sent. The programme office can plan again for you."),
        )


def _take_place(caller: Caller, row: Any) -> None:
    free = CourseOffer.objects.filter(pk=row.course_id, reserved__lt=F("most"))
    if not free.update(reserved=F("reserved") + 1):
        raise Conflict(
            expected=_("a place in the course that is still free"),
            found=_("none: others were first"),
            next_step=_("Nothing was sent. The programme office can plan again for you."),
        )
    CoursePlace.objects.create(course_id=row.course_id, person_id=row.person_id, proposal=row, reserved_at=caller.at)
