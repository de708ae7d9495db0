"""Do lines, turns, places and folds keep their laws, whatever the evidence?"""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from valley.core import evidence

DAY = date(2026, 9, 1)
FOUND = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.integers(1, 6),
        st.sampled_from(["job-text"]),
        st.just(DAY),
        st.integers(1, 5),
        st.sampled_from(sorted(evidence.CUE_WEIGHTS)),
        st.none(),
        st.one_of(st.none(), st.integers(1, 4)),
    ),
    max_size=30,
)


@given(FOUND, st.integers())
def test_order_and_repetition_change_no_line(found, seed: int) -> None:
    shuffled = [*found, *found]
    random.Random(seed).shuffle(shuffled)
    assert evidence.lines(shuffled, {}) == evidence.lines(found, {})


@given(FOUND)
def test_there_is_one_line_a_piece_and_competence_with_the_most_of_both(found) -> None:
    lines = evidence.lines(found, {1: 2})
    keys = {(row[0], 2 if row[4] == 1 else row[4], row[1]) for row in found}
    assert [(line.employer, line.competence, line.piece) for line in lines] == sorted(keys)
    for line in lines:
        mine = [row for row in found if (row[0], row[1]) == (line.employer, line.piece)]
        mine = [row for row in mine if (2 if row[4] == 1 else row[4]) == line.competence]
        assert line.weight == max(evidence.CUE_WEIGHTS[row[5]] for row in mine)
        assert line.level == max(row[7] or 0 for row in mine)


@given(st.lists(st.integers(1, 5), max_size=40))
def test_turns_hold_everybody_once_and_nobody_speaks_twice_before_all_did_once(owners: list[int]) -> None:
    order = evidence.turns(owners)
    assert sorted(order) == list(range(len(owners)))
    assert {owners[place] for place in order[: len(set(owners))]} == set(owners)


@given(st.text(alphabet="ab \n", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_what_was_cut_from_a_text_is_found_in_it(text: str, first: int, last: int) -> None:
    wanted = text[min(first, last) : max(first, last)]
    found = evidence.standing(text, wanted)
    if wanted.strip():
        assert found is not None
        assert "".join(text[found[0] : found[1]].split()) == "".join(wanted.split())
    else:
        assert found is None


def test_a_ring_of_folds_ends() -> None:
    assert evidence.counted(1, {1: 2, 2: 1}) == {1, 2}
    assert evidence.standing("tekst", "woord") is None
