"""Do browser, program and terminal give one answer, and do they refuse the same things?"""

from __future__ import annotations

import json
from datetime import date
from typing import get_args

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.test import Client
from tests import factories
from tests.rooms.people.conftest import MESSAGE, NAME, NOTE

from valley.foundation import accounts, privacy
from valley.foundation.answers import plain
from valley.people import actions, queries
from valley.people.api import shares as shares_api
from valley.people.cli import group
from valley.people.queries import gate

API = "/api/v1/people"
EVERY_TABLE = ("Person", "Claim", "SpokenLanguage", "Wishes", "Consent", "Share", "ShareLook")


@pytest.fixture
def worker(scene):
    return factories.client_of(scene.account)


def _cli(*arguments: str, code: int = 0) -> dict:
    result = CliRunner().invoke(group, [*arguments, "--json", "--lang", "en"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def _send(client, method: str, path: str, body: dict | None = None):
    return getattr(client, method)(f"{API}{path}", json.dumps(body or {}), content_type="application/json")


def test_one_passport_through_three_doors(scene, worker) -> None:
    asked = plain(queries.passport(scene.worker, person=scene.person))
    program = worker.get(f"{API}/me/passport").json()
    terminal = _cli("show", scene.account.email)
    assert program == terminal == asked
    page = worker.get("/people/passport/").content.decode()
    assert NAME in page
    for claim in asked["claims"]:
        assert claim["label"] in page and f"{claim['level']} · {claim['levelWords']}" in page
    assert "German: B2" in page


def test_one_export_through_three_doors_holds_every_row(scene, worker) -> None:
    actions.look_at_share(scene.recruiter, key=scene.share())
    browser = worker.post("/people/export/")
    assert "attachment" in browser["Content-Disposition"]
    found = [json.loads(browser.content), worker.get(f"{API}/me/export").json(), _cli("export", scene.account.email)]
    histories = [document.pop("history") for document in found]
    assert [len(lines) for lines in histories] == [len(histories[0]) + n for n in range(3)]
    for document in found:
        document["records"].pop("sessions.Session", None)
    assert found[0] == found[1] == found[2]
    text = json.dumps(found[0], ensure_ascii=False)
    assert all(secret in text for secret in (NAME, NOTE, MESSAGE, scene.account.email))


def test_an_export_has_every_personal_table_of_the_room_and_no_row_is_forgotten(scene) -> None:
    actions.look_at_share(scene.recruiter, key=scene.share())
    records = actions.take_export(scene.worker, person=scene.person).records
    for table in EVERY_TABLE:
        assert len(records[f"people.{table}"]) == apps.get_model("people", table)._base_manager.count()
    assert records["people.Person"][0]["name"] == NAME
    assert NOTE in {row["note"] for row in records["people.Claim"]}
    assert records["people.Share"][0]["message"] == MESSAGE
    assert records["foundation.Account"][0]["email"] == scene.account.email


def test_an_export_names_nobody_else(scene) -> None:
    actions.look_at_share(scene.recruiter, key=scene.share())
    other = actions.start_passport(factories.caller_of(factories.account()), name="Someone Unrelated")
    text = json.dumps(plain(actions.take_export(scene.worker, person=scene.person)))
    assert other != scene.person
    assert "Someone Unrelated" not in text and scene.recruiter.pseudonym not in text


def test_every_table_of_the_room_is_in_the_register() -> None:
    assert not [label for label in privacy.undeclared() if label.startswith("people.")]
    declared = {label for label in privacy.register() if label.startswith("people.")}
    assert declared == {f"people.{table}" for table in EVERY_TABLE}


def test_a_program_runs_the_whole_passport(words) -> None:
    account = factories.account()
    client = factories.client_of(account)
    assert client.get(f"{API}/me/passport").status_code == 404
    assert _send(client, "post", "/me/passport", {"name": "Ada"}).status_code == 201
    assert _send(client, "post", "/me/passport", {}).status_code == 409
    one, two = words["listen actively"], words["type fast"]
    stated = _send(client, "post", "/me/claims", {"statements": [{"competence": one, "level": 2}]})
    assert stated.status_code == 201 and len(stated.json()["claims"]) == 1
    body = {"level": 3, "note": "at home", "saidOn": "2026-01-02"}
    assert _send(client, "put", f"/me/claims/{two}", body).json()["claims"][1]["saidOn"] == "2026-01-02"
    stale = _send(client, "put", f"/me/claims/{two}", {"level": 1, "version": 7})
    assert stale.status_code == 409 and stale["Content-Type"].startswith("application/problem+json")
    assert len(client.delete(f"{API}/me/claims/{two}").json()["claims"]) == 1
    assert client.delete(f"{API}/me/claims/{two}").status_code == 404
    assert _send(client, "put", "/me/languages/fr", {"cefr": 3}).json()["languages"][0]["cefrWords"] == "B1"
    assert client.delete(f"{API}/me/languages/fr").json()["languages"] == []
    wishes = {"hoursMax": 24, "place": "maastricht", "permits": ["vog"], "startsOn": "2027-02-01"}
    assert _send(client, "put", "/me/wishes", wishes).json()["wishes"]["hoursMax"] == 24
    assert _send(client, "put", "/me/consents/sector-run").json()["compared"] is True
    assert client.delete(f"{API}/me/consents/sector-run").json()["compared"] is False
    assert _send(client, "put", "/me/name", {"name": "Bea"}).json()["name"] == "Bea"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("put", "/me/claims/1", {"level": 5}, 400),
        ("put", "/me/claims/1", {"level": 2, "grade": 3}, 400),
        ("put", "/me/claims/1", {"level": 2, "note": "a\u0000b"}, 400),
        ("put", "/me/claims/1", {"level": 2, "saidOn": 0}, 400),
        ("put", "/me/claims/1", {"level": 2, "saidOn": "2026-13-01"}, 400),
        ("put", "/me/claims/1", {"level": True}, 400),
        ("post", "/me/shares", {"reader": 1, "purpose": "gossip", "parts": ["name"], "endsOn": "2027-01-01"}, 400),
        ("put", "/me/claims/99999999999999999999", {"level": 2}, 422),
        ("put", "/me/claims/-4", {"level": 2}, 422),
        ("put", "/me/languages/%00", {"cefr": 2}, 422),
        ("put", "/me/wishes", {"hoursMin": 3, "hoursMax": 2}, 422),
        ("put", "/me/wishes", {"hoursMin": 10**30}, 400),
        ("put", "/me/consents/marketing", {}, 422),
        ("delete", "/me/shares/%00", None, 404),
        ("post", "/shared/%00/looks", {}, 404),
        ("post", "/me/shares", {"reader": 1, "purpose": "application", "parts": [], "endsOn": "2027-01-01"}, 400),
        ("post", "/me/erasure", {"confirm": "erase"}, 403),
    ],
)
def test_a_program_is_refused_with_a_problem_document(worker, method: str, path: str, body, status: int) -> None:
    answer = _send(worker, method, path, body)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/problem+json")


