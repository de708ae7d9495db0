"""How does a program give and withdraw shares, and how does a desk's program open one?"""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from valley.foundation import answers, doors
from valley.people import actions, queries
from valley.people.api.routes import Day, Id, Input, Limit, Note, Offset, me, router

ShareOut = answers.schema(queries.ShareLine)
PurposeWord = Literal["orientation", "application", "training-advice"]
Part = Literal["name", "competences", "notes", "languages", "wishes"]


class ShareIn(Input):
    """Chosen parts for one reader, for one purpose, until (not including) a day."""

    reader: Id
    purpose: PurposeWord
    parts: Annotated[list[Part], Field(min_length=1, max_length=10)]
    ends_on: Day
    competences: Annotated[list[Id], Field(max_length=400)] = Field(default_factory=list)
    message: Note = ""


@router.get("/me/shares", response=list[ShareOut], by_alias=True, operation_id="listMyShares", summary="What I share")
def my_shares(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> object:
    """Every share, newest first, ended and withdrawn ones too."""
    who, person = me(request)
    return list(queries.shares(who, person=person)[offset : offset + limit])


@router.post(
    "/me/shares", response={201: ShareOut}, by_alias=True, operation_id="giveShare", summary="Share chosen parts"
)
def give(request: HttpRequest, body: ShareIn) -> object:
    """The share that was given."""
    who, person = me(request)
    offer = actions.ShareOffer(
        reader=body.reader,
        purpose=body.purpose,
        parts=tuple(body.parts),
        ends_on=body.ends_on,
        competences=tuple(body.competences),
        message=body.message,
    )
    key = actions.give_share(who, person=person, offer=offer)
    return 201, next(line for line in queries.shares(who, person=person) if line.key == key)


@router.delete(
    "/me/shares/{key}",
    response=ShareOut,
    by_alias=True,
    operation_id="withdrawShare",
    summary="Stop a share at once",
)
def withdraw(request: HttpRequest, key: str) -> object:
    """The share as it ended."""
    who, person = me(request)
    actions.withdraw_share(who, person=person, key=key)
    return next(line for line in queries.shares(who, person=person) if line.key == key)


@router.get(
    "/me/looks",
    response=list[answers.schema(queries.Look)],
    by_alias=True,
    operation_id="listLooks",
    summary="Who looked",
)
def my_looks(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> object:
    """Every look at a share, newest first."""
    who, person = me(request)
    return list(queries.looks(who, person=person)[offset : offset + limit])


@router.get(
    "/shared",
    response=list[answers.schema(queries.SharedRow)],
    by_alias=True,
    operation_id="listSharedWithDesk",
    summary="What is shared with a desk",
)
def shared_with_desk(
    request: HttpRequest,
    organisation: Id,
    limit: Limit = 50,
    offset: Offset = 0,
) -> object:
    """In order of arrival; never ranked. Names and contents stay shut."""
    rows = queries.shared_with_me(doors.caller(request), organisation=organisation)
    return list(rows[offset : offset + limit])


@router.post(
    "/shared/{key}/looks",
    response={201: answers.schema(queries.SharedPassport)},
    by_alias=True,
    operation_id="lookAtShare",
    summary="Open a share",
)
def look(request: HttpRequest, key: str) -> object:
    """The chosen parts. The look is in the log that the person reads, so this is a POST."""
    return 201, actions.look_at_share(doors.caller(request), key=key)
