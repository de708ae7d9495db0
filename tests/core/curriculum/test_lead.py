"""Does every day of a change belong to exactly one party?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valley.core.curriculum.lead import CLASSROOM, NEXT, PARTIES, STOPPED, Lead, Step, StepsRefused, lead, medians

DAY = date(2027, 1, 4)
KINDS = ("changed", "look-in", "agreed", "seen", "approved", "planned", "sent", "allowed", CLASSROOM, *sorted(STOPPED))


def after(days: int) -> date:
    return DAY + timedelta(days=days)


@st.composite
def timelines(draw) -> tuple[list[Step], date]:
    gaps = draw(st.lists(st.integers(0, 400), max_size=12))
    steps, on = [Step("announced", DAY)], DAY
    for gap in gaps:
        on += timedelta(days=gap)
        steps.append(Step(draw(st.sampled_from(KINDS)), on, draw(st.sampled_from(PARTIES))))
    return steps, on + timedelta(days=draw(st.integers(0, 400)))


def by_hand(steps: list[Step], on: date) -> dict[str, int]:
    """The slow twin: walk day by day and ask whom this day belongs to."""
    spent = dict.fromkeys(PARTIES, 0)
    kinds = [step.step for step in steps]
    steps = steps[: kinds.index(CLASSROOM) + 1] if CLASSROOM in kinds else steps
    done = steps[-1].step in STOPPED | {CLASSROOM}
    after_all = NEXT.get([step.step for step in steps if step.step != "changed"][-1], "school")
    day, end = steps[0].on, steps[-1].on if done else on
    while day < end:
        later = next((step for step in steps if step.on > day), None)
        spent[later.waited_for if later else after_all] += 1
        day += timedelta(days=1)
    return spent


@given(timelines())
def test_the_parts_sum_to_the_total_and_to_the_days_before_each_step(made) -> None:
    steps, on = made
    found = lead(steps, on=on)
    assert found.employer + found.school + found.regulator == found.total == (found.until_on - found.since_on).days
    assert sum(found.days) + found.open_days == found.total
    assert min(found.employer, found.school, found.regulator, found.open_days, *found.days) >= 0
    assert (found.ended == "") == (found.waiting_for != "")


@given(timelines())
def test_counting_day_by_day_gives_the_same(made) -> None:
    steps, on = made
    found = lead(steps, on=on)
    assert {party: getattr(found, party) for party in PARTIES} == by_hand(steps, on)


@given(timelines(), st.integers(1, 100))
def test_waiting_longer_only_adds_days_to_whom_is_waited_for(made, more) -> None:
    steps, on = made
    now, later = lead(steps, on=on), lead(steps, on=on + timedelta(days=more))
    for party in PARTIES:
        grown = more if party == now.waiting_for else 0
        assert getattr(later, party) == getattr(now, party) + grown


def test_the_first_lesson_ends_it_whatever_comes_after() -> None:
    steps = [Step("announced", DAY), Step(CLASSROOM, after(40), "school"), Step("look-in", after(50), "school")]
    found = lead(steps, on=after(90))
    assert (found.total, found.ended, found.waiting_for, found.until_on) == (40, CLASSROOM, "", after(40))


def test_set_aside_stops_the_count_until_someone_takes_it_up_again() -> None:
    steps = [Step("announced", DAY), Step("set-aside", after(10), "school")]
    assert lead(steps, on=after(90)).total == 10
    again = lead([*steps, Step("planned", after(30), "school")], on=after(31))
    assert (again.total, again.ended, again.waiting_for) == (31, "", "school")


@pytest.mark.parametrize(
    ("steps", "on"),
    [
        ([], DAY),
        ([Step("announced", after(2)), Step("seen", after(1), "school")], after(9)),
        ([Step("announced", after(2))], after(1)),
        ([Step("announced", DAY), Step("seen", after(1), "")], after(9)),
        ([Step("announced", DAY), Step("seen", after(1), "the weather")], after(9)),
    ],
)
def test_steps_that_cannot_be_are_refused(steps, on) -> None:
    with pytest.raises(StepsRefused) as refused:
        lead(steps, on=on)
    assert refused.value.next_step


def test_only_what_reached_the_classroom_counts_in_the_medians() -> None:
    def one(days: int, step: str) -> Lead:
        return lead([Step("announced", DAY), Step(step, after(days), "regulator")], on=after(500))

    assert medians([one(5, "set-aside"), one(7, "planned")]) is None
    found = medians([one(10, CLASSROOM), one(20, CLASSROOM), one(400, "set-aside"), one(60, CLASSROOM)])
    assert found is not None
    assert (found.changes, found.total, found.regulator, found.school) == (3, 20, 20, 0)
