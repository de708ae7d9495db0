"""Random groups, offers and courses for the laws of placement: small, so that everything competes with everything."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from valley.core.mobility.placement import Course, Mover, Offer, PlacementPolicy, Promise, Wishes
from valley.core.profiles import (
    Conditions,
    Demand,
    Gives,
    Grade,
    Has,
    Importance,
    Limits,
    Need,
    Profile,
    Spoken,
    Vocabulary,
)

DAY = date(2027, 1, 4)
POLICY = PlacementPolicy(bottlenecks=False)
WORDS = Vocabulary(groups={1: (10,), 2: (10,), 3: (11,)}, relations=[(2, 3)])

PLACES = ((50.85, 5.69), (50.89, 5.98), (51.0, 5.87))
tongues = st.dictionaries(st.sampled_from(["nl", "de"]), st.integers(1, 4), max_size=2).map(
    lambda spoken: tuple(Spoken(*one) for one in spoken.items())
)
places = st.none() | st.sampled_from(PLACES)
days = st.none() | st.integers(0, 60).map(lambda later: DAY + timedelta(days=later))
rare = st.sampled_from([False, False, True])


@st.composite
def movers(draw: st.DrawFn, identity: int) -> Mover:
    held = draw(st.lists(st.integers(1, 3), unique=True, max_size=3))
    has = tuple(Has(one, draw(st.integers(1, 3)), Grade.SELF, DAY) for one in held)
    limits = Limits(
        hours_min=draw(st.sampled_from([None, None, 16, 28])),
        hours_max=draw(st.sampled_from([None, None, 30])),
        max_km=draw(st.sampled_from([None, None, 20, 30])),
        place=draw(places),
        evenings=not draw(rare),
        weekends=not draw(rare),
        home_work=draw(st.booleans()),
        starts_on=draw(days),
        months_min=draw(st.sampled_from([None, None, 8])),
    )
    permits = draw(st.sampled_from([frozenset[str](), frozenset({"vog"})]))
    return Mover(
        Profile(identity, has, draw(tongues), limits, permits),
        hours=draw(st.sampled_from([20.0, 32.0])),
        wage=draw(st.sampled_from([None, 15.0, 16.35, 18.2])),
        wishes=Wishes(
            draw(st.sampled_from([frozenset(), frozenset({1})])),
            draw(st.sampled_from([frozenset(), frozenset({"care"})])),
        ),
        groups=(("contract", draw(st.sampled_from(["fixed", "permanent"]))), ("home", draw(st.sampled_from("ab")))),
    )


@st.composite
def offers(draw: st.DrawFn, identity: int) -> Offer:
    needed = draw(st.lists(st.integers(1, 3), unique=True, max_size=2))
    needs = tuple(Need(one, draw(st.integers(1, 3)), draw(st.sampled_from(Importance))) for one in needed)
    until = draw(st.none() | st.integers(10, 120).map(lambda later: DAY + timedelta(days=later)))
    conditions = Conditions(
        hours_min=draw(st.sampled_from([None, None, 24])),
        hours_max=draw(st.sampled_from([None, 24, 36])),
        place=draw(places),
        evenings=draw(rare),
        weekends=draw(rare),
        home_work=draw(rare),
        starts_from=until and until - timedelta(days=20),
        starts_until=until,
        months=draw(st.sampled_from([None, 6, 12])),
        permits=frozenset({"vog"}) if draw(rare) else frozenset(),
    )
    low = draw(st.sampled_from([14.5, 15.25, 17.0]))
    demand = Demand(identity, needs, draw(tongues), conditions)
    return Offer(
        demand,
        draw(st.integers(1, 2)),
        low,
        low + 2,
        draw(st.integers(1, 2)),
        draw(st.sampled_from(["care", "energy"])),
    )


@st.composite
def courses(draw: st.DrawFn, identity: int) -> Course:
    least = draw(st.integers(1, 3))
    language = draw(st.booleans())
    taught = draw(st.sampled_from([None, None, Spoken("nl", 1), Spoken("de", 1)]))
    return Course(
        identity,
        weeks=draw(st.integers(1, 8)),
        starts_on=DAY + timedelta(days=draw(st.integers(0, 20))),
        least=least,
        most=least + draw(st.integers(0, 2)),
        gives=() if language else (Gives(draw(st.integers(1, 3)), 3),),
        speaks=(Spoken(draw(st.sampled_from(["nl", "de"])), 4),) if language else (),
        cost=draw(st.sampled_from([0.0, 1000.0, 2500.5])),
        cost_a_head=draw(st.sampled_from([0.0, 99.95])),
        taught_in=taught,
    )


def people(most: int, least: int = 0) -> st.SearchStrategy[list[Mover]]:
    """Movers with ids 1, 2, 3..."""
    return st.integers(least, most).flatmap(lambda n: st.tuples(*(movers(1 + i) for i in range(n)))).map(list)


def openings(most: int, least: int = 0) -> st.SearchStrategy[list[Offer]]:
    """Offers with ids 101, 102..."""
    return st.integers(least, most).flatmap(lambda n: st.tuples(*(offers(101 + i) for i in range(n)))).map(list)


def lessons(most: int) -> st.SearchStrategy[list[Course]]:
    """Courses with ids 201, 202..."""
    return st.integers(0, most).flatmap(lambda n: st.tuples(*(courses(201 + i) for i in range(n)))).map(list)


promises = st.none() | st.builds(Promise, st.integers(101, 104), st.sampled_from([None, None, 201, 202]))


def simple(identity: int, *tongue: tuple[str, int], **more: object) -> Mover:
    """Somebody who speaks these languages and nothing else worth telling."""
    wage, hours = more.pop("wage", 16.0), more.pop("hours", 32.0)
    spoken = tuple(Spoken(*one) for one in tongue)
    limits = Limits(**more.pop("limits", {}))  # type: ignore[arg-type]
    return Mover(Profile(identity, (), spoken, limits), hours, wage, **more)  # type: ignore[arg-type]


def opening(identity: int, *tongue: tuple[str, int], seats: int = 1, pay: float = 16.0, **asked: object) -> Offer:
    """An offer that asks these languages and conditions."""
    demand = Demand(identity, (), tuple(Spoken(*one) for one in tongue), Conditions(**asked))  # type: ignore[arg-type]
    return Offer(demand, 1, pay, pay + 2, seats)
