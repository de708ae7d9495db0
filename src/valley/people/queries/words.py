"""Which words of the vocabulary does a passport need: labels of competences, levels, languages and places?"""

from __future__ import annotations

from collections.abc import Sequence

from valley.skills import queries as skills


def competences(ids: Sequence[int], *, language: str) -> dict[int, str]:
    """Labels by competence id, in one query."""
    return dict(skills.labels(ids, language=language))


def levels(language: str) -> dict[int, str]:
    """The short words of the four levels, by number."""
    return {level.number: level.label for level in skills.levels(language)}


def languages(language: str) -> dict[str, str]:
    """Names of languages by code."""
    return {found.code: found.label for found in skills.languages(language)}


def places() -> dict[str, str]:
    """Names of places by key."""
    return {place.key: place.name for place in skills.places()}
