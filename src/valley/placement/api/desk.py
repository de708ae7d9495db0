"""What may a program of the programme office or an employer ask and do?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from ninja import Status

from valley.foundation import answers, doors
from valley.foundation.inputs import Limit, Offset, opened
from valley.placement import actions, drafts, queries
from valley.placement.api.inputs import CourseIn, JobKey, Number, RedundancyIn, ScenarioIn, Slug, router


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


@opened(router.get, "", list[answers.schema(queries.EventItem)], "listRedundancies", "Redundancies a desk may open")
def redundancies(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> object:
    """Newest first. Programme office: those it works on; recruiter or steward: those of the own employer."""
    return list(queries.redundancies(doors.caller(request))[offset : offset + limit])


@opened(router.post, "", {201: answers.schema(actions.Announced)}, "announceRedundancy", "Announce that jobs end")
def announce(request: HttpRequest, body: RedundancyIn) -> object:
    """How many jobs of which roles end when. Recruiter or steward of the employer, programme office."""
    draft = drafts.RedundancyDraft(**{**body.model_dump(), "roles": tuple(body.roles)})
    return Status(201, actions.announce_redundancy(doors.caller(request), draft=draft))


@opened(router.get, "/events/{slug}", answers.schema(queries.EventPage), "getRedundancy", "One redundancy")
def redundancy(request: HttpRequest, slug: Slug) -> object:
    """How it stands; for the employer in counts rounded to fives, never persons."""
    return queries.redundancy(doors.caller(request), slug=slug)


@opened(
    router.post,
    "/events/{slug}/invitation",
    {201: answers.schema(actions.Invited)},
    "openInvitation",
    "Make a code to hand out",
)
def invite(request: HttpRequest, slug: Slug) -> object:
    """A code for the employer's staff; an earlier one stops. Programme office."""
    return Status(201, actions.open_invitation(doors.caller(request), event=slug))


@opened(router.get, "/events/{slug}/people", answers.schema(queries.JoinedList), "listJoined", "Who joined, as numbers")
def joined(request: HttpRequest, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> object:
    """Numbers in order of joining, never ranked. Programme office."""
    return queries.joined_lines(doors.caller(request), event=slug, limit=limit, offset=offset)


@opened(
    router.post,
    "/events/{slug}/people/{number}/look",
    answers.schema(actions.OpenedLine),
    "lookAtJoined",
    "Open one line; the person sees the look",
)
def look(request: HttpRequest, slug: Slug, number: Number) -> object:
    """What one person shares for this placement, and what the latest plan says. Programme office."""
    return actions.open_line(doors.caller(request), event=slug, number=number)


@opened(router.post, "/events/{slug}/plans", {202: answers.schema(PlanAsked)}, "orderPlan", "Ask for a plan")
def order(request: HttpRequest, slug: Slug, body: ScenarioIn) -> object:
    """Ask a worker for a plan under these conditions. Programme office."""
    courses = None if body.courses is None else tuple(body.courses)
    scenario = drafts.Scenario(body.name, body.max_km, courses)
    return Status(202, PlanAsked(actions.order_plan(doors.caller(request), event=slug, scenario=scenario)))


@opened(router.get, "/events/{slug}/plans", list[answers.schema(queries.RunItem)], "listPlans", "Plans of a redundancy")
def plans(request: HttpRequest, slug: Slug, limit: Limit = 20) -> object:
    """Newest first. Programme office."""
    return list(queries.runs(doors.caller(request), event=slug, limit=limit))


@opened(
    router.get,
    "/events/{slug}/plans/progress/{key}",
    answers.schema(queries.PlanProgress),
    "getPlanProgress",
    "How far a plan is",
)
def progress(request: HttpRequest, slug: Slug, key: JobKey) -> object:
    """State and percentage of a plan that was asked for. Programme office."""
    return queries.plan_progress(doors.caller(request), event=slug, key=key)


@opened(
    router.get,
    "/events/{slug}/comparison",
    answers.schema(queries.Comparison),
    "compareScenarios",
    "Scenarios side by side",
)
def comparison(request: HttpRequest, slug: Slug) -> object:
    """The newest plan of every scenario. Programme office."""
    return queries.comparison(doors.caller(request), event=slug)


@opened(router.get, "/plans/{number}", answers.schema(queries.PlanRunPage), "getPlan", "One plan in counts and flows")
def plan(request: HttpRequest, number: Number) -> object:
    """Counts, flows, courses to open, bottlenecks and equal treatment, small groups hidden. Programme office."""
    return actions.open_plan(doors.caller(request), run=number)


@opened(
    router.post,
    "/plans/{number}/send",
    answers.schema(Sent),
    "sendProposals",
    "Send proposals to the people themselves",
)
def send(request: HttpRequest, number: Number) -> object:
    """No employer learns of it before that person says yes. Programme office."""
    return Sent(actions.send_proposals(doors.caller(request), run=number))


@opened(router.get, "/courses", list[answers.schema(queries.CourseItem)], "listCourseOffers", "Candidate courses")
def courses(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> object:
    """By first day. Programme office, designers and coaches."""
    return list(queries.course_offers(doors.caller(request))[offset : offset + limit])


@opened(router.post, "/courses", {201: answers.schema(CourseKey)}, "addCourseOffer", "Put a course on the table")
def add_course(request: HttpRequest, body: CourseIn) -> object:
    """Programme office."""
    asked = body.model_dump() | {
        "gives": tuple((one.competence, one.level) for one in body.gives),
        "cost": Decimal(str(body.cost)),
        "cost_a_head": Decimal(str(body.cost_a_head)),
    }
    draft = drafts.CourseDraft(**asked)
    return Status(201, CourseKey(actions.add_course_offer(doors.caller(request), draft=draft)))
