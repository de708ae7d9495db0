"""The same answer through web, API and terminal; forms that refuse with words; files that come back equal."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from django.test import Client
from django.utils import translation
from openpyxl import Workbook
from tests import factories
from tests.rooms.curriculum import programme_world
from tests.rooms.curriculum.programme_world import KEY, LATER, REF, World

from valley.core.curriculum import programme
from valley.curriculum import actions, queries
from valley.curriculum import snapshots as stored
from valley.curriculum.cli import group
from valley.curriculum.models import ProgrammeVersion
from valley.foundation import access
from valley.foundation.answers import plain

ACT, ASK = actions, queries
API = "/api/v1/curriculum"
WEB = f"/curriculum/programmes/{KEY}"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def world(db) -> World:
    return programme_world.built()


def visitor() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content.decode(), "html.parser")


def terminal(*arguments: str) -> dict:
    done = CliRunner().invoke(group, [*arguments, "--json", "--lang", "en"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def api(client: Client, path: str, **headers: str):
    return client.get(f"{API}{path}", HTTP_ACCEPT_LANGUAGE="en", **headers)


def send(client: Client, method: str, path: str, body: dict):
    call = getattr(client, method)
    return call(f"{API}{path}", json.dumps(body), content_type="application/json", HTTP_ACCEPT_LANGUAGE="en")


def test_one_diff_through_web_api_and_terminal(world: World) -> None:
    world.published()
    world.published(world.content(level=3, use_crm=2), from_on=LATER)
    wanted = plain(ASK.diff(factories.visitor(), before=REF, after=f"{KEY}@2"))
    assert api(visitor(), f"/programmes/{KEY}/versions/1/diff/2").json() == wanted
    assert terminal("diff", REF, f"{KEY}@2") == wanted
    page = soup(visitor().get(f"{WEB}/2/diff/1/"))
    assert [h.text.split()[-2] for h in page.select("h3")] == [c["name"].split()[-2] for c in wanted["changes"]]
    assert page.find("a", href=f"{WEB}/2/delta/")


@pytest.mark.parametrize(
    ("question", "path", "arguments"),
    [
        (lambda who: ASK.programmes(who), "/programmes", ["programmes"]),
        (lambda who: ASK.version(who, ref=REF), f"/programmes/{KEY}/versions/1", ["show", REF]),
        (lambda who: ASK.regional_delta(who, ref=REF), f"/programmes/{KEY}/versions/1/delta", ["delta", REF]),
    ],
)
def test_one_question_one_answer_through_three_doors(world: World, question, path: str, arguments: list[str]) -> None:
    world.published()
    wanted = plain(question(factories.visitor()))
    assert api(visitor(), path).json() == wanted
    found = terminal(*arguments)
    if arguments[0] == "show":  # the operator reads the trail too
        found["approvals"] = []
    assert found == wanted


def test_the_public_pages_show_what_is_published_and_run_no_script(world: World) -> None:
    world.published()
    for address in ("/curriculum/programmes/", f"{WEB}/", f"{WEB}/1/", f"{WEB}/1/delta/", f"{WEB}/1/diff/1/"):
        answer = visitor().get(address)
        page = soup(answer)
        assert answer.status_code == 200, address
        assert page.h1, address
        assert not page.find_all("script"), address
        assert not page.find_all(style=True), address
    assert "Listens to the customer" in visitor().get(f"{WEB}/1/").content.decode()
    assert visitor().get(f"{WEB}/1/coverage/").status_code == 302
    assert visitor().get(f"{WEB}/1/edit/").status_code == 302


@pytest.mark.parametrize("who", ["stranger", "recruiter", "municipality", "worker"])
def test_a_draft_answers_not_found_at_every_door(world: World, who: str) -> None:
    world.drafted()
    client = world.client(who)
    paths = ("", "/1/", "/1/delta/", "/1/diff/1/", "/1/edit/", "/1/approvals/", "/1/publish/", "/1/file.toml")
    for path in paths:
        address = f"{WEB}{path}" if path else f"{WEB}/"
        assert client.get(address).status_code == 404, path
    for path in ("", "/versions/1", "/versions/1/diff/1", "/versions/1/delta"):
        assert api(client, f"/programmes/{KEY}{path}").status_code == 404, path
    assert KEY not in client.get("/curriculum/programmes/").content.decode()


def test_a_programme_is_made_drafted_edited_approved_and_published_on_the_web(world: World) -> None:
    designer, base = world.client("designer"), "/curriculum/programmes"
    made = designer.post(f"{base}/new/", {
        "organisation": world.school.id, "key": "webcare", "name_nl": "Webcare", "dossier": "commercie"})  # fmt: skip
    assert made["Location"] == f"{base}/webcare/draft/"
    made = designer.post(made["Location"], {"begin": "empty", "why": "A start"})
    assert made["Location"] == f"{base}/webcare/1/edit/"
    page = soup(designer.get(made["Location"]))
    form = {one["name"]: one.get("value", "") for one in page.select("form input[name], form select[name]")}
    form |= {
        "sent": "", "u--code": "media", "u--title_nl": "Sociale media", "u--guided_hours": "20",
        "u--practice_hours": "0",
        "o--0-code": "answer", "o--0-text_nl": "Antwoordt in het openbaar", "o--0-depth": "apply",
        "o--0-competences": "handle customer complaints: 2\nlisten actively", "o--0-work_processes": "B1-K3-W4",
    }  # fmt: skip
    form = {
        name: value for name, value in form.items() if name.startswith(("u--", "o--", "sent")) and "leave" not in name
    }
    done = designer.post(made["Location"], form)
    assert done.status_code == 302, soup(done).select(".notice, .error")
    page = ASK.version(world.caller("designer"), ref="webcare@1")
    assert [one.level for one in page.units[0].outcomes[0].competences] == [2, 2]
    second = designer.post(made["Location"], form)
    assert second.status_code == 422
    assert "Someone saved in between" in soup(second).text
    wrong = designer.post(made["Location"], form | {"u--version": page.version, "u--code": "m2", "o--0-code": "b",
                                                    "o--0-competences": "listen activly: 2"})  # fmt: skip
    assert wrong.status_code == 422
    assert "listen actively" in soup(wrong).text
    asks = {"version": page.version, "step-TOTAL_FORMS": 3, "step-INITIAL_FORMS": 3}
    asks |= {f"step-{n}-step": step for n, step in enumerate(("content", "practice", "exam"))}
    half = designer.post(f"{base}/webcare/1/approvals/", asks | {"step-0-desk": "coach"})
    assert half.status_code == 422
    asks |= {"step-0-desk": "coach", "step-0-organisation": world.school.id, "step-0-due_on": "2026-12-01"}
    assert designer.post(f"{base}/webcare/1/approvals/", asks).status_code == 302
    approval = ASK.version(world.caller("designer"), ref="webcare@1").approvals[0].id
    coach = world.client("coach")
    assert "Your desk is asked" in soup(coach.get(f"{base}/webcare/1/approvals/")).text
    refused = coach.post(f"{base}/webcare/1/approvals/{approval}/", {"verdict": "no"}, follow=True)
    assert "a reason" in soup(refused).select_one(".notice--error").text
    assert coach.post(f"{base}/webcare/1/approvals/{approval}/", {"verdict": "yes"}).status_code == 302
    publish = f"{base}/webcare/1/publish/"
    version = world.version("webcare@1")
    assert designer.post(publish, {"version": version, "from_on": "2020-01-01"}).status_code == 422
    assert designer.post(publish, {"version": version, "from_on": "2027-02-01"}).status_code == 302
    assert soup(visitor().get(f"{base}/webcare/1/")).select_one(".badge--good")


def test_the_same_by_program_with_refusals_as_problems(world: World) -> None:
    client, at = world.client("designer"), f"/programmes/{KEY}/versions"
    made = send(client, "post", at, {"why": "By program", "copyLast": False})
    assert (made.status_code, made.json()["ref"]) == (201, REF)
    taught = {"competence": world.ids["use-crm"], "level": 2}
    outcome = {"code": "a", "textNl": "Kan het", "competences": [taught]}
    unit = {"code": "media", "titleNl": "Media", "outcomes": [outcome]}
    body = {"version": made.json()["version"], "units": [unit]}
    saved = send(client, "put", f"{at}/1", body)
    assert saved.status_code == 200, saved.content
    assert send(client, "put", f"{at}/1", body).status_code == 409
    again = body | {"version": saved.json()["version"]}
    assert send(client, "put", f"{at}/1", again | {"units": [unit, unit]}).status_code == 422
    assert send(client, "put", f"{at}/1", again | {"extra": 1}).status_code == 400
    assert send(world.client("stranger"), "put", f"{at}/1", again).status_code == 404
    ask = {"step": "practice", "desk": "recruiter", "organisation": world.employers[0].slug, "dueOn": "2026-12-05"}
    asked = send(client, "post", f"{at}/1/approvals", {"version": saved.json()["version"], "asks": [ask]})
    assert asked.json()["state"] == "review"
    approval = api(world.client("recruiter"), f"{at}/1").json()["approvals"][0]["id"]
    assert send(world.client("rival"), "put", f"/approvals/{approval}", {"verdict": "yes"}).status_code == 404
    assert send(world.client("recruiter"), "put", f"/approvals/{approval}", {"verdict": "yes"}).status_code == 200
    day = {"version": asked.json()["version"], "fromOn": "2027-01-01"}
    assert send(client, "put", f"{at}/1/publication", day).json()["state"] == "published"
    assert send(client, "put", f"{at}/1", again).status_code == 409
    cohort = {"name": "2027", "startsOn": "2027-02-01", "endsOn": "2028-02-01"}
    assert send(client, "post", f"/programmes/{KEY}/cohorts", cohort).json()["version"] == 1
    refused = send(world.client("recruiter"), "post", "/programmes", {
        "organisation": world.school.slug, "key": "x", "nameNl": "X"})  # fmt: skip
    assert refused.status_code == 403


def _ratings(world: World) -> None:
    world.rate(0, [("listen-actively", 4, 2), ("handle-complaints", 4, 3), ("use-crm", 2, 2)])
    world.rate(1, [("listen-actively", 4, 4), ("process-refunds", 4, 1)])


def test_coverage_keeps_presence_apart_from_depth_and_opens_the_sentences(world: World) -> None:
    ref = world.published()
    _ratings(world)
    page = ASK.coverage(world.caller("office"), ref=ref)
    rows = {one.employer: (one.present, one.deep) for one in page.employers}
    assert rows == {"Centre 0": (80, 40), "Centre 1": (50, 0)}
    assert (page.present, page.deep) == (65, 20)
    labels = {one.label for one in page.redundant}
    assert len(labels) == 1
    assert [gap.employers for gap in page.gaps] == [None] * len(page.gaps)
    assert {gap.employers_words for gap in page.gaps} == {"fewer than 5"}
    assert plain(page) == api(world.client("office"), f"/programmes/{KEY}/versions/1/coverage").json()
    operator = terminal("coverage", ref)
    assert operator["employers"] == plain(page)["employers"]
    assert {gap["employers"] for gap in operator["gaps"]} == {1}
    html = soup(world.client("office").get(f"{WEB}/1/coverage/"))
    assert html.select_one(f'a[href="/evidence/competences/{world.ids["process-refunds"]}/"]')


def test_an_employer_sees_its_own_row_and_nothing_of_another_at_any_door(world: World) -> None:
    ref = world.published()
    _ratings(world)
    page = ASK.coverage(world.caller("recruiter"), ref=ref)
    assert [one.employer for one in page.employers] == ["Centre 0"]
    assert (page.own_only, page.redundant, page.present) == (True, (), 80)
    html = world.client("recruiter").get(f"{WEB}/1/coverage/").content.decode()
    program = api(world.client("recruiter"), f"/programmes/{KEY}/versions/1/coverage").content.decode()
    for text in (html, program):
        assert "process refunds" not in text
        assert "Centre 1" not in text
        assert "employer 0" not in text
    designer = ASK.coverage(world.caller("designer"), ref=ref)
    assert {one.employer for one in designer.employers} == {"employer 01", "employer 02"}
    for who in ("coach", "municipality", "worker"):
        with pytest.raises(access.Forbidden):
            ASK.coverage(world.caller(who), ref=ref)
    assert api(world.client("municipality"), f"/programmes/{KEY}/versions/1/coverage").status_code == 403


def test_focus_areas_show_depths_and_their_share_of_demand(world: World) -> None:
    ref = world.published()
    _ratings(world)
    assert ASK.coverage(world.caller("office"), ref=ref).areas == ()
    ACT.load_focus_areas(factories.operator())
    areas = {one.key: one for one in ASK.coverage(world.caller("office"), ref=ref).areas}
    assert (areas["social-media"].taught, areas["social-media"].know) == (1, 1)
    assert (areas["customer-focus"].apply, areas["customer-focus"].master) == (1, 1)
    assert areas["customer-focus"].asked == 65
    assert "social media" in soup(world.client("office").get(f"{WEB}/1/coverage/")).text.casefold()


@pytest.mark.parametrize("kind", ["toml", "csv", "xlsx"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_version_goes_out_as_a_file_and_comes_back_equal(world: World, kind: str, language: str) -> None:
    ref = world.drafted()
    who = world.caller("designer").speaking(language)
    found = ASK.programme_file(who, ref=ref, kind=kind)
    back = ACT.import_version(who, programme=KEY, file_name=found.name, content=found.content, why="Back")
    assert (back.ref, [one for one in back.problems if one.stops]) == (f"{KEY}@2", [])
    first, second = (stored.version(row.pk) for row in ProgrammeVersion.objects.order_by("number"))
    assert first == second


def test_a_text_that_a_spreadsheet_would_run_goes_out_guarded(world: World) -> None:
    content = world.content()
    evil = programme.Unit("evil", "=cmd|'/c calc'!A1")
    ref = world.drafted(programme.Version((*content.units, evil), content.outcomes))
    text = ASK.programme_file(world.caller("designer"), ref=ref, kind="csv").content.decode("utf-8-sig")
    assert "'=cmd" in text
    assert ";=cmd" not in text


def _csv(*rows: str) -> bytes:
    return "\n".join(("Unit;Unit title;Guided hours;Outcome;Text;Competences;Work processes", *rows)).encode()


BAD = {
    "unknown competence": (_csv("u;U;1;o;Kan het;lisen actively: 2;"), "listen actively"),
    "level": (_csv("u;U;1;o;Kan het;listen actively: 7;"), "name: 2"),
    "twice": (_csv("u;U;1;o;Kan het;;", "u;;;o;Kan het;;"), "another code"),
    "two titles": (_csv("u;U;1;o;Kan het;;", "u;V;1;p;Kan het;;"), "Choose one"),
    "hours": (_csv("u;U;many;o;Kan het;;"), "number"),
    "no unit column": (b"Outcome;Text;Depth\no;x;apply", "header"),
    "empty": (b"", "file"),
    "encoding": ("Unit;Unit title;Outcome\nu;Café;o".encode("cp1252"), "UTF-8"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_says_what_was_expected_and_nothing_is_stored(world: World, name: str) -> None:
    content, words = BAD[name]
    file = io.BytesIO(content)
    file.name = "programme.csv"
    answer = world.client("designer").post(f"{WEB}/import/", {"file": file, "why": "Try"})
    assert answer.status_code == 422
    assert words in soup(answer).main.text
    assert not ProgrammeVersion.objects.exists()


@pytest.mark.parametrize(
    "content", [b"\xff", b"unit = 3", b"[[unit]]\ncode='x'", b"[[unit]]\nunit='a'\nguided_hours='x'", b"x"]
)
def test_a_bad_toml_is_refused_too(world: World, content: bytes) -> None:
    done = ACT.import_version(world.caller("designer"), programme=KEY, file_name="a.toml", content=content, why="Try")
    assert (done.ref, done.problems[0].stops) == ("", True)
    assert not ProgrammeVersion.objects.exists()


def test_merged_cells_are_named(world: World) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Unit", "Unit title", "Outcome", "Text"])
    sheet.append(["u", "U", "o", "Kan het"])
    sheet.append(["", "", "p", "Kan meer"])
    sheet.merge_cells("A2:A3")
    stream = io.BytesIO()
    book.save(stream)
    done = ACT.import_version(
        world.caller("designer"), programme=KEY, file_name="a.xlsx", content=stream.getvalue(), why="Try"
    )
    assert done.ref == ""
    assert any(one.row == 3 for one in done.problems)


def test_the_terminal_exports_imports_and_refuses_with_exit_code_2(world: World, tmp_path: Path) -> None:
    world.drafted()
    file = tmp_path / "programme.toml"
    assert terminal("export", REF, str(file))["file"] == str(file)
    assert terminal("import", str(file), "--programme", KEY, "--why", "Again")["ref"] == f"{KEY}@2"
    for arguments in (
        ["export", REF, str(tmp_path / "a.pdf")],
        ["show", "nothing@1"],
        ["diff", REF, "not a ref"],
    ):
        done = CliRunner().invoke(group, [*arguments, "--lang", "en"])
        assert done.exit_code == 2, done.output
    file.write_text(
        "[[unit]]\nunit='a'\ntitle_nl='A'\n[[unit.outcome]]\ncode='o'\ntext_nl='x'\ncompetences=['nope: 2']"
    )
    done = CliRunner().invoke(group, ["import", str(file), "--programme", KEY, "--why", "No", "--lang", "en"])
    assert done.exit_code == 2
    assert ProgrammeVersion.objects.count() == 2


def test_a_page_asks_few_questions_however_much_it_shows(world: World, django_assert_max_num_queries) -> None:
    world.published()
    _ratings(world)
    ACT.plan_cohort(
        world.caller("designer"), programme=KEY, name="One", starts_on=LATER, ends_on=LATER + timedelta(days=9)
    )
    client = world.client("office")
    for address in ("/curriculum/programmes/", f"{WEB}/", f"{WEB}/1/", f"{WEB}/1/delta/", f"{WEB}/1/approvals/"):
        with django_assert_max_num_queries(30):
            assert client.get(address).status_code == 200
    with django_assert_max_num_queries(40):
        assert client.get(f"{WEB}/1/coverage/").status_code == 200
