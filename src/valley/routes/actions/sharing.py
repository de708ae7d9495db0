"""Which shares does a route give and end, so that school and partners see what the learner chose and nothing longer?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from valley.foundation import clock
from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.people import actions as people
from valley.routes.models import PartnerNotice
from valley.routes.queries import desks

LONGEST = timedelta(days=366)
# A school or partner still has to round things off after the last day of a link.
AFTER = timedelta(days=28)


def share_with(caller: Caller, *, person: int, reader: int, parts: Iterable[str], until: date) -> str:
    """Give one reader the chosen parts until four weeks after a day, at most a year ahead; returns the key."""
    offer = people.ShareOffer(reader=reader, purpose=desks.SHARE, parts=tuple(parts), ends_on=end_of(caller, until))
    return people.give_share(caller, person=person, offer=offer)


def end_of(caller: Caller, until: date) -> date:
    """The day a share of something that lasts until a day ends on, given today."""
    today = clock.today(caller.at)
    return max(min(until + AFTER, today + LONGEST), today + timedelta(days=1))


def end_share(caller: Caller, *, person: int, key: str) -> None:
    """End a share when it still lives."""
    try:
        people.withdraw_share(caller, person=person, key=key)
    except NotFound:
        return  # it ended by itself, or the person ended it: that is what was wanted


def tell_free(caller: Caller, *, link: Any, why: str, reason: str = "") -> None:
    """Tell a partner that days of a link came free again, and why, without saying whose."""
    days = (link.starts_on, link.ends_on)
    _tell(caller, link.organisation_id, days, why=why, reason=reason, opening_id=link.opening_id)


def tell_school(caller: Caller, *, row: Any, links: Sequence[Any], why: str, reason: str) -> None:
    """Tell the school that a route ended, and why: its share ends with it, so that it cannot read that in the route."""
    _tell(caller, row.school_id, (links[0].starts_on, links[-1].ends_on), why=why, reason=reason)


def _tell(caller: Caller, organisation: int, days: tuple[date, date], **what: Any) -> None:
    starts_on, ends_on = days
    PartnerNotice.objects.create(
        organisation_id=organisation, starts_on=starts_on, ends_on=ends_on, at=caller.at, **what
    )
