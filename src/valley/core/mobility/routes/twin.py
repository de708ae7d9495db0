"""Which chains are best, found the plain way: write down every chain there is and sort them?

The readable reference, for small instances only: it takes every opening on every day, and tells the same chains as
the search. Its rules are those of ``checker``, asked link by link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from valley.core.mobility.law import Rule
from valley.core.mobility.routes import checker
from valley.core.mobility.routes.days import end_of
from valley.core.mobility.routes.shapes import Chain, Learner, Link, Offer, Qualification, RoutePolicy


@dataclass(frozen=True, slots=True)
class World:
    """Everything a route follows from."""

    offers: tuple[Offer, ...]
    learner: Learner
    qualification: Qualification
    rules: tuple[Rule, ...] = ()
    policy: RoutePolicy = field(default_factory=RoutePolicy)


@dataclass(frozen=True, slots=True)
class Found:
    """A complete chain as the twin knows it: openings, first days, idle days, withdrawals survived, travel."""

    offers: tuple[int, ...]
    starts: tuple[date, ...]
    idle: int
    survived: int
    travel: int

    @property
    def order(self) -> tuple[int, float, int, tuple[int, ...], tuple[date, ...]]:
        """What comes first: least idle, most robust, least travel, lowest ids, earliest days."""
        share = self.survived / len(self.offers) if self.offers else 1.0
        return self.idle, -share, self.travel, self.offers, self.starts


def best(world: World, *, robust: bool = True) -> tuple[Found, ...]:
    """At most k chains with different openings, in order; without ``robust`` withdrawals do not count.

    >>> from valley.core.profiles import Limits, Profile
    >>> anna = Learner(Profile(1, (), limits=Limits(starts_on=date(2027, 2, 1))))
    >>> best(World((), anna, Qualification({"W1": 1}, months=1)))
    ()
    """
    row = sorted((_found(chain, world, robust) for chain in chains(world, ())), key=lambda one: one.order)
    seen: dict[tuple[int, ...], Found] = {}
    for one in row:
        seen.setdefault(one.offers, one)
    return tuple(seen.values())[: world.policy.k]


def chains(world: World, links: Sequence[Link], without: int | None = None) -> Iterator[tuple[Link, ...]]:
    """Every complete chain that begins with these chosen links, later ones not at an employer left out."""
    if complete(world, links):
        yield tuple(links)
        return
    for offer in world.offers:
        if offer.employer == without:
            continue
        for day in _days(world, links, offer):
            longer = (*links, _link(offer, day, world))
            if allowed(world, longer):
                yield from chains(world, longer, without)


def _days(world: World, links: Sequence[Link], offer: Offer) -> Iterator[date]:
    asked = offer.demand.conditions
    assert asked.starts_from is not None and asked.starts_until is not None
    day = asked.starts_from
    last = links[-1].ends_on if links else world.learner.done[-1].ends_on if world.learner.done else None
    widest = max(world.policy.gap_days, world.policy.break_days)
    while day < asked.starts_until:
        if last is None or last <= day <= last + timedelta(days=widest):
            yield day
        day += timedelta(days=1)


def _link(offer: Offer, day: date, world: World) -> Link:
    months = offer.demand.conditions.months or 0
    end = date.fromordinal(end_of(day.toordinal(), months))
    hours = {code: count for code, count in offer.practises.items() if code in world.qualification.requires}
    return Link(offer.id, offer.employer, offer.role, offer.kind, day, end, months, hours)


def _chain(world: World, links: Sequence[Link]) -> Chain:
    done = tuple(
        Link(
            one.offer, one.employer, one.role, one.kind, one.starts_on, one.ends_on,
            _between(one.starts_on, one.ends_on),
            {code: hours for code, hours in one.hours.items() if code in world.qualification.requires},
            done=True,
        )
        for one in world.learner.done
    )  # fmt: skip
    return Chain((*done, *links), {}, {}, 0, 0, 0, 0.0, ())


def _between(start: date, end: date) -> int:
    months = 0
    while end_of(start.toordinal(), months + 1) <= end.toordinal():
        months += 1
    return months


def _problems(world: World, links: Sequence[Link]) -> tuple[str, ...]:
    told = checker.check(
        _chain(world, links), world.offers, world.learner, world.qualification, rules=world.rules, policy=world.policy
    )
    numbers = ("hours:", "missing:", "months:", "days of waiting:", "idle days:", "kilometres:", "hours a year:")
    return tuple(one for one in told if not one.startswith((*numbers, "what the law")))


def complete(world: World, links: Sequence[Link]) -> bool:
    """Whether nothing at all is wrong with a chain."""
    return not _problems(world, links)


def allowed(world: World, links: Sequence[Link]) -> bool:
    """Whether nothing is wrong with a chain but that it is not complete yet."""
    free = replace(world.qualification, requires=dict.fromkeys(world.qualification.requires, 0), months=1)
    loose = replace(world, qualification=replace(free, practice_hours_a_year=0))
    return all(" months of " in one for one in _problems(loose, links))


def _found(links: Sequence[Link], world: World, robust: bool) -> Found:
    offers = {offer.id: offer for offer in world.offers}
    chain = _chain(world, links)
    return Found(
        tuple(link.offer for link in links if link.offer is not None),
        tuple(link.starts_on for link in links),
        checker.waiting(chain, world.learner) + checker.between(chain),
        sum(_survives(links, place, world) for place in range(len(links))) if robust else 0,
        checker.travel(chain, offers, world.learner),
    )


def _survives(links: Sequence[Link], place: int, world: World) -> bool:
    kept, gone = links[:place], links[place]
    later = chains(world, kept, gone.employer)
    return any(place or world.learner.done or way[0].starts_on >= gone.starts_on for way in later)
