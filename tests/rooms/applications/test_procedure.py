"""A desk reads in order of arrival, moves by coded steps, and procedures end for everybody alike."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.rooms.applications.conftest import Scene, later, upkeep

from valley.applications import actions, queries
from valley.applications.models import ProcedureCount
from valley.applications.words import EVERY_REASON, REASONS
from valley.foundation.access import Forbidden, SignInNeeded
from valley.foundation.problems import Conflict, NotFound


def _list(scene: Scene) -> queries.DeskList:
    return queries.applications_for(scene.recruiter, organisation=scene.employer.id, opening=scene.opening.slug)


def test_the_list_is_in_order_of_arrival_whatever_fits_better(scene: Scene) -> None:
    first = scene.applied()  # four competences at level 3
    second = scene.rival_applied()  # six at level 4
    assert [one.key for one in _list(scene).applications] == [first, second]
    assert [one.number for one in _list(scene).applications] == [1, 2]
    scene.move(first, "turned-down", reason="hours")
    scene.move(second, "offered")
    assert [one.key for one in _list(scene).applications] == [first, second]


def _fields(of: type) -> set[str]:
    return {field.name for field in dataclasses.fields(of)}


def test_nothing_a_desk_reads_is_a_number_to_order_people_by() -> None:
    for shape in (queries.DeskApplication, queries.OverlapSeen, queries.SeenLine, actions.OpenedApplication):
        names = _fields(shape)
        assert not names & {"fit", "percent", "score", "points", "coverage", "use", "weight", "rank", "possible"}
    assert "person" not in _fields(queries.DeskApplication)
    assert not _fields(queries.DeskApplication) & {"name", "passport", "message", "claims"}


def test_a_list_holds_no_name(scene: Scene) -> None:
    scene.applied()
    assert "Zofia" not in repr(_list(scene)) + repr(queries.desk(scene.recruiter, organisation=scene.employer.id))


def test_the_steps_follow_each_other_to_a_job(scene: Scene) -> None:
    key = scene.applied()
    for version, to in enumerate(("in-talk", "offered", "hired"), start=1):
        scene.move(key, to, version=version)
    (line,) = queries.accepted(scene.recruiter, organisation=scene.employer.id)
    assert (line.key, line.person, line.opening) == (key, scene.person, scene.opening.id)
    assert line.hired_on == factories.ON
    assert queries.accepted_of(scene.worker, person=scene.person) == (line,)
    mine = queries.my_application(scene.worker, person=scene.person, key=key)
    assert mine.state == "hired" and "Congratulations" in mine.kind_words
    assert _list(scene).hired == 1


def test_accepted_applications_are_shown_to_no_other_desk(scene: Scene) -> None:
    key = scene.applied()
    scene.move(key, "offered")
    scene.move(key, "hired", version=2)
    assert queries.accepted(scene.stranger, organisation=scene.stranger_employer.id) == ()
    with pytest.raises(Forbidden):
        queries.accepted(scene.stranger, organisation=scene.employer.id)
    with pytest.raises(NotFound):
        queries.accepted_of(scene.rival, person=scene.person)


@pytest.mark.parametrize(
    ("to", "reason", "field"),
    [("hired", "", "to"), ("sent", "", "to"), ("withdrawn", "", "to"), ("closed", "", "to"),
     ("turned-down", "", "reason"),
     ("turned-down", "her back hurts", "reason"), ("turned-down", "filled", "reason"), ("in-talk", "hours", "reason")],
)  # fmt: skip
def test_a_step_or_reason_that_does_not_fit_is_refused(scene: Scene, to: str, reason: str, field: str) -> None:
    key = scene.applied()
    with pytest.raises(actions.StepRefused) as refusal:
        scene.move(key, to, reason=reason)
    assert refusal.value.facts["field"] == field
    assert queries.my_application(scene.worker, person=scene.person, key=key).state == "sent"


def test_a_turned_down_person_reads_a_coded_reason_in_kind_words(scene: Scene) -> None:
    key = scene.applied()
    scene.move(key, "turned-down", reason="language-level")
    mine = queries.my_application(scene.worker, person=scene.person, key=key)
    assert mine.reason_words == "the work asks another language level"
    assert "not about you" in mine.kind_words
    assert (mine.gone_on - factories.ON).days == 28
    with pytest.raises(actions.StepRefused):
        scene.move(key, "in-talk", version=2)


def test_no_reason_speaks_of_the_person() -> None:
    said = " ".join(f"{code} {words}" for code, words in EVERY_REASON.items()).casefold()
    for word in ("health", "ill", "age", "origin", "nationality", "pregnan", "family", "religio", "gender", "photo"):
        assert f" {word}" not in said
    assert "turned-down" not in REASONS


def test_two_recruiters_at_once_the_second_is_told(scene: Scene) -> None:
    key = scene.applied()
    scene.move(key, "in-talk", version=1)
    with pytest.raises(Conflict):
        scene.move(key, "turned-down", version=1, reason="hours")
    assert queries.my_application(scene.worker, person=scene.person, key=key).state == "in-talk"


def test_another_employer_moves_and_ends_nothing(scene: Scene) -> None:
    key = scene.applied()
    step = actions.Move(to="in-talk", version=1)
    with pytest.raises(Forbidden):
        actions.move_application(scene.stranger, organisation=scene.employer.id, key=key, move=step)
    with pytest.raises(NotFound):
        actions.move_application(scene.stranger, organisation=scene.stranger_employer.id, key=key, move=step)
    with pytest.raises(Forbidden):
        actions.end_procedure(
            scene.stranger, organisation=scene.employer.id, opening=scene.opening.slug, reason="filled"
        )
    with pytest.raises(NotFound):
        actions.end_procedure(
            scene.stranger, organisation=scene.stranger_employer.id, opening=scene.opening.slug, reason="filled"
        )


def test_ending_a_procedure_tells_everybody_who_waits_and_twice_is_harmless(scene: Scene) -> None:
    first, second = scene.applied(), scene.rival_applied()
    scene.move(first, "offered")
    scene.move(first, "hired", version=2)
    ask = {"organisation": scene.employer.id, "opening": scene.opening.slug, "reason": "filled"}
    assert actions.end_procedure(scene.recruiter, **ask) == 1
    assert actions.end_procedure(scene.recruiter, **ask) == 0
    mine = queries.my_application(scene.rival, person=scene.rival_person, key=second)
    assert (mine.state, mine.reason_words) == ("closed", "all places are taken")
    assert queries.my_application(scene.worker, person=scene.person, key=first).state == "hired"
    assert not _list(scene).may_end
    with pytest.raises(actions.StepRefused):
        actions.end_procedure(scene.recruiter, **(ask | {"reason": "no budget for her"}))


def _counted(scene: Scene, quarter: str, reason: str, number: int) -> None:
    ProcedureCount.objects.create(
        organisation_id=scene.employer.id, quarter=quarter, outcome="turned-down", reason=reason, number=number
    )


def test_figures_hide_small_counts_and_the_running_quarter(scene: Scene) -> None:
    for reason, number in (("hours", 12), ("start", 3), ("travel", 9)):
        _counted(scene, "2026-Q3", reason, number)
    key = scene.applied()
    scene.move(key, "turned-down", reason="hours")
    found = queries.procedure_figures(scene.recruiter, organisation=scene.employer.id)
    assert found.quarters == ("2026-Q3",)
    numbers = {row.reason: row.numbers for row in found.rows}
    assert numbers["start"] == (None,)
    assert sum(cell == (None,) for cell in numbers.values()) >= 2  # nobody subtracts
    assert ProcedureCount.objects.get(quarter="2026-Q4").number == 1


def test_figures_are_for_the_own_desk_the_office_and_the_operator(scene: Scene) -> None:
    _counted(scene, "2026-Q3", "hours", 12)
    office = factories.caller("office")
    assert queries.procedure_figures(office).rows[0].numbers == (12,)
    assert queries.procedure_figures(upkeep(), organisation=scene.employer.id).rows[0].numbers == (12,)
    with pytest.raises(Forbidden):
        queries.procedure_figures(scene.stranger, organisation=scene.employer.id)
    with pytest.raises(Forbidden):
        queries.procedure_figures(scene.recruiter)
    with pytest.raises(Forbidden):
        queries.procedure_figures(scene.worker)
    with pytest.raises(SignInNeeded):
        queries.procedure_figures(factories.visitor(), organisation=scene.employer.id)


def test_after_its_share_ended_an_application_is_out_of_reach(scene: Scene) -> None:
    key = scene.applied()
    after = later(scene.recruiter, 90)
    assert queries.desk(later(scene.recruiter, 89), organisation=scene.employer.id).openings
    assert queries.desk(after, organisation=scene.employer.id).openings == ()
    with pytest.raises(NotFound):
        actions.look_at_application(after, organisation=scene.employer.id, key=key)


def test_lists_ask_the_same_number_of_questions_however_many_apply(
    scene: Scene, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    scene.applied()
    with CaptureQueriesContext(connection) as one:
        _list(scene)
    scene.rival_applied()
    with CaptureQueriesContext(connection) as two:
        _list(scene)
    assert len(two) == len(one)
    with django_assert_max_num_queries(15):
        queries.my_applications(scene.worker, person=scene.person)
