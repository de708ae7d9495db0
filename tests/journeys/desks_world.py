"""What may be asked and changed, and by whom is it tried? The world and the questions of the desk table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests import factories
from tests.journeys import desks_curriculum, desks_mobility

from valley.foundation import access, organisations
from valley.foundation.models import Account, DeskRole
from valley.mobility import actions as mobility_actions
from valley.mobility import queries as mobility
from valley.people import actions as people_actions
from valley.people import queries as people
from valley.skills import actions as skills_actions
from valley.skills import queries as skills
from valley.work import actions as work_actions
from valley.work import drafts
from valley.work import queries as work

Ask = Callable[[access.Caller, "World"], Any]


@dataclass
class World:
    """Two employers, a worker who shares with the first, an opening of each, and everything built on them."""

    ours: organisations.Partner
    theirs: organisations.Partner
    worker: Account
    person: int
    other_person: int
    share: str
    opening: str
    opening_version: int
    their_opening: str
    their_version: int
    competence: int
    evidence: desks_curriculum.Evidence
    moving: desks_mobility.Moving | None = None


@dataclass(frozen=True)
class Line:
    """One thing somebody may want: in words, reading or changing, and how it is tried."""

    room: str
    words: str
    kind: str
    ask: Ask


def build() -> World:
    """Everything through actions."""
    operator = factories.operator()
    skills_actions.load_starter(operator)
    work_actions.load_starter_roles(operator)
    ours, theirs = factories.organisation("Our centre"), factories.organisation("Their centre")
    first, second = (work_actions.add_opening(operator, draft=draft(who.id), publish=True) for who in (ours, theirs))
    competences = list(skills.ids_by_starter_key().values())[:8]
    worker, other = factories.account(), factories.account()
    person = _passport(worker, competences)
    other_person = _passport(other, competences)
    offer = people_actions.ShareOffer(
        reader=ours.id,
        purpose="application",
        parts=("name", "competences"),
        ends_on=factories.ON + timedelta(days=30),
    )
    share = people_actions.give_share(factories.caller_of(worker), person=person, offer=offer)
    world = World(
        ours, theirs, worker, person, other_person, share, first.slug, first.version, second.slug, second.version,
        competences[0], desks_curriculum.build(ours.id, theirs.id),
    )  # fmt: skip
    world.moving = desks_mobility.build(world)
    return world


def _passport(account: Account, competences: list[int]) -> int:
    caller = factories.caller_of(account)
    person = people_actions.start_passport(caller, name="Someone")
    statements = [people_actions.Statement(competence, level=3) for competence in competences]
    people_actions.state_competences(caller, person=person, statements=statements)
    people_actions.give_consent(caller, person=person)
    return person


def draft(organisation: int, title: str = "Klantadviseur") -> drafts.OpeningDraft:
    """An opening that fits every rule, for the first of the trade's roles."""
    return drafts.OpeningDraft(
        organisation=organisation,
        role=skills.starter_roles()[0].key,
        title=title,
        contract="fixed-term",
        months=12,
        hours_min=24,
        hours_max=32,
        pay_min=Decimal("15.00"),
        pay_max=Decimal("17.50"),
        place="maastricht",
        starts_from_on=factories.ON + timedelta(days=30),
        starts_until_on=factories.ON + timedelta(days=60),
        closes_on=factories.ON + timedelta(days=45),
        languages=(drafts.LanguageDraft("nl", 4),),
    )


def concept(world: World) -> skills_actions.LocalConcept:
    """A local concept that says all it must."""
    return skills_actions.LocalConcept(
        label_nl="Een robotgesprek overnemen zonder herhaling",
        label_en="Take over from a bot without asking twice",
        parent=world.competence,
        author="Valley",
        evidence="Job texts of three partners, October 2026",
    )


def _role(organisation: int) -> drafts.RoleDraft:
    found = skills.ids_by_starter_key().values()
    needs = tuple(drafts.NeedDraft(competence, 2, 2, task="Bellen") for competence in list(found)[:3])
    return drafts.RoleDraft(organisation, "our-role", "Onze rol", needs=needs)


