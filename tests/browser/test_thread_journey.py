"""Can a designer go from employers' job texts to a published programme, and does each employer see only its own share?

Everything through the pages, in both languages: a spreadsheet and forms with a row that is wrong, decisions with the
keyboard alone, the red thread with the tests it stood, edits that meet those of somebody else, approvals of the desks
that were asked, publishing by a person, and a visitor and an employer who look at the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import Watched, enter
from tests.browser.test_worker_journey import opened
from tests.live import Valley

from valley.foundation import clock

pytestmark = pytest.mark.browser
DESIGNER, OFFICE, COACH = (f"{name}@demo.valley.invalid" for name in ("ontwerper", "programmabureau", "coach"))
LEADER, RECRUITER = "teamleider@demo.valley.invalid", "recruiter.webwinkel@demo.valley.invalid"
SCHOOL, LEADERS, OFFICES = "Roc Maasoever", "Autobijstand Europa", "Programmabureau van de vallei"
MINE, OTHER = "modewebshop-mosa", "energie-zuiderlicht"
NAMES = {"nl": "Energie Zuiderlicht", "en": "Software-helpdesk Maaskade", "de": "Studentservice Tongersepoort"}
EMPLOYERS = 10  # of the small region
SECRET = "zwevende meterstand"
TEXTS = {
    "nl": f"Je behandelt klachten van klanten over een {SECRET}. Je werkt met Klantkompas. Je kunt actief luisteren.",
    "en": "You handle customer complaints about lost files. You answer incoming calls. You work in teams.",
    "de": "Du bearbeitest Beschwerden von Kunden. Du hörst aktiv zu und arbeitest gern im Team.",
}
DROPPED = {"nl": "samenwerken in een team", "en": "work in teams"}
THEIRS = {"nl": "actief luisteren", "en": "listen actively"}
ADDED = {"nl": "kaartlezen", "en": "read maps"}
WORDS = {
    "nl": {
        "refused": "houdt de rij tegen", "not done": "Niet gedaan", "kept": "Bewaard:", "rejected": "1 afgewezen",
        "merges": "Bijna gelijke competenties", "core": "De gezamenlijke kern", "table": "Toon als tabel",
        "beside": "Je wijzigingen staan naast de berekende kern.", "changes": "van de kern verandert",
        "employers": ["Van de vraag", "Gedekt", "Niet gedekt"], "dropped": "geschrapt", "added": "toegevoegd",
        "conflict": "Iemand anders heeft deze kern intussen bewaard", "not lost": "Er is niets van jou verloren",
        "history": "Wie veranderde wat", "draft": "Het concept is gemaakt.", "unit": "De eenheid is bewaard.",
        "asked": "De vragen staan klaar bij wie gevraagd is.", "not yet": "Nog niet iedereen zei ja",
        "your desk": "Jouw bureau is gevraagd", "answered": "Je antwoord is bewaard.",
        "done": "De versie is gepubliceerd. Zij verandert niet meer.", "published": "gepubliceerd",
        "share": "Wat de kern dekt voor Modewebshop Mosa", "parts": ["Gedekt", "Niet gedekt", "Leer je zelf aan"],
        "sentences": "In wiens woorden", "everyone": "Iedereen die gevraagd is, zei ja",
    },
    "en": {
        "refused": "stops the row", "not done": "Not done", "kept": "Kept:", "rejected": "1 rejected",
        "merges": "Near-equal competences", "core": "The common core", "table": "Show as a table",
        "beside": "Your changes stand beside the computed core.", "changes": "of the core changes",
        "employers": ["Of its demand", "Covered", "Not covered"], "dropped": "dropped", "added": "added",
        "conflict": "Somebody else saved this core meanwhile", "not lost": "Nothing of yours is lost",
        "history": "Who changed what", "draft": "The draft is made.", "unit": "The unit is kept.",
        "asked": "The questions stand on the desks of those who were asked.", "not yet": "Not everyone said yes yet",
        "your desk": "Your desk is asked", "answered": "Your answer is kept.",
        "done": "The version is published. It does not change any more.", "published": "published",
        "share": "What the core covers for Modewebshop Mosa", "parts": ["Covered", "Not covered", "Yours to teach"],
        "sentences": "In whose words", "everyone": "Everyone who was asked said yes",
    },
}  # fmt: skip


def today() -> date:
    """The day at the desks."""
    return clock.today(clock.now())


@contextmanager
def desk(browser: Browser, valley: Valley, language: str, email: str, *, script: bool = True) -> Iterator[Page]:
    """A tab of somebody at a desk; its console stays clean and no page answers with an error of the server."""
    context = browser.new_context(locale="nl-NL", base_url=valley.url, java_script_enabled=script)
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "django_language", "value": language, "url": valley.url}])
    watched, page = Watched(context), context.new_page()
    page.on("response", lambda answer: watched.complaints.append(answer.url) if answer.status >= 500 else None)
    enter(page, email)
    yield page
    context.close()
    assert not watched.complaints


def read(page: Page, *wanted: str) -> str:
    """The words of the page, among them those that are wanted."""
    said = page.locator("main").inner_text()
    for words in wanted:
        assert words in said, f"{words!r} is not on {page.url}: {said[:1500]}"
    return said


def noticed(page: Page, words: str) -> None:
    """A message of success that says this."""
    assert words in page.locator('[role="status"].notice--success').first.inner_text()


def status(page: Page, path: str) -> int:
    """What the server answers to this address."""
    answer = page.goto(path)
    assert answer is not None
    return answer.status


def press(page: Page, form: str = "main form.form") -> None:
    """Press the button of a form and wait for the page after it."""
    with page.expect_navigation():
        page.locator(f"{form} button").last.click()


# -- evidence


def _filled(page: Page, folder: Path, kind: str, rows: list[dict[str, str]], language: str) -> Path:
    """The real template of a kind of evidence, with these rows under its example."""
    page.goto("/evidence/import/")
    with page.expect_download() as download:
        page.locator(f'main a[href$="kind={kind}"]').click()
    path = folder / f"{kind}-{language}.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book.worksheets if one.max_column >= 6)
    heads = [str(cell.value).strip(" *").casefold() for cell in sheet[1]]
    for row in rows:
        sheet.append([row.get(head, "") for head in heads])
    book.save(path)
    return path


def _sheets(language: str) -> dict[str, list[dict[str, str]]]:
    """Three texts in three languages and one of an unknown employer; an observation, and one of unknown work."""
    heads = {
        "nl": ("werkgever", "titel", "taal", "tekst", "datum", "werkproces", "wat is gezien"),
        "en": ("employer", "title", "language", "text", "date", "work process", "what was seen"),
    }[language]
    employer, title, tongue, text, day, process, seen = heads
    said = {"nl": "Nederlands", "en": "English", "de": "Deutsch"}
    on = f"{today():%d-%m-%Y}"
    texts = [
        {employer: NAMES[code], title: f"Proef {code} {language}", tongue: said[code], text: TEXTS[code], day: on}
        for code in TEXTS
    ]
    texts = [one | {text: f"Proef {language}.\n{one[text]}"} for one in texts]
    texts.append(texts[0] | {employer: "Nergens BV"})
    seen_row = {employer: NAMES["nl"], process: "B1-K1-W1", day: on, seen: f"Handelt een klacht af ({language})."}
    return {"job-text": texts, "observation": [seen_row, seen_row | {process: "X9-K9-W9"}]}


def bring(page: Page, folder: Path, language: str) -> None:
    """Upload texts and observations: the rows that are wrong are shown and kept out, the good ones are read."""
    words = WORDS[language]
    for kind, rows in _sheets(language).items():
        file = _filled(page, folder, kind, rows, language)
        page.goto("/evidence/import/")
        page.select_option('select[name="kind"]', kind)
        page.set_input_files('input[type="file"]', file)
        press(page)
        wrong = page.locator("main table:has(caption#problems-caption) tbody tr:has(.badge--bad)")
        assert wrong.count() == 1, page.locator("main").inner_text()
        found = wrong.inner_text()
        assert words["refused"] in found
        assert ("Nergens BV" if kind == "job-text" else "X9-K9-W9") in found
        apply = 'main form[action$="/apply/"]'
        press(page, apply)
        read(page, words["not done"])
        page.check("#id_keep_good")
        press(page, apply)
        with page.expect_navigation():
            page.locator('main form[action$="/evidence/read/"] button').click()
    page.goto("/evidence/")
    read(page, NAMES["nl"])


def decide(page: Page, language: str) -> None:
    """Confirm what was read in the new texts and reject one, with the keyboard alone."""
    words = WORDS[language]
    page.goto("/evidence/decide/")
    for code, name in NAMES.items():
        option = page.locator('select[name="organisation"] option', has_text=name)
        page.select_option('select[name="organisation"]', value=option.get_attribute("value"))
        press(page, "main form.filters")
        rows = page.locator("[data-row]")
        total = rows.count()
        assert total >= 2, name
        sentences = read(page, f"Proef {code} {language}")
        labels = " ".join(rows.locator("strong a").all_inner_texts())
        assert "Klantkompas" not in labels, "a brand is never a competence"
        assert (SECRET in sentences) == (code == "nl")
        page.keyboard.press("j")
        for number in range(total):
            page.keyboard.press("n" if number == total - 1 and code == "de" else "y")
        assert page.locator("#decide-status").inner_text().startswith(f"{total} / {total}")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        noticed(page, words["kept"])
        if code == "de":
            noticed(page, words["rejected"])
    page.goto("/evidence/merges/")
    assert page.locator("h1").inner_text() == words["merges"]
    assert page.locator("main section.panel").count() >= 1


# -- the red thread


def compute(page: Page, language: str) -> str:
    """Have the red thread computed and look at its tests; the address of the run."""
    words = WORDS[language]
    page.goto("/curriculum/thread/")
    page.locator('main a.button[href$="/thread/new/"]').click()
    press(page)
    page.wait_for_url(re.compile(r"/curriculum/thread/\d+/$"))
    run = page.url.removeprefix(page.url.split("/curriculum")[0])
    assert page.locator("h1").inner_text() == words["core"]
    assert page.locator("main table:has(#core-caption) tbody tr").count() >= 10
    figure = page.locator("main figure").first
    assert figure.locator("svg").count() == 1
    figure.locator("summary", has_text=words["table"]).click()
    assert figure.locator("table tbody tr").count() >= 10

    page.goto(f"{run}employers/")
    heads = page.locator("main table thead").text_content() or ""
    assert all(head in heads for head in words["employers"])
    assert page.locator("main table tbody tr").count() == EMPLOYERS
    page.goto(f"{run}without/")
    assert page.locator("main table tbody tr").count() == EMPLOYERS
    page.locator("main details summary").click()
    page.get_by_label(NAMES["nl"]).check()
    press(page)
    effect = page.locator("main .notice--info").first.inner_text()
    assert NAMES["nl"] in effect
    assert re.search(rf"\d+\s?% {words['changes']}", effect), effect
    assert page.url != f"{page.url.split('/curriculum')[0]}{run}", "what is left out makes a run of its own"
    return run


def _row(page: Page, label: str) -> str:
    """The selector of an item's row in the table of the core."""
    return f'main table:has(#core-caption) tbody tr:has(th a:text-is("{label}"))'


