"""How does a program read dossiers, and how does a desk's program bring one in?"""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.params.functions import Path, Query
from pydantic import ConfigDict, Field

from valley.dossiers import actions, queries
from valley.foundation import answers, doors

router = Router()
_NO_CONTROL = r"^[^\x00-\x1f\x7f-\x9f]*$"
# Two characters of base64 more than the largest file needs.
_MOST_ENCODED = 7 * 1024 * 1024
Code = Annotated[str, Path(pattern="^[a-z0-9-]{1,40}$")]
Language = Annotated[str, Query(pattern="^(nl|en)$", description="Language of the answer.")]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=100_000)]


class DossierFile(Schema):
    """A dossier as a file: TOML, or a spreadsheet with one row per work process."""

    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)

    file_name: Annotated[str, Field(min_length=1, max_length=160, pattern=_NO_CONTROL)]
    content: Annotated[str, Field(max_length=_MOST_ENCODED, pattern=r"^[A-Za-z0-9+/]*={0,2}$", description="base64")]


class DossierEnd(Schema):
    """Which version of a dossier ends, and the first day on which it no longer holds."""

    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid")

    valid_from_on: date
    valid_until_on: date


@router.get(
    "",
    auth=None,
    response=list[answers.schema(queries.DossierLine)],
    by_alias=True,
    operation_id="listDossiers",
    summary="Qualification dossiers",
)
def dossiers(request: HttpRequest, language: Language = "nl", limit: Limit = 50, offset: Offset = 0) -> object:
    """Every version of every dossier: by code, the newest first."""
    return list(queries.dossiers(doors.caller(request).speaking(language))[offset : offset + limit])


@router.get(
    "/{code}",
    auth=None,
    response=answers.schema(queries.DossierPage),
    by_alias=True,
    operation_id="getDossier",
    summary="One qualification dossier",
)
def dossier(request: HttpRequest, code: Code, on: date | None = None, language: Language = "nl") -> object:
    """The version that holds on a day (today when none is given): parts, core tasks, work processes, competences."""
    return queries.dossier(doors.caller(request).speaking(language), code=code, on=on)


@router.get(
    "/{code}/diff",
    auth=None,
    response=answers.schema(queries.DossierDiff),
    by_alias=True,
    operation_id="compareDossiers",
    summary="Compare two versions of a dossier",
)
def diff(
    request: HttpRequest,
    code: Code,
    older_on: Annotated[date, Query(alias="olderOn", description="A day on which the older version holds.")],
    newer_on: Annotated[date, Query(alias="newerOn", description="A day on which the newer version holds.")],
    language: Language = "nl",
) -> object:
    """What was added, removed, named otherwise, and asked at another level."""
    who = doors.caller(request).speaking(language)
    return queries.dossier_diff(who, code=code, older_on=older_on, newer_on=newer_on)


@router.post(
    "",
    response={200: answers.schema(actions.Imported), 201: answers.schema(actions.Imported)},
    by_alias=True,
    operation_id="importDossier",
    summary="Import a qualification dossier",
)
def import_dossier(request: HttpRequest, body: DossierFile) -> object:
    """For the designer's and the programme office's desk. 200 when exactly this dossier was here already."""
    try:
        content = base64.b64decode(body.content, validate=True)
    except binascii.Error as error:
        step = _("Encode the bytes of the file once more.")
        raise actions.FileRefused(expected=_("a file in base64"), found=_("something else"), next_step=step) from error
    done = actions.import_dossier(doors.caller(request), file_name=body.file_name, content=content)
    return (201 if done.made else 200), done


@router.post(
    "/{code}/end",
    response=answers.schema(actions.Ended),
    by_alias=True,
    operation_id="endDossier",
    summary="End a version of a dossier",
)
def end_dossier(request: HttpRequest, code: Code, body: DossierEnd) -> object:
    """For the designer's and the programme office's desk. Cohorts that run on it keep it."""
    who = doors.caller(request)
    return actions.end_dossier(who, code=code, valid_from_on=body.valid_from_on, valid_until_on=body.valid_until_on)
