"""Nobody can work out a small group from what is published, whatever the table and whatever was published before."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valley.core.disclosure import InvalidTable, Published, Sum, breakable, remainder_safe, suppress

counts = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 14, 40])
safe = st.sampled_from([0, 5, 6, 9, 14, 40])


def one_way(drawn):
    return st.lists(drawn, min_size=1, max_size=6).map(lambda row: {(f"g{n}",): count for n, count in enumerate(row)})


def two_way(drawn):
    return st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(drawn, min_size=width, max_size=width), min_size=1, max_size=4).map(
            lambda rows: {(f"r{r}", f"c{c}"): count for r, row in enumerate(rows) for c, count in enumerate(row)}
        )
    )


attacks = settings(max_examples=60, deadline=None)


@attacks
@given(one_way(counts) | two_way(counts))
def test_the_attacker_finds_nothing_and_every_small_count_is_hidden(table):
    published = suppress(table)
    assert breakable(published) == ()
    for key, count in [*published.cells.items(), *published.totals.items()]:
        true = sum(n for cell, n in table.items() if all(k in ("*", c) for k, c in zip(key, cell, strict=True)))
        assert count in (None, true)
        assert not (0 < true < 5) or count is None


@attacks
@given(one_way(safe) | two_way(safe))
def test_a_table_without_small_counts_is_published_whole(table):
    published = suppress(table)
    assert None not in published.cells.values()
    assert None not in published.totals.values()


@attacks
@given(st.lists(st.integers(0, 7), min_size=2, max_size=4))
def test_brute_force_over_every_possible_table_agrees_with_the_attacker(row):
    """All tables a reader could imagine, enumerated: each hidden cell can be several things, one of them not small."""
    table = {(f"g{n}",): count for n, count in enumerate(row)}
    published = suppress(table)
    total = published.totals[("*",)]
    if total is None:
        return
    hidden = [cell for cell, count in published.cells.items() if count is None]
    rest = total - sum(count for count in published.cells.values() if count is not None)
    worlds = [world for world in product(range(rest + 1), repeat=len(hidden)) if sum(world) == rest]
    for values in zip(*worlds, strict=True):
        assert len(set(values)) > 1
        assert max(values) >= 5


@attacks
@given(two_way(counts), st.data())
def test_what_was_published_before_counts_as_known(table, data):
    known = frozenset(data.draw(st.sets(st.sampled_from(sorted(table)), min_size=1)))
    before = (Sum(known, sum(table[cell] for cell in known)),)
    try:
        published = suppress(table, earlier=before)
    except InvalidTable as refusal:
        assert refusal.next_step == "Do not publish this table."
    else:
        assert breakable(published, earlier=before) == ()


def test_a_group_already_told_cannot_be_hidden_again():
    table = {("a",): 3, ("b",): 40}
    with pytest.raises(InvalidTable):
        suppress(table, earlier=[Sum(frozenset({("a",)}), 3)])


def test_the_attacker_breaks_a_table_with_only_its_small_cells_hidden():
    cells = {("r0", "c0"): None, ("r0", "c1"): 20, ("r1", "c0"): 15, ("r1", "c1"): 30}
    totals = {("r0", "*"): 23, ("r1", "*"): 45, ("*", "c0"): 18, ("*", "c1"): 50, ("*", "*"): 68}
    assert breakable(Published(cells, totals)) == (("r0", "c0"),)


def test_two_small_cells_that_add_up_to_a_small_rest_are_not_enough():
    assert breakable(Published({("a",): None, ("b",): None, ("c",): 50}, {("*",): 53})) == (("a",), ("b",))


@pytest.mark.parametrize("table", [{}, {("a",): -1}, {("a",): 1, ("b", "c"): 2}, {("*",): 9}, {("a", "b", "c"): 9}])
def test_a_table_that_is_not_a_table_of_counts_is_refused(table):
    with pytest.raises(InvalidTable):
        suppress(table)


def test_the_remainder_of_a_group_is_a_group_too():
    assert remainder_safe(30, 25)
    assert not remainder_safe(30, 27)
    assert not remainder_safe(30, 3)
