"""How does a program ask what a text asks, and say that a name is a system?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from valley.core.skills.text import LONGEST
from valley.foundation import answers, doors, organisations
from valley.reading import actions, queries

router = Router()
LINE = r"^[^\x00-\x1f\x7f]*$"
PROSE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
Key = Annotated[str, Field(max_length=120, pattern=r"^[-a-zA-Z0-9_]+$")]
Day = Annotated[date, Field(strict=False)]
Limit = Annotated[int, Field(ge=1, le=100)]
Offset = Annotated[int, Field(ge=0, le=100_000)]
Words = Annotated[str, Field(max_length=LONGEST, pattern=PROSE)]
Spoken = Literal["", "nl", "en", "de"]


class Input(Schema):
    """What is sent: every field known, every field bounded."""

    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)


class SystemInput(Input):
    """A name that is a system and never a competence; of everyone, or of one organisation."""

    name: str = Field(min_length=2, max_length=120, pattern=LINE)
    tool_class: Key
    seen_on: Day
    organisation: Key | None = None


class ProposeInput(Input):
    """A text to read and not to keep."""

    text: Words
    language: Spoken = ""


def _open(method: Any, path: str, answer: Any, name: str, summary: str, **options: Any) -> Any:
    return method(path, response=answer, by_alias=True, operation_id=name, summary=summary, **options)


Added = answers.schema(queries.Added)


@_open(router.get, "/system-names", list[answers.schema(queries.SystemLine)], "systemNames", "Names that are systems")
def _systems(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    return list(queries.system_names(doors.caller(request))[offset : offset + limit])


@_open(router.post, "/system-names", {201: Added}, "addSystemName", "Say that a name is a system")
def _add_system(request: HttpRequest, body: SystemInput) -> Any:
    owner = organisations.partner(slug=body.organisation).id if body.organisation else None
    said = {"name": body.name, "tool_class": body.tool_class, "on": body.seen_on}
    made = actions.add_system_name(doors.caller(request), organisation=owner, **said)
    return Status(201, queries.Added(made))


@_open(router.post, "/proposals", answers.schema(queries.Proposed), "propose", "What a text asks; nothing is kept")
def _propose(request: HttpRequest, body: ProposeInput) -> Any:
    return queries.proposed(doors.caller(request), text=body.text, language=body.language)
