"""Are near-equal competences found, and only those?"""

from __future__ import annotations

import csv
import doctest
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valley.core.skills import near
from valley.core.skills.near import Concept, near_pairs

SKILLS = Path(near.__file__).parents[2] / "skills" / "starter"


def starter() -> tuple[list[Concept], list[tuple[int, int]], dict[str, int]]:
    """The starter vocabulary's competences and relations, with the number of each key."""
    rows = list(csv.DictReader((SKILLS / "competences.csv").open(encoding="utf-8")))
    number = {row["key"]: place for place, row in enumerate(rows)}
    related = csv.DictReader((SKILLS / "relations.csv").open(encoding="utf-8"))
    pairs = [(number[row["competence"]], number[row["related"]]) for row in related]
    return [Concept(number[row["key"]], row["label_nl"], row["label_en"]) for row in rows], pairs, number


def test_the_examples_in_the_docstrings_run() -> None:
    outcome = doctest.testmod(near)
    assert outcome.attempted and not outcome.failed


def test_the_two_customer_services_of_the_starter_are_a_pair_and_few_others() -> None:
    concepts, relations, number = starter()
    found = near_pairs(concepts, relations)
    pairs = {frozenset((pair.kept, pair.folded)) for pair in found}
    assert frozenset((number["maintain-customer-service"], number["customer-service-knowledge"])) in pairs
    assert len(found) <= 15


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("answer-incoming-calls", "contact-customers"),
        ("answer-in-writing", "respond-to-inquiries"),
        ("manage-claim-files", "analyse-claim-files"),
        ("use-crm", "use-cms"),
        ("manage-staff", "monitor-absences"),
    ],
)
def test_competences_that_only_share_words_are_no_pair(one: str, other: str) -> None:
    concepts, relations, number = starter()
    pairs = {frozenset((pair.kept, pair.folded)) for pair in near_pairs(concepts, relations)}
    assert frozenset((number[one], number[other])) not in pairs


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (
            ("inkomende oproepen beantwoorden", "answer incoming calls"),
            ("uitgaande oproepen doen", "make outgoing calls"),
        ),
        (
            ("klantgesprekken inkomende", "incoming customer calls"),
            ("klantgesprekken uitgaande", "outgoing customer calls"),
        ),
        (("interne communicatie", "internal communication"), ("externe communicatie", "external communication")),
    ],
)
def test_opposites_are_no_pair_even_when_related(here: tuple[str, str], there: tuple[str, str]) -> None:
    assert near_pairs([Concept(1, *here), Concept(2, *there)], [(1, 2)]) == ()


def test_the_competence_asked_most_is_kept_and_then_the_lower_number() -> None:
    labels = ("klantenservice", "customer service"), ("klantenservice verlenen", "maintain customer service")
    often = near_pairs([Concept(1, *labels[0], 3), Concept(2, *labels[1], 8)], [])
    equal = near_pairs([Concept(2, *labels[1]), Concept(1, *labels[0])], [])
    assert [(pair.kept, pair.folded) for pair in (*often, *equal)] == [(2, 1), (1, 2)]


def test_a_relation_alone_is_not_enough_and_is_named_when_it_counts() -> None:
    far = [Concept(1, "typen", "type"), Concept(2, "klachten behandelen", "handle complaints")]
    assert near_pairs(far, [(1, 2)]) == ()
    close = [
        Concept(1, "ICT-ondersteuning bieden", "provide ICT support"),
        Concept(2, "ICT-gebruikers ondersteunen", "support ICT system users"),
    ]
    assert near_pairs(close, []) == ()
    assert [pair.why for pair in near_pairs(close, [(2, 1)])] == ["relation"]


def test_one_missing_language_an_unknown_relation_and_no_concept_at_all_do_no_harm() -> None:
    english = [Concept(1, "", "customer service"), Concept(2, "klantenservice", "maintain customer service")]
    assert [(pair.kept, pair.folded) for pair in near_pairs(english, [(1, 99), (5, 5)])] == [(1, 2)]
    assert near_pairs([], [(1, 2)]) == ()
    assert near_pairs([Concept(1, "", ""), Concept(2, "", "")], [(1, 2)]) == ()


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_concepts_changes_nothing(draw: random.Random) -> None:
    concepts, relations, _ = starter()
    expected = near_pairs(concepts, relations)
    draw.shuffle(concepts)
    assert near_pairs(concepts, [(other, one) for one, other in relations]) == expected
