"""How does a second language come to concepts that are there: from official files, or a table with sources?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from valley.skills.actions import rows
from valley.skills.actions.esco_set import SAMPLES, Remark
from valley.skills.actions.sources import LABEL_FILE, NotEsco, Source
from valley.skills.models import Competence, Occupation, Scheme, SkillGroup

Progress = Callable[[float, str], None]
BATCH = 2000
OFFICIAL = "ESCO"
_KINDS = {"occupations": "occupation", "ISCOGroups": "isco-group", "skills": "skill", "skillGroups": "skill-group"}
_LEVELS = tuple((f"Level {number} URI", f"Level {number} preferred term") for number in range(4))


@dataclass(frozen=True, slots=True)
class Label:
    """What a concept is called in the second language, and who says so."""

    text: str
    alternatives: tuple[str, ...] = ()
    description: str = ""
    source: str = OFFICIAL


@dataclass(slots=True)
class Labels:
    """Labels by kind and identifier."""

    by_kind: dict[str, dict[str, Label]] = field(default_factory=dict)

    def number(self, kind: str) -> int:
        """How many concepts of a kind got a label."""
        return len(self.by_kind.get(kind, {}))

    @property
    def total(self) -> int:
        """All labels."""
        return sum(len(found) for found in self.by_kind.values())


def labels(sources: Mapping[str, Source]) -> Labels:
    """Read every label in the files; raises the errors of `rows`, and `NotEsco` when no file holds labels."""
    made = Labels()
    for name, kind in _KINDS.items():
        if name in sources:
            made.by_kind[kind] = dict(_official(sources[name]))
    if LABEL_FILE in sources:
        table = dict(_table(sources[LABEL_FILE]))
        made.by_kind["skill"] = table | made.by_kind.get("skill", {})
    if "skillsHierarchy" in sources and "skill-group" not in made.by_kind:
        made.by_kind["skill-group"] = dict(_hierarchy(sources["skillsHierarchy"]))
    if not made.total:
        raise NotEsco(
            expected="a file with labels, such as skills_nl.csv",
            found=f"only {', '.join(sorted(sources))}",
            next_step="Give the classification zip of this language.",
        )
    return made


def _official(source: Source) -> Iterator[tuple[str, Label]]:
    wanted = {"altLabels": "", "description": ""}
    for line, row in rows.rows(source, needed=("conceptUri", "preferredLabel"), wanted=wanted):
        text = row["preferredLabel"]
        if text:
            text = rows.checked_label(source, line, text)
            others = rows.alternatives(row["altLabels"], without=text)
            yield rows.esco_uri(source, line, row["conceptUri"]), Label(text, others, rows.repaired(row["description"]))


def _table(source: Source) -> Iterator[tuple[str, Label]]:
    for line, row in rows.rows(source, needed=("conceptUri", "label_nl"), wanted={"nl_source": ""}):
        if row["label_nl"]:
            text = rows.checked_label(source, line, row["label_nl"])
            yield rows.esco_uri(source, line, row["conceptUri"]), Label(text, source=row["nl_source"][:120] or OFFICIAL)


def _hierarchy(source: Source) -> Iterator[tuple[str, Label]]:
    names = [name for pair in _LEVELS for name in pair]
    for line, row in rows.rows(source, needed=names, wanted={}):
        for uri, text in _LEVELS:
            if row[uri] and row[text]:
                yield rows.esco_uri(source, line, row[uri]), Label(rows.checked_label(source, line, row[text]))


def store(given: Labels, *, dry_run: bool, progress: Progress) -> tuple[dict[str, int], tuple[Remark, ...]]:
    """Write labels that differ; the caller holds the transaction. Returns how many were added, changed, unchanged.

    The Dutch of the starter vocabulary stays; ESCO's Dutch for it becomes one more word to find it by.
    """
    tally = {"added": 0, "changed": 0, "unchanged": 0}
    unknown: list[str] = []
    for share, (kind, found) in enumerate(given.by_kind.items()):
        progress(min(0.9, 0.2 + 0.2 * share), f"writing {kind} labels")
        fresh = _Fresh(kind, found)
        unknown += fresh.unknown
        for name, number in fresh.tally.items():
            tally[name] += number
        if not dry_run:
            fresh.write()
    return tally, _remarks(unknown)


def _remarks(unknown: list[str]) -> tuple[Remark, ...]:
    if not unknown:
        return ()
    words = "labels are for a concept that the loaded release does not have"
    return (Remark("unknown-concept", words, len(unknown), tuple(sorted(unknown)[:SAMPLES])),)


class _Fresh:
    """The rows of one kind whose labels differ from what is stored."""

    def __init__(self, kind: str, found: Mapping[str, Label]) -> None:
        self.model: Any = {"skill": Competence, "skill-group": SkillGroup}.get(kind, Occupation)
        self.names = ["label_nl", "label_nl_source", "description_nl"]
        if self.model is not SkillGroup:
            self.names.append("alt_labels_nl")
        known = {row.uri: row for row in self.model.objects.filter(scheme=Scheme.ESCO)}
        self.unknown = [uri for uri in found if uri not in known]
        self.rows: list[Any] = []
        self.tally = {"added": 0, "changed": 0, "unchanged": 0}
        for uri, label in found.items():
            if uri in known:
                self._compare(known[uri], label)

    def _compare(self, row: Any, label: Label) -> None:
        before = tuple(getattr(row, name) for name in self.names)
        if getattr(row, "starter_key", ""):
            others = [label.text] if label.text.casefold() != row.label_nl.casefold() else []
            row.alt_labels_nl = _with(row.alt_labels_nl, (*others, *label.alternatives))
        else:
            row.label_nl, row.label_nl_source, row.description_nl = label.text, label.source, label.description
            if "alt_labels_nl" in self.names:
                row.alt_labels_nl = list(label.alternatives)
        same = before == tuple(getattr(row, name) for name in self.names)
        self.tally["unchanged" if same else "changed" if before[0] else "added"] += 1
        if not same:
            self.rows.append(row)

    def write(self) -> None:
        """Write them; the insert half of the upsert never happens, because every row is there."""
        self.model.objects.bulk_create(
            self.rows, update_conflicts=True, unique_fields=["uri"], update_fields=self.names, batch_size=BATCH
        )


def _with(first: list[str], second: tuple[str, ...]) -> list[str]:
    seen = {word.casefold() for word in first}
    return first + [word for word in dict.fromkeys(second) if word.casefold() not in seen]
