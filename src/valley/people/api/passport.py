"""How does a program read, change, export and erase the caller's own passport?"""

from __future__ import annotations

from typing import Annotated, Any

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import Field

from valley.core.errors import ValleyError
from valley.foundation import answers
from valley.people import actions, queries
from valley.people.api.routes import Day, Id, Input, Line, Note, Version, known_id, me, router


class SignInAgain(ValleyError):
    """Erasing needs a sign-in of the last minutes."""

    code = "sign-in-again"
    status = 403


PassportOut = answers.schema(queries.Passport)
Level = Annotated[int, Field(ge=1, le=4)]
Hours = Annotated[int | None, Field(ge=1, le=60)]


class NameIn(Input):
    """The name on a passport; empty for none. ``version`` is the passport's that was read."""

    name: Line = ""
    version: Annotated[int | None, Field(ge=0, le=2**31 - 1)] = None


class ClaimIn(Input):
    """One competence as the person says it. ``version`` is the claim's that was read, 0 for a new one."""

    level: Level
    said_on: Day | None = None
    note: Note = ""
    version: Version = 0


class StatementIn(Input):
    """One of several competences to state at once; what is there already is overwritten."""

    competence: Id
    level: Level
    said_on: Day | None = None


class StatementsIn(Input):
    """Several competences, all or none."""

    statements: Annotated[list[StatementIn], Field(min_length=1, max_length=400)]


class LanguageIn(Input):
    """A level from 1 (A1) to 6 (C2)."""

    cefr: Annotated[int, Field(ge=1, le=6)]


class WishesIn(Input):
    """When and where the person can work; null means: no limit. ``version`` is the one that was read, 0 for none."""

    hours_min: Hours = None
    hours_max: Hours = None
    place: Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]*$")] = ""
    max_km: Annotated[int | None, Field(ge=1, le=400)] = None
    evenings: bool = True
    weekends: bool = True
    nights: bool = False
    early: bool = True
    home_work: bool = True
    starts_on: Day | None = None
    months_min: Annotated[int | None, Field(ge=1, le=60)] = None
    permits: Annotated[list[Annotated[str, Field(max_length=30, pattern=r"^[a-z-]*$")]], Field(max_length=10)] = Field(
        default_factory=list
    )
    version: Version = 0


class EraseIn(Input):
    """The word that confirms: erase or verwijder."""

    confirm: Annotated[str, Field(min_length=1, max_length=20)]


@router.get("/me/passport", response=PassportOut, by_alias=True, operation_id="getMyPassport", summary="My passport")
def my_passport(request: HttpRequest) -> object:
    """The caller's own passport."""
    who, person = me(request)
    return queries.passport(who, person=person)


@router.post(
    "/me/passport",
    response={201: PassportOut},
    by_alias=True,
    operation_id="startMyPassport",
    summary="Start my passport",
)
def start(request: HttpRequest, body: NameIn) -> object:
    """A passport of one's own, empty at first."""
    who, _person = me(request)
    return 201, queries.passport(who, person=actions.start_passport(who, name=body.name))


@router.put("/me/name", response=PassportOut, by_alias=True, operation_id="renameMyPassport", summary="Change my name")
def rename(request: HttpRequest, body: NameIn) -> object:
    """The name on the passport."""
    who, person = me(request)
    actions.rename(who, person=person, name=body.name, version=body.version)
    return queries.passport(who, person=person)


@router.post(
    "/me/claims",
    response={201: PassportOut},
    by_alias=True,
    operation_id="stateMyCompetences",
    summary="State several competences",
)
def state_all(request: HttpRequest, body: StatementsIn) -> object:
    """All or none."""
    who, person = me(request)
    stated = [actions.Statement(s.competence, s.level, said_on=s.said_on) for s in body.statements]
    actions.state_competences(who, person=person, statements=stated)
    return 201, queries.passport(who, person=person)


