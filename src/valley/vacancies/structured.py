"""How does a search engine read a vacancy: which schema.org JobPosting says what its page says, and nothing else?

Required and recommended properties are those Google documents for job postings (developers.google.com/search/docs,
"Job posting", read 2026-11); the others are plain schema.org. What the page does not know is left out, never guessed:
of a workplace only the town is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valley.foundation.organisations import Partner
from valley.skills import queries as skills
from valley.vacancies.queries.shapes import RequirementLine, VacancyPage
from valley.work import queries as work

Posting = dict[str, Any]
FULL_TIME_HOURS = 35
"""Statistics Netherlands (CBS, "voltijdbaan") calls a job full-time from 35 hours a week on."""
COUNTRY = "NL"


def posting(vacancy: VacancyPage, *, url: str, employer: Partner, remote: bool = False) -> Posting | None:
    """The JobPosting of a vacancy, ready for JSON; None unless it is open: a closed one must not be found as a job.

    ``url`` is the full address of the page. ``remote`` is work without any workplace, which partly from home is not.
    """
    page, job = vacancy.page, vacancy.page.opening
    if job.state != "open" or page.opened_at is None:
        return None
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.title,
        "description": description(vacancy),
        "identifier": {"@type": "PropertyValue", "name": employer.name, "value": job.slug},
        "datePosted": timezone.localtime(page.opened_at).isoformat(timespec="seconds"),
        "validThrough": last_moment(job.closes_on).isoformat(timespec="seconds"),
        "employmentType": employment_types(job),
        "hiringOrganization": _organisation(employer),
        **(_from_anywhere() if remote else {"jobLocation": _workplace(job)}),
        "baseSalary": _pay(job),
        "directApply": True,
        "url": url,
        **_beside(vacancy, employer),
    }


def last_moment(closes_on: date) -> datetime:
    """The last second on which somebody can apply: on its closing day an opening is closed."""
    return timezone.make_aware(datetime.combine(closes_on - timedelta(days=1), time(23, 59, 59)))


def employment_types(job: work.OpeningItem) -> list[str]:
    """Google's words for the kind of job; several may hold."""
    found = ["FULL_TIME"] if job.hours_max >= FULL_TIME_HOURS else []
    found += ["PART_TIME"] if job.hours_min < FULL_TIME_HOURS else []
    return [*found, "TEMPORARY"] if job.months is not None else found


def description(vacancy: VacancyPage) -> str:
    """The whole vacancy as HTML of paragraphs and lists, in the reader's language."""
    page, job = vacancy.page, vacancy.page.opening
    paragraphs = [*_paragraphs(vacancy.preview.day), *_paragraphs(page.text), *_paragraphs(vacancy.preview.training)]
    html = "".join(f"<p>{escape(text)}</p>" for text in (*paragraphs, in_one_line(job)))
    asked = [f"{one.label} {one.level}" for one in job.languages]
    html += _list(_("Languages"), asked)
    html += _list(_("Must-haves"), (_need(line) for line in page.must))
    html += _list(_("Wishes"), (_need(line) for line in page.wish))
    html += _list(_("Also asked"), (_asked(line) for line in vacancy.requirements if line.task))
    html += _list(_("What you learn"), _learned(vacancy))
    return html + "".join(f"<p>{escape(text)}</p>" for text in _paragraphs(vacancy.preview.next_steps))


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n|\r\n\s*\r\n", text) if part.strip()]


