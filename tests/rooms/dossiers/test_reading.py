"""Which version holds on a day, what changed between two, and do all doors say the same?"""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import factories
from tests.rooms.dossiers.conftest import EXAMPLE, small

from valley.dossiers import actions, queries
from valley.dossiers.cli import group
from valley.dossiers.models import Dossier
from valley.foundation.problems import NotFound

API = "/api/v1/dossiers"
WHO = factories.visitor()
NEWER = small(
    starts="2027-08-01",
    name="Beantwoordt vragen van klanten",
    competences='"listen-actively" = 3, "show-empathy" = 2',
    more='[[part.core_task.work_process]]\ncode = "B1-K1-W2"\nname_nl = "Behandelt klachten"',
)


def _import(content: bytes, name: str = "dossier.toml") -> actions.Imported:
    return actions.import_dossier(factories.operator(), file_name=name, content=content)


def _terminal(*words: str) -> object:
    result = CliRunner().invoke(group, [*words, "--json", "--lang", "en"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def english(db) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def two(words) -> None:
    _import(small())
    _import(NEWER)


def test_the_version_of_a_day_is_the_newest_that_began_and_did_not_end(two) -> None:
    for day, starts in (("2026-08-01", 2026), ("2027-07-31", 2026), ("2027-08-01", 2027), ("2040-01-01", 2027)):
        assert queries.dossier(WHO, code="klantcontact", on=date.fromisoformat(day)).valid_from_on.year == starts


def test_a_newer_version_that_ended_gives_the_day_back_to_the_older_one(two) -> None:
    ended = {"valid_from_on": date(2027, 8, 1), "valid_until_on": date(2027, 9, 1)}
    actions.end_dossier(factories.operator(), code="klantcontact", **ended)
    assert queries.dossier(WHO, code="klantcontact", on=date(2027, 8, 31)).valid_from_on.year == 2027
    assert queries.dossier(WHO, code="klantcontact", on=date(2027, 9, 1)).valid_from_on.year == 2026


def test_a_day_before_the_first_version_names_the_days_there_are(two) -> None:
    with pytest.raises(NotFound) as refused:
        queries.dossier(WHO, code="klantcontact", on=date(2020, 1, 1))
    assert "2026-08-01" in refused.value.next_step


def test_an_unknown_code_names_the_nearest_one(two) -> None:
    with pytest.raises(NotFound) as refused:
        queries.dossier(WHO, code="klantkontact")
    assert "klantcontact" in refused.value.next_step


def test_the_page_speaks_the_language_of_the_reader(words) -> None:
    _import(EXAMPLE)
    dutch = queries.dossier(factories.visitor(language="nl"), code="commercie")
    english = queries.dossier(factories.visitor(language="en"), code="commercie")
    assert (dutch.name, english.name) == ("Commercie", "Commerce")
    first = dutch.parts[0].core_tasks[2].work_processes[1], english.parts[0].core_tasks[2].work_processes[1]
    assert (first[0].name, first[1].name) == ("Behandelt klachten", "Deals with complaints")
    assert (first[0].competences[0].label, first[1].competences[0].level) == ("klachten van klanten afhandelen", 3)


def test_a_diff_names_what_was_added_renamed_and_asked_otherwise(two) -> None:
    days = {"older_on": date(2026, 9, 1), "newer_on": date(2027, 9, 1)}
    diff = queries.dossier_diff(WHO, code="klantcontact", **days)
    assert [one.code for one in diff.added] == ["B1-K1-W2"]
    assert [(one.before, one.after) for one in diff.renamed] == [
        ("Beantwoordt vragen", "Beantwoordt vragen van klanten")
    ]
    assert {(one.label, one.level_before, one.level_after) for one in diff.asked} == {
        ("listen actively", 2, 3),
        ("show empathy", 0, 2),
    }
    assert diff.unchanged == 2
    back = queries.dossier_diff(WHO, code="klantcontact", older_on=days["newer_on"], newer_on=days["older_on"])
    assert [one.code for one in back.removed] == ["B1-K1-W2"]
    assert not queries.dossier_diff(
        WHO, code="klantcontact", older_on=date(2026, 9, 1), newer_on=date(2026, 9, 2)
    ).asked


def test_a_bare_code_names_a_work_process_only_where_one_dossier_has_it(two) -> None:
    newest = queries.work_process_ids("klantcontact")
    assert set(newest) == {"klantcontact/B1-K1-W1", "klantcontact/B1-K1-W2", "B1-K1-W1", "B1-K1-W2"}
    assert queries.work_process_ids(on=date(2026, 9, 1)).keys() == {"klantcontact/B1-K1-W1", "B1-K1-W1"}
    _import(EXAMPLE)
    every = queries.work_process_ids()
    assert "B1-K1-W1" not in every
    assert every["klantcontact/B1-K1-W1"] != every["commercie/B1-K1-W1"]
    names = queries.work_process_names(WHO, ids=[every["commercie/B1-K3-W2"]])
    assert [(one.code, one.name, one.dossier) for one in names.values()] == [
        ("B1-K3-W2", "Deals with complaints", "commercie")
    ]
    with pytest.raises(NotFound):
        queries.work_process_ids("nergens")
    queries.require_work_process(every["commercie/B1-K3-W2"])
    with pytest.raises(NotFound):
        queries.require_work_process(10**9)


def test_every_door_lists_and_shows_the_same_dossier_without_signing_in(two, english) -> None:
    _import(EXAMPLE)
    listed = english.get(f"{API}?language=en").json()
    assert listed == _terminal("list")
    assert [(one["code"], one["inForce"]) for one in listed] == [
        ("commercie", True),
        ("klantcontact", False),
        ("klantcontact", True),
    ]
    rows = BeautifulSoup(english.get("/dossiers/").content, "html.parser").select("#dossiers tbody tr")
    assert [row.select_one("a").get_text() for row in rows] == [one["name"] for one in listed]
    shown = english.get(f"{API}/commercie?language=en").json()
    assert shown == _terminal("show", "commercie")
    page = BeautifulSoup(english.get("/dossiers/commercie/").content, "html.parser")
    web = [row.th.get_text() for row in page.select("tbody tr")]
    processes = [one for part in shown["parts"] for task in part["coreTasks"] for one in task["workProcesses"]]
    assert web == [one["name"] for one in processes]
    assert not page.select("script")
    address = f"{API}/klantcontact/diff?olderOn=2026-09-01&newerOn=2027-09-01&language=en"
    assert english.get(address).json() == _terminal("diff", "klantcontact", "2026-09-01", "2027-09-01")
    assert "from level 2 to 3" in english.get("/dossiers/klantcontact/diff/").content.decode()
    assert "only one version" in english.get("/dossiers/commercie/diff/").content.decode()


def test_an_older_version_says_that_it_is_not_the_one_of_today(two, english) -> None:
    assert "not the version that holds today" in english.get("/dossiers/klantcontact/?on=2028-01-01").content.decode()
    assert "not the version" not in english.get("/dossiers/klantcontact/").content.decode()


@pytest.mark.parametrize("address", ["/dossiers/nergens/", "/dossiers/nergens/diff/", f"{API}/nergens"])
def test_an_unknown_dossier_is_not_found_through_every_door(two, english, address: str) -> None:
    assert english.get(address).status_code == 404
    assert CliRunner().invoke(group, ["show", "nergens"]).exit_code == 2


def _post(client: Client, body: object, address: str = API) -> object:
    token = factories.client("designer") if client is None else client
    return token.post(address, json.dumps(body), content_type="application/json", HTTP_ACCEPT="application/json")


def test_the_api_imports_and_ends_for_a_designer_and_refuses_a_coach(words) -> None:
    body = {"fileName": "d.toml", "content": base64.b64encode(small()).decode()}
    designer, coach = factories.client("designer"), factories.client("coach")
    assert _post(coach, body).status_code == 403
    assert _post(Client(), body).status_code == 401
    assert not Dossier.objects.exists()
    assert _post(designer, body).status_code == 201
    assert _post(designer, body).status_code == 200
    other = _post(designer, body | {"content": base64.b64encode(small(name="x")).decode()})
    assert (other.status_code, other.json()["type"]) == (409, "urn:valley:conflict")
    wrong = _post(designer, body | {"content": base64.b64encode(small(code="A B")).decode()})
    assert wrong.status_code == 422
    assert wrong.json()["facts"]["problems"][0]["next_step"] == "Write “a-b”."
    end = {"validFromOn": "2026-08-01", "validUntilOn": "2027-08-01"}
    assert _post(coach, end, f"{API}/klantcontact/end").status_code == 403
    assert _post(designer, end, f"{API}/klantcontact/end").json()["validUntilOn"] == "2027-08-01"


def test_a_designer_imports_on_the_web_and_reads_every_mistake_in_a_table(words) -> None:
    client = factories.client("designer")
    bad = client.post("/dossiers/import/", {"file": SimpleUploadedFile("d.toml", small(code="A B", source=""))})
    assert bad.status_code == 422
    assert len(BeautifulSoup(bad.content, "html.parser").select("tbody tr")) == 2
    good = client.post("/dossiers/import/", {"file": SimpleUploadedFile("d.toml", small())}, follow=True)
    assert "The dossier is imported." in good.content.decode()
    again = client.post("/dossiers/import/", {"file": SimpleUploadedFile("d.toml", small())}, follow=True)
    assert "nothing changed" in again.content.decode()
    assert client.get("/dossiers/import/").status_code == 200
    assert factories.client("recruiter").get("/dossiers/import/").status_code == 403
    assert Client().get("/dossiers/import/").status_code == 302


def test_a_designer_ends_a_version_on_its_page_and_a_coach_does_not(words) -> None:
    _import(small())
    client, address = factories.client("designer"), "/dossiers/klantcontact/2026-08-01/end/"
    assert "End this version" in client.get("/dossiers/klantcontact/").content.decode()
    assert client.post(address, {"valid_until_on": "2026-01-01"}).status_code == 422
    assert factories.client("coach").post(address, {"valid_until_on": "2028-01-01"}).status_code == 403
    assert "End this version" not in factories.client("coach").get("/dossiers/klantcontact/").content.decode()
    done = client.post(address, {"valid_until_on": "2028-01-01"}, follow=True)
    assert "1 January 2028" in done.content.decode()


def test_the_terminal_imports_a_file_and_ends_a_version(words, tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_bytes(small())
    assert _terminal("import", str(path))["made"]  # type: ignore[index]
    assert not _terminal("import", str(path))["made"]  # type: ignore[index]
    ended = _terminal("end", "klantcontact", "--version", "2026-08-01", "--until", "2027-08-01")
    assert ended["validUntilOn"] == "2027-08-01"  # type: ignore[index]
    path.write_bytes(b"code = ")
    result = CliRunner().invoke(group, ["import", str(path), "--lang", "en"])
    assert result.exit_code == 2
    assert "dossier-file-refused" in result.stderr
