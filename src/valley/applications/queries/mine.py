"""How do my applications stand, who looked, until when may they, and when is everything gone?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from valley.applications import words
from valley.applications.models import RUNNING, Application, State
from valley.foundation import access, organisations, sealing
from valley.foundation.access import Caller, Purpose
from valley.foundation.problems import NotFound
from valley.people import queries as people
from valley.work import queries as work


@dataclass(frozen=True, slots=True)
class LookLine:
    """Somebody at the employer opened the application."""

    at: datetime
    desk_words: str


@dataclass(frozen=True, slots=True)
class MyApplication:
    """One application as its owner sees it.

    ``gone_on`` is the day on which it is removed, None while the procedure runs; ``gone_latest_on`` is the day by which
    it is removed whatever happens; from ``readable_until`` the employer sees nothing any more. ``keep_longer_until``
    holds the person's own yes. ``opening`` is "" when the opening does not exist any more.
    """

    key: str
    opening: str
    title: str
    organisation: int
    organisation_name: str
    state: str
    state_words: str
    kind_words: str
    reason: str
    reason_words: str
    message: str
    arrived_at: datetime
    changed_at: datetime
    ended_on: date | None
    share: str
    share_state: str
    share_ends_on: date
    readable_until: date
    parts_words: tuple[str, ...]
    looks: tuple[LookLine, ...]
    gone_on: date | None
    gone_latest_on: date
    keep_longer_until: date | None
    may_withdraw: bool
    version: int


def my_applications(caller: Caller, *, person: int) -> tuple[MyApplication, ...]:
    """Every application of the person, newest first. For the owner of the passport. About 12 queries."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with access.opened(grant):
        rows: list[Any] = list(Application.objects.filter(person=person).order_by("-arrived_at", "-pk"))
    shares = {line.key: line for line in people.shares(caller, person=person)}
    looks: dict[str, list[LookLine]] = defaultdict(list)
    for look in people.looks(caller, person=person):
        looks[look.share].append(LookLine(look.looked_at, look.desk_words))
    pseudonym = people.pseudonym_of(grant)
    messages = sealing.unseal_many((pseudonym, row.message_sealed) for row in rows)
    items = work.opening_items(caller, ids=[row.opening_id for row in rows if row.opening_id])
    names = organisations.names(row.organisation_id for row in rows)
    known = _Known(shares, looks, items, names)
    return tuple(known.line(row, message) for row, message in zip(rows, messages, strict=True))


def my_application(caller: Caller, *, person: int, key: str) -> MyApplication:
    """One application of the person; NotFound when it is not theirs or gone."""
    found = next((line for line in my_applications(caller, person=person) if line.key == key), None)
    if found is None:
        raise NotFound(
            expected=_("an application of yours"),
            found=_("none"),
            next_step=_("It may be removed already. Open the list of your applications."),
        )
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What lines are made with, looked up once."""

    shares: Mapping[str, people.ShareLine]
    looks: Mapping[str, list[LookLine]]
    items: Mapping[int, work.OpeningItem]
    names: Mapping[int, str]

    def line(self, row: Any, message: str) -> MyApplication:
        """One row in words."""
        share = self.shares[row.share_key]
        item = self.items.get(row.opening_id)
        # Somebody may stop the share on the page of shares: that is a withdrawal too.
        stopped = share.state == "withdrawn" and row.state in RUNNING
        state = State.WITHDRAWN if stopped else State(row.state)
        last = row.ended_on or share.ends_on
        gone_on = words.gone_on(ended_on=row.ended_on, keep_until=row.keep_longer_until)
        return MyApplication(
            key=row.key,
            opening=item.slug if item else "",
            title=row.title,
            organisation=row.organisation_id,
            organisation_name=self.names[row.organisation_id],
            state=str(state.value),
            state_words=str(state.label),
            kind_words=words.kindly(state.value),
            reason=row.reason,
            reason_words=words.reason(row.reason),
            message=message,
            arrived_at=row.arrived_at,
            changed_at=row.changed_at,
            ended_on=row.ended_on,
            share=share.key,
            share_state=share.state,
            share_ends_on=share.ends_on,
            readable_until=min(share.ends_on, gone_on or share.ends_on),
            parts_words=share.parts_words,
            looks=tuple(self.looks.get(row.share_key, ())),
            gone_on=gone_on,
            gone_latest_on=words.gone_on(ended_on=last, keep_until=row.keep_longer_until) or last,
            keep_longer_until=row.keep_longer_until,
            may_withdraw=share.state == "alive",
            version=row.version,
        )
