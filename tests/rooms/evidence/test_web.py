"""Do the pages of evidence let people bring it in, decide about it and take it back, and show no one another's?"""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from tests import factories
from tests.rooms.evidence.conftest import DUTCH, ENGLISH, GERMAN

from valley.evidence import actions, queries
from valley.evidence.models import Decision, Finding, Intake, Piece
from valley.reading.models import SystemName

ADDRESSES = ("", "pieces/", "add/", "add/?way=file", "import/", "decide/", "systems/", "terms/")


def _soup(answer: object, status: int = 200) -> BeautifulSoup:
    assert answer.status_code == status, answer.content[:400]  # type: ignore[attr-defined]
    return BeautifulSoup(answer.content, "html.parser")  # type: ignore[attr-defined]


@pytest.fixture
def designer(region) -> Client:
    return factories.client("designer")


@pytest.fixture
def recruiter(region) -> Client:
    return factories.client("recruiter", region.one)


@pytest.fixture
def stranger(region) -> Client:
    return factories.client("team-lead", region.two)


def _said(page: BeautifulSoup, **verdicts: str) -> dict[str, str]:
    """The form of decisions as a browser would send it, with other radio buttons chosen."""
    form = page.select_one("form#decide")
    sent = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    sent |= {one["name"]: one.get("value", "") for one in form.select("input[type=radio][checked]")}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]")
        sent[select["name"]] = chosen["value"] if chosen else ""
    sent |= {one["name"]: one.get("value", "") for one in form.select("input[data-competence]")}
    return sent | verdicts


