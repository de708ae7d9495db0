"""Which words of the vocabulary does a passport need: labels of competences, levels, languages and places?"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from valley.skills import queries as skills

# What an opening may ask besides skill. VOG: verklaring omtrent het gedrag, a certificate of conduct.
PERMIT_WORDS = {"driving-licence-b": _("driving licence B (car)"), "vog": _("certificate of conduct (VOG)")}


def competences(ids: Sequence[int], *, language: str) -> dict[int, str]:
    """Labels by competence id, in one query; an unknown id is left out."""
    return dict(skills.labels(ids, language)) if ids else {}


def level_words(language: str) -> dict[int, str]:
    """The short words of the four levels, by number."""
    return {level.number: level.label for level in skills.levels(language)}


def level_choices(language: str) -> tuple[tuple[int, str], ...]:
    """The four levels as choices: the short words with the sentence that explains them."""
    return tuple((level.number, f"{level.label}: {level.statement}") for level in skills.levels(language))


def language_words(language: str) -> dict[str, str]:
    """Names of languages by code."""
    return {found.code: found.label for found in skills.languages(language)}


def place_words() -> dict[str, str]:
    """Names of places by key."""
    return {place.key: place.name for place in skills.places()}
