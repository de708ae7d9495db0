"""Four recognised employers with learning jobs that follow on each other, a school, and Sara."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib import resources

from tests import factories

from valley.careers import actions as careers
from valley.chains import actions as chains
from valley.dossiers import actions as dossiers
from valley.foundation import organisations
from valley.foundation.access import Caller
from valley.foundation.models import Account
from valley.people import actions as people
from valley.routes import actions, queries
from valley.skills import actions as skills
from valley.skills.models import Competence
from valley.vacancies import actions as vacancies
from valley.vacancies import drafts
from valley.work import actions as work
from valley.work import drafts as openings

QUALIFICATION = "commercie/P2"
# Split over two years, so that every chain needs a job of the first kind and one of the second.
FIRST = {"B1-K1-W1": 80, "B1-K1-W2": 60, "B1-K2-W1": 100, "B1-K3-W1": 200, "B1-K3-W2": 160, "B1-K3-W4": 100}
SECOND = {"B1-K2-W2": 100, "B1-K2-W3": 260, "B1-K2-W4": 80, "B1-K2-W5": 100, "B1-K3-W3": 180}
STARTS, THEN, ENDS = date(2027, 2, 1), date(2028, 2, 1), date(2029, 2, 1)


@dataclass
class RoutesRegion:
    """Everything a relay route needs; ``jobs`` are opening ids by name."""

    sara: Account
    learner: Caller
    person: int
    school: organisations.Partner
    coach: Caller
    employers: dict[str, organisations.Partner]
    recruiters: dict[str, Caller]
    accounts: dict[str, Account]
    jobs: dict[str, work.SavedOpening] = field(default_factory=dict)

    def ask(self, **changed: object) -> queries.RelayRoutes:
        """Sara's chains."""
        question = queries.RouteQuestion(QUALIFICATION, **changed)  # type: ignore[arg-type]
        return queries.relay_routes(self.learner, person=self.person, question=question)

    def propose(self, chain: int = 0) -> str:
        """The key of the route that Sara proposed from her chains."""
        question = queries.RouteQuestion(QUALIFICATION)
        key = self.ask().chains[chain].key
        chosen = actions.RouteChosen(question, key, self.school.id)
        return actions.propose_route(self.learner, person=self.person, chosen=chosen)

    def page(self, key: str, **changed: object) -> queries.RoutePage:
        """Her route."""
        return queries.route(self.learner, person=self.person, key=key, **changed)  # type: ignore[arg-type]

    def links(self, key: str) -> dict[str, str]:
        """Keys of the current links by slug of the employer."""
        slugs = {partner.id: slug for slug, partner in self.employers.items()}
        return {slugs[link.organisation]: link.key for link in self.page(key).links}

    def sign_all(self, key: str) -> None:
        """Partners, school and Sara sign, in that order."""
        for name, link in self.links(key).items():
            if self.page(key).links and self.unsigned(key, link):
                actions.sign_link(self.recruiters[name], link=link)
        actions.sign_training_part(self.coach, route=key)
        actions.sign_whole(self.learner, person=self.person, route=key)

    def unsigned(self, key: str, link: str) -> bool:
        """Whether a planned link waits for a signature."""
        found = next(one for one in self.page(key).links if one.key == link)
        return found.signed_at is None and found.state == "planned"

    def add_job(
        self, name: str, employer: str, *, starts_on: date, practises: dict[str, int], **changed: object
    ) -> None:
        """A learning job of a year at an employer."""
        draft = openings.OpeningDraft(
            **{
                "organisation": self.employers[employer].id,
                "role": "adviser-1",
                "title": f"Leerbaan {name}",
                "contract": "work-based-learning",
                "months": 12,
                "hours_min": 24,
                "hours_max": 32,
                "pay_min": Decimal("15.50"),
                "pay_max": Decimal("17.25"),
                "place": "maastricht",
                "languages": (openings.LanguageDraft("nl", 4),),
                "starts_from_on": starts_on,
                "starts_until_on": date(starts_on.year, starts_on.month, 15),
                "closes_on": date(starts_on.year, starts_on.month, 1),
                "needs": tuple(openings.NeedDraft(pk, 1, openings.WISH, "helpen") for pk in _competences()),
            }
            | changed
        )  # type: ignore[arg-type]
        self.jobs[name] = work.add_opening(factories.operator(), draft=draft, publish=True)
        lines = [drafts.PracticeDraft("commercie", code, hours) for code, hours in practises.items()]
        vacancies.state_practice(factories.operator(), opening=self.jobs[name].id, practices=lines)


def _competences() -> list[int]:
    return list(Competence.objects.order_by("pk").values_list("pk", flat=True)[:3])


def made() -> RoutesRegion:
    """The whole region: two first-year jobs, two second-year jobs, at four employers."""
    operator = factories.operator()
    skills.load_starter(operator)
    work.load_starter_roles(operator)
    example = resources.files("valley.dossiers").joinpath("examples/commercie-2015.toml").read_bytes()
    dossiers.import_dossier(operator, file_name="commercie.toml", content=example)
    careers.load_starter_law(operator)
    chains.load_starter_plans(operator)
    sara = factories.account("sara@valley.test")
    learner = factories.caller_of(sara)
    person = people.start_passport(learner, name="Sara Vermeulen")
    statements = [people.Statement(pk, level=2) for pk in _competences()]
    people.state_competences(learner, person=person, statements=statements)
    people.state_language(learner, person=person, code="nl", cefr=6)
    wishes = people.WishesChosen(hours_min=24, hours_max=36, place="maastricht", max_km=30, starts_on=STARTS)
    people.state_wishes(learner, person=person, wishes=wishes)
    school = factories.organisation("College One", kind="school")
    names = ("alfa", "bravo", "charlie", "delta")
    employers = {name: factories.organisation(name.title()) for name in names}
    accounts = {name: factories.seated("recruiter", employers[name])[0] for name in names}
    accounts["coach"] = factories.seated("coach", school)[0]
    region = RoutesRegion(
        sara=sara,
        learner=learner,
        person=person,
        school=school,
        coach=factories.caller_of(accounts["coach"]),
        employers=employers,
        recruiters={name: factories.caller_of(accounts[name]) for name in names},
        accounts=accounts,
    )
    for name in names:
        draft = vacancies.RecognitionDraft(employers[name].id, "commercie", date(2020, 1, 1), None, "SBB register")
        vacancies.recognise(operator, draft=draft)
    region.add_job("a1", "alfa", starts_on=STARTS, practises=FIRST)
    region.add_job("b1", "bravo", starts_on=STARTS, practises=FIRST)
    region.add_job("c2", "charlie", starts_on=THEN, practises=SECOND)
    region.add_job("d2", "delta", starts_on=THEN, practises=SECOND)
    return region
