"""What happens at every end of an application: the day is written, the end is counted, its removal is planned?"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db.models import F

from valley.applications import words
from valley.applications.models import ProcedureCount, State
from valley.applications.queries.figures import quarter
from valley.foundation import clock, jobs

TASK = "applications.clear_away"
# Removal runs before people are at work.
_HOUR = time(4, 0)


def end(row: Any, *, state: State, reason: str, on: date, at: datetime) -> None:
    """Write the end of one application, count it and plan its removal. Inside the caller's transaction and scope."""
    row.state, row.reason = state, reason
    row.ended_on, row.decided_at, row.changed_at = on, at, at
    row.version += 1
    row.save(update_fields=["state", "reason", "ended_on", "decided_at", "changed_at", "version"])
    count, _made = ProcedureCount.objects.get_or_create(
        organisation_id=row.organisation_id, quarter=quarter(on), outcome=state.value, reason=reason
    )
    ProcedureCount.objects.filter(pk=count.pk).update(number=F("number") + 1)
    gone_on = words.gone_on(ended_on=on, keep_until=row.keep_longer_until)
    plan_removal(gone_on or on)


def plan_removal(day: date) -> None:
    """Let a worker clear away on a day; one job per day, however many applications end with it."""
    moment = datetime.combine(day, _HOUR, tzinfo=clock.AMSTERDAM)
    jobs.tasks()[TASK].using(key=f"{TASK}:{day.isoformat()}", run_after=moment).enqueue()
