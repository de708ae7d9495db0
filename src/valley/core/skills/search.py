"""Which concepts does a person mean who types these letters: a competence, a role, an everyday job title?

Purely lexical, so that every answer can be explained by the label it rests on: equal text, the beginning of a label,
the same words in another order, parts of a compound, or letters that are nearly the same (typing errors).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from valley.core.errors import ValleyError
from valley.core.skills import vectors, words

Kind = Literal["preferred", "alternative", "title"]
Why = Literal["exact", "prefix", "words", "typo", "part", "similar"]

KINDS: tuple[Kind, ...] = ("preferred", "alternative", "title")
LONGEST_QUERY = 200
"""Letters in a query: the longest label in ESCO 1.1.1 and its Dutch files has 166."""


class UnusableQuery(ValleyError):
    """The text cannot be searched for, or the number of answers is not one that can be given."""

    code: ClassVar[str] = "unusable-query"


class UnusableLabel(ValleyError):
    """A label that the index cannot weigh."""

    code: ClassVar[str] = "unusable-label"


@dataclass(frozen=True, slots=True)
class Label:
    """One text by which a concept can be found; ``weight`` is above 0 and at most 1, and multiplies the score.

    Raises ``UnusableLabel`` for another weight or kind.
    """

    concept: int
    text: str
    language: str
    kind: Kind = "preferred"
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.weight <= 1 or self.kind not in KINDS:
            raise UnusableLabel(
                expected="a weight above 0 and at most 1, and a kind out of " + ", ".join(KINDS),
                found=f"weight {self.weight}, kind {self.kind}",
                next_step="Correct the label before building the index.",
            )


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found, the label it rests on, a score from 0 to 1 and what the two have in common."""

    concept: int
    text_matched: str
    score: float
    why: Why


@dataclass(frozen=True, slots=True)
class SearchPolicy:
    """How much each kind of likeness counts.

    ``letters`` and ``stems`` are shares of the score, chosen on UWV titles that do not equal an ESCO label and on
    Competent phrases mapped as close. Of the best ``shortlist`` labels, those one or two slips of the keyboard away
    get ``slip`` extra. ``floor`` is the score
    under which a label is no answer, unless each word typed begins a word of it: those labels get ``opening`` extra,
    and labels that begin with the whole query ``prefix`` on top of that.
    """

    letters: float = 0.7
    stems: float = 0.3
    slip: float = 0.2
    opening: float = 0.02
    prefix: float = 0.02
    shortlist: int = 150
    floor: float = 0.25
    best_inexact: float = 0.99