def _waiting() -> list[Finding]:
    return list(Finding.objects.filter(state="proposed").order_by("piece", "starts", "-score", "pk"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_are_for_the_desks_that_bring_or_judge_evidence(region, address: str) -> None:
    region.read()
    for role, partner in (("designer", None), ("office", None), ("recruiter", region.one), ("steward", region.two)):
        assert factories.client(role, partner).get(f"/evidence/{address}").status_code == 200
    for role in ("coach", "practical-trainer", "municipality"):
        assert factories.client(role).get(f"/evidence/{address}").status_code == 403
    assert factories.client("designer", strong=False).get(f"/evidence/{address}").status_code == 403
    assert Client().get(f"/evidence/{address}").status_code == 302


def test_an_empty_desk_teaches_three_ways_to_begin(recruiter) -> None:
    page = _soup(recruiter.get("/evidence/"))
    ways = [link["href"] for link in page.select("li.card a")]
    assert ways == ["/evidence/add/", "/evidence/add/?way=file", "/evidence/import/"]


def test_a_pasted_text_is_read_at_once_and_shows_where_each_competence_stands(recruiter, region) -> None:
    page = _soup(
        recruiter.post("/evidence/add/", {"organisation": region.one.id, "text": DUTCH, "language": ""}, follow=True)
    )
    assert page.h1.get_text() == "Klantadviseur"
    labels = [link.get_text() for link in page.select('li[id^="f"] a[href^="/skills/"]')]
    assert "handle customer complaints" in labels
    numbers = [link.get_text() for link in page.select("#text sup a")]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len(page.select("#text span.notice--warning")) == len(numbers)
    assert "Zendesk →" in page.get_text()
    assert not [label for label in labels if "zendesk" in label.casefold()]
    shown = page.select_one("#text")
    for one in shown.select("sup"):
        one.decompose()
    for one in shown.select("br"):
        one.replace_with("\n")
    assert "".join(shown.get_text().split()) == "".join(DUTCH.split())


def test_a_file_comes_in_by_its_own_form(recruiter, region) -> None:
    file = SimpleUploadedFile("text.txt", ENGLISH.encode())
    page = _soup(recruiter.post("/evidence/add/?way=file", {"organisation": region.one.id, "file": file}, follow=True))
    assert page.h1["lang"] == "en"
    assert "text.txt" in page.get_text()


@pytest.mark.parametrize("text", ["", "x", "12345 67890"])
def test_a_text_that_cannot_be_read_is_refused_on_the_form_and_nothing_is_kept(recruiter, region, text: str) -> None:
    page = _soup(recruiter.post("/evidence/add/", {"organisation": region.one.id, "text": text}), 422)
    assert page.select_one("#form-errors li a")["href"] == "#id_text"
    assert page.title.get_text().startswith("Error: ")
    assert not Piece.objects.exists()


def test_the_same_text_twice_is_refused_in_words(recruiter, region) -> None:
    said = {"organisation": region.one.id, "text": DUTCH}
    recruiter.post("/evidence/add/", said)
    page = _soup(recruiter.post("/evidence/add/", said), 422)
    assert "the same words" in page.get_text()
    assert Piece.objects.count() == 1


def test_nobody_brings_texts_for_an_employer_that_is_not_theirs(recruiter, region) -> None:
    page = _soup(recruiter.post("/evidence/add/", {"organisation": region.two.id, "text": DUTCH}), 422)
    assert page.select_one("#id_organisation_error")
    assert not Piece.objects.exists()


def _sheet(*rows: tuple[object, ...], kind: str = "job-text") -> SimpleUploadedFile:
    content = queries.template_workbook("en", kind=kind)
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("texts.xlsx", stream.getvalue())


def _row(client: Client, **cells: object) -> tuple[object, ...]:
    """A row under the headers of the template that the page offers."""
    content = client.get("/evidence/import/template.xlsx?kind=job-text").content
    heads = [cell.value for cell in next(load_workbook(BytesIO(content)).worksheets[0].iter_rows(max_row=1))]
    return tuple(cells.get(str(head).casefold()) for head in heads)


def test_a_spreadsheet_is_looked_at_first_and_then_taken_in(designer, region) -> None:
    good = _row(designer, employer="Centre One", title="Adviser", language="en", text=ENGLISH, date="01-09-2026")
    bad = _row(designer, employer="Centre Onne", title="Adviser", language="en", text=GERMAN, date="01-09-2026")
    page = _soup(
        designer.post(
            "/evidence/import/", {"kind": "job-text", "organisation": "", "file": _sheet(good, bad)}, follow=True
        )
    )
    address = page.select_one("form.form")["action"]
    assert not Piece.objects.exists()
    wrong = page.select_one("#problems-caption").find_parent("table").get_text()
    assert "Centre Onne" in wrong
    assert "centre one" in wrong.casefold()
    refused = _soup(designer.post(address), 422)
    assert "Not done" in refused.get_text()
    done = _soup(designer.post(address, {"keep_good": "on"}, follow=True))
    assert Piece.objects.count() == 1
    assert done.select_one('form[action="/evidence/read/"]')
    assert designer.post(address).status_code == 409
    read = _soup(designer.post("/evidence/read/", follow=True))
    assert read.select_one("form#decide")


def test_a_spreadsheet_of_another_employer_cannot_be_seen_or_taken_in(recruiter, stranger, region) -> None:
    row = _row(recruiter, title="Adviser", language="en", text=ENGLISH, date="01-09-2026")
    said = {"kind": "job-text", "organisation": region.one.id, "file": _sheet(row)}
    address = recruiter.post("/evidence/import/", said)["Location"]
    assert recruiter.get(address).status_code == 200
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}apply/").status_code == 404
    assert not Piece.objects.exists()
    assert "texts.xlsx" not in stranger.get("/evidence/import/").content.decode()
    assert stranger.post("/evidence/import/", said | {"file": _sheet(row)}).status_code == 422
    assert Intake.objects.count() == 1


def test_a_file_that_is_no_spreadsheet_is_refused_on_the_form(designer) -> None:
    file = SimpleUploadedFile("x.xlsx", b"%PDF-1.4")
    page = _soup(designer.post("/evidence/import/", {"kind": "rating", "organisation": "", "file": file}), 422)
    assert "a PDF" in page.select_one("#id_file_error").get_text()
    assert not Intake.objects.exists()


@pytest.mark.parametrize("kind", ["job-text", "observation", "rating"])
def test_each_kind_has_its_template(recruiter, kind: str) -> None:
    answer = recruiter.get(f"/evidence/import/template.xlsx?kind={kind}")
    assert kind in answer["Content-Disposition"]
    assert load_workbook(BytesIO(answer.content)).worksheets[0].max_row == 2


def test_one_form_decides_about_a_whole_page_and_leaves_the_rest_open(designer, region) -> None:
    region.read()
    first, second, third, *others = _waiting()
    page = _soup(designer.get("/evidence/decide/"))
    assert len(page.select("[data-row]")) == 3 + len(others)
    assert all(row.select_one("legend").get_text(strip=True) for row in page.select("[data-row]"))
    sent = _said(
        page,
        **{f"say-{first.pk}": "confirmed", f"say-{second.pk}": "rejected"},
        **{f"say-{third.pk}": "changed", f"other-{third.pk}": "geduld hebben"},
    )
    after = _soup(designer.post("/evidence/decide/", sent, follow=True))
    assert "1 confirmed, 1 changed, 1 rejected" in after.get_text()
    states = dict(Finding.objects.values_list("pk", "state"))
    assert (states[first.pk], states[second.pk], states[third.pk]) == ("confirmed", "rejected", "changed")
    assert Finding.objects.get(pk=third.pk).competence_id == region.ids["exercise-patience"]
    assert {states[one.pk] for one in others} == {"proposed"}
    assert len(after.select("[data-row]")) == len(others)


def test_confirm_all_confirms_what_nothing_was_said_about(designer, region) -> None:
    region.read()
    first, *others = _waiting()
    sent = _said(_soup(designer.get("/evidence/decide/")), **{f"say-{first.pk}": "rejected", "all": "yes"})
    after = _soup(designer.post("/evidence/decide/", sent, follow=True))
    assert Finding.objects.filter(state="confirmed").count() == len(others)
    assert Finding.objects.get(pk=first.pk).state == "rejected"
    assert "Nothing waits" in after.get_text()


def test_an_alternative_of_the_row_can_be_chosen_and_a_level_set(designer, region) -> None:
    region.read()
    page = _soup(designer.get("/evidence/decide/"))
    select = page.select_one('select[name^="instead-"]')
    pk, other = select["name"].removeprefix("instead-"), select.select("option")[1]["value"]
    sent = _said(page, **{f"say-{pk}": "changed", f"instead-{pk}": other, f"level-{pk}": "3"})
    designer.post("/evidence/decide/", sent)
    row = Finding.objects.get(pk=pk)
    assert (row.state, row.competence_id, row.level) == ("changed", int(other), 3)


def test_an_unknown_competence_keeps_the_whole_page_as_it_was_said(designer, region) -> None:
    region.read()
    first, second, *_others = _waiting()
    sent = _said(
        _soup(designer.get("/evidence/decide/")),
        **{f"say-{first.pk}": "rejected", f"say-{second.pk}": "changed", f"other-{second.pk}": "luistern"},
    )
    page = _soup(designer.post("/evidence/decide/", sent), 422)
    assert not Decision.objects.exists()
    assert page.select_one(f"#no-{first.pk}").has_attr("checked")
    assert page.select_one(f"#other-{second.pk}")["value"] == "luistern"
    assert page.select_one(f"#other-{second.pk}")["aria-invalid"] == "true"
    assert page.select_one("#decide-errors a")["href"] == f"#other-{second.pk}"
    assert "listen" in page.select_one(f"#error-{second.pk}").get_text()


def test_a_page_that_someone_else_decided_meanwhile_saves_nothing(designer, recruiter, region) -> None:
    region.read()
    first, second, *_others = _waiting()
    old = _said(_soup(designer.get("/evidence/decide/")), **{f"say-{first.pk}": "confirmed"})
    mine = _said(_soup(recruiter.get("/evidence/decide/")), **{f"say-{second.pk}": "confirmed"})
    # The recruiter takes back what was confirmed, so that the row waits again with another version.
    recruiter.post("/evidence/decide/", mine)
    recruiter.post("/evidence/decide/undo/", {"finding": [second.pk]})
    page = _soup(designer.post("/evidence/decide/", old | {f"say-{second.pk}": "rejected"}), 422)
    assert "someone else decided meanwhile" in page.select_one("#decide-errors").get_text()
    assert not Finding.objects.exclude(state="proposed").exists()


def test_nothing_chosen_changes_nothing_and_says_so(designer, region) -> None:
    region.read()
    page = _soup(designer.post("/evidence/decide/", _said(_soup(designer.get("/evidence/decide/"))), follow=True))
    assert "Nothing was chosen" in page.get_text()
    assert not Decision.objects.exists()


def test_what_was_just_decided_can_be_taken_back_in_part(designer, region) -> None:
    region.read()
    first, second, *_others = _waiting()
    sent = _said(
        _soup(designer.get("/evidence/decide/")), **{f"say-{first.pk}": "confirmed", f"say-{second.pk}": "rejected"}
    )
    page = _soup(designer.post("/evidence/decide/", sent, follow=True))
    assert {box["value"] for box in page.select('[name="finding"]')} == {str(first.pk), str(second.pk)}
    page = _soup(designer.post("/evidence/decide/undo/", {"finding": [second.pk]}, follow=True))
    assert [box["value"] for box in page.select('[name="finding"]')] == [str(first.pk)]
    assert Finding.objects.get(pk=first.pk).state == "confirmed"
    assert Finding.objects.get(pk=second.pk).state == "proposed"
    lines = [line.get_text() for line in _soup(designer.get(f"/evidence/findings/{second.pk}/")).select("tbody td")]
    assert "rejected" in lines
    assert "proposed" in lines


def test_the_page_of_a_text_confirms_rejects_and_takes_back(recruiter, region) -> None:
    page = region.read()
    found = page.findings[0]

    def post(state: str, version: int) -> int:
        said = {"state": state, "version": version, "piece": page.piece.id}
        return recruiter.post(f"/evidence/findings/{found.id}/decide/", said).status_code

    assert post("confirmed", found.version) == 302
    assert Finding.objects.get(pk=found.id).state == "confirmed"
    assert post("rejected", found.version) == 409
    assert post("proposed", found.version + 1) == 302
    assert Finding.objects.get(pk=found.id).state == "proposed"
    assert "Take back" not in _soup(recruiter.get(f"/evidence/pieces/{page.piece.id}/")).get_text()


def test_an_overlooked_competence_is_added_with_its_sentence(recruiter, region) -> None:
    page, address = region.read(), f"/evidence/pieces/{region.read(ENGLISH).piece.id}/"
    address = f"/evidence/pieces/{page.piece.id}/"
    said = {"sentence": "Je werkt elke dag in Zendesk.", "competence": "werken met een computer", "level": "2"}
    assert recruiter.post(address, said).status_code == 302
    made = Finding.objects.get(proposed=None)
    assert (made.state, made.level, made.competence_id) == ("confirmed", 2, region.ids["computer-literacy"])
    wrong = _soup(recruiter.post(address, said | {"sentence": "Dit staat er niet."}), 422)
    assert wrong.select_one("#id_sentence_error")
    unknown = _soup(recruiter.post(address, said | {"competence": "Zendesk"}), 422)
    assert unknown.select_one("#id_competence_error")


def test_a_withdrawn_text_counts_no_more_and_offers_no_decision(recruiter, region) -> None:
    page = region.read()
    address = f"/evidence/pieces/{page.piece.id}/"
    assert recruiter.post(f"{address}withdraw/", {"version": 99}).status_code == 409
    assert recruiter.post(f"{address}withdraw/", {"version": page.piece.version}).status_code == 302
    shown = _soup(recruiter.get(address))
    assert not shown.select('form[action^="/evidence/"]')
    assert "Nothing waits" in recruiter.get("/evidence/decide/").content.decode()
    listed = _soup(recruiter.get("/evidence/pieces/?state=withdrawn"))
    assert len(listed.select("#pieces tbody tr")) == 1


def test_no_page_shows_or_changes_what_is_another_employers(stranger, region) -> None:
    secret = DUTCH.replace("Klantadviseur", "Geheime Functietitel")
    page = region.read(secret, title="Geheime Functietitel", reference="GEHEIM-1")
    region.confirm(page, "handle-complaints")
    found = page.findings[0].id
    one = region.one.id
    asked = (
        f"competences/{region.ids['handle-complaints']}/",
        f"pieces/?organisation={one}",
        f"decide/?organisation={one}",
    )
    for address in (*ADDRESSES, *asked):
        answer = stranger.get(f"/evidence/{address}")
        assert answer.status_code in (200, 403), address
        text = answer.content.decode()
        assert "Geheim" not in text
        assert "GEHEIM" not in text
        assert "klachten van klanten" not in text
    for address in (f"pieces/{page.piece.id}/", f"findings/{found}/"):
        assert stranger.get(f"/evidence/{address}").status_code == 404
    before = list(Finding.objects.values_list("pk", "state", "version"))
    own = {"state": "rejected", "version": 1, "piece": page.piece.id}
    for address, said in (
        (f"findings/{found}/decide/", own),
        (f"pieces/{page.piece.id}/withdraw/", {"version": 1}),
        (f"pieces/{page.piece.id}/", {"sentence": "Je werkt", "competence": "typen"}),
    ):
        assert stranger.post(f"/evidence/{address}", said).status_code == 404
    assert stranger.post("/evidence/read/", {"organisation": region.one.id}).status_code == 403
    assert list(Finding.objects.values_list("pk", "state", "version")) == before


def test_a_designer_reads_a_number_until_the_employer_allows_its_name(designer, recruiter, region) -> None:
    page = region.read()
    region.confirm(page, "handle-complaints")
    address = f"/evidence/competences/{region.ids['handle-complaints']}/"
    hidden = _soup(designer.get(address)).get_text()
    assert "employer 01" in hidden
    assert "Centre One" not in hidden
    assert "Centre One" not in _soup(designer.get("/evidence/")).select_one("#employers").get_text()
    assert "is not shown" in _soup(recruiter.get("/evidence/terms/")).get_text()
    assert recruiter.post(f"/evidence/terms/{region.one.slug}/", {"name_shown": "yes"}).status_code == 302
    assert "Centre One" in _soup(designer.get(address)).get_text()
    recruiter.post(f"/evidence/terms/{region.one.slug}/", {"name_shown": "no"})
    assert "Centre One" not in _soup(designer.get(address)).get_text()


def test_only_the_employer_or_the_office_allows_its_name(designer, recruiter, stranger, region) -> None:
    address = f"/evidence/terms/{region.one.slug}/"
    assert stranger.post(address, {"name_shown": "yes"}).status_code == 403
    assert designer.post(address, {"name_shown": "yes"}).status_code == 403
    assert recruiter.post(address, {"name_shown": "perhaps"}).status_code == 422
    assert factories.client("office").post(address, {"name_shown": "yes"}).status_code == 302


def test_near_equal_competences_lie_side_by_side_and_can_be_merged_and_taken_back(designer, region) -> None:
    keys = ("maintain-customer-service", "customer-service-knowledge")
    said = [actions.RatingLine(region.ids[key], importance=3, level=2) for key in keys]
    actions.add_ratings(region.operator, organisation=region.one.id, dated_on=date(2026, 9, 1), ratings=said)
    assert designer.post("/evidence/merges/propose/").status_code == 302
    found = queries.merges(region.operator)
    page = _soup(designer.get("/evidence/merges/"))
    assert len(page.select("main section")) == len(found)
    assert len(found) == 1
    section = page.select_one("main section")
    assert len(section.select("h3")) == 2
    assert "fewer than 5 employers" in section.get_text()
    address, version = section.form["action"], section.select_one('[name="version"]')["value"]
    assert designer.post(address, {"state": "merged", "reason": "hetzelfde", "version": version}).status_code == 302
    assert designer.post(address, {"state": "apart", "version": version}).status_code == 409
    merged = _soup(designer.get("/evidence/merges/?state=merged"))
    assert "hetzelfde" in merged.get_text()
    version = merged.select_one('[name="version"]')["value"]
    assert designer.post(address, {"state": "proposed", "version": version}).status_code == 302
    assert len(_soup(designer.get("/evidence/merges/")).select("main section")) == len(found)


def test_merges_are_not_for_employers(recruiter, region) -> None:
    for answer in (recruiter.get("/evidence/merges/"), recruiter.post("/evidence/merges/propose/")):
        assert answer.status_code == 403
    assert recruiter.post("/evidence/merges/1/", {"state": "merged", "version": 1}).status_code == 403


def test_a_name_of_a_system_is_added_and_a_word_for_a_competence_refused(designer, recruiter, region) -> None:
    said = {"name": "Klantblik", "tool_class": "crm", "organisation": ""}
    assert designer.post("/evidence/systems/", said).status_code == 302
    assert "Klantblik" in _soup(recruiter.get("/evidence/systems/")).select_one("#systems").get_text()
    wrong = _soup(designer.post("/evidence/systems/", said | {"name": "typen"}), 422)
    assert wrong.select_one("#id_name_error")
    own = said | {"name": "Eigen Brein", "organisation": region.one.id}
    assert recruiter.post("/evidence/systems/", own).status_code == 302
    assert SystemName.objects.get(name="Eigen Brein").organisation_id == region.one.id
    assert recruiter.post("/evidence/systems/", own | {"organisation": region.two.id}).status_code == 422
    other = factories.client("recruiter", region.two)
    assert "Eigen Brein" not in other.get("/evidence/systems/").content.decode()


def test_the_same_list_through_the_web_and_the_query(designer, region) -> None:
    region.read()
    region.read(GERMAN, of=region.two, title="Kundenberater")
    answer = queries.pieces(region.designer)
    page = _soup(designer.get("/evidence/pieces/"))
    rows = page.select("#pieces tbody tr")
    assert [row.th.a.get_text() for row in rows] == [one.title for one in answer.items]
    one = _soup(designer.get(f"/evidence/pieces/?organisation={region.two.id}&kind=job-text"))
    assert [row.th.a.get_text() for row in one.select("#pieces tbody tr")] == ["Kundenberater"]
    assert "Nothing here" in designer.get("/evidence/pieces/?kind=rating").content.decode()
    assert designer.get("/evidence/pieces/?organisation=999999999999&page=zero&state=odd").status_code == 200


def test_the_script_is_a_file_of_our_own_and_nothing_is_inline(designer, region) -> None:
    region.read()
    page = _soup(designer.get("/evidence/decide/"))
    assert [script["src"] for script in page.select("script")] == ["/static/valley/decide.js"]
    assert not page.select("[style], [onclick], [onchange], style")
    assert page.select_one("#keys").has_attr("hidden")


def test_a_workbook_without_rows_says_what_to_do(designer) -> None:
    book = Workbook()
    stream = BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("empty.xlsx", stream.getvalue())
    answer = designer.post("/evidence/import/", {"kind": "job-text", "organisation": "", "file": file}, follow=True)
    page = _soup(answer)
    assert len(page.select("tbody tr")) == 1
    assert not page.select('form[action$="/apply/"]')
