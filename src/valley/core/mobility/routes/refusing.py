"""Why is there no chain, which smallest change would give one, and how far does one get without?

Every answer comes from solving again: a condition is dropped, or an input changed, and the whole search runs anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from valley.core.mobility.routes.board import Board
from valley.core.mobility.routes.choosing import search_on
from valley.core.mobility.routes.ground import Ground
from valley.core.mobility.routes.partial import furthest
from valley.core.mobility.routes.relaxing import relaxations
from valley.core.mobility.routes.search import Exhausted, Search
from valley.core.mobility.routes.shapes import Condition, Conflict, Learner, Refusal
from valley.core.mobility.routes.telling import chain

OWN = ("start", "distance", "language", "permit", "shift", "hours", "length", "avoid", "entry")
"""What a learner can say something about: a set with one of these says more to them than a list of work processes."""
ROUNDS = 12
"""Searches of full effort for all conflicts together: keeps a refusal within about a second."""


def refuse(board: Board, learner: Learner) -> Refusal:
    """The whole refusal of a learner for whom there is no complete chain.

    >>> from datetime import date
    >>> from valley.core.mobility.routes.shapes import Qualification
    >>> from valley.core.profiles import Limits, Profile
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))))
    >>> board = Board([], Qualification({"W1": 1}, months=1))
    >>> [conflict.conditions[0].kind for conflict in refuse(board, anna).conflicts]
    ['duration', 'process']
    """
    conflicts = minimal_conflicts(board, learner)
    ground = Ground(board, learner, frozenset({Condition("year")}))
    partial, proven = furthest(ground, board.policy.effort)
    told = None if partial is None else chain(partial, Search(ground), fallbacks=False)
    return Refusal(conflicts, relaxations(board, learner, conflicts), told, proven)


def feasible(board: Board, learner: Learner, dropped: frozenset[Condition], effort: int | None = None) -> bool:
    """Whether there is a complete chain when some conditions are dropped; raises `Exhausted` past the effort."""
    return search_on(Ground(board, learner, dropped), effort).some() is not None


def all_conditions(board: Board, learner: Learner) -> tuple[Condition, ...]:
    """Every named condition of this learner; of several minimal sets one of the earlier conditions is found first."""
    policy, limits = board.policy, learner.profile.limits
    ground = Ground(board, learner)
    stated = {
        "distance": limits.max_km is not None,
        "hours": limits.hours_min is not None or limits.hours_max is not None,
        "length": limits.months_min is not None,
        "avoid": bool(learner.avoid),
    }
    columns = board.columns
    single = [one for one in ground.conditions() if stated.get(one.kind, True)]
    single = [one for one in single if bool(columns.barred(learner, one.kind, one.subject).any())]
    always: list[Condition] = [Condition("recognised")]
    always += [Condition("law")] if policy.breach_blocks and board.rules else []
    always += [Condition("year")] if board.qualification.practice_hours_a_year else []
    always.append(Condition("links"))
    levels = ground.root().levels
    lacking = 0
    for need in board.needs:
        lacking |= need & ~levels
    entry = [Condition("entry", str(one)) for one in board.competences if lacking & board.entry(one)]
    ends = [Condition("duration"), *(Condition("process", code) for code in board.processes)]
    first = [] if learner.done else [Condition("start")]
    # Searches without the rule on gaps are by far the longest, so that it is the last to be dropped.
    return (Condition("gap"), *first, *single, *entry, *always, *ends)


def minimal_conflicts(board: Board, learner: Learner) -> tuple[Conflict, ...]:
    """Minimal sets of conditions that together leave no chain; at most ``policy.conflicts``, all different.

    From the second on, a condition of an earlier set is dropped from the start, so that another set must show itself.
    A search of more than ``policy.effort`` steps is given up; a set for which that happened says ``minimal=False``:
    it does leave no chain, but a smaller part of it might too.
    """
    shrinking = _Shrinking(board, learner)
    found: list[Conflict] = []
    for dropped in _starts(found):
        if len(found) >= board.policy.conflicts:
            break
        if dropped and not shrinking.blocks_without(dropped):
            continue
        conflict = shrinking.conflict(dropped)
        if conflict not in found:
            found.append(conflict)
    return tuple(found)


def _starts(found: Sequence[Conflict]) -> Iterator[frozenset[Condition]]:
    yield frozenset()
    tried: set[Condition] = set()
    while fresh := [one for conflict in found for one in conflict.conditions if one not in tried]:
        tried.add(fresh[0])
        yield frozenset({fresh[0]})


class _Shrinking:
    """A minimal set by halving: Junker 2004, "QuickXplain"; asks in the order of size x log(all) searches."""

    def __init__(self, board: Board, learner: Learner) -> None:
        self.board, self.learner = board, learner
        self.everything = all_conditions(board, learner)
        self.left = board.policy.effort * ROUNDS
        self.unsure = False

    def conflict(self, dropped: frozenset[Condition]) -> Conflict:
        self.unsure = False
        kept = self._told([one for one in self.everything if one not in dropped])
        return Conflict(tuple(sorted(self._needed([], False, kept))), not self.unsure)

    def _told(self, kept: list[Condition]) -> list[Condition]:
        """Conditions that leave no chain with at most one of the learner's own among them, if that can be."""
        own = [one for one in kept if one.kind in OWN]
        others = [one for one in kept if one.kind not in OWN]
        for one in ([], *([single] for single in own)):
            if self.blocks_without(frozenset(self.everything) - {*one, *others}):
                return [*one, *others]
        return kept

    def blocks_without(self, dropped: frozenset[Condition]) -> bool:
        """Whether there is, for sure, no chain without these conditions."""
        search = search_on(Ground(self.board, self.learner, dropped), min(self.left, self.board.policy.effort))
        try:
            blocks = search.some() is None
        except Exhausted:
            self.unsure, blocks = True, False
        self.left = max(1, self.left - search.steps)
        return blocks

    def _needed(self, ground: list[Condition], added: bool, rest: list[Condition]) -> list[Condition]:
        if added and self.blocks_without(frozenset(set(self.everything) - set(ground))):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        one, two = rest[:half], rest[half:]
        later = self._needed(ground + one, bool(one), two)
        sooner = self._needed(ground + later, bool(later), one)
        return sooner + later
