"""Does the JobPosting of every vacancy say what Google and schema.org ask, in the right shapes, and nothing untrue?

Google's list in our own words, from developers.google.com/search/docs/appearance/structured-data/job-posting. Required:
datePosted, description, hiringOrganization, jobLocation (or, for work without a workplace, the countries one may apply
from), title. Recommended: applicantLocationRequirements and jobLocationType for such work, baseSalary, directApply,
employmentType, identifier, validThrough; educationRequirements and experienceRequirements are tried out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from tests import factories
from tests.rooms.vacancies.conftest import TASK

from valley.foundation import clock, organisations
from valley.vacancies import drafts, queries, structured
from valley.work import drafts as work

VISITOR = factories.visitor()
Check = Callable[[Any], bool]
KINDS = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
UNITS = {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}
TAGS = {"p", "ul", "li", "br"}


def words(value: Any) -> bool:
    """A text with something in it, and no mark-up."""
    return isinstance(value, str) and bool(value.strip()) and "<" not in value


def moment(value: Any) -> bool:
    """An ISO 8601 moment that says its time zone."""
    return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None


def html(value: Any) -> bool:
    """Paragraphs and lists, closed, with nothing else in them."""
    tags = {tag.name for tag in BeautifulSoup(value, "html.parser").find_all(True)}
    return "p" in tags and tags <= TAGS and value.count("<p>") == value.count("</p>")


def organisation(value: Any) -> bool:
    """A named organisation; its website is a full address."""
    return value["@type"] == "Organization" and words(value["name"]) and _address(value.get("sameAs", "https://x.nl"))


def workplace(value: Any) -> bool:
    """A place with at least its town and its country."""
    found = value["address"]
    country = re.fullmatch("[A-Z]{2}", found["addressCountry"])
    return (
        (value["@type"], found["@type"]) == ("Place", "PostalAddress")
        and words(found["addressLocality"])
        and bool(country)
    )


def pay(value: Any) -> bool:
    """An amount or a range in a currency per unit of time."""
    amount = value["value"]
    low, high = amount.get("minValue", amount.get("value")), amount.get("maxValue", amount.get("value"))
    shape = (value["@type"], amount["@type"], value["currency"]) == ("MonetaryAmount", "QuantitativeValue", "EUR")
    return shape and amount["unitText"] in UNITS and isinstance(low, float) and 0 < low <= high


def _address(value: str) -> bool:
    return re.fullmatch(r"https?://[^\s<>\"]+", value) is not None


REQUIRED: dict[str, Check] = {
    "title": words,
    "description": html,
    "datePosted": moment,
    "hiringOrganization": organisation,
    "jobLocation": workplace,
}
RECOMMENDED: dict[str, Check] = {
    "baseSalary": pay,
    "directApply": lambda value: isinstance(value, bool),
    "employmentType": lambda value: bool(value) and set(value) <= KINDS,
    "identifier": lambda value: value["@type"] == "PropertyValue" and words(value["name"]) and words(value["value"]),
    "validThrough": moment,
}
BESIDE: dict[str, Check] = {
    "url": _address,
    "workHours": words,
    "jobStartDate": lambda value: bool(date.fromisoformat(value)),
    "totalJobOpenings": lambda value: isinstance(value, int) and value >= 1,
    "skills": lambda value: all(words(one) for one in value),
    "qualifications": words,
    "educationRequirements": lambda value: value == "no requirements" or all(words(one["name"]) for one in value),
    "experienceRequirements": lambda value: value == "no requirements" or value["monthsOfExperience"] >= 1,
}
OPTIONAL = {"responsibilities", "jobBenefits", "industry", "@context", "@type"}


def faults(posting: dict[str, Any]) -> list[str]:
    """Everything in which a posting is not what Google and schema.org describe."""
    asked = {**REQUIRED, **RECOMMENDED, **BESIDE}
    if posting.get("jobLocationType"):
        asked.pop("jobLocation")
        asked |= {
            "jobLocationType": lambda value: value == "TELECOMMUTE",
            "applicantLocationRequirements": lambda value: value["@type"] == "Country" and words(value["name"]),
        }
    missing = [f"{name} is missing" for name in asked if name not in posting]
    wrong = [
        f"{name}: {posting[name]!r}" for name, fits in asked.items() if name in posting and not fits(posting[name])
    ]
    unknown = [f"{name} is not asked" for name in posting if name not in {*asked, *OPTIONAL}]
    same = ["the description is the title"] if posting.get("title") == posting.get("description") else []
    head = posting.get("@context"), posting.get("@type")
    return [*missing, *wrong, *unknown, *same, *([] if head == ("https://schema.org/", "JobPosting") else ["no head"])]


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: factories.AT)


def posting_of(slug: str, *, remote: bool = False) -> dict[str, Any] | None:
    page = queries.vacancy_page(VISITOR, slug=slug)
    partner = organisations.partner(id=page.page.opening.organisation_id)
    found = structured.posting(page, url=f"https://valley.test/work/openings/{slug}/", employer=partner, remote=remote)
    return json.loads(json.dumps(found))


DIPLOMA = drafts.RequirementDraft("diploma", "hbo rechten", TASK)
CASES: dict[str, dict[str, Any]] = {
    "as it is": {},
    "permanent and full-time": {"contract": "permanent", "months": None, "hours_min": 36, "hours_max": 38},
    "through an agency": {"contract": "agency", "months": 6},
    "work-based learning": {"contract": "work-based-learning", "months": 24, "seats": 12},
    "one amount": {"pay_min": Decimal("16.25"), "pay_max": Decimal("16.25")},
    "every shift": {"evenings": True, "weekends": True, "nights": True, "early": True, "home_work": True},
    "across the border": {"place": "aachen"},
    "no words of its own": {"text": "", "preview": drafts.PreviewDraft(), "practices": (), "requirements": ()},
    "marks in the words": {
        "title": "Adviseur </script> & <b>co</b>",
        "text": "</script><script>alert(1)</script> & “x”",
    },
    "paragraphs": {"text": "Eerst dit.\n\nDan dat.\r\n\r\nEn dat."},
    "a diploma with a task": {"requirements": (DIPLOMA,)},
    "years with a task": {"requirements": (drafts.RequirementDraft("experience-years", "2 jaar ervaring", TASK),)},
    "four languages": {"languages": tuple(work.LanguageDraft(code, 3) for code in ("nl", "de", "fr", "en"))},
}


@pytest.mark.parametrize("case", CASES)
def test_every_property_is_there_and_in_its_shape(region, case) -> None:
    slug = region.open(**CASES[case]).slug
    found = posting_of(slug)
    assert found is not None
    text = {**found, "title": found["title"].replace("<", "").replace(">", "")}
    assert faults(text) == []


def test_the_numbers_are_those_of_the_page(region) -> None:
    region.recognise(date(2026, 1, 1))
    found = posting_of(region.open(seats=3, requirements=(DIPLOMA,)).slug)
    assert found is not None
    assert found["datePosted"] == "2026-11-23T10:00:00+01:00"
    assert found["validThrough"] == "2027-02-14T23:59:59+01:00", "on its closing day nobody can apply any more"
    value = {"@type": "QuantitativeValue", "minValue": 15.5, "maxValue": 17.25, "unitText": "HOUR"}
    assert found["baseSalary"] == {"@type": "MonetaryAmount", "currency": "EUR", "value": value}
    assert found["employmentType"] == ["PART_TIME", "TEMPORARY"]
    assert found["identifier"]["value"] == "klantadviseur-duits-centre-one"
    assert found["totalJobOpenings"] == 3
    assert found["educationRequirements"][0]["name"] == "hbo rechten"
    assert any("120 hours" in line for line in found["jobBenefits"])
    assert any("Recognised training company" in line for line in found["jobBenefits"])
    assert TASK in found["description"]


def test_summer_time_is_summer_time() -> None:
    assert structured.last_moment(date(2027, 7, 1)).isoformat() == "2027-06-30T23:59:59+02:00"


def test_work_without_a_workplace_names_the_country_instead(region) -> None:
    found = posting_of(region.open(home_work=True).slug, remote=True)
    assert found is not None
    assert faults(found) == []
    assert "jobLocation" not in found
    partly = posting_of(region.open(home_work=True).slug)
    assert partly is not None
    assert "jobLocationType" not in partly, "partly from home has a workplace"


def test_a_diploma_without_a_task_is_no_requirement_for_search_engines(region) -> None:
    page = queries.vacancy_page(VISITOR, slug=region.open(requirements=(DIPLOMA,)).slug)
    bare = replace(page, requirements=tuple(replace(one, task="") for one in page.requirements))
    partner = organisations.partner(id=page.page.opening.organisation_id)
    found = structured.posting(bare, url="https://valley.test/", employer=partner)
    assert found is not None
    assert found["educationRequirements"] == "no requirements"


def test_the_checker_sees_what_is_wrong(region) -> None:
    found = posting_of(region.open().slug)
    assert found is not None
    assert faults({**found, "validThrough": "2027-02-14T23:59:59"}) != []
    assert faults({**found, "employmentType": ["PARTTIME"]}) != []
    assert faults({**found, "age": "18-25"}) == ["age is not asked"]
    assert faults({name: value for name, value in found.items() if name != "baseSalary"}) == ["baseSalary is missing"]


def page_of(slug: str, at: datetime, monkeypatch: pytest.MonkeyPatch) -> tuple[int, BeautifulSoup]:
    monkeypatch.setattr(clock, "now", lambda: at)
    answer = Client().get(f"/work/openings/{slug}/")
    return answer.status_code, BeautifulSoup(answer.content.decode(), "html.parser")


def test_the_posting_stands_in_the_page_and_cannot_end_its_element(region, monkeypatch) -> None:
    slug = region.open(**CASES["marks in the words"]).slug
    status, page = page_of(slug, factories.AT, monkeypatch)
    (element,) = page.find_all("script")
    assert status == 200
    assert element["type"] == "application/ld+json"
    assert "<" not in element.text
    said = json.loads(element.text)
    assert said["title"] == CASES["marks in the words"]["title"]
    assert "<script" not in said["description"]
    assert said["url"].endswith(f"/work/openings/{slug}/")


def test_a_closed_vacancy_has_no_posting_is_gone_and_stays_out_of_indexes(region, monkeypatch) -> None:
    slug = region.open().slug
    eve, day = factories.AT.replace(year=2027, month=2, day=14), factories.AT.replace(year=2027, month=2, day=15)
    status, page = page_of(slug, eve, monkeypatch)
    assert status == 200
    assert page.find("script")
    assert not page.find("meta", attrs={"name": "robots"})
    status, page = page_of(slug, day, monkeypatch)
    assert status == 410
    assert not page.find("script")
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert page.select_one(".notice--warning")
