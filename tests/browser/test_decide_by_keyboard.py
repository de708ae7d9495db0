"""Can someone decide about a page of sentences with single keys, switch those off, and do the same without script?"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import enter
from tests.live import Valley

pytestmark = pytest.mark.browser
LEADER = "teamleider@demo.valley.invalid"
TEXT = """Medewerker klantenservice, proefdienst {number}

Wat ga je doen?
- Je behandelt klachten van klanten.
- Je beantwoordt vragen van klanten.
- Je gaat bestellingen van klanten verwerken.

Wij vragen
- Je kunt actief luisteren en je hebt geduld.
"""
STATUS = "#decide-status"
KEEP = "#decide button:not([name])"


@pytest.fixture
def waiting(valley: Valley, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A text of the team leader's employer with proposals that wait; the number of its employer."""
    path = tmp_path / "text.txt"
    path.write_text(TEXT.format(number=request.node.name))
    valley.run("evidence", "add", str(path), "--employer", "autobijstand-europa", "--text-lang", "nl")
    valley.run("evidence", "read")
    return request.node.name


def _focus(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.id"))


def _decided(page: Page) -> int:
    return int(page.locator(STATUS).inner_text().split("/")[0])


def test_single_keys_decide_row_by_row_and_never_hold_the_focus(page: Page, waiting: str) -> None:
    enter(page, LEADER)
    page.goto("/evidence/decide/")
    rows = page.locator("[data-row]")
    assert rows.count() >= 3
    page.keyboard.press("j")
    first = _focus(page)
    page.keyboard.press("y")
    assert _decided(page) == 1
    assert rows.nth(0).locator('[data-say="y"]').is_checked()
    page.keyboard.press("n")
    assert rows.nth(1).locator('[data-say="n"]').is_checked()
    page.keyboard.press("k")
    page.keyboard.press("u")
    assert _decided(page) == 1
    page.keyboard.press("c")
    page.keyboard.type("luisteren")
    page.wait_for_function("() => document.querySelectorAll('#near option').length > 0")
    page.keyboard.press("Control+a")
    page.keyboard.type("yn")
    assert page.evaluate("() => document.activeElement.value") == "yn", "letters are letters while someone types"
    page.keyboard.press("Control+a")
    page.keyboard.type("typen")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.tagName") == "SELECT", "Tab goes on as everywhere"
    assert _decided(page) == 2, "who names another competence means: change"
    page.locator(KEEP).click()
    assert page.locator('[role="status"].notice--success').count() == 1
    assert page.locator(f"#{first}").count() == 0
    assert page.locator('[name="finding"]').count() == 2, "both can be taken back"


def test_the_keys_can_be_switched_off_and_stay_off(page: Page, waiting: str) -> None:
    enter(page, LEADER)
    page.goto("/evidence/decide/")
    page.keyboard.press("?")
    assert page.locator("#keys").get_attribute("open") is not None
    page.locator("#keys-on").uncheck()
    page.keyboard.press("y")
    page.keyboard.press("y")
    assert _decided(page) == 0
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("y")
    assert _decided(page) == 0
    assert not page.locator("#keys-on").is_checked()


def test_without_script_the_same_form_decides(browser: Browser, valley: Valley, waiting: str) -> None:
    context = browser.new_context(base_url=valley.url, locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    enter(page, LEADER)
    page.goto("/evidence/decide/")
    assert not page.locator("#keys").is_visible()
    page.locator('[data-say="n"]').first.check()
    page.locator(KEEP).click()
    assert page.locator('[role="status"].notice--success').count() == 1
    assert page.locator('[name="finding"]').count() == 1
    context.close()
