"""Was every lawful group placed alike, told without giving a small group away?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from valley.core.disclosure import THRESHOLD, TOTAL, Cell, InvalidTable, Published, Sum, suppress
from valley.core.mobility.placement.plan import GroupRow
from valley.core.mobility.placement.shapes import Mover

PLACED, NOT_PLACED = "placed", "not"
UNSTATED = "-"
"""The key of movers without a group of this kind."""


def treatment(movers: Sequence[Mover], placed: Collection[int], *, threshold: int = THRESHOLD) -> tuple[GroupRow, ...]:
    """Placed and total per kind and key of group, small counts and what would give them away hidden.

    The totals of the plan are public, and are counted as known when deciding what to hide. Groups are never used in
    planning: this table is the check.

    >>> from valley.core.profiles import Profile
    >>> people = [Mover(Profile(n, ()), 32, groups=(("contract", "fixed" if n < 20 else "other"),)) for n in range(40)]
    >>> [(row.key, row.placed, row.total) for row in treatment(people, range(10, 35))]
    [('fixed', 10, 20), ('other', 15, 20)]
    >>> [(row.key, row.placed, row.total) for row in treatment(people, range(3, 35))]
    [('fixed', None, 20), ('other', None, 20)]
    """
    kinds = sorted({kind for mover in movers for kind, _ in mover.groups})
    return tuple(row for kind in kinds for row in _rows(kind, movers, frozenset(placed), threshold))


def _rows(kind: str, movers: Sequence[Mover], placed: frozenset[int], threshold: int) -> list[GroupRow]:
    counts = Counter((dict(mover.groups).get(kind, UNSTATED), _outcome(mover, placed)) for mover in movers)
    keys = sorted({key for key, _ in counts})
    table: dict[Cell, int] = {(key, end): counts[key, end] for key in keys for end in (PLACED, NOT_PLACED)}
    ends = {end: frozenset((key, end) for key in keys) for end in (PLACED, NOT_PLACED)}
    known = [Sum(cells, sum(table[cell] for cell in cells)) for cells in ends.values()]
    try:
        shown = suppress(table, threshold, earlier=known)
    except InvalidTable:
        # the totals of the plan alone say too much: nothing of this kind can be shown
        shown = Published({}, {})
    return [GroupRow(kind, key, shown.cells.get((key, PLACED)), shown.totals.get((key, TOTAL))) for key in keys]


def _outcome(mover: Mover, placed: frozenset[int]) -> str:
    return PLACED if mover.id in placed else NOT_PLACED
