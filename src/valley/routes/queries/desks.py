"""At which desks does the caller meet routes, and which grant opens the rows that were shared with such a desk?"""

from __future__ import annotations

from valley.foundation import access
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.models import DeskRole
from valley.people import queries as people

SHARE = "relay-route"
SCHOOL = (DeskRole.COACH,)
PARTNER = (DeskRole.RECRUITER, DeskRole.PRACTICAL_TRAINER)


def scopes(caller: Caller, *roles: DeskRole) -> tuple[tuple[int | None, Grant], ...]:
    """For each organisation where the caller holds one of the desks: the grant over living shares with it, by id.

    The operator gets one grant over everybody, with organisation None. Raises Forbidden, SignInNeeded or
    SecondFactorNeeded for anybody else.
    """
    if caller.operator:
        return ((None, people.grant(caller, purpose=Purpose.UPKEEP)),)
    access.require_desk(caller, *roles)
    kinds = people.DESKS[SHARE][0]
    seats = {desk.organisation for desk in caller.desks if desk.role in roles and desk.organisation_kind in kinds}
    return tuple((seat, people.grant(caller, purpose=Purpose.INBOX, inbox=(seat, SHARE))) for seat in sorted(seats))
