"""Which words, sentences and clauses does a text have, also when it is a pasted list without a single full stop?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from valley.core.skills import words


class Word(NamedTuple):
    """A word, in its plain form, with its place in the text."""

    plain: str
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or heading: its place, whether a list sign stood before it, and what closes or surrounds it."""

    starts: int
    ends: int
    bullet: bool = False
    alone: bool = False
    """The piece is the whole line."""
    opens: bool = False
    """What follows on the same line belongs to it: it ends with a colon that is not the end of the line."""
    new_line: bool = True
    """The first piece of its line."""


_WORD = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*[+#]*")
_LINE = re.compile(r"[^\r\n\v\f\u2028\u2029]+")
_BULLET = re.compile(r"[ \t\u00a0]*(?:[-*+>•·▪▫◦‣–—●○■□✓✔✅➤►»\uf0b7]+|\(?\d{1,2}[.)]|[a-z][.)])[ \t\u00a0]+")
_BREAK = re.compile(r"(?<=[.!?…;])[\"'”’)\]]?\s+|(?<=:)\s+|\s+[•·▪●✓✔]\s+")
_NOT_THE_END = re.compile(
    r"\b(?:bijv|bv|o\.a|m\.b\.t|i\.s\.m|m\.u\.v|d\.w\.z|evt|incl|excl|ca|nr|tel|max|min|etc|e\.g|i\.e|approx"
    r"|z\.B|z\. ?B|d\.h|u\.a|ggf|bzw|inkl|usw|vgl|mr|mrs|dr|ir|ing|st|[A-Z]|\d)\.$",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")
_CLAUSE = re.compile(r"[,;:()!?]|\s[-–—]\s|\s/\s")
WRAPPED = 50
"""Letters from which a line without a full stop may go on in the next: shorter lines are items of a list."""

TURNS = frozenset({"maar", "but", "aber", "doch", "echter", "however", "jedoch", "sondern", "terwijl", "while"})
"""Words at which another clause begins without a comma."""


def words_of(text: str) -> list[Word]:
    """All words of a text in order, with their places; signs that fall away in the plain form are left out.

    >>> [(word.plain, word.starts) for word in words_of("Bel: 3 klanten")]
    [('bel', 0), ('3', 5), ('klanten', 7)]
    """
    found: list[Word] = []
    for match in _WORD.finditer(text):
        raw = match.group()
        plain = raw.lower() if raw.isascii() and raw.isalnum() else words.plain(raw).replace(" ", "")
        if plain:
            found.append(Word(plain, match.start(), match.end()))
    return found


def pieces_of(text: str) -> list[Piece]:
    """The sentences and headings of a text, without list signs and outer white space, in order.

    >>> text = "Taken:\\n- klachten afhandelen\\n- bellen, bijv. met klanten. Typen"
    >>> [text[piece.starts:piece.ends] for piece in pieces_of(text)]
    ['Taken:', 'klachten afhandelen', 'bellen, bijv. met klanten.', 'Typen']
    """
    return [piece for starts, ends, bullet in _blocks(text) for piece in _split(text, starts, ends, bullet)]


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Lines, joined where a wrapped line goes on: start, end and whether it began with a list sign."""
    open_block: tuple[int, int, bool] | None = None
    for match in _LINE.finditer(text):
        sign = _BULLET.match(text, match.start(), match.end())
        starts, ends = _trimmed(text, sign.end() if sign else match.start(), match.end())
        if starts == ends:
            continue
        if open_block and not sign and _goes_on(text, open_block, starts, match.start()):
            open_block = (open_block[0], ends, open_block[2])
            continue
        if open_block:
            yield open_block
        open_block = (starts, ends, sign is not None)
    if open_block:
        yield open_block


def _goes_on(text: str, block: tuple[int, int, bool], starts: int, line: int) -> bool:
    """Is the line at ``starts`` the rest of a wrapped sentence? Right below, in small letters, after a long line."""
    last = text.rfind("\n", block[0], block[1]) + 1 or block[0]
    below = text.count("\n", block[1], line) <= 1
    return below and text[starts].islower() and block[1] - last >= WRAPPED and not _CLOSED.search(text[last : block[1]])


def _trimmed(text: str, starts: int, ends: int) -> tuple[int, int]:
    cut = text[starts:ends]
    starts += len(cut) - len(cut.lstrip())
    return (starts, max(starts, starts + len(cut.strip())))


def _split(text: str, starts: int, ends: int, bullet: bool) -> Iterator[Piece]:
    """The sentences of one block."""
    cuts = [starts]
    for match in _BREAK.finditer(text, starts, ends):
        if not _NOT_THE_END.search(text, max(starts, match.start() - 8), match.start()):
            cuts.append(match.end())
    cuts.append(ends)
    for place, (begin, end) in enumerate(pairwise(cuts)):
        first, last = _trimmed(text, begin, end)
        if first < last:
            opens = text[last - 1] == ":" and end < ends
            yield Piece(first, last, bullet, len(cuts) == 2, opens, place == 0)


def clauses_of(text: str, sentence: list[Word]) -> list[int]:
    """For each word of a sentence the number of its clause, counted from 0.

    >>> clauses_of("wel bellen, geen verkoop", words_of("wel bellen, geen verkoop"))
    [0, 0, 1, 1]
    """
    numbers: list[int] = []
    clause, ended = 0, sentence[0].starts if sentence else 0
    for word in sentence:
        between = text[ended : word.starts]
        turned = numbers and (word.plain in TURNS or (len(between) > 1 and _CLAUSE.search(between)))
        clause += bool(turned)
        numbers.append(clause)
        ended = word.ends
    return numbers
