"""Which empty spreadsheet does someone fill: headers with hints, one example row, and an explanation?"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from valley.foundation.spreadsheets import cells
from valley.foundation.spreadsheets.tables import Column


@dataclass(frozen=True, slots=True)
class Template:
    """A sheet to fill and one that explains it: their names, the columns, wide ones by key, and a last remark."""

    sheet: str
    explanation: str
    columns: Sequence[Column]
    remark: str
    wide: Mapping[str, int] = field(default_factory=dict[str, int])


def template(asked: Template, language: str) -> bytes:
    """The empty .xlsx in a language: needed columns are red, each header says in a note what belongs below it."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = asked.sheet
    sheet.append([one.header(language) for one in asked.columns])
    sheet.append([cells.guarded(one.example) if isinstance(one.example, str) else one.example for one in asked.columns])
    sheet.freeze_panes = "A2"
    explained: Any = book.create_sheet(asked.explanation)
    explained.append([_("Column"), _("What belongs in it"), _("Needed")])
    for number, one in enumerate(asked.columns, start=1):
        head = sheet.cell(1, number)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="9E2B25" if one.required else "5B6470")
        head.comment = Comment(one.hint(language), "Valley")
        sheet.column_dimensions[get_column_letter(number)].width = asked.wide.get(one.key, 18)
        explained.append([one.header(language), one.hint(language), _("yes") if one.required else ""])
    explained.append([asked.sheet, asked.remark, ""])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
