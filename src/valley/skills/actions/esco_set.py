"""What does an ESCO set say, and does it hang together? Reads and checks everything before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from valley.core.errors import ValleyError
from valley.core.skills.hierarchy import a_cycle
from valley.skills.actions import rows
from valley.skills.actions.sources import MERGES_FILE, NotEsco, Source

NEEDED = (
    "occupations",
    "skills",
    "skillGroups",
    "ISCOGroups",
    "broaderRelationsSkillPillar",
    "broaderRelationsOccPillar",
    "occupationSkillRelations",
)
_KIND_OF = {"occupations": "occupation", "skills": "skill", "skillGroups": "skill-group", "ISCOGroups": "isco-group"}
_CONCEPT = {
    "altLabels": "",
    "status": "released",
    "description": "",
    "code": "",
    "iscoGroup": "",
    "skillType": "",
    "reuseLevel": "",
    "replacedBy": "",
}
_RETIRED = ("obsolete", "deprecated", "withdrawn")
SAMPLES = 3


class ConceptTwice(ValleyError):
    """One identifier names two concepts."""

    code = "concept-twice"


class CyclicHierarchy(ValleyError):
    """A concept lies above itself."""

    code = "cyclic-hierarchy"


@dataclass(frozen=True, slots=True)
class EscoConcept:
    """One row of a concept file. ``kind`` is skill, skill-group, occupation or isco-group."""

    uri: str
    kind: str
    label: str
    alternatives: tuple[str, ...]
    description: str
    code: str
    isco_group: str
    is_knowledge: bool
    reuse_level: str
    retired: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was left out: what, how often, and the first few examples."""

    code: str
    words: str
    count: int
    samples: tuple[str, ...]


@dataclass(slots=True)
class EscoSet:
    """A whole set. Links are pairs of identifiers; ``asks`` and ``related`` end with whether the link is essential.

    ``merged`` gives the successor of each concept that went up in another one.
    """

    concepts: dict[str, EscoConcept] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    broader: set[tuple[str, str]] = field(default_factory=set)
    asks: set[tuple[str, str, bool]] = field(default_factory=set)
    related: set[tuple[str, str, bool]] = field(default_factory=set)
    relations_read: int = 0
    remarks: list[Remark] = field(default_factory=list)

    def of_kind(self, kind: str) -> Iterator[EscoConcept]:
        """The concepts of one kind."""
        return (concept for concept in self.concepts.values() if concept.kind == kind)

    def kind(self, uri: str) -> str:
        """The kind behind an identifier; empty when the set has no such concept."""
        concept = self.concepts.get(uri)
        return concept.kind if concept else ""


def esco_set(sources: Mapping[str, Source]) -> EscoSet:
    """Read and check a complete set. Raises the errors of `rows`, `NotEsco`, `ConceptTwice` and `CyclicHierarchy`."""
    _require_complete(sources)
    made = EscoSet()
    for kind in ("ISCOGroups", "occupations", "skillGroups", "skills"):
        _add_concepts(made, sources[kind])
    _add_merges(made, sources.get(MERGES_FILE))
    for kind in ("broaderRelationsOccPillar", "broaderRelationsSkillPillar"):
        made.broader |= _links(made, sources[kind])
    _add_asks(made, sources["occupationSkillRelations"])
    if "skillSkillRelations" in sources:
        _add_related(made, sources["skillSkillRelations"])
    _require_no_cycle(made.broader, made)
    _require_no_cycle(made.merged.items(), made)
    return made


def _require_complete(sources: Mapping[str, Source]) -> None:
    missing = [kind for kind in NEEDED if kind not in sources]
    if missing:
        raise NotEsco(
            expected="the classification and the relations of one release",
            found=f"no {', '.join(f'{kind}.csv' for kind in missing)}",
            next_step="ESCO publishes two zips for a release: give both in one command.",
            missing=missing,
        )


