"""At which desks does the caller meet routes, and which grant opens the rows that were shared with such a desk?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from valley.foundation import access, clock
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.models import DeskRole
from valley.people import queries as people
from valley.people import snapshots as envelopes

SHARE = "relay-route"
SCHOOL = (DeskRole.COACH,)
PARTNER = (DeskRole.RECRUITER, DeskRole.PRACTICAL_TRAINER)


@dataclass(frozen=True, slots=True)
class Scope:
    """One desk: its organisation, the grant over whoever shares with it, and the keys of those living shares.

    The operator has no organisation and sees every share.
    """

    seat: int | None
    grant: Grant
    keys: frozenset[str]

    def routes(self, rows: Any) -> Any:
        """The routes among these whose own share with this school lives; an earlier one of that person stays shut."""
        return rows if self.seat is None else rows.filter(school=self.seat, school_share__in=self.keys)

    def links(self, rows: Any) -> Any:
        """The links among these whose own share with this employer lives."""
        return rows if self.seat is None else rows.filter(organisation=self.seat, share__in=self.keys)


def scopes(caller: Caller, *roles: DeskRole) -> tuple[Scope, ...]:
    """For each organisation where the caller holds one of the desks: what is shared with it today, by id.

    The operator gets one scope over everybody. Raises Forbidden, SignInNeeded or SecondFactorNeeded for anybody else.
    """
    if caller.operator:
        return (Scope(None, people.grant(caller, purpose=Purpose.UPKEEP), frozenset()),)
    access.require_desk(caller, *roles)
    kinds = people.DESKS[SHARE][0]
    seats = {desk.organisation for desk in caller.desks if desk.role in roles and desk.organisation_kind in kinds}
    return tuple(_scope(caller, seat) for seat in sorted(seats))


def _scope(caller: Caller, seat: int) -> Scope:
    grant = people.grant(caller, purpose=Purpose.INBOX, inbox=(seat, SHARE))
    found = envelopes.envelopes(grant, reader=seat, purpose=SHARE, on=clock.today(caller.at))
    return Scope(seat, grant, frozenset(one.key for one in found))
