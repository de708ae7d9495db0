"""What does a dossier say that comes in from a file, before it is stored?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date

LONGEST = {"code": 40, "part": 20, "core_task": 20, "work_process": 20, "name": 160, "long_name": 300, "source": 300}
"""As long as the tables are wide."""


@dataclass(frozen=True, slots=True)
class AskedDraft:
    """A competence (its id) that a work process needs, at a level from 1 to 4."""

    competence: int
    level: int


@dataclass(frozen=True, slots=True)
class WorkProcessDraft:
    """A work process with the competences it needs."""

    code: str
    name_nl: str
    name_en: str
    competences: tuple[AskedDraft, ...]


@dataclass(frozen=True, slots=True)
class CoreTaskDraft:
    """A core task with its work processes."""

    code: str
    name_nl: str
    name_en: str
    work_processes: tuple[WorkProcessDraft, ...]


@dataclass(frozen=True, slots=True)
class PartDraft:
    """A base part, profile or elective. Without core tasks when the source does not give them."""

    code: str
    kind: str
    name_nl: str
    name_en: str
    core_tasks: tuple[CoreTaskDraft, ...]


@dataclass(frozen=True, slots=True)
class DossierDraft:
    """A dossier as it holds from a day; ``valid_until_on`` is the first day on which it no longer holds."""

    code: str
    valid_from_on: date
    valid_until_on: date | None
    name_nl: str
    name_en: str
    level: int | None
    nominal_months: int | None
    source: str
    parts: tuple[PartDraft, ...]

    def work_processes(self) -> Iterator[WorkProcessDraft]:
        """Every work process, in the order of the file."""
        return (one for part in self.parts for task in part.core_tasks for one in task.work_processes)

    def fingerprint(self) -> str:
        """Of everything but the last day, which is set when a dossier ends. The order of parts does not count."""
        content = asdict(replace(self, valid_until_on=None, parts=_ordered(self.parts)))
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _ordered(parts: tuple[PartDraft, ...]) -> tuple[PartDraft, ...]:
    return tuple(
        replace(part, core_tasks=tuple(_ordered_task(task) for task in sorted(part.core_tasks, key=lambda t: t.code)))
        for part in sorted(parts, key=lambda part: part.code)
    )


def _ordered_task(task: CoreTaskDraft) -> CoreTaskDraft:
    ordered = (
        replace(one, competences=tuple(sorted(one.competences, key=lambda asked: asked.competence)))
        for one in sorted(task.work_processes, key=lambda one: one.code)
    )
    return replace(task, work_processes=tuple(ordered))
