"""How fast is the exact overlap of a whole region, and is the fast answer the readable one?

Prints: what loading the compiled way costs; equality of compiled way, numpy way and twin; one person against 10,000
openings; 5,000 persons against 900 openings; the cost of one change; and, in the same run, peers: our own numpy way,
scipy's sparse product on credits that were expanded for it for free, a dense numpy product, and the plain Python twin
on a sample. Synthetic region with a fixed seed.

One thread; times are CPU seconds (user + system), so a busy machine does not change what is compared.

    python bench/overlap.py             about a minute
"""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from valley.core.mobility.overlap import OverlapPolicy, overlap
from valley.core.mobility.overlap.kernel import Sector, change_demand, change_profile, paths
from valley.core.mobility.overlap.kernel.crowd import Crowd
from valley.core.profiles import (
    Conditions,
    Demand,
    Grade,
    Has,
    Importance,
    Limits,
    Need,
    Profile,
    Spoken,
    Vocabulary,
    inverse_frequency,
)

DAY = date(2026, 9, 1)
COMPETENCES, FAMILY, SUBFAMILY = 14_000, 50, 10
POLICY = OverlapPolicy()


class Region:
    """Persons with 10 to 60 competences, openings with 8 to 40, from 400 overlapping roles."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.popularity = 1 / np.arange(1, COMPETENCES + 1)
        self.popularity = self.random.permutation(self.popularity / self.popularity.sum())
        self.roles = [self._role() for _ in range(400)]
        share = 1 / np.arange(1, 401) ** 0.9
        self.share = share / share.sum()

    def _role(self) -> NDArray[np.int64]:
        families = self.random.integers(0, COMPETENCES // FAMILY, 3)
        own = [
            family * FAMILY + self.random.choice(FAMILY, n, replace=False)
            for family, n in zip(families, (18, 12, 6), strict=True)
        ]
        return np.unique(np.concatenate([*own, self._common(24)]))

    def _common(self, count: int) -> NDArray[np.int64]:
        return self.random.choice(COMPETENCES, count, p=self.popularity)

    def _draw(self, count: int, own: float) -> list[int]:
        pool = self.roles[self.random.choice(400, p=self.share)]
        mine = self.random.choice(pool, min(len(pool), round(count * own)), replace=False)
        return sorted({*mine.tolist(), *self._common(max(1, round(count * (1 - own)))).tolist()})

    def _spoken(self) -> tuple[Spoken, ...]:
        return tuple(
            Spoken(code, int(self.random.integers(3, 7))) for code in ("nl", "de", "en")[: self.random.integers(1, 4)]
        )

    def person(self, identity: int) -> Profile:
        count = int(np.clip(self.random.lognormal(3.2, 0.4), 10, 60))
        levels = (1, 2, 3, 4)
        has = tuple(
            Has(c, int(self.random.choice(levels, p=[0.15, 0.35, 0.35, 0.15])), Grade.OBSERVED, DAY)
            for c in self._draw(count, 0.7)
        )
        evenings, weekends = self.random.random(2) < 0.7
        return Profile(identity, has, self._spoken(), Limits(evenings=bool(evenings), weekends=bool(weekends)))

    def demand(self, identity: int) -> Demand:
        count = int(np.clip(self.random.lognormal(2.9, 0.4), 8, 40))
        chosen = self._draw(count, 0.9)
        musts = set(self.random.choice(chosen, 1).tolist()) if self.random.random() < 0.3 else set()
        needs = tuple(
            Need(c, int(self.random.integers(1, 5)), Importance.MUST if c in musts else Importance.WISH) for c in chosen
        )
        language = (Spoken("nl", int(self.random.integers(2, 6))),)
        evenings, weekends = self.random.random(2) < 0.4
        return Demand(identity, needs, language, Conditions(evenings=bool(evenings), weekends=bool(weekends)))

    def vocabulary(self, demands: Sequence[Demand]) -> Vocabulary:
        groups = {c: (100_000 + c // SUBFAMILY,) for c in range(COMPETENCES)}
        broader = {100_000 + c // SUBFAMILY: (200_000 + c // FAMILY,) for c in range(COMPETENCES)}
        ends = self.random.integers(0, COMPETENCES, (5000, 2)).tolist()
        idf = inverse_frequency([[need.competence for need in demand.needs] for demand in demands], len(demands))
        return Vocabulary(groups, broader, [(left, right) for left, right in ends], idf)


def timed(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def row(name: str, value: str, note: str = "") -> None:
    print(f"  {name:<58} {value:>14}  {note}")


LOADING = """
from time import process_time
from valley.core.mobility.overlap.kernel import paths
start = process_time()
import numba
middle = process_time()
paths.load_compiled()
print(middle - start, process_time() - middle)
"""


def loading() -> None:
    """What a process pays once, without and with numba's cache; a request never does."""
    print("Loading the compiled way, once per process")
    with TemporaryDirectory() as folder:
        for name in ("nothing cached: import numba, compile", "cached: import numba, read"):
            environment = {**os.environ, "NUMBA_CACHE_DIR": folder}
            run = [sys.executable, "-c", LOADING]
            spent = subprocess.run(run, capture_output=True, text=True, check=True, env=environment).stdout.split()
            row(name, " + ".join(f"{float(part):.2f}" for part in spent) + " s")


