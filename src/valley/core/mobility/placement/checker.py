"""Is this plan possible, are its numbers right, and does its table give nobody away? Checked by another route.

Who fits where is worked out again from plain statements about one person and one offer, distances from vectors in
space, losses from euros. The planner's own code is not used. A bound cannot be checked like this: only that no value
passes it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import asin, cos, dist, radians, sin

from valley.core.disclosure import THRESHOLD, TOTAL, Published, Sum, breakable
from valley.core.mobility.placement.plan import GroupRow, Plan
from valley.core.mobility.placement.planning import fingerprint
from valley.core.mobility.placement.shapes import Course, Mover, Offer, PlacementPolicy
from valley.core.profiles import Importance, Need, Place, Vocabulary

EARTH_KM, DETOUR = 6371.0088, 1.3  # as stated in docs/explanation/overlap.md
NEAR = 1e-6


def check(
    plan: Plan,
    movers: Sequence[Mover],
    offers: Sequence[Offer],
    courses: Sequence[Course] = (),
    *,
    policy: PlacementPolicy,
    vocabulary: Vocabulary | None = None,
) -> tuple[str, ...]:
    """Everything that is wrong with a plan for these inputs, in words; empty when it holds.

    >>> from dataclasses import replace
    >>> from valley.core.mobility.placement.planning import place
    >>> from valley.core.profiles import Demand, Profile
    >>> inputs = [Mover(Profile(n, ()), 32, 14.0 + n) for n in (1, 2)], [Offer(Demand(9, ()), 1, 15, 16)]
    >>> plan = place(*inputs, policy=PlacementPolicy())
    >>> check(plan, *inputs, policy=PlacementPolicy())
    ()
    >>> check(replace(plan, unplaced=()), *inputs, policy=PlacementPolicy())[0]
    'mover 2 is nowhere in the plan'
    """
    present = {one.id: one for one in movers if one.id not in policy.withdrawn}
    truth = _Truth(plan, present, {one.id: one for one in offers}, {one.id: one for one in courses}, policy, vocabulary)
    strangers = tuple(truth.strangers())
    if strangers:
        return strangers
    parts = (truth.everybody, truth.seats, truth.courses_opened, truth.fitting, truth.numbers, truth.goals)
    return tuple(found for part in (*parts, truth.reasons, truth.groups, truth.prints) for found in part())


class _Truth:
    """The inputs by id beside the plan; each method tells what is wrong with one side of it."""

    def __init__(
        self,
        plan: Plan,
        movers: dict[int, Mover],
        offers: dict[int, Offer],
        courses: dict[int, Course],
        policy: PlacementPolicy,
        vocabulary: Vocabulary | None,
    ) -> None:
        self.plan, self.movers, self.offers, self.courses = plan, movers, offers, courses
        self.policy, self.vocabulary = policy, vocabulary or Vocabulary()

    def strangers(self) -> Iterator[str]:
        for one in self.plan.assignments:
            if one.offer not in self.offers:
                yield f"offer {one.offer} does not exist"
            if one.course is not None and one.course not in self.courses:
                yield f"course {one.course} does not exist"
        for mover in (*(one.mover for one in self.plan.assignments), *(one.mover for one in self.plan.unplaced)):
            if mover not in self.movers:
                yield f"mover {mover} is not among those who agreed"

    def everybody(self) -> Iterator[str]:
        times = Counter([one.mover for one in self.plan.assignments] + [one.mover for one in self.plan.unplaced])
        for mover in sorted(self.movers):
            if times[mover] != 1:
                yield f"mover {mover} is {'nowhere' if not times[mover] else 'more than once'} in the plan"
        listed = [one.mover for one in self.plan.assignments]
        if listed != sorted(listed):
            yield "the assignments are not in order of mover"

    def seats(self) -> Iterator[str]:
        taken = Counter(one.offer for one in self.plan.assignments)
        for offer, count in sorted(taken.items()):
            if count > self.offers[offer].seats:
                yield f"offer {offer} has {self.offers[offer].seats} seats, {count} are placed there"

    def courses_opened(self) -> Iterator[str]:
        follow: defaultdict[int, list[int]] = defaultdict(list)
        for one in self.plan.assignments:
            if one.course is not None:
                follow[one.course].append(one.mover)
        stated = {one.course: list(one.movers) for one in self.plan.courses}
        if stated != dict(follow):
            yield f"courses {stated} are stated, {dict(follow)} are followed"
        for key, members in sorted(follow.items()):
            course = self.courses[key]
            if not course.least <= len(members) <= course.most:
                yield f"course {key} is for {course.least} to {course.most}, {len(members)} follow it"
        for one in self.plan.courses:
            if one.cost != self._cost(one.course, one.size):
                yield f"course {one.course} costs {self._cost(one.course, one.size)} cents, {one.cost} are stated"

    def _cost(self, key: int, size: int) -> int:
        course = self.courses[key]
        return round(course.cost * 100) + size * round(course.cost_a_head * 100)

    def fitting(self) -> Iterator[str]:
        for one in self.plan.assignments:
            mover, offer = self.movers[one.mover], self.offers[one.offer]
            fixed = mover.fixed and (mover.fixed.offer, mover.fixed.course)
            if one.promised != (fixed == (one.offer, one.course)):
                yield f"mover {one.mover}: promised is {one.promised}, the promise is {fixed}"
            if one.promised:
                continue  # the person said yes to it, whatever the rules say
            course = self.courses[one.course] if one.course is not None else None
            found = blocks(mover, offer, course, self.policy, self.vocabulary)
            if found:
                yield f"mover {one.mover} in offer {one.offer}: {', '.join(sorted(found))}"
            if course and not blocks(mover, offer, None, self.policy, self.vocabulary):
                yield f"mover {one.mover} needs no course for offer {one.offer}"

    def numbers(self) -> Iterator[str]:
        for one in self.plan.assignments:
            wanted = _numbers(self.movers[one.mover], self.offers[one.offer])
            for name, value in wanted.items():
                found = getattr(one, name)
                same = found == value if None in (found, value) else abs(found - value) <= _ROOM.get(name, NEAR)
                if not same:
                    yield f"mover {one.mover}: {name} is {value}, {found} is stated"

    def goals(self) -> Iterator[str]:
        rows, courses = self.plan.assignments, self.plan.courses
        wanted = {
            "kept": sum(one.promised for one in rows),
            "placed": len(rows),
            "loss": sum(one.loss for one in rows),
            "weeks": sum(self.courses[one.course].weeks * one.size for one in courses),
            "cost": sum(self._cost(one.course, one.size) for one in courses),
            "travel": sum(one.travel for one in rows),
            "wishes": sum(one.wish for one in rows),
        }
        stated = {one.goal: one.value for one in self.plan.proof}
        if list(stated.items()) != list(wanted.items()):
            yield f"the goals are {wanted}, {stated} is stated"
        for one in self.plan.proof:
            above = one.bound - one.value if one.goal in ("kept", "placed", "wishes") else one.value - one.bound
            if above < 0 or abs(one.gap - above / max(one.value, 1)) > NEAR:
                yield f"goal {one.goal}: {one.value} with bound {one.bound} and gap {one.gap} cannot be"
        kept = {one.mover for one in rows if one.promised}
        broken = tuple(key for key in sorted(self.movers) if self.movers[key].fixed and key not in kept)
        if broken != self.plan.broken:
            yield f"the promises not kept are {broken}, {self.plan.broken} are stated"

    def reasons(self) -> Iterator[str]:
        taken = Counter(one.offer for one in self.plan.assignments)
        proven = next(one.proven for one in self.plan.proof if one.goal == "placed")
        for one in self.plan.unplaced:
            mover = self.movers[one.mover]
            open_to = [key for key, offer in sorted(self.offers.items()) if not self._blocks(mover, offer)]
            if one.fitting != len(open_to) or (one.reason == "no-seat") != bool(open_to):
                yield f"mover {one.mover}: {len(open_to)} offers fit, {one.fitting} is stated as {one.reason}"
            if proven and any(taken[key] < self.offers[key].seats for key in open_to):
                yield f"mover {one.mover} has no seat, though an offer that fits has one"
            near = one.nearest
            stated = {item.kind for item in near.conditions} if near else set[str]()
            if near and self._blocks(mover, self.offers[near.offer]) != stated:
                yield f"mover {one.mover}: {sorted(stated)} are stated to block offer {near.offer}"

    def _blocks(self, mover: Mover, offer: Offer) -> set[str]:
        return blocks(mover, offer, None, self.policy, self.vocabulary)

    def groups(self) -> Iterator[str]:
        placed = {one.mover for one in self.plan.assignments}
        true: Counter[tuple[str, str, str]] = Counter()
        kinds = {kind for mover in self.movers.values() for kind, _ in mover.groups}
        for mover in self.movers.values():
            for kind in kinds:
                true[kind, dict(mover.groups).get(kind, "-"), "placed" if mover.id in placed else "not"] += 1
        for kind in sorted(kinds):
            yield from self._told(kind, {(key, end): count for (own, key, end), count in true.items() if own == kind})
        if {row.kind for row in self.plan.treatment} - kinds:
            yield "the table of groups has a kind that nobody stated"

    def _told(self, kind: str, true: dict[tuple[str, str], int]) -> Iterator[str]:
        """Shown counts are true, small groups stand together, and a reader who subtracts finds no small group."""
        rows = [row for row in self.plan.treatment if row.kind == kind]
        alone = {row.key for row in rows}
        merged: Counter[tuple[str, str]] = Counter()
        for (key, end), count in true.items():
            merged[key if key in alone else "+", end] += count
        wanted = {key: merged[key, "placed"] + merged[key, "not"] for key, _ in merged}
        if rows and {row.key: row.total for row in rows} != wanted:
            yield f"the groups of kind {kind} count {wanted}, others are stated"
            return
        if len(rows) == 1 or any(0 < total < THRESHOLD for total in wanted.values() if rows):
            yield f"a small group of kind {kind} stands alone"
        wrong = [row.key for row in rows if row.placed not in (None, merged[row.key, "placed"])]
        if wrong:
            yield f"groups {wrong} of kind {kind}: another number was placed"
        if any(row.placed is not None for row in rows) and self._worked_out(rows, merged):
            yield f"a small group of kind {kind} can be worked out"

    def _worked_out(self, rows: Sequence[GroupRow], true: Counter[tuple[str, str]]) -> bool:
        ends = [(row.key, row.placed, row.total) for row in rows]
        cells = {(key, "placed"): placed for key, placed, _ in ends}
        cells |= {(key, "not"): None if placed is None else total - placed for key, placed, total in ends}
        columns = [
            Sum(frozenset((row.key, end) for row in rows), sum(true[row.key, end] for row in rows))
            for end in ("placed", "not")
        ]
        return bool(breakable(Published(cells, {(row.key, TOTAL): row.total for row in rows}), earlier=columns))

    def prints(self) -> Iterator[str]:
        movers = [self.movers[key] for key in sorted(self.movers)]
        offers = [self.offers[key] for key in sorted(self.offers)]
        courses = [self.courses[key] for key in sorted(self.courses)]
        if self.plan.inputs != fingerprint(movers, offers, courses, self.vocabulary):
            yield "the plan was made of other inputs"


_ROOM = {"loss": 1.0, "travel": 1.0}  # one unit: the two ways of rounding may differ by that


def blocks(
    mover: Mover, offer: Offer, course: Course | None, policy: PlacementPolicy, vocabulary: Vocabulary
) -> set[str]:
    """The kinds of condition that stand between a person, after a course, and an offer; "lessons" for the course's own.

    >>> from valley.core.profiles import Conditions, Demand, Limits, Profile
    >>> early = Offer(Demand(9, (), (), Conditions(early=True, months=6)), employer=1, pay_min=15, pay_max=16)
    >>> person = Mover(Profile(1, (), (), Limits(early=False, months_min=12)), 32)
    >>> sorted(blocks(person, early, None, PlacementPolicy(), Vocabulary()))
    ['early', 'length']
    """
    return {kind for kind, stands in _statements(mover, offer, course, policy, vocabulary) if stands}


def _statements(
    mover: Mover, offer: Offer, course: Course | None, policy: PlacementPolicy, vocabulary: Vocabulary
) -> Iterator[tuple[str, bool]]:
    limits, asked = mover.profile.limits, offer.demand.conditions
    speaks = defaultdict(int, {one.code: one.cefr for one in mover.profile.spoken})
    taught = course.taught_in if course else None
    yield "lessons", taught is not None and speaks[taught.code] < taught.cefr
    for one in course.speaks if course else ():
        speaks[one.code] = max(speaks[one.code], one.cefr)
    yield "language", any(speaks[one.code] < one.cefr for one in offer.demand.spoken)
    yield "permit", not asked.permits <= mover.profile.permits
    yield "evening", asked.evenings and not limits.evenings
    yield "weekend", asked.weekends and not limits.weekends
    yield "night", asked.nights and not limits.nights
    yield "early", asked.early and not limits.early
    levels = [(one.competence, one.level) for one in mover.profile.has]
    levels += [(one.competence, one.level) for one in course.gives] if course else []
    musts = (need for need in offer.demand.needs if need.importance is Importance.MUST)
    yield (
        "competence",
        any(_credit(levels, one, policy, vocabulary) < policy.overlap.must_credit - NEAR for one in musts),
    )
    infinity = float("inf")
    high, low = asked.hours_max or infinity, asked.hours_min or 0
    yield "hours", (limits.hours_min or 0) > high or low > _else(limits.hours_max, infinity)
    home = asked.home_work and limits.home_work
    km = kilometres(limits.place, asked.place)
    yield "travel", not home and (km or 0) > _else(limits.max_km, infinity) + NEAR
    ends = course.starts_on + timedelta(days=7 * course.weeks - policy.wait_days) if course else date.min
    yield "start", max(ends, limits.starts_on or date.min) >= (asked.starts_until or date.max)
    yield "length", (limits.months_min or 0) > _else(asked.months, infinity)


def _else(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _credit(levels: Sequence[tuple[int, int]], need: Need, policy: PlacementPolicy, vocabulary: Vocabulary) -> float:
    """The best of similarity x share of the level, relatives scaled and rounded to hundredths, as in overlap."""
    best = 0.0
    for competence, level in levels:
        alike = vocabulary.similarity(competence, need.competence)
        alike = 1.0 if alike == 1 else round(alike * policy.overlap.relatives, 2)
        best = max(best, alike * min(1.0, level / need.level))
    return best


def kilometres(here: Place | None, there: Place | None) -> float | None:
    """Road kilometres, estimated from the chord between two points on a globe.

    >>> round(kilometres((50.851, 5.691), (50.888, 5.979)), 1)
    26.8
    """
    if here is None or there is None:
        return None
    ends = [(radians(latitude), radians(longitude)) for latitude, longitude in (here, there)]
    points = [(cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)) for lat, lon in ends]
    return DETOUR * EARTH_KM * 2 * asin(min(1.0, dist(*points) / 2))


def _numbers(mover: Mover, offer: Offer) -> dict[str, float | int | bool | None]:
    limits, asked = mover.profile.limits, offer.demand.conditions
    keeps = min(mover.hours, _else(limits.hours_max, mover.hours))
    hours = max(min(keeps, _else(asked.hours_max, keeps)), asked.hours_min or 0)
    wage = mover.wage if mover.wage is not None else None
    least = offer.pay_min
    loss = (keeps - hours) * least if wage is None else keeps * round(wage, 2) - hours * round(least, 2)
    km = kilometres(limits.place, asked.place)
    home = asked.home_work and limits.home_work
    return {
        "hours_lost": max(0.0, keeps - hours),
        "wage_lost": None if wage is None else max(0, round(100 * wage) - round(100 * least)),
        "loss": 100 * max(0.0, loss),
        "km": km,
        "travel": 0 if home else 10 * (km or 0.0),
        "wish": offer.employer in mover.wishes.employers or offer.sector in mover.wishes.sectors,
    }
