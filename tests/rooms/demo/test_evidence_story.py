"""Do the invented programmes and announced changes tell a story that holds: who, what, when, and in which order?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import factories

from valley.curriculum import queries as curriculum
from valley.demo.evidence.stage import Stage, told
from valley.field import queries as field
from valley.foundation import access, accounts


def test_a_published_version_with_running_cohorts_and_a_draft_beside_it(region) -> None:
    page = curriculum.programme(factories.operator(), key="klantadviseur-bbl")
    assert [(one.number, one.state) for one in page.versions] == [(2, "draft"), (1, "published")]
    started = [one for one in page.cohorts if one.started]
    assert len(started) == 2 and all(one.kept and one.version == 1 for one in started)
    assert [one.starts_on for one in page.cohorts if not one.started] == [date(2027, 9, 1)]


def test_every_desk_that_was_asked_said_yes_before_a_version_was_published(region) -> None:
    for ref in ("klantadviseur-bbl@1", "klantcontact-specialist@1"):
        page = curriculum.version(factories.operator(), ref=ref)
        assert page.published_on and page.from_on and page.published_on < page.from_on
        assert page.approvals and all(one.verdict == "yes" and not one.late for one in page.approvals)
        assert all(one.decided_on and one.decided_on <= page.published_on for one in page.approvals)


def test_the_next_version_drops_selling_and_brings_connected_products(region) -> None:
    found = curriculum.diff(factories.operator(), before="klantadviseur-bbl@1", after="klantadviseur-bbl@2")
    codes = {(one.kind, one.code) for one in found.changes}
    assert {("added", "verbonden"), ("added", "bot"), ("removed", "verkoop"), ("removed", "kassa")} <= codes


def test_one_change_came_all_the_way_one_was_set_aside_and_one_is_under_way(region) -> None:
    found = {one.title: one for one in field.changes(factories.operator())}
    assert {one["title"] for one in told("field.toml")["change"]} == found.keys()
    ended = {one.lead.ended for one in found.values()}
    assert ended == {"taught", "set-aside", ""}
    for one in found.values():
        assert one.lead.employer + one.lead.school + one.lead.regulator == one.lead.total
    whole = next(one for one in found.values() if one.lead.ended == "taught").lead
    assert whole.employer and whole.school and whole.regulator


def test_the_bot_comes_on_the_first_of_march(region) -> None:
    found = next(one for one in field.changes(factories.operator()) if "bot" in one.title)
    assert found.from_on == date(2027, 3, 1) and found.lead.waiting_for == "employer"


def test_approved_notes_became_evidence_and_another_look_in_waits(region) -> None:
    found = field.look_ins(factories.operator())
    assert sorted(one.state for one in found) == ["approved", "asked"]
    assert len(next(one for one in found if one.state == "approved").pieces) == 2
    assert [one.state for one in field.placements(factories.operator())] == ["done"]


def test_the_operator_tells_the_story_of_ready_accounts_only(region) -> None:
    someone = factories.account("person@valley.test")
    ready = "ontwerper@demo.valley.invalid"
    found = accounts.ready_caller(factories.operator(), email=ready, at=factories.AT)
    assert found.account == region.account("ontwerper").pk and found.sits_at("designer") and not found.operator
    with pytest.raises(accounts.TokenRefused):
        accounts.ready_caller(factories.operator(), email=someone.email, at=factories.AT)
    with pytest.raises(access.Forbidden):
        accounts.ready_caller(factories.caller("office"), email=ready, at=factories.AT)


def test_nobody_acts_after_the_moment_of_loading(region) -> None:
    stage = Stage(factories.operator(), {}, {})
    assert stage.acting("coach", stage.on + timedelta(days=9)).at == factories.AT
    assert stage.acting("coach", stage.on - timedelta(days=9)).at < factories.AT
