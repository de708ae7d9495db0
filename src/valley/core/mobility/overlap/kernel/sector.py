"""Which openings suit each person of a region, and in what numbers, exactly and at once?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from valley.core.errors import ValleyError
from valley.core.mobility.overlap.kernel.crowd import Crowd
from valley.core.mobility.overlap.kernel.gates import Gate, Gates
from valley.core.mobility.overlap.kernel.index import Index, Reals, Whole
from valley.core.mobility.overlap.kernel.paths import Paths
from valley.core.mobility.overlap.kernel.prints import demand_print, frame_print, person_print, total
from valley.core.mobility.overlap.kernel.result import SectorResult
from valley.core.mobility.overlap.kernel.tally import Setting
from valley.core.mobility.overlap.policy import OverlapPolicy
from valley.core.profiles import Demand, Profile, Vocabulary


class UnknownInSector(ValleyError):
    """A change or a run names a person or opening twice, or one that was not in the run."""

    code = "unknown-in-sector"


class Sector:
    """All openings of a region, indexed once, for one person or for everybody.

    ``on`` is the day of comparison (matters only when the policy ages evidence). Building costs about 10 microseconds
    per need. Equal to `overlap` for every pair, to the last bit; independent of the order of persons and openings.

    >>> from valley.core.profiles import Grade, Has, Need
    >>> day = date(2026, 9, 1)
    >>> sector = Sector((Demand(8, (Need(5, 1),)), Demand(9, (Need(1, 3), Need(2, 3)))), Vocabulary(),
    ...                 OverlapPolicy(), on=day)
    >>> person = Profile(1, tuple(Has(c, 3, Grade.OBSERVED, day) for c in (1, 2, 3)))
    >>> sector.fits(person).tolist(), sector.run([person]).openings_for(1)
    ([0.0, 0.8], (Listed(opening=9, fit=0.8),))
    """

    def __init__(self, demands: Sequence[Demand], vocabulary: Vocabulary, policy: OverlapPolicy, *, on: date) -> None:
        self.demands = tuple(sorted(demands, key=lambda demand: demand.id))
        self.openings: Whole = np.array([demand.id for demand in self.demands], dtype=np.int64)
        _require_distinct(self.openings, "opening")
        index = Index(self.demands, vocabulary, policy)
        self._gates = Gates(self.demands, index, policy)
        self._vocabulary, self._policy, self._on = vocabulary, policy, on
        self.paths = Paths(Setting(self.openings, index, self._gates, vocabulary, policy, on))
        frame = frame_print(vocabulary.fingerprint, policy.fingerprint(), on)
        self.inputs = sum(demand_print(demand) for demand in self.demands) + frame

    def fits(self, profile: Profile) -> Reals:
        """One person's fit with every opening, in order of opening id; NaN where there is too little to compare.

        Milliseconds for 10,000 openings. Must-haves are not applied here: see `run`.
        """
        return self.paths.ready().fits(Crowd([profile]))[0]

    def prepare(self, persons: int) -> None:
        """Load the compiled way if a run over so many persons pays for it; answers do not depend on it.

        Half a second, and some seconds the first time after an installation: not for a request.
        """
        self.paths.prepare(persons)

    def run(self, profiles: Sequence[Profile]) -> SectorResult:
        """The list of every person and the counts of every opening. Pass only persons who consented to this run."""
        crowd = Crowd(sorted(profiles, key=lambda profile: profile.id))
        ids = np.array([profile.id for profile in crowd.people], dtype=np.int64)
        _require_distinct(ids, "person")
        tally = self.paths.ready().tally(crowd)
        prints = (person_print(*each) for each in zip(crowd.people, crowd.prints(), strict=True))
        return SectorResult(
            persons=ids,
            compared=crowd.compared(self._policy),
            openings_listed=tally.listed,
            fits_listed=tally.fits,
            openings=self.openings,
            possible=tally.possible,
            tenths=tally.tenths,
            gates=tuple(self._gates_of(column) for column in range(len(self.openings))),
            lacking=tally.lacking[self._gates.flat],
            policy=self._policy.fingerprint(),
            inputs=total(self.inputs, *prints),
        )

    def only(self, opening: int) -> Sector:
        """A sector of this opening alone, or empty when it is not here."""
        mine = [demand for demand in self.demands if demand.id == opening]
        return Sector(mine, self._vocabulary, self._policy, on=self._on)

    def with_demand(self, demand: Demand) -> Sector:
        """A sector in which this opening is new or replaces the one with the same id."""
        others = [other for other in self.demands if other.id != demand.id]
        return Sector((*others, demand), self._vocabulary, self._policy, on=self._on)

    def without_demand(self, opening: int) -> Sector:
        """A sector without this opening."""
        others = [other for other in self.demands if other.id != opening]
        if len(others) == len(self.demands):
            raise UnknownInSector(expected="an opening of this sector", found=opening, next_step="Check the id.")
        return Sector(others, self._vocabulary, self._policy, on=self._on)

    def _gates_of(self, column: int) -> tuple[Gate, ...]:
        first, last = int(self._gates.starts[column]), int(self._gates.starts[column + 1])
        numbers: list[int] = self._gates.flat[first:last].tolist()
        return tuple(self._gates.gates[number] for number in numbers)


def _require_distinct(ids: Whole, noun: str) -> None:
    values, times = np.unique(ids, return_counts=True)
    if (times > 1).any():
        twice = values[times > 1].tolist()
        raise UnknownInSector(expected=f"each {noun} once", found=f"twice: {twice}", next_step="Leave one out.")
