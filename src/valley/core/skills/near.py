"""Which of these competences say nearly the same, so that counting them apart would hide what employers share?

Experts wrote each occupation of ESCO apart: "customer service" and "maintain customer service" are two concepts there.
Only pairs are proposed; a person decides, and can take it back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from typing import Literal

from rapidfuzz.distance import OSA

from valley.core.skills import words
from valley.core.skills.text.little import FUNCTION

Why = Literal["relation", "label", "both"]
Bag = Mapping[str, float]

LIGHT = {
    "nl": frozenset(
        """bieden geven gebruiken uitvoeren omgaan hanteren verlenen verzorgen zorgen beheren werken kennis toepassen
        houden doen maken bewaken""".split()  # noqa: SIM905 - a list of words reads better as text
    ),
    "en": frozenset(
        """maintain handle manage perform ensure provide use apply carry conduct give have keep offer deal make execute
        knowledge""".split()  # noqa: SIM905 - as above
    ),
}
"""Verbs that add little to what follows them: they count for a third."""

LIGHT_WEIGHT = 1 / 3

OPPOSITES = (
    frozenset(("incoming", "outgoing")), frozenset(("inbound", "outbound")), frozenset(("internal", "external")),
    frozenset(("incoming", "outbound")), frozenset(("inbound", "outgoing")), frozenset(("buy", "sell")),
    frozenset(("written", "oral")), frozenset(("written", "spoken")), frozenset(("receive", "send")),
    frozenset(("customers", "employees")), frozenset(("customers", "colleagues")), frozenset(("answer", "make")),
    frozenset(("inkomende", "uitgaande")), frozenset(("inbound", "uitgaande")), frozenset(("interne", "externe")),
    frozenset(("kopen", "verkopen")), frozenset(("schriftelijk", "mondeling")), frozenset(("ontvangen", "versturen")),
    frozenset(("klanten", "medewerkers")), frozenset(("klanten", "collega's")),
    frozenset(("schriftelijk", "telefonisch")),
)  # fmt: skip
"""Labels that differ in such a pair are the two sides of one thing, however alike their letters are."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A competence with its labels (either may be empty) and the number of employers that ask it."""

    id: int
    label_nl: str
    label_en: str
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Near:
    """Two competences that say nearly the same: ``folded`` would count as ``kept``. ``score`` is 0 to 1."""

    kept: int
    folded: int
    score: float
    why: Why


@dataclass(frozen=True, slots=True)
class NearPolicy:
    """How alike labels must be: in their better language and on average, alone or beside a stated relation.

    Precision comes first: a person has to look at every pair. Of labels whose letters, words sorted, are ``letters``
    alike only the spelling differs.
    """

    best: float = 0.75
    mean: float = 0.5
    related_best: float = 0.5
    related_mean: float = 0.33
    letters: float = 0.9


def near_pairs(
    concepts: Sequence[Concept], relations: Iterable[tuple[int, int]], *, policy: NearPolicy | None = None
) -> tuple[Near, ...]:
    """The near-equal pairs among ``concepts``, surest first; ties by the numbers.

    ``relations`` are pairs that the vocabulary relates, in either order. Of a pair the one asked by more employers is
    kept, then the lower number. Cost: only pairs that share a word or a relation are compared; 400 concepts take well
    under a second.

    >>> service = [Concept(1, "klantenservice", "customer service"),
    ...            Concept(2, "klantenservice verlenen", "maintain customer service", 9),
    ...            Concept(3, "telefoon aannemen", "answer incoming calls"),
    ...            Concept(4, "klanten bellen", "make outgoing calls")]
    >>> near_pairs(service, [(3, 4)])
    (Near(kept=2, folded=1, score=0.795, why='label'),)
    """
    rules = policy or NearPolicy()
    known = {concept.id: concept for concept in concepts}
    related = {(min(pair), max(pair)) for pair in relations if pair[0] != pair[1] and known.keys() >= set(pair)}
    bags = {tongue: _bags(concepts, tongue) for tongue in ("nl", "en")}
    found: list[Near] = []
    for one, other in sorted(related | _sharing(bags.values())):
        alike = [_alike(held[one], held[other], rules) for held in bags.values() if held.get(one) and held.get(other)]
        why = _why(alike, (one, other) in related, rules)
        if why and not _opposite(known[one], known[other]):
            kept, folded = sorted((known[one], known[other]), key=lambda concept: (-concept.asked, concept.id))
            found.append(Near(kept.id, folded.id, round((max(alike) + sum(alike) / len(alike)) / 2, 3), why))
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.kept, pair.folded)))


def _why(alike: Sequence[float], related: bool, rules: NearPolicy) -> Why | None:
    if not alike:
        return None
    best, mean = max(alike), sum(alike) / len(alike)
    if best >= rules.best and mean >= rules.mean:
        return "both" if related else "label"
    return "relation" if related and best >= rules.related_best and mean >= rules.related_mean else None


def _bags(concepts: Sequence[Concept], tongue: str) -> dict[int, Bag]:
    """For each concept the stems of its label in one language, with their weights: rare words weigh more."""
    plain = {
        concept.id: words.plain(concept.label_nl if tongue == "nl" else concept.label_en).split()
        for concept in concepts
    }
    content = {pk: [word for word in said if word not in FUNCTION[tongue]] or said for pk, said in plain.items()}
    vocabulary = frozenset(word for said in content.values() for word in said if len(word) >= words.SHORTEST_PART)
    pieces = {pk: [part for word in said for part in words.parts(word, vocabulary)] for pk, said in content.items()}
    spoken = sorted({word for said in pieces.values() for word in said})
    stem = dict(zip(spoken, words.stems(spoken, language=tongue), strict=True))
    held = Counter(root for said in pieces.values() for root in {stem[word] for word in said})
    light = {stem.get(word, word) for word in LIGHT[tongue]}
    size = len(concepts)
    return {
        pk: {
            stem[word]: (LIGHT_WEIGHT if stem[word] in light else 1) * (1 + log((1 + size) / (1 + held[stem[word]])))
            for word in said
        }
        for pk, said in pieces.items()
    }


def _sharing(bags: Iterable[Mapping[int, Bag]]) -> set[tuple[int, int]]:
    """The pairs that share a word which weighs something in a language."""
    found: set[tuple[int, int]] = set()
    for held in bags:
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for pk, bag in held.items():
            for word in bag:
                holders[word].append(pk)
        for sharing in holders.values():
            found.update(combinations(sorted(sharing), 2))
    return found


def _alike(one: Bag, other: Bag, rules: NearPolicy) -> float:
    """The share of the weight of two labels that they have in common (weighted Jaccard), or their letters."""
    weights = {**one, **other}
    common = sum(weights[word] for word in one.keys() & other.keys())
    letters = OSA.normalized_similarity(" ".join(sorted(one)), " ".join(sorted(other)))
    return max(common / sum(weights.values()), letters if letters >= rules.letters else 0.0)


def _opposite(one: Concept, other: Concept) -> bool:
    """Do the labels differ in two words that are each other's opposite?"""
    return any(
        pair == frozenset((left, right))
        for here, there in ((one.label_nl, other.label_nl), (one.label_en, other.label_en))
        for left, right in _differing(here, there)
        for pair in OPPOSITES
    )


def _differing(here: str, there: str) -> Iterator[tuple[str, str]]:
    """Every word of one label beside every word of the other, of those that they do not share."""
    mine, yours = set(here.casefold().split()), set(there.casefold().split())
    for left in sorted(mine - yours):
        for right in sorted(yours - mine):
            yield left, right
