"""What share of its demand does each employer give to each competence, once texts are aged, merged and levelled?

Everything becomes whole numbers here: a share is a number of millionths, so that sums are exact and no order of lines
or employers can change a last digit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import lcm
from typing import NamedTuple

from valley.core.curriculum.thread.shapes import Line, Policy, Setting
from valley.core.curriculum.thread.valid import resolved

SCALE = 1_000_000  # a share is counted in millionths: finer than any text can be, and sums stay whole
NEWEST = 12  # months: the newest year of evidence stands against all before it (shapes.Item.trend)


class Asked(NamedTuple):
    """One employer: millionths of its demand per competence, the level it asks, and its number of pieces."""

    employer: int
    shares: dict[int, int]
    levels: dict[int, int]
    pieces: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All employers by id; per competence the level asked, the trend and the pieces; the members of every group."""

    employers: tuple[Asked, ...]
    levels: Mapping[int, int]
    trend: Mapping[int, float]
    pieces: Mapping[int, tuple[int, ...]]
    members: Mapping[int, tuple[int, ...]]
    ungrouped: int


def months(then: date, on: date) -> int:
    """Whole months from one day to another, 0 when it lies ahead.

    >>> months(date(2025, 1, 31), date(2026, 1, 30)), months(date(2025, 1, 31), date(2026, 1, 31))
    (11, 12)
    """
    return max(0, (on.year - then.year) * 12 + on.month - then.month - (on.day < then.day))


def gather(lines: Sequence[Line], *, on: date, policy: Policy, setting: Setting) -> Evidence:
    """Shares per employer, from lines in any order; about two microseconds a line.

    >>> day = date(2026, 9, 1)
    >>> found = gather([Line(1, 7, "job-text", day), Line(1, 8, "job-text", date(2024, 9, 1))],
    ...                on=day, policy=Policy(), setting=Setting())
    >>> found.employers[0].shares, found.trend
    ({7: 666667, 8: 333333}, {7: 1.0, 8: -1.0})
    """
    by_employer = _told(lines, policy, setting)
    place = _places(by_employer, policy, setting)
    ungrouped = {told.competence for all_told in by_employer.values() for told in all_told} - place.keys()
    found = ((employer, [one for one in by_employer[employer] if one.competence in place]) for employer in by_employer)
    kept = {employer: told for employer, told in sorted(found) if told}
    aged = _aged(on, policy)
    employers = tuple(
        Asked(
            employer,
            shares(weights(told, aged), place),
            _levels(told, place),
            len({(one.kind, one.piece) for one in told}),
        )
        for employer, told in kept.items()
    )
    return Evidence(
        employers, _medians(employers), _trend(kept, place, on), _pieces(kept, place), _members(place), len(ungrouped)
    )


class Told(NamedTuple):
    """A line after merging, without its employer."""

    kind: str
    piece: int
    competence: int
    weight: float
    on: date
    level: int


def _told(lines: Sequence[Line], policy: Policy, setting: Setting) -> dict[int, list[Told]]:
    ends, out = resolved(setting.merges), frozenset(policy.without)
    told: defaultdict[int, list[Told]] = defaultdict(list)
    for line in lines:
        if line.employer not in out:
            competence = ends.get(line.competence, line.competence)
            told[line.employer].append(Told(line.kind, line.piece, competence, line.weight, line.on, line.level))
    return told


def _places(told: Mapping[int, Iterable[Told]], policy: Policy, setting: Setting) -> dict[int, int]:
    """Where each competence counts: as itself, or as its first narrow group; without a group nowhere."""
    asked = sorted({one.competence for all_told in told.values() for one in all_told})
    if policy.level == "leaf":
        return {competence: competence for competence in asked}
    return {competence: setting.groups[competence][0] for competence in asked if setting.groups.get(competence)}


