"""Which of two equal searches answers: the readable one, ready at once, or compiled code that takes a moment to load?

Answers are the same, so that the choice is one of time alone. Both can be asked for the best chains, for the best chain
that is left when an employer withdraws, and for some chain at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from valley.core.mobility.routes.board import Board
from valley.core.mobility.routes.ground import Ground, Label
from valley.core.mobility.routes.search import Search
from valley.core.mobility.routes.shapes import Learner, Offer, Qualification, RoutePolicy
from valley.core.profiles import Conditions, Demand, Limits, Profile

COMPILED_FROM = 150
"""Openings on a board from which compiled code is taken: loading it from numba's cache takes some 0.7 s a process, one
learner on 900 openings up to 1 s without it, or many with days between jobs. Compiling when nothing is cached takes
about a minute, once."""
SLOWER = 10
"""Times as long as a compiled step a readable one takes, on 900 openings."""


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


@dataclass(slots=True)
class _Loading:
    """Whether somebody began to load the compiled search in this process, and whether that is done."""

    began: bool = False
    done: bool = False


_LOADING = _Loading()


def search_on(ground: Ground, effort: int | None = None) -> Searching:
    """The faster search for a ground. Past ``effort`` steps a question is given up with `Exhausted`.

    From `expect_compiled` (in a server, say) until `load_compiled` is done the readable search answers, with a tenth
    of the effort: nobody waits for a compiler. Where nobody began to load, the first question on a large board does.

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
    if _LOADING.began and not _LOADING.done:
        return Search(ground, None if effort is None else max(2, effort // SLOWER))
    from valley.core.mobility.routes.swift import Swift
    from valley.core.mobility.routes.waiting import Waiting

    return Waiting(ground, effort) if ground.gap else Swift(ground, effort)


def expect_compiled() -> None:
    """Say that somebody will load the compiled search in this process: until then the readable one answers."""
    _LOADING.began = True


def compiled_loaded() -> bool:
    """Whether this process has the whole compiled search."""
    return _LOADING.done


def load_compiled() -> None:
    """Load the compiled search for the rest of this process: to be done before anybody waits for an answer.

    About a second from numba's cache, a minute when nothing is cached. When it fails, the readable search stays.
    """
    expect_compiled()
    from valley.core.mobility.routes.waiting import Waiting

    # Two jobs with a fallback behind each ask every compiled function at least once.
    search = Waiting(_small())
    for chain in search.chains():
        before = chain.before
        while before is not None:
            search.fallback(before, 0)
            before = before.before
    _LOADING.done = True


def _small() -> Ground:
    begin, half, whole = date(2027, 2, 1), date(2027, 8, 1), date(2028, 2, 1)
    offers = [_job(1, begin, half, "W1"), _job(2, half, whole, "W2")]
    board = Board(offers, Qualification({"W1": 1, "W2": 1}, months=12), policy=RoutePolicy(gap_days=1))
    return Ground(board, Learner(Profile(1, (), limits=Limits(starts_on=begin))))


def _job(id: int, begin: date, end: date, process: str) -> Offer:
    asked = Conditions(starts_from=begin, starts_until=begin + timedelta(days=1), months=6)
    return Offer(Demand(id, (), conditions=asked), id, recognised=((begin, end),), practises={process: 1})
