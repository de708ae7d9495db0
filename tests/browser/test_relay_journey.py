"""Does Sara plan a diploma as a chain of jobs that school and partners sign, and what happens when one withdraws?

Everything through the pages, in both languages, in one of them without JavaScript. Each partner reads its own job and
nobody else's name; a person for whom there is no chain reads why, and the change that would give one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.browser.test_thread_journey import desk, noticed, press, read, status
from tests.live import Valley

pytestmark = pytest.mark.browser
SARA, LOTTE, SEM, COACH, OTHER, TRAINER, OFFICE = (
    f"{name}@demo.valley.invalid"
    for name in ("sara", "lotte", "sem", "coach", "recruiter.pechhulp", "praktijkopleider", "programmabureau")
)
QUALIFICATION = "commercie/P2"
SCHOOL = "Roc Maasoever"
RECRUITERS = {
    "BPO Maas": "recruiter.bpo-maas",
    "Energie Zuiderlicht": "recruiter.energie-zuiderlicht",
    "Modewebshop Mosa": "recruiter.webwinkel",
    "Software-helpdesk Maaskade": "recruiter.software-helpdesk",
    "Telecom Anker": "recruiter.telecom-a",
}
PROCESSES, LINKS, CHAINS = 11, 3, 3
REASON = "no-trainer"
WORDS = {
    "nl": {
        "table": "Toon als tabel", "year": "Praktijkuren per schooljaar", "least": "minstens",
        "source": "geldt vanaf", "fallback": "terugvaloptie", "firm": "in 3 van de 3 gevallen een andere keten",
        "covered": "11 van 11 werkprocessen gedekt", "none": "Er is geen keten, en dit is waarom",
        "distance": "hoeveel kilometer je hoogstens wilt reizen", "further": "Je reist 25 km in plaats van 10 km",
        "lotte": "Je reist 34 km in plaats van 4 km", "proposed": "De route is voorgesteld",
        "last": "Jij tekent het geheel als laatste", "trained": "Je hebt het opleidingsdeel getekend.",
        "link": "Jullie tekenden deze schakel",
        "stands": "Je hebt de route getekend", "all": "door iedereen getekend",
        "withdrew": "Een partner trok zijn schakel in.", "reason": "er is in die tijd geen praktijkopleider",
        "told": "Verteld aan", "stays": "blijft", "goes": "gaat weg", "comes": "komt erbij",
        "accepted": "De nieuwe keten is voorgesteld", "old": "Dit is versie 1; nu geldt versie 2.",
        "days": "Jullie dagen blijven zoals ze zijn.", "another": "bij een andere partner",
        "stopped": "Je hebt de route gestopt", "learn": "Je laat dit zien voor de eerste baan die erom vraagt",
        "ended": "Routes die zijn gestopt",
        "why": "de leerling koos iets anders", "happen": "stopt: wat er gaat gebeuren", "came": "Wat eruit kwam",
        "few": "minder dan 5, of verborgen", "office": "het programmabureau meldde dat",
    },
    "en": {
        "table": "Show as a table", "year": "Practice hours per school year", "least": "at least",
        "source": "holds from", "fallback": "fallback", "firm": "there is another chain in 3 of 3 cases",
        "covered": "11 of 11 work processes covered", "none": "There is no chain, and this is why",
        "distance": "the most kilometres you want to travel", "further": "You travel 25 km instead of 10 km",
        "lotte": "You travel 34 km instead of 4 km", "proposed": "The route is proposed",
        "last": "You sign the whole last", "trained": "You signed the training part.", "link": "You signed this link",
        "stands": "You signed the route", "all": "signed by all",
        "withdrew": "A partner withdrew from its link.", "reason": "there is no practical trainer in that time",
        "told": "Told to", "stays": "stays", "goes": "goes", "comes": "comes",
        "accepted": "The new chain is proposed", "old": "This is version 1; version 2 holds now.",
        "days": "Your days stay as they are.", "another": "at another partner",
        "stopped": "You stopped the route", "learn": "You show these before the first job that asks them",
        "ended": "Routes that ended",
        "why": "the learner chose something else", "happen": "stops: what will happen", "came": "What came of it",
        "few": "fewer than 5, or hidden", "office": "the programme office said so",
    },
}  # fmt: skip


class Journey:
    """One language of the journey: who opens which page, with or without JavaScript."""

    def __init__(self, browser: Browser, valley: Valley, language: str) -> None:
        self.browser, self.valley, self.language = browser, valley, language
        self.words = WORDS[language]
        self.script = language == "nl"

    @contextmanager
    def at(self, email: str) -> Iterator[Page]:
        """A tab of somebody; its console stays clean."""
        with desk(self.browser, self.valley, self.language, email, script=self.script) as page:
            yield page

    def partner(self, employer: str) -> str:
        """The recruiter of an employer."""
        return f"{RECRUITERS[employer]}@demo.valley.invalid"


def search(page: Page) -> None:
    """From "My routes" to the chains of the qualification."""
    page.goto("/routes/")
    page.locator(f'main a[href*="{QUALIFICATION}"], main a[href*="commercie%2FP2"]').first.click()


def employers(section: Locator) -> list[str]:
    """The employers of a chain, in order."""
    heads = section.locator("ol.flow > li > h4, ol.flow > li > h3").all_inner_texts()
    return [head.rpartition(", ")[2] for head in heads]


def tables(figure: Locator, words: dict[str, str]) -> None:
    """A picture of a route, and the tables that say the same: jobs, work processes, school years."""
    assert figure.locator("svg").count() == 1
    drawn = figure.locator("svg").text_content() or ""
    assert words["year"] in drawn
    assert words["least"] in drawn
    figure.locator("summary", has_text=words["table"]).click()
    rows = figure.locator("table")
    assert rows.nth(0).locator("tbody tr").count() == LINKS
    assert rows.nth(1).locator("tbody tr").count() == PROCESSES
    assert rows.nth(2).locator("tbody tr").count() >= 2


def chains(page: Page, words: dict[str, str]) -> None:
    """Three chains: timeline with its tables, firmness, and per link what the law says, from where, and a fallback."""
    sections = page.locator("main section.card")
    assert sections.count() == CHAINS
    seen = [tuple(employers(sections.nth(place))) for place in range(CHAINS)]
    assert len(set(seen)) == CHAINS
    assert all(len(chain) == LINKS for chain in seen)
    assert len(set(seen[0])) == LINKS
    for place in range(CHAINS):
        section = sections.nth(place)
        tables(section.locator("figure").first, words)
        said = section.inner_text()
        assert words["firm"] in said
        assert words["covered"] in said
        for link in section.locator("ol.flow > li").all():
            told = link.inner_text()
            assert words["fallback"] in told
            assert words["source"] in told, "each flag says its source and from when it holds"


def what_if(page: Page, words: dict[str, str]) -> None:
    """With ten kilometres there is no chain: what stands in the way, and the change that was tried."""
    page.locator("main details:has(form.filters) > summary").click()
    page.select_option('select[name="max_km"]', "10")
    press(page, "main form.filters")
    no_chain(page, words, words["further"])


def no_chain(page: Page, words: dict[str, str], way: str) -> None:
    """Why there is none in words, the way out, and the route it would give."""
    assert page.locator("main h2", has_text=words["none"]).count() == 1
    conflict = page.locator("main .notice--warning").first.inner_text()
    assert words["distance"] in conflict
    out = page.locator("main ol.flow > li").first
    assert way in out.inner_text()
    out.locator("details > summary").first.click()
    tables(out.locator("figure").first, words)
    assert len(employers(out)) == LINKS
    assert words["covered"] in out.inner_text()


def propose(page: Page) -> tuple[str, list[str]]:
    """Choose the first chain and name the school; the address of the route, and its employers."""
    search(page)
    section = page.locator("main section.card").first
    chain = employers(section)
    section.locator('details:has(form[action$="/choose/"]) > summary').click()
    section.locator('select[name$="school"]').select_option(label=SCHOOL)
    press(page, "main section.card:first-of-type form[action$='/choose/']")
    assert re.search(r"/routes/my/[^/]+/$", page.url), page.locator("main").inner_text()
    return page.url, chain


def sign(page: Page) -> None:
    """Press the button that signs."""
    press(page, "main form[action$='/sign/']")


def sign_training(journey: Journey, chain: list[str]) -> None:
    """The school reads the whole route, every employer by name, and signs what is trained where."""
    with journey.at(COACH) as page:
        page.goto("/routes/school/")
        page.locator("main tbody tr a").last.click()
        read(page, *chain)
        tables(page.locator("main figure").first, journey.words)
        sign(page)
        noticed(page, journey.words["trained"])


def open_link(page: Page) -> str:
    """The newest link that was asked of this partner; its address."""
    page.goto("/routes/partner/")
    page.locator("main tbody tr a").last.click()
    return page.url


def sign_link(journey: Journey, email: str, *, employer: str, chain: list[str]) -> str:
    """A partner reads its own job and the days around it, no other employer and no name, and signs; the address."""
    with journey.at(email) as page:
        address = open_link(page)
        said = read(page, employer, journey.words["another"])
        met = [other for other in RECRUITERS if other != employer and other in said]
        assert met == [], f"{employer} reads of {met} in {chain}"
        assert "Sara" not in said
        sign(page)
        noticed(page, journey.words["link"])
        return address


def withdraw(journey: Journey, address: str, employer: str) -> None:
    """A partner takes its link back, with a reason from the list; another recruiter never finds it."""
    with journey.at(OTHER) as page:
        assert status(page, address) == 404
    with journey.at(journey.partner(employer)) as page:
        assert status(page, address) == 200
        page.locator('main details:has(form[action$="/withdraw/"]) > summary').click()
        page.select_option('main form[action$="/withdraw/"] select[name="why"]', REASON)
        press(page, "main form[action$='/withdraw/']")


def accept(page: Page, route: str, words: dict[str, str], gone: str, kept: list[str]) -> str:
    """Sara reads what changed, why, and the difference, and chooses the new chain; who comes instead."""
    page.goto(route)
    change = page.locator("main ol.flow > li", has_text=words["withdrew"]).first
    said = change.inner_text()
    for wanted in (words["reason"], words["told"], gone, *kept):
        assert wanted in said, said
    lines = change.locator("li").all_inner_texts()
    assert {word: sum(line.startswith(f"{words[word]}:") for line in lines) for word in ("stays", "goes", "comes")} == {
        "stays": 2, "goes": 1, "comes": 1,
    }, lines  # fmt: skip
    new = next(line for line in lines if line.startswith(f"{words['comes']}:"))
    coming = next(employer for employer in RECRUITERS if employer in new)
    assert coming != gone
    press(page, "main form[action*='/changes/']")
    noticed(page, words["accepted"])
    return coming


def versions(page: Page, route: str, words: dict[str, str], gone: str, coming: str) -> None:
    """The new chain holds, with the signatures of the jobs that stay; the old one can still be read."""
    page.goto(route)
    signed = page.locator("main table:has(#signed-caption) tbody")
    rows = signed.locator("tr").all_inner_texts()
    assert any(coming in row for row in rows)
    assert not any(gone in row for row in rows)
    left = page.locator('main ul[aria-labelledby="fallbacks"]').inner_text()
    assert coming in left
    assert gone not in left, "nobody falls back on a partner that withdrew"
    page.goto(f"{route}?version=1")
    read(page, words["old"])
    rows = signed.locator("tr").all_inner_texts()
    assert any(gone in row for row in rows)
    assert not any(coming in row for row in rows)


def read_by_others(journey: Journey, address: str, gone: str, coming: str) -> None:
    """The school reads what changed and why; a partner that stays reads that its days stand, and no name."""
    words = journey.words
    with journey.at(COACH) as page:
        page.goto("/routes/school/")
        page.locator("main tbody tr a").last.click()
        read(page, words["withdrew"], words["reason"], gone, coming)
        sign(page)
    with journey.at(journey.partner("Modewebshop Mosa")) as page:
        page.goto(address)
        said = read(page, words["withdrew"], words["days"])
        assert words["reason"] not in said, "why another partner withdrew is not this partner's to read"
        assert gone not in said
        assert coming not in said


def stopped_by_office(journey: Journey, employer: str) -> None:
    """The programme office ends the links of an employer: what will happen first, then counts without a small group."""
    words = journey.words
    with journey.at(OFFICE) as page:
        page.goto("/routes/office/")
        page.locator('main select[name="employer"]').select_option(label=employer)
        page.select_option('main select[name="why"]', REASON)
        press(page, 'main form[method="get"]')
        read(page, f"{employer} {words['happen']}", words["few"])
        press(page, 'main form[method="post"]')
        address = page.url
        journey.valley.run("jobs", "work", "--once")
        page.goto(address)
        assert "Sara" not in read(page, words["came"], words["few"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_diploma_as_a_chain_of_jobs_signed_broken_and_mended(browser: Browser, valley: Valley, language: str) -> None:
    journey = Journey(browser, valley, language)
    words = journey.words
    with journey.at(SARA) as page:
        search(page)
        chains(page, words)
        what_if(page, words)
        route, chain = propose(page)
        noticed(page, words["proposed"])
        read(page, words["last"])
        assert page.locator("main form[action$='/sign/']").count() == 0, "nobody is asked for what would be refused"

        sign_training(journey, chain)
        links = {
            employer: sign_link(journey, journey.partner(employer), employer=employer, chain=chain)
            for employer in chain
        }
        page.goto(route)
        sign(page)
        noticed(page, words["stands"])
        read(page, words["all"])

        gone = chain[1]
        withdraw(journey, links[gone], gone)
        coming = accept(page, route, words, gone, [chain[0], chain[2]])
        versions(page, route, words, gone, coming)
        read_by_others(journey, links[chain[2]], gone, coming)
        assert coming == "Telecom Anker"
        sign_link(journey, TRAINER, employer=coming, chain=chain)
        with journey.at(journey.partner(gone)) as other:
            assert status(other, links[gone]) == 404, "whose days are free again reads nothing more of the route"
        page.goto(route)
        sign(page)
        noticed(page, words["stands"])

        stopped_by_office(journey, coming)
        page.goto(route)
        read(page, words["office"], coming)

        page.locator('main details:has(form[action$="/stop/"]) > summary').click()
        press(page, "main form[action$='/stop/']")
        noticed(page, words["stopped"])
        with journey.at(COACH) as other:
            other.goto("/routes/school/")
            read(other, words["ended"], words["why"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_has_no_chain_reads_why_and_the_route_that_a_change_would_give(
    browser: Browser, valley: Valley, language: str
) -> None:
    journey = Journey(browser, valley, language)
    with journey.at(LOTTE) as page:
        search(page)
        no_chain(page, journey.words, journey.words["lotte"])
    with journey.at(SEM) as page:
        search(page)
        read(page, journey.words["none"])
        groups = page.locator("main .notice--warning > ul")
        assert all(group.locator(":scope > li").count() <= 6 for group in groups.all()), "a handful of lines"
        way = page.locator("main ol.flow > li").first
        assert journey.words["learn"] in way.inner_text()
        assert way.locator("details > summary").count() >= 1, "the route it gives is there to see"
