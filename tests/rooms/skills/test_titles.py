"""Do everyday job titles lead to occupations, and a title to what someone can probably do?"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import factories
from tests.rooms.skills.conftest import ISCO, JOB, SKILL, small_set

from valley.foundation import access
from valley.foundation.problems import NotFound
from valley.skills import actions, queries
from valley.skills.actions.rows import BrokenRow, ColumnsMissing
from valley.skills.actions.titles import OccupationsFirst
from valley.skills.models import Competence, Title

HEAD = "Mapping project name,x,,,,,\n,,,,,,\n"
COLUMNS = "Classification 1 URI,Classification 1 PrefLabel,Classification 1 URL,Classification 2 ID,"
COLUMNS += "Classification 2 PrefLabel,Classification 2 URL,Mapping relation\n"


def mapping(tmp_path: Path, *rows: tuple[str, str, str], head: str = HEAD + COLUMNS) -> Path:
    """A mapping file as the national ones are published."""
    path = tmp_path / "titles.csv"
    lines = "".join(f"{JOB}{job},label,url,1,{text},,{relation}\n" for job, text, relation in rows)
    path.write_text(head + lines, encoding="utf-8")
    return path


def test_a_title_leads_to_its_closest_occupation(db, esco, tmp_path: Path) -> None:
    esco(small_set())
    path = mapping(
        tmp_path,
        ("o2", "Belmedewerker", "skos:broadMatch"),
        ("o1", "Belmedewerker", "skos:exactMatch"),
        ("gone", "Dakdekker", "skos:exactMatch"),
    )
    report = actions.import_titles(factories.operator(), path=path)
    assert (report.rows, report.titles, report.links) == (3, 1, 2)
    assert report.warnings[0].samples == (JOB + "gone",)
    found = queries.search(factories.visitor(), text="belmedewerker", kinds=("title",))
    assert [(hit.label, hit.leads_to) for hit in found] == [("Belmedewerker", "call centre agent")]
    probable = queries.probable_competences(factories.visitor(), title=f"title-{found[0].id}")
    assert {one.label for one in probable} == {"listen actively", "handle complaints"}
    assert {one.level for one in probable} == {2}


def test_the_same_titles_twice_write_nothing_and_new_ones_replace_the_old(db, esco, tmp_path: Path) -> None:
    esco(small_set())
    path = mapping(tmp_path, ("o1", "Belmedewerker", "skos:exactMatch"))
    assert not actions.import_titles(factories.operator(), path=path, dry_run=True).written
    assert actions.import_titles(factories.operator(), path=path).written
    assert not actions.import_titles(factories.operator(), path=path).written
    other = mapping(tmp_path, ("o2", "Klachtenmanager", "skos:exactMatch"))
    assert actions.import_titles(factories.operator(), path=other).written
    assert list(Title.objects.values_list("text", flat=True)) == ["Klachtenmanager"]


def test_titles_of_the_starter_set_stay(starter, esco, tmp_path: Path) -> None:
    esco(small_set())
    before = Title.objects.count()
    actions.import_titles(factories.operator(), path=mapping(tmp_path, ("o1", "Belmedewerker", "skos:exactMatch")))
    assert Title.objects.count() == before + 1


def test_titles_before_occupations_are_refused(db, tmp_path: Path) -> None:
    with pytest.raises(OccupationsFirst):
        actions.import_titles(factories.operator(), path=mapping(tmp_path, ("o1", "Belmedewerker", "skos:exactMatch")))


def test_a_title_that_leads_to_a_group_proposes_what_its_occupations_share(db, esco, tmp_path: Path) -> None:
    esco(small_set())
    path = mapping(tmp_path)
    path.write_text(HEAD + COLUMNS + f"{ISCO}C4,label,url,1,Kantoorbaas,,skos:narrowMatch\n", encoding="utf-8")
    assert actions.import_titles(factories.operator(), path=path).links == 1
    hit = queries.search(factories.visitor(), text="kantoorbaas", kinds=("title",))[0]
    probable = queries.probable_competences(factories.visitor(), title=f"title-{hit.id}")
    assert {one.label for one in probable} == {"listen actively", "handle complaints"}


def test_a_relation_that_is_none_is_refused(db, esco, tmp_path: Path) -> None:
    esco(small_set())
    with pytest.raises(BrokenRow, match="skos:exactMatch"):
        actions.import_titles(factories.operator(), path=mapping(tmp_path, ("o1", "Belmedewerker", "perhaps")))


def test_a_file_that_is_no_mapping_is_refused(db, esco, tmp_path: Path) -> None:
    esco(small_set())
    with pytest.raises(ColumnsMissing, match="Classification 1 URI"):
        actions.import_titles(factories.operator(), path=mapping(tmp_path, head="a,b\n"))


def test_a_recruiter_may_not_import_titles(db, tmp_path: Path) -> None:
    with pytest.raises(access.Forbidden):
        actions.import_titles(factories.caller("recruiter"), path=mapping(tmp_path))


def test_an_occupation_proposes_what_it_needs_and_the_words_of_the_trade_come_first(starter, esco) -> None:
    mine = Competence.objects.get(starter_key="handle-complaints")
    tables = small_set()
    for rows in tables.values():
        for row in rows:
            row |= {name: value.replace(SKILL + "s2", mine.uri) for name, value in row.items()}
    esco(tables)
    found = queries.search(factories.visitor(), text="call centre agent", kinds=("occupation",))
    probable = queries.probable_competences(factories.visitor(), title=f"occupation-{found[0].id}")
    assert probable[0].competence == mine.pk
    assert len(probable) == 2


def test_the_starter_set_alone_proposes_for_jobs_inside_and_outside_the_trade(starter) -> None:
    reader = factories.operator(language="nl")
    for text in ("telefoniste", "kapper", "caissière"):
        hit = queries.search(reader, text=text, kinds=("title", "occupation"))[0]
        probable = queries.probable_competences(reader, title=f"{hit.kind}-{hit.id}")
        assert 3 <= len(probable) <= 25
        assert all(1 <= one.level <= 4 and one.label and one.description for one in probable)


@pytest.mark.parametrize("title", ["", "title-", "title-0", "title-x", "person-1", "occupation-99999", "title-1-2"])
def test_a_title_that_is_none_is_not_found(starter, title: str) -> None:
    with pytest.raises(NotFound):
        queries.probable_competences(factories.visitor(), title=title)
