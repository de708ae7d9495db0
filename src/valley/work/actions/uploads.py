"""How does a spreadsheet become openings and role profiles: look first, then yes, and back within a day?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import access, audit
from valley.foundation.problems import Conflict, NotFound
from valley.foundation.spreadsheets import reading
from valley.work import beside, desks, queries, stored
from valley.work.actions import openings, plans, publishing, roles
from valley.work.models import Opening, OpeningState, RoleProfile, Upload
from valley.work.queries.uploads import UNDO, stopped


class UploadRefused(ValleyError):
    """The spreadsheet cannot go in (or back) as it is."""

    code = "upload-refused"


@dataclass(frozen=True, slots=True)
class Applied:
    """What a spreadsheet did. ``left_out`` counts rows with problems; ``same`` rows were there already.

    ``drafts`` counts the new openings that stayed a draft although opening was asked: they ask what they may not, or
    what no task needs, as the preview said.
    """

    upload: int
    made: int
    changed: int
    same: int
    left_out: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a spreadsheet back did."""

    upload: int
    removed: int
    restored: int


def import_openings_preview(
    caller: access.Caller, *, organisation: int, file_name: str, content: bytes
) -> queries.Preview:
    """Read a spreadsheet and say what it would do. Nothing changes but the preview, which waits for a yes.

    Raises :class:`valley.foundation.spreadsheets.reading.SheetRefused` when the file as a whole cannot be read.
    """
    desks.require_writer(caller, organisation=organisation)
    sheets = reading.read(content)
    rows, problems = plans.plan(caller, organisation=organisation, sheets=sheets)
    with transaction.atomic():
        upload = Upload.objects.create(
            organisation_id=organisation,
            kind="workbook",
            file_name=_printable(file_name),
            fingerprint=hashlib.sha256(content).hexdigest(),
            rows=[_packed(row) for row in rows],
            problems=[asdict(problem) for problem in problems],
            uploaded_by=caller.pseudonym,
            uploaded_at=caller.at,
        )
        audit.record(caller, verb="work.upload", subject=("upload", str(upload.pk)), fields=["rows"])
    return queries.upload_preview(caller, upload=upload.pk)


def apply_upload(caller: access.Caller, *, upload: int, keep_good: bool = False, publish: bool = False) -> Applied:
    """Do what the preview said, all in one transaction. New openings are drafts unless ``publish``; even then one
    that asks what it may not stays a draft.

    With problems it is refused, unless ``keep_good``: then the good rows go in and the others are counted. Raises
    :class:`UploadRefused`, or :class:`Conflict` when what is stored changed since the preview.
    """
    with transaction.atomic():
        row = _mine(caller, upload)
        if row.applied_at:
            raise Conflict(
                expected=_("an upload that waits"), found=_("one that was applied"), next_step=_("Upload again.")
            )
        left_out = stopped(row.problems)
        chosen = [one for one in row.rows if one["does"] != "same"]
        _require_applicable(row, left_out, keep_good=keep_good)
        made = [_apply_role(caller, one) for one in chosen if one["table"] == "roles"]
        made += _apply_openings(caller, [one for one in chosen if one["table"] == "openings"])
        kept = _opened(caller, made) if publish else ()
        row.applied_at, row.made = caller.at, made
        row.save(update_fields=["applied_at", "made"])
        audit.record(caller, verb="work.apply_upload", subject=("upload", str(row.pk)), fields=["openings", "roles"])
    changed = sum(one["before"] is not None for one in made)
    return Applied(row.pk, len(made) - changed, changed, len(row.rows) - len(chosen), left_out, len(kept))


def undo_upload(caller: access.Caller, *, upload: int) -> Undone:
    """Take back what a spreadsheet did, within 24 hours: remove what it made, restore what it changed.

    All or nothing: raises :class:`Conflict` when any of it was changed since, naming what.
    """
    with transaction.atomic():
        row = _mine(caller, upload)
        _require_undoable(row, caller.at)
        _require_untouched(row.made)
        _remove([one["pk"] for one in row.made if one["table"] == "openings" and one["before"] is None])
        for one in reversed(row.made):
            _undo(caller, one)
        row.undone_at = caller.at
        row.save(update_fields=["undone_at"])
        audit.record(caller, verb="work.undo_upload", subject=("upload", str(row.pk)), fields=["openings", "roles"])
    removed = sum(one["before"] is None for one in row.made)
    return Undone(row.pk, removed, len(row.made) - removed)


def _packed(row: plans.PlannedRow) -> dict[str, Any]:
    kept = ("table", "sheet", "row", "title", "does", "target", "version")
    return {name: getattr(row, name) for name in kept} | {
        "draft": stored.packed(row.draft),
        "beside": row.beside,
    }


