"""Does the starter vocabulary hold together, so that the product runs without any download?"""

from __future__ import annotations

import csv
import io
import tomllib
import zipfile
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

STARTER = resources.files("valley.skills") / "starter"
KINDS = {"skill", "knowledge", "attitude", "tool"}
CLUSTERS = {"customer", "switching", "knowing", "technology", "transactions", "quality", "leading"}
REUSE = {"transversal", "cross-sector", "sector-specific", "occupation-specific"}
CEFR = {"A1", "A2", "B1", "B2", "C1", "C2"}


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((STARTER / name).read_text("utf-8")), strict=True))


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((STARTER / name).read_text("utf-8"))


def repeated(values: Any) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


COMPETENCES = rows("competences.csv")
KEYS = {row["key"] for row in COMPETENCES}
ROLES = table("roles.toml")["role"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("competences.csv", "key"),
        ("groups.csv", "key"),
        ("tool_classes.csv", "key"),
        ("places.csv", "key"),
        ("languages.csv", "code"),
        ("titles.csv", "key"),
    ],
)
def test_every_table_has_unique_keys_full_rows_and_clean_text(name: str, key: str) -> None:
    table_rows = rows(name)
    assert repeated(row[key] for row in table_rows) == []
    for row in table_rows:
        assert None not in row and None not in row.values(), row
        assert all(value == value.strip() and value.isprintable() for value in row.values()), row


def test_every_label_and_description_exists_in_both_languages() -> None:
    for name, columns in {
        "competences.csv": ("label", "description", "alt"),
        "groups.csv": ("label",),
        "tool_classes.csv": ("label", "description"),
        "languages.csv": ("label",),
        "titles.csv": ("title", "alt"),
    }.items():
        for row in rows(name):
            assert all(row[f"{column}_{language}"] for column in columns for language in ("nl", "en")), row


def test_competences_use_the_known_kinds_clusters_and_reuse_levels() -> None:
    assert len(COMPETENCES) >= 130
    for row in COMPETENCES:
        assert row["kind"] in KINDS and row["cluster"] in CLUSTERS and row["reuse_level"] in REUSE, row
    for language in ("nl", "en"):
        assert repeated(row[f"label_{language}"].lower() for row in COMPETENCES) == []
        for row in COMPETENCES:
            words = [word.lower() for word in row[f"alt_{language}"].split("|")]
            assert repeated([*words, row[f"label_{language}"].lower()]) == [], row["key"]


def test_every_narrow_group_has_a_broader_group_of_the_same_tree() -> None:
    groups = {row["key"]: row for row in rows("groups.csv")}
    broader = {key for key, row in groups.items() if not row["parent"]}
    narrow = {key: row["parent"] for key, row in groups.items() if row["parent"]}
    assert set(narrow.values()) == broader
    for row in COMPETENCES:
        assert row["group"] in narrow, row["key"]
        assert groups[row["group"]]["cluster"] == row["cluster"], row["key"]
    assert {row["group"] for row in COMPETENCES} == set(narrow)


def test_local_concepts_say_who_added_them_when_and_on_what_evidence() -> None:
    local = [row for row in COMPETENCES if not row["esco_uri"]]
    assert len(local) >= 10
    for row in COMPETENCES:
        origin = [row[column] for column in ("parent", "author", "date", "evidence")]
        assert all(origin) if row in local else not any(origin), row["key"]
    for row in local:
        assert row["parent"] in KEYS - {row["key"]}
        assert (row["author"], row["date"]) == ("Valley", "2026-11-01")


def test_relations_join_two_known_competences_once_and_give_a_reason() -> None:
    relations = rows("relations.csv")
    for row in relations:
        assert {row["competence"], row["related"]} <= KEYS and row["competence"] < row["related"], row
        assert row["source"] in {"esco", "valley"} and row["reason"], row
    assert repeated((row["competence"], row["related"]) for row in relations) == []


def test_levels_grades_and_languages_are_described_in_both_languages() -> None:
    levels = table("levels.toml")
    assert [level["number"] for level in levels["level"]] == [1, 2, 3, 4]
    assert [grade["key"] for grade in levels["grade"]] == ["self", "observed", "credential"]
    assert {step["code"] for step in levels["cefr"]} == CEFR
    for level in levels["level"]:
        assert set(level["examples_nl"]) == set(level["examples_en"]) == CLUSTERS
    for entry in [*levels["level"], *levels["grade"], *levels["cefr"]]:
        dutch = {name[:-3] for name in entry if name.endswith("_nl")}
        assert dutch == {name[:-3] for name in entry if name.endswith("_en")}
        assert all(entry[f"{name}_{language}"] for name in dutch for language in ("nl", "en"))


