"""How does a person give and withdraw a share, and how does a reader look at one?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from valley.foundation import access, audit, clock, organisations, sealing
from valley.foundation.access import Caller, Purpose
from valley.foundation.problems import NotFound
from valley.people.actions import checks
from valley.people.actions.beats import changing
from valley.people.models import Claim, Share, ShareLook
from valley.people.queries import gate
from valley.people.queries.sharing import SharedPassport, shared_passport

LONGEST = timedelta(days=366)
LIVING_MOST = 50


@dataclass(frozen=True, slots=True)
class ShareOffer:
    """What the person wants to show to whom. ``competences`` empty means all; ``ends_on`` is not included."""

    reader: int
    purpose: str
    parts: tuple[str, ...]
    ends_on: date
    competences: tuple[int, ...] = ()
    message: str = ""


def give_share(caller: Caller, *, person: int, offer: ShareOffer) -> str:
    """Let one organisation read chosen parts for one purpose until a day, at most a year away; returns the share's key.

    Raises Refused for an unknown part, purpose or competence, for a reader of a kind that may not read this purpose,
    and for an end that is today, past or too far.
    """
    with changing(caller, person=person, verb="people.give_share", raises_version=False) as change:
        today = clock.today(caller.at)
        _require_reader(offer, on=today)
        _require_end(offer.ends_on, on=today)
        parts = checks.all_of(offer.parts, field="parts", known=gate.PARTS)
        _require_parts(parts)
        own = set(Claim.objects.filter(person=person).values_list("competence_id", flat=True))
        chosen = sorted(set(offer.competences))
        if not set(chosen) <= own:
            raise checks.Refused(
                field="competences",
                expected=_("competences from your own passport"),
                found=_("one that is not in it"),
                next_step=_("Choose from the list."),
            )
        living = Share.objects.filter(person=person, withdrawn_at__isnull=True, ends_on__gt=today).count()
        checks.number(living + 1, field="reader", low=1, high=LIVING_MOST)
        message = checks.text(offer.message, field="message", most=checks.NOTE_MOST, lines=True)
        row = Share.objects.create(
            person_id=person,
            reader_id=offer.reader,
            purpose=offer.purpose,
            parts=parts,
            competences=chosen if "competences" in parts else [],
            message_sealed=sealing.seal(change.owner, message, at=caller.at),
            given_at=caller.at,
            ends_on=offer.ends_on,
        )
        change.fields += ["share.reader", "share.purpose", "share.ends_on", *(f"share.parts.{part}" for part in parts)]
    return str(row.key)


def withdraw_share(caller: Caller, *, person: int, key: str) -> None:
    """End a share at once: the next look fails. NotFound when it is not a living share of this person."""
    with changing(caller, person=person, verb="people.withdraw_share", raises_version=False) as change:
        living = Share.objects.filter(person=person, key=key, withdrawn_at__isnull=True)
        if not key.isalnum() or not living.update(withdrawn_at=caller.at):
            raise NotFound(
                expected=_("a share that is open"), found=_("none"), next_step=_("Open the list of your shares again.")
            )
        change.fields.append("share.withdrawn_at")


def look_at_share(caller: Caller, *, key: str) -> SharedPassport:
    """Open a share at a desk of the reading organisation. The look is written down before anything is shown."""
    with transaction.atomic():
        grant = gate.grant(caller, purpose=Purpose.SHARE, share=key)
        with access.opened(grant):
            row = Share.objects.get(key=key)
            ShareLook.objects.create(
                person_id=row.person_id,
                share=row,
                reader=caller.pseudonym,
                desk=gate.may_look(caller, organisation=row.reader_id, purpose=row.purpose),
                looked_at=caller.at,
                parts=row.parts,
            )
            audit.record(
                caller,
                verb="people.look_at_share",
                subject=("person", gate.pseudonym_of(grant)),
                fields=[f"share.parts.{part}" for part in row.parts],
                purpose=str(grant.purpose),
            )
            return shared_passport(grant, key=key)


def _require_reader(offer: ShareOffer, *, on: date) -> None:
    checks.one_of(offer.purpose, field="purpose", known=(*gate.SHARE_PURPOSES, *gate.ROOM_PURPOSES))
    kinds, _roles = gate.DESKS[offer.purpose]
    kind = {partner.id: partner.kind for partner in organisations.partners(on=on)}.get(offer.reader)
    if kind is None or kind not in kinds:
        raise checks.Refused(
            field="reader",
            expected=_("a partner that may read shares for this purpose"),
            found=_("another organisation"),
            next_step=_("Choose another reader or another purpose."),
        )


def _require_end(ends_on: date, *, on: date) -> None:
    if not on < ends_on <= on + LONGEST:
        raise checks.Refused(
            field="ends_on",
            expected=_("an end after today and within a year"),
            found=ends_on,
            next_step=_("Choose another day. You can always withdraw the share earlier."),
        )


def _require_parts(parts: list[str]) -> None:
    if not parts or ("notes" in parts and "competences" not in parts):
        raise checks.Refused(
            field="parts",
            expected=_("at least one part, and notes only together with competences"),
            found=_("another choice"),
            next_step=_("Choose what the reader may see."),
        )