def _printable(name: str) -> str:
    """The name of the file without folders and control characters; it is only ever shown."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in base if sign.isprintable())[-160:] or "spreadsheet"


def _mine(caller: access.Caller, upload: int) -> Upload:
    row = Upload.objects.select_for_update().filter(pk=upload).first()
    if row is None or not desks.seated(caller, organisation=row.organisation_id):
        if not caller.operator:
            access.require_signed_in(caller)
        raise NotFound(
            expected=_("an upload of your organisation"), found=upload, next_step=_("Upload the file again.")
        )
    desks.require_writer(caller, organisation=row.organisation_id)
    return row


def _require_applicable(row: Upload, left_out: int, *, keep_good: bool) -> None:
    if left_out and not keep_good:
        raise UploadRefused(
            expected=_("a spreadsheet without problems"),
            found=_("%(count)s rows with a problem") % {"count": left_out},
            next_step=_("Correct them and upload again, or choose to keep only the good rows."),
            rows=left_out,
        )
    if not row.rows:
        step = _("Fill the template and upload it again.")
        raise UploadRefused(expected=_("a row that can go in"), found=_("none"), next_step=step)


def _apply_role(caller: access.Caller, one: dict[str, Any]) -> dict[str, Any]:
    draft = stored.unpacked_role(one["draft"])
    if one["does"] == "make":
        saved = roles.add_role_profile(caller, draft=draft)
        return {"table": "roles", "pk": saved.id, "name": saved.key, "version": saved.version, "before": None}
    before = stored.packed(plans.role_draft_of(RoleProfile.objects.get(pk=one["target"])))
    saved = roles.revise_role_profile(caller, role=one["target"], version=one["version"], draft=draft)
    return {"table": "roles", "pk": saved.id, "name": saved.key, "version": saved.version, "before": before}


def _apply_openings(caller: access.Caller, chosen: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """New openings as drafts, changed ones as they stand; what stands beside each goes in first, to be weighed."""
    new = [one for one in chosen if one["does"] == "make"]
    drafts = [stored.unpacked_opening(one["draft"]) for one in new]
    saved = openings.add_openings(caller, rows=drafts, publish=False) if new else ()
    beside.room().keep({one.id: row.get("beside", {}) for one, row in zip(saved, new, strict=True)})
    made = [_made(one, None, {}) for one in saved]
    changed = [one for one in chosen if one["does"] == "change"]
    stood = beside.room().stored(one["target"] for one in changed)
    beside.room().keep({one["target"]: one.get("beside", {}) for one in changed})
    for one in changed:
        row = Opening.objects.select_related("role").get(pk=one["target"])
        before = stored.packed(stored.draft_of(row))
        draft = stored.unpacked_opening(one["draft"])
        done = openings.revise_opening(caller, slug=row.slug, version=one["version"], draft=draft)
        made.append(_made(done, before, stood[row.pk]))
    return made


def _opened(caller: access.Caller, made: Sequence[dict[str, Any]]) -> tuple[int, ...]:
    new = [one["pk"] for one in made if one["table"] == "openings" and one["before"] is None]
    return publishing.open_unchallenged(caller, openings=new)


def _made(saved: publishing.SavedOpening, before: dict[str, Any] | None, stood: beside.Said) -> dict[str, Any]:
    found = {"table": "openings", "pk": saved.id, "name": saved.slug, "version": saved.version, "before": before}
    return found | {"beside": stood}


def _require_undoable(row: Upload, at: datetime) -> None:
    if row.applied_at is None or row.undone_at is not None:
        step = _("Open the list of uploads again.")
        raise Conflict(expected=_("an upload that was applied"), found=_("one that was not"), next_step=step)
    if at >= row.applied_at + UNDO:
        raise UploadRefused(
            expected=_("an upload of the last 24 hours"),
            found=_("an older upload"),
            next_step=_("Close or change the openings one by one."),
        )


def _require_untouched(made: Iterable[dict[str, Any]]) -> None:
    made = list(made)
    for table, model in (("openings", Opening), ("roles", RoleProfile)):
        wanted = {one["pk"]: one for one in made if one["table"] == table}
        versions = _versions(model, list(wanted))
        touched = sorted(one["name"] for pk, one in wanted.items() if versions.get(pk) != one["version"])
        if touched:
            raise Conflict(
                expected=_("nothing changed since the upload"),
                found=", ".join(touched[:5]),
                next_step=_("Close or change the openings one by one."),
                touched=touched,
            )


def _versions(model: Any, ids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(ids), publishing.BATCH):
        found |= model.objects.filter(pk__in=ids[start : start + publishing.BATCH]).values_list("pk", "version")
    return found


def _remove(openings_made: Sequence[int]) -> None:
    """Remove what the upload made, many at a time: what hangs on an opening goes with it."""
    try:
        for start in range(0, len(openings_made), publishing.BATCH):
            Opening.objects.filter(pk__in=openings_made[start : start + publishing.BATCH]).delete()
    except ProtectedError as error:  # a room above holds on to it; which one, and for whom, is not the caller's to know
        step = _("Close or change the openings one by one.")
        raise Conflict(
            expected=_("openings that nobody counts on yet"), found=_("one in use"), next_step=step
        ) from error


def _undo(caller: access.Caller, one: dict[str, Any]) -> None:
    if one["table"] == "roles":
        _undo_role(caller, one)
    elif one["before"] is not None:
        row = Opening.objects.get(pk=one["pk"])
        draft = stored.unpacked_opening(one["before"])
        openings.write(caller, row, draft, openings.role_ids([draft]))
        beside.room().keep({row.pk: one.get("beside", {})})
        publishing.require_unchallenged(caller, {row.pk: draft} if row.state == OpeningState.OPEN else {})


def _undo_role(caller: access.Caller, one: dict[str, Any]) -> None:
    if one["before"] is not None:
        draft = stored.unpacked_role(one["before"])
        roles.revise_role_profile(caller, role=one["pk"], version=one["version"], draft=draft)
        return
    try:
        RoleProfile.objects.filter(pk=one["pk"]).delete()
    except ProtectedError as error:
        step = _("Change those openings first.")
        raise Conflict(expected=_("a role without openings"), found=one["name"], next_step=step) from error
