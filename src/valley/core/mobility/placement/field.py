"""Who fits which offer, what blocks the others, and what does each course unlock?

The questions of an offer (must-haves and practical matters) are taken apart; each distinct question is put once to each
distinct answer by the overlap itself (`must_haves`, `practical`), so no second rule of eligibility exists. A person
fits an offer when no question blocks; "not stated" never blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.overlap import State
from valley.core.mobility.overlap.change import Change, changed_profile
from valley.core.mobility.overlap.gate import asked_shifts, must_haves
from valley.core.mobility.overlap.practical import practical
from valley.core.mobility.placement.plan import Condition
from valley.core.mobility.placement.shapes import Course, Mover, Offer, PlacementPolicy
from valley.core.profiles import Conditions, Demand, Importance, Profile, Spoken, Vocabulary

Bools: TypeAlias = NDArray[np.bool_]
Counts: TypeAlias = NDArray[np.int16]

SHIFT_FIELDS = {"evening": "evenings", "weekend": "weekends", "night": "nights", "early": "early"}
PRACTICAL = ("hours", "travel", "start", "length")


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of an offer: what it is called, and a demand that asks nothing else."""

    condition: Condition
    part: Demand


def asks_of(demand: Demand) -> tuple[Ask, ...]:
    """The questions of an offer; together they ask what the demand asks.

    >>> [ask.condition.kind for ask in asks_of(Demand(1, (), (Spoken("de", 3),), Conditions(evenings=True, months=6)))]
    ['language', 'evening', 'length']
    """
    asked = demand.conditions
    musts = (need for need in demand.needs if need.importance is Importance.MUST)
    parts = [(Condition("language", one.code, one.cefr), Demand(0, (), (one,))) for one in demand.spoken]
    parts += [(Condition("permit", one), _only(Conditions(permits=frozenset({one})))) for one in sorted(asked.permits)]
    parts += [
        (Condition(one), _only(replace(Conditions(), **{SHIFT_FIELDS[one]: True}))) for one in asked_shifts(asked)
    ]
    parts += [
        (Condition("competence", one.competence, one.level), Demand(0, (replace(one, weight=1.0),))) for one in musts
    ]
    parts += [(Condition(kind), _only(part)) for kind, part in _practical_parts(asked) if part != Conditions()]
    return tuple(Ask(condition, part) for condition, part in parts)


def _only(conditions: Conditions) -> Demand:
    return Demand(0, (), (), conditions)


def _practical_parts(asked: Conditions) -> tuple[tuple[str, Conditions], ...]:
    home = asked.home_work and asked.place is not None
    return (
        ("hours", Conditions(hours_min=asked.hours_min, hours_max=asked.hours_max)),
        ("travel", Conditions(place=asked.place, home_work=home)),
        ("start", Conditions(starts_from=asked.starts_from, starts_until=asked.starts_until)),
        ("length", Conditions(months=asked.months)),
    )


