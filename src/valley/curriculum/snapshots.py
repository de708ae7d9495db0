"""How does a version of a programme reach the arithmetic, and with what demand and dossier is it compared?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from valley.core.curriculum import programme
from valley.core.curriculum.thread.shapes import Policy
from valley.curriculum.models import FocusArea, Outcome, OutcomeCompetence, OutcomeWorkProcess, Unit
from valley.dossiers import snapshots as dossiers
from valley.evidence import snapshots as evidence
from valley.skills import queries as skills


def version(pk: int) -> programme.Version:
    """Units and outcomes of one version. Four queries."""
    names = ("code", "title_nl", "title_en", "guided_hours", "practice_hours", "place")
    units = tuple(programme.Unit(*row) for row in Unit.objects.filter(version=pk).values_list(*names))
    competences: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for outcome, competence, level in OutcomeCompetence.objects.filter(outcome__unit__version=pk).values_list(
        "outcome", "competence", "level"
    ):
        competences[outcome].append((competence, level))
    processes: defaultdict[int, list[str]] = defaultdict(list)
    rows = OutcomeWorkProcess.objects.filter(outcome__unit__version=pk)
    for outcome, code in rows.values_list("outcome", "work_process__code"):
        processes[outcome].append(code)
    outcomes = Outcome.objects.filter(unit__version=pk)
    rows_of_outcomes = outcomes.values_list("pk", "code", "unit__code", "text_nl", "text_en", "depth")
    return programme.Version(
        units,
        tuple(
            programme.Outcome(code, unit, nl, en, depth, tuple(competences[one]), tuple(processes[one]))
            for one, code, unit, nl, en, depth in rows_of_outcomes
        ),
    )


def standing_for(taught: programme.Version, merges: dict[int, int]) -> programme.Version:
    """The version with every competence that was merged away counted as the one it went up in, as evidence is."""
    moved = skills.successors(taught.taught().keys())

    def folded(competence: int) -> int:
        one = moved.get(competence, competence)
        seen = {one}
        while merges.get(one, one) not in seen:
            one = merges[one]
            seen.add(one)
        return one

    outcomes: list[programme.Outcome] = []
    for outcome in taught.outcomes:
        levels: dict[int, int] = {}
        for competence, level in outcome.competences:
            levels[folded(competence)] = max(level, levels.get(folded(competence), 0))
        head = (outcome.code, outcome.unit, outcome.text_nl, outcome.text_en, outcome.depth)
        outcomes.append(programme.Outcome(*head, tuple(levels.items()), outcome.work_processes))
    return programme.Version(taught.units, tuple(outcomes))


def demand(
    *, on: date, organisations: Iterable[int] | None = None
) -> tuple[tuple[programme.Demand, ...], evidence.Pool]:
    """What every employer (or these) asks on a day, weighed and aged as for the red thread, and the pool behind it."""
    pool = evidence.pool(on=on, organisations=organisations)
    found = programme.demands(pool.lines, on=on, half_life=Policy().half_life, merges=pool.merges)
    return found, pool


def asks(dossier: int) -> tuple[tuple[programme.Ask, ...], tuple[str, ...]]:
    """What a dossier asks, and the codes of all its work processes."""
    asked = dossiers.asked(dossier)
    lines = tuple(
        programme.Ask(one.competence, one.level, one.work_processes) for _key, one in sorted(asked.competences.items())
    )
    return lines, asked.work_processes


def areas() -> tuple[programme.Area, ...]:
    """The focus areas, by key."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for key, competence in FocusArea.objects.order_by("key").values_list("key", "competences"):
        found[key] += [competence] if competence else []
    return tuple(programme.Area(key, tuple(sorted(ids))) for key, ids in sorted(found.items()))
