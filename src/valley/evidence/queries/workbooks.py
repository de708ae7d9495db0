"""Which empty spreadsheet does someone fill with texts, observations or ratings?"""

from __future__ import annotations

import io
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from valley.evidence.models import PieceKind
from valley.evidence.sheets.columns import EXPLANATION, SHEETS, columns
from valley.foundation.spreadsheets import cells

WIDE = {"text": 80, "what": 60, "title": 34, "employer": 30, "competence": 44}


def template_workbook(language: str, *, kind: str = PieceKind.JOB_TEXT) -> bytes:
    """The template (.xlsx) of a kind of evidence: its columns with one example row, and an explanation."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    asked = columns(kind)
    with translation.override(language):
        sheet.title = SHEETS[kind][language == "en"]
        sheet.append([one.header(language) for one in asked])
        sheet.append([cells.guarded(one.example) if isinstance(one.example, str) else one.example for one in asked])
        sheet.freeze_panes = "A2"
        for number, one in enumerate(asked, start=1):
            head = sheet.cell(1, number)
            head.font = Font(bold=True, color="FFFFFF")
            head.fill = PatternFill("solid", fgColor="9E2B25" if one.required else "5B6470")
            head.comment = Comment(one.hint(language), "Valley")
            sheet.column_dimensions[get_column_letter(number)].width = WIDE.get(one.key, 18)
        explained: Any = book.create_sheet(EXPLANATION[language == "en"])
        explained.append([_("Column"), _("What belongs in it"), _("Needed")])
        for one in asked:
            needed = _("yes") if one.required and one.key != "employer" else ""
            explained.append([one.header(language), one.hint(language), needed])
        explained.append(
            [SHEETS[kind][language == "en"], _("One row each. The row that begins with “voorbeeld” is left out."), ""]
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
