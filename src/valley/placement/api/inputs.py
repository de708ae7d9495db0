"""What may a program send to the room ``placement``, and within which bounds?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Router, Schema
from ninja.params.functions import Path, Query
from pydantic import ConfigDict, Field

from valley.foundation import answers
from valley.placement import drafts

router = Router()
_NO_CONTROL = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
_SLUG = r"^[a-z0-9-]+$"
LARGEST_ID = 2**53 - 1
Slug = Annotated[str, Path(min_length=1, max_length=100, pattern=_SLUG)]
Code = Annotated[str, Path(min_length=1, max_length=32, pattern=r"^[a-z0-9]+$")]
JobKey = Annotated[str, Path(min_length=1, max_length=120, pattern=r"^[-a-zA-Z0-9_.:]+$")]
Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=100_000)]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Key = Annotated[str, Field(min_length=1, max_length=80, pattern=_SLUG)]
Tongue = Annotated[str, Field(max_length=3, pattern="^[a-z]*$")]
Cefr = Annotated[int, Field(ge=1, le=6)]
Day = Annotated[date, Field(strict=False)]
Contract = Literal["permanent", "fixed-term", "agency", "work-based-learning"]
Years = Literal["0-2", "2-5", "5-10", "10+"]


class _Input(Schema):
    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)


class RedundancyIn(_Input):
    """How many jobs end when; never whose."""

    organisation: Id
    jobs: Annotated[int, Field(ge=1, le=20_000)]
    from_on: Day
    until_on: Day
    roles: Annotated[list[Key], Field(max_length=drafts.ROLES_MOST)] = []
    note: Annotated[str, Field(max_length=drafts.NOTE, pattern=_NO_CONTROL)] = ""


class JoinIn(_Input):
    """What ends. Sending it is the consent: it shares competences, languages and wishes with the programme office."""

    hours: Annotated[int, Field(ge=1, le=60)]
    contract: Contract
    years: Years
    role: Annotated[str, Field(max_length=80, pattern=r"^[a-z0-9-]*$")] = ""
    wage: Annotated[float | None, Field(ge=5, le=300)] = None
    with_name: bool = False
    agree: Literal[True]


class ScenarioIn(_Input):
    """Conditions of a plan. Without kilometres everybody's own wish counts; without courses all on the table."""

    name: Annotated[str, Field(max_length=60, pattern=_NO_CONTROL)] = ""
    max_km: Annotated[int | None, Field(ge=1, le=400)] = None
    courses: Annotated[list[Key] | None, Field(max_length=drafts.COURSES_MOST)] = None


class GivesIn(_Input):
    """A competence that a course gives, up to a level."""

    competence: Id
    level: Annotated[int, Field(ge=1, le=4)]


class CourseIn(_Input):
    """A candidate course: a language with its level, or competences."""

    key: Key
    title: Annotated[str, Field(min_length=3, max_length=drafts.TITLE, pattern=_NO_CONTROL)]
    organisation: Id
    weeks: Annotated[int, Field(ge=1, le=104)]
    cost: Annotated[float, Field(ge=0, le=2_000_000)]
    cost_a_head: Annotated[float, Field(ge=0, le=100_000)] = 0
    least: Annotated[int, Field(ge=1, le=500)]
    most: Annotated[int, Field(ge=1, le=500)]
    taught_in: Annotated[str, Field(min_length=2, max_length=3, pattern="^[a-z]+$")]
    taught_cefr: Cefr = 2
    starts_on: Day
    gives: Annotated[list[GivesIn], Field(max_length=20)] = []
    language: Tongue = ""
    cefr: Annotated[int | None, Field(ge=1, le=6)] = None


class AnswerIn(_Input):
    """Yes or no to a proposal."""

    answer: Literal["yes", "no"]
