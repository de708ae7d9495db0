"""Do hours, travel, shifts, start and length agree, clash, or did somebody not say?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import TypeAlias

from valley.core.mobility.overlap.gate import asked_shifts, willing_shifts
from valley.core.profiles import Conditions, Limits, Place

Stated: TypeAlias = float | date | tuple[str, ...] | tuple[float | None, float | None] | tuple[date | None, date | None]

EARTH_KM = 6371.0088  # mean radius, IUGG
DETOUR = 1.3
"""Road kilometres per straight kilometre: local planning estimate. Published averages of this circuity lie between
1.2 and 1.5 for most countries (Ballou, Rahardja and Sakai 2002). Never shown without the word "estimate"."""


class State(StrEnum):
    """UNKNOWN is an invitation to ask, never a silent no."""

    OK = "ok"
    CLASH = "clash"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PracticalPoint:
    """One practical matter: ``kind`` is hours, travel, shifts, start or length; then both sides as they stated it.

    hours: (least, most) a week on both sides. travel: most kilometres wanted, and estimated kilometres. shifts: names.
    start: first free day, and (first, first-too-late) day. length: months. None is "not stated".
    """

    kind: str
    state: State
    person: Stated | None
    opening: Stated | None


def distance_km(here: Place | None, there: Place | None) -> float | None:
    """Estimated road distance in kilometres (great circle x 1.3); None when a place is not known.

    >>> maastricht, heerlen = (50.851, 5.691), (50.888, 5.979)
    >>> round(distance_km(maastricht, heerlen), 1)
    26.8
    """
    if here is None or there is None:
        return None
    (lat1, lon1), (lat2, lon2) = ((radians(value) for value in place) for place in (here, there))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return DETOUR * 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def practical(limits: Limits, conditions: Conditions) -> tuple[PracticalPoint, ...]:
    """The five points, always in the same order. A person who states no limit cannot clash.

    >>> [str(point.state) for point in practical(Limits(hours_min=32), Conditions(hours_max=24, months=12))]
    ['clash', 'ok', 'ok', 'ok', 'ok']
    """
    return (
        _hours(limits, conditions),
        _travel(limits, conditions),
        _shifts(limits, conditions),
        _start(limits, conditions),
        _length(limits, conditions),
    )


def _hours(limits: Limits, conditions: Conditions) -> PracticalPoint:
    wants, offers = (limits.hours_min, limits.hours_max), (conditions.hours_min, conditions.hours_max)
    too_few = limits.hours_min is not None and _above(limits.hours_min, conditions.hours_max)
    too_many = limits.hours_max is not None and _above(conditions.hours_min, limits.hours_max)
    unstated = (limits.hours_min is not None and conditions.hours_max is None) or (
        limits.hours_max is not None and conditions.hours_min is None
    )
    return PracticalPoint("hours", _state(too_few or too_many, unstated), wants, offers)


def _travel(limits: Limits, conditions: Conditions) -> PracticalPoint:
    km = distance_km(limits.place, conditions.place)
    if limits.max_km is None or (limits.home_work and conditions.home_work):
        return PracticalPoint("travel", State.OK, limits.max_km, km)
    return PracticalPoint("travel", _state(_above(km, limits.max_km), km is None), limits.max_km, km)


def _shifts(limits: Limits, conditions: Conditions) -> PracticalPoint:
    asked, willing = asked_shifts(conditions), willing_shifts(limits)
    return PracticalPoint("shifts", _state(not set(asked) <= set(willing), False), willing, asked)


def _start(limits: Limits, conditions: Conditions) -> PracticalPoint:
    window = (conditions.starts_from, conditions.starts_until)
    free = limits.starts_on
    too_late = free is not None and conditions.starts_until is not None and free >= conditions.starts_until
    unstated = free is not None and window == (None, None)
    return PracticalPoint("start", _state(too_late, unstated), free, window)


def _length(limits: Limits, conditions: Conditions) -> PracticalPoint:
    wants, offers = limits.months_min, conditions.months
    return PracticalPoint("length", _state(_above(wants, offers), wants is not None and offers is None), wants, offers)


def _above(value: float | None, limit: float | None) -> bool:
    return value is not None and limit is not None and value > limit


def _state(clash: bool, unknown: bool) -> State:
    return State.CLASH if clash else State.UNKNOWN if unknown else State.OK
