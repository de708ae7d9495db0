"""Who acts in the invented story, and on which day?

The story is told in the past where a thing takes time: a version that was published last year was published by an
account at its desk with the clock of that day. No moment lies after the one at which the region is loaded.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any

from valley.foundation import accounts, clock
from valley.foundation.access import Caller

FILES = resources.files("valley.demo") / "data"
MONTH = 30
"""Days, as in the rest of the region."""
OFFICE_HOURS = time(10, tzinfo=clock.AMSTERDAM)


@dataclass(frozen=True, slots=True)
class Stage:
    """The operator who loads, organisations by key of the region, competences by key of the starter vocabulary."""

    operator: Caller
    organisations: Mapping[str, int]
    competences: Mapping[str, int]

    @property
    def on(self) -> date:
        """The day of loading, to which all ages are counted."""
        return clock.today(self.operator.at)

    def acting(self, name: str, on: date | None = None) -> Caller:
        """The ready account with this first part of its address, on a day of the past or now."""
        moment = self.operator.at if on is None else min(datetime.combine(on, OFFICE_HOURS), self.operator.at)
        return accounts.ready_caller(self.operator, email=f"{name}@demo.valley.invalid", at=moment)

    def ago(self, *, months: int = 0, days: int = 0) -> date:
        """The day so long before loading."""
        return self.on - timedelta(days=months * MONTH + days)

    def school_day(self, year: int, day: int = 0) -> date:
        """A day counted from the first of September of a school year; year 0 is the last one that began.

        >>> from datetime import UTC
        >>> stage = Stage(Caller("x", "cli", datetime(2026, 11, 23, 9, tzinfo=UTC)), {}, {})
        >>> str(stage.school_day(0)), str(stage.school_day(-1, day=-1))
        ('2026-09-01', '2025-08-31')
        """
        begun = self.on.year - (self.on < date(self.on.year, 9, 1))
        return date(begun + year, 9, 1) + timedelta(days=day)


@cache
def told(name: str) -> dict[str, Any]:
    """A file of the story, read once."""
    return tomllib.loads((FILES / name).read_text(encoding="utf-8"))
