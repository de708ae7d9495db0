"""Does the picture of ways show each role once, with its table, and say so when there is no way?"""

from __future__ import annotations

from django.utils import translation

from valley.site.charts.graph import Node, Ways, ways

SPEC = Ways(
    "From adviser",
    (Node("a", "Adviser"), Node("b", "Planner", "a", "40 %", 40), Node("c", "<Coach>", "b", "20 %", 20)),
    ("From", "To"),
    (("Adviser", "Planner"), ("Planner", "<Coach>"), ("Adviser", "<Coach>")),
)


def test_every_role_stands_once_in_the_picture_and_every_step_in_the_table() -> None:
    with translation.override("en"):
        figure = str(ways(SPEC))
    picture, table = figure.split("<table", 1)
    assert picture.count(">Planner<") == 1 and table.count("<tr>") == 4
    assert "3 roles and 3 steps from Adviser" in picture
    assert "<Coach>" not in figure and "style=" not in figure and "<script" not in figure


def test_without_a_way_there_is_a_sentence() -> None:
    with translation.override("en"):
        assert "No way on is described" in str(ways(Ways("From adviser", (Node("a", "Adviser"),), ("From",), ())))
