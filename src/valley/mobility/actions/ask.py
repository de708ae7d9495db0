"""Who may ask for a sector run, and who may look at somebody else's comparison? Every look is written down."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from valley.foundation import access, audit, jobs
from valley.foundation.access import Caller, Purpose
from valley.foundation.models import DeskRole
from valley.mobility import queries
from valley.people import queries as people

TASK = "mobility.run_sector"


def ask_for_run(caller: Caller) -> str:
    """Ask for a sector run now and return the key of its job. Programme office or operator.

    A run that waits or works already is not asked for twice.
    """
    access.require_desk(caller, DeskRole.OFFICE)
    waiting = [line for state in ("running", "ready") for line in jobs.listed(state=state) if line.task == TASK]
    if waiting:
        return waiting[0].key
    with transaction.atomic():
        handle = jobs.tasks()[TASK].using(requested_by=caller.pseudonym).enqueue()
        audit.record(caller, verb="mobility.ask_for_run", subject=("job", str(handle.id)))
    return handle.key


def show_openings(
    caller: Caller, *, person: int, filters: queries.FitFilter | None = None, limit: int = 20
) -> queries.MyOpenings:
    """The openings of somebody else, for the operator at the terminal; the person can see that it was done."""
    _operators_only(caller)
    found = queries.my_openings(caller, person=person, filters=filters, limit=limit)
    _record(caller, person=person, inputs=found.sources, policy=found.policy_fingerprint)
    return found


def show_explanation(caller: Caller, *, person: int, opening: str) -> queries.Explanation:
    """The explanation of one opening for somebody else, for the operator at the terminal; written down too."""
    _operators_only(caller)
    found = queries.explanation(caller, person=person, opening=opening)
    _record(caller, person=person, inputs=found.inputs, policy=found.policy_fingerprint)
    return found


def _operators_only(caller: Caller) -> None:
    if not caller.operator:
        raise access.Forbidden(
            expected=_("the operator at the terminal"), found=_("an account"), next_step=_("Open your own page.")
        )


def _record(caller: Caller, *, person: int, inputs: str, policy: str) -> None:
    """Which inputs were compared by which rule, by fingerprint, in the audit of that person."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with transaction.atomic():
        audit.record(
            caller,
            verb="mobility.show_comparison",
            subject=("person", people.pseudonym_of(grant)),
            fields=["claims", "languages", "wishes"],
            purpose=f"i:{inputs[:16]} p:{policy[:16]}",
        )