def test_there_are_twenty_roles_for_five_thousand_model_jobs() -> None:
    assert [role["number"] for role in ROLES] == list(range(1, 21))
    assert repeated(role["key"] for role in ROLES) == []
    assert sum(role["jobs_model"] for role in ROLES) == 5000


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role["key"])
def test_a_role_asks_for_known_competences_languages_and_tools(role: dict[str, Any]) -> None:
    needs = role["needs"]
    assert {need["competence"] for need in needs} <= KEYS
    assert repeated(need["competence"] for need in needs) == []
    assert all(need["level"] in (1, 2, 3, 4) and need["importance"] in {"must", "wish"} for need in needs)
    assert 10 <= len(needs) <= 18 and sum(need["importance"] == "must" for need in needs) <= 8
    assert all(need["task_nl"] and need["task_en"] for need in needs)
    codes = {row["code"] for row in rows("languages.csv")}
    assert all(spoken["code"] in codes and spoken["cefr"] in CEFR for spoken in role["languages"])
    assert set(role["tool_classes"]) <= {row["key"] for row in rows("tool_classes.csv")}
    assert set(role["moves_to"]) <= {other["key"] for other in ROLES} - {role["key"]}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role["key"])
def test_a_role_has_words_people_use_and_practical_facts(role: dict[str, Any]) -> None:
    for language in ("nl", "en"):
        assert role[f"title_{language}"] and role[f"summary_{language}"].count(".") == 2
        assert len(role[f"everyday_{language}"]) >= 6 and repeated(role[f"everyday_{language}"]) == []
    assert bool(role["esco_occupation"]) == bool(role["esco_code"]) != bool(role["near_esco_code"])
    assert 0 < role["hours_min"] < role["hours_max"] <= 40
    assert (role["contract_kind"] == "permanent") == (role["contract_months"] == 0)
    assert set(role["shifts"]) == {"evenings", "weekends", "nights", "early"}
    assert 14.58 <= role["pay"]["min"] < role["pay"]["max"] < 60 and role["pay"]["basis"] == "model"


def test_titles_lead_to_known_competences_with_a_level() -> None:
    titles = rows("titles.csv")
    assert len(titles) >= 60
    for row in titles:
        pairs = [pair.split(":") for pair in row["competences"].split("|")]
        assert len(pairs) >= 5 and repeated(key for key, _ in pairs) == [], row["key"]
        assert all(key in KEYS and level in {"1", "2", "3", "4"} for key, level in pairs), row["key"]


def test_products_of_tool_classes_carry_the_day_they_were_seen() -> None:
    for row in rows("tool_classes.csv"):
        assert len(row["products"].split("|")) >= 3 and row["seen_on"] == "2026-11-01", row["key"]


def test_places_lie_in_or_around_the_netherlands() -> None:
    places = rows("places.csv")
    assert len(places) >= 60 and {row["country"] for row in places} == {"NL", "BE", "DE"}
    for row in places:
        assert 50.5 < float(row["lat"]) < 53.6 and 3.3 < float(row["lon"]) < 7.3, row
        assert len(row["lat"].split(".")[1]) == len(row["lon"].split(".")[1]) == 4, row


def official(folder: Path, member: str) -> dict[str, dict[str, str]]:
    with zipfile.ZipFile(folder / "esco" / "ESCO_v1.1.1_classification_en_csv.zip") as archive:
        text = archive.read(member).decode("utf-8-sig")
    csv.field_size_limit(10**7)
    return {row["conceptUri"]: row for row in csv.DictReader(io.StringIO(text))}


def test_esco_concepts_exist_with_their_official_english_label(shared_data: Path) -> None:
    skills = official(shared_data, "skills_en.csv")
    for row in COMPETENCES:
        if row["esco_uri"]:
            concept = skills[row["esco_uri"]]
            assert row["label_en"] == concept["preferredLabel"].strip()
            assert row["reuse_level"] == concept["reuseLevel"]
            assert (row["kind"] == "knowledge") == (concept["skillType"] == "knowledge"), row["key"]


def test_esco_occupations_of_roles_exist_under_their_code(shared_data: Path) -> None:
    occupations = official(shared_data, "occupations_en.csv")
    codes = {row["code"] for row in occupations.values()}
    for role in ROLES:
        if role["esco_occupation"]:
            assert occupations[role["esco_occupation"]]["code"] == role["esco_code"]
        else:
            assert role["near_esco_code"] in codes


def test_esco_relations_are_really_in_esco(shared_data: Path) -> None:
    uri = {row["key"]: row["esco_uri"] for row in COMPETENCES}
    with zipfile.ZipFile(shared_data / "esco" / "ESCO_v1.1.1_relations_csv.zip") as archive:
        text = archive.read("skillSkillRelations.csv").decode("utf-8-sig")
    linked = {frozenset((row["originalSkillUri"], row["relatedSkillUri"])) for row in csv.DictReader(io.StringIO(text))}
    for row in rows("relations.csv"):
        pair = frozenset((uri[row["competence"]], uri[row["related"]]))
        assert (pair in linked) == (row["source"] == "esco"), row
