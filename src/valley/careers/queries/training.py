"""Which training bridges a gap, and how many guided hours does it ask?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from valley.core.mobility import careers
from valley.curriculum import queries as programmes
from valley.foundation.access import Caller
from valley.thread import snapshots as thread

# Units named with one step: the ones that close most of the gap.
MOST_NAMED = 3
Taught = Mapping[str, frozenset[tuple[int, int]]]


def table(competences: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
    """Guided hours up to each level, for competences, by the dated table of the product."""
    return thread.hours_of(competences)


def hours(gaps: Sequence[careers.Gap], table: Mapping[int, tuple[int, ...]]) -> tuple[int, ...]:
    """Guided hours from the level held to the level asked, one for each gap."""
    return tuple(
        table[gap.competence][gap.asked - 1] - (table[gap.competence][gap.held - 1] if gap.held else 0) for gap in gaps
    )


def hours_source(language: str) -> str:
    """Where the guided hours come from."""
    read = thread.hours_table()
    return read.source_en if language == "en" else read.source_nl


def taught(caller: Caller) -> Taught:
    """Units of the published programmes with the competences (id, level) they bring; nothing that is a draft."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for line in programmes.programmes(caller):
        if line.latest is None:
            continue
        page = programmes.version(caller, ref=f"{line.key}@{line.latest}")
        for unit in page.units:
            name = f"{line.name}: {unit.title}"
            found[name] |= {(one.competence, one.level) for outcome in unit.outcomes for one in outcome.competences}
    return {name: frozenset(pairs) for name, pairs in found.items()}


def bridges(units: Taught, gaps: Iterable[careers.Gap]) -> tuple[str, ...]:
    """The units that close most of the gaps, at most three, the widest first, ties by name."""
    asked = {gap.competence: gap.asked for gap in gaps}
    closes = {
        name: len({one for one, level in pairs if one in asked and level >= asked[one]})
        for name, pairs in units.items()
    }
    ordered = sorted((name for name in closes if closes[name]), key=lambda name: (-closes[name], name))
    return tuple(ordered[:MOST_NAMED])
