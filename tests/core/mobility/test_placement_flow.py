"""Without courses a placement is an assignment problem: the same as scipy's, on every goal."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import linear_sum_assignment
from tests.core.mobility.placement_worlds import PLACES, POLICY, WORDS, opening, openings, people, simple

from valley.core.mobility.placement import Wishes, place
from valley.core.mobility.placement.checker import check
from valley.core.mobility.placement.terms import terms
from valley.core.mobility.placement.twin import fits


def assigned(movers, offers, vocabulary):
    """Goals of scipy's best assignment with every seat a column: weights nested no goal outweighs one before."""
    seats = [offer for offer in offers for _ in range(offer.seats)]
    told = {
        (row, column): terms(mover, offer)
        for row, mover in enumerate(movers)
        for column, offer in enumerate(seats)
        if fits(mover, offer, None, POLICY, vocabulary)
    }
    count = len(movers) + 1
    travel = count
    loss = travel * (count * max((one.travel for one in told.values()), default=0) + count)
    placed = loss * (count * max((one.loss for one in told.values()), default=0) + count)
    assert placed * count < 2**53
    worth = np.zeros((len(movers), len(seats)))
    for cell, one in told.items():
        worth[cell] = placed - loss * one.loss - travel * one.travel + one.wish
    rows, columns = linear_sum_assignment(worth, maximize=True)
    taken = [told[cell] for cell in zip(rows.tolist(), columns.tolist(), strict=True) if cell in told]
    return len(taken), sum(t.loss for t in taken), sum(t.travel for t in taken), sum(t.wish for t in taken)


def reached(plan):
    return tuple(plan.value(goal) for goal in ("placed", "loss", "travel", "wishes"))


@settings(max_examples=60, deadline=None)
@given(people(6), openings(5))
def test_a_plan_without_courses_is_the_best_assignment_on_every_goal(movers, offers):
    plan = place(movers, offers, policy=POLICY, vocabulary=WORDS)
    assert reached(plan) == assigned(movers, offers, WORDS)


@pytest.mark.parametrize("seed", range(4))
def test_a_larger_group_is_the_best_assignment_too(seed):
    random = Random(seed)
    movers = [
        simple(
            n,
            ("nl", random.randint(1, 4)),
            *[("de", 3)] * random.randint(0, 1),
            wage=random.choice([None, 15.0, 15.5, 16.0]),
            wishes=Wishes(frozenset({random.randint(1, 3)})),
            limits={"place": random.choice(PLACES), "max_km": random.choice([20.0, 40.0])},
        )
        for n in range(1, 41)
    ]
    offers = [
        opening(
            100 + n,
            random.choice([("nl", 3), ("nl", 4), ("de", 3)]),
            seats=random.randint(1, 2),
            pay=random.choice([15.0, 15.4]),
            place=random.choice(PLACES),
            hours_max=random.choice([None, 28.0]),
        )
        for n in range(1, 26)
    ]
    plan = place(movers, offers, policy=POLICY)
    assert reached(plan) == assigned(movers, offers, WORDS)
    assert plan.proven
    assert check(plan, movers, offers, policy=POLICY) == ()
    assert plan.placed < len(movers)
