"""How does a program ask what a text asks, and say that a name is a system?"""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from valley.core.skills.text import LONGEST
from valley.foundation import answers, doors, organisations
from valley.foundation.inputs import LINE, PROSE, Day, Input, Key, Limit, Offset, Spoken, opened
from valley.reading import actions, queries

router = Router()
Words = Annotated[str, Field(max_length=LONGEST, pattern=PROSE)]


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


Added = answers.schema(queries.Added)


@opened(router.get, "/system-names", list[answers.schema(queries.SystemLine)], "systemNames", "Names that are systems")
def _systems(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    return list(queries.system_names(doors.caller(request))[offset : offset + limit])


@opened(router.post, "/system-names", {201: Added}, "addSystemName", "Say that a name is a system")
def _add_system(request: HttpRequest, body: SystemInput) -> Any:
    owner = organisations.partner(slug=body.organisation).id if body.organisation else None
    said = {"name": body.name, "tool_class": body.tool_class, "on": body.seen_on}
    made = actions.add_system_name(doors.caller(request), organisation=owner, **said)
    return Status(201, queries.Added(made))


@opened(router.post, "/proposals", answers.schema(queries.Proposed), "propose", "What a text asks; nothing is kept")
def _propose(request: HttpRequest, body: ProposeInput) -> Any:
    return queries.proposed(doors.caller(request), text=body.text, language=body.language)
