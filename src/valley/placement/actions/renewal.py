"""What becomes of the plans that count somebody who is gone: since when do they no longer hold, who makes a new one?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from valley.foundation import jobs
from valley.foundation.access import Caller
from valley.placement import desks, snapshots
from valley.placement.models import EventState, PlanRun, Redundancy
from valley.placement.queries.runs import TASK, PlanRunPage, renewal_key, run_page


def retire_plans(events: Iterable[int], *, at: datetime) -> None:
    """Plans of these redundancies no longer hold since ``at``; a worker makes the newest of own wishes again.

    Inside the caller's transaction. Who leaves before that worker begins, or while it works, is left out as well.
    """
    for row in Redundancy.objects.filter(pk__in=set(events)).exclude(state=EventState.DONE):
        valid = PlanRun.objects.filter(event=row, invalid_since__isnull=True).order_by("-pk")
        newest = next((run for run in valid if run.asked.get("max_km") is None), None)
        valid.update(invalid_since=at)
        if newest is not None:
            again = jobs.tasks()[TASK].using(key=renewal_key(newest))
            again.enqueue(event=row.slug, scenario=newest.asked, by="")


def open_plan(caller: Caller, *, run: int) -> PlanRunPage:
    """One plan for its programme office, after looking whether everybody it counts still takes part.

    Who stops the share elsewhere, or whose time of sharing is over, is noticed here.
    """
    row = desks.office_run(caller, id=run)
    if row.invalid_since is None and snapshots.left(row.members, snapshots.numbers(caller, row.event)):
        with transaction.atomic():
            retire_plans([row.event_id], at=caller.at)
    return run_page(caller, id=run)