def _drop(page: Page, label: str, reason: str) -> None:
    page.locator(f"{_row(page, label)} select").select_option("drop")
    page.locator(f"{_row(page, label)} input[type='text']").fill(reason)


def edit(page: Page, second: Page, run: str, language: str) -> None:
    """Drop and add with a reason, while somebody else drops another item on an older page."""
    words, form = WORDS[language], "main form:has(#core-caption)"
    page.goto(run)
    second.goto(run)
    _drop(page, DROPPED[language], "")
    press(page, form)
    assert page.locator('main [role="alert"]').count() == 1, "no drop without a reason"
    page.goto(run)
    _drop(page, DROPPED[language], "Eigen vak.")
    page.locator("main form details summary").last.click()
    page.fill('input[name="name"]', ADDED[language])
    page.fill('input[name="why"]', "Alarmdienst.")
    press(page, form)
    noticed(page, words["beside"])
    assert words["dropped"] in page.locator(_row(page, DROPPED[language])).inner_text()
    assert words["added"] in page.locator(_row(page, ADDED[language])).inner_text()

    _drop(second, THEIRS[language], "Dubbel.")
    press(second, form)
    alert = second.locator('main [role="alert"]').first.inner_text()
    assert words["conflict"] in alert
    assert words["not lost"] in alert
    assert DROPPED[language] in alert
    assert "Eigen vak." in alert
    assert second.locator(f"{_row(second, THEIRS[language])} input[type='text']").input_value() == "Dubbel."
    press(second, form)
    page.goto(run)
    for label in (DROPPED[language], THEIRS[language]):
        assert words["dropped"] in page.locator(_row(page, label)).inner_text(), "neither lost anything"
    page.goto(f"{run}history/")
    said = read(page, words["history"], "Eigen vak.", "Dubbel.", "Alarmdienst.")
    assert ADDED[language] in said


