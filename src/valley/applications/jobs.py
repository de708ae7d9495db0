"""Which work of the room ``applications`` is done later, by a worker?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from valley.applications import actions
from valley.foundation import jobs
from valley.foundation.answers import plain


@jobs.task(name="applications.clear_away", atomic=False)
def clear_away(work: jobs.Work) -> Any:
    """Remove what is four weeks past its end, and plan the same for tomorrow: harmless twice, and one job per day."""
    done = actions.clear_away(work.caller, progress=work.progress)
    actions.plan_removal(done.on + timedelta(days=1))
    return plain(done)
