"""What must hold before an opening is shown to everyone, and how do many openings become public or change at once?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import access, audit
from valley.foundation.problems import NotFound
from valley.work import beside, desks, drafts, stored
from valley.work.models import Opening, OpeningState

BATCH = 500
"""So many ids go into one question: databases bound the number of its parameters."""


class OpeningRefused(ValleyError):
    """The opening says something that is refused; ``facts["flaws"]`` lists all of it, each with its field."""

    code = "opening-refused"


@dataclass(frozen=True, slots=True)
class SavedOpening:
    """An opening as it was stored."""

    id: int
    slug: str
    state: str
    version: int


def refused(flaws: Sequence[drafts.Flaw], *, row: int = 0) -> OpeningRefused:
    """The error for these flaws (one or more) of row ``row`` (from 0), in the words of the first."""
    first = flaws[0]
    return OpeningRefused(
        expected=first.expected,
        found=first.found,
        next_step=first.next_step,
        field=first.field,
        row=row,
        flaws=tuple(flaws),
    )


def require_unchallenged(caller: access.Caller, openings: Mapping[int, drafts.OpeningDraft]) -> None:
    """Let stored openings pass, by id in the order of the caller's rows, that nothing keeps from being public.

    Raises :class:`OpeningRefused` for the first that may not, with every flaw.
    """
    found = beside.challenged(caller, openings)
    for number, pk in enumerate(openings):
        if pk in found:
            raise refused(found[pk], row=number)


def open_unchallenged(caller: access.Caller, *, openings: Iterable[int], all_of: bool = False) -> tuple[int, ...]:
    """Open those of these drafts that nothing keeps from being public, and give the ids of the others.

    For drafts made in this same transaction by an action that checked them otherwise. With ``all_of`` it is all or
    none: raises :class:`OpeningRefused` for the first that may not, ``facts["row"]`` its place from 0.
    """
    rows = _rows(openings)
    _require_writer(caller, rows)
    found = beside.challenged(caller, {row.pk: stored.draft_of(row) for row in rows})
    if found and all_of:
        place = next(number for number, row in enumerate(rows) if row.pk in found)
        raise refused(found[rows[place].pk], row=place)
    ready = [row.pk for row in rows if row.pk not in found]
    for start in range(0, len(ready), BATCH):
        chosen = Opening.objects.filter(pk__in=ready[start : start + BATCH], state=OpeningState.DRAFT)
        chosen.update(state=OpeningState.OPEN, opened_at=caller.at, changed_at=caller.at)
    return tuple(sorted(found))


def touch_openings(caller: access.Caller, *, openings: Iterable[int]) -> None:
    """Say that what stands beside these openings changed: the next version, and open ones are challenged again.

    For the desk of the organisation; inside the caller's transaction, after the change. Raises :class:`NotFound` or
    :class:`OpeningRefused`.
    """
    rows = _rows(openings)
    _require_writer(caller, rows)
    require_unchallenged(caller, {row.pk: stored.draft_of(row) for row in rows if row.state == OpeningState.OPEN})
    ids = [row.pk for row in rows]
    for start in range(0, len(ids), BATCH):
        chosen = Opening.objects.filter(pk__in=ids[start : start + BATCH])
        chosen.update(version=F("version") + 1, changed_at=caller.at)
    for organisation in sorted({row.organisation_id for row in rows}):
        subject = ("organisation", str(organisation))
        audit.record(caller, verb="work.touch_openings", subject=subject, fields=["beside"])
    beside.changed(caller, ids)


def _rows(openings: Iterable[int]) -> list[Opening]:
    """The rows in the order of the ids, with what their drafts need; :class:`NotFound` for an unknown id."""
    ids = list(dict.fromkeys(openings))
    found: dict[int, Opening] = {}
    for start in range(0, len(ids), BATCH):
        rows = Opening.objects.filter(pk__in=ids[start : start + BATCH]).select_related("role")
        found |= {row.pk: row for row in rows.prefetch_related("needs", "languages")}
    missing = next((pk for pk in ids if pk not in found), None)
    if missing is not None:
        raise NotFound(expected=_("an opening"), found=missing, next_step=_("Choose one from the list."))
    return [found[pk] for pk in ids]


def _require_writer(caller: access.Caller, rows: Iterable[Opening]) -> None:
    for organisation in sorted({row.organisation_id for row in rows}):
        desks.require_writer(caller, organisation=organisation)
