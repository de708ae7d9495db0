"""Which evidence, and what around it, goes into a red thread; and how does a computed one lie in the database?"""

from __future__ import annotations

import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from valley.core.curriculum.thread import shapes
from valley.evidence import snapshots as evidence
from valley.foundation import organisations
from valley.skills import snapshots as skills

STARTER = Path(__file__).resolve().parent / "starter"
Hours = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that one run is made from, with the :class:`Standing` of that moment."""

    lines: tuple[shapes.Line, ...]
    setting: shapes.Setting
    fingerprint: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """A state of the evidence and what is around it: what is counted higher than at a run came since."""

    fingerprint: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class HoursTable:
    """Guided hours by kind of competence and level 1 to 4; dated, with where they come from."""

    hours: Mapping[str, Hours]
    dated_on: date
    source_nl: str
    source_en: str


@cache
def hours_table() -> HoursTable:
    """The table that lies in the starter folder."""
    read = tomllib.loads((STARTER / "hours.toml").read_text("utf-8"))
    rows = {kind: typing.cast(Hours, tuple(row)) for kind, row in read["hours"].items()}
    return HoursTable(rows, read["dated_on"], read["source_nl"], read["source_en"])


def hours_of(ids: Iterable[int]) -> dict[int, Hours]:
    """Guided hours for competences, by their kind; one that the vocabulary does not know counts as a skill."""
    words, table = skills.vocabulary(), hours_table().hours
    return {pk: table[str(words.kind(pk))] for pk in sorted(set(ids))}


def inputs(*, on: date) -> Inputs:
    """The decided evidence of every employer on a day, and what is known around it."""
    pool = evidence.pool(on=on)
    asked = {line.competence for line in pool.lines} | set(pool.merges.values())
    wide, words = skills.standing(asked), skills.vocabulary()
    setting = shapes.Setting(
        merges=pool.merges,
        groups={pk: tuple(sorted(words.narrow_groups(pk))) for pk in sorted(asked)},
        jobs=_jobs(),
        hours=hours_of(asked),
        outside=wide.outside,
        reuse=wide.reuse,
        background=wide.asked,
    )
    now = standing(on=on)
    return Inputs(pool.lines, setting, now.fingerprint, {**now.counts, "undecided": pool.undecided})


def standing(*, on: date) -> Standing:
    """The fingerprint that :func:`inputs` would carry, and counters that only grow; for "is this run stale?"."""
    now = evidence.standing(on)
    counts = {"pieces": now.pieces, "withdrawn": now.withdrawn, "decisions": now.decisions, "merges": now.merges}
    around = (now.fingerprint, skills.vocabulary_fingerprint(), hours_table(), sorted(_jobs().items()))
    return Standing(sha256(repr(around).encode()).hexdigest(), counts)


def _jobs() -> dict[int, int]:
    return {one.id: one.jobs for one in organisations.partners() if one.jobs}


def policy_key(policy: shapes.Policy, *, fingerprint: str, on: date) -> str:
    """The same for two runs that would be the same: inputs, choices, and the month from which evidence is aged."""
    return sha256(repr((fingerprint, sorted(packed(policy).items()), on.isoformat()[:7])).encode()).hexdigest()


def packed(value: Any) -> Any:
    """A core value as JSON: dataclasses by field name, days as ISO 8601, keys as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: packed(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        pairs = typing.cast("Mapping[Any, Any]", value)
        return {str(key): packed(part) for key, part in pairs.items()}
    if isinstance(value, (tuple, list)):
        return [packed(part) for part in typing.cast("Iterable[Any]", value)]
    return value.isoformat() if isinstance(value, date) else value


def thread_of(result: Mapping[str, Any]) -> shapes.Thread:
    """The thread of a stored run, exactly as it was computed."""
    return _unpacked(shapes.Thread, result["thread"])


def policy_of(stored: Mapping[str, Any]) -> shapes.Policy:
    """The policy of a stored run."""
    return _unpacked(shapes.Policy, stored)


def _unpacked(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if is_dataclass(hint):
        known = _hints(typing.cast(type, hint))
        # A field that did not exist when the run was stored keeps its default: old runs stay readable.
        return typing.cast(Any, hint)(**{name: _unpacked(kind, value[name]) for name, kind in known if name in value})
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _unpacked(next(one for one in inside if one is not type(None)), value)
    if origin is tuple:
        kinds = [inside[0]] * len(value) if inside[-1] is Ellipsis else inside
        return tuple(_unpacked(kind, part) for kind, part in zip(kinds, value, strict=True))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        # By key: not every database gives the keys of a document back in the order in which they came.
        return {inside[0](key): _unpacked(inside[1], part) for key, part in sorted(value.items())}
    return date.fromisoformat(value) if hint is date else value


@cache
def _hints(of: type) -> tuple[tuple[str, Any], ...]:
    hints = typing.get_type_hints(of)
    return tuple((field.name, hints[field.name]) for field in fields(of))
