"""In which shapes do learner, school and partner see a route that was proposed?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from valley.chains import queries as chains
from valley.routes.queries.chosen import PracticeLine


@dataclass(frozen=True, slots=True)
class RouteLinkLine:
    """One link of a version of a route. ``signed_at`` None: the partner did not sign these days.

    ``flags`` are what rules of law say of it, ``warnings`` those among them that ask for something.
    """

    key: str
    order: int
    slug: str
    title: str
    organisation: int
    employer: str
    starts_on: date
    ends_on: date
    months: int
    hours: int
    processes: tuple[chains.ProcessHours, ...]
    state: str
    state_words: str
    reason_words: str
    signed_at: datetime | None
    flags: tuple[str, ...]
    warnings: tuple[str, ...]
    fallback: str


@dataclass(frozen=True, slots=True)
class SignLine:
    """A party, and when it signed this version; None: not yet."""

    party: str
    party_words: str
    name: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProposedLink:
    """A link of a new chain that waits for the learner."""

    employer: str
    title: str
    slug: str
    starts_on: date
    ends_on: date
    hours: int
    kept: bool


@dataclass(frozen=True, slots=True)
class RouteChangeLine:
    """Something that happened to a route, why, and the difference it made; ``open``: the learner still decides."""

    id: int
    at: datetime
    version: int
    words: str
    why_words: str
    about: str
    stayed: tuple[str, ...]
    went: tuple[str, ...]
    came: tuple[str, ...]
    hours_words: str
    end_words: str
    blocked: tuple[str, ...]
    ways_out: tuple[str, ...]
    proposal: tuple[ProposedLink, ...]
    told: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A route in a list, oldest first; ``happened`` is what changed last, and when."""

    key: str
    name: str
    state: str
    state_words: str
    starts_on: date | None
    ends_on: date | None
    jobs: int
    waits_for: tuple[str, ...]
    happened: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class RoutePage:
    """A version of a route, as the learner sees it; the school sees the same. ``share`` is that of the school."""

    key: str
    person: int
    plan: chains.PlanPage
    state: str
    state_words: str
    version: int
    shown: int
    versions: tuple[int, ...]
    starts_on: date | None
    ends_on: date | None
    links: tuple[RouteLinkLine, ...]
    signatures: tuple[SignLine, ...]
    waits_for: tuple[str, ...]
    processes: tuple[chains.CoverLine, ...]
    years: tuple[chains.YearLine, ...]
    practice: tuple[PracticeLine, ...]
    robust_words: str
    changes: tuple[RouteChangeLine, ...]
    school: int
    school_name: str
    share: str
    parts_words: tuple[str, ...]
    stopped: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PartnerChange:
    """What a partner is told of a change in a route that it is part of: what and why, and that its days stand."""

    at: datetime
    words: str
    why_words: str
    own_words: str


@dataclass(frozen=True, slots=True)
class PartnerLink:
    """One partner's own link, and of the route around it only the frame: no other partner by name.

    ``step`` is what can be said today: "start", "finish" or "".
    """

    key: str
    share: str
    qualification: str
    organisation: int
    employer: str
    slug: str
    title: str
    starts_on: date
    ends_on: date
    months: int
    hours: int
    processes: tuple[chains.ProcessHours, ...]
    position_words: str
    before_words: str
    after_words: str
    route_state_words: str
    state: str
    state_words: str
    version: int
    signed_at: datetime | None
    seats: int | None
    taken: int
    parts_words: tuple[str, ...]
    step: str
    changes: tuple[PartnerChange, ...]


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A link that was asked of a partner: in order of arrival, without a name, never ranked."""

    key: str
    qualification: str
    employer: str
    title: str
    starts_on: date
    ends_on: date
    state: str
    state_words: str
    signed: bool
    happened: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """Days at an opening (no title: of a whole route) that came free again: what happened, and why."""

    title: str
    starts_on: date
    ends_on: date
    why_words: str
    reason_words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PartnerInbox:
    """What is asked of an employer, and what came free."""

    links: tuple[PartnerRow, ...]
    notices: tuple[NoticeLine, ...]
