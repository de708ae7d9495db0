"""How does an employment begin and end: an employer proposes, the person confirms, either side ends it?"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.careers import drafts, snapshots
from valley.careers.models import Employment, EndReason, State
from valley.careers.queries import scope
from valley.foundation import access, audit, clock
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.problems import Conflict, NotFound
from valley.people import actions as passport
from valley.people import queries as people
from valley.work import queries as work

# A share lives a year at most (people.actions.shares); the person renews it by confirming again.
LONGEST = timedelta(days=365)


def propose_employment(caller: Caller, *, organisation: int, share: str, draft: drafts.EmploymentDraft) -> int:
    """Write down a contract with somebody who shared for it with this organisation; the person has to confirm it.

    ``share`` is the key of a living share "application" or "employment" with the organisation; recruiter's desk.
    Raises NotFound for any other key, EmploymentRefused for facts that do not fit.
    """
    if share not in scope.living(caller, organisation=organisation):
        raise NotFound(
            expected=_("a person who shares with you for an application or employment"),
            found=_("none"),
            next_step=_("Ask the person to apply, or to share again."),
        )
    grant = people.grant(caller, purpose=Purpose.SHARE, share=share)
    roles = {role.key for role in work.role_profiles(caller, organisation=organisation)}
    known = drafts.Known(roles, snapshots.agreements())
    drafts.require_employment(draft, on=clock.today(caller.at), known=known)
    with transaction.atomic(), access.opened(grant):
        person = access.one_person(grant)
        others = Employment.objects.filter(person=person, organisation=organisation)
        drafts.require_no_overlap(draft, others.values_list("starts_on", "ends_on"))
        row = Employment.objects.create(
            person_id=person,
            organisation_id=organisation,
            share_key=share,
            proposed_at=caller.at,
            **stored(draft),
        )
        _record(caller, grant, "careers.propose_employment", ["employment"])
    return row.pk


def confirm_employment(caller: Caller, *, person: int, employment: int, parts: tuple[str, ...] = ("name",)) -> str:
    """The person says: this is my contract; the employer reads ``parts`` until it ends, a year at most.

    Confirming again renews the share and stops the one before it. Returns the key. Raises NotFound, and Conflict when
    it ended.
    """
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    today = clock.today(caller.at)
    with transaction.atomic():
        with access.opened(grant):
            row = scope.own_row(employment, person=person)
            if row.state == State.ENDED or (row.ends_on is not None and row.ends_on <= today):
                raise Conflict(
                    expected=_("a contract that runs or is to start"),
                    found=_("one that ended"),
                    next_step=_("Ask the employer for a new proposal."),
                )
        ends_on = min(row.ends_on or today + LONGEST, today + LONGEST)
        offer = passport.ShareOffer(reader=row.organisation_id, purpose="employment", parts=parts, ends_on=ends_on)
        key = passport.give_share(caller, person=person, offer=offer)
        if row.confirmed_at is not None:
            _stop(caller, person, row.share_key)
        with access.opened(grant):
            row.share_key, row.state, row.confirmed_at = key, State.CONFIRMED, row.confirmed_at or caller.at
            row.save(update_fields=["share_key", "state", "confirmed_at"])
            _record(caller, grant, "careers.confirm_employment", ["employment.state"])
    return key


def _stop(caller: Caller, person: int, key: str) -> None:
    shares = people.shares(caller, person=person)
    if any((one.key, one.purpose, one.state) == (key, "employment", "alive") for one in shares):
        passport.withdraw_share(caller, person=person, key=key)


def decline_employment(caller: Caller, *, person: int, employment: int) -> None:
    """The person says: this is not my contract. A proposal disappears; a confirmed one has to be ended instead."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with transaction.atomic(), access.opened(grant):
        row = scope.own_row(employment, person=person)
        if row.state != State.PROPOSED:
            raise Conflict(
                expected=_("a proposal"), found=_("a confirmed contract"), next_step=_("End the contract instead.")
            )
        row.delete()
        _record(caller, grant, "careers.decline_employment", ["employment"])


def end_employment(
    caller: Caller, *, employment: int, ends_on: date, reason: str, person: int | None = None,
    organisation: int | None = None,
) -> None:  # fmt: skip
    """End a confirmed contract: the person (``person`` given) or its employer (``organisation`` given).

    ``ends_on`` is the first day after it, up to a year ahead. Raises NotFound, Conflict, EmploymentRefused.
    """
    grant = scope.side_grant(caller, person=person, organisation=organisation)
    today = clock.today(caller.at)
    with transaction.atomic(), access.opened(grant):
        row = scope.row_of_side(caller, employment, person=person, organisation=organisation)
        if row.state != State.CONFIRMED:
            raise Conflict(
                expected=_("a confirmed contract"), found=str(State(row.state).label), next_step=_("Look at it again.")
            )
        if reason not in EndReason.values:
            raise drafts.EmploymentRefused(
                expected=_("a reason of the list"), found=reason[:40] or _("nothing"),
                next_step=_("Choose one from the list."), field="reason",
            )  # fmt: skip
        drafts.require_days(row.starts_on, ends_on, on=today)
        if ends_on > today + LONGEST:
            raise drafts.EmploymentRefused(
                expected=_("an end within a year"), found=ends_on, next_step=_("Correct the date."), field="ends_on"
            )
        row.ends_on, row.end_reason, row.ended_at, row.state = ends_on, reason, caller.at, State.ENDED
        row.save(update_fields=["ends_on", "end_reason", "ended_at", "state"])
        audit.record(
            caller, verb="careers.end_employment", subject=("employment", str(row.pk)),
            fields=["employment.ends_on", "employment.end_reason"], purpose=str(grant.purpose),
        )  # fmt: skip


def stored(draft: drafts.EmploymentDraft) -> dict[str, Any]:
    """The columns of a draft."""
    columns = asdict(draft)
    return {"opening_id": columns.pop("opening"), **columns}


def _record(caller: Caller, grant: Grant, verb: str, fields: list[str]) -> None:
    subject = ("person", people.pseudonym_of(grant))
    audit.record(caller, verb=verb, subject=subject, fields=fields, purpose=str(grant.purpose))
