"""Applying shares a chosen view for one opening; nothing more is seen, and stopping it shuts everything at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import factories
from tests.rooms.applications.conftest import DRAFT, MESSAGE, NAME, Scene, later

from valley.applications import actions, queries
from valley.applications.models import Application
from valley.foundation.access import Forbidden, SecondFactorNeeded
from valley.foundation.models import AuditLine
from valley.foundation.problems import NotFound
from valley.people import actions as people
from valley.people import queries as passports
from valley.work import actions as work
from valley.work import queries as openings


def _close(scene: Scene) -> None:
    work.close_opening(scene.recruiter, slug=scene.opening.slug, version=scene.opening.version)


def test_applying_gives_the_share_and_the_application_together(scene: Scene) -> None:
    key = scene.applied()
    (mine,) = queries.my_applications(scene.worker, person=scene.person)
    assert (mine.key, mine.state, mine.opening, mine.message) == (key, "sent", scene.opening.slug, MESSAGE)
    (share,) = passports.shares(scene.worker, person=scene.person)
    assert (share.key, share.purpose, share.reader) == (mine.share, "application", scene.employer.id)
    assert share.message == ""  # the message goes away with the application
    lines = AuditLine.objects.filter(verb="applications.apply", subject=key)
    assert lines.count() == 1


def test_an_opening_that_closed_while_the_form_was_open_refuses_and_shares_nothing(scene: Scene) -> None:
    _close(scene)
    with pytest.raises(actions.OpeningNotOpen) as refusal:
        scene.applied()
    assert "nothing is shared" in refusal.value.next_step
    assert passports.shares(scene.worker, person=scene.person) == ()
    assert queries.my_applications(scene.worker, person=scene.person) == ()


def test_on_its_closing_day_nobody_applies_any_more(scene: Scene) -> None:
    day = (scene.opening.closes_on - factories.ON).days
    view = scene.view()
    with pytest.raises(actions.OpeningNotOpen):
        actions.apply_with_share(later(scene.worker, day), person=scene.person, opening=scene.opening.slug, view=view)
    actions.apply_with_share(later(scene.worker, day - 1), person=scene.person, opening=scene.opening.slug, view=view)


def test_nobody_applies_twice_and_the_second_share_is_not_left_behind(scene: Scene) -> None:
    scene.applied()
    with pytest.raises(actions.AlreadyApplied):
        scene.applied()
    assert len(passports.shares(scene.worker, person=scene.person)) == 1


def test_after_stopping_one_may_apply_again(scene: Scene) -> None:
    first = scene.applied()
    actions.withdraw_application(scene.worker, person=scene.person, key=first)
    assert scene.applied() != first


def test_after_stopping_only_the_share_one_may_apply_again_and_the_first_is_withdrawn(scene: Scene) -> None:
    first = scene.applied()
    (mine,) = queries.my_applications(scene.worker, person=scene.person)
    people.withdraw_share(scene.worker, person=scene.person, key=mine.share)
    assert queries.my_application(scene.worker, person=scene.person, key=first).state == "withdrawn"
    second = scene.applied()
    states = {one.key: one.state for one in queries.my_applications(scene.worker, person=scene.person)}
    assert states == {first: "withdrawn", second: "sent"}


@pytest.mark.parametrize(
    "wrong",
    [{"parts": ()}, {"parts": ("name", "age")}, {"ends_on": factories.ON}, {"message": "a\x00b"},
     {"ends_on": factories.ON + timedelta(days=400)}, {"competences": (999_999,)}],
    ids=["no part", "unknown part", "ends today", "hidden character", "more than a year", "not mine"],
)  # fmt: skip
def test_a_choice_that_does_not_fit_leaves_nothing_half_done(scene: Scene, wrong: dict[str, object]) -> None:
    with pytest.raises(people.Refused):
        scene.applied(**wrong)
    assert passports.shares(scene.worker, person=scene.person) == ()
    assert Application._base_manager.count() == 0


def test_nobody_applies_for_somebody_else(scene: Scene) -> None:
    with pytest.raises(NotFound):
        actions.apply_with_share(scene.rival, person=scene.person, opening=scene.opening.slug, view=scene.view())
    key = scene.applied()
    for change in (
        lambda: actions.withdraw_application(scene.rival, person=scene.person, key=key),
        lambda: actions.withdraw_application(scene.rival, person=scene.rival_person, key=key),
        lambda: actions.keep_longer(scene.rival, person=scene.rival_person, key=key, agree=True),
        lambda: queries.my_applications(scene.rival, person=scene.person),
        lambda: queries.my_application(scene.rival, person=scene.rival_person, key=key),
    ):
        with pytest.raises(NotFound):
            change()


def test_the_recruiter_reads_exactly_what_the_preview_showed(scene: Scene) -> None:
    chosen = scene.held[:2]
    parts = ("name", "competences")
    before = queries.preview(
        scene.worker, person=scene.person, opening=scene.opening.slug, parts=parts, competences=chosen
    )
    key = scene.applied(parts=parts, competences=chosen)
    seen = actions.look_at_application(scene.recruiter, organisation=scene.employer.id, key=key)
    assert (seen.passport.view, seen.overlap) == (before.view, before.overlap)
    assert (seen.message, seen.passport.view.name) == (MESSAGE, NAME)
    assert {one.competence for one in seen.passport.view.claims} == set(chosen)


def test_what_was_not_shared_is_neither_shown_nor_called_missing(scene: Scene) -> None:
    key = scene.applied(parts=("competences",), competences=scene.held[:1])
    seen = actions.look_at_application(scene.recruiter, organisation=scene.employer.id, key=key)
    assert seen.overlap is not None
    assert (seen.passport.view.name, seen.passport.view.languages, seen.passport.view.wishes) == ("", (), None)
    assert (seen.overlap.must_haves, seen.overlap.practical) == ((), ())
    assert len(seen.overlap.not_shared) == 2
    assert {line.state for line in seen.overlap.lines} <= {"as-asked", "lower", "close", "field", "not-shown"}


def test_shared_wishes_and_languages_are_explained(scene: Scene) -> None:
    key = scene.applied(parts=("languages", "wishes"))
    seen = actions.look_at_application(scene.recruiter, organisation=scene.employer.id, key=key)
    assert seen.overlap is not None
    assert {gate.subject for gate in seen.overlap.must_haves if gate.kind == "language"} == {"nl", "de"}
    assert any(point.kind == "hours" and point.state == "clash" for point in seen.overlap.practical)
    assert seen.overlap.lines == ()


def test_every_look_is_in_the_persons_log(scene: Scene) -> None:
    key = scene.applied()
    assert queries.my_application(scene.worker, person=scene.person, key=key).looks == ()
    queries.applications_for(scene.recruiter, organisation=scene.employer.id, opening=scene.opening.slug)
    assert queries.my_application(scene.worker, person=scene.person, key=key).looks == ()
    actions.look_at_application(scene.recruiter, organisation=scene.employer.id, key=key)
    assert len(queries.my_application(scene.worker, person=scene.person, key=key).looks) == 1


def test_after_stopping_everything_is_gone_at_once(scene: Scene) -> None:
    key, other = scene.applied(), scene.rival_applied()
    actions.withdraw_application(scene.worker, person=scene.person, key=key)
    found = queries.applications_for(scene.recruiter, organisation=scene.employer.id, opening=scene.opening.slug)
    assert [one.key for one in found.applications] == [other]
    with pytest.raises(NotFound):
        actions.look_at_application(scene.recruiter, organisation=scene.employer.id, key=key)
    with pytest.raises(NotFound):
        scene.move(key, "in-talk")
    mine = queries.my_application(scene.worker, person=scene.person, key=key)
    assert (mine.state, mine.share_state, mine.may_withdraw) == ("withdrawn", "withdrawn", False)
    with pytest.raises(NotFound):
        actions.withdraw_application(scene.worker, person=scene.person, key=key)


def test_stopping_the_share_on_its_own_page_shuts_it_too(scene: Scene) -> None:
    key = scene.applied()
    people.withdraw_share(
        scene.worker,
        person=scene.person,
        key=queries.my_application(scene.worker, person=scene.person, key=key).share,
    )
    assert queries.desk(scene.recruiter, organisation=scene.employer.id).openings == ()
    with pytest.raises(NotFound):
        actions.look_at_application(scene.recruiter, organisation=scene.employer.id, key=key)


def test_another_employer_a_trainer_and_one_factor_read_nothing(scene: Scene) -> None:
    key = scene.applied()
    trainer = factories.caller("practical-trainer", scene.employer)
    weak = replace(scene.recruiter, strong=False)
    for caller, refusal in ((scene.stranger, Forbidden), (trainer, Forbidden), (weak, SecondFactorNeeded)):
        with pytest.raises(refusal):
            actions.look_at_application(caller, organisation=scene.employer.id, key=key)
        with pytest.raises(refusal):
            queries.applications_for(caller, organisation=scene.employer.id, opening=scene.opening.slug)
        with pytest.raises(refusal):
            queries.desk(caller, organisation=scene.employer.id)
    with pytest.raises(NotFound):
        actions.look_at_application(scene.stranger, organisation=scene.stranger_employer.id, key=key)
    with pytest.raises(NotFound):
        queries.applications_for(scene.stranger, organisation=scene.stranger_employer.id, opening=scene.opening.slug)


def test_the_page_to_apply_proposes_only_what_the_opening_asks(scene: Scene) -> None:
    page = queries.apply_page(scene.worker, person=scene.person, opening=scene.opening.slug)
    assert set(page.competences) == set(scene.held)
    assert page.open and page.applied == ""
    assert "wishes" not in page.parts and "notes" not in page.parts
    assert factories.ON < page.ends_on <= page.latest_on
    key = scene.applied()
    assert queries.apply_page(scene.worker, person=scene.person, opening=scene.opening.slug).applied == key


@pytest.mark.parametrize("closes_in", [28, 600])
def test_the_day_of_removal_on_the_page_is_the_one_that_is_promised_afterwards(scene: Scene, closes_in: int) -> None:
    closes_on = factories.ON + timedelta(days=closes_in)
    draft = replace(DRAFT, organisation=scene.employer.id, closes_on=closes_on, starts_from_on=closes_on,
                    starts_until_on=closes_on + timedelta(days=30))  # fmt: skip
    slug = work.add_opening(factories.operator(), draft=draft, publish=True).slug
    page = queries.apply_page(scene.worker, person=scene.person, opening=slug)
    key = actions.apply_with_share(
        scene.worker, person=scene.person, opening=slug, view=scene.view(ends_on=page.ends_on)
    )
    mine = queries.my_application(scene.worker, person=scene.person, key=key)
    assert mine.gone_latest_on == page.gone_on == page.ends_on + timedelta(weeks=4)


def test_the_message_is_sealed_and_goes_with_the_person(scene: Scene) -> None:
    scene.applied()
    row = Application._base_manager.get()
    assert MESSAGE.encode() not in bytes(row.message_sealed)
    people.erase_person(scene.worker, person=scene.person, confirm=people.CONFIRM_WORDS[0])
    assert Application._base_manager.count() == 0


def test_an_opening_that_is_taken_away_leaves_a_readable_line(scene: Scene) -> None:
    key = scene.applied()
    Application._base_manager.update(opening=None)
    mine = queries.my_application(scene.worker, person=scene.person, key=key)
    assert (mine.opening, mine.title) == ("", scene.opening.title)
    seen = actions.look_at_application(scene.recruiter, organisation=scene.employer.id, key=key)
    assert (seen.overlap, seen.opening) == (None, "")


def test_the_items_of_work_are_what_the_scene_thinks(scene: Scene) -> None:
    assert openings.opening_id(scene.worker, slug=scene.opening.slug) == scene.opening.id
