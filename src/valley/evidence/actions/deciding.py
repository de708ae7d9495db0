"""How do people confirm, change and reject what was read, in bulk, and how do they add what was overlooked?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from valley.core.evidence import standing
from valley.evidence.actions import choosing
from valley.evidence.drafts import EvidenceRefused
from valley.evidence.models import Decision, Finding, FindingState, Piece
from valley.evidence.queries.findings import visible
from valley.evidence.queries.pieces import missing, visible_pieces
from valley.foundation import access, audit
from valley.foundation.problems import Conflict, NotFound
from valley.reading import desks

MOST = 500
REASON = 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says about a finding, from the version that was read.

    ``state`` is "confirmed", "rejected", "changed" (then ``competence`` names the right one) or "proposed", which
    takes a decision back. ``level`` (1 to 4) replaces the one that was read.
    """

    finding: int
    state: str
    version: int
    competence: int | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Versioned:
    """A finding with its new version, to take the decision back with."""

    finding: int
    version: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What a set of verdicts did."""

    confirmed: int
    changed: int
    rejected: int
    undone: int
    versions: tuple[Versioned, ...]


def decide(caller: access.Caller, *, verdicts: Sequence[Verdict], reason: str = "") -> Decided:
    """Decide about up to 500 findings, all or nothing.

    Raises :class:`Conflict` naming what someone else decided meanwhile, :class:`EvidenceRefused` for a verdict that
    does not fit, :class:`NotFound` for a finding that is not the caller's.
    """
    _require_sound(verdicts, reason)
    with transaction.atomic():
        rows = _locked(caller, [one.finding for one in verdicts])
        _require_unchanged(rows, verdicts)
        chosen = choosing.usable(one.competence for one in verdicts if one.competence is not None)
        for one in verdicts:
            _apply(rows[one.finding], one, chosen)
        _require_one_each(rows.values())
        Finding.objects.bulk_update(rows.values(), ["state", "competence", "level", "version"], batch_size=100)
        Decision.objects.bulk_create(choosing.decision(caller, row, reason.strip()) for row in rows.values())
        for piece in sorted({row.piece_id for row in rows.values()}):
            audit.record(caller, verb="evidence.decide", subject=("piece", str(piece)), fields=["findings"])
    states = [row.state for row in rows.values()]
    return Decided(
        confirmed=states.count(FindingState.CONFIRMED), changed=states.count(FindingState.CHANGED),
        rejected=states.count(FindingState.REJECTED), undone=states.count(FindingState.PROPOSED),
        versions=tuple(Versioned(pk, row.version) for pk, row in rows.items()),
    )  # fmt: skip


def add_finding(caller: access.Caller, *, piece: int, sentence: str, competence: int, level: int | None = None) -> int:
    """Add a competence that the reading overlooked, with a sentence of the text; the id of the finding."""
    _require_level(level)
    wanted = " ".join(sentence.split())
    with transaction.atomic():
        row = visible_pieces(caller, None).select_for_update().filter(pk=piece, withdrawn_at=None).first()
        if row is None:
            raise missing(piece)
        starts, ends = _place(row, wanted)
        chosen = choosing.usable([competence])[competence]
        if row.findings.filter(competence=chosen, starts=starts).exists():
            raise _twice(row.text[starts:ends])
        made = Finding.objects.create(
            piece=row, competence_id=chosen, sentence=row.text[starts:ends], starts=starts, score=1.0, level=level,
            state=FindingState.CONFIRMED,
        )  # fmt: skip
        choosing.decision(caller, made).save()
        audit.record(caller, verb="evidence.add_finding", subject=("piece", str(row.pk)), fields=["findings"])
    return made.pk


def confirm_all(caller: access.Caller, *, above: float) -> Decided:
    """Confirm everything that waits with at least this score. For the operator, who answers for it."""
    if not caller.operator:
        desks.require_all(caller)
        raise access.Forbidden(
            expected=_("the operator at the terminal"),
            found=_("another desk"),
            next_step=_("Confirm page by page, where you can see the sentences."),
        )
    rows = visible(caller, None).filter(state=FindingState.PROPOSED, score__gte=above)
    found = list(rows.order_by("pk").values_list("pk", "version"))
    total = Decided(0, 0, 0, 0, ())
    with transaction.atomic():
        for first in range(0, len(found), MOST):
            part = [Verdict(pk, FindingState.CONFIRMED, version) for pk, version in found[first : first + MOST]]
            done = decide(caller, verdicts=part)
            total = Decided(total.confirmed + done.confirmed, 0, 0, 0, (*total.versions, *done.versions))
    return total


def _require_sound(verdicts: Sequence[Verdict], reason: str) -> None:
    if not 1 <= len(verdicts) <= MOST or len({one.finding for one in verdicts}) != len(verdicts):
        raise EvidenceRefused(
            expected=_("1 to %(most)s verdicts, each finding once") % {"most": MOST},
            found=len(verdicts),
            next_step=_("Choose at least one, and save a page at a time."),
        )
    if len(reason) > REASON:
        step = _("Shorten it.")
        raise EvidenceRefused(
            expected=_("a reason of at most %(most)s characters") % {"most": REASON}, found=len(reason), next_step=step
        )
    for one in verdicts:
        _require_level(one.level)
        if one.state not in FindingState.values or (one.state == FindingState.CHANGED and one.competence is None):
            raise EvidenceRefused(
                expected=_("confirm, reject, take back, or change into a competence"), found=one.state,
                next_step=_("Choose the competence that the sentence means."), finding=one.finding,
            )  # fmt: skip


def _require_level(level: int | None) -> None:
    if level is not None and not 1 <= level <= 4:
        raise EvidenceRefused(expected=_("a level from 1 to 4"), found=level, next_step=_("Choose 1, 2, 3 or 4."))


def _locked(caller: access.Caller, ids: Sequence[int]) -> dict[int, Finding]:
    rows = {row.pk: row for row in visible(caller, None).select_for_update(of=("self",)).filter(pk__in=ids)}
    unknown = [pk for pk in ids if pk not in rows]
    if unknown:
        raise NotFound(expected=_("a finding you may read"), found=unknown[0], next_step=_("Open the list again."))
    return {pk: rows[pk] for pk in ids}


def _require_unchanged(rows: dict[int, Finding], verdicts: Sequence[Verdict]) -> None:
    changed = [one.finding for one in verdicts if rows[one.finding].version != one.version]
    if changed:
        words = "; ".join(f"“{rows[pk].sentence[:60]}”: {FindingState(rows[pk].state).label}" for pk in changed[:3])
        raise Conflict(
            expected=_("findings as you saw them"),
            found=_("%(count)s that someone else decided meanwhile: %(words)s")
            % {"count": len(changed), "words": words},
            next_step=_("Look at those again; nothing of this page was saved."),
            changed=changed,
        )


def _apply(row: Finding, said: Verdict, chosen: dict[int, int]) -> None:
    row.state, row.version = said.state, row.version + 1
    if said.state == FindingState.PROPOSED:
        if row.proposed_id is None:
            raise EvidenceRefused(
                expected=_("something the reading proposed"), found=_("something a person added"),
                next_step=_("Reject it instead."), finding=row.pk,
            )  # fmt: skip
        row.competence_id, row.level = row.proposed_id, row.proposed_level
        return
    if said.competence is not None:
        row.competence_id = chosen[said.competence]
    elif said.state == FindingState.CONFIRMED and row.proposed_id is not None:
        row.competence_id = row.proposed_id
    if said.state == FindingState.CONFIRMED and row.proposed_id not in (None, row.competence_id):
        row.state = FindingState.CHANGED
    row.level = said.level or row.level


def _require_one_each(rows: Iterable[Finding]) -> None:
    """A sentence carries a competence once: the second is rejected by hand, so that nobody loses a decision."""
    rows = list(rows)
    keys = {(row.piece_id, row.competence_id, row.starts): row for row in rows}
    others = Finding.objects.filter(piece__in={row.piece_id for row in rows}).exclude(pk__in=[row.pk for row in rows])
    taken = set(others.values_list("piece", "competence", "starts"))
    twice = [row for key, row in keys.items() if key in taken]
    if twice or len(keys) != len(rows):
        raise _twice((twice or rows)[0].sentence)


def _twice(sentence: str) -> EvidenceRefused:
    return EvidenceRefused(
        expected=_("each competence once in a sentence"),
        found=_("one that stands there already: “%(sentence)s”") % {"sentence": sentence[:120]},
        next_step=_("Reject one of the two."),
    )


def _place(row: Piece, wanted: str) -> tuple[int, int]:
    found = standing(row.text, wanted)
    if found is None:
        raise EvidenceRefused(
            expected=_("a sentence of the text"), found=wanted[:120] or _("nothing"),
            next_step=_("Copy the sentence from the text."),
        )  # fmt: skip
    return found
