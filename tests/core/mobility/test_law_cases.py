"""Do the dated rules that ship with the product say what the worked cases say, and only then?"""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import valley
from valley.core.mobility import law

CASES = tomllib.loads((Path(__file__).parent / "law_cases.toml").read_text())["case"]
STARTER = Path(valley.__file__).parent / "careers" / "starter" / "law.toml"
READ: dict[str, Any] = {
    "wage": Decimal,
    "level": int,
    "form": str,
    "agreement": str,
    "admitted": {"yes": True, "no": False, "unknown": None}.__getitem__,
    "exempt": {"yes": True, "no": False, "unknown": None}.__getitem__,
    "practice_agreement": {"yes": True, "no": False, "unknown": None}.__getitem__,
}


def shipped() -> list[law.Rule]:
    return [
        law.Rule(
            row["key"], row["status"], row["from_on"], row.get("until_on"),
            {name: Decimal(value) for name, value in row["numbers"].items()},
            row["source"], row["article"], row["source_on"],
        )
        for row in tomllib.loads(STARTER.read_text())["rule"]
    ]  # fmt: skip


def contract(line: str) -> law.Contract:
    words = line.split()
    plain = [word for word in words if "=" not in word]
    more = dict(word.split("=") for word in words if "=" in word)
    employer, kind, start, end, role, *initiative = plain
    return law.Contract(
        employer, kind, dt.date.fromisoformat(start), None if end == "-" else dt.date.fromisoformat(end), role,
        initiative[0] if initiative else "", **{name: READ[name](value) for name, value in more.items()},
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_worked_case(case: dict[str, Any]) -> None:
    found = law.flags(
        [contract(line) for line in case["contracts"]],
        rules=shipped(),
        on=case.get("on", dt.date(2026, 11, 23)),
        scenario=case.get("scenario", "law"),
    )
    assert [f"{flag.severity} {flag.says}" for flag in found] == case["expected"]
    for name, value in case.get("facts", {}).items():
        assert str(found[0].facts[name]) == str(value), name
    assert all(flag.source and flag.scenario == case.get("scenario", "law") for flag in found)
    if "unknown" in case:
        asked = law.unknowns(
            [contract(line) for line in case["contracts"]], rules=shipped(), on=case.get("on", dt.date(2026, 11, 23))
        )
        assert [f"{flag.severity} {flag.says}" for flag in asked] == case["unknown"]
        for name, value in case.get("unknown_facts", {}).items():
            assert str(asked[0].facts[name]) == str(value), name
    if "status" in case:
        assert found[0].rule.status == case["status"]


def test_there_are_enough_worked_cases() -> None:
    assert len(CASES) >= 25


def test_without_rules_nothing_is_said() -> None:
    rows = [contract(line) for case in CASES for line in case["contracts"]]
    assert law.flags(rows, rules=[], on=dt.date(2026, 11, 23)) == ()


def test_a_contract_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(law.InvertedContract):
        law.flags([contract("telecom fixed-term 2026-02-01 2026-02-01 adviser")], rules=[], on=dt.date(2026, 1, 1))


def test_a_rule_without_its_numbers_is_refused_by_name() -> None:
    rule = law.Rule("chain-rule", "law", dt.date(2020, 1, 1), None, {"contracts": Decimal(3)}, "BW")
    rows = [contract("telecom fixed-term 2026-01-01 2027-01-01 adviser")] * 2
    with pytest.raises(law.IncompleteRule, match="gap_months"):
        law.flags(rows, rules=[rule], on=dt.date(2026, 1, 1))


def test_without_rules_nothing_is_unknown_either() -> None:
    rows = [contract(line) for case in CASES for line in case["contracts"]]
    assert law.unknowns(rows, rules=[], on=dt.date(2026, 11, 23)) == ()


@pytest.mark.parametrize("row", shipped(), ids=lambda row: f"{row.key} {row.from_on}")
def test_every_row_that_ships_has_the_numbers_it_is_read_by(row: law.Rule) -> None:
    assert law.missing(row.key, row.numbers) == ()


def test_a_learner_under_a_new_floor_depends_on_age_though_the_young_floor_ended() -> None:
    new = law.Rule("minimum-wage", "law", dt.date(2026, 7, 1), None, {"hour": Decimal("14.99")}, "Stcrt")
    for wage, severity in (("14.80", "warning"), ("4.00", "breach")):
        row = contract(f"telecom work-based-learning 2026-10-01 2027-10-01 adviser worker wage={wage}")
        found = law.flags([row], rules=[*shipped(), new], on=dt.date(2026, 11, 23))
        assert [one.severity for one in found if one.says == "wage-under-floor"] == [severity]


def test_a_rule_that_ended_is_silent_and_its_successor_speaks() -> None:
    three = {"contracts": Decimal(3), "months": Decimal(36), "gap_months": Decimal(6)}
    old = law.Rule("chain-rule", "law", dt.date(2020, 1, 1), dt.date(2026, 1, 1), three, "old")
    new = law.Rule("chain-rule", "law", dt.date(2026, 1, 1), None, {**three, "contracts": Decimal(1)}, "new")
    rows = [contract(f"telecom fixed-term {year}-01-01 {year + 1}-01-01 adviser") for year in (2025, 2026)]
    assert law.flags(rows, rules=[old], on=dt.date(2026, 1, 1)) == ()
    (flag,) = (one for one in law.flags(rows, rules=[old, new], on=dt.date(2026, 1, 1)) if one.severity == "breach")
    assert (flag.rule.source, flag.about) == ("new", rows[1])
