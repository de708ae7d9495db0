"""Which applications wait at a desk, in order of arrival and in no other, and which led to a job?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from valley.applications import words
from valley.applications.models import RUNNING, Application, State
from valley.foundation import access, clock, organisations
from valley.foundation.access import Caller, Purpose
from valley.foundation.problems import NotFound
from valley.people import queries as people
from valley.people import snapshots as envelopes
from valley.work import queries as work

# What a desk may do next. "withdrawn" is the person's, "closed" ends the whole procedure.
NEXT: Mapping[str, tuple[State, ...]] = {
    State.SENT: (State.IN_TALK, State.OFFERED, State.TURNED_DOWN),
    State.IN_TALK: (State.OFFERED, State.TURNED_DOWN),
    State.OFFERED: (State.HIRED, State.TURNED_DOWN),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A state that an application may go to next."""

    state: str
    words: str


@dataclass(frozen=True, slots=True)
class DeskApplication:
    """The envelope of one application: no name, no content. ``number`` counts arrivals that can still be read."""

    key: str
    number: int
    state: str
    state_words: str
    reason_words: str
    parts_words: tuple[str, ...]
    arrived_at: datetime
    readable_until: date
    gone_on: date | None
    steps: tuple[Step, ...]
    version: int


@dataclass(frozen=True, slots=True)
class DeskOpening:
    """An opening with applications that can be read today."""

    slug: str
    title: str
    state: str
    closes_on: date
    applications: int
    running: int


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The openings of one organisation with applications, by closing day (ties by title)."""

    organisation: int
    organisation_name: str
    openings: tuple[DeskOpening, ...]


@dataclass(frozen=True, slots=True)
class DeskList:
    """The applications for one opening in order of arrival. There is no other order and no filter."""

    organisation: int
    organisation_name: str
    opening: work.OpeningItem
    applications: tuple[DeskApplication, ...]
    hired: int
    may_end: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    """An application that led to a job, for the room of careers. ``person`` and ``opening`` are ids."""

    key: str
    person: int
    opening: int | None
    title: str
    organisation: int
    share_key: str
    hired_on: date


def desk(caller: Caller, *, organisation: int) -> DeskPage:
    """Which openings of an organisation have applications. For its recruiter, with a second factor."""
    rows, _envelopes = readable(caller, organisation=organisation)
    items = work.opening_items(caller, ids={row.opening_id for row in rows if row.opening_id})
    every = Counter(row.opening_id for row in rows)
    running = Counter(row.opening_id for row in rows if row.state in RUNNING)
    found = (
        DeskOpening(item.slug, item.title, item.state, item.closes_on, every[pk], running[pk])
        for pk, item in items.items()
    )
    return DeskPage(
        organisation,
        organisations.names([organisation])[organisation],
        tuple(sorted(found, key=lambda one: (one.closes_on, one.title, one.slug))),
    )


def applications_for(caller: Caller, *, organisation: int, opening: str) -> DeskList:
    """The applications for one opening (by slug) in order of arrival. For the organisation's recruiter.

    Only what can be read today: a share that ended or was stopped is not in it. NotFound for another's opening.
    """
    rows, shares = readable(caller, organisation=organisation)
    item = opening_of(caller, organisation=organisation, opening=opening)
    own = [row for row in rows if row.opening_id == item.id]
    lines = tuple(desk_line(row, shares[row.share_key], number) for number, row in enumerate(own, start=1))
    return DeskList(
        organisation,
        item.organisation,
        item,
        lines,
        hired=sum(row.state == State.HIRED for row in own),
        may_end=any(row.state in RUNNING for row in own),
    )


def readable(caller: Caller, *, organisation: int) -> tuple[list[Any], Mapping[str, envelopes.Envelope]]:
    """The rows behind living shares with an organisation, in order of arrival, and their shares by key."""
    grant = people.grant(caller, purpose=Purpose.INBOX, inbox=(organisation, words.PURPOSE))
    today = clock.today(caller.at)
    found = envelopes.envelopes(grant, reader=organisation, purpose=words.PURPOSE, on=today)
    shares = {one.key: one for one in found}
    with access.opened(grant):
        rows = Application.objects.filter(organisation=organisation).order_by("arrived_at", "pk")
        return [row for row in rows if row.share_key in shares], shares


def opening_of(caller: Caller, *, organisation: int, opening: str) -> work.OpeningItem:
    """An opening of this organisation, or NotFound."""
    pk = work.opening_id(caller, slug=opening)
    item = work.opening_items(caller, ids=[pk])[pk]
    if item.organisation_id != organisation:
        raise NotFound(
            expected=_("an opening of your organisation"), found=opening, next_step=_("Choose one from your desk.")
        )
    return item


def desk_line(row: Any, share: envelopes.Envelope, number: int) -> DeskApplication:
    """One row as the desk sees it."""
    gone_on = words.gone_on(ended_on=row.ended_on, keep_until=row.keep_longer_until)
    return DeskApplication(
        key=row.key,
        number=number,
        state=row.state,
        state_words=str(State(row.state).label),
        reason_words=words.reason(row.reason),
        parts_words=people.part_words(share.parts, own=False),
        arrived_at=row.arrived_at,
        readable_until=min(share.ends_on, gone_on or share.ends_on),
        gone_on=gone_on,
        steps=tuple(Step(state.value, str(state.label)) for state in NEXT.get(row.state, ())),
        version=row.version,
    )


def accepted(caller: Caller, *, organisation: int) -> tuple[Accepted, ...]:
    """Who got a job at an organisation through an application that can be read today, in order of arrival.

    For its recruiter and the operator.
    """
    rows, _shares = readable(caller, organisation=organisation)
    return tuple(_accepted(row) for row in rows if row.state == State.HIRED)


def accepted_of(caller: Caller, *, person: int) -> tuple[Accepted, ...]:
    """The applications of one person that led to a job, oldest first. For the owner of the passport."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with access.opened(grant):
        rows = Application.objects.filter(person=person, state=State.HIRED).order_by("arrived_at", "pk")
        return tuple(_accepted(row) for row in rows)


def _accepted(row: Any) -> Accepted:
    return Accepted(row.key, row.person_id, row.opening_id, row.title, row.organisation_id, row.share_key, row.ended_on)
