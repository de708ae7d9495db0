"""Does the engine find in ESCO what is known of it: twenty customer-service occupations, each taken as an employer?

The facts are those of a count over ESCO 1.1.1: a thin but real thread, far above what random occupations share.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter, defaultdict
from datetime import date
from random import Random
from statistics import mean, stdev

import pytest
from tests.core.curriculum.thread_worlds import shuffled

from valley.core.curriculum.thread import Line, Policy, Setting, thread
from valley.core.curriculum.thread.evidence import gather
from valley.core.curriculum.thread.exact import exact
from valley.core.curriculum.thread.null import search_of
from valley.core.curriculum.thread.region import region_of
from valley.core.curriculum.thread.trials import shares, trials

DAY = date(2026, 9, 1)
TWENTY = (
    "bank teller",
    "cabin crew manager",
    "call centre agent",
    "call centre quality auditor",
    "call centre supervisor",
    "cashier",
    "customer contact centre information clerk",
    "customer service representative",
    "hospitality establishment receptionist",
    "host/hostess",
    "hotel concierge",
    "live chat operator",
    "receptionist",
    "restaurant host/restaurant hostess",
    "sales assistant",
    "sales processor",
    "shop assistant",
    "telephone switchboard operator",
    "tour operator representative",
    "travel consultant",
)


@pytest.fixture(scope="module")
def essential(shared_data) -> dict[str, list[int]]:
    """The essential skills of every occupation, as numbers, by its preferred label."""
    esco = shared_data / "esco"
    named = {row["conceptUri"]: row["preferredLabel"] for row in _rows(esco, "classification_en", "occupations_en.csv")}
    links = _rows(esco, "relations", "occupationSkillRelations.csv")
    wanted = [(row["occupationUri"], row["skillUri"]) for row in links if row["relationType"] == "essential"]
    number = {uri: place for place, uri in enumerate(sorted({skill for _, skill in wanted}))}
    found: defaultdict[str, list[int]] = defaultdict(list)
    for occupation, skill in sorted(wanted):
        found[occupation].append(number[skill])
    return {named.get(uri, uri): skills for uri, skills in found.items()}


def _rows(folder, archive: str, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(folder / f"ESCO_v1.1.1_{archive}_csv.zip") as packed, packed.open(name) as file:
        return list(csv.DictReader(io.TextIOWrapper(file, "utf-8-sig")))


def lines(roles: list[list[int]]) -> list[Line]:
    return [Line(employer, skill, "job-text", DAY) for employer, role in enumerate(roles, 1) for skill in role]


@pytest.fixture(scope="module")
def twenty(essential) -> list[Line]:
    return lines([essential[name] for name in TWENTY])


def coverage(told: list[Line], budget: int = 15, support: int = 1) -> float:
    policy = Policy(support=support, budget=budget)
    region = region_of(gather(told, on=DAY, policy=policy, setting=Setting()), policy, Setting())
    search = search_of(region, region.matrix.only(region.eligible), region.eligible)
    tried, _ = trials(region, search, "equal")
    return float(mean(shares(region, region.eligible[list(tried.core)]).tolist()))


def test_the_twenty_ask_353_times_and_222_different_skills_of_which_none_is_asked_by_half(twenty):
    asked = Counter(line.competence for line in twenty)
    assert (len(twenty), len(asked)) == (353, 222)
    assert sum(times >= 10 for times in asked.values()) == 0
    assert sum(times >= 5 for times in asked.values()) == 12
    assert sum(times == 1 for times in asked.values()) == 159


@pytest.mark.parametrize(("size", "share"), [(5, 0.09), (10, 0.17), (15, 0.24), (20, 0.30), (30, 0.38), (50, 0.48)])
def test_the_best_cover_what_is_known_or_a_little_more(essential, twenty, size, share):
    assert most_asked([essential[name] for name in TWENTY], size) == pytest.approx(share, abs=0.01)
    assert share - 0.005 <= coverage(twenty, size) <= share + 0.025


def most_asked(roles: list[list[int]], budget: int = 15) -> float:
    """The mean share that a plain ranking by number of occupations covers: how the known figures were counted."""
    times = Counter(skill for role in roles for skill in role)
    best = sorted(times, key=lambda skill: (-times[skill], skill))[:budget]
    return mean(len(set(best) & set(role)) / len(role) for role in roles)


def test_fifteen_skills_of_twenty_random_occupations_cover_nine_per_cent(essential, twenty):
    names, random = sorted(essential), Random(1)
    draws = [[essential[name] for name in random.sample(names, 20)] for _ in range(200)]
    ranked = [most_asked(roles) for roles in draws]
    assert mean(ranked) == pytest.approx(0.088, abs=0.005)
    assert stdev(ranked) == pytest.approx(0.019, abs=0.004)
    assert most_asked([essential[name] for name in TWENTY]) > mean(ranked) + 8 * stdev(ranked)
    chosen = [coverage(lines(roles)) for roles in draws]  # the engine makes the most of chance too
    assert mean(ranked) < mean(chosen) < 0.12
    assert coverage(twenty) > mean(chosen) + 6 * stdev(chosen)


def test_the_engine_finds_the_thread_and_it_stands_every_test(twenty):
    found = thread(twenty, on=DAY, policy=Policy(bootstraps=200))
    assert found.refusal is None
    assert found.mean_share == pytest.approx(0.242, abs=0.001)
    assert found.mean_share > found.null.high_share
    assert max(left.changed for left in found.left_out) <= 0.2
    assert {item.label for item in found.core} == {"core", "shared", "own"}  # thin: not everything in it is stable
    assert found.value == pytest.approx(exact(twenty, on=DAY).value)


def test_a_shuffled_one_does_not(twenty):
    assert thread(shuffled(twenty), on=DAY, policy=Policy(bootstraps=20)).refusal.reason == "not-above-chance"
