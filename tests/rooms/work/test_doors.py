"""The same question through web, API and terminal; pages that stay light; forms that refuse with words."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import factories
from tests.rooms.work import sheets

from valley.foundation.answers import plain
from valley.vacancies.web.forms import STEPS
from valley.work import actions, queries
from valley.work.cli import group

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content.decode(), "html.parser")


def english() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def terminal(*arguments: str) -> dict:
    done = CliRunner().invoke(group, [*arguments, "--json", "--lang", "en"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_one_question_one_answer_through_web_api_and_terminal(region) -> None:
    region.open(place="heerlen", title="Adviseur Heerlen")
    region.open()
    asked = {"place": "maastricht", "km": "50"}
    wanted = plain(queries.open_openings(factories.visitor(), filters=queries.OpeningFilter(place="maastricht", km=50)))
    program = english().get("/api/v1/work/openings", asked, **ENGLISH).json()
    assert program == wanted
    assert terminal("openings", "--place", "maastricht", "--km", "50") == wanted
    page = soup(english().get("/work/", asked))
    shown = [link["href"] for link in page.select(".card__link")]
    assert shown == [f"/work/openings/{item['slug']}/" for item in wanted["items"]]


def test_one_opening_one_answer_through_web_api_and_terminal(region) -> None:
    slug = region.open().slug
    wanted = plain(queries.opening(factories.visitor(), slug=slug))
    assert english().get(f"/api/v1/work/openings/{slug}", **ENGLISH).json() == wanted
    found = terminal("opening", slug)
    assert found | {"mayChange": False} == wanted
    page = soup(english().get(f"/work/openings/{slug}/"))
    assert page.h1.text == wanted["opening"]["title"]
    assert [a.text for a in page.select("#must tbody a")] == [line["label"] for line in wanted["must"]]


def test_public_pages_run_no_script_and_style_nothing_inline(region) -> None:
    slug = region.open().slug
    pages = ["", f"openings/{slug}/", "partners/", "partners/centre-one/", "roles/", "roles/adviser-1/"]
    pages += ["?place=heerlen&km=10&page=2", "?page=99999999&km=x&hours=abc"]
    for address in (f"/work/{page}" for page in pages):
        answer = english().get(address)
        assert answer.status_code == 200, address
        page = soup(answer)
        assert not page.select("script:not([type='application/ld+json'])"), address
        assert not page.find_all(style=True), address
        assert not [tag for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")], address
        assert page.h1, address


def test_the_public_list_asks_few_questions_however_many_openings(region, django_assert_max_num_queries) -> None:
    client = english()
    actions.add_openings(factories.operator(), rows=[region.draft(title=f"Adviseur {n}") for n in range(45)])
    client.get("/work/")  # the first reader after a change has the board made
    with django_assert_max_num_queries(12):
        page = soup(client.get("/work/", {"place": "heerlen", "language": "nl"}))
    assert len(page.select(".card")) == 20
    assert "45 openings" in page.text
    slug = queries.open_openings(factories.visitor()).items[0].slug
    with django_assert_max_num_queries(15):
        client.get(f"/work/openings/{slug}/")
    with django_assert_max_num_queries(12):
        assert soup(client.get("/work/?page=3")).select(".card")


def test_an_empty_list_says_what_to_do(region) -> None:
    page = soup(english().get("/work/?text=zeppelin"))
    assert "Nothing fits all of this" in page.text
    assert page.select_one(".empty a.button")["href"] == "/work/"


def test_a_closed_or_unknown_opening(region) -> None:
    saved = region.open()
    actions.close_opening(region.recruiter, slug=saved.slug, version=saved.version)
    assert "This opening is closed" in soup(english().get(f"/work/openings/{saved.slug}/")).text
    assert english().get("/work/openings/nothing-here/").status_code == 404
    assert english().get("/api/v1/work/openings/nothing-here").status_code == 404


def filled(page: BeautifulSoup, **changed: object) -> dict[str, object]:
    """What a browser would send back of the form on the page."""
    form = page.select_one("main form[method=post]:not([action])")
    sent: dict[str, object] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[field["name"]] = chosen["value"]
        elif field.name == "textarea":
            sent[field["name"]] = field.text.strip("\n")
        elif field.get("type") != "checkbox":
            sent[field["name"]] = field.get("value", "")
        elif field.has_attr("checked"):
            sent[field["name"]] = field.get("value", "on")
    return sent | changed


def test_a_recruiter_writes_an_opening_in_one_page(region) -> None:
    client = factories.client("recruiter", region.employer)
    start = "/work/desk/centre-one/openings/new/"
    assert soup(client.get(start)).select("option[value=adviser-2]")
    page = soup(client.get(f"{start}?role=adviser-2"))
    assert [head.text[3:] for head in page.select("fieldset.panel > h2")] == [str(step.title) for step in STEPS]
    first = client.post(f"{start}?role=adviser-2", filled(page))
    assert first.status_code == 422
    assert soup(first).select('[role=alert] a[href="#id_pay_min"]')
    sent = filled(soup(first), pay_min="16,10", pay_max="18.00", place="heerlen", seats="3", publish="1")
    done = client.post(f"{start}?role=adviser-2", sent)
    assert done.status_code == 302, soup(done).select_one("[role=alert]")
    (item,) = queries.open_openings(factories.visitor()).items
    assert (str(item.pay_min), item.place, item.seats, item.role_key) == ("16.10", "Heerlen", 3, "adviser-2")
    shown = queries.opening(factories.visitor(), slug=item.slug)
    role = queries.role_profile(factories.visitor(), key="adviser-2")
    assert len(shown.must) + len(shown.wish) == len(role.needs)
    assert client.get(done.url).status_code == 200


def test_what_the_action_refuses_stands_beside_its_field(region) -> None:
    client = factories.client("recruiter", region.employer)
    address = "/work/desk/centre-one/openings/new/?role=adviser-1"
    page = soup(client.get(address))
    sent = filled(page, pay_min="16", pay_max="15", place="heerlen", seats="0")
    sent["need-0-competence"] = "telefonisch jongleren"
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "not in the vocabulary" in soup(refused).select_one("[role=alert]").text
    sent["need-0-competence"] = "listen actively"
    refused = soup(client.post(address, sent))
    links = {a["href"] for a in refused.select("[role=alert] a")}
    assert {"#id_pay_max", "#id_seats"} <= links
    assert refused.select_one("#id_title")["value"]


def test_the_second_of_two_recruiters_is_told(region) -> None:
    saved = region.open()
    address = f"/work/desk/openings/{saved.slug}/"
    one, two = factories.client("recruiter", region.employer), factories.client("steward", region.employer)
    first, second = filled(soup(one.get(address)), seats="4"), filled(soup(two.get(address)), seats="5")
    assert one.post(address, first).status_code == 302
    told = two.post(address, second)
    assert told.status_code == 422
    assert "Someone saved in between" in soup(told).select_one("[role=alert]").text
    assert queries.opening(factories.visitor(), slug=saved.slug).opening.seats == 4


def test_an_opening_is_opened_closed_and_copied_at_the_desk(region) -> None:
    client = factories.client("recruiter", region.employer)
    saved = actions.add_opening(region.recruiter, draft=region.draft())
    address = f"/work/desk/openings/{saved.slug}/state/"
    assert client.post(address, {"do": "open", "version": saved.version}).status_code == 302
    assert queries.public_counts(factories.visitor()).openings == 1
    assert client.post(address, {"do": "close", "version": saved.version}).status_code == 409
    assert client.post(address, {"do": "close", "version": saved.version + 1}).status_code == 302
    assert client.post(address, {"do": "copy"}).url == f"/work/desk/openings/{saved.slug}-2/"
    assert client.get(address).status_code == 405
    desk = soup(client.get("/work/desk/?state=draft"))
    assert [a["href"] for a in desk.select("tbody a")] == [f"/work/openings/{saved.slug}-2/"]


def test_a_role_of_ones_own_starts_from_a_role_of_the_trade(region) -> None:
    client = factories.client("recruiter", region.employer)
    address = "/work/desk/centre-one/roles/new/?like=adviser-1"
    sent = filled(soup(client.get(address)), key="travel-adviser", title_nl="Reisadviseur")
    assert client.post(address, sent).status_code == 302
    role = queries.role_profiles(region.recruiter, organisation=region.employer.id)[-1]
    assert (role.key, role.own, role.version) == ("travel-adviser", True, 1)
    edit = f"/work/desk/roles/{role.id}/"
    assert client.post(edit, filled(soup(client.get(edit)), title_nl="Reisadviseur Europa")).status_code == 302
    page = queries.role_profile(region.recruiter, id=role.id)
    assert (page.title_nl, page.role.version) == ("Reisadviseur Europa", 2)
    assert all(need.task for need in page.needs)
    assert factories.client("recruiter", region.other).get(edit).status_code == 404
    again = client.post(address, sent)
    assert again.status_code == 422


def test_a_spreadsheet_through_the_web(region) -> None:
    client = factories.client("recruiter", region.employer)
    assert client.get("/work/import/").status_code == 200
    content = sheets.xlsx(sheets.row(), sheets.row(reference="A-2", place="Mastricht"))
    sent = {"organisation": "centre-one", "file": SimpleUploadedFile("jobs.xlsx", content)}
    preview = client.post("/work/import/", sent)
    assert preview.status_code == 302
    page = soup(client.get(preview.url))
    assert "Did you mean “Maastricht”?" in page.text
    refused = client.post(f"{preview.url}apply/", {})
    assert refused.status_code == 422
    assert client.post(f"{preview.url}apply/", {"keep_good": "on", "publish": "on"}).status_code == 302
    assert queries.public_counts(factories.visitor()).openings == 1
    assert soup(client.get(preview.url)).select_one("form .button--danger")
    assert client.post(f"{preview.url}undo/").status_code == 302
    assert queries.public_counts(factories.visitor()).openings == 0
    wrong = {"organisation": "centre-one", "file": SimpleUploadedFile("jobs.xlsx", b"%PDF-1.4")}
    assert "a PDF" in soup(client.post("/work/import/", wrong)).select_one("[role=alert]").text
    other = {"organisation": "centre-two", "file": SimpleUploadedFile("jobs.xlsx", content)}
    assert client.post("/work/import/", other).status_code == 422


def test_the_template_and_the_own_openings_are_downloads(region) -> None:
    region.open()
    client = factories.client("recruiter", region.employer)
    template = english().get("/work/import/template.xlsx")
    assert template["Content-Disposition"] == 'attachment; filename="valley-template.xlsx"'
    assert template.content[:2] == b"PK"
    own = client.get("/work/desk/centre-one/openings.xlsx")
    assert own["Content-Disposition"] == 'attachment; filename="centre-one-openings.xlsx"'
    assert client.get("/work/desk/centre-two/openings.xlsx").status_code == 403


BODY = {
    "role": "adviser-1", "title": "Klantadviseur", "contract": "fixed-term", "months": 12, "hoursMin": 24,
    "hoursMax": 32, "payMin": "15.50", "payMax": "17.00", "place": "maastricht", "startsFromOn": "2027-03-01",
    "startsUntilOn": "2027-06-01", "closesOn": "2027-02-15", "languages": [{"code": "nl", "cefr": 4}],
}  # fmt: skip


def test_a_program_adds_changes_opens_and_closes(region) -> None:
    client = factories.client("recruiter", region.employer)
    base = "/api/v1/work/openings"
    made = client.post(base, {"organisation": "centre-one", "opening": BODY}, content_type="application/json")
    assert made.status_code == 201, made.content
    slug = made.json()["slug"]
    changed = client.put(
        f"{base}/{slug}", {"version": 1, "opening": BODY | {"seats": 3}}, content_type="application/json"
    )
    assert changed.json()["version"] == 2
    stale = client.put(f"{base}/{slug}", {"version": 1, "opening": BODY}, content_type="application/json")
    assert stale.status_code == 409
    opened = client.put(f"{base}/{slug}/state", {"version": 2, "state": "open"}, content_type="application/json")
    assert opened.json()["state"] == "open"
    assert english().get(f"{base}/{slug}").json()["opening"]["seats"] == 3
    closed = client.put(f"{base}/{slug}/state", {"version": 3, "state": "closed"}, content_type="application/json")
    assert closed.json()["state"] == "closed"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"payMin": "1.00"}, 400),
        ({"title": "a\x00b"}, 400),
        ({"age": 30}, 400),
        ({"seats": "2"}, 400),
        ({"place": "atlantis"}, 422),
        ({"role": "astronaut"}, 422),
        ({"closesOn": "2020-01-01"}, 422),
        ({"languages": []}, 422),
    ],
)
def test_a_program_is_refused_with_a_problem(region, change, status) -> None:
    client = factories.client("recruiter", region.employer)
    sent = {"organisation": "centre-one", "opening": BODY | change}
    answer = client.post("/api/v1/work/openings", sent, content_type="application/json")
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"


def test_a_program_uploads_a_spreadsheet(region) -> None:
    client = factories.client("recruiter", region.employer)
    file = SimpleUploadedFile("jobs.xlsx", sheets.xlsx(sheets.row()))
    made = client.post("/api/v1/work/uploads?organisation=centre-one", {"file": file})
    assert made.status_code == 201, made.content
    upload = made.json()["upload"]
    address = f"/api/v1/work/uploads/{upload}"
    assert client.get(address).json()["make"] == 1
    applied = client.post(f"{address}/apply", {"publish": True}, content_type="application/json")
    assert applied.json()["made"] == 1
    assert client.post(f"{address}/undo").json() == {"upload": upload, "removed": 1, "restored": 0}
    assert factories.client("recruiter", region.other).get(address).status_code == 404


def test_partners_and_roles_for_programs(region) -> None:
    found = english().get("/api/v1/work/partners", {"limit": 1}, **ENGLISH).json()
    assert [one["slug"] for one in found] == ["centre-one"]
    assert len(english().get("/api/v1/work/role-profiles").json()) == 20
    assert english().get("/api/v1/work/role-profiles/adviser-1", **ENGLISH).json()["role"]["key"] == "adviser-1"
    assert english().get("/api/v1/work/openings", {"limit": 101}).status_code == 400


def test_the_terminal_imports_a_spreadsheet(region, tmp_path) -> None:
    file = tmp_path / "jobs.xlsx"
    file.write_bytes(sheets.xlsx(sheets.row(), sheets.row(reference="A-2", place="Mastricht")))
    command = ("import-openings", str(file), "--organisation", "centre-one")
    assert terminal(*command, "--dry-run")["make"] == 1
    assert queries.public_counts(factories.visitor()).openings == 0
    refused = CliRunner().invoke(group, [*command, "--json", "--lang", "en"])
    assert refused.exit_code == 2
    assert json.loads(refused.stdout)["error"] == "upload-refused"
    done = terminal(*command, "--keep-good", "--publish")
    assert (done["made"], done["leftOut"]) == (1, 1)
    assert queries.public_counts(factories.visitor()).openings == 1
    assert terminal("undo-import", str(done["upload"]))["removed"] == 1
    wrong = CliRunner().invoke(group, ["import-openings", str(file), "--organisation", "nobody", "--json"])
    assert wrong.exit_code == 2


def test_the_terminal_lets_a_partner_join_and_seats_people(region, tmp_path) -> None:
    made = terminal("add-partner", "Centre Three", "--place", "sittard")
    assert made["slug"] == "centre-three"
    someone = factories.account()
    seat = terminal("give-desk", someone.email, "--organisation", "centre-three", "--role", "recruiter")
    assert seat["role"] == "recruiter"
    assert "centre-three" in {one["slug"] for one in terminal("partners")}
    assert len(terminal("roles")) == 20
    file = tmp_path / "template.xlsx"
    terminal("template", str(file))
    assert file.read_bytes()[:2] == b"PK"
