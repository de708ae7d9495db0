"""For every desk: what may it read, what may it change, and what is it refused?

The table in ``docs/reference/desks.md`` is written from these very attempts:
``VALLEY_WRITE_DESKS=1 python -m pytest tests/journeys/test_desks.py``.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import transaction
from tests.journeys import desks_world

from valley.foundation import access, problems

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "desks.md"
REFUSALS = (access.Forbidden, access.SignInNeeded, access.SecondFactorNeeded, problems.NotFound)
HEAD = """# What each desk may read and change

Written by `tests/journeys/test_desks.py`, which tries every line as every desk through the product's own actions and
queries. **yes** worked; **no** was refused because it is not for this desk; **sign in** asks for an account;
**2nd factor** asks for a passkey or authenticator app; **hidden** is refused as if it did not exist.

"""


class _Undo(Exception):
    """Takes the attempt back."""


def _attempt(line: desks_world.Line, caller: access.Caller, world: desks_world.World) -> str:
    outcome = "yes"
    try:
        with transaction.atomic(), transaction.atomic(using="vault"):
            try:
                line.ask(caller, world)
            except REFUSALS as refusal:
                outcome = _word(refusal)
            raise _Undo
    except _Undo:
        return outcome


def _word(refusal: Exception) -> str:
    if isinstance(refusal, access.SignInNeeded):
        return "sign in"
    if isinstance(refusal, access.SecondFactorNeeded):
        return "2nd factor"
    return "hidden" if isinstance(refusal, problems.NotFound) else "no"


_kept: dict[str, dict[str, str]] = {}


@pytest.fixture
def table(db: None) -> dict[str, dict[str, str]]:
    """Every attempt, made once for all tests of this file: the table is plain words and nothing changes it."""
    if not _kept:
        world = desks_world.build()
        who = desks_world.callers(world)
        for line in desks_world.LINES:
            tried = {name: _attempt(line, caller, world) for name, caller in who.items()}
            _kept[f"{line.room} | {line.kind} | {line.words}"] = tried
    return _kept


def _written(table: dict[str, dict[str, str]]) -> str:
    names = list(next(iter(table.values())))
    lines = ["| Room | Kind | What | " + " | ".join(names) + " |", "|---" * (len(names) + 3) + "|"]
    lines += [f"| {what} | " + " | ".join(row[name] for name in names) + " |" for what, row in table.items()]
    return HEAD + "\n".join(lines) + "\n"


def test_the_table_in_the_documents_is_what_happens(table: dict[str, dict[str, str]]) -> None:
    if os.environ.get("VALLEY_WRITE_DESKS"):
        PAGE.write_text(_written(table))
    assert PAGE.read_text() == _written(table)


def test_nobody_but_its_owner_reads_a_passport(table: dict[str, dict[str, str]]) -> None:
    row = table["people | read | read someone else's passport"]
    assert {name for name, outcome in row.items() if outcome == "yes"} <= {"operator"}
    own = table["people | read | read one's own passport"]
    assert {name for name, outcome in own.items() if outcome == "yes"} == {"worker", "operator"}


def test_an_application_is_read_at_the_recruiters_desk_of_its_reader_only(table: dict[str, dict[str, str]]) -> None:
    row = table["people | read | read an application that was shared with one's organisation"]
    assert row["recruiter"] == "yes"
    assert {name for name, outcome in row.items() if outcome == "yes"} <= {"recruiter", "steward"}
    assert row["recruiter, one factor"] == "2nd factor"
    assert row["coach"] == row["designer"] == "hidden"


def test_schools_cannot_search_candidates_and_nobody_lists_people(table: dict[str, dict[str, str]]) -> None:
    row = table["people | read | list the passports of the valley"]
    assert {name for name, outcome in row.items() if outcome == "yes"} == {"operator"}


def test_no_desk_changes_what_belongs_to_another_organisation(table: dict[str, dict[str, str]]) -> None:
    row = table["work | change | close another organisation's opening"]
    assert {name for name, outcome in row.items() if outcome == "yes"} <= {"office", "operator"}


def test_no_employer_reaches_another_employers_evidence_share_or_announcement(table: dict[str, dict[str, str]]) -> None:
    for what in (
        "evidence | read | read another employer's text",
        "evidence | read | list another employer's texts",
        "evidence | change | add a text for another employer",
        "evidence | change | decide about a finding in another employer's text",
        "thread | read | see the share of another employer",
        "field | read | read an announced change of another employer",
        "field | read | read a look-in of others",
    ):
        assert not [name for name in desks_world.EMPLOYER_DESKS if table[what][name] == "yes"], what
    assert table["evidence | read | read a text of one's organisation"]["recruiter"] == "yes"
    assert table["thread | read | see the share of one's organisation"]["team-lead"] == "yes"


def test_no_employer_lists_people_of_others_or_plans_a_placement(table: dict[str, dict[str, str]]) -> None:
    for what in (
        "applications | read | list what was applied for elsewhere",
        "careers | read | read the contracts of another organisation",
        "careers | read | read why work went well elsewhere",
        "routes | read | read the link that is asked of another",
        "routes | change | sign the link that is asked of another",
        "routes | read | compute someone else's relay routes",
        "placement | read | read a redundancy of another employer",
        "placement | read | list who joined, by number",
        "placement | change | plan for everybody who joined",
        "vacancies | change | say what can be practised in another's vacancy",
    ):
        assert not [name for name in desks_world.EMPLOYER_DESKS if table[what][name] == "yes"], what
    applied = table["applications | read | list what was applied for at one's organisation"]
    assert {name for name, outcome in applied.items() if outcome == "yes"} == {"recruiter", "operator"}
    own = table["routes | read | compute one's own relay routes"]
    assert {name for name, outcome in own.items() if outcome == "yes"} == {"worker", "operator"}
