"""Does an ESCO set come in whole or not at all, and twice without change?"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from tests import factories
from tests.rooms.skills.conftest import JOB, SKILL, as_csv, small_set, write_zip

from valley.core.errors import ValleyError
from valley.foundation import access
from valley.foundation.models import AuditLine
from valley.skills import actions, queries, snapshots
from valley.skills.actions import sources
from valley.skills.models import Competence, GroupLink, Occupation, OccupationCompetence, Release, ReleaseItem


def test_a_set_comes_in_with_its_counts(db, esco) -> None:
    report = esco(small_set())
    assert (report.counts.skills, report.counts.occupations, report.counts.relations) == (4, 2, 4)
    assert report.added == 10 and report.written
    assert Competence.objects.get(uri=SKILL + "s3").kind == "knowledge"
    assert Competence.objects.get(uri=SKILL + "s1").alt_labels_en == ["hear customers", "listen well"]
    assert OccupationCompetence.objects.filter(essential=True).count() == 3
    assert GroupLink.objects.count() == 5
    assert AuditLine.objects.filter(verb="skills.import_esco").count() == 1


def test_the_same_set_twice_writes_nothing(db, esco) -> None:
    esco(small_set())
    before = _everything()
    again = esco(small_set())
    assert not again.written
    assert (again.added, again.changed, again.retired, again.unchanged) == (0, 0, 0, 10)
    assert _everything() == before


def test_a_dry_run_says_what_would_happen_and_writes_nothing(db, esco) -> None:
    report = esco(small_set(), dry_run=True)
    assert report.added == 10 and not report.written
    assert not Competence.objects.exists() and not Release.objects.exists()


def test_a_folder_a_zip_and_loose_files_say_the_same(db, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    tables = small_set()
    half = {name: tables.pop(name) for name in list(tables)[:4]}
    write_zip(folder / "classification.zip", half)
    for name, rows in tables.items():
        (folder / f"{name}_en.csv").write_text(as_csv(rows), encoding="utf-8-sig")
    report = actions.import_esco(factories.operator(), path=folder, release="v1.2.0")
    assert (report.release, report.added) == ("1.2.0", 10)
    loose = [*folder.glob("*.zip"), *folder.glob("*.csv")]
    assert actions.import_esco(factories.operator(), path=loose, release="1.2").unchanged == 10


def test_a_set_of_1_0_with_fewer_columns_comes_in(db, esco) -> None:
    tables = small_set()
    for row in tables["skills_en"]:
        row.pop("status")
        row["altLabels"] = row["altLabels"].replace("\n", " | ")
    esco(tables, release="1.0")
    assert Competence.objects.get(uri=SKILL + "s1").alt_labels_en == ["hear customers", "listen well"]


def test_links_to_unknown_concepts_are_left_out_counted_and_named(db, esco) -> None:
    tables = small_set()
    tables["occupationSkillRelations"].append(
        {"occupationUri": JOB + "gone", "relationType": "essential", "skillUri": SKILL + "s1"}
    )
    report = esco(tables)
    assert (report.counts.relations, report.counts.left_out) == (5, 1)
    assert [(found.code, found.count, found.samples) for found in report.warnings] == [
        ("unknown-in-relations", 1, (JOB + "gone",))
    ]


def test_dutch_comes_to_the_same_release_and_english_stays_where_it_is_missing(db, esco) -> None:
    esco(small_set())
    dutch = {"skills_nl": [{"conceptUri": SKILL + "s1", "preferredLabel": "actief luisteren", "altLabels": "horen"}]}
    report = esco(dutch, language="nl")
    assert (report.added, report.dutch_labels) == (1, 1)
    assert not esco(dutch, language="nl").written
    assert Release.objects.get().languages == ["en", "nl"]
    reader = factories.operator(language="nl")
    with_dutch = queries.competence(reader, uri=SKILL + "s1")
    without = queries.competence(reader, uri=SKILL + "s2")
    assert (with_dutch.label, with_dutch.english_only) == ("actief luisteren", False)
    assert (without.label, without.english_only) == ("handle complaints", True)


def test_a_table_of_labels_says_where_its_dutch_comes_from(db, esco) -> None:
    esco(small_set())
    rows = [
        {"conceptUri": SKILL + "s1", "label_nl": "actief luisteren", "nl_source": "a published mapping"},
        {"conceptUri": SKILL + "s2", "label_nl": "", "nl_source": ""},
        {"conceptUri": SKILL + "nobody", "label_nl": "niemand", "nl_source": "x"},
    ]
    report = esco({"skill_labels_en_nl_merged": rows}, language="nl")
    assert (report.added, report.warnings[0].count) == (1, 1)
    assert Competence.objects.get(uri=SKILL + "s1").label_nl_source == "a published mapping"


def test_the_starter_vocabulary_and_esco_share_one_row_and_the_trade_keeps_its_words(starter, esco) -> None:
    mine = Competence.objects.get(starter_key="listen-actively")
    local = Competence.objects.get(starter_key="webcare-in-public")
    tables = small_set()
    for rows in tables.values():
        for row in rows:
            for name, value in row.items():
                row[name] = value.replace(SKILL + "s1", mine.uri)
    tables["skills_en"][0]["altLabels"] = "hear customers"
    esco(tables)
    filled = Competence.objects.get(uri=mine.uri)
    assert filled.pk == mine.pk
    assert (filled.scheme, filled.starter_key, filled.label_nl) == ("esco", "listen-actively", mine.label_nl)
    assert filled.alt_labels_en == [*mine.alt_labels_en, "hear customers"]
    assert filled.description_en == mine.description_en
    local.refresh_from_db()
    assert (local.scheme, local.status) == ("local", "current")


def test_an_import_changes_the_fingerprint_and_nothing_else_does(starter, esco) -> None:
    before = snapshots.vocabulary_fingerprint()
    esco(small_set())
    after = snapshots.vocabulary_fingerprint()
    assert before != after
    esco(small_set())
    actions.load_starter(factories.operator())
    assert snapshots.vocabulary_fingerprint() == after


def test_only_the_office_the_designer_and_the_operator_may_import(db, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "set.zip", small_set())
    for role in ("recruiter", "coach", "municipality", "steward"):
        with pytest.raises(access.Forbidden):
            actions.import_esco(factories.caller(role), path=path, release="1.1.1")
    with pytest.raises(access.SecondFactorNeeded):
        actions.import_esco(factories.caller("office", strong=False), path=path, release="1.1.1")
    with pytest.raises(access.SignInNeeded):
        actions.import_esco(factories.visitor(), path=path, release="1.1.1")
    assert actions.import_esco(factories.caller("office"), path=path, release="1.1.1").written


def test_a_failure_while_writing_leaves_nothing_behind(db, esco, monkeypatch: pytest.MonkeyPatch) -> None:
    from valley.skills.actions import esco_rows

    def fail(*args: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(esco_rows, "_write_relations", fail)
    with pytest.raises(RuntimeError):
        esco(small_set())
    assert not any(_everything())


# --- bad input --------------------------------------------------------------------------------------------------------


def _refused(esco, tables, **options) -> ValleyError:
    before = _everything()
    with pytest.raises(ValleyError) as caught:
        esco(tables, **options)
    assert _everything() == before
    assert caught.value.next_step
    return caught.value


def test_a_truncated_zip_is_refused(db, tmp_path: Path) -> None:
    whole = write_zip(tmp_path / "whole.zip", small_set()).read_bytes()
    for keep in (0, 30, len(whole) // 2, len(whole) - 10):
        path = tmp_path / f"cut-{keep}.zip"
        path.write_bytes(whole[:keep])
        with pytest.raises(sources.UnreadableArchive) as caught:
            actions.import_esco(factories.operator(), path=path, release="1.1.1")
        assert path.name in caught.value.found
    assert not any(_everything())


def test_a_zip_with_damaged_contents_is_refused(db, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "damaged.zip", small_set())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("skills_en.csv").header_offset + 60
    damaged = bytearray(path.read_bytes())
    damaged[start : start + 20] = b"\x55" * 20
    path.write_bytes(bytes(damaged))
    with pytest.raises(sources.UnreadableArchive):
        actions.import_esco(factories.operator(), path=path, release="1.1.1")


def test_a_foreign_zip_is_refused_with_what_was_expected(db, esco) -> None:
    error = _refused(esco, {"holiday": "a,b\n1,2\n"})
    assert error.code == "not-esco" and "skills_en.csv" in error.expected


def test_a_zip_that_swells_is_refused_before_it_is_read(db, esco, monkeypatch: pytest.MonkeyPatch) -> None:
    error = _refused(esco, small_set() | {"skills_en": "a" * 5_000_000})
    assert error.code == "archive-too-large"
    monkeypatch.setattr(sources, "LARGEST_SET", 10)
    assert _refused(esco, small_set()).code == "archive-too-large"


def test_a_zip_that_lies_about_its_size_is_refused(db, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "liar.zip", small_set() | {"skills_en": "conceptUri,preferredLabel\n" + "x" * 90_000})
    archive = bytearray(path.read_bytes())
    entry = archive.rindex(b"skills_en.csv") - 46
    assert archive[entry : entry + 4] == b"PK\x01\x02"
    archive[entry + 24 : entry + 28] = struct.pack("<I", 100)
    path.write_bytes(bytes(archive))
    with pytest.raises(ValleyError):
        actions.import_esco(factories.operator(), path=path, release="1.1.1")
    assert not any(_everything())


def test_half_a_set_names_the_missing_half(db, esco) -> None:
    tables = small_set()
    del tables["occupationSkillRelations"]
    error = _refused(esco, tables)
    assert error.facts["missing"] == ["occupationSkillRelations"]


def test_wrong_columns_are_named(db, esco) -> None:
    tables = small_set() | {"skills_en": "uri;name\nx;y\n"}
    error = _refused(esco, tables)
    assert error.code == "columns-missing"
    assert "conceptUri" in error.expected and "uri;name" in error.found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "columns-missing"),
        ("conceptUri,preferredLabel\n", "not-empty"),
        (f"conceptUri,preferredLabel\n{SKILL}a\n", "broken-row"),
        (f"conceptUri,preferredLabel\n{SKILL}a,\n", "broken-row"),
        (f'conceptUri,preferredLabel\n{SKILL}a,"never closed\n', "broken-row"),
        (f"conceptUri,preferredLabel\n{SKILL}a,{'x' * 301}\n", "broken-row"),
        ("conceptUri,preferredLabel\nhttp://elsewhere.example/a,listen\n", "broken-row"),
        (f"conceptUri,preferredLabel\n{SKILL}a,list\x00en\n", "control-character"),
        (f"conceptUri,preferredLabel\n{SKILL}a,list\x1ben\n", "control-character"),
        (f"conceptUri,preferredLabel\n{SKILL}a,één\n".encode("latin-1"), "wrong-encoding"),
        (f"conceptUri,preferredLabel\n{SKILL}a,one\n".encode("utf-16"), "wrong-encoding"),
        (f"conceptUri,preferredLabel\n{SKILL}a,one\n{SKILL}a,two\n", "concept-twice"),
    ],
)
def test_a_file_with_bad_contents_is_refused(db, esco, text: str | bytes, code: str) -> None:
    tables = small_set() | {"skills_en": text}
    if code == "not-empty":
        report = esco(tables)
        assert report.counts.skills == 0 and report.counts.left_out == 4
    else:
        assert _refused(esco, tables).code == code


def test_an_unknown_kind_of_relation_is_refused(db, esco) -> None:
    tables = small_set()
    tables["occupationSkillRelations"][0]["relationType"] = "perhaps"
    error = _refused(esco, tables)
    assert "essential or optional" in error.expected and error.facts["line"] == 2


@pytest.mark.parametrize("pillar", ["broaderRelationsSkillPillar", "broaderRelationsOccPillar"])
def test_a_hierarchy_that_bites_its_tail_is_refused_and_the_circle_named(db, esco, pillar: str) -> None:
    tables = small_set()
    first = tables[pillar][0]
    tables[pillar].append({"conceptUri": first["broaderUri"], "broaderUri": first["conceptUri"]})
    error = _refused(esco, tables)
    assert error.code == "cyclic-hierarchy"
    assert error.found.split(" > ")[0] == error.found.split(" > ")[-1]


def test_a_release_older_than_the_one_loaded_is_refused(db, esco) -> None:
    esco(small_set(), release="1.2.0")
    error = _refused(esco, small_set(), release="1.1.2")
    assert (error.code, error.facts["loaded"]) == ("release-too-old", "1.2.0")


def test_other_files_under_the_same_number_are_refused(db, esco) -> None:
    esco(small_set())
    tables = small_set()
    tables["skills_en"][0]["preferredLabel"] = "listen"
    assert _refused(esco, tables).code == "release-differs"


def test_dutch_before_english_is_refused(db, esco) -> None:
    dutch = {"skills_nl": [{"conceptUri": SKILL + "s1", "preferredLabel": "luisteren"}]}
    assert _refused(esco, dutch, language="nl").code == "language-too-early"
    esco(small_set(), release="1.1.1")
    assert _refused(esco, dutch, language="nl", release="1.2.0").code == "language-too-early"


@pytest.mark.parametrize("release", ["", "latest", "1", "1.1.1.1.1", "9999.1", "1.1; drop"])
def test_a_release_is_named_as_esco_names_it(db, esco, release: str) -> None:
    assert _refused(esco, small_set(), release=release).code == "bad-release"


def test_other_languages_are_refused(db, esco) -> None:
    assert _refused(esco, small_set(), language="fr").code == "bad-release"


def test_a_path_that_is_not_there_is_refused(db, tmp_path: Path) -> None:
    with pytest.raises(sources.PathMissing):
        actions.import_esco(factories.operator(), path=tmp_path / "nothing.zip", release="1.1.1")


def test_one_file_twice_counts_once_but_two_that_differ_are_refused(db, tmp_path: Path) -> None:
    first = write_zip(tmp_path / "a.zip", small_set())
    second = write_zip(tmp_path / "b.zip", small_set())
    assert actions.import_esco(factories.operator(), path=[first, second], release="1.1.1").added == 10
    tables = small_set()
    tables["skills_en"].pop()
    third = write_zip(tmp_path / "c.zip", tables)
    with pytest.raises(sources.FileTwice):
        actions.import_esco(factories.operator(), path=[first, third], release="1.2")


def _everything() -> tuple[int, ...]:
    models = (Competence, Occupation, OccupationCompetence, GroupLink, Release, ReleaseItem)
    return tuple(model.objects.count() for model in models)
