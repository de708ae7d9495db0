"""The picture of flows: well-formed, named, as wide as its people, and the same numbers as a table."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation

from valley.site.charts import NotDrawable
from valley.site.charts.flow import Flow, draw_flow

ROWS = (("Adviser", "Centre One", 30.0), ("Adviser", "no place yet", 10.0), ("Coach", "Centre One", 10.0))


def figure(spec: Flow) -> ElementTree.Element:
    with translation.override("en"):
        return ElementTree.fromstring(draw_flow(spec).replace("&nbsp;", " "))


def test_it_is_named_has_no_style_and_its_table_has_the_numbers_of_the_picture() -> None:
    found = figure(Flow("Where to", ROWS, heads=("Role", "Employer")))
    picture = found.find("svg")
    assert picture is not None and picture.get("role") == "img"
    named = picture.get("aria-labelledby", "").split()
    assert [picture.find(f"*[@id='{part}']").tag for part in named] == ["title", "desc"]
    cells = [["".join(cell.itertext()) for cell in row] for row in found.iter("tr")]
    assert cells == [["Role", "Employer", "Number"], *[[a, b, str(int(n))] for a, b, n in ROWS]]
    assert "style" not in ElementTree.tostring(found).decode()


def test_a_band_is_as_wide_as_its_people_and_bars_are_as_high_as_theirs() -> None:
    picture = figure(Flow("Where to", ROWS)).find("svg")
    widths = []
    for path in picture.findall("path"):
        numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", path.get("d"))]
        widths.append(round(numbers[-1] - numbers[1], 1))
    assert widths == [180.0, 60.0, 60.0]
    assert [float(bar.get("height")) for bar in picture.findall("rect")] == [240.0, 60.0, 240.0, 60.0]
    texts = [text.text for text in picture.findall("text")]
    assert texts == ["Adviser 40", "Coach 10", "Centre One 40", "no place yet 10"]


def test_long_words_are_cut_in_the_picture_and_whole_in_the_table() -> None:
    long = "Energiedienstencentrum Zuid-Limburg en omstreken"
    found = figure(Flow("Where to", (("Adviser", long, 6.0),)))
    assert any(text.text.endswith("… 6") for text in found.find("svg").findall("text"))
    assert long in "".join(found.find(".//table").itertext())


def test_nothing_to_draw_is_said_and_a_flow_of_nobody_is_refused() -> None:
    assert "no numbers yet" in "".join(figure(Flow("Where to", ())).itertext())
    with pytest.raises(NotDrawable):
        Flow("Where to", (("a", "b", 0.0),))


def test_what_someone_wrote_is_escaped_by_the_tag() -> None:
    template = Template("{% load valley %}{% flow_chart title=title rows=rows %}")
    markup = template.render(Context({"title": "<b>", "rows": [("<script>", "&", 5)]}))
    assert "<script>" not in markup and "&lt;script&gt;" in markup
