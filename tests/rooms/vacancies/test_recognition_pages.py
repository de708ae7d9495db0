"""Can a steward state and end a recognition in the browser, does the office look it up there, and who is kept out?"""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from tests import factories
from tests.rooms.vacancies.conftest import DOSSIER

from valley.foundation import clock
from valley.vacancies import actions, queries

PAGE = "/work/desk/centre-one/recognitions/"
GOOD = {
    "do": "state",
    "dossier": DOSSIER,
    "from_on": "2026-01-01",
    "until_on": "2028-01-01",
    "source": "SBB, 1 October",
}


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: factories.AT)


@pytest.fixture
def steward(region) -> Client:
    """The browser of the employer's steward."""
    return factories.client("steward", region.employer)


def main_of(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content.decode(), "html.parser").select_one("main")


def known(region) -> tuple[queries.RecognitionLine, ...]:
    return queries.recognitions_of(region.office, organisation=region.employer.id)


def test_the_steward_states_it_and_the_office_looks_it_up(region, steward) -> None:
    said = steward.post(PAGE, GOOD)
    assert (said.status_code, said.url) == (302, PAGE)
    (line,) = known(region)
    assert (line.dossier, line.until_on, line.source) == (DOSSIER, date(2028, 1, 1), "SBB, 1 October")
    page = main_of(steward.get(PAGE))
    assert "waits for the programme office" in page.text
    assert "I looked it up" not in page.text
    office = factories.client("office")
    button = main_of(office.get(PAGE)).select_one("form:has([value=check])")
    sent = {field["name"]: field["value"] for field in button.select("input[name]")}
    assert office.post(PAGE, sent).status_code == 302
    assert known(region)[0].checked_on == factories.ON
    assert "Looked up by the programme office on 23 November 2026." in main_of(steward.get(PAGE)).text


def test_the_office_states_and_has_looked_it_up_at_once(region) -> None:
    answer = factories.client("office").post(PAGE, GOOD | {"until_on": ""}, follow=True)
    assert "as looked up today" in BeautifulSoup(answer.content.decode(), "html.parser").text
    assert "no end known" in main_of(answer).text
    assert (known(region)[0].checked_on, known(region)[0].until_on) == (factories.ON, None)


@pytest.mark.parametrize(
    ("from_on", "until_on", "words"),
    [
        (date(2027, 1, 1), None, "begins later"),
        (date(2026, 1, 1), date(2027, 1, 1), "holds today"),
        (date(2020, 1, 1), date(2026, 11, 23), "over"),
    ],
)
def test_the_state_stands_there_in_words(region, steward, from_on, until_on, words) -> None:
    region.recognise(from_on, until_on)
    assert main_of(steward.get(PAGE)).select_one(".panel .badge").text == words


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"dossier": ""}, "dossier"),
        ({"dossier": "klussen"}, "dossier"),
        ({"from_on": ""}, "from_on"),
        ({"from_on": "soon"}, "from_on"),
        ({"until_on": "2026-01-01"}, "until_on"),
        ({"source": ""}, "source"),
        ({"source": "x"}, "source"),
        ({"source": "x" * 301}, "source"),
        ({"from_on": "2025-01-01", "until_on": ""}, "from_on"),
    ],
)
def test_what_is_refused_stands_beside_its_field_and_nothing_typed_is_lost(region, steward, changed, field) -> None:
    before = region.recognise(date(2026, 1, 1), date(2027, 1, 1)).id
    fits = GOOD | {"from_on": "2027-01-01"}
    answer = steward.post(PAGE, fits | changed)
    page = main_of(answer)
    assert answer.status_code == 422
    assert page.select_one(f"#id_{field}_error"), page.select_one("#form-errors")
    assert page.select_one("[name=source]").get("value", "") == (fits | changed)["source"]
    assert [line.id for line in known(region)] == [before]
    assert steward.post(PAGE, fits).status_code == 302


def test_the_steward_ends_it_and_a_wrong_day_stands_beside_its_own_line(region, steward) -> None:
    old = region.recognise(date(2020, 1, 1), date(2021, 1, 1)).id
    line = region.recognise(date(2026, 1, 1)).id
    sent = {"do": "end", "recognition": str(line)}
    for wrong in ("", "2025-12-31", "2026-01-01"):
        answer = steward.post(PAGE, sent | {f"end-{line}-until_on": wrong})
        page = main_of(answer)
        assert answer.status_code == 422
        assert page.select_one(f"details[open] #id_end-{line}-until_on_error")
        assert not page.select(f"#id_end-{old}-until_on_error, #form-errors")
    assert known(region)[1].until_on is None
    done = steward.post(PAGE, sent | {f"end-{line}-until_on": "2026-12-31"}, follow=True)
    assert "ends on 31 December 2026." in BeautifulSoup(done.content.decode(), "html.parser").text
    assert (known(region)[1].until_on, known(region)[1].checked_on) == (date(2026, 12, 31), factories.ON)


