"""In which shapes do doors get vacancies and what stands beside them?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valley.vacancies.drafts import VacancyDraft
from valley.work import queries as work


@dataclass(frozen=True, slots=True)
class VacancyPractice:
    """A work process that can be practised, in the reader's language, with hours over the whole job."""

    dossier: str
    dossier_name: str
    process: str
    name: str
    hours: int


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """Something asked beside competences, and the task it is needed for (empty: none was named)."""

    kind: str
    kind_words: str
    words: str
    task: str


@dataclass(frozen=True, slots=True)
class PreviewText:
    """What the work is really like. ``day_of_role`` is True when ``day`` is what the role says, not this employer.

    ``training`` and ``next_steps`` are empty when the employer did not say.
    """

    day: str
    day_of_role: bool
    training: str
    next_steps: str


@dataclass(frozen=True, slots=True)
class RecognitionLine:
    """An employer is a recognised training company for a qualification from a day until (not including) a day.

    ``checked_on`` is the day the programme office looked it up, None while only the employer says so. ``state`` is
    "unchecked", "future", "current" or "ended" as it is today. ``until_on`` None: no end is known.
    """

    id: int
    organisation: int
    organisation_slug: str
    organisation_name: str
    dossier: str
    dossier_name: str
    from_on: date
    until_on: date | None
    source: str
    checked_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class StatusWarning:
    """Work processes of a dossier can be practised, but the recognition does not cover the whole job.

    ``gap_from_on`` is the first day, counted from the last day the job may start, that is not covered; ``kind`` is
    "none" (no checked recognition at all), "late" (it begins after the job) or "ends" (it ends during the job).
    """

    opening: str
    title: str
    dossier: str
    dossier_name: str
    kind: str
    gap_from_on: date


@dataclass(frozen=True, slots=True)
class RecognitionDesk:
    """The recognitions of one employer as its desk sees them.

    ``dossiers`` are code and name, by name. ``may_state``: may state and end one; ``may_check``: may look one up.
    """

    lines: tuple[RecognitionLine, ...]
    warnings: tuple[StatusWarning, ...]
    dossiers: tuple[tuple[str, str], ...]
    may_state: bool
    may_check: bool


@dataclass(frozen=True, slots=True)
class VacancyPage:
    """A vacancy as its readers see it. ``warnings`` and ``page.reference`` are for the organisation's own desk."""

    page: work.OpeningPage
    practices: tuple[VacancyPractice, ...]
    preview: PreviewText
    requirements: tuple[RequirementLine, ...]
    recognitions: tuple[RecognitionLine, ...]
    warnings: tuple[StatusWarning, ...]


@dataclass(frozen=True, slots=True)
class ProcessChoice:
    """A work process to choose: its dossier and code, and its words."""

    dossier: str
    process: str
    name: str


@dataclass(frozen=True, slots=True)
class DossierChoice:
    """A dossier to choose. ``recognised``: this employer has a checked recognition for it today."""

    dossier: str
    name: str
    recognised: bool
    processes: tuple[ProcessChoice, ...]


@dataclass(frozen=True, slots=True)
class VacancyChoices:
    """What the fields of a vacancy are chosen from."""

    opening: work.OpeningChoices
    dossiers: tuple[DossierChoice, ...]
    requirement_kinds: tuple[work.Choice, ...]


@dataclass(frozen=True, slots=True)
class VacancyEdit:
    """A vacancy in the form: ``edit`` is the opening with its version and labels, ``draft`` all of it."""

    edit: work.OpeningEdit
    draft: VacancyDraft


@dataclass(frozen=True, slots=True)
class ChallengeLine:
    """Something a vacancy says that it may not, or need not, in the reader's language.

    ``severity`` is "unlawful" or "unneeded" (both block opening it) or "advice". ``field`` is the field of the draft
    ("text", "title", "requirements", "preview.day", ...), ``found`` the words found there.
    """

    rule: str
    severity: str
    blocks: bool
    field: str
    found: str
    why: str
    instead: str
    source: str
    source_on: date
