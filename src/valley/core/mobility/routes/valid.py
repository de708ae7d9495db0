"""Can a route be looked for with these openings, this learner, this qualification and this policy?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import get_args

from valley.core.mobility.law.shapes import ContractKind
from valley.core.mobility.routes.shapes import COSTS, InvalidRoute, Learner, Offer, Period, Qualification, RoutePolicy

MOST_HOURS = 16_000  # per work process: a lane of the search has fifteen bits, and two of these must fit in one
MOST_MONTHS = 1_200  # as in valley.core.profiles
MOST_LINKS = 24


def require(holds: bool, expected: str, found: object, next_step: str, **facts: object) -> None:
    """Raise `InvalidRoute` with these words unless ``holds``.

    >>> require(True, "a seat", 0, "Add a seat.")
    """
    if not holds:
        raise InvalidRoute(expected=expected, found=found, next_step=next_step, **facts)


def require_offers(offers: Iterable[Offer]) -> None:
    """Raise `InvalidRoute` for the first opening that cannot exist.

    >>> from valley.core.profiles import Demand
    >>> try:
    ...     require_offers([Offer(Demand(7, ()), employer=1, seats=0)])
    ... except InvalidRoute as error:
    ...     print(error.expected, "/", error.found, "/", error.facts)
    at least 1 seat / 0 / {'offer': 7}
    """
    seen: set[int] = set()
    for offer in offers:
        require(offer.id not in seen, "each opening once", f"{offer.id} twice", "Keep one.", offer=offer.id)
        seen.add(offer.id)
        _require_offer(offer)


def _require_offer(offer: Offer) -> None:
    one, asked = offer.id, offer.demand.conditions
    require(offer.seats >= 1, "at least 1 seat", offer.seats, "Leave the opening out, or add a seat.", offer=one)
    require(offer.kind in get_args(ContractKind), "a known kind of contract", offer.kind, "Correct it.", offer=one)
    months = asked.months
    held = months is not None and 1 <= months <= MOST_MONTHS
    require(held, f"a length of 1 to {MOST_MONTHS} months", months, "Give the length of the contract.", offer=one)
    window = (asked.starts_from, asked.starts_until)
    require(None not in window, "a first and a last day to start", window, "Give the start window.", offer=one)
    _require_hours(offer.practises, "practised", offer=one)
    _require_periods(offer.recognised, offer=one)


def _require_periods(periods: tuple[Period, ...], **facts: object) -> None:
    for start, end in periods:
        require(end is None or start < end, "a period of at least a day", (start, end), "Swap the days.", **facts)
    for (_, end), (start, _) in pairwise(sorted(periods, key=lambda period: period[0])):
        apart = end is not None and end <= start
        require(apart, "periods of recognition that do not overlap", (end, start), "Join them.", **facts)


def _require_hours(hours: Mapping[str, int], noun: str, **facts: object) -> None:
    for process, count in hours.items():
        right = 0 <= count <= MOST_HOURS
        require(right, f"0 to {MOST_HOURS} hours {noun}", f"{count} in {process}", "Correct the hours.", **facts)


def require_learner(learner: Learner) -> None:
    """Raise `InvalidRoute` when no route can start, or links that are done overlap.

    >>> from valley.core.profiles import Profile
    >>> try:
    ...     require_learner(Learner(Profile(1, ())))
    ... except InvalidRoute as error:
    ...     print(error.expected)
    the first day the learner is free
    """
    starts = learner.profile.limits.starts_on
    require(starts is not None, "the first day the learner is free", starts, "Ask for it.", learner=learner.id)
    months = learner.exempt_months
    require(0 <= months <= MOST_MONTHS, "0 or more exempt months", months, "Correct it.", learner=learner.id)
    _require_hours(learner.proven, "proven", learner=learner.id)
    for link in learner.done:
        days = (link.starts_on, link.ends_on)
        require(link.starts_on < link.ends_on, "a link of at least a day", days, "Swap the days.", learner=learner.id)
        _require_hours(link.hours, "practised", learner=learner.id)
    for before, after in pairwise(learner.done):
        apart = before.ends_on <= after.starts_on
        days = (before.ends_on, after.starts_on)
        require(apart, "links in order that do not overlap", days, "Correct the days.", learner=learner.id)


def require_terms(qualification: Qualification, policy: RoutePolicy) -> None:
    """Raise `InvalidRoute` for a qualification or policy that cannot be.

    >>> try:
    ...     require_terms(Qualification({"W1": 100}, months=0), RoutePolicy())
    ... except InvalidRoute as error:
    ...     print(error.expected, "/", error.found)
    a length of 1 month or more / 0
    """
    months = qualification.months
    require(1 <= months <= MOST_MONTHS, "a length of 1 month or more", months, "Give the nominal months.")
    _require_hours(qualification.requires, "required")
    for hours in (qualification.practice_hours_a_year, qualification.guided_hours_a_year):
        require(0 <= hours <= 8_784, "hours a year from 0 to 8,784", hours, "Correct the rule.")
    require(1 <= policy.k <= 20, "1 to 20 chains", policy.k, "Change k.")
    require(1 <= policy.longest <= MOST_LINKS, f"1 to {MOST_LINKS} links", policy.longest, "Change the policy.")
    for days in (policy.gap_days, policy.break_days, policy.widest_gap):
        require(0 <= days <= 366, "0 to 366 days", days, "Change the policy.")
    priced = set(policy.costs) >= set(COSTS) and min(policy.costs.values()) > 0
    require(priced, "a cost above 0 for every relaxation", dict(policy.costs), "Add the kinds that lack one.")
