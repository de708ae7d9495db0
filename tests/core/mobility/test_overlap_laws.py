"""The laws of overlap, on random persons, openings, vocabularies and policies."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.core.mobility.overlap_worlds import DAY, demands, levels, policies, profiles, unlimited, vocabularies

from valley.core.mobility.overlap import Change, NotANeed, OnePersonOnly, OverlapPolicy, order, overlap, what_if
from valley.core.mobility.overlap.checker import BrokenOverlap, verify
from valley.core.profiles import Demand, Gives, Grade, Has, Importance, Need, Profile, Vocabulary

pairs = settings(max_examples=60, deadline=None)


@pairs
@given(profiles(), demands(), vocabularies(), policies)
def test_every_answer_passes_the_independent_checker(profile, demand, vocabulary, policy):
    verify(overlap(profile, demand, vocabulary, policy, on=DAY), profile, demand, vocabulary, policy)


@pairs
@given(
    profiles(least=1), demands(least=1), vocabularies(), unlimited, st.sampled_from(["fit", "use", "points", "gate"])
)
def test_the_checker_refuses_a_tampered_answer(profile, demand, vocabulary, policy, part):
    answer = overlap(profile, demand, vocabulary, policy, on=DAY)
    line = answer.lines[0]
    gates = tuple(replace(gate, met=not gate.met) for gate in answer.must_haves)
    assume(part != "gate" or gates)
    tampered = {
        "fit": replace(answer, fit=answer.fit + 0.01),
        "use": replace(answer, use=answer.use + 0.01),
        "points": replace(answer, lines=(replace(line, points=line.points + 0.01), *answer.lines[1:])),
        "gate": replace(answer, must_haves=gates),
    }
    with pytest.raises(BrokenOverlap):
        verify(tampered[part], profile, demand, vocabulary, policy)


@pairs
@given(profiles(least=1), demands(least=1), vocabularies(), unlimited)
def test_lines_add_up_to_the_fit_and_every_side_stays_between_0_and_1(profile, demand, vocabulary, policy):
    answer = overlap(profile, demand, vocabulary, policy, on=DAY)
    assert sum(line.points for line in answer.lines) == pytest.approx(answer.fit, abs=1e-9)
    assert min(answer.coverage, answer.use) - 1e-12 <= answer.fit <= max(answer.coverage, answer.use) + 1e-12
    assert 0 <= answer.fit <= 1


@pairs
@given(profiles(least=1), demands(least=1), vocabularies(), unlimited)
def test_without_is_the_fit_after_really_taking_the_competence_away(profile, demand, vocabulary, policy):
    for line in overlap(profile, demand, vocabulary, policy, on=DAY).lines:
        kept = tuple(held for held in profile.has if held.competence != line.competence_held)
        assert overlap(replace(profile, has=kept), demand, vocabulary, policy, on=DAY).fit == line.without


@pairs
@given(profiles(), demands(), vocabularies(), policies, st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_said_does_not_matter(profile, demand, vocabulary, policy, random: Random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    other = replace(profile, has=shuffled(profile.has), spoken=shuffled(profile.spoken))
    wish = replace(demand, needs=shuffled(demand.needs), spoken=shuffled(demand.spoken))
    assert overlap(other, wish, vocabulary, policy, on=DAY) == overlap(profile, demand, vocabulary, policy, on=DAY)


@pairs
@given(profiles(), demands(least=1), vocabularies(), unlimited, st.integers(1, 12), levels)
def test_a_better_profile_never_lowers_a_credit_or_the_coverage(profile, demand, vocabulary, policy, competence, level):
    before = overlap(profile, demand, vocabulary, policy, on=DAY)
    after = what_if(profile, demand, vocabulary, policy, Change(add=(Gives(competence, level),)), on=DAY)
    if not policy.age_evidence:  # new evidence of a higher level may be older or newer; see `strongest`
        assert all(new.credit >= old.credit for new, old in zip(after.lines, before.lines, strict=True))
        assert after.coverage >= before.coverage
    assert {gate.subject for gate in after.missing} <= {gate.subject for gate in before.missing}


@pairs
@given(profiles(), demands(least=1), vocabularies(), policies)
def test_no_change_changes_nothing(profile, demand, vocabulary, policy):
    before = overlap(profile, demand, vocabulary, policy, on=DAY)
    assert what_if(profile, demand, vocabulary, policy, Change(), on=DAY) == before


@pairs
@given(profiles(least=1), demands(least=2), vocabularies(), policies)
def test_a_weight_of_0_and_leaving_the_need_out_are_the_same(profile, demand, vocabulary, policy):
    need = demand.needs[0].competence
    dropped = what_if(profile, demand, vocabulary, policy, Change(without_needs=(need,)), on=DAY)
    assert what_if(profile, demand, vocabulary, policy, Change(weights={need: 0}), on=DAY) == dropped
    assert need not in {line.need.competence for line in dropped.lines}


def skilled(*competences: int, grade: Grade = Grade.OBSERVED, identity: int = 1) -> Profile:
    return Profile(identity, tuple(Has(competence, 3, grade, DAY) for competence in competences))


def test_a_change_to_a_need_that_is_not_asked_is_refused():
    with pytest.raises(NotANeed) as refusal:
        what_if(skilled(1), Demand(9, (Need(1, 1),)), Vocabulary(), OverlapPolicy(), Change(without_needs=(5,)), on=DAY)
    assert refusal.value.facts == {"competences": (5,)}


@pytest.mark.parametrize(("confirmed", "said"), [((1, 2), ()), ((), (1, 2)), ((1,), (2,)), ((), ())])
def test_with_fewer_than_three_confirmed_competences_there_is_too_little_to_compare(confirmed, said):
    has = skilled(*confirmed).has + skilled(*said, grade=Grade.SELF).has
    answer = overlap(Profile(1, has), Demand(9, (Need(1, 1),)), Vocabulary(), OverlapPolicy(), on=DAY)
    assert (answer.too_little.needed, answer.too_little.found) == (3, len(has))
    assert (answer.fit, answer.coverage, answer.use, answer.lines) == (None, None, None, ())


def test_what_the_person_says_is_enough_to_compare():
    answer = overlap(
        skilled(1, 2, 3, grade=Grade.SELF), Demand(9, (Need(1, 1),)), Vocabulary(), OverlapPolicy(), on=DAY
    )
    assert answer.too_little is None


def test_an_opening_that_asks_nothing_is_not_compared():
    answer = overlap(skilled(1, 2, 3), Demand(9, ()), Vocabulary(), OverlapPolicy(), on=DAY)
    assert (answer.too_little.side, answer.fit) == ("opening", None)


def test_the_arithmetic_can_be_redone_by_hand():
    """Two needs: one met fully (weight 2 x 1), one through a relative at half the level (.1 x 2/4, weight 1 x 3)."""
    vocabulary = Vocabulary(groups={2: (20,), 3: (20,)}, idf={1: 1.0, 2: 2.0, 3: 3.0, 4: 2.0})
    person = Profile(1, tuple(Has(c, level, Grade.OBSERVED, DAY) for c, level in ((1, 3), (2, 2), (4, 1))))
    opening = Demand(9, (Need(1, 3, Importance.MUST), Need(3, 4)))
    rule = OverlapPolicy(must=2, wish=1, idf_power=1, relatives=0.2)
    answer = overlap(person, opening, vocabulary, rule, on=DAY)
    coverage, use = (2 * 1 + 3 * 0.05) / 5, (1 * 1 + 2 * 0.1 + 2 * 0) / 5
    assert (answer.coverage, answer.use) == (pytest.approx(coverage), pytest.approx(use))
    assert answer.fit == pytest.approx(2 * coverage * use / (coverage + use))
    assert [line.points for line in answer.lines] == pytest.approx([answer.fit * 2 / 2.15, answer.fit * 0.15 / 2.15])
    assert [use.competence for use in answer.extra] == [4]


def test_old_evidence_is_shown_and_lowers_credit_only_when_the_policy_says_so():
    old = Profile(1, (Has(1, 3, Grade.OBSERVED, DAY.replace(year=DAY.year - 5)),))
    opening, rule = Demand(9, (Need(1, 3),)), OverlapPolicy(least_confirmed=1)
    (shown,) = overlap(old, opening, Vocabulary(), rule, on=DAY).lines
    (counted,) = overlap(old, opening, Vocabulary(), replace(rule, age_evidence=True), on=DAY).lines
    assert (shown.credit, shown.freshness, counted.credit) == (1.0, 0.5, 0.5)


def test_openings_are_ordered_for_a_person_and_what_is_not_yet_possible_stays_visible():
    needs = [(Need(1, 3),), (Need(1, 3), Need(2, 3)), (Need(1, 3, Importance.MUST), Need(7, 2, Importance.MUST)), ()]
    found = [
        overlap(skilled(1, 2, 3), Demand(9 - n, asks), Vocabulary(), OverlapPolicy(), on=DAY)
        for n, asks in enumerate(needs)
    ]
    listed = order([*found, replace(found[1], demand=2)])
    assert [one.demand for one in listed.possible] == [2, 8, 9]
    assert [(one.demand, [gate.subject for gate in one.missing]) for one in listed.not_yet] == [(7, [7])]
    assert [one.demand for one in listed.not_compared] == [6]


def test_persons_are_never_ordered_for_an_opening():
    pair = [
        overlap(skilled(1, identity=n), Demand(9, (Need(1, 1),)), Vocabulary(), OverlapPolicy(), on=DAY) for n in (1, 2)
    ]
    with pytest.raises(OnePersonOnly):
        order(pair)
