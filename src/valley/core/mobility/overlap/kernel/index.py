"""Where do needed competences occur, so that only what a person touches is counted?

The best credit for a needed competence at a level depends on the person alone. So a person is expanded once into a
credit per key (needed competence, level), with the MAX inside the expansion; coverage of every opening is then one
sparse product. Use is the same from the other side: per thing held, one row of how far each opening uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[reportMissingTypeStubs]

from valley.core.mobility.overlap.policy import LEVEL_PARTS, OverlapPolicy, level_parts
from valley.core.profiles import SIMILARITY, Demand, Vocabulary

Whole = NDArray[np.int64]
Parts = NDArray[np.uint16]
Reals = NDArray[np.float64]

LEVELS = 4
# SHARE[held - 1, wanted - 1]: twelfths of the wanted level
SHARE = np.array([[level_parts(held, wanted) for wanted in (1, 2, 3, 4)] for held in (1, 2, 3, 4)], dtype=np.uint16)
assert SHARE.max() == LEVEL_PARTS


class Index:
    """The openings of a sector, turned around. Memory: postings, plus two bytes per opening and thing held."""

    def __init__(self, demands: Sequence[Demand], vocabulary: Vocabulary, policy: OverlapPolicy) -> None:
        self._vocabulary, self._policy = vocabulary, policy
        needed = sorted({need.competence for demand in demands for need in demand.needs})
        self.place: dict[int, int] = {competence: place for place, competence in enumerate(needed)}
        self._members = _Members(needed, vocabulary)
        self._relatives: dict[int, tuple[Whole, Parts]] = {}
        self._use_rows: dict[tuple[int, int], Parts] = {}
        self._credit_rows: dict[tuple[int, int], tuple[Whole, Parts]] = {}
        self.size = len(demands)
        self._post(demands)

    def _post(self, demands: Sequence[Demand]) -> None:
        """Number the keys in use and write the postings twice: by opening (weights) and by competence (levels)."""
        entries = [
            (column, self.place[need.competence], need.level, self._policy.need_weight(need, self._vocabulary))
            for column, demand in enumerate(demands)
            for need in demand.needs
        ]
        table = np.array(entries, dtype=np.int64).reshape(-1, 4)
        column, place, level, weight = table.T
        flat = place * LEVELS + level - 1
        used = np.unique(flat)
        self.keys = len(used)
        self.key_of = np.full(len(self.place) * LEVELS, -1, dtype=np.int64)
        self.key_of[used] = np.arange(self.keys)
        shape = (self.size, self.keys)
        self.weights: Any = sparse.csr_matrix((weight.astype(float), (column, self.key_of[flat])), shape=shape)
        self.asked: Reals = np.bincount(column, weights=weight, minlength=self.size).astype(float)
        by_place = np.argsort(place, kind="stable")
        self._columns: Whole = column[by_place]
        self._levels: Whole = level[by_place]
        self._starts: Whole = np.searchsorted(place[by_place], np.arange(len(self.place) + 1))

    def relatives(self, competence: int) -> tuple[Whole, Parts]:
        """The needed competences (by place) that holding this one counts for, and their similarity in hundredths."""
        if competence not in self._relatives:
            known = self._members.related(competence, self._vocabulary)
            counting = sorted((self.place[c], self._policy.similarity_parts(value)) for c, value in known.items())
            table = np.array([pair for pair in counting if pair[1]], dtype=np.int64).reshape(-1, 2)
            self._relatives[competence] = table[:, 0].copy(), table[:, 1].astype(np.uint16)
        return self._relatives[competence]

    def credit_row(self, competence: int, level: int) -> tuple[Whole, Parts]:
        """The keys that a competence at a level counts for, and the parts of similarity x level it earns there."""
        if (competence, level) not in self._credit_rows:
            place, parts = self.relatives(competence)
            key = self.key_of[place[:, None] * LEVELS + np.arange(LEVELS)]
            earned = parts[:, None] * SHARE[level - 1]
            kept = key >= 0
            self._credit_rows[competence, level] = key[kept], earned[kept]
        return self._credit_rows[competence, level]

    def use_row(self, competence: int, level: int) -> Parts:
        """Per opening, the parts of similarity x level by which it uses a competence held at a level."""
        if (competence, level) not in self._use_rows:
            place, parts = self.relatives(competence)
            starts: Whole = self._starts[place]
            lengths: Whole = self._starts[place + 1] - starts
            before: Whole = np.cumsum(lengths) - lengths
            postings: Whole = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
            row = np.zeros(self.size, dtype=np.uint16)
            earned = np.repeat(parts, lengths) * SHARE[self._levels[postings] - 1, level - 1]
            np.maximum.at(row, self._columns[postings], earned)
            self._use_rows[competence, level] = row
        return self._use_rows[competence, level]


class _Members:
    """The needed competences of each group, so that relatives are looked up instead of searched."""

    def __init__(self, needed: Iterable[int], vocabulary: Vocabulary) -> None:
        self._needed = frozenset(needed)
        self._narrow: dict[int, list[int]] = {}
        self._broad: dict[int, list[int]] = {}
        for competence in sorted(self._needed):
            for group in vocabulary.narrow_groups(competence):
                self._narrow.setdefault(group, []).append(competence)
            for group in vocabulary.broad_groups(competence):
                self._broad.setdefault(group, []).append(competence)

    def related(self, competence: int, vocabulary: Vocabulary) -> Mapping[int, float]:
        """Needed competences with a similarity above 0, weakest ties written first so that the strongest stays."""
        found: dict[int, float] = {}
        for group in vocabulary.broad_groups(competence):
            found.update(dict.fromkeys(self._broad.get(group, ()), SIMILARITY.broad))
        for group in vocabulary.narrow_groups(competence):
            found.update(dict.fromkeys(self._narrow.get(group, ()), SIMILARITY.near))
        found.update(dict.fromkeys(vocabulary.near(competence) & self._needed, SIMILARITY.near))
        if competence in self._needed:
            found[competence] = SIMILARITY.same
        return found
