"""A plan: kept whole, repeatable, out of date when it should be, without those who left, and sent to people only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from tests import factories

from valley.core.mobility.placement import place
from valley.foundation import access, jobs, problems
from valley.people import actions as passports
from valley.people import queries as people
from valley.placement import actions, drafts, queries
from valley.placement.models import PlanProposal, PlanRun, Unplaced
from valley.work import actions as work
from valley.work import drafts as openings


@pytest.fixture
def planned(world):
    """Twenty people, fourteen seats they fit, six seats that ask German, and a course of German."""
    world.announce()
    world.people(20)
    world.opening(seats=8)
    world.opening(world.other, seats=6)
    german = (openings.LanguageDraft("nl", 4), openings.LanguageDraft("de", 3))
    world.opening(world.other, seats=6, languages=german, title="German adviser")
    world.join()
    return world


def nothing_told(page: queries.PlanRunPage) -> bool:
    """Whether a plan tells no number and no group."""
    groups = (page.goals, page.courses, page.bottlenecks, page.reasons, page.blocks, page.treatment, page.flows)
    return not any(groups) and not page.course_flows and (page.run.placed, page.run.total, page.unplaced) == (None,) * 3


def test_a_plan_is_kept_with_its_proof_and_the_same_inputs_give_the_plan_that_is_there(planned) -> None:
    made = planned.plan()
    assert (made.placed, made.total, made.bound, made.gap, made.changed) == (14, 20, 14, 0.0, True)
    page = queries.run_page(planned.office, id=made.run)
    assert {(flow.target, flow.people) for flow in page.flows} == {
        ("Centre One", 8),
        ("Centre Two", 6),
        ("no place yet", 6),
    }
    assert page.unplaced == 6 and not page.stale and page.sendable and page.waiting == 14
    again = planned.plan()
    assert (again.run, again.changed) == (made.run, False)


def test_a_course_that_is_on_the_table_places_the_rest_and_says_its_size(planned) -> None:
    before = planned.plan()
    actions.add_course_offer(planned.office, draft=planned.course())
    assert queries.run_page(planned.office, id=before.run).stale
    made = planned.plan()
    page = queries.run_page(planned.office, id=made.run)
    assert made.placed == 20 and [(one.key, one.size) for one in page.courses] == [("german-six-weeks", 6)]
    assert [(flow.source, flow.target, flow.people) for flow in page.course_flows] == [
        ("German in six weeks", "Centre Two", 6)
    ]
    planned.plan(drafts.Scenario(courses=()))
    rows = {row.scenario: row.placed for row in queries.comparison(planned.office, event=planned.event).rows}
    assert rows == {"own wishes": 20, "own wishes, without courses": 14}


def test_bottlenecks_and_blocks_name_the_language(planned) -> None:
    page = queries.run_page(planned.office, id=planned.plan().run)
    assert any("German" in line.label and line.more == 6 and line.proven for line in page.bottlenecks)
    assert [(line.label, line.people) for line in page.blocks] == [("German B1", 6)]


def test_further_travel_is_compared_and_never_sent(planned) -> None:
    planned.opening(planned.other, seats=6, place="venlo")
    near = planned.plan()
    far = planned.plan(drafts.Scenario("further", 120))
    assert (near.placed, far.placed) == (14, 20)
    page = queries.run_page(planned.office, id=far.run)
    assert page.stretched and not page.sendable and page.waiting == 0
    with pytest.raises(problems.Conflict):
        actions.send_proposals(planned.office, run=far.run)
    rows = {row.scenario: row.placed for row in queries.comparison(planned.office, event=planned.event).rows}
    assert rows == {"own wishes": 14, "further": 20}


@pytest.mark.parametrize(
    ("scenario", "field"),
    [(drafts.Scenario(max_km=0), "max_km"), (drafts.Scenario(courses=("nothing",)), "courses"),
     (drafts.Scenario(name="x" * 61), "name")],
)  # fmt: skip
def test_a_scenario_that_cannot_be_is_refused(planned, scenario, field) -> None:
    with pytest.raises(drafts.PlacementRefused) as refused:
        planned.plan(scenario)
    assert refused.value.field == field and not PlanRun.objects.exists()


def test_who_leaves_ends_every_plan_and_a_worker_makes_the_newest_again(planned) -> None:
    made, far = planned.plan(), planned.plan(drafts.Scenario("further", 120))
    _account, person = planned.workers[0]
    actions.leave_event(planned.caller(person), person=person, event=planned.event)
    page = actions.open_plan(planned.office, run=made.run)
    assert page.run.invalid_since == factories.AT and page.stale and not page.sendable
    assert nothing_told(page) and nothing_told(actions.open_plan(planned.office, run=far.run))
    assert [one.placed for one in queries.runs(planned.office, event=planned.event)] == [None, None]
    compared = queries.comparison(planned.office, event=planned.event)
    assert (compared.rows, compared.outdated) == ((), 2)
    with pytest.raises(problems.Conflict):
        actions.send_proposals(planned.office, run=made.run)
    assert queries.plan_progress(planned.office, event=planned.event, key=page.renewal).state == "ready"
    jobs.run_worker(once=True)
    done = queries.plan_progress(planned.office, event=planned.event, key=page.renewal)
    assert done.done and done.error == "" and done.run not in (made.run, far.run, None)
    again = actions.open_plan(planned.office, run=done.run)
    assert again.run.total == 19 and again.sendable and again.run.invalid_since is None
    assert again.run.placed == again.run.bound == 14
    assert PlanRun.objects.count() == 3, "only the plan of own wishes is made again"


def test_two_who_leave_cost_one_new_plan(planned) -> None:
    planned.plan()
    for _account, person in planned.workers[:2]:
        actions.leave_event(planned.caller(person), person=person, event=planned.event)
    jobs.run_worker(once=True)
    newest = queries.runs(planned.office, event=planned.event)[0]
    assert PlanRun.objects.count() == 2 and (newest.total, newest.current) == (18, True)


def test_who_said_yes_keeps_it_in_the_plan_that_is_made_again(planned) -> None:
    actions.send_proposals(planned.office, run=planned.plan().run)
    persons = [p for _a, p in planned.workers if queries.my_placements(planned.caller(p), person=p)[0].proposals]
    lines = [queries.my_placements(planned.caller(p), person=p)[0].proposals[0] for p in persons[:2]]
    actions.answer_proposal(planned.caller(persons[0]), person=persons[0], proposal=lines[0].id, yes=True)
    actions.leave_event(planned.caller(persons[2]), person=persons[2], event=planned.event)
    waiting = queries.my_placements(planned.caller(persons[1]), person=persons[1])[0].proposals[0]
    assert waiting.state == "proposed", "what others were sent stays open until the new plan is sent"
    jobs.run_worker(once=True)
    newest = queries.runs(planned.office, event=planned.event)[0]
    page = actions.open_plan(planned.office, run=newest.id)
    assert (page.promised, page.broken, page.run.total, page.run.placed) == (1, 0, 19, 14)


def test_who_joins_later_hides_a_plan_without_ending_it(planned) -> None:
    made = planned.plan()
    planned.join(planned.people(1))
    page = actions.open_plan(planned.office, run=made.run)
    assert nothing_told(page) and page.run.invalid_since is None and page.renewal == ""


def test_who_stops_the_share_elsewhere_has_left_too(planned) -> None:
    made = planned.plan()
    _account, person = planned.workers[0]
    who = planned.caller(person)
    passports.withdraw_share(who, person=person, key=people.shares(who, person=person)[0].key)
    assert nothing_told(queries.run_page(planned.office, id=made.run)), "also before anybody noticed"
    page = actions.open_plan(planned.office, run=made.run)
    assert page.run.invalid_since == factories.AT and page.renewal
    assert queries.joined_lines(planned.office, event=planned.event).total == 19
    assert planned.plan().total == 19
    with pytest.raises(problems.NotFound):
        actions.open_line(planned.office, event=planned.event, number=1)


def test_who_withdraws_while_the_plan_is_made_lets_it_be_made_again_with_a_proof_of_its_own(
    planned, monkeypatch
) -> None:
    given: list[list[int]] = []

    def placing(movers, *args, **kwargs):
        plan = place(movers, *args, **kwargs)
        given.append([mover.id for mover in movers])
        if len(given) == 1:
            for _account, person in planned.workers[:3]:
                who = planned.caller(person)
                passports.withdraw_share(who, person=person, key=people.shares(who, person=person)[0].key)
        return plan

    monkeypatch.setattr("valley.placement.actions.plan.place", placing)
    shares: list[float] = []
    made = actions.plan_placement(
        factories.operator(), event=planned.event, progress=lambda share, _words: shares.append(share)
    )
    assert [len(one) for one in given] == [20, 17]
    assert (made.left, made.total, made.placed, made.bound, made.gap) == (3, 17, 14, 14, 0.0)
    assert shares == sorted(shares) and shares[-1] < 1
    page = actions.open_plan(planned.office, run=made.run)
    assert page.run.current and not page.stale and page.sendable
    assert [(line.label, line.people) for line in page.blocks] == [("German B1", None)], "three people are few"
    assert PlanRun.objects.count() == 1
    with access.opened(people.grant(factories.operator(), purpose=access.Purpose.UPKEEP)):
        kept = {row.person_id for row in PlanProposal.objects.all()} | {row.person_id for row in Unplaced.objects.all()}
    assert kept == {person for _account, person in planned.workers[3:]}


def test_when_somebody_leaves_every_time_nothing_is_kept(planned, monkeypatch) -> None:
    leavers = iter([person for _account, person in planned.workers])

    def placing(*args, **kwargs):
        plan, person = place(*args, **kwargs), next(leavers)
        actions.leave_event(planned.caller(person), person=person, event=planned.event)
        return plan

    monkeypatch.setattr("valley.placement.actions.plan.place", placing)
    with pytest.raises(problems.Conflict):
        planned.plan()
    assert not PlanRun.objects.exists()


def test_progress_only_rises_over_all_phases(planned) -> None:
    told: list[tuple[float, str]] = []
    actions.plan_placement(factories.operator(), event=planned.event, progress=lambda *one: told.append(one))
    shares = [share for share, _words in told]
    assert shares == sorted(shares) and shares[0] > 0 and shares[-1] < 1
    steps = [after - before for before, after in pairwise(shares)]
    assert max(steps) <= 0.45, "no phase is skipped while one question holds people back"
    assert len({words for _share, words in told}) >= 10


def test_a_yes_sends_an_application_keeps_the_seat_and_stays_in_the_next_plan(planned) -> None:
    made = planned.plan()
    assert actions.send_proposals(planned.office, run=made.run) == 14
    person = next(p for _a, p in planned.workers if queries.my_placements(planned.caller(p), person=p)[0].proposals)
    who = planned.caller(person)
    line = queries.my_placements(who, person=person)[0].proposals[0]
    page = queries.proposal_page(who, person=person, proposal=line.id)
    assert page.explanation.possible and page.hours_lost == 0 and page.wage_lost is None and page.km is not None
    before = people.shares(who, person=person)
    assert actions.answer_proposal(who, person=person, proposal=line.id, yes=True) == "yes"
    shares = [share for share in people.shares(who, person=person) if share not in before]
    assert [(share.purpose, share.reader_name) for share in shares] == [("application", line.employer)]
    with pytest.raises(problems.Conflict):
        actions.answer_proposal(who, person=person, proposal=line.id, yes=False)
    again = planned.plan(drafts.Scenario("after a yes"))
    after = queries.run_page(planned.office, id=again.run)
    assert (after.promised, after.broken, again.placed) == (1, 0, 14)
    assert queries.redundancy(planned.office, slug=planned.event).accepted == 1
    assert queries.redundancy(planned.announcer, slug=planned.event).accepted is None


def test_a_no_frees_the_seat_and_the_same_opening_is_not_proposed_again(planned) -> None:
    made = planned.plan()
    actions.send_proposals(planned.office, run=made.run)
    persons = [p for _a, p in planned.workers if queries.my_placements(planned.caller(p), person=p)[0].proposals]
    said_no = persons[0]
    line = queries.my_placements(planned.caller(said_no), person=said_no)[0].proposals[0]
    assert actions.answer_proposal(planned.caller(said_no), person=said_no, proposal=line.id, yes=False) == "no"
    assert [one.purpose for one in people.shares(planned.caller(said_no), person=said_no)] == ["group-placement"]
    second = planned.plan(drafts.Scenario("after a no"))
    actions.send_proposals(planned.office, run=second.run)
    proposals = queries.my_placements(planned.caller(said_no), person=said_no)[0].proposals
    assert [one.opening for one in proposals].count(line.opening) == 1 and second.placed == 14
    page = queries.run_page(planned.office, id=second.run)
    assert "said-no" not in repr(page)


def test_a_full_or_closed_opening_leaves_nothing_half_done(planned) -> None:
    made = planned.plan()
    actions.send_proposals(planned.office, run=made.run)
    person = next(p for _a, p in planned.workers if queries.my_placements(planned.caller(p), person=p)[0].proposals)
    who = planned.caller(person)
    line = queries.my_placements(who, person=person)[0].proposals[0]
    work.close_opening(factories.operator(), slug=line.opening, version=1)
    with pytest.raises(Exception, match="closed"):
        actions.answer_proposal(who, person=person, proposal=line.id, yes=True)
    assert len(people.shares(who, person=person)) == 1
    assert queries.my_placements(who, person=person)[0].proposals[0].state == "proposed"


def test_a_course_place_is_reserved_by_a_yes(planned) -> None:
    actions.add_course_offer(planned.office, draft=planned.course())
    actions.send_proposals(planned.office, run=planned.plan().run)
    for _account, person in planned.workers:
        line = queries.my_placements(planned.caller(person), person=person)[0].proposals[0]
        if line.course:
            break
    actions.answer_proposal(planned.caller(person), person=person, proposal=line.id, yes=True)
    assert queries.course_offers(planned.office)[0].reserved == 1
    with pytest.raises(problems.Conflict):
        actions.remove_course_offer(planned.office, key="german-six-weeks")
    page = queries.run_page(planned.office, id=planned.plan(drafts.Scenario("again")).run)
    assert page.promised == 1 and page.broken == 0 and page.courses[0].size == 6


def test_only_the_office_plans_and_sends_and_nobody_answers_for_another(planned) -> None:
    made = planned.plan()
    for stranger in (planned.announcer, planned.recruiter, factories.caller("coach")):
        with pytest.raises((access.Forbidden, problems.NotFound)):
            actions.order_plan(stranger, event=planned.event, scenario=drafts.Scenario())
        with pytest.raises((access.Forbidden, problems.NotFound)):
            queries.run_page(stranger, id=made.run)
        with pytest.raises((access.Forbidden, problems.NotFound)):
            actions.send_proposals(stranger, run=made.run)
        with pytest.raises((access.Forbidden, problems.NotFound)):
            queries.joined_lines(stranger, event=planned.event)
        with pytest.raises((access.Forbidden, problems.NotFound)):
            actions.open_line(stranger, event=planned.event, number=1)
    weak = replace(planned.office, strong=False)
    with pytest.raises(access.SecondFactorNeeded):
        actions.send_proposals(weak, run=made.run)
    actions.send_proposals(planned.office, run=made.run)
    owner = next(p for _a, p in planned.workers if queries.my_placements(planned.caller(p), person=p)[0].proposals)
    line = queries.my_placements(planned.caller(owner), person=owner)[0].proposals[0]
    other = next(p for _a, p in planned.workers if p != owner)
    with pytest.raises(problems.NotFound):
        actions.answer_proposal(planned.caller(other), person=other, proposal=line.id, yes=True)
    with pytest.raises(problems.NotFound):
        queries.proposal_page(planned.caller(other), person=owner, proposal=line.id)


def test_a_draft_is_not_shown_to_anybody(planned) -> None:
    planned.plan()
    for _account, person in planned.workers:
        assert queries.my_placements(planned.caller(person), person=person)[0].proposals == ()


def test_who_has_no_place_reads_why_and_what_would_help(planned) -> None:
    actions.send_proposals(planned.office, run=planned.plan().run)
    pages = [queries.my_placements(planned.caller(p), person=p)[0] for _a, p in planned.workers]
    without = [page for page in pages if not page.proposals]
    assert len(without) == 6
    assert {block.words for page in without for block in page.blocks} == {"German B1"}
    assert all("course of German" in block.helps for page in without for block in page.blocks)


def test_the_office_opens_a_line_and_the_person_sees_it(planned) -> None:
    planned.plan()
    line = actions.open_line(planned.office, event=planned.event, number=3)
    person = planned.workers[2][1]
    assert line.passport.view.name == "" and line.plan.state in ("draft", "")
    looks = people.looks(planned.caller(person), person=person)
    assert [(look.organisation, look.desk) for look in looks] == [("The Office", "office")]


def test_a_worker_makes_the_plan_that_was_asked_for(planned) -> None:
    key = actions.order_plan(planned.office, event=planned.event, scenario=drafts.Scenario())
    assert queries.plan_progress(planned.office, event=planned.event, key=key).state == "ready"
    jobs.run_worker(once=True)
    done = queries.plan_progress(planned.office, event=planned.event, key=key)
    assert done.done and done.error == "" and queries.run_page(planned.office, id=done.run).run.placed == 14


def test_nobody_joined_is_said_and_nothing_is_kept(world) -> None:
    world.announce()
    with pytest.raises(problems.Conflict):
        world.plan()
    assert queries.runs(world.office, event=world.event) == ()


def test_own_openings_of_the_closing_employer_and_drafts_are_no_place_to_go(world) -> None:
    world.announce()
    world.join(world.people(6))
    world.opening(world.closing, seats=6)
    assert world.plan().placed == 0


def test_a_job_that_starts_long_after_the_last_one_ended_places_nobody(planned) -> None:
    made = planned.plan()
    late = {"starts_from_on": date(2028, 3, 1), "starts_until_on": date(2028, 6, 1), "closes_on": date(2028, 2, 1)}
    planned.opening(planned.other, seats=6, title="Next year", **late)
    assert planned.plan().placed == made.placed
    planned.opening(planned.other, seats=6, title="In time")
    assert planned.plan().placed == made.placed + 6


def test_groups_are_told_in_their_own_order_and_small_ones_together_last(world) -> None:
    world.announce()
    world.opening(seats=20)
    for years, many in (("10+", 6), ("0-2", 7), ("2-5", 3), ("5-10", 4)):
        world.join(world.people(many), years=years)
    page = queries.run_page(world.office, id=world.plan().run)
    assert [(line.kind, line.label, line.placed, line.total) for line in page.treatment] == [
        ("years of service", "less than 2 years", 7, 7),
        ("years of service", "10 years or more", 6, 6),
        ("years of service", "small groups together", 7, 7),
    ]


@pytest.mark.parametrize(("language", "said"), [("nl", "bewaren"), ("en", "storing")])
def test_how_far_a_plan_is_is_told_in_the_language_of_who_asked(planned, language, said) -> None:
    who = replace(planned.office, language=language)
    key = actions.order_plan(who, event=planned.event, scenario=drafts.Scenario(courses=()))
    jobs.run_worker(once=True)
    assert queries.plan_progress(who, event=planned.event, key=key).words == said
