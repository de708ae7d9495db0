"""When is each side asked, also when a contract ends early, and is no reason about health?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from valley.careers import moments

START = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 2, 11), ()),
        (date(2026, 2, 12), ("6-weeks",)),
        (date(2026, 3, 31), ("6-weeks",)),
        (date(2026, 4, 1), ("3-months",)),
        (date(2026, 12, 31), ("3-months",)),
        (date(2027, 1, 1), ("12-months",)),
        (date(2027, 4, 1), ()),
    ],
)
def test_one_moment_at_a_time(day: date, due: tuple[str, ...]) -> None:
    assert moments.due(START, None, on=day) == due


def test_a_contract_that_ends_early_is_asked_at_its_end_and_not_again() -> None:
    end = date(2026, 3, 1)
    assert [one.moment for one in moments.windows(START, end)] == ["6-weeks", "3-months"]
    assert moments.due(START, end, on=end) == ("6-weeks", "3-months")
    assert moments.due(START, end, on=date(2026, 6, 1)) == ()


def test_a_contract_of_a_year_is_asked_about_in_its_last_four_weeks_too() -> None:
    end = date(2027, 1, 1)
    assert moments.due(START, end, on=date(2026, 12, 3)) == ("3-months",)
    assert moments.due(START, end, on=date(2026, 12, 4)) == ("3-months", "12-months")
    assert moments.due(START, end, on=date(2027, 3, 31)) == ("12-months",)
    assert moments.due(START, end, on=date(2027, 4, 1)) == ()


def test_a_contract_that_ends_before_six_weeks_is_asked_at_once() -> None:
    assert moments.due(START, START + timedelta(days=5), on=START + timedelta(days=5)) == ("6-weeks",)


def test_no_reason_is_about_health_origin_or_age() -> None:
    forbidden = ("ill", "health", "sick", "age", "origin", "pregnan")
    assert not [code for code in moments.REASONS for word in forbidden if code.startswith(word)]
