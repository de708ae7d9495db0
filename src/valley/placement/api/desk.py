"""What may a program of the programme office or an employer ask and do?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from ninja import Status

from valley.foundation import answers, doors
from valley.placement import actions, drafts, queries
from valley.placement.api.inputs import CourseIn, JobKey, Limit, Number, Offset, RedundancyIn, ScenarioIn, Slug, router


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """A plan that was asked for; follow it by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class Sent:
    """How many people have a proposal now."""

    sent: int


@dataclass(frozen=True, slots=True)
class CourseKey:
    """The key of a candidate course."""

    key: str


@router.get(
    "",
    response=list[answers.schema(queries.EventItem)],
    by_alias=True,
    operation_id="listRedundancies",
    summary="Redundancies a desk may open",
)
def redundancies(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> object:
    """Newest first. Programme office: those it works on; recruiter or steward: those of the own employer."""
    return list(queries.redundancies(doors.caller(request))[offset : offset + limit])


@router.post(
    "",
    response={201: answers.schema(actions.Announced)},
    by_alias=True,
    operation_id="announceRedundancy",
    summary="Announce that jobs end",
)
def announce(request: HttpRequest, body: RedundancyIn) -> object:
    """How many jobs of which roles end when. Recruiter or steward of the employer, programme office."""
    draft = drafts.RedundancyDraft(**{**body.model_dump(), "roles": tuple(body.roles)})
    return Status(201, actions.announce_redundancy(doors.caller(request), draft=draft))


@router.get(
    "/events/{slug}",
    response=answers.schema(queries.EventPage),
    by_alias=True,
    operation_id="getRedundancy",
    summary="One redundancy",
)
def redundancy(request: HttpRequest, slug: Slug) -> object:
    """How it stands; for the employer in counts rounded to fives, never persons."""
    return queries.redundancy(doors.caller(request), slug=slug)


@router.post(
    "/events/{slug}/invitation",
    response={201: answers.schema(actions.Invited)},
    by_alias=True,
    operation_id="openInvitation",
    summary="Make a code to hand out",
)
def invite(request: HttpRequest, slug: Slug) -> object:
    """A code for the employer's staff; an earlier one stops. Programme office."""
    return Status(201, actions.open_invitation(doors.caller(request), event=slug))


@router.get(
    "/events/{slug}/people",
    response=answers.schema(queries.JoinedList),
    by_alias=True,
    operation_id="listJoined",
    summary="Who joined, as numbers",
)
def joined(request: HttpRequest, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> object:
    """Numbers in order of joining, never ranked. Programme office."""
    return queries.joined_lines(doors.caller(request), event=slug, limit=limit, offset=offset)


@router.post(
    "/events/{slug}/people/{number}/look",
    response=answers.schema(actions.OpenedLine),
    by_alias=True,
    operation_id="lookAtJoined",
    summary="Open one line; the person sees the look",
)
def look(request: HttpRequest, slug: Slug, number: Number) -> object:
    """What one person shares for this placement, and what the latest plan says. Programme office."""
    return actions.open_line(doors.caller(request), event=slug, number=number)


@router.post(
    "/events/{slug}/plans",
    response={202: answers.schema(PlanAsked)},
    by_alias=True,
    operation_id="orderPlan",
    summary="Ask for a plan",
)
def order(request: HttpRequest, slug: Slug, body: ScenarioIn) -> object:
    """Ask a worker for a plan under these conditions. Programme office."""
    courses = None if body.courses is None else tuple(body.courses)
    scenario = drafts.Scenario(body.name, body.max_km, courses)
    return Status(202, PlanAsked(actions.order_plan(doors.caller(request), event=slug, scenario=scenario)))


@router.get(
    "/events/{slug}/plans",
    response=list[answers.schema(queries.RunItem)],
    by_alias=True,
    operation_id="listPlans",
    summary="Plans of a redundancy",
)
def plans(request: HttpRequest, slug: Slug, limit: Limit = 20) -> object:
    """Newest first. Programme office."""
    return list(queries.runs(doors.caller(request), event=slug, limit=limit))


@router.get(
    "/events/{slug}/plans/progress/{key}",
    response=answers.schema(queries.PlanProgress),
    by_alias=True,
    operation_id="getPlanProgress",
    summary="How far a plan is",
)
def progress(request: HttpRequest, slug: Slug, key: JobKey) -> object:
    """State and percentage of a plan that was asked for. Programme office."""
    return queries.plan_progress(doors.caller(request), event=slug, key=key)


@router.get(
    "/events/{slug}/comparison",
    response=answers.schema(queries.Comparison),
    by_alias=True,
    operation_id="compareScenarios",
    summary="Scenarios side by side",
)
def comparison(request: HttpRequest, slug: Slug) -> object:
    """The newest plan of every scenario. Programme office."""
    return queries.comparison(doors.caller(request), event=slug)


@router.get(
    "/plans/{number}",
    response=answers.schema(queries.PlanRunPage),
    by_alias=True,
    operation_id="getPlan",
    summary="One plan in counts and flows",
)
def plan(request: HttpRequest, number: Number) -> object:
    """Counts, flows, courses to open, bottlenecks and equal treatment, small groups hidden. Programme office."""
    return queries.run_page(doors.caller(request), id=number)


@router.post(
    "/plans/{number}/send",
    response=answers.schema(Sent),
    by_alias=True,
    operation_id="sendProposals",
    summary="Send proposals to the people themselves",
)
def send(request: HttpRequest, number: Number) -> object:
    """No employer learns of it before that person says yes. Programme office."""
    return Sent(actions.send_proposals(doors.caller(request), run=number))


@router.get(
    "/courses",
    response=list[answers.schema(queries.CourseItem)],
    by_alias=True,
    operation_id="listCourseOffers",
    summary="Candidate courses",
)
def courses(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> object:
    """By first day. Programme office, designers and coaches."""
    return list(queries.course_offers(doors.caller(request))[offset : offset + limit])


@router.post(
    "/courses",
    response={201: answers.schema(CourseKey)},
    by_alias=True,
    operation_id="addCourseOffer",
    summary="Put a course on the table",
)
def add_course(request: HttpRequest, body: CourseIn) -> object:
    """Programme office."""
    asked = body.model_dump() | {
        "gives": tuple((one.competence, one.level) for one in body.gives),
        "cost": Decimal(str(body.cost)),
        "cost_a_head": Decimal(str(body.cost_a_head)),
    }
    draft = drafts.CourseDraft(**asked)
    return Status(201, CourseKey(actions.add_course_offer(doors.caller(request), draft=draft)))
