"""What does an employer allow, and which names are systems and never competences?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from valley.evidence import desks
from valley.evidence.models import SharingTerms, SystemName
from valley.foundation import access, organisations
from valley.skills import queries as skills


@dataclass(frozen=True, slots=True)
class Terms:
    """What an employer allows with its evidence. ``changed_at`` None: it never said, so its name is not shown."""

    organisation: int
    slug: str
    name: str
    name_shown: bool
    changed_at: datetime | None
    may_change: bool


@dataclass(frozen=True, slots=True)
class SystemLine:
    """A name of a product or system with its class. ``owner`` says whose own name it is, "" for everyone's."""

    name: str
    tool_class: str
    tool_class_label: str
    seen_on: date
    owner: str


def terms(caller: access.Caller, *, organisation: int) -> Terms:
    """What an employer allows: for its own desks, the programme office and the operator."""
    if not desks.names_all(caller):
        access.require_desk(caller, *desks.OWN, organisation=organisation)
    partner = organisations.partner(id=organisation)
    row = SharingTerms.objects.filter(organisation=organisation).first()
    may = desks.names_all(caller) or caller.sits_at(*desks.TERMS, organisation=organisation)
    shown, changed = (row.name_shown, row.changed_at) if row else (False, None)
    return Terms(partner.id, partner.slug, partner.name, shown, changed, may)


def system_names(caller: access.Caller) -> tuple[SystemLine, ...]:
    """The dated names of products and systems, by class and name; another employer's own names are left out."""
    from valley.evidence.queries.called import called

    allowed = desks.scope(caller)
    classes = skills.tool_classes(caller.language)
    labels = {one.key: one.label for one in classes}
    own = Q() if allowed is None else Q(organisation=None) | Q(organisation__in=allowed)
    rows = list(SystemName.objects.filter(own).select_related("tool_class"))
    names = called(caller, {row.organisation_id for row in rows if row.organisation_id})
    added = [
        SystemLine(
            row.name,
            row.tool_class.key,
            labels[row.tool_class.key],
            row.seen_on,
            names[row.organisation_id] if row.organisation_id else "",
        )
        for row in rows
    ]
    known = [
        SystemLine(name, one.key, one.label, date.fromisoformat(seen), "")
        for one in classes
        for name, seen in one.products
    ]
    return tuple(sorted([*known, *added], key=lambda one: (one.tool_class, one.name.casefold(), one.owner)))
