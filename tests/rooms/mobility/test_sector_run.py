"""Is a run exact, repeatable, limited to who consented, and does following one change equal running everybody?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests import factories

from valley.foundation import access, audit
from valley.foundation.models import AuditLine
from valley.mobility import actions, snapshots
from valley.mobility.models import FitList, OpeningReach, SectorRun
from valley.people import actions as people
from valley.people import queries as passports
from valley.skills import queries as skills
from valley.work import actions as work
from valley.work.models import Opening
from valley.work.stored import draft_of

OPERATOR = factories.operator()


def grant(operator=OPERATOR) -> access.Grant:
    return passports.grant(operator, purpose=access.Purpose.SECTOR_RUN)


def state() -> tuple:
    """Everything a run leaves behind, but for its number, moment and time."""
    run = SectorRun.objects.order_by("-pk").first()
    with access.opened(grant()):
        lists = list(FitList.objects.order_by("person_id").values_list("person_id", "entries", "seen", "compared"))
    reach = OpeningReach.objects.filter(run=run).order_by("opening_id")
    counts = list(reach.values_list("opening_id", "possible", "bands", "blocks"))
    return lists, counts, run.inputs, run.frame, run.sources, run.persons, run.compared, run.openings


def from_scratch() -> tuple:
    """The state after a full run of everybody today."""
    with access.opened(grant()):
        FitList.objects.all().delete()
    SectorRun.objects.all().delete()
    assert actions.run_sector(OPERATOR).changed
    return state()


def test_a_second_run_of_the_same_inputs_changes_nothing(region) -> None:
    before = SectorRun.objects.count()
    again = actions.run_sector(OPERATOR)
    assert not again.changed
    assert SectorRun.objects.count() == before == 1


def test_only_who_consented_takes_part(region) -> None:
    with access.opened(grant()):
        listed = set(FitList.objects.values_list("person_id", flat=True))
    assert region.persons["sara"] in listed
    run = SectorRun.objects.get()
    assert len(listed) == run.persons < region.loading.passports


def test_the_list_is_the_person_s_own_order(region) -> None:
    with access.opened(grant()):
        row = FitList.objects.get(person_id=region.persons["marja"])
    keys = [(-fit, opening) for opening, fit in row.entries]
    assert keys == sorted(keys) and len(keys) <= snapshots.POLICY.k


def test_only_the_operator_and_jobs_run_the_sector(region) -> None:
    for caller in (factories.caller("office"), factories.caller("recruiter"), factories.visitor()):
        with pytest.raises((access.Forbidden, access.SignInNeeded)):
            actions.run_sector(caller)
        with pytest.raises((access.Forbidden, access.SignInNeeded)):
            actions.refresh_person(caller, person=region.persons["sara"])


def test_following_a_changed_passport_equals_running_everybody(region) -> None:
    person = region.persons["sara"]
    who = factories.caller_of(region.account("sara"))
    keys = skills.ids_by_starter_key()
    people.state_competence(OPERATOR, person=person, statement=people.Statement(keys["use-internet-chat"], 3, 2))
    people.state_language(who, person=person, code="en", cefr=5)
    assert actions.refresh_person(OPERATOR, person=person).changed
    followed = state()
    assert followed == from_scratch()


def test_following_a_withdrawn_consent_equals_running_everybody(region) -> None:
    person = region.persons["bilal"]
    people.withdraw_consent(factories.caller_of(region.account("bilal")), person=person, purpose="sector-run")
    actions.refresh_person(OPERATOR, person=person)
    with access.opened(grant()):
        assert not FitList.objects.filter(person_id=person).exists()
    followed = state()
    assert followed == from_scratch()


def test_following_a_newcomer_equals_running_everybody(region) -> None:
    keys = list(skills.ids_by_starter_key().values())
    said = tuple(people.Statement(key, 2, 2) for key in keys[:12])
    loaded = people.import_people(
        OPERATOR, rows=[people.NewPerson("Nieuw Iemand", statements=said, languages=(("nl", 6, 1),), consents=True)]
    )
    actions.refresh_person(OPERATOR, person=loaded.persons[0])
    followed = state()
    assert followed == from_scratch()


@pytest.mark.parametrize("change", ["revised", "closed", "added"])
def test_following_one_opening_equals_running_everybody(region, change) -> None:
    with access.opened(grant()):
        popular = FitList.objects.get(person_id=region.persons["sara"]).entries[0][0]
    row = Opening.objects.get(pk=popular)
    draft = draft_of(row)
    if change == "revised":
        harder = tuple(replace(need, level=4) for need in draft.needs)
        work.revise_opening(OPERATOR, slug=row.slug, version=row.version, draft=replace(draft, needs=harder))
    elif change == "closed":
        work.close_opening(OPERATOR, slug=row.slug, version=row.version)
    else:
        added = replace(draft, reference="", title="Een heel nieuwe plek")
        popular = work.add_opening(OPERATOR, draft=added, publish=True).id
    followed = actions.refresh_opening(OPERATOR, opening=popular)
    assert followed.changed and followed.lists > 0
    kept = state()
    assert kept == from_scratch()


def test_following_a_person_when_openings_changed_too_asks_for_a_run(region) -> None:
    row = Opening.objects.filter(state="open").first()
    work.close_opening(OPERATOR, slug=row.slug, version=row.version)
    with pytest.raises(actions.RunNeeded):
        actions.refresh_person(OPERATOR, person=region.persons["sara"])


def test_following_something_that_did_not_change_changes_nothing(region) -> None:
    assert not actions.refresh_person(OPERATOR, person=region.persons["sara"]).changed
    opening = Opening.objects.filter(state="open").first()
    assert not actions.refresh_opening(OPERATOR, opening=opening.pk).changed


def test_every_run_and_every_look_is_written_down_with_its_fingerprints(region) -> None:
    run = SectorRun.objects.get()
    line = AuditLine.objects.get(verb="mobility.run_sector")
    assert line.purpose == f"i:{run.inputs[:16]} p:{run.policy[:16]}"
    found = actions.show_openings(OPERATOR, person=region.persons["sara"])
    look = AuditLine.objects.get(verb="mobility.show_comparison")
    assert found.policy_fingerprint[:16] in look.purpose
    assert audit.verify().whole
    with pytest.raises(access.Forbidden):
        actions.show_openings(factories.caller_of(region.account("sara")), person=region.persons["sara"])


def test_erasing_a_person_takes_the_list_along(region) -> None:
    person = region.persons["marja"]
    people.erase_person(OPERATOR, person=person, confirm=people.CONFIRM_WORDS[0])
    with access.opened(grant()):
        assert not FitList.objects.filter(person_id=person).exists()
