"""What is every chain to one qualification computed from, whoever asks?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from valley.chains import snapshots
from valley.chains.queries.plans import PlanPage, plan_and_dossier
from valley.core.mobility import routes as core
from valley.foundation import clock
from valley.foundation.access import Caller
from valley.vacancies import queries as vacancies


@dataclass(frozen=True, slots=True)
class Basis:
    """Plan, openings and rules of one day. ``asked`` are hours per work process, ``teaches`` what each brings."""

    plan: PlanPage
    asked: dict[str, int]
    teaches: snapshots.Teaches
    market: snapshots.Market
    qualification: core.Qualification


def basis(caller: Caller, *, qualification: str, taken: Mapping[int, int]) -> Basis:
    """Plan, openings and rules of today for one qualification. A handful of questions, whoever asks.

    ``taken`` are seats per opening that somebody has already. NotFound for a qualification without a plan.
    """
    today = clock.today(caller.at)
    page, dossier = plan_and_dossier(caller, qualification=qualification)
    asked = {process.code: process.hours for process in page.processes}
    teaches = {
        process.code: tuple((one.competence, one.level) for one in process.competences)
        for part in dossier.parts
        for task in part.core_tasks
        for process in task.work_processes
        if process.code in asked
    }
    found = snapshots.market(today, code=page.code, asked=asked, teaches=teaches, taken=taken)
    goal = snapshots.qualification(key=qualification, asked=asked, months=page.nominal_months, rules=found.rules)
    return Basis(page, asked, teaches, found, goal)


def recognised(caller: Caller, *, code: str) -> dict[int, tuple[core.Period, ...]]:
    """For each employer the periods in which it is a recognised training company for a dossier, not over today."""
    found: dict[int, list[core.Period]] = {}
    for line in vacancies.training_companies(caller, dossier=code):
        found.setdefault(line.organisation, []).append((line.from_on, line.until_on))
    return {employer: tuple(spans) for employer, spans in found.items()}
