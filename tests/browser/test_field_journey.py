"""Can a signal from the work floor reach a classroom, with every step on record and running students left in peace?

Everything through the pages, in both languages: a team lead announces, a teacher looks in on terms and writes down
what it saw, the employer approves, the notes are evidence, a designer plans the change in the next version, the desks
that were asked approve, and a person publishes it for the September cohort.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.test_thread_journey import (
    COACH,
    DESIGNER,
    LEADER,
    OFFICE,
    OFFICES,
    RECRUITER,
    SCHOOL,
    desk,
    noticed,
    press,
    read,
    status,
    today,
)
from tests.browser.test_worker_journey import opened
from tests.live import Valley

pytestmark = pytest.mark.browser
PROGRAMMES = "/curriculum/programmes"
WORDS = {
    "nl": {
        "announced": "De scholen kunnen het nu lezen.", "asked": "Gevraagd. De werkgever antwoordt hier.",
        "kept": "Bewaard.", "before": "Wat er eerst stond", "first of march": "1 maart",
        "evidence": "Deze notities tellen als bewijs:", "planned": "Ingepland in {ref}.", "first": "1 september",
        "step": "De stap is bewaard.", "groups": "Lopende groepen houden hun versie.", "version": "versie {number}",
        "keeps": "houdt versie 1", "good": "voorgoed", "today": "zoals het er nu uitziet",
        "delta": "Wat de regio boven, onder en naast het dossier onderwijst",
        "steps": ["aangekondigd", "kijkje in de keuken afgesproken", "notities goedgekeurd",
                  "toegevoegd aan het bewijs", "ingepland in een opleiding", "gepubliceerd"],
        "parties": ["Werkgever", "School", "Toezichthouder", "Totaal"], "waits": "wacht op",
        "unit": "De eenheid is bewaard.", "publish": "De versie is gepubliceerd. Zij verandert niet meer.",
        "confirmed": "bevestigd",
    },
    "en": {
        "announced": "The schools can read it now.", "asked": "Asked. The employer answers here.",
        "kept": "Kept.", "before": "What stood there before", "first of march": "1 March",
        "evidence": "These notes count as evidence:", "planned": "Planned in {ref}.", "first": "1 September",
        "step": "The step is kept.", "groups": "Groups that run keep their version.", "version": "version {number}",
        "keeps": "keeps version 1", "good": "for good", "today": "as it looks today",
        "delta": "What the region teaches above, below and beside the dossier",
        "steps": ["announced", "look-in agreed", "notes approved", "added to the evidence", "planned in a programme",
                  "published"],
        "parties": ["Employer", "School", "Regulator", "Total"], "waits": "waits for",
        "unit": "The unit is kept.", "publish": "The version is published. It does not change any more.",
        "confirmed": "confirmed",
    },
}  # fmt: skip
BOT = {"nl": "gesprekken overnemen van een bot", "en": "hand-over between bot and human"}
TERMS = {"nl": "Geen namen van bellers.", "en": "No names of callers."}


@dataclass
class Story:
    """What one run of the journey is about."""

    language: str
    programme: str
    running: str
    change: str = ""
    look_in: str = ""
    piece: str = ""
    number: int = 0

    @property
    def words(self) -> dict:
        return WORDS[self.language]

    @property
    def title(self) -> str:
        return {"nl": "De bot zoekt het kenteken", "en": "The bot finds the number plate"}[self.language]

    @property
    def cohort(self) -> str:
        return f"September {self.language}"

    @property
    def version(self) -> str:
        return f"{PROGRAMMES}/{self.programme}/{self.number}/"


STORIES = {
    "nl": Story("nl", "klantadviseur-bbl", "Klantadviseur bbl, tweede lichting"),
    "en": Story("en", "klantcontact-specialist", "Specialist klantcontact, eerste lichting"),
}


def coming(month: int) -> date:
    """The first day of this month that comes next."""
    return date(today().year + (today() >= date(today().year, month, 1)), month, 1)


def path_of(page: Page) -> str:
    """The address without the host."""
    return "/" + page.url.split("/", 3)[3]


def announce(page: Page, story: Story) -> None:
    """A bot takes over from 1 March; a second thought is kept beside the first."""
    page.goto("/curriculum/field/")
    page.locator('main a.button[href$="/changes/new/"]').click()
    page.check('input[name="kind"][value="system"]')
    page.fill('input[name="title"]', f"{story.title}?")
    page.fill('textarea[name="text"]', "De bot vraagt het kenteken; een mens gaat daarna verder.")
    page.fill('input[name="from_on"]', f"{coming(3):%Y-%m-%d}")
    page.fill('textarea[name="competences"]', BOT[story.language])
    press(page)
    noticed(page, story.words["announced"])
    page.locator("main table a", has_text=story.title).click()
    story.change = path_of(page)
    page.locator('main a[href$="/edit/"]').click()
    page.fill('input[name="title"]', story.title)
    press(page, 'main form.form:not(:has([name="withdraw"]))')
    noticed(page, story.words["kept"])
    said = read(page, story.title, story.words["first of march"], BOT[story.language], story.words["waits"])
    assert f"{story.title}?" not in said, "what stood before is folded away"
    page.locator("main ol.thread summary").click()
    read(page, story.words["before"], f"{story.title}?")


def ask(page: Page, story: Story) -> None:
    """The coach reads the signal and asks to look in today."""
    page.goto("/curriculum/field/")
    read(page, story.title)
    page.goto(story.change)
    page.locator('main a.button[href*="/look-ins/new/"]').click()
    page.fill('input[name="wanted_on"]', f"{today():%Y-%m-%d}")
    press(page)
    noticed(page, story.words["asked"])
    story.look_in = path_of(page)


def agree(page: Page, story: Story) -> None:
    """The team lead finds the question among what waits and agrees, on terms."""
    page.goto("/curriculum/field/")
    page.locator(f'main section.panel a[href="{story.look_in}"]').click()
    page.fill('textarea[name="agree-terms"]', TERMS[story.language])
    _act(page, "agree")
    noticed(page, story.words["kept"])
    read(page, TERMS[story.language])


def _act(page: Page, act: str) -> None:
    with page.expect_navigation():
        page.locator(f'main form:has(input[name="do"][value="{act}"]) button').click()


def note(page: Page, story: Story) -> None:
    """The coach reads the terms and writes down two things: one names a competence, one is to be read."""
    page.goto(story.look_in)
    read(page, TERMS[story.language])
    for number, seen in enumerate((f"Leest de samenvatting van de bot ({story.language}).", "Behandelt een klacht.")):
        page.locator(f'select[name="line-{number}-work_process"]').select_option(index=1)
        page.fill(f'textarea[name="line-{number}-seen"]', seen)
    page.fill('input[name="line-0-competence"]', BOT[story.language])
    page.select_option('select[name="line-0-level"]', "3")
    _act(page, "note")
    noticed(page, story.words["kept"])


def approve(page: Page, story: Story) -> None:
    """Nobody else reads the notes before the employer says yes; then they are evidence."""
    page.goto(story.look_in)
    read(page, f"Leest de samenvatting van de bot ({story.language}).")
    _act(page, "approve")
    read(page, story.words["evidence"])
    story.piece = page.locator('main a[href^="/evidence/pieces/"]').first.get_attribute("href") or ""


def plan(page: Page, story: Story) -> None:
    """The designer sees the evidence, adds the competence to the next version and plans the change in it."""
    page.goto(story.look_in)
    page.locator(f'main a[href="{story.piece}"]').click()
    read(page, f"Leest de samenvatting van de bot ({story.language}).", BOT[story.language], story.words["confirmed"])
    page.goto(f"{PROGRAMMES}/{story.programme}/cohorts/")
    page.fill('input[name="name"]', story.cohort)
    page.fill('input[name="starts_on"]', f"{coming(9):%Y-%m-%d}")
    page.fill('input[name="ends_on"]', f"{coming(9) + timedelta(days=700):%Y-%m-%d}")
    press(page)
    _new_version(page, story)
    page.goto(story.change)
    page.check('input[name="step"][value="planned"]')
    page.select_option('select[name="target"]', label=f"{story.programme}@{story.number}")
    press(page)
    noticed(page, story.words["step"])
    read(page, story.words["planned"].format(ref=f"{story.programme}@{story.number}"))


def _new_version(page: Page, story: Story) -> None:
    page.goto(f"{PROGRAMMES}/{story.programme}/draft/")
    page.check('input[name="begin"][value="copy"]')
    page.fill('input[name="why"]', story.title)
    press(page)
    story.number = int(page.url.rstrip("/").split("/")[-2])
    unit = page.locator("main details.panel").first
    unit.locator("summary").click()
    last = unit.locator("fieldset").last
    last.locator('input[name$="-code"]').fill("bot-overdracht")
    last.locator('select[name$="-depth"]').select_option("apply")
    last.locator('textarea[name$="-text_nl"]').fill("Je neemt een gesprek van een bot over.")
    last.locator('textarea[name$="-text_en"]').fill("You take over a conversation from a bot.")
    last.locator('textarea[name$="-competences"]').fill(f"{BOT[story.language]}: 3")
    with page.expect_navigation():
        unit.locator("button:not(.button--danger)").click()
    noticed(page, story.words["unit"])


ASKED = {COACH: ("coach", SCHOOL), OFFICE: ("office", OFFICES)}


def have_approved(browser: Browser, valley: Valley, page: Page, story: Story) -> None:
    """Two desks are asked and say yes."""
    page.goto(f"{story.version}approvals/")
    for number, (role, organisation) in enumerate(ASKED.values()):
        page.select_option(f'select[name="step-{number}-desk"]', role)
        page.select_option(f'select[name="step-{number}-organisation"]', label=organisation)
        page.fill(f'input[name="step-{number}-due_on"]', f"{today() + timedelta(days=14):%Y-%m-%d}")
    press(page, "main form.flow")
    for email in ASKED:
        with desk(browser, valley, story.language, email) as asked:
            asked.goto(f"{story.version}approvals/")
            with asked.expect_navigation():
                asked.locator('button[name="verdict"][value="yes"]').click()


def publish(page: Page, story: Story) -> None:
    """It holds from 1 September: the page says before what that means for each cohort, and it comes true."""
    words = story.words
    page.goto(f"{story.version}publish/")
    assert words["keeps"] in page.locator("main tbody tr", has_text=story.running).inner_text()
    page.fill('input[name="from_on"]', f"{coming(9):%Y-%m-%d}")
    press(page)
    noticed(page, words["publish"])
    page.goto(f"{PROGRAMMES}/{story.programme}/")
    cohorts = page.locator("main table:has(#cohorts-caption) tbody tr")
    running = cohorts.filter(has_text=story.running).inner_text()
    assert words["version"].format(number=1) in running
    assert words["good"] in running
    planned = cohorts.filter(has_text=story.cohort).inner_text()
    assert words["version"].format(number=story.number) in planned
    assert words["today"] in planned


def look_back(page: Page, story: Story) -> None:
    """The change tells its steps, its days per party add up, and the dossier is one click from the difference."""
    words = story.words
    page.goto(story.change)
    read(page, words["first"], words["groups"])
    steps = [step.casefold() for step in page.locator("main ol.thread h3").all_inner_texts()]
    places = [steps.index(step) for step in words["steps"]]
    assert places == sorted(places), steps
    page.goto("/curriculum/field/lead-times/")
    heads = page.locator("main table:has(#lead-caption) thead").text_content() or ""
    assert all(party in heads for party in words["parties"])
    rows = page.locator("main table:has(#lead-caption) tbody tr")
    totals = []
    for number in range(rows.count()):
        *parts, total = [int(cell) for cell in rows.nth(number).locator("td.num").all_inner_texts()]
        assert sum(parts) == total, rows.nth(number).inner_text()
        totals.append(total)
    assert max(totals) > 30
    assert rows.filter(has_text=story.title).count() == 1
    page.goto(f"{PROGRAMMES}/{story.programme}/1/diff/{story.number}/")
    read(page, BOT[story.language], "bot-overdracht")
    page.locator('main a[href$="/delta/"]').first.click()
    assert page.locator("h1").inner_text() == words["delta"]
    assert page.locator("main table tbody tr", has_text=BOT[story.language]).count() == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_a_signal_to_the_september_cohort(browser: Browser, valley: Valley, language: str) -> None:
    story = STORIES[language]
    with desk(browser, valley, language, LEADER) as leader, desk(browser, valley, language, COACH) as coach:
        announce(leader, story)
        ask(coach, story)
        agree(leader, story)
        note(coach, story)
        with desk(browser, valley, language, RECRUITER, script=False) as stranger:
            for path in (story.change, story.look_in):
                assert status(stranger, path) in (403, 404), path
        approve(leader, story)
    with desk(browser, valley, language, DESIGNER) as designer:
        plan(designer, story)
        outside = opened(browser, valley, language)
        visitor = outside.new_page()
        assert status(visitor, story.version) == 404, "a draft is no visitor's business"
        have_approved(browser, valley, designer, story)
        publish(designer, story)
        assert status(visitor, story.version) == 200
        read(visitor, BOT[language])
        outside.close()
        look_back(designer, story)
    with desk(browser, valley, language, RECRUITER, script=False) as stranger:
        assert status(stranger, story.piece) in (403, 404)
        assert not re.search(r"samenvatting van de bot", stranger.content())
