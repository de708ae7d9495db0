"""Who may have texts read, and whose evidence may someone read and decide about?

Designers, the programme office and the operator see the evidence of everyone. A recruiter, a team lead and a steward
see that of their own organisation and of nobody else. Everything that counts for all (merges, names of systems of
everyone, phrases) is for the first group only.
"""

from __future__ import annotations

from valley.foundation import access
from valley.foundation.models import DeskRole

EVERYONES = (DeskRole.DESIGNER, DeskRole.OFFICE)
OWN = (DeskRole.RECRUITER, DeskRole.TEAM_LEAD, DeskRole.STEWARD)
TERMS = (DeskRole.RECRUITER, DeskRole.STEWARD)


def reads_all(caller: access.Caller) -> bool:
    """True for who may read the evidence of every employer."""
    return caller.operator or (caller.sits_at(*EVERYONES) and caller.strong)


def names_all(caller: access.Caller) -> bool:
    """True for who may always read which employer it was: the programme office and the operator."""
    return caller.operator or (caller.sits_at(DeskRole.OFFICE) and caller.strong)


def require_all(caller: access.Caller) -> None:
    """Let a designer, the programme office and the operator pass."""
    access.require_desk(caller, *EVERYONES)


def require(caller: access.Caller, *, organisation: int) -> None:
    """As :func:`require_all`, and the recruiter, team lead and steward of this organisation."""
    if caller.sits_at(*EVERYONES):
        require_all(caller)
    else:
        access.require_desk(caller, *OWN, organisation=organisation)


def require_terms(caller: access.Caller, *, organisation: int) -> None:
    """Let the recruiter and steward of the organisation pass, the programme office and the operator."""
    office = caller.sits_at(DeskRole.OFFICE)
    desks = (DeskRole.OFFICE,) if office else TERMS
    access.require_desk(caller, *desks, organisation=None if office else organisation)


def scope(caller: access.Caller) -> frozenset[int] | None:
    """The organisations whose evidence the caller may read; None means all. Raises like a desk does for others."""
    if caller.operator or caller.sits_at(*EVERYONES):
        require_all(caller)
        return None
    access.require_desk(caller, *OWN)
    return frozenset(desk.organisation for desk in caller.desks if desk.role in OWN)


def scope_of(caller: access.Caller, organisation: int | None) -> frozenset[int] | None:
    """As :func:`scope`, narrowed to one organisation when one is named."""
    if organisation is None:
        return scope(caller)
    require(caller, organisation=organisation)
    return frozenset({organisation})
