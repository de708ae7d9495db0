"""Which words do forms and pages need: labels of competences, levels, languages, places, kinds, classes of tools?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from valley.foundation.access import Caller
from valley.skills import starter_files
from valley.skills.models import Competence, Scheme, Status, ToolClass
from valley.skills.starter_files import StarterPlace


@dataclass(frozen=True, slots=True)
class Level:
    """One of the four levels in plain words; ``examples`` by cluster of competences."""

    number: int
    label: str
    statement: str
    examples: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grade:
    """How strongly a claim is backed, in plain words: 1 said, 2 observed, 3 credential."""

    number: int
    key: str
    label: str
    statement: str


@dataclass(frozen=True, slots=True)
class LanguageLevel:
    """A CEFR level from 1 (A1) to 6 (C2), in terms of work on the phone and in writing."""

    number: int
    code: str
    phone: str
    writing: str


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language by its code."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ToolClassLine:
    """A class of tools; ``products`` are pairs of a name and the day it was seen."""

    key: str
    label: str
    description: str
    products: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the trade in both languages."""

    competence: int
    term: str
    other_language: str
    explanation: str
    cluster: str


def labels(ids: Iterable[int], language: str) -> dict[int, str]:
    """Labels by competence id, English where Dutch is missing; an unknown id is left out. One query."""
    rows = Competence.objects.filter(pk__in=list(ids)).values_list("pk", "label_nl", "label_en")
    return {pk: (dutch or english) if language == "nl" else english for pk, dutch, english in rows}


def successors(ids: Iterable[int]) -> dict[int, int]:
    """For each merged competence among ``ids`` the one it went up in, chains followed to their end."""
    pairs = dict(Competence.objects.filter(status=Status.MERGED).values_list("pk", "merged_into"))
    ends: dict[int, int] = {}
    for pk in ids:
        end = pk
        while pairs.get(end) is not None:
            end = pairs[end]
        if end != pk:
            ends[pk] = end
    return ends


def ids_by_starter_key() -> dict[str, int]:
    """Ids of the competences of the starter vocabulary; keys never change."""
    return dict(Competence.objects.exclude(starter_key="").values_list("starter_key", "pk"))


@lru_cache(maxsize=2)
def levels(language: str) -> tuple[Level, ...]:
    """The levels 1 to 4."""
    return tuple(
        Level(row["number"], row[f"label_{language}"], row[f"statement_{language}"], row[f"examples_{language}"])
        for row in starter_files.levels()["level"]
    )


@lru_cache(maxsize=2)
def grades(language: str) -> tuple[Grade, ...]:
    """The grades of evidence."""
    return tuple(
        Grade(row["number"], row["key"], row[f"label_{language}"], row[f"statement_{language}"])
        for row in starter_files.levels()["grade"]
    )


@lru_cache(maxsize=2)
def language_levels(language: str) -> tuple[LanguageLevel, ...]:
    """The levels of the European framework for languages, A1 to C2."""
    return tuple(
        LanguageLevel(row["number"], row["code"], row[f"phone_{language}"], row[f"writing_{language}"])
        for row in starter_files.levels()["cefr"]
    )


@lru_cache(maxsize=2)
def languages(language: str) -> tuple[LanguageName, ...]:
    """The languages of work, in the order of the vocabulary."""
    return tuple(LanguageName(row["code"], row[f"label_{language}"]) for row in starter_files.languages())


@lru_cache(maxsize=1)
def places() -> tuple[StarterPlace, ...]:
    """Places of the region and around it; no query."""
    return starter_files.places()


def tool_classes(language: str) -> tuple[ToolClassLine, ...]:
    """Classes of tools, by key. Names of products belong to a class and never become competences."""
    return tuple(
        ToolClassLine(
            row.key,
            row.label_nl if language == "nl" else row.label_en,
            row.description_nl if language == "nl" else row.description_en,
            tuple((name, seen) for name, seen in row.products),
        )
        for row in ToolClass.objects.order_by("key")
    )


def glossary(caller: Caller) -> tuple[Term, ...]:
    """The competences of the trade, local concepts included, as a list of terms in the caller's language."""
    rows = Competence.objects.filter(status=Status.CURRENT).exclude(starter_key="", scheme=Scheme.ESCO)
    dutch = caller.language == "nl"
    terms = (
        Term(
            row.pk,
            (row.label_nl or row.label_en) if dutch else row.label_en,
            row.label_en if dutch else row.label_nl,
            (row.description_nl if dutch else row.description_en),
            row.cluster,
        )
        for row in rows
    )
    return tuple(sorted(terms, key=lambda term: (term.term.casefold(), term.competence)))
