"""Can a red thread be looked for in this evidence, under this policy?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import get_args

from valley.core.curriculum.thread.shapes import InvalidThread, Kind, Level, Line, Policy, Setting, Weighting

LEVELS = 4
MOST_TOTAL = 2**53  # sums up to here are whole numbers in every kind of arithmetic that is used

Law = tuple[str, Callable[[Policy], bool], Callable[[Policy], object]]
LAWS: tuple[Law, ...] = (
    ("level leaf or group", lambda p: p.level in get_args(Level), lambda p: p.level),
    ("unit count or hours", lambda p: p.unit in ("count", "hours"), lambda p: p.unit),
    ("weighting equal, jobs or texts", lambda p: p.weighting in get_args(Weighting), lambda p: p.weighting),
    ("a budget of at least 1", lambda p: p.budget >= 1, lambda p: p.budget),
    ("support of at least 1 employer", lambda p: p.support >= 1, lambda p: p.support),
    ("at least 1 bootstrap", lambda p: p.bootstraps >= 1, lambda p: p.bootstraps),
    (
        "0 shuffles, or so many that p can come under its limit",
        lambda p: p.nulls == 0 or (p.nulls > 0 and p.p_at_most * (1 + p.nulls) >= 1),
        lambda p: f"{p.nulls} shuffles for p at most {p.p_at_most:g}",
    ),
    (
        "shares with 0 < shared <= core <= 1",
        lambda p: 0 < p.shared_at <= p.core_at <= 1,
        lambda p: f"shared {p.shared_at:g}, core {p.core_at:g}",
    ),
    (
        "half-lives above 0 for every kind of evidence",
        lambda p: all(p.half_life.get(kind, 0) > 0 for kind in get_args(Kind)),
        lambda p: dict(p.half_life),
    ),
    ("bends that rise to 1 while the slope falls", lambda p: _concave(p.bends), lambda p: p.bends),
)


def _concave(bends: Sequence[tuple[float, int]]) -> bool:
    steps = list(pairwise([(0.0, bends[0][1] if bends else 0), *bends]))
    rising = all(one < two and low >= high >= 0 for (one, low), (two, high) in steps)
    return bool(bends) and rising and bends[-1][0] == 1 and bends[0][1] > 0


def require_valid(lines: Sequence[Line], policy: Policy, setting: Setting) -> None:
    """Raise `InvalidThread`, naming the first thing that is wrong; return nothing when all is right.

    >>> from datetime import date
    >>> require_valid([Line(1, 7, "rating", date(2026, 9, 1))], Policy(), Setting())
    >>> try:
    ...     require_valid([Line(1, 7, "rating", date(2026, 9, 1))], Policy(budget=0), Setting())
    ... except InvalidThread as error:
    ...     print(error.expected, "/", error.found)
    a budget of at least 1 / 0
    """
    for expected, holds, found in LAWS:
        if not holds(policy):
            raise InvalidThread(expected=expected, found=found(policy), next_step="Change the policy.")
    if not lines:
        raise InvalidThread(expected="lines of evidence", found="none", next_step="Read texts and decide on proposals.")
    for line in lines:
        _require_line(line)
    if policy.weighting == "jobs" and not setting.jobs:
        raise InvalidThread(
            expected="the number of jobs of employers", found="none", next_step="Fill in jobs, or weigh equally."
        )


def _require_line(line: Line) -> None:
    right = line.kind in get_args(Kind) and 0 <= line.level <= LEVELS and isfinite(line.weight) and line.weight > 0
    if not right:
        raise InvalidThread(
            expected="a known kind, a weight above 0 and a level from 0 to 4",
            found=f"{line.kind}, {line.weight:g}, {line.level}",
            next_step=f"Correct competence {line.competence} of employer {line.employer}.",
        )


def require_exact(total: int) -> None:
    """Refuse weights so large that sums would no longer be whole numbers."""
    if total > MOST_TOTAL:
        raise InvalidThread(
            expected=f"a total value of at most {MOST_TOTAL:,}", found=total, next_step="Use smaller slopes or jobs."
        )


def require_hours(hours: Mapping[int, object], wanted: Sequence[int]) -> None:
    """A budget in hours needs the hours of everything in play."""
    missing = [competence for competence in wanted if competence not in hours]
    if missing:
        raise InvalidThread(
            expected="guided hours for every competence that is asked",
            found=f"none for {len(missing)}, the first {missing[0]}",
            next_step="Fill in the hours, or set the budget as a number of competences.",
            missing=len(missing),
        )


def require_room(costs: Sequence[int], policy: Policy) -> None:
    """A budget in hours must have room for one candidate at least."""
    if costs and min(costs) > policy.budget:
        raise InvalidThread(
            expected=f"a budget of at least {min(costs)} hours, in which one competence fits",
            found=policy.budget,
            next_step="Give more hours.",
            hours=min(costs),
        )


def resolved(merges: Mapping[int, int]) -> dict[int, int]:
    """Every merge followed to its end; a ring of merges is refused.

    >>> resolved({1: 2, 2: 5, 9: 9})
    {1: 5, 2: 5, 9: 9}
    """
    return {start: _end(start, merges) for start in merges}


def _end(start: int, merges: Mapping[int, int]) -> int:
    seen, place = {start}, start
    while (further := merges.get(place, place)) != place:
        if further in seen:
            raise InvalidThread(
                expected="merges that end somewhere", found=f"a ring through {start}", next_step="Take one merge back."
            )
        seen.add(further)
        place = further
    return place
