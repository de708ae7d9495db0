"""How is a red thread computed and kept, and how does a person edit its core beside the computed result?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from time import perf_counter
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from valley.core.curriculum.thread import InvalidThread, Policy, Thread, thread
from valley.core.curriculum.thread.exact import exact
from valley.core.errors import ValleyError
from valley.foundation import access, audit, clock, jobs, organisations
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.foundation.problems import Conflict, NotFound
from valley.skills import queries as skills
from valley.thread import queries
from valley.thread import snapshots as snapshots
from valley.thread.models import Core, CoreEdit, ThreadRun
from valley.thread.queries import EditLine, RunPage

TASK = "curriculum.thread"
PROVEN_FOR = 60
"""Employers up to which the exact best core is computed beside: a tenth of a second for thirty of them."""
AT_ONCE = 2_000
"""Lines of evidence up to which a run is done while the page waits: about a second on one core."""
MOST = {"count": 100, "hours": 2_000}
"""Largest budgets: more items than that is no core, more guided hours than that no programme (three years of mbo)."""
REASON = 300
Report = Callable[[float, str], None]


class EditRefused(ValleyError):
    """An edit of a core that cannot be kept: no change, no reason, an item that is not there."""

    code: ClassVar[str] = "core-edit-refused"


@dataclass(frozen=True, slots=True)
class ThreadAsked:
    """The choices of a run as a door takes them; ``without`` are slugs of employers."""

    level: str = "leaf"
    budget: int = 15
    unit: str = "count"
    weighting: str = "equal"
    support: int = 3
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ordered:
    """A run that was asked for: its number when it is there, otherwise the key of the job that makes it."""

    run: int | None
    key: str


@dataclass(frozen=True, slots=True)
class CoreEditDraft:
    """One edit: accept, drop, add or undo, with a reason where something is dropped or added."""

    competence: int
    verdict: str
    reason: str = ""


def policy_of(asked: ThreadAsked) -> Policy:
    """The policy for choices from a door. Raises :class:`InvalidThread`, or `NotFound` for an unknown employer."""
    for name, value, known in (
        ("level", asked.level, ("leaf", "group")),
        ("unit", asked.unit, ("count", "hours")),
        ("weighting", asked.weighting, ("equal", "jobs", "texts")),
    ):
        if value not in known:
            raise InvalidThread(
                expected=_("one of %(known)s") % {"known": ", ".join(known)},
                found=f"{name} {value!r}",
                next_step=_("Choose one of them."),
            )
    _within(_("a budget"), asked.budget, 1, MOST[asked.unit])
    _within(_("employers behind an item"), asked.support, 2, 50)
    without = tuple(sorted({organisations.partner(slug=slug).id for slug in asked.without}))
    fields = {name: value for name, value in asdict(asked).items() if name != "without"}
    return Policy(**fields, without=without)


def _within(what: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise InvalidThread(
            expected=_("%(what)s from %(least)s to %(most)s") % {"what": what, "least": least, "most": most},
            found=str(value),
            next_step=_("Choose a number in between."),
        )


def order_thread(caller: Caller, *, asked: ThreadAsked) -> Ordered:
    """Compute a run now when that takes about a second, otherwise hand it to a worker. Designer, office, operator."""
    queries.require(caller)
    policy = policy_of(asked)
    if len(snapshots.inputs(on=clock.today(caller.at)).lines) <= AT_ONCE:
        return Ordered(compute_thread(caller, policy=policy).run.id, "")
    with transaction.atomic():
        task = jobs.tasks()[TASK].using(requested_by=caller.pseudonym)
        handle = task.enqueue(asked={**asdict(asked), "without": list(asked.without)}, by=caller.pseudonym)
        audit.record(caller, verb="curriculum.order_thread", subject=("job", str(handle.id)))
    return Ordered(None, handle.key)


def compute_thread(caller: Caller, *, policy: Policy | None = None, progress: Report | None = None) -> RunPage:
    """Compute the red thread of today's decided evidence and keep it; the same inputs give the run that is there.

    Without some employers, the run with everybody is computed first, so that the exact effect can be told. Seconds.
    """
    queries.require(caller)
    policy, report = policy or Policy(), progress or (lambda share, words: None)
    report(0.05, _("reading the evidence"))
    inputs = snapshots.inputs(on=clock.today(caller.at))
    _known_employers(policy, inputs)
    base = _run(caller, replace(policy, without=()), inputs, None) if policy.without else None
    report(0.5, _("looking for what is shared"))
    row = _run(caller, policy, inputs, base)
    report(1.0, _("done"))
    return queries.run(caller, id=row.pk)


def _known_employers(policy: Policy, inputs: snapshots.Inputs) -> None:
    strange = set(policy.without) - {line.employer for line in inputs.lines}
    if strange:
        raise NotFound(
            expected=_("employers with evidence"),
            found=", ".join(sorted(organisations.names(strange).values())) or str(min(strange)),
            next_step=_("Leave out only employers whose evidence counts."),
        )


def _run(caller: Caller, policy: Policy, inputs: snapshots.Inputs, base: ThreadRun | None) -> ThreadRun:
    on, began = clock.today(caller.at), perf_counter()
    key = snapshots.policy_key(policy, fingerprint=inputs.fingerprint, on=on)
    known = ThreadRun.objects.filter(fingerprint=key).order_by("pk").first()
    if known is not None:
        return known
    if not inputs.lines:
        raise InvalidThread(
            expected=_("evidence that people decided about"),
            found=_("none yet"),
            next_step=_("Bring in job texts at the desk of evidence, and confirm what was read in them."),
        )
    found = _proven(thread(inputs.lines, on=on, policy=policy, setting=inputs.setting), inputs)
    result = {
        "thread": snapshots.packed(found),
        "inputs": inputs.fingerprint,
        "counts": dict(inputs.counts),
        "labels": _group_labels(caller, found),
        "base": base.pk if base else None,
    }
    return _store(caller, found, key=key, result=result, seconds=perf_counter() - began)


def _group_labels(caller: Caller, found: Thread) -> dict[str, dict[int, str]]:
    """Groups keep the names they had: no other room gives them in bulk, and there are few."""
    if found.policy.level == "leaf":
        return {}
    ids = {item.competence for item in found.items}
    return {
        language: {pk: skills.group(caller.speaking(language), id=pk).label for pk in sorted(ids)}
        for language in ("nl", "en")
    }


def _proven(found: Thread, inputs: snapshots.Inputs) -> Thread:
    """The thread with the bound of the exact search, where a region is small enough for one and it came to an end."""
    if not found.core or len(found.employers) > PROVEN_FOR:
        return found
    best = exact(inputs.lines, on=found.on, policy=found.policy, setting=inputs.setting, seconds=5)
    return replace(found, bound=max(found.value, best.value)) if best.gap == 0 else found


def _store(caller: Caller, found: Thread, *, key: str, result: Mapping[str, Any], seconds: float) -> ThreadRun:
    school = next((desk.organisation for desk in caller.desks if desk.role == DeskRole.DESIGNER), None)
    with transaction.atomic():
        row = ThreadRun.objects.create(
            level=found.policy.level,
            policy=snapshots.packed(found.policy),
            fingerprint=key,
            result=result,
            refused=found.refusal is not None,
            employers=len(found.employers),
            items=len(found.core),
            made_by=caller.pseudonym,
            made_at=caller.at,
            seconds=seconds,
        )
        Core.objects.create(run=row, organisation_id=school, changed_at=caller.at)
        audit.record(caller, verb="curriculum.compute_thread", subject=("thread-run", str(row.pk)), fields=["policy"])
    return row


def edit_core(caller: Caller, *, core: int, version: int, edits: Sequence[CoreEditDraft]) -> RunPage:
    """Keep edits beside the computed core: all of them or none. Designers, programme office, operator.

    Raises `Conflict` when somebody saved after ``version`` (its facts tell what they saved), :class:`EditRefused`
    when an edit does not fit.
    """
    access.require_desk(caller, *queries.READERS)
    row = Core.objects.select_related("run").filter(pk=core).first()
    if row is None:
        raise NotFound(expected=_("a core"), found=str(core), next_step=_("Open a run and edit its core."))
    _refuse_unfit(row, edits)
    with transaction.atomic():
        if not Core.objects.filter(pk=core, version=version).update(version=F("version") + 1, changed_at=caller.at):
            raise _conflict(queries.edits_since(caller, core=core, version=version))
        CoreEdit.objects.bulk_create(
            CoreEdit(
                core=row, competence_id=edit.competence, verdict=edit.verdict, reason=edit.reason.strip(),
                version=version + 1, by=caller.pseudonym, at=caller.at,
            )
            for edit in edits
        )  # fmt: skip
        audit.record(caller, verb="curriculum.edit_core", subject=("core", str(core)), fields=["verdict", "reason"])
    return queries.run(caller, id=row.run.pk)


def take_over_edits(caller: Caller, *, core: int, version: int, run: int) -> RunPage:
    """Keep the edits of another run here too, where they still fit: what is computed by now needs no adding."""
    queries.require(caller)
    here, there = Core.objects.select_related("run").filter(pk=core).first(), queries.run_row(run)
    chosen = set[int]() if here is None else {one.competence for one in snapshots.thread_of(here.run.result).core}
    drafts = [
        CoreEditDraft(edit.competence_id, edit.verdict, edit.reason)
        for edit in queries.edits_of(there.core.pk).values()
        if (edit.verdict == "add") != (edit.competence_id in chosen)
    ]
    return edit_core(caller, core=core, version=version, edits=drafts)


def _conflict(theirs: Sequence[EditLine]) -> Conflict:
    said = "; ".join(f"{edit.label}: {edit.verdict_words} ({edit.reason})" for edit in theirs)
    return Conflict(
        expected=_("the core as you saw it"),
        found=said or _("another version"),
        next_step=_("Nothing of yours is lost: look at both, and save again."),
        edits=[asdict(edit) for edit in theirs],
    )


def _refuse_unfit(core: Core, edits: Sequence[CoreEditDraft]) -> None:
    if core.run.level != "leaf":
        raise _refused(_("a core of competences"), _("one of groups"), _("Compute a run of competences and edit that."))
    if not edits:
        raise _refused(_("at least one change"), _("none"), _("Accept, drop or add something."))
    chosen = {item.competence for item in snapshots.thread_of(core.run.result).core}
    known = skills.labels({edit.competence for edit in edits}, "en")
    edited = queries.edits_of(core.pk)
    for edit in edits:
        _refuse_misfit(edit, chosen=chosen, edited=edited.keys(), known=known.keys())


def _refuse_misfit(edit: CoreEditDraft, *, chosen: set[int], edited: Any, known: Any) -> None:
    name, inside = str(edit.competence), edit.competence in chosen
    fits = {"accept": inside, "drop": inside, "add": not inside, "undo": edit.competence in edited}
    if edit.verdict not in fits:
        raise _refused(_("one of %(known)s") % {"known": ", ".join(fits)}, edit.verdict, _("Choose one of them."))
    if edit.competence not in known:
        raise _refused(_("a competence of the vocabulary"), name, _("Look it up by its name."))
    if not fits[edit.verdict]:
        raise _refused(
            _("to accept or drop what was computed, to add what was not, to undo what was edited"),
            f"{edit.verdict} {name}",
            _("Look at the core again."),
        )
    if edit.verdict in ("drop", "add") and not edit.reason.strip():
        raise _refused(_("a reason"), _("none"), _("Say in one sentence why; it stays with the core."))
    if len(edit.reason) > REASON or not edit.reason.isprintable():
        raise _refused(_("a reason of at most 300 readable characters"), f"{len(edit.reason)}", _("Say it shorter."))


def _refused(expected: str, found: str, next_step: str) -> EditRefused:
    return EditRefused(expected=expected, found=found, next_step=next_step)
