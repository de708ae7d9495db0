"""How does the programme office plan routes again, what does it read of that, and who else may not?"""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.urls import reverse
from tests import factories
from tests.rooms.routes.routes_region import FIRST, STARTS

from valley.foundation import jobs
from valley.foundation.access import Forbidden, SignInNeeded
from valley.foundation.problems import NotFound
from valley.people import queries as people
from valley.routes import actions, queries
from valley.routes.cli import group
from valley.routes.queries import office as counted
from valley.work import actions as work

OFFICE, CONFIRM = reverse("routes:office"), reverse("routes:office-confirm")


def counts(found) -> list[tuple[str, str]]:
    return [(line.words, line.shown) for line in found.lines]


def stop(region, name: str, why: str = "no-work") -> actions.Followed:
    """The product ends all links of an employer, as a job does."""
    gone = actions.Stopped(region.employers[name].id, why)
    return actions.replan_all(factories.operator(), stopped=gone)


def test_an_employer_stops_and_every_route_with_a_job_there_is_planned_without_it(region) -> None:
    key = region.propose()
    region.sign_all(key)
    (stays, kept), (goes, _gone) = region.links(key).items()
    assert stop(region, goes) == actions.Followed(routes=1, touched=1, proposals=1)
    change = region.page(key).changes[0]
    assert (change.words, change.why_words) == (
        "A partner stopped taking part; the programme office said so.",
        "there is less work than expected",
    )
    assert change.open and [link.kept for link in change.proposal] == [True, False]
    assert [line.split(",")[0] for line in change.went] == [goes.title()]
    assert set(change.told) == {"you", "the school", "the partner of this link", "the other partners"}
    told = queries.partner_link(region.recruiters[stays], key=kept).changes[0]
    assert told.words == change.words and told.why_words == "" and goes.title() not in repr(told)
    instead = next(link.employer.lower() for link in change.proposal if not link.kept)
    assert stop(region, instead).touched == 1, "a chain that was proposed with it is planned again too"
    assert not region.page(key).changes[0].open and region.page(key).changes[0].blocked
    assert not any(one.open for one in region.page(key).changes), "an older proposal is not left to choose"


def test_routes_without_a_job_at_that_employer_stay_as_they_are(region) -> None:
    key = region.propose()
    region.sign_all(key)
    idle = next(name for name in region.employers if name not in region.links(key))
    assert stop(region, idle) == actions.Followed(routes=1, touched=0, proposals=0)
    assert region.page(key).state == "signed"


def test_a_proposal_whose_opening_closed_meanwhile_is_made_anew(region) -> None:
    key = region.propose()
    region.sign_all(key)
    _first, (goes, gone) = region.links(key).items()
    actions.withdraw_link(region.recruiters[goes], link=gone, why="no-work")
    slug = next(link.slug for link in region.page(key).changes[0].proposal if not link.kept)
    work.close_opening(factories.operator(), slug=slug, version=2)
    assert actions.replan_all(factories.operator()).touched == 1
    newest = region.page(key).changes[0]
    assert not newest.open and newest.blocked


def test_a_second_withdrawal_leaves_no_proposal_that_stands_on_the_first_partner(region) -> None:
    region.add_job("e1", "delta", starts_on=STARTS, practises=FIRST)
    key = region.propose()
    region.sign_all(key)
    links = region.links(key)
    for name, link in reversed(links.items()):
        actions.withdraw_link(region.recruiters[name], link=link, why="no-trainer")
    waiting = [one for one in region.page(key).changes if one.open]
    assert len(waiting) == 1
    assert not {name.title() for name in links} & {link.employer for link in waiting[0].proposal}


def test_the_office_reads_counts_and_no_group_under_five(region, monkeypatch) -> None:
    key = region.propose()
    office = factories.caller("office")
    employer = region.page(key).links[0].organisation
    assert counts(queries.replan_preview(office)) == [
        ("routes that stand", "fewer than 5, or hidden"),
        ("routes that wait for a new chain", "0"),
        ("in all", "fewer than 5, or hidden"),
    ]
    there = queries.replan_preview(office, employer=employer)
    assert there.lines[0].routes is None
    assert [line.routes for line in queries.replan_preview(factories.operator(), employer=employer).lines] == [1, 0, 1]
    job = actions.ask_to_replan(office)
    jobs.run_worker(once=True)
    assert [line.routes for line in queries.replan_progress(office, key=job).lines] == [None, 0, 0, None]
    line = jobs.status(job)
    many = {"routes": 41, "touched": 21, "proposals": 18}
    monkeypatch.setattr(counted.jobs, "status", lambda key: line and type(line)(**{**_fields(line), "result": many}))
    kept, changed, none, total = (one.routes for one in queries.replan_progress(office, key=job).lines)
    assert none is None and None in (kept, changed), "three without a chain are not told by subtraction either"
    assert total == 41


