"""Can a recruiter write an honest vacancy in one page, is nothing typed ever lost, and what does the form not ask?"""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from tests import factories
from tests.rooms.vacancies.conftest import DOSSIER, FIRST, SECOND, TASK

from valley.foundation import clock
from valley.vacancies import drafts, queries
from valley.vacancies.web.forms import STEPS, VacancyForm
from valley.vacancies.web.forms.parts import NeedForm
from valley.vacancies.web.forms.vacancy import AskedForm, SpokenForm

NEW = "/work/desk/centre-one/openings/new/"
NEVER = ("salary", "wage", "earned", "history", "photo", "picture", "age", "birth", "born", "nation", "gender", "sex")
GOOD = {
    "title": "Klantadviseur Frans",
    "place": "heerlen",
    "pay_min": "15,50",
    "pay_max": "17,25",
    "starts_from_on": "2027-03-01",
    "starts_until_on": "2027-06-01",
    "closes_on": "2027-02-15",
}


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: factories.AT)


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content.decode(), "html.parser")


def filled(page: BeautifulSoup, **changed: str) -> dict[str, str]:
    """What a browser would send back of the form on the page."""
    form = page.select_one("main form[method=post]:not([action])")
    sent: dict[str, str] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[field["name"]] = chosen["value"]
        elif field.name == "textarea":
            sent[field["name"]] = field.text.strip("\n")
        elif field.get("type") != "checkbox":
            sent[field["name"]] = field.get("value", "")
        elif field.has_attr("checked"):
            sent[field["name"]] = field.get("value", "on")
    return sent | changed


@pytest.fixture
def desk(region):
    """The browser of a recruiter of the employer."""
    return factories.client("recruiter", region.employer)


def kept(region, slug: str) -> queries.VacancyEdit:
    return queries.vacancy_to_edit(region.recruiter, slug=slug)


def test_the_form_comes_filled_with_what_the_role_asks(desk) -> None:
    page = soup(desk.get(NEW, {"role": "adviser-1"}))
    assert [head.text[3:] for head in page.select("fieldset.panel > h2")] == [str(step.title) for step in STEPS]
    assert len([row for row in page.select("[name^=need-][name$=-competence]") if row.get("value")]) >= 10
    assert page.select_one("[name=hours_min]")["value"]
    assert not page.select_one("[name=pay_min]").get("value"), "nobody adopts a model's pay unread"
    assert "minimum wage" in page.select_one("#id_pay_min_helptext").text
    assert not page.find_all("script", src=False)


def test_it_asks_nothing_about_earlier_pay_photo_age_or_nationality(desk) -> None:
    names = {*VacancyForm.base_fields, *NeedForm.base_fields, *SpokenForm.base_fields, *AskedForm.base_fields}
    page = soup(desk.get(NEW, {"role": "adviser-1"}))
    names |= {field["name"] for field in page.select("main form [name]")}
    parts = {part for name in names for part in name.replace("-", "_").split("_")}
    assert not parts & {*NEVER}
    assert not page.select("main form input[type=file]")


def test_every_field_has_a_label_and_a_keyboard_reaches_it(desk) -> None:
    page = soup(desk.get(NEW, {"role": "adviser-1"}))
    labelled = {label["for"] for label in page.select("main form label")}
    fields = page.select("main form :is(input, select, textarea):not([type=hidden], [name=csrfmiddlewaretoken])")
    assert not [field["name"] for field in fields if field["id"] not in labelled]
    assert not [field["name"] for field in fields if int(field.get("tabindex", "0")) < 0]


def test_keep_look_and_open_in_three_posts(region, desk) -> None:
    page = soup(desk.get(NEW, {"role": "adviser-1"}))
    learned = {f"practice-{DOSSIER}__{FIRST}": "120", "day": "Veertig gesprekken.", "next_steps": "Gesprek\nProefdag"}
    answer = desk.post(f"{NEW}?role=adviser-1", filled(page, **GOOD, **learned, keep="1"), follow=True)
    address = answer.request["PATH_INFO"]
    preview = soup(answer)
    assert "This is a draft" in preview.text
    assert "Veertig gesprekken." in preview.text
    assert [line.text for line in preview.select("#main .thread h3")][1:3] == ["Gesprek", "Proefdag"]
    slug = address.strip("/").split("/")[-1]
    draft = kept(region, slug).draft
    assert draft.practices == (drafts.PracticeDraft(DOSSIER, FIRST, 120),)
    version = preview.select_one("form[action$='/state/'] [name=version]")["value"]
    done = desk.post(f"/work/desk/openings/{slug}/state/", {"do": "open", "version": version}, follow=True)
    assert "The opening is open." in soup(done).text
    assert queries.vacancy_page(factories.visitor(), slug=slug).page.opening.state == "open"


