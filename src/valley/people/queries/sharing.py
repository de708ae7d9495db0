"""Who may read which part of a passport until when, who looked, and what does such a reader see?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valley.foundation import access, clock, organisations, sealing
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.models import DeskRole
from valley.people.models import Person, Share, ShareLook
from valley.people.queries import gate
from valley.people.queries.passports import (
    ClaimLine,
    PassportLanguage,
    WishesLine,
    claim_lines,
    language_lines,
    wishes_line,
)

PURPOSE_WORDS = {
    "orientation": gettext_lazy("orientation: talking about work that suits me"),
    "application": gettext_lazy("application: I want to work there"),
    "training-advice": gettext_lazy("training advice: what can I learn"),
}
ROOM_PURPOSE_WORDS = {
    "employment": gettext_lazy("employment: I work there"),
    "relay-route": gettext_lazy("relay route: my chain of jobs towards a diploma"),
    "group-placement": gettext_lazy("group placement: finding work together after a redundancy"),
}
EVERY_PURPOSE = {**PURPOSE_WORDS, **ROOM_PURPOSE_WORDS}
PART_WORDS = {
    "name": gettext_lazy("my name"),
    "competences": gettext_lazy("my competences with level"),
    "notes": gettext_lazy("my notes with the competences"),
    "languages": gettext_lazy("my languages"),
    "wishes": gettext_lazy("my wishes: hours, travel, shifts"),
}
_THEIR_PARTS = {
    "name": gettext_lazy("the person's name"),
    "competences": gettext_lazy("competences with level"),
    "notes": gettext_lazy("notes with the competences"),
    "languages": gettext_lazy("languages"),
    "wishes": gettext_lazy("wishes: hours, travel, shifts"),
}
STATE_WORDS = {
    "alive": gettext_lazy("still open"),
    "ended": gettext_lazy("ended"),
    "withdrawn": gettext_lazy("stopped"),
}


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One share as its giver sees it. ``competences`` empty: all of them. ``state``: alive, ended or withdrawn."""

    key: str
    reader: int
    reader_name: str
    purpose: str
    purpose_words: str
    parts: tuple[str, ...]
    parts_words: tuple[str, ...]
    competences: tuple[int, ...]
    message: str
    given_at: datetime
    ends_on: date
    withdrawn_at: datetime | None
    state: str
    state_words: str
    looks: int
    last_look_at: datetime | None


@dataclass(frozen=True, slots=True)
class Look:
    """Someone at a desk of the reading organisation opened a share."""

    share: str
    organisation: str
    desk: str
    desk_words: str
    looked_at: datetime
    parts: tuple[str, ...]
    parts_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassportView:
    """The chosen parts of a passport, and nothing of the others: "" or empty or None where a part was not chosen."""

    parts: tuple[str, ...]
    parts_words: tuple[str, ...]
    name: str
    claims: tuple[ClaimLine, ...]
    languages: tuple[PassportLanguage, ...]
    wishes: WishesLine | None


