"""How does a role profile come to be and change: the trade's shared roles, and each organisation's own?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import access, audit, clock
from valley.foundation.models import DeskRole
from valley.foundation.problems import Conflict, NotFound
from valley.skills import queries as skills
from valley.work import desks, drafts, words
from valley.work.models import RoleNeed, RoleProfile


class RoleRefused(ValleyError):
    """The role profile says something that is refused; ``facts["flaws"]`` lists all of it."""

    code = "role-refused"


@dataclass(frozen=True, slots=True)
class SavedRole:
    """A role profile as it was stored."""

    id: int
    key: str
    version: int


@dataclass(frozen=True, slots=True)
class StarterRoles:
    """What loading the trade's roles did."""

    added: int
    changed: int
    unchanged: int


def load_starter_roles(caller: access.Caller) -> StarterRoles:
    """Load the twenty roles that ship with the product; twice changes nothing. Operator only, a second long."""
    if not caller.operator:
        raise access.Forbidden(
            expected=_("the operator at the terminal"), found=_("an account"), next_step=_("Ask the operator.")
        )
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    with transaction.atomic():
        present = {row.key: row for row in RoleProfile.objects.filter(organisation=None).prefetch_related("needs")}
        for role in skills.starter_roles():
            counts[_load(caller, role, present.get(role.key))] += 1
        if counts["added"] or counts["changed"]:
            audit.record(caller, verb="work.load_starter_roles", subject=("roles", "starter"), fields=["needs"])
    return StarterRoles(**counts)


def _load(caller: access.Caller, role: skills.StarterRole, present: RoleProfile | None) -> str:
    fields = {
        "title_nl": role.title_nl, "title_en": role.title_en, "summary_nl": role.summary_nl,
        "summary_en": role.summary_en, "occupation_uri": role.occupation_uri,
        "tool_classes": list(role.tool_classes), "moves_to": list(role.moves_to),
    }  # fmt: skip
    needs = [(n.competence, n.level, n.importance, n.task_nl, n.task_en) for n in role.needs]
    if present is None:
        row = RoleProfile.objects.create(organisation=None, key=role.key, changed_at=caller.at, **fields)
    elif _same(present, fields, needs):
        return "unchanged"
    else:
        row = present
        for name, value in fields.items():
            setattr(row, name, value)
        row.version, row.changed_at = row.version + 1, caller.at
        row.save()
        row.needs.all().delete()
    names = ("competence_id", "level", "importance", "task_nl", "task_en")
    RoleNeed.objects.bulk_create(RoleNeed(role=row, **dict(zip(names, need, strict=True))) for need in needs)
    return "added" if present is None else "changed"


def _same(row: RoleProfile, fields: dict[str, object], needs: Sequence[tuple[object, ...]]) -> bool:
    stored = {(n.competence_id, n.level, n.importance, n.task_nl, n.task_en) for n in row.needs.all()}
    return all(getattr(row, name) == value for name, value in fields.items()) and stored == set(needs)


def add_role_profile(caller: access.Caller, *, draft: drafts.RoleDraft) -> SavedRole:
    """Add a role profile to an organisation (recruiter, steward, office), or to the trade (office).

    Raises :class:`RoleRefused` or :class:`Conflict` when the key is taken.
    """
    _may_change(caller, draft.organisation)
    with transaction.atomic():
        _require_flawless(caller, draft)
        if RoleProfile.objects.filter(organisation=draft.organisation, key=draft.key).exists():
            raise Conflict(
                expected=_("a new key"), found=draft.key, next_step=_("Change the role that has it, or choose another.")
            )
        row = RoleProfile(organisation_id=draft.organisation, key=draft.key, version=0)
        return _store(caller, row, draft, verb="work.add_role_profile")


def revise_role_profile(caller: access.Caller, *, role: int, version: int, draft: drafts.RoleDraft) -> SavedRole:
    """Change a role profile. Openings keep the needs they were made with.

    ``version`` is the one that was read; raises :class:`Conflict` when someone saved in between.
    """
    with transaction.atomic():
        row = RoleProfile.objects.select_for_update().filter(pk=role).first()
        if row is None:
            raise NotFound(expected=_("a role profile"), found=role, next_step=_("Choose one from the list."))
        _may_change(caller, row.organisation_id)
        if row.version != version:
            changed = sorted(
                name
                for name in ("title_nl", "title_en", "summary_nl", "summary_en")
                if getattr(row, name) != getattr(draft, name)
            )
            raise Conflict(
                expected=_("version %(version)s") % {"version": row.version},
                found=_("version %(version)s") % {"version": version},
                next_step=_("Someone saved in between: open the page again and repeat your change."),
                fields=changed,
                version=row.version,
            )
        _require_flawless(caller, draft)
        return _store(caller, row, draft, verb="work.revise_role_profile")


def _may_change(caller: access.Caller, organisation: int | None) -> None:
    if organisation is None:
        access.require_desk(caller, DeskRole.OFFICE)
    else:
        desks.require_writer(caller, organisation=organisation)


def _require_flawless(caller: access.Caller, draft: drafts.RoleDraft) -> None:
    flaws = drafts.role_flaws(draft, known(caller, [need.competence for need in draft.needs]))
    if flaws:
        raise RoleRefused(expected=flaws[0].expected, found=flaws[0].found, next_step=flaws[0].next_step, flaws=flaws)


def known(caller: access.Caller, competences: Iterable[int], *, past_allowed: bool = False) -> drafts.Known:
    """What a draft is compared with, today, in the caller's language. Two questions to the vocabulary."""
    return drafts.Known(
        places=words.places(),
        languages=words.languages(caller.language),
        competences=frozenset(words.competences(set(competences), language=caller.language)),
        on=clock.today(caller.at),
        past_allowed=past_allowed,
    )


def _store(caller: access.Caller, row: RoleProfile, draft: drafts.RoleDraft, *, verb: str) -> SavedRole:
    """Write the row and its needs, keeping the tasks' other language where the task did not change."""
    for name in ("title_nl", "title_en", "summary_nl", "summary_en"):
        setattr(row, name, getattr(draft, name))
    row.moves_to = list(draft.moves_to)
    row.version, row.changed_at = row.version + 1, caller.at
    row.save()
    before = {need.competence_id: (need.task_nl, need.task_en) for need in row.needs.all()}
    row.needs.all().delete()
    RoleNeed.objects.bulk_create(_need(row, need, before, caller.language) for need in draft.needs)
    audit.record(caller, verb=verb, subject=("role", str(row.pk)), fields=["title", "summary", "needs", "moves_to"])
    return SavedRole(row.pk, row.key, row.version)


def _need(row: RoleProfile, need: drafts.NeedDraft, before: dict[int, tuple[str, str]], language: str) -> RoleNeed:
    nl, en = before.get(need.competence, ("", ""))
    if need.task not in (nl, en):
        nl, en = (need.task, "") if language == "nl" else ("", need.task)
    return RoleNeed(
        role=row, competence_id=need.competence, level=need.level, importance=need.importance, task_nl=nl, task_en=en
    )
