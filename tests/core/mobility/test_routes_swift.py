"""Does the compiled search tell exactly what the readable one tells?"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.mobility.routes_worlds import worlds

from valley.core.mobility.routes import Board
from valley.core.mobility.routes.ground import Ground, Label
from valley.core.mobility.routes.search import Search
from valley.core.mobility.routes.shapes import Condition
from valley.core.mobility.routes.swift import Swift
from valley.core.mobility.routes.twin import World, best
from valley.core.mobility.routes.waiting import Waiting

DROPPED = ("gap", "start", "links", "law", "year", "recognised", "duration", "distance")
LAWS = settings(max_examples=150, deadline=None, derandomize=True)


def ground(world: World, *dropped: str) -> Ground:
    board = Board(world.offers, world.qualification, rules=world.rules, policy=world.policy)
    return Ground(board, world.learner, frozenset(Condition(kind) for kind in dropped))  # type: ignore[arg-type]


def told(label: Label | None) -> tuple[object, ...] | None:
    return None if label is None else (label.places, label.starts, label.idle, label.travel, label.gained, label.slack)


@LAWS
@given(worlds(most=20))
def test_the_compiled_search_tells_the_same_chains_and_fallbacks(world: World) -> None:
    here = ground(replace(world, policy=replace(world.policy, gap_days=0)))
    plain, swift = Search(here), Swift(here)
    chains = plain.chains()
    assert [told(one) for one in swift.chains()] == [told(one) for one in chains]
    for chain in chains:
        link: Label | None = chain
        while link is not None and link.places and link.before is not None:
            employer = here.board.employers[link.places[-1]]
            assert told(swift.fallback(link.before, employer)) == told(plain.fallback(link.before, employer))
            link = link.before


@settings(LAWS, max_examples=400)
@given(worlds(most=20), st.integers(1, 40), st.integers(1, 5))
def test_with_days_between_links_it_tells_the_same_chains_and_fallbacks(world: World, gap: int, k: int) -> None:
    here = ground(replace(world, policy=replace(world.policy, gap_days=gap, k=k)))
    plain, waiting = Search(here), Waiting(here)
    chains = plain.chains()
    assert [told(one) for one in waiting.chains()] == [told(one) for one in chains]
    assert told(waiting.first()) == told(plain.first())
    for chain in chains:
        link: Label | None = chain
        while link is not None and link.places and link.before is not None:
            employer = here.board.employers[link.places[-1]]
            assert told(waiting.fallback(link.before, employer)) == told(plain.fallback(link.before, employer))
            link = link.before


@settings(LAWS, max_examples=100)
@given(worlds(most=7), st.integers(1, 5))
def test_with_days_between_links_the_chains_are_those_of_writing_down_every_chain(world: World, gap: int) -> None:
    gaps = replace(world, policy=replace(world.policy, gap_days=gap))
    waiting = Waiting(ground(gaps))
    ids = [offer.id for offer in waiting.ground.board.offers]
    found = [(tuple(ids[place] for place in one.places), one.starts, one.idle, one.travel) for one in waiting.chains()]
    assert found == [
        (one.offers, tuple(day.toordinal() for day in one.starts), one.idle, one.travel) for one in best(gaps)
    ]


@LAWS
@given(worlds(most=14), st.sets(st.sampled_from(DROPPED)))
def test_whether_there_is_a_chain_is_the_same_with_gaps_and_with_conditions_dropped(
    world: World, dropped: set[str]
) -> None:
    here = ground(world, *dropped)
    found = Swift(here).alive()
    assert (found is not None) == Search(here).hope.lives(here.root())
    assert found is None or here.complete(found)
