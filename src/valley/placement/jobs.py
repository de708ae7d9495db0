"""Which work of the room ``placement`` is done later, by a worker?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import translation

from valley.foundation import jobs
from valley.foundation.answers import plain
from valley.placement import actions, drafts, queries


@jobs.task(name=queries.TASK, atomic=False)
def plan(work: jobs.Work, *, event: str, scenario: dict[str, Any], by: str, language: str = "nl") -> Any:
    """A plan as a job, in the name of who asked, if anybody; killed half way it stored nothing and is done again."""
    courses = scenario["courses"]
    asked = drafts.Scenario(**{**scenario, "courses": None if courses is None else tuple(courses)})
    caller = replace(work.caller, pseudonym=by) if by else work.caller
    with translation.override(language):  # how far it is, is told in the words of who asked
        return plain(actions.plan_placement(caller, event=event, scenario=asked, progress=work.progress))
