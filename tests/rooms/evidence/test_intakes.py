"""A spreadsheet of texts, observations or ratings: looked at first, then in whole, or not at all."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook
from tests.rooms.evidence.conftest import DUTCH, ENGLISH, GERMAN, Region

from valley.evidence import actions, queries
from valley.foundation import access
from valley.foundation.problems import Conflict, NotFound
from valley.foundation.spreadsheets.reading import SheetRefused

TEXTS = ["Werkgever", "Titel", "Taal", "Tekst", "Datum", "Kenmerk"]
SEEN = ["Werkgever", "Werkproces", "Datum", "Wat is gezien", "Competentie", "Niveau"]
RATED = ["Employer", "Competence", "Importance", "Level", "Date"]


def book(*rows: list[Any], name: str = "Teksten", merge: str = "") -> bytes:
    """A workbook with these rows."""
    made = Workbook()
    sheet: Any = made.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def preview(region: Region, content: bytes, *, kind: str = "job-text", **asked: Any) -> queries.IntakePreview:
    """What the file would do, for who sees everyone's evidence."""
    who = asked.pop("who", region.office)
    return actions.intake_preview(who, kind=kind, file_name="file.xlsx", content=content, **asked)


def said(found: queries.IntakePreview) -> str:
    """All problems in one text."""
    return "\n".join(
        f"{one.row} {one.column}: {one.expected} / {one.found} / {one.next_step}" for one in found.problems
    )


def test_one_row_a_text_in_three_languages_goes_in_whole(region: Region) -> None:
    content = book(
        TEXTS,
        ["Centre One", "Klantadviseur", "Nederlands", DUTCH, "01-09-2026", "A1"],
        ["centre-two", "Adviser", None, ENGLISH, "2026-09-02", None],
        ["Centre Two", "Kundenberater", "Duits", GERMAN, "3 september 2026", None],
    )
    found = preview(region, content)
    assert (found.make, found.same, found.refused, found.problems) == (3, 0, 0, ())
    assert queries.pieces(region.operator).total == 0
    done = actions.apply_intake(region.office, intake=found.intake)
    assert (done.made, done.same, done.left_out, len(done.pieces)) == (3, 0, 0, 3)
    lines = queries.pieces(region.operator).items
    assert {(one.employer, one.language, one.dated_on.isoformat(), one.reference) for one in lines} == {
        ("Centre One", "nl", "2026-09-01", "A1"),
        ("Centre Two", "en", "2026-09-02", ""),
        ("Centre Two", "de", "2026-09-03", ""),
    }
    with pytest.raises(Conflict):
        actions.apply_intake(region.office, intake=found.intake)
    again = preview(region, content)
    assert (again.make, again.same) == (0, 3)
    assert actions.apply_intake(region.office, intake=again.intake).made == 0


def test_every_bad_row_says_what_was_expected_and_good_rows_wait_for_a_yes(region: Region) -> None:
    content = book(
        TEXTS,
        ["Centre Onne", "Klantadviseur", "nl", DUTCH, "01-09-2026", None],
        ["Centre One", "Adviser", "Frans", ENGLISH, "01-09-2026", None],
        ["Centre One", "Adviser", "en", ENGLISH, "gisteren", None],
        ["Centre One", "Adviser", None, "lorem ipsum dolor sit amet", "01-09-2026", None],
        ["Centre One", "Adviser", "en", None, "01-09-2026", None],
        ["Centre Two", "Adviser", "en", ENGLISH, "01-09-2026", None],
        ["Centre Two", "Adviser again", "en", ENGLISH.lower(), "02-09-2026", None],
        ["Centre Two", "Adviser soon", "en", ENGLISH + " Now.", "01-09-2031", None],
    )
    found = preview(region, content)
    words = said(found)
    assert "Did you mean “centre one”?" in words
    assert "Leave it empty to let it be recognised." in words
    assert "4 Datum: a day as dd-mm-yyyy" in words
    assert "5 Tekst: a text in Dutch, English or German" in words
    assert "6 Tekst: something in this cell" in words
    assert "8 Tekst: each text once / the same words as row 7" in words
    assert "a day from 2000 until today" in words
    assert (found.make, found.refused) == (1, 7)
    with pytest.raises(actions.EvidenceRefused, match="7 rows with a problem"):
        actions.apply_intake(region.office, intake=found.intake)
    assert queries.pieces(region.operator).total == 0
    done = actions.apply_intake(region.office, intake=found.intake, keep_good=True)
    assert (done.made, done.left_out, queries.pieces(region.operator).total) == (1, 7, 1)


def test_missing_columns_and_merged_cells_are_named(region: Region) -> None:
    found = preview(region, book(["Werkgever", "Titel", "Datum"], ["Centre One", "A", "01-09-2026"]))
    assert [(one.column, one.expected) for one in found.problems] == [("Text", "this column")]
    with pytest.raises(actions.EvidenceRefused):
        actions.apply_intake(region.office, intake=found.intake, keep_good=True)
    found = preview(
        region,
        book(
            TEXTS,
            ["Centre One", "A", "nl", DUTCH, "01-09-2026", None],
            ["Centre One", "B", "nl", None, "01-09-2026", None],
            merge="D2:D3",
        ),
    )
    assert "3 Tekst: a cell of its own / a merged cell" in said(found)
    found = preview(region, b"naam;tekst\nA;B\n")
    assert "Employer, Title, Text, Date" in said(found)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", "Werkgever;Titel;Tekst\nx;y;é".encode("cp1252"), b"PK\x03\x04 no"]
)
def test_a_file_that_is_no_spreadsheet_is_refused(region: Region, content: bytes) -> None:
    with pytest.raises(SheetRefused):
        preview(region, content)
    assert queries.intakes(region.office) == ()