def test_a_diploma_no_task_needs_is_challenged_beside_its_field_and_the_draft_is_kept(region, desk) -> None:
    page = soup(desk.get(NEW, {"role": "adviser-1"}))
    asked = {"asked-0-kind": "diploma", "asked-0-words": "mbo-4", "asked-0-task": ""}
    answer = desk.post(f"{NEW}?role=adviser-1", filled(page, **GOOD, **asked, publish="1"), follow=True)
    page, slug = soup(answer), answer.request["PATH_INFO"].strip("/").split("/")[-1]
    assert answer.request["PATH_INFO"] == f"/work/desk/openings/{slug}/"
    assert "Your text is kept as a draft." in page.text
    beside = page.select_one("#asks .notice")
    assert "mbo-4" in beside.text
    assert len(beside.select("p")[1].text) > 20, "the reason and what to do"
    assert kept(region, slug).edit.state == "draft"
    assert kept(region, slug).draft.requirements[0].words == "mbo-4"
    # Dropping it opens the vacancy.
    again = desk.post(answer.request["PATH_INFO"], filled(page, publish="1", **{"asked-0-words": ""}), follow=True)
    assert "The opening is open." in soup(again).text


def test_a_diploma_with_its_task_is_taken(region, desk) -> None:
    page = soup(desk.get(NEW, {"role": "adviser-1"}))
    asked = {"asked-0-kind": "diploma", "asked-0-words": "hbo rechten", "asked-0-task": TASK}
    answer = desk.post(f"{NEW}?role=adviser-1", filled(page, **GOOD, **asked, publish="1"), follow=True)
    assert "The opening is open." in soup(answer).text
    assert f"needed for “{TASK}”" in soup(answer).text


def test_words_about_age_are_challenged_where_they_stand(desk) -> None:
    page = soup(desk.get(NEW, {"role": "adviser-1"}))
    said = {"text": "Je past in ons jonge team."}
    answer = desk.post(f"{NEW}?role=adviser-1", filled(page, **GOOD, **said, publish="1"), follow=True)
    text = soup(answer).select_one("#job .notice--bad")
    assert "jonge team" in text.text
    assert not soup(answer).select("#real .notice")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"pay_min": ""}, "pay_min"),
        ({"pay_min": "veel"}, "pay_min"),
        ({"pay_max": "9,00"}, "pay_max"),
        ({"place": ""}, "place"),
        ({"seats": "0"}, "seats"),
        ({"hours_max": "60"}, "hours_max"),
        ({"closes_on": "2026-11-01"}, "closes_on"),
        ({"starts_until_on": "2027-02-01"}, "starts_until_on"),
        ({"months": ""}, "months"),
    ],
)
def test_what_cannot_be_stored_comes_back_with_everything_that_was_typed(region, desk, change, field) -> None:
    page = soup(desk.get(NEW, {"role": "adviser-1"}))
    sent = filled(page, **(GOOD | {"text": "Mijn eigen woorden.", "training": "Twee weken."} | change), keep="1")
    answer = desk.post(f"{NEW}?role=adviser-1", sent)
    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one(f"#form-errors a[href='#id_{field}']"), page.select_one("#form-errors")
    assert page.select_one("[name=text]").text.strip() == "Mijn eigen woorden."
    assert page.select_one("[name=training]").text.strip() == "Twee weken."


def test_hours_that_are_no_number_stand_beside_their_work_process(desk) -> None:
    page = soup(desk.get(NEW, {"role": "adviser-1"}))
    name = f"practice-{DOSSIER}__{SECOND}"
    answer = desk.post(f"{NEW}?role=adviser-1", filled(page, **GOOD, **{name: "veel"}, keep="1"))
    assert answer.status_code == 422
    assert soup(answer).select_one(f"#id_{name}_error")


