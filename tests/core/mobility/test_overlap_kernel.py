"""The kernel for a region gives what the readable twin gives, in any order, one by one or all at once."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.mobility.overlap_worlds import DAY, demands, openings, people, policies, profiles, vocabularies

from valley.core.mobility.overlap import order, overlap
from valley.core.mobility.overlap.kernel import (
    Sector,
    SectorResult,
    UnknownInSector,
    change_demand,
    change_profile,
)
from valley.core.mobility.overlap.kernel import (
    plain as plain_module,
)
from valley.core.mobility.overlap.policy import OverlapPolicy
from valley.core.profiles import Demand, Need, Profile, Vocabulary

WORLD = (vocabularies(), policies)
region = settings(max_examples=40, deadline=None)


def same(left: SectorResult, right: SectorResult) -> None:
    for name in SectorResult.__slots__:
        mine, other = getattr(left, name), getattr(right, name)
        assert np.array_equal(mine, other) if isinstance(mine, np.ndarray) else mine == other, name


@region
@given(profiles(), openings(), *WORLD)
def test_one_person_against_all_openings_equals_the_twin_to_the_last_bit(profile, asked, vocabulary, policy):
    fast = Sector(asked, vocabulary, policy, on=DAY).fits(profile).tolist()
    slow = [overlap(profile, demand, vocabulary, policy, on=DAY).fit for demand in asked]
    assert [None if fit != fit else fit for fit in fast] == slow


@region
@given(people(), openings(), *WORLD)
def test_a_run_lists_what_the_twin_would_list(group, asked, vocabulary, policy):
    result = Sector(asked, vocabulary, policy, on=DAY).run(group)
    for profile in group:
        twins = order(overlap(profile, demand, vocabulary, policy, on=DAY) for demand in asked)
        wanted = [(one.demand, one.fit) for one in twins.possible if one.fit][: policy.k]
        assert [(one.opening, one.fit) for one in result.openings_for(profile.id)] == wanted


@region
@given(people(), openings(), *WORLD)
def test_the_counts_of_an_opening_are_counts_of_twins(group, asked, vocabulary, policy):
    result = Sector(asked, vocabulary, policy, on=DAY).run(group)
    for demand, counts in zip(asked, result.counts(), strict=True):
        twins = [overlap(profile, demand, vocabulary, policy, on=DAY) for profile in group]
        compared = [one for one in twins if one.too_little is None or one.too_little.side == "opening"]
        possible = [one for one in compared if one.possible and one.fit is not None]
        lacking = {gate: sum(gate in _lacked(one) for one in compared) for gate, _ in counts.lacking}
        tenths = [min(int(one.fit * 10), 9) for one in possible]
        assert (counts.opening, counts.compared, counts.possible) == (demand.id, len(compared), len(possible))
        assert counts.tenths == tuple(tenths.count(tenth) for tenth in range(10))
        assert dict(counts.lacking) == lacking
        assert counts.listed == sum(
            demand.id in {one.opening for one in result.openings_for(profile.id)} for profile in group
        )


def _lacked(one):
    return {(gate.kind, gate.subject, gate.asked) for gate in one.missing}


@region
@given(people(), openings(), *WORLD, st.randoms(use_true_random=False))
def test_batch_equals_single_whatever_the_order_and_the_size_of_the_blocks(
    group, asked, vocabulary, policy, random: Random
):
    whole = Sector(asked, vocabulary, policy, on=DAY).run(group)
    mixed = Sector(random.sample(asked, len(asked)), vocabulary, policy, on=DAY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_module, "BLOCK_CELLS", 1)
        same(mixed.run(random.sample(group, len(group))), whole)
    for profile in group:
        assert mixed.run([profile]).openings_for(profile.id) == whole.openings_for(profile.id)


@region
@given(people(), openings(), *WORLD, st.integers(1, 8), st.data())
def test_a_changed_person_gives_what_a_full_run_gives(group, asked, vocabulary, policy, identity, data):
    sector = Sector(asked, vocabulary, policy, on=DAY)
    old = next((profile for profile in group if profile.id == identity), None)
    new = data.draw(st.none() | profiles(identity))
    after = [profile for profile in group if profile.id != identity] + ([new] if new else [])
    same(change_profile(sector.run(group), sector, old, new), sector.run(after))


@region
@given(people(), openings(), *WORLD, st.integers(101, 108), st.data())
def test_a_changed_opening_gives_what_a_full_run_gives(group, asked, vocabulary, policy, identity, data):
    sector = Sector(asked, vocabulary, policy, on=DAY)
    known = any(demand.id == identity for demand in asked)
    new = data.draw((st.none() | demands(identity)) if known else demands(identity))
    after, changed = change_demand(sector.run(group), sector, group, identity, new)
    wanted = [demand for demand in asked if demand.id != identity] + ([new] if new else [])
    same(changed, Sector(wanted, vocabulary, policy, on=DAY).run(group))
    same(after.run(group), changed)


@region
@given(people(3), openings(3), *WORLD, st.lists(st.tuples(st.booleans(), st.integers(1, 4)), max_size=5), st.data())
def test_many_changes_in_a_row_end_where_a_full_run_ends(group, asked, vocabulary, policy, steps, data):
    sector, members = Sector(asked, vocabulary, policy, on=DAY), {profile.id: profile for profile in group}
    result = sector.run(group)
    for person_changes, number in steps:
        if person_changes:
            new = data.draw(profiles(number))
            result = change_profile(result, sector, members.get(number), new)
            members[number] = new
        else:
            demand = data.draw(demands(100 + number))
            sector, result = change_demand(result, sector, list(members.values()), demand.id, demand)
    same(result, sector.run(list(members.values())))


def test_a_change_of_something_unknown_is_refused():
    sector = Sector([Demand(1, (Need(1, 1),))], Vocabulary(), OverlapPolicy(), on=DAY)
    with pytest.raises(UnknownInSector):
        sector.without_demand(2)
    with pytest.raises(UnknownInSector):
        Sector([Demand(1, ()), Demand(1, ())], Vocabulary(), OverlapPolicy(), on=DAY)
    with pytest.raises(UnknownInSector):
        change_demand(sector.run([]), sector, [Profile(7, ())], 1, None)


def test_a_result_cannot_be_written():
    result = Sector([Demand(1, (Need(1, 1),))], Vocabulary(), OverlapPolicy(), on=DAY).run([])
    with pytest.raises(ValueError, match="read-only"):
        result.possible[0] = 7
