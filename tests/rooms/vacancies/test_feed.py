"""Do the feed, the site map and the addresses in two languages hold what is open today, and let go of what is not?"""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from tests import factories

from valley.foundation import clock
from valley.vacancies import actions

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
EVE = factories.AT.replace(year=2027, month=2, day=14)
DAY = factories.AT.replace(year=2027, month=2, day=15)


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: factories.AT)


def feed(query: str = "") -> ElementTree.Element:
    answer = Client().get(f"/work/feed/{query}")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def titles(tree: ElementTree.Element) -> list[str | None]:
    return [entry.findtext("a:title", namespaces=ATOM) for entry in tree.findall("a:entry", ATOM)]


def addresses() -> dict[str, ElementTree.Element]:
    answer = Client().get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    found = ElementTree.fromstring(answer.content)
    return {url.findtext("s:loc", "", MAP): url for url in found.findall("s:url", MAP)}


def test_the_feed_has_what_is_open_newest_first(region) -> None:
    region.open(title="Eerste & <oudste>")
    region.open(title="Tweede")
    tree = feed()
    assert titles(tree) == ["Tweede", "Eerste & <oudste>"]
    entry = tree.findall("a:entry", ATOM)[0]
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "Centre One"
    assert entry.findtext("a:id", namespaces=ATOM) == entry.find("a:link", ATOM).get("href")  # type: ignore[union-attr]
    for name in ("published", "updated", "summary"):
        assert entry.findtext(f"a:{name}", namespaces=ATOM)


def test_a_search_can_be_followed(region) -> None:
    region.open(title="In Heerlen", place="heerlen")
    region.open(title="In Maastricht")
    assert titles(feed("?place=heerlen&km=5")) == ["In Heerlen"]
    assert titles(feed("?place=atlantis&km=x")) == ["In Maastricht", "In Heerlen"], "what cannot be read asks nothing"


def test_the_feed_speaks_both_languages(region) -> None:
    region.open()
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert feed().get(lang) == "nl"
    assert feed("?in=en").get(lang) == "en"
    assert "an hour" in feed("?in=en").findtext("a:entry/a:summary", "", ATOM)


def test_a_vacancy_leaves_feed_list_and_map_on_its_closing_day(region, monkeypatch) -> None:
    slug = region.open(closes_on=date(2027, 2, 15)).slug
    monkeypatch.setattr(clock, "now", lambda: EVE)
    here = f"{settings.VALLEY_URL}/work/openings/{slug}/"
    assert len(titles(feed())) == 1
    assert here in addresses()
    monkeypatch.setattr(clock, "now", lambda: DAY)
    assert titles(feed()) == []
    assert here not in addresses()
    assert not BeautifulSoup(Client().get("/work/").content, "html.parser").select(".card")


def test_the_map_names_public_pages_with_their_languages_and_last_change(region) -> None:
    slug = region.open().slug
    found = addresses()
    for path in (
        "/",
        "/work/",
        "/work/partners/",
        "/work/roles/",
        "/work/roles/adviser-1/",
        "/work/partners/centre-one/",
    ):
        assert f"{settings.VALLEY_URL}{path}" in found, path
    here = f"{settings.VALLEY_URL}/work/openings/{slug}/"
    entry = found[here]
    assert entry.findtext("s:lastmod", "", MAP) == "2026-11-23T09:00:00Z"
    links = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", MAP)}
    assert links == {"nl": f"{here}?in=nl", "en": f"{here}?in=en"}
    private = ("/desk/", "/import/", "/people/", "/account/", "/mobility/", "/applications/")
    assert not [address for address in found for part in private if part in address]


def test_every_address_of_the_map_answers(region) -> None:
    region.open()
    for address in addresses():
        assert Client().get(address.removeprefix(settings.VALLEY_URL)).status_code == 200, address


def test_drafts_and_closed_vacancies_are_in_neither(region) -> None:
    actions.keep_vacancy(region.recruiter, draft=region.draft())
    assert titles(feed()) == []
    assert not [address for address in addresses() if "/openings/" in address]


def test_robots_find_the_map_and_leave_desks_alone() -> None:
    lines = Client().get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {settings.VALLEY_URL}/sitemap.xml" in lines
    assert "Disallow: /work/desk/" in lines


def test_the_map_and_the_feed_ask_few_questions(region, django_assert_max_num_queries) -> None:
    rows = [region.draft(title=f"Adviseur {number}") for number in range(30)]
    actions.keep_vacancies(factories.operator(), rows=rows)
    with django_assert_max_num_queries(8):
        Client().get("/sitemap.xml")
    with django_assert_max_num_queries(22):
        assert len(titles(feed())) == 30
