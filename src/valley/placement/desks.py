"""Who may do what with a redundancy?

A recruiter or steward of the employer announces it and reads counts. The programme office that people share with
invites, plans and sends. A person joins, answers and leaves. Nobody else sees that it is there.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from valley.foundation import access, audit
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.models import DeskRole
from valley.foundation.problems import Conflict, NotFound
from valley.people import queries as people
from valley.placement.models import EventState, PlanRun, Redundancy

SHARE_PURPOSE = "group-placement"
ANNOUNCERS = (DeskRole.RECRUITER, DeskRole.STEWARD)


def require_announcer(caller: Caller, *, organisation: int) -> None:
    """Let a recruiter or steward of the organisation pass, the programme office and the operator."""
    if caller.sits_at(DeskRole.OFFICE):
        access.require_desk(caller, DeskRole.OFFICE)
    else:
        access.require_desk(caller, *ANNOUNCERS, organisation=organisation)


def is_office(caller: Caller, event: Redundancy) -> bool:
    """True for the operator, and at the programme office that the event is with (any office until it invites)."""
    if caller.operator:
        return True
    return caller.strong and caller.sits_at(DeskRole.OFFICE, organisation=event.office_id)


def is_announcer(caller: Caller, event: Redundancy) -> bool:
    """True at a desk of the announcing employer that may announce."""
    return caller.strong and caller.sits_at(*ANNOUNCERS, organisation=event.organisation_id)


def office_event(caller: Caller, *, slug: str) -> Redundancy:
    """The event for its programme office; NotFound, Forbidden or SecondFactorNeeded otherwise."""
    access.require_desk(caller, DeskRole.OFFICE)
    row = Redundancy.objects.select_related("organisation").filter(slug=known(slug)).first()
    if row is None or not is_office(caller, row):
        raise no_event()
    return row


def readable_event(caller: Caller, *, slug: str) -> Redundancy:
    """The event for its programme office or the announcing employer; NotFound to everybody else."""
    access.require_desk(caller, DeskRole.OFFICE, *ANNOUNCERS)
    row = Redundancy.objects.select_related("organisation").filter(slug=known(slug)).first()
    if row is None or not (is_office(caller, row) or is_announcer(caller, row)):
        raise no_event()
    return row


def office_run(caller: Caller, *, id: int) -> PlanRun:
    """A plan with its event for the programme office of that event; NotFound otherwise."""
    access.require_desk(caller, DeskRole.OFFICE)
    row = PlanRun.objects.select_related("event__organisation").filter(pk=id).first()
    if row is None or not is_office(caller, row.event):
        raise NotFound(expected=_("a plan"), found=_("none"), next_step=_("Choose one from the list."))
    return row


def require_running(row: Redundancy) -> None:
    """Raise Conflict for an event that is closed."""
    if row.state == EventState.DONE:
        raise Conflict(
            expected=_("a redundancy that is not closed"),
            found=_("one that is done"),
            next_step=_("Announce a new one if more jobs end."),
        )


def record(caller: Caller, grant: Grant, verb: str, *fields: str) -> None:
    """Write in the audit what was done with the data of the person of a grant."""
    audit.record(
        caller, verb=verb, subject=("person", people.pseudonym_of(grant)), fields=fields, purpose=SHARE_PURPOSE
    )


def inbox(caller: Caller, event: Redundancy) -> Grant:
    """The key to rows about the people whose share with the programme office lives. For that office and jobs."""
    if event.office_id is None:
        raise NotFound(
            expected=_("a redundancy that people can join"),
            found=_("one without an invitation"),
            next_step=_("Open the invitation first."),
        )
    return people.grant(caller, purpose=Purpose.INBOX, inbox=(event.office_id, SHARE_PURPOSE))


def known(slug: str) -> str:
    """The slug when it could be one; anything else (a NUL byte would stop PostgreSQL) finds nothing."""
    return slug if slug.replace("-", "").replace("_", "").isalnum() else ""


def no_event() -> NotFound:
    """The one answer for what does not exist and what is somebody else's."""
    return NotFound(
        expected=_("a redundancy that you may open"), found=_("none"), next_step=_("Choose one from the list.")
    )
