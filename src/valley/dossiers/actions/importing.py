"""How does a qualification dossier come in: read, checked as a whole, stored as a dated version that never changes?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache

from django.db import transaction
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.dossiers import drafts
from valley.dossiers.files import document, reading
from valley.dossiers.models import CoreTask, Dossier, DossierPart, WorkProcess, WorkProcessCompetence
from valley.foundation import access, audit
from valley.foundation.models import DeskRole
from valley.foundation.problems import Conflict
from valley.foundation.spreadsheets.tables import nearest
from valley.skills import queries as skills

MOST_SHOWN = 50
"""Problems told at once; who has more of them starts with these."""


class DossierRefused(ValleyError):
    """The file was read, and it is not a sound dossier; ``facts["problems"]`` names every place."""

    code = "dossier-refused"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. ``made`` is False when exactly this dossier was here already."""

    id: int
    code: str
    valid_from_on: date
    made: bool
    parts: int
    work_processes: int
    competences: int


def import_dossier(caller: access.Caller, *, file_name: str, content: bytes) -> Imported:
    """Store the dossier in a .toml file, or in a spreadsheet with one row per work process (designer or office).

    All or nothing. The same content again changes nothing. Raises :class:`DossierRefused` with every problem,
    ``FileRefused`` or ``SheetRefused`` when the file cannot be read, and ``Conflict`` when another dossier has this
    code and first day: a stored dossier is replaced by a later one, never changed.
    """
    access.require_desk(caller, DeskRole.DESIGNER, DeskRole.OFFICE)
    tree, cells = reading.document(file_name=file_name, content=content)
    draft, flaws = document.draft_of(tree, finder=_finder())
    if cells or flaws or draft is None:
        raise _refused((*cells, *flaws))
    with transaction.atomic():
        known = Dossier.objects.filter(code=draft.code, valid_from_on=draft.valid_from_on).first()
        if known is not None:
            _require_same(known, draft)
            return _imported(known.pk, draft, made=False)
        row = _store(caller, draft)
        audit.record(caller, verb="dossiers.import", subject=("dossier", str(row.pk)), fields=["parts"])
    return _imported(row.pk, draft, made=True)


def _finder() -> document.Finder:
    keys = skills.ids_by_starter_key()

    @cache
    def found(text: str) -> tuple[int | None, str]:
        name = text.strip()
        number = keys.get(name) or skills.competence_named(name)
        return number, "" if number else nearest(name, keys)

    return found


def _refused(flaws: Sequence[document.Flaw]) -> DossierRefused:
    first = flaws[0]
    step = first.next_step
    if len(flaws) > 1:
        step = _("%(step)s There are %(number)s problems in all.") % {"step": step, "number": len(flaws)}
    return DossierRefused(
        expected=f"{first.expected} ({first.where})",
        found=first.found,
        next_step=step,
        problems=[asdict(flaw) for flaw in flaws[:MOST_SHOWN]],
    )


def _require_same(known: Dossier, draft: drafts.DossierDraft) -> None:
    day = known.valid_from_on
    if known.fingerprint != draft.fingerprint():
        raise Conflict(
            expected=_("the same content as the dossier %(code)s of %(day)s") % {"code": known.code, "day": day},
            found=_("other content with the same code and first day"),
            next_step=_("Give the new dossier its own first day; what is stored stays as it was."),
        )
    if draft.valid_until_on not in (None, known.valid_until_on):
        raise Conflict(
            expected=_("the last day that is stored: %(day)s") % {"day": known.valid_until_on or _("none")},
            found=draft.valid_until_on,
            next_step=_("End the dossier itself; a file does not change a stored one."),
        )


def _store(caller: access.Caller, draft: drafts.DossierDraft) -> Dossier:
    row = Dossier.objects.create(
        code=draft.code,
        valid_from_on=draft.valid_from_on,
        valid_until_on=draft.valid_until_on,
        name_nl=draft.name_nl,
        name_en=draft.name_en,
        level=draft.level,
        nominal_months=draft.nominal_months,
        source=draft.source,
        fingerprint=draft.fingerprint(),
        imported_at=caller.at,
    )
    for part in draft.parts:
        _store_part(row, part)
    return row


def _store_part(dossier: Dossier, part: drafts.PartDraft) -> None:
    names = {"code": part.code, "name_nl": part.name_nl, "name_en": part.name_en}
    stored = DossierPart.objects.create(dossier=dossier, kind=part.kind, **names)
    for task in part.core_tasks:
        core = CoreTask.objects.create(part=stored, code=task.code, name_nl=task.name_nl, name_en=task.name_en)
        for one in task.work_processes:
            process = WorkProcess.objects.create(
                core_task=core, code=one.code, name_nl=one.name_nl, name_en=one.name_en
            )
            WorkProcessCompetence.objects.bulk_create(_asked(process, one.competences))


def _asked(process: WorkProcess, competences: Iterable[drafts.AskedDraft]) -> list[WorkProcessCompetence]:
    return [
        WorkProcessCompetence(work_process=process, competence_id=asked.competence, level=asked.level)
        for asked in competences
    ]


def _imported(pk: int, draft: drafts.DossierDraft, *, made: bool) -> Imported:
    processes = list(draft.work_processes())
    asked = {one.competence for process in processes for one in process.competences}
    return Imported(pk, draft.code, draft.valid_from_on, made, len(draft.parts), len(processes), len(asked))
