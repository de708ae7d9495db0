"""What would a spreadsheet do, what is wrong with it, and what did the last ones do?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from valley.foundation import access, organisations
from valley.foundation.problems import NotFound
from valley.foundation.spreadsheets.tables import Problem
from valley.work import desks
from valley.work.models import Upload

UNDO = timedelta(hours=24)
"""How long an applied spreadsheet can be taken back."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row that can go in. ``does`` is "make", "change" or "same"; ``table`` is "openings" or "roles"."""

    table: str
    sheet: str
    row: int
    title: str
    does: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A spreadsheet that was read. ``refused`` counts the rows with a problem that stops them.

    ``state`` is "waiting", "applied" or "undone"; ``undo_until_at`` is None unless it was applied.
    """

    upload: int
    organisation: str
    organisation_slug: str
    file_name: str
    uploaded_at: datetime
    rows: tuple[PreviewRow, ...]
    problems: tuple[Problem, ...]
    make: int
    change: int
    same: int
    refused: int
    state: str
    undo_until_at: datetime | None
    may_undo: bool


def upload_preview(caller: access.Caller, *, upload: int) -> Preview:
    """What the spreadsheet would do, or did. For the desk of its organisation; :class:`NotFound` for others."""
    row = Upload.objects.filter(pk=upload).first()
    if row is None or not desks.seated(caller, organisation=row.organisation_id):
        raise NotFound(
            expected=_("an upload of your organisation"), found=upload, next_step=_("Upload the file again.")
        )
    desks.require_reader(caller, organisation=row.organisation_id)
    return _preview(caller, row)


def uploads_of(caller: access.Caller, *, organisation: int) -> tuple[Preview, ...]:
    """The last ten spreadsheets of an organisation, newest first."""
    desks.require_reader(caller, organisation=organisation)
    rows = Upload.objects.filter(organisation=organisation).order_by("-pk")[:10]
    return tuple(_preview(caller, row) for row in rows)


def _preview(caller: access.Caller, row: Upload) -> Preview:
    rows = tuple(PreviewRow(one["table"], one["sheet"], one["row"], one["title"], one["does"]) for one in row.rows)
    partner = organisations.partner(id=row.organisation_id)
    until = row.applied_at + UNDO if row.applied_at else None
    return Preview(
        upload=row.pk,
        organisation=partner.name,
        organisation_slug=partner.slug,
        file_name=row.file_name,
        uploaded_at=row.uploaded_at,
        rows=rows,
        problems=tuple(Problem(**one) for one in row.problems),
        **{does: sum(one.does == does for one in rows) for does in ("make", "change", "same")},
        refused=stopped(row.problems),
        state="undone" if row.undone_at else "applied" if row.applied_at else "waiting",
        undo_until_at=until,
        may_undo=until is not None and row.undone_at is None and caller.at < until,
    )


def stopped(problems: list[dict[str, Any]]) -> int:
    """How many rows (or whole sheets) have a problem that stops them."""
    return len({(one["sheet"], one["row"]) for one in problems if one["stops"]})
