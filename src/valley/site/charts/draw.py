"""How do picture, words and table of one chart stand together on a page?"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from valley.site.charts.shapes import WIDTH, bars, joined, line, ranges, shape, stacked
from valley.site.charts.specs import Bars, Chart, Heat, Line, Ranges, Stacked
from valley.site.charts.words import number

HEAT_STEPS = 5


def draw(spec: Chart) -> SafeString:
    """The figure for a specification: picture, legend, caption and the numbers as a table.

    Without rows it is the title and the sentence that there are no numbers yet.
    """
    name = f"chart-{crc32(repr(spec).encode()):08x}"
    if not _filled(spec):
        words = _("There are no numbers yet.")
        return format_html('<figure class="chart"><figcaption>{}</figcaption><p>{}</p></figure>', spec.title, words)
    if isinstance(spec, Heat):
        return format_html('<figure class="chart wide">{}</figure>', _heat_table(spec, name))
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>{}{}<details><summary>{}</summary>{}</details></figure>',
        spec.title,
        _picture(spec, name),
        _legend(spec),
        _("Show as a table"),
        _table(spec.title, *_cells(spec), name=name),
    )


def _filled(spec: Chart) -> bool:
    return bool(spec.points if isinstance(spec, Line) else spec.rows)


def _picture(spec: Bars | Stacked | Line | Ranges, name: str) -> SafeString:
    if isinstance(spec, Bars):
        height, marks = bars(spec)
    elif isinstance(spec, Stacked):
        height, marks = stacked(spec)
    elif isinstance(spec, Line):
        height, marks = line(spec)
    else:
        height, marks = ranges(spec)
    words = [shape("title", spec.title, id=f"{name}-title")]
    words.append(shape("desc", spec.description or _("The table below has the same numbers."), id=f"{name}-desc"))
    return shape(
        "svg",
        joined([*words, marks]),
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def _legend(spec: Chart) -> SafeString:
    if not isinstance(spec, Stacked):
        return SafeString("")
    items = format_html_join(
        "",
        '<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" class="s{}"/></svg>{}</li>',
        ((index % 5 + 1, series) for index, series in enumerate(spec.series)),
    )
    return format_html('<ul class="legend">{}</ul>', items)


def _cells(spec: Bars | Stacked | Line | Ranges) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """Column heads and rows of words: exactly the numbers of the picture."""
    if isinstance(spec, Bars):
        return (_("Name"), _("Value")), [(label, number(value, spec.unit)) for label, value in spec.rows]
    if isinstance(spec, Stacked):
        rows = [(label, *(number(part) for part in (*parts, sum(parts)))) for label, parts in spec.rows]
        return (_("Name"), *spec.series, _("Total")), rows
    if isinstance(spec, Line):
        banded = any(point.low is not None or point.high is not None for point in spec.points)
        heads = (_("Moment"), _("Value"), *((_("Low"), _("High")) if banded else ()))
        return heads, [
            (point.label, *(number(part, spec.unit) for part in (point.value, point.low, point.high)[: len(heads) - 1]))
            for point in spec.points
        ]
    heads = (_("Name"), _("Low"), _("High"), _("Value"))
    return heads, [
        (row.label, *(number(part, spec.unit) for part in (row.low, row.high, row.value))) for row in spec.rows
    ]


def _table(title: str, heads: Sequence[str], rows: list[tuple[str, ...]], *, name: str) -> SafeString:
    head = format_html_join("", '<th scope="col"{}>{}</th>', ((_side(i), text) for i, text in enumerate(heads)))
    body = format_html_join("", "<tr>{}</tr>", ((_row(row),) for row in rows))
    return _region(name, title, head, body)


def _side(index: int) -> SafeString:
    return SafeString(' class="num"') if index else SafeString("")


def _row(row: tuple[str, ...]) -> SafeString:
    cells = format_html_join("", '<td class="num">{}</td>', ((cell,) for cell in row[1:]))
    return format_html('<th scope="row">{}</th>{}', row[0], cells)


def _region(name: str, title: str, head: SafeString, body: SafeString, kind: str = "table--dense") -> SafeString:
    return format_html(
        '<div class="table-scroll" role="region" tabindex="0" aria-labelledby="{0}-caption"><table class="{4}">'
        '<caption id="{0}-caption">{1}</caption><thead><tr>{2}</tr></thead><tbody>{3}</tbody></table></div>',
        name,
        title,
        head,
        body,
        kind,
    )


def _heat_table(spec: Heat, name: str) -> SafeString:
    """The table is the picture: five shades, the number in every cell."""
    highest = max((value for _, values in spec.rows for value in values if value is not None), default=0.0)
    heads = (_("Name"), *spec.columns)
    head = format_html_join("", '<th scope="col"{}>{}</th>', ((_side(i), text) for i, text in enumerate(heads)))
    rows: list[tuple[SafeString]] = []
    for label, values in spec.rows:
        cells = format_html_join(
            "", '<td class="h{}">{}</td>', ((heat_step(v, highest), number(v, spec.unit)) for v in values)
        )
        rows.append((format_html('<th scope="row">{}</th>{}', label, cells),))
    return _region(name, spec.title, head, format_html_join("", "<tr>{}</tr>", rows), "heat")


def heat_step(value: float | None, highest: float) -> int:
    """Which of six shades: 0 for nothing or less, 5 for the highest.

    >>> [heat_step(value, 10) for value in (None, -3, 0, 1, 5, 10)]
    [0, 0, 0, 1, 3, 5]
    """
    if value is None or value <= 0 or highest <= 0:
        return 0
    return max(1, min(HEAT_STEPS, int(value / highest * HEAT_STEPS + 0.5)))
