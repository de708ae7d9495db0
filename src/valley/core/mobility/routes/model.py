"""Is the best chain really the best, asked of a solver that knows nothing of labels?

The only file that loads HiGHS. A flow over days: each opening on each day it can be started is an arc from that day to
the day it ends, and one unit of flow walks from a first day to wherever it stops. Sums over arcs are hours, months and
school years. For chains without gaps and without links that are done; withdrawals do not count here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from valley.core.mobility.law import flags
from valley.core.mobility.routes.board import Board
from valley.core.mobility.routes.days import school_year
from valley.core.mobility.routes.ground import Ground
from valley.core.mobility.routes.shapes import Learner
from valley.core.mobility.routes.valid import require

Entry = tuple[int, float]  # column, coefficient
WHOLE = 0.5


@dataclass(frozen=True, slots=True)
class Optimum:
    """Idle days and travel (tenths of kilometres times months) of the best chain, and the openings of one such."""

    idle: int
    travel: int
    offers: tuple[int, ...]


def optimum(board: Board, learner: Learner) -> Optimum | None:
    """The least idle days, and with those the least travel, of any complete chain; None when there is none.

    >>> from datetime import date
    >>> from valley.core.mobility.routes.shapes import Qualification
    >>> from valley.core.profiles import Limits, Profile
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))))
    >>> optimum(Board([], Qualification({"W1": 1}, months=1)), anna) is None
    True
    """
    plain = board.policy.gap_days == 0 and not learner.done
    require(plain, "no gaps and no links that are done", board.policy.gap_days, "Use `routes`.")
    model = _Model(Ground(board, learner))
    if not model.arcs:
        return None
    while True:
        idle = model.least(model.idle, None)
        if idle is None:
            return None
        chosen = model.least(model.travel, idle[0])
        if chosen is None:
            return None
        # Rules of law are asked of the chain found; one that breaches them is ruled out, and the search repeated.
        if not model.breaches(chosen[1]):
            return Optimum(idle[0], chosen[0], tuple(board.offers[model.arcs[one][0]].id for one in chosen[1]))
        model.rule_out(chosen[1])


class _Model:
    """Columns: a first day each, then an arc each. Rows are kept as lists of entries with bounds."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.board = ground, ground.board
        self.first = sorted(ground.opens)
        self.arcs = [
            (place, start, self.board.starts(place, recognised=True)[start])
            for start in self.first
            for place in ground.opens[start]
        ]
        self.columns = len(self.first) + len(self.arcs)
        self.base = len(self.first)
        on = ground.on.toordinal()
        self.idle = [day - on for day in self.first] + [0] * len(self.arcs)
        self.travel = [0] * self.base + [ground.travel[place] for place, _, _ in self.arcs]
        self.rows: list[tuple[list[Entry], float, float]] = []
        self._flow()
        self._sums()
        self._entry()

    def _flow(self) -> None:
        self.rows.append(([(column, 1) for column in range(self.base)], 1, 1))
        days: dict[int, list[Entry]] = {day: [(column, 1)] for column, day in enumerate(self.first)}
        once: dict[int, list[Entry]] = {}
        for column, (place, start, end) in enumerate(self.arcs, self.base):
            days[start].append((column, -1))
            if end in days:
                days[end].append((column, 1))
            once.setdefault(place, []).append((column, 1))
        for row in days.values():
            self.rows.append((row, 0, 1))  # what comes in and does not go on, stops
        for row in once.values():
            self.rows.append((row, 0, 1))
        self.rows.append(([(column, 1) for column in range(self.base, self.columns)], 0, self.ground.longest))

    def _sums(self) -> None:
        board, lanes = self.board, self.board.lanes
        adds = {place: lanes.unpack(board.adds[place]) for place, _, _ in self.arcs}
        for lane, asked in enumerate(lanes.unpack(self.ground.need)):
            each = (adds[place][lane] for place, _, _ in self.arcs)
            self.rows.append((list(enumerate(each, self.base)), asked, np.inf))
        years: dict[int, list[Entry]] = {}
        for column, (place, start, _) in enumerate(self.arcs, self.base):
            for first, days, minutes in board.parts(place, start):
                length = school_year(first)[1] - first
                above = minutes * length - self.ground.yearly * days
                years.setdefault(first, []).append((column, above / length))
        if self.ground.yearly:
            for row in years.values():
                self.rows.append((row, -1 + 1e-6, np.inf))

    def _entry(self) -> None:
        board, levels = self.board, self.ground.root().levels
        for column, (place, start, _) in enumerate(self.arcs, self.base):
            missing = board.needs[place] & ~levels
            while missing:
                bit = missing & -missing
                missing ^= bit
                giving = [
                    (other, -1.0)
                    for other, (one, _, end) in enumerate(self.arcs, self.base)
                    if end <= start and board.gives[one] & bit
                ]
                self.rows.append(([(column, 1.0), *giving], -np.inf, 0))

    def rule_out(self, chosen: list[int]) -> None:
        """Forbid exactly these arcs together."""
        row = [(one + self.base, 1.0) for one in chosen]
        self.rows.append((row, -np.inf, len(chosen) - 1))

    def breaches(self, chosen: list[int]) -> bool:
        """Whether the law forbids the chain of these arcs."""
        if not self.ground.lawful:
            return False
        rows = [self.board.contract(*self.arcs[one]) for one in chosen]
        told = flags(
            [*self.ground.contracts, *rows],
            rules=self.board.rules,
            on=self.ground.on,
            scenario=self.board.policy.scenario,
        )
        return any(flag.severity == "breach" and flag.about in rows for flag in told)

    def least(self, cost: list[int], idle: int | None) -> tuple[int, list[int]] | None:
        """The least cost with at most so many idle days, and the arcs of it in order of time."""
        import highspy  # type: ignore[reportMissingTypeStubs]

        solver: Any = highspy.Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", WHOLE)):
            solver.setOptionValue(name, value)
        every = np.arange(self.columns, dtype=np.int32)
        solver.addVars(self.columns, np.zeros(self.columns), np.ones(self.columns))
        solver.changeColsCost(self.columns, every, np.array(cost, dtype=float))
        solver.changeColsIntegrality(self.columns, every, np.full(self.columns, 1, dtype=np.uint8))
        rows = [*self.rows]
        if idle is not None:
            rows.append(([(column, days) for column, days in enumerate(self.idle) if days], -np.inf, idle))
        for row, low, high in rows:
            columns = np.array([column for column, _ in row], dtype=np.int32)
            solver.addRow(low, high, len(row), columns, np.array([value for _, value in row], dtype=float))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = solver.getSolution().col_value
        chosen = [one for one in range(len(self.arcs)) if values[self.base + one] > WHOLE]
        total = sum(cost[column] for column in range(self.columns) if values[column] > WHOLE)
        return total, sorted(chosen, key=lambda one: self.arcs[one][1])
