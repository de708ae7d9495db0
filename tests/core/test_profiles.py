"""Profiles refuse what cannot be, and say the same whatever the order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valley.core.profiles import (
    HALF_LIVES,
    SIMILARITY,
    Conditions,
    Demand,
    Grade,
    Has,
    InvalidProfile,
    Kind,
    Limits,
    Need,
    Profile,
    Spoken,
    Vocabulary,
    freshness,
    inverse_frequency,
    strongest,
)

DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: Has(1, 0, Grade.SELF, DAY),
        lambda: Has(1, 5, Grade.SELF, DAY),
        lambda: Need(1, 2, weight=0),
        lambda: Need(1, 2, weight=float("nan")),
        lambda: Spoken("nl", 7),
        lambda: Limits(hours_min=40, hours_max=24),
        lambda: Limits(hours_max=169),
        lambda: Limits(max_km=-1),
        lambda: Limits(place=(151.0, 5.7)),
        lambda: Conditions(starts_from=DAY, starts_until=DAY),
        lambda: Conditions(months=-1),
        lambda: Profile(1, (Has(1, 2, Grade.SELF, DAY), Has(1, 3, Grade.SELF, DAY))),
        lambda: Profile(1, (), (Spoken("nl", 3), Spoken("nl", 4))),
        lambda: Demand(1, (Need(1, 2), Need(1, 3))),
        lambda: Vocabulary(idf={1: 0.0}),
        lambda: inverse_frequency([{1}, {1}], 1),
    ],
)
def test_what_cannot_be_is_refused_with_a_next_step(impossible):
    with pytest.raises(InvalidProfile) as refusal:
        impossible()
    assert refusal.value.code == "invalid-profile"
    assert refusal.value.next_step


def test_two_profiles_that_say_the_same_are_equal():
    has = (Has(2, 1, Grade.SELF, DAY), Has(1, 3, Grade.OBSERVED, DAY))
    spoken = (Spoken("nl", 3), Spoken("de", 4))
    assert Profile(1, has, spoken) == Profile(1, has[::-1], spoken[::-1])
    assert hash(Profile(1, has, spoken)) == hash(Profile(1, has[::-1], spoken[::-1]))


@given(st.lists(st.builds(Has, st.integers(1, 3), st.integers(1, 4), st.sampled_from(Grade), st.just(DAY)), max_size=8))
def test_the_strongest_claim_never_has_a_lower_level_than_any_claim(claims):
    kept = {claim.competence: claim.level for claim in strongest(claims)}
    assert kept == {c: max(x.level for x in claims if x.competence == c) for c in {x.competence for x in claims}}


def test_similarity_has_four_values_and_is_symmetric():
    words = Vocabulary({1: (10, 11), 2: (11,), 3: (12,)}, {10: (20,), 12: (20,)}, [(4, 1)])
    table = {(1, 1): 1.0, (1, 2): 0.5, (1, 4): 0.5, (1, 3): 0.25, (2, 3): 0.0, (2, 4): 0.0, (9, 1): 0.0}
    for (left, right), wanted in table.items():
        assert words.similarity(left, right) == words.similarity(right, left) == wanted
    assert (SIMILARITY.same, SIMILARITY.near, SIMILARITY.broad) == (1.0, 0.5, 0.25)
    assert SIMILARITY.source and SIMILARITY.valid_from


def test_a_stated_relation_counts_more_than_a_broader_group():
    words = Vocabulary({1: (10,), 2: (11,)}, {10: (20,), 11: (20,)}, [(1, 2)])
    assert words.similarity(2, 1) == 0.5


def test_a_competence_never_seen_weighs_as_the_rarest():
    words = Vocabulary(idf={1: 2.0, 2: 5.0})
    assert (words.idf(1), words.idf(99), Vocabulary().idf(1)) == (2.0, 5.0, 1.0)


def test_too_few_profiles_call_nothing_rare():
    assert inverse_frequency([{1, 2}, {1}], 2) == {1: 1.0, 2: 1.0}


@given(st.lists(st.frozensets(st.integers(1, 6)), min_size=30, max_size=60))
def test_rarer_never_weighs_less(profiles):
    table = inverse_frequency(profiles, len(profiles))
    count = {c: sum(c in profile for profile in profiles) for c in table}
    assert all(table[a] >= table[b] > 0 for a in table for b in table if count[a] <= count[b])


def test_the_fingerprint_of_a_vocabulary_follows_its_content_not_its_order():
    one = Vocabulary({1: (10,), 2: (11,)}, relations=[(1, 2)], idf={1: 1.5, 2: 2.0})
    two = Vocabulary({2: (11,), 1: (10,)}, relations=[(2, 1)], idf={2: 2.0, 1: 1.5})
    assert one.fingerprint == two.fingerprint
    assert one.fingerprint != Vocabulary({1: (10,), 2: (11,)}, relations=[(1, 2)], idf={1: 1.5, 2: 2.1}).fingerprint


def test_evidence_halves_at_its_half_life_and_an_attitude_does_not_age():
    for kind, years in HALF_LIVES.years.items():
        then = DAY.replace(year=DAY.year - int(years or 40))
        assert freshness(kind, then, DAY) == pytest.approx(0.5 if years else 1.0, abs=0.001)
    assert freshness(Kind.TOOL, DAY, DAY.replace(year=2020)) == 1.0
