"""The laws of the red thread, on random regions, settings and policies."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.core.curriculum.thread_worlds import DAY, in_hours, policies, region, regions, settings_

from valley.core.curriculum.thread import InvalidThread, Policy, Setting, Thread, fingerprint, thread, twin
from valley.core.curriculum.thread.checker import check, weights
from valley.core.curriculum.thread.evidence import gather
from valley.core.curriculum.thread.exact import exact
from valley.core.curriculum.thread.greedy import choose
from valley.core.curriculum.thread.null import redrawn, search_of, traded
from valley.core.curriculum.thread.region import Matrix, Region, region_of
from valley.core.curriculum.thread.table import Each, Table, Without

some = settings(max_examples=60, deadline=None)
few = settings(max_examples=25, deadline=None)


def found(lines, policy: Policy, setting: Setting) -> Thread:
    return thread(lines, on=DAY, policy=policy, setting=setting)


@some
@given(regions, policies, settings_)
def test_every_answer_passes_the_independent_checker(lines, policy, setting):
    assert check(found(lines, policy, setting), lines, setting=setting) == ()


@few
@given(regions, in_hours, settings_)
def test_in_hours_too(lines, policy, setting):
    policy = replace(policy, level="leaf")
    assert check(found(lines, policy, setting), lines, setting=setting) == ()


@few
@given(regions, settings_, st.sampled_from(["value", "mean_share", "bound", "items", "employers", "left_out"]))
def test_the_checker_refuses_a_tampered_answer(lines, setting, part):
    answer = found(lines, Policy(support=1, budget=2, bootstraps=10, nulls=0), setting)
    first, left = answer.items[0], answer.left_out[0]
    tampered = {
        "value": answer.value + 0.01,
        "mean_share": answer.mean_share + 0.01,
        "bound": answer.value - 0.01,
        "items": (replace(first, employers=()), *answer.items[1:]),
        "employers": (replace(answer.employers[0], own_hours=-1), *answer.employers[1:]),
        "left_out": (replace(left, changed=left.changed + 0.5), *answer.left_out[1:]),
    }
    assert check(replace(answer, **{part: tampered[part]}), lines, setting=setting)


@some
@given(regions, policies, settings_, st.randoms(use_true_random=False))
def test_permuting_lines_changes_not_a_byte(lines, policy, setting, random):
    mixed = random.sample(lines, len(lines))
    assert found(mixed, policy, setting) == found(lines, policy, setting)


@some
@given(regions, policies, settings_, st.permutations(range(1, 7)))
def test_other_ids_of_employers_change_nothing_but_these_ids(lines, policy, setting, order):
    new = {old: 50 + number for number, old in enumerate(order)}
    back = {number: old for old, number in new.items()}
    renamed = found(
        [replace(line, employer=new[line.employer]) for line in lines],
        replace(policy, without=tuple(new[one] for one in policy.without)),
        replace(setting, jobs={new[one]: jobs for one, jobs in setting.jobs.items()}),
    )
    answer = found(lines, policy, setting)
    for name in ("mean_share", "least_share", "value", "bound", "null", "curve"):
        assert getattr(renamed, name) == getattr(answer, name)
    for item, other in zip(answer.items, renamed.items, strict=True):
        employers = tuple(sorted(back[one] for one in other.employers))
        assert replace(other, employers=employers) == item
    shares = {back[share.employer]: replace(share, employer=back[share.employer]) for share in renamed.employers}
    assert shares == {share.employer: share for share in answer.employers}
    left = {back[one.employer]: replace(one, employer=back[one.employer]) for one in renamed.left_out}
    assert left == {one.employer: one for one in answer.left_out}
    for one, other in zip(answer.others, renamed.others, strict=True):
        assert (one.items, one.mean_share, one.largest_influence[1]) == (
            other.items,
            other.mean_share,
            other.largest_influence[1],
        )


@some
@given(regions, policies, settings_)
def test_shares_equal_those_of_the_readable_twin(lines, policy, setting):
    told = gather(lines, on=DAY, policy=policy, setting=setting)
    assert {asked.employer: asked.shares for asked in told.employers} == twin.demand(
        lines, on=DAY, policy=policy, setting=setting
    )


@some
@given(regions, policies | in_hours, settings_, st.integers(0, 99))
def test_many_weightings_at_once_equal_the_twin_one_by_one(lines, policy, setting, seed):
    policy = replace(policy, level="leaf")
    world = _region(lines, policy, setting)
    assume(len(world.eligible))
    random = np.random.default_rng(seed)
    weightings = random.integers(0, 4, (7, world.matrix.rows))
    search = search_of(world, world.matrix.only(world.eligible), world.eligible)
    picks = choose(search, Each(weightings))
    asked = twin.demand(lines, on=DAY, policy=policy, setting=setting)
    hours = None if world.hours is None else dict(zip(world.competences, world.cost.tolist(), strict=True))
    for number, weighting in enumerate(weightings.tolist()):
        weight = dict(zip(world.names.tolist(), weighting, strict=True))
        core = [world.competences[world.eligible[column]] for column in picks.row(number)]
        assert core == twin.greedy(asked, weight, policy, hours)
        assert picks.value()[number] == twin.value(asked, weight, core, policy)


@some
@given(regions, policies, settings_)
def test_leaving_one_out_at_once_equals_weights_written_out(lines, policy, setting):
    world = _region(lines, policy, setting)
    table, weight = Table(world.matrix), world.weight(policy.weighting)
    every = np.arange(world.matrix.rows)
    written = Each(np.where(np.eye(len(every), dtype=bool), 0, weight))
    for entries in (table.share, table.gains(world.total // 3, world.worth)):
        assert (table.weighed(entries, Without(weight, every)) == table.weighed(entries, written)).all()
    assert (table.backed(Without(weight, every), 2) == table.backed(written, 2)).all()


def _region(lines, policy: Policy, setting: Setting) -> Region:
    return region_of(gather(lines, on=DAY, policy=policy, setting=setting), policy, setting)


@some
@given(regions, policies, settings_, st.data())
def test_value_grows_with_the_core_and_gains_fall(lines, policy, setting, data):
    asked = twin.demand(lines, on=DAY, policy=policy, setting=setting)
    everything = sorted({one for shares in asked.values() for one in shares})
    assume(len(everything) >= 2)
    order = data.draw(st.permutations(everything))
    cut, further = sorted(data.draw(st.tuples(st.integers(0, len(order) - 1), st.integers(0, len(order) - 1))))
    weight = weights(asked, lines, policy, setting)

    def gain(size: int) -> int:
        core = order[:size]
        return twin.value(asked, weight, [*core, order[-1]], policy) - twin.value(asked, weight, core, policy)

    assert gain(cut) >= gain(further) >= 0


@few
@given(regions, policies | in_hours, settings_)
def test_greedy_is_at_most_the_best_and_the_best_at_most_the_bound(lines, policy, setting):
    answer = found(lines, replace(policy, nulls=0), setting)
    best = exact(lines, on=DAY, policy=policy, setting=setting)
    assert best.gap == 0
    assert answer.value <= best.value + 1e-9
    assert best.value <= answer.bound + 1e-9
    share = 1 - 1 / np.e if policy.unit == "count" else (1 - 1 / np.e) / 2
    assert answer.value >= share * best.value - 1e-9


@few
@given(regions, settings_)
def test_the_best_is_the_best_of_all_subsets(lines, setting):
    policy = Policy(support=2, budget=3)
    asked = twin.demand(lines, on=DAY, policy=policy, setting=setting)
    weight = {employer: 1 for employer in asked}
    free = twin.supported(asked, weight, policy)
    values = [twin.value(asked, weight, core, policy) for core in combinations(free, min(3, len(free)))]
    everything = twin.value(asked, weight, sorted({one for shares in asked.values() for one in shares}), policy)
    assert exact(lines, on=DAY, policy=policy, setting=setting).value == pytest.approx(max(values) / everything)


@some
@given(regions, settings_, st.integers(0, 99))
def test_a_shuffle_keeps_how_much_each_asks_and_a_swap_also_how_many_ask_each(lines, setting, seed):
    matrix = _region(lines, Policy(support=1), setting).matrix
    random = np.random.default_rng(seed)
    swapped = traded(matrix, traded(matrix, matrix.col, random), random)
    for col in (redrawn(matrix, random.random(matrix.cols) ** 4 + 1e-6, random), swapped):
        assert len(set(zip(matrix.row.tolist(), col.tolist(), strict=True))) == len(matrix.row)
        assert col.min() >= 0 and col.max() < matrix.cols
    assert np.bincount(col, minlength=matrix.cols).tolist() == matrix.support().tolist()


@some
@given(regions, policies, settings_)
def test_the_fingerprint_follows_every_input_and_no_order(lines, policy, setting):
    mark = fingerprint(lines, DAY, policy, setting)
    assert mark == fingerprint(lines[::-1], DAY, policy, setting)
    others = (
        ([*lines, lines[0]], DAY, policy, setting),
        (lines, DAY.replace(day=2), policy, setting),
        (lines, DAY, replace(policy, seed=1), setting),
        (lines, DAY, policy, replace(setting, merges={1: 77})),
    )
    assert mark not in {fingerprint(*other) for other in others}


def test_a_shuffle_draws_each_with_its_chance():
    """Eight thousand employers that ask one or two of three competences, with chances 1 : 2 : 5."""
    rows = np.repeat(np.arange(8000), [1, 2] * 4000)
    matrix = Matrix(8000, 3, rows, np.zeros(len(rows), dtype=np.int64), np.ones(len(rows), dtype=np.int64))
    col = redrawn(matrix, np.array([1.0, 2.0, 5.0]), np.random.default_rng(4))
    single = col[np.isin(rows, np.arange(0, 8000, 2))]
    assert np.bincount(single) / 4000 == pytest.approx([1 / 8, 2 / 8, 5 / 8], abs=0.03)
    missing = 3 - np.array([sum(pair) for pair in col[np.isin(rows, np.arange(1, 8000, 2))].reshape(-1, 2)])
    # both others drawn, in either order: 2/8 x 5/6 + 5/8 x 2/3, 1/8 x 5/7 + 5/8 x 1/3, 1/8 x 2/7 + 2/8 x 1/6
    assert np.bincount(missing) / 4000 == pytest.approx([0.625, 0.298, 0.077], abs=0.03)


BAD = [
    (Policy(budget=0), {}, "budget"),
    (Policy(support=0), {}, "support"),
    (Policy(nulls=10), {}, "shuffles"),
    (Policy(bends=((0.5, 1), (1.0, 2))), {}, "bends"),
    (Policy(bends=()), {}, "bends"),
    (Policy(core_at=0.4), {}, "shared"),
    (Policy(half_life={"job-text": 24}), {}, "half-lives"),
    (Policy(weighting="jobs"), {}, "jobs"),
    (Policy(unit="hours"), {}, "hours"),
    (Policy(), {"kind": "gossip"}, "kind"),
    (Policy(), {"weight": 0.0}, "weight"),
    (Policy(), {"level": 5}, "level"),
]


@pytest.mark.parametrize(("policy", "change", "word"), BAD, ids=[f"{n}-{bad[2]}" for n, bad in enumerate(BAD)])
def test_bad_input_is_refused_with_what_was_expected(policy, change, word):
    lines = region(employers=3)
    with pytest.raises(InvalidThread) as refused:
        thread([replace(lines[0], **change), *lines[1:]], on=DAY, policy=policy)
    assert word in refused.value.expected
    assert refused.value.next_step


def test_a_budget_in_hours_in_which_nothing_fits_is_refused_with_the_least_that_would():
    hours = {line.competence: (30, 40, 50, 60) for line in region(employers=3)}
    with pytest.raises(InvalidThread) as refused:
        thread(region(employers=3), on=DAY, policy=Policy(unit="hours", budget=39), setting=Setting(hours=hours))
    assert refused.value.facts["hours"] == 40


def test_no_lines_and_a_ring_of_merges_are_refused():
    with pytest.raises(InvalidThread, match="lines of evidence"):
        thread([], on=DAY)
    with pytest.raises(InvalidThread, match="a ring"):
        thread(region(employers=3), on=DAY, setting=Setting(merges={1: 2, 2: 3, 3: 1}))
