"""Who notices that an opening in a route changed, or that its day passed, when nobody asks?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from valley.foundation import access, clock, jobs
from valley.foundation.access import Caller, Purpose
from valley.people import queries as people
from valley.routes.models import LinkState, RouteLink
from valley.routes.queries.office import TASK

NOTICED = "routes.noticed"
"""How the keys of these jobs begin: who asks for planning again does not wait for one of these."""
# Before anybody works, and after openings closed themselves at midnight.
_HOUR = time(4)
# What changes together (a spreadsheet) is looked at together.
_TOGETHER = timedelta(minutes=1)


def openings_changed(caller: Caller, openings: Collection[int]) -> None:
    """Have the routes compared with today's openings when one of these is in a link that did not begin.

    A worker does so within two minutes; whoever changed the opening learns nothing of any route.
    """
    product = access.operator(at=caller.at, door="jobs", language=caller.language)
    with access.opened(people.grant(product, purpose=Purpose.UPKEEP)):
        planned = RouteLink.objects.filter(opening__in=openings, state=LinkState.PLANNED, until__isnull=True)
        touched = planned.filter(route__stopped_at__isnull=True).exists()
    if touched:
        moment = caller.at.replace(second=0, microsecond=0) + _TOGETHER
        _plan(moment, key=moment.isoformat())


def plan_noticing(day: date) -> None:
    """Have the routes compared on a day: an opening closes itself, a recognition ends. One job per day."""
    _plan(datetime.combine(day, _HOUR, tzinfo=clock.AMSTERDAM), key=day.isoformat())


def _plan(moment: datetime, *, key: str) -> None:
    jobs.tasks()[TASK].using(key=f"{NOTICED}:{key}", run_after=moment).enqueue()
