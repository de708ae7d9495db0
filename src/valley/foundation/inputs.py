"""What may a program send: which texts, keys, days and numbers, and how is an operation of the API declared?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field

from valley.foundation import answers

LINE = r"^[^\x00-\x1f\x7f]*$"
PROSE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""Text without control characters; on one line, or with line ends and tabs."""
Key = Annotated[str, Field(max_length=120, pattern=r"^[-a-zA-Z0-9_]+$")]
Day = Annotated[date, Field(strict=False)]
# A multipart form has no null: programs write an empty field, or the word.
FormDay = Annotated[Day | None, BeforeValidator(lambda said: None if said in ("", "null") else said)]
Id = Annotated[int, Field(ge=1, le=2**53)]
Four = Annotated[int, Field(ge=1, le=4)]
Version = Annotated[int, Field(ge=1, le=2**31)]
Limit = Annotated[int, Field(ge=1, le=100)]
Offset = Annotated[int, Field(ge=0, le=100_000)]
Spoken = Literal["", "nl", "en", "de"]


class Input(Schema):
    """What is sent: every field known, every field bounded."""

    model_config = ConfigDict(alias_generator=answers.camel, populate_by_name=True, extra="forbid", strict=True)


def opened(method: Any, path: str, answer: Any, name: str, summary: str, **options: Any) -> Any:
    """Declare an operation of the API: what it answers, its own name, and what it does in a few words."""
    return method(path, response=answer, by_alias=True, operation_id=name, summary=summary, **options)
