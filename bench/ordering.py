"""Does the product's own overlap order roles well? Protocols P5 and P6, with every baseline measured in the same run.

P5: for 904 O*NET occupations, find the occupations that experts call related (tier Primary-Short) among 940
candidates, from ESCO skills alone. P6: find an ESCO occupation back from a share of its essential skills with stray
skills drawn by popularity. P6 is circular by build: a regression gate, not a claim of quality.

    python bench/ordering.py            the chosen rule beside the baselines (a minute)
    python bench/ordering.py --rules    also the comparison of rules behind docs/decisions/0002-ordering-rule.md

Reads the reference data from ../shared/data or VALLEY_SHARED_DATA. Exit code 1 when a target is missed.
"""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import csv
import gzip
import io
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from valley.core.mobility.overlap import OverlapPolicy
from valley.core.mobility.overlap.kernel import Sector
from valley.core.profiles import Demand, Grade, Has, Importance, Need, Profile, Vocabulary, inverse_frequency

Scores = NDArray[np.float64]
DAY = date(2026, 9, 1)
ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("VALLEY_SHARED_DATA") or ROOT.parent / "shared" / "data")
TARGET_P5, TARGET_P6 = 0.539, 0.886
LEAST_ESSENTIAL = 6  # leaves 2,983 occupations; the study has 2,982
P6_SETTINGS = ((0.5, 5), (0.3, 5), (0.3, 15))
RULE = OverlapPolicy(least_confirmed=0)


@dataclass(frozen=True)
class Esco:
    """ESCO as numbers: per occupation its essential and optional skills, and the groups and relations of skills."""

    essential: dict[str, frozenset[int]]
    optional: dict[str, frozenset[int]]
    groups: dict[int, tuple[int, ...]]
    broader: dict[int, tuple[int, ...]]
    relations: list[tuple[int, int]]
    size: int

    def vocabulary(self, idf: dict[int, float]) -> Vocabulary:
        return Vocabulary(self.groups, self.broader, self.relations, idf)


def read_esco() -> Esco:
    archive = zipfile.ZipFile(DATA / "esco" / "ESCO_v1.1.1_relations_csv.zip")

    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.TextIOWrapper(archive.open(name), "utf-8-sig")))

    pairs, above, links = (
        rows("occupationSkillRelations.csv"),
        rows("broaderRelationsSkillPillar.csv"),
        rows("skillSkillRelations.csv"),
    )
    names = (
        {row["skillUri"] for row in pairs} | {row["conceptUri"] for row in above} | {row["broaderUri"] for row in above}
    )
    names |= {row[end] for row in links for end in ("originalSkillUri", "relatedSkillUri")}
    number = {name: place for place, name in enumerate(sorted(names))}
    kinds: dict[str, dict[str, set[int]]] = {"essential": defaultdict(set), "optional": defaultdict(set)}
    for row in pairs:
        kinds[row["relationType"]][row["occupationUri"]].add(number[row["skillUri"]])
    up: dict[int, set[int]] = defaultdict(set)
    for row in above:
        up[number[row["conceptUri"]]].add(number[row["broaderUri"]])
    skills = {number[row["conceptUri"]] for row in above if row["conceptType"] != "SkillGroup"}
    parents = {key: tuple(sorted(values)) for key, values in up.items()}
    return Esco(
        essential={uri: frozenset(found) for uri, found in sorted(kinds["essential"].items())},
        optional={uri: frozenset(found) for uri, found in sorted(kinds["optional"].items())},
        groups={skill: parents[skill] for skill in skills if skill in parents},
        broader=parents,
        relations=[(number[row["originalSkillUri"]], number[row["relatedSkillUri"]]) for row in links],
        size=len(number),
    )


def person(identity: int, competences: frozenset[int]) -> Profile:
    return Profile(identity, tuple(Has(competence, 3, Grade.OBSERVED, DAY) for competence in competences))


def ours(people: list[frozenset[int]], roles: list[Demand], vocabulary: Vocabulary, policy: OverlapPolicy) -> Scores:
    """The product's kernel; one row per person."""
    sector = Sector(roles, vocabulary, policy, on=DAY)
    return np.array([sector.fits(person(row, held)) for row, held in enumerate(people)])


def incidence(sets: list[frozenset[int]], size: int) -> sparse.csr_matrix:
    columns = [skill for held in sets for skill in sorted(held)]
    starts = np.cumsum([0, *(len(held) for held in sets)])
    return sparse.csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(sets), size))


