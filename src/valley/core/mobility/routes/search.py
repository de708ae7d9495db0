"""Which complete chains are best, and can a chain so far still become complete?

Labels are taken best first by an estimate that never promises too little; a label is passed over when as many chains
already taken as are asked for can follow everything it can follow, and are at least as good. Both rules lose nothing,
so what is found is exact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import lcm
from typing import Literal

from valley.core.mobility.routes.ground import NOWHERE, Ground, Label
from valley.core.mobility.routes.valid import MOST_LINKS

Mode = Literal["plain", "robust", "strict"]
SHARE = lcm(*range(1, MOST_LINKS + 1))  # every share of at most so many links is a whole number of these


class Exhausted(Exception):
    """A search that was given only so many steps did not finish: nothing is known."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A label that can become complete, and what it uses for that."""

    label: Label
    places: frozenset[int]
    employers: frozenset[int]


@dataclass(slots=True)
class Hope:
    """Whether labels can become complete: a search in depth that remembers what succeeded and what failed.

    ``lives`` is exact: a label lives when a remembered one that it dominates did, by links it may use, and dies when
    a remembered one that dominates it did.
    """

    ground: Ground
    alive: dict[int, list[Witness]] = field(default_factory=dict[int, list[Witness]])
    dead: dict[tuple[int, int | None], list[Label]] = field(default_factory=dict[tuple[int, "int | None"], list[Label]])
    steps: int = 0
    effort: int | None = None

    def lives(self, label: Label, without: int | None = None) -> bool:
        """Whether some continuation without an employer is complete; before the first link it may wait."""
        if self.here(label, without):
            return True
        later = [] if label.places else [day for day in self.ground.waits() if day > label.day]
        return any(self.here(started(label, day), without) for day in later)

    def witness(self, label: Label) -> Label | None:
        """Some complete chain that goes on from a label, not the best; None when there is none."""
        starts = [label, *(started(label, day) for day in self.ground.waits() if not label.places and day > label.day)]
        here = next((one for one in starts if self.here(one)), None)
        while here is not None and not self.ground.complete(here):
            here = next(one for one in self.ground.onward(here, without=None) if self.here(one))
        return here

    def here(self, label: Label, without: int | None = None) -> bool:
        """Whether some continuation without an employer is complete, without waiting for a first link."""
        return self._way(label, without) is not None

    def _way(self, label: Label, without: int | None) -> frozenset[int] | None:
        ground = self.ground
        if ground.complete(label):
            return frozenset()
        for known in self.alive.get(label.day, ()):
            free = without not in known.employers and not label.spare & known.places
            if free and ground.dominates(label, known.label):
                return known.places
        if self._lost(label, None) or (without is not None and self._lost(label, without)):
            return None
        return self._searched(label, without)

    def _lost(self, label: Label, without: int | None) -> bool:
        """Whether a label that could do at least as much is known to be dead."""
        guard, gained, dominates = self.ground.lanes.guard, label.gained, self.ground.dominates
        for one in self.dead.get((label.day, without), ()):
            # Most comparisons end with the hours, so that they come before the call.
            if ((one.gained | guard) - gained) & guard == guard and dominates(one, label):
                return True
        return False

    def _searched(self, label: Label, without: int | None) -> frozenset[int] | None:
        self.steps += 1
        if self.steps == self.effort:
            raise Exhausted
        ground = self.ground
        further = sorted(
            ground.onward(label, without=without), key=lambda one: (-(one.gained % 65535), one.travel, one.places)
        )
        for one in further:
            way = self._way(one, without)
            if way is not None:
                used = way | {one.places[-1]}
                employers = frozenset(ground.board.employers[place] for place in used)
                self.alive.setdefault(label.day, []).append(Witness(label, used, employers))
                return used
        self.dead.setdefault((label.day, without), []).append(label)
        return None


def started(root: Label, day: int) -> Label:
    """The root, waiting until a day."""
    idle = root.idle + day - root.day
    return Label(day, root.gained, root.levels, root.slack, root.law, root.spare, idle, 0, (), ())


class Search:
    """The search over one ground; remembers hope and fallbacks between questions."""

    def __init__(self, ground: Ground, effort: int | None = None) -> None:
        self.ground = ground
        self.hope = Hope(ground, effort=effort)
        self._fallbacks: dict[tuple[int, tuple[int, ...], tuple[int, ...]], Label | None] = {}
        self.taken = 0

    def chains(self, k: int | None = None) -> list[Label]:
        """At most k complete chains with different openings, best first."""
        k = k or self.ground.policy.k
        root = self.ground.root()
        idle = self._least_idle(root)
        if idle is None:
            return []
        robust = self.best(root, k=k, mode="robust", idle=idle)
        return robust if len(robust) == k else self.best(root, k=k, mode="strict")

    @property
    def steps(self) -> int:
        """Steps taken so far to learn whether there are chains."""
        return self.hope.steps

    def some(self) -> Label | None:
        """Some complete chain, not the best."""
        return self.hope.witness(self.ground.root())

    def first(self) -> Label | None:
        """The best complete chain, withdrawals left aside."""
        root = self.ground.root()
        found = self.best(root, k=1) if self.hope.lives(root) else []
        return found[0] if found else None

    def _least_idle(self, root: Label) -> int | None:
        """The least idle days of any complete chain; None when there is none."""
        ground = self.ground
        if not self.hope.lives(root):
            return None
        if ground.gap or ground.first_gap:
            return self.best(root, k=1)[0].idle
        # Without gaps only the wait for the first link is idle: the first day that can lead to a complete chain.
        starts = [root, *(started(root, day) for day in ground.waits() if day > root.day)]
        return next(one.idle for one in starts if self.hope.here(one))

    def fallback(self, before: Label, employer: int) -> Label | None:
        """The best complete chain that goes on from a label without an employer."""
        key = (employer, before.places, before.starts or (before.day,))
        if key not in self._fallbacks:
            found = self.best(before, k=1, without=employer) if self.hope.lives(before, employer) else []
            self._fallbacks[key] = found[0] if found else None
        return self._fallbacks[key]

    def best(
        self, root: Label, *, k: int, mode: Mode = "plain", without: int | None = None, idle: int | None = None
    ) -> list[Label]:
        """The best k by idle days, then (unless plain) robustness, then travel, then ids; idle at most ``idle``."""
        return _Run(self, k, mode, without, NOWHERE if idle is None else idle).run(root)


