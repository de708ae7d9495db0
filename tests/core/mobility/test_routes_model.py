"""Do the labels and a mixed-integer model agree on worlds too large to write down?"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from tests.core.mobility.routes_worlds import worlds

from valley.core.mobility.routes import Board
from valley.core.mobility.routes.ground import Ground
from valley.core.mobility.routes.model import optimum
from valley.core.mobility.routes.search import Search
from valley.core.mobility.routes.twin import World


@settings(max_examples=80, deadline=None, derandomize=True)
@given(worlds(most=24))
def test_the_model_finds_no_better_and_no_worse_chain(world: World) -> None:
    policy = replace(world.policy, gap_days=0, break_days=0)
    who = replace(world.learner, done=())
    board = Board(world.offers, world.qualification, rules=world.rules, policy=policy)
    search = Search(Ground(board, who))
    found = search.best(search.ground.root(), k=1)
    told = optimum(board, who)
    assert (told is None) == (not found) or (found and not found[0].places)
    if told is not None and found:
        assert (told.idle, told.travel) == (found[0].idle, found[0].travel)
