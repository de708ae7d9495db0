"""Do the web, the API and the terminal give the same answers, and turn away the same people?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from django.test import Client
from tests import factories
from tests.rooms.skills.conftest import SKILL, small_set, write_zip

from valley.foundation.models import AuditLine
from valley.skills import queries
from valley.skills.cli import group
from valley.skills.models import Competence

API = "/api/v1/skills"


def _web(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:500]
    return BeautifulSoup(answer.content, "html.parser")


def _terminal(*words: str) -> object:
    result = CliRunner().invoke(group, [*words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def english() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def dutch() -> Client:
    client = Client()
    client.cookies["django_language"] = "nl"
    return client


@pytest.mark.parametrize("text", ["klantenservicemedewerker", "complaint", "webcare", "chatten", "klnten helpen"])
def test_a_search_gives_the_same_competences_through_every_door(starter, dutch, text: str) -> None:
    page = _web(dutch, f"/skills/?text={text}&kind=competence")
    web = [link.get_text() for link in page.select("li.card h3 a")]
    api = dutch.get(f"{API}/competences?text={text}&language=nl&limit=20").json()
    cli = _terminal("search", text, "--kind", "competence", "--limit", "20", "--lang", "nl")
    assert api == cli
    assert [hit["label"] for hit in api] == web
    assert web or text == "klnten helpen"


def test_a_competence_reads_the_same_through_every_door(starter, english) -> None:
    pk = queries.ids_by_starter_key()["handle-complaints"]
    api = english.get(f"{API}/competences/{pk}?language=en").json()
    assert api == _terminal("show", str(pk), "--lang", "en") == _terminal("show", api["uri"], "--lang", "en")
    assert api["kindWords"] == "skill"
    page = _web(english, f"/skills/competences/{pk}/").get_text(" ")
    assert api["label"] in page and api["description"] in page
    assert all(one["label"] in page for one in api["related"])


def test_titles_and_what_they_lead_to_through_the_api(starter, english) -> None:
    hits = english.get(f"{API}/titles?text=telefoniste&language=nl").json()
    assert hits[0]["why"] == "exact"
    probable = english.get(f"{API}/titles/{hits[0]['kind']}-{hits[0]['id']}/competences?language=nl").json()
    assert 3 <= len(probable) <= 25
    assert english.get(f"{API}/titles/title-0/competences").status_code == 404


def test_english_wears_a_badge_only_where_dutch_is_missing(starter, esco, dutch, english) -> None:
    esco(small_set())
    esco({"skills_nl": [{"conceptUri": SKILL + "s1", "preferredLabel": "actief horen"}]}, language="nl")
    pk = dict(Competence.objects.filter(uri__startswith=SKILL + "s").values_list("uri", "pk"))
    without, with_dutch = pk[SKILL + "s2"], pk[SKILL + "s1"]
    page = _web(dutch, f"/skills/competences/{without}/")
    assert page.select(".badge--info") and page.select_one("h1")["lang"] == "en"
    assert page.select_one("p.lead")["lang"] == "en"
    assert not _web(dutch, f"/skills/competences/{with_dutch}/").select(".badge--info")
    assert not _web(english, f"/skills/competences/{without}/").select(".badge--info")


@pytest.mark.parametrize("address", ["", "words/", "tools/", "releases/", "words/?page=2", "?text=", "?kind=nonsense"])
def test_public_pages_open_for_everyone_without_scripts(starter, english, dutch, address: str) -> None:
    for client in (english, dutch):
        page = _web(client, f"/skills/{address}")
        assert not page.select("script")
        assert not page.select("[style]")
        assert len(page.select("h1")) == 1


def test_pages_of_groups_and_occupations_open(starter, esco, english) -> None:
    esco(small_set())
    hit = queries.search(factories.visitor(), text="call centre agent", kinds=("occupation",))[0]
    assert "listen actively" in _web(english, f"/skills/occupations/{hit.id}/").get_text()
    top = next(one for one in queries.groups(factories.visitor()) if one.label == "skills")
    page = _web(english, f"/skills/groups/{top.id}/")
    assert "communication" in page.get_text()
    for address in ("competences", "occupations", "groups"):
        assert english.get(f"/skills/{address}/999999/").status_code == 404


def test_words_that_hold_markup_are_shown_as_words(starter, english) -> None:
    page = english.get("/skills/", {"text": "<script>alert(1)</script>"})
    assert b"<script>alert" not in page.content


@pytest.mark.parametrize(
    "query",
    ["", "text=", f"text={'x' * 201}", "text=a%00b", "text=a&limit=0", "text=a&limit=101", "text=a&language=fr"],
)
def test_the_api_refuses_questions_that_cannot_be(starter, english, query: str) -> None:
    answer = english.get(f"{API}/competences?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("pk", ["0", "-1", "99999999999999999999999", "x"])
def test_the_api_knows_no_competence_with_an_absurd_number(starter, english, pk: str) -> None:
    assert english.get(f"{API}/competences/{pk}").status_code in (400, 404)


def test_the_import_at_the_terminal_tells_what_it_did(starter, tmp_path: Path) -> None:
    path = str(write_zip(tmp_path / "set.zip", small_set()))
    report = _terminal("import-esco", path, "--release", "1.1.1")
    assert report["counts"]["skills"] == 4 and report["written"] is True
    assert _terminal("import-esco", path, "--release", "1.1.1")["written"] is False
    lines = _terminal("releases")
    assert [line["scheme"] for line in lines] == ["esco", "starter"]


def test_a_refused_import_ends_with_code_2_and_the_next_step(starter, tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 and then nothing")
    result = CliRunner().invoke(group, ["import-esco", str(tmp_path / "cut.zip"), "--release", "1.1.1", "--json"])
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"] == "unreadable-archive"
    plain = CliRunner().invoke(group, ["import-esco", str(tmp_path / "cut.zip"), "--release", "1.1.1"])
    assert plain.exit_code == 2 and "Download" in plain.stderr


def test_two_releases_compare_the_same_through_every_door(starter, esco, english) -> None:
    esco(small_set(), release="1.1.0")
    tables = small_set()
    tables["skills_en"][0]["preferredLabel"] = "listen closely"
    esco(tables, release="1.1.1")
    api = english.get(f"{API}/releases/diff?older=1.1.0&newer=1.1.1").json()
    assert api == _terminal("diff", "1.1.0", "1.1.1")
    assert [change["after"] for change in api["renamed"]] == ["listen closely"]
    page = _web(english, "/skills/releases/?older=1.1.0&newer=1.1.1").get_text()
    assert "listen actively → listen closely" in page


def _form(**changes: str) -> dict[str, str]:
    return {
        "label_nl": "gesprekken samenvatten met AI",
        "label_en": "summarising calls with AI",
        "parent": "conceptantwoorden van AI controleren",
        "kind": "skill",
        "author": "VISTA college",
        "evidence": "Named in nine job texts.",
    } | changes


def test_a_designer_adds_and_changes_a_local_concept_on_the_web(starter) -> None:
    desk = factories.client("designer")
    answer = desk.post("/skills/competences/add/", _form())
    assert answer.status_code == 302
    page = _web(desk, answer.url)
    assert "Named in nine job texts." in page.get_text()
    change = page.select_one("a[href$='/revise/']")
    assert change is not None
    form = _web(desk, change["href"])
    version = form.select_one("input[name=version]")["value"]
    changed = _form(evidence="Named in ten.", version=version)
    assert desk.post(change["href"], changed).status_code == 302
    stale = desk.post(change["href"], _form(evidence="Other.", version=version))
    assert stale.status_code == 422 and b"Named in ten." in stale.content
    assert AuditLine.objects.filter(verb__startswith="skills.").count() == 3


def test_a_form_that_is_refused_says_which_field(starter) -> None:
    desk = factories.client("office")
    missing = desk.post("/skills/competences/add/", _form(evidence=""))
    assert missing.status_code == 422
    assert desk.post("/skills/competences/add/", _form(parent="nobody knows this")).status_code == 422
    double = desk.post("/skills/competences/add/", _form(label_nl="webcare in het openbaar"))
    assert double.status_code == 422 and b"webcare in het openbaar" in double.content
    assert not Competence.objects.filter(author="VISTA college").exists()


def test_visitors_are_sent_to_sign_in_and_other_desks_are_turned_away(starter, english) -> None:
    assert english.get("/skills/competences/add/").status_code == 302
    assert factories.client("recruiter").get("/skills/competences/add/").status_code == 403
    assert factories.client("designer", strong=False).get("/skills/competences/add/").status_code in (302, 403)
    assert english.post(f"{API}/competences", {}, content_type="application/json").status_code == 401


def test_a_desk_adds_a_local_concept_through_the_api(starter) -> None:
    parent = queries.ids_by_starter_key()["check-ai-drafts"]
    body = {
        "labelNl": "gesprekken samenvatten met AI",
        "labelEn": "summarising calls with AI",
        "parent": parent,
        "author": "VISTA college",
        "evidence": "Named in nine job texts.",
    }
    desk = factories.client("designer")
    made = desk.post(f"{API}/competences", json.dumps(body), content_type="application/json")
    assert made.status_code == 201, made.content
    again = desk.post(f"{API}/competences", json.dumps(body), content_type="application/json")
    assert again.status_code == 409
    address = f"{API}/competences/{made.json()['id']}"
    changed = body | {"version": 1, "evidence": "Named in ten."}
    assert desk.put(address, json.dumps(changed), content_type="application/json").json()["version"] == 2
    assert desk.put(address, json.dumps(changed), content_type="application/json").status_code == 409
    recruiter = factories.client("recruiter")
    assert recruiter.post(f"{API}/competences", json.dumps(body), content_type="application/json").status_code == 403
    unknown = desk.post(f"{API}/competences", json.dumps(body | {"extra": 1}), content_type="application/json")
    assert unknown.status_code == 400


def test_a_concept_is_added_at_the_terminal(starter) -> None:
    parent = queries.ids_by_starter_key()["check-ai-drafts"]
    words = ["--label-nl", "samenvatten met AI", "--label-en", "summarising with AI", "--author", "VISTA college"]
    saved = _terminal("add-concept", *words, "--parent", str(parent), "--evidence", "Nine job texts.")
    assert _terminal("show", str(saved["id"]), "--lang", "nl")["label"] == "samenvatten met AI"
