"""Invented regions for the tests of the red thread: random ones, and ones in which the truth was planted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from valley.core.curriculum.thread import Line, Policy, Setting

DAY = date(2026, 9, 1)
QUICK = Policy(bootstraps=20, nulls=0)
FULL = Policy(bootstraps=100, nulls=99)

lines = st.builds(
    Line,
    employer=st.integers(1, 6),
    competence=st.integers(1, 9),
    kind=st.sampled_from(["job-text", "observation", "rating"]),
    on=st.integers(-30, 1500).map(lambda days: DAY - timedelta(days=days)),
    weight=st.sampled_from([0.5, 1.0, 2.0, 3.7]),
    level=st.integers(0, 4),
    piece=st.integers(1, 4),
)
regions = st.lists(lines, min_size=1, max_size=60)
settings_ = st.builds(
    Setting,
    merges=st.dictionaries(st.integers(1, 4), st.integers(5, 9), max_size=2),
    groups=st.just({competence: (100 + competence // 3,) for competence in range(1, 9)}),
    jobs=st.dictionaries(st.integers(1, 6), st.integers(1, 900), min_size=1, max_size=6),
    hours=st.just({competence: (3 * competence, 7 * competence, 20 + competence, 60) for competence in range(1, 10)}),
    outside=st.just({1: 40, 2: 7}),
    reuse=st.just({1: "cross-sector"}),
    background=st.dictionaries(st.integers(1, 9), st.integers(0, 30), max_size=4),
)
policies = st.builds(
    Policy,
    level=st.sampled_from(["leaf", "group"]),
    support=st.integers(1, 3),
    budget=st.integers(1, 6),
    weighting=st.sampled_from(["equal", "jobs", "texts"]),
    bends=st.sampled_from([((0.25, 4), (0.5, 3), (0.75, 2), (1.0, 1)), ((1.0, 1),), ((0.3, 5), (1.0, 1))]),
    bootstraps=st.just(10),
    nulls=st.sampled_from([0, 19]),
    without=st.sampled_from([(), (2,)]),
)
# Three competences in a group, sixty hours each: the dearest candidate always fits.
in_hours = st.builds(
    lambda policy, budget: replace(policy, unit="hours", budget=budget), policies, st.integers(180, 400)
)


def region(
    *, employers: int = 30, core: int = 12, each: int = 25, pool: int = 400, asks: float = 0.8, seed: int = 1
) -> list[Line]:
    """Employers that each ask most of competences 1..``core``, and ``each`` things drawn from a wide pool."""
    random = Random(seed)
    told: list[Line] = []
    for employer in range(1, employers + 1):
        shared = [competence for competence in range(1, core + 1) if random.random() < asks]
        for text in range(3):
            wanted = random.sample(shared, len(shared) * 2 // 3) + random.sample(range(100, 100 + pool), each // 3)
            told += [
                Line(employer, one, "job-text", date(2026, random.randint(1, 8), 3), 1, 2, 10 * employer + text)
                for one in wanted
            ]
    return told


def shuffled(told: Sequence[Line], seed: int = 3) -> list[Line]:
    """The same employers, pieces and weights, each asking as many competences as before, drawn from all in play."""
    random = Random(seed)
    everything = sorted({line.competence for line in told})
    drawn: dict[int, dict[int, int]] = {}
    for employer in sorted({line.employer for line in told}):
        mine = sorted({line.competence for line in told if line.employer == employer})
        drawn[employer] = dict(zip(mine, random.sample(everything, len(mine)), strict=True))
    return [replace(line, competence=drawn[line.employer][line.competence]) for line in told]
