"""Who is forgotten leaves no count behind: not in a redundancy, not on a seat, not in a course, not in a plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import factories

from valley.foundation import access, jobs, privacy, problems
from valley.people import actions as passports
from valley.people import queries as people
from valley.placement import actions, queries
from valley.placement.models import CoursePlace, Participation, PlanProposal, SeatsTaken, Unplaced
from valley.work import drafts as openings


@pytest.fixture
def answered(world):
    """Twelve people; six seats that ask German, a course for them, and one of the people who said yes to both."""
    world.announce()
    world.people(12)
    world.opening(seats=6)
    german = (openings.LanguageDraft("nl", 4), openings.LanguageDraft("de", 3))
    world.opening(world.other, seats=6, languages=german, title="German adviser")
    actions.add_course_offer(world.office, draft=world.course())
    world.join()
    actions.send_proposals(world.office, run=world.plan().run)
    for _account, person in world.workers:
        line = queries.my_placements(world.caller(person), person=person)[0].proposals[0]
        if line.course:
            actions.answer_proposal(world.caller(person), person=person, proposal=line.id, yes=True)
            return world, person
    raise AssertionError("somebody follows the course")


def erase(world, person: int) -> None:
    passports.erase_person(world.caller(person), person=person, confirm="erase")


def test_erasing_who_said_yes_frees_seat_and_course_and_makes_the_counts_right(answered) -> None:
    world, person = answered
    before = queries.redundancy(world.office, slug=world.event)
    assert (before.joined, before.accepted, queries.course_offers(world.office)[0].reserved) == (12, 1, 1)
    assert list(SeatsTaken.objects.values_list("taken", flat=True)) == [1]
    run = queries.runs(world.office, event=world.event)[0].id
    erase(world, person)
    after = queries.redundancy(world.office, slug=world.event)
    assert (after.joined, after.accepted, queries.course_offers(world.office)[0].reserved) == (11, 0, 0)
    assert queries.redundancy(world.announcer, slug=world.event).joined == 10, "eleven, in fives"
    assert list(SeatsTaken.objects.values_list("taken", flat=True)) == [0]
    page = actions.open_plan(world.office, run=run)
    assert page.run.invalid_since == factories.AT and page.run.placed is None and page.flows == ()
    jobs.run_worker(once=True)
    newest = queries.runs(world.office, event=world.event)[0]
    assert (newest.total, newest.placed, newest.current) == (11, 11, True)
    actions.remove_course_offer(world.office, key="german-six-weeks")


def test_nothing_of_the_forgotten_is_left_and_forgetting_twice_counts_once(answered) -> None:
    world, person = answered
    pseudonym = people.pseudonym_of(people.grant(world.caller(person), purpose=access.Purpose.OWN, person=person))
    erase(world, person)
    with access.opened(people.grant(factories.operator(), purpose=access.Purpose.UPKEEP)):
        for table in (Participation, PlanProposal, Unplaced, CoursePlace):
            assert not table.objects.filter(person=person).exists()
    privacy.erase(pseudonym, None, at=factories.AT)
    assert privacy.forget_again(factories.AT) == 0
    page = queries.redundancy(world.office, slug=world.event)
    assert (page.joined, page.accepted) == (11, 0)


def test_erasing_who_left_before_does_not_count_twice(answered) -> None:
    world, _person = answered
    gone = world.workers[-1][1]
    actions.leave_event(world.caller(gone), person=gone, event=world.event)
    assert queries.redundancy(world.announcer, slug=world.event).joined == 10
    erase(world, gone)
    assert queries.redundancy(world.office, slug=world.event).joined == 11
    erase(world, next(one for _account, one in world.workers if one != gone))
    assert queries.redundancy(world.announcer, slug=world.event).joined == 10


def test_what_is_past_its_time_goes_without_changing_what_was_counted(answered) -> None:
    assert answered
    later = factories.AT + timedelta(days=(date(2027, 4, 1) - factories.AT.date()).days + 200)
    removed = {one.table: one.rows for one in privacy.retention(later)}
    assert removed["placement.Participation"] == 12 and removed["placement.PlanProposal"] == 12
    assert list(SeatsTaken.objects.values_list("taken", flat=True)) == [1], "the seat is still taken"


def test_a_failed_erasure_leaves_every_count(answered, monkeypatch) -> None:
    world, person = answered
    monkeypatch.setattr("valley.foundation.sealing.shred", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erase(world, person)
    page = queries.redundancy(world.office, slug=world.event)
    assert (page.joined, page.accepted) == (12, 1)
    assert list(SeatsTaken.objects.values_list("taken", flat=True)) == [1]
    with pytest.raises(problems.NotFound):
        queries.redundancy(world.recruiter, slug=world.event)
