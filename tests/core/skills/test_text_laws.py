"""What must hold of every reading, whatever the text and the vocabulary?"""

from __future__ import annotations

import doctest
import pickle
from dataclasses import astuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valley.core.skills.text import (
    Entry,
    Reader,
    System,
    automaton,
    cues,
    duplicates,
    index,
    languages,
    lexicon,
    pieces,
    reader,
    systems,
)

MODULES = [automaton, cues, duplicates, index, languages, lexicon, pieces, reader, systems]
ENTRIES = [
    Entry(1, "klachten van klanten afhandelen", "nl"),
    Entry(1, "klachtenbehandeling", "nl", "alternative"),
    Entry(1, "handle customer complaints", "en"),
    Entry(1, "Beschwerden bearbeiten", "de", "phrase"),
    Entry(2, "inkomende gesprekken beantwoorden", "nl"),
    Entry(2, "de telefoon aannemen", "nl", "phrase"),
    Entry(2, "answer incoming calls", "en"),
    Entry(2, "eingehende Anrufe entgegennehmen", "de", "phrase"),
    Entry(3, "werken met een ticketsysteem", "nl"),
    Entry(3, "Zendesk", "nl", "alternative"),
    Entry(3, "use ticketing system", "en"),
    Entry(4, "actief verkopen", "nl"),
    Entry(4, "verkoop", "nl", "alternative"),
    Entry(4, "sales", "en", "alternative"),
    Entry(5, "typen", "nl"),
    Entry(6, "koude acquisitie", "nl"),
    Entry(6, "cold calling", "en", "alternative"),
]
SYSTEMS = [System("Zendesk", "ticketing", 3), System("SAP", "back-office"), System("Genesys Cloud", "telephony", 2)]
READER = Reader(ENTRIES, SYSTEMS)
PHRASES = st.sampled_from(
    [
        "Je handelt klachten van klanten af", "geen verkoop", "in Zendesk", "Wat vragen wij?", "\n- ", ". ", ", ",
        "typen", "je neemt de telefoon aan", "Genesys Cloud", "is een pré", "Wij bieden: ", "\r\n\r\n",
        "klachtafhandeling",
        " SAP ",
        "we handle complaints", "du nimmst Anrufe entgegen", "Zendesk-klachten", ";", "é", "…", "1. ", "\u00a0", "😀",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PHRASES, min_size=1, max_size=25).map(" ".join), st.text(max_size=200))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_run(module: object) -> None:
    assert not doctest.testmod(module).failed


@settings(max_examples=300, deadline=None)
@given(TEXTS.filter(lambda text: any(letter.isalpha() for letter in text)), st.sampled_from(["nl", "en", "de"]))
def test_a_proposal_rests_on_words_of_its_own_sentence(text: str, language: str) -> None:
    try:
        reading = READER.read(text, language=language)
    except languages.UnreadableText:
        return
    for proposal in (*reading.proposals, *reading.denied):
        assert text[proposal.starts : proposal.ends] == proposal.sentence
        assert proposal.matched
        assert all(part in proposal.sentence for part in proposal.matched.split(" … "))
        assert 0.5 <= proposal.score <= 1 and 0 <= proposal.level <= 4
    for named in reading.systems:
        assert text[named.starts :].casefold().startswith(named.name.casefold())
    assert [one.starts for one in reading.proposals] == sorted(one.starts for one in reading.proposals)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(["nl", "en", "de"]))
def test_the_name_of_a_system_is_never_part_of_a_competence(text: str, language: str) -> None:
    try:
        reading = READER.read(text, language=language)
    except languages.UnreadableText:
        return
    for proposal in (*reading.proposals, *reading.denied):
        if proposal.why != "system":
            assert "zendesk" not in proposal.matched.casefold() and "genesys" not in proposal.matched.casefold()
            assert proposal.label.casefold() != "zendesk"


@settings(max_examples=20, deadline=None)
@given(st.permutations(ENTRIES), st.permutations(SYSTEMS))
def test_the_order_of_labels_and_systems_changes_nothing(entries: list[Entry], named: list[System]) -> None:
    text = "Je handelt klachten van klanten af in Zendesk en je neemt de telefoon aan. Geen verkoop."
    other = Reader([*entries, entries[0]], named)
    assert other.fingerprint == READER.fingerprint
    assert other.read(text) == READER.read(text)


def test_a_reader_can_be_pickled_and_reads_the_same() -> None:
    text = "Je handelt klachten van klanten af in Zendesk en je neemt de telefoon aan."
    before = READER.read(text)
    READER.rank("klacht")
    copy = pickle.loads(pickle.dumps(READER))
    assert copy.read(text) == before and copy.fingerprint == READER.fingerprint
    assert copy.rank("klachten afhandelen") == READER.rank("klachten afhandelen")


def test_other_words_systems_or_rules_give_another_fingerprint() -> None:
    prints = {
        READER.fingerprint,
        Reader(ENTRIES[1:], SYSTEMS).fingerprint,
        Reader(ENTRIES, SYSTEMS[1:]).fingerprint,
        Reader(ENTRIES, SYSTEMS, policy=reader.ReadingPolicy(floor=0.6)).fingerprint,
    }
    assert len(prints) == 4


def test_a_reading_does_not_depend_on_what_was_read_before() -> None:
    text = "Je handelt klachten van klanten af en je typt."
    fresh = Reader(ENTRIES, SYSTEMS)
    fresh.read("Wij zoeken iemand die klachtafhandeling, verkopen en Zendesk aankan.")
    assert [astuple(one) for one in fresh.read(text).proposals] == [
        astuple(one) for one in Reader(ENTRIES, SYSTEMS).read(text).proposals
    ]