Key = tuple[int, int, int, tuple[int, ...], tuple[int, ...]]


class _Run:
    """One search, best first."""

    def __init__(self, search: Search, k: int, mode: Mode, without: int | None, idle: int) -> None:
        self.search, self.ground, self.hope = search, search.ground, search.hope
        self.k, self.mode, self.without, self.idle = k, mode, without, idle
        self.heap: list[tuple[Key, int, Label, bool]] = []
        self.taken: dict[int, list[Label]] = {}
        self.found: list[Label] = []
        self.pushed = 0

    def run(self, root: Label) -> list[Label]:
        self._push(root, True)
        waits = self.ground.waits() if not root.places else []
        turn = 0
        while len(self.found) < self.k:
            idle = self.heap[0][0][0] if self.heap else NOWHERE
            # A later first day only enters when nothing that waits less is left.
            while turn < len(waits) and root.idle + waits[turn] - root.day <= idle:
                if waits[turn] > root.day:
                    self._push(started(root, waits[turn]), True)
                    idle = self.heap[0][0][0]
                turn += 1
            if not self.heap or idle > self.idle:
                break
            self._take()
        return self.found

    def _push(self, label: Label, known: bool) -> None:
        ground = self.ground
        left = ground.least_travel(label.day, ground.months_left(label)) if label.places else 0
        if left < NOWHERE:
            travel = label.travel + left
            key: Key = (label.idle, self._share(label, known), travel, label.places, label.starts)
            self.pushed += 1
            heappush(self.heap, (key, self.pushed, label, known))

    def _share(self, label: Label, known: bool) -> int:
        """Minus the greatest share of withdrawals that a chain from here can survive; ``known``: the last one was
        looked into."""
        if self.mode != "strict" or label.broken == 0:
            return 0 if self.mode != "strict" else -SHARE
        hopeful = 0 if self.ground.complete(label) else self.ground.longest - len(label.places)
        kept = label.survived + hopeful + (not known)
        return -SHARE * kept // (kept + label.broken)

    def _take(self) -> None:
        key, _, label, known = heappop(self.heap)
        self.search.taken += 1
        # Passing over by robustness needs to know whether the last withdrawal is survived; otherwise that can wait.
        strict = self.mode == "strict"
        if (not strict and self._passed(label)) or (not known and not self._stands(label, key)):
            return
        if strict and self._passed(label):
            return
        if self.ground.complete(label):
            if all(label.places != one.places for one in self.found):
                self.found.append(label)
            if self.mode != "strict":
                self.taken.setdefault(label.day, []).append(label)
        elif self.hope.here(label, self.without):
            self.taken.setdefault(label.day, []).append(label)
            for one in self.ground.onward(label, without=self.without):
                self._push(one, self.mode == "plain")

    def _stands(self, label: Label, key: Key) -> bool:
        """Whether a label still comes first once the withdrawal of its last link is looked into."""
        self._withdraw(label)
        if self.mode == "robust":
            return not label.broken
        if self._share(label, True) != key[1]:
            self._push(label, True)
            return False
        return True

    def _withdraw(self, label: Label) -> None:
        before = label.before
        assert before is not None
        employer = self.ground.board.employers[label.places[-1]]
        lives = self.hope.lives(before, employer)
        label.survived, label.broken = before.survived + lives, before.broken + (not lives)

    def _passed(self, label: Label) -> bool:
        """Whether k chains taken before make this one superfluous."""
        others: set[tuple[int, ...]] = set()
        for one in self.taken.get(label.day, ()):
            if one.idle <= label.idle and self._beats(one, label):
                others.add(one.places)
                if len(others) >= self.k or one.places == label.places:
                    return True
        return False

    def _beats(self, one: Label, other: Label) -> bool:
        sooner = one.idle < other.idle
        if not sooner and (one.travel, one.places, one.starts) > (other.travel, other.places, other.starts):
            return False
        if not self.ground.dominates(one, other):
            return False
        if self.mode != "strict" or sooner:
            return True
        # Shares also depend on how many links follow: only chains that become complete together compare.
        alike = one.gained == other.gained and one.slack == other.slack
        return alike and one.survived >= other.survived and one.broken <= other.broken
