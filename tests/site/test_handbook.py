"""Is the handbook complete in both languages, safe, and is what it says about the sum true?"""

from __future__ import annotations

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from valley.core.mobility.overlap import OverlapPolicy, overlap
from valley.core.profiles import Demand, Grade, Has, Importance, Need, Profile, Vocabulary
from valley.site import handbook

DAY = date(2026, 9, 1)


@pytest.mark.parametrize("language", handbook.LANGUAGES)
def test_every_file_is_a_chapter_and_every_chapter_has_a_file(language: str) -> None:
    files = {path.stem for path in (handbook.FOLDER / language).glob("*.md")}
    assert files == set(handbook.CHAPTERS)


@pytest.mark.parametrize("slug", handbook.CHAPTERS)
def test_both_languages_have_the_same_shape(slug: str) -> None:
    one, other = (handbook.read(language, slug) for language in handbook.LANGUAGES)
    assert one.title and other.title and one.lead != other.lead
    assert len(re.findall("<h2>", one.body)) == len(re.findall("<h2>", other.body))
    assert abs(one.body.count("<tr>") - other.body.count("<tr>")) <= 1


@pytest.mark.parametrize("language", handbook.LANGUAGES)
def test_sentences_are_short_enough_to_read(language: str) -> None:
    for chapter in handbook.chapters(language):
        text = BeautifulSoup(chapter.body, "html.parser").get_text(". ")
        longest = max(re.split(r"[.:?!]\s", text), key=lambda sentence: len(sentence.split()))
        assert len(longest.split()) <= 28, longest


def test_the_worked_example_is_what_the_engine_counts() -> None:
    held = tuple(Has(number, level, Grade.OBSERVED, DAY) for number, level in ((1, 3), (2, 2), (3, 1), (4, 3)))
    asked = (Need(1, 3, Importance.MUST), Need(2, 2, Importance.MUST), Need(3, 2, Importance.WISH))
    answer = overlap(Profile(1, held), Demand(9, asked), Vocabulary(), OverlapPolicy(), on=DAY)
    counted = {f"{round(100 * value)}%" for value in (answer.coverage, answer.use, answer.fit)}
    for language in handbook.LANGUAGES:
        body = handbook.read(language, "openings-and-fit").body
        assert counted <= set(re.findall(r"\d+%", body))


def test_script_in_a_file_would_not_reach_a_reader() -> None:
    hostile = "<script>alert(1)</script>\n\n[x](javascript:alert(1)) [y](data:text/html,z) <b onclick='alert(1)'>z</b>"
    soup = BeautifulSoup(handbook.safe_html(hostile), "html.parser")
    assert {tag.name for tag in soup.find_all()} <= {"p"}


def test_chapters_are_read_in_the_language_of_the_visitor(client: Client) -> None:
    client.cookies["django_language"] = "nl"
    assert "Je skillspaspoort" in client.get("/handbook/passport/").content.decode()
    client.cookies["django_language"] = "en"
    assert "Your skills passport" in client.get("/handbook/passport/").content.decode()


def test_a_chapter_leads_to_its_neighbours(client: Client) -> None:
    soup = BeautifulSoup(client.get("/handbook/sharing/").content, "html.parser")
    assert soup.find("a", rel="prev")["href"] == "/handbook/passport/"
    assert soup.find("a", rel="next")["href"] == "/handbook/openings-and-fit/"
    assert soup.find("aside").find(attrs={"aria-current": "page"})["href"] == "/handbook/sharing/"


def test_an_unknown_chapter_is_not_found(client: Client) -> None:
    assert client.get("/handbook/no-such-chapter/").status_code == 404
    assert client.get("/handbook/..%2f..%2fsettings/").status_code == 404
