"""Which employments may this caller open, as the person or as the employer?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from valley.careers.models import Employment
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.problems import NotFound
from valley.people import queries as people

# The shares behind which an employer sees a proposal; a confirmed employment needs the second.
OPEN = ("application", "employment")


def side_grant(caller: Caller, *, person: int | None, organisation: int | None) -> Grant:
    """The grant of the person's own side, or of the employer's, over people with a living employment share."""
    if person is not None:
        return people.grant(caller, purpose=Purpose.OWN, person=person)
    if organisation is None:
        raise no_employment()
    return people.grant(caller, purpose=Purpose.INBOX, inbox=(organisation, "employment"))


def own_row(employment: int, *, person: int) -> Any:
    """The person's own employment, in an open scope; NotFound otherwise."""
    row = Employment.objects.filter(pk=employment, person=person).first()
    if row is None:
        raise no_employment()
    return row


def living(caller: Caller, *, organisation: int, purposes: tuple[str, ...] = OPEN) -> dict[str, date]:
    """The shares that the caller's desk at an organisation may open today, with the day they end. Needs such a desk."""
    found = people.shared_with_me(caller, organisation=organisation)
    return {row.key: row.ends_on for row in found if row.purpose in purposes}


def row_of_side(caller: Caller, employment: int, *, person: int | None, organisation: int | None) -> Any:
    """The employment as the side of :func:`side_grant` may open it; NotFound otherwise, also for somebody else's."""
    if person is not None or organisation is None:
        return own_row(employment, person=person or 0)
    keys = living(caller, organisation=organisation, purposes=("employment",))
    row = Employment.objects.filter(pk=employment, organisation=organisation, share_key__in=keys).first()
    if row is None:
        raise no_employment()
    return row


def no_employment() -> NotFound:
    """The one answer for what does not exist and for what is somebody else's."""
    return NotFound(
        expected=_("an employment that you may open"), found=_("none"), next_step=_("Open the list of employments.")
    )
