"""Which spreadsheet does someone download: the empty template, or the openings of the organisation to edit?"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from valley.foundation import access
from valley.foundation.spreadsheets import cells
from valley.foundation.spreadsheets.tables import Column
from valley.skills import queries as skills
from valley.work import beside, desks, drafts, words
from valley.work.models import ContractKind, Opening, RoleNeed, RoleProfile
from valley.work.sheets import columns
from valley.work.sheets.rows import columns_of

ROWS_WITH_LISTS = 1000
WIDTHS = {"title": 34, "text": 44, "needs": 60, "languages": 28, "summary_nl": 40, "summary_en": 40, "title_nl": 30}


def template_workbook(language: str) -> bytes:
    """The template (.xlsx): an explanation, both tables with one example row, and the lists to choose from."""
    from openpyxl import Workbook

    book = Workbook()
    with translation.override(language):
        _explain(book.active, language)
        lists = _lists(language)
        for table in columns.TABLES:
            sheet = book.create_sheet(columns.SHEETS[table][language == "en"])
            _table(sheet, columns_of(table), language)
            example = [_example(column, lists) for column in columns_of(table)]
            sheet.append([cells.guarded(cell) if isinstance(cell, str) else cell for cell in example])
            _choices(sheet, columns_of(table), lists, language)
        _list_sheet(book.create_sheet(columns.LISTS[language == "en"]), lists)
    return _saved(book)


def openings_workbook(caller: access.Caller, *, organisation: int) -> bytes:
    """All openings of an organisation in the columns of the template, to edit and upload again. For its desk.

    A text that a spreadsheet program would run as a formula is written with a quote before it, and read back without.
    """
    from openpyxl import Workbook

    desks.require_reader(caller, organisation=organisation)
    rows = Opening.objects.filter(organisation=organisation).select_related("role").order_by("pk")
    found = list(rows.prefetch_related("needs", "languages"))
    labels = words.competences({n.competence_id for row in found for n in row.needs.all()}, language=caller.language)
    tongues = words.languages(caller.language)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = columns.SHEETS["openings"][caller.language == "en"]
    _table(sheet, columns_of("openings"), caller.language)
    above = beside.room()
    kept = above.stored(row.pk for row in found)
    for row in found:
        own = [_cell(row, column.key, labels, tongues) for column in columns.OPENINGS]
        said = above.cells(kept[row.pk])
        sheet.append([_written(cell) for cell in (*own, *(said.get(column.key) for column in above.columns()))])
    return _saved(book)


def _saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _table(sheet: Any, table: Sequence[Column], language: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.append([column.header(language) for column in table])
    sheet.freeze_panes = "B2"
    for number, column in enumerate(table, start=1):
        head = sheet.cell(1, number)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="9E2B25" if column.required else "5B6470")
        head.comment = Comment(column.hint(language), "Valley")
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column.key, 18)


def _example(column: Column, lists: dict[str, list[str]]) -> str | int | float:
    """The example, in the words of the list it is chosen from."""
    if column.key == "contract":
        return str(ContractKind(str(column.example)).label)
    if column.key == "needs" and column.required:
        return "\n".join(f"{label}; 2; wens; " for label in lists["competence"][:3])
    return lists["role"][0] if column.key == "role" else column.example


def _choices(sheet: Any, table: Sequence[Column], lists: dict[str, list[str]], language: str) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    name, order = columns.LISTS[language == "en"], list(lists)
    for number, column in enumerate(table, start=1):
        if column.choices:
            letter = get_column_letter(order.index(column.choices) + 1)
            rule = DataValidation(
                type="list",
                formula1=f"={name}!${letter}$2:${letter}${len(lists[column.choices]) + 1}",
                allow_blank=True,
            )
            rule.showErrorMessage = False  # the upload explains better than the spreadsheet program does
            sheet.add_data_validation(rule)
            place = get_column_letter(number)
            rule.add(f"{place}2:{place}{ROWS_WITH_LISTS}")


def _lists(language: str) -> dict[str, list[str]]:
    roles = RoleProfile.objects.filter(organisation=None).order_by("pk")
    asked = RoleNeed.objects.filter(role__organisation=None).values_list("competence_id", flat=True)
    return {
        "role": [(row.title_en if language == "en" else "") or row.title_nl for row in roles] or ["-"],
        "place": [place.name for place in skills.places()],
        "contract": [str(kind.label) for kind in ContractKind],
        "yes": [_("yes"), _("no")],
        "language": [one.label for one in skills.languages(language)],
        "level": list(drafts.CEFR),
        "permit": list(words.permits().values()),
        "competence": sorted(words.competences(set(asked), language=language).values(), key=str.casefold),
    }


def _list_sheet(sheet: Any, lists: dict[str, list[str]]) -> None:
    from openpyxl.styles import Font

    titles = (
        _("Role"), _("Place"), _("Contract"), _("Yes or no"), _("Language"), _("Language level"), _("Permit"),
        _("Competence"),
    )  # fmt: skip
    for number, (title, choices) in enumerate(zip(titles, lists.values(), strict=True), start=1):
        sheet.cell(1, number, title).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = 34
        for row, choice in enumerate(choices, start=2):
            sheet.cell(row, number, cells.guarded(choice))


def _explain(sheet: Any, language: str) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = columns.EXPLANATION[language == "en"]
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 90
    sheet.append([_("Openings and roles in one spreadsheet"), ""])
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for line in _steps():
        sheet.append(["", line])
    for table in columns.TABLES:
        sheet.append([])
        sheet.append([columns.SHEETS[table][language == "en"], ""])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for column in columns_of(table):
            must = _("must be filled") if column.required else _("may be empty")
            sheet.append([column.header(language), f"{column.hint(language)} ({must})"])
    for row in sheet.iter_rows(min_col=2, max_col=2):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")


def _steps() -> Iterable[str]:
    return (
        _("Fill one row for each opening. The row that is there is an example: it is never taken in."),
        _("Choose one of the roles and the competences follow. Fill Competences only when your work asks other ones."),
        _("Upload the file. You first see what would happen and what is wrong, cell by cell."),
        _("Nothing is saved before your yes."),
        _("Give each opening your own number. Upload the file again with the same number and the opening is changed."),
        _("You can take an upload back within 24 hours."),
        _("Age, sex, origin, photo and earlier pay are never asked. Columns with those headers are not read."),
    )


def _cell(row: Opening, key: str, labels: dict[int, str], tongues: dict[str, str]) -> Any:
    if key == "role":
        return row.role.key
    if key == "contract":
        return words.contract(row.contract)
    if key == "place":
        return words.places().get(row.place, row.place)
    if key == "languages":
        asked = sorted(row.languages.all(), key=lambda one: one.pk)
        return "; ".join(f"{tongues.get(one.code, one.code)} {words.cefr(one.cefr)}" for one in asked)
    if key == "permits":
        return "; ".join(row.permits)
    if key == "needs":
        return "\n".join(_need_line(need, labels) for need in sorted(row.needs.all(), key=lambda need: need.pk))
    return getattr(row, key)


def _need_line(need: Any, labels: dict[int, str]) -> str:
    must = _("must") if need.importance == drafts.MUST else _("wish")
    return f"{labels.get(need.competence_id, '')}; {need.level}; {must}; {need.task}"


def _written(value: Any) -> Any:
    """A cell as openpyxl writes it: days as days, yes and no in words, no text that runs."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (int, date)) or value is None:
        return value
    return float(value) if isinstance(value, Decimal) else cells.guarded(str(value))
