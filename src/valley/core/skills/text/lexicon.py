"""Which known word is meant by this word of a text: inflected, joined with another, or taken apart by a sentence?

A word of a label becomes a *root* (its Snowball stem, a few spellings evened out); a word of a text is brought back
to a root that labels know, because a stemmer alone keeps "behandelt" apart from "behandelen".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from valley.core.skills import words
from valley.core.skills.text.little import FUNCTION

PARTICLES = {
    "nl": frozenset(
        [
            "aan",
            "af",
            "bij",
            "door",
            "in",
            "mee",
            "na",
            "om",
            "op",
            "over",
            "terug",
            "toe",
            "uit",
            "vast",
            "voor",
            "weg",
        ]
    ),
    "de": frozenset(
        [
            "ab",
            "an",
            "auf",
            "aus",
            "bei",
            "durch",
            "ein",
            "entgegen",
            "fest",
            "mit",
            "nach",
            "um",
            "vor",
            "weiter",
            "zu",
            "zusammen",
            "zuruck",
        ]
    ),
}
"""First parts of verbs that a sentence puts at its end: "je neemt de telefoon aan", "du nimmst Anrufe entgegen"."""

IRREGULAR = {
    "de": {
        "nimmst": "nehmen", "nimmt": "nehmen", "gibst": "geben", "gibt": "geben", "sprichst": "sprechen",
        "liest": "lesen",
        "spricht": "sprechen", "hilfst": "helfen", "hilft": "helfen", "siehst": "sehen", "sieht": "sehen",
        "triffst": "treffen", "trifft": "treffen", "wirbst": "werben", "halt": "halten", "behalt": "behalten",
    },
    "nl": {"doe": "doen", "doet": "doen", "ziet": "zien", "staat": "staan", "slaat": "slaan",
    "behoudt": "behouden"},
    "en": {"dealt": "deal", "sold": "sell", "spoken": "speak", "written": "write", "took": "take", "taken": "take"},
}  # fmt: skip
"""Forms of verbs with another vowel, which no stemmer brings together."""

ENDINGS = {"nl": ("t", "d", "s", "de", "te", "den", "ten"), "de": ("t", "et", "st", "est", "te", "ten"), "en": ()}
"""Endings of verbs that Snowball keeps; cut only when a known root remains."""

VERB_REACH = 10
"""Words between a verb and its particle; longer brackets are rare in texts that people want read."""

LARGEST_WORD = words.LONGEST_COMPOUND
KEPT = 60_000
"""Words of texts whose analysis is kept; job texts of a whole trade have some 40,000 different words."""

_BRITISH = re.compile(r"(?<=[a-z]{3})is(?=(?:e[srd]?|ing|ations?)$)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word may be: its root's number (0 when unknown), those of its parts, and roots a particle may join."""

    root: int
    parts: tuple[int, ...]
    stems: tuple[str, ...]


