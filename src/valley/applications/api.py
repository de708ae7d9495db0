"""What may a program ask about applications: the person's own, and a desk's in order of arrival?"""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Path, Query
from pydantic import Field

from valley.applications import actions, queries
from valley.applications.words import ENDINGS, REASONS
from valley.foundation import answers, doors, inputs
from valley.foundation.access import Caller
from valley.people import queries as people

router = Router()
Slug = Annotated[str, Path(min_length=1, max_length=120, pattern=r"^[-a-zA-Z0-9_]+$")]
OrganisationId = Annotated[int, Path(ge=1, le=2**31 - 1)]
OfOrganisation = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="An employer; without it all together.")]
CompetenceId = Annotated[int, Field(ge=1, le=2**31 - 1)]
Part = Literal["name", "competences", "notes", "languages", "wishes"]
Reason = Literal[*REASONS]  # type: ignore[valid-type]
Ending = Literal[*ENDINGS]  # type: ignore[valid-type]


class ApplyIn(inputs.Input):
    """The chosen view, until (not including) a day. Competences empty: all of them."""

    opening: inputs.Key
    parts: Annotated[list[Part], Field(min_length=1, max_length=10)]
    ends_on: inputs.Day
    competences: Annotated[list[CompetenceId], Field(max_length=400)] = Field(default_factory=list)
    message: Annotated[str, Field(max_length=1000, pattern=inputs.PROSE)] = ""
    agree_to_keep: bool = False


class PreviewIn(inputs.Input):
    """A choice of parts, before anything is shared."""

    opening: inputs.Key
    parts: Annotated[list[Part], Field(min_length=1, max_length=10)]
    competences: Annotated[list[CompetenceId], Field(max_length=400)] = Field(default_factory=list)


class KeepIn(inputs.Input):
    """The person's own yes or no to keeping it until the share ends."""

    agree: bool


class MoveIn(inputs.Input):
    """The next state, with a coded reason when turning down, and the version that was read."""

    to: Literal["in-talk", "offered", "hired", "turned-down"]
    version: inputs.Version
    reason: Reason | Literal[""] = ""  # pyright: ignore[reportInvalidTypeForm]


class EndIn(inputs.Input):
    """Why the procedure ends for everybody who waits."""

    reason: Ending  # pyright: ignore[reportInvalidTypeForm]


def _me(request: HttpRequest) -> tuple[Caller, int]:
    """The caller and the own person; 0, which the gate answers with "not found", without a passport."""
    who = doors.caller(request)
    return who, people.my_person(who) or 0


MyOut = answers.schema(queries.MyApplication)
DeskOut = answers.schema(queries.DeskApplication)


@inputs.opened(router.get, "/mine", list[MyOut], "listMyApplications", "My applications")
def mine(request: HttpRequest, limit: inputs.Limit = 50, offset: inputs.Offset = 0) -> object:
    """Newest first, with who looked, when, and when each is removed."""
    who, person = _me(request)
    return list(queries.my_applications(who, person=person)[offset : offset + limit])


@inputs.opened(router.post, "/mine", {201: MyOut}, "applyWithShare", "Apply by sharing a chosen view")
def apply(request: HttpRequest, body: ApplyIn) -> object:
    """The application as it was sent."""
    who, person = _me(request)
    view = actions.ChosenView(
        parts=tuple(body.parts),
        ends_on=body.ends_on,
        competences=tuple(body.competences),
        message=body.message,
        agree_to_keep=body.agree_to_keep,
    )
    key = actions.apply_with_share(who, person=person, opening=body.opening, view=view)
    return 201, queries.my_application(who, person=person, key=key)


@inputs.opened(
    router.post,
    "/previews",
    {200: answers.schema(queries.ApplicationPreview)},
    "previewApplication",
    "Exactly what an employer would see",
)
def preview(request: HttpRequest, body: PreviewIn) -> object:
    """Nothing is stored or shared."""
    who, person = _me(request)
    return 200, queries.preview(
        who, person=person, opening=body.opening, parts=tuple(body.parts), competences=tuple(body.competences)
    )


@inputs.opened(router.get, "/mine/{key}", MyOut, "readMyApplication", "One of my applications")
def one(request: HttpRequest, key: Slug) -> object:
    """One application of the person."""
    who, person = _me(request)
    return queries.my_application(who, person=person, key=key)


@inputs.opened(router.delete, "/mine/{key}", MyOut, "withdrawApplication", "Stop an application at once")
def withdraw(request: HttpRequest, key: Slug) -> object:
    """The application as it was stopped."""
    who, person = _me(request)
    actions.withdraw_application(who, person=person, key=key)
    return queries.my_application(who, person=person, key=key)


@inputs.opened(router.put, "/mine/{key}/keeping", MyOut, "keepApplication", "Let an application be kept longer, or not")
def keep(request: HttpRequest, key: Slug, body: KeepIn) -> object:
    """The application with the new day of removal."""
    who, person = _me(request)
    actions.keep_longer(who, person=person, key=key, agree=body.agree)
    return queries.my_application(who, person=person, key=key)


@inputs.opened(
    router.get,
    "/desks/{organisation}",
    answers.schema(queries.DeskPage),
    "listOpeningsWithApplications",
    "Openings with applications",
)
def desk(request: HttpRequest, organisation: OrganisationId) -> object:
    """For the recruiter of the organisation, with a second factor."""
    return queries.desk(doors.caller(request), organisation=organisation)


@inputs.opened(
    router.get,
    "/desks/{organisation}/openings/{slug}",
    answers.schema(queries.DeskList),
    "listApplications",
    "Applications for an opening, in order of arrival",
)
def applications(request: HttpRequest, organisation: OrganisationId, slug: Slug) -> object:
    """In order of arrival and in no other; names and contents stay shut."""
    return queries.applications_for(doors.caller(request), organisation=organisation, opening=slug)


@inputs.opened(
    router.post,
    "/desks/{organisation}/openings/{slug}/end",
    answers.schema(queries.DeskList),
    "endProcedure",
    "End the procedure of an opening",
)
def end(request: HttpRequest, organisation: OrganisationId, slug: Slug, body: EndIn) -> object:
    """The list as it ended; everything is removed in four weeks."""
    who = doors.caller(request)
    actions.end_procedure(who, organisation=organisation, opening=slug, reason=body.reason)
    return queries.applications_for(who, organisation=organisation, opening=slug)


@inputs.opened(
    router.post,
    "/desks/{organisation}/applications/{key}/looks",
    {201: answers.schema(actions.OpenedApplication)},
    "lookAtApplication",
    "Open an application",
)
def look(request: HttpRequest, organisation: OrganisationId, key: Slug) -> object:
    """What the person shared. The look is in the log that the person reads, so this is a POST."""
    return 201, actions.look_at_application(doors.caller(request), organisation=organisation, key=key)


@inputs.opened(
    router.post, "/desks/{organisation}/applications/{key}/moves", DeskOut, "moveApplication", "Move an application on"
)
def move(request: HttpRequest, organisation: OrganisationId, key: Slug, body: MoveIn) -> object:
    """The application in its new state."""
    who = doors.caller(request)
    step = actions.Move(to=body.to, version=body.version, reason=body.reason)
    return actions.move_application(who, organisation=organisation, key=key, move=step)


@inputs.opened(
    router.get, "/figures", answers.schema(queries.Figures), "readProcedureFigures", "How procedures ended, in numbers"
)
def figures(request: HttpRequest, organisation: OfOrganisation = None) -> object:
    """Per finished quarter and reason; small counts are hidden."""
    return queries.procedure_figures(doors.caller(request), organisation=organisation)
