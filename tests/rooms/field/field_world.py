"""Two employers, two schools, the office, a dossier and a programme: everyone who stands at the field window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tests import factories

from valley.curriculum.models import Programme, ProgrammeVersion
from valley.dossiers import queries as dossiers
from valley.dossiers.models import CoreTask, Dossier, DossierPart, WorkProcess
from valley.field import actions, queries
from valley.foundation import organisations
from valley.foundation.access import Caller
from valley.foundation.models import Account
from valley.skills import actions as skills
from valley.skills import queries as vocabulary

SECRET = "Zebra-woord van het bedrijf"
WORDS = "De klant wil weten of een mens of een bot antwoordt."


@dataclass
class World:
    """The people, and the days they act on."""

    employer: organisations.Partner
    other: organisations.Partner
    school: organisations.Partner
    other_school: organisations.Partner
    lead: Caller
    rival: Caller
    teacher: Caller
    colleague: Caller
    designer: Caller
    stranger: Caller
    office: Caller
    accounts: dict[str, Account]
    competence: int
    processes: tuple[int, ...]
    version: int

    def draft(self, **changed: object) -> actions.ChangeDraft:
        """The bot hand-over of journey 2."""
        base = actions.ChangeDraft(
            organisation=self.employer.id, kind="channel", title="The bot hands chats over", text=WORDS,
            from_on=date(2027, 3, 1), tasks=("take over a chat from the bot",), competences=(self.competence,),
        )  # fmt: skip
        return replace(base, **changed)  # type: ignore[arg-type]

    def announce(self, **changed: object) -> int:
        """An announced change."""
        return actions.announce_change(self.lead, draft=self.draft(**changed)).id

    def ask(self, change: int | None = None, **changed: object) -> int:
        """A look-in that the teacher asked for."""
        asked = {"question": "How does the hand-over go?", "wanted_on": date(2026, 12, 1)} | changed
        made = actions.ask_look_in(
            self.teacher, school=self.school.id, organisation=self.employer.id, change=change, **asked
        )
        return made.id

    def agree(self, look_in: int, **changed: object) -> None:
        """The employer agrees: the visit is tomorrow, access for two weeks."""
        said = {"agreed_on": date(2026, 11, 24), "access_until_on": date(2026, 12, 8), "terms": SECRET} | changed
        actions.agree_look_in(self.lead, look_in=look_in, version=1, agreement=actions.Agreement(**said))

    def note(self, look_in: int, seen: str = WORDS, days: int = 1) -> None:
        """The teacher writes two lines, on two work processes, on the day of the visit."""
        first, second = self.processes
        lines = [
            actions.NoteDraft(first, seen, self.competence, 2),
            actions.NoteDraft(second, "De adviseur vat de chat samen."),
        ]
        who = later(self.teacher, days)
        version = queries.look_in(who, id=look_in).version
        actions.note_look_in(who, look_in=look_in, version=version, lines=lines)

    def approve(self, look_in: int, days: int = 2) -> None:
        """The employer approves the notes."""
        who = later(self.lead, days)
        version = queries.look_in(who, id=look_in).version
        actions.approve_notes(who, look_in=look_in, version=version)


def later(who: Caller, days: int) -> Caller:
    """The same person, some days later."""
    return replace(who, at=who.at + timedelta(days=days))


def made() -> World:
    """The world at the moment of the factories."""
    skills.load_starter(factories.operator())
    parts = {"employer": "employer", "other": "employer", "school": "school", "other_school": "school"}
    partners = {name: factories.organisation(f"The {name}", kind) for name, kind in parts.items()}
    seats = {
        "lead": ("team-lead", "employer"), "rival": ("recruiter", "other"), "teacher": ("coach", "school"),
        "colleague": ("coach", "other_school"), "designer": ("designer", "school"),
        "stranger": ("designer", "other_school"), "office": ("office", None),
    }  # fmt: skip
    people = {name: factories.seated(role, partners.get(place or ""))[0] for name, (role, place) in seats.items()}
    callers = {name: factories.caller_of(account) for name, account in people.items()}
    return World(
        **partners, **callers, accounts=people, processes=_dossier(factories.AT),
        competence=vocabulary.ids_by_starter_key()["use-crm"], version=version_of(partners["school"].id),
    )  # fmt: skip


def _dossier(at: datetime) -> tuple[int, ...]:
    row = Dossier.objects.create(
        code="commercie", valid_from_on=date(2015, 8, 1), name_nl="Commercie", source="test", fingerprint="x",
        imported_at=at,
    )  # fmt: skip
    task = CoreTask.objects.create(
        part=DossierPart.objects.create(dossier=row, code="B1", kind="base", name_nl="Basis"),
        code="B1-K1",
        name_nl="K1",
    )
    made = [WorkProcess.objects.create(core_task=task, code=f"B1-K1-W{n}", name_nl=f"Proces {n}") for n in (1, 2)]
    assert dossiers.work_process_ids()["B1-K1-W1"] == made[0].pk
    return tuple(one.pk for one in made)


def version_of(school: int, key: str = "klantadviseur") -> int:
    """A draft version of a programme of the school."""
    programme = Programme.objects.create(
        key=key, organisation_id=school, name_nl="Klantadviseur", made_at=factories.AT,
        dossier=Dossier.objects.get(code="commercie"),
    )  # fmt: skip
    row = ProgrammeVersion.objects.create(programme=programme, number=2, made_by="x", made_at=factories.AT)
    return row.pk


def publish(version: int, at: datetime) -> None:
    """The version is published at this moment, for groups from September."""
    ProgrammeVersion.objects.filter(pk=version).update(state="published", published_at=at, from_on=date(2027, 9, 1))


Act = Callable[[Caller], object]
