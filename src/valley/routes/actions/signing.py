"""How do school, partners and learner sign, and when does a link begin and end?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from valley.chains import queries as chains
from valley.core.errors import ValleyError
from valley.foundation import clock
from valley.foundation.access import Caller
from valley.foundation.problems import Conflict, NotFound
from valley.routes.actions import beats
from valley.routes.models import LinkState, RouteChange, RouteLink, RouteSignature, RouteState, SeatLock
from valley.routes.queries import stored
from valley.routes.queries.partner import seats_taken
from valley.work import snapshots as work


class NotSignable(ValleyError):
    """This cannot be signed (any more), or not yet; says why."""

    code = "route-not-signable"
    status = 409


def sign_training_part(caller: Caller, *, route: str, version: int | None = None) -> None:
    """The school agrees with the training part of the current version. Its coach.

    Raises NotFound for a route that is not shared with a school of the caller, Conflict when it changed meanwhile.
    """
    with beats.at_school(caller, key=route) as (row, grant):
        beats.require_fresh(row, version)
        _require_open(row)
        _sign(caller, row, party="school", organisation=row.school_id)
        beats.record(caller, grant, verb="sign_training_part", route=row, fields=["signature.school"])


def sign_link(caller: Caller, *, link: str, version: int | None = None) -> None:
    """A partner agrees with its own link: a recruiter or practical trainer of that employer.

    The opening must still be open and have a seat: an opening that vanished, or whose seats others signed away, is
    refused and nothing is stored. Two partners may sign one route at one moment: both signatures stand. Conflict when
    the route changed since ``version`` was looked at.
    """
    with beats.at_partner(caller, key=link) as (row, own, grant):
        beats.require_fresh(row, version)
        _require_open(row)
        _require_planned(own)
        _require_seat(caller, own)
        _sign(caller, row, party="partner", organisation=own.organisation_id, link=own)
        beats.record(caller, grant, verb="sign_link", route=row, fields=["signature.partner"])


def sign_whole(caller: Caller, *, person: int, route: str, version: int | None = None) -> None:
    """The learner agrees with the whole, after the school and every partner did; the route is signed from now on."""
    with beats.own(caller, person=person, key=route) as (row, grant):
        beats.require_fresh(row, version)
        _require_open(row)
        waiting = [party for party in stored.missing_signatures(row, stored.current_links(row)) if party != "learner"]
        if waiting:
            raise NotSignable(
                expected=_("signatures of the school and of every partner"),
                found=_("%(count)s still missing") % {"count": len(waiting)},
                next_step=_("Wait until everybody signed; this page shows who did."),
            )
        _sign(caller, row, party="learner", organisation=None)
        row.state = _state_after(stored.current_links(row))
        row.changed_at = caller.at
        row.save(update_fields=["state", "changed_at"])
        beats.record(caller, grant, verb="sign_whole", route=row, fields=["signature.learner", "route.state"])


def start_link(caller: Caller, *, link: str) -> None:
    """A partner says that a signed link began, from its first day on."""
    with beats.at_partner(caller, key=link) as (row, own, grant):
        if row.state not in (RouteState.SIGNED, RouteState.RUNNING) or own.state != LinkState.PLANNED:
            raise _not_now(_("a link of a route that all signed, not begun yet"), own)
        if clock.today(caller.at) < own.starts_on:
            raise _too_early(_("a link whose first day came"), _("it begins on %(day)s"), own.starts_on)
        own.state, row.state, row.changed_at = LinkState.RUNNING, RouteState.RUNNING, caller.at
        own.save(update_fields=["state"])
        row.save(update_fields=["state", "changed_at"])
        _tell(caller, row, own, "started")
        beats.record(caller, grant, verb="start_link", route=row, fields=["link.state"])


def finish_link(caller: Caller, *, link: str) -> None:
    """A partner says that a running link came to its last day; with the last one the route is done."""
    with beats.at_partner(caller, key=link) as (row, own, grant):
        if own.state != LinkState.RUNNING:
            raise _not_now(_("a link that runs"), own)
        if clock.today(caller.at) < own.ends_on:
            raise _too_early(_("a link whose last day came"), _("it ends on %(day)s"), own.ends_on)
        own.state = LinkState.DONE
        own.save(update_fields=["state"])
        rest = RouteLink.objects.filter(route=row, until__isnull=True).exclude(state__in=_OVER)
        if not rest.exists() and row.state != RouteState.BROKEN:
            row.state = RouteState.DONE
        row.changed_at = caller.at
        row.save(update_fields=["state", "changed_at"])
        _tell(caller, row, own, "finished")
        beats.record(caller, grant, verb="finish_link", route=row, fields=["link.state"])


_OVER = (LinkState.DONE, LinkState.WITHDRAWN)


def _state_after(links: list[Any]) -> str:
    begun = any(link.state in (LinkState.RUNNING, LinkState.DONE) for link in links)
    return str(RouteState.RUNNING if begun else RouteState.SIGNED)


def _tell(caller: Caller, row: Any, link: Any, what: str) -> None:
    RouteChange.objects.create(
        person_id=row.person_id, route=row, version=row.version, what=what, link=link, told_to=["learner", "school"],
        at=caller.at,
    )  # fmt: skip


def _sign(caller: Caller, row: Any, *, party: str, organisation: int | None, link: Any = None) -> None:
    try:
        with transaction.atomic():
            RouteSignature.objects.create(
                person_id=row.person_id,
                route=row,
                party=party,
                link=link,
                organisation_id=organisation,
                version=row.version,
                signed_by=caller.pseudonym,
                signed_at=caller.at,
            )
    except IntegrityError as error:
        raise Conflict(
            expected=_("a part that was not signed yet"),
            found=_("a signature of a colleague"),
            next_step=_("Nothing is left to do here."),
        ) from error


def _require_open(row: Any) -> None:
    if row.stopped_at is not None or row.state not in (RouteState.PROPOSED, RouteState.SIGNED, RouteState.RUNNING):
        raise NotSignable(
            expected=_("a route that is proposed"),
            found=_("one that was stopped, broken or finished"),
            next_step=_("Wait for a new proposal, or ask the learner."),
        )


def _require_planned(link: Any) -> None:
    if link.state != LinkState.PLANNED:
        raise NotSignable(
            expected=_("a link that is planned"),
            found=str(LinkState(link.state).label),
            next_step=_("Open the link again."),
        )


def _require_seat(caller: Caller, link: Any) -> None:
    """The opening is open today and has a seat left; its lock is held until the signature is stored."""
    job = _job(link)
    today = clock.today(caller.at)
    if job is None or job.state != "open" or job.closes_on <= today:
        raise NotSignable(
            expected=_("an opening that is still open"),
            found=_("one that was closed or removed meanwhile"),
            next_step=_("Open the vacancy again, or withdraw this link so that the learner gets another chain."),
        )
    SeatLock.objects.get_or_create(opening_id=link.opening_id)
    SeatLock.objects.select_for_update().get(opening_id=link.opening_id)
    if seats_taken(caller, [link.opening_id], but=link.person_id).get(link.opening_id, 0) >= job.seats:
        raise NotSignable(
            expected=_("an opening with a free seat"),
            found=_("all %(seats)s seats signed away") % {"seats": job.seats},
            next_step=_("Add a seat to the vacancy, or withdraw this link so that the learner gets another chain."),
        )


def _job(link: Any) -> Any:
    try:
        return work.job(link.opening_id) if link.opening_id else None
    except NotFound:
        return None


def _not_now(expected: str, link: Any) -> NotSignable:
    state = str(LinkState(link.state).label)
    return NotSignable(expected=expected, found=_("a link that is: %(state)s") % {"state": state},
                       next_step=_("Open the link again."))  # fmt: skip


def _too_early(expected: str, found: str, day: date) -> NotSignable:
    facts = {"day": chains.day(day)}
    return NotSignable(expected=expected, found=found % facts, next_step=_("Come back on %(day)s.") % facts)
