"""Since when is each opening that is open today to be seen, and when did it last change? For feeds and site maps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from valley.foundation import access, clock
from valley.work import snapshots
from valley.work.models import Opening


@dataclass(frozen=True, slots=True)
class OpeningMoment:
    """An open opening's address, when it was opened and when it last changed."""

    id: int
    slug: str
    opened_at: datetime
    changed_at: datetime


def open_moments(
    caller: access.Caller, *, ids: Iterable[int] | None = None, limit: int = 50_000
) -> tuple[OpeningMoment, ...]:
    """Openings that are open today, newest first; only those of ``ids`` when given. Public; one question."""
    rows = Opening.objects.filter(snapshots.is_open(clock.today(caller.at)), opened_at__isnull=False)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    found = rows.order_by("-opened_at", "-pk").values_list("pk", "slug", "opened_at", "changed_at")[:limit]
    return tuple(OpeningMoment(*row) for row in found)
