"""Does the audit only grow, hold names of fields only, and show every tampering?"""

import pytest
from django.db import DatabaseError, connection, transaction
from tests import factories

from valley.foundation import audit
from valley.foundation.models import AuditLine

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def record(count: int = 1) -> None:
    for number in range(count):
        audit.record(
            factories.operator(), verb="people.look", subject=("person", f"p{number}"), fields=["name", "city"]
        )


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_each_line_follows_from_the_one_before():
    record(3)
    first, second, third = AuditLine.objects.order_by("pk")
    assert first.previous == audit.START
    assert (second.previous, third.previous) == (first.digest, second.digest)
    assert audit.verify() == audit.AuditCheck(lines=3, broken_at=None, head=third.digest)


def test_fields_are_kept_sorted_and_once():
    audit.record(factories.operator(), verb="people.save", subject=("person", "p"), fields=["b", "a", "b"])
    assert audit.lines_about("person", "p")[0].fields == ("a", "b")


def test_lines_about_someone_come_newest_first():
    record(2)
    audit.record(factories.operator(), verb="people.erase", subject=("person", "p0"))
    assert [line.verb for line in audit.lines_about("person", "p0")] == ["people.erase", "people.look"]


@pytest.mark.parametrize("name", ["Sara Janssen", "sara@example.org", "Name", "1name", "a" * 61, ""])
def test_what_looks_like_a_value_is_refused_as_field(name):
    with pytest.raises(audit.AuditRefused) as caught:
        audit.record(factories.operator(), verb="people.save", subject=("person", "p"), fields=[name])
    assert "Sara" not in str(caught.value)
    assert not AuditLine.objects.exists()


@pytest.mark.parametrize("subject", ["sara@example.org", "Sara Janssen", "", "x" * 81])
def test_what_looks_like_a_value_is_refused_as_subject(subject):
    with pytest.raises(audit.AuditRefused):
        audit.record(factories.operator(), verb="people.save", subject=("person", subject))


@pytest.mark.parametrize("change", ["UPDATE foundation_auditline SET verb = 'x'", "DELETE FROM foundation_auditline"])
def test_the_database_refuses_to_change_or_remove_lines(change):
    record()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        raw(change)
    assert AuditLine.objects.count() == 1


def test_postgresql_refuses_to_empty_the_table_at_once():
    record()
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            raw("TRUNCATE foundation_auditline CASCADE")
    assert audit.guarded()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE foundation_auditline SET actor = 'somebody-else' WHERE subject = 'p1'",
        "UPDATE foundation_auditline SET at = '2020-01-01 00:00:00+00:00' WHERE subject = 'p1'",
        "DELETE FROM foundation_auditline WHERE subject = 'p1'",
    ],
)
def test_tampering_behind_the_triggers_is_found_at_its_line(tampering):
    record(4)
    ids = list(AuditLine.objects.order_by("pk").values_list("pk", flat=True))
    with audit.unguarded():
        raw(tampering)
    found = audit.verify()
    assert not found.whole
    assert found.broken_at == (ids[2] if "DELETE" in tampering else ids[1])


def test_the_triggers_return_after_they_were_lifted_even_when_it_fails():
    with pytest.raises(RuntimeError), audit.unguarded():
        assert not audit.guarded()
        raise RuntimeError
    assert audit.guarded()


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_a_line_outside_a_transaction_is_refused():
    with pytest.raises(audit.AuditRefused, match="open transaction"):
        record()


@pytest.mark.django_db(transaction=True, databases=["default", "vault"])
def test_a_change_that_is_rolled_back_takes_its_line_along():
    with pytest.raises(RuntimeError), transaction.atomic():
        record()
        raise RuntimeError
    assert audit.verify().lines == 0
