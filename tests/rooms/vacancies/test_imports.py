"""Does a spreadsheet of five thousand vacancies name exactly its wrong rows, and keep the rest whole or not at all?"""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from tests import factories
from tests.rooms.vacancies.conftest import FIRST, SECOND, TASK
from tests.rooms.work.sheets import GOOD, xlsx

from valley.vacancies import drafts, queries, stored
from valley.vacancies.models import OpeningPractice
from valley.work import actions as work
from valley.work import queries as openings
from valley.work.sheets.rows import columns_of

BESIDE: dict[str, Any] = {
    "dossier": "Commercie",
    "practices": f"{FIRST}:120; {SECOND} : 80 uur",
    "day": "Veertig gesprekken.",
    "training": "Twee weken meeluisteren.",
    "next_steps": "Binnen een week hoor je van ons.",
    "diploma": "hbo rechten",
    "diploma_task": TASK,
}
WRONG: list[tuple[str, dict[str, Any]]] = [
    ("seats", {"seats": 0}),
    ("seats", {"seats": "twee"}),
    ("languages", {"languages": "Klingon B1"}),
    ("languages", {"languages": "Duits B9"}),
    ("languages", {"languages": "Duits"}),
    ("starts_until_on", {"starts_from_on": "01-06-2027", "starts_until_on": "01-03-2027"}),
    ("starts_until_on", {"starts_until_on": "01-03-2027"}),
    ("starts_from_on", {"starts_from_on": "31-02-2027"}),
    ("closes_on", {"closes_on": "01-01-2026"}),
    ("pay_max", {"pay_min": 18, "pay_max": 16}),
    ("pay_min", {"pay_min": None}),
    ("hours_max", {"hours_min": 32, "hours_max": 24}),
    ("hours_min", {"hours_min": 0}),
    ("place", {"place": "Atlantis"}),
    ("contract", {"contract": "nulurencontract"}),
    ("role", {"role": "Tovenaar"}),
    ("title", {"title": None}),
    ("practices", {"practices": "B9-K9-W9:120"}),
    ("practices", {"practices": f"{FIRST}:0"}),
    ("practices", {"practices": f"{FIRST} veel"}),
    ("practices", {"practices": f"{FIRST}:10; {FIRST}:20"}),
    ("dossier", {"dossier": "tovenarij"}),
    ("day", {"day": "x" * 3001}),
    ("diploma", {"diploma": "x" * 161}),
]
"""Wrong cells by the column they stand in. Thirty-seven rows: the last thirteen repeat the first."""


def table(rows: list[dict[str, Any]]) -> bytes:
    """A .csv file with every column, in Dutch."""
    columns = columns_of("openings")
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerow([column.nl for column in columns])
    writer.writerows([[row.get(column.key) for column in columns] for row in rows])
    return stream.getvalue().encode("utf-8-sig")


def row(number: int, **changed: Any) -> dict[str, Any]:
    return {**GOOD, **BESIDE, "reference": f"V-{number:05}", **changed}


def uploaded(region, content: bytes) -> openings.Preview:
    return work.import_openings_preview(
        region.recruiter, organisation=region.employer.id, file_name="vacatures.csv", content=content
    )


def test_of_five_thousand_rows_exactly_the_thirty_seven_wrong_ones_are_named(region) -> None:
    wrong = [WRONG[number % len(WRONG)] for number in range(37)]
    places = {7 + 131 * number: one for number, one in enumerate(wrong)}
    rows = [row(number, **(places[number][1] if number in places else {})) for number in range(5000)]
    preview = uploaded(region, table(rows))
    stopping = [one for one in preview.problems if one.stops]
    headers = {column.key: column.nl for column in columns_of("openings")}
    assert {one.row for one in stopping} == {number + 2 for number in places}
    assert {(one.row, one.column) for one in stopping} == {
        (number + 2, headers[key]) for number, (key, _changed) in places.items()
    }
    assert all(one.expected and one.found and one.next_step for one in stopping)
    assert (preview.refused, preview.make, len(preview.rows)) == (37, 4963, 4963)
    with pytest.raises(work.UploadRefused):
        work.apply_upload(region.recruiter, upload=preview.upload)
    assert openings.public_counts(factories.visitor()).openings == 0
    done = work.apply_upload(region.recruiter, upload=preview.upload, keep_good=True, publish=True)
    assert (done.made, done.left_out, done.drafts) == (4963, 37, 0)
    assert openings.public_counts(factories.visitor()).openings == 4963
    assert OpeningPractice.objects.count() == 2 * 4963
    undone = work.undo_upload(region.recruiter, upload=preview.upload)
    assert undone.removed == 4963
    assert openings.openings_of(region.recruiter, organisation=region.employer.id).total == 0
    assert not OpeningPractice.objects.exists()


