"""Do relay routes say the planted truth: Sara's chains, and for each learner without one what stands in the way?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.core.mobility.routes_worlds import BBL, CHAIN_RULE, HOME, learner, must, offer, solved

from valley.core.mobility.routes import (
    Board,
    Done,
    InvalidRoute,
    Offer,
    Qualification,
    RoutePolicy,
    applied,
    replan,
    routes,
    routes_on,
)
from valley.core.mobility.routes.checker import check
from valley.core.mobility.routes.refusing import all_conditions, feasible
from valley.core.mobility.routes.twin import World
from valley.core.profiles import Gives, Grade, Has, Spoken

FEB, AUG, NEXT = date(2027, 2, 1), date(2027, 8, 1), date(2028, 2, 1)
ASKED = Qualification({"W1": 200, "W2": 200}, months=12)
FAR = (51.4, 6.2)


def two(**second: object) -> tuple[Offer, ...]:
    """A chain of two half years; ``second`` changes the second opening."""
    more: dict[str, object] = {"start": AUG, "months": 6, "practises": {"W2": 200}, **second}
    return offer(1, 7, FEB, 6, {"W1": 200}), offer(2, 8, **more)  # type: ignore[arg-type]


def world(offers: tuple[Offer, ...], who: object = None, **policy: object) -> World:
    return World(offers, who or learner(starts_on=FEB), ASKED, policy=RoutePolicy(**policy))  # type: ignore[arg-type]


def kinds(found: World) -> tuple[set[str], set[str]]:
    """The conditions of the first conflict, and the kinds of change that work; each is applied and solved again."""
    refusal = solved(found).refusal
    assert refusal is not None and refusal.conflicts
    for change in refusal.relaxations:
        row, who, policy = applied(change, found.offers, found.learner, found.policy)
        assert solved(World(row, who, ASKED, found.rules, policy)).chains
    return {one.kind for one in refusal.conflicts[0].conditions}, {one.kind for one in refusal.relaxations}


def test_two_half_years_carry_the_diploma_and_the_lone_partner_has_no_fallback() -> None:
    (chain,) = solved(world(two())).chains
    assert chain.offers == (1, 2) and chain.idle_days == 0 and (chain.survived, chain.of) == (0, 2)


def test_a_month_between_two_links_is_not_continuous() -> None:
    blocked, helps = kinds(world(two(start=date(2027, 9, 1)), widest_gap=31))
    assert "gap" in blocked and {"gap", "longer"} <= helps


def test_a_status_that_lapses_during_a_link_is_caught_by_search_and_checker() -> None:
    lapses = ((date(2020, 1, 1), date(2028, 1, 31)),)
    blocked, helps = kinds(world(two(recognised=lapses)))
    assert "recognised" in blocked and "status" in helps
    (chain,) = solved(world(two())).chains
    told = check(chain, two(recognised=lapses), learner(starts_on=FEB), ASKED)
    assert told == ("opening 2: is not recognised during the whole link",)


@pytest.mark.parametrize(
    ("second", "who", "kind"),
    [
        ({"place": FAR}, learner(starts_on=FEB, place=HOME, max_km=20.0), "distance"),
        ({"spoken": (Spoken("de", 3),)}, learner(starts_on=FEB, spoken=(Spoken("de", 2),)), "language"),
        ({"evenings": True}, learner(starts_on=FEB, evenings=False), "shift"),
        ({"hours_max": 16.0}, learner(starts_on=FEB, hours_min=24.0), "hours"),
        ({"permits": frozenset({"vog"})}, learner(starts_on=FEB), "permit"),
        ({"needs": (must(5, 2),)}, learner(starts_on=FEB), "entry"),
        ({}, learner(starts_on=date(2027, 2, 8)), "start"),
        ({}, learner(starts_on=date(2029, 1, 21)), "start"),  # free long after everything started
        ({}, learner(starts_on=FEB, avoid=frozenset({8})), "avoid"),
        ({}, learner(starts_on=FEB, months_min=7), "length"),
    ],
)
def test_what_blocks_is_named_and_its_change_works(second: dict[str, object], who: object, kind: str) -> None:
    blocked, helps = kinds(world(two(**second), who))
    assert kind in blocked and kind in helps


def test_where_no_single_change_is_enough_the_competences_that_are_together_are_told() -> None:
    has = (Has(7, 3, Grade.OBSERVED, FEB), Has(6, 1, Grade.SELF, FEB))
    first = replace(two()[0], gives=(Gives(8, 2),))
    found = world(
        (first, two(needs=(must(5, 2), must(6, 2), must(7, 3), must(8, 2)))[1]), learner(starts_on=FEB, has=has)
    )
    blocked, helps = kinds(found)
    assert "entry" in blocked and helps == {"learn"}
    refusal = solved(found).refusal
    assert refusal is not None
    (change,) = refusal.relaxations
    assert (change.subject, change.cost) == ("5:2 6:2", 36), "neither what she has nor what the first job gives"
    row, who, _policy = applied(change, found.offers, found.learner, found.policy)
    assert check(change.chain, row, who, ASKED) == ()
    assert check(change.chain, found.offers, found.learner, ASKED), "without it the chain does not stand"
    for fewer in ("5:2", "6:2"):
        _row, some, _same = applied(replace(change, subject=fewer), found.offers, found.learner, found.policy)
        assert not solved(World(found.offers, some, ASKED, found.rules, found.policy)).chains


def test_a_level_gained_in_one_link_opens_the_next() -> None:
    first = replace(offer(1, 7, FEB, 6, {"W1": 200}), gives=(Gives(5, 2),))
    (chain,) = solved(world((first, two(needs=(must(5, 2),))[1]))).chains
    assert chain.links[0].opens == (Gives(5, 2),)


def test_a_work_process_practised_nowhere_is_named_and_missing_in_the_partial_chain() -> None:
    found = world(two(practises={"W1": 10}))
    blocked, helps = kinds(found)
    assert "process" in blocked and "practise" not in helps  # 200 hours more than any step that is tried
    refusal = solved(found).refusal
    assert refusal is not None and refusal.partial is not None and dict(refusal.partial.missing) == {"W2": 200}


def test_half_a_year_short_is_named_as_duration() -> None:
    blocked, _ = kinds(world((offer(1, 7, FEB, 6, {"W1": 200, "W2": 200}),)))
    assert "duration" in blocked


def test_too_few_hours_in_a_school_year_are_named() -> None:
    asked = replace(ASKED, practice_hours_a_year=610)
    refusal = routes(two(), learner(starts_on=FEB), asked).refusal
    assert refusal is not None and "year" in {one.kind for one in refusal.conflicts[0].conditions}
    assert routes(two(), learner(starts_on=FEB), replace(asked, practice_hours_a_year=390)).chains


def test_the_chain_rule_blocks_two_contracts_of_one_employer_but_not_in_a_learning_job() -> None:
    same = tuple(replace(one, employer=7, kind="fixed-term") for one in two())
    rules = (CHAIN_RULE, BBL)  # one contract at most, in this invented law
    blocked = routes(same, learner(starts_on=FEB), ASKED, rules=rules)
    assert blocked.refusal is not None and "law" in {one.kind for one in blocked.refusal.conflicts[0].conditions}
    learning = tuple(replace(one, kind="work-based-learning") for one in same)
    assert routes(learning, learner(starts_on=FEB), ASKED, rules=rules).chains
    flagged = routes(same, learner(starts_on=FEB), ASKED, rules=rules, policy=RoutePolicy(breach_blocks=False))
    assert flagged.chains[0].flags == ("law",)


def test_a_partner_withdraws_and_what_is_done_stays() -> None:
    spare = offer(3, 9, AUG, 6, {"W2": 200})
    before = routes((*two(), spare), learner(starts_on=FEB), ASKED).chains[0]
    done = Done(7, FEB, AUG, {"W1": 200}, offer=1)
    again = replan(before.links, Board((spare,), ASKED), learner(starts_on=FEB, done=(done,)))
    assert [link.offer for link in again.stayed] == [1]
    assert [link.offer for link in again.went] == [2] and [link.offer for link in again.came] == [3]
    assert before.survived == 1 and before.fallbacks[1].links is not None


def test_a_broken_link_may_wait_as_long_as_the_policy_says() -> None:
    done = Done(7, FEB, date(2027, 7, 20), {"W1": 200}, offer=1, broken=True)
    who = learner(starts_on=FEB, done=(done,), exempt_months=1)
    assert not routes(two()[1:], who, ASKED, policy=RoutePolicy(break_days=11)).chains
    chain = routes(two()[1:], who, ASKED, policy=RoutePolicy(break_days=12)).chains[0]
    assert chain.flags == ("break",) and chain.idle_days == 12


def test_the_same_question_has_the_same_fingerprint_and_another_has_not() -> None:
    board = Board(two(), ASKED)
    one, other = routes_on(board, learner(starts_on=FEB)), routes_on(Board(two()[::-1], ASKED), learner(starts_on=FEB))
    assert one == other
    assert routes_on(board, learner(starts_on=AUG), refusal=False).fingerprint != one.fingerprint


@pytest.mark.parametrize(
    "offers",
    [
        (replace(two()[0], seats=0),),
        (offer(1, 7, FEB, 0, {}),),
        (replace(two()[0], recognised=((AUG, FEB),)),),
        (replace(two()[0], recognised=((FEB, None), (AUG, None))),),
        (offer(1, 7, FEB, 6, {"W1": -1}),),
        (two()[0], two()[0]),
    ],
)
def test_an_opening_that_cannot_exist_is_refused(offers: tuple[Offer, ...]) -> None:
    with pytest.raises(InvalidRoute) as told:
        routes(offers, learner(starts_on=FEB), ASKED)
    assert told.value.facts["offer"] == 1 and told.value.next_step


def test_links_that_are_done_must_not_overlap() -> None:
    done = (Done(7, FEB, AUG), Done(8, date(2027, 7, 1), NEXT))
    with pytest.raises(InvalidRoute):
        routes((), learner(starts_on=FEB, done=done), ASKED)


def test_many_entry_needs_are_named_only_when_each_of_them_blocks() -> None:
    """Six second jobs ask six other competences, all of which also ask one more: one is enough to say why."""
    first = two()[0]
    own = tuple(offer(10 + one, 8, AUG, 6, {"W2": 200}, needs=(must(one, 2),)) for one in range(1, 7))
    shared = tuple(offer(10 + one, 8, AUG, 6, {"W2": 200}, needs=(must(one, 2), must(9, 2))) for one in range(1, 7))
    for row, asked in ((own, set("123456")), (shared, {"9"})):
        table = Board((first, *row), ASKED)
        refusal = routes_on(table, learner(starts_on=FEB)).refusal
        assert refusal is not None
        held = frozenset(refusal.conflicts[0].conditions)
        assert {one.subject for one in held if one.kind == "entry"} == asked and refusal.conflicts[0].minimal
        everything = frozenset(all_conditions(table, learner(starts_on=FEB)))
        assert not feasible(table, learner(starts_on=FEB), everything - held)
        assert all(feasible(table, learner(starts_on=FEB), everything - held | {one}) for one in held)
