"""The trade's words and roles, two employers, and the people at their desks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from tests import factories

from valley.foundation import clock, organisations
from valley.foundation.access import Caller
from valley.skills import actions as skills
from valley.work import actions, drafts


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Doors read the same moment as the factories."""
    monkeypatch.setattr(clock, "now", lambda: factories.AT)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The words that tests look for are the English ones, whatever is translated."""
    with translation.override("en"):
        yield


@pytest.fixture
def trade(db) -> None:
    """The starter vocabulary and its twenty roles."""
    skills.load_starter(factories.operator())
    actions.load_starter_roles(factories.operator())


@dataclass
class Region:
    """Two employers with openings to come, and everyone who might want something of them."""

    employer: organisations.Partner
    other: organisations.Partner
    recruiter: Caller
    stranger: Caller

    def draft(self, **changed: object) -> drafts.OpeningDraft:
        """An opening without a flaw, at the employer."""
        return replace(_DRAFT, organisation=self.employer.id, **changed)  # type: ignore[arg-type]

    def open(self, **changed: object) -> actions.SavedOpening:
        """An opening that everyone can see."""
        return actions.add_opening(factories.operator(), draft=self.draft(**changed), publish=True)


_DRAFT = drafts.OpeningDraft(
    organisation=0,
    role="adviser-1",
    title="Klantadviseur Duits",
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
    languages=(drafts.LanguageDraft("nl", 4), drafts.LanguageDraft("de", 3)),
)


@pytest.fixture
def region(trade) -> Region:
    """The region, with an empty list of openings."""
    employer, other = factories.organisation("Centre One"), factories.organisation("Centre Two", place="heerlen")
    return Region(employer, other, factories.caller("recruiter", employer), factories.caller("recruiter", other))
