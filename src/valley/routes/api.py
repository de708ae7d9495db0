"""How does a program ask for chains, follow a route, and sign a part of it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.params.functions import Path, Query
from pydantic import ConfigDict, Field

from valley.chains import queries as chains
from valley.foundation import answers, doors
from valley.foundation.access import Caller
from valley.people import queries as people
from valley.routes import actions, queries

router = Router()
LARGEST_ID = 2**53 - 1
_NO_CONTROL = r"^[^\x00-\x1f\x7f-\x9f]*$"
_QUALIFICATION = r"^[a-z0-9-]+(/[A-Za-z0-9-]+)?$"
Key = Annotated[str, Path(min_length=1, max_length=32, pattern=r"^[a-z0-9]+$")]
ChangeId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Qualification = Annotated[str, Query(min_length=1, max_length=61, pattern=_QUALIFICATION)]
Most = Annotated[int, Query(ge=1, le=queries.MOST_CHAINS, description="Most chains.")]
Km = Annotated[int | None, Query(alias="maxKm", ge=0, le=400, description="As if I travelled so far.")]
Gap = Annotated[int | None, Query(alias="gapDays", ge=0, le=366, description="Most days between two jobs.")]
Starts = Annotated[date | None, Query(alias="startsOn", description="As if I started on this day.")]
Without = Annotated[int | None, Query(ge=1, le=LARGEST_ID, description="Id of an employer to leave out.")]
Language = Annotated[str, Query(max_length=3, pattern="^[a-z]*$", description="As if I spoke this, at `cefr`.")]
Cefr = Annotated[int | None, Query(ge=1, le=6, description="Level of that language, 1 (A1) to 6 (C2).")]
VersionQuery = Annotated[int | None, Query(ge=1, le=100_000, description="An older version.")]
OrganisationId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class _Input(Schema):
    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)


class SettingsIn(_Input):
    """What every route to a qualification must respect. ``version`` is the one that was read, 0 for none."""

    qualification: Annotated[str, Field(min_length=1, max_length=61, pattern=_QUALIFICATION)]
    starts_on: Annotated[date | None, Field(strict=False)] = None
    avoid: Annotated[list[OrganisationId], Field(max_length=20)] = []
    gap_days: Annotated[int, Field(ge=0, le=366)] = 0
    version: Annotated[int, Field(ge=0, le=LARGEST_ID)]


class RouteIn(_Input):
    """A chain by its key, from the answer to a question; the school asked; what school and partners may see."""

    qualification: Annotated[str, Field(min_length=1, max_length=61, pattern=_QUALIFICATION)]
    chain: Annotated[str, Field(min_length=16, max_length=16, pattern="^[a-f0-9]+$")]
    school: OrganisationId
    parts: Annotated[list[Annotated[str, Field(max_length=20, pattern="^[a-z]+$")]], Field(min_length=1, max_length=5)]
    max_km: Annotated[int | None, Field(ge=0, le=400)] = None
    gap_days: Annotated[int | None, Field(ge=0, le=366)] = None
    starts_on: Annotated[date | None, Field(strict=False)] = None
    without: Annotated[list[OrganisationId], Field(max_length=20)] = []


class SignIn(_Input):
    """The version that was looked at."""

    version: Annotated[int, Field(ge=1, le=100_000)]


class WhyIn(_Input):
    """A reason by its code."""

    why: Annotated[str, Field(min_length=1, max_length=30, pattern="^[a-z-]+$")]


class PracticeIn(_Input):
    """Practice in one work process that a school saw."""

    process: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[A-Za-z0-9-]+$")]
    hours: Annotated[int, Field(ge=0, le=5000)]
    proven: bool = False
    source: Annotated[str, Field(min_length=1, max_length=200, pattern=_NO_CONTROL)]
    seen_on: Annotated[date, Field(strict=False)]


@dataclass(frozen=True, slots=True)
class RouteMade:
    """A route that was proposed; follow it by its key."""

    key: str


def _own(request: HttpRequest, key: str, change: Callable[[Caller, int], object]) -> queries.RoutePage:
    who = doors.caller(request)
    person = people.own_person(who)
    change(who, person)
    return queries.route(who, person=person, key=key)


@router.get(
    "/qualifications",
    response=list[answers.schema(chains.QualificationChoice)],
    auth=None,
    by_alias=True,
    operation_id="listRouteQualifications",
    summary="Qualifications that chains can be computed for",
)
def qualifications(request: HttpRequest) -> tuple[chains.QualificationChoice, ...]:
    """Public: a plan is an assumption with a source, not about anybody."""
    return chains.qualifications(doors.caller(request))


@router.get(
    "",
    response=answers.schema(queries.RelayRoutes),
    by_alias=True,
    operation_id="relayRoutes",
    summary="Chains of jobs towards a diploma for me, or why there is none",
)
def relay_routes(
    request: HttpRequest,
    qualification: Qualification,
    k: Most = 3,
    without: Without = None,
    max_km: Km = None,
    gap_days: Gap = None,
    starts_on: Starts = None,
    language: Language = "",
    cefr: Cefr = None,
) -> queries.RelayRoutes:
    """Computed anew; nothing is stored."""
    who = doors.caller(request)
    question = queries.RouteQuestion(
        qualification=qualification,
        k=k,
        without=() if without is None else (without,),
        max_km=max_km,
        gap_days=gap_days,
        starts_on=starts_on,
        language=(language, cefr) if language and cefr else None,
    )
    return queries.relay_routes(who, person=people.own_person(who), question=question)


@router.put(
    "/settings",
    response=answers.schema(queries.RouteSettings),
    by_alias=True,
    operation_id="chooseRouteSettings",
    summary="What every route to a qualification must respect",
)
def settings(request: HttpRequest, given: SettingsIn) -> queries.RouteSettings:
    """The owner of the passport."""
    who = doors.caller(request)
    person = people.own_person(who)
    chosen = actions.SettingsChosen(given.starts_on, tuple(given.avoid), given.gap_days, given.version)
    actions.choose_settings(who, person=person, qualification=given.qualification, chosen=chosen)
    return queries.route_settings(who, person=person, qualification=given.qualification)


@router.post(
    "/routes",
    response={201: answers.schema(RouteMade)},
    by_alias=True,
    operation_id="proposeRoute",
    summary="Choose a chain: school and partners are asked to sign",
)
def propose(request: HttpRequest, given: RouteIn) -> Status:
    """The school sees the whole route, each partner its own job."""
    who = doors.caller(request)
    question = queries.RouteQuestion(
        qualification=given.qualification,
        without=tuple(given.without),
        max_km=given.max_km,
        gap_days=given.gap_days,
        starts_on=given.starts_on,
    )
    chosen = actions.RouteChosen(question, given.chain, given.school, tuple(given.parts))
    return Status(201, RouteMade(actions.propose_route(who, person=people.own_person(who), chosen=chosen)))


@router.get(
    "/routes",
    response=list[answers.schema(queries.RouteRow)],
    by_alias=True,
    operation_id="myRoutes",
    summary="My routes",
)
def my_routes(request: HttpRequest) -> tuple[queries.RouteRow, ...]:
    """Oldest first."""
    who = doors.caller(request)
    return queries.my_routes(who, person=people.own_person(who))


@router.get(
    "/routes/{key}",
    response=answers.schema(queries.RoutePage),
    by_alias=True,
    operation_id="myRoute",
    summary="One of my routes, in its current or an older version",
)
def my_route(request: HttpRequest, key: Key, version: VersionQuery = None) -> queries.RoutePage:
    """Links, signatures, and what changed and why."""
    who = doors.caller(request)
    return queries.route(who, person=people.own_person(who), key=key, version=version)


@router.post(
    "/routes/{key}/signature",
    response=answers.schema(queries.RoutePage),
    by_alias=True,
    operation_id="signWholeRoute",
    summary="The learner signs the whole",
)
def sign_whole(request: HttpRequest, key: Key, given: SignIn) -> queries.RoutePage:
    """After the school and every partner did."""
    return _own(
        request, key, lambda who, person: actions.sign_whole(who, person=person, route=key, version=given.version)
    )


@router.post(
    "/routes/{key}/stop",
    response=answers.schema(queries.RoutePage),
    by_alias=True,
    operation_id="stopRoute",
    summary="The learner stops the whole route",
)
def stop(request: HttpRequest, key: Key, given: WhyIn) -> queries.RoutePage:
    """Every share of it ends."""
    return _own(request, key, lambda who, person: actions.withdraw_route(who, person=person, route=key, why=given.why))


@router.post(
    "/routes/{key}/changes/{change}/acceptance",
    response=answers.schema(queries.RoutePage),
    by_alias=True,
    operation_id="acceptRouteChange",
    summary="The learner chooses the new chain",
)
def accept(request: HttpRequest, key: Key, change: ChangeId) -> queries.RoutePage:
    """A new version, to be signed by whoever is new."""
    return _own(request, key, lambda who, person: actions.accept_change(who, person=person, route=key, change=change))


@router.post(
    "/routes/{key}/links/{link}/leaving",
    response=answers.schema(queries.RoutePage),
    by_alias=True,
    operation_id="leaveRouteLink",
    summary="The learner leaves one job of the route",
)
def leave(request: HttpRequest, key: Key, link: Key, given: WhyIn) -> queries.RoutePage:
    """Another chain is looked for at once."""
    return _own(request, key, lambda who, person: actions.leave_link(who, person=person, link=link, why=given.why))


@router.get(
    "/school",
    response=list[answers.schema(queries.RouteRow)],
    by_alias=True,
    operation_id="schoolRoutes",
    summary="Routes shared with my school, in order of arrival",
)
def school_routes(request: HttpRequest) -> tuple[queries.RouteRow, ...]:
    """For its coach; never ranked, without a name."""
    return queries.school_routes(doors.caller(request))


@router.get(
    "/school-notices",
    response=list[answers.schema(queries.NoticeLine)],
    by_alias=True,
    operation_id="schoolNotices",
    summary="Routes that were shared with my school and ended",
)
def school_notices(request: HttpRequest) -> tuple[queries.NoticeLine, ...]:
    """For its coach: what happened and why, never whose."""
    return queries.school_notices(doors.caller(request))


@router.get(
    "/school/{key}",
    response=answers.schema(queries.RoutePage),
    by_alias=True,
    operation_id="schoolRoute",
    summary="A route shared with my school",
)
def school_route(request: HttpRequest, key: Key, version: VersionQuery = None) -> queries.RoutePage:
    """For its coach."""
    return queries.school_route(doors.caller(request), key=key, version=version)


@router.post(
    "/school/{key}/signature",
    response=answers.schema(queries.RoutePage),
    by_alias=True,
    operation_id="signTrainingPart",
    summary="The school signs the training part",
)
def sign_school(request: HttpRequest, key: Key, given: SignIn) -> queries.RoutePage:
    """For its coach."""
    who = doors.caller(request)
    actions.sign_training_part(who, route=key, version=given.version)
    return queries.school_route(who, key=key)


@router.post(
    "/school/{key}/practice",
    response=answers.schema(queries.RoutePage),
    by_alias=True,
    operation_id="signPractice",
    summary="The school signs for practice in a work process",
)
def sign_practice(request: HttpRequest, key: Key, given: PracticeIn) -> queries.RoutePage:
    """For its coach."""
    who = doors.caller(request)
    seen = actions.PracticeSeen(given.process, given.hours, given.proven, given.source, given.seen_on)
    actions.sign_practice(who, route=key, seen=seen)
    return queries.school_route(who, key=key)


@router.get(
    "/partner",
    response=answers.schema(queries.PartnerInbox),
    by_alias=True,
    operation_id="partnerLinks",
    summary="Links asked of my organisation, in order of arrival",
)
def partner_inbox(request: HttpRequest) -> queries.PartnerInbox:
    """For its recruiter or practical trainer; never ranked, without a name."""
    return queries.partner_inbox(doors.caller(request))


@router.get(
    "/partner/{key}",
    response=answers.schema(queries.PartnerLink),
    by_alias=True,
    operation_id="partnerLink",
    summary="One link asked of my organisation",
)
def partner_link(request: HttpRequest, key: Key) -> queries.PartnerLink:
    """Its own days and the frame around them; no other partner by name."""
    return queries.partner_link(doors.caller(request), key=key)


@router.post(
    "/partner/{key}/signature",
    response=answers.schema(queries.PartnerLink),
    by_alias=True,
    operation_id="signLink",
    summary="A partner signs its link",
)
def sign_link(request: HttpRequest, key: Key, given: SignIn) -> queries.PartnerLink:
    """The opening must be open and have a seat."""
    who = doors.caller(request)
    actions.sign_link(who, link=key, version=given.version)
    return queries.partner_link(who, key=key)


@router.post(
    "/partner/{key}/withdrawal",
    response=answers.schema(queries.PartnerLink),
    by_alias=True,
    operation_id="withdrawLink",
    summary="A partner takes back its link",
)
def withdraw_link(request: HttpRequest, key: Key, given: WhyIn) -> queries.PartnerLink:
    """With a reason about the work; another chain is looked for at once."""
    who = doors.caller(request)
    actions.withdraw_link(who, link=key, why=given.why)
    return queries.partner_link(who, key=key)
