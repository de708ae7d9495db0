"""How is everybody who consented compared with every open opening, and the outcome kept?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.core.profiles import Profile
from valley.foundation import access, audit, clock
from valley.foundation.access import Caller, Grant, Purpose
from valley.mobility import snapshots
from valley.mobility.models import FitList, OpeningReach, SectorRun
from valley.people import queries as people
from valley.people import snapshots as profiles

if TYPE_CHECKING:
    from valley.core.mobility.overlap.kernel import SectorResult

Report = Callable[[float, str], None]
BATCH = 1000


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """A sector run as it ended. ``changed`` is False when nothing had changed since the run that is there."""

    run: int
    changed: bool
    persons: int
    compared: int
    openings: int
    listed: int
    seconds: float
    engine_seconds: float


def run_sector(caller: Caller, *, progress: Report | None = None) -> RunOutcome:
    """Compare everybody with a living consent with every open opening, and keep lists and counts. Operator and jobs.

    Exact and repeatable: the same inputs give the run that is there, unchanged. One transaction at the end; 5,000
    persons and 900 openings take about ten seconds, of which under one in the engine.
    """
    began = perf_counter()
    report = progress or (lambda share, words: None)
    grant = people.grant(caller, purpose=Purpose.SECTOR_RUN)
    report(0.02, _("reading passports"))
    persons = profiles.profiles(grant)
    region = snapshots.region(clock.today(caller.at))
    report(0.3, _("comparing"))
    region.sector.prepare(len(persons))
    engine = perf_counter()
    result = region.sector.run(persons)
    spent = perf_counter() - engine
    listed = int((result.openings_listed >= 0).sum())
    latest = SectorRun.objects.filter(finished_at__isnull=False).order_by("-pk").first()
    if latest is not None and latest.inputs == result.inputs and latest.sources == region.sources:
        report(1.0, _("nothing had changed"))
        return _outcome(latest, changed=False, listed=listed, engine=spent)
    report(0.5, _("storing"))
    with transaction.atomic(), access.opened(grant):
        run = _new_run(caller.at, region, result, seconds=perf_counter() - began)
        store_lists(run, persons, result, at=caller.at)
        store_reach(run, result)
        record(caller, run=run.pk, inputs=result.inputs, policy=result.policy)
    report(1.0, _("done"))
    return _outcome(run, changed=True, listed=listed, engine=spent)


def record(caller: Caller, *, run: int, inputs: str, policy: str) -> None:
    """The audit line of an automated comparison: which inputs and which rule, by fingerprint."""
    audit.record(
        caller,
        verb="mobility.run_sector",
        subject=("sector-run", str(run)),
        fields=["claims", "languages", "wishes", "needs"],
        purpose=f"i:{inputs[:16]} p:{policy[:16]}",
    )


def store_lists(run: SectorRun, persons: Sequence[Profile], result: SectorResult, *, at: datetime) -> None:
    """Replace everybody's list by those of this run. Inside an open scope and transaction."""
    FitList.objects.all().delete()
    compared = dict(zip(result.persons.tolist(), result.compared.tolist(), strict=True))
    FitList.objects.bulk_create(
        (fit_list(run, profile, result, compared=compared[profile.id], at=at) for profile in persons),
        batch_size=BATCH,
    )


def fit_list(run: SectorRun, profile: Profile, result: SectorResult, *, compared: bool, at: datetime) -> Any:
    """One person's list of a result, with what the run saw."""
    return FitList(
        person_id=profile.id,
        run=run,
        inputs=snapshots.profile_print(profile),
        compared=compared,
        entries=[[entry.opening, entry.fit] for entry in result.openings_for(profile.id)],
        seen=snapshots.packed(profile),
        made_at=at,
    )


def store_reach(run: SectorRun, result: SectorResult) -> None:
    """Keep the counts of every opening of a result."""
    OpeningReach.objects.bulk_create(
        (
            OpeningReach(
                run=run,
                opening_id=counts.opening,
                possible=counts.possible,
                bands=list(counts.tenths),
                blocks=[[kind, subject, asked, number] for (kind, subject, asked), number in counts.lacking],
            )
            for counts in result.counts()
        ),
        batch_size=BATCH,
    )


def _new_run(at: datetime, region: snapshots.Region, result: SectorResult, *, seconds: float) -> SectorRun:
    return SectorRun.objects.create(
        started_at=at,
        finished_at=at + timedelta(seconds=seconds),
        on=region.on,
        policy=result.policy,
        inputs=result.inputs,
        frame=f"{region.sector.inputs % 2**256:064x}",
        sources=region.sources,
        persons=len(result.persons),
        compared=int(result.compared.sum()),
        openings=len(result.openings),
        seconds=seconds,
    )


def _outcome(run: SectorRun, *, changed: bool, listed: int, engine: float) -> RunOutcome:
    return RunOutcome(
        run.pk, changed, run.persons, run.compared, run.openings, listed, round(run.seconds, 2), round(engine, 3)
    )


def sector_grant(caller: Caller) -> Grant:
    """The grant of the operator or a job over everybody who consented."""
    return people.grant(caller, purpose=Purpose.SECTOR_RUN)
