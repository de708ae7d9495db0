"""Which router do the people operations hang on, and what may their inputs hold?"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import BeforeValidator, ConfigDict, Field

from valley.foundation import answers, doors
from valley.foundation.access import Caller
from valley.people import queries

router = Router()

LARGEST_ID = 2**31 - 1
_FULL_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$", re.ASCII)
_LINE = r"^[^\x00-\x1f\x7f-\x9f]*$"
_LINES = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*$"

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Day = Annotated[date, Field(strict=False), BeforeValidator(lambda value: _day(value))]
Line = Annotated[str, Field(max_length=120, pattern=_LINE)]
Note = Annotated[str, Field(max_length=1000, pattern=_LINES)]
Version = Annotated[int, Field(ge=0, le=LARGEST_ID)]
Limit = Annotated[int, Field(ge=1, le=100)]
Offset = Annotated[int, Field(ge=0, le=100_000)]


def _day(value: object) -> object:
    """Only a full date as text (RFC 3339): pydantic would also read a number as seconds since 1970."""
    if isinstance(value, str) and _FULL_DATE.match(value):
        return date.fromisoformat(value)
    raise ValueError("write the day as 2027-01-31")


class Input(Schema):
    """Base of what a program sends: camelCase, unknown fields refused."""

    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)


def me(request: HttpRequest) -> tuple[Caller, int]:
    """The caller and the own person; 0, which the gate answers with "not found", when there is no passport."""
    who = doors.caller(request)
    return who, queries.my_person(who) or 0


def known_id(number: int) -> int:
    """An id that a row can have, or 0, which no row has."""
    return number if 0 < number <= LARGEST_ID else 0
