"""A spreadsheet full of surprises: each is named with its cell, nothing is lost, nothing is half saved."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from tests import factories
from tests.rooms.work import sheets

from valley.foundation.access import Forbidden
from valley.foundation.problems import Conflict, NotFound
from valley.foundation.spreadsheets.reading import SheetRefused
from valley.work import actions, queries
from valley.work.queries import editing
from valley.work.sheets import columns

VISITOR = factories.visitor()


@pytest.fixture
def look(region):
    """Uploads a file for the employer and gives the preview."""

    def preview(content: bytes, name: str = "file.xlsx") -> queries.Preview:
        return actions.import_openings_preview(
            region.recruiter, organisation=region.employer.id, file_name=name, content=content
        )

    return preview


def stops(preview: queries.Preview) -> list[tuple[int | None, str]]:
    """The row and column of every problem that stops something."""
    return [(problem.row, problem.column) for problem in preview.problems if problem.stops]


@pytest.mark.parametrize(
    "content",
    [
        sheets.xlsx(sheets.row()),
        sheets.xlsx(sheets.row(), header=sheets.head("en")),
        sheets.ods(sheets.row()),
        sheets.text(sheets.row()),
        sheets.text(sheets.row(), separator=",", language="en"),
        sheets.text(sheets.row(), separator="\t", encoding="utf-8"),
        sheets.text(sheets.row(), encoding="utf-16"),
    ],
    ids=["xlsx", "xlsx-english", "ods", "csv-semicolon", "csv-comma-english", "csv-tab", "csv-utf16"],
)
def test_every_kind_of_file_gives_the_same_opening(region, look, content) -> None:
    preview = look(content)
    assert (preview.make, preview.problems) == (1, ())
    assert queries.openings_of(region.recruiter, organisation=region.employer.id).total == 0
    done = actions.apply_upload(region.recruiter, upload=preview.upload, publish=True)
    assert (done.made, done.changed, done.left_out) == (1, 0, 0)
    (item,) = queries.open_openings(VISITOR).items
    assert (item.title, item.place) == ("Klantadviseur Duits", "Maastricht")
    assert (item.contract_key, item.months) == ("fixed-term", 12)
    assert (item.pay_min, item.pay_max, item.seats) == (Decimal("15.50"), Decimal("17.25"), 2)
    assert (item.starts_from_on, item.closes_on) == (date(2027, 3, 1), date(2027, 2, 15))
    assert (item.evenings, item.home_work) == (True, False)
    assert [(one.code, one.level) for one in item.languages] == [("nl", "B2"), ("de", "B1")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"pay_min": "€ 15,50"}, ("pay_min", Decimal("15.50"))),
        ({"pay_min": "15.5"}, ("pay_min", Decimal("15.50"))),
        ({"hours_min": "24 uur"}, ("hours_min", 24)),
        ({"hours_min": 24.0}, ("hours_min", 24)),
        ({"starts_from_on": datetime(2027, 3, 1)}, ("starts_from_on", date(2027, 3, 1))),
        ({"starts_from_on": "2027-03-01"}, ("starts_from_on", date(2027, 3, 1))),
        ({"starts_from_on": "1 maart 2027"}, ("starts_from_on", date(2027, 3, 1))),
        ({"starts_from_on": "1/3/2027"}, ("starts_from_on", date(2027, 3, 1))),
        ({"place": "  MAASTRICHT "}, ("place_key", "maastricht")),
        ({"contract": "Vast", "months": ""}, ("contract_key", "permanent")),
        ({"contract": "permanent", "months": "n.v.t."}, ("months", None)),
        ({"role": "adviser-1"}, ("role_key", "adviser-1")),
        ({"role": "Customer adviser, starter"}, ("role_key", "adviser-1")),
        ({"evenings": "x"}, ("evenings", True)),
        ({"evenings": True}, ("evenings", True)),
        ({"title": "=cmd|'/c calc'!A1"}, ("title", "=cmd|'/c calc'!A1")),
        ({"title": "+31 bellers"}, ("title", "+31 bellers")),
    ],
)
def test_what_people_write_is_understood(region, look, written, meant) -> None:
    content = sheets.text(sheets.row(**written)) if "title" in written else sheets.xlsx(sheets.row(**written))
    preview = look(content)
    assert preview.problems == ()
    actions.apply_upload(region.recruiter, upload=preview.upload, publish=True)
    (item,) = queries.open_openings(VISITOR).items
    assert getattr(item, meant[0]) == meant[1]


@pytest.mark.parametrize(
    ("written", "column", "words"),
    [
        ({"pay_min": "veel"}, "Uurloon vanaf", "a number"),
        ({"pay_min": 2450, "pay_max": 2600}, "Uurloon vanaf", "per month"),
        ({"pay_max": 1.5}, "Uurloon tot en met", "10 to 150"),
        ({"hours_min": 24.5}, "Uren vanaf", "whole number"),
        ({"hours_max": 90}, "Uren tot en met", "1 to 48"),
        ({"seats": -3}, "Plekken", "1 to 500"),
        ({"starts_from_on": "31-02-2027"}, "Start vanaf", "dd-mm-yyyy"),
        ({"starts_from_on": "03/15/2027"}, "Start vanaf", "dd-mm-yyyy"),
        ({"starts_from_on": "1-3-27"}, "Start vanaf", "dd-mm-yyyy"),
        ({"starts_from_on": 46082}, "Start vanaf", "dd-mm-yyyy"),
        ({"starts_until_on": "01-01-2027"}, "Start vóór", "a day after"),
        ({"closes_on": "01-01-2020"}, "Sluit op", "after today"),
        ({"place": "Mastricht"}, "Plaats", "Did you mean “Maastricht”"),
        ({"place": None}, "Plaats", "something in this cell"),
        ({"contract": "slavernij"}, "Contract", "kind of contract"),
        ({"months": None}, "Maanden", "a number of months"),
        ({"languages": "Nederlands"}, "Talen", "A1 to C2"),
        ({"languages": "Klingon B2"}, "Talen", "a language of the list"),
        ({"permits": "vliegbrevet"}, "Bewijzen", "known permit"),
        ({"evenings": "soms"}, "Avonden", "yes or no"),
        ({"role": "astronaut"}, "Functieprofiel", "a role of the trade"),
        ({"title": "Klant\u202eadviseur"}, "Titel", "U\\+202E"),
        ({"needs": "luisteren naar muziek; 2; wens; "}, "Competenties", "competence of the vocabulary"),
        ({"needs": "actief luisteren; 9; wens; "}, "Competenties", "1 to 4"),
        ({"needs": "actief luisteren; 2; misschien; "}, "Competenties", "must or wish"),
        ({"needs": "actief luisteren; 2; wens; luistert"}, "Competenties", "3 to 40"),
    ],
)
def test_a_wrong_cell_is_named_and_the_good_row_stays(region, look, written, column, words) -> None:
    preview = look(sheets.xlsx(sheets.row(**written), sheets.row(reference="A-2", title="Goede rij")))
    assert (2, column) in stops(preview)
    told = [f"{p.expected} {p.found} {p.next_step}" for p in preview.problems if p.column == column]
    assert any(re.search(words, one) for one in told), told
    assert (preview.make, preview.refused) == (1, 1)
    with pytest.raises(actions.UploadRefused, match="1 rows"):
        actions.apply_upload(region.recruiter, upload=preview.upload)
    assert queries.openings_of(region.recruiter, organisation=region.employer.id).total == 0
    done = actions.apply_upload(region.recruiter, upload=preview.upload, keep_good=True)
    assert (done.made, done.left_out) == (1, 1)


def test_needs_of_ones_own_are_read_in_both_languages(region, look) -> None:
    lines = "actief luisteren; 3; eis; Vat samen\nshow empathy; 2; wish;\ngeduld hebben"
    preview = look(sheets.xlsx(sheets.row(needs=lines)))
    assert preview.problems == ()
    actions.apply_upload(region.recruiter, upload=preview.upload, publish=True)
    page = queries.opening(VISITOR, slug=queries.open_openings(VISITOR).items[0].slug)
    assert [(line.label, line.level, line.task) for line in page.must] == [("listen actively", 3, "Vat samen")]
    assert {line.label for line in page.wish} == {"show empathy", "exercise patience"}


def test_a_missing_column_stops_and_an_extra_one_is_named(region, look) -> None:
    header = [name if name != "Plaats" else "Plats" for name in sheets.head()]
    preview = look(sheets.xlsx(sheets.row(), header=header))
    assert stops(preview) == [(1, "Place")]
    assert [(p.column, p.next_step) for p in preview.problems if not p.stops] == [("Plats", "Did you mean “Plaats”?")]
    assert preview.rows == ()


def test_questions_the_law_forbids_are_not_read(region, look) -> None:
    preview = look(sheets.xlsx([*sheets.row(), "18-25", "x"], header=[*sheets.head(), "Leeftijd", "Vorig salaris"]))
    remarks = [(p.column, p.stops) for p in preview.problems]
    assert remarks == [("Leeftijd", False), ("Vorig salaris", False)]
    assert all("law" in p.expected for p in preview.problems)
    assert preview.make == 1


def test_merged_cells_empty_rows_and_a_title_above_the_header(region, look) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "vacatures "
    sheet.append(["Onze vacatures"])
    sheet.append([])
    sheet.append(sheets.head())
    sheet.append(sheets.row())
    sheet.append([])
    sheet.append(sheets.row(reference="A-2", title="Tweede"))
    place = sheets.head().index("Plaats") + 1
    sheet.merge_cells(start_row=4, end_row=6, start_column=place, end_column=place)
    preview = look(sheets.saved(book))
    assert preview.make == 1
    assert (5, "") not in stops(preview)
    found = {(p.row, p.column): p.found for p in preview.problems}
    assert found[(6, "Plaats")] == "a merged cell"


def test_a_formula_counts_by_its_outcome_and_without_one_it_stops(region, look) -> None:
    preview = look(sheets.xlsx(sheets.row(pay_min="=14.50+1")))
    assert stops(preview) == [(2, "Uurloon vanaf")]
    assert preview.problems[0].found == "a formula without an outcome"


def test_hidden_sheets_are_named_and_other_sheets_left_alone(region, look) -> None:
    book = sheets.workbook(sheets.row())
    hidden = book.create_sheet("Openings")
    hidden.append(sheets.head("en"))
    hidden.append(sheets.row(reference="B-1"))
    hidden.sheet_state = "hidden"
    book.create_sheet("Notities").append(["bel Jan"])
    preview = look(sheets.saved(book))
    assert preview.make == 1
    assert [(p.sheet, p.found, p.stops) for p in preview.problems] == [("Openings", "a hidden sheet", False)]


def test_duplicates_inside_the_file_are_named(region, look) -> None:
    preview = look(
        sheets.xlsx(sheets.row(), sheets.row(title="Andere"), sheets.row(reference=None), sheets.row(reference=None))
    )
    assert stops(preview) == [(3, "Referentie"), (5, "Referentie")]
    assert "row 2" in preview.problems[0].found


def test_the_same_number_again_changes_and_the_same_row_again_does_nothing(region, look) -> None:
    first = look(sheets.xlsx(sheets.row(), sheets.row(reference=None, title="Zonder nummer")))
    actions.apply_upload(region.recruiter, upload=first.upload, publish=True)
    again = look(sheets.xlsx(sheets.row(), sheets.row(reference=None, title="Zonder nummer")))
    assert (again.make, again.change, again.same) == (0, 0, 2)
    other = look(sheets.xlsx(sheets.row(seats=9)))
    assert (other.make, other.change) == (0, 1)
    done = actions.apply_upload(region.recruiter, upload=other.upload)
    assert (done.made, done.changed) == (0, 1)
    found = queries.openings_of(region.recruiter, organisation=region.employer.id)
    assert (found.total, {item.seats for item in found.items}) == (2, {2, 9})


def test_an_upload_is_taken_back_within_a_day(region, look) -> None:
    first = look(sheets.xlsx(sheets.row()))
    actions.apply_upload(region.recruiter, upload=first.upload, publish=True)
    change = look(sheets.xlsx(sheets.row(seats=9), sheets.row(reference="A-2", title="Nieuw")))
    actions.apply_upload(region.recruiter, upload=change.upload)
    undone = actions.undo_upload(region.recruiter, upload=change.upload)
    assert (undone.removed, undone.restored) == (1, 1)
    (item,) = queries.openings_of(region.recruiter, organisation=region.employer.id).items
    assert item.seats == 2
    with pytest.raises(Conflict):
        actions.undo_upload(region.recruiter, upload=change.upload)


def test_no_way_back_after_a_day_or_after_someone_changed_something(region, look) -> None:
    preview = look(sheets.xlsx(sheets.row()))
    with pytest.raises(Conflict):
        actions.undo_upload(region.recruiter, upload=preview.upload)
    actions.apply_upload(region.recruiter, upload=preview.upload)
    (item,) = queries.openings_of(region.recruiter, organisation=region.employer.id).items
    late = replace(region.recruiter, at=factories.AT + timedelta(hours=24))
    with pytest.raises(actions.UploadRefused, match="24 hours"):
        actions.undo_upload(late, upload=preview.upload)
    actions.open_opening(region.recruiter, slug=item.slug, version=item.version)
    with pytest.raises(Conflict, match=item.slug):
        actions.undo_upload(region.recruiter, upload=preview.upload)
    assert queries.open_openings(VISITOR).total == 1


def test_an_upload_is_applied_once_and_never_over_someone_elses_change(region, look) -> None:
    first = look(sheets.xlsx(sheets.row()))
    actions.apply_upload(region.recruiter, upload=first.upload)
    with pytest.raises(Conflict):
        actions.apply_upload(region.recruiter, upload=first.upload)
    change = look(sheets.xlsx(sheets.row(seats=9), sheets.row(reference="A-2", title="Nieuw")))
    (item,) = queries.openings_of(region.recruiter, organisation=region.employer.id).items
    actions.open_opening(region.recruiter, slug=item.slug, version=item.version)
    with pytest.raises(Conflict):
        actions.apply_upload(region.recruiter, upload=change.upload)
    assert queries.openings_of(region.recruiter, organisation=region.employer.id).total == 1


def test_roles_and_openings_come_in_one_workbook_and_go_back_together(region, look) -> None:
    book = sheets.workbook(sheets.row(role="Reisadviseur"))
    roles = book.create_sheet("Functies")
    roles.append([column.nl for column in columns.ROLES])
    needs = "actief luisteren; 3; eis; Vat samen\nempathie tonen; 2; wens;\ngeduld hebben; 2; wens;"
    roles.append(["reisadviseur", "Reisadviseur", "Travel adviser", "Je helpt reizigers.", "", "adviser-2", needs])
    preview = look(sheets.saved(book))
    assert preview.problems == ()
    assert [(row.table, row.does) for row in preview.rows] == [("roles", "make"), ("openings", "make")]
    actions.apply_upload(region.recruiter, upload=preview.upload, publish=True)
    page = queries.opening(VISITOR, slug=queries.open_openings(VISITOR).items[0].slug)
    assert [line.label for line in page.must] == ["listen actively"]
    assert queries.role_profiles(region.recruiter, organisation=region.employer.id)[-1].key == "reisadviseur"
    with pytest.raises(Forbidden):
        queries.role_profiles(region.stranger, organisation=region.employer.id)
    actions.undo_upload(region.recruiter, upload=preview.upload)
    assert len(queries.role_profiles(region.recruiter, organisation=region.employer.id)) == 20


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_template_comes_back_as_it_went_with_only_its_example(region, look, language) -> None:
    content = queries.template_workbook(language)
    book = load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 4
    preview = look(content)
    assert (preview.rows, stops(preview)) == ((), [])
    assert [p.found for p in preview.problems] == ["the example", "the example"]
    sheet = book[columns.SHEETS["openings"][language == "en"]]
    assert len(sheet.data_validations.dataValidation) == 8
    sheet.cell(2, 1).value = "A-7"
    filled = look(sheets.saved(book))
    assert (filled.make, stops(filled)) == (1, [])


def test_own_openings_are_downloaded_edited_and_uploaded(region, look) -> None:
    preview = look(sheets.text(sheets.row(title="=1+1", permits="vog; rijbewijs B")))
    actions.apply_upload(region.recruiter, upload=preview.upload)
    content = queries.openings_workbook(region.recruiter, organisation=region.employer.id)
    book = load_workbook(io.BytesIO(content))
    assert book.active.cell(2, 2).value == "'=1+1"
    assert book.active.cell(2, 2).data_type == "s"
    assert (look(content).same, look(content).problems) == (1, ())
    with pytest.raises(Forbidden):
        queries.openings_workbook(region.stranger, organisation=region.employer.id)


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (90 * 1024 * 1024))
    return stream.getvalue()


def far_away() -> bytes:
    book = sheets.workbook(sheets.row())
    book.active["XFD1048576"] = 1
    return sheets.saved(book)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old or locked"),
        (b"PK\x03\x04broken", "a damaged file"),
        (sheets.xlsx(sheets.row())[:3000], "a damaged file"),
        (sheets.text(sheets.row(text="één"), encoding="cp1252"), "CSV UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", "CSV UTF-8"),
        (b"abc\0def", "unknown kind"),
        (b"x" * (5 * 1024 * 1024 + 1), "at most 5 MB"),
        (bomb(), "unpacks to at most 80 MB"),
        (far_away(), "columns"),
        (sheets.ods(sheets.row(), repeats=1_000_000), "10000 rows"),
        (sheets.text(*[["x"]] * 10_002), "10000 rows"),
    ],
    ids=[
        "empty",
        "pdf",
        "xls",
        "no-zip",
        "truncated",
        "cp1252",
        "png",
        "nul",
        "large",
        "bomb",
        "far",
        "ods-bomb",
        "rows",
    ],
)
def test_a_file_that_is_not_a_list_is_refused_with_the_next_step(region, look, content, words) -> None:
    with pytest.raises(SheetRefused, match=words) as refused:
        look(content)
    assert refused.value.next_step
    assert queries.uploads_of(region.recruiter, organisation=region.employer.id) == ()


def test_another_packed_file_is_not_a_spreadsheet(region, look) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("readme.txt", "hello")
    with pytest.raises(SheetRefused, match="another kind"):
        look(stream.getvalue())


def test_a_workbook_without_a_known_sheet_says_which_sheets_it_found(region, look) -> None:
    preview = look(sheets.xlsx(["a", "b"], title="Blad1", header=["Naam", "Telefoon"]))
    assert [p.found for p in preview.problems] == ["Blad1"]
    with pytest.raises(actions.UploadRefused):
        actions.apply_upload(region.recruiter, upload=preview.upload)


def test_ten_thousand_words_nobody_knows_are_named_without_searching_them_all(region, look, monkeypatch) -> None:
    searched: list[str] = []
    monkeypatch.setattr(editing.skills, "search", lambda caller, *, text, **options: searched.append(text) or ())
    preview = look(sheets.text(*[sheets.row(reference=f"A-{n}", needs=f"woord {n}") for n in range(400)]))
    assert preview.refused == 400
    assert len(searched) == editing.MOST_SEARCHES


def test_uploads_are_for_the_desk_of_their_organisation(region, look) -> None:
    preview = look(sheets.xlsx(sheets.row()), name="..\\..\\evil\x07name.xlsx")
    assert preview.file_name == "evilname.xlsx"
    for ask in (queries.upload_preview, actions.apply_upload, actions.undo_upload):
        with pytest.raises(NotFound):
            ask(region.stranger, upload=preview.upload)
    lead = factories.caller("team-lead", region.employer)
    assert queries.upload_preview(lead, upload=preview.upload).make == 1
    with pytest.raises(Forbidden):
        actions.apply_upload(lead, upload=preview.upload)
