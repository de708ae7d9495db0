"""A school with a dossier, four employers with ratings, and everyone who has a word in a programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from django.test import Client
from tests import factories

import valley.dossiers
from valley.core.curriculum import programme
from valley.curriculum import actions, queries
from valley.dossiers import actions as dossiers
from valley.evidence import actions as evidence
from valley.foundation import organisations
from valley.foundation.access import Caller
from valley.foundation.models import Account
from valley.skills import actions as skills
from valley.skills import queries as vocabulary

DOSSIER = Path(valley.dossiers.__file__).parent / "examples" / "commercie-2015.toml"
KEY, REF = "kcc-adviser", "kcc-adviser@1"
LATER = factories.ON + timedelta(days=60)


@dataclass
class World:
    """Callers at their desks, and the accounts behind them."""

    school: organisations.Partner
    other_school: organisations.Partner
    employers: list[organisations.Partner]
    accounts: dict[str, Account]
    ids: dict[str, int]

    def caller(self, who: str, **changed: object) -> Caller:
        """Someone at the desk."""
        return replace(factories.caller_of(self.accounts[who], language="en"), **changed)  # type: ignore[arg-type]

    def client(self, who: str) -> Client:
        """Someone at the desk, in a browser."""
        return factories.client_of(self.accounts[who])

    def content(self, level: int = 2, **more: int) -> programme.Version:
        """Two units: listening with complaints, and webcare; ``more`` adds competences to the second outcome."""
        ids = self.ids
        second = {ids["handle-complaints"]: level} | {ids[key.replace("_", "-")]: lv for key, lv in more.items()}
        return programme.Version(
            (
                programme.Unit("customer", "De klant", "The customer", 40, 60, 1),
                programme.Unit("media", "Sociale media", "Social media", 20, 0, 2),
            ),
            (
                programme.Outcome(
                    "listen", "customer", "Luistert naar de klant", "Listens to the customer", "apply",
                    ((ids["listen-actively"], level),), ("B1-K3-W1",),
                ),
                programme.Outcome(
                    "complain", "customer", "Behandelt een klacht", "Handles a complaint", "master",
                    tuple(second.items()), ("B1-K3-W2",),
                ),
                programme.Outcome(
                    "webcare", "media", "Antwoordt in het openbaar", "Answers in public", "know",
                    ((ids["webcare-in-public"], 1),), ("B1-K3-W4",),
                ),
            ),
        )  # fmt: skip

    def drafted(self, content: programme.Version | None = None, why: str = "First version") -> str:
        """A new draft with this content."""
        who = self.caller("designer")
        made = actions.draft_version(who, programme=KEY, why=why, copy=False)
        actions.revise_version(who, ref=made.ref, version=made.version, content=content or self.content())
        return made.ref

    def asks(self) -> list[actions.ApprovalAsk]:
        """The coach of the school on content, the recruiter of the first employer on practice."""
        due = factories.ON + timedelta(days=14)
        return [
            actions.ApprovalAsk("content", "coach", self.school.id, due),
            actions.ApprovalAsk("practice", "recruiter", self.employers[0].id, due),
        ]

    def version(self, ref: str) -> int:
        """The number that goes back with the next edit."""
        return queries.version(factories.operator(), ref=ref).version

    def approved(self, ref: str) -> None:
        """Everyone who is asked says yes."""
        who = self.caller("designer")
        actions.ask_approvals(who, ref=ref, version=self.version(ref), asks=self.asks())
        for line in queries.version(who, ref=ref).approvals:
            if line.open:
                answerer = {"content": "coach", "practice": "recruiter"}[line.step]
                actions.give_verdict(self.caller(answerer), approval=line.id, verdict="yes")

    def published(self, content: programme.Version | None = None, from_on: date = factories.ON) -> str:
        """A new published version."""
        ref = self.drafted(content, why="To publish")
        self.approved(ref)
        actions.publish(self.caller("designer"), ref=ref, version=self.version(ref), from_on=from_on)
        return ref

    def rate(self, employer: int, ratings: Sequence[tuple[str, int, int]]) -> None:
        """The employer rates competences: key, importance, level."""
        lines = [evidence.RatingLine(self.ids[key], importance, level) for key, importance, level in ratings]
        evidence.add_ratings(
            factories.operator(), organisation=self.employers[employer].id, dated_on=factories.ON, ratings=lines
        )


def built() -> World:
    """The region before there is any version."""
    operator = factories.operator()
    skills.load_starter(operator)
    dossiers.import_dossier(operator, file_name=DOSSIER.name, content=DOSSIER.read_bytes())
    school, other = (factories.organisation(name, kind="school") for name in ("College North", "College South"))
    employers = [factories.organisation(f"Centre {number}") for number in range(6)]
    seats = {
        "designer": ("designer", school), "coach": ("coach", school), "colleague": ("designer", school),
        "stranger": ("designer", other), "other-coach": ("coach", other), "recruiter": ("recruiter", employers[0]),
        "rival": ("recruiter", employers[1]),
    }  # fmt: skip
    accounts = {who: factories.seated(role, partner)[0] for who, (role, partner) in seats.items()}
    accounts["office"] = factories.seated("office")[0]
    accounts["municipality"] = factories.seated("municipality")[0]
    accounts["worker"] = factories.account()
    world = World(school, other, employers, accounts, vocabulary.ids_by_starter_key())
    actions.make_programme(
        world.caller("designer"), organisation=school.id, key=KEY, name_nl="Klantadviseur",
        name_en="Customer adviser", dossier="commercie",
    )  # fmt: skip
    return world
