"""How does Valley look? ``python docs/screens.py [SCREEN...]`` draws the screens of three journeys, or those named.

Loads the invented region into a folder that is thrown away, serves it, and lets Debian's Chromium write every screen to
``docs/images``: on a desktop and a phone, in light and dark, in Dutch and English. ``VALLEY_SCREENS_HOME`` names a
loaded home to use instead; ``VALLEY_SCREENS_OUT`` another folder to write to.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import FLAGS, enter
from tests.live import Valley, free_port, serving

OUT = Path(os.environ.get("VALLEY_SCREENS_OUT", ROOT / "docs" / "images"))
# One laptop and one phone: what is seen without scrolling.
WIDTHS: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}
# Each width, theme and language twice, so that the images stay under eight megabytes.
VARIANTS = (("desktop", "light", "nl"), ("phone", "dark", "nl"), ("desktop", "dark", "en"), ("phone", "light", "en"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SARA = "sara@demo.valley.invalid"
LOTTE = "lotte@demo.valley.invalid"
RECRUITER = "recruiter.pechhulp@demo.valley.invalid"
OFFICE = "programmabureau@demo.valley.invalid"
DESIGNER = "ontwerper@demo.valley.invalid"
LEADER = "teamleider@demo.valley.invalid"
CORE = "/curriculum/thread/1/"
JOBS = {"nl": "klantadviseur", "en": "customer adviser"}


def home(page: Page, language: str) -> None:
    page.goto("/")


def login(page: Page, language: str) -> None:
    page.goto("/account/login/")


def start_job(page: Page, language: str) -> None:
    page.goto(f"/people/start/?q={JOBS[language]}")


def start_competences(page: Page, language: str) -> None:
    start_job(page, language)
    page.goto(page.locator("main .card__link").first.get_attribute("href") or "")


def passport(page: Page, language: str) -> None:
    page.goto("/people/passport/")


def fits(page: Page, language: str) -> None:
    page.goto("/mobility/")


def explanation(page: Page, language: str) -> None:
    """The first opening with the answer to: what if I learn the competence that gives fewest points yet?"""
    fits(page, language)
    page.goto(page.locator('main a[href^="/mobility/openings/"]').first.get_attribute("href") or "")
    points = [cell.replace(",", ".") for cell in page.locator("#lines tbody td:nth-child(6)").all_inner_texts()]
    least = min(range(len(points)), key=lambda row: float(points[row]))
    page.locator('select[name="add"]').select_option(index=least + 1)
    page.locator('select[name="level"]').select_option(index=2)
    page.locator('form:has(select[name="add"]) button').last.click()
    page.wait_for_url("**/*level=2*")
    page.locator('[role="status"] summary').click()


def opening(page: Page, language: str) -> None:
    page.goto("/work/")
    page.goto(page.locator('main a[href^="/work/openings/"]').first.get_attribute("href") or "")


def preview(page: Page, language: str) -> None:
    """An upload of four openings of which two cannot stand."""
    page.goto("/work/import/")
    page.locator('input[type="file"]').set_input_files(
        {"name": "vacatures.xlsx" if language == "nl" else "openings.xlsx", "mimeType": XLSX, "buffer": _workbook()}
    )
    page.locator('form:has(input[type="file"]) button').last.click()
    page.wait_for_url("**/work/import/*/")


def sector(page: Page, language: str) -> None:
    page.goto("/mobility/sector/")


def decide(page: Page, language: str) -> None:
    page.goto("/evidence/decide/")


def core(page: Page, language: str) -> None:
    page.goto(CORE)


def item(page: Page, language: str) -> None:
    """The first item of the core: who asks it, and in whose words."""
    core(page, language)
    page.goto(page.locator(f'main a[href^="{CORE}item/"]').first.get_attribute("href") or "")


def share(page: Page, language: str) -> None:
    page.goto("/curriculum/my-share/")


def coverage(page: Page, language: str) -> None:
    page.goto("/curriculum/programmes/klantadviseur-bbl/2/coverage/")


def change(page: Page, language: str) -> None:
    """The announced change that took longest."""
    page.goto("/curriculum/field/lead-times/")
    page.goto(page.locator('main table a[href^="/curriculum/field/changes/"]').first.get_attribute("href") or "")


def routes(page: Page, language: str) -> None:
    """The chains that carry Sara's diploma, or why Lotte has none."""
    page.goto("/routes/search/?qualification=commercie/P2")