def set_baselines(people: sparse.csr_matrix, roles: sparse.csr_matrix, idf: Scores) -> dict[str, Scores]:
    shared = (people @ roles.T).toarray()
    has, asks = people.sum(axis=1).A1[:, None], roles.sum(axis=1).A1[None]
    weighted = (people.multiply(idf) @ roles.T).toarray()
    has_w, asks_w = (people @ idf)[:, None], (roles @ idf)[None]
    squared = (people.multiply(idf**2) @ roles.T).toarray()
    return {
        "raw overlap": shared,
        "Jaccard": shared / (has + asks - shared),
        "idf coverage only": weighted / asks_w,
        "Tversky (.8 role, .2 person)": weighted / (weighted + 0.8 * (asks_w - weighted) + 0.2 * (has_w - weighted)),
        "idf cosine": squared / np.sqrt((people @ idf**2)[:, None] * (roles @ idf**2)[None]),
    }


def leaf_and_hierarchy(people: sparse.csr_matrix, esco: Esco, idf_of: Callable[[sparse.csr_matrix], Scores]) -> Scores:
    """idf cosine on skills plus idf cosine on the groups above them, equal parts."""
    above: dict[int, set[int]] = {}

    def ancestors(concept: int) -> set[int]:
        if concept not in above:
            above[concept] = set()
            for parent in esco.broader.get(concept, ()):
                above[concept] |= {parent} | ancestors(parent)
        return above[concept]

    def groups(row: int) -> frozenset[int]:
        return frozenset(up for skill in people[row].indices.tolist() for up in ancestors(skill))

    tree = incidence([groups(row) for row in range(people.shape[0])], people.shape[1])
    return sum(set_baselines(level, level, idf_of(level))["idf cosine"] for level in (people, tree)) / 2


