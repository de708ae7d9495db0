"""What would a spreadsheet of evidence add, what is wrong with it, and which ones came before?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from valley.evidence.models import Intake, PieceKind
from valley.evidence.queries.called import called
from valley.foundation import access
from valley.foundation.problems import NotFound
from valley.foundation.spreadsheets.tables import Problem
from valley.reading import desks


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """A row that can go in. ``does`` is "make", or "same" when its words are there already."""

    sheet: str
    row: int
    employer: str
    title: str
    language: str
    does: str


@dataclass(frozen=True, slots=True)
class IntakePreview:
    """A spreadsheet of evidence that was read. ``refused`` counts the rows with a problem that stops them.

    ``state`` is "waiting" or "applied"; ``made`` are the pieces it made.
    """

    intake: int
    kind: str
    kind_words: str
    employer: str
    file_name: str
    uploaded_at: datetime
    rows: tuple[IntakeRow, ...]
    problems: tuple[Problem, ...]
    make: int
    same: int
    refused: int
    state: str
    made: tuple[int, ...]


def intake_preview(caller: access.Caller, *, intake: int) -> IntakePreview:
    """What the spreadsheet would do, or did; :class:`NotFound` when it is not the caller's."""
    return _preview(caller, intake_row(caller, intake))


def intakes(caller: access.Caller, *, limit: int = 10) -> tuple[IntakePreview, ...]:
    """The last spreadsheets the caller may see, newest first."""
    allowed = desks.scope(caller)
    rows = Intake.objects.all() if allowed is None else Intake.objects.filter(organisation__in=allowed)
    return tuple(_preview(caller, row) for row in rows.order_by("-pk")[:limit])


def intake_row(caller: access.Caller, intake: int, *, lock: bool = False) -> Intake:
    """The stored intake, locked when it will be changed."""
    allowed = desks.scope(caller)
    rows = Intake.objects.select_for_update() if lock else Intake.objects.all()
    row = (rows if allowed is None else rows.filter(organisation__in=allowed)).filter(pk=intake).first()
    if row is None:
        raise NotFound(expected=_("an upload you may see"), found=intake, next_step=_("Upload the file again."))
    return row


def stopped(problems: list[dict[str, object]]) -> int:
    """How many rows a problem stops; problems of a whole sheet or column count one each."""
    stops = [one for one in problems if one["stops"]]
    rows = {(one["sheet"], one["row"]) for one in stops if one["row"] is not None}
    return len(rows) + sum(one["row"] is None for one in stops)


def _preview(caller: access.Caller, row: Intake) -> IntakePreview:
    ids = {one["organisation"] for one in row.rows} | ({row.organisation_id} if row.organisation_id else set())
    names = called(caller, ids)
    rows = tuple(
        IntakeRow(
            one["sheet"], one["row"], names[one["organisation"]], one["title"], one.get("language", ""), one["does"]
        )
        for one in row.rows
    )
    make = sum(one.does == "make" for one in rows)
    return IntakePreview(
        intake=row.pk, kind=row.kind, kind_words=str(PieceKind(row.kind).label),
        employer=names[row.organisation_id] if row.organisation_id else "", file_name=row.file_name,
        uploaded_at=row.uploaded_at, rows=rows, problems=tuple(Problem(**one) for one in row.problems), make=make,
        same=len(rows) - make, refused=stopped(row.problems), state="applied" if row.applied_at else "waiting",
        made=tuple(row.made),
    )  # fmt: skip
