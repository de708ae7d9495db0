"""What is kept about this person, all of it, in one document that the person can take along?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from valley.foundation import access, audit, privacy
from valley.foundation.access import Caller, Purpose
from valley.people.models import Person
from valley.people.queries import gate
from valley.people.queries.passports import Passport, passport
from valley.people.queries.sharing import Look, ShareLine, looks, shares

FORMAT = "valley-person-1"
"""The name and version of the shape of this document; raised when a field changes its meaning or goes away."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that was done with the passport: which fields were touched, never what they said."""

    at: datetime
    verb: str
    purpose: str
    fields: tuple[str, ...]
    by_owner: bool


@dataclass(frozen=True, slots=True)
class Export:
    """The readable passport first, then shares and looks, then every stored row by table as the register names it."""

    format: str
    made_at: datetime
    pseudonym: str
    passport: Passport
    shares: tuple[ShareLine, ...]
    looks: tuple[Look, ...]
    history: tuple[HistoryLine, ...]
    records: Mapping[str, Any]


def export_person(caller: Caller, *, person: int) -> Export:
    """Everything kept about ``person``, for its owner or the operator; NotFound for anybody else."""
    grant = gate.grant(caller, purpose=Purpose.EXPORT, person=person)
    with access.opened(grant):
        row = Person.objects.select_related("account").get(pk=person)
    owner = row.account.pseudonym if row.account else ""
    records = privacy.export_rows(row.pseudonym, row.account_id)
    # The history tells the same without the pseudonyms of others who acted; `looks` names their organisation.
    records.pop("foundation.AuditLine", None)
    return Export(
        format=FORMAT,
        made_at=caller.at,
        pseudonym=row.pseudonym,
        passport=passport(caller, person=person),
        shares=shares(caller, person=person),
        looks=looks(caller, person=person),
        history=_history(row.pseudonym, owner),
        records=records,
    )


def _history(pseudonym: str, account: str) -> tuple[HistoryLine, ...]:
    """What was done with the passport and the account, newest first."""
    lines = (*audit.lines_about("person", pseudonym), *(audit.lines_about("account", account) if account else ()))
    newest = sorted(lines, key=lambda line: -line.id)
    return tuple(HistoryLine(line.at, line.verb, line.purpose, line.fields, line.actor == account) for line in newest)
