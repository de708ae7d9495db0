"""Who is asked to approve a version, what do they answer, and who publishes it in the end?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from valley.curriculum.actions import cohorts, storing
from valley.curriculum.actions.making import SavedVersion, saved
from valley.curriculum.actions.storing import ProgrammeRefused
from valley.curriculum.models import Approval, ProgrammeVersion, VersionState
from valley.curriculum.queries import pages, rights
from valley.foundation import access, audit, clock, organisations
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole
from valley.foundation.problems import Conflict, NotFound

STEPS = ("content", "practice", "exam")
_OWN_VERBS = ("curriculum.draft_version", "curriculum.revise_version", "curriculum.import_version")


@dataclass(frozen=True, slots=True)
class ApprovalAsk:
    """One question: which step, to which desk of which organisation (id), to be answered by a day."""

    step: str
    desk: str
    organisation: int
    due_on: date


def ask_approvals(caller: Caller, *, ref: str, version: int, asks: Sequence[ApprovalAsk]) -> SavedVersion:
    """Put a draft under review: each step is asked of one desk. Asking again starts a new round."""
    with transaction.atomic():
        row = storing.locked(caller, ref=ref)
        storing.require_same(row, version)
        _require_askable(row, ref)
        if not asks or len({one.step for one in asks}) < len(asks):
            raise _refused(_("at least one step, and each step once"), _("%(count)s questions") % {"count": len(asks)})
        for one in asks:
            _require_sound(one, clock.today(caller.at))
        Approval.objects.bulk_create(
            Approval(
                version=row, step=one.step, desk=one.desk, organisation_id=one.organisation, asked_at=caller.at,
                due_on=one.due_on,
            )
            for one in asks
        )  # fmt: skip
        row.state, row.version = VersionState.REVIEW, row.version + 1
        row.save()
        audit.record(caller, verb="curriculum.ask_approvals", subject=_subject(row), fields=["step", "desk", "due_on"])
    return saved(row)


def _require_askable(row: ProgrammeVersion, ref: str) -> None:
    refused = any(one.verdict == "no" for one in pages.current_round(row))
    if row.state != VersionState.DRAFT and not refused:
        raise _refused(_("a draft, or a version that got a no"), ref)
    if not row.units.filter(outcomes__isnull=False).exists():
        raise _refused(_("a version with at least one outcome"), ref)


def _require_sound(one: ApprovalAsk, today: date) -> None:
    if one.step not in STEPS or one.desk not in DeskRole.values:
        raise _refused(_("a known step and desk"), f"{one.step}, {one.desk}"[:80])
    kind = organisations.partner(id=one.organisation).kind
    if kind not in organisations.ONLY_AT.get(one.desk, {kind}):
        raise _refused(_("a desk that this organisation has"), one.desk)
    if one.due_on < today:
        raise _refused(_("a day from today on"), str(one.due_on))


def _refused(expected: str, found: str) -> ProgrammeRefused:
    return ProgrammeRefused(expected=expected, found=found, next_step=_("Correct it and ask again."))


def _subject(row: ProgrammeVersion) -> tuple[str, str]:
    return ("programme-version", str(row.pk))


def give_verdict(caller: Caller, *, approval: int, verdict: str, words: str = "") -> SavedVersion:
    """Answer yes or no (with a reason) for the desk that was asked. Nobody approves what they wrote themselves."""
    with transaction.atomic():
        row = (
            Approval.objects.select_for_update(of=("self",))
            .select_related("version__programme")
            .filter(pk=approval)
            .first()
        )
        if row is None or not rights.may_read(caller, row.version):
            raise NotFound(
                expected=_("a question about a version"), found=approval, next_step=_("Open it from the version.")
            )
        access.require_desk(caller, DeskRole(row.desk), organisation=row.organisation_id)
        _require_other(caller, row.version)
        if row.verdict or row.pk not in {one.pk for one in pages.current_round(row.version)}:
            raise Conflict(
                expected=_("a question that waits for an answer"), found=row.verdict or _("an earlier round"),
                next_step=_("Open the version to see where it stands."),
            )  # fmt: skip
        if verdict not in ("yes", "no") or (verdict == "no" and not words.strip()):
            raise _refused(_("yes, or no with a reason"), verdict[:20] or "-")
        if len(words) > storing.TEXT or not words.isprintable():
            raise _refused(_("a reason of at most 300 readable characters"), words[:40])
        row.verdict, row.words = verdict, words.strip()
        row.decided_by, row.decided_at = caller.pseudonym, caller.at
        row.save()
        version = row.version
        if all(one.verdict == "yes" for one in pages.current_round(version)):
            version.state = VersionState.APPROVED
            version.save(update_fields=["state"])
        audit.record(caller, verb="curriculum.give_verdict", subject=_subject(version), fields=["verdict", "words"])
    return saved(version)


def _require_other(caller: Caller, version: ProgrammeVersion) -> None:
    """The operator passes no gate here either: approval is a person's word about someone else's work."""
    lines = audit.lines_about("programme-version", str(version.pk))
    authors = {version.made_by} | {line.actor for line in lines if line.verb in _OWN_VERBS}
    if caller.pseudonym in authors:
        raise access.Forbidden(
            expected=_("someone who did not write this version"), found=_("one of its authors"),
            next_step=_("Let a colleague at this desk answer."),
        )  # fmt: skip


def publish(caller: Caller, *, ref: str, version: int, from_on: date) -> SavedVersion:
    """Publish an approved version: cohorts that start on or after ``from_on`` follow it, and it never changes again.

    A person's act: the operator may not. ``from_on`` lies after every published version's day, and not in the past, so
    that no cohort that runs is moved.
    """
    if caller.account is None:
        raise access.SignInNeeded(
            expected=_("a person at a desk"), found=_("the terminal"), next_step=_("Sign in and publish it there.")
        )
    with transaction.atomic():
        row = storing.locked(caller, ref=ref)
        storing.require_same(row, version)
        waiting = [one for one in pages.current_round(row) if one.verdict != "yes"]
        if row.state != VersionState.APPROVED or waiting:
            raise _refused(_("a version to which everyone who was asked said yes"), str(VersionState(row.state).label))
        last = row.programme.versions.filter(state=VersionState.PUBLISHED).order_by("-from_on").first()
        if from_on < clock.today(caller.at) or (last and last.from_on and from_on <= last.from_on):
            earliest = str(last.from_on) if last else str(clock.today(caller.at))
            raise _refused(_("a day from today on, and after %(day)s") % {"day": earliest}, str(from_on))
        cohorts.keep_running(row.programme, caller)
        row.state, row.from_on, row.published_at = VersionState.PUBLISHED, from_on, caller.at
        row.save()
        audit.record(caller, verb="curriculum.publish_version", subject=_subject(row), fields=["state", "from_on"])
    return saved(row)
