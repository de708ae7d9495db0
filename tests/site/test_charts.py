"""Is every chart valid, honest and readable without seeing it?"""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from valley.site import charts
from valley.site.charts.shapes import ticks

SVG = "svg"
SPECS = {
    "bars": charts.Bars("Hours", (("May", 25), ("June", 40)), "h"),
    "negative": charts.Bars("In and out", (("South", -12.5), ("North", 30))),
    "all-negative": charts.Bars("Out", (("South", -12.5), ("North", -3))),
    "zeros": charts.Bars("Nothing", (("South", 0), ("North", 0))),
    "single": charts.Bars("One", (("South", 7),)),
    "huge": charts.Bars("Huge", (("South", 1e300), ("North", 123456789012))),
    "stacked": charts.Stacked("Contracts", ("fixed", "year"), (("Maastricht", (20, 30)), ("Heerlen", (0, 0)))),
    "line": charts.Line("Jobs", (charts.Point("2025", 5000, 4900, 5100), charts.Point("2026", 5200, 5000, 5500))),
    "line-single": charts.Line("Jobs", (charts.Point("2025", 5000),)),
    "line-gap": charts.Line("Jobs", (charts.Point("1", 1), charts.Point("2", None), charts.Point("3", 3))),
    "line-unknown": charts.Line("Jobs", (charts.Point("1", None), charts.Point("2", None))),
    "ranges": charts.Ranges("Pay", (charts.Range("Adviser", 14.6, 17.2, 15.5), charts.Range("Coach", 18, 22)), "€"),
    "ranges-point": charts.Ranges("Pay", (charts.Range("Adviser", 15, 15, 15),), "€"),
    "heat": charts.Heat("Languages", ("NL", "DE"), (("Maastricht", (80, 30)), ("Heerlen", (60, None)))),
}


def parsed(markup: str) -> ElementTree.Element:
    """The figure as XML: what is not well-formed raises."""
    return ElementTree.fromstring(markup.replace("&nbsp;", " "))


def cells(figure: ElementTree.Element) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in figure.iter("tr")]


@pytest.mark.parametrize("name", SPECS)
def test_a_chart_is_well_formed_named_and_has_no_style_or_script(name: str) -> None:
    markup = charts.draw(SPECS[name])
    figure = parsed(markup)
    assert "style=" not in markup and "<script" not in markup
    assert "nan" not in markup.lower().replace("figcaption", "") and "inf" not in markup
    assert len(list(figure.iter("table"))) == 1
    for picture in figure.findall("svg"):
        assert picture.get("role") == "img"
        named = picture.get("aria-labelledby", "").split()
        assert [picture.find(f"*[@id='{part}']").tag for part in named] == ["title", "desc"]


def test_the_table_has_exactly_the_numbers_of_the_picture() -> None:
    with translation.override("en"):
        figure = parsed(charts.draw(SPECS["bars"]))
    assert cells(figure) == [["Name", "Value"], ["May", "25\xa0h"], ["June", "40\xa0h"]]
    words = {element.text for element in figure.find("svg").iter("text")}
    assert words == {"May", "25\xa0h", "June", "40\xa0h"}


def test_numbers_follow_the_language_of_the_reader() -> None:
    spec = charts.Bars("Jobs", (("South", 1234.5),))
    with translation.override("nl"):
        assert "1.234,5" in charts.draw(spec)
    with translation.override("en"):
        assert "1,234.5" in charts.draw(spec)


def test_bars_are_as_long_as_their_values() -> None:
    figure = parsed(charts.draw(charts.Bars("Jobs", (("a", 10), ("b", 40)))))
    lengths = [float(bar.get("width")) for bar in figure.iter("rect") if bar.get("class") == "s1"]
    assert lengths == [90, 360]


def test_bars_below_zero_start_from_the_same_zero() -> None:
    figure = parsed(charts.draw(charts.Bars("Jobs", (("out", -10), ("in", 30)))))
    below, above = (bar for bar in figure.iter("rect") if bar.get("class") in ("below", "s1"))
    assert float(below.get("x")) + float(below.get("width")) == pytest.approx(float(above.get("x")))


