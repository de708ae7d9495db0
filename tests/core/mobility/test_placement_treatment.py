"""The table of groups against somebody who lays two plans side by side and knows everything that was ever shown."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from valley.core.disclosure import THRESHOLD
from valley.core.mobility.placement import GroupRow, Mover
from valley.core.mobility.placement.treatment import TOGETHER, apart, treatment
from valley.core.profiles import Profile

KEYS = ("a", "b", "c", "d", "e")


def people(sizes: dict[str, int]) -> list[Mover]:
    keys = [key for key, many in sizes.items() for _ in range(many)]
    return [Mover(Profile(n, ()), 32, groups=(("contract", key),)) for n, key in enumerate(keys)]


def small(count: int) -> bool:
    return 0 < count < THRESHOLD


class Attacker:
    """Knows the names of all groups, both tables, and how many were placed; solves for what is hidden.

    Unknown are the people placed and not placed of every group in every plan; a group has as many in both plans.
    """

    def __init__(self, keys: list[str], tables: list[tuple[tuple[GroupRow, ...], int, int]]) -> None:
        self.keys, self.plans = keys, len(tables)
        self.width = 2 * len(keys) * len(tables)
        self.left: list[Any] = []
        self.right: list[int] = []
        for key in keys:
            for plan in range(1, len(tables)):
                self.know(self.total(key, plan) - self.total(key, 0), 0)
        for plan, (rows, placed, total) in enumerate(tables):
            alone = {row.key for row in rows} or set(keys)
            merged = {key: [key] if key in alone else [] for key in alone} | {
                TOGETHER: [k for k in keys if k not in alone]
            }
            self.know(sum(self.cell(key, plan, 0) for key in keys), placed)
            self.know(sum(self.cell(key, plan, 1) for key in keys), total - placed)
            for row in rows:
                self.know(sum(self.total(key, plan) for key in merged[row.key]), row.total)
                if row.placed is not None:
                    self.know(sum(self.cell(key, plan, 0) for key in merged[row.key]), row.placed)

    def cell(self, key: str, plan: int, end: int) -> Any:
        found = np.zeros(self.width)
        found[(plan * len(self.keys) + self.keys.index(key)) * 2 + end] = 1
        return found

    def total(self, key: str, plan: int) -> Any:
        return self.cell(key, plan, 0) + self.cell(key, plan, 1)

    def know(self, cells: Any, value: int) -> None:
        self.left.append(cells)
        self.right.append(value)

    def range_of(self, cells: Any) -> tuple[int, int]:
        law = LinearConstraint(np.array(self.left), self.right, self.right)
        least, most = (milp(sign * cells, integrality=np.ones(self.width), constraints=law) for sign in (1, -1))
        return round(least.fun), round(-most.fun)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), st.integers(1, 14), min_size=2), st.data())
def test_two_plans_side_by_side_tell_no_small_group(sizes, data) -> None:
    movers = people(sizes)
    placed = [data.draw(st.sets(st.integers(0, len(movers) - 1))) for _ in range(2)]
    assume(not any(small(len(one)) or small(len(movers) - len(one)) for one in placed))
    tables = [treatment(movers, one) for one in placed]
    assert [(row.key, row.total) for row in tables[0]] == [(row.key, row.total) for row in tables[1]]
    attacker = Attacker(
        sorted(sizes), [(*one,) for one in zip(tables, map(len, placed), [len(movers)] * 2, strict=True)]
    )
    for key, total in sizes.items():
        hidden = [(attacker.total(key, 0), total)]
        for plan, one in enumerate(placed):
            ends = Counter(mover.id in one for mover in movers if dict(mover.groups)["contract"] == key)
            hidden += [(attacker.cell(key, plan, 0), ends[True]), (attacker.cell(key, plan, 1), ends[False])]
        for cells, true in hidden:
            low, high = attacker.range_of(cells)
            assert low <= true <= high
            assert not small(true) or (high > low and high >= THRESHOLD), (key, true, low, high)


def test_nobody_placed_is_never_told_of_a_small_group() -> None:
    movers = people({"permanent": 30, "fixed": 3, "agency": 4})
    rows = treatment(movers, range(5, 25))
    assert [(row.key, row.placed, row.total) for row in rows] == [("permanent", 20, 30), (TOGETHER, 0, 7)]
    assert treatment(people({"permanent": 30, "fixed": 3}), range(5, 25)) == (), "three would be told by the rest"


def test_a_row_with_one_person_left_out_hides_the_number_placed_and_not_the_total() -> None:
    rows = treatment(people({"fixed": 12, "permanent": 20}), [*range(11), *range(12, 22)])
    assert [(row.key, row.placed, row.total) for row in rows] == [("fixed", None, 12), ("permanent", None, 20)]


@given(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 30)))
def test_what_stands_together_is_nobody_or_no_small_group(totals) -> None:
    kept = apart(totals)
    rest = sum(totals.values()) - sum(totals[key] for key in kept)
    assert all(totals[key] >= THRESHOLD for key in kept) and (not kept or not small(rest))
