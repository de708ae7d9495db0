"""Are relay routes found fast enough, and are they the best there are? Peers in the same run.

    python bench/routes.py            everything (a few minutes)
    python bench/routes.py --quick    fewer learners

A region: 900 openings at 30 employers over 36 months, starts heaped in February and September, contracts of 6 to 12
months, ten work processes, 24 months nominal, 610 practice hours a year; 600 learners. Beside the labels: the same
instances as a mixed-integer model (HiGHS), and a planner that takes the best next job without looking ahead. Every
chain goes through the checker. Regions are invented, from seeds. Exit code 1 when a target is missed.
"""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from multiprocessing import get_context
from random import Random
from typing import TypeVar

from valley.core.mobility.law import Rule
from valley.core.mobility.routes import (
    Board,
    Chain,
    Done,
    Learner,
    Link,
    Offer,
    Qualification,
    RoutePolicy,
    replan,
    routes_on,
)
from valley.core.mobility.routes.checker import check
from valley.core.mobility.routes.choosing import load_compiled, search_on
from valley.core.mobility.routes.greedy import greedy
from valley.core.mobility.routes.ground import Ground, Label
from valley.core.mobility.routes.model import optimum
from valley.core.mobility.routes.search import Search
from valley.core.profiles import Conditions, Demand, Gives, Grade, Has, Importance, Limits, Need, Profile, Spoken

Answer = TypeVar("Answer")
FREE = (date(2027, 2, 1), date(2027, 9, 1))
CODES = tuple(f"B1-K{1 + one // 4}-W{1 + one % 4}" for one in range(10))
ASKED = Qualification(
    dict(zip(CODES, (160, 160, 120, 120, 120, 80, 80, 80, 80, 60), strict=True)), 24, 610, 200, "customer-contact"
)
RULES = (
    Rule(
        "chain-rule",
        "law",
        date(2020, 1, 1),
        numbers={"contracts": Decimal(3), "months": Decimal(36), "gap_months": Decimal(6)},
    ),
    Rule("bbl-exception", "law", date(2020, 1, 1)),
)
STRICT = RoutePolicy()
LEARNER_MS, REPLAN_SECONDS, SECTOR_MS, REFUSAL_MS, WAITING_MS = 50.0, 30.0, 1000.0, 1000.0, 150.0


def invented(openings: int, *, seed: int, employers: int = 30) -> list[Offer]:
    """Openings of a region; each employer has a site, four to seven work processes, and mostly a lasting status."""
    random = Random(seed)
    sites = [(50.88 + random.gauss(0, 0.09), 5.85 + random.gauss(0, 0.11)) for _ in range(employers)]
    strong = [random.sample(CODES, random.randint(4, 7)) for _ in range(employers)]
    status = [((date(2020, 1, 1), None if random.random() < 0.85 else date(2028, 6, 1)),) for _ in range(employers)]
    return [_opening(1000 + one, random, sites, strong, status) for one in range(openings)]


def _opening(one: int, random: Random, sites: list, strong: list, status: list) -> Offer:  # type: ignore[type-arg]
    employer = random.randrange(len(sites))
    month = random.choices((2, 9, 4, 6, 11), (10, 10, 2, 2, 2))[0]
    first = date(2027 + random.randrange(3), month, 1)
    months = random.choices((6, 7, 8, 9, 10, 12), (5, 1, 1, 1, 1, 9))[0]
    practised = random.sample(strong[employer], random.randint(3, len(strong[employer])))
    total, parts = random.uniform(58, 85) * months, [random.random() + 0.4 for _ in practised]
    asked = Conditions(
        hours_min=24,
        hours_max=random.choice((28, 32, 36)),
        place=sites[employer],
        evenings=random.random() < 0.25,
        weekends=random.random() < 0.25,
        starts_from=first - timedelta(days=random.randint(0, 10)),
        starts_until=first + timedelta(days=random.randint(5, 28)),
        months=months,
    )
    needs = (Need(random.randint(1, 6), 2, Importance.MUST),) if random.random() < 0.25 else ()
    spoken = (Spoken("nl", 3), Spoken("de", 3)) if random.random() < 0.3 else (Spoken("nl", 3),)
    return Offer(
        Demand(one, needs, spoken, asked),
        employer,
        role=f"role {random.randrange(5)}",
        kind="fixed-term" if random.random() < 0.03 else "work-based-learning",
        recognised=status[employer],
        practises={code: int(total * part / sum(parts)) for code, part in zip(practised, parts, strict=True)},
        gives=tuple(Gives(competence, 2) for competence in random.sample(range(1, 7), 2)),
    )


