"""Does a dossier come in whole or not at all, and does every mistake in a file get a place and a way out?"""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from tests import factories
from tests.rooms.dossiers.conftest import EXAMPLE, small

from valley.dossiers import actions, queries, snapshots
from valley.dossiers.files import reading
from valley.dossiers.models import Dossier, DossierPart
from valley.foundation.access import Forbidden, SecondFactorNeeded, SignInNeeded
from valley.foundation.models import AuditLine
from valley.foundation.problems import Conflict, NotFound
from valley.foundation.spreadsheets.reading import SheetRefused
from valley.skills import queries as skills

COLUMNS = [column.en for column in reading.columns()]


def _import(content: bytes, name: str = "dossier.toml") -> actions.Imported:
    return actions.import_dossier(factories.operator(), file_name=name, content=content)


def _flaws(content: bytes, name: str = "dossier.toml") -> list[dict[str, str]]:
    with pytest.raises(actions.DossierRefused) as refused:
        _import(content, name)
    assert not Dossier.objects.exists()
    assert not DossierPart.objects.exists()
    return refused.value.facts["problems"]  # type: ignore[return-value]


def _csv(*rows: dict[str, str]) -> bytes:
    keys = [column.key for column in reading.columns()]
    lines = [";".join(COLUMNS)] + [";".join(f'"{row.get(key, "")}"' for key in keys) for row in rows]
    return "\n".join(lines).encode()


FIRST = {
    "code": "klantcontact", "valid_from": "01-08-2026", "name_nl": "Klantcontact", "source": "a test", "part": "B1",
    "part_kind": "base", "part_name_nl": "Basisdeel", "core_task": "B1-K1", "core_task_name_nl": "Helpt klanten",
    "work_process": "B1-K1-W1", "work_process_name_nl": "Beantwoordt vragen", "competences": "listen-actively: 2",
}  # fmt: skip
SECOND = FIRST | {
    "code": "", "valid_from": "", "name_nl": "", "source": "", "work_process": "B1-K1-W2",
    "work_process_name_nl": "Behandelt klachten", "competences": "handle-complaints: 3; show-empathy=2",
}  # fmt: skip


def test_the_example_holds_eleven_work_processes_and_a_profile_without_any(words) -> None:
    done = _import(EXAMPLE)
    assert (done.code, done.valid_from_on, done.parts, done.work_processes) == ("commercie", date(2015, 8, 1), 2, 11)
    page = queries.dossier(factories.visitor(), code="commercie")
    assert [part.kind for part in page.parts] == ["base", "profile"]
    assert [task.code for task in page.parts[0].core_tasks] == ["B1-K1", "B1-K2", "B1-K3"]
    assert page.parts[1].core_tasks == ()
    assert all(one.competences for task in page.parts[0].core_tasks for one in task.work_processes)
    assert "SBB" in page.source


def test_the_same_file_again_changes_nothing_and_says_so(words) -> None:
    first, again = _import(EXAMPLE), _import(EXAMPLE)
    assert first.made
    assert not again.made
    assert again.id == first.id
    assert AuditLine.objects.filter(verb="dossiers.import").count() == 1


def test_other_content_for_the_same_code_and_day_is_a_conflict_and_leaves_what_was_there(words) -> None:
    _import(small())
    with pytest.raises(Conflict) as refused:
        _import(small(name="Iets anders"))
    assert "its own first day" in refused.value.next_step
    page = queries.dossier(factories.visitor(), code="klantcontact")
    assert page.parts[0].core_tasks[0].work_processes[0].name == "Beantwoordt vragen"


def test_a_spreadsheet_and_toml_of_the_same_dossier_are_the_same_dossier(words) -> None:
    assert _import(_csv(FIRST), "dossier.csv").made
    assert not _import(small()).made


def test_a_spreadsheet_folds_its_rows_into_parts_and_core_tasks(words) -> None:
    profile = {"part": "P1", "part_kind": "profiel", "part_name_nl": "Teamleider"}
    done = _import(_csv(FIRST, SECOND, profile), "dossier.csv")
    assert (done.parts, done.work_processes, done.competences) == (2, 2, 3)
    book = Workbook()
    for row in _csv(FIRST, SECOND, profile).decode().splitlines():
        book.active.append([cell.strip('"') for cell in row.split(";", len(COLUMNS) - 1)])
    stream = BytesIO()
    book.save(stream)
    assert not _import(stream.getvalue(), "dossier.xlsx").made


@pytest.mark.parametrize(
    ("content", "found", "step"),
    [
        (small(more="competenties = 3"), "competenties", "competences"),
        (small(competences='"listen-activly" = 2'), "listen-activly", "listen-actively"),
        (small(competences='"listen-actively" = 5'), "5", "1, 2, 3 or 4"),
        (small(competences='"listen-actively" = 2, "actief luisteren" = 2'), "actief luisteren", "Remove"),
        (small(code="Klant contact"), "Klant contact", "klant-contact"),
        (small(starts='"soon"'), "soon", "2027-08-01"),
        (small(starts="2026-08-01\nvalid_until = 2026-08-01"), "2026-08-01 - 2026-08-01", "Turn"),
        (small(starts='2026-08-01\nlevel = "4"'), "4", "leave it out"),
        (small(name=""), "0 signs", "Correct"),
        (small(more='[[part.core_task.work_process]]\ncode = "B1-K1-W1"\nname_nl = "x"'), "B1-K1-W1 twice", "another"),
    ],
)  # fmt: skip
def test_a_mistake_in_toml_is_named_with_its_way_out(words, content: bytes, found: str, step: str) -> None:
    flaws = _flaws(content)
    assert len(flaws) == 1
    assert flaws[0]["found"] == found
    assert step in flaws[0]["next_step"]
    assert flaws[0]["where"]