def test_the_declared_choices_are_the_ones_of_the_room() -> None:
    assert get_args(shares_api.PurposeWord) == gate.SHARE_PURPOSES
    assert get_args(shares_api.Part) == gate.PARTS


def test_shares_through_the_api(scene, worker) -> None:
    body = {"reader": scene.employer.id, "purpose": "application", "parts": ["name"], "endsOn": "2026-12-31"}
    given = _send(worker, "post", "/me/shares", body)
    assert given.status_code == 201
    key = given.json()["key"]
    desk = factories.client("recruiter", scene.employer)
    assert [row["key"] for row in desk.get(f"{API}/shared?organisation={scene.employer.id}").json()] == [key]
    seen = _send(desk, "post", f"/shared/{key}/looks")
    assert seen.status_code == 201 and seen.json()["view"]["name"] == NAME and seen.json()["view"]["claims"] == []
    assert worker.get(f"{API}/me/looks").json()[0]["organisation"] == "Centre One"
    assert _send(factories.client("recruiter"), "post", f"/shared/{key}/looks").status_code == 404
    weak = factories.client("recruiter", scene.employer, strong=False)
    assert _send(weak, "post", f"/shared/{key}/looks").json()["type"] == "urn:valley:second-factor-needed"
    assert worker.delete(f"{API}/me/shares/{key}").json()["state"] == "withdrawn"
    assert _send(desk, "post", f"/shared/{key}/looks").status_code == 404
    assert desk.get(f"{API}/shared?organisation={scene.school.id}").status_code == 403