@router.put(
    "/me/claims/{competence}",
    response=PassportOut,
    by_alias=True,
    operation_id="stateMyCompetence",
    summary="State or change one competence",
)
def state(request: HttpRequest, competence: int, body: ClaimIn) -> object:
    """One competence, with date and note."""
    who, person = me(request)
    statement = actions.Statement(
        known_id(competence), body.level, said_on=body.said_on, note=body.note, version=body.version
    )
    actions.state_competence(who, person=person, statement=statement)
    return queries.passport(who, person=person)


@router.delete(
    "/me/claims/{competence}",
    response=PassportOut,
    by_alias=True,
    operation_id="dropMyCompetence",
    summary="Take one competence out",
)
def drop(request: HttpRequest, competence: int) -> object:
    """With its note."""
    who, person = me(request)
    actions.drop_competence(who, person=person, competence=known_id(competence))
    return queries.passport(who, person=person)


@router.put(
    "/me/languages/{code}",
    response=PassportOut,
    by_alias=True,
    operation_id="stateMyLanguage",
    summary="State or change a language",
)
def state_language(request: HttpRequest, code: str, body: LanguageIn) -> object:
    """A language by its code, with a level."""
    who, person = me(request)
    actions.state_language(who, person=person, code=code, cefr=body.cefr)
    return queries.passport(who, person=person)


@router.delete(
    "/me/languages/{code}",
    response=PassportOut,
    by_alias=True,
    operation_id="dropMyLanguage",
    summary="Take a language out",
)
def drop_language(request: HttpRequest, code: str) -> object:
    """A language by its code."""
    who, person = me(request)
    actions.drop_language(who, person=person, code=code)
    return queries.passport(who, person=person)


@router.put("/me/wishes", response=PassportOut, by_alias=True, operation_id="stateMyWishes", summary="State my wishes")
def state_wishes(request: HttpRequest, body: WishesIn) -> object:
    """When and where the person can work."""
    who, person = me(request)
    asked: dict[str, Any] = {**body.dict(), "permits": tuple(body.permits)}
    chosen = actions.WishesChosen(**asked)
    actions.state_wishes(who, person=person, wishes=chosen)
    return queries.passport(who, person=person)


@router.put(
    "/me/consents/{purpose}",
    response=PassportOut,
    by_alias=True,
    operation_id="giveMyConsent",
    summary="Say yes to one purpose",
)
def give_consent(request: HttpRequest, purpose: str) -> object:
    """The one purpose today is ``sector-run``: being compared with all openings."""
    who, person = me(request)
    actions.give_consent(who, person=person, purpose=purpose)
    return queries.passport(who, person=person)


@router.delete(
    "/me/consents/{purpose}",
    response=PassportOut,
    by_alias=True,
    operation_id="withdrawMyConsent",
    summary="Take back a yes",
)
def withdraw_consent(request: HttpRequest, purpose: str) -> object:
    """At once."""
    who, person = me(request)
    actions.withdraw_consent(who, person=person, purpose=purpose)
    return queries.passport(who, person=person)


@router.get(
    "/me/export",
    response=answers.schema(queries.Export),
    by_alias=True,
    operation_id="exportMe",
    summary="Everything that is kept about me",
)
def export(request: HttpRequest) -> object:
    """The same document as on the web and at the terminal."""
    who, person = me(request)
    return actions.take_export(who, person=person)


@router.post(
    "/me/erasure",
    response=answers.schema(actions.Erased),
    by_alias=True,
    operation_id="eraseMe",
    summary="Erase my passport and account",
)
def erase(request: HttpRequest, body: EraseIn) -> object:
    """For good. A session must have signed in within the last minutes."""
    _require_fresh_sign_in(request)
    return actions.erase_account(me(request)[0], confirm=body.confirm)


def _require_fresh_sign_in(request: HttpRequest) -> None:
    """Refuse a session that did not sign in within the last minutes; a key was issued for a program to act alone."""
    if getattr(request, "api_token", None) is not None:
        return
    try:
        reauthentication_required(lambda _request: None)(request)
    except ReauthenticationRequired as error:
        raise SignInAgain(
            expected=_("a sign-in of the last minutes"), found=_("an older one"), next_step=_("Sign in again first.")
        ) from error