def invented_learner(one: int, *, seed: int) -> Learner:
    random = Random(1000 * seed + one)
    spoken = (Spoken("nl", 4), Spoken("de", 4)) if random.random() < 0.6 else (Spoken("nl", 4),)
    has = tuple(
        Has(competence, random.choice((1, 2)), Grade.OBSERVED, FREE[0])
        for competence in random.sample(range(1, 7), random.randint(1, 5))
    )
    limits = Limits(
        hours_min=24,
        hours_max=36,
        max_km=random.choice((20.0, 30.0, 40.0)),
        place=(50.88 + random.gauss(0, 0.08), 5.85 + random.gauss(0, 0.1)),
        evenings=random.random() < 0.7,
        weekends=random.random() < 0.7,
        starts_on=random.choice(FREE),
    )
    return Learner(Profile(one, has, spoken, limits))


def timed(call: Callable[[], Answer]) -> tuple[Answer, float, float]:
    """The answer, wall and processor milliseconds."""
    wall, processor = time.perf_counter(), time.process_time()
    answer = call()
    return answer, (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


def high(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))] if values else 0.0


def told(name: str, walls: list[float], processors: list[float]) -> None:
    print(
        f"    {name:<34} n {len(walls):4d}   wall p50 {statistics.median(walls):8.1f}  p95 {high(walls):8.1f}   "
        f"processor p50 {statistics.median(processors):8.1f}  p95 {high(processors):8.1f}  ms"
    )


def told_target(name: str, value: float, target: float) -> bool:
    print(f"{'met   ' if value < target else 'MISSED'}  {name} {value:.1f}, target under {target:g}")
    return value < target


def checked(chains: list[tuple[Chain, Learner]], offers: list[Offer], policy: RoutePolicy = STRICT) -> int:
    """How many chains the checker has something against."""
    return sum(bool(check(chain, offers, who, ASKED, rules=RULES, policy=policy)) for chain, who in chains)


def planned(openings: int, learners: int, *, name: str, target: float, gap_days: int = 0) -> bool:
    """Many learners on one board, one after another on one core."""
    offers, policy = invented(openings, seed=1), RoutePolicy(gap_days=gap_days)
    board, wall, _ = timed(lambda: Board(offers, ASKED, rules=RULES, policy=policy))
    _, columns, _ = timed(lambda: (board.columns, board.print, board.arcs, board.table))
    load_compiled()
    routes_on(board, invented_learner(0, seed=1), refusal=False)  # reads compiled code from its cache
    print(f"{name}: {openings:,} openings, board in {wall + columns:.0f} ms")
    runs = [
        (who, *timed(lambda who=who: routes_on(board, who, refusal=False)))
        for who in (invented_learner(one, seed=1) for one in range(learners))
    ]
    told("k = 3 with fallbacks", [run[2] for run in runs], [run[3] for run in runs])
    some = [run for run in runs if run[1].chains]
    none = [run for run in runs if not run[1].chains]
    if some:
        told("of which with a chain", [run[2] for run in some], [run[3] for run in some])
    if none:
        told("of which proven without", [run[2] for run in none], [run[3] for run in none])
    chains = [(chain, who) for who, found, _, _ in runs for chain in found.chains]
    wrong = checked(chains, offers, policy)
    best = [found.chains[0] for _, found, _, _ in some]
    print(f"    chains {len(chains)}, the checker objects to {wrong}; robustness {_mean(best):.2f}")
    return told_target(f"{name}, p95 ms of processor", high([run[3] for run in runs]), target) and not wrong


