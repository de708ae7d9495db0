"""What does the arithmetic see of the openings: needs, languages and conditions, without names or words?"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from valley.core import profiles
from valley.foundation.problems import NotFound
from valley.skills import queries as skills
from valley.work.models import Opening, OpeningLanguage, OpeningNeed, OpeningState

_CONDITIONS = (
    "pk", "hours_min", "hours_max", "place", "evenings", "weekends", "nights", "early", "home_work", "starts_from_on",
    "starts_until_on", "months", "permits",
)  # fmt: skip


_JOB = (
    "pk", "slug", "title", "organisation_id", "role__key", "state", "contract", "months", "hours_min", "hours_max",
    "pay_min", "pay_max", "seats", "place", "starts_from_on", "starts_until_on", "closes_on", "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """An opening as a place in time at an employer. The start lies before ``starts_until_on``; months None: no end."""

    opening: int
    slug: str
    title: str
    organisation: int
    role: str
    state: str
    contract: str
    months: int | None
    hours_min: int
    hours_max: int
    pay_min: Decimal
    pay_max: Decimal
    seats: int
    place: str
    starts_from_on: date
    starts_until_on: date
    closes_on: date
    version: int


def jobs(on: date, *, organisation: int | None = None) -> tuple[Job, ...]:
    """Every opening that is open on a day, by id; of one organisation its drafts too. One question."""
    rows = Opening.objects.filter(is_open(on))
    if organisation is not None:
        waits = Q(state=OpeningState.DRAFT)
        rows = Opening.objects.filter(is_open(on) | waits, organisation=organisation)
    return _jobs(rows)


def job(opening: int) -> Job:
    """One opening, whatever its state; :class:`NotFound` otherwise. One question."""
    found = _jobs(Opening.objects.filter(pk=opening))
    if not found:
        raise NotFound(expected="an opening", found=opening, next_step="Choose one from the list.")
    return found[0]


def _jobs(rows: QuerySet[Opening]) -> tuple[Job, ...]:
    return tuple(Job(*row) for row in rows.order_by("pk").values_list(*_JOB))


def is_open(on: date) -> Q:
    """The condition that an opening can still be had on a day. On its closing day an opening is closed."""
    return Q(state=OpeningState.OPEN, closes_on__gt=on)


def demand(opening: int) -> profiles.Demand:
    """One opening, whatever its state, as :func:`demands` gives it; :class:`NotFound` otherwise."""
    found = _demands(Opening.objects.filter(pk=opening))
    if not found:
        raise NotFound(expected="an opening", found=opening, next_step="Choose one from the list.")
    return found[0]


def demands(on: date) -> tuple[profiles.Demand, ...]:
    """Every opening that is open on a day, by id. Three questions to the database, however many there are."""
    return _demands(Opening.objects.filter(is_open(on)))


def fingerprint(on: date) -> str:
    """Changes whenever :func:`demands` might: a change, a removal, a closing day that came. One cheap question.

    A change raises a version and the moment of the last change; a removal lowers a count; and a day only ever closes
    openings, which lowers the number that is open.
    """
    found = Opening.objects.aggregate(
        open=Count("pk", filter=is_open(on)),
        all=Count("pk"),
        last=Max("pk"),
        versions=Sum("version"),
        changed=Max("changed_at"),
    )
    return hashlib.sha256("|".join(f"{name}={found[name]}" for name in sorted(found)).encode()).hexdigest()


def _demands(rows: QuerySet[Opening]) -> tuple[profiles.Demand, ...]:
    needs: dict[int, list[profiles.Need]] = defaultdict(list)
    wanted = OpeningNeed.objects.filter(opening__in=rows.values("pk"))
    for opening, competence, level, importance in wanted.values_list(
        "opening_id", "competence_id", "level", "importance"
    ):
        needs[opening].append(profiles.Need(competence, level, profiles.Importance(importance)))
    spoken: dict[int, list[profiles.Spoken]] = defaultdict(list)
    languages = OpeningLanguage.objects.filter(opening__in=rows.values("pk"))
    for opening, code, cefr in languages.values_list("opening_id", "code", "cefr"):
        spoken[opening].append(profiles.Spoken(code, cefr))
    positions = {place.key: (place.latitude, place.longitude) for place in skills.places()}
    return tuple(
        profiles.Demand(row[0], tuple(needs[row[0]]), tuple(spoken[row[0]]), _conditions(row, positions))
        for row in rows.order_by("pk").values_list(*_CONDITIONS)
    )


def _conditions(row: tuple[Any, ...], positions: Mapping[str, profiles.Place]) -> profiles.Conditions:
    found = dict(zip(_CONDITIONS[1:], row[1:], strict=True))
    return profiles.Conditions(
        hours_min=found["hours_min"],
        hours_max=found["hours_max"],
        place=positions.get(found["place"]),
        evenings=found["evenings"],
        weekends=found["weekends"],
        nights=found["nights"],
        early=found["early"],
        home_work=found["home_work"],
        starts_from=found["starts_from_on"],
        starts_until=found["starts_until_on"],
        months=found["months"],
        permits=frozenset(found["permits"]),
    )
