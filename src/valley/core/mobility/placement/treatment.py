"""Was every lawful group placed alike, told without giving a small group away?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from valley.core.disclosure import THRESHOLD, Cell, InvalidTable, Sum, suppress
from valley.core.mobility.placement.plan import GroupRow
from valley.core.mobility.placement.shapes import Mover

PLACED, NOT_PLACED = "placed", "not"
UNSTATED = "-"
"""The key of movers without a group of this kind."""
TOGETHER = "+"
"""The key of the row in which small groups stand together."""


def treatment(movers: Sequence[Mover], placed: Collection[int], *, threshold: int = THRESHOLD) -> tuple[GroupRow, ...]:
    """Placed and total per kind and key of group. Groups are never used in planning: this table is the check.

    Small groups stand together in one row that is not small; which ones depends on the people alone, so two plans for
    the same people show the same rows and totals, and one plan laid beside the other tells no more. A count of placed
    people is hidden where it, or the rest of its group, is small or could be worked out: the totals of the rows and
    of the plan are counted as known. A kind with one row only says nothing, and is left out.

    >>> from valley.core.profiles import Profile
    >>> people = [Mover(Profile(n, ()), 32, groups=(("contract", "fixed" if n < 20 else "other"),)) for n in range(40)]
    >>> [(row.key, row.placed, row.total) for row in treatment(people, range(10, 35))]
    [('fixed', 10, 20), ('other', 15, 20)]
    >>> [(row.key, row.placed, row.total) for row in treatment(people, range(3, 35))]
    [('fixed', None, 20), ('other', None, 20)]
    """
    kinds = sorted({kind for mover in movers for kind, _ in mover.groups})
    return tuple(row for kind in kinds for row in _rows(kind, movers, frozenset(placed), threshold))


def apart(totals: Mapping[str, int], *, threshold: int = THRESHOLD, most: int | None = None) -> list[str]:
    """The keys that may stand alone, largest first, at most so many: the others together are nobody or no small group.

    >>> apart({"a": 12, "b": 7, "c": 3}), apart({"a": 12, "b": 7, "c": 3, "d": 2}), apart({"a": 12, "b": 3})
    (['a'], ['a', 'b'], [])
    """
    kept = [key for key in sorted(totals, key=lambda key: (-totals[key], key)) if totals[key] >= threshold][:most]
    # the rest must be nobody or no small group itself: the smallest that stands alone joins it where needed
    while kept and 0 < sum(totals.values()) - sum(totals[key] for key in kept) < threshold:
        kept.pop()
    return kept


def sums(table: Mapping[Cell, int]) -> list[Sum]:
    """What every row and every column of a two-way table counts together.

    >>> [one.value for one in sums({("a", "x"): 1, ("a", "y"): 2, ("b", "x"): 3, ("b", "y"): 4})]
    [3, 7, 4, 6]
    """
    lines = [
        frozenset(cell for cell in table if cell[axis] == label)
        for axis in (0, 1)
        for label in sorted({cell[axis] for cell in table})
    ]
    return [Sum(cells, sum(table[cell] for cell in cells)) for cells in lines]


def _rows(kind: str, movers: Sequence[Mover], placed: frozenset[int], threshold: int) -> list[GroupRow]:
    own = [(dict(mover.groups).get(kind, UNSTATED), PLACED if mover.id in placed else NOT_PLACED) for mover in movers]
    alone = apart(Counter(key for key, _ in own), threshold=threshold)
    counts = Counter((key if key in alone else TOGETHER, end) for key, end in own)
    keys = sorted({key for key, _ in counts}, key=lambda key: (key == TOGETHER, key))
    if len(keys) < 2:
        return []
    table: dict[Cell, int] = {(key, end): counts[key, end] for key in keys for end in (PLACED, NOT_PLACED)}
    shown = _shown(table, threshold)
    totals = {key: counts[key, PLACED] + counts[key, NOT_PLACED] for key in keys}
    return [GroupRow(kind, key, shown.get((key, PLACED)), totals[key]) for key in keys]


def _shown(table: Mapping[Cell, int], threshold: int) -> Mapping[Cell, int | None]:
    """The counts that may be seen beside all sums of rows and of columns; none when those alone say too much."""
    try:
        return suppress(table, threshold, earlier=sums(table)).cells
    except InvalidTable:
        return {}
