"""Which labels of one language do these words name: in their own order, or scattered over a sentence?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from valley.core.skills import words
from valley.core.skills.text.automaton import Sequences, letters
from valley.core.skills.text.lexicon import Lexicon
from valley.core.skills.text.little import LITTLE, SHOWN
from valley.core.skills.text.policy import ReadingPolicy
from valley.core.skills.text.shapes import Entry, Why

NEAREST = 4
"""Of a word that a sentence repeats, so many places are tried."""

MOST_GROWN, MOST_CHANGED = 3, 2
"""Letters that an inflected word on its own may have more than the label's, and that may differ at their ends."""

QUALITIES = ("heid", "heit", "keit", "ness")
"""Endings that make a quality of a word: "stressbestendigheid"."""

LONGEST_LABEL = 12
"""Words of content in a label that may be scattered: longer ones are sentences and match in order only."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label or phrase as it is looked for; ``base`` is its score when a text says it literally."""

    concept: int
    text: str
    plain: str
    roots: tuple[int, ...]
    terms: frozenset[int]
    base: float


@dataclass(frozen=True, slots=True)
class Found:
    """A label found in a sentence: the places of its words there, how, and how surely."""

    label: Label
    places: tuple[int, ...]
    why: Why
    score: float
    whole: frozenset[int]
    """The places of which the label says the whole word, not only a part of a compound."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of content of a sentence: places, roots, and for every root or part of a word the places it has."""

    places: tuple[int, ...]
    roots: tuple[int, ...]
    spread: Mapping[int, tuple[int, ...]]
    """From root or part to places in the sentence, in order."""
    rank: Mapping[int, int]
    """From place in the sentence to its number among the words of content."""
    parts: Mapping[int, frozenset[int]]
    """Of a compound, by its place: the parts, all of which a label needs to have the whole word."""


