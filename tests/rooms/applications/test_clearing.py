"""Application data disappear four weeks after the procedure, with proof, once, whatever is killed in between."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.rooms.applications.conftest import Scene, later, upkeep

from valley.applications import actions, queries
from valley.applications.actions import clearing
from valley.applications.models import Application
from valley.foundation import audit, clock, jobs
from valley.foundation.access import Forbidden
from valley.foundation.models import AuditLine, Job
from valley.foundation.privacy import retention
from valley.people import actions as people
from valley.people import queries as passports


def _turned_down(scene: Scene, **changed: object) -> str:
    key = scene.applied(**changed)
    scene.move(key, "turned-down", reason="hours")
    return key


def test_on_day_27_it_is_there_and_on_day_28_it_is_gone_with_its_share(scene: Scene) -> None:
    key = _turned_down(scene)
    assert actions.clear_away(upkeep(27)).removed == ()
    done = actions.clear_away(upkeep(28))
    assert done.removed == (key,)
    assert Application._base_manager.count() == 0
    (share,) = passports.shares(later(scene.worker, 28), person=scene.person)
    assert share.state == "withdrawn"
    assert queries.desk(later(scene.recruiter, 28), organisation=scene.employer.id).openings == ()


def test_the_proof_is_in_the_audit_without_content(scene: Scene) -> None:
    key = _turned_down(scene)
    actions.clear_away(upkeep(28))
    line = AuditLine.objects.get(verb="applications.clear_away")
    assert (line.subject_kind, line.subject, line.purpose) == ("application", key, "upkeep")
    assert "application.message" in line.fields
    assert audit.verify().whole
    every = " ".join(str(row.__dict__) for row in AuditLine.objects.all())
    assert "Zofia" not in every and "kennismaken" not in every


def test_twice_is_harmless_and_proved_once(scene: Scene) -> None:
    key = _turned_down(scene)
    actions.clear_away(upkeep(28))
    assert actions.clear_away(upkeep(28)).removed == ()
    assert AuditLine.objects.filter(verb="applications.clear_away", subject=key).count() == 1


def test_killed_half_way_the_rest_goes_with_the_next_run(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _turned_down(scene)
    second = scene.rival_applied()
    scene.move(second, "turned-down", reason="start")
    real, seen = clearing.audit.record, []

    def dies(caller: object, **line: object) -> None:
        seen.append(line["verb"])
        if seen.count("applications.clear_away") == 2:
            raise KeyboardInterrupt
        real(caller, **line)

    monkeypatch.setattr(clearing.audit, "record", dies)
    with pytest.raises(KeyboardInterrupt):
        actions.clear_away(upkeep(28))
    assert [row.key for row in Application._base_manager.all()] == [second]
    monkeypatch.setattr(clearing.audit, "record", real)
    assert actions.clear_away(upkeep(28)).removed == (second,)
    proofs = AuditLine.objects.filter(verb="applications.clear_away").values_list("subject", flat=True)
    assert sorted(proofs) == sorted([first, second])


def test_a_dry_run_only_counts(scene: Scene) -> None:
    key = _turned_down(scene)
    done = actions.clear_away(upkeep(28), dry_run=True)
    assert (done.removed, done.dry_run) == ((key,), True)
    assert Application._base_manager.count() == 1


def test_with_the_persons_yes_it_stays_until_the_share_ends_and_no_day_longer(scene: Scene) -> None:
    key = _turned_down(scene, agree_to_keep=True)
    done = actions.clear_away(upkeep(28))
    assert (done.removed, done.kept_longer) == ((), 1)
    assert actions.clear_away(upkeep(89)).removed == ()
    assert actions.clear_away(upkeep(90)).removed == (key,)


def test_the_yes_is_taken_back_and_given(scene: Scene) -> None:
    key = _turned_down(scene)
    actions.keep_longer(scene.worker, person=scene.person, key=key, agree=True)
    mine = queries.my_application(scene.worker, person=scene.person, key=key)
    assert mine.gone_on == mine.keep_longer_until == factories.ON + timedelta(days=90)
    assert mine.keep_longer_until <= factories.ON + timedelta(days=366)
    actions.keep_longer(scene.worker, person=scene.person, key=key, agree=False)
    assert actions.clear_away(upkeep(28)).removed == (key,)


def test_a_share_stopped_on_its_own_page_ends_the_procedure_on_that_day(scene: Scene) -> None:
    key = scene.applied()
    share = queries.my_application(scene.worker, person=scene.person, key=key).share
    people.withdraw_share(later(scene.worker, 3), person=scene.person, key=share)
    assert actions.clear_away(upkeep(4)).ended_by_themselves == 1
    mine = queries.my_application(later(scene.worker, 4), person=scene.person, key=key)
    assert (mine.state, mine.ended_on) == ("withdrawn", factories.ON + timedelta(days=3))
    assert actions.clear_away(upkeep(31)).removed == (key,)


def test_a_share_that_ended_on_its_day_ends_the_procedure(scene: Scene) -> None:
    key = scene.applied(ends_on=factories.ON + timedelta(days=10))
    assert actions.clear_away(upkeep(9)).ended_by_themselves == 0
    actions.clear_away(upkeep(10))
    mine = queries.my_application(later(scene.worker, 10), person=scene.person, key=key)
    assert (mine.state, mine.reason) == ("closed", "share-ended")


def test_a_desk_that_forgets_keeps_nothing(scene: Scene) -> None:
    closes = (scene.opening.closes_on - factories.ON).days
    key = scene.applied(ends_on=factories.ON + timedelta(days=360))
    assert actions.clear_away(upkeep(closes + 55)).ended_by_themselves == 0
    actions.clear_away(upkeep(closes + 56))
    mine = queries.my_application(later(scene.worker, closes + 56), person=scene.person, key=key)
    assert (mine.state, mine.reason_words) == ("closed", "nobody decided in time")
    assert actions.clear_away(upkeep(closes + 56 + 28)).removed == (key,)


def test_only_the_operator_and_jobs_clear(scene: Scene) -> None:
    for caller in (scene.worker, scene.recruiter, factories.caller("office")):
        with pytest.raises(Forbidden):
            actions.clear_away(caller)


def test_the_day_of_removal_is_planned_and_a_worker_does_it(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    key = _turned_down(scene)
    _turned_down_again = scene.rival_applied()
    scene.move(_turned_down_again, "turned-down", reason="travel")
    gone_on = queries.my_application(scene.worker, person=scene.person, key=key).gone_on
    assert Job.objects.filter(key=f"applications.clear_away:{gone_on}").count() == 1
    monkeypatch.setattr(clock, "now", lambda: factories.AT + timedelta(days=28))
    assert jobs.run_worker(once=True) >= 1
    assert Application._base_manager.count() == 0
    # and the same is planned for the next day, so that what ends in silence is found too
    assert jobs.status(f"applications.clear_away:{gone_on + timedelta(days=1)}").state == "ready"


def test_retention_is_the_net_below_and_never_takes_what_is_kept(scene: Scene) -> None:
    _turned_down(scene)
    kept = scene.rival_applied(agree_to_keep=True)
    scene.move(kept, "turned-down", reason="hours")
    retention(factories.AT + timedelta(days=35))
    assert Application._base_manager.count() == 2
    retention(factories.AT + timedelta(days=37))
    assert [row.key for row in Application._base_manager.all()] == [kept]
