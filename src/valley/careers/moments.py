"""When is it time for both sides to say why work fits or not, and which coded reasons may they give?

No reason is about health, origin or age: such a code does not exist, so nobody can choose it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from valley.core.mobility.law.months import later

# Product decision (issue 4): six weeks, three and twelve months after the start.
WEEKS, QUARTER, YEAR = "6-weeks", "3-months", "12-months"
# A contract that ends before a moment is asked about it in its last weeks, while the employer still reads it.
LEAVING = timedelta(weeks=4)

GOOD = {
    "work-fits": _("the work suits"),
    "hours-fit": _("the hours suit"),
    "training-helps": _("the training helps"),
    "team-helps": _("the team helps"),
    "pay-fits": _("the pay is right"),
    "way-ahead": _("there is a way ahead"),
}
BAD = {
    "other-work": _("the work is other than expected"),
    "hours-clash": _("the hours do not fit"),
    "little-training": _("too little training or guidance"),
    "team-clash": _("it does not work with the team"),
    "travel": _("the journey is too long"),
    "pay": _("the pay is too low"),
    "no-way-ahead": _("no way ahead"),
    "language": _("the language level does not fit"),
    "skills-short": _("something asked could not be done yet"),
    "better-offer": _("another job came"),
}
REASONS = GOOD | BAD


@dataclass(frozen=True, slots=True)
class Window:
    """A moment and the days, from until (not on), in which it can be answered."""

    moment: str
    from_on: date
    until_on: date


def windows(starts_on: date, ends_on: date | None) -> tuple[Window, ...]:
    """The moments of an employment. One that ends by then is asked around its end instead, and not again later."""
    days = [starts_on + timedelta(weeks=6), later(starts_on, 3), later(starts_on, 12)]
    closing = [*days[1:], later(days[2], 3)]
    found: list[Window] = []
    for moment, day, until in zip((WEEKS, QUARTER, YEAR), days, closing, strict=True):
        if ends_on is not None and ends_on <= day:
            first = found[-1].from_on if found else starts_on
            return (*found, Window(moment, max(first, ends_on - LEAVING), later(ends_on, 3)))
        found.append(Window(moment, day, until))
    return tuple(found)


def due(starts_on: date, ends_on: date | None, *, on: date) -> tuple[str, ...]:
    """The moments that can be answered on a day."""
    return tuple(one.moment for one in windows(starts_on, ends_on) if one.from_on <= on < one.until_on)
