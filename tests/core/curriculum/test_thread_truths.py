"""Is a planted truth found, and what is not there not found?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.core.curriculum.thread_worlds import DAY, FULL, QUICK, region, shuffled

from valley.core.curriculum.thread import Line, Policy, Setting, Thread, thread
from valley.core.curriculum.thread.checker import check

OWN = range(900, 912)  # what only the dominating employer asks


def found(lines, policy: Policy = QUICK, setting: Setting = Setting()) -> Thread:  # noqa: B008
    return thread(lines, on=DAY, policy=policy, setting=setting)


def core(answer: Thread) -> set[int]:
    return {item.competence for item in answer.core}


def line(employer: int, competence: int, **facts) -> Line:
    return Line(employer, competence, **{"kind": "job-text", "on": DAY, "piece": employer, **facts})


def dominated() -> list[Line]:
    """A region of thirty, in which employer 1 has forty texts for its own twelve things, which two others touch."""
    told = region()
    told += [line(1, own, piece=5000 + text) for text in range(40) for own in (*OWN, 950 + text)]
    return told + [line(other, own, piece=6000 + other) for other in (2, 3) for own in OWN]


def test_a_planted_core_is_found_stable_and_above_chance():
    answer = found(region(), replace(FULL, budget=12))
    assert answer.refusal is None
    assert core(answer) == set(range(1, 13))
    assert {item.label for item in answer.core} == {"core"}
    assert answer.mean_share > answer.null.high_share > answer.null.mean_share
    assert answer.null.p == 0.01
    assert answer.null.swapped_mean > answer.null.mean_share  # popularity explains the core, as it should


def test_a_shuffled_region_has_no_common_core():
    answer = found(shuffled(region()), FULL)
    assert answer.refusal.reason == "not-above-chance"
    assert answer.refusal.needed["share"] == answer.null.high_share > answer.mean_share
    assert answer.core  # a refused thread still carries its numbers


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_regions_are_refused_whatever_the_shuffle(seed):
    p = found(shuffled(region(employers=12), seed), replace(FULL, bootstraps=5)).null.p
    assert p > 0.05


def test_volume_decides_nothing_under_equal_weights_but_much_under_texts():
    told = dominated()
    equal = found(told, replace(QUICK, budget=12))
    assert not core(equal) & set(OWN)
    texts = found(told, replace(QUICK, budget=12, weighting="texts"))
    assert len(core(texts) & set(OWN)) >= 3
    beside = {other.weighting: other for other in equal.others}["texts"]
    assert set(beside.items) == core(texts)
    assert beside.largest_influence[0] == 1
    assert beside.largest_influence[1] >= 0.25 > max(left.changed for left in equal.left_out)


def test_one_employer_that_decides_is_refused_with_how_many_items_others_should_ask():
    told = [line(other, 10 + pair) for pair in range(5) for other in (1, 2 + 2 * pair, 3 + 2 * pair)]
    answer = found(told, replace(QUICK, budget=5))
    assert answer.refusal.reason == "one-employer-decides"
    assert answer.refusal.needed == {"employer": 1, "changed": 1.0, "change_at_most": 0.2, "items": 4}
    without = {left.employer: left for left in answer.left_out}[1]
    assert (without.left, without.mean_share) == ((10, 11, 12, 13, 14), 0.0)


def test_too_few_employers_and_nothing_shared_are_refused():
    few = found([line(1, 7), line(2, 7)])
    assert (few.refusal.reason, dict(few.refusal.needed)) == ("too-few-employers", {"employers": 3, "found": 2})
    nothing = found([line(employer, 100 + employer) for employer in range(1, 9)])
    assert (nothing.refusal.reason, dict(nothing.refusal.needed)) == ("nothing-shared", {"support": 3, "found": 1})
    assert nothing.items == () and len(nothing.employers) == 8 and nothing.employers[0].own == (101,)
    nobody = found([line(1, 7)], replace(QUICK, without=(1,)))
    assert nobody.refusal.reason == "too-few-employers" and nobody.employers == ()


def test_employers_that_ask_nearly_the_same_are_not_called_chance():
    answer = found([line(employer, one) for employer in range(1, 9) for one in range(1, 10)], FULL)
    assert answer.null.p == 1.0 and answer.refusal is None


def test_repeating_a_text_or_a_sentence_changes_nothing_under_equal_weights():
    told = region(employers=8)
    first = [one for one in told if one.piece == 11]
    copies = [replace(one, piece=7000 + number) for number in range(20) for one in first]
    plain, repeated = found(told), found([*told, *copies, *first])
    assert [replace(item, pieces=()) for item in repeated.items] == [replace(item, pieces=()) for item in plain.items]
    assert (repeated.employers, repeated.left_out, repeated.value) == (plain.employers, plain.left_out, plain.value)
    texts = replace(QUICK, weighting="texts")
    assert found([*told, *copies], texts).value != found(told, texts).value


def test_bespoke_is_impossible():
    told = [
        *region(employers=8),
        *(line(1, own, weight=50.0) for own in OWN),
        *(line(2, own, weight=50) for own in OWN),
    ]
    answer = found(told)
    assert not {item.competence for item in answer.items} & set(OWN)
    assert set(OWN) <= set(answer.employers[0].own)
    assert min(item.support for item in answer.items) >= 3


def test_without_an_employer_is_the_region_that_never_had_it():
    told = region(employers=9)
    without, never = found(told, replace(QUICK, without=(4,))), found([one for one in told if one.employer != 4])
    assert replace(without, policy=QUICK, fingerprint="") == replace(never, fingerprint="")
    left = {left.employer: left for left in found(told).left_out}[4]
    whole = found(told)
    assert core(without) == core(whole) - set(left.left) | set(left.entered)
    assert left.mean_share == pytest.approx(without.mean_share)


def test_old_evidence_fades_and_what_grows_and_shrinks_is_told():
    old, new = date(2024, 9, 1), date(2026, 9, 1)
    told = [line(employer, 1, on=old, piece=10 * employer) for employer in range(1, 5)]
    told += [line(employer, 2, on=new, piece=10 * employer + 1) for employer in range(1, 5)]
    told += [
        line(employer, 3, on=day, piece=10 * employer + n)
        for employer in range(1, 5)
        for n, day in enumerate((old, new))
    ]
    trend = {item.competence: item.trend for item in found(told).items}
    assert trend == {1: -0.5, 2: 0.5, 3: 0.0}
    assert found(told, replace(QUICK, budget=1)).employers[0].covered == (3,)
    assert found([one for one in told if one.competence != 3], replace(QUICK, budget=1)).employers[0].covered == (2,)
    halved = found([one for one in told if one.competence != 3], replace(QUICK, budget=1)).employers[0]
    assert halved.covered_share == pytest.approx(1 / 1.5, abs=1e-6)  # 24 months are one half-life of a job text
    assert {item.trend for item in found(region(employers=4)).items} == {None}


def test_merged_competences_count_as_one_and_can_be_taken_apart():
    told = [line(employer, 1 + employer % 3) for employer in range(1, 7)]
    assert found(told).refusal.reason == "nothing-shared"
    merged = found(told, setting=Setting(merges={1: 2, 2: 3}))
    assert [(item.competence, item.support) for item in merged.core] == [(3, 6)]


def test_at_group_level_groups_are_chosen_and_what_has_none_is_counted():
    groups = {competence: (70 + competence // 3,) for competence in range(1, 9)}
    hours = {competence: (1, 2, 3, 4) for competence in range(1, 10)}
    told = [line(employer, 1 + (employer + extra) % 9, level=3) for employer in range(1, 9) for extra in range(3)]
    setting = Setting(groups=groups, hours=hours, outside={1: 5, 2: 9}, reuse={70: "not of a group"})
    answer = found(told, replace(QUICK, level="group", budget=2), setting)
    assert {item.competence for item in answer.items} == {70, 71, 72}
    assert answer.ungrouped == 1
    first = {item.competence: item for item in answer.items}[70]
    assert (first.hours, first.outside, first.reuse) == (6, 9, "")
    assert check(answer, told, setting=setting) == ()


def test_a_budget_in_hours_is_kept_and_prefers_what_is_cheap_for_what_it_gives():
    hours = {1: (40, 80, 120, 160), 2: (5, 10, 15, 20), 3: (5, 10, 15, 20)}
    told = [line(employer, one, level=2) for employer in range(1, 6) for one in (1, 2, 3)]
    policy = replace(QUICK, unit="hours", budget=30)
    answer = found(told, policy, Setting(hours=hours))
    assert core(answer) == {2, 3} and sum(item.hours for item in answer.core) == 20
    assert (answer.employers[0].covered_hours, answer.employers[0].not_covered_hours) == (20, 80)
    wide = found(told, replace(policy, budget=80), Setting(hours=hours))
    assert core(wide) == {2, 3}
    heavy = [
        line(employer, one, level=2, weight=9.0 if one == 1 else 0.1) for employer in range(1, 6) for one in (1, 2)
    ]
    assert core(found(heavy, replace(policy, budget=80), Setting(hours=hours))) == {1}  # the best single one wins


def test_levels_are_lower_medians_and_hours_follow_them():
    told = [line(employer, 1, level=level) for employer, level in enumerate((1, 2, 3, 4, 0), 1)]
    item = found(told, setting=Setting(hours={1: (1, 10, 100, 1000)})).items[0]
    assert (item.level, item.hours) == (2, 10)
    shares = found(told, setting=Setting(hours={1: (1, 10, 100, 1000)})).employers
    assert [share.covered_hours for share in shares] == [1, 10, 100, 1000, 10]


def test_a_narrow_bootstrap_draw_needs_three_different_employers():
    told = [line(employer, 1) for employer in range(1, 4)] + [line(employer, 2) for employer in range(1, 31)]
    stability = {item.competence: item.stability for item in found(told, replace(QUICK, bootstraps=400)).items}
    assert stability[2] == 1.0
    assert 0.15 < stability[1] < 0.35  # all three are drawn in (1 - 1/e)^3 = .25 of the draws


def test_the_draws_follow_the_seed():
    told = region(employers=8, asks=0.5)
    stable = [[item.stability for item in found(told, replace(QUICK, seed=seed)).items] for seed in (1, 1, 2)]
    assert stable[0] == stable[1] != stable[2]


def test_the_example_of_the_explanation_comes_out_as_by_hand():
    listen, complaints, german, system, telemetry = range(1, 6)
    asks = {
        1: {listen: 1, complaints: 1, system: 2},
        2: {listen: 1, complaints: 1},
        3: {listen: 1, german: 1},
        4: {german: 1, complaints: 1, telemetry: 2},
    }
    told = [line(employer, one, weight=weight) for employer, asked in asks.items() for one, weight in asked.items()]
    answer = found(told, replace(FULL, support=2, budget=2))
    assert [(item.competence, item.gain) for item in answer.core] == [(listen, 0.45), (complaints, 0.25)]
    assert [share.covered_share for share in answer.employers] == [0.5, 1.0, 0.5, 0.25]
    assert (answer.value, answer.mean_share, answer.least_share) == (0.7, 0.5625, 0.25)
    assert answer.refusal.reason == "not-above-chance"
