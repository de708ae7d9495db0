"""From which day on is a job no longer covered by the periods in which an employer is recognised?"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

Period = tuple[date, date | None]
"""From a day until, not including, a day; None: without a known end."""


def after_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month. ``months`` at least 0.

    >>> after_months(date(2027, 1, 31), 1), after_months(date(2027, 3, 1), 24)
    (datetime.date(2027, 2, 28), datetime.date(2029, 3, 1))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_gap(periods: Iterable[Period], *, starts_on: date, ends_on: date) -> date | None:
    """The first day from ``starts_on`` until, not including, ``ends_on`` that no period covers; None when all are.

    Periods that touch (one ends on the day the next begins) have no gap; a single day between them is one.

    >>> first_gap([(date(2026, 1, 1), date(2027, 1, 1))], starts_on=date(2026, 9, 1), ends_on=date(2027, 9, 1))
    datetime.date(2027, 1, 1)
    """
    reached = starts_on
    for begins, ends in sorted(periods, key=lambda period: period[0]):
        if begins > reached:
            break
        if ends is None:
            return None
        reached = max(reached, ends)
    return reached if reached < ends_on else None


def overlapping(periods: Iterable[Period], *, begins: date, ends: date | None) -> Period | None:
    """The first of the periods that shares a day with the one from ``begins`` until ``ends``, or None.

    >>> overlapping([(date(2026, 1, 1), None)], begins=date(2025, 1, 1), ends=date(2026, 1, 1)) is None
    True
    """
    far = date.max
    found = (one for one in sorted(periods, key=lambda period: period[0]) if one[0] < (ends or far))
    return next((one for one in found if begins < (one[1] or far)), None)


def last_day(starts_until_on: date, months: int) -> date:
    """The day on which a job is over that starts as late as its window allows, counted in whole months.

    >>> last_day(date(2027, 6, 1), 12)
    datetime.date(2028, 5, 31)
    """
    return after_months(starts_until_on - timedelta(days=1), months)
