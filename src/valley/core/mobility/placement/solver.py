"""What is the least cost of a problem, in whole numbers or not, and how low can it not be?

The only file that loads HiGHS. One thread and a fixed seed: the same problem gives the same answer, unless the time
limit ends the search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from valley.core.mobility.placement.columns import Whole
from valley.core.mobility.placement.problem import Problem, Reals


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """``chosen`` is the best found (None: nothing found in time), ``bound`` what no choice goes below.

    ``optimal``: the search ended by itself. ``reduced`` and ``prices`` are the reduced costs of the columns and the
    duals of the rows (of a solve without whole numbers; else empty). ``seconds`` are the solver's.
    """

    chosen: Reals | None
    bound: float
    optimal: bool
    reduced: Reals
    prices: Reals
    seconds: float


def relaxed_solve(task: Problem, cost: Reals, *, seconds: float) -> Solved:
    """Least cost when parts of steps are allowed: linear programme, a corner of it."""
    solver, highs = _loaded(task, cost, seconds)
    solver.run()
    optimal = solver.getModelStatus() == highs.HighsModelStatus.kOptimal
    answer = solver.getSolution()
    bound = float(solver.getInfo().objective_function_value) if optimal else -float("inf")
    chosen = np.array(answer.col_value) if optimal else None
    return Solved(chosen, bound, optimal, np.array(answer.col_dual), np.array(answer.row_dual), solver.getRunTime())


def whole_solve(task: Problem, cost: Reals, *, seconds: float, gaps: tuple[float, float], start: Whole) -> Solved:
    """Least cost in whole steps, from a known choice; ends within ``gaps`` (absolute, relative) of the bound."""
    solver, highs = _loaded(task, cost, seconds)
    solver.setOptionValue("mip_abs_gap", gaps[0])
    solver.setOptionValue("mip_rel_gap", gaps[1])
    kinds = highs.HighsVarType
    width = task.width
    solver.changeColsIntegrality(width, np.arange(width, dtype=np.int32), np.array([kinds.kInteger] * width))
    known = highs.HighsSolution()
    known.col_value = [float(one) for one in start]
    solver.setSolution(known)
    solver.run()
    optimal = solver.getModelStatus() == highs.HighsModelStatus.kOptimal
    facts = solver.getInfo()
    found = facts.primal_solution_status == highs.SolutionStatus.kSolutionStatusFeasible
    chosen = np.rint(np.array(solver.getSolution().col_value)) if found else None
    return Solved(chosen, float(facts.mip_dual_bound), optimal, np.array([]), np.array([]), solver.getRunTime())


def _loaded(task: Problem, cost: Reals, seconds: float) -> tuple[Any, Any]:
    import highspy  # type: ignore[reportMissingTypeStubs]

    highs: Any = highspy
    solver = highs.Highs()
    settings = (("output_flag", False), ("threads", 1), ("random_seed", 0), ("time_limit", max(seconds, 0.01)))
    for name, setting in settings:
        solver.setOptionValue(name, setting)
    row, column, value = task.entries
    order = np.lexsort((row, column))
    model = highs.HighsLp()
    model.num_col_, model.num_row_ = task.width, len(task.row_lower)
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, task.lower, task.upper
    model.row_lower_, model.row_upper_ = task.row_lower, task.row_upper
    model.a_matrix_.format_ = highs.MatrixFormat.kColwise
    starts = np.concatenate([[0], np.cumsum(np.bincount(column, minlength=task.width))])
    model.a_matrix_.start_ = starts.astype(np.int32)
    model.a_matrix_.index_, model.a_matrix_.value_ = row[order].astype(np.int32), value[order]
    solver.passModel(model)
    return solver, highs
