"""What does an employer allow with its evidence?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from valley.evidence.models import SharingTerms
from valley.foundation import access, organisations
from valley.reading import desks


@dataclass(frozen=True, slots=True)
class Terms:
    """What an employer allows with its evidence. ``changed_at`` None: it never said, so its name is not shown."""

    organisation: int
    slug: str
    name: str
    name_shown: bool
    changed_at: datetime | None
    may_change: bool


def terms(caller: access.Caller, *, organisation: int) -> Terms:
    """What an employer allows: for its own desks, the programme office and the operator."""
    if not desks.names_all(caller):
        access.require_desk(caller, *desks.OWN, organisation=organisation)
    partner = organisations.partner(id=organisation)
    row = SharingTerms.objects.filter(organisation=organisation).first()
    may = desks.names_all(caller) or caller.sits_at(*desks.TERMS, organisation=organisation)
    shown, changed = (row.name_shown, row.changed_at) if row else (False, None)
    return Terms(partner.id, partner.slug, partner.name, shown, changed, may)
