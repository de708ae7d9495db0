"""Are passports loaded in bulk checked like the ones typed by hand, all or none?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import factories

from valley.foundation import audit
from valley.foundation.access import Purpose
from valley.people import actions, queries, snapshots
from valley.people.queries import gate


def _row(words, **changed: object) -> actions.NewPerson:
    asked = {
        "name": "Noor",
        "statements": (
            actions.Statement(words["type fast"], 3, grade=2, said_on=date(2025, 1, 1), note="seen by a team lead"),
            actions.Statement(words["use a CRM"], 2),
        ),
        "languages": (("nl", 5, 1), ("de", 3, 3)),
        "wishes": actions.WishesChosen(hours_max=28, place="maastricht"),
        "consents": True,
    } | changed
    return actions.NewPerson(**asked)  # type: ignore[arg-type]


def test_what_is_loaded_reads_as_if_it_was_typed(words) -> None:
    account = factories.account()
    seen: list[float] = []
    rows = [_row(words, account=account.pk), *(_row(words, name=f"P{n}", consents=False) for n in range(3))]
    loaded = actions.import_people(factories.operator(), rows=rows, progress=lambda share, _words: seen.append(share))
    assert (len(loaded.persons), loaded.claims, loaded.languages, loaded.consents) == (4, 8, 8, 1)
    assert seen[-1] == 1.0
    who = factories.caller_of(account)
    found = queries.passport(who, person=loaded.persons[0])
    assert found.name == "Noor" and found.compared
    assert [(line.label, line.level, line.grade, line.note) for line in found.claims] == [
        ("type fast", 3, 2, "seen by a team lead"),
        ("use a CRM", 2, 1, ""),
    ]
    assert [(line.code, line.cefr, line.grade) for line in found.languages] == [("de", 3, 3), ("nl", 5, 1)]
    assert (found.wishes.hours_max, found.wishes.place) == (28, "maastricht")
    grant = gate.grant(factories.operator(), purpose=Purpose.SECTOR_RUN)
    assert [profile.id for profile in snapshots.profiles(grant)] == [loaded.persons[0]]
    assert audit.verify().whole


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "a\x07b"}, "rows.1.name"),
        ({"statements": (actions.Statement(10**6, 2),)}, "rows.1.competence"),
        ({"languages": (("xx", 2, 1),)}, "rows.1.code"),
        ({"languages": (("nl", 7, 1),)}, "rows.1.cefr"),
        ({"languages": (("nl", 2, 4),)}, "rows.1.grade"),
        ({"languages": (("nl", 2, 1), ("nl", 3, 1))}, "rows.1.code"),
        ({"wishes": actions.WishesChosen(hours_max=99)}, "rows.1.hours_max"),
    ],
)
def test_one_row_that_does_not_fit_stops_all_and_is_named(words, changed: dict, field: str) -> None:
    with pytest.raises(actions.Refused) as caught:
        actions.import_people(factories.operator(), rows=[_row(words), _row(words, **changed)])
    assert caught.value.field == field
    assert queries.persons(factories.operator()).total == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"level": 9}, "level"), ({"grade": 0}, "grade"), ({"said_on": factories.ON + timedelta(days=2)}, "said_on")],
)
def test_statements_are_checked_too(words, changed: dict, field: str) -> None:
    statement = actions.Statement(**{"competence": words["type fast"], "level": 2} | changed)
    with pytest.raises(actions.Refused) as caught:
        actions.import_people(factories.operator(), rows=[_row(words, statements=(statement,))])
    assert caught.value.field == f"rows.0.{field}"
    with pytest.raises(actions.Refused):
        actions.import_people(factories.operator(), rows=[_row(words, statements=(actions.Statement(
            words["type fast"], 2),) * 2)])  # fmt: skip


def test_one_audit_line_per_five_hundred_and_queries_do_not_grow_per_person(
    words, django_assert_max_num_queries
) -> None:
    before = audit.verify().lines
    with django_assert_max_num_queries(60):
        actions.import_people(factories.operator(), rows=[_row(words, name=f"P{n}") for n in range(600)])
    assert audit.verify().lines - before == 2


def test_profiles_of_many_take_five_queries(words, django_assert_max_num_queries) -> None:
    actions.import_people(factories.operator(), rows=[_row(words, name=f"P{n}") for n in range(250)])
    grant = gate.grant(factories.operator(), purpose=Purpose.SECTOR_RUN)
    with django_assert_max_num_queries(5):
        assert len(snapshots.profiles(grant)) == 250
    with django_assert_max_num_queries(1):
        snapshots.fingerprint(grant)
