"""What time is it? The only place that reads the clock; doors read it once and pass it on."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """The moment, aware, in UTC."""
    return timezone.now()


def today(at: datetime | None = None) -> date:
    """The day in the region's own time zone, of ``at`` or of this moment."""
    return (at or now()).astimezone(AMSTERDAM).date()
