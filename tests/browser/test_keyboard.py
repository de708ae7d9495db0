"""Can someone with a keyboard alone do the work, and see at every step where they are?

Only Tab, Enter and letters. Every element that gets focus on the way must show it: an outline or a shadow.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    # The skip link slides in; whether it is in sight is a question for after that.
    pytest.mark.parametrize("context", [{"reduced_motion": "reduce"}], indirect=True),
]
STEPS_MOST = 120
SARA = 'button[name="email"][value="sara@demo.valley.invalid"]'
FOCUSED = """selector => {
  const on = document.activeElement, style = getComputedStyle(on), box = on.getBoundingClientRect();
  const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  return {
    here: on.matches(selector),
    html: on.outerHTML.slice(0, 160),
    shown: outline || style.boxShadow !== 'none',
    inside: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
    body: on === document.body,
  };
}"""


def tab_to(page: Page, selector: str) -> int:
    """Press Tab until the focus is on ``selector``; every stop on the way shows where it is. How many presses."""
    for presses in range(1, STEPS_MOST):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED, selector)
        if at["body"]:
            continue
        assert at["shown"], f"no visible focus on {page.url}: {at['html']}"
        assert at["inside"], f"focus out of sight on {page.url}: {at['html']}"
        if at["here"]:
            return presses
    raise AssertionError(f"{STEPS_MOST} times Tab on {page.url} and never on {selector}")


def follow(page: Page, selector: str) -> None:
    """Tab to something and press Enter, which opens another page."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_first_tab_shows_a_way_past_the_menu(page: Page) -> None:
    page.goto("/work/")
    skip = page.locator("a.skip")
    assert (skip.bounding_box() or {"y": 0})["y"] < 0, "out of the way until it has focus"
    assert tab_to(page, "a.skip") == 1
    assert (skip.bounding_box() or {"y": -1})["y"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    assert page.evaluate("() => document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_from_the_language_to_an_explanation(page: Page) -> None:
    page.goto("/")
    follow(page, 'button[name="language"][value="en"]')
    assert page.locator("html").get_attribute("lang") == "en"
    follow(page, 'header a[href^="/account/login/"]')
    follow(page, SARA)
    assert page.locator('header a[href^="/account/logout"], header a[href="/people/passport/"]').count() >= 1

    follow(page, 'a[href="/skills/"]')
    tab_to(page, 'main form[role="search"] input:not([type="hidden"])')
    page.keyboard.type("listen")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    found = page.locator("main .card__link").first.inner_text()
    follow(page, "main .card__link")
    assert page.locator("h1").inner_text() == found

    follow(page, 'a[href="/mobility/"]')
    follow(page, 'main a[href^="/mobility/openings/"]')
    tab_to(page, "[role=region]:has(#lines)")
    assert page.locator("#lines tbody tr").count() >= 1
