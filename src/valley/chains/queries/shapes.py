"""What does somebody ask of chains, and in which shapes is a chain answered, or the reason why there is none?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RouteQuestion:
    """Which chains does somebody ask for? What is not asked is as the settings and the passport say.

    ``qualification`` is a key such as ``commercie/P2``. ``k`` chains at most (1-5). ``without`` are ids of employers.
    ``language`` is (code, CEFR 1-6): as if the person had that level.
    """

    qualification: str
    k: int = 3
    without: tuple[int, ...] = ()
    max_km: int | None = None
    gap_days: int | None = None
    starts_on: date | None = None
    language: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class ProcessHours:
    """Hours of one work process."""

    process: str
    name: str
    hours: int


@dataclass(frozen=True, slots=True)
class FlagLine:
    """What a dated rule says about a link or chain, in words, with its source and the days it holds."""

    severity: str
    severity_words: str
    words: str
    rule: str
    source: str
    from_on: date
    until_on: date | None
    scenario: str


@dataclass(frozen=True, slots=True)
class FallbackLine:
    """What is left when the employer of one link withdraws as that link would start."""

    survived: bool
    words: str
    employers: tuple[str, ...]
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One job of a chain, from a day until (not including) a day. ``hours`` is practice, ``weekly`` hours of work."""

    opening: int | None
    slug: str
    title: str
    organisation: int
    employer: str
    starts_on: date
    ends_on: date
    days: int
    months: int
    hours: int
    weekly: str
    pay_min: Decimal | None
    pay_max: Decimal | None
    km: float | None
    contract: str
    contract_words: str
    processes: tuple[ProcessHours, ...]
    gains: tuple[str, ...]
    opens: tuple[str, ...]
    asks: tuple[str, ...]
    done: bool
    flags: tuple[FlagLine, ...]
    fallback: FallbackLine | None


@dataclass(frozen=True, slots=True)
class YearLine:
    """Hours of practice in one school year, and the least its days ask; 0 when no rule gives a minimum."""

    label: str
    hours: int
    least: int
    guided: int


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One work process in a chain: hours asked, proven before, per link in order, and what is missing."""

    process: str
    name: str
    asked: int
    proven: int
    per_link: tuple[int, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A chain with everything that is told of it. ``key`` names it: the same openings on the same days."""

    key: str
    links: tuple[LinkLine, ...]
    starts_on: date
    ends_on: date
    months: int
    idle_days: int
    idle_words: str
    processes: tuple[CoverLine, ...]
    covered: int
    missing: tuple[ProcessHours, ...]
    years: tuple[YearLine, ...]
    survived: int
    of: int
    robust_words: str
    travel_words: str
    flags: tuple[FlagLine, ...]


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """Conditions of one kind that block, in one sentence; ``more`` are all that it is about, where they are many."""

    kind: str
    words: str
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayOut:
    """One change that gives a chain: in words, what it ``gives``, whose move it is, and the chain (solved again)."""

    words: str
    gives: str
    whose: str
    whose_words: str
    chain: ChainLine


@dataclass(frozen=True, slots=True)
class WhyNot:
    """No chain: what blocks together, the cheapest changes, each tried, and how far one gets without.

    ``groups`` are the same ``conflicts`` for a reader: conditions of one kind in one line. Each must be solved;
    ``shared`` are those that stand in every one of several.
    """

    conflicts: tuple[tuple[str, ...], ...]
    groups: tuple[tuple[ConflictLine, ...], ...]
    shared: tuple[ConflictLine, ...]
    ways_out: tuple[WayOut, ...]
    partial: ChainLine | None
