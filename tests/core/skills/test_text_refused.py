"""Is a text that cannot be read refused with the reason, and is a hostile one read in bounded time?"""

from __future__ import annotations

import pytest

from valley.core.skills.text import Entry, Reader, Reading, System, UnreadableText

COMPLAINTS, GERMAN, CALLS = 1, 2, 3
READER = Reader(
    [
        Entry(COMPLAINTS, "klachten behandelen", "nl"),
        Entry(CALLS, "telefoon aannemen", "nl"),
        Entry(GERMAN, "Duits", "nl", "alternative"),
    ],
    [System("Zendesk", "ticketing", CALLS)],
)


def read(text: str) -> Reading:
    """A reading with the small vocabulary above."""
    return READER.read(text, language="nl")


@pytest.mark.parametrize(
    ("text", "language", "says"),
    [
        ("", "", "white space"),
        (" \n\t ", "nl", "white space"),
        ("--- !!! ...", "nl", "signs"),
        ("a " * 50_001, "nl", "characters"),
        ("%PDF-1.7 ...", "nl", "PDF"),
        ("PK\x03\x04abc", "nl", "zip"),
        ("tekst met \x00 nullen", "nl", "bytes"),
        ("Geďnteresseerd? \ufffd\ufffd\ufffd", "nl", "broken"),
        ("CafÃ© en coÃ¶rdinatie en crÃ¨me", "nl", "broken"),
        ("It â€™s and you â€™re and we â€™ll", "en", "broken"),
        ("Vous répondez aux questions des clients et vous êtes dans une équipe", "", "French"),
        ("qwer tyui opas dfgh", "", "no language"),
        ("Je behandelt klachten", "fr", "fr"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(text: str, language: str, says: str) -> None:
    with pytest.raises(UnreadableText) as refusal:
        READER.read(text, language=language)
    assert says in refusal.value.found and refusal.value.next_step
    assert refusal.value.code == "unreadable-text"


def test_a_text_with_one_odd_letter_is_read() -> None:
    assert [one.concept for one in read("Klachten behandelen \ufffd in café 'Ã©én'").proposals] == [COMPLAINTS]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 99_999,
        "klachten" * 12_000,
        "klacht " * 14_000,
        "klachten behandelen " * 4_999,
        "aan neemt " * 9_999,
        "geen " * 19_999,
        "," * 50_000 + "klachten",
        "\n- " * 33_000 + "Duits",
        "Zendesk " * 12_000,
        "wij krijgt " * 9_000,
        "a:" * 49_000,
        "(" * 99_990 + "klacht",
        "ge" * 49_999,
    ],
    ids=lambda text: text[:9],
)
def test_hostile_texts_are_read_whole(text: str) -> None:
    found = READER.read(text, language="nl")
    assert found.sentences >= 1
    assert all(len(one.sentence) <= len(text) for one in found.proposals)


def test_an_endless_sentence_is_read_in_pieces_that_a_person_can_check() -> None:
    found = read("klachten behandelen en dan weer " * 500)
    assert {len(one.sentence.split()) for one in found.proposals} <= set(range(1, 61))
    assert len({one.starts for one in found.proposals}) > 30
