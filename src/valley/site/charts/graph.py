"""How does a graph of ways look on a phone: each role once, below the role it is first reached from, with its share?

Indentation says how many steps away a role is, an elbow which role it is reached from, the bar how much carries over.
Ways that reach a role a second time stand in the table only, which holds every step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from valley.site.charts.shapes import WIDTH, joined, shape
from valley.site.charts.words import CHARACTER, shortened

ROW, INDENT = 44.0, 22.0


@dataclass(frozen=True, slots=True)
class Node:
    """One role: its own key, the key it is first reached from ("" for the start), words at the end, share 0 to 100."""

    key: str
    label: str
    parent: str = ""
    words: str = ""
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Ways:
    """A graph as a tree of first ways, a parent before its children, and every step as a row of the table."""

    title: str
    nodes: tuple[Node, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def ways(spec: Ways) -> SafeString:
    """The figure: picture and table; without steps the title and a sentence."""
    if len(spec.nodes) < 2:
        words = _("No way on is described from here.")
        return format_html('<figure class="chart"><figcaption>{}</figcaption><p>{}</p></figure>', spec.title, words)
    name = f"ways-{crc32(repr(spec).encode()):08x}"
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>{}<details><summary>{}</summary>{}</details></figure>',
        spec.title,
        _picture(spec, name),
        _("Show as a table"),
        _table(spec, name),
    )


def depths(nodes: Sequence[Node]) -> dict[str, int]:
    """How many steps each node is from the start.

    >>> depths([Node("a", "A"), Node("b", "B", "a"), Node("c", "C", "b")])
    {'a': 0, 'b': 1, 'c': 2}
    """
    found: dict[str, int] = {}
    for node in nodes:
        found[node.key] = found[node.parent] + 1 if node.parent in found else 0
    return found


def in_tree_order(nodes: Sequence[Node]) -> list[Node]:
    """Every node directly followed by what is reached from it.

    >>> made = [Node("a", "A"), Node("b", "B", "a"), Node("c", "C", "a"), Node("d", "D", "b")]
    >>> "".join(node.key for node in in_tree_order(made))
    'abdc'
    """
    known = {node.key for node in nodes}
    ordered: list[Node] = []

    def follow(parent: str) -> None:
        for node in nodes:
            if (node.parent if node.parent in known else "") == parent:
                ordered.append(node)
                follow(node.key)

    follow("")
    return ordered


def _picture(spec: Ways, name: str) -> SafeString:
    ordered = in_tree_order(spec.nodes)
    depth = depths(spec.nodes)
    top = {node.key: index * ROW for index, node in enumerate(ordered)}
    parts = [shape("title", spec.title, id=f"{name}-title"), shape("desc", _summary(spec), id=f"{name}-desc")]
    parts += [_elbow(node, depth, top) for node in ordered if node.parent in top]
    parts += [part for node in ordered for part in _node(node, depth[node.key] * INDENT, top[node.key])]
    return shape(
        "svg",
        joined(parts),
        viewBox=f"0 0 {WIDTH:.0f} {len(ordered) * ROW:.0f}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def _elbow(node: Node, depth: dict[str, int], top: dict[str, float]) -> SafeString:
    x, level = depth[node.parent] * INDENT + 6, top[node.key] + 26
    # Two strokes, each without an inside, so that nothing of the corner is filled.
    start = top[node.parent] + (34 if depth[node.parent] else 20)
    strokes = f"M{x:.1f} {start:.1f}V{level:.1f}M{x:.1f} {level:.1f}H{x + INDENT - 8:.1f}"
    return shape("path", d=strokes, kind="axis")


def _node(node: Node, x: float, y: float) -> list[SafeString]:
    room = WIDTH - x - len(node.words) * CHARACTER - 12
    width = WIDTH - x
    parts = [shape("text", shortened(node.label, room), x=x, y=y + 13, kind="strong over" if not x else "over")]
    if node.words:
        parts.append(shape("text", node.words, x=WIDTH, y=y + 13, kind="soft end over"))
    if node.parent:
        parts.append(shape("rect", x=x, y=y + 20, width=width, height=12, rx=3, kind="track"))
    if node.share > 0:
        filled = width * min(node.share, 100.0) / 100
        parts.append(shape("rect", x=x, y=y + 20, width=filled, height=12, rx=3, kind="s1"))
    return parts


def _summary(spec: Ways) -> str:
    return _("%(roles)s roles and %(steps)s steps from %(start)s. The table below has every step.") % {
        "roles": len(spec.nodes),
        "steps": len(spec.rows),
        "start": spec.nodes[0].label,
    }


def _table(spec: Ways, name: str) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((words,) for words in spec.heads))
    rows = format_html_join("", "<tr>{}</tr>", ((_row(row),) for row in spec.rows))
    return format_html(
        '<div class="table-scroll" role="region" tabindex="0" aria-labelledby="{0}-caption">'
        '<table class="table--dense"><caption id="{0}-caption">{1}</caption><thead><tr>{2}</tr></thead>'
        "<tbody>{3}</tbody></table></div>",
        name,
        spec.title,
        head,
        rows,
    )


def _row(row: tuple[str, ...]) -> SafeString:
    cells = format_html_join("", "<td>{}</td>", ((cell,) for cell in row[1:]))
    return format_html('<th scope="row">{}</th>{}', row[0], cells)
