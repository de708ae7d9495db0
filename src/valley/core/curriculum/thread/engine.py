"""In which steps is a red thread found?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

import numpy as np

from valley.core.curriculum.thread.bounds import ceiling
from valley.core.curriculum.thread.evidence import gather
from valley.core.curriculum.thread.null import Shuffled, longer, search_of, shuffled
from valley.core.curriculum.thread.refusing import refusal
from valley.core.curriculum.thread.region import Region, region_of
from valley.core.curriculum.thread.shapes import (
    CurvePoint,
    LeftOut,
    Line,
    Null,
    Other,
    Policy,
    Setting,
    Thread,
    Weighting,
)
from valley.core.curriculum.thread.telling import curve, telling
from valley.core.curriculum.thread.trials import Trials, named, other, shares, trials
from valley.core.curriculum.thread.valid import require_room, require_valid

CURVE = 30  # points of the curve at least, as far as there are candidates


@dataclass(frozen=True, slots=True)
class _Tests:
    """What every test found."""

    stability: dict[int, float]
    left_out: tuple[LeftOut, ...]
    shuffles: Shuffled | None
    curve: tuple[CurvePoint, ...]
    others: tuple[Other, ...]


def found(lines: Sequence[Line], *, on: date, policy: Policy, setting: Setting, fingerprint: str) -> Thread:
    """See `valley.core.curriculum.thread.thread`."""
    require_valid(lines, policy, setting)
    evidence = gather(lines, on=on, policy=policy, setting=setting)
    region = region_of(evidence, policy, setting)
    if policy.unit == "hours":
        require_room(region.cost[region.eligible].tolist(), policy)
    search = search_of(region, region.matrix.only(region.eligible), region.eligible)
    tried, picks = trials(region, search, policy.weighting)
    tests = _tests(tried, setting)
    most = int((tried.weight * region.worth(region.total)).sum())
    added = zip(tried.core, picks.gains[0].tolist(), strict=False)  # zeros stand behind the last
    gains = {_name(tried, column): gain / most for column, gain in added}
    told = telling(region, evidence, setting)
    covered = shares(region, named(tried, tried.core))
    null = _null(tests.shuffles, float(np.mean(covered)) if len(covered) else 0.0, policy)
    return Thread(
        policy=policy,
        on=on,
        items=told.items(gains, tests.stability),
        employers=told.shares(frozenset(gains), frozenset(tests.stability)),
        left_out=tests.left_out,
        null=null,
        curve=tests.curve,
        others=tests.others,
        value=int(picks.gains[0].sum()) / most if most else 0.0,
        bound=ceiling(search, tried.weight, list(tried.core)) / most if most else 0.0,
        mean_share=float(np.mean(covered)) if len(covered) else 0.0,
        least_share=float(np.min(covered)) if len(covered) else 0.0,
        refusal=refusal(
            policy,
            widest=int(region.matrix.support().max(initial=0)),
            employers=len(region.employers),
            null=null,
            left_out=tests.left_out,
            density=_density(region),
        ),
        fingerprint=fingerprint,
        ungrouped=evidence.ungrouped,
    )


def _name(tried: Trials, column: int) -> int:
    return tried.competences({column})[0]


def _density(region: Region) -> float:
    matrix = region.matrix
    return len(matrix.row) / (matrix.rows * matrix.cols) if matrix.rows else 0.0


def _tests(tried: Trials, setting: Setting) -> _Tests:
    region, policy = tried.region, tried.region.policy
    if not len(region.eligible):
        return _Tests({}, _unchanged(region), None, (), ())
    stability = zip(region.eligible.tolist(), tried.stability().tolist(), strict=True)
    order = longer(tried.search, tried.weight, max(policy.budget if policy.unit == "count" else 0, CURVE)).row(0)
    shuffles = None
    if policy.nulls:
        core = region.eligible[list(tried.core)]
        shuffles = shuffled(region, background=_background(region, setting), core=core, sizes=len(order))
    return _Tests(
        {region.competences[column]: share for column, share in stability},
        tuple(sorted(tried.left_out(), key=lambda left: left.employer)),
        shuffles,
        curve(region, region.eligible[order].tolist(), shuffles),
        tuple(other(region, tried.search, weighting, tried.core) for weighting in _weightings(policy, setting)),
    )


def _unchanged(region: Region) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(employer, (), (), 0.0, 0.0) for employer in sorted(region.names.tolist()))


def _weightings(policy: Policy, setting: Setting) -> list[Weighting]:
    """The other weightings; by jobs only when some are known."""
    return [one for one in get_args(Weighting) if one != policy.weighting and (one != "jobs" or setting.jobs)]


def _background(region: Region, setting: Setting) -> dict[int, int]:
    """How often everything in play is asked outside; of a group the sum over its members."""
    if region.policy.level == "leaf":
        return dict(setting.background)
    found: dict[int, int] = {}
    for competence, times in setting.background.items():
        for group in setting.groups.get(competence, ())[:1]:
            found[group] = found.get(group, 0) + times
    return found


def _null(shuffles: Shuffled | None, share: float, policy: Policy) -> Null | None:
    if shuffles is None:
        return None
    ordered = np.sort(shuffles.shares)
    least = len(ordered) - int(policy.p_at_most * (1 + len(ordered)) + 1e-9)  # at most so many shuffles may reach it
    return Null(
        shuffles=len(ordered),
        mean_share=float(np.mean(ordered)),
        high_share=float(ordered[least]),
        p=(1 + int((ordered >= share).sum())) / (1 + len(ordered)),
        swapped_mean=shuffles.swapped,
    )
