"""Why does this person have no seat: all taken, a course that does not open, or which conditions?"""

from __future__ import annotations

from collections import Counter

import numpy as np

from valley.core.mobility.overlap import State, distance_km
from valley.core.mobility.overlap.gate import must_haves
from valley.core.mobility.overlap.practical import practical
from valley.core.mobility.placement.field import PRACTICAL, Field, Judge
from valley.core.mobility.placement.plan import Blocked, Condition, Nearest, Unplaced

SHOWN = 12  # conditions listed per person: what stands alone in the way comes first, the rest is detail


def unplaced(field: Field, judge: Judge, mover: int) -> Unplaced:
    """The reason for one person, by place in the field."""
    fitting = int((field.blocks[mover] == 0).sum())
    places = enumerate(field.unlocked)
    courses = tuple(field.courses[place].id for place, table in places if table[mover].any())
    return Unplaced(
        mover=field.movers[mover].id,
        reason="no-seat" if fitting else "no-course" if courses else "conditions",
        fitting=fitting,
        courses=courses,
        nearest=_nearest(field, judge, mover),
        blocked=_blocked(field, mover),
    )


def _nearest(field: Field, judge: Judge, mover: int) -> Nearest | None:
    blocks, person = field.blocks[mover], field.movers[mover].profile
    least = blocks[blocks > 0].min(initial=np.iinfo(blocks.dtype).max)
    tied: list[int] = np.flatnonzero(blocks == least).tolist()
    if not tied:
        return None
    away = {one: distance_km(person.limits.place, field.offers[one].demand.conditions.place) for one in tied}
    place = min(tied, key=lambda one: (away[one] or 0.0, one))
    demand = field.offers[place].demand
    gates = must_haves(person, demand, judge.vocabulary, judge.policy.overlap)
    points = practical(person.limits, demand.conditions)
    return Nearest(
        offer=demand.id,
        conditions=tuple(field.asks[one].condition for one in np.flatnonzero(_between(field, mover)[:, place])),
        missing=tuple(gate for gate in gates if not gate.met),
        clashes=tuple(point for point in points if point.kind in PRACTICAL and point.state is State.CLASH),
        km=away[place],
    )


def _between(field: Field, mover: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Which question (row) stands between this person and which offer (column)."""
    return field.asked & field.lacks[mover][:, None]


def _blocked(field: Field, mover: int) -> tuple[Blocked, ...]:
    stands = _between(field, mover)
    alone = stands & (field.blocks[mover] == 1)[None, :]
    among: Counter[Condition] = Counter()
    sole: Counter[Condition] = Counter()
    for place in np.flatnonzero(stands.any(axis=1)).tolist():
        condition = field.asks[place].condition
        among[condition] += int(stands[place].sum())
        sole[condition] += int(alone[place].sum())
    order = sorted(among, key=lambda one: (-sole[one], -among[one], one.kind, str(one.subject), one.level))
    return tuple(Blocked(one, sole[one], among[one]) for one in order[:SHOWN])
