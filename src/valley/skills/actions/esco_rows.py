"""How do the concepts and links of a checked ESCO set become rows? Only what differs is written.

Rows are never deleted: a concept that is gone is marked retired, or merged with its successor, and keeps its links,
because passports and openings may still name it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from valley.skills import starter_files
from valley.skills.actions.esco_set import EscoConcept, EscoSet
from valley.skills.models import (
    Competence,
    CompetenceKind,
    CompetenceRelation,
    GroupLink,
    Occupation,
    OccupationCompetence,
    OccupationLink,
    Scheme,
    SkillGroup,
    Status,
)

Progress = Callable[[float, str], None]
BATCH = 2000
_CONCEPT = ["scheme", "status", "label_en", "description_en"]
_FIELDS: dict[type[Model], list[str]] = {
    Competence: [*_CONCEPT, "kind", "reuse_level", "alt_labels_en"],
    SkillGroup: [*_CONCEPT, "code"],
    Occupation: [*_CONCEPT, "code", "isco_group", "is_group", "alt_labels_en"],
}


def store(new: EscoSet, *, progress: Progress) -> None:
    """Write a whole set; the caller holds the transaction."""
    starter = {row.uri: row for row in starter_files.competences()}
    progress(0.2, "writing skills")
    skills = _write(Competence, [_competence(row, starter.get(row.uri)) for row in new.of_kind("skill")], new)
    _mark_merged(new, skills)
    progress(0.4, "writing groups and occupations")
    groups = _write(SkillGroup, [SkillGroup(**_common(row), code=row.code) for row in new.of_kind("skill-group")], new)
    kinds = [*new.of_kind("isco-group"), *new.of_kind("occupation")]
    occupations = _write(Occupation, [_occupation(row) for row in kinds], new)
    progress(0.5, "writing the hierarchy")
    _write_hierarchy(new, skills, groups, occupations)
    progress(0.6, "writing relations")
    _write_relations(new, skills, occupations)


def _common(row: EscoConcept) -> dict[str, Any]:
    return {
        "uri": row.uri,
        "scheme": Scheme.ESCO,
        "status": Status.RETIRED if row.retired else Status.CURRENT,
        "label_en": row.label,
        "description_en": row.description,
    }


def _competence(row: EscoConcept, starter: starter_files.StarterCompetence | None) -> Competence:
    """An ESCO skill; where the starter vocabulary has it too, the trade's own words stay and ESCO adds the rest."""
    kind = CompetenceKind.KNOWLEDGE if row.is_knowledge else CompetenceKind.SKILL
    fields = _common(row) | {"kind": kind, "reuse_level": row.reuse_level, "alt_labels_en": list(row.alternatives)}
    if starter is not None:
        fields |= {
            "kind": starter.kind,
            "description_en": starter.description_en or row.description,
            "alt_labels_en": union(starter.alternatives_en, row.alternatives),
        }
    return Competence(**fields)


def _occupation(row: EscoConcept) -> Occupation:
    return Occupation(
        **_common(row),
        code=row.code,
        isco_group=row.isco_group,
        is_group=row.kind == "isco-group",
        alt_labels_en=list(row.alternatives),
    )


def union(first: Iterable[str], second: Iterable[str]) -> list[str]:
    """Both, in order, each once whatever its capitals.

    >>> union(["Chat"], ["chat", "webcare"])
    ['Chat', 'webcare']
    """
    kept: dict[str, str] = {}
    for word in (*first, *second):
        kept.setdefault(word.casefold(), word)
    return list(kept.values())


def _write(model: type[Any], rows: Sequence[Any], new: EscoSet) -> dict[str, int]:
    """Write what is new or differs, retire what is gone; ids by identifier, of everything of this model."""
    fields = _FIELDS[model]
    known = {values[0]: values[1:] for values in model.objects.values_list("uri", *fields)}
    fresh = [row for row in rows if known.get(row.uri) != tuple(getattr(row, name) for name in fields)]
    model.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["uri"], update_fields=fields, batch_size=BATCH
    )
    in_use = model.objects.filter(scheme=Scheme.ESCO, status=Status.CURRENT)
    gone = [pk for pk, uri in in_use.values_list("pk", "uri") if uri not in new.concepts]
    for start in range(0, len(gone), BATCH):
        model.objects.filter(pk__in=gone[start : start + BATCH]).update(status=Status.RETIRED)
    return dict(model.objects.values_list("uri", "pk"))


def _mark_merged(new: EscoSet, ids: Mapping[str, int]) -> None:
    merged = {ids[old]: ids[into] for old, into in new.merged.items() if old in ids and into in ids}
    rows = Competence.objects.in_bulk(list(merged))
    for pk, row in rows.items():
        row.merged_into_id, row.status = merged[pk], Status.MERGED
    Competence.objects.bulk_update(rows.values(), ["merged_into", "status"], batch_size=500)


def _write_hierarchy(
    new: EscoSet, skills: Mapping[str, int], groups: Mapping[str, int], occupations: Mapping[str, int]
) -> None:
    members, parents, wider, ladder = (set[tuple[int, int]]() for _ in range(4))
    for child, parent in new.broader:
        kinds = (new.kind(child), new.kind(parent))
        if kinds == ("skill", "skill-group"):
            members.add((skills[child], groups[parent]))
        elif kinds == ("skill-group", "skill-group"):
            parents.add((groups[child], groups[parent]))
        elif kinds == ("skill", "skill"):
            wider.add((skills[child], skills[parent]))
        elif child in occupations and parent in occupations:
            ladder.add((occupations[child], occupations[parent]))
    current = {skills[row.uri] for row in new.of_kind("skill")} | {0}
    by_esco = {"scheme": Scheme.ESCO}
    _sync(GroupLink, ("competence_id", "group_id"), members, current, by_esco | {"child_group": None})
    _sync(GroupLink, ("child_group_id", "group_id"), parents, None, by_esco | {"competence": None})
    _sync(CompetenceRelation, ("original_id", "related_id"), wider, current, by_esco | {"broader": True})
    _sync(OccupationLink, ("child_id", "broader_id"), ladder, None, {})


def _write_relations(new: EscoSet, skills: Mapping[str, int], occupations: Mapping[str, int]) -> None:
    current = {skills[row.uri] for row in new.of_kind("skill")}
    related = {(skills[one], skills[other], essential) for one, other, essential in new.related}
    names = ("original_id", "related_id", "essential")
    _sync(CompetenceRelation, names, related, current, {"scheme": Scheme.ESCO, "broader": False})
    working = {occupations[row.uri] for row in new.of_kind("occupation")}
    asks = {(occupations[job], skills[skill], essential) for job, skill, essential in new.asks}
    _sync(OccupationCompetence, ("occupation_id", "competence_id", "essential"), asks, working, {})


def _sync(
    model: type[Any], names: tuple[str, ...], wanted: set[Any], current: set[int] | None, fixed: Mapping[str, Any]
) -> None:
    """Make the rows with the ``fixed`` values equal ``wanted``; rows that start at a concept no longer in use stay."""
    known = {values[1:]: values[0] for values in model.objects.filter(**fixed).values_list("pk", *names)}
    gone = [pk for key, pk in known.items() if key not in wanted and (current is None or key[0] in current)]
    for start in range(0, len(gone), BATCH):
        model.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    fresh = sorted(wanted - known.keys())
    made = (model(**dict(zip(names, key, strict=True)), **fixed) for key in fresh)
    model.objects.bulk_create(made, batch_size=BATCH)
