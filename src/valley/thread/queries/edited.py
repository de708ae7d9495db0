"""What is the core after the edits, and who changed what, why?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.skills import queries as skills
from valley.thread import snapshots as snapshots
from valley.thread.models import Core, CoreEdit
from valley.thread.queries import held as opening
from valley.thread.queries import words
from valley.thread.queries.shapes import CoreItem, EditLine, HistoryPage


def the_core(caller: Caller, *, core: int) -> tuple[CoreItem, ...]:
    """The core as it stands: computed items that nobody dropped by rank, then what people added, with their reasons.

    Empty for a run at the level of groups: a group is not taught as such. Designers, programme office, operator.
    """
    opening.require(caller)
    row = Core.objects.select_related("run").filter(pk=core).first()
    if row is None:
        raise NotFound(expected=_("a core"), found=str(core), next_step=_("Open a run and take its core."))
    if row.run.level != "leaf":
        return ()
    items = {item.competence: item for item in snapshots.thread_of(row.run.result).items}
    edits = opening.edits_of(core)
    chosen = sorted((item for item in items.values() if item.chosen), key=lambda item: item.rank)
    kept = [item.competence for item in chosen if getattr(edits.get(item.competence), "verdict", "") != "drop"]
    added = [pk for pk, edit in edits.items() if edit.verdict == "add" and pk not in kept]
    labels = skills.labels([*kept, *added], caller.language)
    return tuple(
        CoreItem(
            competence=pk,
            label=labels.get(pk, f"#{pk}"),
            level=(items[pk].level if pk in items else 0) or opening.DEFAULT_LEVEL,
            origin="added" if pk in added else "computed",
            reason=edits[pk].reason if pk in edits else "",
        )
        for pk in (*kept, *added)
    )


core_items = the_core


def history(caller: Caller, *, run: int) -> HistoryPage:
    """Every edit of the core of a run, newest first."""
    opening.require(caller)
    row = opening.run_row(run)
    edits = list(CoreEdit.objects.filter(core=row.core).order_by("-pk"))
    labels = skills.labels({edit.competence_id for edit in edits}, caller.language)
    policy = snapshots.policy_of(row.policy)
    names = opening.employer_names(caller, snapshots.thread_of(row.result)) if policy.without else {}
    return HistoryPage(
        opening.run_line(caller, row, names), row.core.version, tuple(edit_line(caller, edit, labels) for edit in edits)
    )


def edit_line(caller: Caller, edit: CoreEdit, labels: dict[int, str]) -> EditLine:
    """An edit in words."""
    return EditLine(
        version=edit.version,
        at=edit.at,
        competence=edit.competence_id,
        label=labels.get(edit.competence_id, f"#{edit.competence_id}"),
        verdict=edit.verdict,
        verdict_words=words.verdict(edit.verdict),
        reason=edit.reason,
        by=_by(caller, edit.by),
    )


def _by(caller: Caller, pseudonym: str) -> str:
    """Who it was, without a name: you, the operator, or a colleague told apart by six signs."""
    if pseudonym == caller.pseudonym:
        return _("you")
    if pseudonym.startswith("operator-"):
        return _("the operator")
    return _("a colleague (%(sign)s)") % {"sign": pseudonym[:6] or "–"}


def edits_since(caller: Caller, *, core: int, version: int) -> tuple[EditLine, ...]:
    """What others saved after the version somebody looked at, in order."""
    opening.require(caller)
    edits = list(CoreEdit.objects.filter(core=core, version__gt=version).order_by("pk"))
    labels = skills.labels({edit.competence_id for edit in edits}, caller.language)
    return tuple(edit_line(caller, edit, labels) for edit in edits)
