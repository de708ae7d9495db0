"""Do the shared pieces of a page keep their promises to the rooms that include them?"""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation


def piece(name: str, language: str = "en", request: HttpRequest | None = None, **context: object) -> BeautifulSoup:
    with translation.override(language):
        return BeautifulSoup(render_to_string(f"components/{name}.html", context, request), "html.parser")


def test_a_card_is_a_list_item_with_one_real_link() -> None:
    soup = piece("card", title="A <job>", url="/x/", badge="5 of 6", badge_kind="good")
    assert soup.li.h3.a["href"] == "/x/"
    assert len(soup.find_all("a")) == 1
    assert soup.a.get_text() == "A <job>"
    assert "badge--good" in soup.find("span")["class"]


def test_a_card_takes_its_place_in_the_order_of_headings() -> None:
    assert piece("card", title="A", level=2).h2 is not None


def test_a_table_is_named_scrolls_by_keyboard_and_has_headers() -> None:
    soup = piece("table", id="t", caption="Pay", columns=["Role", "Euro"], rows=[["Adviser", 15]], numeric=True)
    region = soup.find(role="region")
    assert region["tabindex"] == "0"
    assert soup.find(id=region["aria-labelledby"]).get_text() == "Pay"
    assert [th["scope"] for th in soup.find_all("th")] == ["col", "col", "row"]
    assert soup.td["class"] == ["num"]


def test_progress_has_words_beside_the_bar_and_plain_numbers_in_it() -> None:
    soup = piece("progress", language="nl", label="Punten", value=1250.5, max=2000, words="1.250 van 2.000")
    assert soup.progress["value"] == "1250.5" and soup.progress["max"] == "2000"
    assert "1.250 van 2.000" in soup.p.get_text()


def test_steps_say_which_is_current_and_which_are_done_without_colour() -> None:
    soup = piece("steps", steps=["One", "Two", "Three"], current=2)
    assert soup.find(attrs={"aria-current": "step"}).get_text() == "Two"
    assert "(done)" in soup.li.get_text()


def test_the_pager_keeps_the_question_and_stops_at_the_ends() -> None:
    request = RequestFactory().get("/openings/?text=duits&page=2")
    soup = piece("pager", number=2, pages=3, request=request)
    assert [link["href"] for link in soup.find_all("a")] == ["?text=duits&page=1", "?text=duits&page=3"]
    assert len(piece("pager", number=3, pages=3, request=request).find_all("a")) == 1
    assert piece("pager", number=1, pages=1, request=request).find() is None


def test_crumbs_end_with_this_page_and_do_not_link_to_it() -> None:
    soup = piece("crumbs", first_label="Openings", first_url="/o/", here="Adviser")
    assert [link.get_text() for link in soup.find_all("a")] == ["Home", "Openings"]
    assert soup.find(attrs={"aria-current": "page"}).get_text() == "Adviser"


def test_bars_are_drawn_by_attribute_because_styles_are_not_allowed() -> None:
    soup = piece("bars", items=[{"label": "German", "words": "3 of 4", "value": 3, "max": 4}])
    assert soup.rect["width"] == "75"
    assert not soup.find(style=True)


def test_an_empty_state_says_what_to_do() -> None:
    soup = piece("empty", title="No shares", text="You share nothing.", url="/s/", action="Share")
    assert soup.h2.get_text() == "No shares" and soup.a["href"] == "/s/"


def test_a_notice_with_a_level_is_a_heading() -> None:
    assert piece("notice", title="Note", text="x").h2 is None
    assert piece("notice", title="Note", text="x", level=2, kind="bad").h2.get_text() == "Note"
