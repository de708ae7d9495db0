"""Do the careers, chains and the shock of the invented region hold what was planted in them?"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

import pytest
from tests import factories

from valley.careers import queries as careers
from valley.careers.models import Reflection
from valley.core.mobility import placement as engine
from valley.core.mobility import routes as core
from valley.core.mobility.placement import checker as placements
from valley.core.mobility.routes import checker
from valley.demo import region as invented
from valley.demo.moving import shock
from valley.demo.region.roles import roles
from valley.foundation import access
from valley.foundation.models import Membership
from valley.people import queries as people
from valley.placement import desks, snapshots
from valley.placement import queries as placement
from valley.placement.drafts import Scenario
from valley.placement.models import PlanProposal, PlanRun, Redundancy, Unplaced
from valley.routes import queries as relay
from valley.skills import starter_files
from valley.vacancies import queries as vacancies
from valley.vacancies import snapshots as offered

COMMERCE, PROCESSES, YEARS = "commercie/P2", 11, 24
PLANTED: dict[str, str] = tomllib.loads(
    (resources.files("valley.demo") / "data" / "planted.toml").read_text(encoding="utf-8")
)["no_chain"]
NO_CHANGE = {"amir"}
"""Whom no single change helps in the small region, and no competences together: German is not the only thing."""
LARGEST = "Autobijstand Europa"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the arithmetic was given for one person, what it answered, and what the person reads."""

    offers: tuple[core.Offer, ...]
    learner: core.Learner
    qualification: core.Qualification
    rules: tuple[Any, ...]
    policy: core.RoutePolicy
    found: core.Routes
    told: relay.RelayRoutes

    def wrong(self, chain: core.Chain, change: core.Relaxation | None = None) -> tuple[str, ...]:
        """What the independent checker has against a chain, after a change when there is one."""
        offers, learner, policy = self.offers, self.learner, self.policy
        if change is not None:
            offers, learner, policy = core.applied(change, offers, learner, policy)
        return checker.check(chain, offers, learner, self.qualification, rules=self.rules, policy=policy)


@pytest.fixture
def ask(region, monkeypatch) -> Callable[..., Asked]:
    """Ask chains for a ready person through the door's own question, and keep what the arithmetic was given."""
    given: list[tuple[Any, ...]] = []
    whole = core.routes_on

    def heard(board: core.Board, learner: core.Learner, *, refusal: bool = True) -> core.Routes:
        found = whole(board, learner, refusal=refusal)
        given.append((board.offers, learner, board.qualification, board.rules, board.policy, found))
        return found

    monkeypatch.setattr(core, "routes_on", heard)

    def asking(name: str, **wished: Any) -> Asked:
        question = relay.RouteQuestion(COMMERCE, **wished)
        told = relay.relay_routes(factories.operator(), person=region.persons[name], question=question)
        return Asked(*given[-1], told)

    return asking


# -- jobs that teach


def test_learning_jobs_are_at_recognised_companies_and_practise_every_work_process(region) -> None:
    found = [row for row in offered.offers(factories.ON, dossier="commercie") if row.practises]
    assert len(found) >= 40
    recognised = {line.organisation for line in vacancies.training_companies(factories.visitor(), dossier="commercie")}
    assert len(recognised) == 9  # of ten employers; one does not train
    assert {row.employer for row in found} <= recognised and all(row.recognised for row in found)
    assert len({code for row in found for code, _hours in row.practises}) == PROCESSES


def test_a_vacancy_that_teaches_says_so_with_a_day_a_training_and_what_comes_next(region) -> None:
    row = next(row for row in offered.offers(factories.ON, dossier="commercie") if row.role == "webcare")
    page = vacancies.vacancy_page(factories.visitor(language="nl"), slug=row.slug)
    assert page.preview.day and page.preview.training and page.preview.next_steps
    assert page.practices and all(line.hours > 0 for line in page.practices)


# -- Sara


def test_sara_has_three_whole_chains_that_the_checker_accepts(ask) -> None:
    asked = ask("sara")
    assert len(asked.found.chains) == 3 and asked.found.refusal is None
    for chain in asked.found.chains:
        assert asked.wrong(chain) == ()
        assert len(chain.covered) == PROCESSES and chain.months == YEARS and not chain.missing
        days = [(before.ends_on, after.starts_on) for before, after in zip(chain.links, chain.links[1:], strict=False)]
        assert all(ends == starts for ends, starts in days) and chain.idle_days == chain.wait_days


