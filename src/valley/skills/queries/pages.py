"""What is there to know about one competence, occupation or group: its words, its place, what asks it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.skills import starter_files
from valley.skills.models import (
    Cluster,
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
from valley.skills.queries.wording import worded

Row = TypeVar("Row", bound=Any)
MOST_SHOWN = 20
REUSE = {
    "transversal": _("in all work"),
    "cross-sector": _("in several sectors"),
    "sector-specific": _("in one sector"),
    "occupation-specific": _("in one occupation"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A concept in one line. ``english_only``: Dutch was asked and there is none yet; ``note`` says why it is here."""

    id: int
    uri: str
    label: str
    english_only: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Local:
    """Who added a local concept, when and on what evidence; ``version`` guards against two people saving at once."""

    parent: Line | None
    author: str
    authored_on: date | None
    evidence: str
    version: int


@dataclass(frozen=True, slots=True)
class CompetencePage:
    """Everything about one competence. ``paths`` run from the broadest group to the narrowest."""

    id: int
    uri: str
    scheme: str
    status: str
    label: str
    other_label: str
    english_only: bool
    label_source: str
    description: str
    description_language: str
    alternatives: tuple[str, ...]
    kind: str
    kind_words: str
    cluster_words: str
    reuse_level: str
    reuse_words: str
    merged_into: Line | None
    paths: tuple[tuple[Line, ...], ...]
    related: tuple[Line, ...]
    occupations_essential: int
    occupations_optional: int
    occupations: tuple[Line, ...]
    roles: tuple[str, ...]
    local: Local | None