def test_every_mistake_of_a_file_is_named_at_once(words) -> None:
    flaws = _flaws(small(code="", source="", competences='"x" = 9'))
    assert len(flaws) == 3
    assert {one["where"] for one in flaws} == {"dossier", "B1 > B1-K1 > B1-K1-W1"}


def test_a_work_process_stands_in_one_part_only(words) -> None:
    other = (
        '[[part]]\ncode = "P1"\nkind = "profile"\nname_nl = "P"\n[[part.core_task]]\ncode = "K"\nname_nl = "k"\n'
        '[[part.core_task.work_process]]\ncode = "B1-K1-W1"\nname_nl = "w"'
    )
    assert _flaws(small(more=other))[0]["found"] == "B1-K1-W1 in two parts"


def test_mistakes_in_a_spreadsheet_are_named_by_row_or_code(words) -> None:
    wrong = SECOND | {"code": "iets-anders", "competences": "luisteren"}
    flaws = _flaws(_csv(FIRST, wrong), "dossier.csv")
    assert any("row 3" in one["where"] and one["found"] == "luisteren" for one in flaws)
    no_task = SECOND | {"core_task": ""}
    assert "core_task" in _flaws(_csv(FIRST, no_task), "d.csv")[0]["expected"]
    two = SECOND | {"code": "iets-anders"}
    assert "row 3" in _flaws(_csv(FIRST, two), "d.csv")[0]["where"]


def test_a_missing_column_is_named(words) -> None:
    content = _csv(FIRST).replace(b"Kind of part", b"Colour")
    assert any(one["expected"] == "this column" and "Kind of part" in one["where"] for one in _flaws(content, "d.csv"))


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"", "dossier.toml", actions.DossierRefused),
        (b"", "dossier.csv", SheetRefused),
        (b"code = ", "dossier.toml", actions.FileRefused),
        ("naam = 'é'".encode("latin-1"), "dossier.toml", actions.FileRefused),
        (b"#" * (1024 * 1024 + 1), "dossier.toml", actions.FileRefused),
        (b"%PDF", "dossier.pdf", actions.FileRefused),
        (b"a = " + b"[" * 5000, "dossier.toml", actions.FileRefused),
    ],
)
def test_a_file_that_is_no_dossier_is_refused(words, content: bytes, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        _import(content, name)
    assert not Dossier.objects.exists()


def test_only_designers_the_office_and_the_operator_bring_dossiers_in(words) -> None:
    for role in ("designer", "office"):
        actions.import_dossier(factories.caller(role), file_name="d.toml", content=EXAMPLE)
    for role in ("recruiter", "coach", "steward", "team-lead"):
        with pytest.raises(Forbidden):
            actions.import_dossier(factories.caller(role), file_name="d.toml", content=EXAMPLE)
    with pytest.raises(SecondFactorNeeded):
        weak = factories.caller("designer", strong=False)
        actions.import_dossier(weak, file_name="d.toml", content=EXAMPLE)
    with pytest.raises(SignInNeeded):
        actions.import_dossier(factories.visitor(), file_name="d.toml", content=EXAMPLE)


def test_a_dossier_ends_once_and_only_after_it_began(words) -> None:
    _import(small())
    office, version = factories.caller("office"), {"code": "klantcontact", "valid_from_on": date(2026, 8, 1)}
    with pytest.raises(actions.EndRefused):
        actions.end_dossier(office, **version, valid_until_on=date(2026, 8, 1))
    actions.end_dossier(office, **version, valid_until_on=date(2027, 8, 1))
    actions.end_dossier(office, **version, valid_until_on=date(2027, 8, 1))
    assert AuditLine.objects.filter(verb="dossiers.end").count() == 1
    with pytest.raises(Conflict):
        actions.end_dossier(office, **version, valid_until_on=date(2028, 8, 1))
    with pytest.raises(NotFound):
        actions.end_dossier(office, code="klantcontact", valid_from_on=date(2020, 1, 1), valid_until_on=date.max)
    with pytest.raises(Forbidden):
        actions.end_dossier(factories.caller("coach"), **version, valid_until_on=date(2027, 8, 1))
    assert not _import(small()).made
    with pytest.raises(Conflict):
        _import(small(starts="2026-08-01\nvalid_until = 2029-08-01"))


def test_what_a_dossier_asks_counts_the_highest_level_and_every_work_process(words) -> None:
    more = '[[part.core_task.work_process]]\ncode = "B1-K1-W2"\nname_nl = "x"\ncompetences = { "listen-actively" = 3 }'
    done = _import(small(more=more))
    listen = skills.ids_by_starter_key()["listen-actively"]
    asked = snapshots.asked(done.id)
    assert asked.work_processes == ("B1-K1-W1", "B1-K1-W2")
    assert asked.competences[listen] == snapshots.AskedCompetence(listen, 3, ("B1-K1-W1", "B1-K1-W2"), ("base",))