def test_every_link_of_saras_best_chain_is_somebody_elses_and_has_a_fallback(ask) -> None:
    chain = ask("sara").told.chains[0]
    assert len({link.organisation for link in chain.links}) == 3 == len(chain.links)
    assert (chain.survived, chain.of) == (3, 3)
    assert all(link.fallback is not None and link.fallback.survived for link in chain.links)
    assert all(year.hours >= year.least for year in chain.years)
    for link in chain.links:
        seats = Membership.objects.filter(organisation=link.organisation, role="recruiter", account__is_demo=True)
        assert seats.exists(), "everybody in the chain can sign"


def test_a_partner_of_the_middle_is_missed_and_another_takes_its_place(ask) -> None:
    whole = ask("sara")
    middle = whole.found.chains[0].links[1]
    without = ask("sara", without=(middle.employer,))
    assert without.found.chains and without.wrong(without.found.chains[0]) == ()
    assert middle.employer not in {link.employer for chain in without.found.chains for link in chain.links}


def test_within_ten_kilometres_sara_has_no_chain_and_reads_how_far_would_do(ask) -> None:
    asked = ask("sara", max_km=10)
    refusal = asked.found.refusal
    assert refusal is not None and "distance" in _kinds(refusal)
    further = [change for change in refusal.relaxations if change.kind == "distance"]
    assert further and further[0].becomes == 25 and asked.wrong(further[0].chain, further[0]) == ()
    assert asked.told.why_not is not None and "25 km" in asked.told.why_not.ways_out[0].words


# -- learners without a chain


@pytest.mark.parametrize(("name", "condition"), PLANTED.items())
def test_a_planted_learner_is_refused_by_the_named_condition(ask, name, condition) -> None:
    asked = ask(name)
    refusal = asked.found.refusal
    assert asked.found.chains == () and refusal is not None
    assert condition in _kinds(refusal), [one.conditions for one in refusal.conflicts]
    for conflict in refusal.conflicts:
        assert conflict.conditions and conflict.minimal


@pytest.mark.parametrize("name", PLANTED)
def test_each_way_out_applied_gives_a_chain_that_the_checker_accepts(ask, name) -> None:
    asked = ask(name)
    refusal = asked.found.refusal
    assert refusal is not None and bool(refusal.relaxations) == (name not in NO_CHANGE)
    for change in refusal.relaxations:
        assert asked.wrong(change.chain, change) == ()
        offers, learner, policy = core.applied(change, asked.offers, asked.learner, asked.policy)
        again = core.routes(offers, learner, asked.qualification, rules=asked.rules, policy=replace(policy, k=1))
        assert again.chains and checker.check(
            again.chains[0], offers, learner, asked.qualification, rules=asked.rules, policy=policy
        ) == ()  # fmt: skip


def test_who_no_change_helps_reads_what_stands_in_the_way_and_no_way_out(ask) -> None:
    for name in sorted(NO_CHANGE):
        told = ask(name).told.why_not
        assert told is not None and told.ways_out == () and told.conflicts


def test_sem_reads_which_competences_together_would_do_and_none_of_them_can_be_left_out(ask) -> None:
    asked = ask("sem")
    refusal = asked.found.refusal
    assert refusal is not None and asked.told.why_not is not None
    (change,) = refusal.relaxations
    pairs = change.subject.split()
    assert change.kind == "learn" and len(pairs) > 1
    assert asked.told.why_not.ways_out[0].words.count("(") == len(pairs)
    for left in pairs:
        fewer = replace(change, subject=" ".join(pair for pair in pairs if pair != left))
        offers, learner, policy = core.applied(fewer, asked.offers, asked.learner, asked.policy)
        assert core.routes(offers, learner, asked.qualification, rules=asked.rules, policy=policy).chains == ()


def test_lotte_reads_the_way_out_in_kilometres(ask) -> None:
    told = ask("lotte").told.why_not
    assert told is not None and "34 km instead of 4 km" in told.ways_out[0].words
    assert told.ways_out[0].chain.covered == PROCESSES


def _kinds(refusal: core.Refusal) -> set[str]:
    return {one.kind for conflict in refusal.conflicts for one in conflict.conditions}


# -- careers and the shock


