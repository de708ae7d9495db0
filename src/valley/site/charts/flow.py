"""How does a page show where groups of people go: bands as wide as their number of people, with the same as a table?

Phone first: sources stand at the left edge and destinations at the right edge of 360 units, each with its words above
it, so that nothing shrinks and long Dutch words fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from valley.site.charts.draw import _table
from valley.site.charts.shapes import WIDTH, joined, shape
from valley.site.charts.specs import NotDrawable
from valley.site.charts.words import CHARACTER, number, shortened

BAR = 8.0
LABEL = 20.0
GAP = 14.0
TALL = 300.0
"""Units for everybody together, without words and gaps: two screens of a phone at most."""
THIN = 2.0
COLOURS = 5


@dataclass(frozen=True, slots=True)
class Flow:
    """People from a source to a destination, one row each; small groups are left out or merged by who asks."""

    title: str
    rows: tuple[tuple[str, str, float], ...]
    unit: str = ""
    description: str = ""
    heads: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        lowest = min((value for _, _, value in self.rows), default=1.0)
        if not 0 < lowest < float("inf"):
            raise NotDrawable(
                expected="flows above zero",
                found=lowest,
                next_step="Leave out what does not flow.",
                title=self.title,
            )


@dataclass(frozen=True, slots=True)
class _Node:
    top: float
    height: float


def draw_flow(spec: Flow) -> SafeString:
    """The figure: picture, caption and the same numbers as a table."""
    name = f"chart-{crc32(repr(spec).encode()):08x}"
    if not spec.rows:
        words = _("There are no numbers yet.")
        return format_html('<figure class="chart"><figcaption>{}</figcaption><p>{}</p></figure>', spec.title, words)
    heads = (spec.heads[0] or _("From"), spec.heads[1] or _("To"), _("Number"))
    cells = [(source, target, number(value, spec.unit)) for source, target, value in spec.rows]
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>{}<details><summary>{}</summary>{}</details></figure>',
        spec.title,
        _picture(spec, name),
        _("Show as a table"),
        _table(spec.title, heads, cells, name=name),
    )


def _picture(spec: Flow, name: str) -> SafeString:
    step = TALL / sum(value for _, _, value in spec.rows)
    left, right = _column(spec, 0, step), _column(spec, 1, step)
    height = max(node.top + node.height for node in (*left.values(), *right.values())) + 2
    words = [shape("title", spec.title, id=f"{name}-title")]
    words.append(shape("desc", spec.description or _("The table below has the same numbers."), id=f"{name}-desc"))
    parts = [*words, *_bands(spec, left, right, step), *_nodes(spec, left, 0), *_nodes(spec, right, 1)]
    return shape(
        "svg",
        joined(parts),
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def _totals(spec: Flow, side: int) -> dict[str, float]:
    totals: dict[str, float] = {}
    for source, target, width in spec.rows:
        key = (source, target)[side]
        totals[key] = totals.get(key, 0.0) + width
    return totals


def _column(spec: Flow, side: int, step: float) -> dict[str, _Node]:
    """Where every node of a side stands, in the order in which the rows name them."""
    nodes: dict[str, _Node] = {}
    top = 0.0
    for label, total in _totals(spec, side).items():
        nodes[label] = _Node(top + LABEL, max(total * step, THIN))
        top += LABEL + max(total * step, THIN) + GAP
    return nodes


def _nodes(spec: Flow, nodes: Mapping[str, _Node], side: int) -> list[SafeString]:
    totals = _totals(spec, side)
    parts: list[SafeString] = []
    for place, (label, node) in enumerate(nodes.items()):
        words = number(totals[label], spec.unit)
        room = WIDTH / 2 - len(words) * CHARACTER - 12
        text = f"{shortened(label, room)} {words}"
        x, kind = (0.0, "over") if side == 0 else (WIDTH, "over end")
        colour = f"s{place % COLOURS + 1}" if side == 0 else "s5"
        at = 0.0 if side == 0 else WIDTH - BAR
        parts.append(shape("rect", x=at, y=node.top, width=BAR, height=node.height, rx=2, kind=colour))
        parts.append(shape("text", text, x=x, y=node.top - 6, kind=kind))
    return parts


def _bands(spec: Flow, left: Mapping[str, _Node], right: Mapping[str, _Node], step: float) -> list[SafeString]:
    """One band per row; what leaves a node is stacked in the order of the rows, as is what arrives."""
    colours = {label: f"s{place % COLOURS + 1}" for place, label in enumerate(left)}
    out = {label: node.top for label, node in left.items()}
    into = {label: node.top for label, node in right.items()}
    parts: list[SafeString] = []
    for source, target, value in spec.rows:
        wide = max(value * step, THIN / 2)
        start, end = out[source], into[target]
        out[source], into[target] = start + wide, end + wide
        parts.append(shape("path", d=_ribbon(start, end, wide), kind=colours[source], opacity="0.4"))
    return parts


def _ribbon(start: float, end: float, wide: float) -> str:
    """A band from the left bar to the right bar, as wide at both ends.

    >>> _ribbon(0.0, 10.0, 4.0)
    'M8 0C180 0 180 10 352 10L352 14C180 14 180 4 8 4Z'
    """
    x, y, middle = _written(BAR), _written(WIDTH - BAR), _written(WIDTH / 2)
    top, low, up, down = (_written(one) for one in (start, end, start + wide, end + wide))
    return f"M{x} {top}C{middle} {top} {middle} {low} {y} {low}L{y} {down}C{middle} {down} {middle} {up} {x} {up}Z"


def _written(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def rows_of(lines: Sequence[object]) -> tuple[tuple[str, str, float], ...]:
    """Rows from (source, target, people) triples or from objects with these names."""
    found: list[tuple[str, str, float]] = []
    for line in lines:
        source, target, people = line if isinstance(line, tuple) else (line.source, line.target, line.people)  # type: ignore[attr-defined]
        found.append((str(source), str(target), float(people)))
    return tuple(found)
