"""The laws of group placement, on random groups, offers and courses."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.core.mobility.placement_worlds import POLICY, WORDS, lessons, openings, people, promises

from valley.core.mobility.placement import MOST, GroupRow, Relaxation, easing, place, relaxed
from valley.core.mobility.placement.checker import check
from valley.core.mobility.placement.greedy import greedy
from valley.core.mobility.placement.twin import best_values, fits

worlds = settings(max_examples=20, deadline=None)
few = settings(max_examples=10, deadline=None)  # each example plans again for every condition
groups = st.tuples(people(6, least=1), openings(5, least=1), lessons(2))


def values(plan):
    return {one.goal: one.value for one in plan.proof}


@worlds
@given(groups)
def test_every_plan_passes_the_independent_checker_and_is_proven(world):
    plan = place(*world, policy=POLICY, vocabulary=WORDS)
    assert check(plan, *world, policy=POLICY, vocabulary=WORDS) == ()
    assert plan.proven
    assert plan.total == len(world[0])


@worlds
@given(st.tuples(people(4), openings(3), lessons(2)), st.lists(promises, min_size=4, max_size=4))
def test_a_plan_is_as_good_as_the_best_of_all_plans_tried_one_by_one(world, fixed):
    persons = [replace(mover, fixed=promise) for mover, promise in zip(world[0], fixed, strict=False)]
    plan = place(persons, *world[1:], policy=POLICY, vocabulary=WORDS)
    assert values(plan) == best_values(persons, *world[1:], policy=POLICY, vocabulary=WORDS)
    assert check(plan, persons, *world[1:], policy=POLICY, vocabulary=WORDS) == ()


@worlds
@given(groups)
def test_a_plan_never_places_fewer_than_one_by_one(world):
    one_by_one = greedy(*world, policy=POLICY, vocabulary=WORDS)
    assert len(one_by_one) <= place(*world, policy=POLICY, vocabulary=WORDS).placed
    assert len({mover for mover, _, _ in one_by_one}) == len(one_by_one)


@worlds
@given(groups, st.data())
def test_one_more_seat_never_places_fewer(world, data):
    persons, offers, courses = world
    assume(offers)
    number = data.draw(st.integers(0, len(offers) - 1))
    more = [replace(one, seats=one.seats + (place_ == number)) for place_, one in enumerate(offers)]
    before, after = (place(persons, own, courses, policy=POLICY) for own in (offers, more))
    assert after.placed >= before.placed


@worlds
@given(groups)
def test_a_course_is_never_opened_outside_its_sizes_nor_followed_in_vain(world):
    persons, offers, courses = world
    plan = place(*world, policy=POLICY, vocabulary=WORDS)
    sizes = {one.id: one for one in courses}
    assert all(sizes[one.course].least <= one.size <= sizes[one.course].most for one in plan.courses)
    by_id = {one.id: one for one in (*persons, *offers)}
    for one in plan.assignments:
        if one.course is not None:
            assert not fits(by_id[one.mover], by_id[one.offer], None, POLICY, WORDS)
            assert fits(by_id[one.mover], by_id[one.offer], sizes[one.course], POLICY, WORDS)


@worlds
@given(groups, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(world, random: Random):
    mixed = [random.sample(part, len(part)) for part in world]
    policy = replace(POLICY, bottlenecks=True)
    assert place(*mixed, policy=policy, vocabulary=WORDS) == place(*world, policy=policy, vocabulary=WORDS)


@worlds
@given(groups, st.sets(st.integers(1, 6)))
def test_who_withdrew_is_nowhere(world, gone):
    policy = replace(POLICY, withdrawn=frozenset(gone))
    plan = place(*world, policy=policy, vocabulary=WORDS)
    persons = {one.mover for one in (*plan.assignments, *plan.unplaced)}
    persons |= {mover for one in plan.courses for mover in one.movers} | set(plan.broken)
    assert not persons & gone
    stayed = [mover for mover in world[0] if mover.id not in gone]
    without = place(stayed, *world[1:], policy=POLICY, vocabulary=WORDS)
    assert plan == replace(without, policy=plan.policy)


@worlds
@given(groups)
def test_a_stated_condition_relaxed_makes_that_offer_fit(world):
    persons, offers, courses = world
    plan = place(persons, offers, courses, policy=POLICY, vocabulary=WORDS)
    for one in plan.unplaced:
        if one.nearest is None:
            continue
        eased = [mover for mover in persons if mover.id == one.mover], [o for o in offers if o.id == one.nearest.offer]
        assert not fits(eased[0][0], eased[1][0], None, POLICY, WORDS)
        for relaxation in easing(one.nearest):
            eased = relaxed(*eased, relaxation)
        assert fits(eased[0][0], eased[1][0], None, POLICY, WORDS)


@few
@given(groups)
def test_a_bottleneck_is_at_least_what_the_relaxed_group_gains_and_exactly_that_without_courses(world):
    persons, offers, courses = world
    for own in (courses, []):
        plan = place(persons, offers, own, policy=replace(POLICY, bottlenecks=True), vocabulary=WORDS)
        for one in plan.bottlenecks:
            again = place(*relaxed(persons, offers, one.relaxation), own, policy=POLICY, vocabulary=WORDS)
            assert one.proven
            assert one.more >= again.placed - plan.placed
            assert own or one.more == again.placed - plan.placed


@worlds
@given(groups, st.sampled_from(["seat", "person", "course", "loss", "value", "bound", "reason", "group", "inputs"]))
def test_the_checker_refuses_a_tampered_plan(world, part):
    plan = place(*world, policy=POLICY, vocabulary=WORDS)
    assume(plan.assignments and (plan.unplaced or part != "reason") and (plan.courses or part != "course"))
    first, *rest = plan.assignments
    best = plan.proof[1]
    worse = Counter(one.offer for one in plan.assignments)
    full = next((o.id for o in world[1] if worse[o.id] == o.seats and o.id != first.offer), 999)
    tampered = {
        "seat": lambda: replace(plan, assignments=(replace(first, offer=full), *rest)),
        "person": lambda: replace(plan, assignments=(*plan.assignments, first)),
        "course": lambda: replace(plan, courses=plan.courses[1:]),
        "loss": lambda: replace(plan, assignments=(replace(first, loss=first.loss + 500), *rest)),
        "value": lambda: replace(plan, proof=(plan.proof[0], replace(best, value=best.value + 1), *plan.proof[2:])),
        "bound": lambda: replace(plan, proof=(plan.proof[0], replace(best, bound=best.bound - 1), *plan.proof[2:])),
        "reason": lambda: replace(plan, unplaced=(replace(plan.unplaced[0], fitting=99), *plan.unplaced[1:])),
        "group": lambda: replace(plan, treatment=(*plan.treatment, GroupRow("hours", "invented", 99, 99))),
        "inputs": lambda: replace(plan, inputs="0" * 64),
    }
    assert check(tampered[part](), *world, policy=POLICY, vocabulary=WORDS)


@worlds
@given(groups, st.integers(0, 4))
def test_more_kilometres_never_place_fewer_and_no_goal_passes_its_bound(world, amount):
    persons, offers, _ = world
    farther, same = relaxed(persons, offers, Relaxation("travel", amount=5 * amount))
    before, after = place(persons, offers, policy=POLICY), place(farther, same, policy=POLICY)
    assert after.placed >= before.placed
    for one in (*before.proof, *after.proof):
        assert (one.value <= one.bound) if one.goal in MOST else (one.value >= one.bound)
