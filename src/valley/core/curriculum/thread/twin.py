"""How is a core found, in plain words? The readable twin of the kernel: dictionaries, fractions, one thing at a time.

It shares no code with the kernel, only the rounding rules: shares in millionths, gain per hour in thousandths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from valley.core.curriculum.thread.shapes import Line, Policy, Setting

MILLION = 1_000_000
Demand = dict[int, dict[int, int]]


def demand(lines: Sequence[Line], *, on: date, policy: Policy, setting: Setting) -> Demand:
    """Per employer, how many millionths of its demand go to each competence (or group).

    >>> day = date(2026, 9, 1)
    >>> asked = [Line(1, 7, "job-text", day, 3.0), Line(1, 8, "job-text", day)]
    >>> demand(asked, on=day, policy=Policy(), setting=Setting())
    {1: {7: 750000, 8: 250000}}
    """
    found: Demand = {}
    lines = [line for line in lines if place_of(line.competence, policy, setting) is not None]
    for employer in sorted({line.employer for line in lines} - set(policy.without)):
        weights: dict[int, Fraction] = {}
        for kind in ("job-text", "observation", "rating"):
            pieces = _distinct([line for line in lines if (line.employer, line.kind) == (employer, kind)], setting)
            for piece in pieces:
                for competence, line in piece.items():
                    place = place_of(competence, policy, setting)
                    assert place is not None  # lines without a place were left out above
                    weights[place] = weights.get(place, Fraction(0)) + Fraction(_aged(line, on, policy), len(pieces))
        total = sum(weights.values())
        if total:
            shares = {place: int(weight / total * MILLION + Fraction(1, 2)) for place, weight in weights.items()}
            found[employer] = {place: max(1, shares[place]) for place in sorted(shares)}
    return found


def place_of(competence: int, policy: Policy, setting: Setting) -> int | None:
    """Where a competence counts after merging: as itself, as its first group, or nowhere."""
    while setting.merges.get(competence, competence) != competence:
        competence = setting.merges[competence]
    if policy.level == "leaf":
        return competence
    groups = setting.groups.get(competence, ())
    return groups[0] if groups else None


def _distinct(lines: Sequence[Line], setting: Setting) -> list[dict[int, Line]]:
    """The pieces of one employer and kind: each competence once, pieces that ask the same once, the newest."""
    leaf = Policy()
    pieces: dict[int, dict[int, Line]] = {}
    for line in lines:
        piece, competence = pieces.setdefault(line.piece, {}), place_of(line.competence, leaf, setting)
        assert competence is not None  # at leaf level everything has a place
        if competence not in piece or (piece[competence].weight, piece[competence].on) < (line.weight, line.on):
            piece[competence] = line
    newest: dict[tuple[tuple[int, float], ...], dict[int, Line]] = {}
    for piece in pieces.values():
        content = tuple((competence, piece[competence].weight) for competence in sorted(piece))
        if content not in newest or _days(newest[content]) < _days(piece):
            newest[content] = piece
    return list(newest.values())


def _days(piece: Mapping[int, Line]) -> list[date]:
    return [piece[competence].on for competence in sorted(piece)]


def _aged(line: Line, on: date, policy: Policy) -> int:
    """The weight in millionths, halved for every half-life in whole months."""
    age = 12 * (on.year - line.on.year) + on.month - line.on.month - (1 if on.day < line.on.day else 0)
    return max(1, round(MILLION * line.weight * 0.5 ** (max(0, age) / policy.half_life[line.kind])))


def worth(covered: int, policy: Policy) -> int:
    """The value of a covered share, stretch by stretch.

    >>> worth(300_000, Policy())
    1150000
    """
    value, start = 0, 0
    for place, (share, slope) in enumerate(policy.bends):
        last = place == len(policy.bends) - 1
        end = max(covered, start) if last else round(share * MILLION)
        value += slope * (min(covered, end) - start) if covered > start else 0
        start = end
    return value


def value(asked: Demand, weight: Mapping[int, int], chosen: Sequence[int], policy: Policy) -> int:
    """The value of a core: over employers, weight times what their covered share is worth."""
    return sum(
        weight[employer] * worth(sum(shares.get(competence, 0) for competence in chosen), policy)
        for employer, shares in asked.items()
    )


def supported(asked: Demand, weight: Mapping[int, int], policy: Policy) -> list[int]:
    """The competences that enough employers of weight above 0 ask."""
    counted = [competence for employer in asked if weight[employer] for competence in asked[employer]]
    return sorted(competence for competence in set(counted) if counted.count(competence) >= policy.support)


def greedy(
    asked: Demand, weight: Mapping[int, int], policy: Policy, hours: Mapping[int, int] | None = None
) -> list[int]:
    """One by one, the competence that adds most (per hour, when ``hours`` are given); ties to the lowest id.

    In hours the better of two: from nothing, and from the best single one that fits.
    """
    plain = _grown(asked, weight, policy, hours, by_gain=hours is None)
    if hours is None:
        return plain
    other = _grown(asked, weight, policy, hours, by_gain=True)
    return other if value(asked, weight, other, policy) > value(asked, weight, plain, policy) else plain


def _grown(
    asked: Demand, weight: Mapping[int, int], policy: Policy, hours: Mapping[int, int] | None, *, by_gain: bool
) -> list[int]:
    chosen: list[int] = []
    free = supported(asked, weight, policy)
    while True:
        left = policy.budget - (len(chosen) if hours is None else sum(hours[one] for one in chosen))
        before = value(asked, weight, chosen, policy)
        best, most = None, 0
        for competence in free:
            gain = value(asked, weight, [*chosen, competence], policy) - before
            cost = 1 if hours is None else hours[competence]
            score = gain if hours is None or (by_gain and not chosen) else gain * 1000 // cost
            if cost <= left and score > most:
                best, most = competence, score
        if best is None:
            return chosen
        chosen.append(best)
        free.remove(best)
