"""What became of each concept between two releases, and do passports and openings keep their rows?"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import factories
from tests.rooms.skills.conftest import JOB, SKILL, small_set, write_zip

from valley.foundation.problems import NotFound
from valley.skills import actions, queries
from valley.skills.actions.esco_set import CyclicHierarchy
from valley.skills.models import Competence, GroupLink, OccupationCompetence


def second_set() -> dict[str, list[dict[str, str]]]:
    """The small set a year later: s1 renamed, s2 described anew, s3 merged into s2, s4 dropped, s5 and o3 added."""
    tables = small_set()
    skills = {row["conceptUri"].removeprefix(SKILL): row for row in tables["skills_en"]}
    skills["s1"]["preferredLabel"] = "listen closely"
    skills["s2"]["description"] = "Put right what went wrong."
    skills["s5"] = dict(skills["s4"], conceptUri=SKILL + "s5", preferredLabel="check drafted answers")
    gone = {SKILL + "s3", SKILL + "s4"}
    tables["skills_en"] = [row for row in skills.values() if row["conceptUri"] not in gone]
    tables["occupations_en"].append(dict(tables["occupations_en"][0], conceptUri=JOB + "o3", preferredLabel="webcarer"))
    for name in ("broaderRelationsSkillPillar", "occupationSkillRelations", "skillSkillRelations"):
        tables[name] = [row for row in tables[name] if gone.isdisjoint(row.values())]
    tables["skillSkillRelations"] = [
        {"originalSkillUri": SKILL + "s5", "relationType": "optional", "relatedSkillUri": SKILL + "s2"}
    ]
    tables["occupationSkillRelations"].append(
        {"occupationUri": JOB + "o3", "relationType": "essential", "skillUri": SKILL + "s1"}
    )
    return tables


MERGES = f"conceptUri,replacedBy\n{SKILL}s3,{SKILL}s2\n"


def _import(tmp_path: Path, merges: str = MERGES, **options: object) -> actions.ImportReport:
    whole = write_zip(tmp_path / "second.zip", second_set())
    table = tmp_path / "what-became-of-them.csv"
    table.write_text(merges, encoding="utf-8")
    return actions.import_esco(factories.operator(), path=[whole, table], release="1.2.0", **options)


def test_the_report_and_the_diff_name_the_same_changes(db, esco, tmp_path: Path) -> None:
    esco(small_set())
    report = _import(tmp_path)
    diff = queries.release_diff(factories.visitor(), older="1.1.1", newer="v1.2.0")
    names = ("added", "retired", "merged", "renamed", "changed")
    assert {name: getattr(report, name) for name in names} == {name: len(getattr(diff, name)) for name in names}
    assert report.unchanged == diff.unchanged
    assert [change.after for change in diff.added] == ["check drafted answers", "webcarer"]
    assert [change.before for change in diff.retired] == ["calm angry callers"]
    assert [(change.uri, change.replaced_by) for change in diff.merged] == [(SKILL + "s3", SKILL + "s2")]
    assert [(change.before, change.after) for change in diff.renamed] == [("listen actively", "listen closely")]
    assert [change.after for change in diff.changed] == ["handle complaints"]


def test_a_diff_backwards_turns_added_into_retired(db, esco, tmp_path: Path) -> None:
    esco(small_set())
    _import(tmp_path)
    there = queries.release_diff(factories.visitor(), older="1.1.1", newer="1.2.0")
    back = queries.release_diff(factories.visitor(), older="1.2.0", newer="1.1.1")
    assert {change.uri for change in back.retired} == {change.uri for change in there.added}
    assert {change.uri for change in back.added} == {change.uri for change in (*there.retired, *there.merged)}
    same = queries.release_diff(factories.visitor(), older="1.2.0", newer="1.2.0")
    assert not any((same.added, same.retired, same.merged, same.renamed, same.changed))


def test_retired_and_merged_concepts_keep_their_rows_and_links(db, esco, tmp_path: Path) -> None:
    esco(small_set())
    before = dict(Competence.objects.values_list("uri", "pk"))
    _import(tmp_path)
    after = Competence.objects.in_bulk(field_name="uri")
    assert {uri: after[uri].pk for uri in before} == before
    assert after[SKILL + "s4"].status == "retired"
    assert (after[SKILL + "s3"].status, after[SKILL + "s3"].merged_into) == ("merged", after[SKILL + "s2"])
    assert GroupLink.objects.filter(competence=after[SKILL + "s3"]).exists()
    assert queries.successors([before[SKILL + "s3"], before[SKILL + "s1"]]) == {
        before[SKILL + "s3"]: before[SKILL + "s2"]
    }
    page = queries.competence(factories.visitor(), id=before[SKILL + "s3"])
    assert page.merged_into is not None and page.merged_into.label == "handle complaints"


def test_links_that_a_release_drops_go_and_new_ones_come(db, esco, tmp_path: Path) -> None:
    esco(small_set())
    tables = second_set()
    tables["occupationSkillRelations"] = tables["occupationSkillRelations"][1:]
    esco(tables, release="1.2.0")
    asks = set(OccupationCompetence.objects.values_list("occupation__uri", "competence__uri"))
    assert (JOB + "o1", SKILL + "s1") not in asks
    assert (JOB + "o3", SKILL + "s1") in asks


def test_what_is_out_of_use_is_no_longer_found(db, esco, tmp_path: Path) -> None:
    esco(small_set())
    assert queries.search(factories.visitor(), text="calm angry callers", kinds=("competence",))[0].why == "exact"
    _import(tmp_path)
    found = queries.search(factories.visitor(), text="calm angry callers", kinds=("competence",))
    assert SKILL + "s4" not in {Competence.objects.get(pk=hit.id).uri for hit in found}


def test_a_status_in_the_file_retires_a_concept_and_a_later_release_brings_it_back(db, esco) -> None:
    tables = small_set()
    tables["skills_en"][3]["status"] = "obsolete"
    esco(tables, release="1.1.0")
    assert Competence.objects.get(uri=SKILL + "s4").status == "retired"
    report = esco(small_set(), release="1.1.1")
    assert (report.added, Competence.objects.get(uri=SKILL + "s4").status) == (1, "current")


def test_a_column_in_the_file_merges_a_concept(db, esco) -> None:
    tables = small_set()
    for row in tables["skills_en"]:
        row["replacedBy"] = SKILL + "s2" if row["conceptUri"] == SKILL + "s3" else ""
    esco(tables)
    assert Competence.objects.get(uri=SKILL + "s3").status == "merged"


def test_merges_in_a_circle_are_refused(db, esco, tmp_path: Path) -> None:
    esco(small_set())
    with pytest.raises(CyclicHierarchy):
        _import(tmp_path, merges=f"conceptUri,replacedBy\n{SKILL}s1,{SKILL}s2\n{SKILL}s2,{SKILL}s1\n")


def test_a_merge_into_nothing_is_left_out_and_named(db, esco, tmp_path: Path) -> None:
    esco(small_set())
    report = _import(tmp_path, merges=f"conceptUri,replacedBy\n{SKILL}s3,{SKILL}nobody\n")
    assert report.warnings[0].code == "unknown-replacement"
    assert Competence.objects.get(uri=SKILL + "s3").status == "retired"


def test_a_diff_with_a_release_that_is_not_loaded_names_the_ones_that_are(db, esco) -> None:
    esco(small_set())
    with pytest.raises(NotFound, match=r"1\.1\.1"):
        queries.release_diff(factories.visitor(), older="1.0", newer="1.1.1")
