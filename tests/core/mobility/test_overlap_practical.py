"""Practical points: agree, clash, or unknown; and what an opening cannot do without."""

from __future__ import annotations

from datetime import date

import pytest

from valley.core.mobility.overlap import OverlapPolicy, State, distance_km
from valley.core.mobility.overlap.gate import must_haves
from valley.core.mobility.overlap.practical import practical
from valley.core.profiles import (
    Conditions,
    Demand,
    Grade,
    Has,
    Importance,
    Limits,
    Need,
    Profile,
    Spoken,
    Vocabulary,
)

DAY = date(2026, 9, 1)
MAASTRICHT, HEERLEN = (50.851, 5.691), (50.888, 5.979)


@pytest.mark.parametrize(
    ("kind", "limits", "conditions", "state"),
    [
        ("hours", Limits(24, 32), Conditions(32, 40), State.OK),
        ("hours", Limits(24, 32), Conditions(36, 40), State.CLASH),
        ("hours", Limits(32, None), Conditions(16, 24), State.CLASH),
        ("hours", Limits(32, None), Conditions(16, None), State.UNKNOWN),
        ("hours", Limits(), Conditions(16, 24), State.OK),
        ("travel", Limits(max_km=30, place=MAASTRICHT), Conditions(place=HEERLEN), State.OK),
        ("travel", Limits(max_km=20, place=MAASTRICHT), Conditions(place=HEERLEN), State.CLASH),
        ("travel", Limits(max_km=20, place=MAASTRICHT), Conditions(place=HEERLEN, home_work=True), State.OK),
        (
            "travel",
            Limits(max_km=20, place=MAASTRICHT, home_work=False),
            Conditions(place=HEERLEN, home_work=True),
            State.CLASH,
        ),
        ("travel", Limits(max_km=20), Conditions(place=HEERLEN), State.UNKNOWN),
        ("shifts", Limits(nights=False), Conditions(nights=True), State.CLASH),
        ("shifts", Limits(nights=False), Conditions(evenings=True), State.OK),
        ("start", Limits(starts_on=DAY), Conditions(starts_until=DAY), State.CLASH),
        ("start", Limits(starts_on=DAY), Conditions(starts_from=DAY), State.OK),
        ("start", Limits(starts_on=DAY), Conditions(), State.UNKNOWN),
        ("length", Limits(months_min=12), Conditions(months=6), State.CLASH),
        ("length", Limits(months_min=12), Conditions(months=12), State.OK),
        ("length", Limits(months_min=12), Conditions(), State.UNKNOWN),
    ],
)
def test_a_practical_point_agrees_clashes_or_asks(kind, limits, conditions, state):
    points = practical(limits, conditions)
    assert [point.kind for point in points] == ["hours", "travel", "shifts", "start", "length"]
    assert next(point.state for point in points if point.kind == kind) is state


def test_a_person_who_states_no_limit_never_clashes():
    asks = Conditions(36, 40, HEERLEN, True, True, True, True, False, DAY, None, 6)
    assert {point.state for point in practical(Limits(), asks)} == {State.OK}


def test_distance_is_an_estimate_by_road_and_unknown_without_a_place():
    assert distance_km(MAASTRICHT, HEERLEN) == pytest.approx(26.8, abs=0.1)
    assert distance_km(MAASTRICHT, MAASTRICHT) == 0
    assert distance_km(None, HEERLEN) is None


def test_every_must_have_is_met_or_named():
    person = Profile(
        1,
        (Has(1, 2, Grade.SELF, DAY), Has(2, 3, Grade.OBSERVED, DAY)),
        (Spoken("nl", 4), Spoken("de", 2)),
        Limits(evenings=False),
        frozenset({"vog"}),
    )
    opening = Demand(
        9,
        (Need(1, 3, Importance.MUST), Need(2, 3, Importance.MUST), Need(5, 1)),
        (Spoken("nl", 4), Spoken("de", 3), Spoken("fr", 1)),
        Conditions(evenings=True, weekends=True, permits=frozenset({"vog", "driving-licence-b"})),
    )
    found = must_haves(person, opening, Vocabulary(), OverlapPolicy())
    assert [(gate.kind, gate.subject, gate.met, gate.has, gate.asked) for gate in found] == [
        ("language", "de", False, 2, 3),
        ("language", "fr", False, 0, 1),
        ("language", "nl", True, 4, 4),
        ("permit", "driving-licence-b", False, 0, 1),
        ("permit", "vog", True, 1, 1),
        ("evening", "evening", False, 0, 1),
        ("weekend", "weekend", True, 1, 1),
        ("competence", 1, False, 2, 3),
        ("competence", 2, True, 3, 3),
    ]


def test_a_region_may_call_a_must_have_met_from_half_credit():
    person, opening = Profile(1, (Has(1, 2, Grade.SELF, DAY),)), Demand(9, (Need(1, 3, Importance.MUST),))
    (strict,) = must_haves(person, opening, Vocabulary(), OverlapPolicy())
    (lenient,) = must_haves(person, opening, Vocabulary(), OverlapPolicy(must_credit=0.5))
    assert (strict.met, lenient.met) == (False, True)
