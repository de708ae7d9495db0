"""An employer whose jobs end, a programme office, two other employers with openings, a school, and people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from tests import factories

from valley.foundation import clock, organisations
from valley.foundation.access import Caller
from valley.foundation.models import Account
from valley.mobility import snapshots as mobility
from valley.people import actions as people
from valley.people.actions import NewPerson, WishesChosen
from valley.placement import actions, drafts
from valley.skills import actions as skills
from valley.work import actions as work
from valley.work import drafts as openings

NAME = "Zofia Wiśniewska-Przybylska"


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Doors read the same moment as the factories; an index of a test that was undone is never met again."""
    monkeypatch.setattr(clock, "now", lambda: factories.AT)
    monkeypatch.setattr(mobility, "_kept", None)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The words that tests look for are the English ones, whatever is translated."""
    with translation.override("en"):
        yield


@dataclass
class World:
    """Everybody around one redundancy. ``workers`` are (account, person)."""

    closing: organisations.Partner
    employer: organisations.Partner
    other: organisations.Partner
    school: organisations.Partner
    bureau: organisations.Partner
    office: Caller
    office_account: Account
    announcer: Caller
    recruiter: Caller
    workers: list[tuple[Account, int]] = field(default_factory=list)
    event: str = ""
    code: str = ""

    def people(self, many: int, *, languages: tuple[Any, ...] = (("nl", 5, 1),), **wishes: Any) -> list[int]:
        """So many more workers with an account and a passport; all live in Maastricht."""
        accounts = [factories.account() for _ in range(many)]
        wanted = {"hours_min": 20, "hours_max": 40, "place": "maastricht", "max_km": 20} | wishes
        loaded = people.import_people(
            factories.operator(),
            rows=[
                NewPerson(name=NAME, account=one.pk, languages=languages, wishes=WishesChosen(**wanted))
                for one in accounts
            ],
        )
        self.workers += list(zip(accounts, loaded.persons, strict=True))
        return list(loaded.persons)

    def opening(self, partner: organisations.Partner | None = None, **changed: Any) -> str:
        """The address of an opening that everyone can see; asks Dutch only."""
        draft = openings.OpeningDraft(
            organisation=(partner or self.employer).id,
            role="adviser-1",
            title="Adviser",
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
            languages=(openings.LanguageDraft("nl", 4),),
            needs=tuple(openings.NeedDraft(one, 1) for one in self.wishes_of_role()),
        )
        asked = {**{name: getattr(draft, name) for name in draft.__dataclass_fields__}, **changed}
        return work.add_opening(factories.operator(), draft=openings.OpeningDraft(**asked), publish=True).slug

    def wishes_of_role(self) -> list[int]:
        """Three competences, nice to have: so that languages, travel and hours decide in these tests."""
        from valley.skills import queries

        return sorted(queries.ids_by_starter_key().values())[:3]

    def announce(self, **changed: Any) -> str:
        """Announce, invite; the event's slug."""
        asked = {"jobs": 40, "from_on": date(2027, 1, 1), "until_on": date(2027, 4, 1), "roles": ("adviser-1",)}
        draft = drafts.RedundancyDraft(organisation=self.closing.id, **(asked | changed))
        self.event = actions.announce_redundancy(self.announcer, draft=draft).slug
        self.code = actions.open_invitation(self.office, event=self.event).code
        return self.event

    def join(self, persons: list[int] | None = None, **changed: Any) -> int:
        """Let people join; all workers when left out."""
        said = {"hours": 32, "contract": "permanent", "years": "2-5", "role": "adviser-1"} | changed
        chosen = persons if persons is not None else [person for _account, person in self.workers]
        rows = [(person, drafts.Joining(**said)) for person in chosen]
        return actions.join_many(factories.operator(), event=self.event, rows=rows)

    def plan(self, scenario: drafts.Scenario | None = None) -> actions.PlanMade:
        """A plan by the operator."""
        return actions.plan_placement(factories.operator(), event=self.event, scenario=scenario)

    def course(self, **changed: Any) -> drafts.CourseDraft:
        """A course of German of six weeks, for people with Dutch."""
        asked = {
            "key": "german-six-weeks",
            "title": "German in six weeks",
            "organisation": self.school.id,
            "weeks": 6,
            "cost": Decimal(6000),
            "least": 5,
            "most": 12,
            "taught_in": "nl",
            "taught_cefr": 3,
            "starts_on": date(2027, 1, 4),
            "language": "de",
            "cefr": 3,
        }
        return drafts.CourseDraft(**(asked | changed))

    def caller(self, person: int) -> Caller:
        """The worker with this person, signed in."""
        return factories.caller_of(next(account for account, own in self.workers if own == person))

    def client(self, person: int):
        """The worker's browser."""
        return factories.client_of(next(account for account, own in self.workers if own == person))


@pytest.fixture
def world(db) -> World:
    """Nobody joined yet, and no opening is there."""
    skills.load_starter(factories.operator())
    work.load_starter_roles(factories.operator())
    closing, employer = factories.organisation("Closing Centre"), factories.organisation("Centre One")
    other, school = factories.organisation("Centre Two"), factories.organisation("The School", kind="school")
    someone, bureau = factories.seated("office", factories.organisation("The Office", kind="programme-office"))
    return World(
        closing=closing,
        employer=employer,
        other=other,
        school=school,
        bureau=bureau,
        office=factories.caller_of(someone),
        office_account=someone,
        announcer=factories.caller("recruiter", closing),
        recruiter=factories.caller("recruiter", employer),
    )
