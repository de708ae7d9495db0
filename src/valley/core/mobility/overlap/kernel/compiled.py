"""How is a run computed person by person in compiled code, on whole numbers, equal to the readable twin?

Importing this compiles, or reads what was compiled before from numba's cache: see `paths` for when that is worth it.
Whole numbers are held in float64 where they are summed: exact up to 2^53 whatever the order, as in the numpy way. One
thread and no fastmath, so there is nothing that an answer could depend on.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import boolean, float64, int32, int64, njit, types, void
from numpy.typing import NDArray

from valley.core.mobility.overlap.kernel.flat import Openings, People
from valley.core.mobility.overlap.kernel.index import SHARE as PARTS
from valley.core.mobility.overlap.kernel.index import Reals, Whole
from valley.core.mobility.overlap.kernel.result import TENTHS
from valley.core.mobility.overlap.policy import USE_UNIT

SHARE: Whole = PARTS.astype(np.int64)
STEP = 2 * USE_UNIT  # between the marks of two claims: more than a use can be, so an older mark is below any new one
Compilable = TypeVar("Compilable", bound=Callable[..., Any])


class Counts(NamedTuple):
    """What a run fills in: rows of lists, counts per opening and per gate. See `Tally`."""

    listed: Whole
    fits: Reals
    possible: Whole
    tenths: Whole
    lacking: Whole


class _Scratch(NamedTuple):
    """What one person needs while being computed, cleared in time for the next."""

    plain: Whole  # per key, the best credit whatever the age of the evidence: gates look at this
    counted: Whole  # per key, the best credit that counts
    touched: Whole  # the keys above 0, in order of discovery
    seen: Whole  # per needed competence, the mark of the last claim that reached it
    best: Whole  # per opening, the mark of the last claim that it uses, plus the parts by which it does
    covered: Reals
    used: Reals
    lacks: NDArray[np.bool_]
    fits: Reals


def _inner(function: Compilable) -> Compilable:
    """Compiled as a part of what calls it. numpy's rule for 0 / 0: NaN and not an exception, as in the numpy way."""
    return cast(Compilable, njit(nogil=True, error_model="numpy")(function))


def _entry(*signature: types.Type) -> Callable[[Compilable], Compilable]:
    """Compiled at import for these types, or read from the cache; without a cache where no folder can be written."""

    def compiled(function: Compilable) -> Compilable:
        try:
            return cast(Compilable, njit(void(*signature), cache=True, nogil=True, error_model="numpy")(function))
        except (RuntimeError, OSError):  # numba finds no place for a cache, or the disk is full
            return cast(Compilable, njit(void(*signature), nogil=True, error_model="numpy")(function))

    return compiled


@_inner
def _scratch(openings: Openings) -> _Scratch:
    keys, places, width = len(openings.wanted), len(openings.key_starts) - 1, len(openings.scale)
    return _Scratch(
        np.zeros(keys, np.int64),
        np.zeros(keys, np.int64),
        np.zeros(keys, np.int64),
        np.zeros(places, np.int64),
        np.zeros(width, np.int64),
        np.zeros(width, np.float64),
        np.zeros(width, np.float64),
        np.zeros(len(openings.gate_key), np.bool_),
        np.zeros(width, np.float64),
    )


@_inner
def _expand(openings: Openings, people: People, person: int, scratch: _Scratch) -> tuple[int, float]:
    """Credits and uses of one person: how many keys are touched, and the weight of all claims.

    Ties come highest first, so what a claim reached before it reaches better: later ties to the same place are skipped.
    """
    touched, able = 0, 0.0
    for claim in range(people.starts[person], people.starts[person + 1]):
        row, mark = people.row[claim], (claim + 1) * STEP
        able += people.weight[claim]
        for tie in range(people.tie_starts[row], people.tie_starts[row + 1]):
            family, parts = people.tie_family[tie], people.tie_parts[tie]
            for member in range(openings.family_starts[family], openings.family_starts[family + 1]):
                place = openings.members[member]
                if scratch.seen[place] != mark:
                    scratch.seen[place] = mark
                    for key in range(openings.key_starts[place], openings.key_starts[place + 1]):
                        touched = _credit(openings, people, claim, key, parts, touched, scratch)
                        _use(openings, people, claim, key, parts, mark, scratch)
    return touched, able


@_inner
def _credit(
    openings: Openings, people: People, claim: int, key: int, parts: int, touched: int, scratch: _Scratch
) -> int:
    """Let a claim count for a key; returns how many keys are touched."""
    credit = parts * SHARE[people.level[claim], openings.wanted[key]]
    if scratch.plain[key] == 0:
        scratch.touched[touched] = key
        touched += 1
    scratch.plain[key] = max(scratch.plain[key], credit)
    scratch.counted[key] = max(scratch.counted[key], credit * people.fresh[claim])
    return touched


@_inner
def _use(openings: Openings, people: People, claim: int, key: int, parts: int, mark: int, scratch: _Scratch) -> None:
    """Let every opening with this key use a claim, as far as it does so better than through another key."""
    use, weight = mark + parts * SHARE[openings.wanted[key], people.level[claim]], people.weight[claim]
    for post in range(openings.post_starts[key], openings.post_starts[key + 1]):
        opening = openings.post_opening[post]
        before = max(scratch.best[opening], mark)
        if use > before:
            scratch.used[opening] += weight * (use - before)
            scratch.best[opening] = use


