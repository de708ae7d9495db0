"""Which cells of a published table must be hidden, so that nobody can work out a small group, also by subtraction?

A count from 1 up to the threshold is small and hidden, in a cell as in a total; 0 is shown, for it says nothing about
a person who is there. Where a hidden count could be found by subtracting, more is hidden. `suppress` hides and then
attacks its own table with all a reader has: shown cells, shown totals, what was published before, and that counts are
whole and not negative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from valley.core.errors import ValleyError

THRESHOLD = 5
"""Smallest number of persons that may be shown: product decision; a group may set a higher one."""

Cell = tuple[str, ...]
"""Labels of a cell, such as ("inbound", "2026-Q1"); a total has `TOTAL` where it sums."""
TOTAL = "*"


class InvalidTable(ValleyError):
    """A table that cannot be protected: negative counts, cells of different depth, earlier sums that say it all."""

    code = "invalid-disclosure-table"


@dataclass(frozen=True, slots=True)
class Sum:
    """A number published before: these cells together count ``value`` persons."""

    cells: frozenset[Cell]
    value: int


@dataclass(frozen=True, slots=True)
class Published:
    """A table as a reader may see it; None is hidden. It does not tell which hidden counts are small, on purpose."""

    cells: Mapping[Cell, int | None]
    totals: Mapping[Cell, int | None]


def remainder_safe(whole: int, part: int, threshold: int = THRESHOLD) -> bool:
    """The remainder rule for a group inside a group: each, and their difference, is 0 or at least the threshold.

    >>> remainder_safe(20, 12), remainder_safe(20, 17), remainder_safe(20, 20)
    (True, False, True)
    """
    return all(count == 0 or count >= threshold for count in (whole, part, whole - part))


def suppress(table: Mapping[Cell, int], threshold: int = THRESHOLD, *, earlier: Sequence[Sum] = ()) -> Published:
    """Hide small counts, and as many more as needed, in a one-way or two-way table of counts of persons.

    Cells have one or two labels; absent combinations of a two-way table count 0. ``earlier`` are sums over these
    cells that readers already have: other views, rounds, with and without a group. Afterwards `breakable` finds
    nothing. The smallest helpful count goes first, ties by label. Raises `InvalidTable` when earlier sums leave
    nothing to hide. Cost: two small integer programmes per hidden count and step.

    >>> shown = suppress({("north",): 12, ("south",): 3, ("west",): 7, ("east",): 30})
    >>> shown.cells[("south",)], shown.cells[("west",)], shown.cells[("east",)], shown.totals[("*",)]
    (None, None, 30, 52)
    """
    cells = _complete(table)
    totals = {total: sum(cells[cell] for cell in _below(cells, total)) for total in _margins(cells)}
    counts = cells | totals
    hidden = {key for key, count in counts.items() if 0 < count < threshold}
    while found := breakable(_shown(cells, totals, hidden), threshold, earlier=earlier):
        helper = min(_helpers(counts, hidden, found), default=None)
        if helper is None:
            raise InvalidTable(
                expected="earlier numbers that leave something to hide",
                found=f"{len(found)} small groups already known",
                next_step="Do not publish this table.",
            )
        hidden.add(helper[-1])
    return _shown(cells, totals, hidden)


def breakable(published: Published, threshold: int = THRESHOLD, *, earlier: Sequence[Sum] = ()) -> tuple[Cell, ...]:
    """The hidden cells and totals that a reader can work out: their value, or that they are small. Sorted.

    The attacker solves the least and the greatest whole value of each under every published sum. Safe is a range of
    two values or more that reaches the threshold.

    >>> breakable(Published({("a",): 9, ("b",): None}, {("*",): 12}))
    (('b',),)
    """
    unknown = [cell for cell, count in published.cells.items() if count is None]
    lost = [total for total, count in published.totals.items() if count is None]
    sums = [Sum(_below(published.cells, key), count) for key, count in published.totals.items() if count is not None]
    equations = [_reduced(published, one) for one in (*sums, *earlier)]
    targets = {cell: (frozenset({cell}), 0) for cell in unknown}
    for total in lost:
        open_cells, known = _reduced(published, Sum(_below(published.cells, total), 0))
        targets[total] = (open_cells, -known)
    ranges = _ranges(unknown, equations, targets)
    return tuple(sorted(key for key, (low, high) in ranges.items() if high - low < 1 or high < threshold))


def _complete(table: Mapping[Cell, int]) -> dict[Cell, int]:
    """Every combination of labels, 0 where the table is silent."""
    depths = {len(cell) for cell in table}
    wrong = [cell for cell, count in table.items() if count < 0 or TOTAL in cell]
    if wrong or len(depths) != 1 or not depths <= {1, 2}:
        raise InvalidTable(
            expected="counts of 0 or more, in cells of one or of two labels",
            found=wrong or f"cells with {sorted(depths)} labels",
            next_step="Count persons per cell; totals are made here.",
        )
    return {cell: table.get(cell, 0) for cell in product(*_labels(table))}


def _labels(cells: Mapping[Cell, object]) -> list[list[str]]:
    depth = len(next(iter(cells)))
    return [sorted({cell[axis] for cell in cells}) for axis in range(depth)]


def _margins(cells: Mapping[Cell, object]) -> list[Cell]:
    return [cell for cell in product(*([*own, TOTAL] for own in _labels(cells))) if TOTAL in cell]


def _below(cells: Mapping[Cell, object], total: Cell) -> frozenset[Cell]:
    return frozenset(c for c in cells if all(want in (TOTAL, own) for want, own in zip(total, c, strict=True)))


def _shown(cells: Mapping[Cell, int], totals: Mapping[Cell, int], hidden: set[Cell]) -> Published:
    return Published(
        cells={cell: None if cell in hidden else count for cell, count in cells.items()},
        totals={total: None if total in hidden else count for total, count in totals.items()},
    )


def _helpers(
    counts: Mapping[Cell, int], hidden: set[Cell], found: Sequence[Cell]
) -> list[tuple[bool, bool, bool, int, Cell]]:
    """Shown counts that may protect what was found, best first: cells for cells and totals for totals; on a line with
    it; above 0, as a 0 hides least; small.
    """
    wants_total = any(TOTAL in key for key in found)
    return [
        (
            (TOTAL in key) != wants_total,
            not any(left == right for other in found for left, right in zip(key, other, strict=True)),
            count == 0,
            count,
            key,
        )
        for key, count in counts.items()
        if key not in hidden
    ]


def _reduced(published: Published, one: Sum) -> tuple[frozenset[Cell], int]:
    """The hidden cells of a sum, and what they add up to after subtracting the shown ones."""
    strange = one.cells - published.cells.keys()
    if strange:
        raise InvalidTable(
            expected="earlier sums over cells of this table", found=sorted(strange), next_step="Split the cells alike."
        )
    shown = {cell: count for cell in one.cells if (count := published.cells[cell]) is not None}
    return one.cells - shown.keys(), one.value - sum(shown.values())


def _ranges(
    unknown: Sequence[Cell],
    equations: Sequence[tuple[frozenset[Cell], int]],
    targets: Mapping[Cell, tuple[frozenset[Cell], int]],
) -> dict[Cell, tuple[float, float]]:
    """The least and greatest value that every target can have, by integer programme (HiGHS through scipy)."""
    import numpy as np
    from scipy import optimize  # type: ignore[reportMissingTypeStubs]

    solver: Any = optimize

    column = {cell: place for place, cell in enumerate(unknown)}
    binding = [(cells, rest) for cells, rest in equations if cells]
    left = np.array([[float(cell in cells) for cell in column] for cells, _ in binding]).reshape(
        len(binding), len(column)
    )
    right = np.array([rest for _, rest in binding], dtype=float)
    law = solver.LinearConstraint(left, right, right)

    def reach(cells: frozenset[Cell], sign: int) -> float:
        goal = np.array([float(sign * (cell in cells)) for cell in column])
        answer: Any = solver.milp(goal, integrality=np.ones(len(column)), constraints=law if binding else ())
        # the true table fits every equation, so no answer can only mean: no greatest value
        return float(sign * round(answer.fun)) if answer.success else float("inf")

    found = {key: (reach(cells, 1), reach(cells, -1)) if cells else (0, 0) for key, (cells, _) in targets.items()}
    return {key: (low + targets[key][1], high + targets[key][1]) for key, (low, high) in found.items()}