def _mean(chains: list[Chain]) -> float:
    return statistics.mean(chain.robustness for chain in chains) if chains else 0.0


def readably(learners: int, *, gap_days: int) -> bool:
    """The same chains by the compiled and by the readable search, with days between links."""
    board = Board(invented(900, seed=1), ASKED, rules=RULES, policy=RoutePolicy(gap_days=gap_days))
    whos = [invented_learner(one, seed=1) for one in range(learners)]
    search_on(Ground(board, whos[0])).chains()
    compiled = [timed(lambda who=who: search_on(Ground(board, who)).chains()) for who in whos]
    plain = [timed(lambda who=who: Search(Ground(board, who)).chains()) for who in whos]
    equal = sum(_places(one[0]) == _places(two[0]) for one, two in zip(compiled, plain, strict=True))
    times = statistics.median(run[2] for run in plain) / statistics.median(run[2] for run in compiled)
    told(f"{gap_days} days allowed, compiled", [run[1] for run in compiled], [run[2] for run in compiled])
    told(f"{gap_days} days allowed, readable", [run[1] for run in plain], [run[2] for run in plain])
    print(f"    same chains {equal} of {learners}; compiled code is {times:.0f} times as fast (medians)")
    return equal == learners


def _places(row: Sequence[Label]) -> list[tuple[tuple[int, ...], tuple[int, ...], int]]:
    return [(one.places, one.starts, one.travel) for one in row]


