"""Which changes are announced, what does one say, and how far is it on its way to the classroom?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from valley.core.curriculum import lead as core
from valley.core.disclosure import THRESHOLD
from valley.curriculum import queries as curriculum
from valley.field.models import Change
from valley.field.queries import rights
from valley.field.queries.timeline import LeadTime, StepLine, lead_of, planned_version, steps_of
from valley.foundation import access, clock, organisations
from valley.foundation.models import OrganisationKind
from valley.foundation.problems import NotFound
from valley.skills import queries as skills


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """An announced change in a list. ``own`` says that the caller reads it as its employer."""

    id: int
    kind: str
    kind_words: str
    title: str
    from_on: date
    employer: str
    own: bool
    open_to_partners: bool
    announced_on: date
    withdrawn: bool
    last_step: str
    lead: LeadTime


@dataclass(frozen=True, slots=True)
class Touched:
    """A competence that the change touches."""

    competence: int
    label: str


@dataclass(frozen=True, slots=True)
class ChangePage:
    """An announced change in full; ``planned`` is the version it was planned in, as KEY@N.

    ``may_open`` says that the caller may read that version: it is published, or of the own school.
    """

    change: ChangeItem
    organisation: int
    text: str
    tasks: tuple[str, ...]
    competences: tuple[Touched, ...]
    steps: tuple[StepLine, ...]
    planned: str
    planned_from_on: date | None
    published: bool
    may_open: bool
    dossier: str
    may: tuple[str, ...]
    version: int

    @property
    def planned_key(self) -> str:
        """The key of the programme it was planned in."""
        return self.planned.partition("@")[0]

    @property
    def planned_number(self) -> int:
        """The number of the version it was planned in."""
        return int(self.planned.partition("@")[2] or 0)


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """Every change the caller may read with its days, and the medians of the region or why they are not shown."""

    changes: tuple[ChangeItem, ...]
    medians: core.Medians | None
    why_not: str


def changes(caller: access.Caller, *, limit: int = 100, offset: int = 0) -> tuple[ChangeItem, ...]:
    """The announced changes that the caller may read, newest first."""
    rows = _readable(caller).order_by("-announced_at", "-pk")[offset : offset + limit]
    return _items(caller, rows)


def change(caller: access.Caller, *, id: int) -> ChangePage:
    """One announced change; `NotFound` when there is none, or not for this caller."""
    row = readable(caller, id=id)
    (item,) = _items(caller, [row])
    rows = list(row.steps.all())
    steps, _lead = steps_of(rows, on=clock.today(caller.at))
    labels = skills.labels(row.competences.values_list("pk", flat=True), caller.language)
    version = planned_version(rows)
    published = bool(version and version.published_on)
    own = rights.office(caller) or bool(version and version.organisation in rights.schools_of(caller))
    return ChangePage(
        change=item, organisation=row.organisation_id, text=row.text, tasks=tuple(row.tasks), steps=steps,
        planned=version.ref if version else "",
        competences=tuple(Touched(pk, label) for pk, label in sorted(labels.items())),
        planned_from_on=version.from_on if version else None, published=published, may_open=published or own,
        dossier=version.dossier if version else "", may=_may(caller, row, item, version), version=row.version,
    )  # fmt: skip


def readable(caller: access.Caller, *, id: int) -> Change:
    """The row, or `NotFound` when there is none or it is not for this caller."""
    row = _readable(caller).filter(pk=id).first()
    if row is None:
        raise NotFound(
            expected=_("an announced change that you may read"), found=id, next_step=_("Choose one from the list.")
        )
    return row


def _readable(caller: access.Caller) -> QuerySet[Change]:
    rights.require_reader(caller)
    rows = Change.objects.prefetch_related("steps__version__programme__dossier")
    if _reads_all(caller):
        return rows
    return rows.filter(Q(organisation__in=rights.employers_of(caller)) | Q(open_to_partners=True))


def _items(caller: access.Caller, rows: Iterable[Change]) -> tuple[ChangeItem, ...]:
    found = list(rows)
    names = rights.names(caller, {row.organisation_id for row in found})
    own, on = rights.employers_of(caller), clock.today(caller.at)
    items: list[ChangeItem] = []
    for row in found:
        steps, lead = steps_of(list(row.steps.all()), on=on)
        items.append(
            ChangeItem(
                id=row.pk, kind=row.kind, kind_words=row.get_kind_display(), title=row.title, from_on=row.from_on,
                employer=names[row.organisation_id], own=row.organisation_id in own, last_step=steps[-1].label,
                open_to_partners=row.open_to_partners, announced_on=clock.today(row.announced_at),
                withdrawn=row.withdrawn_at is not None, lead=lead,
            )
        )  # fmt: skip
    return tuple(items)


def _may(
    caller: access.Caller, row: Change, item: ChangeItem, version: curriculum.TiedVersion | None
) -> tuple[str, ...]:
    """Which buttons the page shows; the actions decide for themselves."""
    if item.withdrawn or not caller.strong:
        return ()
    found: list[str] = []
    if rights.office(caller) or row.organisation_id in rights.announces_for(caller):
        found += ["change", "withdraw"]
    if rights.schools_of(caller):
        found.append("look-in")
    found += rights.steps_open(caller, school=version.organisation if version else None)
    return tuple(one for one in found if one == "look-in" or item.lead.ended != core.CLASSROOM)


def plannable(caller: access.Caller) -> tuple[tuple[int, str], ...]:
    """The versions in which the caller may plan a change: (id, KEY@N), newest first."""
    schools = None if rights.office(caller) else rights.designs_for(caller)
    return tuple((one.id, one.ref) for one in curriculum.tied_versions(organisations=schools))


def employers(caller: access.Caller) -> tuple[organisations.Partner, ...]:
    """The employers for which the caller may announce: the own ones, or every one for the programme office."""
    everyone = organisations.partners(kind=OrganisationKind.EMPLOYER, on=clock.today(caller.at))
    if rights.office(caller):
        return everyone
    return tuple(one for one in everyone if one.id in rights.announces_for(caller))


def lead_times(caller: access.Caller) -> LeadTimes:
    """The days of every change the caller may read, longest first, and the medians over those that were taught.

    Medians need `THRESHOLD` changes; for an employer also the other employers behind those it may not read must be
    none or as many, so that nothing about another employer can be worked out.
    """
    on = clock.today(caller.at)
    read = _items(caller, _readable(caller).filter(withdrawn_at__isnull=True))
    ordered = tuple(sorted(read, key=lambda item: (-item.lead.total, item.id)))
    rows = Change.objects.filter(withdrawn_at__isnull=True).prefetch_related("steps__version__programme__dossier")
    leads = {row: lead_of(list(row.steps.all()), on=on) for row in rows.order_by("pk")}
    taught = {row: found for row, found in leads.items() if found.ended == core.CLASSROOM}
    known = {item.id for item in read}
    unread = {row.organisation_id for row in taught if row.pk not in known}
    if len(taught) < THRESHOLD or 0 < len(unread) < THRESHOLD:
        why = _("The middle is shown from %(number)s taught changes, of as many employers when you may not read them.")
        return LeadTimes(ordered, None, why % {"number": THRESHOLD})
    return LeadTimes(ordered, core.medians(list(taught.values())), "")


def _reads_all(caller: access.Caller) -> bool:
    return rights.office(caller) or rights.reads_as_school(caller)
