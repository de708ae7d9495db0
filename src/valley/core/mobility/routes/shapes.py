"""What goes into the search for a relay route, and what comes out?

Days are half-open: a link from 1 February up to 1 August ends_on 1 August, and the next may start that same day.
Hours are whole hours; a work process goes by the code of its dossier, such as "B1-K1-W1".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from valley.core.errors import ValleyError
from valley.core.mobility.law.shapes import Contract, ContractKind, Flag, Initiative, Scenario
from valley.core.profiles import Demand, Gives, Profile

Period = tuple[date, date | None]
"""From a day up to (not on) another; None is open-ended."""

ConditionKind = Literal[
    "distance",  # the most kilometres wanted
    "language",  # subject: its code
    "permit",  # subject: its code
    "shift",  # subject: evening, weekend, night or early
    "hours",  # hours a week
    "length",  # the shortest contract wanted
    "avoid",  # employers to avoid
    "recognised",  # recognised training company for the whole link
    "entry",  # subject: the competence asked to start
    "gap",  # days between links
    "start",  # the first day the learner is free
    "law",  # no breach
    "links",  # the longest chain
    "process",  # subject: a work process with the hours it requires
    "duration",  # the nominal months
    "year",  # the practice hours of each school year
]
RelaxationKind = Literal[
    "longer",  # this opening some months longer
    "earlier",  # this opening starts some days earlier
    "later",  # this opening may still be started some days later
    "status",  # a recognised status at this employer for this opening, for a period
    "practise",  # this opening lets a work process be practised for some hours (more)
    "distance",
    "language",
    "permit",
    "shift",
    "hours",
    "length",
    "avoid",
    "entry",
    "learn",  # several competences that are asked at a start, each to a level; subject: "5:2 6:1"
    "gap",
    "start",
    "links",
]
CHAIN_FLAGS = ("wait", "gap", "break", "law")
"""What a chain can be flagged with: it waits for its first start, has gaps, resumes after a break, or asks for law."""


class InvalidRoute(ValleyError):
    """An offer, learner, qualification or policy that cannot exist: inverted days, seats 0, months 0, a level of 7."""

    code: ClassVar[str] = "invalid-route"


@dataclass(frozen=True, slots=True)
class Offer:
    """An opening as a route sees it. The needs with importance MUST are entry needs, held before the link starts.

    ``demand`` carries the id, needs, languages, hours, shifts, place, permits, start window and months, all of which
    a route needs stated: the window and the months are required here. ``recognised`` are the periods in which the
    employer is a recognised training company for the qualification in hand; ``practises`` the hours per work process
    that can be practised during the whole link; ``gives`` the levels it brings a learner to by its end. An opening
    with a seat serves at most one link of a chain; leave an opening without a free seat out.
    """

    demand: Demand
    employer: int
    role: str = ""
    kind: ContractKind = "work-based-learning"
    seats: int = 1
    recognised: tuple[Period, ...] = ()
    practises: Mapping[str, int] = field(default_factory=dict[str, int], hash=False)
    gives: tuple[Gives, ...] = ()

    @property
    def id(self) -> int:
        """The id of the opening."""
        return self.demand.id


@dataclass(frozen=True, slots=True)
class Qualification:
    """What the diploma asks, in practice: hours per work process, months, and hours a year.

    ``practice_hours_a_year`` and ``guided_hours_a_year`` come from the dated table of rules (for the Dutch bbl 610
    and 200, WEB art. 7.2.7); 0 asks nothing. Guided hours are the school's: told beside a chain, never a condition.
    A school year runs from 1 August up to the next; one that is only partly in the chain asks its share by days.
    """

    requires: Mapping[str, int] = field(hash=False)
    months: int
    practice_hours_a_year: int = 0
    guided_hours_a_year: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A link already worked or running: it is kept as it is when a route is planned again.

    ``hours`` were (or will be) practised in it; ``broken`` says it ended before its time, so that the policy's
    ``break_days`` count for what follows. Hours here are not in ``Learner.proven``.
    """

    employer: int
    starts_on: date
    ends_on: date
    hours: Mapping[str, int] = field(default_factory=dict[str, int], hash=False)
    gives: tuple[Gives, ...] = ()
    offer: int | None = None
    role: str = ""
    kind: ContractKind = "work-based-learning"
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Learner:
    """A person who wants the diploma.

    ``profile.limits.starts_on`` is required: the first day of the route can be that day or later (after links that
    are done it does not count). ``proven`` are hours that need not be practised again, ``exempt_months`` months that
    the school takes off for them. ``contracts`` are earlier employments, for the law only; links that are done are
    added to them. ``avoid`` are employers the learner does not want.
    """

    profile: Profile
    proven: Mapping[str, int] = field(default_factory=dict[str, int], hash=False)
    exempt_months: int = 0
    avoid: frozenset[int] = frozenset()
    contracts: tuple[Contract, ...] = ()
    done: tuple[Done, ...] = ()

    @property
    def id(self) -> int:
        """The id of the profile."""
        return self.profile.id


