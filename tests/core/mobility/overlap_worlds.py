"""Random persons, openings and vocabularies for the laws of overlap: small, so that everything meets everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from valley.core.mobility.overlap import OverlapPolicy
from valley.core.profiles import (
    Conditions,
    Demand,
    Grade,
    Has,
    Importance,
    Kind,
    Limits,
    Need,
    Profile,
    Spoken,
    Vocabulary,
)

DAY = date(2026, 9, 1)
COMPETENCES = range(1, 13)

levels = st.integers(1, 4)
days = st.integers(0, 4000).map(lambda ago: DAY - timedelta(days=ago))
places = st.none() | st.tuples(st.floats(50.7, 51.0), st.floats(5.6, 6.1))
tongues = st.dictionaries(st.sampled_from(["nl", "de", "en"]), st.integers(1, 6), max_size=2).map(
    lambda spoken: tuple(Spoken(code, cefr) for code, cefr in spoken.items())
)
permit_sets = st.frozensets(st.sampled_from(["driving-licence-b", "vog"]), max_size=2)
hours = st.none() | st.integers(8, 40).map(float)


def ordered(pair: tuple[float | None, float | None]) -> tuple[float | None, float | None]:
    low, high = pair
    return (high, low) if low is not None and high is not None and low > high else (low, high)


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    groups = {c: draw(st.lists(st.integers(20, 24), max_size=2).map(tuple)) for c in COMPETENCES}
    broader = {g: draw(st.lists(st.integers(30, 31), max_size=1).map(tuple)) for g in range(20, 25)}
    pair = st.tuples(st.sampled_from(COMPETENCES), st.sampled_from(COMPETENCES))
    relations = draw(st.lists(pair, max_size=3))
    idf = draw(st.dictionaries(st.sampled_from(COMPETENCES), st.floats(0.2, 8), max_size=12))
    kinds = draw(st.dictionaries(st.sampled_from(COMPETENCES), st.sampled_from(list(Kind)), max_size=6))
    return Vocabulary(groups, broader, relations, idf, kinds)


@st.composite
def profiles(draw: st.DrawFn, identity: int = 1, least: int = 0) -> Profile:
    held = draw(st.lists(st.sampled_from(COMPETENCES), unique=True, min_size=least, max_size=7))
    has = tuple(Has(c, draw(levels), draw(st.sampled_from(Grade)), draw(days)) for c in held)
    least_hours, most_hours = ordered((draw(hours), draw(hours)))
    limits = Limits(
        least_hours,
        most_hours,
        draw(st.none() | st.floats(0, 40)),
        draw(places),
        *(draw(st.booleans()) for _ in range(5)),
        draw(st.none() | days),
        draw(st.none() | st.integers(0, 24)),
    )
    return Profile(identity, has, draw(tongues), limits, draw(permit_sets))


@st.composite
def demands(draw: st.DrawFn, identity: int = 9, least: int = 0) -> Demand:
    needed = draw(st.lists(st.sampled_from(COMPETENCES), unique=True, min_size=least, max_size=6))
    weight = st.sampled_from([0.5, 1.0, 1.0, 2.0])
    needs = tuple(Need(c, draw(levels), draw(st.sampled_from(Importance)), draw(weight)) for c in needed)
    least_hours, most_hours = ordered((draw(hours), draw(hours)))
    until = draw(st.none() | days)
    conditions = Conditions(
        least_hours,
        most_hours,
        draw(places),
        *(draw(st.booleans()) for _ in range(5)),
        until and until - timedelta(days=30),
        until,
        draw(st.none() | st.integers(0, 24)),
        draw(permit_sets),
    )
    return Demand(identity, needs, draw(tongues), conditions)


policies = st.builds(
    OverlapPolicy,
    must=st.sampled_from([1.0, 2.0, 3.0]),
    idf_power=st.sampled_from([0.0, 1.0, 1.5, 2.0]),
    mean=st.sampled_from(["harmonic", "geometric"]),
    relatives=st.sampled_from([0.0, 0.4, 1.0]),
    must_credit=st.sampled_from([0.5, 1.0]),
    least_confirmed=st.sampled_from([0, 1, 3]),
    age_evidence=st.booleans(),
    k=st.integers(1, 4),
)
unlimited = policies.map(lambda policy: replace(policy, least_confirmed=0))


def people(most: int = 6) -> st.SearchStrategy[list[Profile]]:
    """Several persons with the ids 1, 2, 3..."""
    return (
        st.integers(0, most)
        .flatmap(lambda n: st.tuples(*(profiles(identity) for identity in range(1, n + 1))))
        .map(list)
    )


def openings(most: int = 6) -> st.SearchStrategy[list[Demand]]:
    """Several openings with the ids 101, 102..."""
    return st.integers(0, most).flatmap(lambda n: st.tuples(*(demands(100 + i) for i in range(1, n + 1)))).map(list)
