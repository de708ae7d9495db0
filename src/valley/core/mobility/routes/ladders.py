"""By which steps can a condition be eased, from the smallest to the largest?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from valley.core.mobility.routes.board import Board
from valley.core.mobility.routes.shapes import Condition, Learner, Offer, Period, RelaxationKind, RoutePolicy
from valley.core.mobility.routes.valid import MOST_LINKS
from valley.core.profiles import Limits

WEEK = 7
KM_STEP, HOURS_STEP, PRACTICE_STEP = 5, 4, 40  # the steps that COSTS prices
STEPS_LONGER = (1, 2, 3, 4, 6)  # months
STEPS_SHIFTED = (7, 14, 21, 28, 42)  # days
STEPS_PRACTISE = (40, 80, 120, 160)  # hours
WEEKS_EARLIER = 104  # further back nobody plans
LEVELS, CEFR = 4, 6
ALWAYS: tuple[Period, ...] = ((date(1900, 1, 1), None),)


@dataclass(frozen=True, slots=True)
class Change:
    """One change that is not made yet; the fields are those of `Relaxation`."""

    kind: RelaxationKind
    steps: int
    subject: str = ""
    offer: int | None = None
    employer: int | None = None
    was: float | date | None = None
    becomes: float | date | Period | None = None


Making = Callable[[Offer], Change | None]


@dataclass(frozen=True, slots=True)
class Step:
    """A change for any opening; ``widens``: a larger step allows whatever this one does."""

    make: Making
    widens: bool = True


def own_ladders(board: Board, learner: Learner, condition: Condition) -> Iterable[list[Change]]:
    """The steps by which a condition of the learner or the policy is eased; a row for each way to do so."""
    limits, kind, subject = learner.profile.limits, condition.kind, condition.subject
    if kind == "language":
        has = next((one.cefr for one in learner.profile.spoken if one.code == subject), 0)
        return [_rising("language", subject, has, CEFR)]
    if kind == "entry":
        has = next((one.level for one in learner.profile.has if str(one.competence) == subject), 0)
        return [_rising("entry", subject, has, LEVELS)]
    if kind == "permit" or kind == "shift":
        return [[Change(kind, 1, subject)]]
    simple: dict[str, Callable[[], Iterable[list[Change]]]] = {
        "distance": lambda: [_kilometres(board, learner)],
        "hours": lambda: _hours(limits),
        "length": lambda: [_shorter(limits)],
        "avoid": lambda: [[Change("avoid", 1, str(one), employer=one)] for one in sorted(learner.avoid)],
        "gap": lambda: [_gaps(board.policy)],
        "start": lambda: [_sooner(limits)],
        "links": lambda: [_rising("links", "", board.policy.longest, MOST_LINKS)],
    }
    return simple.get(kind, list)()


def _rising(kind: RelaxationKind, subject: str, was: int, most: int) -> list[Change]:
    return [Change(kind, one - was, subject, was=was, becomes=one) for one in range(was + 1, most + 1)]


def _shorter(limits: Limits) -> list[Change]:
    most = limits.months_min or 0
    return [Change("length", most - one, was=most, becomes=one) for one in range(most - 1, -1, -1)]


def _gaps(policy: RoutePolicy) -> list[Change]:
    was = policy.gap_days
    days = range(was + 1, policy.widest_gap + 1)
    return [Change("gap", ceil((one - was) / WEEK), was=was, becomes=one) for one in days]


def _kilometres(board: Board, learner: Learner) -> list[Change]:
    most = learner.profile.limits.max_km or 0.0
    ways = board.columns.kilometres(learner).tolist()
    far = max((one for one in ways if one == one), default=0.0)
    steps = range(1, max(0, ceil((far - most) / KM_STEP)) + 1)
    return [Change("distance", step, was=most, becomes=most + KM_STEP * step) for step in steps]


def _hours(limits: Limits) -> Iterator[list[Change]]:
    low, high = limits.hours_min, limits.hours_max
    if low is not None:
        steps = range(1, ceil(low / HOURS_STEP) + 1)
        yield [Change("hours", step, "hours_min", was=low, becomes=max(0.0, low - HOURS_STEP * step)) for step in steps]
    if high is not None:
        steps = range(1, 6)
        yield [Change("hours", step, "hours_max", was=high, becomes=high + HOURS_STEP * step) for step in steps]


def _sooner(limits: Limits) -> list[Change]:
    first = limits.starts_on
    assert first is not None
    days = range(1, WEEKS_EARLIER * WEEK + 1)
    return [Change("start", ceil(day / WEEK), was=first, becomes=first - timedelta(days=day)) for day in days]


def opening_ladders(shared: frozenset[Condition]) -> Iterator[tuple[Condition | None, list[Step]]]:
    """Steps for one opening, with the condition that such a change eases."""
    if Condition("recognised") in shared:
        yield Condition("recognised"), [Step(_status)]
    yield None, [Step(_shifted("earlier", days)) for days in STEPS_SHIFTED]
    yield None, [Step(_longer(months), widens=False) for months in STEPS_LONGER]
    yield None, [Step(_shifted("later", days)) for days in STEPS_SHIFTED]
    for one in sorted(one for one in shared if one.kind == "process"):
        yield one, [Step(_practising(one.subject, hours)) for hours in STEPS_PRACTISE]


def _longer(months: int) -> Callable[[Offer], Change | None]:
    def make(offer: Offer) -> Change | None:
        was = offer.demand.conditions.months or 0
        return Change("longer", months, "", offer.id, offer.employer, was, was + months)

    return make


def _shifted(kind: RelaxationKind, days: int) -> Callable[[Offer], Change | None]:
    def make(offer: Offer) -> Change | None:
        asked = offer.demand.conditions
        was = asked.starts_from if kind == "earlier" else asked.starts_until
        assert was is not None
        moved = was + timedelta(days=-days if kind == "earlier" else days)
        return Change(kind, ceil(days / WEEK), "", offer.id, offer.employer, was, moved)

    return make


def _practising(code: str, hours: int) -> Callable[[Offer], Change | None]:
    def make(offer: Offer) -> Change | None:
        was = offer.practises.get(code, 0)
        return Change("practise", ceil(hours / PRACTICE_STEP), code, offer.id, offer.employer, was, was + hours)

    return make


def _status(offer: Offer) -> Change | None:
    if offer.recognised and offer.recognised[0][0] <= date(1900, 1, 1):
        return None
    return Change("status", 1, "", offer.id, offer.employer, None, ALWAYS[0])
