"""How did the school's invented programmes come about: drafted, approved, published, and followed by cohorts?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from valley.curriculum import actions as curriculum_actions
from valley.curriculum import queries as curriculum
from valley.curriculum.actions import ApprovalAsk, SavedVersion
from valley.demo.evidence.deciding import DESIGNER
from valley.demo.evidence.stage import FILES, Stage, told

DAYS_TO_ANSWER = 28
MONTHS = 12


def make(stage: Stage) -> int:
    """Make the programmes that are not there yet; how many."""
    there = {one.key for one in curriculum.programmes(stage.operator)}
    wanted = [one for one in told("programmes.toml")["programme"] if one["key"] not in there]
    for one in wanted:
        with transaction.atomic():
            _make(stage, one)
    return len(wanted)


def _make(stage: Stage, told_one: dict[str, Any]) -> None:
    first = told_one["version"][0]
    curriculum_actions.make_programme(
        stage.acting(DESIGNER, stage.school_day(first["year"], first["made_day"])),
        key=told_one["key"],
        organisation=stage.organisations[told_one["school"]],
        name_nl=told_one["name_nl"],
        name_en=told_one["name_en"],
        dossier=told_one["dossier"],
    )
    for version in (one for one in told_one["version"] if "published_day" in one):
        _publish(stage, version, _draft(stage, told_one["key"], version))
    for cohort in told_one["cohort"]:
        _cohort(stage, told_one["key"], cohort)
    for version in (one for one in told_one["version"] if "published_day" not in one):
        _draft(stage, told_one["key"], version)


def _draft(stage: Stage, key: str, version: dict[str, Any]) -> SavedVersion:
    caller = stage.acting(DESIGNER, stage.school_day(version["year"], version["made_day"]))
    name = f"{key}-{version['number']}.toml"
    made = curriculum_actions.import_version(
        caller, programme=key, file_name=name, content=(FILES / "programmes" / name).read_bytes(), why=version["why"]
    )
    page = curriculum.version(caller, ref=made.ref)
    return SavedVersion(page.ref, page.number, page.state, page.version)


def _publish(stage: Stage, version: dict[str, Any], draft: SavedVersion) -> None:
    """Asked, answered by every desk that was asked, and published; all on days of the past."""
    asked_on = stage.school_day(version["year"], version["asked_day"])
    asks = [
        ApprovalAsk(one["step"], one["desk"], stage.organisations[one["organisation"]], _due(stage, version))
        for one in version["approvals"]
    ]
    asking = stage.acting(DESIGNER, asked_on)
    curriculum_actions.ask_approvals(asking, ref=draft.ref, version=draft.version, asks=asks)
    open_ones = {one.step: one.id for one in curriculum.version(asking, ref=draft.ref).approvals}
    for one in version["approvals"]:
        answering = stage.acting(one["email"], stage.school_day(version["year"], one["answered_day"]))
        curriculum_actions.give_verdict(answering, approval=open_ones[one["step"]], verdict="yes", words=one["words"])
    publishing = stage.acting(DESIGNER, stage.school_day(version["year"], version["published_day"]))
    now = curriculum.version(publishing, ref=draft.ref)
    from_on = stage.school_day(version["year"])
    curriculum_actions.publish(publishing, ref=draft.ref, version=now.version, from_on=from_on)


def _due(stage: Stage, version: dict[str, Any]) -> date:
    return stage.school_day(version["year"], version["asked_day"] + DAYS_TO_ANSWER)


def _cohort(stage: Stage, key: str, cohort: dict[str, Any]) -> None:
    starts_on = stage.school_day(cohort["year"])
    planned_on = stage.school_day(cohort["year"], cohort["planned_day"]) if "planned_day" in cohort else stage.on
    months = starts_on.month - 1 + cohort["months"]
    line = curriculum_actions.plan_cohort(
        stage.acting(DESIGNER, planned_on),
        programme=key,
        name=cohort["name"],
        starts_on=starts_on,
        ends_on=date(starts_on.year + months // MONTHS, months % MONTHS + 1, 1),
    )
    if starts_on <= stage.on:
        curriculum_actions.start_cohort(stage.acting(DESIGNER, starts_on), cohort=line.id)
