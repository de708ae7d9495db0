"""What goes into the search for a red thread, and what comes out?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from valley.core.errors import ValleyError

Kind = Literal["job-text", "observation", "rating"]
Level = Literal["leaf", "group"]
Weighting = Literal["equal", "jobs", "texts"]
Label = Literal["core", "shared", "own"]


class InvalidThread(ValleyError):
    """Evidence or a policy with which no red thread can be looked for: no lines, a budget of 0, an unknown kind."""

    code: ClassVar[str] = "invalid-thread"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of evidence: an employer asks a competence.

    ``weight`` is above 0 (how much this line counts among the lines of its employer: 1 for a task, 2 for a
    requirement, .5 for a wish, the rating itself for a rating); ``level`` is 1 to 4, or 0 when the evidence does not
    say; ``piece`` numbers the text, form or list it stands in.
    """

    employer: int
    competence: int
    kind: Kind
    on: date
    weight: float = 1.0
    level: int = 0
    piece: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around the evidence; every part may be empty.

    ``merges`` folds a competence into another; ``groups`` gives the narrow groups of a competence (the first is used
    at group level); ``jobs`` the number of jobs per employer; ``hours`` the guided hours to teach a competence up to
    a level (1 to 4); ``outside`` the number of occupations outside the trade that ask it; ``reuse`` its ESCO reuse
    level; ``background`` how often it is asked outside the region, which the null model draws by.
    """

    merges: Mapping[int, int] = field(default_factory=dict[int, int])
    groups: Mapping[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    jobs: Mapping[int, int] = field(default_factory=dict[int, int])
    hours: Mapping[int, tuple[int, int, int, int]] = field(default_factory=dict[int, tuple[int, int, int, int]])
    outside: Mapping[int, int] = field(default_factory=dict[int, int])
    reuse: Mapping[int, str] = field(default_factory=dict[int, str])
    background: Mapping[int, int] = field(default_factory=dict[int, int])


@dataclass(frozen=True, slots=True)
class Policy:
    """The choices behind a red thread; all of them are shown beside the result.

    ``support`` is the least number of employers behind an item (hard). ``budget`` is a number of competences, or of
    guided hours when ``unit`` is "hours". ``bends`` are (share, slope) pairs: each employer's covered share counts
    with the slope of the stretch it lies in, so the first quarter counts four times the last. ``half_life`` is in
    months per kind of evidence. ``core_at`` and ``shared_at`` are shares of bootstraps that keep an item.
    ``p_at_most`` and ``change_at_most`` are the two grounds for "no common core here".
    """

    level: Level = "leaf"
    support: int = 3
    budget: int = 15
    unit: Literal["count", "hours"] = "count"
    weighting: Weighting = "equal"
    bends: tuple[tuple[float, int], ...] = ((0.25, 4), (0.5, 3), (0.75, 2), (1.0, 1))
    half_life: Mapping[str, int] = field(default_factory=lambda: {"job-text": 24, "observation": 36, "rating": 24})
    bootstraps: int = 1000
    nulls: int = 200
    seed: int = 20261101
    core_at: float = 0.8
    shared_at: float = 0.5
    p_at_most: float = 0.05
    change_at_most: float = 0.2
    without: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A competence (or group) that enough employers ask.

    ``rank`` counts from 1 in the order of choice, 0 when it was not chosen. ``stability`` is the share of bootstraps
    that choose it; ``label`` follows from it. ``level`` is the lower median of what the employers ask, 0 when nobody
    says. ``hours`` teach it up to that level. ``gain`` is what it added to the value when it was chosen.
    ``trend`` is its mean share of demand in the newest year minus that in the evidence before, employers counting
    equally (None unless a kind of evidence has both): above 0 grows, below 0 shrinks.
    """

    competence: int
    rank: int
    employers: tuple[int, ...]
    level: int
    stability: float
    label: Label
    hours: int
    gain: float
    trend: float | None
    outside: int | None
    reuse: str
    pieces: tuple[int, ...]

    @property
    def support(self) -> int:
        """The number of employers behind it."""
        return len(self.employers)

    @property
    def chosen(self) -> bool:
        """True when it is in the computed core."""
        return self.rank > 0


@dataclass(frozen=True, slots=True)
class Share:
    """One employer against the core: what is covered, what others ask too but lies outside, what only it teaches.

    ``covered_share`` is its weighted share of demand, 0 to 1. ``not_covered`` has enough support but lies outside the
    core, ``own`` has too little support. Hours teach each list up to the level this employer asks.
    """

    employer: int
    covered_share: float
    covered: tuple[int, ...]
    not_covered: tuple[int, ...]
    own: tuple[int, ...]
    covered_hours: int
    not_covered_hours: int
    own_hours: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The core without one employer: which items leave and enter, and what the others' coverage becomes.

    ``changed`` is the share of the core that changes (items that leave, over the size of the core).
    """

    employer: int
    left: tuple[int, ...]
    entered: tuple[int, ...]
    changed: float
    mean_share: float


@dataclass(frozen=True, slots=True)
class Null:
    """The same search on shuffled regions: each employer keeps how many competences it asks and with what weight.

    ``p`` is (1 + shuffles at least as well covered) / (1 + shuffles); ``high_share`` is the share that must be passed
    for the p of the policy (the 95th of 100 shuffles at .05). ``swapped_mean`` is the mean share when every
    competence also keeps its number of employers (degree-preserving swaps): it shows what popularity alone explains.
    """

    shuffles: int
    mean_share: float
    high_share: float
    p: float
    swapped_mean: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Coverage with the first ``size`` items: mean and least covered employer, and the band of the shuffled regions."""

    size: int
    mean_share: float
    least_share: float
    null_low: float
    null_high: float


@dataclass(frozen=True, slots=True)
class Other:
    """The core under another weighting, beside the chosen one: its items and how many it has in common."""

    weighting: Weighting
    items: tuple[int, ...]
    in_common: int
    mean_share: float
    largest_influence: tuple[int, float]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no common core here, and what would be needed. ``reason`` is a stable code."""

    reason: Literal["too-few-employers", "nothing-shared", "not-above-chance", "one-employer-decides"]
    needed: Mapping[str, float | int]


@dataclass(frozen=True, slots=True)
class Thread:
    """A red thread: the items in order of choice, then the other candidates by stability; and every test it stood.

    ``value`` and ``bound`` are shares of the most that could be reached (all demand of everybody covered): no core
    within the budget passes the bound. ``mean_share`` and ``least_share`` are covered shares over employers, each
    counting once. ``ungrouped`` counts the competences that a search at group level had to leave out.
    """

    policy: Policy
    on: date
    items: tuple[Item, ...]
    employers: tuple[Share, ...]
    left_out: tuple[LeftOut, ...]
    null: Null | None
    curve: tuple[CurvePoint, ...]
    others: tuple[Other, ...]
    value: float
    bound: float
    mean_share: float
    least_share: float
    refusal: Refusal | None
    fingerprint: str
    ungrouped: int = 0

    @property
    def core(self) -> tuple[Item, ...]:
        """The chosen items."""
        return tuple(item for item in self.items if item.chosen)
