"""Who takes part, and what does each partner offer today?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from valley.foundation import access, clock, organisations
from valley.foundation.models import DeskRole, OrganisationKind
from valley.work import desks, words
from valley.work.queries.openings import counts_by_organisation


@dataclass(frozen=True, slots=True)
class PartnerItem:
    """A partner of the valley as everybody reads it, with how many openings it has today."""

    id: int
    slug: str
    name: str
    kind_key: str
    kind: str
    sector: str
    place: str
    website: str
    joined_on: date
    openings: int


@dataclass(frozen=True, slots=True)
class OwnOrganisation:
    """An organisation at whose desk of openings the caller may sit; ``may_change`` is False for a team lead."""

    id: int
    slug: str
    name: str
    may_change: bool


def partners(caller: access.Caller, *, kind: str = "") -> tuple[PartnerItem, ...]:
    """All partners of today, by name. Public; two questions."""
    on = clock.today(caller.at)
    counts = counts_by_organisation(on)
    return tuple(_item(one, counts) for one in organisations.partners(kind=kind, on=on))


def partner(caller: access.Caller, *, slug: str) -> PartnerItem:
    """One partner; :class:`valley.foundation.problems.NotFound` otherwise."""
    return _item(organisations.partner(slug=slug), counts_by_organisation(clock.today(caller.at)))


def own_organisations(caller: access.Caller) -> tuple[OwnOrganisation, ...]:
    """Where the caller may read drafts: the own organisations, or every employer for the programme office."""
    everywhere = caller.operator or caller.sits_at(DeskRole.OFFICE)
    if everywhere:
        found = organisations.partners(kind=OrganisationKind.EMPLOYER)
        return tuple(OwnOrganisation(one.id, one.slug, one.name, True) for one in found)
    ids = sorted({desk.organisation for desk in caller.desks if desk.role in desks.READERS})
    found = [organisations.partner(id=one) for one in ids]
    return tuple(
        OwnOrganisation(one.id, one.slug, one.name, caller.sits_at(*desks.WRITERS, organisation=one.id))
        for one in found
    )


def _item(one: organisations.Partner, counts: dict[int, int]) -> PartnerItem:
    return PartnerItem(
        id=one.id,
        slug=one.slug,
        name=one.name,
        kind_key=one.kind,
        kind=str(OrganisationKind(one.kind).label),
        sector=one.sector,
        place=words.places().get(one.place, one.place),
        website=one.website,
        joined_on=one.joined_on,
        openings=counts.get(one.id, 0),
    )
