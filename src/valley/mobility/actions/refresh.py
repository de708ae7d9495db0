"""How do lists and counts follow one change of a passport or an opening, exactly as if everybody were run again?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from valley.core.errors import ValleyError
from valley.core.profiles import Demand, Profile
from valley.foundation import access, clock
from valley.foundation.access import Caller
from valley.mobility import snapshots
from valley.mobility.actions import run as runs
from valley.mobility.models import FitList, OpeningReach, SectorRun
from valley.people import snapshots as profiles

if TYPE_CHECKING:
    from valley.core.mobility.overlap.kernel import SectorResult


class RunNeeded(ValleyError):
    """There is no run to follow from, or more changed than the one thing that was named."""

    code = "sector-run-needed"
    status = 409


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What following one change did: whether anything changed, and how many persons' lists."""

    run: int
    changed: bool
    lists: int


def refresh_person(caller: Caller, *, person: int) -> Refreshed:
    """Follow one passport that changed, came or withdrew. Operator and jobs; the cost does not grow with the sector.

    Raises :class:`RunNeeded` when openings changed as well: follow those first, or run the sector.
    """
    from valley.core.mobility.overlap.kernel import changes

    grant = runs.sector_grant(caller)
    current = next(iter(profiles.profiles(grant, only=[person])), None)
    with transaction.atomic(), access.opened(grant):
        run, region = _run_in_force(caller)
        if run.sources != region.sources:
            raise _needed("openings and words as the run saw them", "others")
        row: Any = FitList.objects.filter(person_id=person).first()
        seen = None if row is None else snapshots.unpacked(person, row.seen)
        if _print(seen) == _print(current):
            return Refreshed(run.pk, False, 0)
        before = _restored(run, region, [row] if row else [])
        after = changes.change_profile(before, region.sector, seen, current)
        FitList.objects.filter(person_id=person).delete()
        if current is not None:
            compared = bool(after.compared[0])
            runs.fit_list(run, current, after, compared=compared, at=caller.at).save(force_insert=True)
        come, gone = (int(p is not None) for p in (current, seen))
        _store_run(
            run,
            region,
            inputs=after.inputs,
            persons=run.persons + come - gone,
            compared=run.compared + int(after.compared.sum()) - int(bool(row and row.compared)),
        )
        _store_counts(run, after)
        runs.record(caller, run=run.pk, inputs=after.inputs, policy=after.policy)
    return Refreshed(run.pk, True, 1)


def refresh_opening(caller: Caller, *, opening: int) -> Refreshed:
    """Follow one opening that changed, opened or closed. Operator and jobs; one opening for everybody who was compared.

    The other openings must be as the run saw them: raises :class:`RunNeeded` otherwise.
    """
    from valley.core.mobility.overlap.kernel import changes
    from valley.core.mobility.overlap.kernel.prints import moved

    grant = runs.sector_grant(caller)
    with transaction.atomic(), access.opened(grant):
        run, region = _run_in_force(caller)
        if run.sources == region.sources:
            return Refreshed(run.pk, False, 0)
        rows: list[Any] = list(FitList.objects.order_by("person_id"))
        seen = [snapshots.unpacked(row.person_id, row.seen) for row in rows]
        before = _restored(run, region, rows)
        demand = region.demands.get(opening)
        _require_only(before, region, opening)
        # the sector before the change; when the opening went, the engine wants to see it there to take it out
        old = region.sector.without_demand(opening) if demand else region.sector.with_demand(Demand(opening, ()))
        _after, result = changes.change_demand(before, old, seen, opening, demand)
        inputs = moved(run.inputs, plus=(region.sector.inputs,), minus=(int(run.frame, 16),))
        result = replace(result, inputs=inputs)
        changed = _moved_lists(rows, result)
        FitList.objects.bulk_update(changed, ["entries"], batch_size=runs.BATCH)
        _store_run(run, region, inputs=inputs, persons=run.persons, compared=run.compared)
        OpeningReach.objects.filter(run=run, opening_id=opening).delete()
        _store_counts(run, result, only={opening})
        runs.record(caller, run=run.pk, inputs=inputs, policy=result.policy)
    return Refreshed(run.pk, True, len(changed))


