"""A worker with a passport, an employer with an opening, a second applicant, and the people at desks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from tests import factories

from valley.applications import actions
from valley.foundation import access, clock, organisations
from valley.foundation.access import Caller
from valley.foundation.models import Account
from valley.mobility import snapshots
from valley.people import actions as people
from valley.skills import actions as skills
from valley.work import actions as work
from valley.work import drafts
from valley.work import queries as openings

NAME, OTHER_NAME = "Zofia Wiśniewska-Przybylska", "Bilal Ouaddari"
MESSAGE = "Ik kom graag kennismaken, groet Zofietje"


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: factories.AT)
    monkeypatch.setattr(snapshots, "_kept", None)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@dataclass
class Scene:
    """Two people, two employers, one opening of the first."""

    account: Account
    worker: Caller
    person: int
    rival_account: Account
    rival: Caller
    rival_person: int
    employer: organisations.Partner
    recruiter: Caller
    recruiter_account: Account
    stranger: Caller
    stranger_employer: organisations.Partner
    opening: openings.OpeningItem
    held: tuple[int, ...]

    def view(self, **changed: object) -> actions.ChosenView:
        """Name, competences and languages, for three months."""
        whole = actions.ChosenView(
            parts=("name", "competences", "languages"), ends_on=factories.ON + timedelta(days=90), message=MESSAGE
        )
        return replace(whole, **changed)  # type: ignore[arg-type]

    def applied(self, **changed: object) -> str:
        """The key of the worker's application."""
        return actions.apply_with_share(
            self.worker, person=self.person, opening=self.opening.slug, view=self.view(**changed)
        )

    def rival_applied(self, **changed: object) -> str:
        """The key of the second person's application."""
        view = self.view(message="", **changed)
        return actions.apply_with_share(self.rival, person=self.rival_person, opening=self.opening.slug, view=view)

    def move(self, key: str, to: str, version: int = 1, reason: str = "", days: int = 0) -> None:
        """A step of the recruiter, some days on."""
        step = actions.Move(to=to, version=version, reason=reason)
        actions.move_application(later(self.recruiter, days), organisation=self.employer.id, key=key, move=step)


def later(caller: Caller, days: int) -> Caller:
    """The same caller some days on."""
    return replace(caller, at=caller.at + timedelta(days=days))


def upkeep(days: int = 0) -> Caller:
    """The operator some days on."""
    moment: datetime = factories.AT + timedelta(days=days)
    return access.operator(at=moment, language="en")


DRAFT = drafts.OpeningDraft(
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
    closes_on=date(2026, 12, 21),
    languages=(drafts.LanguageDraft("nl", 4), drafts.LanguageDraft("de", 3)),
)


@pytest.fixture
def scene(db) -> Scene:
    """The scene on the day of the factories."""
    skills.load_starter(factories.operator())
    work.load_starter_roles(factories.operator())
    employer, other = factories.organisation("Centre One"), factories.organisation("Centre Two", place="heerlen")
    draft = replace(DRAFT, organisation=employer.id)
    slug = work.add_opening(factories.operator(), draft=draft, publish=True).slug
    page = openings.opening(factories.operator(), slug=slug)
    needs = tuple(line.competence for line in (*page.must, *page.wish))
    first, second = factories.account(), factories.account()
    worker, rival = factories.caller_of(first), factories.caller_of(second)
    person = people.start_passport(worker, name=NAME)
    people.state_competences(
        worker, person=person, statements=[people.Statement(one, level=3, note="geheim") for one in needs[:4]]
    )
    people.state_language(worker, person=person, code="nl", cefr=5)
    people.state_wishes(worker, person=person, wishes=people.WishesChosen(hours_min=16, hours_max=20))
    rival_person = people.start_passport(rival, name=OTHER_NAME)
    people.state_competences(
        rival, person=rival_person, statements=[people.Statement(one, level=4) for one in needs[:6]]
    )
    recruiter, _employer = factories.seated("recruiter", employer)
    return Scene(
        first, worker, person, second, rival, rival_person, employer, factories.caller_of(recruiter), recruiter,
        factories.caller("recruiter", other), other, page.opening, needs[:4],
    )  # fmt: skip
