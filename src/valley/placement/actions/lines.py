"""How does the programme office open the line of one person who joined? The look is written down first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from valley.foundation import access
from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.people import actions as passports
from valley.people import queries as people
from valley.placement import desks
from valley.placement.models import Participation
from valley.placement.queries.lines import PersonPlan, person_plan


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """One person who joined, as far as shared, and what the plans said."""

    number: int
    passport: people.SharedPassport
    plan: PersonPlan


def open_line(caller: Caller, *, event: str, number: int) -> OpenedLine:
    """One line by its number. Programme office with a living share; the person sees that somebody looked."""
    row = desks.office_event(caller, slug=event)
    with access.opened(desks.inbox(caller, row)):
        found = Participation.objects.filter(event=row, number=number, withdrawn_at__isnull=True).first()
    if found is None:
        raise NotFound(expected=_("somebody who takes part"), found=_("nobody"), next_step=_("Open the list again."))
    shown = passports.look_at_share(caller, key=found.share_key)
    return OpenedLine(number, shown, person_plan(caller, row, person=found.person_id))
