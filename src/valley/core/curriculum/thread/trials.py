"""Which core would there be with other employers: drawn again, one left out, or weighed in another way?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valley.core.curriculum.thread.greedy import Picks, Search, choose
from valley.core.curriculum.thread.region import Reals, Region, Whole
from valley.core.curriculum.thread.shapes import LeftOut, Other, Weighting
from valley.core.curriculum.thread.table import Each, Without

BLOCK = 1000  # weightings made at once


@dataclass(frozen=True, slots=True)
class Trials:
    """A region's search over its eligible columns, and the core it gives under one weighting."""

    region: Region
    search: Search
    weighting: Weighting
    core: tuple[int, ...]

    @property
    def weight(self) -> Whole:
        """How much every row counts."""
        return self.region.weight(self.weighting)

    def stability(self) -> Reals:
        """Per eligible column, the share of bootstraps whose core has it.

        A bootstrap draws as many employers as there are, with replacement. Support counts different employers: one
        drawn three times is still one, so that nothing bespoke can slip in.
        """
        policy, rows = self.region.policy, self.region.matrix.rows
        random = np.random.default_rng([policy.seed, 1])
        times: Whole = np.zeros(self.search.matrix.cols, dtype=np.int64)
        for start in range(0, policy.bootstraps, BLOCK):
            number = min(BLOCK, policy.bootstraps - start)
            drawn = random.multinomial(rows, np.full(rows, 1 / rows), size=number).astype(np.int64)
            columns = choose(self.search, Each(drawn * self.weight)).columns
            times += np.bincount(columns[columns >= 0], minlength=len(times))
        return times / policy.bootstraps

    def left_out(self) -> list[LeftOut]:
        """The core without each employer, in the order of the rows."""
        found: list[LeftOut] = []
        rows = self.region.matrix.rows
        for start in range(0, rows, BLOCK):
            places = np.arange(start, min(rows, start + BLOCK))
            found += self._told(places.tolist(), choose(self.search, Without(self.weight, places)))
        return found

    def _told(self, places: list[int], picks: Picks) -> list[LeftOut]:
        known: dict[tuple[int, ...], Reals] = {}
        told: list[LeftOut] = []
        for number, place in enumerate(places):
            core = tuple(sorted(picks.row(number)))
            if core not in known:
                known[core] = shares(self.region, named(self, core))
            left, entered = set(self.core) - set(core), set(core) - set(self.core)
            others = np.delete(known[core], place)
            told.append(
                LeftOut(
                    int(self.region.names[place]),
                    self.competences(left),
                    self.competences(entered),
                    len(left) / len(self.core) if self.core else 0.0,
                    float(np.mean(others)) if len(others) else 0.0,
                )
            )
        return told

    def competences(self, columns: set[int]) -> tuple[int, ...]:
        """The ids behind eligible columns, rising."""
        return tuple(self.region.competences[int(self.region.eligible[column])] for column in sorted(columns))


def trials(region: Region, search: Search, weighting: Weighting) -> tuple[Trials, Picks]:
    """The core under a weighting, ready to be tried; and its picks in order of choice."""
    picks = choose(search, Each(region.weight(weighting)[None]))
    return Trials(region, search, weighting, tuple(picks.row(0))), picks


def named(tried: Trials, columns: tuple[int, ...]) -> Whole:
    """Eligible columns as columns of the whole region."""
    return tried.region.eligible[np.array(columns, dtype=np.int64)]


def shares(region: Region, columns: Whole) -> Reals:
    """Covered share per row."""
    return region.covered(columns) / region.total


def other(region: Region, search: Search, weighting: Weighting, core: tuple[int, ...]) -> Other:
    """The core under another weighting, and the employer that decides most of it there (the first row of equals)."""
    tried, _ = trials(region, search, weighting)
    largest = max(tried.left_out(), key=lambda left: left.changed)
    return Other(
        weighting,
        tuple(tried.competences({column})[0] for column in tried.core),
        len(set(tried.core) & set(core)),
        float(np.mean(shares(region, named(tried, tried.core)))),
        (largest.employer, largest.changed),
    )
