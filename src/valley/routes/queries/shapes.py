"""What does somebody ask of the chains towards a diploma, and in which shape is it answered?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valley.chains.queries import plans, shapes
from valley.routes.queries.chosen import PracticeLine, RouteSettings


@dataclass(frozen=True, slots=True)
class RouteQuestion:
    """Which chains does somebody ask for? What is not asked is as the settings and the passport say.

    ``qualification`` is a key such as ``commercie/P2``. ``k`` chains at most (1-5). ``without`` are ids of employers.
    ``language`` is (code, CEFR 1-6): as if the person had that level.
    """

    qualification: str
    k: int = 3
    without: tuple[int, ...] = ()
    max_km: int | None = None
    gap_days: int | None = None
    starts_on: date | None = None
    language: tuple[str, int] | None = None

    @property
    def what_if(self) -> bool:
        """True when something differs from what the person chose."""
        return bool(self.without) or any(
            one is not None for one in (self.max_km, self.gap_days, self.starts_on, self.language)
        )


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
