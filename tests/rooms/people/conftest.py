"""A worker with a passport, a recruiter, a school, and six competences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import translation
from tests import factories

from valley.foundation import clock, organisations
from valley.foundation.access import Caller
from valley.foundation.models import Account
from valley.people import actions
from valley.skills.models import Competence, Title

WORDS = ("listen actively", "handle complaints", "use a CRM", "type fast", "plan rosters", "coach colleagues")
NOTE = "Vier jaar bij de klantenservice, bel Zofia op 06-12345678"
NAME = "Zofia Wiśniewska-Przybylska"
MESSAGE = "Ik kom graag kennismaken, groet Zofietje"


@pytest.fixture(autouse=True)
def _the_day_of_the_factories(monkeypatch) -> None:
    """Doors read the clock; here it stands still at the moment at which the factories make things."""
    monkeypatch.setattr(clock, "now", lambda: factories.AT)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Actions and queries speak the active language, which a door sets; the callers of the factories speak English."""
    with translation.override("en"):
        yield


@pytest.fixture
def words(db) -> dict[str, int]:
    """Six competences by their English label, and a job title that leads to four of them."""
    made = Competence.objects.bulk_create(
        Competence(uri=f"urn:test:{n}", scheme="starter", kind="skill", label_en=word, label_nl=f"nl {word}")
        for n, word in enumerate(WORDS)
    )
    found = {row.label_en: row.pk for row in made}
    probable = [[found[word], 2] for word in WORDS[:4]]
    Title.objects.create(text="klantadviseur", language="nl", probable=probable, source="test")
    return found


@dataclass
class Scene:
    """One worker with one of everything, and the partners around."""

    account: Account
    worker: Caller
    person: int
    words: dict[str, int]
    employer: organisations.Partner
    school: organisations.Partner
    recruiter: Caller
    coach: Caller

    def offer(self, **changed: object) -> actions.ShareOffer:
        """An application to the employer, for a month, of everything."""
        asked = {
            "reader": self.employer.id,
            "purpose": "application",
            "parts": ("name", "competences", "notes", "languages", "wishes"),
            "ends_on": factories.ON + timedelta(days=30),
            "message": MESSAGE,
        } | changed
        return actions.ShareOffer(**asked)  # type: ignore[arg-type]

    def share(self, **changed: object) -> str:
        """The key of a share that was just given."""
        return actions.give_share(self.worker, person=self.person, offer=self.offer(**changed))


@pytest.fixture
def scene(words: dict[str, int]) -> Scene:
    """A worker with name, two competences, a language, wishes and consent."""
    account = factories.account()
    worker = factories.caller_of(account)
    person = actions.start_passport(worker, name=NAME)
    statements = [
        actions.Statement(words["listen actively"], level=3, note=NOTE, said_on=date(2025, 5, 1)),
        actions.Statement(words["use a CRM"], level=2),
    ]
    actions.state_competences(worker, person=person, statements=statements)
    actions.state_language(worker, person=person, code="de", cefr=4)
    wishes = actions.WishesChosen(hours_min=16, hours_max=32, place="maastricht", max_km=30, permits=("vog",))
    actions.state_wishes(worker, person=person, wishes=wishes)
    actions.give_consent(worker, person=person)
    employer, school = factories.organisation("Centre One"), factories.organisation("College One", kind="school")
    return Scene(
        account,
        worker,
        person,
        words,
        employer,
        school,
        factories.caller("recruiter", employer),
        factories.caller("coach", school),
    )
