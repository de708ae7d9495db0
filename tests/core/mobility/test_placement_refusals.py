"""What cannot be planned is refused with what was expected, what was found and what to do; a short search is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from tests.core.mobility.placement_worlds import DAY, POLICY, opening, simple

from valley.core.mobility.placement import Course, InvalidPlacement, PlacementPolicy, Relaxation, place, relaxed
from valley.core.mobility.placement.checker import check
from valley.core.profiles import Gives, InvalidProfile, Spoken

COURSE = Course(201, 6, DAY, 2, 3, speaks=(Spoken("de", 3),))


@pytest.mark.parametrize(
    ("make", "expected", "found"),
    [
        (lambda: opening(1, seats=0), "at least one seat", "0"),
        (lambda: replace(opening(1), pay_min=20.0), "a pay range above 0", "20.0 to 18.0"),
        (lambda: replace(opening(1), pay_min=0.0), "a pay range above 0", "0.0 to 18.0"),
        (lambda: simple(1, hours=0.0), "hours a week above 0", "0.0"),
        (lambda: simple(1, wage=-1.0), "a wage above 0", "-1.0"),
        (lambda: simple(1, groups=(("home", "a"), ("home", "b"))), "each kind of group once", "twice: home"),
        (lambda: replace(COURSE, least=4), "a least size of 1 or more", "4 to 3"),
        (lambda: replace(COURSE, least=0), "a least size of 1 or more", "0 to 3"),
        (lambda: replace(COURSE, weeks=0), "a course of a week or more", "0"),
        (lambda: replace(COURSE, cost=-1.0), "costs of 0 euro or more", "-1.0"),
        (lambda: replace(COURSE, speaks=()), "a competence or language", "nothing"),
        (lambda: replace(COURSE, speaks=(Spoken("de", 2), Spoken("de", 3))), "each language once", "twice: de"),
        (lambda: PlacementPolicy(wait_days=-1), "0 days of waiting", "-1"),
        (lambda: PlacementPolicy(seconds=0), "time limits above 0", "0"),
        (lambda: PlacementPolicy(gap=1.0), "a gap from 0 up to 1", "1.0"),
        (lambda: place([simple(1), simple(1)], [], policy=POLICY), "each mover once", "twice: 1"),
        (lambda: place([], [opening(5), opening(5)], policy=POLICY), "each offer once", "twice: 5"),
        (lambda: place([], [], [COURSE, COURSE], policy=POLICY), "each course once", "twice: 201"),
        (lambda: relaxed([], [], Relaxation("age")), "one of evening", "age"),
    ],
)
def test_what_cannot_be_is_refused(make, expected, found):
    with pytest.raises(InvalidPlacement) as refused:
        make()
    assert refused.value.expected.startswith(expected)
    assert refused.value.found.startswith(found)
    assert refused.value.next_step.endswith(".")
    assert refused.value.code == "invalid-placement"


@pytest.mark.parametrize("level", [0, 5])
def test_an_unknown_level_is_refused_where_it_is_said(level):
    with pytest.raises(InvalidProfile):
        Course(1, 6, DAY, 2, 3, gives=(Gives(7, level),))
    with pytest.raises(InvalidProfile):
        opening(1, ("nl", level + 7))


def test_a_search_cut_short_still_gives_a_possible_plan_with_its_gap():
    random = Random(1)
    people = [simple(n, ("nl", random.randint(1, 4)), ("de", random.randint(1, 3))) for n in range(1, 31)]
    offers = [opening(100 + n, (random.choice(["nl", "de"]), random.randint(2, 4))) for n in range(25)]
    courses = [replace(COURSE, id=n, starts_on=date(2027, 1, n), cost=100.0 * n) for n in range(1, 5)]
    policy = replace(POLICY, seconds=1e-9)
    plan = place(people, offers, courses, policy=policy)
    assert check(plan, people, offers, courses, policy=policy) == ()
    whole = place(people, offers, courses, policy=POLICY)
    assert plan.proof[1].bound >= whole.placed >= plan.placed
    assert whole.proven


def test_everybody_is_told_how_far_the_planning_is():
    told = []
    place(
        [simple(1), simple(2, ("nl", 1))],
        [opening(9, ("nl", 4))],
        policy=PlacementPolicy(),
        progress=lambda *one: told.append(one),
    )
    assert [what for what, _, _ in told][:3] == ["field", "goal:kept", "goal:placed"]
    assert told[-1] == ("bottleneck:language", 0, 1)
    assert all(0 <= done < of for _, done, of in told)
