"""What happens when a partner withdraws, a learner leaves a job, or an opening changes under a route?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests import factories
from tests.rooms.routes.routes_region import ENDS, FIRST, SECOND, STARTS, THEN

from valley.foundation import access
from valley.foundation.access import Forbidden
from valley.foundation.problems import NotFound
from valley.people import queries as passports
from valley.routes import actions, queries
from valley.routes.models import RouteLink, RouteSignature
from valley.work import actions as work


def signed(region) -> str:
    """A route that everybody signed."""
    key = region.propose()
    region.sign_all(key)
    return key


def later(caller, day: date):
    """The same caller on another day."""
    return replace(caller, at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def test_a_partner_withdraws_and_a_new_chain_is_proposed_that_keeps_what_was_signed(region) -> None:
    key = signed(region)
    (stays, _kept), (goes, gone) = region.links(key).items()
    actions.withdraw_link(region.recruiters[goes], link=gone, why="no-work")
    page = region.page(key)
    assert page.state == "broken"
    change = page.changes[0]
    assert (change.words, change.why_words) == (
        "A partner withdrew from its link.",
        "there is less work than expected",
    )
    assert change.open and change.about == goes.title()
    assert [line.split(",")[0] for line in change.stayed] == [stays.title()]
    assert [line.split(",")[0] for line in change.went] == [goes.title()]
    other = {"charlie": "Delta", "delta": "Charlie"}[goes]
    assert [line.split(",")[0] for line in change.came] == [other]
    assert set(change.told) == {"you", "the school", "the partner of this link", "the other partners"}
    assert [line.kept for line in change.proposal] == [True, False]


def test_nothing_moves_before_the_learner_says_yes_and_then_only_the_new_partner_signs(region) -> None:
    key = signed(region)
    (stays, kept), (goes, gone) = region.links(key).items()
    actions.withdraw_link(region.recruiters[goes], link=gone, why="no-work")
    new = {"charlie": "delta", "delta": "charlie"}[goes]
    assert queries.partner_inbox(region.recruiters[new]).links == ()
    before = region.page(key)
    actions.accept_change(region.learner, person=region.person, route=key, change=before.changes[0].id)
    page = region.page(key)
    assert (page.version, page.state) == (2, "proposed")
    assert region.links(key)[stays] == kept
    assert page.links[0].signed_at and page.links[1].signed_at is None
    assert page.waits_for == (new.title(), "College One", "you")
    assert queries.partner_inbox(region.recruiters[goes]).links == ()
    assert len(queries.partner_inbox(region.recruiters[new]).links) == 1
    old = region.page(key, version=1)
    assert [link.employer for link in old.links] == [stays.title(), goes.title()]
    assert [line.signed_at is not None for line in old.signatures] == [True, True]
    with pytest.raises(NotFound):
        actions.accept_change(region.learner, person=region.person, route=key, change=before.changes[0].id)
    region.sign_all(key)
    assert region.page(key).state == "signed"


def test_the_other_partner_is_told_without_a_name_and_its_days_stand(region) -> None:
    key = signed(region)
    (stays, kept), (goes, gone) = region.links(key).items()
    actions.withdraw_link(region.recruiters[goes], link=gone, why="no-work")
    told = queries.partner_link(region.recruiters[stays], key=kept).changes[0]
    assert told.words == "A partner withdrew from its link."
    assert told.own_words == "Your days stay as they are."
    assert told.why_words == "" and goes.title() not in repr(told)


def test_lists_say_what_happened_last_and_never_why_to_another_partner(region) -> None:
    key = signed(region)
    (stays, _kept), (goes, gone) = region.links(key).items()
    actions.withdraw_link(region.recruiters[goes], link=gone, why="no-work")
    said = "A partner withdrew from its link. (23 November 2026)"
    assert [row.happened for row in queries.school_routes(region.coach)] == [said]
    assert [row.happened for row in queries.my_routes(region.learner, person=region.person)] == [said]
    (row,) = queries.partner_inbox(region.recruiters[stays]).links
    assert row.happened == said and "less work" not in repr(row)


def test_a_chain_that_ends_on_the_agreed_day_comes_before_one_that_keeps_more_of_what_was_signed(region) -> None:
    region.add_job("late", "delta", starts_on=THEN, practises={**SECOND, "B1-K3-W3": 400}, months=18)
    key = signed(region)
    (stays, _kept), (goes, gone) = region.links(key).items()
    assert goes == "charlie"
    work.close_opening(factories.operator(), slug=region.jobs["d2"].slug, version=2)
    actions.withdraw_link(region.recruiters[goes], link=gone, why="no-work")
    change = region.page(key).changes[0]
    assert [line.split(",")[0] for line in change.stayed] == [stays.title()]
    assert change.end_words == "1 February 2029 before, 1 August 2029 after", "nothing ends on the agreed day"
    region.add_job("whole", "delta", starts_on=STARTS, practises={**FIRST, **SECOND}, months=24)
    work.close_opening(factories.operator(), slug=region.jobs["late"].slug, version=2)
    region.add_job("late again", "delta", starts_on=THEN, practises={**SECOND, "B1-K3-W3": 400}, months=18)
    assert actions.replan_all(factories.operator()).touched == 1
    assert region.page(key).changes[0].came == ("Delta, 1 February 2027 – 1 February 2029",)


def test_in_month_fourteen_what_was_done_is_kept(region) -> None:
    """Journey 3: partner two withdraws in its second month; the first year stays done."""
    key = signed(region)
    (first, one), (second, two) = region.links(key).items()
    renewed = date(2027, 11, 1)
    actions.start_link(later(region.recruiters[first], STARTS), link=one)
    actions.renew_shares(later(region.learner, renewed), person=region.person, route=key)
    actions.finish_link(later(region.recruiters[first], THEN), link=one)
    actions.start_link(later(region.recruiters[second], THEN), link=two)
    region.add_job("rescue", first, starts_on=date(2028, 4, 1), practises={**SECOND, "B1-K3-W3": 260}, months=12)
    day = date(2028, 3, 20)
    actions.withdraw_link(later(region.recruiters[second], day), link=two, why="no-trainer")
    page = queries.route(later(region.learner, day), person=region.person, key=key)
    change = page.changes[0]
    assert page.links[0].state == "done" and page.links[1].state == "withdrawn"
    assert page.links[1].ends_on == day
    assert change.open, (change.blocked, change.ways_out)
    assert [line.split(",")[0] for line in change.came] == [first.title()]
    actions.accept_change(later(region.learner, day), person=region.person, route=key, change=change.id)
    page = queries.route(later(region.learner, day), person=region.person, key=key)
    assert [(link.employer, link.state) for link in page.links] == [
        (first.title(), "done"),
        (second.title(), "withdrawn"),
        (first.title(), "planned"),
    ]
    assert not [line for line in page.processes if line.missing]


def test_without_another_chain_the_reason_and_the_ways_out_are_told(region) -> None:
    key = signed(region)
    (_stays, _kept), (goes, gone) = region.links(key).items()
    rest = "d2" if goes == "charlie" else "c2"
    work.close_opening(factories.operator(), slug=region.jobs[rest].slug, version=2)
    actions.withdraw_link(region.recruiters[goes], link=gone, why="no-work")
    change = region.page(key).changes[0]
    assert not change.open and change.blocked and not change.came
    with pytest.raises(NotFound):
        actions.accept_change(region.learner, person=region.person, route=key, change=change.id)


def test_the_learner_leaves_a_job_for_a_reason_from_the_list(region) -> None:
    key = signed(region)
    (name, link), _second = region.links(key).items()
    with pytest.raises(actions.RouteRefused):
        actions.leave_link(region.learner, person=region.person, link=link, why="ill")
    actions.leave_link(region.learner, person=region.person, link=link, why="travel")
    page = region.page(key)
    assert page.changes[0].words == "The learner left a link."
    assert page.changes[0].open
    assert [one.why_words for one in queries.partner_inbox(region.recruiters[name]).notices] == [
        "The learner left a link."
    ]
    stranger = factories.caller_of(factories.account())
    with pytest.raises(NotFound):
        actions.leave_link(stranger, person=region.person, link=link, why="travel")


def test_openings_that_did_not_change_leave_every_route_alone(region) -> None:
    key = signed(region)
    followed = actions.replan_all(factories.operator())
    assert (followed.routes, followed.touched) == (1, 0)
    region.add_job("more", "delta", starts_on=STARTS, practises=SECOND)
    followed = actions.replan_all(factories.operator())
    assert (followed.routes, followed.touched) == (1, 0)
    assert region.page(key).state == "signed"


def test_an_unsigned_opening_that_closed_leads_to_a_new_chain_and_signed_days_stand(region) -> None:
    key = region.propose()
    (first, one), (second, _two) = region.links(key).items()
    actions.sign_link(region.recruiters[first], link=one)
    slugs = {link.employer.lower(): link.slug for link in region.page(key).links}
    for slug in slugs.values():
        work.close_opening(factories.operator(), slug=slug, version=2)
    told: list[float] = []
    followed = actions.replan_all(factories.operator(), progress=lambda share, words: told.append(share))
    assert (followed.touched, followed.proposals) == (1, 1)
    assert told == [1.0]
    change = region.page(key).changes[0]
    assert change.why_words == "the opening was closed before it was signed"
    assert [line.split(",")[0] for line in change.stayed] == [first.title()]
    assert [line.split(",")[0] for line in change.went] == [second.title()]


def test_a_recognition_that_lapses_under_signed_days_breaks_the_route(region) -> None:
    from valley.vacancies import actions as vacancies
    from valley.vacancies.models import Recognition

    key = signed(region)
    (_first, _one), (second, _two) = region.links(key).items()
    row = Recognition.objects.get(organisation=region.employers[second].id, replaced_at__isnull=True)
    vacancies.end_recognition(factories.operator(), recognition=row.pk, until_on=date(2028, 9, 1))
    assert actions.replan_all(factories.operator()).touched == 1
    change = region.page(key).changes[0]
    assert "not a recognised training company" in change.why_words
    assert [line.split(",")[0] for line in change.went] == [second.title()]


def test_only_the_office_asks_and_only_the_product_follows(region) -> None:
    key = actions.ask_to_replan(factories.caller("office"))
    assert actions.ask_to_replan(factories.caller("office")) == key
    for wrong in (region.coach, region.recruiters["alfa"], region.learner):
        with pytest.raises(Forbidden):
            actions.ask_to_replan(wrong)
        with pytest.raises(Forbidden):
            actions.replan_all(wrong)


def test_a_new_chain_is_computed_without_opening_the_passport_to_the_partner(region) -> None:
    key = signed(region)
    (_stays, _kept), (goes, gone) = region.links(key).items()
    actions.withdraw_link(region.recruiters[goes], link=gone, why="no-work")
    with pytest.raises(NotFound):
        passports.grant(region.recruiters[goes], purpose=access.Purpose.OWN, person=region.person)
    assert queries.partner_link(region.recruiters[goes], key=gone).state == "withdrawn"
    assert RouteSignature._base_manager.filter(link__key=gone).count() == 1
    assert RouteLink._base_manager.get(key=gone).ends_on == ENDS
    assert timedelta(1)
