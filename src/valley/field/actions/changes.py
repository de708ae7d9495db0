"""How does an employer announce a change, and how does a school say what it did with it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.curriculum import queries as curriculum
from valley.field.actions import writing
from valley.field.actions.writing import Saved
from valley.field.models import Change, ChangeStep
from valley.field.queries import announced as queries
from valley.field.queries import rights
from valley.field.queries.timeline import planned_version
from valley.foundation import access
from valley.foundation.models import DeskRole, OrganisationKind
from valley.foundation.problems import NotFound
from valley.skills import queries as skills

MOST_TASKS, TITLE, TASK = 20, 160, 160
PLAIN = ("kind", "title", "text", "from_on", "tasks", "open_to_partners")
KINDS = dict(Change._meta.get_field("kind").flatchoices)


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """A change as its employer writes it; ``tasks`` in its own words, ``competences`` by id."""

    organisation: int
    kind: str
    title: str
    text: str
    from_on: date
    tasks: tuple[str, ...] = ()
    competences: tuple[int, ...] = ()
    open_to_partners: bool = False


def announce_change(caller: access.Caller, *, draft: ChangeDraft) -> Saved:
    """Tell the schools, under the employer's name. Its team lead, recruiter or steward; the office on its behalf."""
    rights.require_employer(caller, organisation=draft.organisation, on_behalf=True)
    writing.require_kind(draft.organisation, OrganisationKind.EMPLOYER, field="organisation")
    with transaction.atomic():
        row = Change(organisation_id=draft.organisation, announced_by=caller.pseudonym, announced_at=caller.at)
        _fill(row, draft)
        done = writing.recorded(caller, row, verb="announce_change", fields=[*PLAIN, "competences"])
        row.competences.set(draft.competences)
        writing.add_step(caller, row, "announced")
    return done


def revise_change(caller: access.Caller, *, change: int, version: int, draft: ChangeDraft) -> Saved:
    """Change the words; what stood there before stays with the step. Raises `Conflict` when someone saved since."""
    with transaction.atomic():
        row = _own(caller, change, version)
        before = {name: getattr(row, name) for name in PLAIN}
        _fill(row, draft)
        stood = {name: _plain(was) for name, was in before.items() if was != getattr(row, name)}
        done = writing.saved(caller, row, verb="revise_change", fields=[*PLAIN, "competences"])
        row.competences.set(draft.competences)
        writing.add_step(caller, row, "changed", before=stood)
    return done


def withdraw_change(caller: access.Caller, *, change: int, version: int, reason: str) -> Saved:
    """The change does not come after all; it stays readable, with the reason."""
    with transaction.atomic():
        row = _own(caller, change, version)
        row.withdrawn_at = caller.at
        writing.add_step(caller, row, "withdrawn", words=writing.words(reason, field="reason"))
        return writing.saved(caller, row, verb="withdraw_change", fields=["withdrawn_at"])


def plan_change(caller: access.Caller, *, change: int, version: int, on: date | None = None) -> Saved:
    """Tie a change to a version (its id) of a programme. A designer of its school; from there it is that school's."""
    target = curriculum.tied_version(id=version)
    if target is None:
        raise NotFound(expected=_("a version of a programme"), found=version, next_step=_("Choose one from the list."))
    return take_step(caller, change=change, step="planned", on=on, target=target)


def take_step(
    caller: access.Caller,
    *,
    change: int,
    step: str,
    words: str = "",
    on: date | None = None,
    target: curriculum.TiedVersion | None = None,
) -> Saved:
    """Say that a change was sent to the regulator, allowed, taught, or set aside (with the reason).

    A designer of the school that planned it; who teaches there may tell of the first lesson. ``on`` is the day it
    happened. Raises `FieldRefused` for a step that cannot follow.
    """
    with transaction.atomic():
        row = queries.readable(caller, id=change)
        rows: Sequence[ChangeStep] = list(row.steps.all())
        planned = planned_version(rows)
        tied = target or planned
        _require_step(caller, row, step, tied.organisation if tied else None, planned=planned)
        said = writing.words(words, field="words", needed=step == "set-aside")
        writing.add_step(caller, row, step, on=on, version=tied.id if tied else None, words=said)
        return writing.recorded(caller, row, verb="take_step", fields=["steps"])


def _require_step(
    caller: access.Caller, row: Change, step: str, school: int | None, *, planned: curriculum.TiedVersion | None
) -> None:
    if row.withdrawn_at is not None:
        raise writing.refuse("step", _("a change that still comes"), _("one that was withdrawn"))
    if step not in ("planned", "set-aside", "sent", "allowed", "taught"):
        raise writing.refuse("step", "planned, set-aside, sent, allowed, taught", step)
    if step in ("sent", "allowed", "taught") and planned is None:
        raise writing.refuse(
            "step", _("a change that is planned in a programme"), _("not yet"), _("Plan it in a version first.")
        )
    if step not in rights.steps_open(caller, school=school):
        access.require_desk(caller, DeskRole.DESIGNER, organisation=school)
        raise access.Forbidden(
            expected=_("a desk of a school"), found=_("another account"), next_step=_("Ask a designer of that school.")
        )
    if not caller.operator:
        access.require_desk(caller, *rights.SCHOOL, DeskRole.OFFICE)


def _own(caller: access.Caller, change: int, version: int) -> Change:
    row = Change.objects.select_for_update().get(pk=queries.readable(caller, id=change).pk)
    rights.require_employer(caller, organisation=row.organisation_id, on_behalf=True)
    if row.withdrawn_at is not None:
        raise writing.refuse("", _("a change that still comes"), _("one that was withdrawn"), _("Announce a new one."))
    last = row.steps.filter(step="changed").last()
    writing.require_version(row, version, changed=", ".join(last.before) if last else "")
    return row


def _fill(row: Change, draft: ChangeDraft) -> None:
    """Every field checked and put on the row; nothing is stored yet."""
    if draft.kind not in KINDS:
        raise writing.refuse("kind", ", ".join(KINDS), draft.kind)
    if len(draft.tasks) > MOST_TASKS:
        raise writing.refuse("tasks", _("at most %(most)s tasks") % {"most": MOST_TASKS}, len(draft.tasks))
    known = skills.labels(draft.competences, "en")
    strange = [pk for pk in draft.competences if pk not in known]
    if strange:
        raise writing.refuse("competences", _("competences of the vocabulary"), strange[0])
    row.kind, row.from_on, row.open_to_partners = draft.kind, draft.from_on, draft.open_to_partners
    row.title = writing.words(draft.title, field="title", most=TITLE)
    row.text = writing.words(draft.text, field="text", most=writing.PROSE)
    row.tasks = [writing.words(one, field="tasks", most=TASK) for one in draft.tasks]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, date) else value
