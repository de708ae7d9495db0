"""Which version does a group of learners follow? The one in force on its first day, from then on for good."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from valley.curriculum.actions.storing import ProgrammeRefused
from valley.curriculum.models import Cohort, Programme
from valley.curriculum.queries import pages, rights
from valley.curriculum.queries.shapes import CohortLine
from valley.foundation import audit, clock
from valley.foundation.access import Caller
from valley.foundation.problems import Conflict, NotFound


def plan_cohort(caller: Caller, *, programme: str, name: str, starts_on: date, ends_on: date) -> CohortLine:
    """Plan a cohort from today on; it takes its version when it starts."""
    owner = rights.programme_row(programme)
    rights.require_writer(caller, organisation=owner.organisation_id)
    clean = " ".join(name.split())
    if not clean or len(clean) > 80 or not clean.isprintable():
        raise _refused(_("a name of 1 to 80 readable characters"), name[:40] or _("nothing"))
    _require_days(caller, starts_on, ends_on)
    with transaction.atomic():
        if Cohort.objects.filter(programme=owner, name=clean).exists():
            raise Conflict(expected=_("a new name"), found=clean, next_step=_("Choose another name for this cohort."))
        row = Cohort.objects.create(programme=owner, name=clean, starts_on=starts_on, ends_on=ends_on)
        audit.record(
            caller, verb="curriculum.plan_cohort", subject=("cohort", str(row.pk)), fields=["name", "starts_on"]
        )
    return _line(caller, row)


def move_cohort(caller: Caller, *, cohort: int, starts_on: date, ends_on: date) -> CohortLine:
    """Give a cohort that did not start yet other days; afterwards it is refused."""
    with transaction.atomic():
        row = _locked(caller, cohort)
        if row.version_id is not None or row.starts_on <= clock.today(caller.at):
            raise _refused(_("a cohort that did not start yet"), row.name)
        _require_days(caller, starts_on, ends_on)
        row.starts_on, row.ends_on = starts_on, ends_on
        row.save()
        audit.record(
            caller, verb="curriculum.move_cohort", subject=("cohort", str(row.pk)), fields=["starts_on", "ends_on"]
        )
    return _line(caller, row)


def start_cohort(caller: Caller, *, cohort: int) -> CohortLine:
    """Let a cohort keep the version in force on its first day. From that day on; twice changes nothing."""
    with transaction.atomic():
        row = _locked(caller, cohort)
        if row.starts_on > clock.today(caller.at):
            raise _refused(_("a cohort whose first day has come"), str(row.starts_on))
        if row.version_id is None and not _keep(row):
            raise _refused(_("a version in force on %(day)s") % {"day": row.starts_on}, _("none"))
        audit.record(caller, verb="curriculum.start_cohort", subject=("cohort", str(row.pk)), fields=["version"])
    return _line(caller, row)


def keep_running(programme: Programme, caller: Caller) -> None:
    """Before a version is published, every cohort that runs keeps the one it started with."""
    for row in programme.cohorts.filter(version=None, starts_on__lte=clock.today(caller.at)):
        _keep(row)


def _keep(row: Cohort) -> bool:
    row.version = pages.in_force(row.programme.versions.all(), row)
    row.save()
    return row.version is not None


def _locked(caller: Caller, cohort: int) -> Cohort:
    row = Cohort.objects.select_for_update(of=("self",)).select_related("programme").filter(pk=cohort).first()
    if row is None or not rights.writes(caller, organisation=row.programme.organisation_id):
        raise NotFound(expected=_("a cohort of your school"), found=cohort, next_step=_("Choose one from the list."))
    return row


def _require_days(caller: Caller, starts_on: date, ends_on: date) -> None:
    if starts_on < clock.today(caller.at):
        raise _refused(_("a first day from today on"), str(starts_on))
    if ends_on <= starts_on:
        raise _refused(_("a last day after the first"), str(ends_on))


def _refused(expected: str, found: str) -> ProgrammeRefused:
    return ProgrammeRefused(expected=expected, found=found, next_step=_("Correct it and try again."))


def _line(caller: Caller, row: Cohort) -> CohortLine:
    return pages.cohort_lines([row], list(row.programme.versions.all()), caller)[0]
