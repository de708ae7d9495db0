"""Which plain rows does the picture of a career graph need?"""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from valley.careers import queries


def of_graph(answer: queries.CareerGraph) -> dict[str, Any]:
    """Nodes of the tree of first ways, heads and rows of the table of every step."""
    nodes: list[tuple[object, ...]] = [(answer.role.key, answer.role.title)]
    known = {answer.role.key}
    for one in answer.steps:
        if one.goal not in known:
            known.add(one.goal)
            nodes.append((one.goal, one.goal_title, one.start, f"{one.percent} %", one.percent))
    heads = (
        _("From"),
        _("To"),
        _("Carries over"),
        _("Usual time"),
        _("Pay an hour today"),
        _("Guided hours to bridge"),
    )
    rows = [
        (one.start_title, one.goal_title, f"{one.percent} %", one.months_words, pay_words(one), one.hours)
        for one in answer.steps
    ]
    return {"nodes": nodes, "heads": heads, "rows": rows}


def pay_words(step: queries.CareerStep) -> str:
    """The range of pay of open openings, or that there are none."""
    if step.pay_min is None or step.pay_max is None:
        return _("no open openings")
    return f"€ {number_format(step.pay_min, 2)} - {number_format(step.pay_max, 2)}"
