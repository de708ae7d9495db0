"""What does a chain to a qualification reckon with, who loads it, and what is said when there is no plan?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests import factories
from tests.rooms.routes.routes_region import QUALIFICATION

from valley.chains import actions, queries
from valley.chains.models import PracticeHours, QualificationPlan
from valley.foundation import access
from valley.foundation.problems import NotFound


def test_an_unknown_qualification_names_what_there_is(region) -> None:
    with pytest.raises(NotFound) as raised:
        queries.plan(region.learner, qualification="nothing/P9")
    assert QUALIFICATION in raised.value.next_step
    assert [one.key for one in queries.qualifications(region.learner)] == [QUALIFICATION]


def test_the_plan_says_hours_per_work_process_and_where_they_are_from(region) -> None:
    page = queries.plan(factories.visitor(), qualification=QUALIFICATION)
    assert (page.code, page.part, page.nominal_months) == ("commercie", "P2", 24)
    assert len(page.processes) == 11 and sum(process.hours for process in page.processes) == page.hours == 1220
    assert all(process.name != process.code for process in page.processes)
    assert "Assumption" in page.source and page.source_on == date(2026, 11, 1)
    assert queries.plan(factories.visitor(), qualification="commercie") == page


def test_the_source_of_a_plan_is_told_in_the_language_of_the_reader(region) -> None:
    reader = replace(factories.visitor(), language="nl")
    dutch = "Aanname van dit product"
    assert queries.plan(reader, qualification=QUALIFICATION).source.startswith(dutch)
    QualificationPlan.objects.update(source_nl="")
    assert queries.plan(reader, qualification=QUALIFICATION).source.startswith("Assumption")
    actions.load_starter_plans(factories.operator())
    assert queries.plan(reader, qualification=QUALIFICATION).source.startswith(dutch)
    QualificationPlan.objects.update(source="The school's own plan", source_nl="")
    actions.load_starter_plans(factories.operator())
    assert queries.plan(reader, qualification=QUALIFICATION).source == "The school's own plan"


def test_a_plan_holds_from_its_first_day_until_its_last(region) -> None:
    QualificationPlan.objects.update(until_on=date(2026, 1, 1))
    assert not queries.qualifications(region.learner)
    with pytest.raises(NotFound) as raised:
        queries.plan(region.learner, qualification=QUALIFICATION)
    assert "operator" in raised.value.next_step
    before = queries.plan(region.learner, qualification=QUALIFICATION, on=date(2025, 12, 31))
    assert before.nominal_months == 24


def test_what_is_there_stays_when_plans_are_loaded_again(region) -> None:
    PracticeHours.objects.filter(process_code="B1-K1-W1").update(hours=81)
    assert actions.load_starter_plans(factories.caller("office")) == actions.PlansLoaded(added=0, kept=1)
    assert queries.plan(region.learner, qualification=QUALIFICATION).processes[0].hours == 81


@pytest.mark.parametrize("desk", ["coach", "recruiter"])
def test_no_other_desk_than_the_office_loads_plans(db, desk) -> None:
    with pytest.raises(access.Forbidden):
        actions.load_starter_plans(factories.caller(desk))
    assert not QualificationPlan.objects.exists()


def test_a_plan_without_a_source_is_refused_whole(db, tmp_path, monkeypatch) -> None:
    file = tmp_path / "half.toml"
    file.write_text('[[plan]]\ndossier = "commercie"\nfrom = 2020-08-01\nnominal_months = 24\n[plan.hours]\nW1 = 9\n')
    monkeypatch.setattr(actions, "STARTER", tmp_path)
    with pytest.raises(actions.PlanRefused) as raised:
        actions.load_starter_plans(factories.operator())
    assert raised.value.code == "route-plan-refused"
    assert not QualificationPlan.objects.exists()