def beside(openings: int, learners: int) -> bool:
    """The same instances by labels, by the model and by looking no further than the next job."""
    offers = invented(openings, seed=2, employers=max(8, openings // 30))
    board = Board(offers, ASKED, rules=RULES, policy=RoutePolicy(k=1))
    print(f"\nbeside each other: {openings} openings, {learners} learners, best chain by idle days and travel")
    plainly(board, invented_learner(0, seed=2))  # loads the compiled search
    labels: list[float] = []
    models: list[float] = []
    equal = with_chain = 0
    for one in range(learners):
        who = invented_learner(one, seed=2)
        found, wall, _ = timed(lambda who=who: plainly(board, who))
        best, other, _ = timed(lambda who=who: optimum(board, who))
        labels.append(wall)
        models.append(other)
        with_chain += found is not None
        equal += found == (None if best is None else (best.idle, best.travel))
    print(f"    with a chain {with_chain}, same optimum {equal} of {learners}")
    print(f"    labels p50 {statistics.median(labels):.1f} ms, model p50 {statistics.median(models):.1f} ms")
    print(f"    the labels are {statistics.median(models) / statistics.median(labels):.0f} times as fast (medians)")
    return equal == learners


def plainly(board: Board, who: Learner) -> tuple[int, int] | None:
    found = search_on(Ground(board, who)).first()
    return (found.idle, found.travel) if found else None


def stranded(learners: int) -> None:
    """How many learners with a chain a planner without foresight leaves without one."""
    board = Board(invented(900, seed=1), ASKED, rules=RULES)
    whos = [invented_learner(one, seed=1) for one in range(learners)]
    able = [who for who in whos if search_on(Ground(board, who)).some()]
    lost = sum(greedy(board, who) is None for who in able)
    print(f"\ngreedy: of {len(able)} learners with a chain it strands {lost}")


_BOARD: list[Board] = []


def _ready(openings: int, without: int) -> None:
    _BOARD[:] = [Board((one for one in invented(openings, seed=1) if one.employer != without), ASKED, rules=RULES)]


def _again(task: tuple[tuple[Link, ...], Learner]) -> bool:
    links, who = task
    return bool(replan(links, _BOARD[0], who, refusal=False).routes.chains)


def _checked_again(task: tuple[tuple[Link, ...], Learner]) -> int:
    """How many of the new chains the checker has something against."""
    links, who = task
    found = replan(links, _BOARD[0], who, refusal=False).routes
    return checked([(chain, who) for chain in found.chains], list(_BOARD[0].offers))


def replanned(learners: int) -> bool:
    """The employer behind most links withdraws half a year on; everyone is planned again, on two cores."""
    offers = invented(900, seed=1)
    board = Board(offers, ASKED, rules=RULES, policy=RoutePolicy(k=1))
    plans = [
        (routes_on(board, who, refusal=False), who) for who in (invented_learner(n, seed=1) for n in range(learners))
    ]
    chains = [(found.chains[0], who) for found, who in plans if found.chains]
    chains = (chains * (learners // max(1, len(chains)) + 1))[:learners]
    links = [link.employer for chain, _ in chains for link in chain.links[1:]]
    gone = max(set(links), key=links.count)
    by_id = {offer.id: offer for offer in offers}
    tasks = [(chain.links, after_first(chain, who, by_id)) for chain, who in chains]
    with get_context("spawn").Pool(2, _ready, (900, gone)) as pool:
        pool.map(_again, tasks[:2], chunksize=1)
        answers, wall, _ = timed(lambda: pool.map(_again, tasks, chunksize=5))
        wrong = sum(pool.map(_checked_again, tasks, chunksize=5))
    kept = sum(answers)
    print(f"\nreplanned: {len(tasks)} learners with their first link done, employer {gone} gone")
    print(f"    a complete chain for {kept}; the checker objects to {wrong}")
    return (
        told_target("600 replanned on two cores, seconds", wall / 1000 * 600 / len(tasks), REPLAN_SECONDS) and not wrong
    )


def after_first(chain: Chain, who: Learner, offers: dict[int, Offer]) -> Learner:
    link = chain.links[0]
    gives = offers[link.offer].gives if link.offer is not None else ()
    done = Done(link.employer, link.starts_on, link.ends_on, link.hours, gives, link.offer, link.role, link.kind)
    return Learner(who.profile, done=(done,))


def refused(learners: int) -> bool:
    """How long the reasons take for learners without a chain."""
    board = Board(invented(900, seed=1), ASKED, rules=RULES)
    whos = (invented_learner(one, seed=1) for one in range(600))
    none = [who for who in whos if search_on(Ground(board, who)).some() is None][:learners]
    runs = [timed(lambda who=who: routes_on(board, who)) for who in none]
    print(f"\nrefusals: {len(runs)} learners without a chain")
    if not runs:
        return True
    told("conflicts, relaxations, partial", [run[1] for run in runs], [run[2] for run in runs])
    whys = [run[0].refusal for run in runs if run[0].refusal]
    print(
        f"    conflicts proven minimal {sum(all(one.minimal for one in why.conflicts) for why in whys)} of {len(whys)}"
    )
    print(f"    with a relaxation {sum(bool(why.relaxations) for why in whys)}")
    return told_target("refusal, p95 ms of processor", high([run[2] for run in runs]), REFUSAL_MS)


def main() -> int:
    quick = "--quick" in sys.argv
    met = [
        planned(900, 40 if quick else 200, name="a region", target=LEARNER_MS),
        planned(20_000, 3 if quick else 30, name="a sector", target=SECTOR_MS),
        planned(900, 40 if quick else 200, name="a region, 14 days between", target=WAITING_MS, gap_days=14),
        planned(900, 40 if quick else 200, name="a region, 31 days between", target=WAITING_MS, gap_days=31),
        readably(3 if quick else 15, gap_days=14),
        beside(150, 4 if quick else 20),
        replanned(60 if quick else 600),
        refused(3 if quick else 15),
    ]
    stranded(40 if quick else 200)
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
