"""Is the law a dated table with sources, in which rows are added and never changed?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests import factories
from tests.rooms.careers.conftest import Scene

from valley.careers import actions, drafts, queries, snapshots
from valley.careers.models import LawRule
from valley.foundation import access
from valley.foundation.problems import Conflict


def rule(**changed: object) -> drafts.RuleDraft:
    said = {
        "key": "chain-rule",
        "status": "law",
        "from_on": date(2028, 1, 1),
        "title_nl": "Ketenregeling, nieuw",
        "source": "Staatsblad 2027, 1",
        "source_on": factories.ON,
        "numbers": {"contracts": "2", "months": "24", "gap_months": "60"},
    }
    return drafts.RuleDraft(**(said | changed))  # type: ignore[arg-type]


def test_loading_the_starter_twice_changes_nothing(scene: Scene) -> None:
    before = LawRule.objects.count()
    again = actions.load_starter_law(factories.operator())
    assert (again.added, again.known, again.mended) == (0, before, 0)
    with pytest.raises(access.Forbidden):
        actions.load_starter_law(scene.recruiter)


def test_a_row_that_shipped_open_gets_its_end_and_keeps_what_it_says(scene: Scene) -> None:
    rows = LawRule.objects.filter(key="minimum-wage", from_on=date(2026, 1, 1))
    rows.update(until_on=None, numbers={"hour": "14.70"})
    own = LawRule.objects.filter(key="minimum-wage", from_on=date(2024, 1, 1))
    own.update(until_on=None, source="Read by the office itself")
    assert actions.load_starter_law(factories.operator()).mended == 1
    assert [(one.until_on, one.numbers) for one in rows] == [(date(2026, 7, 1), {"hour": "14.70"})]
    assert own.get().until_on is None


def test_a_rule_that_ended_without_a_successor_is_a_gap_until_the_office_adds_it(scene: Scene) -> None:
    before = {(one.key, one.since) for one in queries.law_table(factories.visitor()).gaps}
    assert ("minimum-wage", date(2026, 7, 1)) in before
    assert ("wage-floor-facility-contact-centres", date(2026, 7, 1)) in before
    assert "chain-rule" not in {key for key, _since in before}
    wage = rule(key="minimum-wage", from_on=date(2026, 7, 1), numbers={"hour": "14.99"})
    actions.add_law_rule(factories.caller("office"), draft=wage)
    after = {one.key for one in queries.law_table(factories.visitor()).gaps}
    assert "minimum-wage" not in after


def test_what_could_not_be_verified_says_until_when_it_is_to_be_read_again(scene: Scene) -> None:
    lines = {(one.key, one.status): one for one in queries.law_table(factories.visitor()).rules}
    for key, status in (("chain-rule", "bill"), ("bbl-exception", "law"), ("lender-exempt", "law")):
        line = lines[key, status]
        assert line.again_on == date(2027, 1, 1) and "read again" in line.remark
    assert lines["lender-admission", "law"].again_on is None


@pytest.mark.parametrize("role", ["recruiter", "coach", "municipality"])
def test_only_the_office_starts_from_the_row_before(scene: Scene, role: str) -> None:
    with pytest.raises(access.Forbidden):
        queries.last_row(factories.caller(role), key="minimum-wage", status="law")


def test_every_row_of_the_starter_has_source_days_and_two_languages(scene: Scene) -> None:
    for row in LawRule.objects.all():
        assert row.source and row.article and row.address.startswith("https://") and row.title_en and row.remark_nl


def test_a_new_row_ends_the_one_before_it_and_leaves_it_as_it_was(scene: Scene) -> None:
    before = LawRule.objects.filter(key="chain-rule").values_list("pk", "until_on", "numbers")
    kept = list(before)
    actions.add_law_rule(factories.caller("office"), draft=rule())
    assert list(LawRule.objects.filter(pk__in=[pk for pk, *_ in kept]).values_list("pk", "until_on", "numbers")) == kept
    rows = [one for one in snapshots.rules(factories.ON) if (one.key, one.status) == ("chain-rule", "law")]
    assert [(one.from_on, one.until_on) for one in rows] == [
        (date(2020, 1, 1), date(2028, 1, 1)), (date(2028, 1, 1), None),
    ]  # fmt: skip
    assert rows[1].numbers["contracts"] == Decimal(2)
    table = queries.law_table(factories.visitor(), key="chain-rule")
    assert [(one.status, one.holds) for one in table.rules] == [("bill", False), ("law", True), ("law", False)]


def test_the_same_day_twice_is_a_conflict(scene: Scene) -> None:
    with pytest.raises(Conflict):
        actions.add_law_rule(factories.caller("office"), draft=rule(from_on=date(2020, 1, 1)))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"source": " "}, "source"),
        ({"source_on": date(2027, 1, 1)}, "source_on"),
        ({"until_on": date(2028, 1, 1)}, "until_on"),
        ({"status": "rumour"}, "status"),
        ({"key": "chain rule!"}, "key"),
        ({"numbers": {"contracts": "three"}}, "numbers"),
        ({"numbers": {"contracts": "NaN"}}, "numbers"),
        ({"address": "http://example.org"}, "address"),
        ({"numbers": {"contracts": "2"}}, "numbers"),
        ({"key": "wage-floor-bakeries", "numbers": {}}, "numbers"),
        ({"again_on": factories.ON}, "again_on"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_by_name(scene: Scene, changed: dict[str, object], field: str) -> None:
    with pytest.raises(drafts.RuleRefused) as refused:
        actions.add_law_rule(factories.operator(), draft=rule(**changed))
    assert refused.value.facts["field"] == field


@pytest.mark.parametrize("role", ["recruiter", "coach", "designer"])
def test_only_the_office_and_the_operator_add_rules(scene: Scene, role: str) -> None:
    with pytest.raises(access.Forbidden):
        actions.add_law_rule(factories.caller(role), draft=rule())


def test_a_bill_is_unknown_before_it_was_sent(scene: Scene) -> None:
    assert not [one for one in snapshots.rules(date(2025, 1, 1)) if one.status == "bill"]
    assert [one.key for one in snapshots.rules(factories.ON) if one.status == "bill"] == ["chain-rule"]
