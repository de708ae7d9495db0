"""Which people meet every must-have of which openings, and how many lack each one?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[reportMissingTypeStubs]

from valley.core.mobility.overlap.gate import asked_shifts, willing_shifts
from valley.core.mobility.overlap.kernel.index import LEVELS, Index
from valley.core.mobility.overlap.policy import USE_UNIT, OverlapPolicy
from valley.core.profiles import Demand, Importance, Profile

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
        self._threshold = policy.must_credit * USE_UNIT
        competences = [(n, g) for n, g in enumerate(self.gates) if g[0] == "competence"]
        self._competence_gates = np.array([n for n, _ in competences], dtype=np.int64)
        places = [index.place[int(g[1])] * LEVELS + g[2] - 1 for _, g in competences]
        self._competence_keys = index.key_of[np.array(places, dtype=np.int64)]
        self._others = [(n, g) for n, g in enumerate(self.gates) if g[0] != "competence"]

    def lacking(self, profiles: Sequence[Profile], credits: NDArray[np.integer[Any]]) -> Flags:
        """Persons x gates, True where a gate is not met. ``credits`` are persons x keys, before ageing."""
        lacks = np.ones((len(profiles), len(self.gates)), dtype=bool)
        lacks[:, self._competence_gates] = credits[:, self._competence_keys] < self._threshold
        for row, profile in enumerate(profiles):
            met = _met(profile)
            for number, (kind, subject, asked) in self._others:
                lacks[row, number] = met.get((kind, subject), 0) < asked
        return lacks

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
        ("competence", need.competence, need.level) for need in demand.needs if need.importance is Importance.MUST
    }
    return languages | permits | shifts | musts


def _met(profile: Profile) -> dict[tuple[str, str | int], int]:
    met: dict[tuple[str, str | int], int] = {("language", tongue.code): tongue.cefr for tongue in profile.spoken}
    met.update({("permit", permit): 1 for permit in profile.permits})
    met.update({(shift, shift): 1 for shift in willing_shifts(profile.limits)})
    return met
