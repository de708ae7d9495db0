"""Which look-ins and placements are there for this caller, and how much of each may it see today?

The two parties see them, and the programme office without the notes until they are approved. After the agreed last day
the school sees nothing of the employer any more but the approved notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from valley.dossiers import queries as dossiers
from valley.field.models import LookIn, TeacherPlacement
from valley.field.queries import rights
from valley.foundation import access, clock, organisations
from valley.foundation.models import DeskRole
from valley.foundation.problems import NotFound
from valley.skills import queries as skills

Processes = dict[int, dossiers.ProcessName]
STEPS_OF: dict[str, dict[str, tuple[str, ...]]] = {
    "employer": {"asked": ("agree", "refuse"), "noted": ("approve", "return"), "agreed": ("cancel",)},
    "school": {"asked": ("cancel",), "agreed": ("note", "cancel"), "returned": ("note", "cancel")},
}
"""What each party may do in each state; every other state is an end."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One line of the form: the work process, what was seen, and the competence and level when they were named."""

    work_process: int
    work_process_words: str
    seen: str
    competence: int | None
    competence_words: str
    level: int | None


@dataclass(frozen=True, slots=True)
class LookInPage:
    """A look-in as this caller may see it; ``closed`` after the last day of access, for the school."""

    id: int
    organisation: int
    employer: str
    school: str
    change: int | None
    change_title: str
    question: str
    wanted_on: date
    agreed_on: date | None
    access_until_on: date | None
    terms: str
    state: str
    state_words: str
    reason: str
    notes: tuple[NoteLine, ...]
    pieces: tuple[int, ...]
    closed: bool
    may: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class PlacementPage:
    """A teacher who works along; ``mine`` when it is the caller."""

    id: int
    organisation: int
    employer: str
    school: str
    mine: bool
    aim: str
    starts_on: date
    ends_on: date
    state: str
    state_words: str
    reason: str
    outcome: str
    may: tuple[str, ...]
    version: int


def look_ins(caller: access.Caller, *, limit: int = 100, offset: int = 0) -> tuple[LookInPage, ...]:
    """The look-ins of the caller's own school or employer, newest first; every one for the office."""
    rows = _mine(caller, LookIn.objects.select_related("change")).order_by("-asked_at", "-pk")
    return _pages(caller, list(rows[offset : offset + limit]))


def look_in(caller: access.Caller, *, id: int) -> LookInPage:
    """One look-in; `NotFound` when there is none, or not for this caller."""
    row = _mine(caller, LookIn.objects.select_related("change")).filter(pk=id).first()
    if row is None:
        raise NotFound(expected=_("a look-in of your own"), found=id, next_step=_("Choose one from the list."))
    return _pages(caller, [row])[0]


def placements(caller: access.Caller, *, limit: int = 100, offset: int = 0) -> tuple[PlacementPage, ...]:
    """The placements of teachers at the caller's own school or employer, newest first; every one for the office."""
    rows = list(_mine(caller, TeacherPlacement.objects.all()).order_by("-starts_on", "-pk")[offset : offset + limit])
    names = organisations.names(pk for row in rows for pk in (row.organisation_id, row.school_id))
    return tuple(_placement(caller, row, names) for row in rows)


def placement(caller: access.Caller, *, id: int) -> PlacementPage:
    """One placement; `NotFound` when there is none, or not for this caller."""
    row = _mine(caller, TeacherPlacement.objects.all()).filter(pk=id).first()
    if row is None:
        raise NotFound(expected=_("a placement of your own"), found=id, next_step=_("Choose one from the list."))
    return _placement(caller, row, organisations.names([row.organisation_id, row.school_id]))


def _mine(caller: access.Caller, rows: QuerySet) -> QuerySet:
    rights.require_reader(caller)
    if rights.office(caller):
        return rows
    return rows.filter(Q(organisation__in=rights.employers_of(caller)) | Q(school__in=rights.schools_of(caller)))