@dataclass(frozen=True, slots=True)
class RoutePolicy:
    """The choices behind a route, shown beside it.

    ``k`` chains at most; ``gap_days`` may lie between two links (0: the next starts on the very day), ``break_days``
    after a link that was broken off. ``breach_blocks``: a chain that breaches the law is no chain; otherwise it is
    only flagged. ``longest`` is the most links, those done included. ``scenario`` and ``initiative`` (who arranges
    the moves) go to the rules of law. ``costs`` orders relaxations: points for one step of each kind.
    ``widest_gap`` bounds the gaps that are tried; ``relaxations`` and ``conflicts`` how many are told at most.
    ``effort`` bounds each search for the reasons of a refusal, in steps of about 20 microseconds; the search for
    chains itself is never cut short.
    """

    k: int = 3
    gap_days: int = 0
    break_days: int = 0
    breach_blocks: bool = True
    longest: int = 8
    scenario: Scenario = "law"
    initiative: Initiative = "school"
    widest_gap: int = 31
    relaxations: int = 5
    conflicts: int = 2
    effort: int = 2_000
    costs: Mapping[str, int] = field(default_factory=lambda: dict(COSTS), hash=False)


COSTS: Mapping[str, int] = {
    "earlier": 1,  # a week
    "later": 1,  # a week
    "gap": 2,  # a week
    "start": 2,  # a week
    "longer": 3,  # a month
    "distance": 3,  # 5 km
    "links": 3,  # a link
    "practise": 4,  # 40 hours
    "hours": 4,  # 4 hours a week
    "shift": 6,
    "length": 6,
    "permit": 8,
    "status": 10,
    "entry": 12,  # a level
    "learn": 12,  # a level
    "language": 15,  # a CEFR level
    "avoid": 20,
}
"""Points for one step (as said behind each) of a relaxation: a local decision, to be reviewed by the partners. What an
opening can change costs less than what an employer must earn, and that less than what a learner must learn or give up.
"""


@dataclass(frozen=True, slots=True)
class Link:
    """One job in a chain, from ``starts_on`` up to (not on) ``ends_on``.

    ``hours`` are practised per work process of the qualification, ``levels`` the competences it lifts above what the
    learner had then, ``opens`` those of them that a later link of this chain asks. ``km`` is the estimated way one
    way, None when unknown or worked from home; ``ask`` names what nobody stated yet (travel, hours, ...). ``done``
    links were given, not chosen; their ``offer`` may be None.
    """

    offer: int | None
    employer: int
    role: str
    kind: ContractKind
    starts_on: date
    ends_on: date
    months: int
    hours: Mapping[str, int] = field(hash=False)
    levels: tuple[Gives, ...] = ()
    opens: tuple[Gives, ...] = ()
    km: float | None = None
    ask: tuple[str, ...] = ()
    done: bool = False


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """Practice in one school year, from 1 August of ``starts_in``: hours in the chain, and what its days ask.

    ``days`` of the year lie between the first and the last day of the chain; both minimums are the share for them.
    """

    starts_in: int
    days: int
    hours: float
    minimum: float
    guided_minimum: float


