"""Can a region find work for a group whose jobs end, while no employer reads a name before that person says yes?

In both languages: an employer opens jobs and the programme office puts a course on the table; somebody joins with the
code by own choice; scenarios are planned by a worker, shown in counts with their proof, and compared; proposals go to
people first; and the desks that have no business there see nothing.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.test_thread_journey import desk, noticed, press, read, status, today
from tests.live import Valley

pytestmark = pytest.mark.browser
OFFICE, ANNOUNCER, SHOP = (
    f"{name}@demo.valley.invalid" for name in ("programmabureau", "recruiter.pechhulp", "recruiter.webwinkel")
)
EMPLOYER = "modewebshop-mosa"
PEOPLE = {"nl": ("sara", "Sara Baumann"), "en": ("bilal", "Bilal Amrani")}
RUN = re.compile(r"/placements/runs/(\d+)/$")
WORDS = {
    "nl": {
        "title": "Duitse lijn van de webwinkel", "course": "Duits aan de telefoon", "open": "De vacature staat open.",
        "on the table": "De cursus ligt op tafel.", "joined": "Je doet mee.", "counts": "afgerond op vijftallen",
        "proven": "dat is bewezen", "not sent": "Om te vergelijken, niet om te versturen", "hidden": "verborgen",
        "distance": "de afstand", "further": "kilometer verder", "small": "minder dan 5",
        "employer blind": "ziet niet dat je meedoet", "sent": "Geen werkgever weet ervan.",
        "before": "Daarvoor weten ze niets van je.", "yes": "De werkgever ziet nu je sollicitatie",
        "sections": ["Waar mensen heen kunnen", "Cursussen om te starten", "Wat mensen tegenhoudt",
                     "Is iedereen gelijk behandeld?", "Hoe goed is dit plan?"],
    },
    "en": {
        "title": "German line of the web shop", "course": "German on the phone", "open": "The opening is open.",
        "on the table": "The course is on the table.", "joined": "You take part.", "counts": "rounded to fives",
        "proven": "that is proven", "not sent": "To compare, not to send", "hidden": "hidden",
        "distance": "the distance", "further": "kilometres further", "small": "fewer than 5",
        "employer blind": "does not see that you joined", "sent": "No employer knows of it.",
        "before": "Before that they know nothing of you.", "yes": "The employer now sees your application",
        "sections": ["Where people could go", "Courses to open", "What holds people back",
                     "Was everybody treated alike?", "How good is this plan?"],
    },
}  # fmt: skip

COURSES = re.compile("|".join(words["course"] for words in WORDS.values()))  # type: ignore[arg-type]
"""The one course in both languages: which of two that are alike opens is all the same."""


# -- what is on the table


def jobs_open(page: Page, language: str) -> None:
    """An employer opens twelve jobs that ask German."""
    page.goto(f"/work/desk/{EMPLOYER}/openings/new/?role=adviser-1")
    page.fill('input[name="title"]', WORDS[language]["title"])
    page.select_option('select[name="place"]', "maastricht")
    for name, value in {"pay_min": "21", "pay_max": "24", "hours_min": "16", "hours_max": "36", "seats": "12"}.items():
        page.fill(f'input[name="{name}"]', value)
    for shift in ("evenings", "weekends", "nights", "early"):
        page.uncheck(f'input[name="{shift}"]')
    for name, days in {"starts_from_on": 60, "starts_until_on": 200, "closes_on": 90}.items():
        page.fill(f'input[name="{name}"]', f"{today() + timedelta(days=days):%Y-%m-%d}")
    page.select_option('select[name="contract"]', "permanent")
    page.fill('input[name="months"]', "")
    page.select_option('select[name="language-1-code"]', "de")
    with page.expect_navigation():
        page.locator('button[name="publish"]').click()
    noticed(page, WORDS[language]["open"])


def course_offered(page: Page, language: str) -> None:
    """The programme office puts a course of German on the table."""
    words = WORDS[language]
    page.goto("/placements/courses/")
    page.locator('main a.button[href$="/courses/new/"]').click()
    page.fill('input[name="title"]', words["course"])
    for name, value in {"language": "de", "cefr": "4", "taught_in": "nl"}.items():
        page.select_option(f'select[name="{name}"]', value)
    for name, value in {"weeks": "2", "cost": "100", "cost_a_head": "10", "least": "1", "most": "20"}.items():
        page.fill(f'input[name="{name}"]', value)
    page.fill('input[name="starts_on"]', f"{today() + timedelta(days=40):%Y-%m-%d}")
    press(page)
    noticed(page, words["on the table"])
    read(page, words["course"])


# -- taking part


def join(page: Page, language: str, code: str) -> None:
    """Read who would see what, see exactly that, and join by own choice."""
    words, name = WORDS[language], PEOPLE[language][1]
    page.goto(code)
    said = read(page, words["employer blind"])
    preview = page.locator('section[aria-labelledby="preview-title"]')
    assert preview.locator("table tbody tr").count() >= 10
    assert name not in said, "without a tick of its own the name is not shared"
    page.fill('input[name="hours"]', "28")
    page.select_option('select[name="contract"]', "permanent")
    page.check('input[name="agree"]')
    press(page)
    noticed(page, words["joined"])


def proposal(page: Page) -> str:
    """Open the own proposal, where there is one; its address, or ""."""
    page.goto("/placements/mine/")
    link = page.locator('main a.card__link[href*="/mine/proposals/"]').first
    return (link.get_attribute("href") or "") if link.count() else ""


# -- planning


def ordered(page: Page, event: str, name: str, *, km: str) -> str:
    """Ask a worker for a plan. The address of its progress."""
    page.goto(f"{event}plan/")
    page.fill('input[name="name"]', name)
    page.fill('input[name="max_km"]', km)
    assert page.locator('input[name="courses"]:checked').count() >= 1
    press(page)
    assert page.locator("#plan progress").count() == 1
    assert page.locator('#plan a[href*="/runs/"]').count() == 0
    return page.url


def planned(page: Page, progress: str) -> str:
    """The plan that a worker made. Its address."""
    page.goto(progress)
    page.locator('#plan a[href*="/runs/"]').click()
    assert RUN.search(page.url)
    return page.url


def numbers_of(page: Page, run: str) -> list[int]:
    """People who joined, with a place, without one, and courses to open: as the page of a plan says them."""
    page.goto(run)
    return [int(text) for text in page.locator("main .grid--stats dd").all_inner_texts()]


def explained(page: Page, run: str, language: str) -> None:
    """A plan shows its proof, its courses with their size, equal treatment with small cells hidden, and its picture."""
    words = WORDS[language]
    total, placed, without, courses = numbers_of(page, run)
    said = read(page, words["proven"], *words["sections"])
    assert (placed + without, placed > 0, courses > 0) == (total, True, True)
    rows = page.locator("main table:has(#open-caption) tbody tr")
    assert rows.count() == courses
    ours = rows.filter(has_text=COURSES).first.inner_text()
    assert words["small"] in ours or re.search(r"\t\d+\t", ours)
    groups = page.locator("main table:has(#treatment-caption) tbody tr").all_inner_texts()
    assert len(groups) >= 5
    assert any(words["hidden"] in row for row in groups)
    for row in groups:
        assert not re.search(r"\t[1-4]\t", row), "no small cell"
    figure = page.locator("main figure").first
    assert figure.locator("svg").count() == 1
    figure.locator("summary").click()
    flows = figure.locator("table tbody tr").all_inner_texts()
    assert flows
    assert sum(int(row.split("\t")[-1]) for row in flows) <= total
    assert not any(name in said for _who, name in PEOPLE.values())


def blocked(page: Page, run: str, language: str) -> None:
    """Where people may travel one kilometre only, the plan names what holds them back; it cannot be sent."""
    words = WORDS[language]
    page.goto(run)
    read(page, words["not sent"])
    assert words["further"] in page.locator("main table:has(#bottlenecks-caption)").inner_text()
    # of a few people no number is told, but what is asked of them is
    read(page, words["distance"])
    assert page.locator('main form[action$="/send/"]').count() == 0


def compared(page: Page, event: str, placed: dict[str, int]) -> None:
    """Scenarios stand side by side, with the people each places."""
    page.goto(f"{event}compare/")
    rows = page.locator("main table:has(#compare-caption) tbody tr")
    for name, people in placed.items():
        assert re.search(
            rf"\b{people} (van|of) \d+", rows.filter(has=page.locator(f'a:text-is("{name}")')).inner_text()
        )
    assert page.locator("main figure svg").count() == 1


# -- answering


def recruiter_of(page: Page, employer: str) -> str:
    """The ready account that reads applications of an employer."""
    page.goto("/account/login/")
    chairs = page.locator('button[name="email"]').filter(has_text=employer).all()
    found = [one.get_attribute("value") or "" for one in chairs]
    return next(one for one in found if one.startswith("recruiter."))


def applications(page: Page, opening: str) -> list[str]:
    """The applications for an opening that a recruiter can read, as addresses."""
    page.goto("/applications/desk/")
    link = page.locator(f'main table a[href$="/{opening}/"]')
    if not link.count():
        return []
    link.click()
    return [one.get_attribute("href") or "" for one in page.locator("main table tbody th a").all()]


def said_yes(browser: Browser, valley: Valley, language: str, person: Page) -> None:
    """Before the yes the employer has nothing; after it one application with the name."""
    words, name = WORDS[language], PEOPLE[language][1]
    address = proposal(person)
    person.goto(address)
    read(person, words["before"])
    employer = person.locator("main .lead").inner_text().split(" · ")[0]
    opening = (person.locator("main .lead a").get_attribute("href") or "").strip("/").rpartition("/")[2]
    visitor = browser.new_context(base_url=valley.url)
    email = recruiter_of(visitor.new_page(), employer)
    visitor.close()
    with desk(browser, valley, language, email) as recruiter:
        before = applications(recruiter, opening)
        with person.expect_navigation():
            person.locator('button[name="answer"][value="yes"]').click()
        noticed(person, words["yes"])
        after = applications(recruiter, opening)
        assert len(after) == len(before) + 1
        recruiter.goto(after[-1])
        read(recruiter, name)
        assert status(recruiter, address) == 404


def left(office: Page, person: Page, valley: Valley, run: str, total: int) -> None:
    """Who leaves ends the plan: it shows nothing any more, and a worker makes it again for those who stay."""
    person.goto("/placements/mine/")
    person.locator("main details > summary").last.click()
    press(person, 'main form[action$="/leave/"]')
    office.goto(run)
    assert office.locator("main table, main figure, main .grid--stats").count() == 0
    again = office.locator('main a.button[href*="/plan/placement.plan:again-"]').get_attribute("href") or ""
    valley.run("jobs", "work", "--once")
    assert numbers_of(office, planned(office, again))[0] == total - 1


def counts_only(browser: Browser, valley: Valley, language: str, event: str, runs: list[str]) -> None:
    """The announcing employer reads counts; the recruiter of another employer does not learn that there is an event."""
    with desk(browser, valley, language, ANNOUNCER) as page:
        assert status(page, event) == 200
        read(page, WORDS[language]["counts"])
        assert page.locator("main table").count() == 0
        for path in (*runs, f"{event}people/", f"{event}people/1/", f"{event}plan/", f"{event}compare/"):
            assert status(page, path) in (403, 404), path
    with desk(browser, valley, language, SHOP) as page:
        for path in (event, f"{event}people/", *runs):
            assert status(page, path) in (403, 404), path
        assert status(page, event) == 404


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_an_announcement_to_a_yes(browser: Browser, valley: Valley, language: str) -> None:
    words, who = WORDS[language], f"{PEOPLE[language][0]}@demo.valley.invalid"
    with desk(browser, valley, language, SHOP) as page:
        jobs_open(page, language)
    with desk(browser, valley, language, OFFICE) as office, desk(browser, valley, language, who) as person:
        course_offered(office, language)
        office.goto("/placements/")
        office.locator("main .card__link").first.click()
        event = "/placements" + office.url.split("/placements")[1]
        code = office.locator('main a[href*="/placements/join/"]').get_attribute("href") or ""
        join(person, language, code)
        wishes = {f"{words['course']}, {km or '-'} km": km for km in ("", "1", "30")}
        keys = [ordered(office, event, name, km=km) for name, km in wishes.items()]
        valley.run("jobs", "work", "--once")
        runs = [planned(office, key) for key in keys]
        explained(office, runs[0], language)
        blocked(office, runs[1], language)
        placed = dict(zip(wishes, [numbers_of(office, run)[1] for run in runs], strict=True))
        own, near, far = placed.values()
        assert near < far
        assert near < own
        compared(office, event, placed)
        assert not proposal(person), "nothing is sent yet"
        office.goto(runs[0])
        press(office, 'main form[action$="/send/"]')
        noticed(office, words["sent"])
        total = numbers_of(office, runs[0])[0]
        said_yes(browser, valley, language, person)
        left(office, person, valley, runs[0], total)
    counts_only(browser, valley, language, event, runs)
