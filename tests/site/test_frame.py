"""Does every page of the site itself stand in the one frame: names, languages, colours, errors, signing in?"""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from tests import factories

from valley.foundation.models import Account

PUBLIC = ["/", "/handbook/", "/about/accessibility/", "/about/privacy/", "/account/login/", "/account/signup/"]


def soup_of(client: Client, path: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_public_page_has_one_heading_a_language_and_no_script(client: Client, path: str, language: str) -> None:
    client.cookies["django_language"] = language
    soup = soup_of(client, path)
    assert soup.html["lang"] == language
    assert len(soup.find_all("h1")) == 1
    assert not soup.find("script") and not soup.find(style=True)
    assert not [name for tag in soup.find_all() for name in tag.attrs if name.startswith("on")]
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert soup.find("a", class_="skip")["href"] == "#main" and soup.find(id="main")


def test_no_two_landmarks_of_a_page_have_the_same_name(client: Client) -> None:
    soup = soup_of(client, "/handbook/passport/")
    names = [tag.get("aria-label") for tag in soup.find_all("nav")]
    assert all(names) and len(names) == len(set(names))


def test_the_front_page_says_what_the_machine_does_not_decide(client: Client) -> None:
    client.cookies["django_language"] = "en"
    text = soup_of(client, "/").get_text(" ", strip=True)
    assert "It never puts people in order for an employer." in text
    assert "There are no openings yet." in text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_chosen_colours_are_kept_and_shown_without_script(client: Client, theme: str) -> None:
    answer = client.post("/theme/", {"theme": theme, "next": "/handbook/"})
    assert answer.headers["Location"] == "/handbook/"
    soup = soup_of(client, "/handbook/")
    assert soup.html["data-theme"] == theme
    assert soup.find("button", {"name": "theme", "aria-pressed": "true"})["value"] == theme


def test_colours_cannot_send_a_visitor_elsewhere_and_unknown_ones_are_those_of_the_device(client: Client) -> None:
    answer = client.post("/theme/", {"theme": "<pink>", "next": "https://example.org/"})
    assert answer.headers["Location"] == "/"
    assert not soup_of(client, "/").html.has_attr("data-theme")
    assert client.get("/theme/").status_code == 405


def test_the_language_is_chosen_by_a_form(client: Client) -> None:
    soup = soup_of(client, "/handbook/")
    form = soup.find("button", {"name": "language", "value": "en"}).find_parent("form")
    assert form["method"] == "post" and form.find("input", {"name": "next"})["value"] == "/handbook/"
    client.post(form["action"], {"language": "en", "next": "/handbook/"})
    assert soup_of(client, "/handbook/").html["lang"] == "en"


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429"])
def test_an_error_page_says_what_next_and_gives_its_reference(name: str) -> None:
    soup = BeautifulSoup(render_to_string(f"{name}.html", {"reference": "3fa9c1d2"}), "html.parser")
    assert soup.h1 and soup.find("p", class_="lead").get_text(strip=True)
    assert soup.find("code").get_text() == "3fa9c1d2"
    assert soup.find("main").find("a", class_="button")


def test_the_page_for_our_own_fault_needs_nothing_and_speaks_both_languages() -> None:
    text = BeautifulSoup(render_to_string("500.html", {"reference": "3fa9c1d2"}), "html.parser").get_text(" ")
    assert "Er ging bij ons iets mis" in text and "Something went wrong" in text and "3fa9c1d2" in text


def test_a_missing_page_leads_to_the_search(client: Client) -> None:
    client.cookies["django_language"] = "en"
    soup = soup_of(client, "/no-such-page/", 404)
    assert "Search all competences" in soup.get_text()


def test_a_problem_says_expected_found_and_next_step() -> None:
    translation.activate("en")
    from valley.core.errors import ValleyError

    error = ValleyError(expected="a level from 1 to 4", found="<7>", next_step="Choose 1, 2, 3 or 4.")
    text = BeautifulSoup(
        render_to_string("problem.html", {"error": error, "reference": "ab"}), "html.parser"
    ).get_text()
    for words in ("a level from 1 to 4", "<7>", "Choose 1, 2, 3 or 4."):
        assert words in text


def test_script_for_a_passkey_is_loaded_only_for_who_asks_for_a_passkey(client: Client) -> None:
    assert not soup_of(client, "/account/login/").find("script")
    soup = soup_of(client, "/account/login/?passkey=1")
    assert soup.find("button", id="passkey_login")["form"] == "mfa_login"
    assert all(tag.get("src") or tag.get("type") == "application/json" for tag in soup.find_all("script"))


def test_ready_accounts_are_shown_in_a_demo_region_only(client: Client, settings) -> None:
    Account.objects.create_user("sara@demo.valley.test", is_demo=True)
    Account.objects.create_user("real@example.org")
    settings.VALLEY_DEMO = False
    assert not soup_of(client, "/account/login/").find_all("button", {"name": "email"})
    settings.VALLEY_DEMO = True
    chairs = soup_of(client, "/account/login/").find_all("button", {"name": "email"})
    assert [chair["value"] for chair in chairs] == ["sara@demo.valley.test"]


def test_a_wrong_password_is_told_on_top_and_the_title_says_error(client: Client) -> None:
    client.cookies["django_language"] = "en"
    answer = client.post("/account/login/", {"login": "nobody@example.org", "password": "wrong-wrong-wrong"})
    soup = BeautifulSoup(answer.content, "html.parser")
    assert soup.find(role="alert") and soup.title.get_text().startswith("Error: ")
    assert not mail.outbox


@pytest.mark.parametrize(
    "path", ["/account/email/", "/account/password/change/", "/account/2fa/", "/account/sessions/"]
)
def test_account_pages_stand_in_our_frame(path: str, db: None) -> None:
    soup = soup_of(factories.client("recruiter"), path)
    assert len(soup.find_all("h1")) == 1
    assert soup.find("aside").find(attrs={"aria-current": "page"})["href"] == path
    assert not soup.find("h1").find_parent("h1")
    for form in soup.find("main").find_all("form"):
        assert form.find("input", {"name": "csrfmiddlewaretoken"})


def test_every_page_leads_to_signing_in_or_out(client: Client, db: None) -> None:
    assert soup_of(client, "/handbook/").select_one('header a[href="/account/login/"]')
    inside = soup_of(factories.client_of(factories.account()), "/handbook/")
    assert inside.select_one('header a[href="/account/logout/"]')
    assert not inside.select_one('header a[href="/account/login/"]')