def item(page: Page, run: str, language: str) -> str:
    """The page of an item: who asks it, in which words. The address of the item."""
    page.goto(run)
    page.locator(f"{_row(page, DROPPED[language])} th a").click()
    said = read(page, WORDS[language]["sentences"], DROPPED[language], "Eigen vak.")
    assert page.locator("main blockquote").count() >= 3
    assert re.search(r"\d+% ", said), "how firm it is"
    return page.url


# -- the programme


def draft(page: Page, run: str, language: str) -> str:
    """Begin a programme with the core and change a unit; the address of its first version."""
    words, key = WORDS[language], f"proef-{language}"
    page.goto("/curriculum/programmes/new/")
    page.fill('input[name="name_nl"]', f"Proefopleiding {language}")
    page.fill('input[name="name_en"]', f"Trial programme {language}")
    page.fill('input[name="key"]', key)
    page.select_option('select[name="dossier"]', "commercie")
    press(page)
    assert page.url.endswith(f"/{key}/draft/")
    page.check(f'input[name="begin"][value="core-{run.rstrip("/").rpartition("/")[2]}"]')
    page.fill('input[name="why"]', "Uit de rode draad.")
    press(page)
    noticed(page, words["draft"])
    units = page.locator("main details.panel")
    said = units.first
    said.locator("summary").click()
    said.locator('input[name$="-title_nl"]').fill(f"Eerst de klant {language}")
    said.locator('input[name$="-title_en"]').fill(f"The customer first {language}")
    said.locator('input[name$="-practice_hours"]').fill("40")
    with page.expect_navigation():
        said.locator("button:not(.button--danger)").click()
    noticed(page, words["unit"])
    path = f"/curriculum/programmes/{key}/1/"
    page.goto(path)
    body = read(page, _unit(language), ADDED[language])
    assert DROPPED[language] not in body, "what was dropped is not taught"
    assert status(page, f"{path}delta/") == 200
    assert status(page, f"{path}coverage/") == 200
    assert page.locator("main table").count() >= 1
    return path


