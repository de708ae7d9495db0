"""How would one place people one by one, as they come? The peer that every plan is measured against."""

from __future__ import annotations

from collections.abc import Sequence

from valley.core.mobility.placement.field import Field, Judge, field_of
from valley.core.mobility.placement.shapes import Course, Mover, Offer, PlacementPolicy
from valley.core.mobility.placement.terms import terms
from valley.core.mobility.placement.valid import sorted_inputs
from valley.core.profiles import Vocabulary

Seat = tuple[int, int, int | None]
"""Mover, offer and course, by id."""


def greedy(
    movers: Sequence[Mover],
    offers: Sequence[Offer],
    courses: Sequence[Course] = (),
    *,
    policy: PlacementPolicy,
    vocabulary: Vocabulary | None = None,
) -> tuple[Seat, ...]:
    """Everybody in order of id takes the fitting free offer with least loss, then travel, then lowest id.

    Then the course that still seats most is opened when it reaches its least size, until none does. Promises count for
    nothing here. It strands people: the first takes the one seat that the second needed.

    >>> from valley.core.profiles import Demand, Profile, Spoken
    >>> german = Offer(Demand(10, (), (Spoken("de", 3),)), employer=1, pay_min=16, pay_max=18)
    >>> dutch = Offer(Demand(11, ()), employer=2, pay_min=17, pay_max=18)
    >>> people = [Mover(Profile(1, (), (Spoken("de", 4),)), 32, 17.0), Mover(Profile(2, ()), 32, 17.0)]
    >>> greedy(people, [german, dutch], policy=PlacementPolicy())
    ((1, 11, None),)
    """
    persons, openings, lessons = sorted_inputs(movers, offers, courses, policy)
    field = field_of(persons, openings, lessons, Judge(vocabulary or Vocabulary(), policy))
    free = [offer.seats for offer in openings]
    taken: dict[int, Seat] = {}
    for mover in range(len(persons)):
        if (offer := _best(field, -1, mover, free)) is not None:
            taken[mover] = _seat(field, mover, offer, -1)
            free[offer] -= 1
    left = set(range(len(lessons)))
    while left:
        tries = {course: _filled(field, course, taken, free) for course in left}
        course = min(left, key=lambda one: (-len(tries[one]), one))
        left.remove(course)
        if len(tries[course]) >= lessons[course].least:
            for mover, offer in tries[course]:
                taken[mover] = _seat(field, mover, offer, course)
                free[offer] -= 1
    return tuple(taken[mover] for mover in sorted(taken))


def _best(field: Field, course: int, mover: int, free: Sequence[int]) -> int | None:
    possible = field.fits if course < 0 else field.unlocked[course]
    open_to = [offer for offer in possible[mover].nonzero()[0].tolist() if free[offer] > 0]
    return min(open_to, key=lambda offer: _rank(field, mover, offer), default=None)


def _rank(field: Field, mover: int, offer: int) -> tuple[int, int, int]:
    numbers = terms(field.movers[mover], field.offers[offer])
    return numbers.loss, numbers.travel, offer


def _filled(field: Field, course: int, taken: dict[int, Seat], free: Sequence[int]) -> list[tuple[int, int]]:
    """Who would follow a course for which offer, one by one, up to its most."""
    room, found = list(free), list[tuple[int, int]]()
    for mover in range(len(field.movers)):
        if mover in taken or len(found) == field.courses[course].most:
            continue
        offer = _best(field, course, mover, room)
        if offer is not None:
            room[offer] -= 1
            found.append((mover, offer))
    return found


def _seat(field: Field, mover: int, offer: int, course: int) -> Seat:
    return field.movers[mover].id, field.offers[offer].id, field.courses[course].id if course >= 0 else None
