"""What changed between two versions of a dossier?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from valley.dossiers.queries.pages import DossierPage, WorkProcessLine, dossier
from valley.foundation.access import Caller


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that was added, removed or named otherwise. ``kind``: part, core-task or work-process."""

    kind: str
    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AskedDifference:
    """A competence that a work process in both versions asks otherwise; level 0 means: not asked."""

    work_process: str
    competence: int
    label: str
    level_before: int
    level_after: int


@dataclass(frozen=True, slots=True)
class DossierDiff:
    """Every part, core task and work process of either version stands in one of the lists, or is unchanged."""

    code: str
    older_from_on: date
    newer_from_on: date
    added: tuple[Difference, ...]
    removed: tuple[Difference, ...]
    renamed: tuple[Difference, ...]
    asked: tuple[AskedDifference, ...]
    unchanged: int


def dossier_diff(caller: Caller, *, code: str, older_on: date, newer_on: date) -> DossierDiff:
    """What changed from the version that holds on one day to the version that holds on another; ``NotFound``."""
    older = dossier(caller, code=code, on=older_on)
    newer = dossier(caller, code=code, on=newer_on)
    before, after = dict(_named(older)), dict(_named(newer))
    asked = tuple(_asked(older, newer))
    touched = {("work-process", one.work_process) for one in asked}
    renamed = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    same = before.keys() & after.keys() - set(renamed) - touched
    return DossierDiff(
        code=code,
        older_from_on=older.valid_from_on,
        newer_from_on=newer.valid_from_on,
        added=tuple(Difference(*key, "", after[key]) for key in sorted(after.keys() - before.keys())),
        removed=tuple(Difference(*key, before[key], "") for key in sorted(before.keys() - after.keys())),
        renamed=tuple(Difference(*key, before[key], after[key]) for key in sorted(renamed)),
        asked=asked,
        unchanged=len(same),
    )


def _named(page: DossierPage) -> Iterator[tuple[tuple[str, str], str]]:
    for part in page.parts:
        yield ("part", part.code), part.name
        for task in part.core_tasks:
            yield ("core-task", task.code), task.name
            yield from ((("work-process", one.code), one.name) for one in task.work_processes)


def _processes(page: DossierPage) -> dict[str, WorkProcessLine]:
    return {one.code: one for part in page.parts for task in part.core_tasks for one in task.work_processes}


def _asked(older: DossierPage, newer: DossierPage) -> Iterator[AskedDifference]:
    before, after = _processes(older), _processes(newer)
    for code in sorted(before.keys() & after.keys()):
        first = {one.competence: one for one in before[code].competences}
        second = {one.competence: one for one in after[code].competences}
        for competence in sorted(first.keys() | second.keys()):
            was, now = first.get(competence), second.get(competence)
            levels = (was.level if was else 0, now.level if now else 0)
            if levels[0] != levels[1]:
                label = (now or was).label if now or was else ""  # type: ignore[union-attr]
                yield AskedDifference(code, competence, label, *levels)