def _run_in_force(caller: Caller) -> tuple[SectorRun, snapshots.Region]:
    found = SectorRun.objects.select_for_update().filter(finished_at__isnull=False).order_by("-pk").first()
    if found is None:
        raise _needed("a sector run to follow from", "none")
    return found, snapshots.region(clock.today(caller.at))


def _needed(expected: str, found: object) -> RunNeeded:
    return RunNeeded(expected=expected, found=found, next_step="Run the whole sector: valley mobility run.")


def _print(profile: Profile | None) -> str | None:
    return None if profile is None else snapshots.profile_print(profile)


def _require_only(before: SectorResult, region: snapshots.Region, opening: int) -> None:
    others = {int(pk) for pk in before.openings.tolist()} - {opening}
    if others != set(region.demands) - {opening}:
        raise _needed("no other opening that came or went", "several")


def _restored(run: SectorRun, region: snapshots.Region, rows: list[Any]) -> SectorResult:
    """The stored run as a result over the persons of ``rows`` (their lists) and all its openings (full counts)."""
    import numpy as np

    from valley.core.mobility.overlap.kernel import SectorResult
    from valley.core.mobility.overlap.kernel.result import NOTHING, TENTHS

    reach = list(OpeningReach.objects.filter(run=run).order_by("opening_id"))
    k = region.policy.k
    listed = np.full((len(rows), k), NOTHING, dtype=np.int64)
    fits = np.zeros((len(rows), k))
    for place, row in enumerate(rows):
        for rank, (opening, fit) in enumerate(row.entries):
            listed[place, rank], fits[place, rank] = opening, fit
    return SectorResult(
        persons=np.array([row.person_id for row in rows], dtype=np.int64),
        compared=np.array([row.compared for row in rows], dtype=bool),
        openings_listed=listed,
        fits_listed=fits,
        openings=np.array([row.opening_id for row in reach], dtype=np.int64),
        possible=np.array([row.possible for row in reach], dtype=np.int64),
        tenths=np.array([row.bands for row in reach], dtype=np.int64).reshape(-1, TENTHS),
        gates=tuple(tuple((kind, subject, asked) for kind, subject, asked, _n in row.blocks) for row in reach),
        lacking=np.array([block[3] for row in reach for block in row.blocks], dtype=np.int64),
        policy=run.policy,
        inputs=run.inputs,
    )


def _moved_lists(rows: Iterable[Any], result: SectorResult) -> list[Any]:
    """The rows whose entries differ from the result, with the new entries."""
    moved: list[Any] = []
    for row in rows:
        entries = [[entry.opening, entry.fit] for entry in result.openings_for(row.person_id)]
        if entries != row.entries:
            row.entries = entries
            moved.append(row)
    return moved


def _store_run(run: SectorRun, region: snapshots.Region, *, inputs: str, persons: int, compared: int) -> None:
    run.inputs, run.sources, run.on = inputs, region.sources, region.on
    run.frame = f"{region.sector.inputs % 2**256:064x}"
    run.persons, run.compared, run.openings = persons, compared, len(region.demands)
    run.save(update_fields=["inputs", "frame", "sources", "on", "persons", "compared", "openings"])


def _store_counts(run: SectorRun, result: SectorResult, *, only: set[int] | None = None) -> None:
    """Write the counts that differ; those of ``only`` are new rows."""
    kept = {row.opening_id: row for row in OpeningReach.objects.filter(run=run)}
    changed: list[OpeningReach] = []
    for counts in result.counts():
        values: dict[str, Any] = {
            "possible": counts.possible,
            "bands": list(counts.tenths),
            "blocks": [[kind, subject, asked, number] for (kind, subject, asked), number in counts.lacking],
        }
        row = kept.get(counts.opening)
        if row is None and only and counts.opening in only:
            OpeningReach.objects.create(run=run, opening_id=counts.opening, **values)
        elif row is not None and any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    OpeningReach.objects.bulk_update(changed, ["possible", "bands", "blocks"], batch_size=runs.BATCH)