def interval(values: Scores, seed: int = 11) -> str:
    """Mean with a 95 % bootstrap interval over queries."""
    draws = np.random.default_rng(seed).integers(0, len(values), (1000, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return f"{values.mean():.3f} [{low:.3f}-{high:.3f}]"


# ---------------------------------------------------------------------------------------------- P6: role recovery


def p6_queries(roles: list[frozenset[int]], size: int, keep: float, noise: int) -> list[frozenset[int]]:
    popularity = incidence(roles, size).sum(axis=0).A1
    random = np.random.default_rng(int(keep * 100) + noise)
    queries: list[frozenset[int]] = []
    for role in roles:
        kept = random.choice(sorted(role), max(1, int(keep * len(role))), replace=False).tolist()
        stray = random.choice(size, noise, replace=False, p=popularity / popularity.sum()).tolist()
        queries.append(frozenset(kept + stray))
    return queries


def reciprocal_ranks(scores: Scores, right: NDArray[np.int64]) -> Scores:
    """1 / rank of the right role; ties go to the lower id, as in the product."""
    mine = scores[np.arange(len(right)), right][:, None]
    earlier = np.arange(scores.shape[1])[None] < right[:, None]
    return 1 / (1 + (scores > mine).sum(axis=1) + ((scores == mine) & earlier).sum(axis=1))


def p6_world(esco: Esco) -> tuple[list[frozenset[int]], dict[int, float]]:
    roles = [skills for skills in esco.essential.values() if len(skills) >= LEAST_ESSENTIAL]
    return roles, inverse_frequency(roles, len(roles))


def dense(idf: dict[int, float], size: int) -> Scores:
    weights = np.full(size, max(idf.values()))
    weights[list(idf)] = list(idf.values())
    return weights


def p6(esco: Esco) -> float:
    roles, idf = p6_world(esco)
    asked = [Demand(n, tuple(Need(c, 3) for c in role)) for n, role in enumerate(roles)]
    right = np.arange(len(roles))
    print(f"\nP6  role recovery, {len(roles)} ESCO occupations; MRR [95 % bootstrap] / hit@1")
    outcome = 0.0
    for keep, noise in P6_SETTINGS:
        queries = p6_queries(roles, esco.size, keep, noise)
        table = set_baselines(incidence(queries, esco.size), incidence(roles, esco.size), dense(idf, esco.size))
        table["VALLEY overlap"] = ours(queries, asked, esco.vocabulary(idf), RULE)
        print(f"  keep {keep:.0%}, {noise} stray skills")
        for name, scores in table.items():
            ranks = reciprocal_ranks(scores, right)
            print(f"    {name:<30} {interval(ranks)} / {(ranks == 1).mean():.3f}")
        outcome = float(ranks.mean())
    return outcome


# ---------------------------------------------------------------------------------- P5: related by expert judgement


@dataclass(frozen=True)
class Related:
    """O*NET occupations with their ESCO skills, and the related ones by expert judgement."""

    codes: list[str]
    texts: list[str]
    skills: list[frozenset[int]]
    roles: list[Demand]
    wanted: dict[int, frozenset[int]]


def read_related(esco: Esco) -> Related:
    lines = (DATA / "crosswalks" / "onet2019_to_esco110.csv").read_text("utf-8-sig").splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("O*NET Id"))
    family: dict[str, set[str]] = defaultdict(set)
    for row in csv.DictReader(lines[start:]):
        if row["ESCO or ISCO URI"] in esco.essential.keys() | esco.optional.keys():
            family[row["O*NET Id"]].add(row["ESCO or ISCO URI"])
    codes = sorted(family)
    place = {code: n for n, code in enumerate(codes)}
    wanted: dict[int, set[int]] = defaultdict(set)
    for row in _onet("Related_Occupations"):
        source, target = row["O*NET-SOC Code"], row["Related O*NET-SOC Code"]
        if row["Relatedness Tier"] == "Primary-Short" and source in place and target in place:
            wanted[place[source]].add(place[target])
    titles = {row["O*NET-SOC Code"]: f"{row['Title']} {row['Description']}" for row in _onet("Occupation_Data")}
    roles = [p5_role(n, [*sorted(family[code])], esco) for n, code in enumerate(codes)]
    return Related(
        codes,
        [titles[code] for code in codes],
        [frozenset(need.competence for need in role.needs) for role in roles],
        roles,
        {origin: frozenset(found) for origin, found in sorted(wanted.items())},
    )


def _onet(name: str) -> list[dict[str, str]]:
    with gzip.open(DATA / "onet" / f"{name}.csv.gz", "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def p5_role(identity: int, uris: list[str], esco: Esco) -> Demand:
    """A role from several ESCO occupations: a skill weighs as the share that list it; essential in any: must."""
    times: dict[int, int] = defaultdict(int)
    musts: set[int] = set()
    for uri in uris:
        essential, optional = esco.essential.get(uri, frozenset()), esco.optional.get(uri, frozenset())
        musts |= essential
        for skill in essential | optional:
            times[skill] += 1
    return Demand(
        identity,
        tuple(
            Need(skill, 3, Importance.MUST if skill in musts else Importance.WISH, count / len(uris))
            for skill, count in sorted(times.items())
        ),
    )


def p5_metrics(scores: Scores, wanted: dict[int, frozenset[int]]) -> tuple[Scores, Scores, Scores]:
    """Recall@10 capped at what ten places can hold, reciprocal rank, nDCG@10; the origin itself is not a candidate."""
    recall, reciprocal, gain = [], [], []
    for origin, right in wanted.items():
        row = scores[origin].copy()
        row[origin] = -np.inf
        ranked = np.argsort(-row, kind="stable")
        hits = np.isin(ranked, list(right))
        ideal = sum(1 / np.log2(2 + n) for n in range(min(10, len(right))))
        recall.append(hits[:10].sum() / min(10, len(right)))
        reciprocal.append(1 / (1 + np.argmax(hits)))
        gain.append((hits[:10] / np.log2(np.arange(2, 12))).sum() / ideal)
    return np.array(recall), np.array(reciprocal), np.array(gain)


def p5_idf(esco: Esco) -> dict[int, float]:
    """Rarity over all ESCO occupations, essential and optional: the stable default."""
    uris = sorted(esco.essential.keys() | esco.optional.keys())
    both = [esco.essential.get(uri, frozenset()) | esco.optional.get(uri, frozenset()) for uri in uris]
    return inverse_frequency(both, len(uris))


def soc_nearness(codes: list[str]) -> Scores:
    """How many leading characters two SOC codes share."""
    return np.array([[_shared_start(one, two) for two in codes] for one in codes], dtype=float)


def _shared_start(one: str, two: str) -> int:
    return next((n for n, (left, right) in enumerate(zip(one, two, strict=True)) if left != right), len(one))


def text_cosine(texts: list[str]) -> Scores:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    return (words @ words.T).toarray()


def p5(esco: Esco) -> float:
    related, idf = read_related(esco), p5_idf(esco)
    people = incidence(related.skills, esco.size)
    weights = dense(idf, esco.size)

    def own_idf(matrix: sparse.csr_matrix) -> Scores:
        return np.log(1 + matrix.shape[0] / np.maximum(1, matrix.sum(axis=0).A1))

    table = {
        "random": np.random.default_rng(5).random((len(related.codes),) * 2),
        "SOC distance": soc_nearness(related.codes),
        "title + description TF-IDF": text_cosine(related.texts),
        **set_baselines(people, people, weights),
        "leaf + hierarchy cosine": leaf_and_hierarchy(people, esco, own_idf),
        "VALLEY overlap": ours(related.skills, related.roles, esco.vocabulary(idf), RULE),
    }
    print(f"\nP5  related occupations, {len(related.wanted)} origins, {len(related.codes)} candidates")
    print(f"    {'':<30} recall@10 [95 % bootstrap] / MRR / nDCG@10")
    for name, scores in table.items():
        recall, reciprocal, gain = p5_metrics(scores, related.wanted)
        print(f"    {name:<30} {interval(recall)} / {reciprocal.mean():.3f} / {gain.mean():.3f}")
    return float(recall.mean())


# ----------------------------------------------------------------------------------------- which rule is the best?


def rules() -> dict[str, OverlapPolicy]:
    chosen = {f"chosen: {RULE.mean}, relatives {RULE.relatives:g}, idf^{RULE.idf_power:g}, must {RULE.must:g}": RULE}
    others = {
        "geometric mean": replace(RULE, mean="geometric"),
        "no credit for relatives": replace(RULE, relatives=0.0),
        "relatives x .1": replace(RULE, relatives=0.1),
        "relatives x .3": replace(RULE, relatives=0.3),
        "relatives x .4": replace(RULE, relatives=0.4),
        "relatives x .6": replace(RULE, relatives=0.6),
        "relatives as in the table": replace(RULE, relatives=1.0),
        "no rarity (idf^0)": replace(RULE, idf_power=0.0),
        "idf^1.5": replace(RULE, idf_power=1.5),
        "idf^2": replace(RULE, idf_power=2.0),
        "idf^2, geometric, no relatives (= idf cosine)": replace(RULE, idf_power=2.0, mean="geometric", relatives=0.0),
        "must 1": replace(RULE, must=1.0),
        "must 3": replace(RULE, must=3.0),
    }
    return chosen | others


def compare_rules(esco: Esco) -> None:
    related, rarity = read_related(esco), p5_idf(esco)
    roles, idf = p6_world(esco)
    asked = [Demand(n, tuple(Need(c, 3) for c in role)) for n, role in enumerate(roles)]
    chosen = np.sort(np.random.default_rng(6).choice(len(roles), 800, replace=False))
    every = p6_queries(roles, esco.size, 0.3, 15)
    queries = [every[place] for place in chosen.tolist()]
    print("\nRules: P5 recall@10 / MRR, and P6 (30 % kept, 15 stray, 800 of the occupations) MRR")
    for name, policy in rules().items():
        recall, reciprocal, _ = p5_metrics(
            ours(related.skills, related.roles, esco.vocabulary(rarity), policy), related.wanted
        )
        ranks = reciprocal_ranks(ours(queries, asked, esco.vocabulary(idf), policy), chosen)
        print(f"    {name:<48} {recall.mean():.4f} / {reciprocal.mean():.3f}    {ranks.mean():.3f}", flush=True)


def main() -> int:
    if not (DATA / "esco").is_dir():
        print(f"The reference data is not at {DATA}: set VALLEY_SHARED_DATA. Nothing was measured.")
        return 2
    esco = read_esco()
    found = {"P5 recall@10": (p5(esco), TARGET_P5), "P6 MRR (30 % kept, 15 stray)": (p6(esco), TARGET_P6)}
    if "--rules" in sys.argv:
        compare_rules(esco)
    print()
    for name, (value, target) in found.items():
        print(f"{'met   ' if value > target else 'MISSED'}  {name} {value:.4f}, target above {target}")
    return int(any(value <= target for value, target in found.values()))


if __name__ == "__main__":
    sys.exit(main())
