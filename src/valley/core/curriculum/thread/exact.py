"""Which core is the best of all within the budget, and how far from it is the quick one?

The only file that loads HiGHS. A mixed-integer programme: a column is in or out, and every stretch of an employer's
covered share is filled from the steepest on by itself, for the value is concave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from valley.core.curriculum.thread.evidence import SCALE, gather
from valley.core.curriculum.thread.null import search_of
from valley.core.curriculum.thread.region import Region, Whole, region_of
from valley.core.curriculum.thread.shapes import Line, Policy, Setting
from valley.core.curriculum.thread.valid import require_valid

SLACK = 1e-7  # HiGHS works in real numbers with tolerances of about this size


@dataclass(frozen=True, slots=True)
class Exact:
    """The best core found, its value, and a bound that no core passes, as shares of the most that could be reached.

    ``gap`` is (bound - value) / bound; 0 is proven best.
    """

    items: tuple[int, ...]
    value: float
    bound: float
    gap: float


def exact(
    lines: Sequence[Line],
    *,
    on: date,
    policy: Policy = Policy(),  # noqa: B008 - frozen
    setting: Setting = Setting(),  # noqa: B008 - frozen
    seconds: float = 60,
) -> Exact:
    """The best core, or the best within ``seconds`` with what is still possible above it.

    A region of 30 employers takes seconds; past the time limit the answer depends on the machine.

    >>> day = date(2026, 9, 1)
    >>> asked = [Line(employer, competence, "job-text", day) for employer, competence in
    ...          ((1, 5), (1, 6), (2, 5), (2, 6), (3, 5), (3, 7))]
    >>> exact(asked, on=day, policy=Policy(support=2, budget=1))
    Exact(items=(5,), value=0.7, bound=0.7, gap=0.0)
    """
    require_valid(lines, policy, setting)
    region = region_of(gather(lines, on=on, policy=policy, setting=setting), policy, setting)
    most = int((region.weight(policy.weighting) * region.worth(region.total)).sum())
    if not len(region.eligible):
        return Exact((), 0.0, 0.0, 0.0)
    chosen, dual = _solved(region, seconds)
    columns = region.eligible[chosen]
    reached = int((region.weight(policy.weighting) * region.worth(region.covered(columns))).sum())
    value, bound = reached / most, max(reached / most, dual)
    gap = (bound - value) / bound if bound > SLACK else 0.0
    places: list[int] = columns.tolist()
    return Exact(tuple(region.competences[place] for place in places), value, bound, gap if gap > SLACK else 0.0)


def _solved(region: Region, seconds: float) -> tuple[Whole, float]:
    """Places among the eligible, and the bound as a share of the most that could be reached."""
    import highspy  # type: ignore[reportMissingTypeStubs]

    solver: Any = highspy.Highs()
    for name, setting in (("output_flag", False), ("time_limit", seconds), ("threads", 1), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(name, setting)
    solver.setOptionValue("mip_abs_gap", SLACK)
    solver.passModel(_model(region, highspy))
    solver.run()
    columns = len(region.eligible)
    solution = np.array(solver.getSolution().col_value[:columns])
    return np.flatnonzero(solution > 0.5), float(solver.getInfo().mip_dual_bound)


def _model(region: Region, highspy: Any) -> Any:
    """Maximise the value of the stretches, each within what its row has covered; the budget is the last row."""
    policy = region.policy
    search = search_of(region, region.matrix.only(region.eligible), region.eligible)
    matrix, rows, columns = search.matrix, region.matrix.rows, len(region.eligible)
    ends = np.array([0.0, *(share for share, _ in policy.bends)])
    slopes = np.array([slope for _, slope in policy.bends], dtype=float)
    stretches, weight = len(slopes), region.weight(policy.weighting)
    most = float((weight * region.worth(region.total)).sum())
    cost = np.ones(columns, dtype=np.int64) if search.cost is None else search.cost
    widths = np.diff(ends)
    widths[-1] = highspy.kHighsInf  # shares add up to a millionth more or less than 1
    place = np.lexsort((matrix.row, matrix.col))
    parts = [
        (matrix.row[place], matrix.col[place], matrix.share[place] / SCALE),
        (np.full(columns, rows), np.arange(columns), cost.astype(float)),
        (np.repeat(np.arange(rows), stretches), columns + np.arange(rows * stretches), np.full(rows * stretches, -1.0)),
    ]
    row, col, entry = (np.concatenate([part[number] for part in parts]) for number in range(3))
    order = np.lexsort((row, col))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns + rows * stretches, rows + 1
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.concatenate([np.zeros(columns), (np.outer(weight, slopes) * SCALE / most).ravel()])
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.concatenate([np.ones(columns), np.tile(widths, rows)])
    lp.row_lower_ = np.concatenate([np.zeros(rows), [0.0]])
    lp.row_upper_ = np.concatenate([np.full(rows, highspy.kHighsInf), [float(policy.budget)]])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(col, minlength=lp.num_col_))]).astype(np.int32)
    lp.a_matrix_.index_, lp.a_matrix_.value_ = row[order].astype(np.int32), entry[order]
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger] * columns + [kinds.kContinuous] * (rows * stretches)
    return lp
