"""From signal to classroom: announced, looked in, approved, planned, published, taught; and who waited for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation
from tests import factories
from tests.rooms.field import field_world
from tests.rooms.field.field_world import SECRET, WORDS, World, later

from valley.evidence import queries as evidence
from valley.field import actions, queries
from valley.field.models import Change, ChangeStep, LookIn
from valley.foundation.access import Forbidden, SecondFactorNeeded, SignInNeeded
from valley.foundation.problems import Conflict, NotFound

FIELD = actions


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def world(db) -> World:
    return field_world.made()


def test_journey_two_from_the_announcement_to_the_first_lesson(world) -> None:
    change = world.announce()
    look_in = world.ask(change)
    world.agree(look_in)
    world.note(look_in)
    world.approve(look_in, days=4)
    first, second = (evidence.piece(world.designer, id=piece) for piece in LookIn.objects.get(pk=look_in).pieces)
    assert (first.piece.kind, first.piece.dated_on) == ("observation", date(2026, 11, 24))
    assert [one.competence for one in first.findings] == [world.competence]
    assert WORDS in first.text
    assert second.text == "De adviseur vat de chat samen."
    FIELD.plan_change(later(world.designer, 10), change=change, version=world.version)
    field_world.publish(world.version, later(world.designer, 30).at)
    FIELD.take_step(later(world.designer, 12), change=change, step="sent")
    FIELD.take_step(later(world.designer, 25), change=change, step="allowed")
    FIELD.take_step(later(world.teacher, 40), change=change, step="taught")
    page = queries.change(later(world.teacher, 60), id=change)
    assert [(one.step, one.days) for one in page.steps] == [
        ("announced", 0), ("look-in", 0), ("agreed", 0), ("seen", 1), ("approved", 3), ("evidence", 0), ("planned", 6),
        ("sent", 2), ("allowed", 13), ("published", 5), ("taught", 10),
    ]  # fmt: skip
    lead = page.change.lead
    assert (lead.total, lead.employer, lead.school, lead.regulator) == (40, 3, 24, 13)
    assert (lead.ended, lead.waiting_for, page.planned, page.published) == ("taught", "", "klantadviseur@2", True)
    assert page.planned_from_on == date(2027, 9, 1)
    assert page.dossier == "commercie"


def test_a_change_waits_for_whoever_must_act_next(world) -> None:
    change = world.announce()
    assert queries.change(later(world.lead, 5), id=change).change.lead.school == 5
    look_in = world.ask(change)
    lead = queries.change(later(world.lead, 5), id=change).change.lead
    assert (lead.employer, lead.waiting_for, lead.waiting_words) == (5, "employer", "the employer")
    FIELD.revise_change(later(world.lead, 2), change=change, version=1, draft=world.draft(title="Other words"))
    assert queries.change(later(world.lead, 5), id=change).change.lead.employer == 5
    FIELD.refuse_look_in(later(world.lead, 3), look_in=look_in, version=1, reason="We move house.")
    lead = queries.change(later(world.lead, 9), id=change).change.lead
    assert (lead.employer, lead.school) == (3, 6)


def test_editing_never_overwrites_what_stood_there(world) -> None:
    change = world.announce()
    FIELD.revise_change(world.lead, change=change, version=1, draft=world.draft(from_on=date(2027, 4, 1), text="New."))
    page = queries.change(world.designer, id=change)
    assert (page.text, page.change.from_on, page.version) == ("New.", date(2027, 4, 1), 2)
    before = {one.field: one.words for one in page.steps[-1].before}
    assert before == {"What changes": WORDS, "From": "2027-03-01"}


def test_two_people_editing_one_change_the_second_hears_what_changed(world) -> None:
    change = world.announce()
    FIELD.revise_change(world.lead, change=change, version=1, draft=world.draft(title="Ours"))
    with pytest.raises(Conflict) as conflict:
        FIELD.revise_change(world.lead, change=change, version=1, draft=world.draft(title="Mine"))
    assert "title" in conflict.value.found
    assert Change.objects.get(pk=change).title == "Ours"


def test_a_withdrawn_change_stays_readable_and_takes_no_more_steps(world) -> None:
    change = world.announce()
    FIELD.withdraw_change(later(world.lead, 3), change=change, version=1, reason="The supplier stopped.")
    page = queries.change(later(world.designer, 9), id=change)
    assert (page.change.withdrawn, page.steps[-1].words, page.change.lead.total) == (True, "The supplier stopped.", 3)
    assert page.may == ()
    for act in (
        lambda: FIELD.withdraw_change(world.lead, change=change, version=2, reason="Again"),
        lambda: FIELD.plan_change(later(world.designer, 9), change=change, version=world.version),
        lambda: world.ask(change),
    ):
        with pytest.raises(FIELD.FieldRefused):
            act()


def test_set_aside_needs_a_reason_and_stops_the_count(world) -> None:
    change = world.announce()
    with pytest.raises(FIELD.FieldRefused):
        FIELD.take_step(world.designer, change=change, step="set-aside")
    FIELD.take_step(later(world.designer, 4), change=change, step="set-aside", words="One employer only.")
    lead = queries.change(later(world.designer, 90), id=change).change.lead
    assert (lead.total, lead.ended) == (4, "set-aside")


@pytest.mark.parametrize("step", ["sent", "allowed", "taught"])
def test_what_is_not_planned_goes_nowhere(world, step) -> None:
    with pytest.raises(FIELD.FieldRefused):
        FIELD.take_step(world.designer, change=world.announce(), step=step)


def test_steps_go_forward_and_never_into_the_future(world) -> None:
    change = world.announce()
    for day in (date(2026, 11, 22), date(2026, 11, 24)):
        with pytest.raises(FIELD.FieldRefused):
            FIELD.plan_change(world.designer, change=change, version=world.version, on=day)
    assert ChangeStep.objects.count() == 1
    with pytest.raises(NotFound):
        FIELD.plan_change(world.designer, change=change, version=world.version + 99)


def test_only_the_school_that_planned_it_takes_it_further(world) -> None:
    change = world.announce()
    for who in (world.stranger, world.teacher, world.lead, world.rival):
        with pytest.raises((Forbidden, NotFound)):
            FIELD.plan_change(who, change=change, version=world.version)
    FIELD.plan_change(world.designer, change=change, version=world.version)
    with pytest.raises(Forbidden):
        FIELD.take_step(world.stranger, change=change, step="taught")
    with pytest.raises(Forbidden):
        FIELD.take_step(world.teacher, change=change, step="sent")
    assert "taught" in queries.change(world.teacher, id=change).may
    FIELD.take_step(world.teacher, change=change, step="taught")
    assert queries.change(world.designer, id=change).may == ("look-in",)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("kind", {"kind": "weather"}),
        ("title", {"title": "  "}),
        ("title", {"title": "x" * 161}),
        ("text", {"text": "a\x00b"}),
        ("tasks", {"tasks": ("x",) * 21}),
        ("competences", {"competences": (10**9,)}),
    ],
)
def test_a_change_that_does_not_fit_is_refused_and_nothing_is_kept(world, field, changed) -> None:
    with pytest.raises(FIELD.FieldRefused) as refused:
        world.announce(**changed)
    assert refused.value.facts["field"] == field
    assert not Change.objects.exists()


def test_the_office_announces_on_behalf_and_a_school_cannot_be_announced_for(world) -> None:
    assert FIELD.announce_change(world.office, draft=world.draft()).id
    for who in (world.rival, world.teacher, world.designer):
        with pytest.raises(Forbidden):
            FIELD.announce_change(who, draft=world.draft())
    with pytest.raises(FIELD.FieldRefused):
        FIELD.announce_change(world.office, draft=world.draft(organisation=world.school.id))
    with pytest.raises(SignInNeeded):
        FIELD.announce_change(factories.visitor(), draft=world.draft())
    with pytest.raises(SecondFactorNeeded):
        FIELD.announce_change(replace(world.lead, strong=False), draft=world.draft())


# --- look-ins ---------------------------------------------------------------------------------------------------------


def test_notes_that_are_returned_come_back_better(world) -> None:
    look_in = world.ask()
    world.agree(look_in)
    world.note(look_in, seen="Jan belt met klant Piet.")
    FIELD.return_notes(later(world.lead, 1), look_in=look_in, version=3, reason="No names please.")
    page = queries.look_in(later(world.teacher, 1), id=look_in)
    assert (page.reason, page.may) == ("No names please.", ("note", "cancel"))
    world.note(look_in)
    world.approve(look_in)
    assert queries.look_in(world.teacher, id=look_in).notes[0].seen == WORDS
    assert evidence.pieces(world.designer).total == 2


def test_a_refused_or_cancelled_look_in_is_over(world) -> None:
    refused = world.ask()
    FIELD.refuse_look_in(world.lead, look_in=refused, version=1, reason="Too busy.")
    assert queries.look_in(world.teacher, id=refused).reason == "Too busy."
    cancelled = world.ask()
    FIELD.cancel_look_in(world.teacher, look_in=cancelled, version=1)
    for look_in in (refused, cancelled):
        with pytest.raises(FIELD.FieldRefused):
            FIELD.agree_look_in(
                world.lead, look_in=look_in, version=2,
                agreement=FIELD.Agreement(date(2026, 12, 1), date(2026, 12, 2), "x"),
            )  # fmt: skip


def test_two_people_answering_one_question_the_second_hears_it(world) -> None:
    look_in = world.ask()
    world.agree(look_in)
    with pytest.raises(Conflict) as conflict:
        FIELD.refuse_look_in(world.lead, look_in=look_in, version=1, reason="No.")
    assert "agreed" in conflict.value.found


def test_agreeing_needs_a_day_to_come_terms_and_an_end(world) -> None:
    look_in = world.ask()
    for wrong in (
        {"agreed_on": date(2026, 11, 22)},
        {"access_until_on": date(2026, 11, 23)},
        {"terms": " "},
    ):
        with pytest.raises(FIELD.FieldRefused):
            world.agree(look_in, **wrong)
    assert queries.look_in(world.teacher, id=look_in).state == "asked"


@pytest.mark.parametrize("days", [0, 16])
def test_notes_are_written_from_the_visit_until_access_ends(world, days) -> None:
    look_in = world.ask()
    world.agree(look_in)
    with pytest.raises(FIELD.FieldRefused):
        world.note(look_in, days=days)


@pytest.mark.parametrize(
    "wrong", [{"work_process": 10**9}, {"competence": 10**9}, {"level": 5}, {"seen": " "}, {"seen": "x" * 1001}]
)
def test_a_line_that_does_not_fit_stores_nothing(world, wrong) -> None:
    look_in = world.ask()
    world.agree(look_in)
    line = replace(FIELD.NoteDraft(world.processes[0], WORDS), **wrong)
    for lines in ([line], [], [FIELD.NoteDraft(world.processes[0], WORDS), line]):
        with pytest.raises(FIELD.FieldRefused):
            FIELD.note_look_in(later(world.teacher, 1), look_in=look_in, version=2, lines=lines)
    assert LookIn.objects.get(pk=look_in).notes == []


def test_after_access_ended_the_school_keeps_only_the_approved_notes(world) -> None:
    approved, never = world.ask(), world.ask()
    for look_in in (approved, never):
        world.agree(look_in)
        world.note(look_in)
    world.approve(approved)
    during = queries.look_in(later(world.teacher, 15), id=approved)
    assert (during.terms, during.closed) == (SECRET, False)
    after = queries.look_in(later(world.teacher, 16), id=approved)
    assert (after.terms, after.closed, len(after.notes)) == ("", True, 2)
    gone = queries.look_in(later(world.teacher, 16), id=never)
    assert (gone.terms, gone.notes, gone.agreed_on) == ("", (), None)
    assert queries.look_in(later(world.lead, 16), id=never).notes


def test_nobody_but_the_parties_and_the_office_sees_a_look_in(world) -> None:
    look_in = world.ask(world.announce(open_to_partners=True))
    world.agree(look_in)
    world.note(look_in)
    for who in (world.rival, world.colleague, world.stranger):
        assert queries.look_ins(who) == ()
        with pytest.raises(NotFound):
            queries.look_in(who, id=look_in)
    assert queries.look_in(world.office, id=look_in).notes == ()
    assert queries.look_in(later(world.teacher, 1), id=look_in).notes
    world.approve(look_in)
    assert queries.look_in(world.office, id=look_in).notes


def test_only_the_employer_itself_agrees_and_approves(world) -> None:
    look_in = world.ask()
    world.agree(look_in)
    world.note(look_in)
    for who in (world.office, world.teacher, world.designer):
        with pytest.raises(Forbidden):
            FIELD.approve_notes(later(who, 1), look_in=look_in, version=3)
    with pytest.raises(NotFound):
        FIELD.approve_notes(later(world.rival, 1), look_in=look_in, version=3)
    assert evidence.pieces(world.designer).total == 0


def test_only_a_school_asks_and_only_an_employer_is_asked(world) -> None:
    asked = {"question": "Why?", "wanted_on": date(2026, 12, 1)}
    for who in (world.lead, world.office, world.colleague):
        with pytest.raises(Forbidden):
            FIELD.ask_look_in(who, school=world.school.id, organisation=world.employer.id, **asked)
    with pytest.raises(FIELD.FieldRefused):
        FIELD.ask_look_in(world.teacher, school=world.school.id, organisation=world.other_school.id, **asked)
    with pytest.raises(FIELD.FieldRefused):
        world.ask(wanted_on=date(2026, 11, 1))
    change = world.announce()
    with pytest.raises(FIELD.FieldRefused):
        FIELD.ask_look_in(world.teacher, school=world.school.id, organisation=world.other.id, change=change, **asked)


def test_a_coach_whom_an_employer_seats_opens_no_school(world) -> None:
    someone, _partner = factories.seated("coach", world.other)
    fake = factories.caller_of(someone)
    change = world.announce()
    with pytest.raises(Forbidden):
        queries.change(fake, id=change)
    with pytest.raises(Forbidden):
        FIELD.ask_look_in(
            fake, school=world.other.id, organisation=world.employer.id, question="?", wanted_on=date(2026, 12, 1)
        )


# --- what is seen -----------------------------------------------------------------------------------------------------


def test_another_employer_reads_a_change_only_when_it_is_open_and_under_the_allowed_name(world) -> None:
    closed, open_ = world.announce(), world.announce(title="Open", open_to_partners=True)
    with pytest.raises(NotFound):
        queries.change(world.rival, id=closed)
    assert [one.id for one in queries.changes(world.rival)] == [open_]
    assert world.employer.name not in str(queries.change(world.rival, id=open_))
    assert queries.change(world.teacher, id=closed).change.employer == world.employer.name
    assert world.employer.name not in str(queries.feed(world.rival))


@pytest.mark.parametrize("role", ["municipality", "association"])
def test_other_desks_have_no_place_at_the_window(world, role) -> None:
    for ask in (queries.feed, queries.changes, queries.look_ins, queries.placements):
        with pytest.raises(Forbidden):
            ask(factories.caller(role))
        with pytest.raises(SignInNeeded):
            ask(factories.visitor())


def test_the_feed_says_what_changed_since_a_day_to_whom_it_may_be_said(world) -> None:
    change = world.announce()
    look_in = world.ask(change)
    assert [one.subject for one in queries.feed(world.lead).waiting] == [str(look_in)]
    world.agree(look_in)
    world.note(look_in)
    world.approve(look_in)
    field_world.publish(world.version, world.designer.at)
    now = later(world.teacher, 3)
    told = queries.feed(now)
    assert {one.kind for one in told.items} == {"change", "look-in", "version"}
    assert f"{world.employer.name} announces a change from 1 March 2027: The bot hands chats over." in [
        one.sentence for one in told.items
    ]
    assert [one.on for one in told.items] == sorted((one.on for one in told.items), reverse=True)
    assert queries.feed(now, since=date(2026, 11, 26)).items == ()
    assert {one.kind for one in queries.feed(later(world.rival, 3)).items} == {"version"}
    assert {one.kind for one in queries.feed(later(world.colleague, 3)).items} == {"change", "version"}
    assert SECRET not in str(told)


def test_lead_times_show_a_median_only_when_nobody_can_be_worked_out(world) -> None:
    def taught(who, draft, days: int) -> None:
        change = FIELD.announce_change(who, draft=draft).id
        FIELD.plan_change(world.designer, change=change, version=world.version)
        FIELD.take_step(later(world.designer, days), change=change, step="taught")

    for days in (10, 20, 30, 40):
        taught(world.lead, world.draft(), days)
    late = later(world.designer, 90)
    assert queries.lead_times(late).medians is None
    taught(world.rival, world.draft(organisation=world.other.id), 50)
    found = queries.lead_times(late)
    assert found.medians is not None
    assert (found.medians.changes, found.medians.total, found.medians.school) == (5, 30, 30)
    assert [one.lead.total for one in found.changes] == [50, 40, 30, 20, 10]
    own = queries.lead_times(later(world.lead, 90))
    assert len(own.changes) == 4
    assert own.medians is None
    assert "5" in own.why_not


def test_a_placement_is_asked_agreed_and_says_what_it_changed(world) -> None:
    asked = {"school": world.school.id, "organisation": world.employer.id, "aim": "See the evening shift"}
    placement = FIELD.ask_placement(world.teacher, **asked, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 5)).id
    assert queries.feed(world.lead).waiting[0].kind == "placement"
    for who in (world.rival, world.colleague):
        with pytest.raises(NotFound):
            queries.placement(who, id=placement)
    with pytest.raises(Forbidden):
        FIELD.agree_placement(world.office, placement=placement, version=1)
    FIELD.agree_placement(world.lead, placement=placement, version=1)
    with pytest.raises(FIELD.FieldRefused):
        FIELD.finish_placement(world.teacher, placement=placement, version=2, outcome="Too early.")
    after = later(world.teacher, 13)
    with pytest.raises(FIELD.FieldRefused):  # a colleague at the same school was not there
        FIELD.finish_placement(later(world.designer, 13), placement=placement, version=2, outcome="x")
    FIELD.finish_placement(after, placement=placement, version=2, outcome="A unit on evening calls.")
    page = queries.placement(world.designer, id=placement)
    assert (page.state, page.outcome, page.mine) == ("done", "A unit on evening calls.", False)
    other = FIELD.ask_placement(world.teacher, **asked, starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 2)).id
    FIELD.refuse_placement(world.lead, placement=other, version=1, reason="Busy month.")
    assert queries.placement(world.teacher, id=other).reason == "Busy month."
    with pytest.raises(FIELD.FieldRefused):
        FIELD.ask_placement(world.teacher, **asked, starts_on=date(2027, 1, 2), ends_on=date(2027, 1, 2))


def test_many_changes_are_read_with_few_questions(world, django_assert_max_num_queries) -> None:
    for _n in range(12):
        world.ask(world.announce())
    with django_assert_max_num_queries(25):
        queries.feed(world.teacher)
    with django_assert_max_num_queries(15):
        queries.lead_times(world.lead)


def test_a_day_is_counted_in_the_region_not_in_greenwich(world) -> None:
    late = replace(world.lead, at=world.lead.at + timedelta(hours=14, minutes=30))
    change = FIELD.announce_change(late, draft=world.draft()).id
    assert queries.change(later(world.designer, 5), id=change).change.announced_on == date(2026, 11, 24)
