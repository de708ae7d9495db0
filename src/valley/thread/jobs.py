"""Which work of the room ``curriculum`` is done later, by a worker?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from valley.foundation import jobs
from valley.thread import actions


@jobs.task(name=actions.TASK, atomic=False)
def thread(work: jobs.Work, *, asked: dict[str, Any], by: str) -> Any:
    """A run as a job, in the name of who asked; one that was killed half way stored nothing and is done again."""
    chosen = actions.ThreadAsked(**{**asked, "without": tuple(asked["without"])})
    caller = replace(work.caller, pseudonym=by)
    page = actions.compute_thread(caller, policy=actions.policy_of(chosen), progress=work.progress)
    return {"run": page.run.id}
