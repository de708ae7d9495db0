"""When does a contract of some months end, and how much of it lies in which school year?

Days are ordinals (``date.toordinal``) inside the search. Months are calendar months: a contract that starts on the
31st and would end on the 31st of a shorter month ends on that month's last day (half-open, so that day is free).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from valley.core.mobility.law.months import later

AUGUST = 8
"""A school year runs from 1 August up to 1 August: WEB art. 1.1.1, "studiejaar"."""
MINUTES = 60


@lru_cache(maxsize=1 << 17)
def end_of(start: int, months: int) -> int:
    """The ordinal of the day a contract ends on.

    >>> end_of(date(2026, 9, 1).toordinal(), 6) == date(2027, 3, 1).toordinal()
    True
    """
    return later(date.fromordinal(start), months).toordinal()


@lru_cache(maxsize=1 << 15)
def school_year(day: int) -> tuple[int, int]:
    """The first day of the school year a day lies in, and the first day of the next.

    >>> [date.fromordinal(edge).isoformat() for edge in school_year(date(2027, 7, 31).toordinal())]
    ['2026-08-01', '2027-08-01']
    """
    on = date.fromordinal(day)
    year = on.year if on.month >= AUGUST else on.year - 1
    return date(year, AUGUST, 1).toordinal(), date(year + 1, AUGUST, 1).toordinal()


def spread(minutes: int, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
    """Practice spread evenly over the days of a link: (first day of school year, days, minutes) for each year.

    Minutes up to a day are rounded down, so the parts add up to the whole.

    >>> [part[1:] for part in spread(36_500, date(2027, 2, 1).toordinal(), date(2028, 2, 1).toordinal())]
    [(181, 18100), (184, 18400)]
    """
    parts: list[tuple[int, int, int]] = []
    day = start
    while day < end:
        first, following = school_year(day)
        until = min(end, following)
        upto = minutes * (until - start) // (end - start) - minutes * (day - start) // (end - start)
        parts.append((first, until - day, upto))
        day = until
    return tuple(parts)
