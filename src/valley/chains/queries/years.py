"""How many hours of practice fall in each school year, and how many should?

Hours of a link are spread evenly over its days. A school year runs from 1 August.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from valley.chains.queries.shapes import YearLine

FIRST_MONTH = 8  # WEB art. 1.1.1: a school year runs from 1 August up to 1 August


def school_years(links: Iterable[tuple[date, date, int]], *, least: int, guided: int) -> tuple[YearLine, ...]:
    """Years with hours, from (first day, first day after, hours) of links; minimums are the share of days in between.

    >>> school_years([(date(2027, 2, 1), date(2028, 2, 1), 730)], least=610, guided=200)[0].hours
    362
    """
    jobs = sorted(links)
    if not jobs:
        return ()
    first, last = jobs[0][0], max(ends for _starts, ends, _hours in jobs)
    found: list[YearLine] = []
    for start in range(_year(first), _year(last) + 1):
        opens, closes = date(start, FIRST_MONTH, 1), date(start + 1, FIRST_MONTH, 1)
        share = _days(first, last, opens, closes) / (closes - opens).days
        if not share:
            continue
        hours = sum(amount * _days(starts, ends, opens, closes) / (ends - starts).days for starts, ends, amount in jobs)
        found.append(YearLine(f"{start}–{start + 1}", round(hours), round(least * share), round(guided * share)))
    return tuple(found)


def _year(day: date) -> int:
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def _days(starts: date, ends: date, opens: date, closes: date) -> int:
    return max(0, (min(ends, closes) - max(starts, opens)).days)
