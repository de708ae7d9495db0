"""Which work of the room ``curriculum`` is done later, by a worker?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from valley.curriculum import actions
from valley.foundation import jobs


@jobs.task(name=actions.thread.TASK, atomic=False)
def thread(work: jobs.Work, *, asked: dict[str, Any], by: str) -> Any:
    """A run as a job, in the name of who asked; one that was killed half way stored nothing and is done again."""
    chosen = actions.thread.ThreadAsked(**{**asked, "without": tuple(asked["without"])})
    caller = replace(work.caller, pseudonym=by)
    page = actions.thread.compute_thread(caller, policy=actions.thread.policy_of(chosen), progress=work.progress)
    return {"run": page.run.id}
