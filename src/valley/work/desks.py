"""Who may read and who may change what an organisation offers?

A recruiter and the steward of an organisation change its role profiles and openings; a team lead reads the drafts too.
The programme office may do both on a partner's behalf. Everybody reads what is open.
"""

from __future__ import annotations

from valley.foundation import access
from valley.foundation.models import DeskRole

WRITERS = (DeskRole.RECRUITER, DeskRole.STEWARD)
READERS = (*WRITERS, DeskRole.TEAM_LEAD)


def require_writer(caller: access.Caller, *, organisation: int) -> None:
    """Let a recruiter or steward of the organisation pass, the programme office and the operator."""
    _require(caller, WRITERS, organisation)


def require_reader(caller: access.Caller, *, organisation: int) -> None:
    """As :func:`require_writer`, and the organisation's team lead."""
    _require(caller, READERS, organisation)


def reads(caller: access.Caller, *, organisation: int) -> bool:
    """True when the caller would pass :func:`require_reader`."""
    return _passes(caller, READERS, organisation)


def writes(caller: access.Caller, *, organisation: int) -> bool:
    """True when the caller would pass :func:`require_writer`."""
    return _passes(caller, WRITERS, organisation)


def seated(caller: access.Caller, *, organisation: int) -> bool:
    """True for everyone to whom :func:`require_reader` would at most say: use your second factor."""
    return caller.operator or caller.sits_at(DeskRole.OFFICE) or caller.sits_at(*READERS, organisation=organisation)


def _passes(caller: access.Caller, roles: tuple[DeskRole, ...], organisation: int) -> bool:
    known = caller.sits_at(DeskRole.OFFICE) or caller.sits_at(*roles, organisation=organisation)
    return caller.operator or (known and caller.strong)


def _require(caller: access.Caller, roles: tuple[DeskRole, ...], organisation: int) -> None:
    office = caller.sits_at(DeskRole.OFFICE)
    desks = (DeskRole.OFFICE,) if office else roles
    access.require_desk(caller, *desks, organisation=None if office else organisation)
