"""The field window through web, API and terminal: one answer, the journey by hand, and every refusal at every door."""

from __future__ import annotations

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from django.test import Client
from django.utils import translation
from tests import factories
from tests.rooms.field import field_world
from tests.rooms.field.field_world import SECRET, WORDS, World, later

from valley.field import actions, queries
from valley.field.cli import group
from valley.field.models import Change, LookIn
from valley.foundation.answers import plain

API, WEB = "/api/v1/curriculum/field", "/curriculum/field"
DRAFT = {
    "organisation": "the-employer", "kind": "system", "title": "A new telephone system", "text": "Calls come in apps.",
    "fromOn": "2027-03-01", "tasks": ["answer a call"], "openToPartners": False,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def world(db) -> World:
    return field_world.made()


@pytest.fixture
def days(monkeypatch):
    """Let the doors read the clock so many days later."""

    def later_by(number: int) -> None:
        at = later(factories.operator(), number).at
        monkeypatch.setattr("valley.foundation.clock.now", lambda: at)

    return later_by


def browser(world: World, name: str) -> Client:
    return factories.client_of(world.accounts[name])


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content.decode(), "html.parser")


def filled(page: BeautifulSoup, select: str = "main form[method=post]", **said: str) -> dict[str, str]:
    """What a browser sends for the form, with some answers changed."""
    form = page.select_one(select)
    assert form is not None
    sent: dict[str, str] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[field["name"]] = chosen["value"] if chosen else ""
        elif field.name == "textarea":
            sent[field["name"]] = field.text.removeprefix("\n")
        elif field.get("type") not in ("checkbox", "radio") or field.has_attr("checked"):
            sent[field["name"]] = field.get("value", "")
    return {name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"} | said


def act(page: BeautifulSoup, name: str, **said: str) -> dict[str, str]:
    """What a browser sends for one of the next steps on a page."""
    form = next(one for one in page.select("main form") if one.select_one(f"input[name=do][value={name}]"))
    return filled(BeautifulSoup(str(form), "html.parser"), "form", **said)


def terminal(*arguments: str):
    done = CliRunner().invoke(group, [*arguments, "--json", "--lang", "en"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_one_question_one_answer_through_web_api_and_terminal(world) -> None:
    world.announce()
    world.announce(title="Second", open_to_partners=True)
    client = browser(world, "office")
    wanted = plain(queries.changes(world.office))
    assert client.get(f"{API}/changes").json() == wanted
    assert [one | {"own": False} for one in terminal("changes")] == wanted
    page = soup(client.get(f"{WEB}/changes/"))
    assert [a.text for a in page.select("tbody th a")] == [one["title"] for one in wanted]
    told = plain(queries.feed(world.office, since=date(2026, 11, 1)))
    assert client.get(f"{API}/feed", {"since": "2026-11-01"}).json() == told
    assert terminal("feed", "--since", "2026-11-01") == told
    shown = soup(client.get(f"{WEB}/", {"since": "2026-11-01"}))
    assert [a.text for a in shown.select("ol.thread a")] == [one["sentence"] for one in told["items"]]
    times = plain(queries.lead_times(world.office))
    assert client.get(f"{API}/lead-times").json() == times == terminal("lead-times")


def test_the_terminal_also_speaks_in_tables(world) -> None:
    world.announce()
    for command in (["feed"], ["changes"], ["lead-times"]):
        done = CliRunner().invoke(group, [*command, "--lang", "en"])
        assert done.exit_code == 0, done.output
        assert "bot" in done.output
    assert CliRunner().invoke(group, ["feed", "--since", "yesterday"]).exit_code == 2


def test_journey_two_by_hand_on_the_web(world, days) -> None:
    lead, teacher, designer = (browser(world, name) for name in ("lead", "teacher", "designer"))
    announce = soup(lead.get(f"{WEB}/changes/new/"))
    sent = filled(
        announce, title="The bot hands over", text=WORDS, from_on="2027-03-01", kind="channel",
        tasks="take over a chat\n\nsum up a chat", competences="use CRM",
    )  # fmt: skip
    refused = lead.post(f"{WEB}/changes/new/", sent | {"competences": "teleport"})
    assert refused.status_code == 422
    assert "teleport" in soup(refused).select_one("[role=alert]").text
    label = queries.change(world.lead, id=world.announce()).competences[0].label
    assert lead.post(f"{WEB}/changes/new/", sent | {"competences": label}).status_code == 302
    change = Change.objects.latest("pk")
    assert change.tasks == ["take over a chat", "sum up a chat"]

    page = soup(teacher.get(f"{WEB}/changes/{change.pk}/"))
    ask = page.find("a", string="Ask to look in")["href"]
    asked = teacher.post(ask, filled(soup(teacher.get(ask))))  # two taps: the form is filled in
    assert asked.status_code == 302
    look_in = LookIn.objects.get()
    assert f"{WEB}/look-ins/{look_in.pk}/" == asked.url

    waiting = soup(lead.get(f"{WEB}/")).select_one("section.panel li a")
    agree = soup(lead.get(waiting["href"]))
    assert lead.post(asked.url, act(agree, "agree")).status_code == 302
    days(7)
    note = soup(teacher.get(asked.url))
    first, second = world.processes
    lines = {
        "line-0-work_process": str(first), "line-0-seen": WORDS, "line-0-competence": label, "line-0-level": "2",
        "line-1-work_process": str(second), "line-1-seen": "The adviser sums up the chat.",
    }  # fmt: skip
    bad = teacher.post(asked.url, act(note, "note", **(lines | {"line-0-competence": "teleport"})))
    assert bad.status_code == 422
    assert WORDS in bad.content.decode()
    assert teacher.post(asked.url, act(note, "note", **lines)).status_code == 302
    days(9)
    approve = soup(lead.get(asked.url))
    assert WORDS in approve.text
    assert lead.post(asked.url, act(approve, "approve")).status_code == 302
    late = lead.post(asked.url, act(approve, "approve"))
    assert (late.status_code, "alert" in late.content.decode()) == (422, True)

    days(20)
    address = f"{WEB}/changes/{change.pk}/"
    step = filled(soup(designer.get(address)), step="planned", target=str(world.version))
    assert designer.post(address, step).status_code == 302
    field_world.publish(world.version, later(world.designer, 30).at)
    days(40)
    assert teacher.post(address, filled(soup(teacher.get(address)), step="taught")).status_code == 302
    page = soup(designer.get(address))
    assert [h3.text for h3 in page.select("ol.thread h3")] == [
        "announced", "look-in asked", "look-in agreed", "seen at work", "notes approved", "added to the evidence",
        "planned in a programme", "published", "first lesson",
    ]  # fmt: skip
    assert "2 days waited for the employer" in page.text
    assert "It took 40 days." in page.text
    assert page.find("a", string="Difference with the national dossier")["href"].endswith("/klantadviseur/2/delta/")
    assert page.select_one("figure.chart table")


def test_a_change_is_edited_and_withdrawn_on_the_web(world) -> None:
    lead, change = browser(world, "lead"), world.announce()
    address = f"{WEB}/changes/{change}/edit/"
    first = filled(soup(lead.get(address)), title="In other words")
    assert lead.post(address, first).status_code == 302
    assert lead.post(address, first).status_code == 422  # someone saved since
    page = soup(lead.get(f"{WEB}/changes/{change}/"))
    assert "The bot hands chats over" in page.select_one("details dl").text
    leave = filled(soup(lead.get(address)), "main details form", **{"away-reason": "The supplier stopped."})
    assert lead.post(address, leave).status_code == 302
    assert Change.objects.get(pk=change).withdrawn_at is not None
    assert browser(world, "teacher").get(address).status_code == 302


def test_placements_by_hand_on_the_web(world, days) -> None:
    teacher, lead = browser(world, "teacher"), browser(world, "lead")
    form = soup(teacher.get(f"{WEB}/placements/new/"))
    sent = filled(form, aim="Evening shift", starts_on="2026-12-01", ends_on="2026-12-04")
    wrong = teacher.post(f"{WEB}/placements/new/", sent | {"ends_on": "2026-12-01"})
    assert wrong.status_code == 422
    asked = teacher.post(f"{WEB}/placements/new/", sent | {"organisation": str(world.employer.id)})
    assert asked.status_code == 302
    assert lead.post(asked.url, act(soup(lead.get(asked.url)), "welcome")).status_code == 302
    days(12)
    done = act(soup(teacher.get(asked.url)), "finish", **{"finish-outcome": "A unit on evening calls."})
    assert teacher.post(asked.url, done).status_code == 302
    assert "A unit on evening calls." in soup(lead.get(f"{WEB}/placements/")).text


def test_journey_two_for_programs(world, days) -> None:
    lead, teacher, designer = (browser(world, name) for name in ("lead", "teacher", "designer"))

    def send(client: Client, path: str, body: dict, method: str = "post"):
        return getattr(client, method)(f"{API}/{path}", body, content_type="application/json")

    made = send(lead, "changes", DRAFT)
    assert made.status_code == 201, made.content
    change = made.json()["id"]
    again = send(lead, f"changes/{change}", DRAFT | {"version": 1, "title": "Other"}, "put")
    assert again.json()["version"] == 2
    assert send(lead, f"changes/{change}", DRAFT | {"version": 1}, "put").status_code == 409
    ask = {"school": "the-school", "organisation": "the-employer", "question": "How?", "wantedOn": "2026-11-25"}
    look_in = send(teacher, "look-ins", ask | {"change": change}).json()["id"]
    terms = {"version": 1, "agreedOn": "2026-11-25", "accessUntilOn": "2026-12-05", "terms": SECRET}
    assert send(lead, f"look-ins/{look_in}/agreement", terms).json()["state"] == "agreed"
    days(3)
    line = {"workProcess": world.processes[0], "seen": WORDS, "competence": world.competence, "level": 2}
    assert send(teacher, f"look-ins/{look_in}/notes", {"version": 2, "lines": [line]}, "put").json()["version"] == 3
    assert send(lead, f"look-ins/{look_in}/return", {"version": 3, "reason": "Shorter."}).json()["state"] == "returned"
    assert send(teacher, f"look-ins/{look_in}/notes", {"version": 4, "lines": [line]}, "put").status_code == 200
    assert send(lead, f"look-ins/{look_in}/approval", {"version": 5}).json()["state"] == "approved"
    page = teacher.get(f"{API}/look-ins/{look_in}").json()
    assert page["notes"][0]["seen"] == WORDS
    assert page["pieces"] == []  # a coach does not open the evidence
    assert designer.get(f"{API}/look-ins/{look_in}").json()["pieces"]
    step = {"step": "planned", "programmeVersion": world.version}
    assert send(designer, f"changes/{change}/steps", step).status_code == 201
    assert send(teacher, f"changes/{change}/steps", {"step": "taught"}).status_code == 201
    found = designer.get(f"{API}/changes/{change}").json()
    assert found == plain(queries.change(later(world.designer, 3), id=change))
    assert (found["change"]["lead"]["total"], found["change"]["lead"]["ended"]) == (3, "taught")


def test_placements_and_noes_for_programs(world) -> None:
    lead, teacher = browser(world, "lead"), browser(world, "teacher")

    def send(client: Client, path: str, **body: object):
        return client.post(f"{API}/{path}", body, content_type="application/json")

    where = {"school": "the-school", "organisation": "the-employer"}
    for verb in ("refusal", "cancellation"):
        look_in = send(teacher, "look-ins", **where, question="How?", wantedOn="2026-12-01").json()["id"]
        who = lead if verb == "refusal" else teacher
        assert send(who, f"look-ins/{look_in}/{verb}", version=1, reason="Not now.").status_code == 200
    days = {"startsOn": "2026-11-23", "endsOn": "2026-11-27"}
    first, second = (send(teacher, "placements", **where, aim=aim, **days).json()["id"] for aim in ("a", "b"))
    assert send(lead, f"placements/{first}/agreement", version=1).json()["state"] == "agreed"
    assert send(teacher, f"placements/{first}/outcome", version=2, outcome="Much.").json()["state"] == "done"
    assert send(lead, f"placements/{second}/refusal", version=1, reason="Busy.").json()["state"] == "refused"
    assert {one["state"] for one in teacher.get(f"{API}/placements").json()} == {"done", "refused"}
    assert teacher.get(f"{API}/placements/{first}").json()["outcome"] == "Much."
    change = send(lead, "changes", **DRAFT).json()["id"]
    assert send(lead, f"changes/{change}/withdrawal", version=1, reason="No.").status_code == 200


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"kind": "weather"}, 400), ({"title": "a\x00"}, 400), ({"age": 3}, 400), ({"competences": [10**9]}, 422),
     ({"organisation": "nobody"}, 404), ({"organisation": "the-other"}, 403), ({"title": ""}, 422)],
)  # fmt: skip
def test_a_program_is_refused_with_a_problem(world, changed, status) -> None:
    answer = browser(world, "lead").post(f"{API}/changes", DRAFT | changed, content_type="application/json")
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert not Change.objects.exists()


