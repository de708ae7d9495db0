"""How does one learner's ground lie in arrays, for compiled code?

Days count from ``first``. An arc is an opening started on a day, in order of day and opening.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.law.shapes import Contract
from valley.core.mobility.routes.days import MINUTES, end_of, school_year

if TYPE_CHECKING:
    from valley.core.mobility.routes.board import Board
    from valley.core.mobility.routes.ground import Ground, Label

Whole = NDArray[np.int64]
FAILED = -(1 << 60)
EPOCH = date(1970, 1, 1).toordinal()  # numpy counts days and months from here
WORD = 60  # bits of levels in a word, so that none is the sign


class Field(NamedTuple):
    """Arcs, openings and days; see `Ground` for what each means."""

    first: int
    gap: int
    yearly: int
    longest: int
    done: bool
    twins: bool
    arc_from: Whole  # per day, its first arc
    arc_place: Whole
    arc_start: Whole
    arc_end: Whole
    arc_counted: NDArray[np.bool_]
    part: Whole  # per arc and school year, minutes times the days of that year
    adds: Whole
    travel: Whole
    employer: Whole
    needs: Whole
    gives: Whole
    group: Whole
    twin: NDArray[np.bool_]
    until: Whole
    year_first: Whole
    year_next: Whole
    month: Whole
    need: Whole
    most: Whole  # per idle day allowed (the last row: as many as one likes), day and lane: what can follow at most
    weight: NDArray[np.float64]
    ease: NDArray[np.float64]


class Arcs:
    """Every opening of a board on every day it can be started; ordinals."""

    def __init__(self, board: Board) -> None:
        asked = [offer.demand.conditions for offer in board.offers]
        starts = np.array([one.starts_from.toordinal() for one in asked if one.starts_from], dtype=np.int64)
        until = np.array([one.starts_until.toordinal() for one in asked if one.starts_until], dtype=np.int64)
        days = np.maximum(0, until - starts)
        place = np.repeat(np.arange(len(asked)), days)
        start = np.arange(len(place)) - np.repeat(np.cumsum(days) - days, days) + starts[place]
        order = np.lexsort((place, start))
        self.place, self.start = place[order], start[order]
        months = np.array(board.months, dtype=np.int64)[self.place]
        pairs, back = np.unique(self.start * 2048 + months, return_inverse=True)
        ends = np.array([end_of(int(one) // 2048, int(one) % 2048) for one in pairs], dtype=np.int64)
        self.end = ends[back.reshape(-1)] if len(pairs) else self.start
        self.recognised = self._recognised(board)
        self.counted = self._counted(board)
        self.part = self._parts(board)
        self._openings = len(board.offers)
        self._last: dict[bool, list[int]] = {}

    def last(self, *, recognised: bool) -> list[int]:
        """The last day on which each opening can be started, 0 without one."""
        if recognised not in self._last:
            found = np.zeros(self._openings, dtype=np.int64)
            held = self.recognised if recognised else np.ones(len(self.place), dtype=bool)
            np.maximum.at(found, self.place[held], self.start[held])
            self._last[recognised] = found.tolist()
        return self._last[recognised]

    def _recognised(self, board: Board) -> NDArray[np.bool_]:
        most = max((len(offer.recognised) for offer in board.offers), default=0)
        found = np.zeros(len(self.place), dtype=bool)
        last = date.max.toordinal()
        for turn in range(most):
            rows = [offer.recognised[turn] if turn < len(offer.recognised) else None for offer in board.offers]
            begin = np.array([row[0].toordinal() if row else last for row in rows], dtype=np.int64)
            end = np.array([row[1].toordinal() if row and row[1] else last for row in rows], dtype=np.int64)
            found |= (begin[self.place] <= self.start) & (self.end <= end[self.place])
        return found

    def _counted(self, board: Board) -> NDArray[np.bool_]:
        if not board.rules:
            return np.zeros(len(self.place), dtype=bool)
        kinds = sorted({offer.kind for offer in board.offers})
        number = np.array([kinds.index(offer.kind) for offer in board.offers], dtype=np.int64)
        keys, back = np.unique(self.start * len(kinds) + number[self.place], return_inverse=True)
        told = [_counts(board, kinds[int(key) % len(kinds)], int(key) // len(kinds)) for key in keys]
        return np.array(told, dtype=bool)[back.reshape(-1)] if told else np.zeros(0, dtype=bool)

    def _parts(self, board: Board) -> Whole:
        codes = board.qualification.requires
        minutes = [MINUTES * sum(offer.practises.get(code, 0) for code in codes) for offer in board.offers]
        total = np.array(minutes, dtype=np.int64)[self.place] if minutes else self.place
        first, last = int(self.start.min(initial=1 << 40)), int(self.end.max(initial=0))
        edges = years(first, last) if last else np.zeros((0, 2), dtype=np.int64)
        columns: list[Whole] = []
        here = self.start.copy()
        while len(here) and bool((here < self.end).any()):
            following = edges[here - first, 1]
            until = np.minimum(self.end, following)
            length = self.end - self.start
            upto = total * (until - self.start) // length - total * (here - self.start) // length
            columns.append(upto * (following - edges[here - first, 0]))
            here = until
        return np.stack(columns, axis=1) if columns else np.zeros((len(here), 1), dtype=np.int64)


def _counts(board: Board, kind: str, start: int) -> bool:
    days = date.fromordinal(start), date.fromordinal(start + 1)
    return board.counted(Contract("", kind, *days, initiative=board.policy.initiative))  # type: ignore[arg-type]


@lru_cache(maxsize=64)
def years(first: int, last: int) -> Whole:
    """For every day from first to last, the first day of its school year and of the next; not to be written in."""
    rows: list[tuple[int, int]] = []
    day = first
    while day <= last:
        begin, following = school_year(day)
        until = min(following, last + 1)
        rows += [(begin, following)] * (until - day)
        day = until
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def words(bits: list[int], count: int) -> Whole:
    """Bits in words of 60."""
    low = (1 << WORD) - 1
    return np.array([[one >> (WORD * word) & low for word in range(count)] for one in bits], dtype=np.int64)


def field_of(ground: Ground, root: Label) -> Field:
    """The arrays of one learner's ground."""
    board, arcs, table = ground.board, ground.board.arcs, ground.board.table
    allowed = np.zeros(len(board.offers), dtype=bool)
    allowed[ground.allowed] = True
    first_day = root.day if ground.learner.done else (0 if ground.earliest else ground.on.toordinal())
    held = allowed[arcs.place] & (arcs.start >= first_day)
    if ground.recognised:
        held &= arcs.recognised
    kept = np.flatnonzero(held)
    start, end, place = arcs.start[kept], arcs.end[kept], arcs.place[kept]
    first = min(root.day, int(start.min(initial=root.day))) - 1
    span = max(root.day, int(end.max(initial=root.day))) - first + ground.gap + 2
    edges = years(first, first + span) - first
    need = np.array(ground.lanes.unpack(ground.need), dtype=np.int64)
    adds = np.minimum(table.adds, need)
    travel = np.zeros(len(board.offers), dtype=np.int64)
    travel[ground.allowed] = [ground.travel[one] for one in ground.allowed]
    until = np.full(len(board.offers), -1, dtype=np.int64)
    until[place] = start - first  # arcs come in order of day, so that the last one stays
    weight = np.where(need > 0, 1.0 / np.maximum(need, 1), 0.0)
    group, twin = table.places, table.none
    if ground.spends:
        group, twin = _twins(ground)
    field = Field(
        first=first, gap=ground.gap,
        yearly=ground.yearly, longest=max(0, ground.longest), done=bool(ground.learner.done), twins=bool(ground.spends),
        arc_from=np.searchsorted(start, first + np.arange(span + 1)),
        arc_place=place, arc_start=start - first, arc_end=end - first,
        arc_counted=arcs.counted[kept] & ground.lawful, part=arcs.part[kept],
        adds=adds, travel=travel, employer=table.employer, needs=table.needs, gives=table.gives,
        group=group, twin=twin, until=until, year_first=edges[:, 0].copy(), year_next=edges[:, 1].copy(),
        month=(first - EPOCH + np.arange(span + 1)).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64),
        need=need, most=np.zeros((1, span + 1, len(need)), dtype=np.int64),
        weight=weight, ease=np.zeros((1, span + 1)),
    )  # fmt: skip
    return field


def _twins(ground: Ground) -> tuple[Whole, NDArray[np.bool_]]:
    """Openings that are one opening, and those of which a chain may use one only."""
    count = len(ground.board.offers)
    group, twin = np.arange(count), np.zeros(count, dtype=bool)
    for one, gone in ground.spends.items():
        if len(gone) == 1:
            other = next(iter(gone))
            group[other], twin[other] = one, True
    return group, twin


class Table:
    """The openings of a board in arrays that do not depend on the learner."""

    def __init__(self, board: Board) -> None:
        count = len(board.offers)
        self.adds = np.array([board.lanes.unpack(one) for one in board.adds], dtype=np.int64).reshape(count, -1)
        names = {name: number for number, name in enumerate(sorted(set(board.employers)))}
        self.employers = names
        self.employer = np.array([names[one] for one in board.employers], dtype=np.int64)
        self.words = max(1, -(-4 * len(board.competences) // WORD))
        self.needs = words(board.needs, self.words).reshape(count, -1)
        self.gives = words(board.gives, self.words).reshape(count, -1)
        self.places, self.none = np.arange(count), np.zeros(count, dtype=bool)
