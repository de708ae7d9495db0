"""The trade's words and phrases, two employers with texts, and the people at their desks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from tests import factories

from valley.dossiers import actions as dossiers
from valley.evidence import actions, queries
from valley.foundation import organisations
from valley.foundation.access import Caller
from valley.skills import actions as skills
from valley.skills import queries as words

DUTCH = """Klantadviseur

Wat ga je doen?
- Je behandelt klachten van klanten en lost ze op.
- Je beantwoordt vragen van klanten aan de telefoon.
- Je werkt elke dag in Zendesk.

Wij vragen
- Je kunt goed luisteren en je hebt geduld.

Wij bieden
- Een cursus actief verkopen."""
GERMAN = """Kundenberater im Innendienst

Deine Aufgaben
- Du bearbeitest die Beschwerden von unseren Kunden.

Dein Profil
- Du kannst aktiv zuhören und hast ein offenes Ohr für die Menschen."""
ENGLISH = """Customer adviser

What you will do
- You handle customer complaints and you respond to customers' inquiries.

Your profile
- You are patient and you listen actively to the customer."""
EXAMPLE = Path(__file__).resolve().parents[3] / "src" / "valley" / "dossiers" / "examples" / "commercie-2015.toml"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The words that tests look for are the English ones, whatever is translated."""
    with translation.override("en"):
        yield


@dataclass
class Region:
    """Two employers, who sits at their desks, and who may see the evidence of both."""

    one: organisations.Partner
    two: organisations.Partner
    recruiter: Caller
    stranger: Caller
    designer: Caller
    office: Caller
    operator: Caller
    ids: dict[str, int]

    def text(self, text: str = DUTCH, *, of: organisations.Partner | None = None, **said: object) -> actions.SavedPiece:
        """A text of the first employer (or another) that came in."""
        asked = {
            "organisation": (of or self.one).id,
            "title": "Klantadviseur",
            "text": text,
            "dated_on": date(2026, 9, 1),
        }
        return actions.add_text(self.operator, draft=actions.TextDraft(**{**asked, **said}))  # type: ignore[arg-type]

    def read(self, text: str = DUTCH, **said: object) -> queries.PiecePage:
        """A text that came in and was read."""
        saved = self.text(text, **said)  # type: ignore[arg-type]
        actions.read_pieces(self.operator)
        return queries.piece(self.operator, id=saved.id)

    def confirm(self, page: queries.PiecePage, *keys: str) -> None:
        """Confirm what was read, or only these competences."""
        wanted = {self.ids[key] for key in keys}
        actions.decide(
            self.operator,
            verdicts=[
                actions.Verdict(one.id, "confirmed", one.version)
                for one in page.findings
                if not wanted or one.competence in wanted
            ],
        )


@pytest.fixture
def region(db) -> Region:
    """The region, with the starter vocabulary and its phrases, and nothing brought in."""
    operator = factories.operator()
    skills.load_starter(operator)
    actions.load_starter_phrases(operator)
    one, two = factories.organisation("Centre One"), factories.organisation("Centre Two", place="heerlen")
    return Region(
        one=one,
        two=two,
        recruiter=factories.caller("recruiter", one),
        stranger=factories.caller("team-lead", two),
        designer=factories.caller("designer"),
        office=factories.caller("office"),
        operator=operator,
        ids=words.ids_by_starter_key(),
    )


@pytest.fixture
def commercie(region: Region) -> None:
    """A qualification dossier with work processes."""
    dossiers.import_dossier(region.operator, file_name=EXAMPLE.name, content=EXAMPLE.read_bytes())
