"""How do months count in a contract?"""

from __future__ import annotations

import calendar
import datetime as dt


def later(day: dt.date, months: int) -> dt.date:
    """The same day some months on; the last day of the month where that day does not exist.

    >>> later(dt.date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def between(start: dt.date, end: dt.date) -> tuple[int, int]:
    """Whole months from start until (not on) end, and the days that are left over; (0, 0) when end is not later.

    >>> between(dt.date(2024, 1, 1), dt.date(2027, 1, 2))
    (36, 1)
    """
    if end <= start:
        return 0, 0
    months = (end.year - start.year) * 12 + end.month - start.month
    months -= later(start, months) > end
    return months, (end - later(start, months)).days
