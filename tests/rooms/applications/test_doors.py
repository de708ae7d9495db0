"""Do browser, program and terminal give one answer and the same refusals, and can no address put people in order?"""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from django.test import Client
from tests import factories
from tests.rooms.applications.conftest import MESSAGE, NAME, Scene, upkeep

from valley.applications import actions, queries
from valley.applications.cli import group
from valley.applications.models import Application, ProcedureCount
from valley.foundation.answers import plain
from valley.work import actions as work

API = "/api/v1/applications"
ORDERS = ("sort=fit", "order=-name", "ordering=score", "filter=best", "fit=0.5", "minFit=0.8", "q=Zofia", "score=1",
          "state=sent", "limit=1&offset=1")  # fmt: skip


@pytest.fixture
def worker(scene: Scene) -> Client:
    return factories.client_of(scene.account)


@pytest.fixture
def desk(scene: Scene) -> Client:
    return factories.client_of(scene.recruiter_account)


def _send(client: Client, method: str, path: str, body: dict[str, object] | None = None):
    return getattr(client, method)(f"{API}{path}", json.dumps(body or {}), content_type="application/json")


def _cli(*arguments: str, code: int = 0):
    result = CliRunner().invoke(group, [*arguments, "--json", "--lang", "en"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def _form(scene: Scene, **changed: object) -> dict[str, object]:
    chosen = list(scene.held[:2])
    seen = "competences,name:" + ",".join(str(one) for one in sorted(chosen))
    return {
        "parts": ["name", "competences"],
        "competences": chosen,
        "message": MESSAGE,
        "ends_on": "2027-02-01",
        "seen": seen,
    } | changed


def test_the_page_to_apply_previews_and_then_sends(scene: Scene, worker: Client) -> None:
    path = f"/applications/apply/{scene.opening.slug}/"
    first = worker.get(path).content.decode()
    assert "This is exactly what they will see" in first and NAME in first and 'name="send"' in first
    assert first.count("<h1") == 1 and not re.search(r'style="|<script>|onclick', first)
    shown = worker.post(path, _form(scene, show="1"))
    assert shown.status_code == 200 and Application._base_manager.count() == 0
    sent = worker.post(path, _form(scene, send="1"))
    assert sent["Location"] == "/applications/"
    page = worker.get("/applications/").content.decode()
    assert scene.opening.title in page and MESSAGE in page and "Nobody looked yet." in page
    assert "You applied for this opening already" in worker.get(path).content.decode()


def test_nothing_is_sent_that_was_not_on_the_page_first(scene: Scene, worker: Client) -> None:
    path = f"/applications/apply/{scene.opening.slug}/"
    changed = worker.post(path, _form(scene, parts=["name", "competences", "wishes"], send="1"))
    assert changed.status_code == 422 and "You changed something" in changed.content.decode()
    assert Application._base_manager.count() == 0
    seen = re.search(r'name="seen" value="([^"]*)"', changed.content.decode())
    assert seen and seen[1].startswith("competences,name,wishes:")
    again = _form(scene, parts=["name", "competences", "wishes"], send="1", seen=seen[1])
    assert worker.post(path, again).status_code == 302


def test_an_opening_that_closed_meanwhile_loses_nothing_of_the_form(scene: Scene, worker: Client) -> None:
    work.close_opening(scene.recruiter, slug=scene.opening.slug, version=scene.opening.version)
    answer = worker.post(f"/applications/apply/{scene.opening.slug}/", _form(scene, send="1"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert MESSAGE in page and "2027-02-01" in page and "nothing is shared" in page
    assert Application._base_manager.count() == 0


@pytest.mark.parametrize("wrong", [{"parts": []}, {"ends_on": "never"}, {"competences": ["999999"]}])
def test_a_wrong_choice_is_said_at_its_field(scene: Scene, worker: Client, wrong: dict[str, object]) -> None:
    answer = worker.post(f"/applications/apply/{scene.opening.slug}/", _form(scene, send="1", **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422 and "There is 1 problem" in page and MESSAGE in page


def test_somebody_without_a_passport_is_led_to_start_one(scene: Scene) -> None:
    newcomer = factories.client_of(factories.account(), strong=False)
    answer = newcomer.get(f"/applications/apply/{scene.opening.slug}/")
    assert answer["Location"] == "/people/start/"
    assert newcomer.get("/applications/").status_code == 200


def test_the_persons_page_of_an_opening_leads_to_applying(scene: Scene, worker: Client) -> None:
    page = worker.get(f"/mobility/openings/{scene.opening.slug}/").content.decode()
    assert f'href="/apply/{scene.opening.slug}/"' in page
    assert worker.get(f"/apply/{scene.opening.slug}/")["Location"] == f"/applications/apply/{scene.opening.slug}/"


def test_one_application_through_both_doors(scene: Scene, worker: Client) -> None:
    body = {
        "opening": scene.opening.slug,
        "parts": ["name", "competences"],
        "endsOn": "2027-02-01",
        "competences": list(scene.held[:2]),
        "message": MESSAGE,
    }
    preview = _send(worker, "post", "/previews", {key: body[key] for key in ("opening", "parts", "competences")}).json()
    answer = _send(worker, "post", "/mine", body)
    assert answer.status_code == 201
    (mine,) = queries.my_applications(scene.worker, person=scene.person)
    assert answer.json() == plain(mine) == worker.get(f"{API}/mine/{mine.key}").json()
    assert worker.get(f"{API}/mine").json() == [plain(mine)]
    look = _send(
        factories.client_of(scene.recruiter_account),
        "post",
        f"/desks/{scene.employer.id}/applications/{mine.key}/looks",
    )
    assert look.status_code == 201
    assert (look.json()["passport"]["view"], look.json()["overlap"]) == (preview["view"], preview["overlap"])
    assert _send(worker, "post", "/mine", body).json()["type"] == "urn:valley:already-applied"


def test_a_desk_reads_moves_and_ends_in_the_browser(scene: Scene, desk: Client, worker: Client) -> None:
    key, other = scene.applied(), scene.rival_applied()
    base = f"/applications/desk/{scene.employer.slug}/"
    assert desk.get("/applications/desk/")["Location"] == base
    assert scene.opening.title in desk.get(base).content.decode()
    listed = desk.get(f"{base}{scene.opening.slug}/").content.decode()
    assert listed.index(key) < listed.index(other) and NAME not in listed
    page = desk.get(f"{base}read/{key}/").content.decode()
    assert NAME in page and MESSAGE in page and "It is not a mark" in page
    assert not re.search(r"\d+([.,]\d+)?\s?%", re.sub(r"<head>.*?</head>", "", page, flags=re.S))
    step = {"to": "in-talk", "version": "1", "opening": scene.opening.slug}
    assert desk.post(f"{base}read/{key}/move/", step)["Location"] == f"{base}{scene.opening.slug}/"
    assert "wants to talk with you" in worker.get("/applications/").content.decode()
    stale = desk.post(f"{base}read/{key}/move/", step | {"to": "offered"})
    assert stale.status_code == 409
    no_reason = desk.post(f"{base}read/{key}/move/", step | {"to": "turned-down", "version": "2"})
    assert no_reason.status_code == 422
    turned = desk.post(f"{base}read/{key}/move/", step | {"to": "turned-down", "version": "2", "reason": "hours"})
    assert turned.status_code == 302
    assert desk.post(f"{base}{scene.opening.slug}/end/", {}).status_code == 422
    assert desk.post(f"{base}{scene.opening.slug}/end/", {"reason": "filled"}).status_code == 302
    said = worker.get("/applications/").content.decode()
    assert "the hours or shifts did not match" in said and "21 December 2026" in said


@pytest.mark.parametrize("asked", ORDERS)
def test_no_address_changes_the_order_or_picks_people(scene: Scene, desk: Client, asked: str) -> None:
    keys = [scene.applied(), scene.rival_applied()]
    page = desk.get(f"/applications/desk/{scene.employer.slug}/{scene.opening.slug}/?{asked}").content.decode()
    assert [key for key in re.findall(r"read/([0-9a-f]+)/", page)] == keys
    answer = desk.get(f"{API}/desks/{scene.employer.id}/openings/{scene.opening.slug}?{asked}")
    assert answer.status_code == 422 or [one["key"] for one in answer.json()["applications"]] == keys


def test_the_api_offers_no_way_to_order_or_filter_people() -> None:
    from valley.site.api import api

    described = api.get_openapi_schema()
    for path, item in described["paths"].items():
        if path.startswith("/applications/desks"):
            for operation in item.values():
                assert [one["name"] for one in operation.get("parameters", []) if one["in"] == "query"] == []


def test_a_desk_through_the_api(scene: Scene, desk: Client) -> None:
    key = scene.applied()
    base = f"/desks/{scene.employer.id}"
    asked = plain(queries.desk(scene.recruiter, organisation=scene.employer.id))
    assert desk.get(f"{API}{base}").json() == asked
    moved = _send(desk, "post", f"{base}/applications/{key}/moves", {"to": "in-talk", "version": 1}).json()
    assert (moved["state"], moved["version"]) == ("in-talk", 2)
    for body, status in (
        ({"to": "in-talk", "version": 1}, 409),
        ({"to": "hired", "version": 2}, 422),
        ({"to": "turned-down", "version": 2}, 422),
        ({"to": "turned-down", "version": 2, "reason": "she is often ill"}, 400),
        ({"to": "turned-down", "version": 2, "reason": "hours", "note": "and I did not like her"}, 400),
    ):
        assert _send(desk, "post", f"{base}/applications/{key}/moves", body).status_code == status
    ended = _send(desk, "post", f"{base}/openings/{scene.opening.slug}/end", {"reason": "stopped"}).json()
    assert [one["state"] for one in ended["applications"]] == ["closed"]


def test_withdrawing_and_keeping_through_the_api(scene: Scene, worker: Client, desk: Client) -> None:
    key = scene.applied()
    kept = _send(worker, "put", f"/mine/{key}/keeping", {"agree": True}).json()
    assert kept["keepLongerUntil"] == "2027-02-21"
    assert _send(worker, "put", f"/mine/{key}/keeping", {"agree": False}).json()["keepLongerUntil"] is None
    assert worker.delete(f"{API}/mine/{key}").json()["state"] == "withdrawn"
    assert worker.delete(f"{API}/mine/{key}").status_code == 404
    assert desk.get(f"{API}/desks/{scene.employer.id}").json()["openings"] == []
    assert _send(desk, "post", f"/desks/{scene.employer.id}/applications/{key}/looks").status_code == 404


def test_withdrawing_and_keeping_in_the_browser(scene: Scene, worker: Client) -> None:
    key = scene.applied()
    assert worker.post(f"/applications/{key}/keep/", {"agree": "yes"}).status_code == 302
    assert "you said yes to keeping it until 21 February 2027" in worker.get("/applications/").content.decode()
    assert worker.post(f"/applications/{key}/withdraw/").status_code == 302
    assert "nothing any more" in worker.get("/applications/").content.decode()
    assert worker.post(f"/applications/{key}/withdraw/").status_code == 404
    assert worker.get(f"/applications/{key}/withdraw/").status_code == 405


def test_looks_of_the_same_minute_are_one_line_and_both_are_kept(scene: Scene, worker: Client) -> None:
    key = scene.applied()
    for _again in range(2):
        actions.look_at_application(scene.recruiter, organisation=scene.employer.id, key=key)
    assert worker.get("/applications/").content.decode().count(", recruiter</li>") == 1
    assert len(queries.my_application(scene.worker, person=scene.person, key=key).looks) == 2


def test_strangers_weak_sessions_and_visitors_are_refused_at_every_door(scene: Scene, worker: Client) -> None:
    key = scene.applied()
    stranger, _other = factories.seated("recruiter", scene.stranger_employer)
    paths = (
        f"/applications/desk/{scene.employer.slug}/",
        f"/applications/desk/{scene.employer.slug}/{scene.opening.slug}/",
        f"/applications/desk/{scene.employer.slug}/read/{key}/",
        f"{API}/desks/{scene.employer.id}",
        f"{API}/desks/{scene.employer.id}/openings/{scene.opening.slug}",
        f"{API}/figures?organisation={scene.employer.id}",
        f"/applications/figures/{scene.employer.slug}/",
        "/applications/figures/",
    )
    for path in paths:
        for client in (
            factories.client_of(stranger),
            worker,
            factories.client_of(scene.recruiter_account, strong=False),
        ):
            assert client.get(path).status_code == 403, path
        assert Client().get(path).status_code in (302, 401)
    looks = f"/desks/{scene.employer.id}/applications/{key}/looks"
    assert _send(factories.client_of(stranger), "post", looks).status_code == 403
    own = f"/desks/{scene.stranger_employer.id}/applications/{key}/looks"
    assert _send(factories.client_of(stranger), "post", own).status_code == 404
    rival = factories.client_of(scene.rival_account)
    assert rival.get(f"{API}/mine/{key}").status_code == 404
    assert rival.delete(f"{API}/mine/{key}").status_code == 404
    assert rival.post(f"/applications/{key}/withdraw/").status_code == 404
    assert queries.my_application(scene.worker, person=scene.person, key=key).looks == ()


def test_figures_are_one_answer_through_three_doors(scene: Scene, desk: Client) -> None:
    for reason, number in (("hours", 12), ("start", 3), ("travel", 9)):
        ProcedureCount.objects.create(
            organisation_id=scene.employer.id, quarter="2026-Q3", outcome="turned-down", reason=reason, number=number
        )
    asked = plain(queries.procedure_figures(scene.recruiter, organisation=scene.employer.id))
    assert desk.get(f"{API}/figures?organisation={scene.employer.id}").json() == asked
    assert _cli("figures", "--organisation", scene.employer.slug) == asked
    page = desk.get(f"/applications/figures/{scene.employer.slug}/").content.decode()
    assert "12" in page or "hidden" in page
    assert ">3<" not in page
    office = factories.client("office")
    assert office.get("/applications/figures/").status_code == 200


def test_the_terminal_clears_and_never_reads(scene: Scene) -> None:
    key = scene.applied()
    scene.move(key, "turned-down", reason="hours")
    assert _cli("clear", "--dry-run") == plain(actions.clear_away(upkeep(), dry_run=True))
    assert set(group.commands) == {"clear", "figures"}
    plainly = CliRunner().invoke(group, ["figures", "--lang", "en"])
    assert plainly.exit_code == 0
    assert CliRunner().invoke(group, ["figures", "--organisation", "nobody"]).exit_code == 2