class LabelIndex:
    """An index over labels: built once, read-only, the same whatever the order of the labels; it can be pickled.

    Labels without any letter or digit can never be found and are left out. Cost: about 2 s and 100 MB for 100,000
    labels; a query then takes a few milliseconds.

    >>> index = LabelIndex([Label(1, "klachten behandelen", "nl"), Label(2, "klanten helpen", "nl")])
    >>> [(hit.concept, hit.why) for hit in index.find("klahcten behandelen", limit=1)]
    [(1, 'typo')]
    >>> [hit.concept for hit in index.find("kl")]
    [2, 1]
    """

    def __init__(self, labels: Sequence[Label], *, policy: SearchPolicy | None = None) -> None:
        self.policy = policy or SearchPolicy()
        plain = [words.plain(label.text) for label in labels]
        order = sorted(
            (text, label.text, label.language, KINDS.index(label.kind), label.concept, -label.weight)
            for text, label in zip(plain, labels, strict=True)
            if text
        )
        self._plain = [row[0] for row in order]
        self._texts = [row[1] for row in order]
        self._spoken = tuple(sorted({row[2] for row in order}))
        self._languages = np.array([self._spoken.index(row[2]) for row in order], dtype=np.int64)
        self._kinds = np.array([row[3] for row in order], dtype=np.int64)
        self._concepts = np.array([row[4] for row in order], dtype=np.int64)
        self._weights = np.array([-row[5] for row in order], dtype=np.float64)
        self._cores = [words.without_level(text) for text in self._plain]
        self._vocabulary = frozenset(
            word for text in self._cores for word in text.split() if len(word) >= words.SHORTEST_PART
        )
        self._letters = vectors.postings(*vectors.grams(self._cores), size=len(order))
        self._stem_numbers: dict[str, int] = {}
        self._stems = vectors.postings(*self._stem_features(), size=len(order))
        self._words = sorted({word for text in self._plain for word in text.split()})
        self._word_starts, self._word_rows = self._word_holders()

    def __len__(self) -> int:
        return len(self._texts)

    def find(self, text: str, *, language: str | None = None, limit: int = 10) -> tuple[Hit, ...]:
        """The concepts that ``text`` may mean, best first; empty when nothing is alike enough.

        A concept scores as its best label does. ``language`` keeps labels of that language only. Ties: kind of label
        (preferred first), shorter label, then the label's alphabetical order and the concept's number.
        Raises ``UnusableQuery`` above 200 letters or for a limit under 1.
        """
        query = self._query(text, limit)
        if not query or not self._texts:
            return ()
        scores, typed = self._scores(query, language)
        rows = np.flatnonzero(scores >= self.policy.floor)
        scores = scores * self._weights
        lengths = np.array([len(self._plain[row]) for row in rows], dtype=np.int64)
        order = rows[np.lexsort((self._concepts[rows], rows, lengths, self._kinds[rows], -scores[rows]))]
        _, firsts = np.unique(self._concepts[order], return_index=True)
        best = order[np.sort(firsts)][:limit]
        core = words.without_level(query)
        asked = [self._finest(core, spoken) for spoken in self._asked(language)]
        return tuple(
            Hit(
                int(self._concepts[row]),
                self._texts[int(row)],
                round(float(scores[row]), 6),
                self._why(query, asked, int(row), row in typed),
            )
            for row in best
        )

    def scores(self, text: str, *, language: str | None = None) -> NDArray[np.float64]:
        """The score of every label in the order of ``texts()``: for benchmarks and for looking inside."""
        query = self._query(text, 1)
        if not query or not self._texts:
            return np.zeros(len(self._texts))
        return self._scores(query, language)[0] * self._weights

    def texts(self) -> tuple[tuple[int, str], ...]:
        """Concept and text of every label, in the index's own order."""
        return tuple((int(concept), text) for concept, text in zip(self._concepts, self._texts, strict=True))

    def _query(self, text: str, limit: int) -> str:
        if limit < 1:
            raise UnusableQuery(expected="at least one answer", found=limit, next_step="Ask for 1 or more answers.")
        if len(text) > LONGEST_QUERY:
            raise UnusableQuery(
                expected=f"at most {LONGEST_QUERY} letters",
                found=f"{len(text)} letters",
                next_step="Search for the most important words only.",
                longest=LONGEST_QUERY,
            )
        return words.plain(text)

    def _stem_features(self) -> tuple[vectors.Ints, vectors.Ints]:
        """The number of every stem in every label, and the label's row; each distinct word is stemmed once."""
        tongues: list[int] = self._languages.tolist()
        used: list[set[str]] = [set() for _ in self._spoken]
        for tongue, text in zip(tongues, self._cores, strict=True):
            used[tongue].update(text.split())
        numbers = [self._stem_numbers_of(sorted(own), tongue) for tongue, own in enumerate(used)]
        found = [
            [number for word in text.split() for number in numbers[tongue][word]]
            for tongue, text in zip(tongues, self._cores, strict=True)
        ]
        owners = np.repeat(np.arange(len(found)), [len(row) for row in found])
        return np.fromiter(chain.from_iterable(found), dtype=np.int64, count=len(owners)), owners

    def _stem_numbers_of(self, own: list[str], tongue: int) -> dict[str, list[int]]:
        """For each word of one language the numbers of its stems; stems not seen before get the next number."""
        pieces = {word: self._pieces(word) for word in own}
        parts = sorted({part for found in pieces.values() for part in found})
        stem = dict(zip(parts, words.stems(parts, language=self._spoken[tongue]), strict=True))
        known = self._stem_numbers
        return {word: [known.setdefault(stem[part], len(known)) for part in found] for word, found in pieces.items()}

    def _word_holders(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Per word of ``_words`` the rows that have it, as one array cut at the starts."""
        number = {word: place for place, word in enumerate(self._words)}
        held = np.array([number[word] for text in self._plain for word in text.split()], dtype=np.int64)
        rows = np.repeat(np.arange(len(self._plain)), [text.count(" ") + 1 for text in self._plain])
        keys = np.unique((held << 32) | rows)
        return np.searchsorted(keys >> 32, np.arange(len(self._words) + 1)), keys & 0xFFFFFFFF

    def _pieces(self, word: str) -> tuple[str, ...]:
        """The word and, if it is a compound, its parts."""
        found = words.parts(word, self._vocabulary)
        return found if len(found) == 1 else (word, *found)

    def _query_stems(self, core: str, language: str) -> list[str]:
        return words.stems([piece for word in core.split() for piece in self._pieces(word)], language=language)

    def _finest(self, core: str, language: str) -> frozenset[str]:
        """The stems of the smallest parts of a text."""
        pieces = [part for word in core.split() for part in words.parts(word, self._vocabulary)]
        return frozenset(words.stems(pieces, language=language))

    def _asked(self, language: str | None) -> tuple[str, ...]:
        return self._spoken if language is None else (language,)

    def _scores(self, query: str, language: str | None) -> tuple[NDArray[np.float64], frozenset[int]]:
        """Every label's score before its weight, and the labels that are a typing error away."""
        core = words.without_level(query)
        policy = self.policy
        letters = self._letters.cosine(vectors.grams([core])[0])
        stems = np.zeros(len(self._texts))
        for spoken in self._asked(language):
            found = self._query_stems(core, spoken)
            numbers = [self._stem_numbers.get(stem, -1 - place) for place, stem in enumerate(found)]
            stems = np.maximum(stems, self._stems.cosine(np.array(numbers, dtype=np.int64)))
        scores = policy.letters * letters + policy.stems * stems
        other = self._other(language)
        scores[other] = 0.0
        typed = self._forgive_slips(scores, core)
        opened = self._opened(query)
        scores[opened] = np.maximum(scores[opened] + policy.opening, policy.floor)
        start, end = _span(self._plain, query)
        scores[start:end] += policy.prefix
        np.minimum(scores, policy.best_inexact, out=scores)
        scores[start : bisect_left(self._plain, query + "\0")] = 1.0
        scores[other] = 0.0
        return scores, typed

    def _other(self, language: str | None) -> NDArray[np.bool_] | slice:
        """The rows in another language than the one asked for."""
        if language is None:
            return slice(0)
        asked = self._spoken.index(language) if language in self._spoken else -1
        return self._languages != asked

    def _opened(self, query: str) -> NDArray[np.bool_]:
        """For every row: does each word of the query begin a word of its label?"""
        opened = np.ones(len(self._plain), dtype=bool)
        for word in query.split():
            first, last = _span(self._words, word)
            holding = np.zeros(len(self._plain), dtype=bool)
            holding[self._word_rows[self._word_starts[first] : self._word_starts[last]]] = True
            opened &= holding
        return opened

    def _forgive_slips(self, scores: NDArray[np.float64], core: str) -> frozenset[int]:
        """Lift the best labels that are at most one slip (two from eight letters) away, and name their rows."""
        slips = 1 if len(core) < 8 else 2
        if len(core) <= slips + 2:
            return frozenset()
        count = min(self.policy.shortlist, len(scores))
        edge = np.partition(scores, -count)[-count]
        best = np.flatnonzero((scores >= edge) & (scores > 0)).tolist()
        near = [row for row in best if OSA.distance(core, self._cores[row], score_cutoff=slips) <= slips]
        scores[near] += self.policy.slip
        return frozenset(near)

    def _why(self, query: str, asked: Sequence[frozenset[str]], row: int, typed: bool) -> Why:
        """What the query and this label have in common, the strongest first; ``asked`` per language of the query."""
        label = self._plain[row]
        if label == query:
            return "exact"
        if label.startswith(query):
            return "prefix"
        own = self._finest(self._cores[row], self._spoken[int(self._languages[row])])
        if own in asked:
            return "words"
        if typed:
            return "typo"
        return "part" if any(own & stems for stems in asked) or f" {query}" in label else "similar"


def _span(ordered: Sequence[str], opening: str) -> tuple[int, int]:
    """Where in an ordered sequence the texts stand that begin with ``opening``."""
    return bisect_left(ordered, opening), bisect_left(ordered, opening + "\U0010ffff")