@pytest.mark.parametrize(("key", "changed"), WRONG, ids=lambda one: str(one)[:40])
def test_each_wrong_cell_stands_alone(region, key, changed) -> None:
    preview = uploaded(region, table([row(1, **changed), row(2)]))
    headers = {column.key: column.nl for column in columns_of("openings")}
    assert {(one.row, one.column) for one in preview.problems if one.stops} == {(2, headers[key])}
    assert [one.row for one in preview.rows] == [3]


def test_what_stands_beside_is_read_changed_and_restored(region) -> None:
    first = uploaded(region, table([row(1)]))
    work.apply_upload(region.recruiter, upload=first.upload)
    (slug,) = _slugs(region)
    page = queries.vacancy_page(region.recruiter, slug=slug)
    assert [(line.process, line.hours) for line in page.practices] == [(FIRST, 120), (SECOND, 80)]
    assert (page.preview.day, page.preview.next_steps) == (BESIDE["day"], BESIDE["next_steps"])
    assert [(one.kind, one.words, one.task) for one in page.requirements] == [("diploma", "hbo rechten", TASK)]
    assert [one.does for one in uploaded(region, table([row(1)])).rows] == ["same"]
    second = uploaded(region, table([row(1, practices=f"{FIRST}:7", diploma="")]))
    assert [one.does for one in second.rows] == ["change"]
    work.apply_upload(region.recruiter, upload=second.upload)
    page = queries.vacancy_page(region.recruiter, slug=slug)
    assert ([line.hours for line in page.practices], page.requirements) == ([7], ())
    work.undo_upload(region.recruiter, upload=second.upload)
    page = queries.vacancy_page(region.recruiter, slug=slug)
    assert ([line.hours for line in page.practices], len(page.requirements)) == ([120, 80], 1)


def test_an_older_sheet_without_these_columns_changes_nothing_beside(region) -> None:
    work.apply_upload(region.recruiter, upload=uploaded(region, table([row(1)])).upload)
    before = stored.besides([_id(region)])
    old = [GOOD.get(column.key) for column in columns_of("openings") if column.key not in BESIDE]
    head = [column.nl for column in columns_of("openings") if column.key not in BESIDE]
    old[0], old[1] = "V-00001", "Een nieuwe titel"
    preview = uploaded(region, xlsx(old, header=head))
    assert [one.does for one in preview.rows] == ["change"]
    work.apply_upload(region.recruiter, upload=preview.upload)
    assert stored.besides([_id(region)]) == before


def test_the_openings_come_down_with_what_stands_beside_and_go_up_again_the_same(region) -> None:
    region.open(requirements=(drafts.RequirementDraft("diploma", "hbo rechten", TASK),), reference="A-1")
    region.open(title="Kaal", practices=(), requirements=(), preview=drafts.NO_PREVIEW, reference="A-2")
    content = openings.openings_workbook(region.recruiter, organisation=region.employer.id)
    preview = uploaded(region, content)
    assert [one.does for one in preview.rows] == ["same", "same"]
    assert not [one for one in preview.problems if one.stops]


def test_a_diploma_without_a_task_is_a_remark_and_stays_a_draft(region) -> None:
    preview = uploaded(region, table([row(1, diploma_task="")]))
    (remark,) = preview.problems
    assert (remark.column, remark.stops, remark.found) == ("Gevraagd diploma", False, "hbo rechten")
    done = work.apply_upload(region.recruiter, upload=preview.upload, publish=True)
    assert (done.made, done.drafts) == (1, 1)


def test_the_template_explains_the_columns_in_both_languages(db) -> None:
    from openpyxl import load_workbook

    for language, header in (("nl", "Werkprocessen met uren"), ("en", "Work processes with hours")):
        book = load_workbook(io.BytesIO(openings.template_workbook(language)))
        sheet = book["Openings" if language == "en" else "Vacatures"]
        assert header in [cell.value for cell in sheet[1]]


def _slugs(region) -> list[str]:
    found = openings.openings_of(region.recruiter, organisation=region.employer.id)
    return [one.slug for one in found.items]


def _id(region) -> int:
    return openings.opening_id(region.recruiter, slug=_slugs(region)[0])


def test_a_dossier_must_be_named_where_two_dossiers_have_the_same_code(region) -> None:
    from tests.rooms.dossiers.conftest import small

    from valley.dossiers import actions as dossiers

    dossiers.import_dossier(factories.operator(), file_name="a.toml", content=small(code="klantcontact"))
    preview = uploaded(region, table([row(1, dossier=""), row(2, dossier="klantcontact", practices=f"{FIRST}:9")]))
    assert {(one.row, one.column) for one in preview.problems if one.stops} == {(2, "Werkprocessen met uren")}
    work.apply_upload(region.recruiter, upload=preview.upload, keep_good=True)
    assert stored.besides([_id(region)])[_id(region)].practices == (drafts.PracticeDraft("klantcontact", FIRST, 9),)
