"""Are Dutch and English words made comparable without losing what they mean?"""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valley.core.skills import search, vectors, words

VOCABULARY = frozenset({"klant", "klanten", "service", "medewerker", "schade", "behandelaar", "kassa", "werk", "groep"})


@pytest.mark.parametrize("module", [words, vectors, search], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_run(module: object) -> None:
    outcome = doctest.testmod(module)
    assert outcome.attempted and not outcome.failed


@given(st.text())
def test_plain_text_is_stable_and_has_single_spaces(text: str) -> None:
    plain = words.plain(text)
    assert words.plain(plain) == plain
    assert plain == " ".join(plain.split())


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Caissière (m/v)", "caissiere"),
        ("monteur m / v / x", "monteur"),
        ("Straße & Ærø", "strasse en aero"),
        ("C++ / C# ontwikkelaar", "c++ c# ontwikkelaar"),
        ("IJsbereider", "ijsbereider"),
        ("nieuwe collega's, collega’s", "nieuwe collegas collegas"),
        ("24/7 planner", "24 7 planner"),
    ],
)
def test_signs_accents_and_gender_disappear(text: str, plain: str) -> None:
    assert words.plain(text) == plain


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("kassamedewerker", ("kassa", "medewerker")),
        ("schadebehandelaar", ("schade", "behandelaar")),
        ("klantenservicemedewerker", ("klanten", "service", "medewerker")),
        ("groepswerk", ("groep", "werk")),
        ("kassa", ("kassa",)),
        ("kassabon", ("kassabon",)),
        ("", ("",)),
    ],
)
def test_a_compound_is_split_where_all_parts_are_known(word: str, parts: tuple[str, ...]) -> None:
    assert words.parts(word, VOCABULARY) == parts


@given(st.text(alphabet="aeknst", max_size=40), st.sets(st.text(alphabet="aeknst", min_size=1, max_size=8)))
def test_parts_are_known_words_or_the_word_itself(word: str, vocabulary: set[str]) -> None:
    found = words.parts(word, vocabulary)
    assert found == (word,) or (len(found) > 1 and set(found) <= vocabulary)


def test_a_hostile_word_is_answered_at_once() -> None:
    """Every split succeeds but for one letter: searching all of them would take longer than the universe has."""
    hostile = "werk" * 13 + "x" + "groep"
    assert words.parts(hostile, VOCABULARY) == (hostile,)
    assert words.parts("werk" * 50, VOCABULARY) == ("werk" * 50,)
