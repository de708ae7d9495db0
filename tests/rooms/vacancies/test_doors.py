"""Do the interface and the terminal say the same as the actions and queries, and refuse the same?"""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from tests import factories
from tests.rooms.vacancies.conftest import DOSSIER, FIRST, TASK

from valley.foundation.answers import plain
from valley.vacancies import queries
from valley.vacancies.cli import group

API = "/api/v1/vacancies"
OPENING = {
    "role": "adviser-1", "title": "Klantadviseur Duits", "contract": "fixed-term", "months": 12, "hoursMin": 24,
    "hoursMax": 32, "payMin": "15.50", "payMax": "17.25", "place": "maastricht", "startsFromOn": "2027-03-01",
    "startsUntilOn": "2027-06-01", "closesOn": "2027-02-15", "languages": [{"code": "nl", "cefr": 4}],
}  # fmt: skip
VACANCY = {
    "opening": OPENING,
    "practices": [{"dossier": DOSSIER, "process": FIRST, "hours": 120}],
    "preview": {"day": "Veertig gesprekken."},
    "requirements": [{"kind": "other", "words": "EHBO", "task": TASK}],
}


def send(client, method: str, path: str, body: object, status: int) -> dict:
    answer = getattr(client, method)(f"{API}{path}", body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def run(*words: str, code: int = 0) -> object:
    done = CliRunner().invoke(group, [*words, "--json"])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout) if done.stdout else None


def test_a_vacancy_comes_to_be_changes_opens_and_comes_again_through_the_interface(region) -> None:
    client = factories.client("recruiter", region.employer)
    made = send(client, "post", "", {"organisation": region.employer.slug, "vacancy": VACANCY}, 201)
    slug = made["slug"]
    assert made["state"] == "draft"
    changed = {"version": 1, "vacancy": {**VACANCY, "preview": {"day": "Rustig."}}}
    assert send(client, "put", f"/{slug}", changed, 200)["version"] == 2
    assert send(client, "put", f"/{slug}", {**changed, "vacancy": VACANCY}, 409)["type"] == "urn:valley:conflict"
    assert send(client, "post", f"/{slug}/publish", {"version": 2}, 200)["state"] == "open"
    copy = send(client, "post", f"/{slug}/duplicate", {}, 201)
    assert copy["state"] == "draft"
    window = {"startsFromOn": "2028-03-01", "startsUntilOn": "2028-04-01", "closesOn": "2028-02-01", "publish": True}
    again = send(client, "post", f"/{slug}/renew", window, 201)
    page = client.get(f"{API}/{again['slug']}").json()
    assert page["page"]["opening"]["startsFromOn"] == "2028-03-01"
    assert page["practices"][0]["process"] == FIRST
    assert client.get(f"{API}?limit=10").json()["total"] == 2


def test_a_challenged_vacancy_is_refused_with_its_fields(region) -> None:
    client = factories.client("recruiter", region.employer)
    asked = {**VACANCY, "requirements": [{"kind": "diploma", "words": "mbo-4"}]}
    body = {"organisation": region.employer.slug, "vacancy": asked, "publish": True}
    refused = send(client, "post", "", body, 422)
    assert refused["facts"]["field"] == "requirements.1"
    lines = send(client, "post", "/challenges", asked, 200)
    assert [(one["rule"], one["severity"], one["blocks"]) for one in lines] == [("no-task", "unneeded", True)]
    kept = send(client, "post", "", {**body, "publish": False}, 201)
    assert client.get(f"{API}/{kept['slug']}/challenges").json() == lines
    assert factories.client("recruiter", region.other).get(f"{API}/{kept['slug']}/challenges").status_code == 404


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"opening": {**OPENING, "seats": 0}}, 400),
        ({"opening": {**OPENING, "startsUntilOn": "2027-02-01"}}, 422),
        ({"opening": {**OPENING, "languages": [{"code": "xx", "cefr": 4}]}}, 422),
        ({"opening": {**OPENING, "languages": [{"code": "nl", "cefr": 7}]}}, 400),
        ({"opening": {**OPENING, "payHistory": "20.00"}}, 400),
        ({"photo": "x"}, 400),
        ({"practices": [{"dossier": DOSSIER, "process": "B9-K9-W9", "hours": 1}]}, 422),
        ({"practices": [{"dossier": DOSSIER, "process": FIRST, "hours": 0}]}, 400),
        ({"requirements": [{"kind": "age", "words": "18"}]}, 400),
    ],
)
def test_bad_input_is_refused_and_nothing_is_kept(region, changed, status) -> None:
    client = factories.client("recruiter", region.employer)
    body = {"organisation": region.employer.slug, "vacancy": {**VACANCY, **changed}}
    send(client, "post", "", body, status)
    assert client.get("/work/desk/").status_code == 200
    assert queries.training_companies(factories.visitor()) == ()


