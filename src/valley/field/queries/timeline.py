"""Which steps did a change take, and how long did each of them wait for whom?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from valley.core.curriculum import lead as core
from valley.curriculum import queries as curriculum
from valley.field.models import ChangeStep, Waits

FIELDS = {
    "title": gettext_noop("Title"), "text": gettext_noop("What changes"), "from_on": gettext_noop("From"),
    "kind": gettext_noop("Kind"), "tasks": gettext_noop("Tasks"),
}  # fmt: skip
LABELS = dict(ChangeStep._meta.get_field("step").flatchoices)


@dataclass(frozen=True, slots=True)
class Before:
    """What a field said before the employer changed it."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step; ``days`` were waited for ``waited_for`` before it. ``version`` names a programme as KEY@N."""

    step: str
    label: str
    on: date
    days: int
    waited_for: str
    words: str
    version: str
    before: tuple[Before, ...]


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Days from the announcement to the first lesson, or until now, split by who was waited for."""

    since_on: date
    until_on: date
    total: int
    employer: int
    school: int
    regulator: int
    waiting_for: str
    waiting_words: str
    ended: str


def party(key: str) -> str:
    """The words for who is waited for."""
    return str(Waits(key).label) if key else ""


def steps_of(rows: Sequence[ChangeStep], *, on: date) -> tuple[tuple[StepLine, ...], LeadTime]:
    """The steps in order, with the publication of a planned version among them, and the days they took until ``on``."""
    taken = _with_publication(sorted(rows, key=lambda row: row.pk), on)
    found = _lead(taken, on)
    days = [*found.days, *[0] * (len(taken) - len(found.days))]
    lines = tuple(_line(row, waited) for row, waited in zip(taken, days, strict=True))
    parts = (found.total, found.employer, found.school, found.regulator, found.waiting_for, party(found.waiting_for))
    return lines, LeadTime(found.since_on, found.until_on, *parts, found.ended)


def lead_of(rows: Sequence[ChangeStep], *, on: date) -> core.Lead:
    """The days of a change until ``on``."""
    return _lead(_with_publication(sorted(rows, key=lambda row: row.pk), on), on)


def _lead(taken: Sequence[ChangeStep], on: date) -> core.Lead:
    return core.lead([core.Step(row.step, row.on, row.waited_for) for row in taken], on=max(on, taken[-1].on))


def planned_version(rows: Sequence[ChangeStep]) -> curriculum.TiedVersion | None:
    """The version of a programme to which the change was tied last, when it was not set aside since."""
    last = max((row for row in rows if row.step in ("planned", "set-aside")), key=lambda row: row.pk, default=None)
    return curriculum.as_tied(last.version) if last is not None else None


def _with_publication(rows: list[ChangeStep], on: date) -> list[ChangeStep]:
    """Publishing is an act on the programme, not on the change: its day is read from the version that was planned."""
    planned = next((row for row in reversed(rows) if row.step == "planned"), None)
    version = curriculum.as_tied(planned.version) if planned else None
    if planned is None or version is None or version.published_on is None:
        return rows
    published_on = version.published_on
    if published_on < planned.on or published_on > on:
        return rows
    # A first lesson on the day itself came after; one given before has nothing to wait for.
    later = enumerate(rows[rows.index(planned) + 1 :], rows.index(planned) + 1)
    place = next((n for n, row in later if row.on > published_on or row.step == core.CLASSROOM), len(rows))
    if place < len(rows) and rows[place].on < published_on:
        return rows
    made = ChangeStep(step="published", on=published_on, waited_for=Waits.SCHOOL, version=planned.version)
    return [*rows[:place], made, *rows[place:]]


def _line(row: ChangeStep, days: int) -> StepLine:
    version = curriculum.as_tied(row.version)
    label = str(LABELS[row.step])
    before = tuple(Before(_(FIELDS[name]), str(was)) for name, was in row.before.items() if name in FIELDS)
    return StepLine(
        row.step, label, row.on, days, party(row.waited_for), row.words, version.ref if version else "", before
    )
