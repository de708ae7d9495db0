"""What changed between two versions of a programme, so that the one and the change give the other?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal, TypeVar

from valley.core.curriculum.programme.shapes import Outcome, Unit, Version

Kind = Literal["added", "removed", "changed"]
_Part = TypeVar("_Part", Unit, Outcome)


@dataclass(frozen=True, slots=True)
class Change:
    """A unit or outcome that came, went or changed. ``fields`` names what differs; "unit" means that it moved."""

    kind: Kind
    what: Literal["unit", "outcome"]
    code: str
    before: Unit | Outcome | None
    after: Unit | Outcome | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """What a competence is taught to before and after, over the whole programme; 0 is not at all."""

    competence: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Diff:
    """Every change, units before outcomes, by code; competences whose level over the whole shifts, by id."""

    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]
    hours_before: tuple[int, int]
    hours_after: tuple[int, int]

    @property
    def empty(self) -> bool:
        """True when the two versions say the same."""
        return not self.changes


def diff(before: Version, after: Version) -> Diff:
    """The change from one version to another; hours are (guided, practice). Linear in units and outcomes.

    Units and outcomes are recognised by their code: an outcome with another code is another outcome.

    >>> old = Version((Unit("a", "A", guided_hours=10),))
    >>> new = Version((Unit("a", "A", guided_hours=12), Unit("b", "B")))
    >>> [(change.kind, change.code, change.fields) for change in diff(old, new).changes]
    [('changed', 'a', ('guided_hours',)), ('added', 'b', ())]
    """
    units = _compared("unit", before.units, after.units)
    outcomes = _compared("outcome", before.outcomes, after.outcomes)
    had, has = before.taught(), after.taught()
    shifts = (Shift(one, had.get(one, 0), has.get(one, 0)) for one in sorted(had.keys() | has.keys()))
    return Diff(
        changes=(*units, *outcomes),
        shifts=tuple(shift for shift in shifts if shift.before != shift.after),
        hours_before=(before.guided_hours, before.practice_hours),
        hours_after=(after.guided_hours, after.practice_hours),
    )


def _compared(
    what: Literal["unit", "outcome"], before: tuple[_Part, ...], after: tuple[_Part, ...]
) -> Iterable[Change]:
    had, has = {part.code: part for part in before}, {part.code: part for part in after}
    for code in sorted(had.keys() | has.keys()):
        old, new = had.get(code), has.get(code)
        if old is None:
            yield Change("added", what, code, None, new)
        elif new is None:
            yield Change("removed", what, code, old, None)
        elif old != new:
            yield Change("changed", what, code, old, new, _differing(old, new))


def _differing(old: _Part, new: _Part) -> tuple[str, ...]:
    return tuple(part.name for part in fields(old) if getattr(old, part.name) != getattr(new, part.name))


def applied(version: Version, change: Diff) -> Version:
    """The version after the change: ``applied(a, diff(a, b)) == b``.

    >>> old, new = Version((Unit("a", "A"),)), Version((Unit("b", "B"),))
    >>> applied(old, diff(old, new)) == new
    True
    """
    units: dict[str, Unit] = {unit.code: unit for unit in version.units}
    outcomes: dict[str, Outcome] = {outcome.code: outcome for outcome in version.outcomes}
    for one in change.changes:
        part = one.after
        if part is None:
            (units if one.what == "unit" else outcomes).pop(one.code, None)
        elif isinstance(part, Unit):
            units[one.code] = part
        else:
            outcomes[one.code] = part
    return Version(tuple(units.values()), tuple(outcomes.values()))


_OTHER: dict[Kind, Kind] = {"added": "removed", "removed": "added", "changed": "changed"}


def mirrored(change: Diff) -> Diff:
    """The way back: ``mirrored(diff(a, b)) == diff(b, a)``."""
    return Diff(
        tuple(
            Change(_OTHER[one.kind], one.what, one.code, one.after, one.before, one.fields) for one in change.changes
        ),
        tuple(Shift(one.competence, one.after, one.before) for one in change.shifts),
        change.hours_after,
        change.hours_before,
    )
