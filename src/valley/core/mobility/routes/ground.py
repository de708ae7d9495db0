"""Where can this learner go, from which day, and how far can it still bring them?

A ground is a board seen by one learner, with some conditions dropped when a refusal is looked into. A label is a
chain so far: everything about it that can matter to what follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from valley.core.mobility.law.months import between
from valley.core.mobility.law.shapes import Contract
from valley.core.mobility.overlap.gate import SHIFTS, willing_shifts
from valley.core.mobility.routes.board import Board
from valley.core.mobility.routes.days import MINUTES, school_year, spread
from valley.core.mobility.routes.shapes import Condition, Done, Learner
from valley.core.mobility.routes.valid import MOST_LINKS, require, require_learner

NOWHERE = 1 << 60
NOTHING: Mapping[int, frozenset[int]] = MappingProxyType({})


class Arc(NamedTuple):
    """An opening started on a day: ``most`` is what it and all that could follow can bring, per lane."""

    most: int
    place: int
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Label:
    """A chain so far, ending on ``day``.

    ``gained`` in lanes, ``levels`` in bits, ``slack`` is practice of the open school year above what its days so far
    ask (in minutes times days of the year), ``law`` the contracts that the law counts, ``spare`` the openings used
    that could still be started. ``survived`` and ``broken`` count single withdrawals.
    """

    day: int
    gained: int
    levels: int
    slack: int
    law: tuple[Contract, ...]
    spare: frozenset[int]
    idle: int
    travel: int
    places: tuple[int, ...]
    starts: tuple[int, ...]
    survived: int = 0
    broken: int = 0
    before: Label | None = None


class Ground:
    """One learner on a board. Read-only, except for what it remembers.

    >>> from valley.core.mobility.routes.shapes import Qualification
    >>> from valley.core.profiles import Limits, Profile
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))))
    >>> ground = Ground(Board([], Qualification({"W1": 100}, months=6)), anna)
    >>> ground.complete(ground.root())
    False
    """

    def __init__(
        self,
        board: Board,
        learner: Learner,
        dropped: frozenset[Condition] = frozenset(),
        spends: Mapping[int, frozenset[int]] = NOTHING,
    ) -> None:
        require_learner(learner)
        self.spends = spends  # openings that go when another is used: variants of one opening
        self.board, self.learner, self.dropped = board, learner, dropped
        self.lanes, self.policy = board.lanes, board.policy
        self.need = self._need()
        self.gap = self.policy.widest_gap if self._lifts("gap") else self.policy.gap_days
        self.gap = max(self.gap, self.policy.gap_days)
        self.first_gap = max(self.gap, self.policy.break_days) if learner.done and learner.done[-1].broken else self.gap
        self.yearly = 0 if self._lifts("year") else board.qualification.practice_hours_a_year * MINUTES
        self.lawful = bool(board.rules) and self.policy.breach_blocks and not self._lifts("law")
        self.longest = (MOST_LINKS if self._lifts("links") else self.policy.longest) - len(learner.done)
        self.recognised = not self._lifts("recognised")
        self.entry_free = sum(board.entry(int(one.subject)) for one in dropped if one.kind == "entry")
        self.contracts = (*learner.contracts, *(_contract(link, self.policy.initiative) for link in learner.done))
        limits = learner.profile.limits
        assert limits.starts_on is not None
        self.on = learner.done[-1].ends_on if learner.done else limits.starts_on
        self.allowed, self.travel = self._allowed()
        self.earliest = self._lifts("start") and not learner.done
        if self.earliest:
            self.on = min(self.on, self._first_day())
        self._arcs: dict[int, list[Arc]] = {}
        self._least: dict[tuple[int, int], int] = {}
        self._counted: dict[int, bool] = {}

    def _lifts(self, kind: str) -> bool:
        return any(one.kind == kind for one in self.dropped)

    def _need(self) -> int:
        board, learner = self.board, self.learner
        asked = board.qualification
        free = {one.subject for one in self.dropped if one.kind == "process"}
        left = [
            0 if code in free else max(0, asked.requires[code] - learner.proven.get(code, 0))
            for code in board.processes
        ]
        months = 0 if self._lifts("duration") else max(0, asked.months - learner.exempt_months)
        return self.lanes.pack([*left, months])

    def conditions(self) -> list[Condition]:
        """The conditions on single openings that hold, dropped ones left out."""
        limits, columns = self.learner.profile.limits, self.board.columns
        unwilling = sorted(set(SHIFTS) - set(willing_shifts(limits)))
        held = [
            *(Condition(kind) for kind in ("distance", "hours", "length", "avoid")),
            *(Condition("shift", name) for name in unwilling),
            *(Condition("language", code) for code in columns.languages),
            *(Condition("permit", code) for code in columns.permits if code not in self.learner.profile.permits),
        ]
        return [one for one in held if one not in self.dropped]

    def _allowed(self) -> tuple[list[int], dict[int, int]]:
        board, columns = self.board, self.board.columns
        barred = np.zeros(len(board.offers), dtype=bool)
        for one in self.conditions():
            barred |= columns.barred(self.learner, one.kind, one.subject)
        km = columns.kilometres(self.learner)
        unknown = self.learner.profile.limits.max_km or 0.0
        tenths = np.rint(np.where(np.isnan(km), unknown, km) * 10).astype(np.int64)
        within = np.flatnonzero(~barred)
        places = self._reachable([int(place) for place in within])
        cost = tenths.tolist()
        return places, {place: cost[place] * board.months[place] for place in places}

    def _reachable(self, places: list[int]) -> list[int]:
        """Openings whose entry levels the learner has, or could gain in some opening."""
        board = self.board
        levels = board.levels(self.learner.profile.has) | self.entry_free
        for link in self.learner.done:
            levels |= board.levels(link.gives)
        for place in places:
            levels |= board.gives[place]
        return [place for place in places if not board.needs[place] & ~levels]

    def _first_day(self) -> date:
        arcs, allowed = self.board.arcs, np.zeros(len(self.board.offers), dtype=bool)
        allowed[self.allowed] = True
        held = allowed[arcs.place] & arcs.recognised if self.recognised else allowed[arcs.place]
        return date.fromordinal(int(arcs.start[held].min(initial=self.on.toordinal())))

    @cached_property
    def until(self) -> list[int]:
        """The last day on which each opening can be started, 0 without one."""
        return self.board.arcs.last(recognised=self.recognised)

    @cached_property
    def opens(self) -> dict[int, list[int]]:
        """The openings that can be started on each day."""
        first = 0 if self.earliest else self.on.toordinal()
        opens: dict[int, list[int]] = {}
        for place in self.allowed:
            for day in self.board.starts(place, recognised=self.recognised):
                if day >= first:
                    opens.setdefault(day, []).append(place)
        return opens

    def root(self) -> Label:
        """The label before the first chosen link: nothing, or the links that are done."""
        board, learner = self.board, self.learner
        levels = board.levels(learner.profile.has) | self.entry_free
        law = tuple(one for one in self.contracts if self.lawful and board.counted(one))
        label = Label(self.on.toordinal(), 0, levels, 0, law, frozenset(), 0, 0, (), ())
        if not learner.done:
            return label
        label.day = learner.done[0].starts_on.toordinal()
        for link in learner.done:
            self._follow_done(label, link)
        return label

    def _follow_done(self, label: Label, link: Done) -> None:
        board = self.board
        start, end = link.starts_on.toordinal(), link.ends_on.toordinal()
        label.idle += start - label.day
        gained = board.pack(link.hours, between(link.starts_on, link.ends_on)[0])
        label.gained = self.lanes.capped(label.gained + gained, self.need)
        label.levels |= board.levels(link.gives)
        hours = sum(link.hours.get(code, 0) for code in board.qualification.requires)
        if label.slack != -NOWHERE:
            slack = self.practised(label.slack, label.day, start, spread(hours * MINUTES, start, end))
            label.slack = -NOWHERE if slack is None else slack
        label.day = end

    def waits(self) -> list[int]:
        """The days on which a first link can start, in order (there are none when links are done)."""
        return [] if self.learner.done else sorted(self.opens)

    def complete(self, label: Label) -> bool:
        """Whether nothing is missing: every hour, every month, and every school year up to the last day."""
        if not self.lanes.reaches(label.gained, self.need):
            return False
        first, following = school_year(label.day)
        return label.slack + following - first > 0

    def practised(self, slack: int, day: int, start: int, parts: tuple[tuple[int, int, int], ...]) -> int | None:
        """The slack after idle days up to ``start`` and the parts of a link; None when a school year falls short."""
        if not self.yearly:
            return slack
        idle = _idle_parts(day, start)
        year = school_year(day)[0]
        for first, days, minutes in (*idle, *parts):
            if first != year:
                if not self._enough(slack, year):
                    return None
                slack, year = 0, first
            slack += minutes * (school_year(first)[1] - first) - self.yearly * days
        return self._closed(slack, start + sum(days for _, days, _ in parts))

    def _closed(self, slack: int, end: int) -> int | None:
        first, following = school_year(end)
        if end == first:
            return 0 if self._enough(slack, school_year(end - 1)[0]) else None
        return min(slack, self.yearly * (following - end))  # more than this is as good as this

    def _enough(self, slack: int, year: int) -> bool:
        # A year may fall short by less than a minute, which is what rounding down can take.
        return slack + school_year(year)[1] - year > 0

    def arcs(self, start: int) -> list[Arc]:
        """The openings that can be started on a day, with the most that can follow from each."""
        if start not in self._arcs:
            board, lanes, need = self.board, self.lanes, self.need
            found: list[Arc] = []
            for place in self.opens.get(start, ()):
                end = board.starts(place, recognised=self.recognised)[start]
                most = lanes.capped(lanes.capped(board.adds[place], need) + self.most(end), need)
                found.append(Arc(most, place, start, end))
            self._arcs[start] = found
        return self._arcs[start]

    def most(self, day: int) -> int:
        """Per lane the most that any continuation from a day can bring: no chain passes it in any lane."""
        most = 0
        for start in range(day, day + self.gap + 1):
            for arc in self.arcs(start):
                most = self.lanes.higher(most, arc.most)
        return most

    def least_travel(self, day: int, months: int) -> int:
        """The least travel with which the months that are left can be filled, hours left aside."""
        if months <= 0:
            return 0
        key = (day, months)
        if key not in self._least:
            self._least[key] = NOWHERE
            ways = (
                self.travel[arc.place] + self.least_travel(arc.end, months - self.board.months[arc.place])
                for start in range(day, day + self.gap + 1)
                for arc in self.arcs(start)
            )
            self._least[key] = min(ways, default=NOWHERE)
        return self._least[key]

    def months_left(self, label: Label) -> int:
        """Months still asked."""
        shift = 16 * (self.lanes.count - 1)
        return (self.need >> shift) - (label.gained >> shift)

    def onward(self, label: Label, *, without: int | None, bounded: bool = True) -> Iterator[Label]:
        """Every label one link further, in order of start and opening.

        ``without`` leaves an employer out; ``bounded`` leaves out what can no longer become complete.
        """
        if len(label.places) >= self.longest or label.slack == -NOWHERE:
            return
        gap = self.first_gap if not label.places else self.gap
        if not label.places and not self.learner.done:
            gap = 0
        guard, gained, need = self.lanes.guard, label.gained, self.need
        missing = ~label.levels
        employers, needs = self.board.employers, self.board.needs
        for start in range(label.day, label.day + gap + 1):
            for arc in self.arcs(start):
                place = arc.place
                if bounded and (((gained + arc.most) | guard) - need) & guard != guard:
                    continue
                if needs[place] & missing or place in label.spare or employers[place] == without:
                    continue
                further = self._further(label, arc)
                if further is not None:
                    yield further

    def _further(self, label: Label, arc: Arc) -> Label | None:
        board, place = self.board, arc.place
        slack: int | None = 0
        if self.yearly:
            day = arc.start if not label.places and not self.learner.done else label.day
            slack = self.practised(label.slack, day, arc.start, board.parts(place, arc.start))
            if slack is None:
                return None
        law = label.law
        if self.lawful and self.counts(place, arc.start):
            law = (*law, board.contract(place, arc.start, arc.end))
            if board.breaches(law, self.on):
                return None
        spare = label.spare if not label.spare else frozenset(one for one in label.spare if self.until[one] >= arc.end)
        if self.until[place] >= arc.end:
            spare |= {place}
        if place in self.spends:
            spare |= self.spends[place]
        return Label(
            arc.end,
            self.lanes.capped(label.gained + board.adds[place], self.need),
            label.levels | board.gives[place],
            slack,
            law,
            spare,
            label.idle + arc.start - label.day,
            label.travel + self.travel[place],
            (*label.places, place),
            (*label.starts, arc.start),
            label.survived,
            label.broken,
            label,
        )

    def step(self, label: Label, place: int, start: int, end: int) -> Label | None:
        """A label one link further; None when a school year falls short or the law is breached."""
        return self._further(label, Arc(0, place, start, end))

    def counts(self, place: int, start: int) -> bool:
        """Whether the law counts an opening started on a day."""
        key = place * 10_000_000 + start
        if key not in self._counted:
            self._counted[key] = self.board.counted(self.board.contract(place, start, start + 1))
        return self._counted[key]

    def dominates(self, one: Label, other: Label) -> bool:
        """Whether everything that can follow the other can follow this one, and completes it at least as soon."""
        guard = self.lanes.guard
        return (
            ((one.gained | guard) - other.gained) & guard == guard
            and one.slack >= other.slack
            and not other.levels & ~one.levels
            and len(one.places) <= len(other.places)
            and one.spare <= other.spare
            and (not one.law or set(one.law) <= set(other.law))
        )


def _idle_parts(day: int, start: int) -> Iterator[tuple[int, int, int]]:
    while day < start:
        first, following = school_year(day)
        yield first, min(start, following) - day, 0
        day = min(start, following)


def _contract(link: Done, initiative: str) -> Contract:
    require(link.starts_on < link.ends_on, "a link of at least a day", link.starts_on, "Swap the days.")
    return Contract(
        str(link.employer),
        link.kind,
        link.starts_on,
        link.ends_on,
        role=link.role,
        initiative=initiative,  # type: ignore[arg-type]
    )
