"""Does the search find what people mean, in either language, and does it notice that the vocabulary changed?"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import factories
from tests.rooms.skills.conftest import small_set

from valley.core.skills.search import UnusableQuery
from valley.skills import actions, queries, snapshots
from valley.skills.queries import index
from valley.skills.queries.search import UnknownKind

DUTCH = factories.operator(language="nl")
ENGLISH = factories.operator(language="en")


@pytest.fixture(autouse=True)
def _fresh_index(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> None:
    """No index of another test, in memory or on file."""
    monkeypatch.setattr(index, "_kept", {})
    settings.VALLEY_HOME = tmp_path


@pytest.mark.parametrize("text", ["klachten van klanten afhandelen", "handle customer complaints", "klachtafhandeling"])
def test_one_competence_is_found_in_dutch_in_english_and_by_other_words(starter, text: str) -> None:
    found = queries.search(DUTCH, text=text, kinds=("competence",))[0]
    assert (found.id, found.why) == (queries.ids_by_starter_key()["handle-complaints"], "exact")
    assert found.label == "klachten van klanten afhandelen"
    assert queries.search(ENGLISH, text=text, kinds=("competence",))[0].label == "handle customer complaints"


def test_typing_errors_compounds_and_first_letters_find_too(starter) -> None:
    for text in ("klantenservice medewerker", "medewerker klantenservise", "klantenservicemedewer"):
        labels = [hit.label for hit in queries.search(DUTCH, text=text, kinds=("title",), limit=5)]
        assert any("klantenservice" in label for label in labels), text


def test_the_answer_says_why_in_the_reader_s_words(starter) -> None:
    found = queries.search(ENGLISH, text="webcare in public")[0]
    assert (found.why, found.because) == ("exact", "these are the words")
    assert all(0 <= hit.score <= 1 for hit in queries.search(ENGLISH, text="chat"))


def test_answers_come_best_first_and_at_most_as_many_as_asked(starter) -> None:
    found = queries.search(DUTCH, text="klant", limit=7)
    assert len(found) == 7
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert found == queries.search(DUTCH, text="klant", limit=7)


def test_only_the_kinds_asked_for_come_back(starter) -> None:
    assert {hit.kind for hit in queries.search(DUTCH, text="kapper", kinds=("title",))} == {"title"}
    with pytest.raises(UnknownKind):
        queries.search(DUTCH, text="kapper", kinds=("person",))


@pytest.mark.parametrize("text", ["", "   ", "!!!", "🙂", "\x00"])
def test_text_without_words_finds_nothing(starter, text: str) -> None:
    assert queries.search(DUTCH, text=text) == ()


def test_a_novel_is_refused(starter) -> None:
    with pytest.raises(UnusableQuery):
        queries.search(DUTCH, text="word " * 100)


def test_an_empty_vocabulary_finds_nothing(db) -> None:
    assert queries.search(DUTCH, text="klant") == ()
    assert queries.starter_roles() == ()
    assert snapshots.vocabulary().similarity(1, 2) == 0


def test_a_new_process_reads_the_index_from_its_file(starter, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "LEAST_FOR_A_FILE", 1)
    first = queries.search(DUTCH, text="klachten")
    file = Path(settings.VALLEY_HOME) / "cache" / "labels-competence.pickle"
    assert file.stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(index, "_kept", {})
    monkeypatch.setattr(index, "_LABELS", {})
    assert queries.search(DUTCH, text="klachten", kinds=("competence", "title"))[0] == first[0]


def test_a_damaged_or_stale_file_is_made_anew(starter, esco, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "LEAST_FOR_A_FILE", 1)
    queries.search(DUTCH, text="klachten", kinds=("competence",))
    file = Path(settings.VALLEY_HOME) / "cache" / "labels-competence.pickle"
    for damaged in (b"", b"nonsense", file.read_bytes()[:200]):
        file.write_bytes(damaged)
        monkeypatch.setattr(index, "_kept", {})
        assert queries.search(DUTCH, text="klachten", kinds=("competence",))
    esco(small_set())
    monkeypatch.setattr(index, "_kept", {})
    assert queries.search(ENGLISH, text="calm angry callers", kinds=("competence",))[0].why == "exact"
    assert {path.suffix for path in file.parent.iterdir()} == {".pickle"}


def test_a_search_asks_the_database_few_questions(starter, django_assert_max_num_queries) -> None:
    queries.search(DUTCH, text="klant")
    with django_assert_max_num_queries(6):
        queries.search(DUTCH, text="klant")
    with django_assert_max_num_queries(3):
        snapshots.vocabulary_fingerprint()


def test_pages_ask_the_database_few_questions(starter, client, django_assert_max_num_queries) -> None:
    pk = queries.ids_by_starter_key()["handle-complaints"]
    with django_assert_max_num_queries(16):
        queries.competence(DUTCH, id=pk)
    with django_assert_max_num_queries(2):
        queries.glossary(DUTCH)


def test_words_of_the_house_are_there_in_both_languages(starter) -> None:
    for language in ("nl", "en"):
        assert [level.number for level in queries.levels(language)] == [1, 2, 3, 4]
        assert [grade.number for grade in queries.grades(language)] == [1, 2, 3]
        assert [level.code for level in queries.language_levels(language)] == ["A1", "A2", "B1", "B2", "C1", "C2"]
        assert all(found.label for found in queries.languages(language))
    assert {level.label for level in queries.levels("nl")}.isdisjoint(level.label for level in queries.levels("en"))
    assert {place.key for place in queries.places()} >= {"maastricht", "heerlen", "sittard"}
    assert len(queries.starter_roles()) == 20
    assert all(need.competence for role in queries.starter_roles() for need in role.needs)


def test_the_starter_set_loads_once_and_only_for_the_operator_or_the_office(starter) -> None:
    from valley.foundation import access

    assert not actions.load_starter(factories.operator())
    with pytest.raises(access.Forbidden):
        actions.load_starter(factories.caller("recruiter"))
