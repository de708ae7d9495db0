"""What else follows when the rows of somebody who is forgotten go: counters, seats, places in a course, plans?

The people themselves are gone by then; what stays behind is counts, and they must be right again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from valley.placement.actions.renewal import retire_plans
from valley.placement.models import CourseOffer, ProposalState, Redundancy, SeatsTaken


def before_participations(rows: QuerySet[Any], at: datetime) -> None:
    """Who took part counts no longer, and plans that count them are made again."""
    living = list(rows.filter(withdrawn_at__isnull=True).values_list("event", flat=True))
    for event in living:
        Redundancy.objects.filter(pk=event, members__gt=0).update(members=F("members") - 1)
    retire_plans(living, at=at)


def before_proposals(rows: QuerySet[Any], _at: datetime) -> None:
    """A yes is taken back: the seat is free, and the redundancy counts one yes less."""
    for opening, event in list(rows.filter(state=ProposalState.YES).values_list("opening", "run__event")):
        SeatsTaken.objects.filter(opening=opening, taken__gt=0).update(taken=F("taken") - 1)
        Redundancy.objects.filter(pk=event, accepted__gt=0).update(accepted=F("accepted") - 1)


def before_places(rows: QuerySet[Any], _at: datetime) -> None:
    """The place in the course is free."""
    for course in list(rows.values_list("course", flat=True)):
        CourseOffer.objects.filter(pk=course, reserved__gt=0).update(reserved=F("reserved") - 1)
