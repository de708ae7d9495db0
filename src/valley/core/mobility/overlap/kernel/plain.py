"""How is a run computed with numpy and scipy alone, ready at the first request of a process?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[reportMissingTypeStubs]

from valley.core.mobility.overlap.kernel.crowd import Crowd
from valley.core.mobility.overlap.kernel.gates import Flags
from valley.core.mobility.overlap.kernel.index import Reals, Table, Whole, compact, highest
from valley.core.mobility.overlap.kernel.result import NOTHING, TENTHS
from valley.core.mobility.overlap.kernel.tally import Setting, Tally, blank
from valley.core.mobility.overlap.policy import USE_UNIT

BLOCK_CELLS = 4_000_000  # numbers held at once while scoring: about 50 MB of scratch
THINGS_EACH = 25  # things that one more person adds, at most about


@dataclass(frozen=True, slots=True)
class _Scored:
    """Persons x openings: fit (NaN where there is too little to compare), every must-have met, gates lacked."""

    fits: Reals
    possible: Flags
    lacks: Flags


@dataclass(frozen=True, slots=True)
class Tables:
    """What the things that a crowd holds count for: relatives, credit parts per key, own weight."""

    relatives: Table
    credits: Table
    weights: Reals


class PlainPath:
    """The arithmetic of a run on whole arrays."""

    def __init__(self, setting: Setting) -> None:
        self._setting, self._index = setting, setting.index
        self._policy, self._vocabulary = setting.policy, setting.vocabulary
        self.weights: Any = setting.index.weights

    def fits(self, crowd: Crowd) -> Reals:
        """Persons x openings; NaN where there is too little to compare."""
        return self._fits(crowd, self.tables(crowd))

    def tally(self, crowd: Crowd) -> Tally:
        """Lists and counts of everybody in the crowd, a block of persons at a time."""
        gates, openings = self._setting.gates, self._setting.openings
        total, tables, compared = (
            blank(self._setting, len(crowd.people)),
            self.tables(crowd),
            crowd.compared(self._policy),
        )
        for part in self._blocks(len(crowd.people)):
            share = crowd.part(part)
            lacks = gates.lacking(share.people, self.credits(share, tables.credits, aged=False))
            scored = _Scored(self._fits(share, tables), gates.possible(lacks), lacks)
            allowed = scored.possible & ~np.isnan(scored.fits)
            best = _best(np.where(allowed, scored.fits, 0.0), openings, self._policy.k)
            total.listed[part], total.fits[part] = best
            total.possible[:] += allowed.sum(axis=0)
            total.tenths[:] += _tenths(scored.fits, allowed)
            total.lacking[:] += scored.lacks[compared[part]].sum(axis=0)
        return total

    def tables(self, crowd: Crowd) -> Tables:
        """What everything that the crowd holds counts for, each thing once."""
        relatives = self._index.relatives(crowd.competences)
        rows = self._index.credits(relatives, crowd.held, crowd.level)
        return Tables(relatives, rows, crowd.weights(self._vocabulary, self._policy))

    def credits(self, crowd: Crowd, rows: Table, *, aged: bool) -> NDArray[np.integer[Any]]:
        """Persons x keys: the best parts of credit, by one MAX over everything that everybody holds."""
        claim, key, parts = rows.picked(crowd.thing)
        if aged:
            parts = parts * self._setting.freshness(crowd.people)[claim]
        return highest(crowd.row[claim] * self._index.keys + key, parts, (len(crowd.people), self._index.keys))

    def _blocks(self, persons: int) -> Iterator[slice]:
        cells = self._index.keys + THINGS_EACH * self._index.size + 1
        size = max(1, BLOCK_CELLS // cells)
        return (slice(start, start + size) for start in range(0, persons, size))

    def _fits(self, crowd: Crowd, tables: Tables) -> Reals:
        counted = self.credits(crowd, tables.credits, aged=self._policy.age_evidence)
        covered: Reals = (compact(counted) @ self.weights).toarray()
        used, able = self._used(crowd, tables)
        with np.errstate(invalid="ignore", divide="ignore"):
            coverage = covered / (self._index.asked * self._setting.unit)
            fits = self._combined(coverage, used / (able[:, None] * USE_UNIT))
        fits[~crowd.compared(self._policy)] = np.nan
        fits[:, self._index.asked == 0] = np.nan
        return fits

    def _combined(self, coverage: Reals, use: Reals) -> Reals:
        """`OverlapPolicy.combine` on arrays, with the same operations in the same order."""
        value = 2 * coverage * use / (coverage + use) if self._policy.mean == "harmonic" else np.sqrt(coverage * use)
        return np.where((coverage > 0) & (use > 0), value, 0.0)

    def _used(self, crowd: Crowd, tables: Tables) -> tuple[Reals, Reals]:
        """Persons x openings: the parts of what each can that each opening uses; and per person the parts there are."""
        things, own = np.unique(crowd.thing, return_inverse=True)
        shape = (len(crowd.people), len(things))
        able: Any = sparse.csr_matrix((tables.weights[crowd.thing], own, crowd.starts), shape=shape)
        uses = self._index.uses(tables.relatives, crowd.held[things], crowd.level[things])
        used: Reals = able @ uses.astype(float)
        return used, np.asarray(able.sum(axis=1), dtype=float).ravel()


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