@_inner
def _cover(openings: Openings, touched: int, scratch: _Scratch) -> None:
    """Add up credit x weight per opening over the keys that the person touches."""
    for nth in range(touched):
        key = scratch.touched[nth]
        credit = scratch.counted[key]
        for post in range(openings.post_starts[key], openings.post_starts[key + 1]):
            scratch.covered[openings.post_opening[post]] += credit * openings.post_weight[post]


@_inner
def _combine(openings: Openings, able: float, harmonic: bool, scratch: _Scratch, fits: Reals) -> None:
    """`OverlapPolicy.combine` per opening, with the same operations in the same order; NaN where nothing is asked."""
    for opening in range(len(fits)):
        coverage, use = scratch.covered[opening] / openings.scale[opening], scratch.used[opening] / able
        value = 2 * coverage * use / (coverage + use) if harmonic else sqrt(coverage * use)
        value = value if coverage > 0 and use > 0 else 0.0
        fits[opening] = value if openings.scale[opening] > 0 else np.nan


@_inner
def _person(openings: Openings, people: People, person: int, harmonic: bool, scratch: _Scratch, fits: Reals) -> int:
    """Fits of one person; leaves the credits for the gates, to be cleared with `_clear`."""
    scratch.covered[:] = 0
    scratch.used[:] = 0
    touched, able = _expand(openings, people, person, scratch)
    _cover(openings, touched, scratch)
    _combine(openings, able * USE_UNIT, harmonic, scratch, fits)
    return touched


@_inner
def _clear(touched: int, scratch: _Scratch) -> None:
    for nth in range(touched):
        key = scratch.touched[nth]
        scratch.plain[key] = 0
        scratch.counted[key] = 0


@_inner
def _gate(openings: Openings, people: People, person: int, threshold: float, scratch: _Scratch) -> None:
    """Per must-have, whether the person lacks it."""
    for gate in range(len(openings.gate_key)):
        key = openings.gate_key[gate]
        if key >= 0:
            scratch.lacks[gate] = scratch.plain[key] < threshold
        else:
            scratch.lacks[gate] = people.speaks[person, openings.gate_subject[gate]] < openings.gate_asked[gate]


@_inner
def _possible(openings: Openings, opening: int, scratch: _Scratch) -> bool:
    if not openings.scale[opening] > 0:
        return False
    for nth in range(openings.gate_starts[opening], openings.gate_starts[opening + 1]):
        if scratch.lacks[openings.gates[nth]]:
            return False
    return True


@_inner
def _list(listed: Whole, fits: Reals, opening: int, fit: float) -> None:
    """Keep a list sorted, best first; equal fits stay in order of arrival, which is that of the ids."""
    place = len(fits) - 1
    if fit > fits[place]:
        while place > 0 and fits[place - 1] < fit:
            fits[place], listed[place] = fits[place - 1], listed[place - 1]
            place -= 1
        fits[place], listed[place] = fit, opening


@_inner
def _count(openings: Openings, person: int, scratch: _Scratch, counts: Counts) -> None:
    """The list of one person, and the person in the counts."""
    for gate in range(len(scratch.lacks)):
        counts.lacking[gate] += scratch.lacks[gate]
    for opening in range(len(scratch.fits)):
        if _possible(openings, opening, scratch):
            fit = scratch.fits[opening]
            counts.possible[opening] += 1
            counts.tenths[opening, min(int(fit * TENTHS), TENTHS - 1)] += 1
            _list(counts.listed[person], counts.fits[person], openings.ids[opening], fit)


_LINE, _FLAT, _GRID = int64[::1], float64[::1], int64[:, ::1]
_OPENINGS = types.NamedTuple([*[_LINE] * 5, int32[::1], _FLAT, _FLAT, *[_LINE] * 6], Openings)
_PEOPLE = types.NamedTuple([*[_LINE] * 3, _FLAT, *[_LINE] * 4, _GRID, boolean[::1]], People)
_COUNTS = types.NamedTuple([_GRID, float64[:, ::1], _LINE, _GRID, _LINE], Counts)


@_entry(_OPENINGS, _PEOPLE, boolean, float64[:, ::1])
def fits(openings: Openings, people: People, harmonic: bool, out: Reals) -> None:
    """Fill persons x openings; rows of persons with too little to compare stay as they are."""
    scratch = _scratch(openings)
    for person in range(len(people.compared)):
        if people.compared[person]:
            _clear(_person(openings, people, person, harmonic, scratch, out[person]), scratch)


@_entry(_OPENINGS, _PEOPLE, boolean, float64, _COUNTS)
def tally(openings: Openings, people: People, harmonic: bool, threshold: float, counts: Counts) -> None:
    """Fill lists and counts with every person who has enough to compare."""
    scratch = _scratch(openings)
    for person in range(len(people.compared)):
        if people.compared[person]:
            touched = _person(openings, people, person, harmonic, scratch, scratch.fits)
            _gate(openings, people, person, threshold, scratch)
            _clear(touched, scratch)
            _count(openings, person, scratch, counts)


SIGNED: tuple[Callable[..., None], ...] = (fits, tally)
"""What is ready to be called once this module is imported."""
