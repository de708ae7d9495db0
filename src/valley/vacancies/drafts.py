"""What can a vacancy say beside its opening, and which answers are refused, in which words?

The same checks serve the form, the API and every row of a spreadsheet. Pure: what is known is passed in.
"""

from __future__ import annotations

from dataclasses import dataclass

from valley.work import drafts as work

PROSE, WORDS, TASK = 3000, 160, 200
MOST_PRACTICES, MOST_REQUIREMENTS = 60, 10
HOURS = (1, 10_000)
"""Five years of 48 hours a week are 12,000 hours; nobody practises one work process all that time."""


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """A work process that can be practised, such as ("commercie", "B1-K1-W1"), with hours over the whole job."""

    dossier: str
    process: str
    hours: int


@dataclass(frozen=True, slots=True)
class PreviewDraft:
    """What a day holds, what is trained in the first weeks, and the next steps of the procedure; empty: not said."""

    day: str = ""
    training: str = ""
    next_steps: str = ""


@dataclass(frozen=True, slots=True)
class RequirementDraft:
    """Something asked beside competences: ``kind`` is "diploma", "experience-years" or "other"."""

    kind: str
    words: str
    task: str = ""


@dataclass(frozen=True, slots=True)
class VacancyDraft:
    """A whole vacancy as someone wrote it: the opening, and everything beside it."""

    opening: work.OpeningDraft
    practices: tuple[PracticeDraft, ...] = ()
    preview: PreviewDraft = PreviewDraft()
    requirements: tuple[RequirementDraft, ...] = ()
