"""How long is a change under way from signal to classroom, and who was waited for on each of those days?

Each interval between two steps belongs to the party that the later step names; the days since the last step belong to
whoever is waited for now. Every day belongs to exactly one party, so the parts add up to the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from valley.core.errors import ValleyError

PARTIES: tuple[str, ...] = ("employer", "school", "regulator")
CLASSROOM = "taught"
"""The step that ends the wait: the first lesson. What comes later is not counted."""
STOPPED = frozenset({"withdrawn", "set-aside"})
NEXT = {"look-in": "employer", "seen": "employer", "sent": "regulator"}
"""Who is waited for after a step: an employer answers and approves, a regulator decides, all else is the school's."""
ANSWERS = {
    "agreed": "employer", "refused": "employer", "returned": "employer", "approved": "employer", "evidence": "employer",
    "look-in": "school", "seen": "school", "planned": "school", "sent": "school", "published": "school",
    "taught": "school", "set-aside": "school", "allowed": "regulator",
}  # fmt: skip
"""Whose step it is, and so who was waited for before it. Other steps leave that as it was."""
SILENT = frozenset({"changed"})
"""Steps after which the same party is waited for as before them."""


class StepsRefused(ValleyError):
    """Steps that no calendar allows: none at all, out of order, later than today, or waiting for nobody known."""

    code = "steps-out-of-order"


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step; ``waited_for`` is a party, and empty for the first step only."""

    step: str
    on: date
    waited_for: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """Days from the first step to the classroom, or to the day asked; ``employer + school + regulator == total``.

    ``days`` has the days before each step counted, 0 for the first; ``open_days`` those since the last step, of whoever
    ``waiting_for`` names. ``ended`` is the step that ended it, or empty.
    """

    since_on: date
    until_on: date
    total: int
    employer: int
    school: int
    regulator: int
    waiting_for: str
    ended: str
    days: tuple[int, ...]
    open_days: int


@dataclass(frozen=True, slots=True)
class Medians:
    """The middle of the totals and of the days per party; medians of parts need not add up to that of the whole."""

    changes: int
    total: float
    employer: float
    school: float
    regulator: float


def lead(steps: Sequence[Step], *, on: date) -> Lead:
    """The days of a change by party, up to the first lesson, the stop, or ``on``.

    Raises `StepsRefused` for no steps, steps out of order, a step after ``on``, a party that is not one.

    >>> steps = [Step("announced", date(2027, 1, 4)), Step("look-in", date(2027, 1, 14), "school"),
    ...          Step("agreed", date(2027, 1, 17), "employer")]
    >>> found = lead(steps, on=date(2027, 1, 20))
    >>> (found.total, found.employer, found.school, found.waiting_for, found.open_days)
    (16, 3, 13, 'school', 3)
    """
    _require_order(steps, on)
    first = next((place for place, step in enumerate(steps) if step.step == CLASSROOM), None)
    counted = list(steps if first is None else steps[: first + 1])
    last = counted[-1]
    ended = last.step if last.step == CLASSROOM or last.step in STOPPED else ""
    days = [0, *((later.on - earlier.on).days for earlier, later in pairwise(counted))]
    waiting = "" if ended else waiting_after([step.step for step in counted])
    until = last.on if ended else on
    spent = dict.fromkeys(PARTIES, 0)
    for step, waited in zip(counted[1:], days[1:], strict=True):
        spent[step.waited_for] += waited
    left = (until - last.on).days
    if waiting:
        spent[waiting] += left
    return Lead(
        since_on=counted[0].on, until_on=until, total=(until - counted[0].on).days, employer=spent["employer"],
        school=spent["school"], regulator=spent["regulator"], waiting_for=waiting, ended=ended, days=tuple(days),
        open_days=left,
    )  # fmt: skip


def waiting_after(kinds: Sequence[str]) -> str:
    """Who is waited for after these steps, in their order.

    >>> waiting_after(["announced", "look-in", "changed"])
    'employer'
    """
    last = next((kind for kind in reversed(kinds) if kind not in SILENT), "")
    return NEXT.get(last, "school")


def waited_before(kinds: Sequence[str], kind: str) -> str:
    """Who was waited for before a step of this ``kind``, after the steps ``kinds``.

    >>> waited_before(["announced", "look-in"], "agreed"), waited_before(["announced", "sent"], "withdrawn")
    ('employer', 'regulator')
    """
    return ANSWERS.get(kind) or waiting_after(kinds)


def _require_order(steps: Sequence[Step], on: date) -> None:
    if not steps:
        raise StepsRefused(expected="at least one step", found="none", next_step="Announce the change first.")
    order = [*(step.on for step in steps), on]
    for place, (earlier, later) in enumerate(pairwise(order), 1):
        if later < earlier:
            raise StepsRefused(
                expected=f"a day on or after {earlier}",
                found=later,
                next_step="Give the steps in the order of their days, none after today.",
                place=place,
            )
    strange = [step.waited_for for step in steps[1:] if step.waited_for not in PARTIES]
    if strange:
        raise StepsRefused(
            expected=f"one of {', '.join(PARTIES)}", found=strange[0] or "nobody", next_step="Say who was waited for."
        )


def medians(leads: Sequence[Lead]) -> Medians | None:
    """The medians of the changes that reached the classroom; None when none did.

    >>> reached = [lead([Step("announced", date(2027, 1, 1)), Step("taught", date(2027, 1, day), "school")],
    ...                 on=date(2027, 2, 1)) for day in (3, 11, 21)]
    >>> found = medians(reached)
    >>> (found.changes, found.total, found.employer)
    (3, 10.0, 0.0)
    """
    reached = [one for one in leads if one.ended == CLASSROOM]
    if not reached:
        return None
    columns = [[one.total, one.employer, one.school, one.regulator] for one in reached]
    total, employer, school, regulator = (float(median(column)) for column in zip(*columns, strict=True))
    return Medians(len(reached), total, employer, school, regulator)
