"""Does this sentence ask, wish, tell a task, or nothing at all; what does it deny, and which level does it name?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from valley.core.skills import words
from valley.core.skills.text.cue_words import (
    DENIED_AFTER,
    HEADINGS,
    LEVELS,
    LISTS,
    NEGATION_REACH,
    NEGATIONS,
    NO_NEGATION,
    NOT_AN_OFFER,
    OFFER,
    POINTS_BACK,
    REQUIRED,
    TASK,
    WEAK_HEADING,
    WEAK_REQUIRED,
    WISH,
    Section,
)
from valley.core.skills.text.little import FUNCTION, LITTLE
from valley.core.skills.text.pieces import Piece, Word, clauses_of
from valley.core.skills.text.shapes import Cue

LONGEST_HEADING = 9
"""Words; "Wat verwachten we van jou als klantadviseur in Heerlen?" is one."""

BESIDES = 1
"""Words of content that a heading without a colon may have beside its cue: "Functie-eisen klantadviseur"."""

ANY_FUNCTION = frozenset(word for own in FUNCTION.values() for word in own) | {
    "doen",
    "do",
    "machst",
    "uns",
    "exactly",
    "precies",
}
ANY_LITTLE = frozenset(word for own in LITTLE.values() for word in own)

_MARKED = re.compile(r"^(?:#+|\*\*|__)|(?:\*\*|__)$")


class Sections:
    """Follows the headings of a text from top to bottom."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._section: Section = "none"
        self._line_only: Section | None = None
        """The section of the lines before, when the present one lasts for its own line only."""

    def read(self, piece: Piece) -> Section | None:
        """The section a sentence stands in; None for a heading, which says nothing itself."""
        if piece.new_line and self._line_only is not None:
            self._section, self._line_only = self._line_only, None
        sentence = self._text[piece.starts : piece.ends]
        if not _may_be_heading(sentence, piece):
            return self._section
        found = _section_of(words.plain(sentence), closed=_is_marked(sentence))
        if found is None:
            if not (piece.alone and _is_marked(sentence)):
                return self._section
            self._section = "none"
            return None
        if piece.opens:
            self._line_only = self._section
        self._section = found
        return None


def _may_be_heading(sentence: str, piece: Piece) -> bool:
    if len(sentence.split()) > LONGEST_HEADING:
        return False
    ends = sentence.rstrip(" *_")[-1:]
    if ends == ":":
        return True
    return (piece.alone or ends == "?") and not piece.bullet and ends not in (".", "!", ",", ";")


def _is_marked(sentence: str) -> bool:
    """A heading by its signs alone, whatever it says."""
    return sentence.rstrip(" *_")[-1:] in (":", "?") or bool(_MARKED.search(sentence)) or sentence.isupper()


def _section_of(heading: str, *, closed: bool) -> Section | None:
    """The section that the first telling words of a heading begin; ``closed`` when its signs prove that it is one."""
    found: list[tuple[int, str, Section]] = [
        (match.start(), match.group(), section) for section, cue in HEADINGS.items() if (match := cue.search(heading))
    ]
    if not found:
        return None
    _, telling, section = min(found, key=lambda one: one[0])
    if not closed:
        besides = [word for word in heading.replace(telling, " ", 1).split() if word not in ANY_FUNCTION]
        if WEAK_HEADING.fullmatch(telling):
            return None if besides else section
        if sum(word not in ANY_LITTLE for word in besides) > BESIDES:
            return None
    return section


@dataclass(frozen=True, slots=True)
class Cued:
    """What a sentence says about the words in it; everything by place of the word in the sentence."""

    language: str
    section: Section
    plain: tuple[str, ...]
    clauses: tuple[int, ...]
    denied: frozenset[int]
    silent: bool

    def denies(self, places: Iterable[int], label: str) -> bool:
        """Does the sentence deny what these words name? Not when the label does so itself."""
        return not self.denied.isdisjoint(places) and not NEGATIONS[self.language].search(label)

    def cue(self, places: Sequence[int]) -> Cue:
        """Is what these words name required, a wish, a task, or said elsewhere?"""
        clause, everything = self._clause(places), " ".join(self.plain)
        if WISH.search(clause) or self._wished_later(places):
            return "wish"
        if REQUIRED.search(clause) or (REQUIRED.search(everything) and not WISH.search(everything)):
            return "wish" if self.section == "wish" else "required"
        if self.section in ("required", "wish", "task"):
            return self.section
        if TASK.search(everything):
            return "task"
        return "required" if WEAK_REQUIRED.search(everything) else "other"

    def level(self, places: Sequence[int]) -> int:
        """The level that the clause of these words names, apart from the words themselves; 0 when it names none."""
        clause = self.clauses[places[0]]
        own = set(places)
        said = " ".join(
            "_" if place in own else word
            for place, word in enumerate(self.plain)
            if self.clauses[place] == clause or place in own
        )
        return next((level for level, cue in LEVELS.items() if cue.search(said)), 0)

    def _wished_later(self, places: Sequence[int]) -> bool:
        """Is a wish said of a list that these words are part of: "Excel, Word of Outlook is een pre"?"""
        for clause in range(self.clauses[places[-1]] + 1, self.clauses[-1] + 1):
            said = " ".join(word for word, number in zip(self.plain, self.clauses, strict=True) if number == clause)
            wish = WISH.search(said)
            if wish:
                before = said[: wish.start()].strip()
                return bool(POINTS_BACK.match(before) or LISTS.search(before))
        return False

    def _clause(self, places: Sequence[int]) -> str:
        wanted = {self.clauses[place] for place in places}
        return " ".join(word for place, word in enumerate(self.plain) if self.clauses[place] in wanted)


def cued(text: str, sentence: list[Word], *, section: Section, language: str) -> Cued:
    """Read the cues around the words of one sentence."""
    plain = tuple(word.plain for word in sentence)
    clauses = clauses_of(text, sentence)
    said = " ".join(plain)
    silent = section == "silent" or bool(OFFER.search(said) and not NOT_AN_OFFER.search(said))
    return Cued(language, section, plain, tuple(clauses), frozenset(_denied(plain, clauses, language)), silent)


def _denied(plain: Sequence[str], clauses: Sequence[int], language: str) -> Iterator[int]:
    """The places of the words that a clause denies."""
    for clause in range(clauses[-1] + 1 if clauses else 0):
        places = [place for place, number in enumerate(clauses) if number == clause]
        said = " ".join(plain[place] for place in places)
        after = DENIED_AFTER.search(said)
        if after:
            yield from places[: said.count(" ", 0, after.start()) + 1]
        forgiven = [match.span() for match in NO_NEGATION.finditer(said)]
        for match in NEGATIONS[language].finditer(said):
            if not any(begin <= match.start() < end for begin, end in forgiven):
                first = said.count(" ", 0, match.start())
                yield from places[first : first + 1 + NEGATION_REACH]
