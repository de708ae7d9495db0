"""How is someone's whole passport taken along, or consulted at the machine itself, so that the log shows it?"""

from __future__ import annotations

from django.db import transaction

from valley.foundation import audit
from valley.foundation.access import Caller, Purpose
from valley.people.queries import gate
from valley.people.queries.export import Export, export_person
from valley.people.queries.passports import Passport, passport


def take_export(caller: Caller, *, person: int) -> Export:
    """Everything kept about ``person``, for its owner or the operator; the taking itself is in the history."""
    grant = gate.grant(caller, purpose=Purpose.EXPORT, person=person)
    with transaction.atomic():
        audit.record(
            caller,
            verb="people.take_export",
            subject=("person", gate.pseudonym_of(grant)),
            fields=["passport", "account"],
            purpose=str(grant.purpose),
        )
        return export_person(caller, person=person)


def consult_passport(caller: Caller, *, who: str) -> Passport:
    """The passport of a pseudonym or e-mail address, for the operator, who is asked by the person to look."""
    person = gate.person_of(caller, who=who)
    found = passport(caller, person=person)
    with transaction.atomic():
        audit.record(
            caller,
            verb="people.consult_passport",
            subject=("person", found.pseudonym),
            fields=["passport"],
            purpose=str(Purpose.OWN),
        )
    return found
