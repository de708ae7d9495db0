"""Which people meet every must-have of which openings, and how many lack each one?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[reportMissingTypeStubs]

from valley.core.mobility.overlap.gate import asked_shifts, willing_shifts
from valley.core.mobility.overlap.kernel.index import LEVELS, Index
from valley.core.mobility.overlap.policy import USE_UNIT, OverlapPolicy
from valley.core.profiles import Demand, Importance, Profile

COMPETENCE = "competence"
Flags = NDArray[np.bool_]
Gate = tuple[str, str | int, int]
"""A must-have as (kind, subject, level asked), the same for every opening that asks it."""


class Gates:
    """Every distinct must-have of a sector numbered once; an opening is a row of numbers, a person a row of flags."""

    def __init__(self, demands: Sequence[Demand], index: Index, policy: OverlapPolicy) -> None:
        rows = [sorted(_gates(demand), key=_sorted) for demand in demands]
        self.gates: list[Gate] = sorted({gate for row in rows for gate in row}, key=_sorted)
        number = {gate: position for position, gate in enumerate(self.gates)}
        self.starts: NDArray[np.int64] = np.cumsum([0, *(len(row) for row in rows)])
        self.flat: NDArray[np.int64] = np.array([number[gate] for row in rows for gate in row], dtype=np.int64)
        shape = (len(demands), len(self.gates))
        self._asked: Any = sparse.csr_matrix((np.ones(len(self.flat)), self.flat, self.starts), shape=shape)
        self.threshold = policy.must_credit * USE_UNIT
        self.asked: NDArray[np.int64] = np.array([asked for _, _, asked in self.gates], dtype=np.int64)
        self.key: NDArray[np.int64] = np.array([_key(gate, index) for gate in self.gates], dtype=np.int64)
        self._subjects: dict[tuple[str, str | int], int] = {}
        for kind, subject, _ in self.gates:
            if kind != COMPETENCE:
                self._subjects.setdefault((kind, subject), len(self._subjects))
        self.subject: NDArray[np.int64] = np.array(
            [self._subjects.get((kind, subject), -1) for kind, subject, _ in self.gates], dtype=np.int64
        )

    def lacking(self, profiles: Sequence[Profile], credits: NDArray[np.integer[Any]]) -> Flags:
        """Persons x gates, True where a gate is not met. ``credits`` are persons x keys, before ageing."""
        lacks = self.levels(profiles)[:, self.subject] < self.asked
        mine = np.flatnonzero(self.key >= 0)
        lacks[:, mine] = credits[:, self.key[mine]] < self.threshold
        return lacks

    def levels(self, profiles: Sequence[Profile]) -> NDArray[np.int64]:
        """Persons x subjects: the level each person has of every language, permit and shift that a gate asks.

        One more column, the last, stays 0: gates without a subject point at it.
        """
        levels = np.zeros((len(profiles), len(self._subjects) + 1), dtype=np.int64)
        for row, profile in enumerate(profiles):
            for subject, level in _met(profile):
                number = self._subjects.get(subject)
                if number is not None:
                    levels[row, number] = level
        return levels

    def possible(self, lacks: Flags) -> Flags:
        """Persons x openings, True where every must-have is met."""
        return (self._asked @ lacks.T.astype(float)).T == 0


def _sorted(gate: Gate) -> tuple[str, str, int]:
    return (gate[0], str(gate[1]), gate[2])


def _gates(demand: Demand) -> set[Gate]:
    languages: set[Gate] = {("language", tongue.code, tongue.cefr) for tongue in demand.spoken}
    permits: set[Gate] = {("permit", permit, 1) for permit in demand.conditions.permits}
    shifts: set[Gate] = {(shift, shift, 1) for shift in asked_shifts(demand.conditions)}
    musts: set[Gate] = {
        (COMPETENCE, need.competence, need.level) for need in demand.needs if need.importance is Importance.MUST
    }
    return languages | permits | shifts | musts


def _key(gate: Gate, index: Index) -> int:
    """The key of a required competence, -1 for any other gate."""
    kind, subject, asked = gate
    return int(index.key_of[index.place[int(subject)] * LEVELS + asked - 1]) if kind == COMPETENCE else -1


def _met(profile: Profile) -> Iterator[tuple[tuple[str, str | int], int]]:
    for tongue in profile.spoken:
        yield ("language", tongue.code), tongue.cefr
    for permit in profile.permits:
        yield ("permit", permit), 1
    for shift in willing_shifts(profile.limits):
        yield (shift, shift), 1