@dataclass(frozen=True, slots=True)
class SharedPassport:
    """A share as its reader sees it."""

    key: str
    reader: int
    reader_name: str
    purpose: str
    purpose_words: str
    message: str
    given_at: datetime
    ends_on: date
    view: PassportView


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A share in the list of a desk: the envelope, not the letter. In order of arrival, never ranked."""

    key: str
    purpose: str
    purpose_words: str
    parts: tuple[str, ...]
    parts_words: tuple[str, ...]
    given_at: datetime
    ends_on: date


@dataclass(frozen=True, slots=True)
class ReadingDesk:
    """An organisation whose shares the caller may open."""

    id: int
    name: str


def shares(caller: Caller, *, person: int) -> tuple[ShareLine, ...]:
    """Every share the person gave, newest first, ended and withdrawn ones too. For the owner. Five queries."""
    grant = gate.grant(caller, purpose=Purpose.OWN, person=person)
    with access.opened(grant):
        rows: list[Any] = list(Share.objects.filter(person=person).order_by("-given_at", "-pk"))
        seen: dict[int, list[datetime]] = defaultdict(list)
        for share, moment in ShareLook.objects.filter(person=person).values_list("share_id", "looked_at"):
            seen[share].append(moment)
    names = organisations.names(row.reader_id for row in rows)
    pseudonym = gate.pseudonym_of(grant)
    messages = sealing.unseal_many((pseudonym, row.message_sealed) for row in rows)
    today = clock.today(caller.at)
    return tuple(
        _share_line(row, names[row.reader_id], message, seen[row.pk], today)
        for row, message in zip(rows, messages, strict=True)
    )


def looks(caller: Caller, *, person: int) -> tuple[Look, ...]:
    """Who looked, newest first: the organisation and desk, the moment and the parts. For the owner."""
    grant = gate.grant(caller, purpose=Purpose.OWN, person=person)
    with access.opened(grant):
        rows: list[Any] = list(
            ShareLook.objects.filter(person=person).select_related("share").order_by("-looked_at", "-pk")
        )
    names = organisations.names(row.share.reader_id for row in rows)
    return tuple(
        Look(
            row.share.key,
            names[row.share.reader_id],
            row.desk,
            str(DeskRole(row.desk).label),
            row.looked_at,
            tuple(row.parts),
            part_words(row.parts, own=False),
        )
        for row in rows
    )


def share_preview(
    caller: Caller, *, person: int, parts: tuple[str, ...], competences: tuple[int, ...] = ()
) -> PassportView:
    """Exactly what a reader would see of these parts. For the owner, before the share is given."""
    grant = gate.grant(caller, purpose=Purpose.OWN, person=person)
    with access.opened(grant):
        return view_of(grant, parts=parts, competences=competences)


def view_of(grant: Grant, *, parts: tuple[str, ...], competences: tuple[int, ...] = ()) -> PassportView:
    """The chosen parts of the one person of an open grant; parts the grant itself does not name are left out."""
    allowed = frozenset(gate.PARTS) if grant.purpose == Purpose.OWN else grant.parts
    chosen = tuple(part for part in gate.PARTS if part in parts and part in allowed)
    row = Person.objects.get(pk=access.one_person(grant))
    claims: tuple[ClaimLine, ...] = ()
    if "competences" in chosen:
        only = frozenset(competences)
        claims = claim_lines(grant, pseudonym=row.pseudonym, notes="notes" in chosen, only=only)
    return PassportView(
        parts=chosen,
        parts_words=part_words(chosen, own=False),  # the owner previews what the reader will see
        name=sealing.unseal(row.pseudonym, row.name_sealed) if "name" in chosen else "",
        claims=claims,
        languages=language_lines(grant) if "languages" in chosen else (),
        wishes=wishes_line(grant) if "wishes" in chosen else None,
    )


def shared_passport(grant: Grant, *, key: str) -> SharedPassport:
    """A share as its reader sees it, under an open SHARE grant. Only ``actions.look_at_share`` calls this: it logs."""
    row = Share.objects.select_related("person", "reader").get(key=key)
    return SharedPassport(
        key=row.key,
        reader=row.reader_id,
        reader_name=row.reader.name,
        purpose=row.purpose,
        purpose_words=str(EVERY_PURPOSE[row.purpose]),
        message=sealing.unseal(row.person.pseudonym, row.message_sealed),
        given_at=row.given_at,
        ends_on=row.ends_on,
        view=view_of(grant, parts=tuple(row.parts), competences=tuple(row.competences)),
    )


def reading_desks(caller: Caller) -> tuple[ReadingDesk, ...]:
    """The organisations where the caller holds a desk that may open some kind of share, by name."""
    open_to = {
        desk.organisation
        for desk in caller.desks
        if any(gate.may_look(caller, organisation=desk.organisation, purpose=p) for p in EVERY_PURPOSE)
    }
    found = (ReadingDesk(key, name) for key, name in organisations.names(open_to).items())
    return tuple(sorted(found, key=lambda desk: (desk.name.casefold(), desk.id)))


def shared_with_me(caller: Caller, *, organisation: int) -> tuple[SharedRow, ...]:
    """The living shares that the caller's desk at an organisation may open, in order of arrival, never ranked.

    Names and contents stay shut: opening one is written in the log that the person reads. Needs a second factor.
    """
    roles = {role for _kinds, fitting in gate.DESKS.values() for role in fitting}
    access.require_desk(caller, *sorted(roles), organisation=organisation)
    every = (*gate.SHARE_PURPOSES, *gate.ROOM_PURPOSES)
    purposes = tuple(p for p in every if gate.may_look(caller, organisation=organisation, purpose=p))
    rows = gate.arrived(organisation=organisation, purposes=purposes, on=clock.today(caller.at))
    return tuple(
        SharedRow(
            row.key,
            row.purpose,
            str(EVERY_PURPOSE[row.purpose]),
            tuple(row.parts),
            part_words(row.parts, own=False),
            row.given_at,
            row.ends_on,
        )
        for row in rows
    )


def part_words(parts: Collection[str], *, own: bool) -> tuple[str, ...]:
    """What the parts are called, in the fixed order: "my name" for the owner, "the person's name" for whoever reads."""
    called = PART_WORDS if own else _THEIR_PARTS
    return tuple(str(called[part]) for part in gate.PARTS if part in parts)


def reader_words(purpose: str) -> str:
    """Which desks may open a share of this purpose, in words."""
    _kinds, roles = gate.DESKS[purpose]
    return _("read by: %(desks)s") % {"desks": ", ".join(str(role.label) for role in roles)}


def _share_line(row: Any, name: str, message: str, seen: list[datetime], on: date) -> ShareLine:
    state = (
        "withdrawn"
        if row.withdrawn_at
        else "alive"
        if gate.alive(ends_on=row.ends_on, withdrawn_at=None, on=on)
        else "ended"
    )
    return ShareLine(
        key=row.key,
        reader=row.reader_id,
        reader_name=name,
        purpose=row.purpose,
        purpose_words=str(EVERY_PURPOSE[row.purpose]),
        parts=tuple(row.parts),
        parts_words=part_words(row.parts, own=True),
        competences=tuple(row.competences),
        message=message,
        given_at=row.given_at,
        ends_on=row.ends_on,
        withdrawn_at=row.withdrawn_at,
        state=state,
        state_words=str(STATE_WORDS[state]),
        looks=len(seen),
        last_look_at=max(seen, default=None),
    )
