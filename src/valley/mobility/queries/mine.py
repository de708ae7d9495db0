"""Which openings fit this person today, and what is missing for the others?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isnan
from typing import TYPE_CHECKING, Any

from valley.core.mobility.overlap import MustHave, State, distance_km
from valley.core.mobility.overlap.gate import must_haves
from valley.core.mobility.overlap.practical import practical
from valley.core.profiles import Demand, Profile
from valley.foundation import access, clock
from valley.foundation.access import Caller, Purpose
from valley.mobility import snapshots
from valley.mobility.models import FitList
from valley.mobility.queries import words
from valley.mobility.queries.rule import policy_words
from valley.mobility.queries.words import MustHaveLine, PracticalLine
from valley.people import queries as people
from valley.people import snapshots as profiles
from valley.work import queries as work

if TYPE_CHECKING:
    from valley.core.mobility.overlap.kernel import SectorResult

Gate = tuple[str, str | int, int]


@dataclass(frozen=True, slots=True)
class FitFilter:
    """What the person looks for: the public filters, and whether practical clashes are left out."""

    openings: work.OpeningFilter = field(default_factory=work.OpeningFilter)
    without_clashes: bool = False


@dataclass(frozen=True, slots=True)
class FitRow:
    """One opening for one person. ``fit`` is 0..1 and ``percent`` the same for reading; ``missing`` are must-haves."""

    opening: work.OpeningItem
    fit: float
    percent: int
    must_haves: tuple[MustHaveLine, ...]
    missing: tuple[MustHaveLine, ...]
    practical: tuple[PracticalLine, ...]
    clashes: int
    distance_km: float | None


@dataclass(frozen=True, slots=True)
class TooLittleToCompare:
    """Why there is no fit: ``needed`` competences, ``found`` so many."""

    needed: int
    found: int


@dataclass(frozen=True, slots=True)
class StoredList:
    """The person's list from the latest sector comparison, and whether the passport changed since."""

    made_at: datetime
    openings: int
    stale: bool


@dataclass(frozen=True, slots=True)
class MyOpenings:
    """The openings of a day for one person, each part by fit (ties by opening id), a page of each.

    ``possible``: every must-have met. ``not_yet``: with what is missing. Both empty with ``too_little``.
    """

    possible: tuple[FitRow, ...]
    not_yet: tuple[FitRow, ...]
    too_little: TooLittleToCompare | None
    total_possible: int
    total_not_yet: int
    total: int
    limit: int
    offset: int
    policy: str
    policy_fingerprint: str
    sources: str
    on: date
    stored: StoredList | None


def my_openings(
    caller: Caller,
    *,
    person: int,
    filters: FitFilter | None = None,
    limit: int = 20,
    offset: int = 0,
    not_yet_limit: int | None = None,
) -> MyOpenings:
    """The person's own openings, ordered by fit. For the owner of the passport (or the operator).

    ``limit`` and ``offset`` page through both parts; ``not_yet_limit`` is another page size for the second part, for
    readers who show one part in full. About 15 queries, however many openings there are.
    """
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    profile = profiles.profile(grant)
    region = snapshots.region(clock.today(caller.at))
    chosen = filters or FitFilter()
    scarce = too_little_of(profile)
    possible, not_yet = ([], []) if scarce else _parts(caller, region, profile, chosen)
    later = limit if not_yet_limit is None else not_yet_limit
    shown, shown_later = possible[offset : offset + limit], not_yet[offset : offset + later]
    rows = _rows(caller, region, profile, [*shown, *shown_later])
    stored = _stored(grant, profile)
    return MyOpenings(
        possible=tuple(rows[pk] for pk, _fit in shown),
        not_yet=tuple(rows[pk] for pk, _fit in shown_later),
        too_little=scarce,
        total_possible=len(possible),
        total_not_yet=len(not_yet),
        total=len(region.demands),
        limit=limit,
        offset=offset,
        policy=policy_words(),
        policy_fingerprint=region.policy.fingerprint(),
        sources=region.sources,
        on=region.on,
        stored=stored,
    )


def too_little_of(profile: Profile) -> TooLittleToCompare | None:
    """Whether the person has too little to compare, whatever the opening."""
    needed = snapshots.POLICY.least_confirmed
    return None if profile.confirmed >= needed else TooLittleToCompare(needed, profile.confirmed)


def _parts(
    caller: Caller, region: snapshots.Region, profile: Profile, chosen: FitFilter
) -> tuple[list[tuple[int, float]], list[tuple[int, float]]]:
    """Opening ids with their fit, possible and not yet, each in order. Openings that ask nothing have no fit."""
    allowed = _allowed(caller, region, profile, chosen)
    fits = region.sector.fits(profile)
    met = _met(region.sector.run([profile]))
    pairs: list[tuple[int, float]] = list(zip(region.sector.openings.tolist(), fits.tolist(), strict=True))
    listed = [(pk, fit) for pk, fit in pairs if pk in allowed and not isnan(fit)]
    listed.sort(key=lambda row: (-row[1], row[0]))
    return [row for row in listed if met[row[0]]], [row for row in listed if not met[row[0]]]


def _met(alone: SectorResult) -> Mapping[int, bool]:
    """For a run of one person: which openings have every must-have met."""
    return dict(zip(alone.openings.tolist(), (alone.possible == 1).tolist(), strict=True))


def _allowed(caller: Caller, region: snapshots.Region, profile: Profile, chosen: FitFilter) -> frozenset[int]:
    asks_all = chosen.openings == work.OpeningFilter()
    allowed = frozenset(region.demands) if asks_all else work.matching(caller, filters=chosen.openings)
    if not chosen.without_clashes:
        return allowed
    return frozenset(pk for pk in allowed if pk in region.demands and not _clashes(profile, region.demands[pk]))


def _clashes(profile: Profile, demand: Demand) -> bool:
    return any(point.state is State.CLASH for point in practical(profile.limits, demand.conditions))


def _rows(
    caller: Caller, region: snapshots.Region, profile: Profile, shown: list[tuple[int, float]]
) -> dict[int, FitRow]:
    if not shown:
        return {}
    items = work.opening_items(caller, ids=[pk for pk, _fit in shown])
    gates = {pk: must_haves(profile, region.demands[pk], region.vocabulary, region.policy) for pk, _fit in shown}
    asked = [int(gate.subject) for own in gates.values() for gate in own if gate.kind == "competence"]
    known = words.words_for(asked, language=caller.language)
    return {pk: _row(items[pk], fit, gates[pk], profile, region.demands[pk], known) for pk, fit in shown}


def _row(
    item: work.OpeningItem,
    fit: float,
    gates: tuple[MustHave, ...],
    profile: Profile,
    demand: Demand,
    known: words.Words,
) -> FitRow:
    lines = tuple(words.must_have(gate, known) for gate in gates)
    points = tuple(words.practical(point, known) for point in practical(profile.limits, demand.conditions))
    return FitRow(
        opening=item,
        fit=fit,
        percent=round(100 * fit),
        must_haves=lines,
        missing=tuple(line for line in lines if not line.met),
        practical=points,
        clashes=sum(point.state == State.CLASH for point in points),
        distance_km=distance_km(profile.limits.place, demand.conditions.place),
    )


def _stored(grant: access.Grant, profile: Profile) -> StoredList | None:
    with access.opened(grant):
        row: Any = FitList.objects.only("made_at", "entries", "seen").first()
    if row is None:
        return None
    return StoredList(row.made_at, len(row.entries), row.seen != snapshots.packed(profile))