def _fields(line: jobs.JobLine) -> dict:
    return {name: getattr(line, name) for name in line.__slots__}


def test_the_office_plans_again_on_the_web_with_what_will_happen_first(region) -> None:
    key = region.propose()
    region.sign_all(key)
    goes = region.page(key).links[1]
    client = factories.client("office")
    assert b"Plan routes again" in client.get(OFFICE).content
    asked = {"employer": goes.organisation, "why": "no-trainer"}
    shown = client.get(CONFIRM, asked).content.decode()
    assert f"{goes.employer} stops: what will happen" in shown and "This cannot be taken back." in shown
    assert region.page(key).state == "signed", "looking changes nothing"
    sent = client.post(CONFIRM, asked)
    assert sent.status_code == 302
    assert "Waiting for a worker" in client.get(sent.url).content.decode()
    jobs.run_worker(once=True)
    done = client.get(sent.url).content.decode()
    assert "What came of it" in done and "fewer than 5, or hidden" in done and "Sara" not in done
    assert region.page(key).changes[0].why_words == "there is no practical trainer in that time"
    everybody = client.post(CONFIRM)
    assert everybody.status_code == 302 and client.get(everybody.url).status_code == 200


def test_the_web_refuses_another_reason_another_organisation_and_another_job(region) -> None:
    client = factories.client("office")
    employer = region.employers["alfa"].id
    for wrong in (
        {"employer": employer, "why": "illness"},
        {"employer": region.school.id, "why": "no-work"},
        {"employer": ""},
    ):
        assert client.get(CONFIRM, wrong).status_code == 422
        assert client.post(CONFIRM, wrong).status_code == 422
    assert client.get(reverse("routes:office-progress", args=["routes.nothing:1"])).status_code == 404
    assert jobs.listed(state="ready") == ()


def test_only_the_office_looks_and_asks(region) -> None:
    gone = actions.Stopped(region.employers["alfa"].id, "no-work")
    for wrong in (region.coach, region.recruiters["alfa"], region.learner, factories.caller("municipality")):
        with pytest.raises(Forbidden):
            actions.ask_to_replan(wrong, stopped=gone)
        with pytest.raises(Forbidden):
            queries.replan_preview(wrong)
        with pytest.raises(Forbidden):
            queries.replan_progress(wrong, key="routes.replan_all:1")
        with pytest.raises(Forbidden):
            actions.replan_all(wrong, stopped=gone)
    with pytest.raises(SignInNeeded):
        queries.replan_preview(factories.visitor())
    office = factories.caller("office")
    with pytest.raises(actions.RouteRefused):
        actions.ask_to_replan(office, stopped=actions.Stopped(region.employers["alfa"].id, "illness"))
    with pytest.raises(NotFound):
        actions.ask_to_replan(office, stopped=actions.Stopped(region.school.id, "no-work"))
    for client in (factories.client_of(region.sara, strong=False), factories.client_of(region.accounts["alfa"])):
        assert client.get(OFFICE).status_code == 403
        assert client.post(CONFIRM).status_code == 403


def test_the_terminal_ends_the_links_of_an_employer_that_stops(region) -> None:
    key = region.propose()
    name = next(iter(region.links(key)))
    slug = region.employers[name].slug
    given = ["replan", "--stopped", slug, "--why", "moved", "--json", "--lang", "en"]
    result = CliRunner().invoke(group, given, catch_exceptions=False)
    assert json.loads(result.stdout) == {"routes": 1, "touched": 1, "proposals": 1}
    assert region.page(key).changes[0].why_words == "the workplace moves"
    assert CliRunner().invoke(group, ["replan", "--stopped", "nobody"]).exit_code == 2
    assert "routes.Route" in people.export_person(region.learner, person=region.person).records
