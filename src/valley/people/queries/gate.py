"""May this caller open these personal rows, for this purpose, today? The one gate to everything personal.

A person that does not exist and a person of someone else get the same answer, so that nobody can count passports.
This file alone reads personal tables without an open scope, and only who owns, who reads and until when.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from valley.foundation import access, clock
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.models import DeskRole, OrganisationKind
from valley.foundation.problems import NotFound
from valley.people.models import Person, Share

PARTS = ("name", "competences", "notes", "languages", "wishes")

# The text a person says yes to may change; a yes stays tied to the wording it was given under.
CONSENT_WORDING = "2026-1"

SHARE_PURPOSES = ("orientation", "application", "training-advice")

# Shares that a person gives by doing something else: working somewhere, asking for a relay route, joining a placement.
# Nobody chooses them from a list.
ROOM_PURPOSES = ("employment", "relay-route", "group-placement")

# Which desks of which kinds of organisation may read a share of each purpose. A school never reads an application, an
# employer's trainer never reads it either, and a steward, who gives out desks, reads nothing.
DESKS: dict[str, tuple[frozenset[str], tuple[DeskRole, ...]]] = {
    "orientation": (
        frozenset({OrganisationKind.EMPLOYER, OrganisationKind.AGENCY, OrganisationKind.SCHOOL}),
        (DeskRole.RECRUITER, DeskRole.COACH),
    ),
    "application": (frozenset({OrganisationKind.EMPLOYER, OrganisationKind.AGENCY}), (DeskRole.RECRUITER,)),
    "training-advice": (
        frozenset({OrganisationKind.SCHOOL, OrganisationKind.EMPLOYER, OrganisationKind.AGENCY}),
        (DeskRole.COACH, DeskRole.PRACTICAL_TRAINER),
    ),
    "employment": (frozenset({OrganisationKind.EMPLOYER, OrganisationKind.AGENCY}), (DeskRole.RECRUITER,)),
    "relay-route": (
        frozenset({OrganisationKind.SCHOOL, OrganisationKind.EMPLOYER, OrganisationKind.AGENCY}),
        (DeskRole.COACH, DeskRole.RECRUITER, DeskRole.PRACTICAL_TRAINER),
    ),
    "group-placement": (frozenset({OrganisationKind.PROGRAMME_OFFICE}), (DeskRole.OFFICE,)),
}

_OWNERS = (Purpose.OWN, Purpose.EXPORT, Purpose.ERASURE)
_PRODUCT = (Purpose.SECTOR_RUN, Purpose.UPKEEP)


def grant(
    caller: Caller,
    *,
    purpose: Purpose,
    person: int | None = None,
    share: str | None = None,
    inbox: tuple[int, str] | None = None,
) -> Grant:
    """The key to personal rows, or an error.

    OWN, EXPORT and ERASURE: the owner of ``person``, or the operator at the machine. SHARE: someone at a fitting desk
    of the reading organisation, with a second factor, while the share with key ``share`` lives; the grant carries the
    chosen parts. INBOX: the same desks, for ``inbox`` = (organisation, share purpose): over the persons behind all
    living shares of that purpose with that organisation, and without any part of a passport: for rows of rooms above,
    such as applications, each of which belongs to such a share. SECTOR_RUN: the operator and jobs, over everybody; the
    snapshots keep only living consent. UPKEEP: the operator, to load people in bulk and to list pseudonyms.
    Raises NotFound (also for what is someone else's or ended), SignInNeeded, SecondFactorNeeded or Forbidden.
    """
    if purpose in _OWNERS:
        return _owner_grant(caller, purpose, person)
    if purpose == Purpose.SHARE:
        return _reader_grant(caller, share)
    if purpose == Purpose.INBOX and inbox is not None:
        return _inbox_grant(caller, *inbox)
    if purpose in _PRODUCT and caller.operator:
        return Grant(caller, purpose, persons=None)
    raise access.Forbidden(
        expected=_("a purpose that this caller may have"),
        found=str(purpose),
        next_step=_("Ask the operator of this valley."),
    )


def my_person(caller: Caller) -> int | None:
    """The person whose passport the caller owns, or None."""
    if caller.account is None:
        return None
    return _persons().filter(account=caller.account).values_list("pk", flat=True).first()


def own_person(caller: Caller) -> int:
    """The person whose passport the caller owns; NotFound without a passport."""
    person = my_person(caller)
    if person is None:
        raise NotFound(expected=_("a passport of your own"), found=_("none"), next_step=_("Start your passport first."))
    return person


def person_of(caller: Caller, *, who: str) -> int:
    """The person with this pseudonym or e-mail address. Operator only; NotFound otherwise."""
    if not caller.operator:
        raise access.Forbidden(
            expected=_("the operator at the terminal"), found=_("an account"), next_step=_("Open your own passport.")
        )
    rows = _persons().filter(account__email__iexact=who) if "@" in who else _persons().filter(pseudonym=who)
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise _no_person()
    return found


def pseudonym_of(grant: Grant) -> str:
    """The pseudonym of the one person of a grant: the name that audit lines and keys use."""
    found = _persons().filter(pk=access.one_person(grant)).values_list("pseudonym", flat=True).first()
    if found is None:
        raise _no_person()
    return str(found)


def alive(*, ends_on: date, withdrawn_at: datetime | None, on: date) -> bool:
    """Whether a share may be read on a day: not withdrawn, and before its end day (which is not included)."""
    return withdrawn_at is None and on < ends_on


def may_look(caller: Caller, *, organisation: int, purpose: str) -> str:
    """The desk role with which the caller may read shares of ``purpose`` at an organisation; "" when none."""
    kinds, roles = DESKS.get(purpose, (frozenset[str](), ()))
    fitting = (
        desk.role
        for desk in caller.desks
        if desk.organisation == organisation and desk.role in roles and desk.organisation_kind in kinds
    )
    return next(fitting, "")


def arrived(*, organisation: int, purposes: tuple[str, ...], on: date) -> Any:
    """Living shares with an organisation for these purposes, in order of arrival: what the envelope says, no more."""
    return Share._base_manager.filter(
        reader=organisation, purpose__in=purposes, withdrawn_at__isnull=True, ends_on__gt=on
    ).order_by("given_at", "pk")


def _owner_grant(caller: Caller, purpose: Purpose, person: int | None) -> Grant:
    owners = _persons().filter(pk=person)
    if not caller.operator:
        owners = owners.filter(account=access.require_signed_in(caller))
    if person is None or not owners.exists():
        raise _no_person()
    return Grant(caller, purpose, persons=frozenset({person}))


def _reader_grant(caller: Caller, key: str | None) -> Grant:
    access.require_signed_in(caller)
    row = _share_row(key)
    if row is None or not _readable(row, caller):
        raise NotFound(
            expected=_("a share that you may read today"),
            found=_("none"),
            next_step=_("It may have ended or been stopped; ask the person for a new one."),
        )
    if not caller.strong:
        raise _second_factor()
    return Grant(caller, Purpose.SHARE, persons=frozenset({row.person_id}), parts=frozenset(row.parts))


def _inbox_grant(caller: Caller, organisation: int, purpose: str) -> Grant:
    if not caller.operator:
        access.require_signed_in(caller)
        if not may_look(caller, organisation=organisation, purpose=purpose):
            raise access.Forbidden(
                expected=_("a desk that may read shares for this purpose"),
                found=_("another desk"),
                next_step=_("Ask the steward of your organisation for this desk."),
            )
        if not caller.strong:
            raise _second_factor()
    living = arrived(organisation=organisation, purposes=(purpose,), on=clock.today(caller.at))
    return Grant(caller, Purpose.INBOX, persons=frozenset(living.values_list("person_id", flat=True)))


def _second_factor() -> access.SecondFactorNeeded:
    return access.SecondFactorNeeded(
        expected=_("a second factor in this session"),
        found=_("only one factor"),
        next_step=_("Add a passkey or an authenticator app to your account and sign in again."),
    )


def _share_row(key: str | None) -> Any:
    wanted = ("pk", "person_id", "reader_id", "purpose", "parts", "ends_on", "withdrawn_at")
    known = key or ""
    # A key is hexadecimal; anything else (a NUL byte would stop PostgreSQL) opens nothing.
    return Share._base_manager.filter(key=known if known.isalnum() else "").only(*wanted).first()


def _readable(row: Any, caller: Caller) -> bool:
    return alive(ends_on=row.ends_on, withdrawn_at=row.withdrawn_at, on=clock.today(caller.at)) and bool(
        may_look(caller, organisation=row.reader_id, purpose=row.purpose)
    )


def _persons() -> Any:
    return Person._base_manager.all()


def _no_person() -> NotFound:
    return NotFound(
        expected=_("a passport that you may open"), found=_("none"), next_step=_("Start your own passport first.")
    )