@pytest.mark.parametrize("name", ["rival", "colleague", "stranger"])
def test_who_is_no_party_reaches_nothing_of_it_by_any_door(world, name) -> None:
    change = world.announce(text=SECRET) if name == "rival" else None
    look_in = world.ask()
    world.agree(look_in)
    world.note(look_in, seen=SECRET)
    placement = actions.ask_placement(
        world.teacher, school=world.school.id, organisation=world.employer.id, aim=SECRET,
        starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2),
    ).id  # fmt: skip
    client = browser(world, name)
    own = [f"look-ins/{look_in}", f"placements/{placement}", *([f"changes/{change}"] if change else [])]
    for path in own:
        assert client.get(f"{API}/{path}").status_code == 404
        assert client.get(f"{WEB}/{path}/").status_code == 404
    for path in ("feed", "changes", "look-ins", "placements", "lead-times"):
        assert SECRET not in client.get(f"{API}/{path}").content.decode()
    for path in ("", "changes/", "look-ins/", "placements/", "lead-times/"):
        assert SECRET not in client.get(f"{WEB}/{path}").content.decode()
    for verb in ("agreement", "refusal", "cancellation", "approval", "return"):
        body = dict.fromkeys(("agreedOn", "accessUntilOn"), "2026-12-01") | {"terms": "x"}
        body = (body if verb == "agreement" else {} if verb == "approval" else {"reason": "x"}) | {"version": 3}
        sent = client.post(f"{API}/look-ins/{look_in}/{verb}", body, content_type="application/json")
        assert sent.status_code == 404, (verb, sent.content)
    assert client.post(f"{WEB}/look-ins/{look_in}/", {"do": "approve", "approve-version": "3"}).status_code == 404
    assert LookIn.objects.get().state == "noted"


