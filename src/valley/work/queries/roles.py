"""Which role profiles are there: the trade's shared ones and an organisation's own?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from valley.foundation import access
from valley.foundation.problems import NotFound
from valley.work import desks, words
from valley.work.models import RoleProfile
from valley.work.queries.openings import in_language


@dataclass(frozen=True, slots=True)
class RoleNeedLine:
    """A competence the role asks; ``importance`` is 2 for a must-have and 1 for a wish."""

    competence: int
    label: str
    level: int
    level_words: str
    importance: int
    task: str


@dataclass(frozen=True, slots=True)
class RoleProfileItem:
    """A role profile as a line in a list. ``own`` is False for the roles of the whole trade."""

    id: int
    key: str
    title: str
    summary: str
    own: bool
    version: int


@dataclass(frozen=True, slots=True)
class RoleProfilePage:
    """A role profile with everything it asks and where it leads, in the reader's language and both titles to edit."""

    role: RoleProfileItem
    organisation: int | None
    title_nl: str
    title_en: str
    summary_nl: str
    summary_en: str
    moves_to: tuple[str, ...]
    tool_classes: tuple[str, ...]
    needs: tuple[RoleNeedLine, ...]
    next_roles: tuple[NextRole, ...]


@dataclass(frozen=True, slots=True)
class NextRole:
    """A role that people of this role move on to."""

    key: str
    label: str


def role_profiles(caller: access.Caller, *, organisation: int | None = None) -> tuple[RoleProfileItem, ...]:
    """The trade's roles in their order, then the organisation's own. One question.

    Everybody reads the trade's roles; an organisation's own are for its desk.
    """
    wanted = Q(organisation=None)
    if organisation is not None:
        desks.require_reader(caller, organisation=organisation)
        wanted |= Q(organisation=organisation)
    rows = RoleProfile.objects.filter(wanted).order_by("organisation_id", "pk")
    items = [_item(row, caller.language) for row in rows]
    return tuple(sorted(items, key=lambda item: item.own))


def role_profile(
    caller: access.Caller, *, id: int | None = None, key: str = "", organisation: int | None = None
) -> RoleProfilePage:
    """One role by id, or by key: the organisation's own before the trade's. Raises :class:`NotFound`."""
    wanted = Q(pk=id) if id is not None else Q(key=key) & (Q(organisation=None) | Q(organisation=organisation))
    rows = sorted(RoleProfile.objects.filter(wanted), key=lambda row: row.organisation_id is None)
    row = rows[0] if rows else None
    if row is None or not _readable(caller, row.organisation_id):
        raise NotFound(expected=_("a role profile"), found=id or key, next_step=_("Choose one from the list."))
    return RoleProfilePage(
        role=_item(row, caller.language),
        organisation=row.organisation_id,
        title_nl=row.title_nl,
        title_en=row.title_en,
        summary_nl=row.summary_nl,
        summary_en=row.summary_en,
        moves_to=tuple(row.moves_to),
        tool_classes=tuple(row.tool_classes),
        needs=_needs(row, caller.language),
        next_roles=_next(row, caller.language),
    )


def _next(row: RoleProfile, language: str) -> tuple[NextRole, ...]:
    wanted = Q(organisation=None) | Q(organisation=row.organisation_id)
    found = {one.key: one for one in RoleProfile.objects.filter(wanted, key__in=row.moves_to)}
    keys = [key for key in row.moves_to if key in found]
    return tuple(NextRole(key, in_language(found[key].title_nl, found[key].title_en, language)) for key in keys)


def _readable(caller: access.Caller, organisation: int | None) -> bool:
    return organisation is None or desks.reads(caller, organisation=organisation)


def _item(row: RoleProfile, language: str) -> RoleProfileItem:
    return RoleProfileItem(
        id=row.pk,
        key=row.key,
        title=in_language(row.title_nl, row.title_en, language),
        summary=in_language(row.summary_nl, row.summary_en, language),
        own=row.organisation_id is not None,
        version=row.version,
    )


def _needs(row: RoleProfile, language: str) -> tuple[RoleNeedLine, ...]:
    needs = list(row.needs.order_by("-importance", "pk"))
    labels = words.competences([need.competence_id for need in needs], language=language)
    levels = words.levels(language)
    return tuple(
        RoleNeedLine(
            need.competence_id,
            labels.get(need.competence_id, ""),
            need.level,
            levels[need.level],
            need.importance,
            in_language(need.task_nl, need.task_en, language),
        )
        for need in needs
    )
