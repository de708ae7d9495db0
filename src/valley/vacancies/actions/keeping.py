"""How is what stands beside openings stored, and what does this room answer the room of openings about it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from valley.core.vacancies import challenge
from valley.dossiers import queries as dossiers
from valley.foundation import access
from valley.foundation.spreadsheets.cells import plain
from valley.foundation.spreadsheets.reading import Cell
from valley.foundation.spreadsheets.tables import Column
from valley.vacancies import drafts, queries, stored
from valley.vacancies.models import OpeningPractice, OpeningPreview, OpeningRequirement
from valley.vacancies.queries.challenges import findings
from valley.vacancies.sheets import cells
from valley.work.beside import Row, Said
from valley.work.drafts import Flaw

BATCH = 500
SHEET = {"preview.day": "day", "preview.training": "training", "preview.next_steps": "next_steps"}


def keep(besides: Mapping[int, drafts.Beside]) -> None:
    """Put this beside the openings in place of what stood there. Inside the caller's transaction."""
    ids = list(besides)
    for start in range(0, len(ids), BATCH):
        for model in (OpeningPractice, OpeningPreview, OpeningRequirement):
            model.objects.filter(opening__in=ids[start : start + BATCH]).delete()
    OpeningPractice.objects.bulk_create(
        (
            OpeningPractice(opening_id=pk, dossier_code=one.dossier, process_code=one.process, hours=one.hours)
            for pk, beside in besides.items()
            for one in beside.practices
        ),
        batch_size=BATCH,
    )
    OpeningRequirement.objects.bulk_create(
        (
            OpeningRequirement(opening_id=pk, kind=one.kind, words=one.words, task=one.task)
            for pk, beside in besides.items()
            for one in beside.requirements
        ),
        batch_size=BATCH,
    )
    OpeningPreview.objects.bulk_create(
        (
            OpeningPreview(
                opening_id=pk,
                day=beside.preview.day,
                training=beside.preview.training,
                next_steps=beside.preview.next_steps,
            )
            for pk, beside in besides.items()
            if beside.preview != drafts.NO_PREVIEW
        ),
        batch_size=BATCH,
    )


def challenge_flaws(draft: drafts.VacancyDraft, *, language: str) -> tuple[Flaw, ...]:
    """What keeps a vacancy from being opened, as refusals with their fields."""
    found = challenge.blocking(findings(draft))
    return tuple(
        Flaw(
            line.field,
            _("nothing the law forbids to ask") if line.severity == challenge.UNLAWFUL else _("what a task needs"),
            line.found,
            f"{line.why} {line.instead}",
        )
        for line in queries.challenge_lines(found, language=language)
    )


class Joined:
    """What this room answers for :mod:`valley.work.beside`."""

    def columns(self) -> tuple[Column, ...]:
        """The optional columns of a sheet of openings."""
        return cells.COLUMNS

    def readers(self) -> Mapping[str, Callable[[Cell], Any]]:
        """How their cells are read. Two questions."""
        ids = dossiers.work_process_ids()
        full = {pk: name.split("/")[0] for name, pk in ids.items() if "/" in name}
        only = {name: full[pk] for name, pk in ids.items() if "/" not in name}
        return cells.readers({plain(code): code for code in full.values()}, only)

    def said(self, fields: Mapping[str, Any], before: Said) -> Said:
        """What a row says: what stood there before, with the columns that were in the file."""
        return cells.said(fields, before)

    def column(self, field: str) -> str:
        """The column that a field stands in."""
        if field.startswith("requirements"):
            return "diploma"
        return "needs" if field.startswith("needs.") else SHEET.get(field, field)

    def cells(self, said: Said) -> dict[str, Any]:
        """The cells that would be read as this."""
        return cells.written(said)

    def flaws(self, caller: access.Caller, rows: Sequence[Row]) -> list[tuple[Flaw, ...]]:
        """What is refused about each row. Two questions, however many rows there are."""
        known = processes() if any(said.get("practices") for _draft, said in rows) else frozenset[str]()
        return [drafts.flaws_of(stored.unpacked(said), known) for _draft, said in rows]

    def challenged(self, caller: access.Caller, rows: Sequence[Row]) -> list[tuple[Flaw, ...]]:
        """What keeps each row from being opened."""
        return [
            challenge_flaws(drafts.whole(draft, stored.unpacked(said)), language=caller.language)
            for draft, said in rows
        ]

    def stored(self, openings: Iterable[int]) -> dict[int, Said]:
        """What stands beside these openings, each of them. Three questions."""
        return {pk: stored.packed(beside) for pk, beside in stored.besides(openings).items()}

    def keep(self, said: Mapping[int, Said]) -> None:
        """Put this beside the openings in place of what stood there."""
        keep({pk: stored.unpacked(row) for pk, row in said.items()})


def processes() -> frozenset[str]:
    """Every work process of the newest version of every dossier, such as "commercie/B1-K1-W1". Three questions."""
    return frozenset(full for full in dossiers.work_process_ids() if "/" in full)
