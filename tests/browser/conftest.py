"""A real valley, a real browser: the demo region (small), granian, Debian's Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.live import Valley, free_port, serving

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valley]:
    """The small demo region, served for the whole session."""
    made = Valley(tmp_path_factory.mktemp("valley"), free_port())
    made.run("demo", "--small", "--no-serve")
    with serving(made):
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a screen."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium is not installed.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


class Watched:
    """Pages whose console must stay clean: no error, no blocked script or style."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.complaints: list[str] = []
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _hear(self, message: object) -> None:
        text, kind = getattr(message, "text", ""), getattr(message, "type", "")
        expected = "the server responded with a status of 4" in text
        if kind == "error" and not expected:
            self.complaints.append(text)


@pytest.fixture
def context(browser: Browser, valley: Valley, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh visitor from the Netherlands; parameters through ``indirect`` override the options."""
    options = {"locale": "nl-NL", "base_url": valley.url, "viewport": {"width": 1280, "height": 900}}
    options |= getattr(request, "param", {})
    made = browser.new_context(**options)
    made.set_default_timeout(15_000)
    watched = Watched(made)
    yield made
    made.close()
    assert not watched.complaints


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One tab."""
    return context.new_page()


def enter(page: Page, email: str) -> None:
    """Sign in as a ready account of the demo region, through the button on the login page."""
    page.goto("/account/login/")
    chair = page.locator(f'button[name="email"][value="{email}"]')
    if not chair.is_visible():
        page.locator(f'details:has(button[value="{email}"]) > summary').click()
    chair.click()
    page.wait_for_url("**/")
