"""How does a teacher work along at an employer, and what did it change in the programme?"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from valley.field.actions import writing
from valley.field.actions.writing import Saved
from valley.field.models import TeacherPlacement
from valley.field.queries import rights, visits
from valley.foundation import access, clock
from valley.foundation.models import OrganisationKind


def ask_placement(
    caller: access.Caller, *, school: int, organisation: int, aim: str, starts_on: date, ends_on: date
) -> Saved:
    """Ask to work along oneself, from a day until a day (half-open). A designer or coach of the school."""
    rights.require_school(caller, school=school)
    writing.require_kind(school, OrganisationKind.SCHOOL, field="school")
    writing.require_kind(organisation, OrganisationKind.EMPLOYER, field="organisation")
    today = clock.today(caller.at)
    if not today <= starts_on < ends_on:
        expected = _("a first day from %(today)s, and a later last day") % {"today": today}
        raise writing.refuse("ends_on", expected, f"{starts_on} - {ends_on}")
    with transaction.atomic():
        row = TeacherPlacement(
            school_id=school, organisation_id=organisation, teacher=caller.pseudonym, starts_on=starts_on,
            ends_on=ends_on, aim=writing.words(aim, field="aim"), asked_at=caller.at,
        )  # fmt: skip
        return writing.recorded(caller, row, verb="ask_placement", fields=["aim", "starts_on", "ends_on"])


def agree_placement(caller: access.Caller, *, placement: int, version: int) -> Saved:
    """Let the teacher come. The employer's team lead, recruiter or steward."""
    return _turn(caller, placement, version, "agree", state="agreed")


def refuse_placement(caller: access.Caller, *, placement: int, version: int, reason: str) -> Saved:
    """Say no, with the reason."""
    return _turn(caller, placement, version, "refuse", state="refused", reason=writing.words(reason, field="reason"))


def finish_placement(caller: access.Caller, *, placement: int, version: int, outcome: str) -> Saved:
    """Say afterwards what it changed in the programme. The teacher, once it has begun."""
    said = writing.words(outcome, field="outcome", most=writing.PROSE)
    return _turn(caller, placement, version, "finish", state="done", outcome=said)


def _turn(caller: access.Caller, placement: int, version: int, act: str, **changed: str) -> Saved:
    with transaction.atomic():
        page = visits.placement(caller, id=placement)
        row = TeacherPlacement.objects.select_for_update().get(pk=page.id)
        if act == "finish":
            rights.require_school(caller, school=row.school_id)
        else:
            rights.require_employer(caller, organisation=row.organisation_id)
            row.decided_at = caller.at
        writing.require_version(row, version, changed=page.state_words)
        if act not in page.may:
            found = _("one that is: %(state)s") % {"state": page.state_words}
            raise writing.refuse("", _("a placement for which this is your next step"), found)
        for name, value in changed.items():
            setattr(row, name, value)
        return writing.saved(caller, row, verb=f"{act}_placement", fields=sorted(changed))