class Index:
    """The labels of one language. Immutable; the same whatever the order of the entries; can be pickled."""

    def __init__(self, language: str, own: Iterable[Entry], foreign: Iterable[Entry], *, policy: ReadingPolicy) -> None:
        """``own`` are entries in this language; ``foreign`` those in another that its texts quote literally."""
        plain = {entry: words.plain(entry.text) for entry in (*own, *foreign)}
        self.lexicon = Lexicon(
            language,
            (word for entry, text in plain.items() if entry.language == language for word in text.split()),
            (word for entry, text in plain.items() if entry.language != language for word in text.split()),
        )
        self._policy = policy
        self._little = frozenset(LITTLE[language])
        bare = self._bare(plain)
        labels = self._labels(bare)
        self._sequences = Sequences(labels.keys())
        self._by_sequence = {
            roots: tuple(sorted(found, key=lambda label: (-label.base, label.concept, label.text)))
            for roots, found in labels.items()
        }
        self._scattered = self._anchored([label for found in self._by_sequence.values() for label in found])

    def _bare(self, plain: Mapping[Entry, str]) -> list[tuple[Entry, str, list[str]]]:
        """The entries with their words of content; those without any, and foreign ones of one word, are left out."""
        found: list[tuple[Entry, str, list[str]]] = []
        for entry, text in plain.items():
            content = self.lexicon.content(text.split())
            own = entry.language == self.lexicon.language
            if len(content) >= (1 if own else 2):
                found.append((entry, text, content))
            bare = [word for word in content if word not in SHOWN[self.lexicon.language]]
            if own and len(bare) == 1 < len(content):
                found.append((entry, text, bare))
        return found

    def _labels(self, bare: list[tuple[Entry, str, list[str]]]) -> dict[tuple[int, ...], set[Label]]:
        """The labels by the roots of their words, with the score each may reach."""
        holders = self._holders(bare)
        stop = max(self._policy.common_least, self._policy.common * len({entry.concept for entry, _, _ in bare}))
        shares: defaultdict[tuple[int, ...], set[int]] = defaultdict(set)
        roots = [tuple(map(self.lexicon.root_of_label, content)) for _, _, content in bare]
        for (entry, _, _), sequence in zip(bare, roots, strict=True):
            shares[sequence].add(entry.concept)
        made: defaultdict[tuple[int, ...], set[Label]] = defaultdict(set)
        for (entry, text, content), sequence in zip(bare, roots, strict=True):
            base = self._base(entry, content, [holders[word] > stop for word in content])
            base *= self._policy.shared if len(shares[sequence]) > 1 else 1.0
            if base >= self._policy.floor:
                terms = self._terms(entry, content)
                made[sequence].add(Label(entry.concept, entry.text, text, sequence, terms, base))
        return dict(made)

    def _holders(self, bare: list[tuple[Entry, str, list[str]]]) -> Counter[str]:
        """In how many concepts each word occurs."""
        held: defaultdict[str, set[int]] = defaultdict(set)
        for entry, _, content in bare:
            for word in content:
                held[word].add(entry.concept)
        return Counter({word: len(concepts) for word, concepts in held.items()})

    def _base(self, entry: Entry, content: list[str], common: list[bool]) -> float:
        """The score of a label that a text says literally; 0 for one word that says nothing on its own."""
        policy = self._policy
        base = policy.alternative if entry.source == "alternative" else 1.0
        base *= 1.0 if entry.language == self.lexicon.language else policy.foreign
        empty = [word in self._little or often for word, often in zip(content, common, strict=True)]
        if len(content) == 1:
            return 0.0 if empty[0] else base * (policy.single if len(self._parts(entry, content[0])) == 1 else 1.0)
        return base * (policy.vague if len(content) == 2 and all(empty) else 1.0)

    def _parts(self, entry: Entry, word: str) -> tuple[int, ...]:
        if entry.language != self.lexicon.language:
            return (self.lexicon.root_of_label(word),)
        return self.lexicon.parts_of_label(word)

    def _terms(self, entry: Entry, content: list[str]) -> frozenset[int]:
        """The parts that must all be found when the words of a label are scattered; none when that is not tried."""
        if entry.language != self.lexicon.language or len(content) > LONGEST_LABEL:
            return frozenset()
        found = frozenset(number for word in content for number in self._parts(entry, word))
        return found if len(found) > 1 else frozenset()

    def _anchored(self, labels: Iterable[Label]) -> dict[int, dict[int, tuple[Label, ...]]]:
        """Labels by their rarest and second rarest part: a sentence without both need not look at them."""
        chosen = [label for label in labels if label.terms]
        often = Counter(number for label in chosen for number in label.terms)
        made: defaultdict[int, defaultdict[int, list[Label]]] = defaultdict(lambda: defaultdict(list))
        for label in chosen:
            first, second = sorted(label.terms, key=lambda number: (often[number], number))[:2]
            made[first][second].append(label)
        return {
            first: {
                second: tuple(sorted(found, key=lambda label: (label.concept, label.text, -label.base)))
                for second, found in held.items()
            }
            for first, held in made.items()
        }

    def find(self, plain: Sequence[str], masked: frozenset[int]) -> list[Found]:
        """Every label that a sentence of plain words names, outside the ``masked`` places."""
        terms = self._terms_of(plain, masked)
        return [*self._in_order(plain, terms), *self._in_any_order(terms)]

    def _terms_of(self, plain: Sequence[str], masked: frozenset[int]) -> Terms:
        lexicon = self.lexicon
        places: list[int] = []
        roots: list[int] = []
        spread: defaultdict[int, list[int]] = defaultdict(list)
        parts: dict[int, frozenset[int]] = {}
        for place, word in enumerate(plain):
            if place in masked:
                places.append(place)
                roots.append(0)
            elif len(word) > 1 and word not in lexicon.function:
                meaning = lexicon.meaning(word)
                places.append(place)
                roots.append(meaning.root)
                if meaning.parts:
                    parts[place] = frozenset(meaning.parts)
                for number in {meaning.root, *meaning.parts}:
                    spread[number].append(place)
        for number, place in lexicon.rejoined(plain, masked):
            spread[number] = sorted({*spread[number], place})
        spread.pop(0, None)
        rank = {place: number for number, place in enumerate(places)}
        return Terms(tuple(places), tuple(roots), {number: tuple(at) for number, at in spread.items()}, rank, parts)

    def _in_order(self, plain: Sequence[str], terms: Terms) -> Iterator[Found]:
        policy = self._policy
        for begin, end, sequence in self._sequences.occur(letters(terms.roots)):
            places = terms.places[begin:end]
            said = " ".join(plain[places[0] : places[-1] + 1])
            for label in self._by_sequence[sequence]:
                if said == label.plain or (len(places) == 1 and plain[places[0]] == label.plain):
                    yield Found(label, places, "exact", label.base, frozenset(places))
                elif len(sequence) > 1 or self._inflected(plain[places[0]], label.plain):
                    yield Found(label, places, "stems", label.base * policy.stems, frozenset(places))

    def _inflected(self, said: str, label: str) -> bool:
        return said not in self._little and _same_word(said, label)

    def _in_any_order(self, terms: Terms) -> Iterator[Found]:
        have = terms.spread.keys()
        for first in have:
            held = self._scattered.get(first)
            if held:
                for second in held.keys() & have:
                    for label in held[second]:
                        if len(label.terms) == 2 or label.terms <= have:
                            found = self._gathered(label, first, terms)
                            if found:
                                yield found

    def _gathered(self, label: Label, anchor: int, terms: Terms) -> Found | None:
        """The closest places that hold all parts of a label; None when they lie too far apart."""
        best: tuple[int, tuple[int, ...]] | None = None
        others = sorted(label.terms - {anchor})
        for at in terms.spread[anchor][:NEAREST]:
            places = {at, *(min(terms.spread[other], key=lambda place: abs(place - at)) for other in others)}
            ranks = sorted(terms.rank.get(place, place) for place in places)
            width = ranks[-1] - ranks[0] + 1
            if best is None or (width, min(places)) < (best[0], best[1][0]):
                best = (width, tuple(sorted(places)))
        if best is None or best[0] - len(best[1]) > (self._policy.gap if len(label.roots) > 1 else 0):
            return None
        whole = frozenset(place for place in best[1] if place not in terms.parts or terms.parts[place] <= label.terms)
        # Only halves of other words: "klantcontact in het zaaksysteem" is no "klantsysteem".
        return self._scored(label, best[1], best[0], whole) if whole else None

    def _scored(self, label: Label, places: tuple[int, ...], width: int, whole: frozenset[int]) -> Found:
        policy = self._policy
        base = label.base * policy.half ** (len(places) - len(whole))
        if width == len(places) and len(places) != len(label.roots):
            # The same parts, but joined or taken apart otherwise than in the label.
            return Found(label, places, "compound", base * policy.compound, whole)
        score = base * (policy.apart + policy.together * len(places) / width)
        return Found(label, places, "words", score, whole)


def _same_word(said: str, label: str) -> bool:
    """Is one word a form of a word of the label? Stems of short words meet by chance: "excellent" and "Excel"."""
    for word in label.split():
        shorter, longer = sorted((said, word), key=len)
        alike = next((place for place, letter in enumerate(shorter) if letter != longer[place]), len(shorter))
        grown = len(longer) - len(shorter) <= MOST_GROWN or longer.endswith(QUALITIES)
        if len(word) > 1 and grown and alike >= max(2, len(shorter) - MOST_CHANGED):
            return True
    return False
