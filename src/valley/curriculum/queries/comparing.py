"""What changed between two versions, and what does a version teach above, below and beside the dossier, in words?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valley.core.curriculum import programme
from valley.curriculum import snapshots as stored
from valley.curriculum.models import Depth
from valley.curriculum.queries import pages, rights
from valley.curriculum.queries import shapes as out
from valley.dossiers import queries as dossiers
from valley.foundation.access import Caller
from valley.skills import queries as skills

KINDS: Mapping[str, Promise] = {
    "added": gettext_lazy("added"), "removed": gettext_lazy("removed"), "changed": gettext_lazy("changed"),
}  # fmt: skip
PARTS: Mapping[str, Promise] = {"unit": gettext_lazy("unit"), "outcome": gettext_lazy("outcome")}
SIDES: Mapping[str, Promise] = {
    "above": gettext_lazy("above the dossier"), "as-asked": gettext_lazy("as the dossier asks"),
    "below": gettext_lazy("below the dossier"), "beside": gettext_lazy("beside the dossier"),
}  # fmt: skip
FIELDS: Mapping[str, Promise] = {
    "title_nl": gettext_lazy("title in Dutch"), "title_en": gettext_lazy("title in English"),
    "guided_hours": gettext_lazy("guided hours"), "practice_hours": gettext_lazy("hours of practice"),
    "place": gettext_lazy("place in the order"), "unit": gettext_lazy("unit (moved)"),
    "text_nl": gettext_lazy("text in Dutch"), "text_en": gettext_lazy("text in English"),
    "depth": gettext_lazy("depth"), "competences": gettext_lazy("competences"),
    "work_processes": gettext_lazy("work processes"),
}  # fmt: skip


def diff(caller: Caller, *, before: str, after: str) -> out.DiffPage:
    """What changed from one version (``KEY@1``) to another (``KEY@2``), side by side in words."""
    old = stored.version(rights.readable_version(caller, ref=before).pk)
    new = stored.version(rights.readable_version(caller, ref=after).pk)
    found = programme.diff(old, new)
    labels = skills.labels(old.taught().keys() | new.taught().keys(), caller.language)
    said = _fields(labels)
    return out.DiffPage(
        before=before,
        after=after,
        changes=tuple(_change(caller, one, said) for one in found.changes),
        shifts=tuple(
            out.ShiftLine(
                one.competence, labels.get(one.competence, str(one.competence)), one.before, one.after, _shift(one)
            )
            for one in found.shifts
        ),
        hours_before=found.hours_before,
        hours_after=found.hours_after,
    )


def _shift(one: programme.Shift) -> str:
    if not one.before:
        return _("new, up to level %(after)s") % {"after": one.after}
    if not one.after:
        return _("no longer taught")
    words = (
        _("from level %(before)s up to %(after)s")
        if one.after > one.before
        else _("from level %(before)s down to %(after)s")
    )
    return words % {"before": one.before, "after": one.after}


def _fields(labels: Mapping[int, str]) -> Callable[[object, str], str]:
    def said(part: object, name: str) -> str:
        value = getattr(part, name, None)
        if name == "competences":
            pairs = sorted((labels.get(one, str(one)), level) for one, level in value or ())
            return "; ".join(f"{label} ({level})" for label, level in pairs)
        if name == "depth" and value:
            return str(Depth(value).label)
        return ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)

    return said


def _change(caller: Caller, one: programme.Change, said: Callable[[object, str], str]) -> out.ChangeLine:
    part = one.after or one.before
    title = ("title_nl", "title_en") if one.what == "unit" else ("text_nl", "text_en")
    own = [name for name in FIELDS if hasattr(part, name)]
    lines = (
        out.FieldLine(name, str(FIELDS[name]), said(one.before, name), said(one.after, name))
        for name in (one.fields or own)
    )
    return out.ChangeLine(
        one.kind, str(KINDS[one.kind]), one.what, str(PARTS[one.what]), one.code,
        pages.spoken(getattr(part, title[0]), getattr(part, title[1]), caller),
        tuple(line for line in lines if line.before != line.after),
    )  # fmt: skip


def regional_delta(caller: Caller, *, ref: str) -> out.DeltaPage:
    """What the version teaches above, below and beside the dossier of its programme."""
    row = rights.readable_version(caller, ref=ref)
    found = _delta(row.pk, row.programme.dossier_id)
    line = dossiers.dossier_lines(caller, ids=[row.programme.dossier_id or 0]).get(row.programme.dossier_id or 0)
    labels = skills.labels([one.competence for one in found.competences], caller.language)
    names = pages.names_by_process(caller, dossier=row.programme.dossier_id)
    order = {side: place for place, side in enumerate(("below", "beside", "above", "as-asked"))}
    rows = [
        out.DeltaRow(
            one.competence, labels.get(one.competence, str(one.competence)), one.side, str(SIDES[one.side]),
            one.taught, one.asked, one.outcomes, one.work_processes,
        )
        for one in found.competences
    ]  # fmt: skip
    return out.DeltaPage(
        ref=ref,
        name=pages.spoken(row.programme.name_nl, row.programme.name_en, caller),
        dossier=line.code if line else "",
        dossier_name=line.name if line else "",
        above=len(found.on("above")),
        as_asked=len(found.on("as-asked")),
        below=len(found.on("below")),
        beside=len(found.on("beside")),
        competences=tuple(sorted(rows, key=lambda one: (order[one.side], one.label.casefold(), one.competence))),
        work_processes=tuple(
            out.ProcessRow(
                one.code, names.get(one.code, ""), one.side, str(SIDES[one.side]), one.outcomes, one.reached, one.asked
            )
            for one in found.work_processes
        ),
    )


def _delta(version: int, dossier: int | None) -> programme.Delta:
    if dossier is None:
        return programme.Delta((), ())
    asks, processes = stored.asks(dossier)
    return programme.delta(stored.version(version), asks=asks, work_processes=processes)
