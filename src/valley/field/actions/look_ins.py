"""How does a teacher come and look: asked, agreed with terms, noted, approved by the employer?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from valley.dossiers import queries as dossiers
from valley.evidence import actions as evidence
from valley.field.actions import writing
from valley.field.actions.writing import Saved
from valley.field.models import LookIn
from valley.field.queries import announced, rights, visits
from valley.foundation import access, clock
from valley.foundation.models import OrganisationKind
from valley.skills import queries as skills

MOST_LINES, SEEN = 40, 1000


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the employer agrees to: the day, what stays inside, and until when the teacher may see it."""

    agreed_on: date
    access_until_on: date
    terms: str


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A line of the form: the work process (by id), what was seen, and the competence and level when they are clear."""

    work_process: int
    seen: str
    competence: int | None = None
    level: int | None = None


def ask_look_in(
    caller: access.Caller, *, school: int, organisation: int, question: str, wanted_on: date, change: int | None = None
) -> Saved:
    """Ask an employer to look in, about an announced change or a question. A designer or coach of the school."""
    rights.require_school(caller, school=school)
    writing.require_kind(school, OrganisationKind.SCHOOL, field="school")
    writing.require_kind(organisation, OrganisationKind.EMPLOYER, field="organisation")
    with transaction.atomic():
        about = announced.readable(caller, id=change) if change is not None else None
        if about is not None and (about.organisation_id != organisation or about.withdrawn_at is not None):
            raise writing.refuse("change", _("a change that this employer announced"), about.title)
        _require_future(caller, wanted_on, field="wanted_on")
        row = LookIn(
            school_id=school, organisation_id=organisation, change=about, wanted_on=wanted_on,
            question=writing.words(question, field="question"), asked_by=caller.pseudonym, asked_at=caller.at,
        )  # fmt: skip
        writing.add_step(caller, about, "look-in")
        return writing.recorded(caller, row, verb="ask_look_in", fields=["question", "wanted_on", "change"])


def agree_look_in(caller: access.Caller, *, look_in: int, version: int, agreement: Agreement) -> Saved:
    """Let the teacher come: on this day, on these terms, with access until that day (included)."""
    with transaction.atomic():
        row = _turn(caller, look_in, version, "agree", party="employer")
        _require_future(caller, agreement.agreed_on, field="agreed_on")
        if agreement.access_until_on < agreement.agreed_on:
            raise writing.refuse("access_until_on", _("a day on or after the visit"), agreement.access_until_on)
        row.agreed_on, row.access_until_on = agreement.agreed_on, agreement.access_until_on
        row.terms = writing.words(agreement.terms, field="terms", most=writing.PROSE)
        return _store(caller, row, "agreed", fields=["agreed_on", "access_until_on", "terms"])


def refuse_look_in(caller: access.Caller, *, look_in: int, version: int, reason: str) -> Saved:
    """Say no, with the reason."""
    with transaction.atomic():
        row = _turn(caller, look_in, version, "refuse", party="employer")
        row.reason = writing.words(reason, field="reason")
        return _store(caller, row, "refused", fields=["reason"])


def cancel_look_in(caller: access.Caller, *, look_in: int, version: int, reason: str = "") -> Saved:
    """Call it off: the school at any moment before the notes, the employer after it agreed."""
    with transaction.atomic():
        page = visits.look_in(caller, id=look_in)
        employer = page.organisation in rights.announces_for(caller)
        row = _turn(caller, look_in, version, "cancel", party="employer" if employer else "school")
        row.reason = writing.words(reason, field="reason", needed=False)
        return _store(caller, row, "cancelled", fields=["reason"])


def note_look_in(caller: access.Caller, *, look_in: int, version: int, lines: Sequence[NoteDraft]) -> Saved:
    """Write down what was seen, per work process. From the day of the visit until the last day of access."""
    with transaction.atomic():
        row = _turn(caller, look_in, version, "note", party="school")
        today = clock.today(caller.at)
        if row.agreed_on is None or row.access_until_on is None or not row.agreed_on <= today <= row.access_until_on:
            days = {"first": row.agreed_on, "last": row.access_until_on}
            raise writing.refuse("notes", _("a day from %(first)s to %(last)s") % days, today)
        row.notes, row.noted_at, row.reason = _checked(caller, lines), caller.at, ""
        return _store(caller, row, "noted", fields=["notes"], step="seen")


def return_notes(caller: access.Caller, *, look_in: int, version: int, reason: str) -> Saved:
    """Ask the teacher to write it differently, with the reason."""
    with transaction.atomic():
        row = _turn(caller, look_in, version, "return", party="employer")
        row.reason = writing.words(reason, field="reason")
        return _store(caller, row, "returned", fields=["reason"])


def approve_notes(caller: access.Caller, *, look_in: int, version: int) -> Saved:
    """Let the notes count: one piece of evidence of the employer for each work process, on the day of the visit."""
    with transaction.atomic():
        row = _turn(caller, look_in, version, "approve", party="employer")
        row.pieces = [_as_evidence(caller, row, process) for process in dict.fromkeys(_processes(row))]
        done = _store(caller, row, "approved", fields=["pieces"])
        writing.add_step(caller, row.change, "evidence")
    return done


def _as_evidence(caller: access.Caller, row: LookIn, process: int) -> int:
    """The lines about one work process as an observation; the piece's id."""
    said = [line for line in row.notes if line["work_process"] == process]
    lines = [evidence.ObservationLine(line["seen"], line["competence"], line["level"]) for line in said]
    name = dossiers.work_process_names(caller, ids=[process])[process]
    title = _("Look-in: %(process)s") % {"process": f"{name.code} {name.name}"[:120]}
    return evidence.add_observation(
        caller, organisation=row.organisation_id, title=title, language="", work_process=process, lines=lines,
        dated_on=row.agreed_on or clock.today(caller.at),
    )  # fmt: skip


