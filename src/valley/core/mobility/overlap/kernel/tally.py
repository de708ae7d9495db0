"""What does every way of computing a run start from, and what does it leave per person, opening and must-have?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from valley.core.mobility.overlap.fit import freshness_parts
from valley.core.mobility.overlap.kernel.gates import Gates
from valley.core.mobility.overlap.kernel.index import Index, Reals, Whole
from valley.core.mobility.overlap.kernel.result import NOTHING, TENTHS
from valley.core.mobility.overlap.policy import CREDIT_UNIT, USE_UNIT, OverlapPolicy
from valley.core.profiles import Profile, Vocabulary


@dataclass(frozen=True, slots=True)
class Setting:
    """The openings of a sector with everything they are compared by; ``openings`` are ids, ascending."""

    openings: Whole
    index: Index
    gates: Gates
    vocabulary: Vocabulary
    policy: OverlapPolicy
    on: date

    @property
    def unit(self) -> int:
        """The parts in a whole credit."""
        return CREDIT_UNIT if self.policy.age_evidence else USE_UNIT

    def freshness(self, people: Sequence[Profile]) -> Whole:
        """Per claim, how far the evidence still counts in hundredths; 1 throughout when age does not count."""
        if not self.policy.age_evidence:
            return np.ones(sum(len(profile.has) for profile in people), dtype=np.int64)
        held = (held for profile in people for held in profile.has)
        return np.array([freshness_parts(one, self.vocabulary, self.on) for one in held], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Tally:
    """Lists per person (rows), counts per opening (``possible``, ``tenths``) and per must-have (``lacking``)."""

    listed: Whole
    fits: Reals
    possible: Whole
    tenths: Whole
    lacking: Whole


def blank(setting: Setting, persons: int) -> Tally:
    """A tally of nothing yet, to be filled in place."""
    width, k = len(setting.openings), setting.policy.k
    return Tally(
        listed=np.full((persons, k), NOTHING, dtype=np.int64),
        fits=np.zeros((persons, k)),
        possible=np.zeros(width, dtype=np.int64),
        tenths=np.zeros((width, TENTHS), dtype=np.int64),
        lacking=np.zeros(len(setting.gates.gates), dtype=np.int64),
    )
