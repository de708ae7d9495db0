"""Which products and systems does a text name? Their words can then be kept out of everything else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from valley.core.skills import words
from valley.core.skills.text.pieces import Word
from valley.core.skills.text.shapes import System

SHORT = 5
"""Letters: names up to this length ("SAP", "Slack") look like words and are taken only with their capitals."""

LISTED = frozenset({"en", "of", "and", "or", "und", "oder", "is", "ist"})
"""Words after a name at the beginning of a sentence: "Miro en Confluence", against "Zoom in op de klant"."""


class Systems:
    """The names of systems; immutable, can be pickled."""

    def __init__(self, systems: Iterable[System], ordinary: Collection[str]) -> None:
        """``ordinary`` are words that labels use too: a name that is one of them counts only with its capitals."""
        # One name in two classes: the one that has a concept speaks, then the first by its letters.
        order = sorted(systems, key=lambda one: (one.concept is None, one.tool_class, one.concept or 0, one.name))
        named: dict[tuple[str, ...], System] = {}
        for system in order:
            plain = tuple(words.plain(system.name).split())
            if plain:
                named.setdefault(plain, system)
        self._named = named
        self._strict = frozenset(
            plain for plain in named if len(plain) == 1 and (len(plain[0]) <= SHORT or plain[0] in ordinary)
        )
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for plain in named:
            lengths[plain[0]].add(len(plain))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    @property
    def plain_names(self) -> Collection[str]:
        """The names in plain form: no label may be one of them."""
        return frozenset(" ".join(plain) for plain in self._named)

    def find(self, text: str, sentence: Sequence[Word]) -> list[tuple[int, int, System]]:
        """Place of the first word, place after the last, and system, of each name in a sentence; longest name first."""
        found: list[tuple[int, int, System]] = []
        place = 0
        while place < len(sentence):
            system, length = self._at(text, sentence, place)
            if system:
                found.append((place, place + length, system))
            place += length
        return found

    def _at(self, text: str, sentence: Sequence[Word], place: int) -> tuple[System | None, int]:
        first = _bare(text, sentence[place])
        for length in self._lengths.get(first, ()):
            rest = sentence[place + 1 : place + length]
            plain = (first, *(_bare(text, word) for word in rest))
            system = self._named.get(plain)
            if system and self._is_name(text, sentence, place, plain, system):
                return system, len(plain)
        return None, 1

    def _is_name(self, text: str, sentence: Sequence[Word], place: int, plain: tuple[str, ...], system: System) -> bool:
        if plain not in self._strict:
            return True
        written = text[sentence[place].starts : sentence[place].ends]
        if not written.startswith(system.name) or not system.name[:1].isupper():
            return False
        if place > 0 or not system.name[1:].islower() or place + 1 >= len(sentence):
            return True
        # At the beginning of a sentence a capital proves nothing.
        following = sentence[place + 1]
        return following.plain in LISTED or "," in text[sentence[place].ends : following.starts]


def _bare(text: str, word: Word) -> str:
    """A word without the s of possession: "Zendesk's" names Zendesk."""
    written = text[word.starts : word.ends]
    cut = max(written.rfind("'"), written.rfind("’"))
    return words.plain(written[:cut]) if cut > 0 else word.plain
