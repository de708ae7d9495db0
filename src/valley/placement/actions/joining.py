"""How does someone join a placement by own choice, and leave it again?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from valley.foundation import access, clock
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.problems import Conflict, NotFound
from valley.people import actions as passport
from valley.people import queries as people
from valley.placement import desks, drafts, invitations
from valley.placement.actions.renewal import retire_plans
from valley.placement.models import (
    ContractHeld,
    EventState,
    Participation,
    PlanProposal,
    ProposalState,
    Redundancy,
    YearsBand,
)


def join_event(caller: Caller, *, person: int, code: str, joining: drafts.Joining) -> int:
    """Join with the code the employer handed out: consent, share and what ends, in one transaction.

    Returns the number in order of joining. Owner or operator. Raises NotFound for a code that does not work,
    Conflict when the person takes part already, PlacementRefused with the field.
    """
    with transaction.atomic():
        event = invitations.invited_event(code, on=clock.today(caller.at))
        return _join(caller, person, event, joining, number=_numbers(event, 1))


def join_many(caller: Caller, *, event: str, rows: Sequence[tuple[int, drafts.Joining]]) -> int:
    """Let many people join in order, all or none: for the operator, of a demo region or a list people agreed to.

    Returns how many joined. 380 take some seconds.
    """
    people.grant(caller, purpose=Purpose.UPKEEP)
    with transaction.atomic():
        row = desks.office_event(caller, slug=event)
        _require_inviting(row)
        first = _numbers(row, len(rows))
        for place, (person, joining) in enumerate(rows):
            _join(caller, person, row, joining, number=first + place)
    return len(rows)


def leave_event(caller: Caller, *, person: int, event: str) -> None:
    """Leave: the share ends, open proposals go, and plans made with this person no longer hold. Owner, operator.

    A yes that was given stays: it was said to an employer, and is withdrawn there.
    """
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with transaction.atomic(), access.opened(grant):
        rows = Participation.objects.filter(event__slug=desks.known(event), withdrawn_at__isnull=True)
        row = rows.filter(person=person).first()
        if row is None:
            raise NotFound(
                expected=_("a placement that you take part in"), found=_("none"), next_step=_("There is nothing to do.")
            )
        if row.share_key in _living(caller, person):
            passport.withdraw_share(caller, person=person, key=row.share_key)
        _close(caller, grant, row)


def _join(caller: Caller, person: int, event: Redundancy, joining: drafts.Joining, *, number: int) -> int:
    drafts.joining(joining, contracts=ContractHeld.values, years=YearsBand.values, roles=tuple(event.roles))
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with access.opened(grant):
        _require_free(caller, grant, person)
        key = passport.give_share(
            caller,
            person=person,
            offer=passport.ShareOffer(
                reader=event.office_id or 0,
                purpose=desks.SHARE_PURPOSE,
                parts=invitations.YES_PARTS if joining.with_name else invitations.PARTS,
                ends_on=invitations.share_ends(event, on=clock.today(caller.at)),
            ),
        )
        Participation.objects.create(
            event=event,
            person_id=person,
            number=number,
            share_key=key,
            wording=invitations.WORDING,
            role=joining.role,
            hours=joining.hours,
            wage=joining.wage,
            contract=joining.contract,
            years=joining.years,
            joined_at=caller.at,
        )
    desks.record(caller, grant, "placement.join_event", "consent", "role", "hours", "wage", "contract", "years")
    return number


def _require_free(caller: Caller, grant: Grant, person: int) -> None:
    """One placement at a time; one whose share was stopped elsewhere counts as left."""
    living = _living(caller, person)
    for row in Participation.objects.filter(person=person, withdrawn_at__isnull=True):
        if row.share_key in living:
            raise Conflict(
                expected=_("somebody who does not take part yet"),
                found=_("you take part in a placement already"),
                next_step=_("Open your own page of the placement."),
            )
        _close(caller, grant, row)


def _close(caller: Caller, grant: Grant, row: Any) -> None:
    Participation.objects.filter(pk=row.pk).update(withdrawn_at=caller.at)
    Redundancy.objects.filter(pk=row.event_id, members__gt=0).update(members=F("members") - 1)
    open_ones = (ProposalState.DRAFT, ProposalState.PROPOSED)
    PlanProposal.objects.filter(person=row.person_id, run__event=row.event_id, state__in=open_ones).update(
        state=ProposalState.EXPIRED
    )
    retire_plans([row.event_id], at=caller.at)
    desks.record(caller, grant, "placement.leave_event", "withdrawn_at", "proposals")


def _living(caller: Caller, person: int) -> frozenset[str]:
    return frozenset(line.key for line in people.shares(caller, person=person) if line.state == "alive")


def _require_inviting(row: Redundancy) -> None:
    if row.office_id is None or row.state == EventState.DONE:
        raise Conflict(
            expected=_("a redundancy that people can join"),
            found=_("one that is closed or has no invitation"),
            next_step=_("Open the invitation first."),
        )


def _numbers(event: Redundancy, many: int) -> int:
    """The first of as many numbers in order of joining; counted in one statement, so that two who join never share."""
    mine = Redundancy.objects.filter(pk=event.pk)
    mine.update(last_number=F("last_number") + many, members=F("members") + many)
    return mine.values_list("last_number", flat=True).get() - many + 1
