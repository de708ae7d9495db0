"""How is a chain of an answer kept, so that it can be read later, in both languages, as it was told?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import override

from valley.chains.queries.reckoning import Basis
from valley.chains.queries.shapes import ChainLine, FlagLine, LinkLine
from valley.chains.queries.telling import told
from valley.core.mobility import routes as core

LANGUAGES = ("nl", "en")
NOTE = "info"
"""How severe a flag is that asks for nothing."""


def kept_links(
    found: core.Routes, chain: core.Chain, *, basis: Basis, proven: Mapping[str, int]
) -> list[dict[str, Any]]:
    """The links of a chain as JSON can hold them, with the words of flags and fallbacks in both languages."""
    only = replace(found, chains=(chain,), refusal=None)
    by_language: dict[str, ChainLine] = {}
    for language in LANGUAGES:
        with override(language):
            by_language[language] = told(only, basis=basis, proven=proven, language=language)[0][0]
    roles = {offer.id: offer.role for offer in basis.market.offers}
    return [
        _kept(link, place, by_language, roles.get(link.opening or 0, ""))
        for place, link in enumerate(by_language["nl"].links)
    ]


def kept_facts(found: core.Routes, chain: core.Chain, *, basis: Basis) -> dict[str, Any]:
    """What is kept with a whole chain: how robust it was, and the hours a year the rules asked."""
    asked = basis.qualification
    return {
        "survived": chain.survived,
        "of": chain.of,
        "idle_days": chain.idle_days,
        "year_hours": asked.practice_hours_a_year,
        "guided_hours": asked.guided_hours_a_year,
        "gap_days": found.policy.gap_days,
        "market": basis.market.fingerprint,
    }


def kept_refusal(found: core.Routes, *, basis: Basis, proven: Mapping[str, int]) -> dict[str, Any]:
    """What blocks, and the ways out, in both languages."""
    blocked: dict[str, list[str]] = {}
    ways: dict[str, list[str]] = {}
    for language in LANGUAGES:
        with override(language):
            said = told(found, basis=basis, proven=proven, language=language)[1]
        if said is None:
            continue
        blocked[language] = [" + ".join(conflict) for conflict in said.conflicts]
        ways[language] = [way.words for way in said.ways_out]
    return {"blocked": blocked, "ways_out": ways}


def _kept(link: LinkLine, place: int, told_in: Mapping[str, ChainLine], role: str) -> dict[str, Any]:
    lines = {language: told_in[language].links[place] for language in LANGUAGES}
    return {
        "opening": link.opening,
        "organisation": link.organisation,
        "starts_on": link.starts_on.isoformat(),
        "ends_on": link.ends_on.isoformat(),
        "processes": {line.process: line.hours for line in link.processes},
        "facts": {
            "title": link.title,
            "slug": link.slug,
            "months": link.months,
            "weekly": link.weekly,
            "role": role,
            "contract": link.contract,
            "flags": {language: [_flag(flag) for flag in line.flags] for language, line in lines.items()},
            "warnings": {
                language: [_flag(flag) for flag in line.flags if flag.severity != NOTE]
                for language, line in lines.items()
            },
            "fallback": {language: line.fallback.words if line.fallback else "" for language, line in lines.items()},
        },
    }


def _flag(flag: FlagLine) -> str:
    return f"{flag.words} ({flag.source})"