def test_another_employer_writes_nothing_here(region) -> None:
    saved = region.open()
    for role, partner in (("recruiter", region.other), ("team-lead", region.employer), ("coach", None)):
        client = factories.client(role, partner)
        send(client, "post", "", {"organisation": region.employer.slug, "vacancy": VACANCY}, 403)
        for path in ("publish", "duplicate"):
            answer = client.post(f"{API}/{saved.slug}/{path}", {"version": 1}, content_type="application/json")
            assert answer.status_code == 403, (role, path)
        answer = client.put(f"{API}/{saved.slug}", {"version": 1, "vacancy": VACANCY}, content_type="application/json")
        assert answer.status_code in (403, 404)
    visitor = factories.client_of(factories.account())
    send(visitor, "post", "", {"organisation": region.employer.slug, "vacancy": VACANCY}, 403)


def test_a_draft_is_for_its_desk_and_a_team_lead_reads_it(region, client) -> None:
    saved = region.open()
    kept = factories.client("recruiter", region.employer).post(
        f"{API}/{saved.slug}/duplicate", {}, content_type="application/json"
    )
    path = f"{API}/{kept.json()['slug']}"
    assert factories.client("team-lead", region.employer).get(path).status_code == 200
    assert factories.client("recruiter", region.other).get(path).status_code == 404
    assert client.get(path).status_code == 404
    assert client.get(f"{API}/{saved.slug}").status_code == 200


def test_recognitions_are_said_looked_up_and_ended_through_the_interface(region, client) -> None:
    steward, office = factories.client("steward", region.employer), factories.client("office")
    body = {"organisation": region.employer.slug, "dossier": DOSSIER, "fromOn": "2026-01-01", "source": "SBB register"}
    said = send(steward, "post", "/recognitions", body, 201)
    assert said["checkedOn"] is None
    send(steward, "post", "/recognitions", body, 409)
    send(factories.client("recruiter", region.employer), "post", "/recognitions", body, 403)
    assert client.get(f"{API}/training-companies").json() == []
    send(steward, "post", f"/recognitions/{said['id']}/check", {}, 403)
    checked = send(office, "post", f"/recognitions/{said['id']}/check", {}, 200)
    ended = send(steward, "post", f"/recognitions/{checked['id']}/end", {"untilOn": "2028-01-01"}, 200)
    client.cookies["django_language"] = "en"
    (line,) = client.get(f"{API}/training-companies?dossier={DOSSIER}").json()
    assert (line["id"], line["untilOn"], line["state"]) == (ended["id"], "2028-01-01", "current")
    assert steward.get(f"{API}/organisations/{region.employer.slug}/recognitions").json() == [line]


def test_the_terminal_says_the_same_as_the_interface(region, client, tmp_path) -> None:
    saved = region.open()
    region.recognise(date(2026, 1, 1), date(2027, 12, 1))
    shown = run("show", saved.slug, "--lang", "en")
    assert shown == plain(queries.vacancy_page(factories.operator(), slug=saved.slug))
    assert shown["practices"] == client.get(f"{API}/{saved.slug}", HTTP_ACCEPT_LANGUAGE="en").json()["practices"]
    assert [one["kind"] for one in run("warnings", region.employer.slug)] == ["ends"]
    assert (
        run("training-companies", "--lang", "en")
        == client.get(f"{API}/training-companies", HTTP_ACCEPT_LANGUAGE="en").json()
    )
    text = tmp_path / "text.txt"
    text.write_text("Je komt in een jong team. Minimaal mbo-4.", encoding="utf-8")
    assert [one["rule"] for one in run("challenge", str(text))] == ["age", "diploma-in-text"]
    assert run("challenge", "--opening", saved.slug) == []


def test_the_terminal_states_a_recognition_and_refuses_days_in_the_wrong_order(region) -> None:
    words = ("recognise", region.employer.slug, "--dossier", DOSSIER, "--source", "SBB register")
    done = run(*words, "--from", "2026-01-01", "--until", "2027-01-01")
    assert done["checkedOn"] == factories.ON.isoformat()
    run(*words, "--from", "2029-01-01", "--until", "2028-01-01", code=2)
    run(*words, "--from", "2026-06-01", code=2)
    ended = run("end-recognition", str(done["id"]), "--until", "2026-12-01")
    assert ended["untilOn"] == "2026-12-01"
    assert CliRunner().invoke(group, ["challenge"]).exit_code == 2