def ways(page: Page, language: str) -> None:
    page.goto("/careers/?role=adviser-1&steps=2")


def placed(page: Page, language: str) -> None:
    """The plan that was made for the people of the redundancy."""
    page.goto("/placements/runs/1/")


SCREENS: dict[str, tuple[str, Callable[[Page, str], None]]] = {
    "home": ("", home),
    "login": ("", login),
    "start-job": (SARA, start_job),
    "start-competences": (SARA, start_competences),
    "passport": (SARA, passport),
    "fits": (SARA, fits),
    "explanation": (SARA, explanation),
    "opening": ("", opening),
    "preview": (RECRUITER, preview),
    "sector": (OFFICE, sector),
    "evidence-decide": (DESIGNER, decide),
    "thread-core": (DESIGNER, core),
    "thread-item": (DESIGNER, item),
    "employer-share": (LEADER, share),
    "programme-coverage": (DESIGNER, coverage),
    "field-change": (DESIGNER, change),
    "relay-routes": (SARA, routes),
    "no-route": (LOTTE, routes),
    "ways": ("", ways),
    "placement": (OFFICE, placed),
}


def _workbook() -> bytes:
    """A list of openings as a small centre keeps it: pay per month in one row, an unknown place in another."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Vacatures"
    heads = (
        "Referentie",
        "Titel",
        "Rol",
        "Plaats",
        "Uren vanaf",
        "Uren tot en met",
        "Uurloon vanaf",
        "Uurloon tot en met",
    )
    sheet.append((*heads, "Contract", "Maanden", "Plekken", "Start vanaf", "Start vóór", "Sluit op", "Talen"))
    rest = ("bepaalde tijd", 12, 2, "01-03-2027", "01-06-2027", "15-02-2027", "Nederlands B2")
    sheet.append(("K-101", "Klantadviseur energie", "Klantadviseur niveau 1", "Maastricht", 24, 32, 15.5, 17.25, *rest))
    sheet.append(
        ("K-102", "Klantadviseur energie, zakelijk", "Klantadviseur niveau 2", "Heerlen", 24, 36, 2650, 2900, *rest)
    )
    sheet.append(
        ("K-103", "Klantadviseur verhuizingen", "Klantadviseur niveau 2", "Heerlen", 28, 36, 16.2, 18.1, *rest)
    )
    sheet.append(("K-104", "Klachtenadviseur", "Klantadviseur niveau 3", "Maastrigt", 32, 36, 17.5, 19.9, *rest))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def visitor(browser: Browser, valley: Valley, *, width: str, theme: str, language: str) -> BrowserContext:
    """A browser without script, with the colours and the language asked for."""
    context = browser.new_context(
        locale="nl-NL", base_url=valley.url, viewport=WIDTHS[width], java_script_enabled=False, reduced_motion="reduce"
    )
    cookies = {"django_language": language, "valley-theme": theme}
    context.add_cookies([{"name": name, "value": value, "url": valley.url} for name, value in cookies.items()])
    return context


def draw(browser: Browser, valley: Valley, wanted: tuple[str, ...]) -> None:
    """Write every wanted screen in its variants; one sign-in serves the screens of one person."""
    for width, theme, language in VARIANTS:
        for who in dict.fromkeys(SCREENS[name][0] for name in wanted):
            context = visitor(browser, valley, width=width, theme=theme, language=language)
            page = context.new_page()
            if who:
                enter(page, who)
            for name in (name for name in wanted if SCREENS[name][0] == who):
                SCREENS[name][1](page, language)
                page.screenshot(path=OUT / f"{name}-{width}-{theme}-{language}.png")
            context.close()


def main() -> int:
    """Load, serve, draw."""
    wanted = tuple(sys.argv[1:]) or tuple(SCREENS)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None or not set(wanted) <= set(SCREENS):
        sys.stderr.write("Chromium is not installed.\n" if chromium is None else f"screens: {', '.join(SCREENS)}\n")
        return 2
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        kept = os.environ.get("VALLEY_SCREENS_HOME")
        valley = Valley(Path(kept or folder), free_port())
        valley.run("demo", "--no-serve")
        with serving(valley):
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            draw(browser, valley, wanted)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
