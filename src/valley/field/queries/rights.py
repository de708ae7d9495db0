"""Who announces, who asks to look in, who agrees, and who reads what of the field window?

A desk counts at the kind of organisation it belongs to only: a steward of an employer who seats a coach there opens no
school. A change is announced to the schools under the employer's name; other employers read it when it is open to them,
under the name that employer allows. A look-in and a placement are seen by their two parties and the programme office.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from valley.evidence import queries as evidence
from valley.foundation import access, organisations
from valley.foundation.models import DeskRole, OrganisationKind

EMPLOYER = (DeskRole.TEAM_LEAD, DeskRole.RECRUITER, DeskRole.STEWARD)
READERS = (*EMPLOYER, DeskRole.PRACTICAL_TRAINER)
SCHOOL = (DeskRole.DESIGNER, DeskRole.COACH)


def office(caller: access.Caller) -> bool:
    """True for the programme office and the operator."""
    return caller.operator or caller.sits_at(DeskRole.OFFICE)


def _at(caller: access.Caller, roles: tuple[DeskRole, ...], kind: OrganisationKind) -> frozenset[int]:
    return frozenset(one.organisation for one in caller.desks if one.role in roles and one.organisation_kind == kind)


def employers_of(caller: access.Caller) -> frozenset[int]:
    """The employers whose window the caller reads."""
    return _at(caller, READERS, OrganisationKind.EMPLOYER)


def announces_for(caller: access.Caller) -> frozenset[int]:
    """The employers for which the caller may announce, agree and approve."""
    return _at(caller, EMPLOYER, OrganisationKind.EMPLOYER)


def schools_of(caller: access.Caller) -> frozenset[int]:
    """The schools for which the caller may ask to look in."""
    return _at(caller, SCHOOL, OrganisationKind.SCHOOL)


def designs_for(caller: access.Caller) -> frozenset[int]:
    """The schools whose programmes the caller designs."""
    return _at(caller, (DeskRole.DESIGNER,), OrganisationKind.SCHOOL)


def steps_open(caller: access.Caller, *, school: int | None) -> tuple[str, ...]:
    """The steps the caller may set on a change, which is planned at ``school`` or not yet planned (None).

    A designer plans and sets aside, and tells of the regulator; who teaches may tell of the first lesson too.
    """
    found: list[str] = []
    if office(caller) or (school in designs_for(caller) if school else designs_for(caller)):
        found += ["planned", "set-aside", *(["sent", "allowed"] if school else [])]
    if school and (office(caller) or school in schools_of(caller)):
        found.append("taught")
    return tuple(found)


def reads_as_school(caller: access.Caller) -> bool:
    """True for who reads every announced change: designers, and coaches of a school."""
    return caller.sits_at(DeskRole.DESIGNER) or bool(schools_of(caller))


def require_reader(caller: access.Caller) -> None:
    """Let everyone pass who has a desk at this window, with a second factor."""
    if office(caller):
        access.require_desk(caller, DeskRole.OFFICE)
    elif employers_of(caller) or reads_as_school(caller):
        access.require_desk(caller, *READERS, *SCHOOL)
    else:
        access.require_signed_in(caller)
        raise _forbidden(_("a desk of an employer, a school or the programme office"))


def require_employer(caller: access.Caller, *, organisation: int, on_behalf: bool = False) -> None:
    """Let the team lead, recruiter and steward of this employer pass; the office too where it may speak for it."""
    if caller.operator or (on_behalf and caller.sits_at(DeskRole.OFFICE)):
        access.require_desk(caller, DeskRole.OFFICE)
        return
    access.require_desk(caller, *EMPLOYER, organisation=organisation)
    if organisation not in announces_for(caller):
        raise _forbidden(_("a desk of the employer itself"))


def require_school(caller: access.Caller, *, school: int) -> None:
    """Let a designer and a coach of this school pass."""
    access.require_desk(caller, *SCHOOL, organisation=school)
    if not caller.operator and school not in schools_of(caller):
        raise _forbidden(_("a desk of a school"))


def _forbidden(expected: str) -> access.Forbidden:
    found, step = _("another account"), _("Ask the steward of your organisation for this desk.")
    return access.Forbidden(expected=expected, found=found, next_step=step)


def names(caller: access.Caller, employers: Iterable[int]) -> dict[int, str]:
    """What the caller may call the employers behind changes: their name, for schools, the office and themselves."""
    wanted = set(employers)
    known = wanted if office(caller) or reads_as_school(caller) else wanted & employers_of(caller)
    found = organisations.names(known)
    others = wanted - known
    return found | (evidence.called(caller, others) if others else {})
