"""Which charts may a template draw? Each tag takes plain tuples, so that rooms below the site import nothing from it.

``{% load valley %}{% bar_chart title=words rows=answer.rows unit="%" %}``. A room that already holds a specification
uses ``{% chart spec %}``.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from valley.foundation import accounts
from valley.site import charts
from valley.site.charts import flow, graph, timeline
from valley.site.charts.specs import Chart

register = template.Library()


@register.simple_tag
def chart(spec: Chart) -> SafeString:
    """The figure for a specification of ``valley.site.charts``."""
    return charts.draw(spec)


@register.simple_tag
def bar_chart(title: str, rows: Iterable[tuple[str, float]], unit: str = "", description: str = "") -> SafeString:
    """Bars for (label, value) rows."""
    return charts.draw(charts.Bars(str(title), tuple((str(a), b) for a, b in rows), str(unit), str(description)))


@register.simple_tag
def stacked_chart(
    title: str,
    series: Iterable[str],
    rows: Iterable[tuple[str, Iterable[float]]],
    unit: str = "",
    description: str = "",
) -> SafeString:
    """Stacked bars for (label, values) rows, one value for each of the series."""
    filled = tuple((str(label), tuple(values)) for label, values in rows)
    return charts.draw(charts.Stacked(str(title), tuple(map(str, series)), filled, str(unit), str(description)))


@register.simple_tag
def line_chart(title: str, points: Iterable[tuple[object, ...]], unit: str = "", description: str = "") -> SafeString:
    """A line for (label, value) or (label, value, low, high) points."""
    filled = tuple(charts.Point(str(point[0]), *point[1:]) for point in points)  # type: ignore[arg-type]
    return charts.draw(charts.Line(str(title), filled, str(unit), str(description)))


@register.simple_tag
def range_chart(title: str, rows: Iterable[tuple[object, ...]], unit: str = "", description: str = "") -> SafeString:
    """Intervals for (label, low, high) or (label, low, high, value) rows."""
    filled = tuple(charts.Range(str(row[0]), *row[1:]) for row in rows)  # type: ignore[arg-type]
    return charts.draw(charts.Ranges(str(title), filled, str(unit), str(description)))


@register.simple_tag
def heat_table(
    title: str, columns: Iterable[str], rows: Iterable[tuple[str, Iterable[float | None]]], unit: str = ""
) -> SafeString:
    """A shaded table for (label, values) rows, one value or None for each of the columns."""
    filled = tuple((str(label), tuple(values)) for label, values in rows)
    return charts.draw(charts.Heat(str(title), tuple(map(str, columns)), filled, str(unit)))


@register.simple_tag
def route_timeline(
    title: str,
    jobs: Iterable[tuple[object, ...]],
    processes: Iterable[tuple[object, ...]],
    years: Iterable[tuple[object, ...]],
    ticks: Iterable[tuple[float, str]] = (),
) -> SafeString:
    """A relay route: jobs (label, words, start, end, state, flags), work processes (code, name, asked, hours per job,
    proven, covered), school years (label, hours, least) and ticks (months from the start, label)."""
    spec = timeline.Timeline(
        str(title),
        tuple(timeline.Job(*job) for job in jobs),  # type: ignore[arg-type]
        tuple(timeline.Process(*line) for line in processes),  # type: ignore[arg-type]
        tuple(timeline.Year(*year) for year in years),  # type: ignore[arg-type]
        tuple(ticks),
    )
    return timeline.timeline(spec)


@register.simple_tag
def flow_chart(
    title: str, rows: Iterable[object], unit: str = "", source: str = "", target: str = "", description: str = ""
) -> SafeString:
    """Bands for (source, target, people) rows; ``source`` and ``target`` head the columns of the table."""
    heads = (str(source), str(target))
    return flow.draw_flow(flow.Flow(str(title), flow.rows_of(tuple(rows)), str(unit), str(description), heads))


@register.simple_tag
def ways_chart(
    title: str, nodes: Iterable[tuple[object, ...]], heads: Iterable[str], rows: Iterable[Iterable[object]]
) -> SafeString:
    """Ways from one role: nodes (key, label, parent key, words, share 0..100), every step as a row under heads."""
    made = tuple(graph.Node(*node) for node in nodes)  # type: ignore[arg-type]
    cells = tuple(tuple(str(cell) for cell in row) for row in rows)
    return graph.ways(graph.Ways(str(title), made, tuple(map(str, heads)), cells))


@register.simple_tag
def demo_accounts() -> tuple[accounts.DemoAccount, ...]:
    """The ready accounts of a demo region for its login page; empty anywhere else."""
    return accounts.demo_accounts()
