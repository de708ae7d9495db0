"""Which counts of a plan may be kept and seen, so that nobody can work out a small group, also by subtraction?

Everything here is counts per group; what leaves is protected before it is stored. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from valley.core import disclosure
from valley.core.disclosure import THRESHOLD
from valley.core.mobility.placement import Condition, Plan
from valley.core.mobility.placement.flows import NO_ROLE, NOWHERE, flows
from valley.core.mobility.placement.treatment import apart
from valley.placement.snapshots import SAID_NO

OPEN_GOALS = ("kept", "placed")
"""Goals that count everybody; each of the others would tell of a few people, or of a small course."""
OF_COURSES = ("weeks", "cost")
NOTHING: Mapping[str, Any] = {
    "placed": None, "total": None, "bound": None, "gap": None, "cost": None, "broken": 0, "promised": 0, "proof": [],
    "courses": [], "bottlenecks": [], "reasons": [], "blocks": [], "treatment": [], "flows": [], "course_flows": [],
}  # fmt: skip
"""What may be seen of a plan for other people than those of today: beside the plan of today it would tell who left."""


def result(plan: Plan, *, roles: Mapping[int, str], employers: Mapping[int, int], keys: Mapping[int, str]) -> Any:
    """The whole plan as JSON about groups. ``employers`` by offer, ``keys`` of courses by id, ``roles`` by person."""
    placed = [(one.mover, str(employers[one.offer]), one.course) for one in plan.assignments]
    moves = [(roles.get(mover) or NO_ROLE, target) for mover, target, _course in placed]
    moves += [(roles.get(one.mover) or NO_ROLE, NOWHERE) for one in plan.unplaced]
    taught = [(keys[course], target) for _mover, target, course in placed if course is not None]
    sizes = {keys[one.course]: one.size for one in plan.courses}
    alone = apart(sizes)
    few = 0 < plan.placed < THRESHOLD
    hidden = {goal: few or (goal in OF_COURSES and len(alone) < len(sizes)) for goal in OF_COURSES}
    proof = next(one for one in plan.proof if one.goal == "placed")
    return {
        "placed": plan.placed,
        "total": plan.total,
        "bound": proof.bound,
        "gap": proof.gap,
        "cost": None if hidden["cost"] else sum(one.cost for one in plan.courses),
        "broken": len(plan.broken),
        "promised": sum(one.promised for one in plan.assignments),
        "proof": [
            [one.goal, None, None, one.gap]
            if one.goal not in OPEN_GOALS and hidden.get(one.goal, few)
            else [one.goal, one.value, one.bound, one.gap]
            for one in plan.proof
        ],
        "courses": [
            [key, sizes[key], one.cost] if key in alone else [key, None, None]
            for one in plan.courses
            for key in [keys[one.course]]
        ],
        "bottlenecks": [
            [one.relaxation.kind, one.relaxation.subject, one.relaxation.amount, one.more, one.most]
            for one in plan.bottlenecks
            if not str(one.relaxation.subject).startswith(SAID_NO)
        ],
        "reasons": reasons(plan),
        "blocks": blocks(plan),
        "treatment": [[row.kind, row.key, row.placed, row.total] for row in plan.treatment],
        "flows": [list(one) for one in flows(moves)],
        "course_flows": [list(one) for one in flows(taught)],
    }


def seen(people: int) -> int | None:
    """A count as it may be seen: None from one to four.

    >>> seen(0), seen(4), seen(5)
    (0, None, 5)
    """
    return None if 0 < people < THRESHOLD else people


def reasons(plan: Plan) -> list[list[Any]]:
    """Why people have no place, with their number; None where it is small or would tell a small one."""
    counts = Counter(one.reason for one in plan.unplaced)
    if not counts:
        return []
    shown = disclosure.suppress({(reason,): people for reason, people in counts.items()})
    return [[reason, shown.cells[reason,]] for reason in sorted(counts)]


def blocks(plan: Plan) -> list[list[Any]]:
    """Conditions that stand between people without a place and their nearest opening, most people first.

    A number is hidden where it, or the rest of the people without a place, is small.
    """
    counts: Counter[Condition] = Counter()
    for one in plan.unplaced:
        counts.update(set(one.nearest.conditions) if one.nearest else ())
    kept = [(c, n) for c, n in counts.items() if not str(c.subject).startswith(SAID_NO)]
    kept.sort(key=lambda pair: (-pair[1], pair[0].kind, str(pair[0].subject), pair[0].level))
    whole = len(plan.unplaced)
    return [[c.kind, c.subject, c.level, n if disclosure.remainder_safe(whole, n) else None] for c, n in kept]
