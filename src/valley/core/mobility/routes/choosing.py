"""Which of two equal searches answers: the readable one, ready at once, or compiled code that takes a moment to load?

Answers are the same, so that the choice is one of time alone. Both can be asked for the best chains, for the best chain
that is left when an employer withdraws, and for some chain at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from valley.core.mobility.routes.ground import Ground, Label
from valley.core.mobility.routes.search import Search

COMPILED_FROM = 150
"""Openings on a board from which compiled code is taken: loading it from numba's cache takes some 0.7 s a process, one
learner on 900 openings up to 1 s without it. Compiling when nothing is cached takes some 40 s, once."""


class Searching(Protocol):
    """A search over one ground."""

    @property
    def ground(self) -> Ground: ...

    @property
    def steps(self) -> int: ...

    def chains(self, k: int | None = None) -> Sequence[Label]: ...

    def first(self) -> Label | None: ...

    def some(self) -> Label | None: ...

    def fallback(self, before: Label, employer: int) -> Label | None: ...


def search_on(ground: Ground, effort: int | None = None) -> Searching:
    """The faster search for a ground. Past ``effort`` steps a question is given up with `Exhausted`.

    >>> from datetime import date
    >>> from valley.core.mobility.routes.board import Board
    >>> from valley.core.mobility.routes.shapes import Learner, Qualification
    >>> from valley.core.profiles import Limits, Profile
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))))
    >>> search_on(Ground(Board([], Qualification({"W1": 100}, months=6)), anna)).some() is None
    True
    """
    if len(ground.board.offers) < COMPILED_FROM:
        return Search(ground, effort)
    from valley.core.mobility.routes.swift import Swift
    from valley.core.mobility.routes.waiting import Waiting

    return Waiting(ground, effort) if ground.gap else Swift(ground, effort)


def load_compiled() -> None:
    """Load the compiled search for the rest of this process: to be done before anybody waits for an answer."""
    from valley.core.mobility.routes import swift

    assert swift.Swift
