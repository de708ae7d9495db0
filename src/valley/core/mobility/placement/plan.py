"""What comes out of a group placement: who goes where, who does not and why, what to open, and how sure is it?"""

from __future__ import annotations

from dataclasses import dataclass

from valley.core.mobility.overlap import MustHave, PracticalPoint


@dataclass(frozen=True, slots=True)
class Assignment:
    """One person's proposed seat. ``course`` is followed first, None when none is needed.

    ``hours_lost`` are hours a week; ``wage_lost`` is euro cents an hour against the least pay, None for an unknown
    wage; ``loss`` is the income lost in euro cents a week. ``km`` is the estimated road distance one way (None: a place
    is not known); ``travel`` is what the goal counts, in hectometres, 0 for work from home. ``wish`` is whether the
    person wished for this employer or sector. ``promised``: the person already said yes to exactly this.
    """

    mover: int
    offer: int
    course: int | None
    hours_lost: float
    wage_lost: int | None
    loss: int
    km: float | None
    travel: int
    wish: bool
    promised: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that blocks. ``kind``: language, permit, evening, weekend, night, early, competence (as in `MustHave`),
    hours, travel, start or length (as in `PracticalPoint`). ``subject``: language code, permit code or competence id;
    ``level``: CEFR 1-6 or competence level 1-4 asked. Empty where the kind says all.
    """

    kind: str
    subject: str | int = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Blocked:
    """For how many offers a condition blocks a person: alone (``sole``), and alone or with others (``among``)."""

    condition: Condition
    sole: int
    among: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """The offer that least is in the way of: fewest conditions, then nearest, then lowest id.

    ``missing`` and ``clashes`` are all its unmet must-haves and practical clashes; without them the person is eligible.
    """

    offer: int
    conditions: tuple[Condition, ...]
    missing: tuple[MustHave, ...]
    clashes: tuple[PracticalPoint, ...]
    km: float | None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody without a seat, and why.

    ``reason`` is "no-seat" (``fitting`` offers fit, all seats went to others), "no-course" (one of ``courses`` would
    unlock an offer, but it is full, or cannot reach its least size, or what it unlocks is taken) or "conditions"
    (``nearest`` says which). ``blocked`` counts up to twelve conditions over all offers, most often alone
    first. ``nearest`` looks at offers that do not fit; None when every offer fits or there is none.
    """

    mover: int
    reason: str
    fitting: int
    courses: tuple[int, ...]
    nearest: Nearest | None
    blocked: tuple[Blocked, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A course to open: who follows it, and its total cost in euro cents."""

    course: int
    movers: tuple[int, ...]
    cost: int

    @property
    def size(self) -> int:
        """How many follow it."""
        return len(self.movers)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A condition to relax for everybody, to see what it costs. ``kind`` as in `Condition`, or "level".

    language: everybody speaks ``subject`` at ``amount`` (CEFR) or better. permit: everybody has ``subject``. evening,
    weekend, night, early: everybody works that shift. travel: ``amount`` kilometres more. level: every competence asked
    one level lower (at least 1). competence: everybody has ``subject`` at ``amount``. hours, start, length: no limit.
    """

    kind: str
    subject: str | int = ""
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """How many ``more`` people a new plan places when one condition is relaxed; at most ``most``; equal when proven."""

    relaxation: Relaxation
    more: int
    most: int

    @property
    def proven(self) -> bool:
        """Whether no plan with this relaxation places more."""
        return self.more == self.most


@dataclass(frozen=True, slots=True)
class GroupRow:
    """How one lawful group fared, or the small groups together; ``placed`` None is hidden: small, or it would tell."""

    kind: str
    key: str
    placed: int | None
    total: int

    @property
    def share(self) -> float | None:
        """The share placed, None when hidden."""
        return None if self.placed is None else self.placed / self.total


@dataclass(frozen=True, slots=True)
class Proof:
    """What a goal reached and what no plan passes, given the goals before it, in the unit of `GOALS`.

    ``gap`` is |bound - value| / max(value, 1); 0 is proven best.
    """

    goal: str
    value: int
    bound: int
    gap: float

    @property
    def proven(self) -> bool:
        """Whether no plan that is as good on the goals before does better on this one."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole answer; everything sorted by id, so the same input gives the same plan.

    ``broken`` are movers whose promise could not be kept (their offer vanished, lost seats, or their course cannot
    reach its size); they are planned like everybody else. ``bottlenecks``
    is empty when everybody is placed or the policy asks for none. ``inputs`` and ``policy`` are fingerprints.
    """

    assignments: tuple[Assignment, ...]
    unplaced: tuple[Unplaced, ...]
    courses: tuple[Opened, ...]
    broken: tuple[int, ...]
    proof: tuple[Proof, ...]
    treatment: tuple[GroupRow, ...]
    bottlenecks: tuple[Bottleneck, ...]
    inputs: str
    policy: str

    @property
    def placed(self) -> int:
        """How many people have a seat."""
        return len(self.assignments)

    @property
    def total(self) -> int:
        """How many people were planned for."""
        return len(self.assignments) + len(self.unplaced)

    @property
    def proven(self) -> bool:
        """Whether every goal is proven best."""
        return all(one.proven for one in self.proof)

    def value(self, goal: str) -> int:
        """What a goal of `GOALS` reached."""
        return next(one.value for one in self.proof if one.goal == goal)