def test_parts_fill_the_whole_and_have_a_legend() -> None:
    figure = parsed(charts.draw(SPECS["stacked"]))
    assert [item.text or "".join(item.itertext()) for item in figure.iter("li")] == ["fixed", "year"]
    assert cells(figure)[1] == ["Maastricht", "20", "30", "50"]


def test_a_gap_in_a_line_stays_a_gap() -> None:
    figure = parsed(charts.draw(SPECS["line-gap"]))
    assert not [path for path in figure.iter("path") if path.get("class") == "curve"]
    assert cells(figure)[2][1] == "–"


def test_without_rows_a_chart_says_that_there_are_no_numbers() -> None:
    with translation.override("en"):
        markup = charts.draw(charts.Bars("Hours", ()))
    assert "There are no numbers yet." in markup and "<svg" not in markup


def test_words_from_outside_are_escaped() -> None:
    markup = charts.draw(charts.Bars('<b>"T"</b>', (("<script>alert(1)</script>", 1),), "<i>"))
    assert "<script" not in markup and "<b>" not in markup and "<i>" not in markup
    assert "&lt;script&gt;" in markup


def test_a_long_label_is_cut_in_the_picture_and_whole_in_the_table() -> None:
    label = "Een heel lang etiket dat nooit in de breedte van een telefoon past"
    figure = parsed(charts.draw(charts.Bars("Hours", ((label, 1),))))
    shown = next(element.text for element in figure.find("svg").iter("text"))
    assert shown.endswith("…") and label.startswith(shown[:-1])
    assert cells(figure)[1][0] == label


def test_money_has_cents_or_none_and_its_sign_once() -> None:
    with translation.override("nl"):
        figure = parsed(charts.draw(SPECS["ranges"]))
    words = [element.text for element in figure.find("svg").iter("text")]
    assert words == ["Adviser", "€\xa015,50 (€\xa014,60–17,20)", "Coach", "€\xa018–22"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: charts.Bars("x", (("a", float("nan")),)),
        lambda: charts.Line("x", (charts.Point("a", float("inf")),)),
        lambda: charts.Stacked("x", ("a",), (("r", (-1,)),)),
        lambda: charts.Stacked("x", ("a", "b"), (("r", (1,)),)),
        lambda: charts.Ranges("x", (charts.Range("a", 3, 1),)),
        lambda: charts.Heat("x", ("a",), (("r", (1, 2)),)),
    ],
)
def test_numbers_without_an_honest_picture_are_refused(make) -> None:
    with pytest.raises(charts.NotDrawable) as refused:
        make()
    assert refused.value.next_step


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_ticks_enclose_and_rise(one: float, other: float) -> None:
    low, high = sorted((one, other))
    marks = ticks(low, high)
    slack = 1e-9 * max(abs(low), abs(high), 1)
    assert marks[0] <= low + slack and marks[-1] >= high - slack
    assert all(left < right for left, right in itertools.pairwise(marks))
    assert 2 <= len(marks) <= 6


@given(st.lists(st.tuples(st.text(max_size=30), st.floats(-1e300, 1e300)), max_size=6))
def test_any_finite_bars_give_well_formed_markup(rows: list[tuple[str, float]]) -> None:
    printable = tuple((re.sub(r"[^\w <>&\"']", "", label), value) for label, value in rows)
    parsed(charts.draw(charts.Bars("Title", printable)))


def test_rooms_draw_through_tags_with_plain_tuples() -> None:
    template = Template(
        "{% load valley %}{% bar_chart title='A' rows=bars %}{% line_chart title='B' points=points %}"
        "{% range_chart title='C' rows=ranges unit='€' %}{% stacked_chart title='D' series=series rows=parts %}"
        "{% heat_table title='E' columns=series rows=parts %}{% chart spec %}"
    )
    context = {
        "bars": [("x", 1)],
        "points": [("2025", 1), ("2026", 2, 1, 3)],
        "ranges": [("x", 1, 2)],
        "series": ["p", "q"],
        "parts": [("x", [1, 2])],
        "spec": SPECS["bars"],
    }
    figures = parsed(f"<div>{template.render(Context(context))}</div>")
    assert [figure.find(".//figcaption") is not None for figure in figures] == [True, True, True, True, False, True]
    assert len(list(figures.iter("table"))) == 6
