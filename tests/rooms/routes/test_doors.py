"""Does one question about routes get the same answer on the web, from a program and at the terminal? Who is let in?"""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.rooms.routes.routes_region import QUALIFICATION

from valley.foundation import jobs
from valley.foundation.answers import plain
from valley.people import queries as passports
from valley.routes import actions, queries
from valley.routes.cli import group
from valley.site.cli import cli as house
from valley.work import actions as work

API = "/api/v1/relay-routes"
ENGLISH = {"Accept-Language": "en"}
MOST_QUERIES = 70


@pytest.fixture
def sara(region):
    return factories.client_of(region.sara, strong=False)


def at_desk(region, name: str):
    return factories.client_of(region.accounts[name])


def terminal(*arguments: str) -> dict:
    result = CliRunner().invoke(group, [*arguments, "--json", "--lang", "en"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_chains_are_the_same_through_web_api_and_terminal(region, sara) -> None:
    web = plain(sara.get(reverse("routes:search"), {"qualification": QUALIFICATION}).context["answer"])
    api = sara.get(API, {"qualification": QUALIFICATION}, headers=ENGLISH).json()
    cli = terminal("routes", "sara@valley.test", "--qualification", QUALIFICATION)
    assert web == api == cli
    assert len(api["chains"]) == 3


def test_the_terminal_leaves_an_employer_out_and_tells_why_there_is_no_chain(region) -> None:
    found = terminal("routes", "sara@valley.test", "--qualification", QUALIFICATION, "--k", "1", "--without", "alfa")
    assert len(found["chains"]) == 1 and "alfa" not in json.dumps(found["chains"][0]["links"]).lower().split()
    for job in ("c2", "d2"):
        work.close_opening(factories.operator(), slug=region.jobs[job].slug, version=2)
    told = CliRunner().invoke(
        group, ["routes", "sara@valley.test", "--qualification", QUALIFICATION, "--lang", "en"], catch_exceptions=False
    )
    assert "NO CHAIN" in told.output
    unknown = CliRunner().invoke(group, ["routes", "sara@valley.test", "--qualification", "x", "--lang", "en"])
    assert unknown.exit_code == 2
    nobody = CliRunner().invoke(group, ["routes", "nobody@valley.test", "--qualification", QUALIFICATION])
    assert nobody.exit_code == 2


def test_replan_and_route_plans_are_reached_from_the_top_of_the_house(region, monkeypatch) -> None:
    monkeypatch.setattr("valley.site.cli.prepare", lambda: None)
    region.propose()

    def top(*arguments: str) -> dict:
        given = ["mobility", *arguments, "--json", "--lang", "en"]
        result = CliRunner().invoke(house, given, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    assert top("replan") == {"routes": 1, "touched": 0, "proposals": 0}
    assert top("route-plans") == {"added": 0, "kept": 1}
    shown = CliRunner().invoke(house, ["mobility", "--help"], catch_exceptions=False).output
    assert "replan" in shown and "route-plans" in shown


def test_a_route_from_choice_to_signature_by_web_alone(region, sara) -> None:
    page = sara.get(reverse("routes:search"), {"qualification": QUALIFICATION})
    assert page.status_code == 200 and b"<svg" in page.content and b"Chain 1" in page.content
    chain = page.context["answer"].chains[0].key
    sent = {
        "asked": f"qualification={QUALIFICATION}",
        "prefix": "c1",
        "c1-chain": chain,
        "c1-school": region.school.id,
        "c1-parts": ["name", "competences"],
    }
    made = sara.post(reverse("routes:choose"), sent)
    assert made.status_code == 302
    key = made.url.rstrip("/").split("/")[-1]
    for name, link in region.links(key).items():
        desk = at_desk(region, name)
        assert desk.get(reverse("routes:partner")).status_code == 200
        assert desk.get(reverse("routes:partner-link", args=[link])).status_code == 200
        assert desk.post(reverse("routes:partner-sign", args=[link]), {"version": 1}).status_code == 302
    coach = at_desk(region, "coach")
    assert coach.get(reverse("routes:school")).status_code == 200
    shown = coach.get(reverse("routes:school-route", args=[key]))
    assert shown.status_code == 200 and b"<svg" in shown.content
    coach.post(reverse("routes:school-sign", args=[key]), {"version": 1})
    wrong = coach.post(reverse("routes:school-practice", args=[key]), {"process": "B1-K1-W1", "hours": "-3"})
    assert wrong.status_code == 422
    sara.post(reverse("routes:sign", args=[key]), {"version": 1})
    assert region.page(key).state == "signed"
    assert sara.get(reverse("routes:route", args=[key])).status_code == 200
    assert b"signed by all" in sara.get(reverse("routes:mine")).content


def test_a_withdrawal_is_told_on_the_page_with_the_difference(region, sara) -> None:
    key = region.propose()
    region.sign_all(key)
    _first, (name, link) = region.links(key).items()
    desk = at_desk(region, name)
    refused = desk.post(reverse("routes:partner-withdraw", args=[link]), {"why": "illness"}, follow=True)
    assert "Choose a reason" in refused.content.decode()
    desk.post(reverse("routes:partner-withdraw", args=[link]), {"why": "no-work"})
    page = sara.get(reverse("routes:route", args=[key])).content.decode()
    assert "there is less work than expected" in page and "Choose the new chain" in page
    change = region.page(key).changes[0].id
    assert sara.post(reverse("routes:accept", args=[key, change])).status_code == 302
    assert sara.get(reverse("routes:route", args=[key]), {"version": "1"}).status_code == 200
    assert region.page(key).version == 2


def test_the_api_follows_a_route_as_the_web_does(region, sara) -> None:
    chain = region.ask().chains[0].key
    sent = {"qualification": QUALIFICATION, "chain": chain, "school": region.school.id, "parts": ["name"]}
    made = sara.post(f"{API}/routes", sent, content_type="application/json", headers=ENGLISH)
    assert made.status_code == 201, made.content
    key = made.json()["key"]
    api = sara.get(f"{API}/routes/{key}", headers=ENGLISH).json()
    assert api == plain(sara.get(reverse("routes:route", args=[key])).context["answer"])
    for name, link in region.links(key).items():
        desk = at_desk(region, name)
        api = desk.get(f"{API}/partner/{link}", headers=ENGLISH).json()
        assert api == plain(desk.get(reverse("routes:partner-link", args=[link])).context["answer"])
        signed = desk.post(
            f"{API}/partner/{link}/signature", {"version": 1}, content_type="application/json", headers=ENGLISH
        )
        assert signed.status_code == 200 and signed.json()["signedAt"]
        stale = desk.post(f"{API}/partner/{link}/signature", {"version": 9}, content_type="application/json")
        assert stale.status_code == 409
    coach = at_desk(region, "coach")
    assert [row["key"] for row in coach.get(f"{API}/school").json()] == [key]
    assert coach.get(f"{API}/school-notices").json() == []
    coach.post(f"{API}/school/{key}/signature", {"version": 1}, content_type="application/json")
    done = sara.post(f"{API}/routes/{key}/signature", {"version": 1}, content_type="application/json")
    assert done.json()["state"] == "signed"


def test_doors_refuse_the_wrong_desk(region, sara) -> None:
    key = region.propose()
    link = next(iter(region.links(key).values()))
    office = factories.client("office")
    for client in (office, sara, at_desk(region, "coach")):
        assert client.get(f"{API}/partner").status_code == 403
        assert client.get(f"{API}/partner/{link}").status_code == 403
        assert client.get(reverse("routes:partner")).status_code == 403
    for client in (office, sara, at_desk(region, "alfa")):
        assert client.get(f"{API}/school").status_code == 403
        assert client.get(reverse("routes:school-route", args=[key])).status_code == 403
    someone = factories.client_of(factories.account())
    assert someone.get(f"{API}/routes/{key}").status_code == 404
    assert someone.get(reverse("routes:route", args=[key])).status_code == 404
    from django.test import Client

    assert Client().get(reverse("routes:mine")).status_code == 302
    assert Client().get(f"{API}/routes").status_code == 401
    assert Client().get(f"{API}/qualifications").status_code == 200


def test_empty_pages_teach(region) -> None:
    someone = factories.client_of(factories.account())
    assert b"You have no passport yet" in someone.get(reverse("routes:mine")).content
    assert b"No link was asked of you yet" in at_desk(region, "alfa").get(reverse("routes:partner")).content
    assert b"No route was shared with your school yet" in at_desk(region, "coach").get(reverse("routes:school")).content


def test_settings_are_saved_by_form_and_api(region, sara) -> None:
    url = reverse("routes:settings")
    assert sara.get(url, {"qualification": QUALIFICATION}).status_code == 200
    sent = {"qualification": QUALIFICATION, "version": 0, "gap_days": 31, "avoid": [region.employers["alfa"].id]}
    assert sara.post(url, sent).status_code == 302
    assert sara.post(url, sent).status_code == 422
    given = {"qualification": QUALIFICATION, "gapDays": 7, "version": 1}
    saved = sara.put(f"{API}/settings", given, content_type="application/json")
    assert (saved.json()["gapDays"], saved.json()["version"]) == (7, 2)
    wrong = sara.put(f"{API}/settings", given | {"gapDays": 999}, content_type="application/json")
    assert wrong.status_code == 400


def test_the_look_of_the_operator_stands_in_the_audit_of_the_person(region) -> None:
    terminal("routes", "sara@valley.test", "--qualification", QUALIFICATION)
    region.propose()
    export = passports.export_person(region.learner, person=region.person)
    assert "routes.consult_routes" in {line.verb for line in export.history}
    assert "routes.Route" in export.records


def test_a_job_follows_all_routes(region) -> None:
    key = region.propose()
    slugs = [link.slug for link in region.page(key).links]
    for slug in slugs:
        work.close_opening(factories.operator(), slug=slug, version=2)
    handle = actions.ask_to_replan(factories.caller("office"))
    jobs.run_worker(once=True)
    line = jobs.status(handle)
    assert line and line.state == "done" and line.result == {"routes": 1, "touched": 1, "proposals": 1}
    assert queries.my_routes(region.learner, person=region.person)[0].state == "broken"


def test_a_search_asks_few_questions_of_the_database(region, sara) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        sara.get(reverse("routes:search"), {"qualification": QUALIFICATION})
    assert len(asked) <= MOST_QUERIES
