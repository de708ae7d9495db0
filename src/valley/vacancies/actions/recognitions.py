"""How is an employer known as a recognised training company: who says so, who looks it up, and how does it end?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.core.vacancies import periods
from valley.dossiers import queries as dossiers
from valley.foundation import access, audit, clock, organisations
from valley.foundation.models import DeskRole, OrganisationKind
from valley.foundation.problems import Conflict, NotFound
from valley.vacancies.models import Recognition
from valley.work.drafts import one_of, unreadable

SOURCE = (3, 300)
LONGEST_YEARS = 60
"""A recognition holds some years; anything longer is a wrong year."""


class RecognitionRefused(ValleyError):
    """The recognition says something that is refused; ``facts["field"]`` names where."""

    code = "recognition-refused"


@dataclass(frozen=True, slots=True)
class RecognitionDraft:
    """An employer may train for a dossier from a day until, not including, a day; ``source``: where that is said."""

    organisation: int
    dossier: str
    from_on: date
    until_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class SavedRecognition:
    """A recognition as it was stored; ``checked_on`` is None until the programme office looked it up."""

    id: int
    organisation: int
    dossier: str
    from_on: date
    until_on: date | None
    checked_on: date | None


def recognise(caller: access.Caller, *, draft: RecognitionDraft) -> SavedRecognition:
    """State that an employer is a recognised training company.

    Its steward says so and the programme office looks it up: stated by the office or the operator it is checked at
    once. Raises :class:`RecognitionRefused` for days in the wrong order, an unknown dossier or no source, and
    :class:`Conflict` when a standing recognition for the dossier shares a day with it.
    """
    require_speaker(caller, organisation=draft.organisation)
    _require_fitting(caller, draft)
    with transaction.atomic():
        _record(caller, "vacancies.recognise", draft.organisation)
        _require_free(draft)
        row = _stated(caller, draft, checked_on=clock.today(caller.at) if _looks_up(caller) else None)
    return _saved(row)


def check_recognition(caller: access.Caller, *, recognition: int) -> SavedRecognition:
    """The programme office looked it up and it is so, today. Learners' routes count on it from now on."""
    access.require_desk(caller, DeskRole.OFFICE)
    with transaction.atomic():
        row = _standing(recognition)
        _record(caller, "vacancies.check_recognition", row.organisation_id)
        again = _replaced(caller, row, until_on=row.until_on, checked_on=clock.today(caller.at))
    return _saved(again)


def end_recognition(caller: access.Caller, *, recognition: int, until_on: date) -> SavedRecognition:
    """It ends (or ended) on a day: its steward, the office or the operator. What was known before stays on record.

    ``until_on`` must lie after its first day. The end holds at once, also when only the employer said so: nobody
    should plan on a recognition its holder calls over. A later end than stood there waits for the office again.
    """
    if not caller.operator:
        access.require_signed_in(caller)
    with transaction.atomic():
        row = _standing(recognition)
        require_speaker(caller, organisation=row.organisation_id)
        if until_on <= row.from_on:
            raise _wrong_order("until_on", row.from_on, until_on)
        _record(caller, "vacancies.end_recognition", row.organisation_id)
        draft = RecognitionDraft(row.organisation_id, row.dossier_code, row.from_on, until_on, row.source)
        _require_free(draft, but=row.pk)
        longer = row.until_on is not None and until_on > row.until_on
        checked = clock.today(caller.at) if _looks_up(caller) else None if longer else row.checked_on
        again = _replaced(caller, row, until_on=until_on, checked_on=checked)
    return _saved(again)


def require_speaker(caller: access.Caller, *, organisation: int) -> None:
    """Let the organisation's steward pass, the programme office and the operator."""
    office = caller.sits_at(DeskRole.OFFICE)
    role = DeskRole.OFFICE if office else DeskRole.STEWARD
    access.require_desk(caller, role, organisation=None if office else organisation)


def _looks_up(caller: access.Caller) -> bool:
    return caller.operator or caller.sits_at(DeskRole.OFFICE)