def test_the_office_reads_no_notes_before_they_are_approved_by_any_door(world) -> None:
    look_in = world.ask()
    world.agree(look_in)
    world.note(look_in, seen=SECRET + " in de notitie")
    office = browser(world, "office")
    for address in (f"{API}/look-ins/{look_in}", f"{API}/look-ins", f"{WEB}/look-ins/{look_in}/", f"{API}/feed"):
        assert "in de notitie" not in office.get(address).content.decode()
    sent = office.post(f"{WEB}/look-ins/{look_in}/", {"do": "approve", "approve-version": "3"})
    assert sent.status_code == 403
    world.approve(look_in)
    assert "in de notitie" in office.get(f"{WEB}/look-ins/{look_in}/").content.decode()


def test_after_access_ended_the_page_of_the_school_shows_only_approved_notes(world, days) -> None:
    look_in = world.ask()
    world.agree(look_in)
    world.note(look_in)
    world.approve(look_in)
    teacher = browser(world, "teacher")
    assert SECRET in teacher.get(f"{WEB}/look-ins/{look_in}/").content.decode()
    days(16)
    for address in (f"{WEB}/look-ins/{look_in}/", f"{API}/look-ins/{look_in}", f"{API}/look-ins"):
        answer = teacher.get(address).content.decode()
        assert SECRET not in answer
        assert WORDS in answer or address.endswith("look-ins")


