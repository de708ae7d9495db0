"""Does nobody wait for a compiler, and is the answer the same before and after?"""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from numba.core.dispatcher import Dispatcher
from tests.core.mobility.routes_worlds import learner, offer

from valley.core.mobility.routes import Board, Qualification, RoutePolicy, choosing, routes_on
from valley.core.mobility.routes.choosing import COMPILED_FROM, search_on
from valley.core.mobility.routes.ground import Ground
from valley.core.mobility.routes.search import Search

ROOT = Path(__file__).resolve().parents[3]
FIRST, ASKED = date(2027, 2, 1), Qualification({"W1": 300, "W2": 300}, months=12)


def board(count: int, **policy: int) -> Board:
    """Half-year jobs in three waves, so that there are many chains."""
    starts = (FIRST, date(2027, 8, 1), date(2027, 8, 10))
    row = [
        offer(one, one % 7, starts[one % 3] + timedelta(days=one % 4), 6, {f"W{1 + one % 2}": 200 + one}, days=3)
        for one in range(1, count + 1)
    ]
    return Board(row, ASKED, policy=RoutePolicy(**policy))


@pytest.fixture
def loading(monkeypatch: pytest.MonkeyPatch) -> choosing._Loading:  # type: ignore[reportPrivateUsage]
    """A process in which somebody began to load and is not done yet."""
    state = choosing._Loading(began=True)  # type: ignore[reportPrivateUsage]
    monkeypatch.setattr(choosing, "_LOADING", state)
    return state


def test_while_the_compiled_search_loads_the_readable_one_answers_the_same(loading: choosing._Loading) -> None:  # type: ignore[reportPrivateUsage]
    for gap in (0, 10):
        asked = board(COMPILED_FROM, gap_days=gap)
        who = learner(starts_on=FIRST)
        loading.done = False
        assert isinstance(search_on(Ground(asked, who)), Search)
        before = routes_on(asked, who, refusal=False)
        loading.done = True
        assert not isinstance(search_on(Ground(asked, who)), Search)
        assert routes_on(asked, who, refusal=False) == before and before.chains


def test_a_small_board_never_needs_the_compiled_search() -> None:
    assert isinstance(search_on(Ground(board(COMPILED_FROM - 1), learner(starts_on=FIRST))), Search)


def test_loading_leaves_nothing_to_compile_for_the_first_who_asks() -> None:
    # A process of its own: in this one other tests may have compiled already.
    run = subprocess.run([sys.executable, "-c", ASKS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["True", "True", "True", "True"]


ASKS = """
from tests.core.mobility import test_routes_choosing as here
here.choosing.load_compiled()
before = here.compiled()
print(here.choosing.compiled_loaded(), sum(before.values()) >= 7)
for gap in (0, 10):
    asked = here.board(here.COMPILED_FROM, gap_days=gap)
    here.routes_on(asked, here.learner(starts_on=here.FIRST), refusal=False)
    here.routes_on(asked, here.learner(starts_on=here.FIRST, avoid=frozenset(range(6))), refusal=True)
    print(here.compiled() == before)
"""


def compiled() -> dict[str, int]:
    """For every compiled function, for how many kinds of arguments it was compiled."""
    from valley.core.mobility.routes import cheapest, compiled, pricing, prospects, straining

    rows = [vars(one) for one in (cheapest, compiled, pricing, prospects, straining)]
    return {name: len(one.signatures) for row in rows for name, one in row.items() if isinstance(one, Dispatcher)}
