"""How does a specification become shapes on a canvas of 360 units wide?

Phone first: labels stand above their bar, so that long Dutch words fit and nothing shrinks on a small screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil, floor, log10

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from valley.site.charts.specs import Bars, Line, Point, Range, Ranges, Stacked
from valley.site.charts.words import CHARACTER, number, shortened

WIDTH = 360.0
ROW = 42.0
# Closer than this, relative to their size, two ends of an axis are one value: no step fits between them.
SAME = 1e-9
PLOT_TOP, PLOT_HEIGHT, PLOT_BOTTOM = 22.0, 170.0, 28.0


def shape(name: str, *content: object, **attributes: object) -> SafeString:
    """One SVG element; every attribute and text is escaped. ``kind`` becomes ``class``, ``_`` becomes ``-``."""
    written = "".join(
        f' {"class" if key == "kind" else key.replace("_", "-")}="{escape(_coordinate(value))}"'
        for key, value in attributes.items()
    )
    inside = "".join(conditional_escape(part) for part in content)
    return mark_safe(f"<{name}{written}>{inside}</{name}>" if content else f"<{name}{written}/>")  # noqa: S308 - escaped


def _coordinate(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Safe parts as one safe text."""
    return mark_safe("".join(parts))  # noqa: S308 - every part is a SafeString made by shape()


def _heading(top: float, label: str, words: str) -> SafeString:
    room = WIDTH - len(words) * CHARACTER - 14
    return joined(
        [
            shape("text", shortened(label, room), x=0, y=top + 13),
            shape("text", words, x=WIDTH, y=top + 13, kind="strong end"),
        ]
    )


def _scale(low: float, high: float) -> tuple[float, float]:
    """Where the domain starts and how many units one step is; a domain of one value gets a width of one."""
    span = high - low
    return low, WIDTH / span if span > 0 else 0.0


def bars(spec: Bars) -> tuple[float, SafeString]:
    """Height and shapes of horizontal bars from a shared zero."""
    values = [value for _, value in spec.rows]
    low, step = _scale(min(0.0, *values), max(0.0, *values))
    zero = (0.0 - low) * step
    parts: list[SafeString] = []
    for index, (label, value) in enumerate(spec.rows):
        top = index * ROW
        end = (value - low) * step
        parts.append(_heading(top, label, number(value, spec.unit)))
        parts.append(shape("rect", x=0, y=top + 20, width=WIDTH, height=12, rx=3, kind="track"))
        kind = "s1" if value >= 0 else "below"
        parts.append(shape("rect", x=min(zero, end), y=top + 20, width=abs(end - zero), height=12, rx=3, kind=kind))
    if low < 0:
        parts.append(shape("path", d=f"M{zero:.1f} 14V{len(values) * ROW - 4:.1f}", kind="axis"))
    return len(values) * ROW, joined(parts)


def stacked(spec: Stacked) -> tuple[float, SafeString]:
    """Height and shapes of stacked horizontal bars; neighbours are two units apart so that colour is not needed."""
    totals = [sum(values) for _, values in spec.rows]
    _, step = _scale(0.0, max(totals, default=0.0))
    parts: list[SafeString] = []
    for index, (label, values) in enumerate(spec.rows):
        top, x = index * ROW, 0.0
        parts.append(_heading(top, label, number(totals[index], spec.unit)))
        parts.append(shape("rect", x=0, y=top + 20, width=WIDTH, height=14, kind="track"))
        for place, value in enumerate(values):
            width = value * step
            if width > 0:
                shown = max(width - 2, 0.5)
                parts.append(shape("rect", x=x, y=top + 20, width=shown, height=14, kind=f"s{place % 5 + 1}"))
            x += width
    return len(totals) * ROW, joined(parts)


def ranges(spec: Ranges) -> tuple[float, SafeString]:
    """Height and shapes of intervals on one scale, a dot at the value."""
    low, step = _scale(min(row.low for row in spec.rows), max(row.high for row in spec.rows))
    parts: list[SafeString] = []
    for index, row in enumerate(spec.rows):
        top = index * ROW
        parts.append(_heading(top, row.label, range_words(row, spec.unit)))
        parts.append(shape("path", d=f"M0 {top + 26:.1f}H{WIDTH:.0f}", kind="rule"))
        start, end = (_inside((value - low) * step) for value in (row.low, row.high))
        parts.append(shape("path", d=f"M{start:.1f} {top + 26:.1f}H{end:.1f}", kind="span"))
        if row.value is not None:
            parts.append(shape("circle", cx=_inside((row.value - low) * step), cy=top + 26, r=6, kind="dot"))
    return len(spec.rows) * ROW, joined(parts)


def _inside(x: float) -> float:
    """Keep round ends and dots within the canvas (a dot has a radius of seven units, its edge included)."""
    return min(max(x, 7.0), WIDTH - 7.0)


