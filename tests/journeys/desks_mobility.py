"""What may be asked and changed about vacancies, applications, careers, routes and a redundancy: the third part of the
desk table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

from tests import factories

from valley.applications import actions as applications_actions
from valley.applications import queries as applications
from valley.careers import actions as careers_actions
from valley.careers import drafts as careers_drafts
from valley.careers import queries as careers
from valley.chains import actions as chains_actions
from valley.dossiers import actions as dossiers_actions
from valley.foundation import access
from valley.people import actions as people_actions
from valley.placement import actions as placement_actions
from valley.placement import drafts as placement_drafts
from valley.placement import queries as placement
from valley.routes import actions as routes_actions
from valley.routes import queries as routes
from valley.skills import queries as skills
from valley.vacancies import actions as vacancies_actions
from valley.vacancies import drafts as vacancies_drafts
from valley.vacancies import queries as vacancies
from valley.work import drafts as openings
from valley.work import queries as work

QUALIFICATION = "commercie/P2"
FIRST = {"B1-K1-W1": 80, "B1-K1-W2": 60, "B1-K2-W1": 100, "B1-K3-W1": 200, "B1-K3-W2": 160, "B1-K3-W4": 100}
SECOND = {"B1-K2-W2": 120, "B1-K2-W3": 260, "B1-K2-W4": 100, "B1-K2-W5": 120, "B1-K3-W3": 180}
STARTS, THEN = date(2027, 2, 1), date(2028, 2, 1)


@dataclass
class Moving:
    """A route over both employers, an application to the first, and a redundancy at the second with one who joined."""

    application: str
    route: str
    our_link: str
    their_link: str
    event: str
    code: str


def build(world: Any) -> Moving:
    """Everything through actions."""
    operator = factories.operator()
    example = resources.files("valley.dossiers").joinpath("examples/commercie-2015.toml").read_bytes()
    dossiers_actions.import_dossier(operator, file_name="commercie.toml", content=example)
    careers_actions.load_starter_law(operator)
    chains_actions.load_starter_plans(operator)
    for one in (world.ours, world.theirs):
        vacancies_actions.recognise(operator, draft=_recognition(one.id))
    for one, start, hours in ((world.ours, STARTS, FIRST), (world.theirs, THEN, SECOND)):
        vacancies_actions.keep_vacancy(operator, draft=_learning(one.id, start, hours), publish=True)
    learner = factories.caller_of(world.worker)
    people_actions.state_language(learner, person=world.person, code="nl", cefr=6)
    wishes = people_actions.WishesChosen(hours_min=24, hours_max=36, place="maastricht", max_km=30, starts_on=STARTS)
    people_actions.state_wishes(learner, person=world.person, wishes=wishes)
    application = applications_actions.apply_with_share(
        learner, person=world.person, opening=world.opening, view=_view()
    )
    route, links = _route(learner, world)
    draft = placement_drafts.RedundancyDraft(world.theirs.id, 20, date(2027, 1, 1), date(2027, 4, 1), ("adviser-1",))
    event = placement_actions.announce_redundancy(operator, draft=draft).slug
    factories.organisation("The office of the table", kind="programme-office")
    code = placement_actions.open_invitation(operator, event=event).code
    placement_actions.join_event(learner, person=world.person, code=code, joining=_joining())
    past = careers_drafts.PastEmployment(world.person, world.ours.id, _job())
    careers_actions.record_employments(operator, rows=[past])
    return Moving(application, route, links[0], links[1], event, code)


def _route(learner: access.Caller, world: Any) -> tuple[str, list[str]]:
    question = routes.RouteQuestion(QUALIFICATION)
    found = routes.relay_routes(learner, person=world.person, question=question)
    chosen = routes_actions.RouteChosen(question, found.chains[0].key, world.evidence.school)
    key = routes_actions.propose_route(learner, person=world.person, chosen=chosen)
    return key, [link.key for link in routes.route(learner, person=world.person, key=key).links]


def _recognition(organisation: int, until: date | None = None) -> vacancies_actions.RecognitionDraft:
    begun = date(2010 if until else 2020, 1, 1)
    return vacancies_actions.RecognitionDraft(organisation, "commercie", begun, until, "a register")


def _learning(organisation: int, start: date, hours: dict[str, int]) -> vacancies_drafts.VacancyDraft:
    known = list(skills.ids_by_starter_key().values())[:3]
    opening = openings.OpeningDraft(
        organisation=organisation, role="adviser-1", title="Leerbaan", contract="work-based-learning", months=12,
        hours_min=24, hours_max=32, pay_min=Decimal("15.50"), pay_max=Decimal("17.25"), place="maastricht",
        starts_from_on=start, starts_until_on=start + timedelta(days=14), closes_on=start,
        languages=(openings.LanguageDraft("nl", 4),),
        needs=tuple(openings.NeedDraft(one, 1, openings.WISH, "helpen") for one in known),
    )  # fmt: skip
    practices = tuple(vacancies_drafts.PracticeDraft("commercie", code, many) for code, many in hours.items())
    return vacancies_drafts.VacancyDraft(opening, practices)


def _view() -> applications_actions.ChosenView:
    return applications_actions.ChosenView(("name", "competences"), factories.ON + timedelta(days=60))


def _joining() -> placement_drafts.Joining:
    return placement_drafts.Joining(hours=32, contract="permanent", years="2-5", role="adviser-1")


def _job() -> careers_drafts.EmploymentDraft:
    return careers_drafts.EmploymentDraft("adviser-1", "fixed-term", date(2026, 1, 1), date(2027, 1, 1), hours=32)


def _rule() -> careers_drafts.RuleDraft:
    return careers_drafts.RuleDraft(
        key="test-rule", status="policy", from_on=date(2027, 1, 1), title_nl="Proefregel", source="a test",
        source_on=factories.ON, numbers={"months": "12"},
    )  # fmt: skip


def _window() -> vacancies_actions.Window:
    return vacancies_actions.Window(date(2027, 6, 1), date(2027, 7, 1), date(2027, 5, 15))


ROWS: tuple[tuple[str, str, str, Callable[[access.Caller, Any], Any]], ...] = (
    ("vacancies", "read an open vacancy", "read", lambda c, w: vacancies.vacancy_page(c, slug=w.opening)),
    ("vacancies", "read which employers are recognised", "read", lambda c, w: vacancies.training_companies(c)),
    ("vacancies", "read what is challenged in one's vacancy", "read",
     lambda c, w: vacancies.challenges(c, slug=w.opening)),
    ("vacancies", "renew a vacancy of one's organisation", "change",
     lambda c, w: vacancies_actions.renew_opening(c, slug=w.opening, window=_window())),
    ("vacancies", "renew a vacancy of another organisation", "change",
     lambda c, w: vacancies_actions.renew_opening(c, slug=w.their_opening, window=_window())),
    ("vacancies", "say what can be practised in another's vacancy", "change",
     lambda c, w: vacancies_actions.state_practice(c, opening=work.opening_id(c, slug=w.their_opening), practices=())),
    ("vacancies", "say that another organisation is recognised", "change",
     lambda c, w: vacancies_actions.recognise(c, draft=_recognition(w.theirs.id, until=date(2012, 1, 1)))),
    ("applications", "read one's own applications", "read",
     lambda c, w: applications.my_applications(c, person=w.person)),
    ("applications", "read someone else's applications", "read",
     lambda c, w: applications.my_applications(c, person=w.other_person)),
    ("applications", "list what was applied for at one's organisation", "read",
     lambda c, w: applications.applications_for(c, organisation=w.ours.id, opening=w.opening)),
    ("applications", "list what was applied for elsewhere", "read",
     lambda c, w: applications.applications_for(c, organisation=w.theirs.id, opening=w.their_opening)),
    ("applications", "open an application to one's organisation", "read",
     lambda c, w: applications_actions.look_at_application(c, organisation=w.ours.id, key=w.moving.application)),
    ("applications", "withdraw one's own application", "change",
     lambda c, w: applications_actions.withdraw_application(c, person=w.person, key=w.moving.application)),
    ("applications", "read how procedures of one's organisation end", "read",
     lambda c, w: applications.procedure_figures(c, organisation=w.ours.id)),
    ("applications", "read how procedures of all employers end", "read",
     lambda c, w: applications.procedure_figures(c)),
    ("careers", "read the rules of law", "read", lambda c, w: careers.law_table(c)),
    ("careers", "add a dated rule", "change", lambda c, w: careers_actions.add_law_rule(c, draft=_rule())),
    ("careers", "read the ways from role to role", "read", lambda c, w: careers.career_graph(c, role="adviser-1")),
    ("careers", "read one's own contracts", "read", lambda c, w: careers.my_employments(c, person=w.person)),
    ("careers", "read the contracts shared with one's organisation", "read",
     lambda c, w: careers.employments_of(c, organisation=w.ours.id)),
    ("careers", "read the contracts of another organisation", "read",
     lambda c, w: careers.employments_of(c, organisation=w.theirs.id)),
    ("careers", "read why work went well at one's organisation", "read",
     lambda c, w: careers.feedback(c, organisation=w.ours.id)),
    ("careers", "read why work went well elsewhere", "read",
     lambda c, w: careers.feedback(c, organisation=w.theirs.id)),
    ("routes", "compute one's own relay routes", "read",
     lambda c, w: routes.relay_routes(c, person=w.person, question=routes.RouteQuestion(QUALIFICATION))),
    ("routes", "compute someone else's relay routes", "read",
     lambda c, w: routes.relay_routes(c, person=w.other_person, question=routes.RouteQuestion(QUALIFICATION))),
    ("routes", "read one's own route", "read", lambda c, w: routes.route(c, person=w.person, key=w.moving.route)),
    ("routes", "read a route that was shared with another school", "read",
     lambda c, w: routes.school_route(c, key=w.moving.route)),
    ("routes", "read the link that is asked of one's organisation", "read",
     lambda c, w: routes.partner_link(c, key=w.moving.our_link)),
    ("routes", "read the link that is asked of another", "read",
     lambda c, w: routes.partner_link(c, key=w.moving.their_link)),
    ("routes", "sign the link that is asked of one's organisation", "change",
     lambda c, w: routes_actions.sign_link(c, link=w.moving.our_link)),
    ("routes", "sign the link that is asked of another", "change",
     lambda c, w: routes_actions.sign_link(c, link=w.moving.their_link)),
    ("routes", "stop one's own route", "change",
     lambda c, w: routes_actions.withdraw_route(c, person=w.person, route=w.moving.route, why="travel")),
    ("routes", "read which routes ended that were shared with one's school", "read",
     lambda c, w: routes.school_notices(c)),
    ("routes", "read what planning all routes again will look at", "read", lambda c, w: routes.replan_preview(c)),
    ("routes", "plan all routes again", "change", lambda c, w: routes_actions.ask_to_replan(c)),
    ("routes", "end the links of an employer that stopped", "change",
     lambda c, w: routes_actions.ask_to_replan(c, stopped=routes_actions.Stopped(w.ours.id, "no-work"))),
    ("placement", "announce a redundancy at one's organisation", "change",
     lambda c, w: placement_actions.announce_redundancy(
         c, draft=placement_drafts.RedundancyDraft(w.ours.id, 10, date(2027, 1, 1), date(2027, 4, 1)))),
    ("placement", "announce a redundancy elsewhere", "change",
     lambda c, w: placement_actions.announce_redundancy(
         c, draft=placement_drafts.RedundancyDraft(w.theirs.id, 10, date(2027, 1, 1), date(2027, 4, 1)))),
    ("placement", "read a redundancy of another employer", "read",
     lambda c, w: placement.redundancy(c, slug=w.moving.event)),
    ("placement", "list who joined, by number", "read", lambda c, w: placement.joined_lines(c, event=w.moving.event)),
    ("placement", "plan for everybody who joined", "change",
     lambda c, w: placement_actions.plan_placement(c, event=w.moving.event)),
    ("placement", "read one's own place in a plan", "read",
     lambda c, w: placement.my_placements(c, person=w.person)),
    ("placement", "leave a placement", "change",
     lambda c, w: placement_actions.leave_event(c, person=w.person, event=w.moving.event)),
)  # fmt: skip
"""Room, words, reading or changing, and how it is tried."""
