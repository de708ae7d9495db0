"""The compiled way, the numpy way and the readable twin give the same bits, and nobody waits for a compiler unasked."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from tests.core.mobility.overlap_worlds import DAY, openings, people, policies, profiles, vocabularies

from valley.core.mobility.overlap import OverlapPolicy, overlap
from valley.core.mobility.overlap.kernel import Sector, paths
from valley.core.mobility.overlap.kernel.crowd import Crowd
from valley.core.mobility.overlap.kernel.tally import Tally
from valley.core.profiles import Demand, Grade, Has, Need, Profile, Vocabulary

region = settings(max_examples=60, deadline=None)
SMALL = [Demand(1, (Need(1, 1), Need(2, 3))), Demand(2, (Need(2, 4),))]
PERSON = Profile(1, tuple(Has(c, 2, Grade.OBSERVED, DAY) for c in (1, 2, 3)))


@pytest.fixture
def unloaded(monkeypatch):
    monkeypatch.setattr(paths, "_loaded", False)


def ways(sector: Sector) -> tuple[paths.Path, paths.Path]:
    return sector.paths.compiled, sector.paths.plain


@region
@given(profiles(), openings(), vocabularies(), policies)
def test_one_person_is_the_same_compiled_in_numpy_and_in_the_twin(profile, asked, vocabulary, policy):
    compiled, plain = ways(Sector(asked, vocabulary, policy, on=DAY))
    crowd = Crowd([profile])
    twin = [[overlap(profile, demand, vocabulary, policy, on=DAY).fit for demand in asked]]
    assert compiled.fits(crowd).tobytes() == np.array(twin, dtype=float).reshape(1, -1).tobytes()
    assert np.array_equal(compiled.fits(crowd), plain.fits(crowd), equal_nan=True)


@region
@given(people(), openings(), vocabularies(), policies)
def test_a_run_is_the_same_compiled_and_in_numpy(group, asked, vocabulary, policy):
    compiled, plain = (way.tally(Crowd(group)) for way in ways(Sector(asked, vocabulary, policy, on=DAY)))
    for field in fields(Tally):
        assert getattr(compiled, field.name).tobytes() == getattr(plain, field.name).tobytes(), field.name


def test_a_small_question_takes_the_way_that_is_ready(unloaded):
    sector = Sector(SMALL, Vocabulary(), OverlapPolicy(), on=DAY)
    before = sector.fits(PERSON).tolist(), sector.run([PERSON]).counts()
    assert not paths.compiled_loaded()
    assert sector.paths.ready() is sector.paths.plain
    paths.load_compiled()
    assert sector.paths.ready() is sector.paths.compiled
    assert (sector.fits(PERSON).tolist(), sector.run([PERSON]).counts()) == before


def test_only_preparing_for_a_large_run_loads_the_compiled_way(unloaded, monkeypatch):
    monkeypatch.setattr(paths, "LOAD_FROM", 2 * len(SMALL))
    sector = Sector(SMALL, Vocabulary(), OverlapPolicy(), on=DAY)
    sector.run([PERSON, replace(PERSON, id=2), replace(PERSON, id=3)])
    sector.prepare(1)
    assert not paths.compiled_loaded()
    sector.prepare(2)
    assert paths.compiled_loaded()


def test_threads_that_run_at_once_do_not_touch_each_other():
    sector = Sector(SMALL, Vocabulary(), OverlapPolicy(), on=DAY)
    crowds = [Crowd([replace(PERSON, id=one, has=PERSON.has[: one % 4])]) for one in range(40)]
    apart = [sector.paths.compiled.tally(crowd).fits.tobytes() for crowd in crowds]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda crowd: sector.paths.compiled.tally(crowd).fits.tobytes(), crowds))
    assert together == apart


def python(code: str, **environment: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PATH": "", **environment}
    )
    return run.stdout.strip()


def test_numba_is_not_imported_before_it_is_asked_for():
    code = "import sys, valley.core.mobility.overlap.kernel as k; print('numba' in sys.modules, len(k.__all__) > 0)"
    assert python(code) == "False True"


def test_numba_is_imported_where_code_is_compiled_and_nowhere_else():
    root = Path(paths.__file__).parents[4]
    importing = [path for path in root.rglob("*.py") if "numba" in path.read_text() and "import" in path.read_text()]
    lines = [(path.name, line) for path in importing for line in path.read_text().splitlines()]
    assert {name for name, line in lines if line.strip().startswith(("import numba", "from numba"))} == {
        "compiled.py",
        "native.py",
    }


def test_without_a_folder_for_its_cache_it_compiles_all_the_same():
    """numba says so with a RuntimeError when it finds no place; a full disk is an OSError. Both are played here."""
    code = """
import numba
from numba.core import caching
def refused(*arguments, **options):
    raise RuntimeError("no locator available")
caching.CacheImpl.__init__ = refused
from datetime import date
from valley.core.mobility.overlap import OverlapPolicy
from valley.core.mobility.overlap.kernel import Sector, paths
from valley.core.profiles import Demand, Need, Profile, Vocabulary
paths.load_compiled()
from valley.core.mobility.overlap.kernel import compiled
print(compiled.fits.stats.cache_path, Sector([Demand(1, (Need(1, 1),))], Vocabulary(), OverlapPolicy(),
      on=date(2026, 9, 1)).fits(Profile(1, ())).tolist())
"""
    assert python(code) == "None [nan]"
