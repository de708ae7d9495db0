"""What goes into reading a text, and what does a reader propose?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from valley.core.errors import ValleyError

Source = Literal["preferred", "alternative", "phrase"]
Cue = Literal["required", "wish", "task", "other"]
Why = Literal["exact", "stems", "compound", "words", "system"]
Language = Literal["nl", "en", "de"]


class UnreadableText(ValleyError):
    """A text that cannot be read: empty, far too long, not in a language we read, or broken letters."""

    code: ClassVar[str] = "unreadable-text"


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to say a concept in a language: a label of the vocabulary or a phrase people use."""

    concept: int
    text: str
    language: str
    source: Source = "preferred"


@dataclass(frozen=True, slots=True)
class System:
    """A name of a product or system; it stands for its tool class, and for the concept of using such a tool, if any."""

    name: str
    tool_class: str
    concept: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A concept that a text seems to ask, with the sentence it rests on.

    ``starts`` and ``ends`` are places of the sentence in the text, in characters, half-open. ``matched`` are the words
    of the text, ``label`` what they were held against. ``score`` is 0 to 1. ``level`` is 1 to 4, 0 when the sentence
    does not say.
    """

    concept: int
    sentence: str
    starts: int
    ends: int
    matched: str
    label: str
    why: Why
    score: float
    cue: Cue
    level: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A product or system that a text names, turned into its tool class."""

    name: str
    tool_class: str
    sentence: str
    starts: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text asks: proposals in order of place, systems named, and what was read but denied ("no sales")."""

    language: str
    proposals: tuple[Proposal, ...]
    systems: tuple[Named, ...]
    denied: tuple[Proposal, ...]
    sentences: int
