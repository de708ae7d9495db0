"""Can a recruiter write an honest vacancy, and can somebody find it, understand it, apply with a chosen view and stop?

In both languages: a diploma that no task needs is challenged and the draft is kept; a visitor without script finds the
vacancy, and so do programs; a worker sees the own overlap and exactly what is shared; the desk reads in order of
arrival without a mark, leaves a trace, and loses sight at once; a vacancy that is closed is gone.
"""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.browser.test_thread_journey import desk, noticed, press, read, status
from tests.browser.test_worker_journey import number, opened
from tests.live import Valley
from tests.rooms.vacancies.test_structured import RECOMMENDED, REQUIRED, faults

pytestmark = pytest.mark.browser
RECRUITER, OTHER = (f"recruiter.{name}@demo.valley.invalid" for name in ("webwinkel", "pechhulp"))
FIRST, SECOND = "bilal@demo.valley.invalid", "marja@demo.valley.invalid"
EMPLOYER, NAME = "modewebshop-mosa", "Bilal Amrani"
DIPLOMA = "mbo-4"
NEVER = ("age", "birthday", "nationality", "photo", "pay_history", "earned", "gender")
DAY = "Drie gesprekken per uur, daartussen post.\nMaandag is het druk."
NEXT_STEPS = "Gesprek met het team, binnen vijf werkdagen"
WORDS = {
    "nl": {
        "title": "Stem van de webwinkel", "draft": "Je tekst is bewaard als concept.", "no task": "nog geen taak",
        "open": "De vacature staat open.", "asked": "Wordt ook gevraagd", "unasked": "geen diploma",
        "euro": "18,00 – 20,50", "sent": "Je sollicitatie is verstuurd.", "nobody": "Nog niemand heeft gekeken.",
        "not shared": "Niet gedeeld", "stopped": "Je sollicitatie is gestopt.",
        "nothing": "niets meer", "closed": "Deze vacature is gesloten", "gone": "De vacature is gesloten.",
        "message": "Ik ken de drukke dagen.",
    },
    "en": {
        "title": "Voice of the web shop", "draft": "Your text is kept as a draft.", "no task": "no task needs",
        "open": "The opening is open.", "asked": "Also asked", "unasked": "No diploma",
        "euro": "18.00 – 20.50", "sent": "Your application is sent.", "nobody": "Nobody looked yet.",
        "not shared": "Not shared", "stopped": "Your application has stopped.",
        "nothing": "nothing any more", "closed": "This opening is closed", "gone": "The opening is closed.",
        "message": "I know the busy days.",
    },
}  # fmt: skip


# -- writing


def write(page: Page, language: str) -> str:
    """Fill in the guided form; a diploma without a task is challenged and nothing typed is lost. The public address."""
    words = WORDS[language]
    page.goto("/work/desk/")
    page.locator(f'main a[href$="/{EMPLOYER}/openings/new/"]').click()
    page.select_option("#id_role", "adviser-1")
    press(page)
    assert not page.locator(", ".join(f'[name="{name}"]' for name in NEVER)).count()
    assert page.locator('main input[type="file"]').count() == 0
    page.fill('input[name="title"]', words["title"])
    page.select_option('select[name="place"]', "maastricht")
    page.fill('input[name="pay_min"]', words["euro"].split(" – ")[0])
    page.fill('input[name="pay_max"]', words["euro"].split(" – ")[1])
    page.fill('textarea[name="day"]', DAY)
    page.fill('textarea[name="next_steps"]', NEXT_STEPS)
    page.select_option('select[name="asked-0-kind"]', "diploma")
    page.fill('input[name="asked-0-words"]', DIPLOMA)
    with page.expect_navigation():
        page.locator('button[name="publish"]').click()

    read(page, words["draft"])
    challenge = page.locator("#asks .notice--bad").inner_text()
    assert DIPLOMA in challenge
    assert words["no task"] in challenge
    assert page.locator('input[name="title"]').input_value() == words["title"]
    assert page.locator('textarea[name="day"]').input_value().splitlines() == DAY.splitlines()
    address = page.url.split("/work/desk/openings/")[1].rstrip("/")
    settle(page, language)
    noticed(page, words["open"])
    return f"/work/openings/{address}/"


def settle(page: Page, language: str) -> None:
    """Say for which task the diploma is needed (Dutch), or drop it (English); then it can be opened for everyone."""
    if language == "nl":
        page.fill('input[name="asked-0-task"]', page.locator('input[name="need-0-task"]').input_value())
    else:
        page.fill('input[name="asked-0-words"]', "")
    with page.expect_navigation():
        page.locator('button[name="publish"]').click()


# -- finding


def found(page: Page, address: str, title: str) -> tuple[bool, bool, bool]:
    """Whether the list (by filter), the feed of the same search and the site map name the vacancy."""
    search = f"?text={title}&place=maastricht&km=10&pay_from=18&organisation={EMPLOYER}"
    page.goto(f"/work/{search}")
    listed = address in [link.get_attribute("href") for link in page.locator("main .card__link").all()]
    feed, sitemap = (page.request.get(path).text() for path in (f"/work/feed/{search}", "/sitemap.xml"))
    assert "<feed" in feed
    assert "<urlset" in sitemap
    return listed, address in feed, address in sitemap


