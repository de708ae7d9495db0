"""What goes into a group placement: people who must move, openings with seats, courses that may be opened, a policy?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import isfinite

from valley.core.errors import ValleyError
from valley.core.mobility.overlap import OverlapPolicy
from valley.core.profiles import Demand, Gives, Profile, Spoken

GOALS = ("kept", "placed", "loss", "weeks", "cost", "travel", "wishes")
"""The goals in their order: each is only looked at among plans that are best on all goals before it.

kept: promises kept (people, most). placed: people placed (most). loss: income lost (euro cents a week, least). weeks:
weeks of course followed (person-weeks, least). cost: of the courses opened (euro cents, least). travel: estimated road
kilometres one way (hectometres, least). wishes: people placed where they wished (most).
"""

MOST = frozenset({"kept", "placed", "wishes"})
"""The goals of which more is better; of the others less is."""


class InvalidPlacement(ValleyError):
    """Movers, offers, courses or a policy that cannot exist: no seats, a least above the most, an id twice."""

    code = "invalid-placement"


def require(holds: bool, expected: str, found: object, next_step: str, **facts: object) -> None:
    """Raise `InvalidPlacement` with these words unless ``holds``; ``facts`` say which row."""
    if not holds:
        raise InvalidPlacement(expected=expected, found=found, next_step=next_step, **facts)


@dataclass(frozen=True, slots=True)
class Wishes:
    """Where somebody would like to go: employers by id, sectors by key; either counts. Empty means no wish stated."""

    employers: frozenset[int] = frozenset()
    sectors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody already said yes to: an offer, after a course or without."""

    offer: int
    course: int | None = None


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody who loses a job and agreed to be planned for. The profile's id is the mover's.

    ``hours`` a week and ``wage`` (euro an hour, None when not shared) are those of the job that ends. ``groups`` are
    (kind, key) pairs of lawful groups only, such as ("hours", "24-32") or ("service", "5-10 years"), one key per kind:
    they are counted afterwards and never looked at while planning. ``fixed`` is what the person already said yes to.
    """

    profile: Profile
    hours: float
    wage: float | None = None
    wishes: Wishes = Wishes()
    groups: tuple[tuple[str, str], ...] = ()
    fixed: Promise | None = None

    def __post_init__(self) -> None:
        facts = {"mover": self.profile.id}
        require(
            0 < self.hours <= 168, "hours a week above 0", self.hours, "Give the hours of the job that ends.", **facts
        )
        paid = self.wage is None or (isfinite(self.wage) and self.wage > 0)
        require(paid, "a wage above 0 euro an hour, or none", self.wage, "Leave an unknown wage out.", **facts)
        require_unique((kind for kind, _ in self.groups), "kind of group", **facts)
        object.__setattr__(self, "groups", tuple(sorted(self.groups)))

    @property
    def id(self) -> int:
        """The profile's id."""
        return self.profile.id


@dataclass(frozen=True, slots=True)
class Offer:
    """An opening with seats. The demand's id is the offer's; hours, place, shifts and start are its conditions.

    ``pay_min`` and ``pay_max`` are euro an hour; a loss is counted against ``pay_min``, which is all that is promised.
    """

    demand: Demand
    employer: int
    pay_min: float
    pay_max: float
    seats: int = 1
    sector: str = ""

    def __post_init__(self) -> None:
        facts = {"offer": self.demand.id}
        require(self.seats >= 1, "at least one seat", self.seats, "Leave an offer without seats out.", **facts)
        paid = isfinite(self.pay_max) and 0 < self.pay_min <= self.pay_max
        found = f"{self.pay_min} to {self.pay_max}"
        require(paid, "a pay range above 0, the least first", found, "Correct the pay range.", **facts)

    @property
    def id(self) -> int:
        """The demand's id."""
        return self.demand.id


@dataclass(frozen=True, slots=True)
class Course:
    """A joint course that may be opened: what it gives, how long, at what cost, for how many, in which language.

    ``gives`` are competences to a level, ``speaks`` languages to a CEFR level; both are reached by everybody who
    follows it. Costs are euro, ``cost_a_head`` per person. ``taught_in`` is the language somebody must speak to join
    (a course of German for people with some German is taught in German at A1 or A2); None means that all may join.
    """

    id: int
    weeks: int
    starts_on: date
    least: int
    most: int
    gives: tuple[Gives, ...] = ()
    speaks: tuple[Spoken, ...] = ()
    cost: float = 0.0
    cost_a_head: float = 0.0
    taught_in: Spoken | None = None

    def __post_init__(self) -> None:
        facts = {"course": self.id}
        require(self.weeks >= 1, "a course of a week or more", self.weeks, "Give its length in weeks.", **facts)
        sizes = f"{self.least} to {self.most}"
        require(
            1 <= self.least <= self.most, "a least size of 1 or more, not above the most", sizes, "Swap them.", **facts
        )
        costs = all(isfinite(euro) and euro >= 0 for euro in (self.cost, self.cost_a_head))
        require(costs, "costs of 0 euro or more", f"{self.cost}, {self.cost_a_head}", "Correct the costs.", **facts)
        taught = bool(self.gives or self.speaks)
        require(taught, "a competence or language that the course gives", "nothing", "Say what it is for.", **facts)
        require_unique((one.competence for one in self.gives), "competence", **facts)
        require_unique((one.code for one in self.speaks), "language", **facts)
        object.__setattr__(self, "gives", tuple(sorted(self.gives, key=lambda one: one.competence)))
        object.__setattr__(self, "speaks", tuple(sorted(self.speaks, key=lambda one: one.code)))

    @property
    def ends_on(self) -> date:
        """The first day after the course: the first day on which somebody who follows it can start.

        >>> Course(1, 6, date(2027, 1, 4), 8, 12, speaks=(Spoken("de", 3),)).ends_on
        datetime.date(2027, 2, 15)
        """
        return self.starts_on + timedelta(weeks=self.weeks)


@dataclass(frozen=True, slots=True)
class PlacementPolicy:
    """How to plan. The order of the goals is `GOALS`.

    ``withdrawn``: movers who took their consent back; they are left out before anything is counted. ``wait_days``:
    how long after its last starting day an offer waits for somebody on a course. ``seconds``: solver time for the plan,
    ``bottleneck_seconds``: for all re-solves of the bottlenecks together; past a limit the plan is the best found so
    far, with its gap, and may differ between machines. ``gap``: the share below the best at which a goal may stop.
    """

    version: str = "2026.1"
    overlap: OverlapPolicy = field(default_factory=OverlapPolicy)
    withdrawn: frozenset[int] = frozenset()
    wait_days: int = 0
    seconds: float = 60.0
    bottleneck_seconds: float = 40.0
    gap: float = 0.0
    bottlenecks: bool = True

    def __post_init__(self) -> None:
        require(self.wait_days >= 0, "0 days of waiting or more", self.wait_days, "Give a number of days.")
        limits = all(isfinite(one) and one > 0 for one in (self.seconds, self.bottleneck_seconds))
        found = f"{self.seconds}, {self.bottleneck_seconds}"
        require(limits, "time limits above 0 seconds", found, "Give the planner time.")
        require(0 <= self.gap < 1, "a gap from 0 up to 1", self.gap, "Write one percent as 0.01.")


def require_unique(keys: Iterable[object], noun: str, **facts: object) -> None:
    """Raise `InvalidPlacement` when a key comes twice."""
    twice = sorted(str(key) for key, times in Counter(keys).items() if times > 1)
    require(not twice, f"each {noun} once", f"twice: {', '.join(twice)}", "Keep one of them.", **facts)
