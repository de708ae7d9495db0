"""Which laws hold for every row of contracts: order, more contracts, the bill, and a second way of counting?"""

from __future__ import annotations

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from tests.core.mobility.test_law_cases import shipped

from valley.core.mobility import law

RULES = shipped()
ON = dt.date(2026, 11, 23)
FIRST = dt.date(2020, 1, 1)


@st.composite
def rows(draw: st.DrawFn) -> list[law.Contract]:
    made = []
    for number in range(draw(st.integers(0, 7))):
        start = FIRST + dt.timedelta(days=draw(st.integers(0, 3000)))
        length = draw(st.one_of(st.none(), st.integers(1, 1200)))
        made.append(
            law.Contract(
                employer=draw(st.sampled_from(["telecom", "bank"])),
                kind=draw(st.sampled_from(["fixed-term", "permanent", "work-based-learning", "agency"])),
                starts_on=start,
                ends_on=None if length is None else start + dt.timedelta(days=length),
                role=draw(st.sampled_from(["", "adviser", "planner"])),
                initiative=draw(st.sampled_from(["", "worker", "school", "employer"])),
                key=str(number),
            )
        )
    return made


def _breached(contracts: list[law.Contract], scenario: law.Scenario = "law") -> set[str]:
    found = law.flags(contracts, rules=RULES, on=ON, scenario=scenario)
    return {one.about.key for one in found if one.severity == "breach" and one.about}


@given(rows(), st.randoms(use_true_random=False))
def test_the_order_of_contracts_and_rules_changes_nothing(contracts: list[law.Contract], random: object) -> None:
    mixed, rules = list(contracts), list(RULES)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    random.shuffle(rules)  # type: ignore[attr-defined]
    assert law.flags(mixed, rules=rules, on=ON) == law.flags(contracts, rules=RULES, on=ON)


@given(rows())
def test_one_more_contract_never_takes_a_breach_away(contracts: list[law.Contract]) -> None:
    assert _breached(contracts[:-1]) <= _breached(contracts)


@given(rows())
def test_the_bill_breaks_on_everything_the_law_breaks_on(contracts: list[law.Contract]) -> None:
    assert _breached(contracts) <= _breached(contracts, "bill")


@given(rows())
def test_work_based_learning_alone_is_never_more_than_a_note(contracts: list[law.Contract]) -> None:
    learning = [one for one in contracts if one.kind == "work-based-learning"]
    assert {one.severity for one in law.flags(learning, rules=RULES, on=ON)} <= {"note"}


@given(rows())
def test_what_is_settled_stays_a_breach_when_every_doubt_is_known(contracts: list[law.Contract]) -> None:
    """A move nobody wrote down is a warning; told that the employers arranged it, it is at least as grave."""

    told = [dataclasses.replace(one, initiative=one.initiative or "employer") for one in contracts]
    assert _breached(contracts) <= _breached(told)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 20)), min_size=1, max_size=9))
def test_a_second_way_of_counting_finds_the_same_breaches(steps: list[tuple[int, int]]) -> None:
    """One employer, one contract after the other, whole months: (gap before, length). Counted in months from zero."""
    month, made, spans = 0, [], []
    for number, (gap, length) in enumerate(steps):
        start, month = month + gap, month + gap + length
        made.append(law.Contract("telecom", "fixed-term", _day(start), _day(month), "adviser", key=str(number)))
        spans.append((start, month))
    expected, run = set[str](), list[tuple[int, int]]()
    for number, (start, end) in enumerate(spans):
        if run and start - run[-1][1] > 6:
            run = []
        run.append((start, end))
        long_then_short = len(run) == 2 and run[0][1] - run[0][0] >= 36 and run[0][1] == start and end - start <= 3
        if len(run) > 3 or (len(run) > 1 and end - run[0][0] > 36 and not long_then_short):
            expected.add(str(number))
    assert _breached(made) == expected


def _day(month: int) -> dt.date:
    return dt.date(2020 + month // 12, month % 12 + 1, 1)
