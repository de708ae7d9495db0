"""What did employers of the region announce, who came to look, and how did it reach the classroom?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from valley.demo.evidence.deciding import DESIGNER
from valley.demo.evidence.stage import Stage, told
from valley.demo.evidence.texts import DOSSIER
from valley.dossiers import queries as dossiers
from valley.field import actions as field_actions
from valley.field import queries as field
from valley.field.actions import Agreement, ChangeDraft, NoteDraft, Saved

CHANGES, PLACEMENTS = "change", "placement"


def announce(stage: Stage) -> int:
    """Tell the changes that are not there yet, with their steps and look-ins; how many."""
    there = {one.title for one in field.changes(stage.operator)}
    wanted = [one for one in told("field.toml")[CHANGES] if one["title"] not in there]
    for one in wanted:
        with transaction.atomic():
            _announce(stage, one)
    return len(wanted)


def place_teachers(stage: Stage) -> int:
    """Tell the placements of teachers that are not there yet; how many."""
    there = {one.aim for one in field.placements(stage.operator)}
    wanted = [one for one in told("field.toml")[PLACEMENTS] if one["aim"] not in there]
    for one in wanted:
        with transaction.atomic():
            _place(stage, one)
    return len(wanted)


def finished(stage: Stage) -> bool:
    """True when the last thing of the story was told: everything before it is there too."""
    there = {one.aim for one in field.placements(stage.operator)}
    return there >= {one["aim"] for one in told("field.toml")[PLACEMENTS]}


def _announce(stage: Stage, one: dict[str, Any]) -> None:
    """The change, then its look-in and its steps in the order of their days."""
    announced_on = _day(stage, one, one, "announced_day", "days_ago")
    draft = ChangeDraft(
        organisation=stage.organisations[one["employer"]],
        kind=one["kind"],
        title=one["title"],
        text=one["text"],
        from_on=_from(stage, one),
        tasks=tuple(one["tasks"]),
        competences=tuple(stage.competences[key] for key in one["competences"]),
        open_to_partners=one["open_to_partners"],
    )
    change = field_actions.announce_change(stage.acting(one["by"], announced_on), draft=draft)
    if "look_in" in one:
        _look_in(stage, one, change)
    for step in one["steps"]:
        _step(stage, one, step, change)


def _step(stage: Stage, one: dict[str, Any], step: dict[str, Any], change: Saved) -> None:
    caller = stage.acting(DESIGNER, _day(stage, one, step, "day", "days_ago"))
    if step["step"] == "planned":
        versions = {ref: pk for pk, ref in field.plannable(caller)}
        field_actions.plan_change(caller, change=change.id, version=versions[step["programme"]])
    else:
        field_actions.take_step(caller, change=change.id, step=step["step"], words=step.get("words", ""))


def _look_in(stage: Stage, one: dict[str, Any], change: Saved) -> None:
    """Asked; and where the story goes on: agreed, noted on the day after the visit, approved by the employer."""
    said = one["look_in"]
    asked_on = _day(stage, one, said, "asked_day", "asked_days_ago")
    ahead = stage.on + timedelta(days=said.get("wanted_in_days", 0))
    asked = field_actions.ask_look_in(
        stage.acting(said["by"], asked_on),
        school=stage.organisations[said["school"]],
        organisation=stage.organisations[one["employer"]],
        question=said["question"],
        wanted_on=stage.school_day(one["year"], said["wanted_day"]) if "wanted_day" in said else ahead,
        change=change.id,
    )
    if "agreed_day" not in said:
        return
    days = {name: stage.school_day(one["year"], said[f"{name}_day"]) for name in ("agreed", "visit", "access", "noted")}
    agreement = Agreement(days["visit"], days["access"], said["terms"])
    agreed = field_actions.agree_look_in(
        stage.acting(one["by"], days["agreed"]), look_in=asked.id, version=asked.version, agreement=agreement
    )
    noted = field_actions.note_look_in(
        stage.acting(said["by"], days["noted"]), look_in=asked.id, version=agreed.version, lines=_notes(stage, said)
    )
    approving = stage.acting(one["by"], stage.school_day(one["year"], said["approved_day"]))
    field_actions.approve_notes(approving, look_in=asked.id, version=noted.version)


def _notes(stage: Stage, said: dict[str, Any]) -> list[NoteDraft]:
    processes = dossiers.work_process_ids(DOSSIER)
    return [
        NoteDraft(processes[one["work_process"]], one["seen"], stage.competences[one["competence"]], one["level"])
        for one in said["notes"]
    ]


def _place(stage: Stage, one: dict[str, Any]) -> None:
    days = {name: stage.ago(days=one[f"{name}_days_ago"]) for name in ("asked", "agreed", "starts", "ends")}
    asked = field_actions.ask_placement(
        stage.acting(one["by"], days["asked"]),
        school=stage.organisations[one["school"]],
        organisation=stage.organisations[one["employer"]],
        aim=one["aim"],
        starts_on=days["starts"],
        ends_on=days["ends"],
    )
    agreed = field_actions.agree_placement(
        stage.acting(one["agreed_by"], days["agreed"]), placement=asked.id, version=asked.version
    )
    field_actions.finish_placement(
        stage.acting(one["by"], days["ends"]), placement=asked.id, version=agreed.version, outcome=one["outcome"]
    )


def _day(stage: Stage, change: dict[str, Any], told_one: dict[str, Any], day: str, ago: str) -> date:
    """A day of the school year of the change, or a number of days ago."""
    return stage.school_day(change["year"], told_one[day]) if day in told_one else stage.ago(days=told_one[ago])


def _from(stage: Stage, one: dict[str, Any]) -> date:
    """The day from which the change holds: of the school year, days ago, or the next first day of a month."""
    if "from_day" in one:
        return stage.school_day(one["year"], one["from_day"])
    if "from_days" in one:
        return stage.on + timedelta(days=one["from_days"])
    month = one["from_month"]
    return date(stage.on.year + (stage.on >= date(stage.on.year, month, 1)), month, 1)
