"""Why does work fit or not, in counts of at least five people, both sides apart?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from valley.careers import moments
from valley.careers.models import Reflection, Side
from valley.core.disclosure import THRESHOLD
from valley.foundation import access, organisations
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.work import queries as work


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many people (at least the threshold) got this reason from one side, in one role.

    A reason of fewer people has no row, so that not even its being there tells; and there are no totals to subtract.
    """

    side: str
    side_words: str
    role: str
    role_title: str
    reason: str
    reason_words: str
    good: bool
    people: int


@dataclass(frozen=True, slots=True)
class FeedbackGroups:
    """Reasons about one employer, both sides apart, by role."""

    organisation: int
    organisation_name: str
    threshold: int
    rows: tuple[ReasonCount, ...]


def feedback(caller: Caller, *, organisation: int) -> FeedbackGroups:
    """Counts of reasons about one employer. Its own recruiters and team leads, and the programme office.

    Counts of groups need no grant of a person: no row leaves this function.
    """
    if not caller.sits_at(DeskRole.OFFICE):
        access.require_desk(caller, DeskRole.RECRUITER, DeskRole.TEAM_LEAD, organisation=organisation)
    else:
        access.require_desk(caller, DeskRole.OFFICE)
    people: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    rows = Reflection._base_manager.filter(employment__organisation=organisation)
    for person, side, role, reasons in rows.values_list("person_id", "side", "employment__role_key", "reasons"):
        for reason in reasons:
            people[side, role, reason].add(person)
    titles = {role.key: role.title for role in work.role_profiles(caller)}
    order = {reason: place for place, reason in enumerate(moments.REASONS)}
    groups = [cell for cell, members in people.items() if len(members) >= THRESHOLD]
    cells = sorted(groups, key=lambda cell: (cell[0] != Side.PERSON, cell[1], order.get(cell[2], 99)))
    return FeedbackGroups(
        organisation,
        organisations.partner(id=organisation).name,
        THRESHOLD,
        tuple(_count(cell, len(people[cell]), titles) for cell in cells),
    )


def _count(cell: tuple[str, str, str], people: int, titles: dict[str, str]) -> ReasonCount:
    side, role, reason = cell
    return ReasonCount(
        side=side,
        side_words=str(Side(side).label),
        role=role,
        role_title=titles.get(role, role),
        reason=reason,
        reason_words=str(moments.REASONS.get(reason, _("another reason"))),
        good=reason in moments.GOOD,
        people=people,
    )
