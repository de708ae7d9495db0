"""What differs between two plans: who gains, who loses, as counts, and each goal?"""

from __future__ import annotations

from dataclasses import dataclass

from valley.core.mobility.placement.plan import Plan
from valley.core.mobility.placement.shapes import GOALS


@dataclass(frozen=True, slots=True)
class Difference:
    """One goal in both plans, in the unit of `GOALS`."""

    goal: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans side by side; all counts are people and may be small: hide them before they are shown.

    ``gained``: placed now, not before. ``lost``: the reverse. Of those placed in both: ``better`` and ``worse`` lose
    less or more income, ``alike`` the same; ``moved`` have another offer. ``only_before``: people in the first plan
    only (they withdrew), ``only_after``: the reverse. ``opened`` and ``closed`` are courses.
    """

    gained: int
    lost: int
    better: int
    worse: int
    alike: int
    moved: int
    only_before: int
    only_after: int
    opened: tuple[int, ...]
    closed: tuple[int, ...]
    goals: tuple[Difference, ...]


def compare(before: Plan, after: Plan) -> Comparison:
    """The second plan against the first: another limit, another course, other people.

    >>> from valley.core.mobility.placement.planning import place
    >>> from valley.core.mobility.placement.shapes import Mover, Offer, PlacementPolicy
    >>> from valley.core.profiles import Demand, Profile
    >>> people = [Mover(Profile(n, ()), 32, 16.0) for n in (1, 2)]
    >>> small, large = ([Offer(Demand(9, ()), 1, 15, 16, seats)] for seats in (1, 2))
    >>> told = compare(*(place(people, offers, policy=PlacementPolicy()) for offers in (small, large)))
    >>> told.gained, told.lost, told.alike, [one.change for one in told.goals if one.goal == "placed"]
    (1, 0, 1, [1])
    """
    was, now = ({one.mover: one for one in plan.assignments} for plan in (before, after))
    persons = _persons(before), _persons(after)
    shared = persons[0] & persons[1]
    both = sorted(shared & was.keys() & now.keys())
    changes = [now[one].loss - was[one].loss for one in both]
    courses = [{one.course for one in plan.courses} for plan in (before, after)]
    return Comparison(
        gained=len(shared & (now.keys() - was.keys())),
        lost=len(shared & (was.keys() - now.keys())),
        better=sum(change < 0 for change in changes),
        worse=sum(change > 0 for change in changes),
        alike=sum(change == 0 for change in changes),
        moved=sum(now[one].offer != was[one].offer for one in both),
        only_before=len(persons[0] - persons[1]),
        only_after=len(persons[1] - persons[0]),
        opened=tuple(sorted(courses[1] - courses[0])),
        closed=tuple(sorted(courses[0] - courses[1])),
        goals=tuple(Difference(goal, before.value(goal), after.value(goal)) for goal in GOALS),
    )


def _persons(plan: Plan) -> frozenset[int]:
    return frozenset(one.mover for one in (*plan.assignments, *plan.unplaced))
