"""Which flows of people from a group to a destination may be seen, so that no small group can be worked out?

A flow is a pair of names with people in it. Small ones stand together; what is left hidden is attacked by
``core.disclosure`` before it is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from valley.core.disclosure import THRESHOLD, InvalidTable, suppress
from valley.core.mobility.placement.treatment import apart, sums

ELSEWHERE = "elsewhere"
NOWHERE = "nowhere"
NO_ROLE = "other"
MOST_TARGETS = 12
"""Destinations with a column of their own: more than that nobody can follow with the eye."""
Flow = tuple[str, str, int]


def flows(moves: Iterable[tuple[str, str]]) -> tuple[Flow, ...]:
    """Source, target and people of each flow that may be seen, widest first; small ones together as ELSEWHERE.

    How many there are of each source and how many have no place are counted as known: another plan for the same people
    may tell it. What is hidden of a source is the difference, which is never small. Nothing when that cannot be.

    >>> flows([("adviser", "7")] * 12 + [("adviser", "8")] * 3 + [("adviser", "9")] * 9)
    (('adviser', '7', 12), ('adviser', 'elsewhere', 12))
    """
    table = Counter(moves)
    if not table:
        return ()
    table = _merged(_merged(table, axis=1), axis=0)
    sources = sorted({pair[0] for pair in table})
    cells = {(source, target): table[source, target] for source in sources for target in {pair[1] for pair in table}}
    lines = sums(cells)
    # the sums of rows come first; of the columns only that of NOWHERE is told elsewhere
    known = lines[: len(sources)] + [one for one in lines[len(sources) :] if {t for _, t in one.cells} == {NOWHERE}]
    try:
        shown = suppress(cells, earlier=known).cells
    except InvalidTable:
        return ()
    seen: list[Flow] = []
    for source in sources:
        own = {target: n for (s, target), n in shown.items() if s == source and n and target != ELSEWHERE}
        seen += [(source, target, n) for target, n in own.items()]
        rest = sum(n for (s, _), n in cells.items() if s == source) - sum(own.values())
        if rest:
            seen.append((source, ELSEWHERE, rest))
    seen.sort(key=lambda flow: (-flow[2], flow[0], flow[1]))
    return tuple(seen)


def _merged(table: Counter[tuple[str, str]], *, axis: int) -> Counter[tuple[str, str]]:
    """Small rows or columns as one, and all beyond the widest twelve: no line of its own tells a small group."""
    totals: Counter[str] = Counter()
    for pair, people in table.items():
        totals[pair[axis]] += people
    own = {key: people for key, people in totals.items() if key not in (ELSEWHERE, NO_ROLE)}
    kept = apart(own, most=MOST_TARGETS)
    while kept and 0 < sum(totals.values()) - sum(totals[key] for key in kept) < THRESHOLD:
        kept.pop()
    merged: Counter[tuple[str, str]] = Counter()
    for (source, target), people in table.items():
        pair = (
            source if axis == 1 or source in kept else NO_ROLE,
            target if axis == 0 or target in kept else ELSEWHERE,
        )
        merged[pair] += people
    return merged
