"""Which work of the room ``mobility`` is done later, by a worker?"""

from __future__ import annotations

from typing import Any

from valley.foundation import jobs
from valley.foundation.answers import plain
from valley.mobility import actions


@jobs.task(name="mobility.run_sector", atomic=False)
def run_sector(work: jobs.Work) -> Any:
    """The sector run as a job; a run that was killed half way stored nothing and is simply done again."""
    return plain(actions.run_sector(work.caller, progress=work.progress))