def test_an_end_on_the_days_of_another_recognition_is_refused_beside_the_day(region, steward) -> None:
    first = region.recognise(date(2026, 1, 1), date(2027, 1, 1)).id
    region.recognise(date(2027, 1, 1), date(2028, 1, 1))
    answer = steward.post(PAGE, {"do": "end", "recognition": first, f"end-{first}-until_on": "2027-06-01"})
    assert answer.status_code == 422
    assert "no other recognition" in main_of(answer).select_one(f"#id_end-{first}-until_on_error").text


def test_a_line_that_was_replaced_in_between_or_is_anothers_changes_nothing(region) -> None:
    office = factories.client("office")
    gone = region.recognise(date(2026, 1, 1)).id
    actions.end_recognition(region.steward, recognition=gone, until_on=date(2027, 1, 1))
    draft = actions.RecognitionDraft(region.other.id, DOSSIER, date(2026, 1, 1), None, "SBB register")
    theirs = actions.recognise(region.office, draft=draft).id
    for line in (gone, theirs, "x", ""):
        sent = {"do": "end", "recognition": line, f"end-{line}-until_on": "2026-06-01"}
        said = BeautifulSoup(office.post(PAGE, sent, follow=True).content.decode(), "html.parser").text
        assert "This is how it is now." in said
    assert [line.until_on for line in known(region)] == [date(2027, 1, 1)]
    (other,) = queries.recognitions_of(region.office, organisation=region.other.id)
    assert other.until_on is None


def test_it_names_the_vacancies_that_outlive_it(region, steward) -> None:
    region.recognise(date(2026, 1, 1), date(2027, 9, 1))
    slug = region.open().slug
    page = main_of(steward.get(PAGE))
    assert page.select_one(f"h3 a[href='/work/openings/{slug}/']")
    assert "before the job does" in page.select_one(".notice--warning").text
    actions.end_recognition(region.office, recognition=known(region)[0].id, until_on=date(2031, 1, 1))
    assert not main_of(steward.get(PAGE)).select(".notice--warning")


@pytest.mark.parametrize("role", ["recruiter", "team-lead"])
def test_the_rest_of_the_desk_reads_and_changes_nothing(region, role) -> None:
    line = region.recognise(date(2026, 1, 1)).id
    browser = factories.client(role, region.employer)
    page = main_of(browser.get(PAGE))
    assert "SBB register" in page.text
    assert "You can read this." in page.text
    assert not page.select("form")
    end = {"do": "end", "recognition": line, f"end-{line}-until_on": "2027-01-01"}
    for sent in (GOOD, {}, end, {"do": "check", "recognition": line}):
        assert browser.post(PAGE, sent).status_code == 403
    assert [(one.id, one.until_on) for one in known(region)] == [(line, None)]


def test_only_the_office_looks_it_up(region, steward) -> None:
    steward.post(PAGE, GOOD)
    sent = {"do": "check", "recognition": known(region)[0].id}
    assert steward.post(PAGE, sent).status_code == 403
    assert known(region)[0].checked_on is None


@pytest.mark.parametrize("role", ["recruiter", "steward", "coach", "designer", "municipality"])
def test_another_organisation_stays_outside(region, role) -> None:
    partner = region.other if role in ("recruiter", "steward") else None
    browser = factories.client(role, partner)
    assert browser.get(PAGE).status_code == 403
    assert browser.post(PAGE, GOOD).status_code == 403
    assert known(region) == ()


def test_a_visitor_signs_in_one_factor_is_too_few_and_a_school_has_no_such_page(region) -> None:
    school = factories.organisation("Vocational School", kind="school")
    assert Client().get(PAGE).status_code in (302, 401)
    assert factories.client_of(factories.account()).get(PAGE).status_code == 403
    assert factories.client("steward", region.employer, strong=False).post(PAGE, GOOD).status_code == 403
    office = factories.client("office")
    assert office.get(f"/work/desk/{school.slug}/recognitions/").status_code == 404
    assert office.get("/work/desk/nobody/recognitions/").status_code == 404
    assert known(region) == ()


def test_the_desk_leads_there_and_every_field_has_a_label(region, steward) -> None:
    region.recognise(date(2026, 1, 1))
    assert main_of(steward.get("/work/desk/")).select_one(f"a[href='{PAGE}']")
    page = main_of(steward.get(PAGE))
    labelled = {label["for"] for label in page.select("label")}
    fields = page.select(":is(input, select):not([type=hidden])")
    assert len({field["id"] for field in fields}) == len(fields) == 5
    assert {field["id"] for field in fields} <= labelled
    assert not page.select("script, [style]")


@pytest.mark.parametrize("wrong", [{"from_on": "0202-01-01"}, {"until_on": "2299-01-01"}])
def test_a_year_that_is_a_slip_is_refused_beside_its_field(steward, wrong) -> None:
    answer = steward.post(PAGE, GOOD | wrong)
    assert answer.status_code == 422
    assert main_of(answer).select_one(f"#id_{next(iter(wrong))}_error")