PAGES = ("", "changes/", "changes/new/", "look-ins/", "look-ins/new/", "placements/", "placements/new/", "lead-times/")


@pytest.mark.parametrize("page", PAGES)
def test_pages_teach_when_empty_and_stay_shut_for_others(world, page) -> None:
    for name in ("lead", "teacher", "designer", "office"):
        answer = browser(world, name).get(f"{WEB}/{page}")
        assert answer.status_code == 200, name
        shown = soup(answer)
        assert shown.h1
        assert not shown.find_all(style=True)
        assert not shown.select("main script")
        assert shown.select_one("main .empty, main form[method=post], main .notice, main section.panel"), name
    assert Client().get(f"{WEB}/{page}").status_code == 302
    shut = factories.client("municipality").get(f"{WEB}/{page}").status_code
    assert shut in ((200,) if page == "changes/new/" else (403,))
    weak = factories.client_of(world.accounts["teacher"], strong=False).get(f"{WEB}/{page}").status_code
    assert weak in ((200,) if page == "changes/new/" else (403,))


def test_a_visitor_and_other_desks_are_refused_by_the_api(world) -> None:
    for path in ("feed", "changes", "look-ins", "placements", "lead-times"):
        assert Client().get(f"{API}/{path}").status_code == 401
        assert factories.client("association").get(f"{API}/{path}").status_code == 403


def test_a_day_that_is_none_shows_the_last_month(world) -> None:
    world.announce()
    for since in ("", "yesterday", "2099-01-01", "0001-01-01"):
        assert browser(world, "teacher").get(f"{WEB}/", {"since": since}).status_code == 200
    assert browser(world, "teacher").get(f"{API}/feed", {"since": "yesterday"}).status_code == 400
