"""Invented openings and learners for the tests of relay routes: small, so that every chain can be written down."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from valley.core.mobility.law import Rule
from valley.core.mobility.routes import Done, Learner, Offer, Qualification, RoutePolicy, Routes, routes
from valley.core.mobility.routes.twin import World
from valley.core.profiles import Conditions, Demand, Gives, Grade, Has, Importance, Limits, Need, Profile, Spoken

FREE = date(2027, 6, 1)  # two links later it is August, so that school years close inside a chain
ALWAYS = ((date(2020, 1, 1), None),)
HOME = (50.85, 5.69)
CHAIN_RULE = Rule(
    "chain-rule",
    "law",
    date(2020, 1, 1),
    numbers={"contracts": Decimal(1), "months": Decimal(36), "gap_months": Decimal(6)},
)
BBL = Rule("bbl-exception", "law", date(2020, 1, 1))


def offer(
    id: int,
    employer: int,
    start: date,
    months: int,
    practises: dict[str, int],
    *,
    days: int = 1,
    **more: object,
) -> Offer:
    """One opening that can be started on ``days`` days; further fields of Offer, Demand and Conditions by name."""
    own = {name: more.pop(name) for name in ("role", "kind", "seats", "recognised", "gives") if name in more}
    asked = {name: more.pop(name) for name in ("needs", "spoken") if name in more}
    window = {"starts_from": start, "starts_until": start + timedelta(days=days), "months": months}
    demand = Demand(id, asked.get("needs", ()), asked.get("spoken", ()), Conditions(**window, **more))  # type: ignore[arg-type]
    return Offer(demand, employer, practises=practises, **{"recognised": ALWAYS, **own})  # type: ignore[arg-type]


def learner(*, starts_on: date = FREE, **more: object) -> Learner:
    """A learner who is free on a day; fields of Limits, Profile and Learner by name."""
    own = {name: more.pop(name) for name in ("proven", "exempt_months", "avoid", "contracts", "done") if name in more}
    has = {name: more.pop(name) for name in ("has", "spoken", "permits") if name in more}
    profile = Profile(1, **{"has": (), **has}, limits=Limits(starts_on=starts_on, **more))  # type: ignore[arg-type]
    return Learner(profile, **own)  # type: ignore[arg-type]


def must(competence: int, level: int) -> Need:
    return Need(competence, level, Importance.MUST)


def solved(world: World) -> Routes:
    return routes(world.offers, world.learner, world.qualification, rules=world.rules, policy=world.policy)


@st.composite
def offers(draw: st.DrawFn, id: int) -> Offer:
    month = draw(st.sampled_from([6, 7, 8, 9]))
    start = date(2027, month, 1) + timedelta(days=draw(st.sampled_from([0, 0, -1, 1])))
    processes = draw(st.lists(st.sampled_from(["W1", "W2", "W3"]), min_size=1, max_size=3, unique=True))
    end = start + timedelta(days=draw(st.integers(20, 90)))
    return offer(
        id,
        draw(st.integers(1, 4)),
        start,
        draw(st.integers(1, 2)),
        {code: draw(st.sampled_from([20, 40, 60])) for code in processes},
        days=draw(st.integers(1, 4)),
        recognised=draw(st.sampled_from([ALWAYS, ALWAYS, ALWAYS, ((date(2020, 1, 1), end),)])),
        kind=draw(st.sampled_from(["work-based-learning", "work-based-learning", "fixed-term"])),
        needs=draw(st.sampled_from([(), (), (), (must(5, 2),)])),
        gives=draw(st.sampled_from([(), (Gives(5, 2),)])),
        spoken=draw(st.sampled_from([(), (), (), (), (Spoken("de", 3),)])),
        place=draw(st.sampled_from([HOME, HOME, (50.89, 5.98), (51.19, 5.99), None])),
        evenings=draw(st.sampled_from([False, False, False, True])),
    )


@st.composite
def worlds(draw: st.DrawFn, most: int = 8) -> World:
    count = draw(st.integers(most // 2, most))
    row = tuple(draw(offers(id=one)) for one in range(1, count + 1))
    asked = Qualification(
        {code: draw(st.sampled_from([0, 20, 20, 40])) for code in ("W1", "W2", "W3")},
        months=draw(st.sampled_from([1, 2, 2, 3])),
        practice_hours_a_year=draw(st.sampled_from([0, 0, 0, 200, 400])),
    )
    who = learner(
        has=draw(st.sampled_from([(), (Has(5, 1, Grade.SELF, FREE),), (Has(5, 2, Grade.SELF, FREE),)])),
        spoken=draw(st.sampled_from([(), (Spoken("de", 3),)])),
        place=draw(st.sampled_from([HOME, None])),
        max_km=draw(st.sampled_from([None, 30.0, 60.0])),
        evenings=draw(st.booleans()),
        proven={"W1": draw(st.sampled_from([0, 20]))},
        exempt_months=draw(st.sampled_from([0, 0, 1])),
        avoid=draw(st.sampled_from([frozenset[int](), frozenset[int](), frozenset({3})])),
        done=draw(st.sampled_from([(), (), (), (DONE,), (BROKEN,)])),
    )
    policy = RoutePolicy(
        k=draw(st.integers(1, 3)),
        gap_days=draw(st.sampled_from([0, 0, 1, 2])),
        break_days=draw(st.sampled_from([0, 5])),
        longest=draw(st.sampled_from([3, 8])),
        breach_blocks=draw(st.booleans()),
        effort=100_000,
        widest_gap=5,
    )
    rules = draw(st.sampled_from([(), (CHAIN_RULE,), (CHAIN_RULE, BBL)]))
    return World(row, who, asked, rules, policy)


DONE = Done(9, date(2027, 5, 1), date(2027, 7, 1), {"W1": 60}, (Gives(5, 1),), offer=99)
BROKEN = Done(9, date(2027, 5, 1), date(2027, 6, 28), {"W1": 50}, kind="fixed-term", broken=True)
