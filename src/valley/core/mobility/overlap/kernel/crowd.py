"""Who is compared, as flat arrays: one pass over people, then everything happens in bulk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from itertools import pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from valley.core.mobility.overlap.kernel.index import LEVELS, Reals, Whole
from valley.core.mobility.overlap.policy import OverlapPolicy
from valley.core.profiles import Has, Profile, Vocabulary

COMPETENCE, LEVEL, GRADE, DAY = range(4)


class Crowd:
    """Persons in a fixed order. ``row`` is the person of each claim, ``thing`` which (competence, level) it is.

    Things are numbered once: ``held`` and ``level`` (0..3) per thing, ``competences`` what ``held`` points at.
    """

    def __init__(self, people: Sequence[Profile]) -> None:
        self.people = people
        self.claims: Whole = _flat(people)
        self.starts: Whole = np.concatenate([[0], np.cumsum([len(profile.has) for profile in people], dtype=np.int64)])
        self.row: Whole = np.repeat(np.arange(len(people)), np.diff(self.starts))
        code, self.thing = np.unique(self.claims[COMPETENCE] * LEVELS + self.claims[LEVEL] - 1, return_inverse=True)
        numbers, self.held = np.unique(code // LEVELS, return_inverse=True)
        self.competences: list[int] = numbers.tolist()
        self.level: Whole = code % LEVELS

    def part(self, bounds: slice) -> Crowd:
        """Some of the persons, in the same numbering of things."""
        share = copy(self)
        share.people = self.people[bounds]
        starts = self.starts[bounds.start : bounds.stop + 1]
        claims = slice(int(starts[0]), int(starts[-1]))
        share.starts, share.row = starts - starts[0], self.row[claims] - bounds.start
        share.claims, share.thing = self.claims[:, claims], self.thing[claims]
        return share

    def compared(self, policy: OverlapPolicy) -> NDArray[np.bool_]:
        """Per person, whether enough competences are confirmed."""
        confirmed = np.bincount(self.row, minlength=len(self.people))
        return confirmed >= policy.least_confirmed

    def weights(self, vocabulary: Vocabulary, policy: OverlapPolicy) -> Reals:
        """Per thing, the weight of what is held."""
        each = np.array([policy.held_weight(competence, vocabulary) for competence in self.competences], dtype=float)
        return each[self.held]

    def prints(self) -> list[bytes]:
        """Per person, the bytes of the claims, for a fingerprint."""
        table = np.ascontiguousarray(self.claims.T)
        return [table[start:end].tobytes() for start, end in pairwise(self.starts.tolist())]


def _flat(people: Sequence[Profile]) -> Whole:
    """Competence, level, grade and day of every claim, one row each; no tuple per claim, which would cost most."""
    claims = [held for profile in people for held in profile.has]
    facts: tuple[Callable[[Has], int], ...] = (*map(attrgetter, ("competence", "level", "grade")), _day)
    return np.array([np.fromiter(map(fact, claims), np.int64, len(claims)) for fact in facts])


def _day(held: Has) -> int:
    return held.on.toordinal()
