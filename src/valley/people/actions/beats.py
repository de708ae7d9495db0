"""How does every change to a passport run: may I, load, change, mark the passport as changed, record?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from valley.foundation import access, audit
from valley.foundation.access import Caller, Grant, Purpose
from valley.people.models import Person
from valley.people.queries import gate


@dataclass(slots=True)
class Change:
    """A change under way: the locked person, and the names of the fields it touches."""

    grant: Grant
    row: Any
    fields: list[str] = field(default_factory=list)

    @property
    def owner(self) -> str:
        """The pseudonym whose key seals the person's text."""
        return str(self.row.pseudonym)


@contextmanager
def changing(caller: Caller, *, person: int, verb: str, raises_version: bool = True) -> Iterator[Change]:
    """One transaction in which the owner (or operator) changes a passport, ending with one audit line.

    ``raises_version`` False is for what the arithmetic does not see: shares and consents.
    """
    grant = gate.grant(caller, purpose=Purpose.OWN, person=person)
    with transaction.atomic(), access.opened(grant):
        change = Change(grant, Person.objects.select_for_update().get(pk=person))
        yield change
        if raises_version:
            change.row.version += 1
            change.row.changed_at = caller.at
            change.row.save(update_fields=["version", "changed_at"])
        audit.record(
            caller, verb=verb, subject=("person", change.owner), fields=change.fields, purpose=str(grant.purpose)
        )
