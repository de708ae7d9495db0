"""How does a label or a typed phrase become words that can be compared, in Dutch and English?

Case, accents, punctuation, the "(m/v/x)" of job texts and words of level ("junior", "2e") carry no meaning for
finding; Dutch writes compounds as one word, so a compound is split where both sides are words of the vocabulary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from typing import cast

import snowballstemmer  # pyright: ignore[reportMissingTypeStubs]

STEMMERS = {"nl": "dutch", "en": "english", "de": "german"}
"""Languages whose words are stemmed (Snowball); words of other languages are compared as they are."""

SHORTEST_PART = 4
"""A compound part has at least four letters: shorter ones ("les", "dag") split more words wrongly than rightly."""

LONGEST_COMPOUND = 60
"""Longer words are typing accidents or attacks; the longest compound in the Dutch ESCO labels has 35 letters."""

LINKS = ("", "s", "en", "e", "n")
"""Letters that Dutch puts between the parts of a compound."""

NO_PART = frozenset({"voor", "over", "onder", "door", "naar", "tegen", "achter", "boven", "binnen", "buiten", "zijn"})
"""Function words: "voorbereiden" is not a compound of "voor"."""

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "&": " en ", "'": "", "’": "", "`": ""}
)
_GENDER = re.compile(r"\(?\b[mvfx](?:\s?/\s?[mvfxd]){1,2}\b\)?")
_WORDS = re.compile(r"[^\W_]+[+#]*")
_LEVELS = re.compile(
    r"\b(?:junior|senior|medior|aankomend|ervaren|lager|middelbaar|hoger|[1-4]e|(?:niveau|level) [1-4]|all ?round)\b"
)


def plain(text: str) -> str:
    """The comparable form of a text: lower case, no accents, only words and single spaces; may be empty.

    >>> plain("Telefonist(e)  Bésteld & Co. (m/v/x), C++")
    'telefonist e besteld en co c++'
    """
    lowered = text.casefold().translate(_LETTERS)
    if not lowered.isascii():
        letters = unicodedata.normalize("NFKD", lowered)
        # Taken apart, some letters are capitals again (the small raised A, for one).
        lowered = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
    if "/" in lowered:
        lowered = _GENDER.sub(" ", lowered)
    return " ".join(_WORDS.findall(lowered))


def without_level(words: str) -> str:
    """A plain text without words of level, unless nothing would remain.

    >>> without_level("junior medewerker klantenservice 2e"), without_level("senior")
    ('medewerker klantenservice', 'senior')
    """
    return " ".join(_LEVELS.sub(" ", words).split()) or words


def parts(word: str, vocabulary: Collection[str]) -> tuple[str, ...]:
    """The parts of a compound that are words of ``vocabulary`` (a set), or the word itself.

    The longest known head (last part) wins; what stands before it must be known too, apart from a linking letter.

    >>> parts("klantenservicemedewerker", {"klantenservice", "medewerker", "service", "klant"})
    ('klant', 'service', 'medewerker')
    >>> parts("voorbereiden", {"voor", "bereiden"})
    ('voorbereiden',)
    """
    if len(word) > LONGEST_COMPOUND:
        return (word,)
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        head = word[cut:]
        if head in vocabulary and head not in NO_PART:
            front = _front(word[:cut], vocabulary)
            if front:
                return (*front, *parts(head, vocabulary))
    return (word,)


def _front(piece: str, vocabulary: Collection[str]) -> tuple[str, ...]:
    """The known parts, split further, that make up everything before the head; nothing when a letter is left over.

    Works from left to right over the places where a part may end, so a hostile word costs its length squared.
    """
    found: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(SHORTEST_PART, len(piece) + 1):
        for start in sorted(found):
            base = _base(piece[start:end], vocabulary)
            if base:
                found[end] = (*found[start], base)
                break
    return tuple(part for base in found.get(len(piece), ()) for part in parts(base, vocabulary))


def _base(piece: str, vocabulary: Collection[str]) -> str:
    """The known word in a piece, without its linking letters; empty when there is none."""
    for link in LINKS:
        base = piece[: len(piece) - len(link)]
        if piece.endswith(link) and len(base) >= SHORTEST_PART and base in vocabulary and base not in NO_PART:
            return base
    return ""


def stems(words: Iterable[str], *, language: str) -> list[str]:
    """The stem of each word in that language, in order (a new stemmer each call: they are not thread-safe).

    >>> stems(["klachten", "behandelen"], language="nl"), stems(["klacht"], language="xx")
    (['klacht', 'behandel'], ['klacht'])
    """
    name = STEMMERS.get(language)
    if name is None:
        return list(words)
    stem = cast("Callable[[str], str]", snowballstemmer.stemmer(name).stemWord)  # pyright: ignore
    return [stem(word) for word in words]
