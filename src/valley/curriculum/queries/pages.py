"""Which programmes are there, which version does which cohort follow, and what does a version say?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from valley.curriculum import snapshots as stored
from valley.curriculum.models import Approval, Cohort, Depth, Programme, ProgrammeVersion, VersionState
from valley.curriculum.queries import rights
from valley.curriculum.queries import shapes as out
from valley.dossiers import queries as dossiers
from valley.foundation import clock, organisations
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.foundation.problems import NotFound
from valley.skills import queries as skills


def programmes(caller: Caller) -> tuple[out.ProgrammeLine, ...]:
    """The programmes with something the caller may read, by key. Two queries and one for the approvals asked."""
    rows = Programme.objects.select_related("organisation", "dossier").prefetch_related("versions", "cohorts")
    asked = set(rights.asked_of(caller).values_list("version", flat=True))
    waiting = rights.waiting_for(caller)
    lines = (_line(caller, row, asked, waiting) for row in rows.order_by("key"))
    return tuple(line for line in lines if line is not None)


def _line(caller: Caller, row: Programme, asked: set[int], waiting: set[int]) -> out.ProgrammeLine | None:
    inside = rights.reads_drafts(caller, organisation=row.organisation_id)
    published = [one for one in row.versions.all() if one.state == VersionState.PUBLISHED]
    drafts = [one for one in row.versions.all() if one.state != VersionState.PUBLISHED and (inside or one.pk in asked)]
    if not (inside or published or drafts):
        return None
    latest = max(published, key=lambda one: one.number, default=None)
    return out.ProgrammeLine(
        key=row.key,
        name=_named(row, caller),
        organisation=row.organisation.name,
        dossier=row.dossier.code if row.dossier else "",
        latest=latest.number if latest else None,
        from_on=latest.from_on if latest else None,
        draft=max((one.number for one in drafts), default=None),
        cohorts=len(row.cohorts.all()),
        asked=any(one.pk in waiting for one in drafts),
    )


def _named(row: Programme, caller: Caller) -> str:
    return (row.name_en or row.name_nl) if caller.language == "en" else row.name_nl


def programme(caller: Caller, *, key: str) -> out.ProgrammePage:
    """One programme; :class:`NotFound` also when there is only a draft that the caller may not read."""
    row = rights.programme_row(key)
    asked = set(rights.asked_of(caller).values_list("version", flat=True))
    inside = rights.reads_drafts(caller, organisation=row.organisation_id)
    everything = list(row.versions.select_related("programme").order_by("-number"))
    versions = [one for one in everything if inside or one.state == VersionState.PUBLISHED or one.pk in asked]
    if not (inside or versions):
        raise NotFound(expected=_("the key of a programme"), found=key[:60], next_step=_("Choose one from the list."))
    cohorts = cohort_lines(row.cohorts.all(), everything, caller)
    dossier = dossiers.dossier_lines(caller, ids=[row.dossier_id]).get(row.dossier_id) if row.dossier_id else None
    return out.ProgrammePage(
        key=row.key,
        name=_named(row, caller),
        organisation=row.organisation.name,
        dossier=dossier.code if dossier else "",
        dossier_name=dossier.name if dossier else "",
        may_change=rights.writes(caller, organisation=row.organisation_id),
        versions=tuple(
            out.VersionLine(
                ref=f"{key}@{one.number}", number=one.number, state=one.state, why=one.why, from_on=one.from_on,
                state_words=str(VersionState(one.state).label),
                cohorts=tuple(cohort.name for cohort in cohorts if cohort.version == one.number),
            )
            for one in versions
        ),
        cohorts=cohorts,
    )  # fmt: skip


def in_force(versions: Iterable[ProgrammeVersion], cohort: Cohort) -> ProgrammeVersion | None:
    """The version a cohort keeps, or else the published one in force on its first day; None when there is none."""
    if cohort.version_id is not None:
        return next((one for one in versions if one.pk == cohort.version_id), None)
    fitting = [one for one in versions if one.from_on is not None and one.from_on <= cohort.starts_on]
    published = [one for one in fitting if one.state == VersionState.PUBLISHED]
    return max(published, key=lambda one: (one.from_on, one.number), default=None)


def cohort_lines(
    cohorts: Iterable[Cohort], versions: Sequence[ProgrammeVersion], caller: Caller
) -> tuple[out.CohortLine, ...]:
    """Cohorts by first day, each with the version it keeps or is foreseen to start with."""
    today = clock.today(caller.at)
    lines: list[out.CohortLine] = []
    for row in sorted(cohorts, key=lambda one: (one.starts_on, one.name)):
        follows = in_force(versions, row)
        lines.append(
            out.CohortLine(
                row.pk, row.name, row.starts_on, row.ends_on, started=row.starts_on <= today,
                kept=row.version_id is not None, version=follows.number if follows else None,
            )
        )  # fmt: skip
    return tuple(lines)


def version(caller: Caller, *, ref: str) -> out.VersionPage:
    """The version ``KEY@N``, whole; :class:`NotFound` for a draft that is not the caller's. A dozen queries."""
    row = rights.readable_version(caller, ref=ref)
    owner, taught = row.programme, stored.version(row.pk)
    may_change = rights.writes(caller, organisation=owner.organisation_id)
    inside = rights.reads_drafts(caller, organisation=owner.organisation_id)
    asked = rights.asked_of(caller).filter(version=row).exists()
    versions = list(owner.versions.all())
    lines = cohort_lines(owner.cohorts.all(), versions, caller)
    return out.VersionPage(
        programme=owner.key,
        name=_named(owner, caller),
        organisation=owner.organisation.name,
        dossier=owner.dossier.code if owner.dossier else "",
        ref=f"{owner.key}@{row.number}",
        number=row.number,
        state=row.state,
        state_words=str(VersionState(row.state).label),
        why=row.why,
        from_on=row.from_on,
        made_on=clock.today(row.made_at),
        published_on=clock.today(row.published_at) if row.published_at else None,
        based_on=f"{owner.key}@{row.based_on.number}" if row.based_on else "",
        core_run=row.core.run_id if row.core and inside else None,
        may_change=may_change and row.state != VersionState.PUBLISHED,
        may_publish=may_change and row.state == VersionState.APPROVED,
        version=row.version,
        guided_hours=taught.guided_hours,
        practice_hours=taught.practice_hours,
        units=_units(caller, taught, owner.dossier_id),
        # Who said what about a draft is for those who work on it; the public sees what came of it.
        approvals=approval_lines(caller, row) if inside or asked else (),
        cohorts=tuple(line for line in lines if line.version == row.number),
    )


