"""Where in a long sequence does one of very many short sequences occur?

The only file that imports pyahocorasick. Each number becomes one character, so that a word can only match as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Protocol, cast

_FIRST = 0x100
_SURROGATES = range(0xD800, 0xE000)
NOWHERE = "\x01"
"""A character that no sequence has: an unknown word, a masked name, the end of a sentence."""


class _Automaton(Protocol):
    def add_word(self, key: str, value: int) -> bool: ...
    def make_automaton(self) -> None: ...
    def iter(self, string: str) -> Iterable[tuple[int, int]]: ...


def letter(number: int) -> str:
    """One character for a number from 1 on; ``NOWHERE`` for 0."""
    if not number:
        return NOWHERE
    code = _FIRST + number
    return chr(code if code < _SURROGATES.start else code + len(_SURROGATES))


class Sequences:
    """A set of sequences that is looked for in one pass over a text (Aho and Corasick 1975). Can be pickled.

    >>> found = Sequences([(4, 2), (2,)])
    >>> list(found.occur("".join(letter(number) for number in (4, 2, 0, 2))))
    [(0, 2, (4, 2)), (1, 2, (2,)), (3, 4, (2,))]
    """

    def __init__(self, sequences: Collection[tuple[int, ...]]) -> None:
        self._sequences = sorted({sequence for sequence in sequences if sequence})
        library = import_module("ahocorasick")
        self._automaton = cast("_Automaton", library.Automaton(library.STORE_INTS))
        for place, sequence in enumerate(self._sequences):
            self._automaton.add_word("".join(map(letter, sequence)), place)
        self._automaton.make_automaton()

    def occur(self, letters: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """Begin, end (half-open) and sequence of every occurrence, also one inside another."""
        if not self._sequences:
            return
        for last, place in self._automaton.iter(letters):
            sequence = self._sequences[place]
            yield last + 1 - len(sequence), last + 1, sequence


def letters(numbers: Sequence[int]) -> str:
    """A sequence as the text in which others are looked for."""
    return "".join(map(letter, numbers))
