"""Which work of the room ``routes`` is done later, by a worker?"""

from __future__ import annotations

from typing import Any

from valley.foundation import jobs
from valley.foundation.answers import plain
from valley.routes import actions


@jobs.task(name="routes.replan_all", atomic=False)
def replan_all(work: jobs.Work) -> Any:
    """Compare every living route with the openings of today; one that was killed half way goes on where it was."""
    return plain(actions.replan_all(work.caller, progress=work.progress))