def _unit(language: str) -> str:
    return {"nl": "Eerst de klant nl", "en": "The customer first en"}[language]


ASKED = {COACH: ("coach", SCHOOL), LEADER: ("team-lead", LEADERS), OFFICE: ("office", OFFICES)}


def ask(page: Page, path: str, language: str) -> None:
    """Ask three desks; nothing can be published before they answer."""
    page.goto(f"{path}approvals/")
    for number, (role, organisation) in enumerate(ASKED.values()):
        page.select_option(f'select[name="step-{number}-desk"]', role)
        page.select_option(f'select[name="step-{number}-organisation"]', label=organisation)
        page.fill(f'input[name="step-{number}-due_on"]', f"{today() + timedelta(days=14):%Y-%m-%d}")
    press(page, "main form.flow")
    noticed(page, WORDS[language]["asked"])
    page.goto(f"{path}publish/")
    read(page, WORDS[language]["not yet"])
    assert page.locator('main input[name="from_on"]').count() == 0


def answer(browser: Browser, valley: Valley, language: str, path: str) -> None:
    """Every desk that was asked finds the question and says yes."""
    for email in ASKED:
        with desk(browser, valley, language, email) as page:
            page.goto("/curriculum/programmes/")
            page.locator(f'main a[href^="{path}"], main a[href="{path.removesuffix("1/")}"]').first.click()
            page.goto(f"{path}approvals/")
            read(page, WORDS[language]["your desk"])
            page.fill('textarea[name="words"]', "Goed te doen.")
            with page.expect_navigation():
                page.locator('button[name="verdict"][value="yes"]').click()
            noticed(page, WORDS[language]["answered"])


