"""How well and how fast does the reader of texts find competences, beside the plain rules anybody could use?

Run ``python bench/text.py``; reads ``../shared/data`` (or ``VALLEY_SHARED_DATA``). Four tables: whole phrases (P1, P2)
by ``Reader.rank`` with the lexical rules and the published figures beside it; texts per minute with all of ESCO
against a loop that looks for every label with ``in``; and the hand-labelled job texts of
``tests/core/skills/text_cases.toml``. Fails when a bar of the issue is missed. One thread; processor time.
"""

from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import csv
import json
import random
import resource
import sys
import time
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
import titles
from valley.core.skills.text import Entry, Reader, System
from valley.core.skills.words import plain

ROOT = Path(__file__).resolve().parents[1]
SKILLS = ROOT / "src" / "valley" / "skills" / "starter"
PHRASES = ROOT / "src" / "valley" / "reading" / "starter" / "phrases.csv"
CASES = ROOT / "tests" / "core" / "skills" / "text_cases.toml"
TEXTS, WORDS, SAMPLE = 10_000, 200, 20
BARS = {"P1": 0.580, "P2": 0.576}
PUBLISHED = {
    "P1": "published, element MRR: edit .494, BM25 .455, word .491, char .553, BGE-M3 .571, E5 .613, OpenAI .626",
    "P2": "no published figure; rebuilt char_wb 2-4 TF-IDF .576 / .486 / .744",
}


def phrases(name: str, task: titles.Task) -> float:
    """The concept MRR of ``Reader.rank`` on one task, with the lexical rules beside it."""
    print(f"\n{task.name}: {len(task.queries)} queries, {len(task.texts)} labels")
    print(f"  {'':<34} MRR   95 % interval   hit1   hit10  element MRR")
    titles.line("string equality", titles.equality(task), task.concepts, task.queries)
    titles.line("word TF-IDF", titles.tfidf(task), task.concepts, task.queries)
    chars = titles.tfidf(task, analyzer="char_wb", ngram_range=(2, 4))
    titles.line("char_wb 2-4 TF-IDF", chars, task.concepts, task.queries)
    entries = [Entry(int(concept), text, "nl") for concept, text in zip(task.concepts, task.texts, strict=True)]
    reached = ranked(Reader(entries), task.queries)
    print(f"  {PUBLISHED[name]}")
    return reached


def ranked(reader: Reader, queries: titles.Queries) -> float:
    """What a person gets who types the phrase: concepts beyond the first hundred count as not found."""
    gains: list[float] = []
    for text, right in queries:
        found = [hit.concept for hit in reader.rank(text, language="nl", limit=100)]
        gains.append(next((1 / place for place, concept in enumerate(found, 1) if concept in right), 0.0))
    draws = np.random.default_rng(2026).integers(0, len(gains), (2000, len(gains)))
    scores = np.array(gains)
    low, high = np.percentile(scores[draws].mean(axis=1), [2.5, 97.5])
    print(
        f"  {'Valley, Reader.rank':<34} {scores.mean():.3f} [{low:.3f}, {high:.3f}]  {(scores == 1).mean():.3f}  "
        f"{(scores >= 0.1).mean():.3f}"
    )
    return float(scores.mean())


def esco() -> list[Entry]:
    """All competences of ESCO with every English label and the Dutch ones of the crosswalk."""
    csv.field_size_limit(10**7)
    folder = titles.DATA / "esco"
    with zipfile.ZipFile(folder / "ESCO_v1.1.1_classification_en_csv.zip") as archive:
        rows = list(csv.DictReader(archive.read("skills_en.csv").decode("utf-8-sig").splitlines(keepends=True)))
    number = {row["conceptUri"]: place for place, row in enumerate(rows)}
    entries = [Entry(place, row["preferredLabel"], "en") for place, row in enumerate(rows)]
    for place, row in enumerate(rows):
        entries += [Entry(place, text, "en", "alternative") for text in row["altLabels"].split("\n") if text]
    with (folder / "skill_labels_en_nl_merged.csv").open(encoding="utf-8-sig", newline="") as lines:
        dutch = [row for row in csv.DictReader(lines) if row["label_nl"] and row["conceptUri"] in number]
    return entries + [Entry(number[row["conceptUri"]], row["label_nl"], "nl") for row in dutch]


def starter() -> tuple[list[Entry], dict[str, int]]:
    """The starter vocabulary with the phrases of job texts, and the number of each key."""
    rows = list(csv.DictReader((SKILLS / "competences.csv").open(encoding="utf-8")))
    number = {row["key"]: place for place, row in enumerate(rows, 10**6)}
    entries: list[Entry] = []
    for row in rows:
        for language in ("nl", "en"):
            entries.append(Entry(number[row["key"]], row[f"label_{language}"], language))
            others = [text for text in row[f"alt_{language}"].split("|") if text]
            entries += [Entry(number[row["key"]], text, language, "alternative") for text in others]
    said = csv.DictReader(PHRASES.open(encoding="utf-8"))
    return entries + [
        Entry(number[row["competence_key"]], row["text"], row["language"], "phrase") for row in said
    ], number


def systems() -> list[System]:
    """The names of products in the starter's tool classes."""
    rows = csv.DictReader((SKILLS / "tool_classes.csv").open(encoding="utf-8"))
    return [System(name, row["key"]) for row in rows for name in row["products"].split("|") if name]


