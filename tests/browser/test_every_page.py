"""Is every page that someone can reach accessible, valid, calm at phone width and free of script?

A crawl per kind of visitor: axe (WCAG 2.2 AA and best practice) in light and dark, the Nu checker on the HTML, no
horizontal scrolling at 320 CSS pixels, one first-level heading, and no JavaScript on public pages.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browser import crawl
from tests.browser.conftest import Watched, enter
from tests.live import Valley

pytestmark = pytest.mark.browser

AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
# Dark mode changes colours and nothing else, so there only the rules about colour are asked again.
AXE_DARK = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
VISITORS = {
    "visitor": "",
    "worker": "sara@demo.valley.invalid",
    "recruiter": "recruiter.pechhulp@demo.valley.invalid",
    "office": "programmabureau@demo.valley.invalid",
    "steward": "beheerder@demo.valley.invalid",
    "designer": "ontwerper@demo.valley.invalid",
    "coach": "coach@demo.valley.invalid",
    "team lead": "teamleider@demo.valley.invalid",
}
# Desks see the public pages too, which the first two read in pairs: one of each is enough for the others.
EXAMPLES = {"visitor": 2, "worker": 2}
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def _opened(browser: Browser, valley: Valley, language: str) -> BrowserContext:
    # Reduced motion: halfway a transition from light to dark no contrast means anything.
    context = browser.new_context(
        locale="nl-NL", base_url=valley.url, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "django_language", "value": language, "url": valley.url}])
    return context


def _violations(found: dict[str, Any]) -> list[str]:
    return [f"{item['id']}: {item['nodes'][0]['html'][:160]}" for item in found["violations"]]


def _faults(page: Page, path: str, *, public: bool) -> list[str]:
    faults = []
    faults += [f"{path} (light) {fault}" for fault in _violations(Axe().run(page, options=AXE).response)]
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("options => axe.run(document, options)", AXE_DARK)  # loaded by the run before
    faults += [f"{path} (dark) {fault}" for fault in _violations(dark)]
    page.emulate_media(color_scheme="light")
    if page.locator("h1").count() != 1:
        faults.append(f"{path} has {page.locator('h1').count()} first-level headings")
    if public and page.locator('script:not([type="application/ld+json"])').count():
        faults.append(f"{path} has script")
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate(TOO_WIDE) > 0:
        faults.append(f"{path} scrolls sideways at 320 px")
    page.set_viewport_size({"width": 1280, "height": 900})
    return faults


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_reachable_page_is_accessible_and_valid(
    browser: Browser, valley: Valley, visitor: str, tmp_path: Path
) -> None:
    context = _opened(browser, valley, "en" if visitor in ("steward", "designer", "team lead") else "nl")
    watched = Watched(context)
    page = context.new_page()
    if VISITORS[visitor]:
        enter(page, VISITORS[visitor])
    else:
        page.goto("/")
    faults, visited = [], []
    for number, (path, html) in enumerate(crawl.pages(page, examples=EXAMPLES.get(visitor, 1))):
        visited.append(path)
        (tmp_path / f"{number:03}.html").write_text(html)
        faults += _faults(page, path, public=visitor == "visitor")
    context.close()
    assert len(visited) >= 8, visited
    faults += _invalid(tmp_path, visited)
    assert not faults, "\n".join(faults)
    assert not watched.complaints


def _invalid(folder: Path, visited: list[str]) -> list[str]:
    """What the Nu checker calls an error, with the path of the page."""
    jar = os.environ.get("VALLEY_VNU_JAR", "")
    if not jar:
        pytest.skip("The Nu checker is not installed (VALLEY_VNU_JAR).")
    files = sorted(str(path) for path in folder.glob("*.html"))
    result = subprocess.run(
        ["java", "-jar", jar, "--errors-only", "--exit-zero-always", "--format", "json", *files],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    messages = json.loads(result.stderr or "{}").get("messages", [])
    return [f"{visited[int(Path(m['url']).stem)]}: {m['message']} {m.get('extract', '')[:120]}" for m in messages]
