"""What would be read in a text, without keeping anything of it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from valley.core.skills import text as reading
from valley.evidence import desks, drafts, snapshots
from valley.evidence.queries.findings import BECAUSE
from valley.evidence.unreadable import worded
from valley.foundation import access
from valley.skills import queries as skills


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """A competence a text seems to ask. ``starts`` and ``ends`` are the sentence's place in the text, half-open."""

    competence: int
    label: str
    sentence: str
    starts: int
    ends: int
    matched: str
    held_against: str
    why: str
    because: str
    score: float
    cue: str
    level: int


@dataclass(frozen=True, slots=True)
class NamedSystem:
    """A product or system the text names, with its class; never a competence."""

    name: str
    tool_class: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a text asks, in the order of its sentences; the systems it names; and what it says it does not ask."""

    language: str
    sentences: int
    proposals: tuple[ProposedLine, ...]
    systems: tuple[NamedSystem, ...]
    denied: tuple[ProposedLine, ...]


def proposed(caller: access.Caller, *, text: str, language: str = "") -> Proposed:
    """Read a text and keep nothing. For every desk that may bring evidence. Raises ``UnreadableText``."""
    desks.scope(caller)
    with worded():
        found = snapshots.reader().read(drafts.tidy(text), language=language)
    labels = skills.labels({one.concept for one in (*found.proposals, *found.denied)}, caller.language)
    classes = {one.key: one.label for one in skills.tool_classes(caller.language)}
    return Proposed(
        language=found.language,
        sentences=found.sentences,
        proposals=tuple(_line(one, labels) for one in found.proposals),
        systems=tuple(
            NamedSystem(one.name, one.tool_class, classes.get(one.tool_class, one.tool_class), one.sentence)
            for one in found.systems
        ),
        denied=tuple(_line(one, labels) for one in found.denied),
    )


def _line(one: reading.Proposal, labels: Mapping[int, str]) -> ProposedLine:
    return ProposedLine(
        competence=one.concept, label=labels.get(one.concept, ""), sentence=one.sentence, starts=one.starts,
        ends=one.ends, matched=one.matched, held_against=one.label, why=one.why,
        because=str(BECAUSE.get(one.why, one.why)), score=round(one.score, 4), cue=one.cue, level=one.level,
    )  # fmt: skip
