"""Makes real files for the tests: what people send is not what the template says."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from valley.work.sheets import columns

MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)
GOOD: dict[str, Any] = {
    "reference": "A-1",
    "title": "Klantadviseur Duits",
    "role": "Klantadviseur niveau 1",
    "text": "Je helpt reizigers.",
    "place": "Maastricht",
    "home_work": "nee",
    "hours_min": 24,
    "hours_max": 32,
    "pay_min": 15.5,
    "pay_max": 17.25,
    "contract": "tijdelijk",
    "months": 12,
    "seats": 2,
    "starts_from_on": "01-03-2027",
    "starts_until_on": "01-06-2027",
    "closes_on": "15-02-2027",
    "evenings": "ja",
    "languages": "Nederlands B2; Duits B1",
    "permits": "vog",
}


def row(**changed: Any) -> list[Any]:
    """One row of openings, in the order of the template."""
    values = GOOD | changed
    return [values.get(column.key) for column in columns.OPENINGS]


def head(language: str = "nl") -> list[str]:
    """The header of openings."""
    return [column.header(language) for column in columns.OPENINGS]


def workbook(*rows: Sequence[Any], title: str = "Vacatures", header: Sequence[str] | None = None) -> Workbook:
    """A workbook with one sheet of openings."""
    book = Workbook()
    book.active.title = title
    book.active.append(list(head() if header is None else header))
    for one in rows:
        book.active.append(list(one))
    return book


def saved(book: Workbook) -> bytes:
    """The bytes of an .xlsx file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx(*rows: Sequence[Any], **options: Any) -> bytes:
    """An .xlsx file with one sheet of openings."""
    return saved(workbook(*rows, **options))


def text(*rows: Sequence[Any], separator: str = ";", encoding: str = "utf-8-sig", language: str = "nl") -> bytes:
    """A .csv file."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator)
    writer.writerow(head(language))
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def ods(*rows: Sequence[Any], repeats: int = 1) -> bytes:
    """An .ods file, the least that LibreOffice would write."""

    def cell(value: Any) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, (int, float)):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    lines = [f"<table:table-row>{''.join(map(cell, head()))}</table:table-row>"]
    for one in rows:
        again = f'table:number-rows-repeated="{repeats}"'
        lines.append(f"<table:table-row {again}>{''.join(map(cell, one))}</table:table-row>")
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Vacatures">{"".join(lines)}{empty}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", MANIFEST)
    return stream.getvalue()
