"""In which shape are the chains towards a diploma answered to a person?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valley.chains.queries import plans, shapes
from valley.routes.queries.chosen import PracticeLine, RouteSettings


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to fill in before chains can be computed; ``page`` is the name of the address where that is done."""

    words: str
    page: str


@dataclass(frozen=True, slots=True)
class RelayRoutes:
    """Chains towards a qualification for one person, best first, or why there is none.

    Openings are ordered for a person, never people. ``compared`` openings were looked at; ``fingerprint`` is of
    everything the answer follows from.
    """

    person: int
    on: date
    plan: plans.PlanPage
    settings: RouteSettings
    practice: tuple[PracticeLine, ...]
    missing: tuple[Missing, ...]
    compared: int
    chains: tuple[shapes.ChainLine, ...]
    why_not: shapes.WhyNot | None
    order_words: str
    fingerprint: str
