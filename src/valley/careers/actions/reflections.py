"""How do both sides say why work fits or not?"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from valley.careers import moments
from valley.careers.models import Reflection, Side
from valley.careers.queries import scope
from valley.core.errors import ValleyError
from valley.foundation import access, audit, clock
from valley.foundation.access import Caller
from valley.foundation.problems import Conflict

MOST_REASONS = 4


class NotDue(ValleyError):
    """It is not the time to say something about this employment, or the reasons do not fit."""

    code = "not-due"


def say_why(
    caller: Caller, *, employment: int, works: bool, reasons: Sequence[str], person: int | None = None,
    organisation: int | None = None,
) -> str:  # fmt: skip
    """Say once, at the moment that is due, whether the work fits and why, in coded reasons; returns the moment.

    The person (``person`` given) or the employer (``organisation`` given). Nobody reads a single answer: only counts
    of groups. Raises NotDue outside the moments and for reasons outside the list, Conflict when it was said.
    """
    grant = scope.side_grant(caller, person=person, organisation=organisation)
    side = Side.PERSON if person is not None else Side.EMPLOYER
    with transaction.atomic(), access.opened(grant):
        row = scope.row_of_side(caller, employment, person=person, organisation=organisation)
        open_now = moments.due(row.starts_on, row.ends_on, on=clock.today(caller.at))
        if not open_now:
            raise NotDue(
                expected=_("an employment of six weeks, three months or a year"),
                found=str(row.starts_on),
                next_step=_("You are asked when it is time."),
            )
        chosen = _required(reasons)
        said = set(Reflection.objects.filter(employment=row, side=side).values_list("moment", flat=True))
        moment = next((one for one in open_now if one not in said), "")
        if not moment:
            raise Conflict(
                expected=_("a moment at which you did not answer yet"),
                found=open_now[0],
                next_step=_("You are asked again at the next moment."),
            )
        Reflection.objects.create(
            person_id=row.person_id, employment=row, side=side, moment=moment, works=works, reasons=chosen,
            said_at=caller.at,
        )  # fmt: skip
        audit.record(
            caller, verb="careers.say_why", subject=("employment", str(row.pk)), fields=["reflection"],
            purpose=str(grant.purpose),
        )  # fmt: skip
    return moment


def _required(reasons: Sequence[str]) -> list[str]:
    strange = [reason for reason in reasons if reason not in moments.REASONS]
    if strange or not 1 <= len(set(reasons)) <= MOST_REASONS:
        raise NotDue(
            expected=_("one to four reasons of the list"),
            found=", ".join(one[:40] for one in strange) or len(reasons),
            next_step=_("Choose from the list. There are no reasons about health: nobody asks for them."),
            field="reasons",
        )
    return [reason for reason in moments.REASONS if reason in reasons]
