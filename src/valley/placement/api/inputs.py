"""What may a program send to the room ``placement``, and within which bounds?"""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Router
from ninja.params.functions import Path
from pydantic import Field

from valley.foundation import inputs
from valley.placement import drafts

router = Router()
_SLUG = r"^[a-z0-9-]+$"
Slug = Annotated[str, Path(min_length=1, max_length=100, pattern=_SLUG)]
Code = Annotated[str, Path(min_length=1, max_length=32, pattern=r"^[a-z0-9]+$")]
JobKey = Annotated[str, Path(min_length=1, max_length=120, pattern=r"^[-a-zA-Z0-9_.:]+$")]
Number = Annotated[int, Path(ge=1, le=2**53)]
Key = Annotated[str, Field(min_length=1, max_length=80, pattern=_SLUG)]
Tongue = Annotated[str, Field(max_length=3, pattern="^[a-z]*$")]
Cefr = Annotated[int, Field(ge=1, le=6)]
Contract = Literal["permanent", "fixed-term", "agency", "work-based-learning"]
Years = Literal["0-2", "2-5", "5-10", "10+"]


class RedundancyIn(inputs.Input):
    """How many jobs end when; never whose."""

    organisation: inputs.Id
    jobs: Annotated[int, Field(ge=1, le=20_000)]
    from_on: inputs.Day
    until_on: inputs.Day
    roles: Annotated[list[Key], Field(max_length=drafts.ROLES_MOST)] = []
    note: Annotated[str, Field(max_length=drafts.NOTE, pattern=inputs.PROSE)] = ""


class JoinIn(inputs.Input):
    """What ends. Sending it is the consent: it shares competences, languages and wishes with the programme office."""

    hours: Annotated[int, Field(ge=1, le=60)]
    contract: Contract
    years: Years
    role: Annotated[str, Field(max_length=80, pattern=r"^[a-z0-9-]*$")] = ""
    wage: Annotated[float | None, Field(ge=5, le=300)] = None
    with_name: bool = False
    agree: Literal[True]


class ScenarioIn(inputs.Input):
    """Conditions of a plan. Kilometres take the place of everybody's own limit; without courses all on the table."""

    name: Annotated[str, Field(max_length=60, pattern=inputs.PROSE)] = ""
    max_km: Annotated[int | None, Field(ge=1, le=400)] = None
    courses: Annotated[list[Key] | None, Field(max_length=drafts.COURSES_MOST)] = None


class GivesIn(inputs.Input):
    """A competence that a course gives, up to a level."""

    competence: inputs.Id
    level: inputs.Four


class CourseIn(inputs.Input):
    """A candidate course: a language with its level, or competences."""

    key: Key
    title: Annotated[str, Field(min_length=3, max_length=drafts.TITLE, pattern=inputs.PROSE)]
    organisation: inputs.Id
    weeks: Annotated[int, Field(ge=1, le=104)]
    cost: Annotated[float, Field(ge=0, le=2_000_000)]
    cost_a_head: Annotated[float, Field(ge=0, le=100_000)] = 0
    least: Annotated[int, Field(ge=1, le=500)]
    most: Annotated[int, Field(ge=1, le=500)]
    taught_in: Annotated[str, Field(min_length=2, max_length=3, pattern="^[a-z]+$")]
    taught_cefr: Cefr = 2
    starts_on: inputs.Day
    gives: Annotated[list[GivesIn], Field(max_length=20)] = []
    language: Tongue = ""
    cefr: Cefr | None = None


class AnswerIn(inputs.Input):
    """Yes or no to a proposal."""

    answer: Literal["yes", "no"]