def _members(place: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for competence, where in place.items():
        found[where].append(competence)
    return {where: tuple(competences) for where, competences in found.items()}


def _aged(on: date, policy: Policy) -> Callable[[Told], int]:
    """A line's weight in millionths, halved with every half-life; never quite 0, for what was asked was asked."""

    @cache  # many lines share a kind and a day
    def factor(kind: str, then: date) -> float:
        return 0.5 ** (months(then, on) / policy.half_life[kind])

    return lambda told: max(1, round(SCALE * told.weight * factor(told.kind, told.on)))


def _plain(told: Told) -> int:
    return max(1, round(SCALE * told.weight))


def weights(told: Iterable[Told], weight: Callable[[Told], int]) -> dict[int, int]:
    """Whole weights per competence: per kind the mean over distinct pieces, then the sum over kinds.

    Within a piece a competence counts once, by its heaviest line; pieces that ask the same are one piece, the newest.
    So repeating a sentence or a text changes nothing. All weights of an employer share one unknown denominator.
    """
    distinct = _distinct(told)
    number = {kind: len(pieces) for kind, pieces in distinct.items()}
    unit = lcm(*number.values())
    total: defaultdict[int, int] = defaultdict(int)
    for kind, pieces in distinct.items():
        for one in (one for piece in pieces for one in piece):
            total[one.competence] += weight(one) * (unit // number[kind])
    return total


def _distinct(told: Iterable[Told]) -> dict[str, list[list[Told]]]:
    pieces: defaultdict[tuple[str, int], dict[int, Told]] = defaultdict(dict)
    for one in told:
        piece = pieces[one.kind, one.piece]
        known = piece.get(one.competence)
        if known is None or (known.weight, known.on) < (one.weight, one.on):
            piece[one.competence] = one
    newest: dict[tuple[object, ...], tuple[list[date], list[Told]]] = {}
    for (kind, _), piece in pieces.items():
        found = [piece[competence] for competence in sorted(piece)]
        content = (kind, *((one.competence, one.weight) for one in found))
        days = [one.on for one in found]
        if content not in newest or newest[content][0] < days:
            newest[content] = (days, found)
    kinds: defaultdict[str, list[list[Told]]] = defaultdict(list)
    for _, found in newest.values():
        kinds[found[0].kind].append(found)
    return kinds


def shares(weighed: Mapping[int, int], place: Mapping[int, int]) -> dict[int, int]:
    """Weights as millionths of their sum, half rounded up, at least 1; by competence (or group) id.

    >>> shares({7: 1, 8: 2}, {7: 7, 8: 8})
    {7: 333333, 8: 666667}
    """
    total, where = sum(weighed.values()), defaultdict[int, int](int)
    for competence, weight in weighed.items():
        where[place[competence]] += weight
    return {one: max(1, (2 * SCALE * where[one] + total) // (2 * total)) for one in sorted(where)}


def _levels(told: Iterable[Told], place: Mapping[int, int]) -> dict[int, int]:
    highest: defaultdict[int, int] = defaultdict(int)
    for one in told:
        where = place[one.competence]
        highest[where] = max(highest[where], one.level)
    return highest


def _medians(employers: Iterable[Asked]) -> dict[int, int]:
    """The lower median of the levels that employers ask, 0 when none says."""
    said: defaultdict[int, list[int]] = defaultdict(list)
    for asked in employers:
        for competence, level in asked.levels.items():
            said[competence] += [level] if level else []
    return {competence: sorted(levels)[(len(levels) - 1) // 2] if levels else 0 for competence, levels in said.items()}


def _trend(told: Mapping[int, list[Told]], place: Mapping[int, int], on: date) -> dict[int, float]:
    days = {one.on for every in told.values() for one in every}
    late = {day for day in days if months(day, on) < NEWEST}
    newer = {employer: [one for one in every if one.on in late] for employer, every in told.items()}
    older = {employer: [one for one in every if one.on not in late] for employer, every in told.items()}
    both = _kinds(newer) & _kinds(older)  # a kind with one period would compare forms with texts, not years
    if not both:
        return {}
    now, before = (_mean_shares(period, both, place) for period in (newer, older))
    return {one: now.get(one, 0.0) - before.get(one, 0.0) for one in sorted({*now, *before})}


def _kinds(told: Mapping[int, Iterable[Told]]) -> set[str]:
    return {one.kind for every in told.values() for one in every}


def _mean_shares(told: Mapping[int, list[Told]], kinds: set[str], place: Mapping[int, int]) -> dict[int, float]:
    total: defaultdict[int, int] = defaultdict(int)
    employers = 0
    for every in told.values():
        if counted := [one for one in every if one.kind in kinds]:
            employers += 1
            for competence, share in shares(weights(counted, _plain), place).items():
                total[competence] += share
    return {competence: share / (employers * SCALE) for competence, share in total.items()}


def _pieces(told: Mapping[int, Iterable[Told]], place: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for every in told.values():
        for one in every:
            found[place[one.competence]].add(one.piece)
    return {competence: tuple(sorted(pieces)) for competence, pieces in found.items()}
