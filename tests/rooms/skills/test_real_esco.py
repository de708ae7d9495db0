"""Does the real ESCO set of both languages come in with its published counts, and does a second release compare right?

One import for the whole module (half a minute), rolled back at its end.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from tests import factories
from tests.rooms.skills.conftest import as_csv

from valley.skills import actions, queries, snapshots
from valley.skills.models import Competence, Occupation, OccupationCompetence

RELEASE = "1.1.1"


@dataclass(frozen=True)
class World:
    """The reports of the imports, and where the files are."""

    english: actions.ImportReport
    dutch: actions.ImportReport
    titles: actions.TitlesReport
    folder: Path


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest, shared_data: Path) -> Iterator[World]:
    folder = shared_data / "esco"
    who = factories.operator()
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_starter(who)
        yield World(
            actions.import_esco(who, path=sorted(folder.glob("*.zip")), release=RELEASE),
            actions.import_esco(who, path=folder, release=RELEASE, language="nl"),
            actions.import_titles(who, path=shared_data / "crosswalks" / "nl_uwv_occupations_to_esco.csv"),
            folder,
        )
        transaction.set_rollback(True)


def test_the_counts_are_the_published_ones(world: World, db: None) -> None:
    counts = world.english.counts
    assert (counts.occupations, counts.skills, counts.relations) == (3007, 13896, 123855)
    assert (counts.skill_groups, counts.isco_groups, counts.skill_relations) == (640, 619, 5899)
    assert world.english.added == 3007 + 13896 + 640 + 619
    assert Competence.objects.filter(scheme="esco").count() == 13896
    assert Occupation.objects.filter(is_group=False).count() == 3007
    # The official file itself names an occupation that is in no concept file, with 67 relations.
    assert (counts.left_out, OccupationCompetence.objects.count()) == (67, 123855 - 67)


def test_dutch_comes_with_its_published_counts(world: World, db: None) -> None:
    assert world.dutch.dutch_labels == 5797
    assert world.dutch.counts.occupations == 3039
    assert world.dutch.warnings[0].count == 35
    assert Occupation.objects.exclude(label_nl="").count() == 3004 + 619
    assert (world.titles.titles, world.titles.rows) == (3460, 5651)


def test_both_languages_twice_change_nothing(world: World, db: None) -> None:
    who = factories.operator()
    english = actions.import_esco(who, path=world.folder, release=RELEASE)
    dutch = actions.import_esco(who, path=world.folder, release=RELEASE, language="nl")
    for report in (english, dutch):
        assert not report.written
        assert (report.added, report.changed, report.renamed, report.retired, report.merged) == (0, 0, 0, 0, 0)
    assert english.unchanged == 18162


def test_the_starter_vocabulary_is_part_of_it(world: World, db: None) -> None:
    own = Competence.objects.exclude(starter_key="")
    assert not own.filter(scheme="starter").exists()
    assert not own.filter(label_nl="").exists()
    assert own.filter(scheme="local").exists()


def test_a_second_release_compares_right(world: World, db: None, tmp_path: Path) -> None:
    second, lost_parent = _second_release(world.folder, tmp_path)
    report = actions.import_esco(factories.operator(), path=second, release="1.2.0")
    diff = queries.release_diff(factories.visitor(), older=RELEASE, newer="1.2.0")
    numbers = {name: len(getattr(diff, name)) for name in ("added", "retired", "merged", "renamed", "changed")}
    assert numbers == {"added": 3, "retired": 40, "merged": 5, "renamed": 20, "changed": len(lost_parent)}
    assert {change.uri for change in diff.changed} == lost_parent
    assert diff.unchanged == 18162 - 40 - 5 - 20 - len(lost_parent)
    assert numbers == {name: getattr(report, name) for name in numbers}
    assert Competence.objects.filter(scheme="esco").count() == 13896 + 3
    assert Competence.objects.filter(status="merged").count() == 5
    assert Competence.objects.filter(status="retired").count() == 40


def test_the_vocabulary_has_a_group_for_nearly_everything_and_weighs_rare_above_common(world: World, db: None) -> None:
    words = snapshots.vocabulary()
    skills = list(Competence.objects.filter(scheme="esco").values_list("pk", flat=True))
    assert sum(bool(words.narrow_groups(pk)) for pk in skills) > 0.99 * len(skills)
    common, rare = (
        Competence.objects.get(label_en=label).pk for label in ("handle customer complaints", "perform body piercings")
    )
    assert words.idf(common) < words.idf(rare)
    local = Competence.objects.get(starter_key="webcare-in-public")
    assert words.idf(local.pk) == words.idf(local.parent_id)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("telefoniste", "telefonist"),
        ("klantenservicemedewerker", "vertegenwoordiger klantenservice"),
        ("call centre agent", "callcentermedewerker"),
        ("handle customer complaints", "klachten van klanten afhandelen"),
    ],
)
def test_everyday_words_find_what_is_meant(world: World, db: None, text: str, label: str) -> None:
    found = queries.search(factories.operator(language="nl"), text=text, limit=5)
    assert label in {hit.label for hit in found} | {hit.leads_to for hit in found}


def _second_release(folder: Path, tmp_path: Path) -> tuple[list[Path], set[str]]:
    """The real files, a year older: 40 skills dropped, 5 merged, 20 renamed, 3 added; and who lost what lay above."""
    (classification,) = folder.glob("*classification*.zip")
    (relations,) = folder.glob("*relations*.zip")
    rows = _read(classification, "skills_en.csv")
    gone, kept = rows[:45], rows[45:]
    for number, row in enumerate(kept[:20]):
        row["preferredLabel"] += f" {number}"
    base = "http://data.europa.eu/esco/skill/00000000-0000-0000-0000-00000000000"
    kept += [dict(kept[-1], conceptUri=f"{base}{number}", preferredLabel=f"new {number}") for number in range(3)]
    made = tmp_path / "classification.zip"
    with zipfile.ZipFile(classification) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, as_csv(kept) if name == "skills_en.csv" else old.read(name))
    merges = tmp_path / "merges.csv"
    pairs = [f"{row['conceptUri']},{kept[30]['conceptUri']}" for row in gone[40:]]
    merges.write_text("\n".join(["conceptUri,replacedBy", *pairs]), encoding="utf-8")
    away = {row["conceptUri"] for row in gone}
    renamed = {row["conceptUri"] for row in kept[:20]}
    above = _read(relations, "broaderRelationsSkillPillar.csv")
    lost = {row["conceptUri"] for row in above if row["broaderUri"] in away} - away - renamed
    return [made, relations, merges], lost


def _read(archive: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(archive) as opened:
        return list(csv.DictReader(io.StringIO(opened.read(name).decode("utf-8-sig"))))