def test_nearly_the_same_text_is_a_remark_and_stops_nothing(region: Region) -> None:
    region.text(DUTCH)
    almost = DUTCH.replace("elke dag", "iedere dag")
    found = preview(region, book(TEXTS, ["Centre One", "Avonddienst", "nl", almost, "01-09-2026", None]))
    assert "nearly the same words as “Klantadviseur”" in said(found)
    assert (found.make, found.refused) == (1, 0)


def test_a_language_that_does_not_fit_the_words_is_a_remark(region: Region) -> None:
    found = preview(region, book(TEXTS, ["Centre One", "Adviseur", "Duits", DUTCH, "01-09-2026", None]))
    assert "a text in this language: de / words that look like another: nl" in said(found)
    assert (found.make, found.refused) == (1, 0)


def test_observation_lines_of_one_form_become_one_piece(region: Region, commercie: None) -> None:
    content = book(
        SEEN,
        [
            "Centre One",
            "B1-K1-W1",
            "01-10-2026",
            "Neemt een gesprek van de bot over.",
            "gesprekken overnemen van een bot",
            3,
        ],
        ["Centre One", "B1-K1-W1", "01-10-2026", "Behandelt klachten van klanten.", None, None],
        ["Centre Two", "commercie/B1-K1-W1", "01-10-2026", "Vat het gesprek samen.", None, None],
        name="Observaties",
    )
    found = preview(region, content, kind="observation")
    assert (found.make, found.refused) == (3, 0), said(found)
    done = actions.apply_intake(region.office, intake=found.intake)
    assert (done.made, len(done.pieces)) == (3, 2)
    page = queries.piece(region.operator, id=done.pieces[0])
    assert (page.piece.kind, page.piece.work_process, len(page.text.splitlines())) == ("observation", "B1-K1-W1", 2)
    assert [one.competence for one in page.findings] == [region.ids["hand-over-bot"]]
    assert preview(region, content, kind="observation").same == 3


def test_an_unknown_work_process_and_competence_come_with_the_nearest(region: Region, commercie: None) -> None:
    found = preview(
        region,
        book(
            SEEN,
            ["Centre One", "B1-K1-W11", "01-10-2026", "Ziet iets.", None, None],
            ["Centre One", "B1-K1-W1", "01-10-2026", "Ziet iets.", "klachten van klanten afhandellen", 2],
            ["Centre One", "B1-K1-W1", "01-10-2026", "Werkt snel.", "Salesforce", 2],
            ["Centre One", "B1-K1-W1", "01-10-2026", "Werkt snel.", None, 7],
            name="Observaties",
        ),
        kind="observation",
    )
    words = said(found)
    assert "2 Werkproces: a work process of a dossier that was imported / B1-K1-W11 / Did you mean “B1-K1-W1”?" in words
    assert "3 Competentie: a competence of the vocabulary" in words and "handle customer complaints" in words
    assert "4 Competentie: a competence / the name of a system: Salesforce" in words
    assert "5 Niveau: a level from 1 to 4" in words
    assert (found.make, found.refused) == (0, 4)


def test_ratings_of_one_day_become_one_list(region: Region) -> None:
    content = book(
        RATED,
        ["Centre One", "handle customer complaints", 4, 2, "2026-10-01"],
        ["Centre One", "use ICT ticketing system", 1, 1, "2026-10-01"],
        ["Centre One", "handle customer complaints", 3, 2, "2026-10-01"],
        ["Centre Two", "handle customer complaints", 5, 2, "2026-10-01"],
        name="Ratings",
    )
    found = preview(region, content, kind="rating")
    words = said(found)
    assert "the competence of row 2 again" in words
    assert "5 Importance: an importance from 1 to 4" in words
    done = actions.apply_intake(region.office, intake=found.intake, keep_good=True)
    assert (done.made, done.left_out, len(done.pieces)) == (2, 2, 1)


def test_an_employer_uploads_for_itself_and_learns_nothing_of_others(region: Region) -> None:
    with pytest.raises(access.Forbidden):
        preview(region, book(TEXTS), who=region.recruiter)
    with pytest.raises(access.Forbidden):
        preview(region, book(TEXTS), who=region.recruiter, organisation=region.two.id)
    content = book(
        TEXTS,
        ["Centre Two", "A", "nl", DUTCH, "01-09-2026", None],
        [None, "B", "nl", ENGLISH, "01-09-2026", None],
    )
    found = preview(region, content, who=region.recruiter, organisation=region.one.id)
    assert "Choose one from the list of partners." in said(found)
    assert [row.employer for row in found.rows] == ["Centre One"]
    with pytest.raises(NotFound):
        queries.intake_preview(region.stranger, intake=found.intake)
    with pytest.raises(NotFound):
        actions.apply_intake(region.stranger, intake=found.intake, keep_good=True)
    assert queries.intakes(region.stranger) == ()
    actions.apply_intake(region.recruiter, intake=found.intake, keep_good=True)
    assert queries.pieces(region.stranger).total == 0


def test_the_empty_template_comes_back_as_a_file_without_rows(region: Region) -> None:
    for kind in ("job-text", "observation", "rating"):
        for language in ("nl", "en"):
            found = preview(region, queries.template_workbook(language, kind=kind), kind=kind)
            assert (found.rows, found.refused) == ((), 0), said(found)
            with pytest.raises(actions.EvidenceRefused, match="a row that can go in"):
                actions.apply_intake(region.office, intake=found.intake)
