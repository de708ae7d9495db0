"""Which possible steps (this person, this offer, after this course) must a best plan be looked for among?

Identical offers are taken together, and of a person's possible offers only the best are kept: as many seats as there
are movers. Neither loses a best plan: identical offers can be swapped, and who sits in an offer beyond that number has
a free seat in a better one, because the others together take fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.placement.field import Field
from valley.core.mobility.placement.shapes import MOST, Offer
from valley.core.mobility.placement.terms import Terms, fixed_cost, heads_cost, terms

Whole: TypeAlias = NDArray[np.int64]
NOT_COUNTED = Terms(hours_lost=0.0, wage_lost=None, loss=0, km=None, travel=0, wish=False)


@dataclass(frozen=True, slots=True)
class Step:
    """A person (place in the field), a class of identical offers, a course (place, -1 for none), and the numbers."""

    mover: int
    batch: int
    course: int
    kept: bool
    numbers: Terms


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The possible steps; ``batches`` are places of identical offers, lowest id first, ``seats`` theirs together."""

    field: Field
    steps: tuple[Step, ...]
    batches: tuple[tuple[int, ...], ...]
    seats: tuple[int, ...]

    def goal(self, name: str) -> Whole:
        """The cost of every step and then of every opened course: least is best, in the unit of `GOALS`."""
        courses = self.field.courses
        own: list[int] = [_cost(name, step, self.field) for step in self.steps]
        opened = [fixed_cost(course) if name == "cost" else 0 for course in courses]
        return np.array([*own, *opened], dtype=np.int64) * (-1 if name in MOST else 1)


def _cost(name: str, step: Step, field: Field) -> int:
    course = field.courses[step.course] if step.course >= 0 else None
    values = {
        "kept": step.kept,
        "placed": 1,
        "loss": step.numbers.loss,
        "weeks": course.weeks if course else 0,
        "cost": heads_cost(course) if course else 0,
        "travel": step.numbers.travel,
        "wishes": step.numbers.wish,
    }
    return int(values[name])


def columns(field: Field, *, counted: bool = False) -> Columns:
    """All steps that a best plan may need, by mover, course and offer.

    ``counted``: only how many are placed matters, so offers that are open to the same people after the same courses are
    alike, and no numbers are worked out.
    """
    batches = _batches(field, _patterns(field) if counted else [_sameness(offer) for offer in field.offers])
    seats = tuple(sum(field.offers[one].seats for one in own) for own in batches)
    first = np.array([own[0] for own in batches], dtype=np.int64)
    steps: list[Step] = []
    for mover in range(len(field.movers)):
        told: dict[int, Terms] = {}
        for course in range(-1, len(field.courses)):
            possible = field.fits if course < 0 else field.unlocked[course]
            open_to = np.flatnonzero(possible[mover, first]) if len(first) else first
            for batch in open_to.tolist():
                if batch not in told:
                    offer = field.offers[batches[batch][0]]
                    told[batch] = NOT_COUNTED if counted else terms(field.movers[mover], offer)
            best = sorted(open_to.tolist(), key=lambda batch: (_rank(told[batch]), batch))
            steps += [Step(mover, batch, course, False, told[batch]) for batch in _enough(best, seats, field)]
    return Columns(field, _promised(field, batches, steps), batches, seats)


def _rank(numbers: Terms) -> tuple[int, ...]:
    return numbers.loss, numbers.travel, -int(numbers.wish)


def _enough(best: Sequence[int], seats: Sequence[int], field: Field) -> list[int]:
    """The best offers until they have as many seats as there are movers."""
    kept: list[int] = []
    room = 0
    for batch in best:
        if room >= len(field.movers):
            break
        kept.append(batch)
        room += seats[batch]
    return kept


def _batches(field: Field, keys: Sequence[object]) -> tuple[tuple[int, ...], ...]:
    """Places of offers with the same key; an offer that was promised to somebody stays alone."""
    promised = {mover.fixed.offer for mover in field.movers if mover.fixed}
    alike: dict[object, list[int]] = {}
    for place, (offer, key) in enumerate(zip(field.offers, keys, strict=True)):
        alike.setdefault(offer.id if offer.id in promised else (key,), []).append(place)
    return tuple(tuple(own) for own in alike.values())


def _sameness(offer: Offer) -> object:
    """All of an offer but its id, its seats and the pay above the least."""
    return replace(offer.demand, id=0), offer.employer, offer.sector, offer.pay_min


def _patterns(field: Field) -> list[object]:
    """For whom each offer is open, without a course and after each."""
    tables = (field.fits, *field.unlocked)
    return [tuple(table[:, place].tobytes() for table in tables) for place in range(len(field.offers))]


def _promised(field: Field, batches: Sequence[Sequence[int]], steps: list[Step]) -> tuple[Step, ...]:
    """With every promise among the steps, whether or not it fits by the rules: the person said yes to it."""
    offers = {field.offers[own[0]].id: batch for batch, own in enumerate(batches)}
    courses = {course.id: place for place, course in enumerate(field.courses)} | {None: -1}
    found = {(step.mover, step.course, step.batch): step for step in steps}
    for mover, person in enumerate(field.movers):
        promise = person.fixed
        if promise and promise.offer in offers and promise.course in courses:
            batch, course = offers[promise.offer], courses[promise.course]
            numbers = terms(person, field.offers[batches[batch][0]])
            found[mover, course, batch] = Step(mover, batch, course, True, numbers)
    return tuple(found[key] for key in sorted(found))
