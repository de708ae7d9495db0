"""How does work lead to other work: what carries over, what is missing, which ways there are, and where people went?

"Fits" compares competences, "went" counts people. They answer different questions and are never put into one number.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from valley.core.disclosure import THRESHOLD
from valley.core.errors import ValleyError
from valley.core.mobility.law.months import between
from valley.core.mobility.overlap import OverlapPolicy, overlap
from valley.core.profiles import SIMILARITY, Demand, Grade, Has, Need, Profile, Vocabulary

MOST_STEPS = 3
"""Longest way that is drawn: the issue asks for up to three steps; further ahead no profile says anything."""


class TooManySteps(ValleyError):
    """A way of fewer than one or more than three steps was asked."""

    code = "too-many-steps"


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its key, what it asks, and the roles it leads to by its own description."""

    key: str
    needs: tuple[Need, ...]
    moves_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """By which words, rule and day competences are compared: the same as for people and openings."""

    vocabulary: Vocabulary
    policy: OverlapPolicy
    on: dt.date


@dataclass(frozen=True, slots=True)
class Gap:
    """A competence that is asked at a level and held at a lower one; held 0 is not at all.

    ``near`` is a held competence that is near a missing one (not only of the same broad group); None without.
    """

    competence: int
    held: int
    asked: int
    must: bool
    near: int | None = None


@dataclass(frozen=True, slots=True)
class Bridge:
    """What carries over to a role and what does not. ``percent`` is the covered share of what the role asks."""

    goal: str
    shared: tuple[int, ...]
    lower: tuple[Gap, ...]
    missing: tuple[Gap, ...]
    percent: int


@dataclass(frozen=True, slots=True)
class Stint:
    """One person in one role from a day until (not on) another; None: still there."""

    person: int
    role: str
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Went:
    """Where people went from a role: how many (at least the threshold) and the middle of their months before."""

    start: str
    goal: str
    people: int
    months: int


def bridge(held: Mapping[int, int], goal: Role, *, by: Comparison | None = None) -> Bridge:
    """Compare levels held (by a role or a person) with what a role asks.

    A must-have counts its weight twice, a wish once; a competence at a lower level counts for the share held / asked.
    ``by`` a comparison, the percentage is the coverage of the overlap instead, in which near competences count too.
    Rounded down, so that 100 is everything.

    >>> bridge({1: 2, 2: 1}, Role("planner", (Need(1, 2), Need(2, 2), Need(3, 1)))).percent
    50
    """
    covered, near = _covered(held, goal, by) if by else (_plainly(held, goal), {})
    gaps = [
        Gap(
            need.competence,
            held.get(need.competence, 0),
            need.level,
            int(need.importance) == 2,
            near.get(need.competence),
        )
        for need in goal.needs
        if held.get(need.competence, 0) < need.level
    ]
    return Bridge(
        goal.key,
        tuple(need.competence for need in goal.needs if held.get(need.competence, 0) >= need.level),
        tuple(gap for gap in gaps if gap.held),
        tuple(gap for gap in gaps if not gap.held),
        # a hair above, so that 0.29 * 100 is not cut to 28
        int(covered * 100 + 1e-9),
    )


def _plainly(held: Mapping[int, int], goal: Role) -> float:
    weights = [(need, need.weight * int(need.importance)) for need in goal.needs]
    covered = sum(weight * min(held.get(need.competence, 0) / need.level, 1) for need, weight in weights)
    return covered / (sum(weight for _need, weight in weights) or 1)


def _covered(held: Mapping[int, int], goal: Role, by: Comparison) -> tuple[float, dict[int, int]]:
    """Coverage by the overlap, and for each need the other competence that stood in for it."""
    person = Profile(0, tuple(Has(key, level, Grade.OBSERVED, by.on) for key, level in held.items()))
    found = overlap(person, Demand(0, goal.needs), by.vocabulary, by.policy, on=by.on)
    pairs = [(line.need.competence, line.competence_held) for line in found.lines]
    near = {
        need: other
        for need, other in pairs
        if other is not None and other != need and by.vocabulary.similarity(other, need) >= SIMILARITY.near
    }
    if found.coverage is None:
        return _plainly(held, goal), {}
    return found.coverage, near


def levels(role: Role) -> dict[int, int]:
    """What somebody in a role is taken to have: what the role asks, at its level.

    >>> levels(Role("planner", (Need(4, 2),)))
    {4: 2}
    """
    return {need.competence: need.level for need in role.needs}


def fits(
    held: Mapping[int, int], roles: Iterable[Role], *, without: str = "", by: Comparison | None = None
) -> tuple[Bridge, ...]:
    """Every role with what carries over, the best covered first, ties by key. For one's own eyes.

    >>> [one.goal for one in fits({1: 1}, [Role("a", (Need(2, 1),)), Role("b", (Need(1, 1),))])]
    ['b', 'a']
    """
    found = [bridge(held, role, by=by) for role in roles if role.key != without and role.needs]
    return tuple(sorted(found, key=lambda one: (-one.percent, one.goal)))


def paths(roles: Mapping[str, Role], start: str, *, steps: int) -> tuple[tuple[str, ...], ...]:
    """Every way along described moves from a role, one to ``steps`` long, never twice through a role. Short ways first.

    >>> graph = {"a": Role("a", (), ("b",)), "b": Role("b", (), ("a", "c")), "c": Role("c", ())}
    >>> paths(graph, "a", steps=3)
    (('a', 'b'), ('a', 'b', 'c'))
    """
    if not 1 <= steps <= MOST_STEPS:
        raise TooManySteps(expected=f"1 to {MOST_STEPS} steps", found=steps, next_step="Choose a number in between.")
    found: list[tuple[str, ...]] = []
    border = [(start,)]
    for _step in range(steps):
        border = [
            (*way, goal)
            for way in border
            for goal in (roles[way[-1]].moves_to if way[-1] in roles else ())
            if goal in roles and goal not in way
        ]
        found += border
    return tuple(found)


def went(stints: Iterable[Stint], *, threshold: int = THRESHOLD) -> tuple[Went, ...]:
    """Moves that at least ``threshold`` people made from one role to another; smaller groups do not exist here.

    No totals are given, so there is nothing to subtract from. A person counts once per pair of roles, with the months
    from the first day in the role to the first day in the next; contracts in one role after each other are one stay.

    >>> day = dt.date(2026, 1, 1)
    >>> went([Stint(1, "a", day, None), Stint(1, "b", dt.date(2027, 1, 1), None)], threshold=1)
    (Went(start='a', goal='b', people=1, months=12),)
    """
    own: dict[int, list[Stint]] = defaultdict(list)
    for stint in stints:
        own[stint.person].append(stint)
    months: dict[tuple[str, str], list[int]] = defaultdict(list)
    for rows in own.values():
        for pair, spent in _moves(rows).items():
            months[pair].append(spent)
    return tuple(
        Went(start, goal, len(spent), round(median(spent)))
        for (start, goal), spent in sorted(months.items())
        if len(spent) >= threshold
    )


def _moves(rows: list[Stint]) -> dict[tuple[str, str], int]:
    """The first time somebody made each move, with the whole months in the role before it."""
    found: dict[tuple[str, str], int] = {}
    role, since = "", dt.date.min
    for stint in sorted(rows, key=lambda one: (one.starts_on, one.role)):
        if role and stint.role != role:
            found.setdefault((role, stint.role), between(since, stint.starts_on)[0])
        if stint.role != role:
            role, since = stint.role, stint.starts_on
    return found