class Judge:
    """Puts questions to profiles and remembers the answers. Asking again, or after a small change, costs little."""

    def __init__(self, vocabulary: Vocabulary, policy: PlacementPolicy) -> None:
        self.vocabulary, self.policy = vocabulary, policy
        self._answers: dict[tuple[int, int], bool] = {}
        self._rows: dict[tuple[int, int], Bools] = {}
        self._sides: dict[tuple[str, object], int] = {}
        self._groups: dict[tuple[int, ...], int] = {}
        self._asks: dict[Ask, int] = {}
        self._demands: dict[Demand, tuple[Ask, ...]] = {}

    def asks(self, demand: Demand) -> tuple[Ask, ...]:
        """The questions of an offer."""
        if demand not in self._demands:
            self._demands[demand] = asks_of(demand)
        return self._demands[demand]

    def lacks(self, profiles: Sequence[Profile], asks: Sequence[Ask]) -> Bools:
        """Whether each question (column) blocks each person (row)."""
        found = np.zeros((len(asks), len(profiles)), dtype=np.bool_)
        groups: dict[str, tuple[dict[int, Profile], NDArray[np.intp], int]] = {}
        for place, ask in enumerate(asks):
            kind = ask.condition.kind
            if kind not in groups:
                groups[kind] = self._grouped(profiles, kind)
            distinct, back, group = groups[kind]
            key = group, self._asks.setdefault(ask, len(self._asks))
            if key not in self._rows:
                answers = [self._blocks((side, key[1]), one, ask) for side, one in distinct.items()]
                self._rows[key] = np.array(answers, dtype=np.bool_)
            found[place] = self._rows[key][back]
        return np.ascontiguousarray(found.T)

    def _grouped(self, profiles: Sequence[Profile], kind: str) -> tuple[dict[int, Profile], NDArray[np.intp], int]:
        """One person per distinct answer to a kind of question, which of those each person is, and their number."""
        sides = [self._sides.setdefault((kind, _side(one, kind)), len(self._sides)) for one in profiles]
        distinct = dict(zip(sides, profiles, strict=True))
        order = {side: place for place, side in enumerate(distinct)}
        group = self._groups.setdefault(tuple(distinct), len(self._groups))
        return distinct, np.array([order[side] for side in sides], dtype=np.intp), group

    def _blocks(self, key: tuple[int, int], person: Profile, ask: Ask) -> bool:
        if key not in self._answers:
            self._answers[key] = self._asked(person, ask)
        return self._answers[key]

    def _asked(self, person: Profile, ask: Ask) -> bool:
        if ask.condition.kind in PRACTICAL:
            points = practical(person.limits, ask.part.conditions)
            return any(point.state is State.CLASH for point in points)
        return not all(gate.met for gate in must_haves(person, ask.part, self.vocabulary, self.policy.overlap))

    def touches(self, course: Course, ask: Ask) -> bool:
        """Whether following the course can change the answer."""
        kind, subject = ask.condition.kind, ask.condition.subject
        if kind == "language":
            return any(one.code == subject for one in course.speaks)
        if kind == "competence":
            return any(self.vocabulary.similarity(one.competence, int(subject)) > 0 for one in course.gives)
        return kind == "start"


def _side(person: Profile, kind: str) -> object:
    """All of a person that a kind of question looks at."""
    limits = person.limits
    sides: dict[str, object] = {
        "language": person.spoken,
        "permit": person.permits,
        "competence": person.has,
        "hours": (limits.hours_min, limits.hours_max),
        "travel": (limits.max_km, limits.place, limits.home_work),
        "start": limits.starts_on,
        "length": limits.months_min,
    }
    return sides.get(kind, (limits.evenings, limits.weekends, limits.nights, limits.early))


def may_join(person: Profile, course: Course) -> bool:
    """Whether a person speaks the language of the lessons well enough.

    >>> from datetime import date
    >>> lessons = Course(1, 6, date(2027, 1, 4), 8, 12, speaks=(Spoken("de", 3),), taught_in=Spoken("de", 1))
    >>> may_join(Profile(1, (), (Spoken("de", 2),)), lessons), may_join(Profile(2, ()), lessons)
    (True, False)
    """
    taught = course.taught_in
    return taught is None or any(one.code == taught.code and one.cefr >= taught.cefr for one in person.spoken)


