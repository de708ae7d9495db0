"""What is kept of a plan tells no small group, also by subtraction; and the same plan is kept with the same bytes."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import factories

from valley.core.disclosure import THRESHOLD
from valley.core.mobility.placement import Condition, Nearest, Unplaced
from valley.core.mobility.placement.flows import ELSEWHERE, NOWHERE, flows
from valley.placement import actions, published, queries
from valley.placement.cli import place
from valley.placement.models import CourseOffer
from valley.work import drafts as openings

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


@pytest.fixture
def small_course(world):
    """Six people can follow German, three of them (who speak English) could follow a course of English instead."""
    world.announce()
    german, english = (openings.LanguageDraft(code, 3) for code in ("de", "en"))
    world.people(8)
    world.people(3, languages=(("en", 2, 1),))
    world.opening(seats=8, languages=(german,), title="German adviser")
    world.opening(world.other, seats=3, languages=(english,), title="English adviser")
    actions.add_course_offers(
        world.office,
        rows=[
            world.course(cost_a_head=Decimal(10)),
            world.course(
                key="english", title="English", language="en", cefr=3, taught_in="en", taught_cefr=1, least=1,
                cost=Decimal(4000), cost_a_head=Decimal(70), weeks=4,
            ),
        ],
    )  # fmt: skip
    world.join()
    return world


def test_how_many_follow_a_small_course_cannot_be_reckoned_from_money_or_weeks_through_any_door(small_course) -> None:
    made = small_course.plan()
    page = queries.run_page(small_course.office, id=made.run)
    assert made.placed == 11 and page.run.courses == 2
    assert [(one.size, one.cost) for one in page.courses] == [(None, None)] * 2, "eight and three: one tells the other"
    assert {one.opening for one in page.courses} == {6000.0, 4000.0} and {one.a_head for one in page.courses} == {
        10,
        70,
    }
    told = {goal.name: (goal.value, goal.bound) for goal in page.goals}
    assert told["weeks"] == told["cost"] == (None, None) and told["placed"] == (11, 11)
    assert (
        page.run.cost is None and queries.comparison(small_course.office, event=small_course.event).rows[0].cost is None
    )
    assert sum(flow.people for flow in page.course_flows) in (0, 11)
    weeks, cost = 8 * 6 + 3 * 4, 6000 + 4000 + 8 * 10 + 3 * 70
    asked = CliRunner().invoke(place, [small_course.event, "--json", "--lang", "en"])
    client = factories.client_of(small_course.office_account)
    event = f"/placements/events/{small_course.event}"
    doors = [asked.stdout, client.get(f"/placements/runs/{made.run}/").content.decode()]
    doors += [client.get(f"/api/v1/placements/plans/{made.run}").content.decode()]
    doors += [client.get(f"{event}/{page}").content.decode() for page in ("", "compare/")]
    doors += [client.get(f"/api/v1{event}/{page}").content.decode() for page in ("plans", "comparison")]
    for text in doors:
        for secret in (f"{cost}", f"{cost:,}", f"{weeks}.0", "6,080", "6080", "4,210", "4210"):
            assert not re.search(rf"(?<![\d.,]){re.escape(secret)}(?![\d,])", text), secret


def test_courses_that_are_not_small_tell_their_price_together(small_course) -> None:
    small_course.join(small_course.people(2, languages=(("en", 2, 1),)))
    small_course.opening(
        small_course.other, seats=2, languages=(openings.LanguageDraft("en", 3),), title="More English"
    )
    page = queries.run_page(small_course.office, id=small_course.plan().run)
    assert {one.key: (one.size, one.cost) for one in page.courses} == {
        "german-six-weeks": (8, 6080.0),
        "english": (5, 4350.0),
    }
    assert page.run.cost == 10430.0 and {goal.name: goal.value for goal in page.goals}["weeks"] == 68.0


def test_a_condition_of_all_but_a_few_is_hidden_as_one_of_a_few_is() -> None:
    def stuck(*kinds: str) -> Unplaced:
        return Unplaced(1, "conditions", 0, (), Nearest(9, tuple(Condition(one) for one in kinds), (), (), None), ())

    plan = SimpleNamespace(unplaced=[stuck("night", "travel")] * 6 + [stuck("travel")] * 2 + [stuck("hours")])
    assert published.blocks(plan) == [["travel", "", 0, None], ["night", "", 0, None], ["hours", "", 0, None]]


def test_what_a_few_people_lose_together_is_hidden(world) -> None:
    world.announce()
    world.opening(seats=2, pay_min=Decimal("15.00"))
    world.join(world.people(7), wage=Decimal("16.00"))
    page = queries.run_page(world.office, id=world.plan().run)
    told = {goal.name: goal.value for goal in page.goals}
    assert (told["placed"], told["loss"], told["travel"], told["weeks"]) == (2, None, None, None)


def test_reserved_places_are_counted_for_the_office_and_hidden_small_for_schools(small_course) -> None:
    CourseOffer.objects.filter(key="english").update(reserved=3)
    counted = {one.key: (one.reserved, one.removable) for one in queries.course_offers(small_course.office)}
    assert counted == {"german-six-weeks": (0, True), "english": (3, False)}
    coach = factories.caller("coach", small_course.school)
    seen = {one.key: (one.reserved, one.removable) for one in queries.course_offers(coach)}
    assert seen == {"german-six-weeks": (0, False), "english": (None, False)}
