"""Which openings suit each person of a region, and in what numbers, exactly and at once?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[reportMissingTypeStubs]

from valley.core.errors import ValleyError
from valley.core.mobility.overlap.fit import freshness_parts
from valley.core.mobility.overlap.kernel.crowd import Crowd
from valley.core.mobility.overlap.kernel.gates import Flags, Gate, Gates
from valley.core.mobility.overlap.kernel.index import Index, Reals, Table, Whole, compact, highest
from valley.core.mobility.overlap.kernel.prints import demand_print, frame_print, person_print, total
from valley.core.mobility.overlap.kernel.result import NOTHING, TENTHS, SectorResult
from valley.core.mobility.overlap.policy import CREDIT_UNIT, USE_UNIT, OverlapPolicy
from valley.core.profiles import Demand, Profile, Vocabulary

BLOCK_CELLS = 4_000_000  # numbers held at once while scoring: about 50 MB of scratch
THINGS_EACH = 25  # things that one more person adds, at most about


class UnknownInSector(ValleyError):
    """A change or a run names a person or opening twice, or one that was not in the run."""

    code = "unknown-in-sector"


@dataclass(frozen=True, slots=True)
class _Scored:
    """Persons x openings: fit (NaN where there is too little to compare), every must-have met, gates lacked."""

    fits: Reals
    possible: Flags
    lacks: Flags


@dataclass(frozen=True, slots=True)
class _Tables:
    """What the things that a crowd holds count for: relatives, credit parts per key, own weight."""

    relatives: Table
    credits: Table
    weights: Reals


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
        self._vocabulary, self._policy, self._on = vocabulary, policy, on
        self._index = Index(self.demands, vocabulary, policy)
        self._gates = Gates(self.demands, self._index, policy)
        frame = frame_print(vocabulary.fingerprint, policy.fingerprint(), on)
        self.inputs = sum(demand_print(demand) for demand in self.demands) + frame

    def fits(self, profile: Profile) -> Reals:
        """One person's fit with every opening, in order of opening id; NaN where there is too little to compare.

        Milliseconds for 10,000 openings. Must-haves are not applied here: see `run`.
        """
        crowd = Crowd([profile])
        return self._fits(crowd, self._tables(crowd))[0]

    def run(self, profiles: Sequence[Profile]) -> SectorResult:
        """The list of every person and the counts of every opening. Pass only persons who consented to this run."""
        crowd = Crowd(sorted(profiles, key=lambda profile: profile.id))
        ids = np.array([profile.id for profile in crowd.people], dtype=np.int64)
        _require_distinct(ids, "person")
        k, width = self._policy.k, len(self.openings)
        listed, fits = np.full((len(ids), k), NOTHING, dtype=np.int64), np.zeros((len(ids), k))
        possible, tenths = np.zeros(width, dtype=np.int64), np.zeros((width, TENTHS), dtype=np.int64)
        lacking = np.zeros(len(self._gates.gates), dtype=np.int64)
        compared = crowd.compared(self._policy)
        tables = self._tables(crowd)
        for part in self._blocks(len(ids)):
            scored = self._scored(crowd.part(part), tables)
            allowed = scored.possible & ~np.isnan(scored.fits)
            listed[part], fits[part] = _best(np.where(allowed, scored.fits, 0.0), self.openings, k)
            possible += allowed.sum(axis=0)
            tenths += _tenths(scored.fits, allowed)
            lacking += scored.lacks[compared[part]].sum(axis=0)
        prints = (person_print(*each) for each in zip(crowd.people, crowd.prints(), strict=True))
        return SectorResult(
            persons=ids,
            compared=compared,
            openings_listed=listed,
            fits_listed=fits,
            openings=self.openings,
            possible=possible,
            tenths=tenths,
            gates=tuple(self._gates_of(column) for column in range(width)),
            lacking=lacking[self._gates.flat],
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

    def _blocks(self, persons: int) -> Iterator[slice]:
        cells = self._index.keys + THINGS_EACH * len(self.openings) + 1
        size = max(1, BLOCK_CELLS // cells)
        return (slice(start, start + size) for start in range(0, persons, size))

    def _tables(self, crowd: Crowd) -> _Tables:
        relatives = self._index.relatives(crowd.competences)
        rows = self._index.credits(relatives, crowd.held, crowd.level)
        return _Tables(relatives, rows, crowd.weights(self._vocabulary, self._policy))

    def _scored(self, crowd: Crowd, tables: _Tables) -> _Scored:
        lacks = self._gates.lacking(crowd.people, self._credits(crowd, tables.credits, aged=False))
        return _Scored(self._fits(crowd, tables), self._gates.possible(lacks), lacks)

    def _fits(self, crowd: Crowd, tables: _Tables) -> Reals:
        counted = self._credits(crowd, tables.credits, aged=self._policy.age_evidence)
        covered: Reals = (compact(counted) @ self._index.weights).toarray()
        used, able = self._used(crowd, tables)
        unit = CREDIT_UNIT if self._policy.age_evidence else USE_UNIT
        with np.errstate(invalid="ignore", divide="ignore"):
            fits = self._combined(covered / (self._index.asked * unit), used / (able[:, None] * USE_UNIT))
        fits[~crowd.compared(self._policy)] = np.nan
        fits[:, self._index.asked == 0] = np.nan
        return fits

    def _combined(self, coverage: Reals, use: Reals) -> Reals:
        """`OverlapPolicy.combine` on arrays, with the same operations in the same order."""
        value = 2 * coverage * use / (coverage + use) if self._policy.mean == "harmonic" else np.sqrt(coverage * use)
        return np.where((coverage > 0) & (use > 0), value, 0.0)

    def _credits(self, crowd: Crowd, rows: Table, *, aged: bool) -> NDArray[np.integer[Any]]:
        """Persons x keys: the best parts of credit, by one MAX over everything that everybody holds."""
        claim, key, parts = rows.picked(crowd.thing)
        if aged:
            held = (held for profile in crowd.people for held in profile.has)
            fresh = [freshness_parts(one, self._vocabulary, self._on) for one in held]
            parts = parts * np.array(fresh, dtype=np.int64)[claim]
        return highest(crowd.row[claim] * self._index.keys + key, parts, (len(crowd.people), self._index.keys))

    def _used(self, crowd: Crowd, tables: _Tables) -> tuple[Reals, Reals]:
        """Persons x openings: the parts of what each can that each opening uses; and per person the parts there are."""
        things, own = np.unique(crowd.thing, return_inverse=True)
        shape = (len(crowd.people), len(things))
        able: Any = sparse.csr_matrix((tables.weights[crowd.thing], own, crowd.starts), shape=shape)
        uses = self._index.uses(tables.relatives, crowd.held[things], crowd.level[things])
        used: Reals = able @ uses.astype(float)
        return used, np.asarray(able.sum(axis=1), dtype=float).ravel()


def _require_distinct(ids: Whole, noun: str) -> None:
    values, times = np.unique(ids, return_counts=True)
    if (times > 1).any():
        twice = values[times > 1].tolist()
        raise UnknownInSector(expected=f"each {noun} once", found=f"twice: {twice}", next_step="Leave one out.")


def _best(fits: Reals, openings: Whole, k: int) -> tuple[Whole, Reals]:
    """The k best openings above 0 of each row, ties by opening id (columns are in that order)."""
    listed, values = np.full((len(fits), k), NOTHING, dtype=np.int64), np.zeros((len(fits), k))
    width = fits.shape[1]
    if not fits.size:
        return listed, values
    floor = np.partition(fits, width - k, axis=1)[:, width - k] if width > k else np.zeros(len(fits))
    rows, columns = np.nonzero((fits >= floor[:, None]) & (fits > 0))
    order = np.lexsort((columns, -fits[rows, columns], rows))
    rows, columns = rows[order], columns[order]
    rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
    kept = rank < k
    rows, columns, rank = rows[kept], columns[kept], rank[kept]
    listed[rows, rank], values[rows, rank] = openings[columns], fits[rows, columns]
    return listed, values


def _tenths(fits: Reals, allowed: Flags) -> Whole:
    """Openings x tenths: how many allowed persons have a fit in each tenth."""
    width = fits.shape[1]
    rows, columns = np.nonzero(allowed)
    bins = np.minimum((fits[rows, columns] * TENTHS).astype(np.int64), TENTHS - 1)
    return np.bincount(columns * TENTHS + bins, minlength=width * TENTHS).reshape(width, TENTHS)
