"""Who may read a draft, who may change a programme, and whose evidence may stand beside it?

A published version is for everyone. A draft is for the designers and coaches of its school, the programme office, and
the desks that are asked to approve it.
"""

from __future__ import annotations

import re

from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from valley.curriculum.models import Approval, Programme, ProgrammeVersion, VersionState
from valley.foundation import access
from valley.foundation.models import DeskRole
from valley.foundation.problems import NotFound

OWN_EVIDENCE = (DeskRole.RECRUITER, DeskRole.TEAM_LEAD, DeskRole.STEWARD)
_REF = re.compile(r"([-a-zA-Z0-9_]{1,60})@([1-9]\d{0,5})")


def require_writer(caller: access.Caller, *, organisation: int) -> None:
    """Let a designer of the school pass, the programme office and the operator."""
    office = caller.sits_at(DeskRole.OFFICE)
    desk = DeskRole.OFFICE if office else DeskRole.DESIGNER
    access.require_desk(caller, desk, organisation=None if office else organisation)


def writes(caller: access.Caller, *, organisation: int) -> bool:
    """True when the caller would pass :func:`require_writer`."""
    seated = caller.sits_at(DeskRole.OFFICE) or caller.sits_at(DeskRole.DESIGNER, organisation=organisation)
    return caller.operator or (seated and caller.strong)


def reads_drafts(caller: access.Caller, *, organisation: int) -> bool:
    """True for the desks of the school that work on the programme, the programme office and the operator."""
    school = caller.sits_at(DeskRole.DESIGNER, DeskRole.COACH, organisation=organisation)
    return caller.operator or ((school or caller.sits_at(DeskRole.OFFICE)) and caller.strong)


def reads_everyones_evidence(caller: access.Caller) -> bool:
    """True for who may see what each employer asks; the others see their own at most."""
    return caller.operator or (caller.sits_at(DeskRole.DESIGNER, DeskRole.OFFICE) and caller.strong)


def opens_coverage(caller: access.Caller) -> bool:
    """True for a desk to which the page of coverage has something to show; a second factor may still be asked there."""
    return caller.operator or caller.sits_at(DeskRole.DESIGNER, DeskRole.OFFICE, *OWN_EVIDENCE)


def asked_of(caller: access.Caller) -> QuerySet[Approval]:
    """The approvals that the caller's desks were asked for."""
    if not caller.strong or not caller.desks:
        return Approval.objects.none()
    found = Approval.objects.none()
    for desk in caller.desks:
        found = found | Approval.objects.filter(desk=desk.role, organisation=desk.organisation)
    return found


def waiting_for(caller: access.Caller) -> set[int]:
    """The versions about which a desk of the caller is asked in this round, and did not answer yet."""
    rows = asked_of(caller).filter(verdict="", version__state=VersionState.REVIEW)
    newest = rows.annotate(newest=Max("version__approvals__asked_at")).filter(asked_at=F("newest"))
    return set(newest.values_list("version", flat=True))


def programme_row(key: str) -> Programme:
    """The programme with this key, or :class:`NotFound`."""
    row = Programme.objects.select_related("organisation", "dossier").filter(key=key).first()
    if row is None:
        raise NotFound(
            expected=_("the key of a programme"), found=key[:60] or "-", next_step=_("Choose one from the list.")
        )
    return row


def readable_version(caller: access.Caller, *, ref: str) -> ProgrammeVersion:
    """The version ``KEY@N`` when the caller may read it; otherwise :class:`NotFound`, as if it were not there."""
    found = _REF.fullmatch(ref)
    rows = ProgrammeVersion.objects.select_related("programme__organisation", "programme__dossier", "based_on")
    row = rows.filter(programme__key=found[1], number=int(found[2])).first() if found else None
    if row is None or not may_read(caller, row):
        raise NotFound(
            expected=_("a version that you may read, written as KEY@1"),
            found=ref[:70] or "-",
            next_step=_("Choose one from the page of the programme."),
        )
    return row


def may_read(caller: access.Caller, row: ProgrammeVersion) -> bool:
    """True for a published version, and for a draft as the module says."""
    if row.state == VersionState.PUBLISHED or reads_drafts(caller, organisation=row.programme.organisation_id):
        return True
    return asked_of(caller).filter(version=row).exists()
