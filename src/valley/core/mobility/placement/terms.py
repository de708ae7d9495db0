"""What does this person lose, travel and wish in this offer?"""

from __future__ import annotations

from dataclasses import dataclass

from valley.core.mobility.overlap import distance_km
from valley.core.mobility.placement.shapes import Course, Mover, Offer


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers of one person in one offer; units as in `Assignment`."""

    hours_lost: float
    wage_lost: int | None
    loss: int
    km: float | None
    travel: int
    wish: bool


def terms(mover: Mover, offer: Offer) -> Terms:
    """Hours, wage and income lost, travel, and whether it is a wish.

    Somebody keeps the hours of the old job, or fewer where the own limit is lower; the offer's range may cut or raise
    them. Income lost a week = hours kept x old wage - hours there x least pay, at least 0; for an unknown wage it is
    hours lost x least pay. An unknown place counts no travel, as does work that can be and is wanted at home.

    >>> from valley.core.profiles import Conditions, Demand, Profile
    >>> there = Offer(Demand(7, (), (), Conditions(hours_max=24.0)), employer=3, pay_min=15.0, pay_max=18.0)
    >>> now = terms(Mover(Profile(1, ()), hours=32.0, wage=16.0), there)
    >>> now.hours_lost, now.wage_lost, now.loss
    (8.0, 100, 15200)
    """
    limits, asked = mover.profile.limits, offer.demand.conditions
    kept = mover.hours if limits.hours_max is None else min(mover.hours, limits.hours_max)
    there = kept if asked.hours_max is None else min(kept, asked.hours_max)
    there = there if asked.hours_min is None else max(there, asked.hours_min)
    lost = max(0.0, kept - there)
    pay = round(100 * offer.pay_min)
    wage = None if mover.wage is None else round(100 * mover.wage)
    loss = lost * pay if wage is None else max(0.0, kept * wage - there * pay)
    km = distance_km(limits.place, asked.place)
    home = limits.home_work and asked.home_work
    return Terms(
        hours_lost=lost,
        wage_lost=None if wage is None else max(0, wage - pay),
        loss=round(loss),
        km=km,
        travel=0 if home or km is None else round(10 * km),
        wish=offer.employer in mover.wishes.employers or offer.sector in mover.wishes.sectors,
    )


def heads_cost(course: Course) -> int:
    """What one more person on a course costs, in euro cents."""
    return round(100 * course.cost_a_head)


def fixed_cost(course: Course) -> int:
    """What opening a course costs, in euro cents."""
    return round(100 * course.cost)