@dataclass(frozen=True, slots=True)
class Fallback:
    """If the employer of link ``at`` (counting from 0) withdraws as that link would start, what then?

    The links before it stay, every opening of the employer goes. ``links`` are those that follow instead, by the
    order of chains without their robustness; None: no complete chain is left.
    """

    at: int
    employer: int
    links: tuple[Link, ...] | None

    @property
    def survived(self) -> bool:
        """True when a complete chain is left."""
        return self.links is not None


@dataclass(frozen=True, slots=True)
class Chain:
    """A sequence of links, and everything that is told of it.

    ``hours`` are proven and practised hours per required work process; ``missing`` those processes still short, with
    the hours (empty in a complete chain). ``wait_days`` lie before the first link, ``idle_days`` are those and the
    days between links. ``survived`` of ``of`` single withdrawals leave a complete chain. ``travel_km`` is one way,
    summed over links times their months (in tenths of a kilometre inside, so that sums are exact).
    """

    links: tuple[Link, ...]
    hours: Mapping[str, int] = field(hash=False)
    missing: Mapping[str, int] = field(hash=False)
    months: int
    wait_days: int
    idle_days: int
    travel_km: float
    years: tuple[SchoolYear, ...]
    fallbacks: tuple[Fallback, ...] = ()
    law: tuple[Flag, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def covered(self) -> tuple[str, ...]:
        """The work processes with all their hours, sorted."""
        return tuple(sorted(set(self.hours) - set(self.missing)))

    @property
    def survived(self) -> int:
        """How many of the single withdrawals leave a complete chain."""
        return sum(fallback.survived for fallback in self.fallbacks)

    @property
    def of(self) -> int:
        """How many single withdrawals there are: one per link that is not done."""
        return len(self.fallbacks)

    @property
    def robustness(self) -> float:
        """The share of single withdrawals survived, 1 when there is none to survive."""
        return self.survived / self.of if self.of else 1.0

    @property
    def offers(self) -> tuple[int, ...]:
        """The openings chosen, in order of time; links done are not among them."""
        return tuple(link.offer for link in self.links if not link.done and link.offer is not None)


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """One named condition; ``subject`` is "" or says which language, permit, shift, competence or work process."""

    kind: ConditionKind
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A minimal set: together these conditions leave no complete chain, and without any one of them there is one."""

    conditions: tuple[Condition, ...]
    minimal: bool = True  # False: the search for a smaller set was given up (``RoutePolicy.effort``)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One change that would give a complete chain, and the chain it gives (solved again with the change made).

    ``subject`` is the language, permit, shift, competence(s) or work process; ``offer`` and ``employer`` say whose
    change it is (None: the learner's or the policy's). ``was`` and ``becomes`` are in the unit of the kind: months,
    days, kilometres, hours, levels, links, or the (from, until) period of a status. ``cost`` by ``RoutePolicy.costs``.
    """

    kind: RelaxationKind
    cost: int
    chain: Chain
    subject: str = ""
    offer: int | None = None
    employer: int | None = None
    was: float | date | None = None
    becomes: float | date | Period | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no complete chain, what would give one at least cost, and how far one gets without.

    ``partial`` breaks no condition on a link; it covers most work processes, then lasts longest (up to what is
    asked), then is idle least, then travels least. None: not one opening can be started.
    """

    conflicts: tuple[Conflict, ...]
    relaxations: tuple[Relaxation, ...]
    partial: Chain | None
    furthest: bool = True  # False: the search for a better partial chain was given up (``RoutePolicy.effort``)


@dataclass(frozen=True, slots=True)
class Routes:
    """The chains, best first, or a refusal; with the policy and a fingerprint of everything they follow from."""

    learner: int
    qualification: str
    chains: tuple[Chain, ...]
    refusal: Refusal | None
    policy: RoutePolicy
    fingerprint: str
