"""Which single change gives a complete chain, at least cost, and which competences together when no single one does?

A change of the learner or the policy is found by halving a ladder of steps, for more of it never takes a chain away.
A change of one opening is found by offering every opening a second time, changed, of which a chain may use one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from valley.core.mobility.routes.board import Board
from valley.core.mobility.routes.choosing import search_on
from valley.core.mobility.routes.ground import Ground, Label
from valley.core.mobility.routes.ladders import STEPS_SHIFTED, Change, Making, opening_ladders, own_ladders
from valley.core.mobility.routes.search import Exhausted
from valley.core.mobility.routes.shapes import (
    Condition,
    Conflict,
    Learner,
    Offer,
    Period,
    Relaxation,
    RoutePolicy,
)
from valley.core.mobility.routes.telling import chain
from valley.core.profiles import Conditions, Grade, Has, Limits, Spoken

ROUNDS = 12  # searches of full effort for all relaxations together
COST_OF_GROUND = 50  # making a ground costs about as much as so many steps


Inputs = tuple[tuple[Offer, ...], Learner, RoutePolicy]


def applied(change: Change | Relaxation, offers: Sequence[Offer], learner: Learner, policy: RoutePolicy) -> Inputs:
    """The inputs with a change made; the others are as they were.

    >>> from valley.core.profiles import Profile
    >>> anna = Learner(Profile(1, (), limits=Limits(max_km=20)))
    >>> applied(Change("distance", 2, becomes=30), (), anna, RoutePolicy())[1].profile.limits.max_km
    30
    """
    if change.offer is not None:
        row = tuple(_changed(offer, change) if offer.id == change.offer else offer for offer in offers)
        return row, learner, policy
    if change.kind in ("gap", "links"):
        name = {"gap": "gap_days", "links": "longest"}[change.kind]
        return tuple(offers), learner, replace(policy, **{name: int(_number(change))})
    return tuple(offers), _other(learner, change), policy


def _number(change: Change | Relaxation) -> float:
    assert isinstance(change.becomes, (int, float))
    return change.becomes


def _changed(offer: Offer, change: Change | Relaxation) -> Offer:
    asked = offer.demand.conditions
    match change.kind:
        case "longer":
            return _asking(offer, replace(asked, months=int(_number(change))))
        case "earlier":
            assert isinstance(change.becomes, date)
            return _asking(offer, replace(asked, starts_from=change.becomes))
        case "later":
            assert isinstance(change.becomes, date)
            return _asking(offer, replace(asked, starts_until=change.becomes))
        case "practise":
            return replace(offer, practises={**offer.practises, change.subject: int(_number(change))})
        case _:
            assert isinstance(change.becomes, tuple)
            return replace(offer, recognised=_joined((*offer.recognised, change.becomes)))


def _asking(offer: Offer, conditions: Conditions) -> Offer:
    return replace(offer, demand=replace(offer.demand, conditions=conditions))


def _joined(periods: Iterable[Period]) -> tuple[Period, ...]:
    row: list[Period] = []
    for start, end in sorted(periods, key=lambda period: period[0]):
        if row and (row[-1][1] is None or start <= row[-1][1]):
            last = row[-1][1]
            row[-1] = (row[-1][0], None if last is None or end is None else max(last, end))
        else:
            row.append((start, end))
    return tuple(row)


def _other(learner: Learner, change: Change | Relaxation) -> Learner:
    profile = learner.profile
    match change.kind:
        case "language":
            spoken = tuple(one for one in profile.spoken if one.code != change.subject)
            profile = replace(profile, spoken=(*spoken, Spoken(change.subject, int(_number(change)))))
        case "permit":
            profile = replace(profile, permits=profile.permits | {change.subject})
        case "entry":
            profile = replace(profile, has=_learnt(learner, f"{change.subject}:{int(_number(change))}"))
        case "learn":
            profile = replace(profile, has=_learnt(learner, change.subject))
        case "avoid":
            return replace(learner, avoid=learner.avoid - {int(change.subject)})
        case _:
            profile = replace(profile, limits=_limits(profile.limits, change))
    return replace(learner, profile=profile)


def _learnt(learner: Learner, subject: str) -> tuple[Has, ...]:
    """What the learner has, with the levels of "5:2 6:1" in place of hers."""
    levels = {int(part): int(level) for part, _, level in (pair.partition(":") for pair in subject.split())}
    on = learner.profile.limits.starts_on or date.min
    kept = (one for one in learner.profile.has if one.competence not in levels)
    return (*kept, *(Has(one, level, Grade.OBSERVED, on) for one, level in levels.items()))


SHIFT_FIELDS = {"evening": "evenings", "weekend": "weekends", "night": "nights", "early": "early"}


def _limits(limits: Limits, change: Change | Relaxation) -> Limits:
    match change.kind:
        case "shift":
            return replace(limits, **{SHIFT_FIELDS[change.subject]: True})
        case "start":
            assert isinstance(change.becomes, date)
            return replace(limits, starts_on=change.becomes)
        case "hours":
            return replace(limits, **{change.subject: _number(change)})
        case "length":
            return replace(limits, months_min=int(_number(change)))
        case _:
            return replace(limits, max_km=_number(change))


def relaxations(board: Board, learner: Learner, conflicts: Sequence[Conflict]) -> tuple[Relaxation, ...]:
    """The cheapest change of each kind (and subject) that alone gives a complete chain, in order of cost.

    A change of the learner or the policy is only tried when its condition is in every conflict found: otherwise the
    other conflict would still stand. Each is solved again with the change made, and carries a chain it gives: the
    best one, or when that takes more than ``policy.effort`` the first one found. All searches together are bounded.
    Where no single change is enough and entry needs are in every conflict, the competences that together give a chain
    are told as one change; none of them can be left out.

    >>> from valley.core.mobility.routes.shapes import Qualification
    >>> from valley.core.profiles import Profile
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))))
    >>> relaxations(Board([], Qualification({"W1": 1}, months=1)), anna, ())
    ()
    """
    shared: frozenset[Condition] = frozenset()
    if conflicts:
        shared = frozenset(conflicts[0].conditions).intersection(*(one.conditions for one in conflicts))
    trials = _Trials(board, learner)
    ladders = [ladder for one in sorted(shared) for ladder in own_ladders(board, learner, one)]
    own = (trials.least(ladder) for ladder in ladders)
    changes = [*(one for one in own if one is not None), *trials.openings(shared)]
    if not changes and any(one.kind == "entry" for one in shared):
        changes = [one for one in (trials.learning(),) if one is not None]
    row = sorted(
        changes, key=lambda change: (change.steps * board.policy.costs[change.kind], change.kind, change.subject)
    )
    solved = (trials.solved(change) for change in row[: board.policy.relaxations])
    return tuple(one for one in solved if one is not None)


def rebuilt(board: Board, learner: Learner, change: Change | Relaxation) -> tuple[Board, Learner]:
    """The board and the learner with a change made; the board itself when none of it changes."""
    offers, other, policy = applied(change, board.offers, learner, board.policy)
    same = change.offer is None and policy == board.policy
    return (board if same else Board(offers, board.qualification, rules=board.rules, policy=policy)), other


class _Trials:
    """The searches for changes, all within one effort."""

    def __init__(self, board: Board, learner: Learner) -> None:
        self.board, self.learner = board, learner
        self.left = board.policy.effort * ROUNDS

    def chance(self, ground: Ground) -> Label | None:
        """Some complete chain on a ground; None when there is none, or none was found in time."""
        effort = min(self.left, self.board.policy.effort)
        if effort <= 1:
            return None
        search = search_on(ground, effort)
        try:
            return search.some()
        except Exhausted:
            return None
        finally:
            self.left -= search.steps + COST_OF_GROUND

    def works(self, change: Change) -> bool:
        return self.chance(Ground(*rebuilt(self.board, self.learner, change))) is not None

    def least(self, ladder: Sequence[Change]) -> Change | None:
        """The first step of a ladder that works, by halving: what a step allows, every further step allows."""
        if not ladder or not self.works(ladder[-1]):
            return None
        low, high = 0, len(ladder) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.works(ladder[middle]) else (middle + 1, high)
        return ladder[low]

    def openings(self, shared: frozenset[Condition]) -> Iterator[Change]:
        """The first step of each ladder with which one changed opening gives a chain."""
        ground = Ground(self.board, self.learner, frozenset({Condition("recognised")}))
        first = ground.on.toordinal() - max(STEPS_SHIFTED)
        open_to = [self.board.offers[place] for place in ground.allowed if ground.until[place] >= first]
        for condition, ladder in opening_ladders(shared):
            # What more of a step cannot do, a smaller one cannot; nor what leaving the condition out cannot.
            if condition is not None and not self.helps(condition):
                continue
            if len(ladder) > 1 and ladder[-1].widens and self.with_one(open_to, ladder[-1].make) is None:
                continue
            found = (self.with_one(open_to, step.make) for step in ladder)
            change = next((one for one in found if one is not None), None)
            if change is not None:
                yield change

    def learning(self) -> Change | None:
        """The competences, each to the level that is asked, that give a chain together and not without any of them."""
        entries = frozenset(Condition("entry", str(one)) for one in self.board.competences)
        found = self.chance(Ground(self.board, self.learner, entries))
        if found is None:
            return None
        has = dict(sorted((one.competence, one.level) for one in self.learner.profile.has))
        levels: dict[int, int] = {}
        for competence, level in (need for place in found.places for need in self.board.musts(place)):
            if level > max(has.get(competence, 0), levels.get(competence, 0)):
                levels[competence] = level
        for one in sorted(levels):
            fewer = {other: level for other, level in levels.items() if other != one}
            if fewer and self.works(_learn(fewer, has)):
                levels = fewer
        return _learn(levels, has) if levels and self.works(_learn(levels, has)) else None

    def helps(self, condition: Condition) -> bool:
        """Whether there might be a chain with one condition left out."""
        try:
            return (
                search_on(Ground(self.board, self.learner, frozenset({condition})), self.board.policy.effort).some()
                is not None
            )
        except Exhausted:
            return True

    def with_one(self, open_to: Sequence[Offer], make: Making) -> Change | None:
        """The change of the one changed opening in a chain, or None when one changed opening is not enough."""
        board = self.board
        above = max((offer.id for offer in board.offers), default=0) + 1
        changes = {offer.id: change for offer in open_to if (change := make(offer)) is not None}
        if not changes:
            return None
        twins = [_twin(offer, changes[offer.id], above) for offer in open_to if offer.id in changes]
        both = Board((*open_to, *twins), board.qualification, rules=board.rules, policy=board.policy)
        place = {offer.id: number for number, offer in enumerate(both.offers)}
        every = frozenset(place[offer.id] for offer in twins)
        spends = {place[one]: frozenset({place[one + above]}) for one in changes}
        spends |= {place[one + above]: every | {place[one]} for one in changes}
        label = self.chance(Ground(both, self.learner, spends=spends))
        used = [] if label is None else [turn for turn, one in enumerate(label.places) if one in every]
        if label is None or not used:
            return None
        change = changes[both.offers[label.places[used[0]]].id - above]
        if change.kind != "status":
            return change
        start = label.starts[used[0]]
        end = both.starts(label.places[used[0]], recognised=True)[start]
        return replace(change, becomes=(date.fromordinal(start), date.fromordinal(end)))

    def solved(self, change: Change) -> Relaxation | None:
        """A change with the chain it gives."""
        ground = Ground(*rebuilt(self.board, self.learner, change))
        search = search_on(ground, self.board.policy.effort)
        try:
            found = search.first()
        except Exhausted:
            found = search_on(ground).some()
        if found is None:
            return None
        cost = change.steps * self.board.policy.costs[change.kind]
        told = (change.subject, change.offer, change.employer, change.was, change.becomes)
        return Relaxation(change.kind, cost, chain(found, search, fallbacks=False), *told)


def _learn(levels: Mapping[int, int], has: Mapping[int, int]) -> Change:
    steps = sum(level - has.get(one, 0) for one, level in levels.items())
    return Change("learn", steps, " ".join(f"{one}:{level}" for one, level in levels.items()))


def _twin(offer: Offer, change: Change, above: int) -> Offer:
    other = _changed(offer, change)
    return replace(other, demand=replace(other.demand, id=offer.id + above))
