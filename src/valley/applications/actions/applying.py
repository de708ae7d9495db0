"""How does a person apply by sharing a chosen view, and how is that stopped or kept longer?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.applications import words
from valley.applications.actions import ending
from valley.applications.models import RUNNING, Application, State
from valley.applications.queries.preview import is_open
from valley.core.errors import ValleyError
from valley.foundation import access, audit, clock, sealing
from valley.foundation.access import Caller, Purpose
from valley.foundation.problems import NotFound
from valley.people import actions as passports
from valley.people import queries as people
from valley.people import snapshots as envelopes
from valley.people.actions import checks
from valley.work import queries as work


class OpeningNotOpen(ValleyError):
    """Nobody can apply (any more) for this opening."""

    code = "opening-not-open"
    status = 409


class AlreadyApplied(ValleyError):
    """The person applied for this opening before."""

    code = "already-applied"
    status = 409


@dataclass(frozen=True, slots=True)
class ChosenView:
    """What the person shows for one application: parts and competences (empty: all) until a day, with a message.

    ``agree_to_keep`` is the person's own yes to keeping the application until ``ends_on``, instead of four weeks after
    the procedure.
    """

    parts: tuple[str, ...]
    ends_on: date
    competences: tuple[int, ...] = ()
    message: str = ""
    agree_to_keep: bool = False


def apply_with_share(caller: Caller, *, person: int, opening: str, view: ChosenView) -> str:
    """Apply for an opening (by slug): the share and the application, both or neither. Returns the application's key.

    Raises OpeningNotOpen when it is not open today, AlreadyApplied for a second time, and what ``people.give_share``
    refuses. For the owner of the passport.
    """
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    pk = work.opening_id(caller, slug=opening)
    with transaction.atomic():
        item = work.opening_items(caller, ids=[pk])[pk]
        today = clock.today(caller.at)
        _require_open(item, on=today)
        message = checks.text(view.message, field="message", most=checks.NOTE_MOST, lines=True)
        offer = passports.ShareOffer(
            reader=item.organisation_id,
            purpose=words.PURPOSE,
            parts=view.parts,
            ends_on=view.ends_on,
            competences=view.competences,
        )
        # Giving the share locks the person's row: of two forms sent at once the second finds the first's application.
        share = passports.give_share(caller, person=person, offer=offer)
        with access.opened(grant):
            _require_first(grant, person=person, item=item, at=caller.at)
            row = Application.objects.create(
                person_id=person,
                opening_id=pk,
                title=item.title,
                organisation_id=item.organisation_id,
                share_key=share,
                message_sealed=sealing.seal(people.pseudonym_of(grant), message, at=caller.at),
                arrived_at=caller.at,
                changed_at=caller.at,
                keep_longer_until=view.ends_on if view.agree_to_keep else None,
            )
        ending.plan_removal(view.ends_on + words.AFTER)
        fields = ["application.opening", "application.message", "application.keep_longer_until"]
        audit.record(caller, verb="applications.apply", subject=("application", row.key), fields=fields)
    return str(row.key)


def withdraw_application(caller: Caller, *, person: int, key: str) -> None:
    """Stop an application: the share ends at once and the employer sees nothing any more. For the owner.

    NotFound when there is no such application with a living share.
    """
    with _own(caller, person=person, key=key, verb="applications.withdraw") as row:
        passports.withdraw_share(caller, person=person, key=row.share_key)
        row.keep_longer_until = None
        row.save(update_fields=["keep_longer_until"])
        if row.state in RUNNING:
            ending.end(row, state=State.WITHDRAWN, reason="", on=clock.today(caller.at), at=caller.at)


def keep_longer(caller: Caller, *, person: int, key: str, agree: bool) -> None:
    """Say yes (or no again) to keeping an application until its share ends, instead of four weeks after the procedure.

    A share lives at most a year, so that is the most. For the owner. NotFound without a living share.
    """
    with _own(caller, person=person, key=key, verb="applications.keep_longer") as row:
        line = next(one for one in people.shares(caller, person=person) if one.key == row.share_key)
        if line.state != "alive":
            raise _none()
        row.keep_longer_until = line.ends_on if agree else None
        row.save(update_fields=["keep_longer_until"])
        gone_on = words.gone_on(ended_on=row.ended_on, keep_until=row.keep_longer_until)
        if gone_on:
            # With a no the day may be past already: then it goes with the next clearing, tomorrow.
            ending.plan_removal(max(gone_on, clock.today(caller.at) + timedelta(days=1)))


@contextmanager
def _own(caller: Caller, *, person: int, key: str, verb: str) -> Iterator[Any]:
    """One transaction on an application of the person, with its audit line."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with transaction.atomic(), access.opened(grant):
        row = Application.objects.select_for_update().filter(person=person, key=key if key.isalnum() else "").first()
        if row is None:
            raise _none()
        yield row
        audit.record(caller, verb=verb, subject=("application", row.key), fields=["application.keep_longer_until"])


def _none() -> NotFound:
    return NotFound(
        expected=_("an application of yours that the employer can read"),
        found=_("none"),
        next_step=_("Open the list of your applications again."),
    )


def _require_open(item: work.OpeningItem, *, on: date) -> None:
    if not is_open(item, on=on):
        raise OpeningNotOpen(
            expected=_("an opening that is open today"),
            found=_("one that closed"),
            next_step=_("Nothing was sent and nothing is shared. Look at what is open now."),
            opening=item.slug,
        )


def _require_first(grant: access.Grant, *, person: int, item: work.OpeningItem, at: Any) -> None:
    """No second application, unless the first one's share was stopped: that one is ended here."""
    rows = list(Application.objects.filter(person=person, opening=item.id).exclude(state=State.WITHDRAWN))
    ends = envelopes.share_ends(grant, keys=[row.share_key for row in rows])
    for row in rows:
        if row.state in RUNNING and ends[row.share_key][1]:
            ending.end(row, state=State.WITHDRAWN, reason="", on=ends[row.share_key][0], at=at)
            continue
        raise AlreadyApplied(
            expected=_("one application for an opening"),
            found=_("an earlier one of yours"),
            next_step=_("Look at your applications."),
            opening=item.slug,
        )