def equality(people: Sequence[Profile], demands: Sequence[Demand], vocabulary: Vocabulary) -> int:
    """Pairs on which a fast way and the twin differ in any bit, over every policy that changes the arithmetic."""
    print("\nEquality with the readable twin")
    different = 0
    for policy in (POLICY, replace(POLICY, mean="geometric", age_evidence=True, relatives=1.0, idf_power=2.0)):
        sector = Sector(demands, vocabulary, policy, on=DAY)
        for person in people:
            twins = np.array([overlap(person, demand, vocabulary, policy, on=DAY).fit for demand in sector.demands])
            for way in (sector.paths.compiled, sector.paths.plain):
                different += int(np.count_nonzero(way.fits(Crowd([person]))[0] != twins.astype(float)))
        pairs = f"{len(people) * len(demands):,}"
        row(f"{policy.mean}, ageing {policy.age_evidence}", pairs, f"pairs, {different} differ, compiled or numpy")
    return different


def one_person(people: Sequence[Profile], demands: Sequence[Demand], vocabulary: Vocabulary) -> float:
    print(f"\nOne person against {len(demands):,} openings")
    build = process_time()
    sector = Sector(demands, vocabulary, POLICY, on=DAY)
    row("build the index once", f"{process_time() - build:.2f} s")
    build = process_time()
    compiled, plain = sector.paths.compiled, sector.paths.plain
    row("flat arrays for the compiled way, once", f"{(process_time() - build) * 1000:.0f} ms")
    ours = [singles(name, compiled, people, rounds) for name, rounds in (("first request", 1), ("best of three", 3))]
    peer = singles("peer: our numpy way, best of three", plain, people, 3)
    row(
        "numpy way / compiled way, p50 and p99",
        " / ".join(f"{a / b:.1f} x" for a, b in zip(peer, ours[1], strict=True)),
    )
    sample = demands[:100]
    spent = timed(lambda: [overlap(people[0], demand, vocabulary, POLICY, on=DAY) for demand in sample])
    whole = spent / len(sample) * len(demands)
    row("peer: plain Python twin (from a sample)", f"{whole:.1f} s", f"{whole * 1000 / ours[1][0]:,.0f} x ours")
    return ours[0][1]


def singles(name: str, way: paths.Path, people: Sequence[Profile], rounds: int) -> tuple[float, float]:
    """p50 and p99 over persons, in milliseconds."""
    every = [[timed(lambda person=person: way.fits(Crowd([person]))) for person in people] for _ in range(rounds)]
    middle, high = (float(np.percentile(np.min(every, axis=0) * 1000, rank)) for rank in (50, 99))
    row(f"{name}, p50 / p99", f"{middle:.2f} / {high:.2f} ms")
    return middle, high


