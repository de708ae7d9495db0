"""How does a program ask which openings fit its owner, and how does a desk's program read the region in numbers?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.params.functions import Path, Query
from pydantic import ConfigDict, Field

from valley.foundation import answers, doors
from valley.mobility import actions, queries
from valley.people import queries as people
from valley.work import queries as work

router = Router()
_NO_CONTROL = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
_KEY = r"^[a-z0-9-]*$"
LARGEST_ID = 2**53 - 1
Slug = Annotated[str, Path(min_length=1, max_length=120, pattern=r"^[-a-zA-Z0-9_]+$")]
JobKey = Annotated[str, Path(min_length=1, max_length=120, pattern=r"^[-a-zA-Z0-9_.:]+$")]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=100_000)]
Text = Annotated[str, Query(max_length=100, pattern=_NO_CONTROL, description="Words in title, role or employer.")]
PlaceKey = Annotated[str, Query(max_length=60, pattern=_KEY, description="Key of a place.")]
Km = Annotated[int | None, Query(alias="maxKm", ge=0, le=400, description="Kilometres from the place.")]
Hours = Annotated[int | None, Query(ge=1, le=48, description="Hours a week.")]
Code = Annotated[str, Query(max_length=3, pattern="^[a-z]*$", description="Language of the work, ISO 639.")]
Clashes = Annotated[bool, Query(alias="withoutClashes", description="Leave out what clashes with my wishes.")]
Level = Annotated[int, Field(ge=1, le=4)]
CompetenceId = Annotated[int, Field(ge=1, le=LARGEST_ID)]


class _Input(Schema):
    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)


class GainIn(_Input):
    """A competence gained, at a level."""

    competence: CompetenceId
    level: Level


class WeightIn(_Input):
    """Another weight for a need of the opening."""

    competence: CompetenceId
    weight: Annotated[float, Field(ge=0, le=100)]


class WhatIfIn(_Input):
    """A question: with these gained, without those asked, with other weights. Nothing is stored."""

    opening: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[-a-zA-Z0-9_]+$")]
    add: Annotated[list[GainIn], Field(max_length=40)] = []
    without_needs: Annotated[list[CompetenceId], Field(max_length=40)] = []
    weights: Annotated[list[WeightIn], Field(max_length=40)] = []


@dataclass(frozen=True, slots=True)
class RunAsked:
    """A sector run that was asked for; follow it by its key."""

    key: str


@router.get(
    "/me/openings",
    response=answers.schema(queries.MyOpenings),
    by_alias=True,
    operation_id="listMyOpenings",
    summary="My openings, ordered by fit",
)
def my_openings(
    request: HttpRequest,
    text: Text = "",
    place: PlaceKey = "",
    max_km: Km = None,
    hours: Hours = None,
    language: Code = "",
    without_clashes: Clashes = False,
    limit: Limit = 20,
    offset: Offset = 0,
) -> object:
    """Openings that are possible for me and those that are not yet, each with must-haves and practical points."""
    who = doors.caller(request)
    asked = work.OpeningFilter(text=text, place=place, km=max_km, hours=hours, language=language)
    filters = queries.FitFilter(asked, without_clashes)
    return queries.my_openings(who, person=people.own_person(who), filters=filters, limit=limit, offset=offset)


@router.get(
    "/me/openings/{slug}",
    response=answers.schema(queries.Explanation),
    by_alias=True,
    operation_id="explainMyOpening",
    summary="Why an opening fits me as it does",
)
def explanation(request: HttpRequest, slug: Slug) -> object:
    """Must-haves, fit and practical points apart; the points of the lines add up to the fit."""
    who = doors.caller(request)
    return queries.explanation(who, person=people.own_person(who), opening=slug)


@router.post(
    "/me/what-if",
    response=answers.schema(queries.WhatIf),
    by_alias=True,
    operation_id="askWhatIf",
    summary="What would change the fit",
)
def what_if(request: HttpRequest, question: WhatIfIn) -> object:
    """The explanation before and after a change; nothing is stored."""
    who = doors.caller(request)
    return queries.what_if(
        who,
        person=people.own_person(who),
        opening=question.opening,
        add=[(gain.competence, gain.level) for gain in question.add],
        without_needs=question.without_needs,
        weights={line.competence: line.weight for line in question.weights},
    )


@router.get(
    "/rule",
    auth=None,
    response=answers.schema(queries.Rule),
    by_alias=True,
    operation_id="getOrderingRule",
    summary="The rule that orders openings",
)
def rule(request: HttpRequest) -> object:
    """Formula and every constant, with the fingerprint of the rule in force."""
    return queries.rule(doors.caller(request))


@router.get(
    "/openings/{slug}/reach",
    response=answers.schema(queries.Reach),
    by_alias=True,
    operation_id="getOpeningReach",
    summary="How many people an opening reaches",
)
def reach(request: HttpRequest, slug: Slug) -> object:
    """Counts of groups for a desk of the organisation; hidden below five, rounded to fives, never persons."""
    return queries.opening_reach(doors.caller(request), slug=slug)


@router.get(
    "/sector-runs/latest",
    response=answers.schema(queries.SectorReport),
    by_alias=True,
    operation_id="getLatestSectorRun",
    summary="The region in numbers",
)
def latest(request: HttpRequest) -> object:
    """The latest sector run: reach of openings, what stops most people, languages. Programme office, municipality."""
    return queries.sector_report(doors.caller(request))


@router.post(
    "/sector-runs",
    response={202: answers.schema(RunAsked)},
    by_alias=True,
    operation_id="startSectorRun",
    summary="Ask for a sector run",
)
def start(request: HttpRequest) -> object:
    """Ask for a run; one that waits or works already is not asked for twice. Programme office."""
    return Status(202, RunAsked(actions.ask_for_run(doors.caller(request))))


@router.get(
    "/sector-runs/progress/{key}",
    response=answers.schema(queries.RunProgress),
    by_alias=True,
    operation_id="getSectorRunProgress",
    summary="How far a sector run is",
)
def progress(request: HttpRequest, key: JobKey) -> object:
    """State and percentage of a run that was asked for. Programme office."""
    return queries.run_progress(doors.caller(request), key=key)
