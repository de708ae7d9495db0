"""Does a chain that is planned again keep what partners signed, where one can, and is it told as on the whole board?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.core.mobility.routes_worlds import FREE, learner, offer

from valley.core.mobility.routes import Board, Qualification, checker, routes_on
from valley.core.mobility.routes.keeping import keeping

THEN, LAST = date(2027, 12, 1), date(2028, 6, 1)
GOAL = Qualification({"W1": 100, "W2": 100, "W3": 100}, months=18)
SIGNED = offer(1, 10, FREE, 6, {"W1": 100}), offer(3, 30, LAST, 6, {"W3": 100})
ANNA = learner()


def board(*more) -> Board:
    return Board([*SIGNED, *more], GOAL)


def whole(found, on: Board) -> tuple[str, ...]:
    return checker.check(found, on.offers, ANNA, GOAL, rules=on.rules, policy=on.policy)


def test_what_was_signed_stays_though_another_chain_comes_first() -> None:
    """The chain of 4, 5 and 6 survives a withdrawal and is nearer in the order; 1 and 3 were signed."""
    on = board(*(offer(place, place * 10, day, 6, {process: 100}) for place, day, process in (
        (2, THEN, "W2"), (4, FREE, "W1"), (5, THEN, "W2"), (6, LAST, "W3"))))  # fmt: skip
    found = keeping(on, ANNA, [1, 3])
    assert found is not None and found.offers in ((1, 2, 3), (1, 5, 3))
    assert whole(found, on) == ()


def test_fallbacks_are_those_of_the_whole_board_not_of_the_narrowed_one() -> None:
    """Opening 4 lies on the days of 1, so that it is left out of the search; as a fallback of 1 it counts."""
    on = board(offer(2, 20, THEN, 6, {"W2": 100}), offer(4, 40, FREE, 6, {"W1": 100}))
    found = keeping(on, ANNA, [1, 3])
    assert found is not None and found.offers == (1, 2, 3)
    fallback = next(one for one in found.fallbacks if one.employer == 10)
    assert [link.offer for link in fallback.links or ()] == [4, 2, 3]
    same = next(one for one in routes_on(on, ANNA).chains if one.offers == found.offers)
    assert found == same


def test_where_not_all_can_stay_all_but_one_do() -> None:
    """Between 1 and 3 there is no work of six months any more; a year from December leaves 3 behind."""
    on = board(offer(7, 70, THEN, 12, {"W2": 100, "W3": 100}))
    found = keeping(on, ANNA, [1, 3])
    assert found is not None and found.offers == (1, 7)
    assert keeping(board(), ANNA, [1, 3]) is None


def test_an_opening_with_a_window_lies_beside_what_was_signed_when_a_day_of_it_can() -> None:
    """Opening 2 can start from FREE on, when 1 is worked; it can start on the day after 1 as well."""
    on = board(offer(2, 20, FREE, 6, {"W2": 100}, days=200))
    found = keeping(on, ANNA, [1, 3])
    assert found is not None and [link.starts_on for link in found.links] == [FREE, THEN, LAST]
    assert keeping(on, replace(ANNA, avoid=frozenset({20})), [1, 3]) is None
