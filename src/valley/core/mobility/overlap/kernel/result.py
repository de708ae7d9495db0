"""What does a run over a whole sector leave behind: a list per person, and counts, never names, per opening?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.overlap.kernel.gates import Gate

Whole = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

NOTHING = -1
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """An opening in a person's list."""

    opening: int
    fit: float


@dataclass(frozen=True, slots=True)
class OpeningCounts:
    """One opening in numbers of persons, for group statistics. Counts are raw: suppress small cells before showing.

    ``compared`` persons had enough to compare; ``possible`` of them meet every must-have; ``listed`` of those have the
    opening in their own list; ``tenths`` counts the possible persons per tenth of fit (the last includes 1.0);
    ``lacking`` counts, per must-have, the compared persons who do not meet it.
    """

    opening: int
    compared: int
    possible: int
    listed: int
    tenths: tuple[int, ...]
    lacking: tuple[tuple[Gate, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class SectorResult:
    """The outcome of a run; arrays are read-only, persons and openings sorted by id.

    ``openings_listed`` (persons x k, opening ids, -1 where a list ends) and ``fits_listed`` (0 there) hold openings
    with every must-have met, best first, ties by opening id; fit 0 is not listed. There is no list of persons per
    opening, on purpose: persons are never ordered for an employer. ``compared`` flags persons with enough evidence.
    """

    persons: Whole
    compared: NDArray[np.bool_]
    openings_listed: Whole
    fits_listed: Reals
    openings: Whole
    possible: Whole
    tenths: Whole
    gates: tuple[tuple[Gate, ...], ...]
    lacking: Whole
    policy: str
    inputs: str

    def __post_init__(self) -> None:
        for array in (self.persons, self.compared, self.openings_listed, self.fits_listed):
            array.flags.writeable = False
        for array in (self.openings, self.possible, self.tenths, self.lacking):
            array.flags.writeable = False

    def openings_for(self, person: int) -> tuple[Listed, ...]:
        """The list of one person, best fit first; empty when nothing is possible or there is too little to compare."""
        row = int(np.searchsorted(self.persons, person))
        if row == len(self.persons) or self.persons[row] != person:
            raise KeyError(person)
        pairs = zip(self.openings_listed[row].tolist(), self.fits_listed[row].tolist(), strict=True)
        return tuple(Listed(opening, fit) for opening, fit in pairs if opening != NOTHING)

    def counts(self) -> tuple[OpeningCounts, ...]:
        """Counts per opening, by opening id."""
        shown = self.openings_listed[self.openings_listed != NOTHING]
        times = np.bincount(np.searchsorted(self.openings, shown), minlength=len(self.openings)).tolist()
        compared = int(self.compared.sum())
        lacks = iter(self.lacking.tolist())
        return tuple(
            OpeningCounts(opening, compared, possible, listed, tuple(tenths), tuple((g, next(lacks)) for g in gates))
            for opening, possible, listed, tenths, gates in zip(
                self.openings.tolist(), self.possible.tolist(), times, self.tenths.tolist(), self.gates, strict=True
            )
        )