def test_the_second_of_two_sees_what_the_first_stored_and_loses_nothing(region, desk) -> None:
    slug = region.open().slug
    address = f"/work/desk/openings/{slug}/"
    mine = filled(soup(desk.get(address)), title="Titel van mij", keep="1")
    theirs = factories.client("recruiter", region.employer)
    theirs.post(address, filled(soup(theirs.get(address)), title="Titel van de ander", seats="4", keep="1"))
    answer = desk.post(address, mine)
    page = soup(answer)
    assert answer.status_code == 422
    lines = page.select("#main table:has(#differing-caption) tbody tr")
    rows = {line.th.text: [cell.text for cell in line.select("td")] for line in lines}
    assert rows["Title"] == ["Titel van de ander", "Titel van mij"]
    assert rows["How many people"] == ["4", "1"]
    assert page.select_one("[name=title]")["value"] == "Titel van mij"
    desk.post(address, filled(page, keep="1"))
    assert kept(region, slug).draft.opening.title == "Titel van mij"


def test_the_form_shows_where_the_recognition_lapses_before_the_job_ends(region, desk) -> None:
    region.recognise(date(2026, 1, 1), date(2027, 9, 1))
    slug = region.open().slug
    page = soup(desk.get(f"/work/desk/openings/{slug}/"))
    table = page.select_one("#learn table:has(#recognised-caption)")
    assert "1 September 2027" in table.text
    assert "holds today" in table.text
    assert "before the job does" in page.select_one("#learn .notice--warning").text
    public = soup(factories.client_of(factories.account()).get(f"/work/openings/{slug}/"))
    assert "before the job ends" in public.text


def test_copy_and_renew_keep_everything_beside_the_opening(region, desk) -> None:
    slug = region.open().slug
    copy = desk.post(f"/work/desk/openings/{slug}/state/", {"do": "copy", "version": "1"}, follow=True)
    copied = copy.request["PATH_INFO"].strip("/").split("/")[-1]
    assert kept(region, copied).draft.practices == kept(region, slug).draft.practices
    days = {"starts_from_on": "2027-09-01", "starts_until_on": "2027-12-01", "closes_on": "2027-08-15"}
    again = desk.post(f"/work/desk/openings/{slug}/renew/", days | {"publish": "1"}, follow=True)
    renewed = again.request["PATH_INFO"].strip("/").split("/")[-1]
    assert renewed not in (slug, copied)
    assert kept(region, renewed).draft.preview == kept(region, slug).draft.preview
    assert queries.vacancy_page(factories.visitor(), slug=renewed).page.opening.closes_on == date(2027, 8, 15)
    refused = desk.post(f"/work/desk/openings/{slug}/renew/", days | {"closes_on": "2026-01-01"})
    assert refused.status_code == 422
    assert soup(refused).select_one("#id_closes_on")["aria-invalid"] == "true"


@pytest.mark.parametrize("role", ["team-lead", "steward", "coach", "office"])
def test_who_may_write_at_this_desk(region, role) -> None:
    slug = region.open().slug
    partner = region.employer if role in ("team-lead", "steward") else None
    browser = factories.client(role, partner)
    writes = role in ("steward", "office")
    for path in (f"{NEW}?role=adviser-1", f"/work/desk/openings/{slug}/", f"/work/desk/openings/{slug}/renew/"):
        assert (browser.get(path).status_code == 200) == writes, path
    state = browser.post(f"/work/desk/openings/{slug}/state/", {"do": "close", "version": "2"})
    assert (state.status_code == 302) == writes or state.status_code == 409


def test_another_employer_and_a_visitor_stay_outside(region) -> None:
    slug = region.open().slug
    stranger = factories.client("recruiter", region.other)
    for path in (f"/work/desk/openings/{slug}/", f"/work/desk/openings/{slug}/renew/"):
        assert stranger.get(path).status_code == 404
    assert stranger.get(f"{NEW}?role=adviser-1").status_code == 403
    assert not soup(stranger.get(f"/work/openings/{slug}/")).select("#desk-bar")
