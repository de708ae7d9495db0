"""Where do needed competences occur, so that only what people touch is counted?

The best credit for a needed competence at a level depends on the person alone. So a person is expanded once into a
credit per key (needed competence, level), with the MAX inside the expansion; coverage of every opening is then one
sparse product. Use is the same from the other side: per thing held, how far each opening uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[reportMissingTypeStubs]

from valley.core.mobility.overlap.policy import SIMILARITY_PARTS, OverlapPolicy, level_parts
from valley.core.profiles import SIMILARITY, Demand, Vocabulary

Whole = NDArray[np.int64]
Parts = NDArray[np.uint16]
Reals = NDArray[np.float64]

LEVELS = 4
# SHARE[held - 1, wanted - 1]: twelfths of the wanted level
SHARE: Parts = np.array([[level_parts(held, wanted) for wanted in (1, 2, 3, 4)] for held in (1, 2, 3, 4)], np.uint16)


class Table:
    """Rows of (column, value) pairs of any length, picked many at a time."""

    def __init__(self, starts: Whole, columns: Whole, values: Whole) -> None:
        self.starts, self.columns, self._values = starts, columns, values

    def picked(self, rows: Whole) -> tuple[Whole, Whole, Whole]:
        """The pairs of these rows, one after the other: which pick (0, 1...), column, value."""
        lengths: Whole = self.starts[rows + 1] - self.starts[rows]
        before: Whole = np.cumsum(lengths) - lengths
        pick = np.repeat(np.arange(len(rows)), lengths)
        places: Whole = np.arange(len(pick)) + np.repeat(self.starts[rows] - before, lengths)
        return pick, self.columns[places], self._values[places]


class Index:
    """The openings of a sector, turned around. Memory: the postings, twice."""

    def __init__(self, demands: Sequence[Demand], vocabulary: Vocabulary, policy: OverlapPolicy) -> None:
        self._vocabulary, self._policy = vocabulary, policy
        needed = sorted({need.competence for demand in demands for need in demand.needs})
        self.place: dict[int, int] = {competence: place for place, competence in enumerate(needed)}
        self._narrow = _Grouping(needed, vocabulary.narrow_groups)
        self._broad = _Grouping(needed, vocabulary.broad_groups)
        self._near, self._far = (policy.similarity_parts(value) for value in (SIMILARITY.near, SIMILARITY.broad))
        self._ties: dict[int, tuple[tuple[int, int], ...]] = {}
        self.size = len(demands)
        self._post(demands)

    def _post(self, demands: Sequence[Demand]) -> None:
        """Number the keys in use, and write the postings by opening (weights) and by competence (levels)."""
        entries = [
            (column, self.place[need.competence], need.level, self._policy.need_weight(need, self._vocabulary))
            for column, demand in enumerate(demands)
            for need in demand.needs
        ]
        table: Whole = np.array(entries, dtype=np.int64).reshape(-1, 4)
        column, place, level, weight = table.T
        used, key = np.unique(place * LEVELS + level - 1, return_inverse=True)
        self.keys = len(used)
        self.key_of: Whole = np.full(len(self.place) * LEVELS, -1, dtype=np.int64)
        self.key_of[used] = np.arange(self.keys)
        self.weights: Any = sparse.csr_matrix((weight.astype(float), (key, column)), shape=(self.keys, self.size))
        self.asked: Reals = np.bincount(column, weights=weight, minlength=self.size).astype(float)
        ends = np.arange(len(self.place) + 1)
        self.key_starts: Whole = np.searchsorted(used // LEVELS, ends)
        self.wanted: Whole = used % LEVELS
        self._keys_at = Table(self.key_starts, np.arange(self.keys), self.wanted)
        order = np.argsort(place, kind="stable")
        self._openings_at = Table(np.searchsorted(place[order], ends), column[order], level[order] - 1)

    def relatives(self, competences: Sequence[int]) -> Table:
        """Per competence held, the needed competences (by place) it counts for and their similarity in hundredths.

        A pair tied in two ways is listed twice; the MAX that follows keeps the stronger.
        """
        known = [(row, self.place[c]) for row, c in enumerate(competences) if c in self.place]
        stated = [
            (row, self.place[other])
            for row, competence in enumerate(competences)
            for other in self._vocabulary.near(competence)
            if other in self.place
        ]
        ties = (
            (self._broad.shared(competences), self._far),
            (self._narrow.shared(competences), self._near),
            (_columns(stated), self._near),
            (_columns(known), SIMILARITY_PARTS),
        )
        counting = [(rows, places, np.full(len(rows), parts)) for (rows, places), parts in ties if parts]
        row, place, similarity = (np.concatenate(column) for column in zip(*counting, strict=True))
        return _table(row, place, similarity, len(competences))

    def families(self) -> tuple[Whole, Whole]:
        """Starts and members (places): the narrow groups, the broad groups, and every needed competence by itself."""
        parts = (
            self._narrow.members(),
            self._broad.members(),
            (np.arange(len(self.place) + 1), np.arange(len(self.place))),
        )
        offsets = np.cumsum([0, *(len(places) for _, places in parts)])
        starts = [part[:-1] + offset for (part, _), offset in zip(parts, offsets, strict=False)]
        return np.concatenate([*starts, offsets[-1:]]), np.concatenate([places for _, places in parts])

    def ties(self, competence: int) -> tuple[tuple[int, int], ...]:
        """The families (numbered as in `families`) a competence counts for, with hundredths, highest first. Kept."""
        known = self._ties.get(competence)
        if known is None:
            known = self._ties[competence] = tuple(self._tied(competence))
        return known

    def _tied(self, competence: int) -> Iterator[tuple[int, int]]:
        broad = self._narrow.size
        alone = broad + self._broad.size
        if competence in self.place:
            yield alone + self.place[competence], SIMILARITY_PARTS
        if self._near:
            stated = (self.place[other] for other in self._vocabulary.near(competence) if other in self.place)
            yield from ((alone + place, self._near) for place in stated)
            yield from ((column, self._near) for column in self._narrow.columns(competence))
        if self._far:
            yield from ((broad + column, self._far) for column in self._broad.columns(competence))

    def credits(self, relatives: Table, held: Whole, level: Whole) -> Table:
        """Per thing held (row of ``relatives``, level - 1), the keys it counts for and similarity x level in parts."""
        pick, place, similarity = relatives.picked(held)
        again, key, wanted = self._keys_at.picked(place)
        parts = similarity[again] * SHARE[level[pick[again]], wanted]
        return Table(np.searchsorted(pick[again], np.arange(len(held) + 1)), key, parts)

    def uses(self, relatives: Table, held: Whole, level: Whole) -> NDArray[np.integer[Any]]:
        """Things held x openings: the parts of similarity x level by which each opening uses each thing."""
        pick, place, similarity = relatives.picked(held)
        again, opening, offered = self._openings_at.picked(place)
        thing = pick[again]
        parts = similarity[again] * SHARE[offered, level[thing]]
        return highest(thing * self.size + opening, parts, (len(held), self.size))


def highest(places: Whole, parts: Whole, shape: tuple[int, int]) -> NDArray[np.integer[Any]]:
    """The MAX of the parts at every place of a grid; 0 where there is none."""
    small = not len(parts) or parts.max() <= np.iinfo(np.uint16).max  # half the memory to clear and to read
    grid = np.zeros(shape[0] * shape[1], dtype=np.uint16 if small else np.int64)
    np.maximum.at(grid, places, parts.astype(grid.dtype))
    return grid.reshape(shape)


def compact(grid: NDArray[np.integer[Any]]) -> Any:
    """A grid as a sparse matrix of whole numbers in float64, exact up to 2^53."""
    rows, width = int(grid.shape[0]), int(grid.shape[1])
    flat: Any = grid.ravel()
    places: Whole = np.flatnonzero(flat > 0)  # a comparison first: nonzero is several times faster on flags
    ends: Whole = np.arange(rows + 1, dtype=np.int64) * width
    starts: Whole = np.searchsorted(places, ends)
    return sparse.csr_matrix((flat[places].astype(float), places % max(1, width), starts), shape=(rows, width))


class _Grouping:
    """The needed competences by group, so that relatives are looked up instead of searched."""

    def __init__(self, needed: Sequence[int], groups: Callable[[int], Iterable[int]]) -> None:
        self._groups = groups
        self._column: dict[int, int] = {}
        for competence in needed:
            for group in groups(competence):
                self._column.setdefault(group, len(self._column))
        place, column = self._members(needed)
        self.size = len(self._column)
        self._members_of = _table(column, place, place, self.size)

    def columns(self, competence: int) -> list[int]:
        """The groups of a competence in which something is needed."""
        return [self._column[group] for group in self._groups(competence) if group in self._column]

    def members(self) -> tuple[Whole, Whole]:
        """Starts and places of the needed competences of each group."""
        return self._members_of.starts, self._members_of.columns

    def shared(self, competences: Sequence[int]) -> tuple[Whole, Whole]:
        """Row of each competence and place of each needed one in the same group."""
        row, column = self._members(competences)
        pick, place, _ = self._members_of.picked(column)
        return row[pick], place

    def _members(self, competences: Sequence[int]) -> tuple[Whole, Whole]:
        return _columns(
            [(row, column) for row, competence in enumerate(competences) for column in self.columns(competence)]
        )


def _columns(pairs: Sequence[tuple[int, int]]) -> tuple[Whole, Whole]:
    table: Whole = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _table(row: Whole, column: Whole, value: Whole, rows: int) -> Table:
    order = np.argsort(row, kind="stable")
    return Table(np.searchsorted(row[order], np.arange(rows + 1)), column[order], value[order])
