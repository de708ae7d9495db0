"""What does a comparison work with today: every open opening, turned around once and kept while nothing changes?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Any

from valley.core.mobility.overlap import OverlapPolicy
from valley.core.profiles import Demand, Grade, Has, Limits, Profile, Spoken, Vocabulary
from valley.skills import snapshots as skills
from valley.work import snapshots as work

if TYPE_CHECKING:
    from valley.core.mobility.overlap.kernel import Sector

POLICY = OverlapPolicy()
"""The rule that everybody's openings are ordered by; docs/decisions/0002-ordering-rule.md says why this one."""


@dataclass(frozen=True, slots=True)
class Region:
    """All openings of a day with the words and the rule they are compared by. ``sources`` is their fingerprint."""

    on: date
    sector: Sector
    demands: Mapping[int, Demand]
    vocabulary: Vocabulary
    policy: OverlapPolicy
    sources: str


_lock = Lock()
_kept: Region | None = None
NO_DAY = date(2000, 1, 1)
"""The day of a rule that does not look at it: without ageing of evidence a comparison is as true tomorrow."""


def sources(on: date) -> str:
    """The fingerprint of what a comparison on a day is made from, persons left out. Three cheap queries."""
    parts = (work.fingerprint(on), skills.vocabulary_fingerprint(), POLICY.fingerprint())
    return sha256("|".join(parts).encode()).hexdigest()


def region(on: date) -> Region:
    """The region as it is on a day, built once per process and state: about 0.3 s for 900 openings."""
    global _kept
    fingerprint = sources(on)
    with _lock:
        kept = _kept
        if kept is None or kept.sources != fingerprint or (POLICY.age_evidence and kept.on != on):
            kept = _kept = _built(on, fingerprint)
        return kept if kept.on == on else replace(kept, on=on)


def _built(on: date, fingerprint: str) -> Region:
    from valley.core.mobility.overlap.kernel import Sector

    demands, vocabulary = work.demands(on), skills.vocabulary()
    sector = Sector(demands, vocabulary, POLICY, on=on if POLICY.age_evidence else NO_DAY)
    return Region(on, sector, {demand.id: demand for demand in demands}, vocabulary, POLICY, fingerprint)


def packed(profile: Profile) -> dict[str, Any]:
    """What a run looks at of a person, as plain JSON: competences, languages, shifts and permits."""
    limits = profile.limits
    return {
        "has": [[held.competence, held.level, int(held.grade), held.on.toordinal()] for held in profile.has],
        "spoken": [[tongue.code, tongue.cefr] for tongue in profile.spoken],
        "shifts": [limits.evenings, limits.weekends, limits.nights, limits.early],
        "permits": sorted(profile.permits),
    }


def profile_print(profile: Profile) -> str:
    """The fingerprint of everything of a person that a run looks at."""
    return sha256(json.dumps(packed(profile), sort_keys=True).encode()).hexdigest()


def unpacked(person: int, seen: Mapping[str, Any]) -> Profile:
    """The profile that :func:`packed` wrote; practical wishes, which no run looks at, are left open."""
    evenings, weekends, nights, early = seen["shifts"]
    return Profile(
        id=person,
        has=tuple(Has(c, level, Grade(grade), date.fromordinal(day)) for c, level, grade, day in seen["has"]),
        spoken=tuple(Spoken(code, cefr) for code, cefr in seen["spoken"]),
        limits=Limits(evenings=evenings, weekends=weekends, nights=nights, early=early),
        permits=frozenset(seen["permits"]),
    )