def _units(caller: Caller, taught: stored.programme.Version, dossier: int | None) -> tuple[out.UnitLine, ...]:
    labels = skills.labels(taught.taught(), caller.language)
    levels = {level.number: level.label for level in skills.levels(caller.language)}
    names = names_by_process(caller, dossier=dossier)

    def outcome(one: stored.programme.Outcome) -> out.OutcomeLine:
        lines = (out.TaughtLine(c, labels.get(c, str(c)), level, levels[level]) for c, level in one.competences)
        return out.OutcomeLine(
            one.code, spoken(one.text_nl, one.text_en, caller), one.text_nl, one.text_en, one.depth,
            str(Depth(one.depth).label), tuple(sorted(lines, key=lambda line: line.label.casefold())),
            tuple(out.CodeName(code, names.get(code, "")) for code in one.work_processes),
        )  # fmt: skip

    return tuple(
        out.UnitLine(
            unit.code, spoken(unit.title_nl, unit.title_en, caller), unit.title_nl, unit.title_en, unit.guided_hours,
            unit.practice_hours, unit.place, tuple(outcome(one) for one in taught.within(unit.code)),
        )
        for unit in taught.units
    )  # fmt: skip


def spoken(dutch: str, english: str, caller: Caller) -> str:
    """The text in the caller's language, or in the one that there is."""
    return (english or dutch) if caller.language == "en" else (dutch or english)


def ids_by_process(dossier: int | None, caller: Caller) -> dict[str, int]:
    """Ids of the work processes of a dossier by code, in the order of the codes; empty without a dossier."""
    line = dossiers.dossier_lines(caller, ids=[dossier]).get(dossier) if dossier else None
    if line is None:
        return {}
    found = dossiers.work_process_ids(line.code, on=line.valid_from_on)
    return {code: pk for code, pk in sorted(found.items()) if "/" not in code}


def names_by_process(caller: Caller, *, dossier: int | None) -> dict[str, str]:
    """Names of the work processes of a dossier by code, in the caller's language."""
    ids = ids_by_process(dossier, caller)
    names = dossiers.work_process_names(caller, ids=ids.values())
    return {code: names[pk].name for code, pk in ids.items() if pk in names}


def approval_lines(caller: Caller, row: ProgrammeVersion) -> tuple[out.ApprovalLine, ...]:
    """The approval trail of a version, newest round first, by day within it."""
    rows = sorted(row.approvals.all(), key=lambda one: (-one.asked_at.timestamp(), one.due_on, one.step))
    names, today = organisations.names([one.organisation_id for one in rows]), clock.today(caller.at)
    mine, current = set(rights.asked_of(caller).values_list("pk", flat=True)), {one.pk for one in current_round(row)}
    return tuple(
        out.ApprovalLine(
            id=one.pk, step=one.step, step_words=str(one.get_step_display()), desk=one.desk,
            desk_words=str(DeskRole(one.desk).label), organisation=names[one.organisation_id],
            asked_on=clock.today(one.asked_at), due_on=one.due_on, verdict=one.verdict, words=one.words,
            decided_on=clock.today(one.decided_at) if one.decided_at else None,
            late=_late(one, today, waits=one.pk in current),
            open=one.pk in current and not one.verdict,
            mine=one.pk in mine and one.pk in current and not one.verdict,
        )
        for one in rows
    )  # fmt: skip


def _late(row: Approval, today: date, *, waits: bool) -> bool:
    """Answered after the day, or still waiting after it; a question of an earlier round waits no more."""
    answered = clock.today(row.decided_at) if row.decided_at else today if waits else row.due_on
    return answered > row.due_on


def current_round(row: ProgrammeVersion) -> list[Approval]:
    """The approvals that count now: those asked last, unless the version was edited since (then it is a draft)."""
    if row.state not in (VersionState.REVIEW, VersionState.APPROVED, VersionState.PUBLISHED):
        return []
    rows = list(row.approvals.all())
    last = max((one.asked_at for one in rows), default=None)
    return [one for one in rows if one.asked_at == last]


def dossier_of(key: str) -> int | None:
    """The id of the dossier that a programme is measured by."""
    return rights.programme_row(key).dossier_id
