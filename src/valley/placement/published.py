"""Which counts of a plan may be kept and seen, so that nobody can work out a small group, also by subtraction?

Everything here is counts per group; what leaves is protected before it is stored. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from valley.core import disclosure
from valley.core.disclosure import THRESHOLD, TOTAL
from valley.core.mobility.placement import Condition, Plan
from valley.placement.snapshots import SAID_NO

ELSEWHERE = "elsewhere"
NOWHERE = "nowhere"
NO_ROLE = "other"
MOST_TARGETS = 12
"""Employers with a column of their own in the flows: more than that nobody can follow with the eye."""
Flow = tuple[str, str, int]


def result(plan: Plan, *, roles: Mapping[int, str], employers: Mapping[int, int], keys: Mapping[int, str]) -> Any:
    """The whole plan as JSON about groups. ``employers`` by offer, ``keys`` of courses by id, ``roles`` by person."""
    placed = [(one.mover, str(employers[one.offer]), one.course) for one in plan.assignments]
    moves = [(roles.get(mover) or NO_ROLE, target) for mover, target, _course in placed]
    moves += [(roles.get(one.mover) or NO_ROLE, NOWHERE) for one in plan.unplaced]
    taught = [(keys[course], target) for _mover, target, course in placed if course is not None]
    return {
        "placed": plan.placed,
        "total": plan.total,
        "broken": len(plan.broken),
        "promised": sum(one.promised for one in plan.assignments),
        "proof": [[one.goal, one.value, one.bound, one.gap] for one in plan.proof],
        "courses": [[keys[one.course], seen(one.size), one.cost] for one in plan.courses],
        "bottlenecks": [
            [one.relaxation.kind, one.relaxation.subject, one.relaxation.amount, one.more, one.most]
            for one in plan.bottlenecks
            if not str(one.relaxation.subject).startswith(SAID_NO)
        ],
        "reasons": reasons(plan),
        "blocks": blocks(plan),
        "treatment": [[row.kind, row.key, row.placed, row.total] for row in plan.treatment],
        "flows": flows(moves),
        "course_flows": flows(taught),
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
    """Conditions that stand between people without a place and their nearest opening, most people first."""
    counts: Counter[Condition] = Counter()
    for one in plan.unplaced:
        counts.update(set(one.nearest.conditions) if one.nearest else ())
    kept = [(c, n) for c, n in counts.items() if not str(c.subject).startswith(SAID_NO)]
    kept.sort(key=lambda pair: (-pair[1], pair[0].kind, str(pair[0].subject), pair[0].level))
    return [[c.kind, c.subject, c.level, seen(n)] for c, n in kept]


def flows(moves: Iterable[tuple[str, str]]) -> list[list[Any]]:
    """Source, target and people of each flow that may be seen, widest first; small ones together as ELSEWHERE.

    What is hidden of a source is the difference with its total, which is shown only where that tells no small group.

    >>> flows([("adviser", "7")] * 12 + [("adviser", "8")] * 3 + [("adviser", "9")] * 9)
    [['adviser', '7', 12], ['adviser', 'elsewhere', 12]]
    """
    table = Counter(moves)
    if not table:
        return []
    table = _merged(_merged(table, axis=1), axis=0)
    shown = disclosure.suppress({tuple(pair): people for pair, people in table.items()})
    seen: list[Flow] = []
    for source in sorted({pair[0] for pair in table}):
        own = {target: n for (s, target), n in shown.cells.items() if s == source and n and target != ELSEWHERE}
        seen += [(source, target, n) for target, n in own.items()]
        total = shown.totals.get((source, TOTAL))
        rest = 0 if total is None else total - sum(own.values())
        if rest >= THRESHOLD:
            seen.append((source, ELSEWHERE, rest))
    seen.sort(key=lambda flow: (-flow[2], flow[0], flow[1]))
    return [list(flow) for flow in seen]


def _merged(table: Counter[tuple[str, str]], *, axis: int) -> Counter[tuple[str, str]]:
    """Small rows or columns as one, and all beyond the widest twelve: no line of its own tells a small group."""
    totals: Counter[str] = Counter()
    for pair, people in table.items():
        totals[pair[axis]] += people
    ranked = sorted(totals, key=lambda key: (-totals[key], key))
    kept = [key for key in ranked if totals[key] >= THRESHOLD and key not in (ELSEWHERE, NO_ROLE)][:MOST_TARGETS]
    # The rest must be nobody or no small group itself: the smallest that is kept joins it where needed.
    while kept and 0 < sum(totals.values()) - sum(totals[key] for key in kept) < THRESHOLD:
        kept.pop()
    merged: Counter[tuple[str, str]] = Counter()
    for (source, target), people in table.items():
        pair = (
            source if axis == 1 or source in kept else NO_ROLE,
            target if axis == 0 or target in kept else ELSEWHERE,
        )
        merged[pair] += people
    return merged
