"""How does a spreadsheet become evidence: look first, then yes?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valley.evidence import drafts, queries
from valley.evidence.actions import keeping, plans
from valley.evidence.drafts import EvidenceRefused
from valley.evidence.models import Intake, PieceKind
from valley.evidence.queries.intakes import intake_row, stopped
from valley.foundation import access, audit
from valley.foundation.problems import Conflict
from valley.foundation.spreadsheets import reading
from valley.reading import desks


@dataclass(frozen=True, slots=True)
class AppliedIntake:
    """What a spreadsheet did. ``same`` rows were there already; ``left_out`` counts what problems stopped."""

    intake: int
    made: int
    same: int
    left_out: int
    pieces: tuple[int, ...]


def intake_preview(
    caller: access.Caller, *, kind: str, organisation: int | None = None, file_name: str, content: bytes
) -> queries.IntakePreview:
    """Read a spreadsheet of texts, observations or ratings and say what it would do; only the preview is kept.

    Without ``organisation`` the rows name their employer; only who may bring evidence for everyone may do that.
    Raises :class:`valley.foundation.spreadsheets.reading.SheetRefused` when the file as a whole cannot be read.
    """
    if organisation is None:
        desks.require_all(caller)
    else:
        desks.require(caller, organisation=organisation)
    if kind not in PieceKind.values:
        step = _("Choose the kind.")
        raise EvidenceRefused(expected=", ".join(PieceKind.values), found=kind, next_step=step)
    found = plans.plan(caller, kind=kind, organisation=organisation, sheets=reading.read(content))
    with transaction.atomic():
        row = Intake.objects.create(
            kind=kind, organisation_id=organisation, file_name=printable(file_name),
            fingerprint=hashlib.sha256(content).hexdigest(), rows=list(found.rows),
            problems=[asdict(problem) for problem in found.problems], uploaded_by=caller.pseudonym,
            uploaded_at=caller.at,
        )  # fmt: skip
        audit.record(caller, verb="evidence.intake", subject=("intake", str(row.pk)), fields=["rows"])
    return queries.intake_preview(caller, intake=row.pk)


def apply_intake(caller: access.Caller, *, intake: int, keep_good: bool = False) -> AppliedIntake:
    """Do what the preview said, all in one transaction.

    With problems it is refused, unless ``keep_good``: then the good rows go in and the others are counted. Raises
    :class:`EvidenceRefused`, or :class:`Conflict` when it was applied before.
    """
    with transaction.atomic():
        row = intake_row(caller, intake, lock=True)
        if row.applied_at:
            step = _("Upload again.")
            raise Conflict(expected=_("an upload that waits"), found=_("one that was applied"), next_step=step)
        left_out = stopped(row.problems)
        _require_applicable(row, left_out, keep_good=keep_good)
        chosen = [one for one in row.rows if one["does"] == "make"]
        made = _APPLY[PieceKind(row.kind)](caller, chosen, row.file_name)
        row.applied_at, row.made = caller.at, made
        row.save(update_fields=["applied_at", "made"])
        audit.record(caller, verb="evidence.apply_intake", subject=("intake", str(row.pk)), fields=["pieces"])
    return AppliedIntake(row.pk, len(chosen), len(row.rows) - len(chosen), left_out, tuple(made))


def printable(name: str) -> str:
    """The name of a file without folders and control characters; it is only ever shown."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in base if sign.isprintable())[-160:] or "file"


def _require_applicable(row: Intake, left_out: int, *, keep_good: bool) -> None:
    if left_out and not keep_good:
        raise EvidenceRefused(
            expected=_("a spreadsheet without problems"),
            found=ngettext("%(count)s row with a problem", "%(count)s rows with a problem", left_out)
            % {"count": left_out},
            next_step=_("Correct them and upload again, or choose to keep only the good rows."),
            rows=left_out,
        )
    if not row.rows:
        step = _("Fill the template and upload it again.")
        raise EvidenceRefused(expected=_("a row that can go in"), found=_("none"), next_step=step)


def _texts(caller: access.Caller, rows: Sequence[dict[str, Any]], file_name: str) -> list[int]:
    made: list[int] = []
    for one in rows:
        draft = drafts.TextDraft(
            organisation=one["organisation"], title=one["title"], text=one["text"], language=one["language"],
            dated_on=date.fromisoformat(one["dated_on"]), reference=one["reference"], file_name=file_name,
        )  # fmt: skip
        made.append(keeping.keep_text(caller, draft=draft).pk)
    return made


def _observations(caller: access.Caller, rows: Sequence[dict[str, Any]], file_name: str) -> list[int]:
    return [
        keeping.add_observation(
            caller,
            organisation=form[0]["organisation"],
            title=form[0]["reference"] or str(PieceKind.OBSERVATION.label),
            language="",
            dated_on=date.fromisoformat(form[0]["dated_on"]),
            work_process=form[0]["work_process"],
            lines=plans.lines_of(form),
        )
        for form in plans.forms(rows)
    ]


def _ratings(caller: access.Caller, rows: Sequence[dict[str, Any]], file_name: str) -> list[int]:
    return [
        keeping.add_ratings(
            caller,
            organisation=form[0]["organisation"],
            dated_on=date.fromisoformat(form[0]["dated_on"]),
            ratings=[drafts.RatingLine(one["competence"], one["importance"], one["level"]) for one in form],
            reference=form[0]["reference"],
        )
        for form in plans.forms(rows)
    ]


_APPLY = {PieceKind.JOB_TEXT: _texts, PieceKind.OBSERVATION: _observations, PieceKind.RATING: _ratings}
