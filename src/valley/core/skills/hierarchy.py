"""Does anything lie above itself?"""

from __future__ import annotations

from collections.abc import Iterable


def a_cycle(links: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The first circle in a directed graph, its first member repeated at the end; empty when there is none.

    >>> a_cycle([("a", "b"), ("b", "c"), ("c", "a")]), a_cycle([("a", "b"), ("a", "c"), ("b", "c")])
    (('a', 'b', 'c', 'a'), ())
    """
    above: dict[str, list[str]] = {}
    for child, parent in sorted(links):
        above.setdefault(child, []).append(parent)
    finished: set[str] = set()
    for start in above:
        trail: list[str] = []
        waiting = [(start, iter((start,)))] if start not in finished else []
        while waiting:
            node = next(waiting[-1][1], None)
            if node is None:
                waiting.pop()
                finished.update(trail[-1:])
                del trail[-1:]
            elif node in trail:
                return (*trail[trail.index(node) :], node)
            elif node not in finished:
                trail.append(node)
                waiting.append((node, iter(above.get(node, ()))))
    return ()
