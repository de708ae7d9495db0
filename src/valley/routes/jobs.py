"""Which work of the room ``routes`` is done later, by a worker?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from valley.foundation import clock, jobs
from valley.foundation.answers import plain
from valley.routes import actions


@jobs.task(name="routes.replan_all", atomic=False)
def replan_all(work: jobs.Work, *, employer: int | None = None, why: str = "") -> Any:
    """Compare every living route with the openings of today, or plan those of an employer that stopped without it.

    One that was killed half way goes on where it was. While there are routes it plans the same for tomorrow.
    """
    stopped = None if employer is None else actions.Stopped(employer, why)
    found = actions.replan_all(work.caller, progress=work.progress, stopped=stopped)
    if found.routes:
        actions.plan_noticing(clock.today(work.caller.at) + timedelta(days=1))
    return plain(found)
