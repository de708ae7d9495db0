"""How does one frozen dataclass become a JSON document and a declared schema, the same for the API and the terminal?

Field names are written in lowerCamelCase (Dutch API Design Rules); dates in ISO 8601; enumerations by value.
"""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from ninja import Schema
from pydantic import ConfigDict, create_model


def camel(name: str) -> str:
    """lowerCamelCase of a snake_case name.

    >>> camel("starts_from_on")
    'startsFromOn'
    """
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def plain(value: Any) -> Any:
    """A value made of dicts, lists and scalars that ``json`` can write, from dataclasses, tuples, dates, numbers."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {camel(field.name): plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return [plain(item) for item in items]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (datetime, date)):
        # As pydantic writes it in the API: the three doors say the same moment with the same letters.
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, Decimal):
        return str(value)
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


class Answer(Schema):
    """Base of the schemas made from dataclasses: camelCase outside, snake_case inside, read from attributes."""

    model_config = ConfigDict(alias_generator=camel, populate_by_name=True, from_attributes=True)


@cache
def schema(of: type) -> type[Answer]:
    """The schema of a frozen dataclass, with the schemas of the dataclasses inside it."""
    hints = typing.get_type_hints(of)
    fields: dict[str, Any] = {field.name: (_declared(hints[field.name]), ...) for field in dataclasses.fields(of)}
    model = create_model(of.__name__, __base__=Answer, **fields)
    model.__doc__ = (of.__doc__ or "").strip().splitlines()[0] if of.__doc__ else ""
    return model


def _declared(hint: Any) -> Any:
    if dataclasses.is_dataclass(hint):
        return schema(typing.cast(type, hint))
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (tuple, list, frozenset, set):
        return list[_declared(arguments[0])] if arguments else list[Any]
    if origin in (types.UnionType, typing.Union):
        return typing.Union[tuple(_declared(argument) for argument in arguments)]  # noqa: UP007
    if origin is not None and issubclass(origin, Mapping):
        return dict[str, _declared(arguments[1])]
    return hint
