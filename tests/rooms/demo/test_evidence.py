"""Is the invented evidence what it says: enough texts, in three languages, in words of the vocabulary?"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter, defaultdict
from importlib import resources

import pytest

from valley.core.skills import text as reading
from valley.demo import region as invented
from valley.demo.evidence.stage import FILES, told
from valley.demo.evidence.texts import texts
from valley.skills import starter_files

EMPLOYERS = {employer.key for employer in invented.tables().employers}
KEYS = {competence.key for competence in starter_files.competences()}
PLANTED = told("planted.toml")
RULES = told("decisions.toml")


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FILES / name).read_text(encoding="utf-8").splitlines()))


def test_all_thirty_employers_wrote_and_one_of_them_most() -> None:
    written = Counter(one.employer for one in texts())
    assert written.keys() == EMPLOYERS and sum(written.values()) >= 110
    assert min(written.values()) >= 2
    dominating = PLANTED["dominating"]
    assert written.most_common(1) == [(dominating["employer"], dominating["texts"])]
    assert sorted(written.values())[-2] <= 6


def test_texts_are_as_long_as_job_texts_and_no_two_say_the_same() -> None:
    assert all(100 <= len(one.text.split()) <= 260 for one in texts())
    assert len({reading.fingerprint_of_words(one.text) for one in texts()}) == len(texts())
    assert len({(one.employer, one.reference) for one in texts()}) == len(texts())


def test_texts_are_recognised_in_the_language_they_are_said_to_be_in() -> None:
    assert all(reading.language_of(one.text) == one.language for one in texts())
    counted = Counter(one.language for one in texts())
    assert counted["nl"] > 50 and counted["de"] >= 20 and counted["en"] >= 15


def test_two_names_of_systems_look_common() -> None:
    named: defaultdict[str, list[str]] = defaultdict(list)
    for system in PLANTED["system"]:
        named[system["name"]] = [one.employer for one in texts() if system["name"] in one.text]
    belmaat, klantkompas = PLANTED["system"]
    assert len(set(named[belmaat["name"]])) >= belmaat["least_employers"]
    assert set(named[klantkompas["name"]]) == set(klantkompas["employers"])
    assert len(named[klantkompas["name"]]) >= klantkompas["least_texts"] > len(texts()) / 2


def test_forty_forms_and_twenty_raters_in_words_of_the_vocabulary() -> None:
    seen, rated = rows("observations.csv"), rows("ratings.csv")
    assert len({row["form"] for row in seen}) == 40 and len({row["employer"] for row in rated}) == 20
    assert {row["employer"] for row in (*seen, *rated)} <= EMPLOYERS
    assert {row["competence"] for row in (*seen, *rated)} - {""} <= KEYS
    assert any(not row["competence"] for row in seen), "some lines are left to be read like a text"


@pytest.mark.parametrize("kind", ["reject", "change"])
def test_every_decision_by_hand_is_about_words_that_stand_in_a_text(kind) -> None:
    for rule in RULES[kind]:
        assert any(rule["words"] in one.text for one in texts()), rule["words"]
        assert {rule["competence"], rule.get("into", rule["competence"])} <= KEYS and rule["reason"]


def test_every_competence_of_the_story_is_in_the_vocabulary() -> None:
    used = {rule["competence"] for kind in ("drop", "add") for rule in RULES[kind]}
    used |= {key for rule in RULES["merge"] for key in (rule["one"], rule["other"])}
    used |= {key for part in ("core", "shrinking", "growing") for key in PLANTED[part]["competences"]}
    used |= set(PLANTED["dominating"]["own"])
    for change in told("field.toml")["change"]:
        used |= {*change["competences"], *(note["competence"] for note in change.get("look_in", {}).get("notes", []))}
    for file in (FILES / "programmes").iterdir():
        for unit in tomllib.loads(file.read_text("utf-8"))["unit"]:
            used |= {line.split(":")[0] for outcome in unit["outcome"] for line in outcome["competences"]}
    assert used <= KEYS


def test_twenty_two_of_thirty_let_their_name_be_read() -> None:
    hidden = PLANTED["sharing"]["names_hidden"]
    assert set(hidden) <= EMPLOYERS and len(set(hidden)) == 8


def test_phrases_say_the_trade_in_german_for_every_competence_of_the_core() -> None:
    said: defaultdict[str, set[str]] = defaultdict(set)
    for row in starter_phrases():
        said[row["language"]].add(row["competence_key"])
        assert row["competence_key"] in KEYS and len(row["text"]) <= 200
    assert len(said["de"]) >= 90
    assert set(PLANTED["core"]["competences"]) <= said["de"] & said["nl"] & said["en"]


def starter_phrases() -> list[dict[str, str]]:
    file = resources.files("valley.reading") / "starter" / "phrases.csv"
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
