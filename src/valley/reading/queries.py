"""What does a text ask, without keeping anything of it, and which names are systems and never competences?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valley.core.skills import text as words
from valley.foundation import access, organisations
from valley.foundation.spreadsheets.cells import plain
from valley.reading import desks, snapshots
from valley.reading.models import SystemName
from valley.reading.unreadable import worded
from valley.skills import queries as skills

MOST_SEARCHES = 100
"""So many unknown words are searched for a suggestion; after that they are only named."""
BECAUSE = {
    "exact": gettext_lazy("the text says these words"),
    "stems": gettext_lazy("the text says these words in another form"),
    "compound": gettext_lazy("the words stand in one long word"),
    "words": gettext_lazy("one sentence holds all the words"),
    "system": gettext_lazy("the text names a system of this kind"),
    "stated": gettext_lazy("whoever saw it at work says so"),
    "rated": gettext_lazy("the employer rated it"),
    "": gettext_lazy("a person added it"),
}


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
        found = snapshots.reader().read(tidy(text), language=language)
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


def _line(one: words.Proposal, labels: Mapping[int, str]) -> ProposedLine:
    return ProposedLine(
        competence=one.concept, label=labels.get(one.concept, ""), sentence=one.sentence, starts=one.starts,
        ends=one.ends, matched=one.matched, held_against=one.label, why=one.why,
        because=str(BECAUSE.get(one.why, one.why)), score=round(one.score, 4), cue=one.cue, level=one.level,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Added:
    """The number of a name that was added."""

    id: int


@dataclass(frozen=True, slots=True)
class SystemLine:
    """A name of a product or system with its class. ``owner`` says whose own name it is, "" for everyone's."""

    name: str
    tool_class: str
    tool_class_label: str
    seen_on: date
    owner: str


def system_names(caller: access.Caller) -> tuple[SystemLine, ...]:
    """The dated names of products and systems, by class and name; another employer's own names are left out."""
    allowed = desks.scope(caller)
    classes = skills.tool_classes(caller.language)
    labels = {one.key: one.label for one in classes}
    own = Q() if allowed is None else Q(organisation=None) | Q(organisation__in=allowed)
    rows = list(SystemName.objects.filter(own).select_related("tool_class"))
    seen = {desk.organisation for desk in caller.desks}
    owners = {row.organisation_id for row in rows if row.organisation_id}
    names = organisations.names(owners if desks.names_all(caller) else owners & seen)
    added = [
        SystemLine(
            row.name,
            row.tool_class.key,
            labels[row.tool_class.key],
            row.seen_on,
            names.get(row.organisation_id, _("one employer")) if row.organisation_id else "",
        )
        for row in rows
    ]
    known = [
        SystemLine(name, one.key, one.label, date.fromisoformat(seen), "")
        for one in classes
        for name, seen in one.products
    ]
    return tuple(sorted([*known, *added], key=lambda one: (one.tool_class, one.name.casefold(), one.owner)))


def is_system(name: str) -> bool:
    """True when this is the name of a product or system."""
    return plain(name) in {plain(known) for known, _sort in snapshots.system_names()}


def tidy(text: str) -> str:
    """The text with plain line ends, without spaces at the end of lines or around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def looks_like(text: str, language: str) -> str:
    """The language that the words look like when that is another than the one that was said, else ""."""
    try:
        seen = words.language_of(text)
    except words.UnreadableText:
        return ""
    return "" if seen == language else seen


def competence_finder(caller: access.Caller) -> Callable[[str], tuple[int | None, tuple[str, ...]]]:
    """A function from what someone wrote to a competence: (id, ()), or (None, the nearest labels)."""
    searched: dict[str, tuple[int | None, tuple[str, ...]]] = {}

    def find(words: str) -> tuple[int | None, tuple[str, ...]]:
        if words not in searched:
            found = skills.competence_named(words)
            near = ()
            if found is None and len(searched) < MOST_SEARCHES:
                near = tuple(
                    one.label for one in skills.search(caller, text=words[:100], kinds=["competence"], limit=3)
                )
            searched[words] = (found, near)
        return searched[words]

    return find
