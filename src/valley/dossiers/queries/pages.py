"""What does one dossier ask: parts, core tasks, work processes and the competences people read in them?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from valley.dossiers.models import CoreTask, Dossier, DossierPart, WorkProcess
from valley.dossiers.queries import lists
from valley.dossiers.queries.lists import named
from valley.foundation import clock
from valley.foundation.access import Caller
from valley.skills import queries as skills


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A competence that a work process needs, with its level in words."""

    competence: int
    label: str
    level: int
    level_words: str


@dataclass(frozen=True, slots=True)
class WorkProcessLine:
    """A work process with the competences it needs."""

    id: int
    code: str
    name: str
    competences: tuple[AskedLine, ...]


@dataclass(frozen=True, slots=True)
class CoreTaskLine:
    """A core task with its work processes."""

    code: str
    name: str
    work_processes: tuple[WorkProcessLine, ...]


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part with its core tasks; without any when the source does not give them."""

    code: str
    kind: str
    kind_words: str
    name: str
    core_tasks: tuple[CoreTaskLine, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """Another version of the same dossier."""

    id: int
    valid_from_on: date
    valid_until_on: date | None


@dataclass(frozen=True, slots=True)
class DossierPage:
    """One version of a dossier, whole. ``versions`` are all versions of its code, this one too, newest first."""

    id: int
    code: str
    name: str
    level: int | None
    nominal_months: int | None
    valid_from_on: date
    valid_until_on: date | None
    in_force: bool
    source: str
    fingerprint: str
    competences: int
    parts: tuple[PartLine, ...]
    versions: tuple[Version, ...]


def dossier(caller: Caller, *, code: str, on: date | None = None) -> DossierPage:
    """The version of a dossier that holds on the day (today when none is given), in the caller's language.

    Raises ``NotFound`` with the nearest code, or with the days on which there is one. Six queries.
    """
    today = clock.today(caller.at)
    pk = lists.holding_id(code=code, on=on or today)
    row = Dossier.objects.prefetch_related("parts__core_tasks__work_processes__competences").get(pk=pk)
    parts = sorted(row.parts.all(), key=lambda part: part.pk)
    ids = _competence_ids(parts)
    with override(caller.language):
        words = _Words(caller.language, skills.labels(ids, caller.language))
        versions = Dossier.objects.filter(code=row.code).order_by("-valid_from_on")
        return DossierPage(
            id=row.pk,
            code=row.code,
            name=named(row, caller.language),
            level=row.level,
            nominal_months=row.nominal_months,
            valid_from_on=row.valid_from_on,
            valid_until_on=row.valid_until_on,
            in_force=row.pk in lists.holding_ids([row.code], on=today),
            source=row.source,
            fingerprint=row.fingerprint,
            competences=len(ids),
            parts=tuple(words.part(part) for part in parts),
            versions=tuple(Version(one.pk, one.valid_from_on, one.valid_until_on) for one in versions),
        )


def _competence_ids(parts: list[DossierPart]) -> set[int]:
    processes = (one for part in parts for task in part.core_tasks.all() for one in task.work_processes.all())
    return {asked.competence_id for process in processes for asked in process.competences.all()}


class _Words:
    """Rows put into words: names in the reader's language, labels of competences, levels."""

    def __init__(self, language: str, labels: dict[int, str]) -> None:
        self.language, self.labels = language, labels
        self.levels = {level.number: level.label for level in skills.levels(language)}

    def part(self, row: DossierPart) -> PartLine:
        """A part."""
        tasks = tuple(self.task(one) for one in sorted(row.core_tasks.all(), key=lambda one: one.pk))
        return PartLine(row.code, row.kind, row.get_kind_display(), named(row, self.language), tasks)

    def task(self, row: CoreTask) -> CoreTaskLine:
        """A core task."""
        processes = tuple(self.process(one) for one in sorted(row.work_processes.all(), key=lambda one: one.pk))
        return CoreTaskLine(row.code, named(row, self.language), processes)

    def process(self, row: WorkProcess) -> WorkProcessLine:
        """A work process; its competences by level downwards, then by name."""
        asked = sorted(
            row.competences.all(), key=lambda one: (-one.level, self.labels.get(one.competence_id, ""), one.pk)
        )
        lines = tuple(
            AskedLine(one.competence_id, self.labels.get(one.competence_id, ""), one.level, self.levels[one.level])
            for one in asked
        )
        return WorkProcessLine(row.pk, row.code, named(row, self.language), lines)
