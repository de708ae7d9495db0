"""Which red thread does the invented designer compute, and what does she change in it?"""

from __future__ import annotations

from valley.demo.evidence.deciding import DESIGNER
from valley.demo.evidence.stage import Stage, told
from valley.thread import actions as red_thread_actions
from valley.thread import queries as red_thread
from valley.thread.actions import CoreEditDraft
from valley.thread.queries import RunPage


def compute(stage: Stage) -> int:
    """Compute a run with the usual choices and edit its core, unless there is a run; the number of edits."""
    caller = stage.acting(DESIGNER)
    if red_thread.runs(caller, limit=1).total:
        return 0
    page = red_thread_actions.compute_thread(caller)
    edits = _edits(stage, page)
    if edits:
        red_thread_actions.edit_core(caller, core=page.core, version=page.version, edits=edits)
    return len(edits)


def _edits(stage: Stage, page: RunPage) -> list[CoreEditDraft]:
    """Two items dropped and one added, the first of the story for which that is possible."""
    rules, inside = told("decisions.toml"), {row.competence for row in page.rows}
    drops = [rule for rule in rules["drop"] if stage.competences[rule["competence"]] in inside]
    adds = [rule for rule in rules["add"] if stage.competences[rule["competence"]] not in inside]
    chosen = [*(("drop", rule) for rule in drops[:2]), *(("add", rule) for rule in adds[:1])]
    return [CoreEditDraft(stage.competences[rule["competence"]], what, rule["reason"]) for what, rule in chosen]
