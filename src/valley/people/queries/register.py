"""Which passports are there? Pseudonyms and counts only, for the operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from valley.foundation import access
from valley.foundation.access import Caller, Purpose
from valley.people.models import SECTOR_RUN, Consent, Person
from valley.people.queries import gate


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One passport without a name."""

    pseudonym: str
    claims: int
    languages: int
    compared: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class PersonList:
    """A page of passports, oldest first, and how many there are."""

    total: int
    items: tuple[PersonRow, ...]


def persons(caller: Caller, *, limit: int = 50, offset: int = 0) -> PersonList:
    """The passports of this valley, by age of the passport. Operator only. Three queries."""
    grant = gate.grant(caller, purpose=Purpose.UPKEEP)
    with access.opened(grant):
        rows: Any = Person.objects.order_by("pk").annotate(
            claims_count=Count("claims", distinct=True), languages_count=Count("languages", distinct=True)
        )
        page = list(rows[offset : offset + limit])
        yes = set(
            Consent.objects.filter(
                purpose=SECTOR_RUN, withdrawn_at__isnull=True, person__in=[row.pk for row in page]
            ).values_list("person_id", flat=True)
        )
        total = Person.objects.count()
    items = (
        PersonRow(row.pseudonym, row.claims_count, row.languages_count, row.pk in yes, row.changed_at) for row in page
    )
    return PersonList(total, tuple(items))
