"""What does everybody read, in either language and without a script: the list, its filters, and a vacancy whole?"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import factories
from tests.rooms.vacancies.conftest import DOSSIER, TASK

from valley.foundation import clock
from valley.vacancies import actions, drafts, queries
from valley.vacancies.queries import listing
from valley.vacancies.web.shown import a_month
from valley.vacancies.web.tongues import tongue_of
from valley.work import actions as work_actions


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: factories.AT)


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content.decode(), "html.parser")


def page(address: str, language: str = "en") -> BeautifulSoup:
    client = Client()
    client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200, address
    return soup(answer)


def found(query: str) -> list[str]:
    return [link.text for link in page(f"/work/?{query}").select(".card__link")]


def test_the_page_of_a_vacancy_previews_the_job(region) -> None:
    region.recognise(date(2026, 1, 1))
    preview = drafts.PreviewDraft("Veertig gesprekken.", "Twee weken.", "Gesprek\nUitslag")
    asked = (drafts.RequirementDraft("diploma", "hbo rechten", TASK),)
    slug = region.open(evenings=True, preview=preview, requirements=asked).slug
    text = page(f"/work/openings/{slug}/")
    words = " ".join(text.main.text.split())
    for said in (
        "15.50 – 17.25", "about € 1610 to € 2390 a month", "24 – 32", "fixed term", "evenings", "not from home",
        "from 1 March 2027, before 1 June 2027", "the end of 14 February 2027", "Veertig gesprekken.", "Twee weken.",
        "Dutch B2", "German B1", "hbo rechten", f"needed for “{TASK}”", "Recognised training company", "200",
        "4 weeks after the procedure", "nobody is ranked",
    ):  # fmt: skip
        assert said in words, said
    assert [head.text for head in text.select(".thread h3")][1:3] == ["Gesprek", "Uitslag"]
    assert text.select("#must tbody td:nth-of-type(2)")[0].text.strip() not in ("", "–")
    assert "Where this leads" in text.select_one("aside").text
    assert text.select_one(f"a[href='/for-me/{slug}/']")


def test_what_an_employer_did_not_say_is_said_to_be_missing(region) -> None:
    bare = {"preview": drafts.PreviewDraft(), "requirements": (), "practices": (), "text": ""}
    words = page(f"/work/openings/{region.open(**bare).slug}/").main.text
    assert "did not describe a day" in words
    assert "did not say which steps follow" in words
    assert "No diploma and no years of experience are asked." in words
    assert "What you learn" not in words


def test_hours_that_do_not_count_for_the_diploma_are_not_praised(region) -> None:
    slug = region.open().slug
    assert "do not count for the diploma" in page(f"/work/openings/{slug}/").text
    region.recognise(date(2026, 1, 1), date(2027, 9, 1))
    assert "before the job ends" in page(f"/work/openings/{slug}/").text


def test_an_employers_words_say_their_language_when_the_page_speaks_another(region) -> None:
    text = "Je helpt reizigers aan de telefoon en je zoekt met hen naar een oplossing die bij de reis past."
    slug = region.open(text=text).slug
    english, dutch = page(f"/work/openings/{slug}/"), page(f"/work/openings/{slug}/", "nl")
    assert (english.html["lang"], dutch.html["lang"]) == ("en", "nl")
    assert english.h1["lang"] == "nl"
    assert english.find("p", string=text).find_parent(lang="nl")
    assert not dutch.h1.get("lang")


def test_nothing_is_claimed_about_the_language_of_a_few_words() -> None:
    assert tongue_of("Klantadviseur") == ""
    assert tongue_of("") == ""


def test_pay_a_month_is_arithmetic_that_anyone_can_redo() -> None:
    assert a_month(Decimal("15.50"), 24) == 1610
    assert a_month(Decimal("17.25"), 32) == 2390


def test_an_address_can_ask_for_a_language_and_the_switch_still_works(region) -> None:
    slug = region.open().slug
    client = Client()
    answer = client.get(f"/work/openings/{slug}/?in=en")
    text = soup(answer)
    assert text.html["lang"] == "en"
    assert answer["Content-Language"] == "en"
    assert client.cookies["django_language"].value == "en"
    assert text.select_one("input[name=next]")["value"] == f"/work/openings/{slug}/", "else the button changes nothing"
    here = f"{settings.VALLEY_URL}/work/openings/{slug}/"
    links = {link.get("hreflang"): link["href"] for link in text.select("head link[rel=alternate][hreflang]")}
    assert links == {"nl": f"{here}?in=nl", "en": f"{here}?in=en", "x-default": here}
    assert text.select_one("head link[rel=canonical]")["href"] == f"{here}?in=en"
    assert soup(Client().get(f"/work/openings/{slug}/?in=fr")).html["lang"] == "nl"


def test_filters_find_what_they_say(region) -> None:
    region.recognise(date(2026, 1, 1))
    region.open(title="Vroeg", early=True, pay_min=Decimal("14.80"))
    region.open(title="Nergens voor", practices=(), requirements=(), pay_min=Decimal("16.90"))
    assert found("") == ["Nergens voor", "Vroeg"]
    assert found("without_early=on") == ["Nergens voor"]
    assert found("pay_from=16,50") == found("pay_from=16.5") == ["Nergens voor"]
    assert found(f"diploma={DOSSIER}") == ["Vroeg"]
    assert found("role=adviser-1&hours=30&contract=fixed-term&language=de") == ["Nergens voor", "Vroeg"]
    assert found("pay_from=veel&km=x&hours=999&diploma=none") == ["Nergens voor", "Vroeg"]


def test_a_job_counts_for_a_diploma_only_with_a_checked_recognition_on_its_first_day(region) -> None:
    region.open()
    who = factories.visitor()
    asked = listing.VacancyFilter(diploma=DOSSIER)
    assert listing.open_vacancies(who, asked=asked).found.total == 0
    said = actions.RecognitionDraft(region.employer.id, DOSSIER, date(2026, 1, 1), date(2027, 3, 2), "register")
    mine = actions.recognise(region.steward, draft=said)
    assert listing.open_vacancies(who, asked=asked).found.total == 0, "nobody looked it up yet"
    actions.check_recognition(region.office, recognition=mine.id)
    answer = listing.open_vacancies(who, asked=asked)
    assert answer.found.total == 1
    assert [len(names) for names in answer.counts_for.values()] == [1]
    assert "counts for a diploma" in page("/work/").select_one(".card").text


def test_an_empty_list_teaches_and_a_search_stays_out_of_indexes(region) -> None:
    region.open()
    text = page("/work/?text=zeppelin")
    assert len(text.select(".empty li")) == 3
    assert text.select_one(".empty a.button")["href"] == "/work/"
    assert text.select_one("meta[name=robots]")["content"] == "noindex, follow"
    assert "text=zeppelin" in text.select_one("link[type='application/atom+xml']")["href"]
    assert not page("/work/").select("meta[name=robots]")


def test_pages_of_a_list_keep_the_search(region) -> None:
    rows = [region.draft(title=f"Adviseur {number}") for number in range(25)]
    actions.keep_vacancies(factories.operator(), rows=rows)
    first = page("/work/?language=nl")
    onwards = first.select_one(".pager a[rel=next]")["href"]
    assert "language=nl" in onwards
    assert len(page(f"/work/{onwards}").select(".card")) == 5
    assert "fewer pages" in page("/work/?page=9").text


PUBLIC = {
    "/work/": 13,
    "/work/?place=heerlen&km=30&language=de&diploma=commercie": 14,
    "/work/openings/{slug}/": 24,
    "/work/partners/": 3,
    "/work/partners/centre-one/": 16,
    "/work/roles/": 3,
    "/work/roles/adviser-1/": 5,
}
FIRST_READER = 5
"""Questions more for the first reader after a change: the board, and what each opening counts for, are made anew."""


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_ask_few_questions_run_no_script_and_style_nothing(
    region, address, django_assert_max_num_queries
) -> None:
    region.recognise(date(2026, 1, 1))
    rows = [region.draft(title=f"Adviseur {number}") for number in range(25)]
    slug = actions.keep_vacancies(factories.operator(), rows=rows)[0].slug
    here = address.format(slug=slug)
    with django_assert_max_num_queries(PUBLIC[address] + FIRST_READER):
        page(here)
    with django_assert_max_num_queries(PUBLIC[address]):
        text = page(here)
    assert not text.select("script:not([type='application/ld+json'])")
    assert not text.find_all(style=True)
    assert not [tag for tag in text.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert len(text.find_all("h1")) == 1
    ids = [tag["id"] for tag in text.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_a_desk_reads_its_closed_vacancy_and_everybody_else_learns_it_is_gone(region) -> None:
    saved = region.open()
    work_actions.close_opening(region.recruiter, slug=saved.slug, version=saved.version)
    address = f"/work/openings/{saved.slug}/"
    assert Client().get(address).status_code == 410
    assert factories.client("recruiter", region.employer).get(address).status_code == 200
    assert Client().get("/work/openings/never-there/").status_code == 404


def spreadsheet(region, *, good: int, wrong: int) -> SimpleUploadedFile:
    """The own openings as a file of many rows, of which some name a place that does not exist."""
    heads = "organisation_number;title;role;place;contract;months;hours_min;hours_max"
    places = ["=Atlantis"] * wrong + ["Maastricht"] * good
    lines = [heads, *(f"n{number};Adviseur {number};adviser-1;{place}" for number, place in enumerate(places))]
    return SimpleUploadedFile("openings.csv", "\n".join(lines).encode(), content_type="text/csv")


def test_many_problems_of_a_spreadsheet_come_in_pages_and_as_a_file(region) -> None:
    desk = factories.client("recruiter", region.employer)
    sent = {"organisation": region.employer.slug, "file": spreadsheet(region, good=3, wrong=37)}
    answer = desk.post("/work/import/", sent, follow=True)
    text, here = soup(answer), answer.request["PATH_INFO"]
    total = int(text.select_one("#problems-caption").text.split()[0])
    assert total >= 37
    rows = text.select("table:has(#problems-caption) tbody tr")
    assert len(rows) == 25
    onwards = text.select_one("#problems ~ nav a[rel=next]")["href"]
    assert onwards.endswith("problems=2#problems")
    assert soup(desk.get(f"{here}{onwards.split('#')[0]}")).select("table:has(#problems-caption) tbody tr")
    file = desk.get(f"{here}problems.csv")
    assert file["Content-Type"].startswith("text/csv")
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == total + 1
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "@"))], "no cell is a formula"
    stranger = factories.client("recruiter", region.other)
    assert stranger.get(f"{here}problems.csv").status_code == 404


def test_the_same_vacancy_for_the_page_and_the_query(region) -> None:
    region.recognise(date(2026, 1, 1))
    slug = region.open().slug
    answer = queries.vacancy_page(factories.visitor(), slug=slug)
    text = page(f"/work/openings/{slug}/")
    shown = [(row.th.text, int(row.select("td")[1].text)) for row in text.select("#learned ~ div tbody tr")]
    assert shown == [(line.name, line.hours) for line in answer.practices]
