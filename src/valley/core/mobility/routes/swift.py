"""How does the compiled search answer what the readable one answers, chain for chain?

Whether the law allows a chain is asked outside compiled code: chains are taken for lawful until they are found, what
they hold is then judged, and the search repeats itself if a judgement went against it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from valley.core.mobility.law.shapes import Contract
from valley.core.mobility.routes import cheapest, compiled, pricing, prospects
from valley.core.mobility.routes.field import field_of, words
from valley.core.mobility.routes.ground import NOWHERE, Ground, Label
from valley.core.mobility.routes.search import Exhausted, started
from valley.core.mobility.routes.straining import Strain

Answer = TypeVar("Answer")
DEAD_ENDS = 6_000
JUDGED = 4_000
WEIGHTS = 4  # rows of weights kept per employer left out
BREACH, FINE = 2, 1


class Swift:
    """One ground for compiled code; ``effort`` bounds the steps of each question to `alive`."""

    def __init__(self, ground: Ground, effort: int | None = None) -> None:
        self.ground, self.effort = ground, NOWHERE if effort is None else effort
        self.start = ground.root()
        self.field = field = field_of(ground, self.start)
        prospects.prepare(field)
        self.width = max(1, _widest(field.arc_from, max(field.gap, ground.first_gap)))
        self.path, self.other = self._path(), self._path()
        lanes, level_words = len(field.need), field.needs.shape[1]
        self.memory = compiled.Memory(
            np.full(len(field.arc_from) + 1, -1, np.int64),
            *(_zeros(DEAD_ENDS), _zeros(DEAD_ENDS, lanes), _zeros(DEAD_ENDS, level_words)),
            *(_zeros(DEAD_ENDS), _zeros(DEAD_ENDS), _zeros(DEAD_ENDS), _zeros(DEAD_ENDS)),
            *(_zeros(DEAD_ENDS, field.longest + 1), _zeros(1)),
        )
        size = JUDGED if field.arc_counted.any() else 1
        self.law = compiled.Law(_zeros(size, field.longest + 1), _zeros(size), _zeros(size), _zeros(2))
        shape = len(field.arc_from)
        rows = len(ground.board.table.employers) + 1
        strain = Strain(np.zeros((rows, WEIGHTS, lanes)), np.zeros((rows, WEIGHTS, shape)), _zeros(rows))
        self.prices = compiled.Prices(np.zeros((2, lanes)), np.zeros((2, shape)), strain)
        self.known = self._blank()
        self._fallbacks: dict[tuple[int, tuple[int, ...], tuple[int, ...]], Label | None] = {}

    @property
    def steps(self) -> int:
        """Steps taken so far by all questions."""
        return int(self.path.steps[0] + self.other.steps[0])

    def _path(self) -> compiled.Path:
        field, rows = self.field, self.field.longest + 2
        path = compiled.Path(
            *(_zeros(rows), _zeros(rows, len(field.need)), _zeros(rows, field.needs.shape[1]), _zeros(rows)),
            *(_zeros(rows), _zeros(rows), _zeros(rows), _zeros(rows), _zeros(rows)),
            *(_zeros(rows, self.width), np.zeros((rows, self.width)), _zeros(7)),
        )
        path.day[0] = self.start.day - field.first
        path.gained[0] = self.ground.lanes.unpack(self.start.gained)
        path.levels[0] = words([self.start.levels], field.needs.shape[1])[0]
        path.slack[0] = self.start.slack
        path.steps[1], path.steps[3] = NOWHERE, self.ground.first_gap if field.done else 0
        path.steps[4] = path.left[0] = compiled.UNBOUNDED
        return path

    def _blank(self) -> cheapest.Known:
        rows, employers = self.field.longest + 2, len(self.ground.board.table.employers) + 1
        return cheapest.Known(
            _zeros(rows, employers), np.zeros((rows, employers), np.bool_), np.ones(rows, np.int64), _zeros(rows)
        )

    def alive(
        self, *, before: Label | None = None, employer: int | None = None, within: int = compiled.UNBOUNDED
    ) -> Label | None:
        """Some complete chain that goes on from a label (the root) without an employer; raises `Exhausted`.

        At most ``within`` more days are idle.
        """
        label, without = before or self.start, self.number(employer)

        def run() -> int:
            path = self.other
            base = self.enter(path, label)
            path.steps[0], path.steps[1], path.left[base] = 0, self.effort, within
            args = (without, self.memory, self.law, self.prices)
            if base or self.field.done:
                return compiled.alive(self.field, path, base, *args)
            return compiled.first_alive(self.field, path, self.days(label.day), label.day - self.field.first, *args)

        if self.start.slack == -NOWHERE:
            return None
        if self.ground.complete(label):
            return label
        links = self.settled(run)
        if links == compiled.SPENT:
            raise Exhausted
        return None if links == compiled.LOST else self._label(self.other, links)

    def some(self) -> Label | None:
        """Some complete chain, not the best."""
        return self.alive()

    def first(self) -> Label | None:
        """The best complete chain, withdrawals left aside."""
        return self.best_from(self.start, None)

    def chains(self, k: int | None = None) -> list[Label]:
        """At most k complete chains with different openings, best first."""
        k = k or self.ground.policy.k
        some = self.alive()
        if some is None or not some.places:
            return [] if some is None else [some]
        found: list[Label] = []
        for day, wait in self._firsts(some):
            for mode in (cheapest.ROBUST, cheapest.STRICT):
                row = self.best(day=day, wait=wait, k=k, mode=mode)
                if len(row) == k:
                    break
            seen = {one.places for one in found}
            found += [one for one in row if one.places not in seen]
            if len(found) >= k:
                break
        return found[:k]

    def fallback(self, before: Label, employer: int) -> Label | None:
        """The best complete chain that goes on from a label without an employer, withdrawals left aside."""
        key = (employer, before.places, before.starts or (before.day,))
        if key not in self._fallbacks:
            self._fallbacks[key] = self.best_from(before, employer)
        return self._fallbacks[key]

    def best_from(self, before: Label, employer: int | None) -> Label | None:
        """The best complete chain that goes on from a label, withdrawals left aside."""
        some = self.alive(before=before, employer=employer)
        if some is None or some is before:
            return some
        if before.places:
            return self.best(before=before, employer=employer)[0]
        for day, wait in self._firsts(some):
            row = self.best(before=before, day=day, wait=wait, employer=employer)
            if row:
                return row[0]
        return None

    def best(
        self,
        *,
        before: Label | None = None,
        day: int | None = None,
        wait: int = 0,
        employer: int | None = None,
        k: int = 1,
        mode: int = cheapest.PLAIN,
    ) -> list[Label]:
        """The best chains from one first day, or behind the links of a label."""
        label, without = before or self.start, self.number(employer)

        def run() -> cheapest.Found:
            path = self.path
            base = self.enter(path, label)
            path.steps[2] = path.steps[3] = wait
            if day is not None:
                path.day[0] = day - self.field.first
            found = self.blank(k)
            until = int(path.day[base]) + wait
            if pricing.possible(self.field, path, base, until, without, self.prices):
                self.gather(base, without, mode, found)
            return found

        return self.told(self.settled(run))

    def blank(self, k: int) -> cheapest.Found:
        """No chains yet, of at most k."""
        return cheapest.Found(_zeros(k, self.field.longest + 1), _zeros(k), _zeros(k), _zeros(k), _zeros(k), _zeros(1))

    def gather(self, base: int, without: int, mode: int, found: cheapest.Found) -> None:
        """Fill in the best chains behind the links of ``path``."""
        self.known.stamp[0] += 1  # the first day may be another
        self.other.steps[1] = NOWHERE
        same = (self.memory, self.law, self.prices, self.known, found)
        cheapest.best(self.field, self.path, self.other, base, without, mode, *same)

    def told(self, found: cheapest.Found) -> list[Label]:
        """Chains that were found, as labels."""
        row: list[Label] = []
        for slot in range(int(found.filled[0])):
            self.path.arc[:] = 0
            links = int(found.links[slot])
            self.path.arc[:links] = found.arc[slot, :links]
            row.append(self._label(self.path, links))
        return row

    def _firsts(self, some: Label) -> list[tuple[int, int]]:
        """First days (and days of waiting behind links that are done) from that of the first chain known on."""
        if self.field.done:
            return [(self.start.day, wait) for wait in range(self.ground.first_gap + 1)]
        return [(int(day) + self.field.first, 0) for day in self.days(some.starts[0])]

    def days(self, first: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """The days from a first day on, on which a link can start."""
        days = np.flatnonzero(np.diff(self.field.arc_from))
        return days[days >= first - self.field.first]

    def number(self, employer: int | None) -> int:
        """The number of an employer in the arrays, -1 for none."""
        return -1 if employer is None else self.ground.board.table.employers.get(employer, -1)

    def enter(self, path: compiled.Path, label: Label) -> int:
        """Walk the links of a label; how many there are."""
        field = self.field
        path.left[0] = path.steps[4] = compiled.UNBOUNDED
        path.day[0] = (label.starts[0] if label.starts and not field.done else self.start.day) - field.first
        if not label.places and not field.done:
            path.day[0] = label.day - field.first
        for depth, (place, start) in enumerate(zip(label.places, label.starts, strict=True)):
            compiled.enter(field, path, depth, self._arc(place, start - field.first))
        return len(label.places)

    def _arc(self, place: int, day: int) -> int:
        low, high = int(self.field.arc_from[day]), int(self.field.arc_from[day + 1])
        return low + int(np.searchsorted(self.field.arc_place[low:high], place))

    def _label(self, path: compiled.Path, links: int) -> Label:
        """The label of a chain: the readable steps once more."""
        field, ground = self.field, self.ground
        starts = [int(field.arc_start[arc]) + field.first for arc in path.arc[:links]]
        label = self.start if field.done or not links else started(self.start, starts[0])
        for arc, start in zip(path.arc[:links], starts, strict=True):
            further = ground.step(label, int(field.arc_place[arc]), start, int(field.arc_end[arc]) + field.first)
            assert further is not None
            label = further
        return label

    def settled(self, run: Callable[[], Answer]) -> Answer:
        """An answer in which no chain that was met breaches the law."""
        while True:
            answer = run()
            if not self._judge():
                return answer
            self.known = self._blank()

    def _judge(self) -> bool:
        """Judge every row of contracts noted since; whether one of them breaches."""
        law, breached = self.law, False
        for one in range(int(law.filled[0])):
            if law.state[one] == 0:
                contracts = (*self.start.law, *(self._contract(int(arc)) for arc in law.rows[one, : law.length[one]]))
                law.state[one] = BREACH if self.ground.board.breaches(contracts, self.ground.on) else FINE
                breached |= bool(law.state[one] == BREACH)
        if law.filled[1]:
            raise OverflowError
        return breached

    def _contract(self, arc: int) -> Contract:
        field = self.field
        days = int(field.arc_start[arc]) + field.first, int(field.arc_end[arc]) + field.first
        return self.ground.board.contract(int(field.arc_place[arc]), *days)


def _zeros(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.zeros(shape, dtype=np.int64)


def _widest(arc_from: np.ndarray[tuple[int, ...], np.dtype[np.int64]], gap: int) -> int:
    """The most arcs that can start within a gap."""
    later = arc_from[np.minimum(np.arange(len(arc_from)) + gap + 1, len(arc_from) - 1)]
    return int((later - arc_from).max(initial=0))
