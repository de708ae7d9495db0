"""Can a recruiter put the good rows of a spreadsheet online and take them back, and is a desk shut for others?

With the real template, a real file and no script, in both languages. A desk opens only with a second factor: here a
real one, with the code computed from the secret that the page shows.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.browser.conftest import Watched, enter
from tests.browser.test_worker_journey import PASSWORD, opened
from tests.live import Valley

pytestmark = pytest.mark.browser
RECRUITER = "recruiter.pechhulp@demo.valley.invalid"
ORGANISATION = "autobijstand-europa"
TITLE = {"nl": "Nachtuil aan de lijn", "en": "Night owl on the line"}


def totp(secret: str) -> str:
    """The code of this half minute, as an authenticator app computes it (RFC 6238, SHA-1, six digits)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def filled(template: Path, to: Path, title: str) -> Path:
    """The template with three good rows, and two with a place and a number that do not exist (rows 6 and 7)."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[1]
    example = [cell.value for cell in sheet[2]]
    place, hours = example.index("Maastricht"), example.index(24)
    for number in range(1, 6):
        row = [f"{title}-{number}", f"{title} {number}", *example[2:]]
        if number == 4:
            row[place] = "Atlantis"
        if number == 5:
            row[hours] = 99
        sheet.append(row)
    book.save(to)
    return to


def uploaded(page: Page, folder: Path, title: str) -> None:
    """Download the template, fill it and look at what it would do."""
    page.goto("/work/import/")
    with page.expect_download() as download:
        page.locator('main a[href$="template.xlsx"]').click()
    template = folder / "template.xlsx"
    download.value.save_as(template)
    page.goto("/work/import/")
    organisation = page.locator('select[name="organisation"]')
    if organisation.count():
        organisation.select_option(label="Autobijstand Europa")
    page.set_input_files('input[type="file"]', filled(template, folder / "filled.xlsx", title))
    page.locator('main form:has(input[type="file"]) button').click()
    page.wait_for_url(re.compile(r"/work/import/\d+/"))


def problems(page: Page) -> Locator:
    """The rows of the table that says what is wrong, those that stop a row."""
    return page.locator("main table:has(caption#problems-caption) tbody tr:has(.badge--bad)")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_a_template_to_the_public_list_and_back(
    browser: Browser, valley: Valley, language: str, tmp_path: Path
) -> None:
    title = TITLE[language]
    context = opened(browser, valley, language)
    watched = Watched(context)
    page = context.new_page()
    enter(page, RECRUITER)
    uploaded(page, tmp_path, title)
    wrong = problems(page)
    assert wrong.count() == 2
    places, hours = wrong.nth(0).inner_text(), wrong.nth(1).inner_text()
    assert "6" in places
    assert "Atlantis" in places
    assert {"nl": "Plaats", "en": "Place"}[language] in places
    assert "7" in hours
    assert "99" in hours

    apply = page.locator('main form[action$="/apply/"] button')
    apply.click()
    refusal = page.locator("main .notice--bad")
    assert refusal.count() == 1, "with rows that are wrong, nothing is done unasked"
    assert {"nl": "Verwacht", "en": "Expected"}[language] in refusal.inner_text()
    page.check('input[name="keep_good"]')
    page.check('input[name="publish"]')
    apply.click()
    undo = page.locator('main form[action$="/undo/"] button')
    assert undo.count() == 1

    outside = opened(browser, valley, language)
    visitor = outside.new_page()
    visitor.goto(f"/work/?text={title}")
    links = visitor.locator("main .card__link")
    assert sorted(links.all_inner_texts()) == [f"{title} {number}" for number in (1, 2, 3)]
    address = links.first.get_attribute("href") or ""
    visitor.goto(address)
    assert visitor.locator("h1").inner_text().startswith(title)

    undo.click()
    assert undo.count() == 0
    visitor.goto(f"/work/?text={title}")
    assert links.count() == 0
    answer = visitor.goto(address)
    assert answer is not None
    assert answer.status in (404, 410)
    outside.close()
    context.close()
    assert not watched.complaints


def test_a_worker_finds_no_desk(browser: Browser, valley: Valley) -> None:
    context = opened(browser, valley, "nl")
    page = context.new_page()
    enter(page, "sara@demo.valley.invalid")
    page.goto("/work/desk/")
    assert page.locator("main .empty").count() == 1
    assert page.locator("main table, main form").count() == 0
    for path in (f"/work/desk/{ORGANISATION}/openings/new/", f"/work/desk/{ORGANISATION}/openings.xlsx"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status in (403, 404), path
    context.close()


def by_password(page: Page, address: str) -> None:
    """Sign in with address and password."""
    page.goto("/account/login/")
    form = page.locator('main form:has(input[name="password"])')
    form.locator('input[name="login"]').fill(address)
    form.locator('input[name="password"]').fill(PASSWORD)
    form.locator("button").click()


def give_code(page: Page, secret: str) -> None:
    """Type the code of the app; once more when its half minute ended on the way."""
    field = page.locator('main form input[name="code"]')
    for _ in range(2):
        field.fill(totp(secret))
        page.locator('main form:has(input[name="code"]) button').first.click()
        if not field.count():
            return


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_desk_opens_only_with_a_second_factor(
    browser: Browser, valley: Valley, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"rosa.{language}@example.org"
    monkeypatch.setenv("PASSWORD_OF_ROSA", PASSWORD)
    valley.run("accounts", "add", address, "--lang", language, "--password-from-env", "PASSWORD_OF_ROSA")
    valley.run("work", "give-desk", address, "--organisation", ORGANISATION, "--role", "recruiter")

    context = opened(browser, valley, language)
    page = context.new_page()
    by_password(page, address)
    answer = page.goto("/work/desk/")
    assert answer is not None
    assert answer.status == 403
    assert page.locator("main table").count() == 0
    page.locator('main a.button[href="/account/2fa/"]').click()
    page.locator('main a[href$="/totp/activate/"]').click()
    page.fill('input[name="password"]', PASSWORD)
    page.locator('main form:has(input[name="password"]) button').first.click()
    secret = page.locator("#authenticator_secret").input_value()
    give_code(page, secret)
    page.wait_for_url("**/account/2fa/recovery-codes/")
    context.close()

    context = opened(browser, valley, language)
    page = context.new_page()
    by_password(page, address)
    page.wait_for_url("**/account/2fa/authenticate/")
    answer = page.goto("/work/desk/")
    assert answer is not None
    assert "/account/2fa/authenticate/" in page.url, "half a sign-in opens nothing"
    give_code(page, secret)
    answer = page.goto("/work/desk/")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("main table tbody tr").count() >= 1
    context.close()
