"""Which chain keeps links that were agreed, on their very days, when the rest is planned again?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import combinations

from valley.core.mobility.routes.board import Board
from valley.core.mobility.routes.choosing import search_on
from valley.core.mobility.routes.days import end_of
from valley.core.mobility.routes.ground import Ground, Label
from valley.core.mobility.routes.shapes import Chain, Learner, Offer
from valley.core.mobility.routes.telling import chain

Days = tuple[int, int]
"""First day and first day after, as ordinals."""


def keeping(board: Board, learner: Learner, kept: Iterable[int]) -> Chain | None:
    """The best chain with these openings in it, else the best with all but one of them; None when there is neither.

    Each of ``kept`` is an opening of the board that can start on one day only, as agreed; two that overlap are never
    kept together. Openings that cannot lie beside them are left out of the search; law, hours and fallbacks are those
    of the whole board. A kept opening that the chain can do without, because it is complete before, may be missing.

    >>> from datetime import date
    >>> from valley.core.mobility.routes.shapes import Qualification
    >>> from valley.core.profiles import Limits, Profile
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))))
    >>> keeping(Board([], Qualification({"W1": 100}, months=6)), anna, ()) is None
    True
    """
    wanted = sorted(set(kept))
    for size in (len(wanted), len(wanted) - 1):
        if size < 1:
            break
        found = [one for some in combinations(wanted, size) if (one := _around(board, learner, some)) is not None]
        if found:
            return max(found, key=lambda one: sum(link.offer in wanted for link in one.links))
    return None


def _around(board: Board, learner: Learner, kept: Sequence[int]) -> Chain | None:
    agreed = [offer for offer in board.offers if offer.id in kept]
    spans = [_span(offer) for offer in agreed]
    beside = [offer for offer in board.offers if offer.id not in kept and _fits(offer, spans)]
    narrow = Board([*agreed, *beside], board.qualification, rules=board.rules, policy=board.policy)
    label = search_on(Ground(narrow, learner)).first()
    return None if label is None else _told(label, narrow, board, learner)


def _told(label: Label, narrow: Board, board: Board, learner: Learner) -> Chain | None:
    """The same links on the whole board, with what is left there when an employer withdraws."""
    places = {offer.id: place for place, offer in enumerate(board.offers)}
    ground = Ground(board, learner)
    same: Label | None = ground.root()
    for place, start in zip(label.places, label.starts, strict=True):
        if same is None:
            return None
        same = ground.step(same, places[narrow.offers[place].id], start, end_of(start, narrow.months[place]))
    return None if same is None else chain(same, search_on(ground))


def _span(offer: Offer) -> Days:
    asked = offer.demand.conditions
    assert asked.starts_from is not None and asked.months is not None
    start = asked.starts_from.toordinal()
    return start, end_of(start, asked.months)


def _fits(offer: Offer, spans: Sequence[Days]) -> bool:
    """Whether an opening can lie beside all spans: on its first day, or on the day after one of them."""
    asked = offer.demand.conditions
    assert asked.starts_from is not None and asked.starts_until is not None and asked.months is not None
    first, last = asked.starts_from.toordinal(), (asked.starts_until - timedelta(days=1)).toordinal()
    days = [first, *(end for _start, end in spans if first <= end <= last)]
    ends = [(day, end_of(day, asked.months)) for day in days]
    return any(all(until <= start or day >= end for start, end in spans) for day, until in ends)