def _processes(row: LookIn) -> list[int]:
    return [line["work_process"] for line in row.notes]


def _checked(caller: access.Caller, lines: Sequence[NoteDraft]) -> list[dict]:
    """The lines as they are stored; refused when there are none, too many, or one names what does not exist."""
    if not 0 < len(lines) <= MOST_LINES:
        raise writing.refuse("notes", _("1 to %(most)s lines") % {"most": MOST_LINES}, len(lines))
    processes = dossiers.work_process_names(caller, ids={line.work_process for line in lines})
    labels = skills.labels({line.competence for line in lines if line.competence is not None}, "en")
    for number, line in enumerate(lines, 1):
        where = _("line %(number)s") % {"number": number}
        if line.work_process not in processes:
            raise writing.refuse("work_process", _("a work process of a dossier"), f"{where}: {line.work_process}")
        if line.competence is not None and line.competence not in labels:
            raise writing.refuse("competence", _("a competence of the vocabulary"), f"{where}: {line.competence}")
        if line.level is not None and line.level not in range(1, 5):
            raise writing.refuse("level", _("a level from 1 to 4"), f"{where}: {line.level}")
    return [asdict(line) | {"seen": writing.words(line.seen, field="seen", most=SEEN)} for line in lines]


def _turn(caller: access.Caller, look_in: int, version: int, act: str, *, party: str) -> LookIn:
    """The row, when this caller may do this to it in the state it is in."""
    page = visits.look_in(caller, id=look_in)
    row = LookIn.objects.select_for_update().get(pk=page.id)
    if party == "employer":
        rights.require_employer(caller, organisation=row.organisation_id)
    else:
        rights.require_school(caller, school=row.school_id)
    writing.require_version(row, version, changed=page.state_words)
    if act not in visits.STEPS_OF[party].get(row.state, ()):
        found, step = _("one that is: %(state)s") % {"state": page.state_words}, _("Open it again and look.")
        raise writing.refuse("", _("a look-in for which this is the next step"), found, step)
    return row


def _store(caller: access.Caller, row: LookIn, state: str, *, fields: list[str], step: str = "") -> Saved:
    row.state = state
    if state in ("agreed", "refused", "returned", "approved"):
        row.decided_at = caller.at
    writing.add_step(caller, row.change, step or state)
    return writing.saved(caller, row, verb=f"{step or state}_look_in", fields=["state", *fields])


def _require_future(caller: access.Caller, day: date, *, field: str) -> None:
    today = clock.today(caller.at)
    if day < today:
        raise writing.refuse(field, _("a day from today, %(today)s") % {"today": today}, day)
