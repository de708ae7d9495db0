"""Is this red thread true to its evidence? Found again from the raw lines, by the readable twin and plain sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isclose
from statistics import median_low

from valley.core.curriculum.thread import twin
from valley.core.curriculum.thread.shapes import Line, Policy, Setting, Thread

SAMPLE = 5  # employers that are really left out; each is a whole search of the slow kind
UNSAID = 2  # the level of the hours where nobody says one


def check(found: Thread, lines: Sequence[Line], *, setting: Setting = Setting()) -> tuple[str, ...]:  # noqa: B008
    """Every law that this answer breaks, in words; empty when it breaks none. Slow: for tests and doubts.

    >>> from dataclasses import replace
    >>> from datetime import date
    >>> from valley.core.curriculum.thread import thread
    >>> day = date(2026, 9, 1)
    >>> asked = [Line(employer, competence, "job-text", day, piece=employer)
    ...          for employer in range(1, 7) for competence in (1, 2, 10 * employer)]
    >>> answer = thread(asked, on=day, policy=Policy(bootstraps=10, nulls=19))
    >>> check(answer, asked)
    ()
    >>> check(replace(answer, mean_share=0.9), asked)
    ('mean_share: 0.666667 by the evidence, 0.9 in the answer',)
    """
    asked = twin.demand(lines, on=found.on, policy=found.policy, setting=setting)
    laws = (
        _core(found, asked, lines, setting),
        _values(found, asked, lines, setting),
        _shares(found, asked),
        _hours(found, lines, setting),
        _labels(found),
        _left_out(found, asked, lines, setting),
    )
    return tuple(broken for law in laws for broken in law)


def _core(found: Thread, asked: twin.Demand, lines: Sequence[Line], setting: Setting) -> Iterator[str]:
    """Budget, support and the order of choice."""
    policy, core = found.policy, [item.competence for item in found.core]
    spent = len(core) if policy.unit == "count" else sum(max(1, item.hours) for item in found.core)
    if spent > policy.budget:
        yield f"budget: {policy.budget} {policy.unit}, {spent} in the answer"
    for item in found.items:
        behind = tuple(sorted(employer for employer in asked if item.competence in asked[employer]))
        yield from _same(f"employers of {item.competence}", behind, item.employers)
        if item.support < policy.support:
            yield f"support of {item.competence}: at least {policy.support}, {item.support} in the answer"
    weight = weights(asked, lines, policy, setting)
    eligible = set(twin.supported(asked, {employer: 1 for employer in asked}, policy))
    yield from _same("candidates", eligible, {item.competence for item in found.items})
    hours = {item.competence: max(1, item.hours) for item in found.items} if policy.unit == "hours" else None
    yield from _same("core", twin.greedy(asked, weight, policy, hours), core)


def weights(asked: twin.Demand, lines: Sequence[Line], policy: Policy, setting: Setting) -> dict[int, int]:
    """How much every employer counts."""
    if policy.weighting == "equal":
        return {employer: 1 for employer in asked}
    if policy.weighting == "texts":
        placed = [line for line in lines if twin.place_of(line.competence, policy, setting) is not None]
        return {
            employer: len({(line.kind, line.piece) for line in placed if line.employer == employer})
            for employer in asked
        }
    known = sorted(setting.jobs[employer] for employer in asked if setting.jobs.get(employer, 0) > 0)
    usual = known[(len(known) - 1) // 2] if known else 1
    return {employer: setting.jobs.get(employer, 0) or usual for employer in asked}


def _values(found: Thread, asked: twin.Demand, lines: Sequence[Line], setting: Setting) -> Iterator[str]:
    policy, core = found.policy, [item.competence for item in found.core]
    weight = weights(asked, lines, policy, setting)
    everything = sorted({competence for shares in asked.values() for competence in shares})
    most = twin.value(asked, weight, everything, policy)
    reached = twin.value(asked, weight, core, policy) / most if most else 0.0
    covered = [_covered(asked[employer], core) for employer in asked]
    for name, wanted, said in (
        ("value", reached, found.value),
        ("sum of gains", reached, sum(item.gain for item in found.core)),
        ("mean_share", sum(covered) / len(covered) if covered else 0.0, found.mean_share),
        ("least_share", min(covered, default=0.0), found.least_share),
    ):
        yield from _close(name, wanted, said)
    if found.bound < found.value - 1e-12 or found.bound > 1 + 1e-12:
        yield f"bound: from {found.value:g} to 1, {found.bound:g} in the answer"


def _covered(shares: Mapping[int, int], core: Sequence[int]) -> float:
    return sum(shares.get(competence, 0) for competence in core) / sum(shares.values())


def _shares(found: Thread, asked: twin.Demand) -> Iterator[str]:
    core = {item.competence for item in found.core}
    shared = {item.competence for item in found.items}
    yield from _same("employers", sorted(asked), [share.employer for share in found.employers])
    for share in found.employers:
        mine = set(asked.get(share.employer, {}))
        for name, wanted, said in (
            ("covered", mine & core, share.covered),
            ("not covered", mine & shared - core, share.not_covered),
            ("own", mine - shared, share.own),
        ):
            yield from _same(f"{name} of {share.employer}", wanted, set(said))
        if mine:
            yield from _close(
                f"share of {share.employer}", _covered(asked[share.employer], sorted(core)), share.covered_share
            )


def _labels(found: Thread) -> Iterator[str]:
    policy = found.policy
    for item in found.items:
        wanted = (
            "core" if item.stability >= policy.core_at else "shared" if item.stability >= policy.shared_at else "own"
        )
        yield from _same(f"label of {item.competence}", wanted, item.label)
    ranks = [item.rank for item in found.items]
    size = len(found.core)
    yield from _same("ranks", [*range(1, size + 1), *[0] * (len(ranks) - size)], ranks)


def _left_out(found: Thread, asked: twin.Demand, lines: Sequence[Line], setting: Setting) -> Iterator[str]:
    """A few employers are really left out; in hours the whole region's hours stay, as in a programme."""
    core = {item.competence for item in found.core}
    weight = weights(asked, lines, found.policy, setting)
    hours = {item.competence: max(1, item.hours) for item in found.items} if found.policy.unit == "hours" else None
    every = [left.employer for left in found.left_out]
    yield from _same("employers left out", sorted(asked), every)
    for left in found.left_out[:: max(1, len(every) // SAMPLE)] if core else ():
        others = {employer: asked[employer] for employer in asked if employer != left.employer}
        again = twin.greedy(others, weight, found.policy, hours)
        yield from _same(f"leaves without {left.employer}", core - set(again), set(left.left))
        yield from _same(f"enters without {left.employer}", set(again) - core, set(left.entered))
        yield from _close(f"change without {left.employer}", len(core - set(again)) / len(core), left.changed)
        covered = [_covered(shares, again) for shares in others.values()]
        yield from _close(f"share without {left.employer}", sum(covered) / max(1, len(covered)), left.mean_share)


def _hours(found: Thread, lines: Sequence[Line], setting: Setting) -> Iterator[str]:
    """The three sums of hours of every employer, up to the level it asks; at leaf level, where a competence is one."""
    if found.policy.level != "leaf":
        return
    asked: dict[tuple[int, int], int] = {}
    for line in lines:
        key = line.employer, twin.place_of(line.competence, found.policy, setting) or 0
        asked[key] = max(asked.get(key, 0), line.level)
    said_by = [
        (one, level) for (employer, one), level in asked.items() if employer not in found.policy.without and level
    ]
    usual = {
        one: median_low([level for other, level in said_by if other == one]) for one in {one for one, _ in said_by}
    }
    for share in found.employers:
        lists = (share.covered, share.covered_hours), (share.not_covered, share.not_covered_hours)
        for competences, said in (*lists, (share.own, share.own_hours)):
            levels = {one: asked[share.employer, one] or usual.get(one, 0) or UNSAID for one in competences}
            wanted = sum(setting.hours[one][level - 1] for one, level in levels.items() if one in setting.hours)
            yield from _same(f"hours of {share.employer}", wanted, said)


def _same(name: str, wanted: object, said: object) -> Iterator[str]:
    if wanted != said:
        yield f"{name}: {wanted} by the evidence, {said} in the answer"


def _close(name: str, wanted: float, said: float) -> Iterator[str]:
    if not isclose(wanted, said, abs_tol=1e-9):
        yield f"{name}: {wanted:.6g} by the evidence, {said:.6g} in the answer"
