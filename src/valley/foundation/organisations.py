"""Which organisations take part, and who sits at which desk?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import access, audit, clock
from valley.foundation.models import Account, DeskRole, Membership, Organisation, OrganisationKind
from valley.foundation.problems import Conflict, NotFound


class OrganisationRefused(ValleyError):
    """A field of the organisation does not fit."""

    code = "organisation-refused"


ONLY_AT: dict[str, frozenset[str]] = {
    DeskRole.OFFICE: frozenset({OrganisationKind.PROGRAMME_OFFICE}),
    DeskRole.MUNICIPALITY: frozenset({OrganisationKind.MUNICIPALITY}),
    DeskRole.ASSOCIATION: frozenset({OrganisationKind.ASSOCIATION}),
    DeskRole.DESIGNER: frozenset(
        {OrganisationKind.SCHOOL, OrganisationKind.PROGRAMME_OFFICE, OrganisationKind.ASSOCIATION}
    ),
}
"""Desks that may change what belongs to everyone, and the kinds of organisation that have them."""


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation as its readers see it."""

    id: int
    slug: str
    name: str
    kind: str
    sector: str
    place: str
    jobs: int | None
    website: str
    version: int
    joined_on: date


@dataclass(frozen=True, slots=True)
class Seat:
    """Someone's desk, as the steward sees it. Names stay with the person; the steward sees the address."""

    id: int
    email: str
    role: str
    since_on: date
    until_on: date | None


def _partner(row: Organisation) -> Partner:
    return Partner(
        row.pk, row.slug, row.name, row.kind, row.sector, row.place, row.jobs, row.website, row.version, row.joined_on
    )


def partners(*, kind: str = "", on: date | None = None) -> tuple[Partner, ...]:
    """All partners, by name; those of one kind, or taking part on a day, when asked."""
    rows = Organisation.objects.all()
    if kind:
        rows = rows.filter(kind=kind)
    if on:
        rows = rows.filter(Q(left_on__isnull=True) | Q(left_on__gt=on), joined_on__lte=on)
    return tuple(_partner(row) for row in rows)


def partner(*, slug: str = "", id: int | None = None) -> Partner:
    """One partner by slug or id; :class:`NotFound` otherwise."""
    row = Organisation.objects.filter(Q(slug=slug) if id is None else Q(pk=id)).first()
    if row is None:
        raise NotFound(
            expected=_("a partner of the valley"), found=slug or id, next_step=_("Choose one from the list.")
        )
    return _partner(row)


def names(ids: Iterable[int]) -> dict[int, str]:
    """Names of organisations by id."""
    return dict(Organisation.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def stewarded(caller: access.Caller) -> tuple[Partner, ...]:
    """Where the caller gives and ends desks: the own organisations of a steward, or all for the programme office."""
    if caller.operator or caller.sits_at(DeskRole.OFFICE):
        return partners()
    own = {desk.organisation for desk in caller.desks if desk.role == DeskRole.STEWARD}
    return tuple(_partner(row) for row in Organisation.objects.filter(pk__in=own))


def seats(caller: access.Caller, *, organisation: int) -> tuple[Seat, ...]:
    """Who sits where at an organisation. For its steward and the programme office."""
    _steward_or_office(caller, organisation)
    rows = Membership.objects.filter(organisation=organisation).select_related("account").order_by("role", "pk")
    return tuple(Seat(row.pk, row.account.email, row.role, row.since_on, row.until_on) for row in rows)


def add_partner(
    caller: access.Caller, *, name: str, kind: str, sector: str = "", place: str = "", jobs: int | None = None
) -> Partner:
    """Let an organisation join today. Programme office or operator."""
    access.require_desk(caller, DeskRole.OFFICE)
    clean = " ".join(name.split())
    if not clean or len(clean) > 120 or not clean.isprintable():
        raise OrganisationRefused(
            expected=_("a name of 1 to 120 readable characters"),
            found=repr(name[:40]),
            next_step=_("Write the name out."),
        )
    if kind not in OrganisationKind.values:
        raise OrganisationRefused(
            expected=f"one of {', '.join(OrganisationKind.values)}", found=kind, next_step=_("Choose the kind.")
        )
    with transaction.atomic():
        if Organisation.objects.filter(name__iexact=clean).exists():
            raise Conflict(expected=_("a new name"), found=clean, next_step=_("It takes part already: open its page."))
        row = Organisation.objects.create(
            slug=_free_slug(clean), name=clean, kind=kind, sector=sector, place=place, jobs=jobs,
            joined_on=clock.today(caller.at),
        )  # fmt: skip
        audit.record(caller, verb="organisations.add", subject=("organisation", row.slug), fields=["name", "kind"])
    return _partner(row)


def give_desk(caller: access.Caller, *, organisation: int, email: str, role: str) -> Seat:
    """Seat an account at a desk from today. Its steward, the programme office or the operator."""
    _steward_or_office(caller, organisation)
    if role not in DeskRole.values:
        raise OrganisationRefused(
            expected=f"one of {', '.join(DeskRole.values)}", found=role, next_step=_("Choose a desk.")
        )
    _require_desk_of_kind(organisation, role)
    with transaction.atomic():
        account = Account.objects.filter(email__iexact=email.strip()).first()
        if account is None:
            raise NotFound(
                expected=_("the address of an account"),
                found=_("none"),
                next_step=_("Ask the person to open an account first."),
            )
        row, _made = Membership.objects.update_or_create(
            account=account,
            organisation_id=organisation,
            role=role,
            defaults={"since_on": clock.today(caller.at), "until_on": None},
        )
        audit.record(caller, verb="organisations.give_desk", subject=("account", account.pseudonym), fields=["role"])
    return Seat(row.pk, account.email, row.role, row.since_on, row.until_on)


def _require_desk_of_kind(organisation: int, role: str) -> None:
    """Desks that reach beyond their organisation exist only where they belong: no steward makes an office."""
    kinds = ONLY_AT.get(role)
    kind = partner(id=organisation).kind
    if kinds is not None and kind not in kinds:
        raise OrganisationRefused(
            expected=f"an organisation of kind {', '.join(sorted(kinds))}",
            found=kind,
            next_step=_("Choose a desk that this organisation has."),
        )


def end_desk(caller: access.Caller, *, organisation: int, seat: int) -> None:
    """End a seat at once: it is removed, and the audit keeps that it was there."""
    _steward_or_office(caller, organisation)
    with transaction.atomic():
        row = Membership.objects.select_related("account").filter(pk=seat, organisation=organisation).first()
        if row is None:
            raise NotFound(expected=_("a desk of this organisation"), found=seat, next_step=_("Open the list again."))
        pseudonym = row.account.pseudonym
        row.delete()
        audit.record(caller, verb="organisations.end_desk", subject=("account", pseudonym), fields=["role"])


def _steward_or_office(caller: access.Caller, organisation: int) -> None:
    if not caller.sits_at(DeskRole.OFFICE):
        access.require_desk(caller, DeskRole.STEWARD, organisation=organisation)
        return
    access.require_desk(caller, DeskRole.OFFICE)


def _free_slug(name: str) -> str:
    base = slugify(name)[:70] or "partner"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)