def _pages(caller: access.Caller, rows: Sequence[LookIn]) -> tuple[LookInPage, ...]:
    names = organisations.names(pk for row in rows for pk in (row.organisation_id, row.school_id))
    used = {line["work_process"] for row in rows for line in row.notes}
    processes = dossiers.work_process_names(caller, ids=used) if used else {}
    named = {line["competence"] for row in rows for line in row.notes if line["competence"]}
    labels = skills.labels(named, caller.language) if named else {}
    return tuple(_seen(caller, _page(caller, row, names), row, processes, labels) for row in rows)


def _page(caller: access.Caller, row: LookIn, names: dict[int, str]) -> LookInPage:
    return LookInPage(
        id=row.pk, organisation=row.organisation_id, employer=names[row.organisation_id], school=names[row.school_id],
        change=row.change_id, change_title=row.change.title if row.change else "", question=row.question,
        wanted_on=row.wanted_on, agreed_on=row.agreed_on, access_until_on=row.access_until_on, terms=row.terms,
        state=row.state, state_words=row.get_state_display(), reason=row.reason, notes=(),
        pieces=tuple(row.pieces) if _reads_evidence(caller) else (),
        closed=False, may=_steps(caller, row), version=row.version,
    )  # fmt: skip


def _reads_evidence(caller: access.Caller) -> bool:
    """A coach does not open the evidence: the notes are all there is to see."""
    return rights.office(caller) or caller.sits_at(DeskRole.DESIGNER) or bool(rights.announces_for(caller))


def _seen(
    caller: access.Caller, page: LookInPage, row: LookIn, processes: Processes, labels: dict[int, str]
) -> LookInPage:
    """The page with what this caller may see of it: the notes, and for a school whose access ended only those."""
    employer = caller.operator or row.organisation_id in rights.employers_of(caller)
    ended = row.access_until_on is not None and row.access_until_on < clock.today(caller.at)
    school = row.school_id in rights.schools_of(caller) and not employer
    if school and ended:
        may = tuple(one for one in page.may if one == "cancel")
        page = replace(page, terms="", reason="", agreed_on=None, closed=True, may=may)
    if row.state != "approved" and not employer and (ended or not school):
        return replace(page, reason="")
    return replace(page, notes=tuple(_line(line, processes, labels) for line in row.notes))


def _line(line: dict, processes: Processes, labels: dict[int, str]) -> NoteLine:
    process = processes.get(line["work_process"])
    words = f"{process.code} {process.name}" if process else ""
    label = labels.get(line["competence"] or 0, "")
    return NoteLine(line["work_process"], words, line["seen"], line["competence"], label, line["level"])


def _steps(caller: access.Caller, row: LookIn) -> tuple[str, ...]:
    if not caller.strong:
        return ()
    employer = caller.operator or row.organisation_id in rights.announces_for(caller)
    school = caller.operator or row.school_id in rights.schools_of(caller)
    found = STEPS_OF["employer"].get(row.state, ()) if employer else ()
    found += STEPS_OF["school"].get(row.state, ()) if school else ()
    return tuple(dict.fromkeys(found))


def _placement(caller: access.Caller, row: TeacherPlacement, names: dict[int, str]) -> PlacementPage:
    employer = caller.operator or row.organisation_id in rights.announces_for(caller)
    mine = caller.operator or (row.teacher == caller.pseudonym and row.school_id in rights.schools_of(caller))
    may = ("agree", "refuse") if employer and row.state == "asked" else ()
    may += ("finish",) if mine and row.state == "agreed" and row.starts_on <= clock.today(caller.at) else ()
    return PlacementPage(
        row.pk, row.organisation_id, names[row.organisation_id], names[row.school_id], row.teacher == caller.pseudonym,
        row.aim, row.starts_on, row.ends_on, row.state, row.get_state_display(), row.reason, row.outcome,
        may if caller.strong else (), row.version,
    )  # fmt: skip


def work_processes(caller: access.Caller) -> tuple[dossiers.ProcessName, ...]:
    """The work processes of the newest dossiers, by dossier and code: what a teacher ties to what was seen."""
    found = dossiers.work_process_names(caller, ids=set(dossiers.work_process_ids().values()))
    return tuple(sorted(found.values(), key=lambda one: (one.dossier, one.code)))
