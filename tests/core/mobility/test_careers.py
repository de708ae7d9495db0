"""Do ways, coverage and observed moves obey their laws, and do small groups stay hidden?"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valley.core.mobility import careers
from valley.core.mobility.careers import Role, Stint
from valley.core.mobility.overlap import OverlapPolicy
from valley.core.profiles import Importance, Need, Vocabulary

DAY = dt.date(2020, 1, 1)
held = st.dictionaries(st.integers(1, 8), st.integers(1, 4))
needs = st.dictionaries(st.integers(1, 8), st.tuples(st.integers(1, 4), st.sampled_from(list(Importance))), min_size=1)


def role(asked: dict[int, tuple[int, Importance]], key: str = "goal") -> Role:
    return Role(key, tuple(Need(one, level, weight) for one, (level, weight) in asked.items()))


@given(held, needs)
def test_a_bridge_splits_every_need_once_and_is_whole_only_without_gaps(has, asked) -> None:
    found = careers.bridge(has, role(asked))
    parts = [*found.shared, *(gap.competence for gap in (*found.lower, *found.missing))]
    assert sorted(parts) == sorted(asked)
    assert 0 <= found.percent <= 100
    assert (found.percent == 100) == (not found.lower and not found.missing)


@given(held, needs, st.integers(1, 8), st.integers(1, 4))
def test_learning_more_never_covers_less(has, asked, competence, level) -> None:
    more = has | {competence: max(level, has.get(competence, 0))}
    assert careers.bridge(more, role(asked)).percent >= careers.bridge(has, role(asked)).percent


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), unique=True), min_size=1))
def test_ways_follow_described_moves_and_never_turn_back(graph) -> None:
    roles = {key: Role(key, (), tuple(goals)) for key, goals in graph.items()}
    start = sorted(roles)[0]
    for way in careers.paths(roles, start, steps=3):
        assert way[0] == start and 2 <= len(way) <= 4 and len(set(way)) == len(way)
        assert all(goal in roles[here].moves_to for here, goal in pairwise(way))


@pytest.mark.parametrize("steps", [0, 4, -1])
def test_other_numbers_of_steps_are_refused(steps: int) -> None:
    with pytest.raises(careers.TooManySteps):
        careers.paths({}, "a", steps=steps)


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from("abc"), st.integers(0, 900)), max_size=60))
def test_no_group_under_the_threshold_is_ever_in_the_answer(rows) -> None:
    stints = [Stint(person, where, DAY + dt.timedelta(days=day), None) for person, where, day in rows]
    for one in careers.went(stints):
        movers = {
            person
            for person in {stint.person for stint in stints}
            if {one.start, one.goal} <= {stint.role for stint in stints if stint.person == person}
        }
        assert 5 <= one.people <= len(movers)


def test_two_contracts_in_one_role_are_one_stay() -> None:
    year = dt.timedelta(days=365)
    stints = [
        Stint(person, name, DAY + year * place, None)
        for person in range(5)
        for place, name in enumerate(["a", "a", "b"])
    ]
    assert [(one.start, one.goal, one.people, one.months) for one in careers.went(stints)] == [("a", "b", 5, 23)]


def test_a_near_competence_counts_a_little_and_is_named_and_a_broad_one_is_not_named() -> None:
    words = Vocabulary(groups={1: (10,), 2: (10,), 3: (11,)}, broader={10: (99,), 11: (99,)})
    by = careers.Comparison(words, OverlapPolicy(), DAY)
    goal = Role("goal", (Need(2, 1), Need(3, 1), Need(4, 1)))
    found = careers.bridge({1: 1, 5: 1, 6: 1}, goal, by=by)
    assert [(gap.competence, gap.near) for gap in found.missing] == [(2, 1), (3, None), (4, None)]
    assert 0 < found.percent < 50 and careers.bridge({1: 1, 5: 1, 6: 1}, goal).percent == 0