def visit(browser: Browser, valley: Valley, language: str, address: str) -> None:
    """A visitor without account and without script finds it and reads what the work is really like; so do programs."""
    words = WORDS[language]
    context = opened(browser, valley, language)
    page = context.new_page()
    assert found(page, address, words["title"]) == (True, True, True)
    page.goto("/work/")
    page.fill('main form[role="search"] input[name="text"]', words["title"])
    page.locator('main form[role="search"] button').first.click()
    page.locator(f'main a.card__link[href="{address}"]').click()
    said = read(page, words["title"], words["euro"], *DAY.splitlines(), NEXT_STEPS)
    assert (words["asked"] in said, words["unasked"] in said) == ((True, False) if language == "nl" else (False, True))
    posting = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
    assert not faults(posting)
    assert {*REQUIRED, *RECOMMENDED} <= posting.keys()
    assert posting["title"] == words["title"]
    assert posting["baseSalary"]["value"]["minValue"] == 18.0
    context.close()


def closed(browser: Browser, valley: Valley, language: str, address: str) -> None:
    """A vacancy that closed says so, cannot be found any more, and is no job for a search engine."""
    context = opened(browser, valley, language)
    page = context.new_page()
    assert status(page, address) == 410
    read(page, WORDS[language]["closed"])
    assert page.locator('meta[name="robots"]').get_attribute("content") == "noindex"
    assert page.locator('script[type="application/ld+json"]').count() == 0
    assert page.locator('main a[href*="/apply/"]').count() == 0
    assert found(page, address, WORDS[language]["title"]) == (False, False, False)
    context.close()


# -- applying


def apply(page: Page, language: str, address: str) -> None:
    """See the own overlap explained, choose what is shown, see exactly that, and send it."""
    words = WORDS[language]
    page.goto(address)
    page.locator('main a[href^="/for-me/"]').first.click()
    rows = page.locator("#lines tbody tr")
    points = [number(rows.nth(n).locator("td").nth(4).inner_text()) for n in range(rows.count())]
    assert len(points) >= 5
    assert round(sum(points), 1) == number(page.locator("#lines tfoot strong").inner_text())
    page.goto(address)
    page.locator('main a.button[href*="/apply/"]').click()
    preview = page.locator('section[aria-labelledby="preview-title"]')
    assert NAME in preview.inner_text()
    page.uncheck('input[name="parts"][value="name"]')
    page.fill('textarea[name="message"]', words["message"])
    with page.expect_navigation():
        page.locator('button[name="send"]').click()
    assert page.locator("main .notice--info").count() == 1, "what was not seen is not sent"
    assert NAME not in preview.inner_text()
    send(page, language)
    read(page, words["title"], words["nobody"])


def apply_at_once(page: Page, language: str, address: str) -> None:
    """Apply with what is proposed."""
    page.goto(address)
    page.locator('main a.button[href*="/apply/"]').click()
    send(page, language)


def send(page: Page, language: str) -> None:
    """Send the choice that stands on the page."""
    with page.expect_navigation():
        page.locator('button[name="send"]').click()
    noticed(page, WORDS[language]["sent"])


def read_in_order(page: Page, language: str, address: str) -> str:
    """The desk: in order of arrival, whatever the address asks; no mark; one opened. The address of the application."""
    words, slug = WORDS[language], address.rstrip("/").rpartition("/")[2]
    page.goto("/applications/desk/")
    page.locator(f'main a[href$="/{EMPLOYER}/{slug}/"]').click()
    links = page.locator("main table tbody th a")
    order = [link.get_attribute("href") for link in links.all()]
    assert len(order) == 2
    assert [text.split(".")[0] for text in links.all_inner_texts()] == ["1", "2"]
    assert page.locator("main thead a, main thead button, main form[method='get'], main select").count() == 0
    assert "%" not in read(page)
    page.goto(f"{page.url}?sort=-arrived_at&order=fit")
    assert [link.get_attribute("href") for link in links.all()] == order
    links.first.click()
    said = read(page, words["message"], words["not shared"])
    assert NAME not in said, "only what was chosen"
    assert "%" not in said
    assert page.locator("main table").count() >= 2
    return order[0] or ""


def _card(page: Page, address: str) -> Locator:
    """One application among the person's own."""
    return page.locator(f'main li.card:has(a[href="{address}"])')


def withdraw(page: Page, language: str, address: str) -> None:
    """The person sees who looked and stops it."""
    words = WORDS[language]
    page.goto("/applications/")
    card = _card(page, address)
    said = card.inner_text()
    assert words["nobody"] not in said
    assert card.locator("dd li").count() == 1, "one look was logged"
    with page.expect_navigation():
        card.locator("button.button--danger").click()
    noticed(page, words["stopped"])
    assert words["nothing"] in card.inner_text()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_a_guided_form_to_an_application_that_stops(browser: Browser, valley: Valley, language: str) -> None:
    words = WORDS[language]
    with desk(browser, valley, language, RECRUITER) as recruiter:
        address = write(recruiter, language)
        visit(browser, valley, language, address)
        with desk(browser, valley, language, SECOND) as person:
            with desk(browser, valley, language, FIRST) as first:
                apply(first, language, address)
                apply_at_once(person, language, address)
                application = read_in_order(recruiter, language, address)
                with desk(browser, valley, language, OTHER) as other:
                    listed = application.split("/read/")[0]
                    slug = re.sub(r"^/work/openings/", "", address)
                    for path in (application, f"{listed}/", f"{listed}/{slug}"):
                        assert status(other, path) in (403, 404), path
                        assert words["message"] not in other.content()
                withdraw(first, language, address)
            assert status(recruiter, application) == 404
            recruiter.goto(f"{listed}/{slug}")
            assert recruiter.locator("main table tbody tr").count() == 1
            person.goto("/applications/")
            _card(person, address).locator("button.button--danger").click()
            noticed(person, words["stopped"])
        recruiter.goto(address)
        recruiter.locator('main button[name="do"][value="close"]').click()
        noticed(recruiter, words["gone"])
    closed(browser, valley, language, address)
