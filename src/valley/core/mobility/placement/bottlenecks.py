"""Which condition keeps how many people out: what does a new plan place when that one condition is relaxed?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from valley.core.mobility.placement.columns import Columns, Whole, columns
from valley.core.mobility.placement.field import SHIFT_FIELDS, Field, Judge, eased_field, field_of
from valley.core.mobility.placement.plan import Assignment, Bottleneck, Relaxation
from valley.core.mobility.placement.problem import Problem, problem
from valley.core.mobility.placement.relax import relaxed
from valley.core.mobility.placement.stages import Progress, climb

FARTHER = 10  # kilometres one way: product decision (journey 4, "30 km instead of 20")

SHARE = 0.4  # of the time left that one re-solve may take: most need little, a few need much


def relaxations(field: Field) -> tuple[Relaxation, ...]:
    """Every condition that stands between a mover and an offer, as something to relax, sorted.

    Languages at each level asked, shifts, ten kilometres more, levels one lower, hours, permits, start and length.
    """
    blocking = [field.asks[place].condition for place in np.flatnonzero(field.lacks.any(axis=0))]
    found: set[Relaxation] = set()
    for one in blocking:
        if one.kind == "language":
            found.add(Relaxation("language", one.subject, one.level))
        elif one.kind == "permit":
            found.add(Relaxation("permit", one.subject))
        elif one.kind == "competence":
            found.add(Relaxation("level", amount=1))
        else:
            found.add(Relaxation(one.kind, amount=FARTHER if one.kind == "travel" else 0))
    return tuple(sorted(found, key=_order))


def _order(one: Relaxation) -> tuple[int, str, int]:
    kinds = ("language", *SHIFT_FIELDS, "travel", "level", "hours", "permit", "start", "length")
    return kinds.index(one.kind), str(one.subject), one.amount


def bottlenecks(
    field: Field, assignments: Sequence[Assignment], judge: Judge, progress: Progress
) -> tuple[Bottleneck, ...]:
    """How many more each relaxation places, by a re-solve of promises and people placed; sorted as `relaxations`.

    ``assignments`` are the plan's, where each re-solve starts. Who could follow a course before still may, so a
    relaxation never places fewer. Each re-solve may take a part of the time left; out of time, ``most`` is what is
    still possible.
    """
    asked = relaxations(field) if len(assignments) < len(field.movers) else ()
    left = judge.policy.bottleneck_seconds
    found: list[Bottleneck] = []
    for place, one in enumerate(asked):
        progress(f"bottleneck:{one.kind}", place, len(asked))
        more, most, spent = _resolved(_eased(field, one, judge), assignments, left * SHARE)
        left = max(0.0, left - spent)
        found.append(Bottleneck(one, more, most))
    return tuple(found)


def _eased(field: Field, one: Relaxation, judge: Judge) -> Field:
    movers, offers = relaxed(field.movers, field.offers, one)
    if one.kind != "level":  # all others change people, in what one kind of question looks at
        return eased_field(field, movers, one.kind, judge)
    eased = field_of(movers, offers, field.courses, judge)
    pairs = zip(eased.unlocked, field.unlocked, strict=True)
    return replace(eased, unlocked=tuple(now | before for now, before in pairs))


def _resolved(field: Field, assignments: Sequence[Assignment], seconds: float) -> tuple[int, int, float]:
    """More people for certain, at most, and the seconds it took."""
    made = columns(field, counted=True)
    task = problem(made)
    goals = {name: made.goal(name) for name in ("kept", "placed")}
    start = _started(made, assignments)
    start = start if task.holds(start) else np.zeros_like(start)
    # who follows a course stays there in a first, easy search: a flow, which often reaches the bound of the second
    near = climb(_courses_kept(task, made, start), goals, start, seconds=seconds / 2, gap=0.0, progress=_silent)
    before, spent, (kept, placed) = len(assignments), near.seconds, near.proof
    promises, possible = sum(mover.fixed is not None for mover in field.movers), _possible(made)
    if (kept.value, placed.value) != (promises, possible):
        whole = climb(task, goals, near.chosen, seconds=seconds / 2, gap=0.0, progress=_silent)
        spent, (kept, placed) = spent + whole.seconds, whole.proof
    else:  # all promises, and everybody for whom there is a step at all: no search can do better
        kept, placed = (replace(one, bound=one.value) for one in (kept, placed))
    worse = kept.value < sum(one.promised for one in assignments)
    more = 0 if worse else max(0, placed.value - before)
    most = min(placed.bound, len(field.movers)) if kept.proven else len(field.movers)
    return more, max(more, most - before), spent


def _possible(made: Columns) -> int:
    """How many people have a step at all: nobody can place more."""
    return len({step.mover for step in made.steps})


def _courses_kept(task: Problem, made: Columns, start: Whole) -> Problem:
    taught = np.array([step.course >= 0 for step in made.steps] + [True] * len(made.field.courses), dtype=np.bool_)
    return replace(task, lower=np.where(taught, start, task.lower), upper=np.where(taught, start, task.upper))


def _started(made: Columns, assignments: Sequence[Assignment]) -> Whole:
    """The plan in other columns; a step may be missing where a person has more offers than there are movers."""
    field = made.field
    movers = {one.id: place for place, one in enumerate(field.movers)}
    courses = {one.id: place for place, one in enumerate(field.courses)}
    batches = {field.offers[place].id: batch for batch, own in enumerate(made.batches) for place in own}
    steps = {(step.mover, step.batch, step.course): place for place, step in enumerate(made.steps)}
    chosen = np.zeros(len(made.steps) + len(courses), dtype=np.int64)
    for one in assignments:
        course = -1 if one.course is None else courses[one.course]
        direct = steps.get((movers[one.mover], batches[one.offer], -1))
        place = steps.get((movers[one.mover], batches[one.offer], course), direct)
        if place is not None:
            chosen[place] = 1
        if place is not None and place != direct:
            chosen[len(made.steps) + course] = 1
    return chosen


def _silent(_what: str, _done: int, _of: int) -> None:
    """Nobody listens to the parts of one re-solve."""
