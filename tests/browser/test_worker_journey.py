"""Can a worker go from "which job did I have?" to a share, an export and goodbye, in both languages, without script?

Everything through the pages: an account with a code from a real mail, the guided start, the fitting openings with a
sum that adds up, what-if, a share that its reader opens and loses, the export, the erasure.
"""

from __future__ import annotations

import email
import email.policy
import json
import re
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browser.conftest import Watched, enter
from tests.live import Valley

pytestmark = pytest.mark.browser
PASSWORD = "een lange zin met een paard en 4 appels"
READER = "recruiter.pechhulp@demo.valley.invalid"


def code_from(valley: Valley, address: str) -> str:
    """The code in the newest mail to this address, read from the outbox folder as a person reads mail."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for path in sorted((valley.home / "outbox").glob("*.eml"), key=lambda p: p.stat().st_mtime, reverse=True):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if address in str(mail["To"]):
                body = mail.get_body(("plain",))
                found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", body.get_content() if body else "", re.M)
                if found:
                    return found.group(1)
        time.sleep(0.2)
    raise AssertionError(f"No mail with a code for {address}.")


def opened(browser: Browser, valley: Valley, language: str) -> BrowserContext:
    """A visitor without JavaScript: every page must work so."""
    context = browser.new_context(locale="nl-NL", base_url=valley.url, java_script_enabled=False)
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "django_language", "value": language, "url": valley.url}])
    return context


def submit(page: Page) -> None:
    """Press the main button of the page's form."""
    page.locator("main form:not(.filters) button:not(.button--quiet):not(.button--danger)").last.click()


def sign_up(page: Page, valley: Valley, address: str) -> None:
    page.goto("/account/signup/")
    page.fill('input[name="email"]', address)
    page.fill('input[name="password1"]', PASSWORD)
    page.fill('input[name="password2"]', PASSWORD)
    page.locator('main form[action*="signup"] button').first.click()
    page.fill('input[name="code"]', code_from(valley, address))
    page.locator('main form:has(input[name="code"]) button').first.click()


def guided_start(page: Page) -> None:
    page.goto("/people/start/?q=callcentermedewerker")
    page.locator("main .card__link").first.click()
    page.locator('main a[href*="propose"]').click()
    groups = page.locator("main fieldset")
    assert groups.count() >= 5
    groups.nth(0).locator('input[value="no"]').check()
    submit(page)
    for code, level in (("nl", "5"), ("de", "4")):
        page.locator('select[name="code"]').select_option(code)
        chosen = page.locator(f'[name="cefr"][value="{level}"]')
        chosen.check() if chosen.count() else page.locator('select[name="cefr"]').select_option(level)
        page.locator('main form:has(select[name="code"]) button').click()
    assert page.locator('main button[name="drop"]').count() == 2
    page.goto("/people/start/wishes/")
    page.fill('input[name="hours_min"]', "16")
    page.fill('input[name="hours_max"]', "40")
    page.locator('select[name="place"]').select_option("maastricht")
    submit(page)
    page.wait_for_url("**/people/start/comparison/")
    page.locator('button[name="answer"][value="yes"]').click()
    page.wait_for_url("**/people/start/done/")


def number(words: str) -> float:
    """A number as the page writes it, with a comma in Dutch."""
    return float(words.replace(",", "."))


def explained(page: Page) -> None:
    """The lines on the page add up to the fit on the page, and a what-if changes it."""
    page.goto("/mobility/")
    links = page.locator('main a.card__link, main a[href^="/mobility/openings/"]')
    assert links.count() >= 3
    page.goto(links.first.get_attribute("href") or "")
    rows = page.locator("#lines tbody tr")
    points = [number(rows.nth(n).locator("td").nth(4).inner_text()) for n in range(rows.count())]
    assert len(points) >= 5
    assert round(sum(points), 1) == number(page.locator("#lines tfoot strong").inner_text())


def share(page: Page, name: str) -> None:
    page.goto("/people/shares/new/")
    page.locator('select[name="reader"]').select_option(label=name)
    page.locator('input[name="purpose"][value="application"]').check()
    submit(page)
    assert page.locator("#preview-title").count() == 1
    page.locator('button[name="give"]').click()
    page.wait_for_url(lambda url: urlsplit(url).path == "/people/shares/")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_a_job_title_to_goodbye(browser: Browser, valley: Valley, language: str) -> None:
    address = f"noor.{language}@example.org"
    context = opened(browser, valley, language)
    watched = Watched(context)
    page = context.new_page()
    sign_up(page, valley, address)
    guided_start(page)
    page.goto("/people/passport/name/")
    page.fill('input[name="name"]', "Noor Testvrouw")
    submit(page)
    explained(page)
    share(page, "Autobijstand Europa")

    desk = opened(browser, valley, language)
    reader = desk.new_page()
    enter(reader, READER)
    reader.goto("/people/shared/")
    link = reader.locator('main a[href^="/people/shared/"]').first.get_attribute("href") or ""
    reader.goto(link)
    assert "Noor Testvrouw" in reader.locator("main").inner_text()

    page.goto("/people/shares/")
    assert page.locator("main table tbody tr, main .look").count() >= 1
    page.locator('main form[action*="withdraw"] button, main a[href*="withdraw"]').first.click()
    if "withdraw" in page.url:
        page.locator("main form button").first.click()
    answer = reader.goto(link)
    assert answer is not None
    assert answer.status == 404
    assert "Noor Testvrouw" not in reader.content()
    desk.close()

    page.goto("/people/export/")
    with page.expect_download() as download:
        page.locator("main form button").first.click()
    document = json.loads(Path(download.value.path()).read_text())
    assert "Noor Testvrouw" in json.dumps(document, ensure_ascii=False)
    assert address in json.dumps(document)

    page.goto("/people/erase/confirm/")
    if page.locator('input[name="password"]').count():
        page.fill('input[name="password"]', PASSWORD)
        page.locator('main form:has(input[name="password"]) button').first.click()
    word = {"nl": "verwijder", "en": "erase"}[language]
    assert word in page.locator('label[for="id_confirm"]').inner_text()
    page.fill('input[name="confirm"]', word)
    page.locator("main form button.button--danger").click()
    page.wait_for_url(valley.url + "/")
    context.close()
    assert not watched.complaints
    traces = [path for path in valley.home.rglob("*") if path.is_file() and _holds(path, [address, "Noor Testvrouw"])]
    assert not traces


def _holds(path: Path, words: list[str]) -> bool:
    body = path.read_bytes()
    return any(word.encode() in body for word in words)
