"""What may a program of somebody who was invited ask and do?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from ninja import Status

from valley.foundation import answers, doors
from valley.foundation.inputs import opened
from valley.people import queries as people
from valley.placement import actions, drafts, queries
from valley.placement.api.inputs import AnswerIn, Code, JoinIn, Number, Slug, router


@dataclass(frozen=True, slots=True)
class JoinedAs:
    """The number in order of joining."""

    number: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The state of a proposal after an answer."""

    state: str


@opened(
    router.get, "/invitations/{code}", answers.schema(queries.InvitationPage), "getInvitation", "What a code is for"
)
def invitation(request: HttpRequest, code: Code) -> object:
    """Whose jobs end, who would see which parts until when. For everybody with the code."""
    return queries.invitation_page(doors.caller(request), code=code)


@opened(router.post, "/invitations/{code}/join", {201: answers.schema(JoinedAs)}, "joinPlacement", "Join by own choice")
def join(request: HttpRequest, code: Code, body: JoinIn) -> object:
    """Consent, share and what ends, all of it or nothing. For the owner of a passport."""
    who = doors.caller(request)
    wage = None if body.wage is None else Decimal(str(body.wage))
    joining = drafts.Joining(body.hours, body.contract, body.years, body.role, wage, body.with_name)
    return Status(201, JoinedAs(actions.join_event(who, person=people.own_person(who), code=code, joining=joining)))


@opened(router.get, "/me", list[answers.schema(queries.MyPlacement)], "listMyPlacements", "My placements")
def mine(request: HttpRequest) -> object:
    """My placements with their proposals, or what stands in the way."""
    who = doors.caller(request)
    return list(queries.my_placements(who, person=people.own_person(who)))


@opened(
    router.get, "/me/proposals/{number}", answers.schema(queries.ProposalPage), "getMyProposal", "A proposal explained"
)
def proposal(request: HttpRequest, number: Number) -> object:
    """Why it fits, and what is lost or gained against the job of now."""
    who = doors.caller(request)
    return queries.proposal_page(who, person=people.own_person(who), proposal=number)


@opened(router.post, "/me/proposals/{number}/answer", answers.schema(Answered), "answerMyProposal", "Say yes or no")
def answer(request: HttpRequest, number: Number, body: AnswerIn) -> object:
    """A yes gives the employer an application; before it the employer knows nothing."""
    who = doors.caller(request)
    yes = body.answer == "yes"
    return Answered(actions.answer_proposal(who, person=people.own_person(who), proposal=number, yes=yes))


@opened(router.post, "/me/{slug}/leave", {204: None}, "leavePlacement", "Leave a placement")
def leave(request: HttpRequest, slug: Slug) -> object:
    """The share ends at once, and open proposals go."""
    who = doors.caller(request)
    actions.leave_event(who, person=people.own_person(who), event=slug)
    return Status(204, None)
