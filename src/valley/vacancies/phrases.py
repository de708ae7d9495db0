"""Which phrases and rules does the challenge of a vacancy go by, from which day, and what do they say in words?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from valley.core.vacancies.challenge import Rule


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule with its reasons in both languages, what to write instead, its source and the day it was written."""

    rule: Rule
    why_nl: str
    why_en: str
    instead_nl: str
    instead_en: str
    source: str
    written_on: date

    def why(self, language: str) -> str:
        """Why it is challenged."""
        return self.why_en if language == "en" else self.why_nl

    def instead(self, language: str) -> str:
        """What to write instead."""
        return self.instead_en if language == "en" else self.instead_nl


@cache
def explained() -> dict[str, Explained]:
    """Every rule by its key, in the order of the file."""
    text = resources.files("valley.vacancies.starter").joinpath("challenges.toml").read_text(encoding="utf-8")
    file: dict[str, Any] = tomllib.loads(text)
    return {row["key"]: _explained(row, file) for row in file["rule"]}


def rules() -> tuple[Rule, ...]:
    """The rules as the arithmetic asks them."""
    return tuple(one.rule for one in explained().values())


def _explained(row: dict[str, Any], file: dict[str, Any]) -> Explained:
    patterns, others = tuple(row.get("patterns", ())), tuple(file["others"])
    rule = Rule(row["key"], row["severity"], patterns, row.get("settled_by", ""), others)
    words = {name: row[name] for name in ("why_nl", "why_en", "instead_nl", "instead_en", "source")}
    return Explained(rule, **words, written_on=file["written_on"])
