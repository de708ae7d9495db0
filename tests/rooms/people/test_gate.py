"""Who may open personal rows? Refusals first."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests import factories

from valley.foundation import access, organisations
from valley.foundation.access import Forbidden, Purpose, ScopeMissing, SecondFactorNeeded, SignInNeeded
from valley.foundation.models import DeskRole, OrganisationKind
from valley.foundation.problems import NotFound
from valley.people import actions, models, queries, snapshots
from valley.people.queries import gate

OWNERS = (Purpose.OWN, Purpose.EXPORT, Purpose.ERASURE)
TABLES = ("Person", "Claim", "SpokenLanguage", "Wishes", "Consent", "Share", "ShareLook")


@pytest.mark.parametrize("table", TABLES)
def test_a_personal_table_refuses_without_an_open_scope(db, table: str) -> None:
    model = getattr(models, table)
    for question in (model.objects.count, model.objects.first, lambda: list(model.objects.all())):
        with pytest.raises(ScopeMissing):
            question()


def test_a_scope_narrows_every_answer_to_its_person(scene) -> None:
    other = actions.start_passport(factories.caller_of(factories.account()), name="Someone else")
    with access.opened(gate.grant(scene.worker, purpose=Purpose.OWN, person=scene.person)):
        assert set(models.Person.objects.values_list("pk", flat=True)) == {scene.person}
        assert not models.Person.objects.filter(pk=other).exists()
        assert models.Claim.objects.count() == 2
    with pytest.raises(ScopeMissing):
        models.Claim.objects.count()


@pytest.mark.parametrize("purpose", OWNERS)
def test_someone_elses_passport_is_as_absent_as_one_that_never_was(scene, purpose) -> None:
    stranger = factories.caller_of(factories.account())
    answers = []
    for person in (scene.person, 999_999, None):
        with pytest.raises(NotFound) as caught:
            gate.grant(stranger, purpose=purpose, person=person)
        answers.append(str(caught.value))
    assert len(set(answers)) == 1


@pytest.mark.parametrize("purpose", OWNERS)
def test_a_recruiter_who_may_read_a_share_owns_nothing(scene, purpose) -> None:
    scene.share()
    with pytest.raises(NotFound):
        gate.grant(scene.recruiter, purpose=purpose, person=scene.person)


@pytest.mark.parametrize("purpose", OWNERS)
def test_nobody_signed_in_is_asked_to_sign_in(scene, purpose) -> None:
    with pytest.raises(SignInNeeded):
        gate.grant(factories.visitor(), purpose=purpose, person=scene.person)


@pytest.mark.parametrize("purpose", [Purpose.SECTOR_RUN, Purpose.UPKEEP])
def test_only_the_operator_opens_everybody(scene, purpose) -> None:
    for caller in (scene.worker, scene.recruiter, factories.caller("office"), factories.visitor()):
        with pytest.raises(Forbidden):
            gate.grant(caller, purpose=purpose)
    assert gate.grant(factories.operator(), purpose=purpose).persons is None


@pytest.mark.parametrize("purpose", OWNERS)
def test_owner_and_operator_get_exactly_this_person(scene, purpose) -> None:
    for caller in (scene.worker, factories.operator()):
        assert gate.grant(caller, purpose=purpose, person=scene.person).persons == frozenset({scene.person})


# Which desk of which kind of organisation may open a share for which purpose; what is not here is refused.
MAY_LOOK = {
    ("recruiter", "employer"): {"orientation", "application", "employment", "relay-route"},
    ("recruiter", "agency"): {"orientation", "application", "employment", "relay-route"},
    ("recruiter", "school"): {"orientation", "relay-route"},
    ("coach", "school"): {"orientation", "training-advice", "relay-route"},
    ("coach", "employer"): {"orientation", "training-advice", "relay-route"},
    ("coach", "agency"): {"orientation", "training-advice", "relay-route"},
    ("practical-trainer", "school"): {"training-advice", "relay-route"},
    ("practical-trainer", "employer"): {"training-advice", "relay-route"},
    ("practical-trainer", "agency"): {"training-advice", "relay-route"},
    ("office", "programme-office"): {"group-placement"},
}


@pytest.mark.parametrize("role", DeskRole.values)
@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_every_desk_reads_exactly_the_purposes_of_its_row(role: str, kind: str) -> None:
    seated = replace(factories.visitor(), account=1, strong=True, desks=(access.Desk(7, role, kind),))
    found = {
        purpose
        for purpose in (*gate.SHARE_PURPOSES, *gate.ROOM_PURPOSES, "gossip", "")
        if gate.may_look(seated, organisation=7, purpose=purpose)
    }
    assert found == MAY_LOOK.get((role, kind), set())
    assert not any(gate.may_look(seated, organisation=8, purpose=purpose) for purpose in gate.SHARE_PURPOSES)


# --- shares -----------------------------------------------------------------------------------------------------------


def _refused(caller, key: str) -> None:
    with pytest.raises(NotFound):
        actions.look_at_share(caller, key=key)


def test_the_reader_sees_the_chosen_parts(scene) -> None:
    found = actions.look_at_share(scene.recruiter, key=scene.share(parts=("competences", "languages")))
    assert found.view.parts == ("competences", "languages")
    assert [line.label for line in found.view.claims] == ["listen actively", "use a CRM"]
    assert found.view.name == "" and found.view.wishes is None
    assert {line.note for line in found.view.claims} == {""}


def test_another_organisations_recruiter_gets_nothing(scene) -> None:
    _refused(factories.caller("recruiter"), scene.share())


@pytest.mark.parametrize("role", ["team-lead", "practical-trainer", "steward"])
def test_another_desk_of_the_same_employer_does_not_read_an_application(scene, role: str) -> None:
    _refused(factories.caller(role, scene.employer), scene.share())


def test_a_school_never_reads_an_application(scene) -> None:
    with pytest.raises(actions.Refused):
        scene.share(reader=scene.school.id)
    key = scene.share(reader=scene.school.id, purpose="training-advice")
    with access.opened(gate.grant(factories.operator(), purpose=Purpose.UPKEEP)):
        models.Share.objects.filter(key=key).update(purpose="application")
    _refused(scene.coach, key)


def test_a_coach_reads_training_advice_and_a_recruiter_does_not(scene) -> None:
    key = scene.share(reader=scene.school.id, purpose="training-advice")
    assert actions.look_at_share(scene.coach, key=key).purpose == "training-advice"
    own = scene.share(purpose="training-advice")
    _refused(scene.recruiter, own)


def test_a_share_ends_on_its_last_day(scene) -> None:
    key = scene.share(ends_on=factories.ON + timedelta(days=3))
    actions.look_at_share(replace(scene.recruiter, at=factories.AT + timedelta(days=2)), key=key)
    _refused(replace(scene.recruiter, at=factories.AT + timedelta(days=3)), key)


def test_a_withdrawn_share_is_closed_at_once(scene) -> None:
    key = scene.share()
    actions.look_at_share(scene.recruiter, key=key)
    actions.withdraw_share(scene.worker, person=scene.person, key=key)
    _refused(scene.recruiter, key)


def test_a_reader_without_second_factor_is_told_so(scene) -> None:
    with pytest.raises(SecondFactorNeeded):
        actions.look_at_share(replace(scene.recruiter, strong=False), key=scene.share())


def test_without_second_factor_a_foreign_share_still_does_not_exist(scene) -> None:
    _refused(factories.caller("recruiter", strong=False), scene.share())


def test_a_desk_that_ended_reads_nothing(scene) -> None:
    key = scene.share()
    account, _partner = factories.seated("recruiter", scene.employer)
    seat = next(s for s in organisations.seats(factories.operator(), organisation=scene.employer.id)
                if s.email == account.email)  # fmt: skip
    actions.look_at_share(factories.caller_of(account), key=key)
    organisations.end_desk(factories.operator(), organisation=scene.employer.id, seat=seat.id)
    _refused(factories.caller_of(account), key)


@pytest.mark.parametrize("key", ["", "no-such-key", "0" * 32])
def test_an_unknown_key_opens_nothing(scene, key: str) -> None:
    _refused(scene.recruiter, key)
    with pytest.raises(SignInNeeded):
        actions.look_at_share(factories.visitor(), key=key)


def test_a_refused_look_leaves_no_line(scene) -> None:
    key = scene.share()
    _refused(factories.caller("recruiter"), key)
    assert queries.looks(scene.worker, person=scene.person) == ()


def test_a_share_grant_opens_no_profile_for_the_arithmetic(scene) -> None:
    grant = gate.grant(scene.recruiter, purpose=Purpose.SHARE, share=scene.share())
    with pytest.raises(Forbidden):
        snapshots.profile(grant)
    with pytest.raises(Forbidden):
        snapshots.profiles(grant)


def test_only_the_gate_reads_past_the_scope() -> None:
    room = Path(models.__file__).parent
    readers = [
        path.name
        for path in room.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in ("_base_manager", "_default_manager")
    ]
    assert set(readers) == {"gate.py"}


def test_the_sector_run_sees_only_living_consent(scene) -> None:
    silent = factories.caller_of(factories.account())
    quiet = actions.start_passport(silent)
    grant = gate.grant(factories.operator(), purpose=Purpose.SECTOR_RUN)
    before = snapshots.fingerprint(grant)
    assert [profile.id for profile in snapshots.profiles(grant)] == [scene.person]
    actions.give_consent(silent, person=quiet)
    assert [profile.id for profile in snapshots.profiles(grant)] == [scene.person, quiet]
    assert [profile.id for profile in snapshots.profiles(grant, only=[quiet])] == [quiet]
    assert snapshots.fingerprint(grant) != before
    actions.withdraw_consent(silent, person=quiet)
    assert [profile.id for profile in snapshots.profiles(grant)] == [scene.person]
    assert snapshots.fingerprint(grant) == before


# --- inboxes ----------------------------------------------------------------------------------------------------------


def test_an_inbox_names_the_people_who_share_today_and_opens_no_part(scene) -> None:
    inbox = (scene.employer.id, "application")
    assert gate.grant(scene.recruiter, purpose=Purpose.INBOX, inbox=inbox).persons == frozenset()
    key = scene.share()
    opened = gate.grant(scene.recruiter, purpose=Purpose.INBOX, inbox=inbox)
    assert len(opened.persons) == 1 and opened.parts == frozenset()
    actions.withdraw_share(scene.worker, person=scene.person, key=key)
    assert gate.grant(scene.recruiter, purpose=Purpose.INBOX, inbox=inbox).persons == frozenset()


def test_an_inbox_is_for_the_fitting_desk_of_that_organisation(scene) -> None:
    for caller in (factories.caller("recruiter"), factories.caller("team-lead", scene.employer), scene.coach):
        with pytest.raises(access.Forbidden):
            gate.grant(caller, purpose=Purpose.INBOX, inbox=(scene.employer.id, "application"))


def test_a_shared_profile_holds_what_was_chosen(scene) -> None:
    key = scene.share(parts=("competences",))
    opened = gate.grant(scene.recruiter, purpose=Purpose.SHARE, share=key)
    narrow = snapshots.shared_profile(opened, key=key)
    assert narrow.has and narrow.spoken == () and narrow.limits.max_km is None
