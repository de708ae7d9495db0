"""What does the starter vocabulary say that ships with the product? Reads the files beside it; knows no database."""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

CEFR = {"A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5, "C2": 6}
IMPORTANCE = {"wish": 1, "must": 2}
# Which legal form (work.models.ContractKind) a role's usual contract is.
CONTRACT = {"temporary": "fixed-term", "permanent": "permanent"}


@dataclass(frozen=True, slots=True)
class StarterCompetence:
    """A competence of the trade. ``uri`` is ESCO's, or the starter vocabulary's own for what ESCO lacks."""

    key: str
    uri: str
    is_local: bool
    kind: str
    cluster: str
    group: str
    reuse_level: str
    label_nl: str
    label_en: str
    description_nl: str
    description_en: str
    alternatives_nl: tuple[str, ...]
    alternatives_en: tuple[str, ...]
    parent: str
    author: str
    authored_on: date | None
    evidence: str


@dataclass(frozen=True, slots=True)
class StarterGroup:
    """A group of competences; the ones without parent are the broad ones."""

    key: str
    uri: str
    parent: str
    label_nl: str
    label_en: str
    cluster: str


@dataclass(frozen=True, slots=True)
class StarterRelation:
    """Two competences that are close, and why."""

    competence: str
    related: str
    reason: str


@dataclass(frozen=True, slots=True)
class StarterNeed:
    """What a starter role asks. ``competence`` is the id in the database (0 in the files). ``importance`` 1 or 2."""

    key: str
    level: int
    importance: int
    task_nl: str
    task_en: str
    competence: int = 0


@dataclass(frozen=True, slots=True)
class StarterLanguage:
    """A language a role asks; ``cefr`` from 1 (A1) to 6 (C2), ``importance`` 1 (wish) or 2 (must)."""

    code: str
    cefr: int
    importance: int


@dataclass(frozen=True, slots=True)
class StarterRole:
    """One of the twenty shared roles. Hours, contract, pay and jobs are a model, never a measurement."""

    key: str
    number: int
    title_nl: str
    title_en: str
    occupation_uri: str
    esco_code: str
    summary_nl: str
    summary_en: str
    everyday_nl: tuple[str, ...]
    everyday_en: tuple[str, ...]
    languages: tuple[StarterLanguage, ...]
    tool_classes: tuple[str, ...]
    hours_min: int
    hours_max: int
    contract_kind: str
    contract_months: int
    evenings: bool
    weekends: bool
    nights: bool
    early: bool
    home_work: bool
    pay_min: Decimal
    pay_max: Decimal
    turnover_model: float
    jobs_model: int
    moves_to: tuple[str, ...]
    needs: tuple[StarterNeed, ...]


@dataclass(frozen=True, slots=True)
class StarterTitle:
    """An everyday job title and what a person who had it probably can (competence key, level)."""

    key: str
    texts_nl: tuple[str, ...]
    texts_en: tuple[str, ...]
    probable: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class StarterToolClass:
    """A class of tools with products of that class and the day they were seen."""

    key: str
    label_nl: str
    label_en: str
    description_nl: str
    description_en: str
    products: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StarterPlace:
    """A place and its position."""

    key: str
    name: str
    country: str
    latitude: float
    longitude: float


def _text(name: str) -> str:
    return resources.files("valley.skills").joinpath("starter", name).read_text(encoding="utf-8")


def _rows(name: str) -> Iterator[dict[str, str]]:
    return iter(csv.DictReader(io.StringIO(_text(name)), strict=True))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Changes when a starter file changes that is loaded into the database."""
    names = ("competences.csv", "groups.csv", "relations.csv", "roles.toml", "titles.csv", "places.csv")
    return hashlib.sha256("\0".join(_text(name) for name in (*names, "tool_classes.csv")).encode()).hexdigest()


@lru_cache(maxsize=1)
def competences() -> tuple[StarterCompetence, ...]:
    """All competences, parents before children."""
    made = [
        StarterCompetence(
            key=row["key"],
            uri=row["esco_uri"] or f"urn:valley:competence:{row['key']}",
            is_local=not row["esco_uri"],
            kind=row["kind"],
            cluster=row["cluster"],
            group=row["group"],
            reuse_level=row["reuse_level"],
            label_nl=row["label_nl"],
            label_en=row["label_en"],
            description_nl=row["description_nl"],
            description_en=row["description_en"],
            alternatives_nl=_parts(row["alt_nl"]),
            alternatives_en=_parts(row["alt_en"]),
            parent=row["parent"],
            author=row["author"],
            authored_on=date.fromisoformat(row["date"]) if row["date"] else None,
            evidence=row["evidence"],
        )
        for row in _rows("competences.csv")
    ]
    return tuple(sorted(made, key=lambda competence: bool(competence.parent)))


@lru_cache(maxsize=1)
def groups() -> tuple[StarterGroup, ...]:
    """All groups, parents before children."""
    made = [StarterGroup(uri=f"urn:valley:group:{row['key']}", **row) for row in _rows("groups.csv")]
    return tuple(sorted(made, key=lambda group: bool(group.parent)))


def relations() -> tuple[StarterRelation, ...]:
    """All close pairs."""
    return tuple(StarterRelation(row["competence"], row["related"], row["reason"]) for row in _rows("relations.csv"))


@lru_cache(maxsize=1)
def roles() -> tuple[StarterRole, ...]:
    """The twenty roles, in the order of the file."""
    return tuple(_role(row) for row in tomllib.loads(_text("roles.toml"))["role"])


def _role(row: dict[str, Any]) -> StarterRole:
    plain = ("key", "number", "title_nl", "title_en", "esco_code", "summary_nl", "summary_en")
    model = ("hours_min", "hours_max", "contract_months", "home_work", "turnover_model", "jobs_model")
    fields: dict[str, Any] = {name: row[name] for name in (*plain, *model)}
    fields |= {name: bool(row["shifts"][name]) for name in ("evenings", "weekends", "nights", "early")}
    fields |= {name: tuple(row[name]) for name in ("everyday_nl", "everyday_en", "tool_classes", "moves_to")}
    return StarterRole(
        **fields,
        occupation_uri=row["esco_occupation"],
        contract_kind=CONTRACT[row["contract_kind"]],
        pay_min=Decimal(str(row["pay"]["min"])),
        pay_max=Decimal(str(row["pay"]["max"])),
        languages=tuple(
            StarterLanguage(spoken["code"], CEFR[spoken["cefr"]], IMPORTANCE[spoken["importance"]])
            for spoken in row["languages"]
        ),
        needs=tuple(
            StarterNeed(
                need["competence"], need["level"], IMPORTANCE[need["importance"]], need["task_nl"], need["task_en"]
            )
            for need in row["needs"]
        ),
    )


def titles() -> tuple[StarterTitle, ...]:
    """Everyday titles from outside the trade."""
    return tuple(
        StarterTitle(
            row["key"],
            (row["title_nl"], *_parts(row["alt_nl"])),
            (row["title_en"], *_parts(row["alt_en"])),
            tuple((key, int(level)) for key, level in (pair.split(":") for pair in _parts(row["competences"]))),
        )
        for row in _rows("titles.csv")
    )


def tool_classes() -> tuple[StarterToolClass, ...]:
    """Classes of tools."""
    return tuple(
        StarterToolClass(
            row["key"],
            row["label_nl"],
            row["label_en"],
            row["description_nl"],
            row["description_en"],
            tuple((product, row["seen_on"]) for product in _parts(row["products"])),
        )
        for row in _rows("tool_classes.csv")
    )


def places() -> tuple[StarterPlace, ...]:
    """Places with their position."""
    return tuple(
        StarterPlace(row["key"], row["name"], row["country"], float(row["lat"]), float(row["lon"]))
        for row in _rows("places.csv")
    )


@lru_cache(maxsize=1)
def languages() -> tuple[dict[str, str], ...]:
    """Code and names of the languages of work."""
    return tuple(_rows("languages.csv"))


@lru_cache(maxsize=1)
def levels() -> dict[str, list[dict[str, Any]]]:
    """Levels of competence, grades of evidence and language levels in plain words: keys level, grade, cefr."""
    return tomllib.loads(_text("levels.toml"))
