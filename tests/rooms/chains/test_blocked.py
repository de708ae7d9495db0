"""Does a reader of a refusal get a handful of lines, with every condition that blocks still to be found in them?"""

from __future__ import annotations

from valley.chains.queries.blocked import conflict_lines
from valley.chains.queries.words import Names
from valley.core.mobility import routes as core

NAMES = Names(
    employers={},
    titles={},
    processes={"W1": "asks", "W2": "answers"},
    competences=dict(enumerate(("listen", "write", "plan", "calm", "sell", "type"), start=1)),
    languages={"de": "German", "nl": "Dutch"},
    permits={},
    levels={},
)


def lines(*conditions: tuple[str, str]) -> list[tuple[str, str, tuple[str, ...]]]:
    found = conflict_lines([core.Condition(kind, subject) for kind, subject in conditions], NAMES)  # type: ignore[arg-type]
    return [(line.kind, line.words, line.more) for line in found]


def test_many_competences_are_one_line_with_three_named_and_all_of_them_folded_below_it(db) -> None:
    asked = [("entry", str(number)) for number in range(1, 7)]
    assert lines(("distance", ""), *asked[:3], ("gap", ""), *asked[3:]) == [
        ("distance", "the most kilometres you want to travel", ()),
        (
            "entry",
            "jobs ask at their start competences that you did not show yet: listen, write, plan and 3 others",
            ("listen", "write", "plan", "calm", "sell", "type"),
        ),
        ("gap", "the days that may lie between two jobs", ()),
    ]


def test_a_few_are_all_named_and_one_keeps_its_own_sentence(db) -> None:
    ((_kind, words, more),) = lines(*(("entry", str(number)) for number in range(1, 5)))
    assert words.endswith("listen, write, plan and calm") and more == ()
    assert lines(("entry", "2")) == [("entry", "the competence asked at the start: write", ())]
    ((_kind, words, _more),) = lines(("language", "de"), ("language", "nl"))
    assert words == "the levels of languages that are asked: German and Dutch"
    ((_kind, words, _more),) = lines(("shift", "nights"), ("shift", "weekends"))
    assert words == "work in nights and weekends, which you do not want"
    ((_kind, words, _more),) = lines(("process", "W1"), ("process", "W2"))
    assert words == "enough hours of several work processes: W1 asks and W2 answers"
