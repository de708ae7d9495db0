"""The trade's words and roles, the example dossier, two employers, and the people at their desks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from importlib import resources

import pytest
from django.utils import translation
from tests import factories

from valley.dossiers import actions as dossiers
from valley.foundation import organisations
from valley.foundation.access import Caller
from valley.skills import actions as skills
from valley.vacancies import actions, drafts
from valley.work import actions as work
from valley.work import drafts as openings

DOSSIER = "commercie"
FIRST, SECOND = "B1-K1-W1", "B1-K1-W2"
TASK = "Aangiften met de hand controleren"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The words that tests look for are the English ones, whatever is translated."""
    with translation.override("en"):
        yield


@dataclass
class Region:
    """Two employers with vacancies to come, and everyone who might want something of them."""

    employer: organisations.Partner
    other: organisations.Partner
    recruiter: Caller
    lead: Caller
    steward: Caller
    office: Caller
    stranger: Caller

    def opening(self, **changed: object) -> openings.OpeningDraft:
        """An opening without a flaw, at the employer."""
        return replace(_OPENING, organisation=self.employer.id, **changed)  # type: ignore[arg-type]

    def draft(self, **changed: object) -> drafts.VacancyDraft:
        """A whole vacancy without a flaw; fields of the opening may be changed by name too."""
        own = {name: changed.pop(name) for name in ("practices", "preview", "requirements") if name in changed}
        return replace(_VACANCY, opening=self.opening(**changed), **own)  # type: ignore[arg-type]

    def open(self, **changed: object) -> work.SavedOpening:
        """A vacancy that everyone can see."""
        return actions.keep_vacancy(factories.operator(), draft=self.draft(**changed), publish=True)

    def recognise(self, from_on: date, until_on: date | None = None) -> actions.SavedRecognition:
        """The employer is recognised for the example dossier, and the office looked it up."""
        draft = actions.RecognitionDraft(self.employer.id, DOSSIER, from_on, until_on, "SBB register")
        return actions.recognise(self.office, draft=draft)


_OPENING = openings.OpeningDraft(
    organisation=0,
    role="adviser-1",
    title="Klantadviseur Duits",
    text="Je helpt reizigers aan de telefoon.",
    contract="fixed-term",
    months=12,
    hours_min=24,
    hours_max=32,
    pay_min=Decimal("15.50"),
    pay_max=Decimal("17.25"),
    place="maastricht",
    starts_from_on=date(2027, 3, 1),
    starts_until_on=date(2027, 6, 1),
    closes_on=date(2027, 2, 15),
    languages=(openings.LanguageDraft("nl", 4), openings.LanguageDraft("de", 3)),
)
_VACANCY = drafts.VacancyDraft(
    opening=_OPENING,
    practices=(drafts.PracticeDraft(DOSSIER, FIRST, 120), drafts.PracticeDraft(DOSSIER, SECOND, 80)),
    preview=drafts.PreviewDraft(day="Veertig gesprekken.", training="Twee weken meeluisteren."),
    requirements=(drafts.RequirementDraft("other", "EHBO", TASK),),
)


@pytest.fixture
def region(db) -> Region:
    """The region, with an empty list of vacancies and nobody recognised."""
    skills.load_starter(factories.operator())
    work.load_starter_roles(factories.operator())
    example = resources.files("valley.dossiers").joinpath("examples/commercie-2015.toml").read_bytes()
    dossiers.import_dossier(factories.operator(), file_name="commercie-2015.toml", content=example)
    employer, other = factories.organisation("Centre One"), factories.organisation("Centre Two", place="heerlen")
    return Region(
        employer,
        other,
        factories.caller("recruiter", employer),
        factories.caller("team-lead", employer),
        factories.caller("steward", employer),
        factories.caller("office"),
        factories.caller("recruiter", other),
    )