def _list(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<p>{escape(title)}</p><ul>{items}</ul>" if items else ""


def _need(line: work.NeedLine) -> str:
    known = f"{line.label} ({line.level_words})"
    return f"{known}: {line.task}" if line.task else known


def _asked(line: RequirementLine) -> str:
    return f"{line.words}: {line.task}" if line.task else line.words


def _learned(vacancy: VacancyPage) -> Iterator[str]:
    for line in vacancy.practices:
        hours = ngettext("%(hours)s hour", "%(hours)s hours", line.hours) % {"hours": line.hours}
        yield f"{line.name} ({hours})"
    for one in vacancy.recognitions:
        if one.state == "current":
            yield _("Recognised training company for %(name)s") % {"name": one.dossier_name}


def in_one_line(job: work.OpeningItem) -> str:
    """Pay, hours, shifts, contract, place and start in one line."""
    start = _("Starts from %(day)s.") % {"day": date_format(job.starts_from_on, "DATE_FORMAT")}
    pay = _("€ %(low)s to € %(high)s an hour") % {"low": _money(job.pay_min), "high": _money(job.pay_max)}
    return f"{pay} ({_('gross')}). {_hours(job)}, {_shifts(job)}. {_contract(job)}, {job.place}. {start}"


def _money(amount: Decimal) -> str:
    return number_format(amount, 2)


def _hours(job: work.OpeningItem) -> str:
    if job.hours_min == job.hours_max:
        return _("%(hours)s hours a week") % {"hours": job.hours_min}
    return _("%(low)s to %(high)s hours a week") % {"low": job.hours_min, "high": job.hours_max}


def _shifts(job: work.OpeningItem) -> str:
    words = (("early", _("early shifts")), ("evenings", _("evenings")), ("weekends", _("weekends")))
    asked = [label for name, label in (*words, ("nights", _("nights"))) if getattr(job, name)]
    return ", ".join(asked) or _("office hours")


def _contract(job: work.OpeningItem) -> str:
    if job.months is None:
        return job.contract
    months = ngettext("%(months)s month", "%(months)s months", job.months) % {"months": job.months}
    return f"{job.contract}, {months}"


def _organisation(employer: Partner) -> Posting:
    known = {"@type": "Organization", "name": employer.name}
    return {**known, "sameAs": employer.website} if employer.website else known


def _workplace(job: work.OpeningItem) -> Posting:
    country = next((place.country for place in skills.places() if place.key == job.place_key), COUNTRY)
    address = {"@type": "PostalAddress", "addressLocality": job.place, "addressCountry": country}
    return {"@type": "Place", "address": address}


def _from_anywhere() -> Posting:
    country = {"@type": "Country", "name": COUNTRY}
    return {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": country}


def _pay(job: work.OpeningItem) -> Posting:
    if job.pay_min == job.pay_max:
        amount: Posting = {"value": float(job.pay_min)}
    else:
        amount = {"minValue": float(job.pay_min), "maxValue": float(job.pay_max)}
    value = {"@type": "QuantitativeValue", **amount, "unitText": "HOUR"}
    return {"@type": "MonetaryAmount", "currency": "EUR", "value": value}


def _beside(vacancy: VacancyPage, employer: Partner) -> Posting:
    """What schema.org knows and the page says, beyond Google's list. Empty values are left out."""
    page, job = vacancy.page, vacancy.page.opening
    lines = (*page.must, *page.wish)
    found: Posting = {
        "workHours": f"{_hours(job)}, {_shifts(job)}",
        "jobStartDate": job.starts_from_on.isoformat(),
        "totalJobOpenings": job.seats,
        "responsibilities": "; ".join(dict.fromkeys(line.task for line in lines if line.task)),
        "qualifications": "; ".join(line.label for line in page.must),
        "skills": [line.label for line in lines],
        "educationRequirements": _education(vacancy.requirements),
        "experienceRequirements": _experience(vacancy.requirements),
        "jobBenefits": list(_learned(vacancy)),
        "industry": employer.sector,
    }
    return {name: value for name, value in found.items() if value}


def _education(asked: Iterable[RequirementLine]) -> list[Posting] | str:
    """Diplomas that a task of the work explains; Google's words for none are "no requirements"."""
    kind = {"@type": "EducationalOccupationalCredential", "credentialCategory": "professional certificate"}
    found = [{**kind, "name": line.words} for line in asked if line.kind == "diploma" and line.task]
    return found or "no requirements"


def _experience(asked: Iterable[RequirementLine]) -> Posting | str:
    """The longest experience that a task explains, in months; Google's words for none are "no requirements"."""
    years = [_years(line.words) for line in asked if line.kind == "experience-years" and line.task]
    if not any(years):
        return "no requirements"
    return {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 12 * max(years)}


def _years(words: str) -> int:
    number = re.search(r"\d{1,2}", words)
    return int(number[0]) if number else 1