def range_words(row: Range, unit: str) -> str:
    """The interval in words, its value first; the unit stands where the language puts it, once."""
    low, high = number(row.low, unit), number(row.high, unit)
    sign = "€\N{NO-BREAK SPACE}"
    interval = f"{low}–{high.removeprefix(sign)}" if unit == "€" else f"{number(row.low)}–{high}"
    return interval if row.value is None else f"{number(row.value, unit)} ({interval})"


def line(spec: Line) -> tuple[float, SafeString]:
    """Height and shapes of a line with its band, labelled gridlines, first and last label, and the last value."""
    known = [value for point in spec.points for value in point[1:] if value is not None]
    marks = ticks(min(known, default=0.0), max(known, default=0.0))
    low, high = marks[0], marks[-1]
    spots = [(index, point) for index, point in enumerate(spec.points) if point.value is not None]
    gap = (WIDTH - 24) / max(len(spec.points) - 1, 1)

    def across(index: int) -> float:
        return WIDTH / 2 if len(spec.points) == 1 else 12 + index * gap

    def down(value: float) -> float:
        return PLOT_TOP + PLOT_HEIGHT * (1 - (value - low) / (high - low))

    parts: list[SafeString] = []
    parts.extend(shape("path", d=f"M0 {down(mark):.1f}H{WIDTH:.0f}", kind="rule") for mark in marks)
    parts.extend(_band(spec.points, across, down))
    parts.extend(
        shape("path", d="M" + "L".join(f"{across(i):.1f} {down(p.value or 0):.1f}" for i, p in run), kind="curve")
        for run in runs(spots)
    )
    for mark in marks:
        words = number(mark, spec.unit if mark == high else "")
        parts.append(shape("text", words, x=0, y=down(mark) - 4, kind="soft over"))
    if spots:
        index, point = spots[-1]
        value = point.value or 0
        middle = "mid" if len(spec.points) == 1 else "end"
        parts.append(shape("circle", cx=across(index), cy=down(value), r=5, kind="dot"))
        parts.append(
            shape("text", number(value, spec.unit), x=across(index), y=down(value) - 12, kind=f"strong over {middle}")
        )
    parts.extend(_feet(spec.points))
    return PLOT_TOP + PLOT_HEIGHT + PLOT_BOTTOM, joined(parts)


def _band(points: Sequence[Point], across: Callable[[int], float], down: Callable[[float], float]) -> list[SafeString]:
    """The area between low and high over the points that have both."""
    both = [(i, p.low, p.high) for i, p in enumerate(points) if p.low is not None and p.high is not None]
    if len(both) < 2:
        return []
    above = [f"{across(i):.1f} {down(high):.1f}" for i, _, high in both]
    under = [f"{across(i):.1f} {down(low):.1f}" for i, low, _ in reversed(both)]
    return [shape("path", d="M" + "L".join(above + under) + "Z", kind="band")]


def _feet(points: Sequence[Point]) -> list[SafeString]:
    """The first and the last label under the plot; one label in the middle when there is one point."""
    y = PLOT_TOP + PLOT_HEIGHT + 20
    if len(points) == 1:
        return [shape("text", shortened(points[0].label, WIDTH), x=WIDTH / 2, y=y, kind="soft mid")]
    ends = [(points[0].label, 0.0, "soft"), (points[-1].label, WIDTH, "soft end")] if points else []
    return [shape("text", shortened(label, WIDTH / 2 - 8), x=x, y=y, kind=kind) for label, x, kind in ends]


def runs(spots: Sequence[tuple[int, Point]]) -> list[list[tuple[int, Point]]]:
    """Neighbouring points together; a missing value starts a new run, a run of one is no line.

    >>> [[index for index, _ in run] for run in runs([(0, Point("a", 1)), (1, Point("b", 2)), (3, Point("d", 4))])]
    [[0, 1]]
    """
    found: list[list[tuple[int, Point]]] = []
    for spot in spots:
        if found and found[-1][-1][0] == spot[0] - 1:
            found[-1].append(spot)
        else:
            found.append([spot])
    return [run for run in found if len(run) > 1]


def ticks(low: float, high: float) -> list[float]:
    """Two to five round values that enclose low and high (steps of 1, 2 or 5 times a power of ten).

    >>> ticks(3, 97)
    [0.0, 50.0, 100.0]
    >>> ticks(5, 5)
    [4.0, 6.0]
    """
    if high - low <= SAME * max(abs(low), abs(high), 1.0):
        wide = abs(low) * 0.2 or 1.0
        return [low - wide, high + wide]
    rough = (high - low) / 3
    size = 10 ** floor(log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * 0.999)
    first, last = floor(low / step), ceil(high / step)
    return [float(index * step) for index in range(first, last + 1)]
