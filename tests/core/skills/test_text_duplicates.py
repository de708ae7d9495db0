"""Are equal and nearly equal texts found, exactly and quickly?"""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valley.core.skills import words
from valley.core.skills.text import fingerprint_of_words, nearly_same
from valley.core.skills.text.duplicates import SHINGLE

SPOKEN = ["klant", "bellen", "klacht", "dienst", "rooster", "chat"]
TEXTS = st.lists(st.lists(st.sampled_from(SPOKEN), max_size=12).map(" ".join), max_size=8)


def slow(texts: list[str], alike: float) -> list[tuple[int, int, float]]:
    """The readable twin: every pair, compared."""

    def triples(text: str) -> set[tuple[str, ...]]:
        spoken = words.plain(text).split()
        return {tuple(spoken[at : at + SHINGLE]) for at in range(max(len(spoken) - SHINGLE + 1, min(len(spoken), 1)))}

    found = [
        (one, other, triples(texts[one]), triples(texts[other])) for one, other in combinations(range(len(texts)), 2)
    ]
    shares = [(one, other, len(a & b) / len(a | b)) for one, other, a, b in found if a and b]
    return [(one, other, round(share, 4)) for one, other, share in shares if share >= alike]


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from([0.3, 0.5, 0.8, 1.0]))
def test_the_quick_way_finds_the_pairs_of_the_readable_one(texts: list[str], alike: float) -> None:
    found = nearly_same(texts, alike=alike)
    assert [(pair.first, pair.second, pair.share) for pair in found] == slow(texts, alike)


@pytest.mark.parametrize("other", ["KLACHTEN  behandelen,\n met Zorg.", "klachten-behandelen (met zórg)"])
def test_the_same_words_have_one_fingerprint_whatever_they_look_like(other: str) -> None:
    assert fingerprint_of_words("Klachten behandelen met zorg") == fingerprint_of_words(other)


@pytest.mark.parametrize(
    "other", ["klachten behandelen", "behandelen klachten met zorg", "klachten behandelen met zorgen"]
)
def test_other_words_or_another_order_have_another_fingerprint(other: str) -> None:
    assert fingerprint_of_words("klachten behandelen met zorg") != fingerprint_of_words(other)


def test_the_same_job_at_another_place_is_nearly_the_same_and_another_job_is_not() -> None:
    body = "Je helpt klanten aan de telefoon en legt elk gesprek vast in het klantsysteem van ons team in "
    other = "Wij zoeken een planner die roosters maakt en de bezetting van de dag bijstuurt voor zestig mensen"
    assert [(pair.first, pair.second) for pair in nearly_same([body + "Heerlen", other, body + "Kerkrade"])] == [(0, 2)]


def test_texts_without_words_are_like_no_other_and_no_texts_give_no_pairs() -> None:
    assert nearly_same(["", "", "..."]) == () == nearly_same([])


def test_two_thousand_different_texts_give_only_the_planted_pair() -> None:
    draw = random.Random(7)
    texts = [" ".join(f"w{draw.randrange(5000)}" for _ in range(60)) for _ in range(2000)]
    texts.append(texts[41] + " extra")
    assert [(pair.first, pair.second) for pair in nearly_same(texts)] == [(41, 2000)]
