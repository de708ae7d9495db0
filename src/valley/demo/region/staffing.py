"""How many people work in each role at each employer, when both totals are given?

Rows (employers) and columns (roles) add up exactly. Shares follow the affinity of an employer's type with a role:
proportional fitting, then rounding down, then the remaining units where the fractions are largest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

ROUNDS = 60  # of proportional fitting; the totals move by less than a tenth of a job long before
NOWHERE = 1e-9  # keeps a column with no affinity anywhere solvable

Cell = tuple[str, str]


def staff(rows: Mapping[str, int], columns: Mapping[str, int], affinity: Mapping[Cell, float]) -> dict[Cell, int]:
    """Whole numbers per (row, column) with exactly the totals of ``rows`` and ``columns``, which must be equal.

    >>> staff({"a": 3, "b": 1}, {"x": 2, "y": 2}, {("a", "x"): 1.0, ("a", "y"): 1.0, ("b", "y"): 1.0})
    {('a', 'x'): 2, ('a', 'y'): 1, ('b', 'y'): 1}
    """
    if sum(rows.values()) != sum(columns.values()):
        raise ValueError("the totals of rows and columns differ")
    wanted = _fitted(rows, columns, affinity)
    counts = _rounded_down(wanted, rows)
    short_rows = {row: total - sum(counts[row, column] for column in columns) for row, total in rows.items()}
    short_columns = {column: total - sum(counts[row, column] for row in rows) for column, total in columns.items()}
    by_fraction = sorted(wanted, key=lambda cell: (counts[cell] - wanted[cell], cell))
    # a first pass gives at most one unit per cell, later passes whatever is still short
    while sum(short_rows.values()):
        for row, column in by_fraction:
            if short_rows[row] and short_columns[column]:
                counts[row, column] += 1
                short_rows[row] -= 1
                short_columns[column] -= 1
    return {cell: count for cell, count in sorted(counts.items()) if count}


def shrunk(totals: Mapping[str, int], whole: int) -> dict[str, int]:
    """The same proportions with another total (at least one each), by largest remainder.

    >>> shrunk({"a": 920, "b": 60, "c": 20}, 50)
    {'a': 46, 'b': 3, 'c': 1}
    """
    total = sum(totals.values())
    exact = {key: value * whole / total for key, value in totals.items()}
    counts = {key: max(1, int(value)) for key, value in exact.items()}
    while (over := sum(counts.values()) - whole) != 0:
        step = 1 if over < 0 else -1
        kept = [key for key in counts if counts[key] + step >= 1]
        counts[min(kept, key=lambda key: (step * (counts[key] - exact[key]), key))] += step
    return counts


def shared_out(weights: Mapping[Cell, float], whole: int) -> dict[Cell, int]:
    """``whole`` units over cells in proportion to their weights, by largest remainder.

    >>> shared_out({("a", "x"): 3.0, ("b", "x"): 1.0}, 6)
    {('a', 'x'): 5, ('b', 'x'): 1}
    """
    total = sum(weights.values())
    exact = {cell: value * whole / total for cell, value in weights.items()}
    counts = {cell: int(value) for cell, value in exact.items()}
    left = whole - sum(counts.values())
    for cell in sorted(exact, key=lambda cell: (counts[cell] - exact[cell], cell))[:left]:
        counts[cell] += 1
    return {cell: count for cell, count in sorted(counts.items()) if count}


def _rounded_down(wanted: Mapping[Cell, float], rows: Mapping[str, int]) -> dict[Cell, int]:
    """Whole parts, never more in a row than its total: fitting may stop just short of a solution at the edges."""
    counts = {cell: int(value) for cell, value in wanted.items()}
    for row, total in rows.items():
        own = [cell for cell in counts if cell[0] == row]
        while sum(counts[cell] for cell in own) > total:
            counts[max(own, key=lambda cell: (counts[cell] - wanted[cell], counts[cell], cell))] -= 1
    return counts


def _fitted(rows: Mapping[str, int], columns: Mapping[str, int], affinity: Mapping[Cell, float]) -> dict[Cell, float]:
    """Iterative proportional fitting (Deming and Stephan 1940) of the affinities to both totals."""
    cells = {(row, column): max(affinity.get((row, column), 0.0), NOWHERE) for row in rows for column in columns}
    for _ in range(ROUNDS):
        _scale(cells, rows, columns, by_row=True)
        _scale(cells, columns, rows, by_row=False)
    return cells


def _scale(cells: dict[Cell, float], totals: Mapping[str, int], others: Iterable[str], *, by_row: bool) -> None:
    names = list(others)
    for key, total in totals.items():
        line = [(key, other) if by_row else (other, key) for other in names]
        factor = total / sum(cells[cell] for cell in line)
        for cell in line:
            cells[cell] *= factor
