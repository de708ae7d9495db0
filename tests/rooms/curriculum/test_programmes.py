"""Who makes, approves and publishes a programme, and does a cohort keep the version it started with?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation
from tests import factories
from tests.rooms.curriculum import programme_world
from tests.rooms.curriculum.programme_world import KEY, LATER, REF, World

from valley.core.curriculum import programme
from valley.curriculum import actions, queries
from valley.curriculum import snapshots as stored
from valley.curriculum.models import ProgrammeVersion
from valley.foundation import access, audit
from valley.foundation.problems import Conflict, NotFound

ACT = actions
ASK = queries


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def world(db) -> World:
    return programme_world.built()


def test_a_draft_is_stored_as_it_was_written_and_shown_in_the_readers_language(world: World) -> None:
    ref = world.drafted()
    assert stored.version(ProgrammeVersion.objects.get().pk) == world.content()
    page = ASK.version(world.caller("designer"), ref=ref)
    assert [unit.title for unit in page.units] == ["The customer", "Social media"]
    assert page.units[0].outcomes[0].work_processes[0].code == "B1-K3-W2"
    assert (page.guided_hours, page.practice_hours, page.state) == (60, 60, "draft")
    dutch = ASK.version(world.caller("designer").speaking("nl"), ref=ref)
    assert dutch.units[0].title == "De klant"


@pytest.mark.parametrize("who", ["coach", "stranger", "recruiter", "municipality", "worker"])
def test_only_a_designer_of_the_school_and_the_office_write(world: World, who: str) -> None:
    with pytest.raises(access.Forbidden):
        ACT.draft_version(world.caller(who), programme=KEY, why="Mine")
    with pytest.raises(access.Forbidden):
        ACT.make_programme(world.caller(who), organisation=world.school.id, key="other", name_nl="Andere")
    ACT.draft_version(world.caller("office"), programme=KEY, why="The office may")
    with pytest.raises(access.SecondFactorNeeded):
        ACT.draft_version(world.caller("designer", strong=False), programme=KEY, why="One factor")


@pytest.mark.parametrize(
    ("key", "name"), [("Big Key", "N"), ("new", "N"), ("fine", " "), ("fine", "N" * 161), ("fine", "N\n")]
)
def test_a_programme_without_a_readable_key_or_name_is_refused(world: World, key: str, name: str) -> None:
    with pytest.raises(ACT.ProgrammeRefused):
        ACT.make_programme(world.caller("designer"), organisation=world.school.id, key=key, name_nl=name)


def test_a_key_twice_and_an_unknown_dossier_are_refused_with_what_to_do(world: World) -> None:
    who = world.caller("designer")
    with pytest.raises(Conflict):
        ACT.make_programme(who, organisation=world.school.id, key=KEY, name_nl="Weer")
    with pytest.raises(NotFound) as refused:
        ACT.make_programme(who, organisation=world.school.id, key="new-one", name_nl="Weer", dossier="comercie")
    assert "commercie" in refused.value.next_step


@pytest.mark.parametrize("who", ["stranger", "other-coach", "recruiter", "municipality", "worker", None])
def test_a_draft_is_not_there_for_others_by_any_question(world: World, who: str | None) -> None:
    ref = world.drafted()
    caller = world.caller(who) if who else factories.visitor()
    questions = (
        lambda: ASK.version(caller, ref=ref),
        lambda: ASK.diff(caller, before=ref, after=ref),
        lambda: ASK.regional_delta(caller, ref=ref),
        lambda: ASK.programme_file(caller, ref=ref, kind="toml"),
        lambda: ASK.programme(caller, key=KEY),
        lambda: ASK.coverage(caller, ref=ref),
    )
    for question in questions:
        with pytest.raises((NotFound, access.Forbidden, access.SignInNeeded)):
            question()
    assert ASK.programmes(caller) == ()
    for mate in ("designer", "coach", "colleague", "office"):
        assert ASK.version(world.caller(mate), ref=ref).ref == ref


def test_the_second_editor_is_told_what_the_first_changed_and_nothing_is_half_saved(world: World) -> None:
    ref = world.drafted()
    version = world.version(ref)
    ACT.revise_version(world.caller("designer"), ref=ref, version=version, content=world.content(level=3))
    with pytest.raises(Conflict) as refused:
        ACT.revise_version(world.caller("colleague"), ref=ref, version=version, content=world.content(level=4))
    assert refused.value.facts["fields"] == ["complain", "listen"]
    assert stored.version(ProgrammeVersion.objects.get().pk) == world.content(level=3)


def test_a_unit_is_saved_moved_and_removed_beside_the_others(world: World) -> None:
    ref, who = world.drafted(), world.caller("designer")
    unit = programme.Unit("talk", "Praten", guided_hours=5)
    outcome = programme.Outcome("talk-1", "talk", "Praat", competences=((world.ids["listen-actively"], 1),))
    made = ACT.save_unit(who, ref=ref, version=world.version(ref), unit=unit, outcomes=(outcome,))
    assert [one.code for one in ASK.version(who, ref=ref).units] == ["customer", "media", "talk"]
    made = ACT.save_unit(
        who, ref=ref, version=made.version, unit=replace(unit, code="speak", place=1), outcomes=(outcome,), was="talk"
    )
    assert [one.code for one in ASK.version(who, ref=ref).units] == ["speak", "customer", "media"]
    made = ACT.remove_unit(who, ref=ref, version=made.version, code="speak")
    assert stored.version(ProgrammeVersion.objects.get().pk) == world.content()
    with pytest.raises(NotFound):
        ACT.remove_unit(who, ref=ref, version=made.version, code="speak")


def test_content_that_does_not_fit_is_refused_with_words_and_not_stored(world: World) -> None:
    ref, who, good = world.drafted(), world.caller("designer"), world.content()
    bad = {
        "hours": replace(good, units=(replace(good.units[0], guided_hours=100_000), good.units[1])),
        "code": replace(good, units=(*good.units, programme.Unit("with space", "X"))),
        "text": replace(good, outcomes=(replace(good.outcomes[0], text_nl=" "), *good.outcomes[1:])),
        "long": replace(good, outcomes=(replace(good.outcomes[0], text_en="x" * 301), *good.outcomes[1:])),
        "competence": replace(
            good, outcomes=(replace(good.outcomes[0], competences=((2**40, 1),)), *good.outcomes[1:])
        ),
        "process": replace(
            good, outcomes=(replace(good.outcomes[0], work_processes=("B1-K3-W9",)), *good.outcomes[1:])
        ),
    }
    for content in bad.values():
        with pytest.raises(ACT.ProgrammeRefused) as refused:
            ACT.revise_version(who, ref=ref, version=world.version(ref), content=content)
        assert refused.value.next_step
    assert "B1-K3-W" in refused.value.next_step
    assert stored.version(ProgrammeVersion.objects.get().pk) == good


def test_publishing_needs_every_yes_and_a_person(world: World) -> None:
    ref, who = world.drafted(), world.caller("designer")
    with pytest.raises(ACT.ProgrammeRefused):
        ACT.publish(who, ref=ref, version=world.version(ref), from_on=factories.ON)
    ACT.ask_approvals(who, ref=ref, version=world.version(ref), asks=world.asks())
    first, second = ASK.version(who, ref=ref).approvals
    ACT.give_verdict(world.caller("coach"), approval=min(first, second, key=lambda one: one.step).id, verdict="yes")
    with pytest.raises(ACT.ProgrammeRefused):
        ACT.publish(who, ref=ref, version=world.version(ref), from_on=factories.ON)
    practice = next(one for one in (first, second) if one.step == "practice")
    done = ACT.give_verdict(world.caller("recruiter"), approval=practice.id, verdict="yes", words="Fits our floor")
    assert done.state == "approved"
    with pytest.raises(access.SignInNeeded):
        ACT.publish(factories.operator(), ref=ref, version=world.version(ref), from_on=factories.ON)
    with pytest.raises(access.Forbidden):
        ACT.publish(world.caller("recruiter"), ref=ref, version=world.version(ref), from_on=factories.ON)
    with pytest.raises(ACT.ProgrammeRefused):
        yesterday = factories.ON - timedelta(days=1)
        ACT.publish(who, ref=ref, version=world.version(ref), from_on=yesterday)
    assert ACT.publish(who, ref=ref, version=world.version(ref), from_on=factories.ON).state == "published"
    assert ASK.version(factories.visitor(), ref=ref).state == "published"
    assert ASK.version(factories.visitor(), ref=ref).approvals == ()


def test_only_the_desk_that_was_asked_answers_once_and_no_author_approves(world: World) -> None:
    ref, who = world.drafted(), world.caller("designer")
    asks = [ACT.ApprovalAsk("content", "designer", world.school.id, factories.ON)]
    ACT.ask_approvals(who, ref=ref, version=world.version(ref), asks=asks)
    approval = ASK.version(who, ref=ref).approvals[0]
    assert approval.mine
    with pytest.raises(access.Forbidden) as refused:
        ACT.give_verdict(who, approval=approval.id, verdict="yes")
    assert "author" in refused.value.found
    with pytest.raises(NotFound):
        ACT.give_verdict(world.caller("stranger"), approval=approval.id, verdict="yes")
    with pytest.raises(access.Forbidden):
        ACT.give_verdict(world.caller("coach"), approval=approval.id, verdict="yes")
    with pytest.raises(ACT.ProgrammeRefused):
        ACT.give_verdict(world.caller("colleague"), approval=approval.id, verdict="no")
    ACT.give_verdict(world.caller("colleague"), approval=approval.id, verdict="no", words="The hours are too few")
    with pytest.raises(Conflict):
        ACT.give_verdict(world.caller("colleague"), approval=approval.id, verdict="yes")


def test_who_is_asked_finds_it_in_the_list_until_they_answered(world: World) -> None:
    ref = world.drafted()
    assert ASK.programmes(world.caller("recruiter")) == ()
    ACT.ask_approvals(world.caller("designer"), ref=ref, version=world.version(ref), asks=world.asks())
    assert [(one.draft, one.asked) for one in ASK.programmes(world.caller("recruiter"))] == [(1, True)]
    assert [one.asked for one in ASK.programmes(world.caller("office"))] == [False]
    assert ASK.programmes(world.caller("rival")) == ()
    approval = next(one for one in ASK.version(world.caller("recruiter"), ref=ref).approvals if one.mine)
    ACT.give_verdict(world.caller("recruiter"), approval=approval.id, verdict="yes")
    assert [one.asked for one in ASK.programmes(world.caller("recruiter"))] == [False]


def test_editing_after_a_yes_asks_again_and_the_trail_keeps_every_round(world: World) -> None:
    ref, who = world.drafted(), world.caller("designer")
    world.approved(ref)
    ACT.revise_version(who, ref=ref, version=world.version(ref), content=world.content(level=3))
    page = ASK.version(who, ref=ref)
    assert (page.state, len(page.approvals), any(one.open for one in page.approvals)) == ("draft", 2, False)
    with pytest.raises(ACT.ProgrammeRefused):
        ACT.publish(who, ref=ref, version=world.version(ref), from_on=factories.ON)
    later = world.caller("designer", at=factories.AT + timedelta(days=3))
    ACT.ask_approvals(later, ref=ref, version=world.version(ref), asks=[
        replace(one, due_on=factories.ON + timedelta(days=5)) for one in world.asks()])  # fmt: skip
    page = ASK.version(world.caller("designer", at=factories.AT + timedelta(days=9)), ref=ref)
    assert len(page.approvals) == 4
    assert [one.late for one in page.approvals if one.open] == [True, True]
    assert {one.verdict for one in page.approvals if not one.open} == {"yes"}


@pytest.mark.parametrize(
    "changed",
    [
        {"step": "party"}, {"desk": "king"}, {"desk": "office"}, {"due_on": date(2026, 11, 1)},
    ],
)  # fmt: skip
def test_a_question_that_nobody_could_answer_is_not_asked(world: World, changed: dict) -> None:
    ref = world.drafted()
    with pytest.raises(ACT.ProgrammeRefused):
        asks = [replace(world.asks()[0], **changed)]
        ACT.ask_approvals(world.caller("designer"), ref=ref, version=world.version(ref), asks=asks)


def test_a_published_version_never_changes_by_any_action(world: World) -> None:
    ref, who = world.published(), world.caller("designer")
    before, version = stored.version(ProgrammeVersion.objects.get().pk), world.version(ref)
    attempts = (
        lambda: ACT.revise_version(who, ref=ref, version=version, content=world.content(level=4)),
        lambda: ACT.save_unit(who, ref=ref, version=version, unit=programme.Unit("x", "X"), outcomes=()),
        lambda: ACT.remove_unit(who, ref=ref, version=version, code="media"),
        lambda: ACT.ask_approvals(who, ref=ref, version=version, asks=world.asks()),
        lambda: ACT.publish(who, ref=ref, version=version, from_on=LATER),
        lambda: ACT.discard_draft(who, ref=ref, version=version),
    )
    for attempt in attempts:
        with pytest.raises(ACT.AlreadyPublished):
            attempt()
    assert stored.version(ProgrammeVersion.objects.get().pk) == before
    again = ACT.draft_version(who, programme=KEY, why="Next")
    assert (again.ref, ASK.version(who, ref=again.ref).based_on) == (f"{KEY}@2", ref)
    assert stored.version(ProgrammeVersion.objects.get(number=2).pk) == before


def test_a_cohort_keeps_the_version_in_force_on_its_first_day(world: World) -> None:
    who = world.caller("designer")
    world.published()
    running = ACT.plan_cohort(
        who, programme=KEY, name="November", starts_on=factories.ON, ends_on=factories.ON + timedelta(days=300)
    )
    coming = ACT.plan_cohort(
        who, programme=KEY, name="February", starts_on=LATER + timedelta(days=9), ends_on=LATER + timedelta(days=300)
    )
    assert (running.version, coming.version, coming.started) == (1, 1, False)
    world.published(world.content(level=3), from_on=LATER)
    lines = {one.name: one for one in ASK.programme(who, key=KEY).cohorts}
    assert (lines["November"].version, lines["November"].kept) == (1, True)
    assert (lines["February"].version, lines["February"].kept) == (2, False)
    assert ASK.version(who, ref=REF).cohorts[0].name == "November"
    with pytest.raises(ACT.ProgrammeRefused):
        ACT.move_cohort(who, cohort=running.id, starts_on=LATER, ends_on=LATER + timedelta(days=300))
    with pytest.raises(ACT.ProgrammeRefused):
        ACT.start_cohort(who, cohort=coming.id)
    moved = ACT.move_cohort(
        who, cohort=coming.id, starts_on=LATER - timedelta(days=9), ends_on=LATER + timedelta(days=300)
    )
    assert moved.version == 1
    on_day = replace(who, at=factories.AT + timedelta(days=51))
    assert ACT.start_cohort(on_day, cohort=coming.id).kept
    assert ACT.start_cohort(on_day, cohort=coming.id).version == 1


def test_a_cohort_without_a_version_in_force_does_not_start_and_strangers_do_not_see_it(world: World) -> None:
    who = world.caller("designer")
    planned = ACT.plan_cohort(who, programme=KEY, name="Now", starts_on=factories.ON, ends_on=LATER)
    with pytest.raises(ACT.ProgrammeRefused):
        ACT.start_cohort(who, cohort=planned.id)
    with pytest.raises(NotFound):
        ACT.start_cohort(world.caller("stranger"), cohort=planned.id)
    with pytest.raises(Conflict):
        ACT.plan_cohort(who, programme=KEY, name="Now", starts_on=factories.ON, ends_on=LATER)
    for starts_on, ends_on in ((factories.ON - timedelta(days=1), LATER), (LATER, LATER)):
        with pytest.raises(ACT.ProgrammeRefused):
            ACT.plan_cohort(who, programme=KEY, name="Other", starts_on=starts_on, ends_on=ends_on)


def test_a_later_version_holds_from_a_later_day(world: World) -> None:
    world.published(from_on=LATER)
    with pytest.raises(ACT.ProgrammeRefused):
        world.published(world.content(level=3), from_on=LATER)


def test_a_draft_can_be_thrown_away_until_somebody_was_asked(world: World) -> None:
    who, ref = world.caller("designer"), world.drafted()
    ACT.discard_draft(who, ref=ref, version=world.version(ref))
    assert not ProgrammeVersion.objects.exists()
    ref = world.drafted()
    world.approved(ref)
    with pytest.raises(ACT.ProgrammeRefused):
        ACT.discard_draft(who, ref=ref, version=world.version(ref))


def test_every_change_leaves_a_line_in_the_audit(world: World) -> None:
    world.published()
    pk = str(ProgrammeVersion.objects.get().pk)
    verbs = [line.verb.removeprefix("curriculum.") for line in audit.lines_about("programme-version", pk)][::-1]
    assert verbs == [
        "draft_version",
        "revise_version",
        "ask_approvals",
        "give_verdict",
        "give_verdict",
        "publish_version",
    ]
    assert audit.verify().whole


def test_the_focus_areas_load_once_and_name_only_known_competences(world: World) -> None:
    first, again = (ACT.load_focus_areas(factories.operator()) for _time in range(2))
    assert (first.added, first.unknown, again.unchanged) == (3, (), 3)
    with pytest.raises(access.Forbidden):
        ACT.load_focus_areas(world.caller("designer"))