def publish(page: Page, path: str, language: str, from_on: date) -> None:
    """A person publishes, from a day."""
    page.goto(path)
    read(page, WORDS[language]["everyone"])
    page.goto(f"{path}publish/")
    page.fill('input[name="from_on"]', f"{from_on:%Y-%m-%d}")
    press(page)
    noticed(page, WORDS[language]["done"])


def seen_by_everyone(browser: Browser, valley: Valley, language: str, path: str) -> None:
    """A visitor without account and without script reads it, and can change nothing."""
    context = opened(browser, valley, language)
    page = context.new_page()
    assert status(page, path) == 200
    read(page, _unit(language), WORDS[language]["published"], ADDED[language])
    assert page.locator("main form, main .button").count() == 0
    context.close()


def own_share_only(page: Page, language: str, shut: list[str]) -> None:
    """An employer reads its own share; what belongs to another employer or to designers stays shut."""
    words = WORDS[language]
    page.goto("/curriculum/my-share/")
    assert page.url.endswith(f"/my-share/{MINE}/")
    assert page.locator("h1").inner_text() == words["share"]
    said = read(page, *words["parts"])
    assert not any(name in said for name in NAMES.values())
    page.locator("main table tbody th a").first.click()
    read(page)
    assert page.locator("main blockquote").count() >= 1
    assert SECRET not in page.content()
    for path in shut:
        assert status(page, path) in (403, 404), path
        assert SECRET not in page.content(), path
    assert status(page, "/evidence/pieces/") == 200
    assert "Proef nl" not in read(page)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_job_texts_to_a_published_programme(
    browser: Browser, valley: Valley, language: str, tmp_path: Path
) -> None:
    with desk(browser, valley, language, DESIGNER) as page, desk(browser, valley, language, OFFICE) as second:
        bring(page, tmp_path, language)
        decide(page, language)
        run = compute(page, language)
        edit(page, second, run, language)
        about = item(page, run, language)
        path = draft(page, run, language)
        ask(page, path, language)
        answer(browser, valley, language, path)
        publish(page, path, language, today() + timedelta(days=30))
        page.goto("/evidence/pieces/")
        piece = page.locator("main a", has_text=f"Proef nl {language}").first.get_attribute("href") or ""
        page.goto(piece)
        read(page, SECRET)
    seen_by_everyone(browser, valley, language, path)
    competence = about.rstrip("/").rpartition("/")[2]
    with desk(browser, valley, language, RECRUITER, script=False) as page:
        shut = [piece, run, about, f"{run}employers/", f"/curriculum/my-share/{OTHER}/"]
        own_share_only(page, language, [*shut, f"/curriculum/my-share/{OTHER}/item/{competence}/"])
        page.goto(f"/evidence/competences/{competence}/")
        assert SECRET not in page.content()
