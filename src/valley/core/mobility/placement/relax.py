"""What would movers and offers look like if one condition were relaxed for everybody?

The definition behind every bottleneck and every "what if": changed inputs, given to the same planner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from math import ceil

from valley.core.mobility.overlap.change import Change, changed_profile
from valley.core.mobility.placement.field import SHIFT_FIELDS
from valley.core.mobility.placement.plan import Condition, Nearest, Relaxation
from valley.core.mobility.placement.shapes import Mover, Offer, require
from valley.core.profiles import Demand, Gives, Need, Profile, Spoken

EARLIEST = date.min  # evidence of no day: only the level matters here
KINDS = (*SHIFT_FIELDS, "language", "permit", "travel", "level", "competence", "hours", "start", "length")


def relaxed(
    movers: Sequence[Mover], offers: Sequence[Offer], relaxation: Relaxation
) -> tuple[tuple[Mover, ...], tuple[Offer, ...]]:
    """The same movers and offers with one condition relaxed; raises `InvalidPlacement` for an unknown kind.

    Thirty kilometres instead of twenty is ``Relaxation("travel", amount=10)``; a negative amount asks what a tighter
    limit would cost.

    >>> from valley.core.profiles import Limits
    >>> people, _ = relaxed([Mover(Profile(1, (), (), Limits(max_km=20)), 32)], [], Relaxation("travel", amount=10))
    >>> people[0].profile.limits.max_km
    30
    """
    known = relaxation.kind in KINDS
    require(known, f"one of {', '.join(KINDS)}", relaxation.kind, "Choose a kind of condition.")
    if relaxation.kind == "level":
        down = tuple(replace(offer, demand=_easier(offer.demand, relaxation.amount or 1)) for offer in offers)
        return tuple(movers), down
    change = _change(relaxation)
    return tuple(replace(mover, profile=change(mover.profile)) for mover in movers), tuple(offers)


def easing(nearest: Nearest) -> tuple[Relaxation, ...]:
    """The relaxations, one per condition, that together make the nearest offer fit.

    >>> easing(Nearest(9, (Condition("language", "de", 3),), (), (), None))
    (Relaxation(kind='language', subject='de', amount=3),)
    """
    return tuple(_eased(condition, nearest) for condition in nearest.conditions)


def _eased(condition: Condition, nearest: Nearest) -> Relaxation:
    if condition.kind != "travel":
        return Relaxation(condition.kind, condition.subject, condition.level)
    wanted = next(point.person for point in nearest.clashes if point.kind == "travel")
    own = wanted if isinstance(wanted, (int, float)) else 0.0
    return Relaxation("travel", amount=ceil((nearest.km or 0.0) - own))


def _easier(demand: Demand, steps: int) -> Demand:
    def down(need: Need) -> Need:
        return replace(need, level=max(1, need.level - steps))

    return replace(demand, needs=tuple(down(need) for need in demand.needs))


def _change(relaxation: Relaxation) -> Callable[[Profile], Profile]:
    kind, subject, amount = relaxation.kind, relaxation.subject, relaxation.amount
    if kind == "language":
        return lambda person: _speaking(person, str(subject), amount)
    if kind == "permit":
        return lambda person: replace(person, permits=person.permits | {str(subject)})
    if kind == "competence":
        return lambda person: _able(person, int(subject), amount)
    if kind == "travel":
        return lambda person: _farther(person, amount)
    fields: dict[str, dict[str, object]] = {
        "hours": {"hours_min": None, "hours_max": None},
        "start": {"starts_on": None},
        "length": {"months_min": None},
    }
    changed = fields[kind] if kind in fields else {SHIFT_FIELDS[kind]: True}
    return lambda person: replace(person, limits=replace(person.limits, **changed))


def _speaking(person: Profile, code: str, cefr: int) -> Profile:
    speaks = {one.code: one.cefr for one in person.spoken}
    speaks[code] = max(cefr, speaks.get(code, 0))
    return replace(person, spoken=tuple(Spoken(*one) for one in speaks.items()))


def _able(person: Profile, competence: int, level: int) -> Profile:
    day = max((held.on for held in person.has), default=EARLIEST)
    return changed_profile(person, Change(add=(Gives(competence, level),)), day)


def _farther(person: Profile, more: int) -> Profile:
    most = person.limits.max_km
    return person if most is None else replace(person, limits=replace(person.limits, max_km=max(0, most + more)))
