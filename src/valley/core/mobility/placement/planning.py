"""Where can these people go: the best plan for the whole group, with its proof?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from valley.core.mobility.overlap.policy import digest
from valley.core.mobility.placement.bottlenecks import bottlenecks
from valley.core.mobility.placement.columns import Columns, Step, columns
from valley.core.mobility.placement.field import Judge, field_of
from valley.core.mobility.placement.plan import Assignment, Opened, Plan
from valley.core.mobility.placement.problem import problem
from valley.core.mobility.placement.reasons import unplaced
from valley.core.mobility.placement.shapes import GOALS, Course, Mover, Offer, PlacementPolicy
from valley.core.mobility.placement.stages import Progress, climb
from valley.core.mobility.placement.terms import fixed_cost, heads_cost
from valley.core.mobility.placement.treatment import treatment
from valley.core.mobility.placement.valid import sorted_inputs
from valley.core.profiles import Vocabulary


def place(
    movers: Sequence[Mover],
    offers: Sequence[Offer],
    courses: Sequence[Course] = (),
    *,
    policy: PlacementPolicy,
    vocabulary: Vocabulary | None = None,
    progress: Progress | None = None,
) -> Plan:
    """The best plan: each person at most one seat and one course, by the goals of `GOALS` in their order.

    A person can go where every must-have and practical point holds, as they are or after one course that they can
    follow, that they need for it, and that ends in time. An opened course has its least and most people. What somebody
    said yes to is kept before anything else, where seats and sizes still allow. Infeasible is an answer: `Unplaced`.

    Exact: a mixed-integer programme solved goal by goal (`stages`), so every goal has a value and a bound. Without
    courses it is a flow. Same input in any order, same plan, unless a time limit ended a search. Among plans that are
    equal on all goals the choice is arbitrary but fixed. 380 people, 900 offers and 12 courses: about ten seconds, half
    a minute with all bottlenecks (bench/placement.py). Raises `InvalidPlacement`.

    >>> from valley.core.profiles import Demand, Profile, Spoken
    >>> german = Offer(Demand(10, (), (Spoken("de", 3),)), employer=1, pay_min=16, pay_max=18)
    >>> dutch = Offer(Demand(11, ()), employer=2, pay_min=15, pay_max=16)
    >>> people = [Mover(Profile(1, (), (Spoken("de", 4),)), 32, 16.0), Mover(Profile(2, ()), 32, 16.0)]
    >>> plan = place(people, [german, dutch], policy=PlacementPolicy())
    >>> [(one.mover, one.offer, one.loss) for one in plan.assignments], plan.proven
    ([(1, 10, 0), (2, 11, 3200)], True)
    """
    told = progress or _silent
    persons, openings, lessons = sorted_inputs(movers, offers, courses, policy)
    judge = Judge(vocabulary or Vocabulary(), policy)
    told("field", 0, 1)
    field = field_of(persons, openings, lessons, judge)
    made = columns(field)
    task = problem(made)
    start = np.zeros(task.width, dtype=np.int64)
    goals = {name: made.goal(name) for name in GOALS}
    climbed = climb(task, goals, start, seconds=policy.seconds, gap=policy.gap, progress=told)
    taken = [step for step, used in zip(made.steps, climbed.chosen.tolist(), strict=False) if used]
    assignments = _assignments(made, taken)
    placed = {one.mover for one in assignments}
    return Plan(
        assignments=assignments,
        unplaced=tuple(unplaced(field, judge, n) for n, one in enumerate(persons) if one.id not in placed),
        courses=_opened(lessons, assignments),
        broken=_broken(persons, assignments),
        proof=climbed.proof,
        treatment=treatment(persons, placed),
        bottlenecks=bottlenecks(field, assignments, judge, told) if policy.bottlenecks else (),
        inputs=fingerprint(persons, openings, lessons, judge.vocabulary),
        policy=digest(policy),
    )


def fingerprint(
    movers: Sequence[Mover], offers: Sequence[Offer], courses: Sequence[Course], vocabulary: Vocabulary
) -> str:
    """Changes when any of these change; all sorted by id, without who withdrew (`valid.sorted_inputs`)."""
    return digest(tuple(movers), tuple(offers), tuple(courses), vocabulary.fingerprint)


def _assignments(made: Columns, taken: Sequence[Step]) -> tuple[Assignment, ...]:
    """Seats within identical offers go by mover, lowest id first, to the lowest offer with a seat."""
    seats: defaultdict[int, list[int]] = defaultdict(list)
    for batch in {step.batch for step in taken}:
        own = [made.field.offers[one] for one in made.batches[batch]]
        seats[batch] = [offer.id for offer in own for _ in range(offer.seats)]
    return tuple(_assigned(made, step, seats[step.batch].pop(0)) for step in sorted(taken, key=lambda one: one.mover))


def _assigned(made: Columns, step: Step, offer: int) -> Assignment:
    numbers, course = step.numbers, made.field.courses[step.course].id if step.course >= 0 else None
    return Assignment(
        mover=made.field.movers[step.mover].id,
        offer=offer,
        course=course,
        hours_lost=numbers.hours_lost,
        wage_lost=numbers.wage_lost,
        loss=numbers.loss,
        km=numbers.km,
        travel=numbers.travel,
        wish=numbers.wish,
        promised=step.kept,
    )


def _opened(courses: Sequence[Course], assignments: Sequence[Assignment]) -> tuple[Opened, ...]:
    found: list[Opened] = []
    for course in courses:
        movers = tuple(one.mover for one in assignments if one.course == course.id)
        if movers:
            found.append(Opened(course.id, movers, fixed_cost(course) + heads_cost(course) * len(movers)))
    return tuple(found)


def _broken(movers: Sequence[Mover], assignments: Sequence[Assignment]) -> tuple[int, ...]:
    kept = {one.mover for one in assignments if one.promised}
    return tuple(mover.id for mover in movers if mover.fixed and mover.id not in kept)


def _silent(_what: str, _done: int, _of: int) -> None:
    """Nobody asked to be told."""