def after(person: Profile, course: Course | None, policy: PlacementPolicy) -> Profile:
    """The person after a course: never lower than before, and free when it ends (less what an offer waits).

    >>> from datetime import date
    >>> lessons = Course(1, 6, date(2027, 1, 4), 8, 12, speaks=(Spoken("de", 3),))
    >>> later = after(Profile(1, (), (Spoken("de", 1), Spoken("nl", 5))), lessons, PlacementPolicy())
    >>> [(one.code, one.cefr) for one in later.spoken], later.limits.starts_on
    ([('de', 3), ('nl', 5)], datetime.date(2027, 2, 15))
    """
    if course is None:
        return person
    speaks = {one.code: one.cefr for one in person.spoken}
    for one in course.speaks:
        speaks[one.code] = max(one.cefr, speaks.get(one.code, 0))
    free = course.ends_on - timedelta(days=policy.wait_days)
    limits = replace(person.limits, starts_on=max(free, person.limits.starts_on or free))
    learned = changed_profile(person, Change(add=course.gives), course.ends_on) if course.gives else person
    return replace(learned, spoken=tuple(Spoken(code, cefr) for code, cefr in speaks.items()), limits=limits)


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Everybody against everything. Movers, offers and courses are sorted by id; arrays follow that order.

    ``lacks`` (movers x asks) and ``asked`` (asks x offers) multiply to ``blocks`` (movers x offers): how many questions
    stand between a person and an offer. ``later`` has one (movers x asks) per course: what blocks after it.
    ``unlocked`` has one (movers x offers) per course: not without, but with it.
    """

    movers: tuple[Mover, ...]
    offers: tuple[Offer, ...]
    courses: tuple[Course, ...]
    asks: tuple[Ask, ...]
    lacks: Bools
    asked: Bools
    blocks: Counts
    later: tuple[Bools, ...]
    unlocked: tuple[Bools, ...]

    @property
    def fits(self) -> Bools:
        """Who fits which offer as they are."""
        return self.blocks == 0


def field_of(movers: Sequence[Mover], offers: Sequence[Offer], courses: Sequence[Course], judge: Judge) -> Field:
    """Put every question of every offer to every mover, as they are and after each course.

    Cost: distinct questions x distinct answers x 10 microseconds, then one matrix product per course.
    """
    lists = [judge.asks(offer.demand) for offer in offers]
    place: dict[Ask, int] = {}
    asked = np.zeros((sum(len(one) for one in lists), len(offers)), dtype=np.bool_)
    for column, own in enumerate(lists):
        for ask in own:
            asked[place.setdefault(ask, len(place)), column] = True
    asks, asked = tuple(place), asked[: len(place)]
    profiles = [mover.profile for mover in movers]
    lacks = judge.lacks(profiles, asks)
    later = tuple(_taught(profiles, course, judge, asks, lacks) for course in courses)
    return _field(movers, (offers, courses), asks, (lacks, asked, later))


def eased_field(field: Field, movers: Sequence[Mover], kind: str, judge: Judge) -> Field:
    """The same field for the same people, changed in what one kind of question looks at: only that is asked again.

    Who could follow a course before still may, so that no course shrinks below its least size.
    """
    again = [place for place, ask in enumerate(field.asks) if ask.condition.kind == kind]
    profiles, asks = [mover.profile for mover in movers], [field.asks[place] for place in again]
    lacks = field.lacks.copy()
    lacks[:, again] = judge.lacks(profiles, asks)
    later: list[Bools] = []
    for course, before in zip(field.courses, field.later, strict=True):
        own = before.copy()
        own[:, again] = _taught(profiles, course, judge, asks, lacks[:, again])
        later.append(own)
    made = _field(movers, (field.offers, field.courses), field.asks, (lacks, field.asked, tuple(later)))
    pairs = zip(made.unlocked, field.unlocked, strict=True)
    return replace(made, unlocked=tuple(now | before for now, before in pairs))


def _field(
    movers: Sequence[Mover],
    rest: tuple[Sequence[Offer], Sequence[Course]],
    asks: tuple[Ask, ...],
    answers: tuple[Bools, Bools, tuple[Bools, ...]],
) -> Field:
    """Who fits where, and what each course unlocks for those who can follow its lessons."""
    (offers, courses), (lacks, asked, later) = rest, answers
    blocks = _product(lacks, asked)
    unlocked: list[Bools] = []
    for course, after_it in zip(courses, later, strict=True):
        joins = np.array([may_join(mover.profile, course) for mover in movers], dtype=np.bool_)
        unlocked.append((_product(after_it, asked) == 0) & (blocks > 0) & joins[:, None])
    return Field(tuple(movers), tuple(offers), tuple(courses), asks, lacks, asked, blocks, later, tuple(unlocked))


def _product(lacks: Bools, asked: Bools) -> Counts:
    return np.rint(lacks.astype(np.float32) @ asked.astype(np.float32)).astype(np.int16)


def _taught(profiles: Sequence[Profile], course: Course, judge: Judge, asks: Sequence[Ask], lacks: Bools) -> Bools:
    """What blocks after a course; a question that it cannot change keeps its answer."""
    touched = [place for place, ask in enumerate(asks) if judge.touches(course, ask)]
    later = lacks.copy()
    if touched:
        changed = [after(one, course, judge.policy) for one in profiles]
        later[:, touched] = judge.lacks(changed, [asks[place] for place in touched])
    return later