LINES: tuple[Line, ...] = (
    Line("skills", "search the vocabulary", "read", lambda c, w: skills.search(c, text="klachten")),
    Line("skills", "add a local concept", "change", lambda c, w: skills_actions.add_local_concept(c, draft=concept(w))),
    Line("work", "read the open openings", "read", lambda c, w: work.open_openings(c)),
    Line("work", "read one's organisation's openings with drafts", "read",
         lambda c, w: work.openings_of(c, organisation=w.ours.id)),
    Line("work", "read another organisation's drafts", "read",
         lambda c, w: work.openings_of(c, organisation=w.theirs.id)),
    Line("work", "add an opening for one's organisation", "change",
         lambda c, w: work_actions.add_opening(c, draft=draft(w.ours.id, "Nieuw"))),
    Line("work", "close an opening of one's organisation", "change",
         lambda c, w: work_actions.close_opening(c, slug=w.opening, version=w.opening_version)),
    Line("work", "close another organisation's opening", "change",
         lambda c, w: work_actions.close_opening(c, slug=w.their_opening, version=w.their_version)),
    Line("work", "add a role profile for one's organisation", "change",
         lambda c, w: work_actions.add_role_profile(c, draft=_role(w.ours.id))),
    Line("organisations", "read who sits at one's desks", "read",
         lambda c, w: organisations.seats(c, organisation=w.ours.id)),
    Line("organisations", "give someone a desk at one's organisation", "change",
         lambda c, w: organisations.give_desk(c, organisation=w.ours.id, email=w.worker.email, role="recruiter")),
    Line("organisations", "give someone a desk elsewhere", "change",
         lambda c, w: organisations.give_desk(c, organisation=w.theirs.id, email=w.worker.email, role="recruiter")),
    Line("organisations", "let an organisation join", "change",
         lambda c, w: organisations.add_partner(c, name="Fresh centre", kind="employer")),
    Line("people", "read one's own passport", "read", lambda c, w: people.passport(c, person=w.person)),
    Line("people", "read someone else's passport", "read", lambda c, w: people.passport(c, person=w.other_person)),
    Line("people", "read an application that was shared with one's organisation", "read",
         lambda c, w: people_actions.look_at_share(c, key=w.share)),
    Line("people", "list the passports of the valley", "read", lambda c, w: people.persons(c)),
    Line("people", "change one's own passport", "change",
         lambda c, w: people_actions.rename(c, person=w.person, name="Another")),
    Line("people", "change someone else's passport", "change",
         lambda c, w: people_actions.rename(c, person=w.other_person, name="Another")),
    Line("people", "take one's own export along", "read", lambda c, w: people_actions.take_export(c, person=w.person)),
    Line("people", "erase one's own passport", "change",
         lambda c, w: people_actions.erase_person(c, person=w.person, confirm=people_actions.CONFIRM_WORDS[0])),
    Line("mobility", "see which openings fit oneself", "read", lambda c, w: mobility.my_openings(c, person=w.person)),
    Line("mobility", "see which openings fit someone else", "read",
         lambda c, w: mobility.my_openings(c, person=w.other_person)),
    Line("mobility", "read how many people one's opening reaches", "read",
         lambda c, w: mobility.opening_reach(c, slug=w.opening)),
    Line("mobility", "read how many people another's opening reaches", "read",
         lambda c, w: mobility.opening_reach(c, slug=w.their_opening)),
    Line("mobility", "read the sector report", "read", lambda c, w: mobility.sector_report(c)),
    Line("mobility", "ask for a sector run", "change", lambda c, w: mobility_actions.ask_for_run(c)),
    Line("mobility", "do a sector run at once", "change", lambda c, w: mobility_actions.run_sector(c)),
    *(Line(*row) for row in (*desks_curriculum.ROWS, *desks_mobility.ROWS)),
)  # fmt: skip

EMPLOYER_DESKS = ("recruiter", "team-lead", "practical-trainer", "steward")


def callers(world: World) -> dict[str, access.Caller]:
    """Who tries: a visitor, a worker, every desk, a desk without second factor, the operator."""
    found: dict[str, access.Caller] = {
        "visitor": factories.visitor(),
        "worker": factories.caller_of(world.worker),
    }
    for role in DeskRole.values:
        found[role] = factories.caller(role, world.ours if role in EMPLOYER_DESKS else None)
    found["recruiter, one factor"] = replace(found["recruiter"], strong=False)
    found["operator"] = factories.operator()
    return found
