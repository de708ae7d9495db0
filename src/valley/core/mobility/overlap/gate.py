"""Which must-haves of this opening does this person meet, and which are missing by name?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from valley.core.mobility.overlap.policy import USE_UNIT, OverlapPolicy, level_parts
from valley.core.profiles import Conditions, Demand, Importance, Limits, Need, Profile, Vocabulary

SHIFTS = ("evening", "weekend", "night", "early")
"""The shifts that can be a must-have, in the order in which they are named."""


@dataclass(frozen=True, slots=True)
class MustHave:
    """One gate. ``kind`` is "language", "permit", one of ``SHIFTS`` or "competence".

    ``subject`` is the language code, permit code, shift or competence id; ``has`` and ``asked`` are levels (CEFR 1-6
    for a language, 1-4 for a competence) or, for a permit or shift, 1 for yes and 0 for no.
    """

    kind: str
    subject: str | int
    met: bool
    has: int
    asked: int


def must_haves(profile: Profile, demand: Demand, vocabulary: Vocabulary, policy: OverlapPolicy) -> tuple[MustHave, ...]:
    """Every gate of the opening, met or not: languages, permits, shifts, required competences, each sorted.

    A required competence is met when its credit (before ageing: a gate must not close by itself) reaches
    ``policy.must_credit``; by default that is the competence itself at the level asked. ``has`` is then the level of
    the competence itself, 0 when only a relative is held.
    """
    gates = (*_languages(profile, demand), *_permits(profile, demand), *_shifts(profile.limits, demand.conditions))
    asked = (need for need in demand.needs if need.importance is Importance.MUST)
    return (*gates, *(_competence(profile, need, vocabulary, policy) for need in asked))


def asked_shifts(conditions: Conditions) -> tuple[str, ...]:
    """The shifts an opening asks for.

    >>> asked_shifts(Conditions(evenings=True, early=True))
    ('evening', 'early')
    """
    asked = (conditions.evenings, conditions.weekends, conditions.nights, conditions.early)
    return tuple(shift for shift, wanted in zip(SHIFTS, asked, strict=True) if wanted)


def willing_shifts(limits: Limits) -> tuple[str, ...]:
    """The shifts a person can and wants to work."""
    willing = (limits.evenings, limits.weekends, limits.nights, limits.early)
    return tuple(shift for shift, can in zip(SHIFTS, willing, strict=True) if can)


def _languages(profile: Profile, demand: Demand) -> Iterator[MustHave]:
    speaks = {tongue.code: tongue.cefr for tongue in profile.spoken}
    for tongue in demand.spoken:
        has = speaks.get(tongue.code, 0)
        yield MustHave("language", tongue.code, has >= tongue.cefr, has, tongue.cefr)


def _permits(profile: Profile, demand: Demand) -> Iterator[MustHave]:
    for permit in sorted(demand.conditions.permits):
        met = permit in profile.permits
        yield MustHave("permit", permit, met, int(met), 1)


def _shifts(limits: Limits, conditions: Conditions) -> Iterator[MustHave]:
    willing = willing_shifts(limits)
    for shift in asked_shifts(conditions):
        yield MustHave(shift, shift, shift in willing, int(shift in willing), 1)


def _competence(profile: Profile, need: Need, vocabulary: Vocabulary, policy: OverlapPolicy) -> MustHave:
    def parts(competence: int, level: int) -> int:
        similarity = vocabulary.similarity(competence, need.competence)
        return policy.similarity_parts(similarity) * level_parts(level, need.level)

    best = max((parts(held.competence, held.level) for held in profile.has), default=0)
    itself = max((held.level for held in profile.has if held.competence == need.competence), default=0)
    return MustHave("competence", need.competence, best >= policy.must_credit * USE_UNIT, itself, need.level)
