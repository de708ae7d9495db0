"""What does a reader see of a person's own explanation: the shared parts only, and no sum, percentage or order?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valley.core.profiles import Profile
from valley.foundation.access import Caller
from valley.mobility import queries as mobility

# Which part of the passport each kind of must-have is answered from.
_PART_OF = {"language": "languages", "permit": "wishes", "shift": "wishes"}
_HIDDEN: dict[str, Any] = {
    "competences": gettext_lazy("the competences"),
    "languages": gettext_lazy("the languages"),
    "wishes": gettext_lazy("the wishes: hours, travel, shifts"),
}


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One thing the opening asks beside what was shared. ``state``: as-asked, lower, close, field or not-shown."""

    label: str
    importance_words: str
    asked_words: str
    state: str
    state_words: str
    held_label: str
    held_words: str
    evidence_on: date | None


@dataclass(frozen=True, slots=True)
class OverlapSeen:
    """The person's explanation in words, restricted to shared parts. It holds no number to order people by."""

    lines: tuple[SeenLine, ...]
    must_haves: tuple[mobility.MustHaveLine, ...]
    practical: tuple[mobility.PracticalLine, ...]
    not_shared: tuple[str, ...]
    on: date


def overlap_seen(caller: Caller, *, profile: Profile, parts: Collection[str], opening: str) -> OverlapSeen:
    """The explanation of one opening (by slug) for a profile that was narrowed to ``parts`` already.

    What was not shared is left out and named, so that it never reads as something missing.
    """
    full = mobility.explanation_of(caller, profile=profile, opening=opening)
    return OverlapSeen(
        lines=tuple(_line(line, full.similarity.near) for line in full.lines) if "competences" in parts else (),
        must_haves=tuple(gate for gate in full.must_haves if _PART_OF.get(gate.kind, "") in parts),
        practical=full.practical if "wishes" in parts else (),
        not_shared=tuple(str(words) for part, words in _HIDDEN.items() if part not in parts),
        on=full.on,
    )


def _line(line: mobility.ExplainedLine, near: float) -> SeenLine:
    state = _state(line, near)
    words = {
        "as-asked": _("as asked"),
        "lower": _("a lower level"),
        "close": _("something close to it"),
        "field": _("something in the same field"),
        "not-shown": _("not in what was shared"),
    }
    held = state != "not-shown"
    return SeenLine(
        label=line.label,
        importance_words=line.importance_words,
        asked_words=line.asked_words,
        state=state,
        state_words=words[state],
        held_label=line.held_label if held else "",
        held_words=line.held_words if held else "",
        evidence_on=line.evidence_on if held else None,
    )


def _state(line: mobility.ExplainedLine, near: float) -> str:
    if line.held is None:
        return "not-shown"
    if line.held != line.competence:
        return "close" if line.similarity >= near else "field"
    return "as-asked" if line.held_level >= line.asked else "lower"
