"""Which version of a programme is something tied to, as rooms above this one read it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from valley.curriculum.models import ProgrammeVersion
from valley.foundation import clock


@dataclass(frozen=True, slots=True)
class TiedVersion:
    """A version of a programme, by its number in the table and as KEY@N; ``dossier`` is a code or empty."""

    id: int
    ref: str
    number: int
    programme: str
    organisation: int
    dossier: str
    from_on: date | None
    published_on: date | None


def as_tied(row: Any) -> TiedVersion | None:
    """The value of a version that another row points to; None when it points to none."""
    if row is None:
        return None
    programme = row.programme
    return TiedVersion(
        id=row.pk,
        ref=f"{programme.key}@{row.number}",
        number=row.number,
        programme=programme.name_nl,
        organisation=programme.organisation_id,
        dossier=programme.dossier.code if programme.dossier else "",
        from_on=row.from_on,
        published_on=clock.today(row.published_at) if row.published_at else None,
    )


def tied_version(*, id: int) -> TiedVersion | None:
    """One version, or None when there is none with this number in the table."""
    return as_tied(_rows().filter(pk=id).first())


def tied_versions(*, organisations: Iterable[int] | None = None, published: bool = False) -> tuple[TiedVersion, ...]:
    """All versions by programme, newest first: of these schools, and only the published ones, when asked."""
    rows = _rows().order_by("programme__key", "-number")
    if organisations is not None:
        rows = rows.filter(programme__organisation__in=set(organisations))
    if published:
        rows = rows.filter(published_at__isnull=False)
    return tuple(found for row in rows if (found := as_tied(row)) is not None)


def _rows() -> Any:
    return ProgrammeVersion.objects.select_related("programme__dossier")
