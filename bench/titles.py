"""How well does the title search find the right concept, beside the plain rules anybody could use?

Run ``python bench/titles.py``; reads ``../shared/data`` (or ``VALLEY_SHARED_DATA``). The search's constants were chosen
on UWV titles that equal no ESCO label; MELO Flemish and the Competent phrases were looked at afterwards only.
"""

from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import csv
import gzip
import json
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from valley.core.skills.search import Label, LabelIndex

DATA = Path(os.environ.get("VALLEY_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
MELO = DATA / "melo" / "bel_q_nl_c_nl"
Scorer = Callable[[str], NDArray[np.float64]]
Queries = list[tuple[str, frozenset[int]]]


@dataclass(frozen=True)
class Task:
    """Labels to rank, the concept each belongs to, and phrases with the concepts that are right."""

    name: str
    texts: list[str]
    concepts: NDArray[np.int64]
    queries: Queries


def _rows(name: str) -> list[list[str]]:
    with gzip.open(MELO / name, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


def _mapping(name: str) -> list[list[str]]:
    with (DATA / "crosswalks" / name).open(encoding="utf-8-sig", newline="") as lines:
        return [row for row in csv.reader(lines) if any(cell.startswith("skos:") for cell in row)]


def _melo_numbers() -> dict[str, int]:
    return {uri: number for number, uri in enumerate(sorted({row[1] for row in _rows("concept_mapping.tsv.gz")}))}


def melo() -> Task:
    """P1: Flemish job titles against all Dutch labels of occupations and groups."""
    number = _melo_numbers()
    concept = {label: number[uri] for label, uri in _rows("concept_mapping.tsv.gz")}
    right: dict[str, set[int]] = {}
    for query, _, label, _ in _rows("annotations.tsv.gz"):
        right.setdefault(query, set()).add(concept[label])
    labels = _rows("corpus_elements.tsv.gz")
    return Task(
        "P1 MELO Flemish titles",
        [text for _, text in labels],
        np.array([concept[label] for label, _ in labels]),
        [(text, frozenset(right[query])) for query, text in _rows("queries.tsv.gz")],
    )


def uwv_titles() -> list[tuple[str, int]]:
    """Dutch job titles of UWV that the national mapping calls equal or close to an ESCO occupation."""
    number = _melo_numbers()
    return [
        (row[4], number[row[0]])
        for row in _mapping("nl_uwv_occupations_to_esco.csv")
        if row[6] in {"skos:exactMatch", "skos:closeMatch"} and row[0] in number
    ]


def uwv(task: Task) -> Task:
    """The development set: UWV titles mapped as equal that are not themselves a label."""
    known = {text.casefold() for text in task.texts}
    right: dict[str, set[int]] = {}
    for title, concept in uwv_titles():
        if title.casefold() not in known:
            right.setdefault(title, set()).add(concept)
    return Task(
        "UWV titles (used to choose constants)",
        task.texts,
        task.concepts,
        [(title, frozenset(concepts)) for title, concepts in right.items()],
    )


def competent(relations: frozenset[str], name: str) -> Task:
    """P2: Flemish Competent phrases against the ESCO skills with a Dutch label in that mapping."""
    rows = [row for row in _mapping("vdab_competent38_skills_to_esco103_fr_nl.csv") if row[2] and row[7]]
    labels = {row[0]: row[2] for row in rows}
    number = {identifier: place for place, identifier in enumerate(sorted(labels))}
    right: dict[str, set[int]] = {}
    for row in rows:
        if row[9] in relations:
            right.setdefault(row[7], set()).add(number[row[0]])
    return Task(
        name,
        [labels[identifier] for identifier in sorted(labels)],
        np.arange(len(labels)),
        [(phrase, frozenset(concepts)) for phrase, concepts in right.items()],
    )


def tfidf(task: Task, **options: object) -> Scorer:
    vectorizer = TfidfVectorizer(**options)
    corpus = vectorizer.fit_transform(task.texts).T.tocsr()
    return lambda text: (vectorizer.transform([text]) @ corpus).toarray().ravel()


def equality(task: Task) -> Scorer:
    lowered = np.array([text.casefold() for text in task.texts])
    return lambda text: (lowered == text.casefold()).astype(float)


def ours(task: Task, extra: list[tuple[str, int]] | None = None) -> tuple[Scorer, NDArray[np.int64]]:
    """The product's own index; scores come in the index's order, so its concepts go with them."""
    labels = [Label(int(concept), text, "nl") for concept, text in zip(task.concepts, task.texts, strict=True)]
    labels += [Label(concept, text, "nl", "title") for text, concept in extra or []]
    index = LabelIndex(labels)
    return index.scores, np.array([concept for concept, _ in index.texts()])


def first_right(scores: NDArray[np.float64], concepts: NDArray[np.int64], right: frozenset[int]) -> tuple[int, int]:
    """Rank of the first right concept and of the first right label; a score of zero is not found.

    Ties go by number, as in the published figures; equal texts of two concepts make them unavoidable.
    """
    best = np.zeros(int(concepts.max()) + 1)
    np.maximum.at(best, concepts, scores)
    order = np.lexsort((np.arange(len(best)), -best))
    concept = next(rank for rank, number in enumerate(order, 1) if int(number) in right)
    order = np.lexsort((concepts, -scores))
    label = next(rank for rank, number in enumerate(concepts[order], 1) if int(number) in right)
    return (concept, label) if best[list(right)].max() > 0 else (10**9, 10**9)


def line(name: str, score: Scorer, concepts: NDArray[np.int64], queries: Queries) -> float:
    """Print one row: concept MRR with a 95 % bootstrap interval, hit at 1 and 10, element MRR."""
    ranks = np.array([first_right(score(text), concepts, right) for text, right in queries], dtype=float)
    gains = 1 / ranks[:, 0]
    draws = np.random.default_rng(2026).integers(0, len(gains), (2000, len(gains)))
    low, high = np.percentile(gains[draws].mean(axis=1), [2.5, 97.5])
    print(
        f"  {name:<34} {gains.mean():.3f} [{low:.3f}, {high:.3f}]  {np.mean(ranks[:, 0] == 1):.3f}  "
        f"{np.mean(ranks[:, 0] <= 10):.3f}  {(1 / ranks[:, 1]).mean():.3f}"
    )
    return float(gains.mean())


def compare(task: Task, extra: list[tuple[str, int]] | None = None) -> float:
    """All rules on one task, and the product's concept MRR."""
    print(f"\n{task.name}: {len(task.queries)} queries, {len(task.texts)} labels")
    print(f"  {'':<34} MRR   95 % interval   hit1   hit10  element MRR")
    line("string equality", equality(task), task.concepts, task.queries)
    line("word TF-IDF", tfidf(task), task.concepts, task.queries)
    line("char_wb 2-4 TF-IDF", tfidf(task, analyzer="char_wb", ngram_range=(2, 4)), task.concepts, task.queries)
    scorer, concepts = ours(task)
    found = line("Valley", scorer, concepts, task.queries)
    if extra is not None:
        scorer, concepts = ours(task, extra)
        line("Valley with UWV titles as labels", scorer, concepts, task.queries)
    return found


def esco_labels() -> list[Label]:
    """100,000 real ESCO labels, English and Dutch, for the speed table."""
    csv.field_size_limit(10**7)
    with zipfile.ZipFile(DATA / "esco" / "ESCO_v1.1.1_classification_en_csv.zip") as archive:
        rows = list(csv.DictReader(archive.read("skills_en.csv").decode("utf-8-sig").splitlines(keepends=True)))
    labels = [Label(number, row["preferredLabel"], "en") for number, row in enumerate(rows)]
    for number, row in enumerate(rows):
        labels += [Label(number, text, "en", "alternative") for text in row["altLabels"].split("\n") if text]
    titles = [Label(10**6 + place, text, "nl") for place, (_, text) in enumerate(_rows("corpus_elements.tsv.gz"))]
    return (titles + labels)[:100_000]


def speed() -> None:
    """Build and query time over 100,000 labels, queries as people type them."""
    labels = esco_labels()
    began, worked = time.perf_counter(), time.process_time()
    index = LabelIndex(labels)
    built, work = time.perf_counter() - began, time.process_time() - worked
    phrases = [text for text, _ in melo().queries[:100]]
    typed = [text[:length] for text in phrases for length in (2, 4, 7, len(text))]
    times: list[float] = []
    for text in typed:
        began = time.perf_counter()
        index.find(text)
        times.append(1000 * (time.perf_counter() - began))
    middle, high = np.percentile(times, [50, 95])
    print(f"\nSpeed, {len(index)} labels: build {built:.2f} s, of which processor {work:.2f} s")
    print(f"query p50 {middle:.1f} ms, p95 {high:.1f} ms")


def main() -> None:
    """Print every table; fails when the search falls under the published Flemish figure."""
    if not MELO.is_dir():
        raise SystemExit(f"No reference data at {DATA}: set VALLEY_SHARED_DATA to the folder that holds melo/.")
    task = melo()
    compare(uwv(task))
    reached = compare(task, uwv_titles())
    exact, close = frozenset({"skos:exactMatch"}), frozenset({"skos:exactMatch", "skos:closeMatch"})
    phrases = compare(competent(exact, "P2 Competent phrases, exact"))
    compare(competent(close, "P2 Competent phrases, exact and close"))
    speed()
    print(json.dumps({"melo_concept_mrr": round(reached, 4), "competent_exact_mrr": round(phrases, 4)}))
    if reached <= 0.580:
        raise SystemExit("MELO Flemish concept MRR must be above .580.")


if __name__ == "__main__":
    main()
