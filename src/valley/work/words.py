"""What do the vocabulary's keys and numbers mean to this reader: places, languages, levels, competences?"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from valley.skills import queries as skills
from valley.work import drafts
from valley.work.models import ContractKind


def places() -> dict[str, str]:
    """Names of places by key."""
    return {place.key: place.name for place in skills.places()}


def languages(language: str) -> dict[str, str]:
    """Names of languages by code."""
    return {one.code: one.label for one in skills.languages(language)}


def levels(language: str) -> dict[int, str]:
    """Short words for the levels 1-4."""
    return {one.number: one.label for one in skills.levels(language)}


def competences(ids: Iterable[int], *, language: str) -> dict[int, str]:
    """Labels of competences by id; an unknown id is left out."""
    return skills.labels(ids, language)


def contract(kind: str) -> str:
    """The kind of contract in words."""
    return str(ContractKind(kind).label) if kind in ContractKind.values else kind


def permits() -> dict[str, str]:
    """What an opening may ask to be shown, by code."""
    return {"vog": _("certificate of conduct (VOG)"), "driving-licence-b": _("driving licence B")}


def cefr(level: int) -> str:
    """A CEFR level (1-6) as it is written."""
    return drafts.CEFR[level - 1]
