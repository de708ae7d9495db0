"""Which of two equal ways computes this run: numpy, ready at once, or compiled code that takes a moment to load?

Answers are the same to the last bit, so the choice is one of time alone. A request never waits for a compiler: it takes
the compiled way only when this process has loaded it before, by `Sector.prepare` or `load_compiled`.
"""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

import numpy as np

from valley.core.mobility.overlap.kernel.crowd import Crowd
from valley.core.mobility.overlap.kernel.flat import People, openings_of, people_of
from valley.core.mobility.overlap.kernel.index import Reals
from valley.core.mobility.overlap.kernel.plain import PlainPath
from valley.core.mobility.overlap.kernel.tally import Setting, Tally, blank

LOAD_FROM = 4_000_000
"""Pairs (persons x openings) that pay for loading from numba's cache: numpy takes some 0.2 microseconds per pair,
compiled code 0.07, and loading half a second. Compiling when nothing is cached takes some 6 s, once."""

_loaded = False


class Path(Protocol):
    """A way of computing: fits are persons x openings, NaN where there is too little to compare."""

    def fits(self, crowd: Crowd) -> Reals: ...

    def tally(self, crowd: Crowd) -> Tally: ...


class Paths:
    """The two ways for one sector."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    @cached_property
    def plain(self) -> PlainPath:
        """numpy and scipy."""
        return PlainPath(self._setting)

    @cached_property
    def compiled(self) -> CompiledPath:
        """numba; loads it when that was not done."""
        load_compiled()
        return CompiledPath(self._setting)

    def ready(self) -> Path:
        """The faster way that needs no loading now."""
        return self.compiled if compiled_loaded() else self.plain

    def prepare(self, persons: int) -> None:
        """Load the compiled way when a run over so many persons pays for it."""
        if persons * len(self._setting.openings) >= LOAD_FROM:
            load_compiled()


class CompiledPath:
    """The arithmetic of a run, person by person, in compiled code of one thread that lets other threads go on."""

    def __init__(self, setting: Setting) -> None:
        self._setting, self._openings = setting, openings_of(setting)

    def fits(self, crowd: Crowd) -> Reals:
        from valley.core.mobility.overlap.kernel import compiled

        out = np.full((len(crowd.people), len(self._setting.openings)), np.nan)
        compiled.fits(self._openings, self._people(crowd), self._harmonic, out)
        return out

    def tally(self, crowd: Crowd) -> Tally:
        from valley.core.mobility.overlap.kernel import compiled

        total = blank(self._setting, len(crowd.people))
        counts = compiled.Counts(total.listed, total.fits, total.possible, total.tenths, total.lacking)
        compiled.tally(self._openings, self._people(crowd), self._harmonic, self._setting.gates.threshold, counts)
        return total

    @property
    def _harmonic(self) -> bool:
        return self._setting.policy.mean == "harmonic"

    def _people(self, crowd: Crowd) -> People:
        return people_of(self._setting, crowd)


def compiled_loaded() -> bool:
    """Whether this process has the compiled way."""
    return _loaded


def load_compiled() -> None:
    """Load the compiled way for the rest of this process: half a second, some seconds when not cached yet."""
    global _loaded
    from valley.core.mobility.overlap.kernel import compiled

    _loaded = len(compiled.SIGNED) > 0
