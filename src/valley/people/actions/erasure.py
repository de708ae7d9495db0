"""How is a person forgotten: passport, account, sessions, mails and the key of every copy?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import access, audit, privacy
from valley.foundation.access import Caller, Purpose
from valley.people.models import Person
from valley.people.queries import gate

CONFIRM_WORDS = ("erase", "verwijder")
"""What someone types to show that this is meant: the word in either language."""


class ErasureNotConfirmed(ValleyError):
    """Nothing was erased, because the word that confirms it was not typed."""

    code = "erasure-not-confirmed"


@dataclass(frozen=True, slots=True)
class Erased:
    """What went: rows per table. The pseudonym stays in the audit and belongs to nobody."""

    pseudonym: str
    rows: Mapping[str, Any]


def erase_person(caller: Caller, *, person: int, confirm: str) -> Erased:
    """Forget ``person`` and the account for good: the owner or the operator, who types the confirming word.

    Rows, sessions and mails go, and the keys of every sealed text with them, so that backups cannot tell either. The
    web door asks to sign in again first. What stays is the audit: pseudonyms and names of fields. Raises
    :class:`ErasureNotConfirmed`, or NotFound for a person who is not the caller's.
    """
    grant = gate.grant(caller, purpose=Purpose.ERASURE, person=person)
    _require_confirmed(caller, confirm)
    with transaction.atomic():
        with access.opened(grant):
            row = Person.objects.select_for_update().get(pk=person)
        pseudonym, account = str(row.pseudonym), row.account_id
        audit.record(
            caller,
            verb="people.erase_person",
            subject=("person", pseudonym),
            fields=["passport", "account"],
            purpose=str(grant.purpose),
        )
        gone = privacy.erase(pseudonym, account, at=caller.at)
    return Erased(pseudonym, gone)


def erase_account(caller: Caller, *, confirm: str) -> Erased:
    """Forget the caller's own account that has no passport; as :func:`erase_person` otherwise."""
    account = access.require_signed_in(caller)
    person = gate.my_person(caller)
    if person is not None:
        return erase_person(caller, person=person, confirm=confirm)
    _require_confirmed(caller, confirm)
    with transaction.atomic():
        audit.record(
            caller,
            verb="people.erase_account",
            subject=("account", caller.pseudonym),
            fields=["account"],
            purpose=str(Purpose.ERASURE),
        )
        gone = privacy.erase("", account, at=caller.at)
    return Erased(caller.pseudonym, gone)


def _require_confirmed(caller: Caller, confirm: str) -> None:
    if confirm.strip().casefold() not in CONFIRM_WORDS:
        raise ErasureNotConfirmed(
            expected=_("the word %(word)s") % {"word": CONFIRM_WORDS[caller.language == "nl"]},
            found=_("something else"),
            next_step=_("Type the word if you want to erase your passport and account."),
        )