def _add_concepts(made: EscoSet, source: Source) -> None:
    kind = _KIND_OF[source.kind]
    for line, row in rows.rows(source, needed=("conceptUri", "preferredLabel"), wanted=_CONCEPT):
        uri = rows.esco_uri(source, line, row["conceptUri"])
        if uri in made.concepts:
            raise ConceptTwice(
                expected="every identifier once",
                found=f"{uri} again on line {line} of {source.name}",
                next_step="Remove one of the two rows, or download the file anew.",
                uri=uri,
            )
        label = rows.checked_label(source, line, row["preferredLabel"])
        made.concepts[uri] = EscoConcept(
            uri=uri,
            kind=kind,
            label=label,
            alternatives=rows.alternatives(row["altLabels"], without=label),
            description=rows.repaired(row["description"]),
            code=row["code"][:20],
            isco_group=row["iscoGroup"][:8],
            is_knowledge=row["skillType"] == "knowledge",
            reuse_level=row["reuseLevel"][:24],
            retired=row["status"].lower() in _RETIRED,
        )
        if row["replacedBy"]:
            made.merged[uri] = rows.esco_uri(source, line, row["replacedBy"])


def _add_merges(made: EscoSet, source: Source | None) -> None:
    """Note which concepts were merged: ``conceptUri, replacedBy``. The old one need not be in the set any more."""
    if source is not None:
        for line, row in rows.rows(source, needed=("conceptUri", "replacedBy"), wanted={}):
            old = rows.esco_uri(source, line, row["conceptUri"])
            made.merged[old] = rows.esco_uri(source, line, row["replacedBy"])
    unknown = sorted(old for old, new in made.merged.items() if new not in made.concepts and new not in made.merged)
    for old in unknown:
        del made.merged[old]
    _remark(made, "unknown-replacement", "merges name a replacement that is not in the set", unknown)


def _links(made: EscoSet, source: Source) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    unknown: list[str] = []
    for _line, row in rows.rows(source, needed=("conceptUri", "broaderUri"), wanted={}):
        pair = (row["conceptUri"], row["broaderUri"])
        missing = [uri for uri in pair if uri not in made.concepts]
        unknown += missing[:1]
        if not missing:
            found.add(pair)
    _remark(made, "unknown-in-hierarchy", f"links in {source.name} name a concept that is not in the set", unknown)
    return found


def _add_asks(made: EscoSet, source: Source) -> None:
    unknown: list[str] = []
    for line, row in rows.rows(source, needed=("occupationUri", "relationType", "skillUri"), wanted={}):
        essential = rows.one_of(source, line, row["relationType"], ("essential", "optional")) == "essential"
        occupation, skill = row["occupationUri"], row["skillUri"]
        made.relations_read += 1
        if made.kind(occupation) != "occupation" or made.kind(skill) != "skill":
            unknown.append(skill if made.kind(occupation) == "occupation" else occupation)
        else:
            made.asks.add((occupation, skill, essential))
    _remark(made, "unknown-in-relations", f"relations in {source.name} name a concept that is not in the set", unknown)


def _add_related(made: EscoSet, source: Source) -> None:
    unknown: list[str] = []
    for line, row in rows.rows(source, needed=("originalSkillUri", "relationType", "relatedSkillUri"), wanted={}):
        essential = rows.one_of(source, line, row["relationType"], ("essential", "optional")) == "essential"
        pair = (row["originalSkillUri"], row["relatedSkillUri"])
        missing = [uri for uri in pair if made.kind(uri) != "skill"]
        unknown += missing[:1]
        if not missing:
            made.related.add((*pair, essential))
    _remark(made, "unknown-in-relations", f"relations in {source.name} name a concept that is not in the set", unknown)


def _remark(made: EscoSet, code: str, words: str, found: list[str]) -> None:
    if found:
        made.remarks.append(Remark(code, words, len(found), tuple(sorted(set(found))[:SAMPLES])))


def _require_no_cycle(links: Iterable[tuple[str, str]], made: EscoSet) -> None:
    circle = a_cycle(links)
    if circle:
        names = [made.concepts[uri].label if uri in made.concepts else uri for uri in circle]
        raise CyclicHierarchy(
            expected="a hierarchy in which nothing lies above itself",
            found=" > ".join(names),
            next_step="Remove one of these links, or download the relations anew.",
            uris=list(circle),
        )


def digest(concept: EscoConcept, broader: Iterable[str]) -> str:
    """The fingerprint of everything about a concept but its label and its place in time: 32 hexadecimal characters."""
    parts = (
        concept.kind,
        concept.alternatives,
        concept.description,
        concept.code,
        concept.isco_group,
        concept.is_knowledge,
        concept.reuse_level,
        tuple(sorted(broader)),
    )
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()
