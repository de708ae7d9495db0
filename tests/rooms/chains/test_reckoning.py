"""From which openings is a chain computed, and what does it lead to?"""

from __future__ import annotations

from tests import factories
from tests.rooms.routes.routes_region import FIRST, QUALIFICATION, STARTS

from valley.chains import queries
from valley.work import actions as work


def _offered(region, taken: dict[str, int] | None = None) -> dict[int, object]:
    seats = {region.jobs[name].id: number for name, number in (taken or {}).items()}
    base = queries.basis(region.learner, qualification=QUALIFICATION, taken=seats)
    return {offer.id: offer for offer in base.market.offers}


def test_every_open_opening_that_practises_something_is_offered_to_whoever_asks(region) -> None:
    assert set(_offered(region)) == {job.id for job in region.jobs.values()}
    here = queries.basis(region.learner, qualification=QUALIFICATION, taken={})
    elsewhere = queries.basis(factories.visitor(), qualification=QUALIFICATION, taken={})
    assert here == elsewhere


def test_an_opening_whose_seats_are_taken_and_one_that_closed_are_left_out(region) -> None:
    full, closed = region.jobs["a1"], region.jobs["c2"]
    work.close_opening(factories.operator(), slug=closed.slug, version=2)
    assert not {full.id, closed.id} & set(_offered(region, {"a1": 1}))
    assert full.id in _offered(region)


def test_a_taken_seat_of_several_leaves_the_others(region) -> None:
    region.add_job("wide", "alfa", starts_on=STARTS, practises=FIRST, seats=3)
    assert _offered(region, {"wide": 2})[region.jobs["wide"].id].seats == 1
    assert region.jobs["wide"].id not in _offered(region, {"wide": 3})


def test_whoever_practises_all_hours_of_a_work_process_leaves_with_its_competences(region) -> None:
    short = {"B1-K1-W1": FIRST["B1-K1-W1"] - 1}
    region.add_job("short", "delta", starts_on=STARTS, practises=short)
    offered = _offered(region)
    assert offered[region.jobs["a1"].id].gives
    assert not offered[region.jobs["short"].id].gives


def test_the_fingerprint_follows_what_is_offered(region) -> None:
    def mark(taken: dict[int, int]) -> str:
        return queries.basis(region.learner, qualification=QUALIFICATION, taken=taken).market.fingerprint

    assert mark({}) == mark({})
    assert mark({}) != mark({region.jobs["a1"].id: 1})


def test_the_diploma_asks_the_hours_of_the_plan_and_of_the_rules(region) -> None:
    goal = queries.basis(region.learner, qualification=QUALIFICATION, taken={}).qualification
    assert sum(goal.requires.values()) == 1220 and goal.months == 24
    assert (goal.practice_hours_a_year, goal.guided_hours_a_year) == (610, 200)
