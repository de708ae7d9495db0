"""The same answer through web, API and terminal; and no name, no pseudonym, no code of a person before a yes."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from tests import factories
from tests.rooms.placement.conftest import NAME, World

from valley.foundation import access
from valley.foundation.answers import plain
from valley.people import queries as people
from valley.placement import actions, drafts, queries
from valley.placement.cli import place

JOIN = {"hours": 32, "contract": "permanent", "years": "2-5", "role": "adviser-1"}


@dataclass
class Sent:
    """A world in which proposals are out, with one person who has one."""

    world: World
    run: int
    person: int
    line: queries.ProposalItem


@pytest.fixture
def sent(world) -> Sent:
    world.announce()
    world.people(8)
    world.opening(seats=6)
    world.join()
    run = world.plan().run
    actions.send_proposals(world.office, run=run)
    person = next(p for _a, p in world.workers if queries.my_placements(world.caller(p), person=p)[0].proposals)
    return Sent(world, run, person, queries.my_placements(world.caller(person), person=person)[0].proposals[0])


def secrets_of(world: World) -> list[str]:
    """Everything that would tell who somebody is: name, address, pseudonyms, key of the share."""
    found = ["Wiśniewska"]
    for account, person in world.workers:
        grant = people.grant(factories.operator(), purpose=access.Purpose.OWN, person=person)
        found += [account.email, account.pseudonym, people.pseudonym_of(grant)]
        found += [share.key for share in people.shares(world.caller(person), person=person)]
    return found


def pages(world: World, run: int) -> list[str]:
    event = f"/placements/events/{world.event}/"
    return [
        "/placements/", "/placements/announce/", "/placements/courses/", "/placements/courses/new/", event,
        f"{event}people/", f"{event}people/1/", f"{event}plan/", f"{event}compare/", f"/placements/runs/{run}/",
        "/placements/mine/", f"/placements/join/{world.code}/", "/people/shared/", "/applications/", "/work/desk/",
    ]  # fmt: skip


def operations(world: World, run: int) -> list[str]:
    event = f"/api/v1/placements/events/{world.event}"
    return [
        "/api/v1/placements", event, f"{event}/people", f"{event}/plans", f"{event}/comparison",
        f"/api/v1/placements/plans/{run}", "/api/v1/placements/courses", "/api/v1/placements/me",
    ]  # fmt: skip


@pytest.mark.parametrize("desk", ["announcer", "recruiter", "steward", "coach", "team-lead", "municipality", "office"])
def test_before_a_yes_no_desk_meets_a_name_a_pseudonym_or_a_key_anywhere(sent, desk) -> None:
    world = sent.world
    client = {
        "announcer": lambda: factories.client("recruiter", world.closing),
        "recruiter": lambda: factories.client("recruiter", world.employer),
        "steward": lambda: factories.client("steward", world.closing),
        "team-lead": lambda: factories.client("team-lead", world.employer),
        "office": lambda: factories.client_of(world.office_account),
    }.get(desk, lambda: factories.client(desk))()
    hidden = secrets_of(world)
    for address in (*pages(world, sent.run), *operations(world, sent.run)):
        text = client.get(address).content.decode()
        met = [secret for secret in hidden if secret in text]
        # the office opens a share by its own list of shares, where the envelope has its key and no name
        assert not met or (desk == "office" and address == "/people/shared/" and "Wiśniewska" not in text), address
        assert "Wiśniewska" not in text


@pytest.mark.parametrize(
    ("desk", "allowed"),
    [("announcer", {200: 2}), ("recruiter", {200: 0}), ("coach", {200: 0}), ("office", {200: 6})],
)
def test_each_desk_opens_its_own_pages_and_no_other(sent, desk, allowed) -> None:
    world = sent.world
    client = {
        "announcer": lambda: factories.client("recruiter", world.closing),
        "recruiter": lambda: factories.client("recruiter", world.employer),
        "office": lambda: factories.client_of(world.office_account),
    }.get(desk, lambda: factories.client(desk))()
    event = f"/placements/events/{world.event}/"
    asked = [event, f"{event}people/", f"{event}people/1/", f"{event}plan/", f"{event}compare/",
             f"/placements/runs/{sent.run}/"]  # fmt: skip
    answers = [client.get(address).status_code for address in asked]
    opened = 1 if desk == "announcer" else allowed[200]
    assert answers.count(200) == opened and set(answers) <= {200, 403, 404}


def test_after_a_yes_the_employer_of_the_opening_alone_reads_the_name(sent) -> None:
    world = sent.world
    reader = factories.caller("recruiter", world.employer)
    assert people.shared_with_me(reader, organisation=world.employer.id) == ()
    client = world.client(sent.person)
    address = f"/placements/mine/proposals/{sent.line.id}/"
    assert "sees:" in client.get(address).content.decode()
    answer = client.post(address, {"answer": "yes"}, follow=True)
    assert answer.status_code == 200 and "The employer now sees your application" in answer.content.decode()
    assert client.post(address, {"answer": "no"}).status_code == 409
    rows = people.shared_with_me(reader, organisation=world.employer.id)
    assert [row.purpose for row in rows] == ["application"]
    shown = factories.client("recruiter", world.employer).get(f"/people/shared/{rows[0].key}/").content.decode()
    assert NAME in shown
    others = factories.caller("recruiter", world.other)
    assert people.shared_with_me(others, organisation=world.other.id) == ()
    assert people.shared_with_me(world.announcer, organisation=world.closing.id) == ()


def test_one_plan_one_answer_through_api_and_terminal(sent) -> None:
    world = sent.world
    web = factories.client_of(world.office_account).get(f"/api/v1/placements/plans/{sent.run}").json()
    spoken = CliRunner().invoke(place, [world.event, "--json", "--lang", "en"])
    assert spoken.exit_code == 0, spoken.output
    said = json.loads(spoken.stdout)
    assert said == web
    assert said["run"]["placed"] == 6 and said == plain(queries.run_page(world.office, id=sent.run))
    refused = CliRunner().invoke(place, ["no-such-event", "--json"])
    assert refused.exit_code == 2 and json.loads(refused.stdout)["error"] == "not-found"


def test_a_program_joins_reads_answers_and_leaves(sent) -> None:
    world = sent.world
    newcomer = world.people(1)[0]
    client = world.client(newcomer)
    base = "/api/v1/placements"
    assert client.get(f"{base}/invitations/{world.code}").json()["employer"] == "Closing Centre"
    unsaid = client.post(f"{base}/invitations/{world.code}/join", JOIN, content_type="application/json")
    assert unsaid.status_code == 400 and people.shares(world.caller(newcomer), person=newcomer) == ()
    joined = client.post(
        f"{base}/invitations/{world.code}/join", JOIN | {"agree": True}, content_type="application/json"
    )
    assert (joined.status_code, joined.json()) == (201, {"number": 9})
    assert client.get(f"{base}/me").json()[0]["number"] == 9
    assert client.post(f"{base}/me/{world.event}/leave").status_code == 204
    assert client.post(f"{base}/me/{world.event}/leave").status_code == 404
    owner = world.client(sent.person)
    assert owner.get(f"{base}/me/proposals/{sent.line.id}").json()["proposal"]["state"] == "proposed"
    assert client.get(f"{base}/me/proposals/{sent.line.id}").status_code == 404
    answered = owner.post(
        f"{base}/me/proposals/{sent.line.id}/answer", {"answer": "no"}, content_type="application/json"
    )
    assert answered.json() == {"state": "no"}


def test_a_program_of_the_office_goes_all_the_way(world) -> None:
    client, base = factories.client_of(world.office_account), "/api/v1/placements"
    body = {"organisation": world.closing.id, "jobs": 30, "fromOn": "2027-01-01", "untilOn": "2027-04-01"}
    made = client.post(base, body, content_type="application/json")
    assert made.status_code == 201
    slug = made.json()["slug"]
    wrong = client.post(base, body | {"untilOn": "2026-01-01"}, content_type="application/json")
    assert wrong.status_code == 422 and wrong.json()["facts"]["field"] == "until_on"
    assert client.post(f"{base}/events/{slug}/invitation").status_code == 201
    course = {
        "key": "de-b1", "title": "German", "organisation": world.school.id, "weeks": 6, "cost": 6000, "least": 5,
        "most": 12, "taughtIn": "nl", "startsOn": "2027-01-04", "language": "de", "cefr": 3,
    }  # fmt: skip
    assert client.post(f"{base}/courses", course, content_type="application/json").json() == {"key": "de-b1"}
    assert client.get(f"{base}/courses").json()[0]["gives"] == ["German B1"]
    asked = client.post(f"{base}/events/{slug}/plans", {"maxKm": 30}, content_type="application/json")
    assert asked.status_code == 202
    key = asked.json()["key"]
    assert client.get(f"{base}/events/{slug}/plans/progress/{key}").json()["state"] == "ready"
    bad = client.post(f"{base}/events/{slug}/plans", {"maxKm": 0}, content_type="application/json")
    assert bad.status_code == 400


def test_the_whole_way_on_the_web(world) -> None:
    world.people(6)
    world.opening(seats=6)
    boss, desk = factories.client("recruiter", world.closing), factories.client_of(world.office_account)
    form = {"organisation": world.closing.id, "jobs": "20", "from_on": "2027-01-01", "until_on": "2027-04-01",
            "roles": ["adviser-1"], "note": ""}  # fmt: skip
    assert boss.post("/placements/announce/", form | {"jobs": "0"}).status_code == 422
    answer = boss.post("/placements/announce/", form)
    assert answer.status_code == 302
    event = answer["Location"]
    slug = event.strip("/").split("/")[-1]
    assert boss.post(f"{event}invite/").status_code == 403
    assert desk.post(f"{event}invite/").status_code == 302
    code = queries.redundancy(world.announcer, slug=slug).code
    assert f"/placements/join/{code}/" in boss.get(event).content.decode()
    for _account, person in world.workers:
        client = world.client(person)
        page = client.get(f"/placements/join/{code}/").content.decode()
        assert "This is what they will see" in page and "Closing Centre does not see that you joined" in page
        said = {"role": "adviser-1", "hours": "32", "contract": "permanent", "years": "2-5", "wage": ""}
        assert client.post(f"/placements/join/{code}/", said).status_code == 422
        assert client.post(f"/placements/join/{code}/", said | {"agree": "on"}).status_code == 302
        assert "We are looking" in client.get("/placements/mine/").content.decode()
    world.event = slug
    assert desk.post(f"{event}plan/", {"name": "", "max_km": "0"}).status_code == 422
    queued = desk.post(f"{event}plan/", {"name": "", "max_km": ""})
    assert queued.status_code == 302 and "Waiting for a worker" in desk.get(queued["Location"]).content.decode()
    run = world.plan().run
    soup = BeautifulSoup(desk.get(f"/placements/runs/{run}/").content, "html.parser")
    assert soup.find("figure").find("svg")["role"] == "img"
    cells = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in soup.find("figure").find_all("tr")]
    assert cells[1][1:] == ["Centre One", "6"]
    assert desk.post(f"/placements/runs/{run}/send/").status_code == 302
    person = world.workers[0][1]
    client = world.client(person)
    line = queries.my_placements(world.caller(person), person=person)[0].proposals[0]
    page = client.get(f"/placements/mine/proposals/{line.id}/").content.decode()
    assert "Why this fits you" in page and "Yes, send my application" in page
    assert client.post(f"/placements/mine/proposals/{line.id}/", {"answer": "no"}).status_code == 302
    assert client.post(f"/placements/mine/{slug}/leave/").status_code == 302
    assert "You left" in client.get("/placements/mine/").content.decode()
    assert desk.post(f"{event}finish/").status_code == 302


def test_pages_have_no_inline_style_or_script(sent) -> None:
    world = sent.world
    for client in (factories.client_of(world.office_account), world.client(sent.person)):
        for address in (*pages(world, sent.run)[:12], f"/placements/mine/proposals/{sent.line.id}/"):
            text = client.get(address).content.decode()
            assert " style=" not in text and "<script>" not in text


def test_a_visitor_is_sent_to_the_login_page(world) -> None:
    from django.test import Client

    world.announce()
    for address in ("/placements/", "/placements/mine/", f"/placements/join/{world.code}/"):
        assert Client().get(address).status_code == 302
    assert Client().get("/api/v1/placements").status_code == 401
    assert drafts.Scenario().max_km is None
