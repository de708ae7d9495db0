"""Do ways, fits and observed moves stand apart, and are small groups nowhere?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import factories
from tests.rooms.careers.conftest import Scene, draft

from valley.careers import actions, drafts, queries, snapshots
from valley.core.mobility import careers as core
from valley.core.mobility.careers import TooManySteps
from valley.foundation.problems import NotFound
from valley.people import actions as passport
from valley.skills import queries as skills


def moved(scene: Scene, people: int, *roles: str) -> None:
    """So many people who worked a year in each of these roles, one after the other."""
    loaded = passport.import_people(factories.operator(), rows=[passport.NewPerson() for _ in range(people)])
    rows = [
        drafts.PastEmployment(
            person,
            scene.employer.id,
            draft(role_key=role, starts_on=date(2020 + n, 1, 1), ends_on=date(2021 + n, 1, 1)),
        )
        for person in loaded.persons
        for n, role in enumerate(roles)
    ]
    actions.record_employments(factories.operator(), rows=rows)


def test_described_ways_have_shared_missing_time_and_hours(scene: Scene) -> None:
    graph = queries.career_graph(factories.visitor(), role="adviser-1", steps=1)
    (step,) = graph.steps
    assert (step.start, step.goal, step.described) == ("adviser-1", "adviser-2", True)
    assert step.lower and step.missing and 0 < step.percent < 100
    assert step.hours == sum(gap.hours for gap in (*step.lower, *step.missing)) > 0
    assert step.months is None and "nothing is assumed" in step.months_words
    assert (step.pay_min, step.openings) == (None, 0)
    assert graph.hours_source


def test_steps_go_up_to_three_and_no_further(scene: Scene) -> None:
    one, three = (queries.career_graph(factories.visitor(), role="adviser-1", steps=n) for n in (1, 3))
    assert {way.keys for way in one.paths} < {way.keys for way in three.paths}
    assert max(len(way.keys) for way in three.paths) == 4
    assert all(len(set(way.keys)) == len(way.keys) for way in three.paths)
    for steps in (0, 4):
        with pytest.raises(TooManySteps):
            queries.career_graph(factories.visitor(), role="adviser-1", steps=steps)


def test_an_unknown_role_is_not_found(scene: Scene) -> None:
    for ask in (
        lambda: queries.career_graph(factories.visitor(), role="astronaut"),
        lambda: queries.career_path(factories.visitor(), start="adviser-1", goal="astronaut"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_moves_of_five_people_are_seen_and_of_four_are_not(scene: Scene) -> None:
    moved(scene, 5, "adviser-1", "adviser-2")
    moved(scene, 4, "adviser-1", "webcare")
    graph = queries.career_graph(factories.visitor(), role="adviser-1", steps=1)
    assert [(one.goal, one.people, one.months) for one in graph.went] == [("adviser-2", 5, 12)]
    assert (graph.steps[0].months, "5 people" in graph.steps[0].months_words) == (12, True)
    assert [one.goal for one in queries.moves(factories.visitor()).items] == ["adviser-2"]
    assert [one.goal for one in snapshots.moves()] == ["adviser-2"]


def test_observed_moves_do_not_change_what_fits(scene: Scene) -> None:
    before = queries.career_graph(factories.visitor(), role="adviser-1")
    moved(scene, 6, "adviser-1", "planner")
    after = queries.career_graph(factories.visitor(), role="adviser-1")
    assert after.fits == before.fits and after.went != before.went
    assert [one.percent for one in after.fits] == sorted((one.percent for one in after.fits), reverse=True)


def test_a_proposal_is_no_move(scene: Scene) -> None:
    moved(scene, 4, "adviser-1", "adviser-2")
    scene.recorded(draft(starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1)))
    scene.propose(role_key="adviser-2")
    assert queries.moves(factories.visitor()).items == ()


def test_my_own_passport_is_compared_for_me_alone(scene: Scene) -> None:
    ids = skills.ids_by_starter_key()
    held = [passport.Statement(ids[key], level=4) for key in ("answer-incoming-calls", "listen-actively", "use-crm")]
    passport.state_competences(scene.worker, person=scene.person, statements=held)
    own = queries.career_graph(scene.worker, role="adviser-1", person=scene.person)
    public = queries.career_graph(factories.visitor(), role="adviser-1")
    assert (own.fits_of, public.fits_of) == ("passport", "role")
    assert own.fits != public.fits
    with pytest.raises(NotFound):
        queries.career_graph(factories.caller_of(factories.account()), role="adviser-1", person=scene.person)


def test_every_role_leads_to_the_same_percentages_as_redone_by_hand(scene: Scene) -> None:
    trade = {one.key: one for one in queries.career_roles(factories.visitor())}
    for start in ("adviser-1", "adviser-2"):
        for step in queries.career_graph(factories.visitor(), role=start, steps=1).steps:
            assert step.goal in trade
            assert len(step.shared) + len(step.lower) + len(step.missing) > 0


def test_feedback_counts_five_and_hides_four_with_both_sides_apart(scene: Scene) -> None:
    loaded = passport.import_people(factories.operator(), rows=[passport.NewPerson() for _ in range(5)])
    start = factories.ON - timedelta(days=45)
    rows = [
        drafts.PastEmployment(person, scene.employer.id, draft(starts_on=start, ends_on=None))
        for person in loaded.persons
    ]
    actions.record_employments(factories.operator(), rows=rows)
    for n, person in enumerate(loaded.persons):
        (line,) = queries.my_employments(factories.operator(), person=person).items
        reasons = ["travel", "pay"] if n < 4 else ["pay"]
        actions.say_why(factories.operator(), employment=line.id, works=False, reasons=reasons, person=person)
    found = queries.feedback(scene.recruiter, organisation=scene.employer.id)
    assert [(one.side, one.reason, one.people) for one in found.rows] == [("person", "pay", 5)]
    assert queries.feedback(factories.caller("office"), organisation=scene.employer.id) == found
    other = factories.caller("recruiter")
    with pytest.raises(Exception, match="desk of this kind"):
        queries.feedback(other, organisation=scene.employer.id)


def test_core_paths_and_moves_are_deterministic() -> None:
    day = date(2020, 1, 1)
    stints = [
        core.Stint(n, role, day + timedelta(days=400 * m), None) for n in range(6) for m, role in enumerate("abc")
    ]
    assert core.went(stints) == core.went(reversed(stints))
    assert [(one.start, one.goal, one.people) for one in core.went(stints)] == [("a", "b", 6), ("b", "c", 6)]