def _require_fitting(caller: access.Caller, draft: RecognitionDraft) -> None:
    partner = organisations.partner(id=draft.organisation)
    if partner.kind != OrganisationKind.EMPLOYER:
        step = _("Choose an employer.")
        raise RecognitionRefused(expected=_("an employer"), found=partner.name, next_step=step, field="organisation")
    codes = {line.code for line in dossiers.dossiers(caller)}
    if draft.dossier not in codes:
        raise RecognitionRefused(
            expected=_("the code of a dossier that was imported"),
            found=draft.dossier or _("nothing"),
            next_step=one_of(codes, close_to=draft.dossier),
            field="dossier",
        )
    if draft.until_on is not None and draft.until_on <= draft.from_on:
        raise _wrong_order("until_on", draft.from_on, draft.until_on)
    today = clock.today(caller.at)
    for field, day in (("from_on", draft.from_on), ("until_on", draft.until_on)):
        if day is not None and abs(day.year - today.year) > LONGEST_YEARS:
            raise RecognitionRefused(
                expected=_("a day within %(years)s years of today") % {"years": LONGEST_YEARS},
                found=day.isoformat(),
                next_step=_("Correct the year."),
                field=field,
            )
    _require_source(draft.source)


def _require_source(source: str) -> None:
    if not SOURCE[0] <= len(source.strip()) <= SOURCE[1] or unreadable(source, allowed=""):
        raise RecognitionRefused(
            expected=_("where the recognition can be looked up, in %(least)s to %(most)s readable characters")
            % {"least": SOURCE[0], "most": SOURCE[1]},
            found=_("%(count)s characters") % {"count": len(source.strip())},
            next_step=_("Name the register and the day, such as “SBB register, 1 October 2026”."),
            field="source",
        )


def _wrong_order(field: str, first: date, found: date) -> RecognitionRefused:
    return RecognitionRefused(
        expected=_("a day after %(day)s") % {"day": first.isoformat()},
        found=found.isoformat(),
        next_step=_("The recognition holds from the first day and before the second."),
        field=field,
    )


def _require_free(draft: RecognitionDraft, *, but: int | None = None) -> None:
    """Refuse a day that two standing recognitions would share. After the audit line, where writers queue."""
    rows = Recognition.objects.filter(
        organisation=draft.organisation, dossier_code=draft.dossier, replaced_at__isnull=True
    )
    spans = list(rows.exclude(pk=but).values_list("from_on", "until_on"))
    shared = periods.overlapping(spans, begins=draft.from_on, ends=draft.until_on)
    if shared is not None:
        begins, ends = shared
        raise Conflict(
            expected=_("days that no other recognition for this dossier has"),
            found=f"{begins.isoformat()} - {ends.isoformat() if ends else ''}".strip(),
            next_step=_("End that recognition first, or begin on the day it ends."),
            field="from_on",
        )


def _standing(recognition: int) -> Recognition:
    row = Recognition.objects.select_for_update().filter(pk=recognition, replaced_at__isnull=True).first()
    if row is None:
        step = _("Open the list again: it may have been replaced.")
        raise NotFound(expected=_("a recognition that stands"), found=recognition, next_step=step)
    return row


def _stated(caller: access.Caller, draft: RecognitionDraft, *, checked_on: date | None) -> Recognition:
    return Recognition.objects.create(
        organisation_id=draft.organisation,
        dossier_code=draft.dossier,
        from_on=draft.from_on,
        until_on=draft.until_on,
        source=draft.source.strip(),
        checked_on=checked_on,
        stated_at=caller.at,
    )


def _replaced(
    caller: access.Caller, row: Recognition, *, until_on: date | None, checked_on: date | None
) -> Recognition:
    row.replaced_at = caller.at
    row.save(update_fields=["replaced_at"])
    draft = RecognitionDraft(row.organisation_id, row.dossier_code, row.from_on, until_on, row.source)
    return _stated(caller, draft, checked_on=checked_on)


def _record(caller: access.Caller, verb: str, organisation: int) -> None:
    subject = ("organisation", str(organisation))
    audit.record(caller, verb=verb, subject=subject, fields=["from_on", "until_on", "checked_on"])


def _saved(row: Recognition) -> SavedRecognition:
    return SavedRecognition(row.pk, row.organisation_id, row.dossier_code, row.from_on, row.until_on, row.checked_on)
