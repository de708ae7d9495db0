"""What must an announcement, a joining person and a candidate course say, and which answers are refused? Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from valley.core.errors import ValleyError

JOBS = (1, 20_000)
HOURS = (1, 60)
WAGE = (Decimal(5), Decimal(300))
"""Euro per hour, gross: below lies the youth minimum wage of a fifteen-year-old, above a wage per month."""
WEEKS = (1, 104)
SIZES = (1, 500)
COST = (Decimal(0), Decimal(2_000_000))
COST_A_HEAD = Decimal(100_000)
NOTE, TITLE = 1000, 160
ROLES_MOST, COURSES_MOST = 30, 200
CEFR_LEVELS = (1, 6)
LEVELS = (1, 4)
WINDOW_DAYS = 366
"""The longest window in which the jobs of one announcement end: later ones are announced on their own."""
AHEAD_DAYS = 3 * 366


class PlacementRefused(ValleyError):
    """Something that was filled in does not fit; ``field`` names it."""

    code = "placement-refused"

    def __init__(self, *, field: str, expected: str, found: object, next_step: str) -> None:
        super().__init__(expected=expected, found=found, next_step=next_step, field=field)
        self.field = field


@dataclass(frozen=True, slots=True)
class RedundancyDraft:
    """What an employer announces. Jobs end from ``from_on`` until, not including, ``until_on``; ``roles`` are keys."""

    organisation: int
    jobs: int
    from_on: date
    until_on: date
    roles: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Joining:
    """What somebody who joins says of the job that ends. ``wage`` is euro per hour, gross, or None (not said)."""

    hours: int
    contract: str
    years: str
    role: str = ""
    wage: Decimal | None = None
    with_name: bool = False


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A candidate course. ``gives`` are (competence id, level); a language course has ``language`` and its end level.

    ``cost`` is euro for opening it once. It is open to who speaks ``taught_in`` at ``taught_cefr``: a course of German
    for people with some German is taught in German at A1 or A2.
    """

    key: str
    title: str
    organisation: int
    weeks: int
    cost: Decimal
    least: int
    most: int
    taught_in: str
    starts_on: date
    gives: tuple[tuple[int, int], ...] = ()
    language: str = ""
    cefr: int | None = None
    taught_cefr: int = 2
    cost_a_head: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A plan under other conditions. ``max_km`` None: everybody's own limit; ``courses`` None: all that are there.

    ``courses`` are keys of candidate courses; an empty tuple plans without any.
    """

    name: str = ""
    max_km: int | None = None
    courses: tuple[str, ...] | None = None


def number(value: object, *, field: str, low: object, high: object) -> None:
    """Refuse a number outside the range."""
    if not low <= value <= high:  # type: ignore[operator]
        expected = _("a number from %(low)s to %(high)s") % {"low": low, "high": high}
        raise PlacementRefused(field=field, expected=expected, found=value, next_step=_("Correct the number."))


def one_of(value: str, *, field: str, known: Collection[str]) -> None:
    """Refuse a word that is not known."""
    if value not in known:
        shown = "".join(mark if mark.isprintable() else "?" for mark in value)[:40]
        expected = _("a choice from the list")
        raise PlacementRefused(
            field=field, expected=expected, found=shown or _("nothing"), next_step=_("Choose one from the list.")
        )


def text(value: str, *, field: str, most: int, least: int = 0) -> str:
    """The text in one composed form; refuses hidden characters and a length outside the range."""
    clean = unicodedata.normalize("NFC", value).replace("\r\n", "\n").strip()
    if any(unicodedata.category(mark) in ("Cc", "Cf", "Cs") and mark not in "\n\t" for mark in clean):
        raise PlacementRefused(
            field=field,
            expected=_("readable text"),
            found=_("a hidden character"),
            next_step=_("Type the text again instead of pasting it."),
        )
    if not least <= len(clean) <= most:
        expected = _("%(least)s to %(most)s characters") % {"least": least, "most": most}
        found = _("%(count)s characters") % {"count": len(clean)}
        raise PlacementRefused(field=field, expected=expected, found=found, next_step=_("Change the text."))
    return clean


def window(draft: RedundancyDraft, *, on: date) -> None:
    """Refuse a window that ends before it begins, lies in the past, or is longer than a year."""
    days = (draft.until_on - draft.from_on).days
    ahead = (draft.from_on - on).days
    if not 0 < days <= WINDOW_DAYS:
        raise PlacementRefused(
            field="until_on",
            expected=_("a last day after the first, at most a year later"),
            found=draft.until_on,
            next_step=_("Correct the date."),
        )
    if draft.until_on <= on or ahead > AHEAD_DAYS:
        raise PlacementRefused(
            field="from_on",
            expected=_("a time that is not past, within three years"),
            found=draft.from_on,
            next_step=_("Correct the date."),
        )


def joining(draft: Joining, *, contracts: Collection[str], years: Collection[str], roles: Collection[str]) -> None:
    """Refuse what somebody who joins cannot mean."""
    number(draft.hours, field="hours", low=HOURS[0], high=HOURS[1])
    if draft.wage is not None:
        number(draft.wage, field="wage", low=WAGE[0], high=WAGE[1])
    one_of(draft.contract, field="contract", known=contracts)
    one_of(draft.years, field="years", known=years)
    if roles or draft.role:
        one_of(draft.role, field="role", known=roles)


def course(draft: CourseDraft, *, languages: Mapping[str, str], competences: Collection[int], on: date) -> None:
    """Refuse a course that gives nothing, has impossible sizes, or unknown languages, levels and competences."""
    number(draft.weeks, field="weeks", low=WEEKS[0], high=WEEKS[1])
    number(draft.cost, field="cost", low=COST[0], high=COST[1])
    number(draft.cost_a_head, field="cost_a_head", low=COST[0], high=COST_A_HEAD)
    number(draft.least, field="least", low=SIZES[0], high=SIZES[1])
    number(draft.most, field="most", low=draft.least, high=SIZES[1])
    one_of(draft.taught_in, field="taught_in", known=languages)
    number(draft.taught_cefr, field="taught_cefr", low=CEFR_LEVELS[0], high=CEFR_LEVELS[1])
    for competence, level in draft.gives:
        one_of(str(competence), field="gives", known={str(known) for known in competences})
        number(level, field="gives", low=LEVELS[0], high=LEVELS[1])
    _language_course(draft, languages)
    _start(draft.starts_on, on=on)


def _language_course(draft: CourseDraft, languages: Mapping[str, str]) -> None:
    if not draft.language:
        if not draft.gives:
            raise PlacementRefused(
                field="gives",
                expected=_("a competence or a language that the course gives"),
                found=_("neither"),
                next_step=_("Say what people can do afterwards."),
            )
        return
    one_of(draft.language, field="language", known=languages)
    number(draft.cefr or 0, field="cefr", low=CEFR_LEVELS[0], high=CEFR_LEVELS[1])


def _start(starts_on: date, *, on: date) -> None:
    if not 0 <= (starts_on - on).days <= AHEAD_DAYS:
        raise PlacementRefused(
            field="starts_on",
            expected=_("a first day from today, within three years"),
            found=starts_on,
            next_step=_("Correct the date."),
        )
