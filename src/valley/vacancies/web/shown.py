"""What does the page of a vacancy work out for its reader: pay a month, words for levels, the way to the job?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import get_language

from valley.core.vacancies import periods
from valley.skills import queries as skills
from valley.vacancies.queries import VacancyPage
from valley.vacancies.queries.recognitions import LONGEST_MONTHS
from valley.vacancies.web.tongues import tongue_of
from valley.work import queries as work

WEEKS_A_MONTH = Decimal(52) / 12
NEAREST = 10
"""Euro: pay a month is rounded down so far, as the weeks of a month differ."""
KEPT_WEEKS = 4
"""Weeks that application data stay after a procedure (Dutch data protection authority, "sollicitaties")."""


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """A language of the work, with what its level means on the phone and in writing."""

    label: str
    level: str
    phone: str
    writing: str


@dataclass(frozen=True, slots=True)
class Learned:
    """Work processes of one dossier that can be practised, with their hours together.

    ``gap_on`` is the first day of the job on which the employer is not recognised for it; None: all of the job is
    covered. ``recognised`` is so on the first day.
    """

    dossier: str
    name: str
    lines: tuple[object, ...]
    hours: int
    gap_on: date | None
    recognised: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What is worked out. ``tongue`` is the language of the employer's words where it is not that of the page."""

    month_min: int
    month_max: int
    last_day: date
    languages: tuple[SpokenWords, ...]
    learned: tuple[Learned, ...]
    other_recognitions: tuple[object, ...]
    procedure: tuple[str, ...]
    tongue: str


def shown(vacancy: VacancyPage) -> Shown:
    """The values of one page."""
    job, preview = vacancy.page.opening, vacancy.preview
    tongue = tongue_of(vacancy.page.text, "" if preview.day_of_role else preview.day, preview.training)
    taught = {line.dossier for line in vacancy.practices}
    return Shown(
        month_min=a_month(job.pay_min, job.hours_min),
        month_max=a_month(job.pay_max, job.hours_max),
        last_day=job.closes_on - timedelta(days=1),
        languages=_languages(job),
        learned=_learned(vacancy),
        other_recognitions=tuple(one for one in vacancy.recognitions if one.dossier not in taught),
        procedure=tuple(line.strip(" -•\t") for line in preview.next_steps.splitlines() if line.strip(" -•\t")),
        tongue=tongue,
    )


def a_month(pay: Decimal, hours: int) -> int:
    """Euro a month of an hourly wage, rounded down to tens.

    >>> a_month(Decimal("15.50"), 24)
    1610
    """
    return int(pay * hours * WEEKS_A_MONTH) // NEAREST * NEAREST


def _languages(job: work.OpeningItem) -> tuple[SpokenWords, ...]:
    levels = {one.number: one for one in skills.language_levels(page_language())}
    return tuple(
        SpokenWords(one.label, one.level, levels[one.cefr].phone, levels[one.cefr].writing) for one in job.languages
    )


def page_language() -> str:
    """The language of the page, as rooms name it."""
    return "en" if (get_language() or "")[:2] == "en" else "nl"


def _learned(vacancy: VacancyPage) -> tuple[Learned, ...]:
    job, found = vacancy.page.opening, []
    ends_on = periods.after_months(job.starts_from_on, job.months or LONGEST_MONTHS)
    for code in dict.fromkeys(line.dossier for line in vacancy.practices):
        lines = tuple(line for line in vacancy.practices if line.dossier == code)
        spans = [(one.from_on, one.until_on) for one in vacancy.recognitions if one.dossier == code]
        gap = periods.first_gap(spans, starts_on=job.starts_from_on, ends_on=ends_on)
        hours = sum(line.hours for line in lines)
        found.append(Learned(code, lines[0].dossier_name, lines, hours, gap, gap != job.starts_from_on))
    return tuple(found)
