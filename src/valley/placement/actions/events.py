"""How is a redundancy announced, opened for its people, and closed?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from valley.foundation import access, audit, clock, organisations
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole, OrganisationKind
from valley.foundation.problems import Conflict
from valley.placement import desks, drafts
from valley.placement.models import EventState, Invitation, Redundancy
from valley.work import queries as work

EMPLOYERS = frozenset({OrganisationKind.EMPLOYER, OrganisationKind.AGENCY})
LONGEST_INVITATION = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Announced:
    """A redundancy as it was stored."""

    slug: str
    version: int


@dataclass(frozen=True, slots=True)
class Invited:
    """The code to hand out, and the first day on which it no longer works."""

    event: str
    code: str
    ends_on: date


def announce_redundancy(caller: Caller, *, draft: drafts.RedundancyDraft) -> Announced:
    """Say that jobs end: how many, of which roles, when. Never who. Recruiter or steward, programme office, operator.

    Raises PlacementRefused with the field.
    """
    desks.require_announcer(caller, organisation=draft.organisation)
    today = clock.today(caller.at)
    partner = organisations.partner(id=draft.organisation)
    drafts.one_of(partner.kind, field="organisation", known=EMPLOYERS)
    drafts.number(draft.jobs, field="jobs", low=drafts.JOBS[0], high=drafts.JOBS[1])
    drafts.window(draft, on=today)
    drafts.number(len(draft.roles), field="roles", low=0, high=drafts.ROLES_MOST)
    known = {role.key for role in work.role_profiles(caller, organisation=draft.organisation)}
    for role in draft.roles:
        drafts.one_of(role, field="roles", known=known)
    with transaction.atomic():
        row = Redundancy.objects.create(
            slug=_free_slug(f"{partner.slug}-{draft.from_on:%Y-%m}"),
            organisation_id=partner.id,
            announced_on=today,
            jobs=draft.jobs,
            from_on=draft.from_on,
            until_on=draft.until_on,
            roles=sorted(set(draft.roles)),
            note=drafts.text(draft.note, field="note", most=drafts.NOTE),
            changed_at=caller.at,
        )
        _record(caller, row, "placement.announce_redundancy", "jobs", "from_on", "until_on", "roles", "note")
    return Announced(row.slug, row.version)


def open_invitation(caller: Caller, *, event: str, ends_on: date | None = None) -> Invited:
    """Make the code that the employer hands to its staff; an earlier code stops. Programme office, operator.

    The code works until, not including, ``ends_on`` (the end of the jobs when left out).
    """
    access.require_desk(caller, DeskRole.OFFICE)
    with transaction.atomic():
        row = desks.office_event(caller, slug=event)
        desks.require_running(row)
        ends = ends_on or row.until_on
        _require_end(ends, on=clock.today(caller.at))
        row.office_id = row.office_id or _office(caller)
        if row.state == EventState.ANNOUNCED:
            row.state = EventState.INVITING
        _save(caller, row, "office", "state")
        Invitation.objects.filter(event=row, closed_at__isnull=True).update(closed_at=caller.at)
        made = Invitation.objects.create(event=row, opened_at=caller.at, ends_on=ends)
        _record(caller, row, "placement.open_invitation", "invitation.ends_on")
    return Invited(row.slug, made.code, ends)


def finish_event(caller: Caller, *, event: str) -> None:
    """Close an event: nobody joins or is planned any more; what people said yes to stays. Programme office."""
    with transaction.atomic():
        row = desks.office_event(caller, slug=event)
        desks.require_running(row)
        row.state = EventState.DONE
        _save(caller, row, "state")
        Invitation.objects.filter(event=row, closed_at__isnull=True).update(closed_at=caller.at)
        _record(caller, row, "placement.finish_event", "state")


def advance(caller: Caller, row: Redundancy, *, state: EventState) -> None:
    """Bring an event to a later state; one that is there or further stays. Inside a transaction."""
    order = [str(one) for one in EventState.values]
    if order.index(row.state) < order.index(str(state)):
        row.state = state
        _save(caller, row, "state")


def _save(caller: Caller, row: Redundancy, *fields: str) -> None:
    row.version += 1
    row.changed_at = caller.at
    row.save(update_fields=[*fields, "version", "changed_at"])


def _record(caller: Caller, row: Redundancy, verb: str, *fields: str) -> None:
    audit.record(caller, verb=verb, subject=("redundancy", row.slug[:80]), fields=fields)


def _require_end(ends: date, *, on: date) -> None:
    if not on < ends <= on + LONGEST_INVITATION:
        raise drafts.PlacementRefused(
            field="ends_on",
            expected=_("a day after today and within a year"),
            found=ends,
            next_step=_("Correct the date."),
        )


def _office(caller: Caller) -> int:
    """The programme office of the caller; for the operator the first one that takes part."""
    own = [desk.organisation for desk in caller.desks if desk.role == DeskRole.OFFICE]
    every = organisations.partners(kind=OrganisationKind.PROGRAMME_OFFICE, on=clock.today(caller.at))
    own += [partner.id for partner in every]
    if not own:
        raise Conflict(
            expected=_("a programme office among the partners"),
            found=_("none"),
            next_step=_("Let the programme office join as a partner first."),
        )
    return own[0]


def _free_slug(base: str) -> str:
    taken = set(Redundancy.objects.filter(slug__startswith=base[:90]).values_list("slug", flat=True))
    choices = (base[:90], *(f"{base[:90]}-{n}" for n in range(2, 10_000)))
    return next(slug for slug in choices if slug not in taken)
