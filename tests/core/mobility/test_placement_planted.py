"""Groups of which the best plan is known beforehand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.mobility.placement_worlds import DAY, PLACES, POLICY, opening, simple

from valley.core.disclosure import TOTAL, Published, Sum, breakable
from valley.core.mobility.placement import (
    Condition,
    Course,
    Promise,
    Relaxation,
    Wishes,
    compare,
    place,
    relaxed,
)
from valley.core.mobility.placement.checker import check
from valley.core.mobility.placement.greedy import greedy
from valley.core.mobility.placement.treatment import TOGETHER
from valley.core.profiles import Spoken

WITH = replace(POLICY, bottlenecks=True)
GERMAN = Course(201, 6, DAY, 10, 16, speaks=(Spoken("de", 3),), cost=5000.0, cost_a_head=100.0)
FAR = (51.0, 5.5)


def seats(plan):
    return {one.mover: one.offer for one in plan.assignments}


def test_one_by_one_strands_people_who_were_placeable():
    # the first ten speak both languages and like the Dutch seats, which are all that the others can do
    both = [simple(n, ("nl", 4), ("de", 4), wage=17.0) for n in range(1, 11)]
    dutch = [simple(n, ("nl", 4)) for n in range(11, 21)]
    offers = [opening(101, ("nl", 4), seats=10, pay=17.0), opening(102, ("de", 3), seats=10, pay=15.0)]
    plan = place([*both, *dutch], offers, policy=POLICY)
    assert len(greedy([*both, *dutch], offers, policy=POLICY)) == 10
    assert plan.placed == 20
    assert {seats(plan)[n] for n in range(11, 21)} == {101}


def test_a_course_unlocks_exactly_ten():
    people = [simple(n, ("de", 2)) for n in range(1, 13)]
    offers = [opening(101, ("de", 3), seats=10)]
    plan = place(people, offers, [GERMAN], policy=POLICY)
    assert plan.placed == 10
    assert [(one.course, one.size, one.cost) for one in plan.courses] == [(201, 10, 600_000)]
    assert {one.reason for one in plan.unplaced} == {"no-course"}
    assert {one.courses for one in plan.unplaced} == {(201,)}


def test_a_course_that_cannot_reach_its_least_is_not_opened_and_said_to_be_the_reason():
    people = [simple(n, ("de", 2)) for n in range(1, 10)]
    plan = place(people, [opening(101, ("de", 3), seats=20)], [GERMAN], policy=POLICY)
    assert (plan.placed, plan.courses) == (0, ())
    assert {(one.reason, one.courses) for one in plan.unplaced} == {("no-course", (201,))}
    assert plan.unplaced[0].nearest.conditions == (Condition("language", "de", 3),)


def test_a_course_that_ends_too_late_unlocks_nothing_unless_the_offer_waits():
    people = [simple(n, ("de", 2)) for n in range(1, 11)]
    until = GERMAN.ends_on  # the day after the last on which one can start
    offers = [opening(101, ("de", 3), seats=10, starts_from=DAY, starts_until=until)]
    assert place(people, offers, [GERMAN], policy=POLICY).placed == 0
    assert place(people, offers, [GERMAN], policy=replace(POLICY, wait_days=1)).placed == 10
    later = [opening(101, ("de", 3), seats=10, starts_from=DAY, starts_until=until + timedelta(days=1))]
    assert place(people, later, [GERMAN], policy=POLICY).placed == 10


def test_only_who_speaks_the_language_of_the_lessons_joins():
    people = [simple(n, ("de", 1 + n % 2)) for n in range(1, 21)]
    course = replace(GERMAN, taught_in=Spoken("de", 2))
    plan = place(people, [opening(101, ("de", 3), seats=20)], [course], policy=POLICY)
    assert plan.courses[0].movers == tuple(range(1, 21, 2))


def test_who_speaks_german_follows_no_course_to_fill_it():
    people = [simple(n, ("de", 2 if n < 10 else 4)) for n in range(1, 11)]
    plan = place(people, [opening(101, ("de", 3), seats=20)], [GERMAN], policy=POLICY)
    assert (seats(plan), plan.courses) == ({10: 101}, ())


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"weeks": 4, "cost": 9000.0}, {"weeks": 6, "cost": 1.0}),
        ({"weeks": 6, "cost": 4000.0}, {"weeks": 6, "cost": 4000.5}),
        ({"weeks": 6, "cost": 0.0, "cost_a_head": 10.0}, {"weeks": 6, "cost": 200.0, "cost_a_head": 0.0}),
    ],
)
def test_of_two_courses_the_shorter_then_the_cheaper_is_opened(better, worse):
    people = [simple(n) for n in range(1, 11)]
    courses = [replace(GERMAN, id=7, **worse), replace(GERMAN, id=8, **better)]
    plan = place(people, [opening(101, ("de", 3), seats=10)], courses, policy=POLICY)
    assert [one.course for one in plan.courses] == [8]


def test_loss_comes_before_weeks_travel_and_wishes_and_travel_before_wishes():
    home = {"limits": {"place": PLACES[0]}}
    wish = Wishes(frozenset({9}))
    near, far = opening(101, place=PLACES[0]), opening(102, place=PLACES[1])
    rich = replace(opening(103, ("de", 3), pay=16.01), employer=9)
    person = simple(1, wage=17.0, wishes=wish, **home)
    course = replace(GERMAN, least=1)
    assert seats(place([person], [near, far, rich], [course], policy=POLICY)) == {1: 103}
    assert seats(place([person], [near, replace(far, employer=9)], policy=POLICY)) == {1: 101}
    twin = replace(opening(104, place=PLACES[0]), employer=9)
    assert seats(place([person], [near, twin], policy=POLICY)) == {1: 104}


def test_ten_kilometres_more_place_exactly_those_who_live_just_too_far():
    people = [simple(n, limits={"place": PLACES[0], "max_km": 20.0 if n < 5 else 4.0}) for n in range(1, 8)]
    offers = [opening(101, place=PLACES[1], seats=9)]  # 27 km away
    plan = place(people, offers, policy=WITH)
    travel = next(one for one in plan.bottlenecks if one.relaxation == Relaxation("travel", amount=10))
    assert (plan.placed, travel.more, travel.proven) == (0, 4, True)
    farther = place(*relaxed(people, offers, travel.relaxation), policy=WITH)
    told = compare(plan, farther)
    assert (told.gained, told.lost, told.moved) == (4, 0, 0)
    assert {one.goal: one.change for one in told.goals}["placed"] == 4


def test_an_evening_shift_and_a_language_are_counted_apart():
    people = [simple(1, ("nl", 4), limits={"evenings": False}), simple(2, ("nl", 2)), simple(3, ("nl", 2))]
    plan = place(people, [opening(101, ("nl", 4), evenings=True, seats=9)], policy=WITH)
    assert [(one.relaxation.kind, one.relaxation.amount, one.more) for one in plan.bottlenecks] == [
        ("language", 4, 2),
        ("evening", 0, 1),
    ]
    assert plan.unplaced[0].nearest.conditions == (Condition("evening"),)
    assert plan.unplaced[0].blocked[0].sole == 1


def test_seats_that_went_to_others_are_the_reason_when_everything_fits():
    plan = place([simple(1), simple(2)], [opening(101)], policy=WITH)
    assert [(one.reason, one.fitting, one.nearest) for one in plan.unplaced] == [("no-seat", 1, None)]
    assert plan.bottlenecks == ()


def test_a_yes_is_kept_before_everything_else():
    fixed = simple(1, ("nl", 4), limits={"max_km": 5.0, "place": PLACES[0]}, fixed=Promise(101))
    offers = [opening(101, place=FAR), opening(102, place=PLACES[0], pay=20.0)]
    plan = place([fixed, simple(2, limits={"hours_min": 1.0})], offers, policy=POLICY)
    assert seats(plan) == {1: 101, 2: 102}
    assert (plan.value("kept"), plan.broken) == (1, ())
    assert check(plan, [fixed, simple(2, limits={"hours_min": 1.0})], offers, policy=POLICY) == ()


def test_a_yes_to_an_offer_that_vanished_is_named_and_planned_anew():
    people = [simple(1, fixed=Promise(999)), simple(2, fixed=Promise(101)), simple(3, fixed=Promise(101))]
    plan = place(people, [opening(101), opening(102, seats=2)], policy=POLICY)
    assert (plan.value("kept"), plan.placed, len(plan.broken)) == (1, 3, 2)
    assert 1 in plan.broken


def test_a_yes_to_a_course_holds_only_while_the_course_reaches_its_size():
    people = [simple(n, ("de", 2), fixed=Promise(101, 201)) for n in range(1, 11)]
    offers = [opening(101, ("de", 3), seats=10)]
    assert place(people, offers, [GERMAN], policy=POLICY).value("kept") == 10
    left = replace(POLICY, withdrawn=frozenset({4}))
    plan = place(people, offers, [GERMAN], policy=left)
    assert (plan.placed, plan.broken) == (0, (1, 2, 3, 5, 6, 7, 8, 9, 10))


def test_a_withdrawn_consent_frees_the_seat():
    people, offers = [simple(1, fixed=Promise(101)), simple(2)], [opening(101)]
    assert seats(place(people, offers, policy=POLICY)) == {1: 101}
    assert seats(place(people, offers, policy=replace(POLICY, withdrawn=frozenset({1})))) == {2: 101}


def grouped(*sizes):
    """One group per size: (placed, not placed)."""
    people, number = [], 0
    for place_, (put, left) in enumerate(sizes):
        for speaks in [True] * put + [False] * left:
            number += 1
            people.append(simple(number, *[("nl", 4)] * speaks, groups=(("home", "abcdef"[place_]),)))
    return people


@pytest.mark.parametrize(
    "sizes",
    [
        ((12, 3), (20, 9)),
        ((9, 9), (8, 2), (30, 30)),
        ((2, 1), (30, 10)),
        ((5, 5), (5, 5), (5, 5)),
        ((4, 0), (0, 9), (7, 7)),
        ((3, 3),),
        ((6, 1),),
        ((40, 0), (2, 0)),
    ],
)
def test_the_table_of_groups_hides_small_ones_also_by_subtraction(sizes):
    people = grouped(*sizes)
    plan = place(people, [opening(101, ("nl", 4), seats=99)], policy=POLICY)
    assert plan.placed == sum(put for put, _ in sizes)
    true = {"abcdef"[place_]: ends for place_, ends in enumerate(sizes)}
    alone = {row.key for row in plan.treatment}
    together = [ends for key, ends in true.items() if key not in alone]
    true[TOGETHER] = (sum(put for put, _ in together), sum(left for _, left in together))
    for row in plan.treatment:
        put, left = true[row.key]
        assert row.total == put + left >= 5
        assert row.placed is None or (row.placed == put and not 0 < put < 5 and not 0 < left < 5)
    assert sum(row.total for row in plan.treatment) in (0, len(people))
    cells = {(row.key, "placed"): row.placed for row in plan.treatment}
    cells |= {(row.key, "not"): None if row.placed is None else row.total - row.placed for row in plan.treatment}
    ends = [frozenset((row.key, end) for row in plan.treatment) for end in ("placed", "not")]
    known = [Sum(ends[0], sum(put for put, _ in sizes)), Sum(ends[1], sum(left for _, left in sizes))]
    if any(row.placed is not None for row in plan.treatment):
        assert not breakable(Published(cells, {(r.key, TOTAL): r.total for r in plan.treatment}), earlier=known)


def test_large_groups_are_shown_with_their_share():
    plan = place(grouped((30, 10), (12, 12)), [opening(101, ("nl", 4), seats=99)], policy=POLICY)
    assert [(row.placed, row.total, row.share) for row in plan.treatment] == [(30, 40, 0.75), (12, 24, 0.5)]


def test_nobody_and_nothing_are_answers_too():
    assert place([], [opening(101)], policy=WITH).total == 0
    plan = place([simple(1)], [], policy=WITH)
    assert [(one.reason, one.nearest, one.blocked) for one in plan.unplaced] == [("conditions", None, ())]
    assert plan.proven