def test_everybody_has_a_job_now_and_moves_were_seen(region) -> None:
    operator = factories.operator()
    world = _world()
    for mover in world.movers[:5]:
        mine = careers.my_employments(operator, person=mover.id)
        assert [line for line in mine.items if line.organisation_name == LARGEST]
    assert careers.moves(operator)


def test_bilal_reads_what_a_fourth_contract_would_mean_and_what_nobody_wrote_down(region) -> None:
    mine = careers.my_employments(factories.operator(), person=region.persons["bilal"])
    assert [line.contract for line in mine.items] == ["fixed-term"] * 3
    law, bill = mine.next
    assert (law.severity, bill.severity) == ("breach", "breach")
    assert "agreement" in mine.items[0].blanks


def test_both_sides_said_why_work_fits_and_the_office_reads_groups_only(region) -> None:
    assert set(Reflection._base_manager.values_list("side", flat=True)) == {"person", "employer"}
    found = careers.feedback(factories.caller("office"), organisation=Redundancy.objects.get().organisation_id)
    assert all(row.people >= found.threshold for row in found.rows)


def test_the_largest_employer_announces_and_who_joined_gave_consent(region) -> None:
    operator, world = factories.operator(), _world()
    (event,) = placement.redundancies(operator)
    loaded = region.loading.shock
    assert event.organisation == LARGEST and event.jobs == loaded.jobs and event.state == "planned"
    staffing = invented.region_staffing(invented.tables(), roles(starter_files.roles()), small=True)
    whole = sum(jobs for (employer, _role), jobs in staffing.items() if employer == "autobijstand-europa")
    assert loaded.jobs == round(whole * shock.SHARE)
    assert len(world.movers) == loaded.joined < loaded.jobs  # who gave no consent is not among them
    for mover in world.movers:
        shares = people.shares(operator, person=mover.id)
        assert [one.state for one in shares if one.purpose == "group-placement"] == ["alive"]


def test_the_plan_passes_the_checker_and_is_the_one_that_was_stored(region) -> None:
    world, policy = _world(), _policy()
    plan = engine.place(world.movers, world.offers, world.courses, vocabulary=world.vocabulary, policy=policy)
    wrong = placements.check(
        plan, world.movers, world.offers, world.courses, policy=policy, vocabulary=world.vocabulary
    )
    assert wrong == () and plan.proven
    run = PlanRun.objects.get()
    assert (run.inputs, run.policy) == (plan.inputs, plan.policy)
    stored = _stored(run)
    assert stored == {(one.mover, one.offer, one.course) for one in plan.assignments}
    assert plan.placed == region.loading.shock.placed and plan.total == region.loading.shock.joined


def _stored(run: PlanRun) -> set[tuple[int, int, int | None]]:
    with access.opened(desks.inbox(factories.operator(), run.event)):
        rows = list(PlanProposal.objects.filter(run=run).values_list("person_id", "opening_id", "course_id"))
        without = Unplaced.objects.filter(run=run).count()
    assert len(rows) + without == len(_world().movers)
    return set(rows)


def test_before_a_yes_no_employer_meets_a_name(region) -> None:
    event = Redundancy.objects.get()
    persons = [mover.id for mover in _world().movers]
    operator = factories.operator()
    names = {people.passport(operator, person=person).name for person in persons}
    run = PlanRun.objects.get()
    addresses = [
        "/placements/", f"/placements/events/{event.slug}/", f"/placements/events/{event.slug}/people/",
        f"/placements/runs/{run.pk}/", "/people/shared/", "/applications/", "/work/desk/", "/careers/desk/",
    ]  # fmt: skip
    for desk in ("recruiter.pechhulp", "recruiter.webwinkel", "recruiter.telecom-a", "beheerder"):
        client = factories.client_of(region.account(desk))
        for address in addresses:
            text = client.get(address).content.decode()
            assert not [name for name in names if name in text], (desk, address)
    office = factories.client_of(region.account("programmabureau"))
    listed = office.get(f"/placements/events/{event.slug}/people/")
    assert listed.status_code == 200 and not [name for name in names if name in listed.content.decode()]


def _world() -> snapshots.World:
    return snapshots.world(factories.operator(), Redundancy.objects.get(), Scenario())


def _policy() -> engine.PlacementPolicy:
    return engine.PlacementPolicy(bottlenecks=False, overlap=_world().overlap)
