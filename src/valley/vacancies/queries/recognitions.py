"""Which employers are recognised training companies, for which dossier, until when, and where does that run out?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from valley.core.vacancies import periods
from valley.dossiers import queries as dossiers
from valley.foundation import access, clock, organisations
from valley.foundation.models import DeskRole, OrganisationKind
from valley.foundation.problems import NotFound
from valley.vacancies.models import OpeningPractice, Recognition
from valley.vacancies.queries.shapes import RecognitionDesk, RecognitionLine, StatusWarning
from valley.work import desks
from valley.work import snapshots as work

LONGEST_MONTHS = 36
"""So long a job without an end is looked at: the nominal length of a level 4 programme (product: relay of three)."""


def training_companies(caller: access.Caller, *, dossier: str = "") -> tuple[RecognitionLine, ...]:
    """Every recognition that the office looked up and that is not over, by employer, dossier and day. Public."""
    on = clock.today(caller.at)
    rows = standing().filter(checked_on__isnull=False)
    rows = rows.filter(dossier_code=dossier) if dossier else rows
    return tuple(one for one in _lines(caller, rows) if one.until_on is None or one.until_on > on)


def recognitions_of(
    caller: access.Caller, *, organisation: int, names: Mapping[str, str] | None = None
) -> tuple[RecognitionLine, ...]:
    """The recognitions of one employer. Its own desk also reads those not looked up yet and those that are over.

    ``names`` are those of dossiers, when the caller has them already.
    """
    rows = standing().filter(organisation=organisation)
    if desks.reads(caller, organisation=organisation):
        return _lines(caller, rows, names)
    on = clock.today(caller.at)
    lines = _lines(caller, rows.filter(checked_on__isnull=False), names)
    return tuple(one for one in lines if one.until_on is None or one.until_on > on)


def recognition_desk(caller: access.Caller, *, organisation: int) -> RecognitionDesk:
    """The recognitions of one employer, where they run out, and what the caller may do about it. For its desk.

    :class:`NotFound` for an organisation that is no employer: it trains nobody in a job.
    """
    desks.require_reader(caller, organisation=organisation)
    partner = organisations.partner(id=organisation)
    if partner.kind != OrganisationKind.EMPLOYER:
        raise NotFound(expected=_("an employer"), found=partner.slug, next_step=_("Choose an employer."))
    names = dossier_names(caller)
    looks_up = caller.operator or caller.sits_at(DeskRole.OFFICE)
    return RecognitionDesk(
        lines=recognitions_of(caller, organisation=organisation, names=names),
        warnings=status_warnings(caller, organisation=organisation),
        dossiers=tuple(sorted(names.items(), key=lambda pair: (pair[1], pair[0]))),
        may_state=looks_up or caller.sits_at(DeskRole.STEWARD, organisation=organisation),
        may_check=looks_up,
    )


def status_warnings(caller: access.Caller, *, organisation: int) -> tuple[StatusWarning, ...]:
    """Openings of an employer (open, or drafts) whose recognition does not cover the whole job. For its desk."""
    desks.require_reader(caller, organisation=organisation)
    return tuple(
        warning
        for warnings in warnings_of(caller, jobs=work.jobs(clock.today(caller.at), organisation=organisation)).values()
        for warning in warnings
    )


def warnings_of(caller: access.Caller, *, jobs: Iterable[work.Job]) -> dict[int, tuple[StatusWarning, ...]]:
    """The warnings of these openings, by id; those without are left out. Three questions, however many there are."""
    by_id = {job.opening: job for job in jobs}
    taught: dict[int, set[str]] = defaultdict(set)
    asked = OpeningPractice.objects.filter(opening__in=by_id) if len(by_id) < 500 else OpeningPractice.objects.all()
    for opening, dossier in asked.order_by("opening", "dossier_code").values_list("opening_id", "dossier_code"):
        if opening in by_id:
            taught[opening].add(dossier)
    covered = checked_periods(organisations_of={job.organisation for job in by_id.values()})
    names = dossier_names(caller)
    found = {
        opening: tuple(
            warning
            for code in sorted(codes)
            for warning in _warnings(by_id[opening], code, covered.get((by_id[opening].organisation, code), ()), names)
        )
        for opening, codes in sorted(taught.items())
    }
    return {opening: warnings for opening, warnings in found.items() if warnings}


def checked_periods(
    *, organisations_of: Iterable[int] | None = None, dossier: str = ""
) -> dict[tuple[int, str], tuple[periods.Period, ...]]:
    """Periods that the office looked up, by (organisation, dossier), in order of days. One question."""
    rows = standing().filter(checked_on__isnull=False)
    if organisations_of is not None:
        rows = rows.filter(organisation__in=set(organisations_of))
    if dossier:
        rows = rows.filter(dossier_code=dossier)
    found: dict[tuple[int, str], list[periods.Period]] = defaultdict(list)
    for row in rows.order_by("from_on").values_list("organisation_id", "dossier_code", "from_on", "until_on"):
        found[row[0], row[1]].append((row[2], row[3]))
    return {pair: tuple(spans) for pair, spans in found.items()}


def standing() -> QuerySet[Recognition]:
    """Recognitions that were not replaced by a later statement."""
    return Recognition.objects.filter(replaced_at__isnull=True)


def dossier_names(caller: access.Caller) -> dict[str, str]:
    """Names of dossiers by code, of the version that holds or else the newest. Two questions."""
    lines = sorted(dossiers.dossiers(caller), key=lambda line: (line.in_force, line.valid_from_on))
    return {line.code: line.name for line in lines}


def _warnings(
    job: work.Job, code: str, covered: tuple[periods.Period, ...], names: Mapping[str, str]
) -> Iterable[StatusWarning]:
    starts = job.starts_from_on
    ends = periods.last_day(job.starts_until_on, job.months or LONGEST_MONTHS)
    gap = periods.first_gap(covered, starts_on=starts, ends_on=ends)
    if gap is not None:
        kind = "none" if not covered else "late" if gap == starts else "ends"
        yield StatusWarning(job.slug, job.title, code, names.get(code, code), kind, gap)


def _lines(
    caller: access.Caller, rows: QuerySet[Recognition], names: Mapping[str, str] | None = None
) -> tuple[RecognitionLine, ...]:
    found = list(rows.order_by("organisation__name", "dossier_code", "from_on", "pk").select_related("organisation"))
    names, on = dossier_names(caller) if names is None else names, clock.today(caller.at)
    return tuple(
        RecognitionLine(
            id=row.pk,
            organisation=row.organisation_id,
            organisation_slug=row.organisation.slug,
            organisation_name=row.organisation.name,
            dossier=row.dossier_code,
            dossier_name=names.get(row.dossier_code, row.dossier_code),
            from_on=row.from_on,
            until_on=row.until_on,
            source=row.source,
            checked_on=row.checked_on,
            state=_state(row, on),
        )
        for row in found
    )


def _state(row: Recognition, on: date) -> str:
    if row.until_on is not None and row.until_on <= on:
        return "ended"
    if row.checked_on is None:
        return "unchecked"
    return "future" if row.from_on > on else "current"


def state_words(state: str) -> str:
    """The state of a recognition, in words."""
    words = {
        "unchecked": _("said by the employer, not checked yet"),
        "future": _("from a later day"),
        "current": _("holds today"),
        "ended": _("over"),
    }
    return words.get(state, state)
