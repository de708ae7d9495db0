"""What does this text ask for? Lexical and deterministic, in Dutch, English and German; it proposes, people decide."""

from valley.core.skills.text.duplicates import Alike, fingerprint_of_words, nearly_same
from valley.core.skills.text.languages import LONGEST, language_of
from valley.core.skills.text.policy import ReadingPolicy
from valley.core.skills.text.reader import Reader
from valley.core.skills.text.shapes import Entry, Named, Proposal, Reading, System, UnreadableText

__all__ = [
    "LONGEST",
    "Alike",
    "Entry",
    "Named",
    "Proposal",
    "Reader",
    "Reading",
    "ReadingPolicy",
    "System",
    "UnreadableText",
    "fingerprint_of_words",
    "language_of",
    "nearly_same",
]