@dataclass(frozen=True, slots=True)
class OccupationPage:
    """An occupation with what it asks; ``broader`` from the nearest group up."""

    id: int
    uri: str
    code: str
    label: str
    english_only: bool
    description: str
    description_language: str
    alternatives: tuple[str, ...]
    broader: tuple[Line, ...]
    essential: tuple[Line, ...]
    optional: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group of competences: what lies above, what lies in it."""

    id: int
    uri: str
    code: str
    label: str
    english_only: bool
    description: str
    description_language: str
    above: tuple[Line, ...]
    groups: tuple[Line, ...]
    competences: tuple[Line, ...]


def line(row: Any, language: str, note: str = "") -> Line:
    """A concept row as one line in this language."""
    words = worded(row, language)
    return Line(row.pk, row.uri, words.label, words.english_only, note)


def competence(caller: Caller, *, id: int = 0, uri: str = "") -> CompetencePage:
    """The page of a competence, by id or identifier; about ten queries. `NotFound` when there is none."""
    rows = Competence.objects.select_related("merged_into", "parent")
    row = _found(rows.filter(uri=uri).first() if uri else rows.filter(pk=id).first(), uri or id)
    with override(caller.language):
        return _competence_page(row, caller.language)


def _competence_page(row: Competence, language: str) -> CompetencePage:
    words, dutch = worded(row, language), language == "nl"
    asks = OccupationCompetence.objects.filter(competence=row)
    essential = asks.filter(essential=True)
    first = essential.select_related("occupation").order_by("occupation__label_en")[:MOST_SHOWN]
    return CompetencePage(
        id=row.pk,
        uri=row.uri,
        scheme=row.scheme,
        status=row.status,
        label=words.label,
        other_label=row.label_en if dutch and row.label_nl else "" if dutch else row.label_nl,
        english_only=words.english_only,
        label_source=row.label_nl_source if dutch else "",
        description=words.description,
        description_language=words.description_language,
        alternatives=words.alternatives,
        kind=row.kind,
        kind_words=str(CompetenceKind(row.kind).label),
        cluster_words=str(Cluster(row.cluster).label) if row.cluster else "",
        reuse_level=row.reuse_level,
        reuse_words=str(REUSE.get(row.reuse_level, row.reuse_level)),
        merged_into=line(row.merged_into, language) if row.merged_into else None,
        paths=_paths(row, language),
        related=_related(row, language),
        occupations_essential=essential.count(),
        occupations_optional=asks.filter(essential=False).count(),
        occupations=tuple(line(ask.occupation, language) for ask in first),
        roles=_roles(row.starter_key, language),
        local=_local(row, language),
    )


def _found(row: Row | None, asked: object) -> Row:
    if row is None:
        raise NotFound(
            expected=gettext("a concept of the vocabulary"), found=asked, next_step=gettext("Search for it by name.")
        )
    return row


def _local(row: Competence, language: str) -> Local | None:
    if row.scheme != Scheme.LOCAL:
        return None
    parent = line(row.parent, language) if row.parent else None
    return Local(parent, row.author, row.authored_on, row.evidence, row.version)


def _roles(key: str, language: str) -> tuple[str, ...]:
    """Titles of the starter roles that ask this competence."""
    asking = (role for role in starter_files.roles() if key and any(need.key == key for need in role.needs))
    return tuple(role.title_nl if language == "nl" else role.title_en for role in asking)


def _related(row: Competence, language: str) -> tuple[Line, ...]:
    links = CompetenceRelation.objects.filter(original=row).select_related("related")
    back = CompetenceRelation.objects.filter(related=row, broader=False).select_related("original")
    found = {link.related_id: line(link.related, language, _why(link, language)) for link in links}
    for link in back:
        found.setdefault(link.original_id, line(link.original, language, _why(link, language)))
    return tuple(sorted(found.values(), key=lambda one: (one.note, one.label.casefold(), one.id)))


def _why(link: CompetenceRelation, language: str) -> str:
    """How the other one is related, in words; the starter vocabulary gives its reasons in English."""
    if link.reason and language == "en":
        return link.reason
    return (
        gettext("broader") if link.broader else gettext("needed for it") if link.essential else gettext("close to it")
    )


def _paths(row: Competence, language: str) -> tuple[tuple[Line, ...], ...]:
    """One path per group the competence (or else what it lies under) is in, broadest group first."""
    groups = _nearest_groups(row)
    return tuple(
        tuple(line(step, language) for step in reversed(_climb(group)))
        for group in SkillGroup.objects.filter(pk__in=groups).order_by("pk")
    )


def _nearest_groups(row: Competence) -> list[int]:
    level, seen = {row.pk}, {row.pk}
    while level:
        if found := sorted(set(GroupLink.objects.filter(competence__in=level).values_list("group", flat=True))):
            return found
        above = CompetenceRelation.objects.filter(original__in=level, broader=True).values_list("related", flat=True)
        parents = Competence.objects.filter(pk__in=level, parent__isnull=False).values_list("parent", flat=True)
        level = ({*above} | {*parents}) - seen
        seen |= level
    return []


def _climb(group: SkillGroup) -> list[SkillGroup]:
    steps, seen = [group], {group.pk}
    while True:
        link = GroupLink.objects.filter(child_group=steps[-1]).select_related("group").order_by("group_id").first()
        if link is None or link.group_id in seen:
            return steps
        seen.add(link.group_id)
        steps.append(link.group)


def occupation(caller: Caller, *, id: int) -> OccupationPage:
    """The page of an occupation or ISCO group. `NotFound` when there is none."""
    row = _found(Occupation.objects.filter(pk=id).first(), id)
    language, words = caller.language, worded(row, caller.language)
    asks = OccupationCompetence.objects.filter(occupation=row).select_related("competence")
    lines: dict[bool, list[Line]] = {True: [], False: []}
    for ask in asks.filter(competence__status=Status.CURRENT):
        lines[ask.essential].append(line(ask.competence, language))
    essential, optional = (
        tuple(sorted(lines[which], key=lambda one: (one.label.casefold(), one.id))) for which in (True, False)
    )
    return OccupationPage(
        id=row.pk,
        uri=row.uri,
        code=row.code,
        label=words.label,
        english_only=words.english_only,
        description=words.description,
        description_language=words.description_language,
        alternatives=words.alternatives,
        broader=_above_occupation(row, language),
        essential=essential,
        optional=optional,
    )


def _above_occupation(row: Occupation, language: str) -> tuple[Line, ...]:
    steps: list[Occupation] = [row]
    while len(steps) < 12:
        link = OccupationLink.objects.filter(child=steps[-1]).select_related("broader").order_by("broader_id").first()
        if link is None:
            break
        steps.append(link.broader)
    return tuple(line(step, language) for step in steps[1:])


def group(caller: Caller, *, id: int) -> GroupPage:
    """The page of a group of competences. `NotFound` when there is none."""
    row = _found(SkillGroup.objects.filter(pk=id).first(), id)
    language, words = caller.language, worded(row, caller.language)
    inside = GroupLink.objects.filter(group=row).select_related("competence", "child_group")
    members = [link.competence for link in inside if link.competence and link.competence.status == Status.CURRENT]
    return GroupPage(
        id=row.pk,
        uri=row.uri,
        code=row.code,
        label=words.label,
        english_only=words.english_only,
        description=words.description,
        description_language=words.description_language,
        above=tuple(line(step, language) for step in reversed(_climb(row)[1:])),
        groups=_sorted((link.child_group for link in inside if link.child_group), language),
        competences=_sorted(members, language),
    )


def groups(caller: Caller) -> tuple[Line, ...]:
    """The broadest groups in use, by label: where looking around begins."""
    below = GroupLink.objects.filter(child_group__isnull=False).values("child_group")
    rows = SkillGroup.objects.filter(status=Status.CURRENT).exclude(pk__in=below)
    return _sorted(rows, caller.language)


def _sorted(rows: Iterable[Any], language: str) -> tuple[Line, ...]:
    return tuple(sorted((line(row, language) for row in rows), key=lambda one: (one.label.casefold(), one.id)))
