"""What does a dossier ask, as a plain value for the arithmetic?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from valley.dossiers.models import Dossier, WorkProcess, WorkProcessCompetence


@dataclass(frozen=True, slots=True)
class AskedCompetence:
    """A competence: the highest level asked, the work processes that need it, and the kinds of part they lie in."""

    competence: int
    level: int
    work_processes: tuple[str, ...]
    part_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything one dossier asks. ``work_processes`` are all codes, also those no competence was read in."""

    dossier: int
    code: str
    fingerprint: str
    competences: Mapping[int, AskedCompetence] = field(hash=False)
    work_processes: tuple[str, ...]


def asked(dossier_id: int) -> Asked:
    """What this dossier asks, sorted by id and code; raises ``Dossier.DoesNotExist``. Three queries."""
    row = Dossier.objects.get(pk=dossier_id)
    path = "work_process__core_task__part"
    rows = WorkProcessCompetence.objects.filter(**{f"{path}__dossier": row}).order_by(
        "competence", "work_process__code"
    )
    found: dict[int, list[tuple[int, str, str]]] = {}
    for competence, level, code, kind in rows.values_list("competence", "level", "work_process__code", f"{path}__kind"):
        found.setdefault(competence, []).append((level, code, kind))
    codes = WorkProcess.objects.filter(core_task__part__dossier=row).order_by("code").values_list("code", flat=True)
    return Asked(
        dossier=row.pk,
        code=row.code,
        fingerprint=row.fingerprint,
        competences={competence: _competence(competence, lines) for competence, lines in found.items()},
        work_processes=tuple(codes),
    )


def _competence(competence: int, lines: list[tuple[int, str, str]]) -> AskedCompetence:
    return AskedCompetence(
        competence=competence,
        level=max(level for level, _code, _kind in lines),
        work_processes=tuple(dict.fromkeys(code for _level, code, _kind in lines)),
        part_kinds=tuple(sorted({kind for _level, _code, kind in lines})),
    )
