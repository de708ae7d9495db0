"""How does either side fill in, later, what nobody knew when the contract was written down?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.careers import drafts, snapshots
from valley.careers.models import State
from valley.careers.queries import scope
from valley.foundation import access, audit, clock
from valley.foundation.access import Caller
from valley.foundation.problems import Conflict


def fill_in(
    caller: Caller, *, employment: int, facts: Mapping[str, Any], person: int | None = None,
    organisation: int | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Write down facts of a confirmed contract that are blank: the person (``person`` given) or its employer.

    ``facts`` by name, of ``drafts.FACTS``; blank ones are left out. What is written down already is never changed this
    way: it was confirmed. Returns the names filled in. Raises NotFound, Conflict, EmploymentRefused naming the field.
    """
    grant = scope.side_grant(caller, person=person, organisation=organisation)
    said = {name: value for name, value in facts.items() if value not in (None, "")}
    with transaction.atomic(), access.opened(grant):
        row = scope.row_of_side(caller, employment, person=person, organisation=organisation)
        if row.state == State.PROPOSED:
            raise Conflict(
                expected=_("a confirmed contract"), found=_("a proposal"), next_step=_("Confirm or decline it first.")
            )
        _require_blank(row, said)
        known = drafts.Known({row.role_key}, snapshots.agreements())
        drafts.require_employment(replace(_draft(row), **said), on=clock.today(caller.at), known=known)
        for name, value in said.items():
            setattr(row, name, value)
        row.save(update_fields=list(said))
        audit.record(
            caller, verb="careers.fill_in", subject=("employment", str(row.pk)),
            fields=[f"employment.{name}" for name in said], purpose=str(grant.purpose),
        )  # fmt: skip
    return tuple(said)


def _require_blank(row: Any, said: Mapping[str, Any]) -> None:
    for name in said:
        if name not in drafts.FACTS or getattr(row, name) not in (None, ""):
            raise drafts.EmploymentRefused(
                expected=_("a fact that nobody wrote down yet"),
                found=name if name not in drafts.FACTS else str(getattr(row, name)),
                next_step=_("What is written down stays. End the contract, or propose a new one."),
                field=name,
            )
    if not said:
        raise drafts.EmploymentRefused(
            expected=_("at least one fact"), found=_("nothing"), next_step=_("Fill in what you know."), field="facts"
        )


def _draft(row: Any) -> drafts.EmploymentDraft:
    names = ("role_key", "contract", "starts_on", "ends_on", "form", *drafts.FACTS)
    return drafts.EmploymentDraft(**{name: getattr(row, name) for name in names})
