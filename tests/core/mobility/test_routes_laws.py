"""Do relay routes keep their promises on any openings: exact, checked, and never worse for one more?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.mobility.routes_worlds import offers, solved, worlds

from valley.core.mobility.routes import Board, Chain, applied
from valley.core.mobility.routes.checker import check
from valley.core.mobility.routes.ground import Ground
from valley.core.mobility.routes.refusing import all_conditions, feasible
from valley.core.mobility.routes.search import Search
from valley.core.mobility.routes.twin import World, best

LAWS = settings(max_examples=50, deadline=None, derandomize=True)


def problems(world: World, chain: Chain) -> tuple[str, ...]:
    return check(chain, world.offers, world.learner, world.qualification, rules=world.rules, policy=world.policy)


def board(world: World) -> Board:
    return Board(world.offers, world.qualification, rules=world.rules, policy=world.policy)


@LAWS
@given(worlds())
def test_every_chain_passes_the_checker(world: World) -> None:
    for chain in solved(world).chains:
        assert problems(world, chain) == ()


@LAWS
@given(worlds(most=7))
def test_the_chains_are_those_of_writing_down_every_chain(world: World) -> None:
    found = [
        (chain.offers, chain.idle_days, chain.survived, round(chain.travel_km * 10)) for chain in solved(world).chains
    ]
    assert found == [(one.offers, one.idle, one.survived, one.travel) for one in best(world)]


@LAWS
@given(worlds(most=7))
def test_without_robustness_the_best_is_that_of_writing_down_every_chain(world: World) -> None:
    search = Search(Ground(board(world), world.learner))
    found = search.best(search.ground.root(), k=1)
    told = [tuple(search.ground.board.offers[place].id for place in label.places) for label in found]
    assert told == [one.offers for one in best(replace(world, policy=replace(world.policy, k=1)), robust=False)]


@LAWS
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_openings_changes_nothing(world: World, random: object) -> None:
    shuffled = list(world.offers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert solved(replace(world, offers=tuple(shuffled))) == solved(world)


@LAWS
@given(worlds(most=7), offers(id=50))
def test_another_opening_never_makes_the_best_chain_worse(world: World, more: object) -> None:
    before, after = solved(world), solved(replace(world, offers=(*world.offers, more)))  # type: ignore[arg-type]
    if before.chains:
        assert after.chains
        old, new = before.chains[0], after.chains[0]
        assert (new.idle_days, -new.robustness) <= (old.idle_days, -old.robustness)


@LAWS
@given(worlds())
def test_a_refusal_names_minimal_conflicts_and_changes_that_work(world: World) -> None:
    found = solved(world)
    assert (found.refusal is None) == bool(found.chains)
    if found.refusal is None:
        return
    table, everything = board(world), frozenset(all_conditions(board(world), world.learner))
    assert found.refusal.conflicts
    for conflict in found.refusal.conflicts:
        held = frozenset(conflict.conditions)
        assert not feasible(table, world.learner, everything - held)
        assert all(feasible(table, world.learner, everything - held | {one}) for one in held)
    for change in found.refusal.relaxations:
        row, who, policy = applied(change, world.offers, world.learner, world.policy)
        other = replace(world, offers=row, learner=who, policy=policy)
        assert problems(other, change.chain) == ()
        assert solved(other).chains
    assert list(found.refusal.relaxations) == sorted(found.refusal.relaxations, key=lambda one: one.cost)


@LAWS
@given(worlds(most=7))
def test_a_partial_chain_breaks_nothing_but_what_is_unfinished(world: World) -> None:
    refusal = solved(world).refusal
    if refusal is not None and refusal.partial is not None:
        told = problems(world, refusal.partial)
        assert all(" hours" in one or " months of " in one for one in told), told
        assert set(refusal.partial.missing) <= set(world.qualification.requires)


@LAWS
@given(worlds())
def test_planning_keeps_what_is_done(world: World) -> None:
    for chain in solved(world).chains:
        kept = [(link.employer, link.starts_on, link.ends_on) for link in chain.links if link.done]
        assert kept == [(link.employer, link.starts_on, link.ends_on) for link in world.learner.done]


@LAWS
@given(worlds(), st.sampled_from(["gap", "months", "hours", "idle", "travel", "order", "status", "seats"]))
def test_a_chain_that_was_tampered_with_is_refused(world: World, how: str) -> None:
    chains = [chain for chain in solved(world).chains if any(not link.done for link in chain.links)]
    for chain in chains:
        other = world
        if how == "status":
            lapsed = tuple(replace(one, recognised=()) for one in world.offers)
            other = replace(world, offers=lapsed)
        elif how == "seats":
            other = replace(world, offers=tuple(replace(one, seats=0) for one in world.offers))
        assert problems(other, tampered(chain, how) if other is world else chain)


def tampered(chain: Chain, how: str) -> Chain:
    last = chain.links[-1]
    match how:
        case "gap":
            moved = replace(
                last, starts_on=last.starts_on + timedelta(days=31), ends_on=last.ends_on + timedelta(days=31)
            )
            return replace(chain, links=(*chain.links[:-1], moved))
        case "months":
            return replace(chain, months=chain.months + 1)
        case "hours":
            more = {**last.hours, "W1": last.hours.get("W1", 0) + 1}
            return replace(chain, links=(*chain.links[:-1], replace(last, hours=more)))
        case "idle":
            return replace(chain, idle_days=chain.idle_days + 1)
        case "travel":
            return replace(chain, travel_km=chain.travel_km + 0.1)
        case _:
            early = replace(last, starts_on=date(2027, 1, 1))
            return replace(chain, links=(*chain.links[:-1], early))
