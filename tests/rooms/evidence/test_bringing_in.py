"""Texts, forms and ratings come in whole or not at all, and what is wrong is said with what to do."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from docx import Document
from tests.rooms.evidence.conftest import DUTCH, ENGLISH, Region

from valley.core.errors import ValleyError
from valley.core.skills.text import UnreadableText
from valley.dossiers import queries as dossiers
from valley.evidence import actions, queries
from valley.foundation.documents import DocumentRefused
from valley.foundation.problems import NotFound


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": ""}, "a text of 1 to 100000 characters"),
        ({"text": " \n\t "}, "a text of 1 to 100000 characters"),
        ({"text": "klacht " * 15_000}, "a text of 1 to 100000 characters"),
        ({"text": "Klachten afhandelen cafÃ© en Ã©Ã©n of twee, naÃ¯ef: wij vragen geduld"}, "UTF-8"),
        ({"text": "Lorem ipsum dolor sit amet consectetur adipiscing elit"}, "Dutch, English or German"),
        ({"title": "x" * 161}, "at most 160 readable characters"),
        ({"reference": "x" * 61}, "at most 60 readable characters"),
        ({"language": "fr"}, "nl, en, de"),
        ({"dated_on": date(2027, 1, 1)}, "until today"),
        ({"dated_on": date(1999, 12, 31)}, "until today"),
        ({"kind": "rating"}, "job-text"),
        ({"work_process": 2**40}, "work process"),
    ],
)
def test_a_text_that_cannot_be_kept_says_why_and_nothing_is_kept(region: Region, said, words: str) -> None:
    with pytest.raises(ValleyError) as refused:
        region.text(**said)
    assert words in str(refused.value)
    assert refused.value.next_step
    assert queries.pieces(region.operator).total == 0


def test_the_same_words_come_in_once_for_an_employer(region: Region) -> None:
    first = region.text(DUTCH)
    with pytest.raises(actions.EvidenceRefused, match="the same words") as refused:
        region.text(DUTCH.upper() + "  \n")
    assert refused.value.facts["piece"] == first.id
    assert region.text(DUTCH, of=region.two).id != first.id


def test_nearly_the_same_words_come_in_with_a_remark(region: Region) -> None:
    first = region.text(DUTCH)
    second = region.text(DUTCH.replace("elke dag", "iedere dag"))
    assert second.near == (first.id,)
    assert region.text(ENGLISH).near == ()


def _docx() -> bytes:
    document = Document()
    document.add_heading("Klantadviseur", 1)
    document.add_paragraph("Je behandelt klachten van klanten.", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Wij vragen", "geduld en een luisterend oor"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_file_gives_its_paragraphs_lists_and_tables_in_order() -> None:
    words = actions.read_file("a.docx", _docx())
    assert words.splitlines() == [
        "Klantadviseur",
        "- Je behandelt klachten van klanten.",
        "Wij vragen: geduld en een luisterend oor",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_plain_text_is_read_in_the_encodings_people_save_in(encoding: str) -> None:
    assert actions.read_file("a.txt", "Één café".encode(encoding)) == "Één café"


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (30 * 1024 * 1024))
    return stream.getvalue()


def _other_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.txt", "a")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b"\xef\xbb\xbf" * 0 + b"\x00\x00", "an empty file"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "an old or locked Word file"),
        (b"PK\x03\x04broken", "a damaged file"),
        (b"tekst \x01\x02\x03", "another encoding"),
        (b"x" * (5 * 1024 * 1024 + 1), "a larger one"),
    ],
)
def test_a_file_that_is_no_text_says_what_to_save(content: bytes, words: str) -> None:
    with pytest.raises(DocumentRefused, match=words) as refused:
        actions.read_file("something.docx", content)
    assert refused.value.facts["file"] == "something.docx"


def test_a_bomb_and_another_package_are_refused() -> None:
    with pytest.raises(DocumentRefused, match="unpacks to more"):
        actions.read_file("bomb.docx", _bomb())
    with pytest.raises(DocumentRefused, match="damaged file, or no Word document"):
        actions.read_file("other.docx", _other_zip())


def test_an_observation_is_confirmed_where_the_observer_named_a_competence_and_read_elsewhere(
    region: Region, commercie: None
) -> None:
    process = dossiers.work_process_ids()["commercie/B1-K1-W1"]
    piece = actions.add_observation(
        region.recruiter,
        organisation=region.one.id,
        title="Look-in",
        language="nl",
        dated_on=date(2026, 10, 1),
        work_process=process,
        lines=[
            actions.ObservationLine("Neemt een gesprek van de bot over.", region.ids["hand-over-bot"], 3),
            actions.ObservationLine("Behandelt klachten van klanten."),
        ],
    )
    before = queries.piece(region.recruiter, id=piece)
    assert before.piece.work_process == "B1-K1-W1"
    assert [(one.competence, one.state, one.level, one.why) for one in before.findings] == [
        (region.ids["hand-over-bot"], "confirmed", 3, "stated")
    ]
    assert [line.by for line in queries.decisions(region.designer, finding=before.findings[0].id)] == [
        region.recruiter.pseudonym
    ]
    actions.read_pieces(region.recruiter)
    after = queries.piece(region.recruiter, id=piece).findings
    assert after[0] == before.findings[0]
    assert {one.competence for one in after[1:]} == {region.ids["handle-complaints"]}
    assert all(one.sentence == "Behandelt klachten van klanten." for one in after[1:])


def test_an_observation_without_a_line_or_with_an_unknown_competence_leaves_nothing(region: Region) -> None:
    asked = {
        "organisation": region.one.id,
        "title": "Look-in",
        "language": "nl",
        "dated_on": date(2026, 10, 1),
        "work_process": None,
    }
    for lines in ([], [actions.ObservationLine("  ")], [actions.ObservationLine("Ziet iets.", 2**40)]):
        with pytest.raises(actions.EvidenceRefused):
            actions.add_observation(region.recruiter, lines=lines, **asked)
    assert queries.pieces(region.operator).total == 0


def test_ratings_are_the_employers_word(region: Region) -> None:
    ratings = [
        actions.RatingLine(region.ids["use-crm"], 4, 2),
        actions.RatingLine(region.ids["handle-complaints"], 1, 3),
    ]
    asked = {"organisation": region.one.id, "dated_on": date(2026, 10, 1)}
    piece = actions.add_ratings(region.recruiter, ratings=ratings, **asked)
    page = queries.piece(region.recruiter, id=piece)
    assert {(one.competence, one.importance, one.level, one.state) for one in page.findings} == {
        (region.ids["use-crm"], 4, 2, "confirmed"),
        (region.ids["handle-complaints"], 1, 3, "confirmed"),
    }
    assert all(page.text[one.starts : one.ends] == one.sentence for one in page.findings)
    assert actions.read_pieces(region.recruiter).pieces == 0
    for bad in ([], [ratings[0], ratings[0]], [actions.RatingLine(region.ids["use-crm"], 5, 1)]):
        with pytest.raises(actions.EvidenceRefused):
            actions.add_ratings(region.recruiter, ratings=bad, **asked)


def test_an_unknown_employer_is_not_found(region: Region) -> None:
    with pytest.raises(NotFound):
        actions.add_text(region.office, draft=actions.TextDraft(organisation=2**40, title="A", text=DUTCH))


def test_a_text_without_known_words_in_its_language_can_name_its_language(region: Region) -> None:
    with pytest.raises(UnreadableText):
        region.text("telefoon, chat, mail")
    assert region.text("telefoon, chat, mail", language="nl").language == "nl"
