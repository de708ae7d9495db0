"""How does a program have the red thread computed, read it, edit its core, and ask an employer's own share?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.params.functions import Path, Query
from pydantic import ConfigDict, Field

from valley.foundation import answers, doors, organisations
from valley.thread import actions, queries

router = Router()
LINE = r"^[^\x00-\x1f\x7f]*$"
LARGEST_ID = 2**53 - 1
Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Slug = Annotated[str, Path(min_length=1, max_length=80, pattern=r"^[-a-zA-Z0-9_]+$")]
JobKey = Annotated[str, Path(min_length=1, max_length=120, pattern=r"^[-a-zA-Z0-9_.:]+$")]
Employer = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[-a-zA-Z0-9_]+$")]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=100_000)]


class _Input(Schema):
    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)


class ThreadInput(_Input):
    """The choices of a run; ``without`` are slugs of employers to leave out."""

    level: Literal["leaf", "group"] = "leaf"
    budget: Annotated[int, Field(ge=1, le=2000)] = 15
    unit: Literal["count", "hours"] = "count"
    weighting: Literal["equal", "jobs", "texts"] = "equal"
    support: Annotated[int, Field(ge=2, le=50)] = 3
    without: Annotated[list[Employer], Field(max_length=100)] = []


class EditInput(_Input):
    """One edit beside the computed core; dropping and adding need a reason."""

    competence: Annotated[int, Field(ge=1, le=LARGEST_ID)]
    verdict: Literal["accept", "drop", "add", "undo"]
    reason: Annotated[str, Field(max_length=300, pattern=LINE)] = ""


class EditsInput(_Input):
    """Edits of the core, and the version of it that was looked at."""

    version: Annotated[int, Field(ge=1, le=LARGEST_ID)]
    edits: Annotated[list[EditInput], Field(min_length=1, max_length=200)]


@router.get(
    "/threads", response=answers.schema(queries.Runs), by_alias=True, operation_id="listThreadRuns",
    summary="Computed red threads",
)  # fmt: skip
def runs(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> object:
    """Runs, newest first. Designers and the programme office."""
    return queries.runs(doors.caller(request), limit=limit, offset=offset)


@router.post(
    "/threads", response={200: answers.schema(queries.RunPage), 202: answers.schema(actions.Ordered)},
    by_alias=True, operation_id="computeThread", summary="Compute the red thread",
)  # fmt: skip
def compute(request: HttpRequest, asked: ThreadInput) -> object:
    """The run, or, with much evidence, the key of the job that makes it. The same inputs give the run that is there."""
    who = doors.caller(request)
    said: dict[str, Any] = asked.dict() | {"without": tuple(asked.without)}
    ordered = actions.order_thread(who, asked=actions.ThreadAsked(**said))
    if ordered.run is None:
        return Status(202, ordered)
    return Status(200, queries.run(who, id=ordered.run))


@router.get(
    "/thread-jobs/{key}", response=answers.schema(queries.ThreadProgress), by_alias=True,
    operation_id="getThreadProgress", summary="How far a red thread is",
)  # fmt: skip
def progress(request: HttpRequest, key: JobKey) -> object:
    """State of a run that a worker computes, and its number once it is there."""
    return queries.progress(doors.caller(request), key=key)


@router.get(
    "/threads/{run}", response=answers.schema(queries.RunPage), by_alias=True, operation_id="getThreadRun",
    summary="One red thread",
)  # fmt: skip
def run(request: HttpRequest, run: Id) -> object:
    """The core with its edits, and every test that tried to break it."""
    return queries.run(doors.caller(request), id=run)


@router.get(
    "/threads/{run}/items/{competence}", response=answers.schema(queries.ItemPage), by_alias=True,
    operation_id="getThreadItem", summary="One item of a red thread",
)  # fmt: skip
def item(request: HttpRequest, run: Id, competence: Id) -> object:
    """Who asks it, in which sentences, and what happens without each of them."""
    return queries.item(doors.caller(request), run=run, competence=competence)


@router.get(
    "/threads/{run}/employers", response=answers.schema(queries.EmployersPage), by_alias=True,
    operation_id="listThreadEmployers", summary="Every employer against the core",
)  # fmt: skip
def employers(request: HttpRequest, run: Id) -> object:
    """Covered, not covered, and its own to teach, in guided hours."""
    return queries.employers(doors.caller(request), run=run)


@router.get(
    "/threads/{run}/without", response=answers.schema(queries.WithoutPage), by_alias=True,
    operation_id="listThreadLeftOut", summary="What every employer changes",
)  # fmt: skip
def without(request: HttpRequest, run: Id) -> object:
    """The core without every single employer."""
    return queries.without(doors.caller(request), run=run)


@router.get(
    "/threads/{run}/history", response=answers.schema(queries.HistoryPage), by_alias=True,
    operation_id="listCoreEdits", summary="Every edit of a core",
)  # fmt: skip
def history(request: HttpRequest, run: Id) -> object:
    """Who changed what, and why, newest first."""
    return queries.history(doors.caller(request), run=run)


@router.post(
    "/cores/{core}/edits", response=answers.schema(queries.RunPage), by_alias=True, operation_id="editCore",
    summary="Edit a core beside its computed result",
)  # fmt: skip
def edit(request: HttpRequest, core: Id, asked: EditsInput) -> object:
    """All edits or none; 409 tells what somebody else saved meanwhile."""
    drafts = [actions.CoreEditDraft(**one.dict()) for one in asked.edits]
    return actions.edit_core(doors.caller(request), core=core, version=asked.version, edits=drafts)


@router.get(
    "/shares/{slug}", response=answers.schema(queries.OwnShare), by_alias=True, operation_id="getOwnShare",
    summary="An employer's own share of the core",
)  # fmt: skip
def share(request: HttpRequest, slug: Slug) -> object:
    """Its own coverage and residue beside the pooled core. Desks of that employer, and the programme office."""
    partner = organisations.partner(slug=slug)
    return queries.own_share(doors.caller(request), organisation=partner.id)


@router.get(
    "/shares/{slug}/items/{competence}", response=answers.schema(queries.OwnItem), by_alias=True,
    operation_id="getOwnItem", summary="An employer's own sentences for a competence",
)  # fmt: skip
def own_item(request: HttpRequest, slug: Slug, competence: Id) -> object:
    """Never a sentence of anybody else."""
    partner = organisations.partner(slug=slug)
    return queries.own_item(doors.caller(request), organisation=partner.id, competence=competence)
