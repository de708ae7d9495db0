"""Are these texts the same, or nearly?"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from valley.core.skills import words

SHINGLE = 3
"""Words in a row that are compared: with fewer all texts of a trade look alike, with more one new word weighs a lot."""

ALIKE = 0.8
"""Share of shingles in common from which a text is a variant of another (the same job, another shift or place)."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two texts by their numbers, first the lower, and the share of their word triples that they have in common."""

    first: int
    second: int
    share: float


def fingerprint_of_words(text: str) -> str:
    """The same for texts of the same words: capitals, accents, signs and white space make no difference.

    >>> fingerprint_of_words("Klachten  behandelen!") == fingerprint_of_words("klachten behandelen")
    True
    """
    return hashlib.sha256(words.plain(text).encode()).hexdigest()


def nearly_same(texts: Sequence[str], *, alike: float = ALIKE) -> tuple[Alike, ...]:
    """The pairs of texts with at least ``alike`` (above 0) of their word triples in common, in order.

    Exact, not sampled: a pair that is alike shares one of its rarest triples, and only those are looked up (prefix
    filter of Chaudhuri, Ganti and Kaushik 2006). Texts without any word are like no other. Cost: near linear while
    few texts are alike; all pairs when all are.

    >>> nearly_same(["een twee drie vier", "Een, twee, drie, vier!", "vijf zes zeven"])
    (Alike(first=0, second=1, share=1.0),)
    """
    shingles = [_shingles(text) for text in texts]
    often = Counter(shingle for own in shingles for shingle in own)
    rarest = [sorted(own, key=lambda shingle: (often[shingle], shingle)) for own in shingles]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    found: list[Alike] = []
    for number, order in enumerate(rarest):
        opening = order[: len(order) - ceil(alike * len(order)) + 1]
        others = {other for shingle in opening for other in holders[shingle]}
        for other in sorted(others):
            share = _share(shingles[other], shingles[number])
            if share >= alike:
                found.append(Alike(other, number, round(share, 4)))
        for shingle in opening:
            holders[shingle].append(number)
    return tuple(sorted(found, key=lambda pair: (pair.first, pair.second)))


def _shingles(text: str) -> frozenset[str]:
    spoken = words.plain(text).split()
    count = max(len(spoken) - SHINGLE + 1, min(len(spoken), 1))
    return frozenset(" ".join(spoken[place : place + SHINGLE]) for place in range(count))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)