class Lexicon:
    """The roots of one language's labels; immutable but for a memory of words already looked at."""

    def __init__(self, language: str, spoken: Iterable[str], foreign: Iterable[str] = ()) -> None:
        """``spoken`` are the plain words of the labels in this language, ``foreign`` those of labels in another."""
        self.language = language
        self.function = FUNCTION[language]
        own = sorted(set(spoken))
        self._vocabulary = frozenset(word for word in own if len(word) >= words.SHORTEST_PART)
        roots = dict(zip(own, self._stem(own), strict=True))
        self._numbers = {root: place for place, root in enumerate(sorted(set(roots.values())), 1)}
        self._words = {word: self._numbers[root] for word, root in roots.items()}
        size = len(self._numbers)
        others = sorted({word for word in foreign if word not in self._words})
        self._foreign = {word: size + place for place, word in enumerate(others, 1)}
        self._seen: dict[str, Meaning] = {}

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_seen": {}}

    @property
    def known(self) -> Collection[str]:
        """The plain words of the labels in this language."""
        return self._words.keys()

    def content(self, plain: Sequence[str]) -> list[str]:
        """The words with a meaning of their own, in order."""
        return [word for word in plain if len(word) > 1 and word not in self.function]

    def root_of_label(self, word: str) -> int:
        """The number of a label's word."""
        return self._words.get(word) or self._foreign[word]

    def parts_of_label(self, word: str) -> tuple[int, ...]:
        """The numbers of the parts of a label's word, or of the word itself."""
        found = words.parts(word, self._vocabulary)
        return tuple(self._words[part] for part in found) if len(found) > 1 else (self._words[word],)

    def meaning(self, word: str) -> Meaning:
        """What a word of a text may be; looked up once, then remembered (at most ``KEPT`` words)."""
        found = self._seen.get(word)
        if found is None:
            found = self._look(word)
            if len(self._seen) >= KEPT:
                self._seen.clear()
            self._seen[word] = found
        return found

    def joined(self, particle: str, word: str) -> int:
        """The root of a verb whose particle stands elsewhere in the sentence, 0 when labels do not know it.

        >>> lexicon = Lexicon("nl", ["telefoon", "aannemen"])
        >>> lexicon.joined("aan", "neemt") == lexicon.root_of_label("aannemen")
        True
        """
        for stem in self.meaning(word).stems:
            found = self._numbers.get(particle + stem)
            if found:
                return found
        return 0

    def rejoined(self, plain: Sequence[str], masked: frozenset[int]) -> Iterator[tuple[int, int]]:
        """Number and place of the verbs whose particle stands further on: "neemt ... aan", and "aan te nemen"."""
        particles = PARTICLES.get(self.language, frozenset())
        for place, word in enumerate(plain):
            if word in particles:
                infinitive = plain[place + 1 : place + 2] in (["te"], ["zu"], ("te",), ("zu",))
                behind = (
                    range(place + 2, place + 3) if infinitive else range(place - 1, max(place - VERB_REACH, 0) - 1, -1)
                )
                for at in behind:
                    number = self.joined(word, plain[at]) if at < len(plain) and at not in masked else 0
                    if number:
                        yield number, at
                        break

    def _look(self, word: str) -> Meaning:
        if len(word) > LARGEST_WORD:
            return Meaning(0, (), ())
        if word in self._words:
            return Meaning(self._words[word], self._split(word), tuple(self._stem([word])))
        stems = tuple(dict.fromkeys(self._stem([word, *self._variants(word)])))
        root = next((self._numbers[stem] for stem in stems if stem in self._numbers), 0)
        return Meaning(root or self._foreign.get(word, 0), self._split(word), stems)

    def _variants(self, word: str) -> Iterator[str]:
        """Other forms of the verb that a word may be a form of, likeliest first."""
        irregular = IRREGULAR.get(self.language, {})
        for form, base in irregular.items():
            if word.endswith(form):
                yield word[: -len(form)] + base
        for bare in (word, *self._without_ge(word)):
            if bare != word:
                yield bare
            for ending in ENDINGS[self.language]:
                if bare.endswith(ending) and len(bare) - len(ending) >= 3:
                    yield bare[: -len(ending)]
                    yield bare[: -len(ending)] + "en"

    def _without_ge(self, word: str) -> Iterator[str]:
        """A participle or infinitive without the ``ge``, ``te`` or ``zu`` inside it: opgelost, entgegenzunehmen."""
        marks = {"nl": ("ge", "te"), "de": ("ge", "zu")}.get(self.language, ())
        for front in ("", *sorted(PARTICLES.get(self.language, ()))):
            for mark in marks if front else marks[:1]:
                if word.startswith(front + mark) and len(word) > len(front) + 4:
                    yield front + word[len(front) + 2 :]

    def _split(self, word: str) -> tuple[int, ...]:
        """The known parts of a compound, none when it is not one."""
        found = words.parts(word, self._vocabulary)
        if len(found) > 1:
            return tuple(self._words[part] for part in found)
        if self.language == "en" or word in self._words:
            return ()
        return self._split_by_root(word)

    def _split_by_root(self, word: str) -> tuple[int, ...]:
        """Two parts of which only the roots are known: "klachtafhandeling" of "klachten" and "afhandelen"."""
        least = words.SHORTEST_PART
        for cut in range(least, len(word) - least + 1):
            front = self._known_front(word[:cut])
            if front and word[cut:] not in words.NO_PART:
                head = self._numbers.get(self._stem([word[cut:]])[0], 0)
                if head:
                    return (*front, head)
        return ()

    def _known_front(self, piece: str) -> tuple[int, ...]:
        """The first part of a compound, without its linking letters."""
        if piece in words.NO_PART:
            return ()
        for link in words.LINKS:
            base = piece[: len(piece) - len(link)]
            if piece.endswith(link) and len(base) >= words.SHORTEST_PART:
                number = self._words.get(base) or self._numbers.get(base)
                if number and base not in words.NO_PART:
                    return (number,)
        return ()

    def _stem(self, plain: Sequence[str]) -> list[str]:
        """The roots of plain words."""
        if self.language == "en":
            plain = [_BRITISH.sub("iz", word) for word in plain]
        stems = words.stems(plain, language=self.language)
        if self.language == "nl":
            stems = [_dutch(word, stem) for word, stem in zip(plain, stems, strict=True)]
        return stems


def _dutch(word: str, stem: str) -> str:
    """A Dutch stem with one spelling for v and f, z and s, and double vowels: "lezen" and "leest" are one word."""
    if len(stem) < 3:
        return word
    stem = stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    return re.sub(r"([aeou])\1(?=[^aeiou]$)", r"\1", stem)
