"""What is the result of a run after one person or one opening changed, without running everybody again?

Each function gives exactly what a full run would give. Counts are corrected by the contribution of what changed; a
person's list is recomputed only when the change could let in an opening that was not listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from valley.core.mobility.overlap.kernel.prints import moved
from valley.core.mobility.overlap.kernel.result import NOTHING, Flags, Reals, SectorResult, Whole
from valley.core.mobility.overlap.kernel.sector import Sector, UnknownInSector
from valley.core.profiles import Demand, Profile


def change_profile(result: SectorResult, sector: Sector, old: Profile | None, new: Profile | None) -> SectorResult:
    """The result after a person changed, came (``old`` None) or left or withdrew (``new`` None).

    ``old`` must be what the run saw. Cost: one person, whatever the number of persons.
    """
    joined = result
    if old is not None:
        joined = _without(joined, sector.run([old]), sector.inputs)
    if new is not None:
        joined = _with(joined, sector.run([new]), sector.inputs)
    return joined


def change_demand(
    result: SectorResult, sector: Sector, profiles: Sequence[Profile], opening: int, demand: Demand | None
) -> tuple[Sector, SectorResult]:
    """The sector and result after an opening changed or came, or went (``demand`` None).

    ``profiles`` must be those of the run. Cost: an index, one opening for all persons, and the whole list of those who
    lost this opening from a full list.
    """
    people = sorted(profiles, key=lambda profile: profile.id)
    if [profile.id for profile in people] != result.persons.tolist() or (demand and demand.id != opening):
        raise UnknownInSector(
            expected="the persons of the run, and one opening",
            found=f"{len(people)} persons, opening {demand.id if demand else opening}",
            next_step="Pass what the run was made with.",
        )
    after = sector.without_demand(opening) if demand is None else sector.with_demand(demand)
    alone = after.only(opening).run(people)
    news = alone.fits_listed[:, 0] if demand else np.zeros(len(people))
    listed, fits, certain = _relisted(result, opening, news)
    stale = np.flatnonzero(~certain)
    redone = after.run([people[row] for row in stale.tolist()])
    listed[stale], fits[stale] = redone.openings_listed, redone.fits_listed
    kept = _spliced(_spliced(result, opening, None), opening, alone) if demand else _spliced(result, opening, None)
    inputs = moved(result.inputs, plus=(after.inputs,), minus=(sector.inputs,))
    return after, replace(kept, openings_listed=listed, fits_listed=fits, inputs=inputs)


def _relisted(result: SectorResult, opening: int, news: Reals) -> tuple[Whole, Reals, Flags]:
    """Lists with the opening at its new fit (0: not listed), and whether each list is certain.

    Unlisted openings rank after the last entry of a full list. So a full list that loses this opening is certain only
    if the opening comes back before the last of the others.
    """
    k = result.openings_listed.shape[1]
    here = result.openings_listed == opening
    old, fits = np.where(here, NOTHING, result.openings_listed), np.where(here, 0.0, result.fits_listed)
    before = (fits > news[:, None]) | ((fits == news[:, None]) & (old < opening) & (old != NOTHING))
    others = np.count_nonzero(old != NOTHING, axis=1)
    lost = here.any(axis=1) & (others == k - 1)
    certain = ~lost | ((news > 0) & (before.sum(axis=1) < others))
    every = np.column_stack([old, np.where(news > 0, opening, NOTHING)])
    values = np.column_stack([fits, news])
    rows = np.repeat(np.arange(len(every)), k + 1)
    order = np.lexsort((every.ravel(), -values.ravel(), rows)).reshape(-1, k + 1)[:, :k]
    return every.ravel()[order], values.ravel()[order], certain


def _spliced(result: SectorResult, opening: int, alone: SectorResult | None) -> SectorResult:
    """Counts per opening with this one's inserted, or taken out when ``alone`` is None."""
    place = int(np.searchsorted(result.openings, opening))
    last = place + int(alone is None and opening in result.openings)
    starts = np.cumsum([0, *(len(gates) for gates in result.gates)])
    first_gate, last_gate = int(starts[place]), int(starts[last])

    def joined(old: Whole, new: Whole | None, first: int, end: int) -> Whole:
        return np.concatenate([old[:first], *([] if new is None else [new]), old[end:]])

    return replace(
        result,
        openings=joined(result.openings, alone and alone.openings, place, last),
        possible=joined(result.possible, alone and alone.possible, place, last),
        tenths=joined(result.tenths, alone and alone.tenths, place, last),
        gates=(*result.gates[:place], *(alone.gates if alone else ()), *result.gates[last:]),
        lacking=joined(result.lacking, alone and alone.lacking, first_gate, last_gate),
    )


def _with(result: SectorResult, part: SectorResult, sector: int) -> SectorResult:
    """The result with one more person."""
    _require_same(result, part)
    person: int = part.persons.tolist()[0]
    row = int(np.searchsorted(result.persons, person))
    if row < len(result.persons) and result.persons[row] == person:
        raise UnknownInSector(expected="a new person", found=person, next_step="Pass the old profile too.")
    return replace(
        result,
        persons=np.insert(result.persons, row, part.persons),
        compared=np.insert(result.compared, row, part.compared),
        openings_listed=np.insert(result.openings_listed, row, part.openings_listed, axis=0),
        fits_listed=np.insert(result.fits_listed, row, part.fits_listed, axis=0),
        possible=result.possible + part.possible,
        tenths=result.tenths + part.tenths,
        lacking=result.lacking + part.lacking,
        inputs=moved(result.inputs, plus=(int(part.inputs, 16),), minus=(sector,)),
    )


def _without(result: SectorResult, part: SectorResult, sector: int) -> SectorResult:
    """The result with one person less."""
    _require_same(result, part)
    person: int = part.persons.tolist()[0]
    row = int(np.searchsorted(result.persons, person))
    if row == len(result.persons) or result.persons[row] != person:
        raise UnknownInSector(expected="a person of the run", found=person, next_step="Check the id.")
    return replace(
        result,
        persons=np.delete(result.persons, row),
        compared=np.delete(result.compared, row),
        openings_listed=np.delete(result.openings_listed, row, axis=0),
        fits_listed=np.delete(result.fits_listed, row, axis=0),
        possible=result.possible - part.possible,
        tenths=result.tenths - part.tenths,
        lacking=result.lacking - part.lacking,
        inputs=moved(result.inputs, plus=(sector,), minus=(int(part.inputs, 16),)),
    )


def _require_same(result: SectorResult, part: SectorResult) -> None:
    same = np.array_equal(result.openings, part.openings) and result.gates == part.gates
    if not same or result.policy != part.policy:
        raise UnknownInSector(
            expected="the openings and policy of the run", found="others", next_step="Run the whole sector again."
        )
