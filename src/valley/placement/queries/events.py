"""Which redundancies are there, and how does one stand: for the programme office, and in counts for its employer?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from valley.core.disclosure import THRESHOLD, remainder_safe
from valley.foundation import access, clock, organisations
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.placement import desks, snapshots
from valley.placement.models import EventState, Invitation, Redundancy
from valley.placement.queries import words
from valley.work import queries as work

STEP = 5


@dataclass(frozen=True, slots=True)
class EventItem:
    """A redundancy as a line in a list."""

    slug: str
    organisation: str
    announced_on: date
    jobs: int
    from_on: date
    until_on: date
    state: str
    state_words: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role whose jobs end."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """A redundancy and how it stands. ``code`` is what the employer hands out, "" when there is none that works.

    ``joined`` and ``accepted`` are exact for the programme office, which people share with; for the employer they are
    rounded to fives, and None where they are small or would tell a small group. ``office`` tells which reader this is.
    """

    event: EventItem
    organisation_id: int
    roles: tuple[Role, ...]
    note: str
    version: int
    office: bool
    code: str
    code_ends_on: date | None
    joined: int | None
    joined_words: str
    accepted: int | None
    accepted_words: str


def redundancies(caller: Caller) -> tuple[EventItem, ...]:
    """Redundancies the caller may open, newest first: all of the own programme office, or those of the own employer."""
    access.require_desk(caller, DeskRole.OFFICE, *desks.ANNOUNCERS)
    rows = Redundancy.objects.select_related("organisation").order_by("-announced_on", "-pk")
    if not caller.operator:
        office = [desk.organisation for desk in caller.desks if desk.role == DeskRole.OFFICE]
        own = [desk.organisation for desk in caller.desks if desk.role in desks.ANNOUNCERS]
        mine = Q(organisation__in=own) | Q(office__in=office)
        rows = rows.filter(mine | Q(office__isnull=True) if office else mine)
    return tuple(item(row) for row in rows)


def may_announce_for(caller: Caller) -> tuple[organisations.Partner, ...]:
    """The employers for which the caller may announce: the own ones, or all for the programme office."""
    access.require_desk(caller, DeskRole.OFFICE, *desks.ANNOUNCERS)
    every = organisations.partners(on=clock.today(caller.at))
    employers = tuple(partner for partner in every if partner.kind in ("employer", "agency"))
    if caller.operator or caller.sits_at(DeskRole.OFFICE):
        return employers
    return tuple(one for one in employers if caller.sits_at(*desks.ANNOUNCERS, organisation=one.id))


def redundancy(caller: Caller, *, slug: str) -> EventPage:
    """One redundancy for its programme office, or in counts for its employer; NotFound for everybody else."""
    row = desks.readable_event(caller, slug=slug)
    office = desks.is_office(caller, row)
    code = Invitation.objects.filter(event=row, closed_at__isnull=True, ends_on__gt=clock.today(caller.at)).first()
    joined, accepted = _exact(caller, row) if office else _rounded(row)
    return EventPage(
        event=item(row),
        organisation_id=row.organisation_id,
        roles=roles(caller, row),
        note=row.note,
        version=row.version,
        office=office,
        code=code.code if code else "",
        code_ends_on=code.ends_on if code else None,
        joined=joined,
        joined_words=words.people(joined),
        accepted=accepted,
        accepted_words=words.people(accepted),
    )


def roles(caller: Caller, row: Redundancy) -> tuple[Role, ...]:
    """The roles of an event in the reader's language; one that is not the trade's keeps its key."""
    named = {role.key: role.title for role in work.role_profiles(caller)}
    return tuple(Role(key, named[key] if key in named else key.replace("-", " ")) for key in row.roles)


def item(row: Redundancy) -> EventItem:
    """A row as a line."""
    return EventItem(
        slug=row.slug,
        organisation=row.organisation.name,
        announced_on=row.announced_on,
        jobs=row.jobs,
        from_on=row.from_on,
        until_on=row.until_on,
        state=row.state,
        state_words=str(EventState(row.state).label),
    )


def _exact(caller: Caller, row: Redundancy) -> tuple[int | None, int | None]:
    if row.office_id is None:
        return 0, 0
    return len(snapshots.living(caller, row)), row.accepted


def _rounded(row: Redundancy) -> tuple[int | None, int | None]:
    """Counts for the employer, who knows every colleague: nobody can be told from a small group or the rest of it."""
    joined = row.members if row.members >= THRESHOLD and remainder_safe(row.jobs, min(row.members, row.jobs)) else None
    if row.members == 0:
        joined = 0
    if joined is None or not remainder_safe(joined, min(row.accepted, joined)):
        return (None if joined is None else _step(joined)), None
    return _step(joined), _step(row.accepted)


def _step(people: int) -> int:
    """Down to fives, so that one colleague more or less is not seen."""
    return people // STEP * STEP