def job_texts(entries: list[Entry], names: list[System], count: int) -> list[str]:
    """Invented job texts of about two hundred words in Dutch and English: labels among words of no meaning."""
    draw = random.Random(2026)
    labels = {tongue: [entry.text for entry in entries if entry.language == tongue] for tongue in ("nl", "en")}
    loose = {tongue: sorted({word for text in said for word in text.split()}) for tongue, said in labels.items()}
    frames = {
        "nl": (
            "Wat ga je doen?",
            "Wij vragen",
            "Wat wij bieden",
            "Je {} en {} met de {} van onze klanten, ook {} en {}.",
        ),
        "en": ("Your tasks", "Requirements", "We offer", "You {} and {} with the {} of our customers, also {} and {}."),
    }
    made: list[str] = []
    for number in range(count):
        tongue = "nl" if number % 2 else "en"
        *headings, sentence = frames[tongue]
        lines: list[str] = []
        while sum(line.count(" ") + 1 for line in lines) < WORDS:
            lines += [headings[len(lines) // 7 % 3]] if len(lines) % 7 == 0 else []
            bullet = f"- {draw.choice(labels[tongue])}, {draw.choice(loose[tongue])} {draw.choice(names).name}"
            lines.append(draw.choice([sentence.format(*draw.choices(loose[tongue], k=5)), bullet]))
        made.append("\n".join(lines))
    return made


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def speed() -> float:
    """Texts per minute of processor time with all of ESCO, and of the plainest loop over the same labels."""
    mine, _ = starter()
    entries, names = esco() + mine, systems()
    made: list[Reader] = []
    built = seconds(lambda: made.append(Reader(entries, names)))
    texts = job_texts(entries, names, TEXTS)
    proposals: list[int] = []
    taken = seconds(lambda: proposals.extend(len(made[0].read(text).proposals) for text in texts))
    labels = {
        tongue: [f" {plain(entry.text)} " for entry in entries if entry.language == tongue] for tongue in ("nl", "en")
    }

    def loop() -> None:
        for place, text in enumerate(texts[:SAMPLE]):
            padded = f" {plain(text)} "
            sum(label in padded for label in labels["nl" if place % 2 else "en"])

    peer = seconds(loop) / SAMPLE
    words = sum(len(text.split()) for text in texts) / TEXTS
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\nSpeed: {len(entries):,} labels of {len({entry.concept for entry in entries}):,} competences")
    print(f"  build {built:.1f} s of processor time, peak of the whole run {peak:.2f} GB")
    print(f"  {TEXTS:,} texts of {words:.0f} words, {sum(proposals) / TEXTS:.1f} proposals each: {taken:.1f} s")
    print(f"  Valley                             {60 * TEXTS / taken:>9,.0f} texts a minute")
    print(f"  each label with `in`, {SAMPLE} texts      {60 / peer:>9,.0f} texts a minute (finds literal labels only)")
    return 60 * TEXTS / taken


def cases() -> tuple[float, float]:
    """Precision and recall on the hand-labelled texts, of the reader and of literal labels."""
    entries, number = starter()
    reader = Reader(entries, systems())
    key = {place: name for name, place in number.items()}
    rows = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    asked = [set(row["asked"]) for row in rows]
    readings = [reader.read(row["text"]) for row in rows]

    def line(name: str, found: list[set[str]]) -> tuple[float, float]:
        right = sum(len(one & wanted) for one, wanted in zip(found, asked, strict=True))
        wrong = sum(len(one & set(row["not_asked"])) for one, row in zip(found, rows, strict=True))
        precision, recall = right / max(sum(map(len, found)), 1), right / sum(map(len, asked))
        print(f"  {name:<34} {precision:.3f}      {recall:.3f}   {wrong}")
        return precision, recall

    print(f"\nHand-labelled job texts: {len(rows)}, {sum(map(len, asked))} competences asked")
    print(f"  {'':<34} precision  recall  offered or denied but found")
    literal = [
        {key[entry.concept] for entry in entries if f" {plain(entry.text)} " in f" {plain(row['text'])} "}
        for row in rows
    ]
    line("each label with `in`", literal)
    reached = line("Valley", [{key[one.concept] for one in found.proposals} for found in readings])
    for least in (0.7, 0.8, 0.9):
        sure = [{key[one.concept] for one in found.proposals if one.score >= least} for found in readings]
        line(f"Valley, score of {least} and more", sure)
    return reached


def main() -> None:
    """Print every table; fails when a bar is missed."""
    if not titles.MELO.is_dir():
        raise SystemExit(f"No reference data at {titles.DATA}: set VALLEY_SHARED_DATA to the folder that holds melo/.")
    exact = titles.competent(frozenset({"skos:exactMatch"}), "P2 Competent phrases, exact")
    reached = {"P1": phrases("P1", titles.melo()), "P2": phrases("P2", exact)}
    a_minute = speed()
    precision, recall = cases()
    print(
        json.dumps(
            {
                "melo_concept_mrr": round(reached["P1"], 4),
                "competent_exact_mrr": round(reached["P2"], 4),
                "texts_a_minute": round(a_minute),
                "precision": round(precision, 3),
                "recall": round(recall, 3),
            }
        )
    )
    missed = [f"{name} must be above {bar}" for name, bar in BARS.items() if reached[name] <= bar]
    if missed or a_minute < TEXTS:
        raise SystemExit("; ".join([*missed, f"{TEXTS:,} texts a minute are asked, {a_minute:,.0f} were read"]))


if __name__ == "__main__":
    main()
