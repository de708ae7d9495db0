"""What is kept of a plan tells no small group, also by subtraction; and the same plan is kept with the same bytes."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from valley.core.disclosure import THRESHOLD
from valley.core.mobility.placement.flows import ELSEWHERE, NOWHERE, flows
from valley.placement import published

MOVES = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(["1", "2", "3", "4", NOWHERE])), max_size=80
)


@settings(deadline=None, max_examples=40)
@given(MOVES)
def test_no_flow_is_small_and_none_is_invented(moves) -> None:
    shown = flows(moves)
    assert all(people >= THRESHOLD for _source, _target, people in shown)
    assert sum(people for _source, _target, people in shown) <= len(moves)
    counts = Counter(moves)
    for source, target, people in shown:
        if source in "abc" and target != ELSEWHERE:
            assert counts[source, target] == people


@settings(deadline=None, max_examples=40)
@given(MOVES)
def test_the_order_of_people_changes_nothing(moves) -> None:
    assert flows(moves) == flows(sorted(moves)) == flows(list(reversed(moves)))


def test_one_small_employer_is_hidden_with_another_so_that_the_rest_does_not_tell_it() -> None:
    moves = [("a", "1")] * 20 + [("a", "2")] * 3 + [("a", "3")] * 7
    shown = {target: people for _source, target, people in flows(moves)}
    assert "2" not in shown and shown.get(ELSEWHERE, 0) != 3
    assert shown["1"] == 20 and shown[ELSEWHERE] == 10


def test_small_counts_are_not_seen() -> None:
    assert [published.seen(people) for people in (0, 1, 4, 5)] == [0, None, None, 5]
