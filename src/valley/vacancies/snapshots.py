"""What does planning see of vacancies: where work counts for a diploma, when, with which work processes and hours?"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max

from valley.core.vacancies.periods import Period
from valley.vacancies.models import OpeningPractice, Recognition
from valley.work import snapshots as work


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An opening as a possible link of a route towards one dossier.

    The job starts from ``starts_from_on`` and before ``starts_until_on``; ``months`` None: no end. Hours are a week,
    pay is euro per hour, gross. ``recognised`` are the periods in which the employer is a recognised training company
    for the dossier, looked up by the office, in order of days. ``practises`` are work processes of the dossier with
    hours over the whole job, by code.
    """

    opening: int
    slug: str
    title: str
    employer: int
    role: str
    starts_from_on: date
    starts_until_on: date
    months: int | None
    hours_min: int
    hours_max: int
    place: str
    contract: str
    seats: int
    pay_min: Decimal
    pay_max: Decimal
    closes_on: date
    version: int
    recognised: tuple[Period, ...]
    practises: tuple[tuple[str, int], ...]


def offers(on: date, *, dossier: str, horizon_on: date | None = None) -> tuple[OfferRow, ...]:
    """Every opening that is open on a day, by id, also those that count for nothing towards ``dossier``.

    ``horizon_on`` leaves out jobs that cannot start before that day. Three questions, however many there are.
    """
    practises: dict[int, list[tuple[str, int]]] = defaultdict(list)
    taught = OpeningPractice.objects.filter(dossier_code=dossier).order_by("process_code")
    for opening, process, hours in taught.values_list("opening_id", "process_code", "hours"):
        practises[opening].append((process, hours))
    recognised = _periods(dossier)
    return tuple(
        _offer(job, recognised.get(job.organisation, ()), tuple(practises.get(job.opening, ())))
        for job in work.jobs(on)
        if horizon_on is None or job.starts_from_on < horizon_on
    )


def fingerprint(on: date) -> str:
    """Changes whenever :func:`offers` might. Two cheap questions.

    What stands beside an opening raises its version; a recognition is only ever added, or closed for another.
    """
    found = Recognition.objects.aggregate(all=Count("pk"), last=Max("pk"), closed=Count("replaced_at"))
    words = "|".join(f"{name}={found[name]}" for name in sorted(found))
    return hashlib.sha256(f"{work.fingerprint(on)}|{words}".encode()).hexdigest()


def _periods(dossier: str) -> dict[int, tuple[Period, ...]]:
    rows = Recognition.objects.filter(dossier_code=dossier, replaced_at__isnull=True, checked_on__isnull=False)
    found: dict[int, list[Period]] = defaultdict(list)
    for organisation, begins, ends in rows.order_by("from_on").values_list("organisation_id", "from_on", "until_on"):
        found[organisation].append((begins, ends))
    return {organisation: tuple(spans) for organisation, spans in found.items()}


def _offer(job: work.Job, recognised: tuple[Period, ...], practises: tuple[tuple[str, int], ...]) -> OfferRow:
    return OfferRow(
        opening=job.opening,
        slug=job.slug,
        title=job.title,
        employer=job.organisation,
        role=job.role,
        starts_from_on=job.starts_from_on,
        starts_until_on=job.starts_until_on,
        months=job.months,
        hours_min=job.hours_min,
        hours_max=job.hours_max,
        place=job.place,
        contract=job.contract,
        seats=job.seats,
        pay_min=job.pay_min,
        pay_max=job.pay_max,
        closes_on=job.closes_on,
        version=job.version,
        recognised=recognised,
        practises=practises,
    )
