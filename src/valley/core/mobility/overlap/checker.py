"""Is this overlap true? Every law is checked by another route than the one that made it.

The twin works need by need in whole parts; here dense matrices of real numbers are built from the definitions, the
must-haves are set operations, and "without" is found by really taking the competence away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isclose

import numpy as np
from numpy.typing import NDArray

from valley.core.errors import ValleyError
from valley.core.mobility.overlap.policy import OverlapPolicy, digest
from valley.core.mobility.overlap.practical import State
from valley.core.mobility.overlap.twin import Overlap
from valley.core.profiles import Demand, Importance, Limits, Profile, Vocabulary, freshness

Reals = NDArray[np.float64]
TOLERANCE = 1e-9


class BrokenOverlap(ValleyError):
    """An overlap that contradicts its own inputs."""

    code = "broken-overlap"
    status = 500


def verify(answer: Overlap, profile: Profile, demand: Demand, vocabulary: Vocabulary, policy: OverlapPolicy) -> None:
    """Raise `BrokenOverlap`, naming the first law that does not hold; return nothing when all hold.

    >>> from datetime import date
    >>> from valley.core.mobility.overlap.twin import overlap
    >>> from valley.core.profiles import Grade, Has, Need
    >>> day = date(2026, 9, 1)
    >>> person = Profile(1, tuple(Has(c, 3, Grade.OBSERVED, day) for c in (1, 2, 3)))
    >>> inputs = person, Demand(9, (Need(1, 3), Need(2, 4))), Vocabulary(), OverlapPolicy()
    >>> answer = overlap(*inputs, on=day)
    >>> verify(answer, *inputs)
    >>> try:
    ...     verify(replace(answer, fit=0.9), *inputs)
    ... except BrokenOverlap as broken:
    ...     print(broken.found)
    0.9
    """
    _expect("person and opening", (profile.id, demand.id), (answer.profile, answer.demand))
    _expect("inputs", digest(profile, demand, vocabulary.fingerprint, answer.on), answer.inputs)
    _expect("policy", policy.fingerprint(), answer.policy)
    _expect(
        "must-haves",
        _gates(profile, demand, vocabulary, policy),
        {(m.kind, m.subject, m.met) for m in answer.must_haves},
    )
    clashes = {point.kind for point in answer.practical if point.state is State.CLASH}
    _expect("clashes", _clashes(profile.limits, demand, answer.distance_km), clashes)
    scarce = len(profile.has) < policy.least_confirmed or not demand.needs
    _expect("refusal", scarce, answer.too_little is not None)
    if answer.fit is None or answer.coverage is None or answer.use is None:
        _expect("a fit, or too little to compare", scarce, True)
        return
    coverage, use, value = _sides(profile, demand, vocabulary, policy, answer)
    for name, wanted, found in (
        ("coverage", coverage, answer.coverage),
        ("use", use, answer.use),
        ("fit", value, answer.fit),
    ):
        _close(name, wanted, found)
    _check_lines(answer, profile, demand, vocabulary, policy)


def _expect(law: str, wanted: object, found: object) -> None:
    if wanted != found:
        raise BrokenOverlap(expected=f"{law} {wanted}", found=found, next_step="Compute it again from the inputs.")


def _close(law: str, wanted: float, found: float) -> None:
    if not isclose(wanted, found, abs_tol=TOLERANCE):
        raise BrokenOverlap(expected=f"{law} {wanted}", found=found, next_step="Compute it again from the inputs.")


def _sides(
    profile: Profile, demand: Demand, vocabulary: Vocabulary, policy: OverlapPolicy, answer: Overlap
) -> tuple[float, float, float]:
    """Coverage, use and fit from dense matrices (needs x held)."""
    wanted = np.array([need.level for need in demand.needs], dtype=float)[:, None]
    level = np.array([held.level for held in profile.has], dtype=float)[None, :]
    alike = _similarity(profile, demand, vocabulary, policy)
    fresh = [freshness(vocabulary.kind(held.competence), held.on, answer.on) for held in profile.has]
    aged = np.maximum(np.round(fresh, 2), 0.01) if policy.age_evidence else np.ones(len(profile.has))
    credit = (alike * np.minimum(1, level / wanted) * aged).max(axis=1, initial=0)
    used = (alike * np.minimum(1, wanted / level)).max(axis=0, initial=0)
    emphasis = [
        need.weight * (policy.must if need.importance is Importance.MUST else policy.wish) for need in demand.needs
    ]
    needs = _weights([need.competence for need in demand.needs], emphasis, vocabulary, policy)
    able = _weights([held.competence for held in profile.has], [1.0] * len(profile.has), vocabulary, policy)
    coverage, use = float(needs @ credit / needs.sum()), float(able @ used / able.sum()) if len(able) else 0.0
    if not coverage or not use:
        return coverage, use, 0.0
    mean = (
        1 / np.mean([1 / coverage, 1 / use]) if policy.mean == "harmonic" else np.exp(np.mean(np.log([coverage, use])))
    )
    return coverage, use, float(mean)


def _similarity(profile: Profile, demand: Demand, vocabulary: Vocabulary, policy: OverlapPolicy) -> Reals:
    pairs = [[vocabulary.similarity(h.competence, n.competence) for h in profile.has] for n in demand.needs]
    alike = np.array(pairs, dtype=float).reshape(len(demand.needs), len(profile.has))
    return np.where(alike == 1, 1.0, np.round(alike * policy.relatives, 2))


def _weights(competences: list[int], emphasis: list[float], vocabulary: Vocabulary, policy: OverlapPolicy) -> Reals:
    rarity = np.array([vocabulary.idf(competence) for competence in competences], dtype=float) ** policy.idf_power
    return np.maximum(np.round(np.array(emphasis) * rarity, 3), 0.001)


def _check_lines(
    answer: Overlap, profile: Profile, demand: Demand, vocabulary: Vocabulary, policy: OverlapPolicy
) -> None:
    _expect(
        "one line per need", [need.competence for need in demand.needs], [line.need.competence for line in answer.lines]
    )
    _expect("one use per competence", [h.competence for h in profile.has], [use.competence for use in answer.uses])
    _close("points that add up to the fit", sum(line.points for line in answer.lines), answer.fit or 0.0)
    earned = sum(line.weight * line.credit for line in answer.lines)
    for line in answer.lines:
        share = line.weight * line.credit / earned if earned else 0.0
        _close(f"points of need {line.need.competence}", (answer.fit or 0.0) * share, line.points)
        kept = tuple(held for held in profile.has if held.competence != line.competence_held)
        _close("fit without", _sides(replace(profile, has=kept), demand, vocabulary, policy, answer)[2], line.without)


def _gates(
    profile: Profile, demand: Demand, vocabulary: Vocabulary, policy: OverlapPolicy
) -> set[tuple[str, str | int, bool]]:
    limits, asks = profile.limits, demand.conditions
    speaks = {(tongue.code, level) for tongue in profile.spoken for level in range(1, tongue.cefr + 1)}
    gates: set[tuple[str, str | int, bool]] = {("language", t.code, (t.code, t.cefr) in speaks) for t in demand.spoken}
    gates |= {("permit", permit, permit in profile.permits) for permit in asks.permits}
    shifts = {
        "evening": (asks.evenings, limits.evenings),
        "weekend": (asks.weekends, limits.weekends),
        "night": (asks.nights, limits.nights),
        "early": (asks.early, limits.early),
    }
    gates |= {(shift, shift, willing) for shift, (asked, willing) in shifts.items() if asked}
    alike = _similarity(profile, demand, vocabulary, policy)
    for need, row in zip(demand.needs, alike, strict=True):
        if need.importance is Importance.MUST:
            best = max((s * min(1, h.level / need.level) for s, h in zip(row, profile.has, strict=True)), default=0)
            gates.add(("competence", need.competence, bool(best >= policy.must_credit - TOLERANCE)))
    return gates


def _clashes(limits: Limits, demand: Demand, km: float | None) -> set[str]:
    """The practical points that clash, from the wishes as plain statements."""
    return {kind for kind, clash in _statements(limits, demand, km) if clash}


def _statements(limits: Limits, demand: Demand, km: float | None) -> Iterator[tuple[str, bool]]:
    offers, infinity = demand.conditions, float("inf")
    most = infinity if offers.hours_max is None else offers.hours_max
    wanted = infinity if limits.hours_max is None else limits.hours_max
    yield "hours", (limits.hours_min or 0) > most or (offers.hours_min or 0) > wanted
    at_home = limits.home_work and offers.home_work
    yield "travel", not at_home and (km or 0) > (infinity if limits.max_km is None else limits.max_km)
    pairs = ((offers.evenings, limits.evenings), (offers.weekends, limits.weekends))
    pairs += ((offers.nights, limits.nights), (offers.early, limits.early))
    yield "shifts", any(asked and not willing for asked, willing in pairs)
    yield "start", bool(limits.starts_on and offers.starts_until and limits.starts_on >= offers.starts_until)
    yield "length", (limits.months_min or 0) > (infinity if offers.months is None else offers.months)
