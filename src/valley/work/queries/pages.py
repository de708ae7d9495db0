"""What does someone read about one opening: what the work is, what it asks and gives, and where it leads?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from valley.foundation import access, clock
from valley.foundation.problems import NotFound
from valley.work import desks, drafts, snapshots, words
from valley.work.models import Opening, OpeningNeed, OpeningState, RoleNeed, RoleProfile
from valley.work.queries.openings import OpeningItem, in_language, opening_items


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A competence asked, with its level in words and the task it is for."""

    competence: int
    label: str
    level: int
    level_words: str
    task: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """A role this work leads to, and how many openings of that role are open today."""

    role_key: str
    role: str
    openings: int


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """An opening as its readers see it. ``day`` is what a day holds; must-haves and wishes are kept apart.

    ``reference`` and ``may_change`` are for the organisation's own desk.
    """

    opening: OpeningItem
    text: str
    day: str
    must: tuple[NeedLine, ...]
    wish: tuple[NeedLine, ...]
    permits: tuple[str, ...]
    next_steps: tuple[NextStep, ...]
    opened_at: datetime | None
    changed_at: datetime
    reference: str
    may_change: bool


def opening(caller: access.Caller, *, slug: str) -> OpeningPage:
    """One opening. Drafts are for the desk of the organisation; a closed opening stays readable and says so.

    Raises :class:`NotFound`. Nine questions to the database at most.
    """
    row = Opening.objects.select_related("role").filter(slug=slug).first()
    if row is None or (row.state == OpeningState.DRAFT and not desks.reads(caller, organisation=row.organisation_id)):
        raise NotFound(expected=_("an opening"), found=slug, next_step=_("Choose one from the list."))
    lines = _lines(caller, row)
    labels = words.permits()
    return OpeningPage(
        opening=opening_items(caller, ids=[row.pk])[row.pk],
        text=row.text,
        day=in_language(row.role.summary_nl, row.role.summary_en, caller.language),
        must=tuple(line for importance, line in lines if importance == drafts.MUST),
        wish=tuple(line for importance, line in lines if importance == drafts.WISH),
        permits=tuple(labels.get(permit) or str(permit) for permit in row.permits),
        next_steps=_next_steps(caller, row),
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        reference=row.reference if desks.reads(caller, organisation=row.organisation_id) else "",
        may_change=desks.writes(caller, organisation=row.organisation_id),
    )


def opening_id(caller: access.Caller, *, slug: str) -> int:
    """The id behind an address, for other rooms; :class:`NotFound` as for :func:`opening`."""
    row = Opening.objects.filter(slug=slug).values_list("pk", "state", "organisation_id").first()
    if row is None or (row[1] == OpeningState.DRAFT and not desks.reads(caller, organisation=row[2])):
        raise NotFound(expected=_("an opening"), found=slug, next_step=_("Choose one from the list."))
    return row[0]


def _lines(caller: access.Caller, row: Opening) -> list[tuple[int, NeedLine]]:
    """Needs with their words; a task that was copied from the role is shown in the reader's language."""
    needs = list(OpeningNeed.objects.filter(opening=row).order_by("-importance", "-level", "pk"))
    labels = words.competences([need.competence_id for need in needs], language=caller.language)
    levels = words.levels(caller.language)
    role = RoleNeed.objects.filter(role=row.role_id).values_list("competence_id", "task_nl", "task_en")
    both = {competence: (nl, en) for competence, nl, en in role}

    def task(need: OpeningNeed) -> str:
        nl, en = both.get(need.competence_id, ("", ""))
        return in_language(nl, en, caller.language) if need.task in (nl, en) and need.task else need.task

    return [
        (
            need.importance,
            NeedLine(
                need.competence_id, labels.get(need.competence_id, ""), need.level, levels[need.level], task(need)
            ),
        )
        for need in needs
    ]


def _next_steps(caller: access.Caller, row: Opening) -> tuple[NextStep, ...]:
    keys = list(row.role.moves_to)
    roles = RoleProfile.objects.filter(Q(organisation=None) | Q(organisation=row.organisation_id), key__in=keys)
    found = {role.key: in_language(role.title_nl, role.title_en, caller.language) for role in roles}
    living = Opening.objects.filter(snapshots.is_open(clock.today(caller.at)), role__key__in=keys)
    counts: dict[str, int] = {}
    for key in living.values_list("role__key", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return tuple(NextStep(key, found[key], counts.get(key, 0)) for key in keys if key in found)
