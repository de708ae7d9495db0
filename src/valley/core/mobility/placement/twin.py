"""What is the best of all plans, found by trying every one? Only for a handful of people: the readable reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from valley.core.mobility.overlap import State
from valley.core.mobility.overlap.gate import must_haves
from valley.core.mobility.overlap.practical import practical
from valley.core.mobility.placement.field import after, may_join
from valley.core.mobility.placement.shapes import GOALS, MOST, Course, Mover, Offer, PlacementPolicy, Promise
from valley.core.mobility.placement.terms import fixed_cost, heads_cost, terms
from valley.core.mobility.placement.valid import sorted_inputs
from valley.core.profiles import Vocabulary

Choice = tuple[Mover, Offer | None, Course | None]


def best_values(
    movers: Sequence[Mover],
    offers: Sequence[Offer],
    courses: Sequence[Course] = (),
    *,
    policy: PlacementPolicy,
    vocabulary: Vocabulary | None = None,
) -> dict[str, int]:
    """What the best plan reaches on each goal. Cost: (offers x courses) to the power of movers.

    >>> from valley.core.profiles import Demand, Profile
    >>> offers = [Offer(Demand(9, ()), employer=1, pay_min=15, pay_max=16)]
    >>> best_values([Mover(Profile(n, ()), 10, 16.0) for n in (1, 2)], offers, policy=PlacementPolicy())["loss"]
    1000
    """
    persons, openings, lessons = sorted_inputs(movers, offers, courses, policy)
    known = vocabulary or Vocabulary()
    options = [list(_options(one, openings, lessons, policy, known)) for one in persons]
    plans = (plan for plan in product(*options) if _possible(plan))
    return min((_values(plan) for plan in plans), key=_order)


def fits(mover: Mover, offer: Offer, course: Course | None, policy: PlacementPolicy, vocabulary: Vocabulary) -> bool:
    """Whether a person, after a course, meets every must-have and clashes with nothing."""
    person = after(mover.profile, course, policy)
    gates = must_haves(person, offer.demand, vocabulary, policy.overlap)
    points = practical(person.limits, offer.demand.conditions)
    return all(gate.met for gate in gates) and all(point.state is not State.CLASH for point in points)


def _options(
    mover: Mover, offers: Sequence[Offer], courses: Sequence[Course], policy: PlacementPolicy, vocabulary: Vocabulary
) -> Iterator[Choice]:
    yield mover, None, None
    for offer in offers:
        direct = fits(mover, offer, None, policy, vocabulary)
        if direct or mover.fixed == Promise(offer.id):
            yield mover, offer, None
        for course in courses:
            learned = may_join(mover.profile, course) and fits(mover, offer, course, policy, vocabulary)
            if (learned and not direct) or mover.fixed == Promise(offer.id, course.id):
                yield mover, offer, course


def _possible(plan: Sequence[Choice]) -> bool:
    seats = Counter(offer for _, offer, _ in plan if offer)
    sizes = Counter(course for _, _, course in plan if course)
    within = all(course.least <= size <= course.most for course, size in sizes.items())
    return within and all(taken <= offer.seats for offer, taken in seats.items())


def _values(plan: Sequence[Choice]) -> dict[str, int]:
    placed = [(mover, offer, course, terms(mover, offer)) for mover, offer, course in plan if offer]
    followed = [course for _, _, course in plan if course]
    return {
        "kept": sum(mover.fixed == Promise(offer.id, course and course.id) for mover, offer, course, _ in placed),
        "placed": len(placed),
        "loss": sum(numbers.loss for *_, numbers in placed),
        "weeks": sum(course.weeks for course in followed),
        "cost": sum(map(fixed_cost, set(followed))) + sum(map(heads_cost, followed)),
        "travel": sum(numbers.travel for *_, numbers in placed),
        "wishes": sum(numbers.wish for *_, numbers in placed),
    }


def _order(values: dict[str, int]) -> tuple[int, ...]:
    return tuple(-values[goal] if goal in MOST else values[goal] for goal in GOALS)
