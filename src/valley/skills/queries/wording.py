"""What is a concept called in this language, and is that English for want of Dutch?"""

from __future__ import annotations

from typing import Any, NamedTuple


class Wording(NamedTuple):
    """A concept in one language. ``english_only``: Dutch was asked and there is none yet."""

    label: str
    english_only: bool
    description: str
    description_language: str
    alternatives: tuple[str, ...] = ()


def worded(row: Any, language: str) -> Wording:
    """The words of a competence, group or occupation; English where Dutch is missing."""
    if language == "nl":
        label, description = row.label_nl or row.label_en, row.description_nl or row.description_en
        others = row.label_nl and getattr(row, "alt_labels_nl", ())
        spoken = "nl" if row.description_nl else "en"
        return Wording(label, not row.label_nl, description, spoken, tuple(others or getattr(row, "alt_labels_en", ())))
    return Wording(row.label_en, False, row.description_en, "en", tuple(getattr(row, "alt_labels_en", ())))
