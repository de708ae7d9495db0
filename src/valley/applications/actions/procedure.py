"""How does a recruiter read an application, move it on, and end a procedure? Every step has a coded reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.applications import words
from valley.applications.actions import ending
from valley.applications.models import RUNNING, Application, State
from valley.applications.queries import inbox
from valley.applications.queries.overlap import OverlapSeen, overlap_seen
from valley.core.errors import ValleyError
from valley.foundation import access, audit, clock, sealing
from valley.foundation.access import Caller, Purpose
from valley.foundation.problems import Conflict, NotFound
from valley.people import actions as passports
from valley.people import queries as people
from valley.people import snapshots as profiles
from valley.work import queries as work


class StepRefused(ValleyError):
    """An application cannot go to this state, or not with this reason; ``field`` in the facts names which."""

    code = "application-step-refused"


@dataclass(frozen=True, slots=True)
class Move:
    """Where an application goes: in-talk, offered, hired, or turned-down with a coded reason. ``version`` as read."""

    to: str
    version: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenedApplication:
    """One application as its reader sees it: what the person shared, said, and the person's own explanation of it.

    ``overlap`` None: the opening does not exist any more.
    """

    application: inbox.DeskApplication
    opening: str
    title: str
    message: str
    passport: people.SharedPassport
    overlap: OverlapSeen | None


def look_at_application(caller: Caller, *, organisation: int, key: str) -> OpenedApplication:
    """Open one application at the recruiter's desk. The look is in the log that the person reads.

    NotFound when there is none that this desk may read today.
    """
    with transaction.atomic():
        row, line = _found(caller, organisation=organisation, key=key)
        passport = passports.look_at_share(caller, key=row.share_key)
        grant = people.grant(caller, purpose=Purpose.SHARE, share=row.share_key)
        item = work.opening_items(caller, ids=[row.opening_id]).get(row.opening_id) if row.opening_id else None
        overlap = None
        if item is not None:
            profile = profiles.shared_profile(grant, key=row.share_key)
            overlap = overlap_seen(caller, profile=profile, parts=passport.view.parts, opening=item.slug)
        return OpenedApplication(
            application=line,
            opening=item.slug if item else "",
            title=row.title,
            message=sealing.unseal(people.pseudonym_of(grant), row.message_sealed),
            passport=passport,
            overlap=overlap,
        )


def move_application(caller: Caller, *, organisation: int, key: str, move: Move) -> inbox.DeskApplication:
    """Move one application on and return its line. For the recruiter of the organisation (and the operator).

    Raises NotFound, StepRefused for a state that does not follow or a reason that is missing or unknown, and Conflict
    when a colleague was first.
    """
    with transaction.atomic():
        row, line = _found(caller, organisation=organisation, key=key)
        if row.version != move.version:
            raise Conflict(
                expected=_("the application as you read it"),
                found=_("one that changed: %(state)s") % {"state": line.state_words},
                next_step=_("Read it again, then decide."),
            )
        state = _next_state(row, move)
        with access.opened(_inbox(caller, organisation)):
            if state in (State.HIRED, State.TURNED_DOWN):
                ending.end(row, state=state, reason=move.reason, on=clock.today(caller.at), at=caller.at)
            else:
                row.state, row.changed_at, row.version = state, caller.at, row.version + 1
                row.save(update_fields=["state", "changed_at", "version"])
        audit.record(
            caller,
            verb="applications.move",
            subject=("application", row.key),
            fields=["application.state", "application.reason"],
        )
        return _found(caller, organisation=organisation, key=key)[1]


def end_procedure(caller: Caller, *, organisation: int, opening: str, reason: str) -> int:
    """End the procedure of an opening (by slug) for everybody who still waits; returns how many that were.

    ``reason``: filled or stopped. The four weeks begin today. Twice is harmless. For the recruiter.
    """
    if reason not in words.ENDINGS:
        raise _refused("reason", _("a reason from the list"), reason)
    item = inbox.opening_of(caller, organisation=organisation, opening=opening)
    with transaction.atomic(), access.opened(_inbox(caller, organisation)):
        rows = Application.objects.select_for_update().filter(
            organisation=organisation, opening=item.id, state__in=RUNNING
        )
        waiting = list(rows)
        for row in waiting:
            ending.end(row, state=State.CLOSED, reason=reason, on=clock.today(caller.at), at=caller.at)
        audit.record(
            caller, verb="applications.end_procedure", subject=("opening", item.slug), fields=["application.state"]
        )
    return len(waiting)


def _inbox(caller: Caller, organisation: int) -> access.Grant:
    return people.grant(caller, purpose=Purpose.INBOX, inbox=(organisation, words.PURPOSE))


def _found(caller: Caller, *, organisation: int, key: str) -> tuple[Any, inbox.DeskApplication]:
    """The locked row of an application that this desk may read today, and its line."""
    rows, shares = inbox.readable(caller, organisation=organisation)
    known = next((row for row in rows if row.key == key), None)
    if known is None:
        raise NotFound(
            expected=_("an application that you may read today"),
            found=_("none"),
            next_step=_("The person may have stopped it. Open the list again."),
        )
    with access.opened(_inbox(caller, organisation)):
        row = Application.objects.select_for_update().get(pk=known.pk)
    same = [one for one in rows if one.opening_id == row.opening_id]
    number = 1 + [one.pk for one in same].index(row.pk)
    return row, inbox.desk_line(row, shares[row.share_key], number)


def _next_state(row: Any, move: Move) -> State:
    fitting = inbox.NEXT.get(row.state, ())
    if move.to not in fitting:
        names = ", ".join(str(state.label) for state in fitting) or _("nothing: it has ended")
        raise _refused("to", names, move.to)
    state = State(move.to)
    if state == State.TURNED_DOWN and move.reason not in words.REASONS:
        raise _refused("reason", _("a reason from the list"), move.reason or _("none"))
    if state != State.TURNED_DOWN and move.reason:
        raise _refused("reason", _("a reason only when turning down"), move.reason)
    return state


def _refused(field: str, expected: str, found: str) -> StepRefused:
    return StepRefused(expected=expected, found=found, next_step=_("Choose from the list."), field=field)