def expanded(
    people: Sequence[Profile], demands: Sequence[Demand], vocabulary: Vocabulary
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """What the peers get for free: credits of every person and weights of every opening over the same keys."""
    sector, crowd = Sector(demands, vocabulary, POLICY, on=DAY), Crowd(people)
    plain = sector.paths.plain
    credits = plain.credits(crowd, plain.tables(crowd).credits, aged=False)
    return sparse.csr_matrix(credits.astype(float)), plain.weights


def region(people: Sequence[Profile], demands: Sequence[Demand], vocabulary: Vocabulary) -> float:
    print(f"\nA region: {len(people):,} persons against {len(demands):,} openings: fits, gates, lists, counts")
    sector = Sector(demands, vocabulary, POLICY, on=DAY)
    cold = timed(lambda: sector.run(people))
    warm = min(timed(lambda: sector.run(people)) for _ in range(3))
    row("VALLEY, first run", f"{cold:.2f} s")
    row("VALLEY, again (best of 3)", f"{warm:.2f} s", f"{warm / len(people) * 1e6:.0f} us a person")
    crowd = Crowd(sorted(people, key=lambda person: person.id))
    mine = min(timed(lambda: sector.paths.compiled.tally(crowd)) for _ in range(3))
    row(
        "  of which after reading the profiles (best of 3)",
        f"{mine:.2f} s",
        f"{mine / len(people) * 1e6:.0f} us a person",
    )
    plain = min(timed(lambda: sector.paths.plain.tally(crowd)) for _ in range(3))
    row("peer: our numpy way, after reading the profiles", f"{plain:.2f} s", f"{plain / mine:.2f} x ours")
    credits, weights = expanded(people, demands, vocabulary)
    peer = min(timed(lambda: credits @ weights) for _ in range(3))
    row("peer: scipy sparse x sparse, coverage only, pre-expanded", f"{peer:.2f} s", f"{peer / mine:.2f} x ours")
    thick = weights.toarray()
    peer = min(timed(lambda: credits @ thick) for _ in range(3))
    row("peer: scipy sparse x dense, coverage only, pre-expanded", f"{peer:.2f} s", f"{peer / mine:.2f} x ours")
    sample = [(person, demand) for person in people[:6] for demand in demands[:60]]
    spent = timed(lambda: [overlap(*pair, vocabulary, POLICY, on=DAY) for pair in sample])
    whole = spent / len(sample) * len(people) * len(demands)
    row("peer: plain Python twin with explanations (from a sample)", f"{whole:,.0f} s", f"{whole / warm:,.0f} x ours")
    changes(sector, people, demands)
    return warm


def changes(sector: Sector, people: Sequence[Profile], demands: Sequence[Demand]) -> None:
    result = sector.run(people)
    known = people[7]
    better = replace(known, has=tuple(replace(held, level=4) for held in known.has))
    spent = min(timed(lambda: change_profile(result, sector, known, better)) for _ in range(5))
    row("one person changed, result exact again", f"{spent * 1000:.1f} ms")
    other = replace(demands[3], needs=demands[3].needs[:-1])
    spent = min(timed(lambda: change_demand(result, sector, people, other.id, other)) for _ in range(3))
    row("one opening changed, result exact again", f"{spent * 1000:.0f} ms")


def main() -> int:
    print(f"{platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}, one thread\n")
    world = Region(7)
    many = [world.demand(identity) for identity in range(1, 10_001)]
    few = many[:900]
    people = [world.person(identity) for identity in range(1, 5_001)]
    vocabulary = world.vocabulary(many)
    loading()
    paths.load_compiled()
    different = equality(people[:10], few[:200], vocabulary)
    p99 = one_person(people[:300], many, vocabulary)
    warm = region(people, few, vocabulary)
    targets = {"both ways equal the twin": different == 0, "p99 below 5 ms": p99 < 5, "region below 1 s": warm < 1}
    print()
    for name, met in targets.items():
        print(f"{'met   ' if met else 'MISSED'}  {name}")
    return int(not all(targets.values()))


if __name__ == "__main__":
    sys.exit(main())