@pytest.mark.parametrize("path", ["/me/passport", "/me/shares", "/me/looks", "/me/export", "/shared?organisation=1"])
def test_a_visiting_program_must_sign_in(client, path: str) -> None:
    assert client.get(f"{API}{path}").status_code == 401


def test_the_terminal_lists_pseudonyms_and_never_a_name(scene) -> None:
    result = CliRunner().invoke(group, ["list"])
    pseudonym = queries.passport(scene.worker, person=scene.person).pseudonym
    assert _cli("list")["items"][0] == plain(queries.persons(factories.operator()).items[0])
    assert _cli("list")["items"][0]["pseudonym"] == pseudonym
    assert NAME not in result.output and scene.account.email not in result.output


def test_the_terminal_shows_by_pseudonym_or_address_and_the_log_says_so(scene) -> None:
    pseudonym = queries.passport(scene.worker, person=scene.person).pseudonym
    assert _cli("show", pseudonym) == _cli("show", scene.account.email.upper())
    history = actions.take_export(scene.worker, person=scene.person).history
    assert [(line.verb, line.by_owner) for line in history[:3]] == [
        ("people.take_export", True),
        ("people.consult_passport", False),
        ("people.consult_passport", False),
    ]


@pytest.mark.parametrize("who", ["nobody@valley.test", "0" * 32, "", "'; drop table people_person; --"])
def test_the_terminal_does_not_know_strangers(scene, who: str) -> None:
    for command in ("show", "export", "erase"):
        assert _cli(command, who, *(["--yes"] if command == "erase" else []), code=2)["error"] == "not-found"


def test_erasing_at_the_terminal_needs_yes(scene) -> None:
    assert _cli("erase", scene.account.email, code=2)["error"] == "erasure-not-confirmed"
    assert queries.my_person(scene.worker) == scene.person
    assert _cli("erase", scene.account.email, "--yes")["rows"]["people.Claim"] == 2
    assert queries.my_person(scene.worker) is None


def test_only_the_operator_looks_people_up(scene) -> None:
    for caller in (scene.worker, scene.recruiter, factories.caller("office")):
        for question in (
            lambda who=caller: queries.person_of(who, who=scene.account.email),
            lambda who=caller: queries.persons(who),
            lambda who=caller: actions.consult_passport(who, who=scene.account.email),
            lambda who=caller: actions.import_people(who, rows=[]),
        ):
            with pytest.raises(Exception, match=r"operator|purpose"):
                question()


def test_a_program_with_a_key_writes_without_a_form_token_and_a_session_does_not(scene) -> None:
    operator = factories.operator()
    key = accounts.issue_token(operator, account=scene.account.pk, label="test", ends_on=date(2027, 1, 1))
    body, path = json.dumps({"cefr": 3}), f"{API}/me/languages/fr"
    program = Client(enforce_csrf_checks=True)
    sent = program.put(path, body, content_type="application/json", headers={"Authorization": f"Bearer {key}"})
    assert sent.status_code == 200 and len(sent.json()["languages"]) == 2
    assert program.put(path, body, content_type="application/json").status_code == 401
    wrong = program.put(path, body, content_type="application/json", headers={"Authorization": "Bearer valley_x"})
    assert wrong.status_code == 401
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(scene.account, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.put(path, body, content_type="application/json").status_code == 403
