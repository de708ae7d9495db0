"""How do application data disappear four weeks after the procedure, with proof, whatever is killed in between?

Each application is one transaction: its share ends, its row goes, and the audit says so. A run that dies half way is
simply done again; what is gone stays gone and is not proved twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.applications import words
from valley.applications.actions import ending
from valley.applications.models import RUNNING, Application, State
from valley.foundation import access, audit, clock
from valley.foundation.access import Caller, Purpose
from valley.people import actions as passports
from valley.people import queries as people
from valley.people import snapshots as envelopes
from valley.work import queries as work

Report = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Cleared:
    """What a clearing did (or, ``dry_run``, would do): procedures that ended by themselves, and what was removed.

    ``removed`` are keys of applications, oldest end first: under each the audit holds the proof. ``kept_longer`` counts
    those past four weeks that stay with the person's own yes.
    """

    on: date
    dry_run: bool
    ended_by_themselves: int
    removed: tuple[str, ...]
    kept_longer: int


def clear_away(caller: Caller, *, dry_run: bool = False, progress: Report | None = None) -> Cleared:
    """End what ended by itself and remove what is four weeks past its end. For the operator and jobs.

    An application ends by itself when its share was stopped or ended, when its opening is gone, or eight weeks after
    the opening closed without a decision.
    """
    grant = people.grant(caller, purpose=Purpose.UPKEEP)
    today = clock.today(caller.at)
    with access.opened(grant):
        over = _over(caller, grant, today)
        for pk, (state, reason, on) in () if dry_run else over.items():
            _end_one(caller, pk, state=state, reason=reason, on=on)
        past = list(Application.objects.filter(ended_on__lte=today - words.AFTER).order_by("ended_on", "pk"))
        stays = [row for row in past if row.keep_longer_until and row.keep_longer_until > today]
        due = [row for row in past if row not in stays]
        for place, row in enumerate(() if dry_run else due):
            _remove(caller, grant, row.pk)
            if progress:
                progress((place + 1) / len(due), _("removing"))
    return Cleared(today, dry_run, len(over), tuple(row.key for row in due), len(stays))


def _over(caller: Caller, grant: access.Grant, today: date) -> dict[int, tuple[State, str, date]]:
    """The running applications that ended by themselves: how, why and since when."""
    rows: list[Any] = list(Application.objects.filter(state__in=RUNNING).order_by("pk"))
    ends = envelopes.share_ends(grant, keys=[row.share_key for row in rows])
    items = work.opening_items(caller, ids={row.opening_id for row in rows if row.opening_id})
    found: dict[int, tuple[State, str, date]] = {}
    for row in rows:
        ends_on, stopped = ends.get(row.share_key, (today, True))
        item = items.get(row.opening_id)
        late_on = today if item is None else item.closes_on + words.PATIENCE
        if stopped:
            found[row.pk] = (State.WITHDRAWN, "", ends_on)
        elif ends_on <= today:
            found[row.pk] = (State.CLOSED, "share-ended", ends_on)
        elif late_on <= today:
            found[row.pk] = (State.CLOSED, "opening-gone" if item is None else "no-decision", late_on)
    return found


def _end_one(caller: Caller, pk: int, *, state: State, reason: str, on: date) -> None:
    with transaction.atomic():
        row = Application.objects.select_for_update().filter(pk=pk, state__in=RUNNING).first()
        if row is not None:
            ending.end(row, state=state, reason=reason, on=on, at=caller.at)
            audit.record(
                caller,
                verb="applications.end_by_itself",
                subject=("application", row.key),
                fields=["application.state"],
                purpose=str(Purpose.UPKEEP),
            )


def _remove(caller: Caller, grant: access.Grant, pk: int) -> None:
    """End the share, delete the row, and write what was deleted by name, never what it said."""
    with transaction.atomic():
        row = Application.objects.select_for_update().filter(pk=pk).first()
        if row is None:
            return
        ends = envelopes.share_ends(grant, keys=[row.share_key])
        ends_on, stopped = ends.get(row.share_key, (clock.today(caller.at), True))
        if not stopped and ends_on > clock.today(caller.at):
            passports.withdraw_share(caller, person=row.person_id, key=row.share_key)
        row.delete()
        audit.record(
            caller,
            verb="applications.clear_away",
            subject=("application", row.key),
            fields=["application.state", "application.reason", "application.message", "application.share_key"],
            purpose=str(Purpose.UPKEEP),
        )
