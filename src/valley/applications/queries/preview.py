"""What does a person see before applying: the opening, the own overlap, and exactly what the employer would see?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from valley.applications import words
from valley.applications.models import Application, State
from valley.applications.queries.overlap import OverlapSeen, overlap_seen
from valley.foundation import access, clock
from valley.foundation.access import Caller, Purpose
from valley.mobility import queries as mobility
from valley.people import queries as people
from valley.people import snapshots as profiles
from valley.work import queries as work

# A share lives at most a year (people.actions); the end lies a day inside it, so that a form left open still fits.
_LONGEST = timedelta(days=365)
DEFAULT_PARTS = ("name", "competences", "languages")


@dataclass(frozen=True, slots=True)
class ApplicationPreview:
    """Exactly what the employer would see of a choice of parts."""

    view: people.PassportView
    overlap: OverlapSeen


@dataclass(frozen=True, slots=True)
class ApplyPage:
    """The opening as the person sees it, what to share at first, and the days that follow.

    ``open`` False says that nobody can apply any more. ``applied`` is the key of an application that exists already.
    ``gone_on`` is the latest day on which it is removed, whatever day is chosen: an earlier end removes it sooner, and
    with a later one the procedure ends by itself before it.
    """

    explanation: mobility.Explanation
    open: bool
    applied: str
    competences: tuple[int, ...]
    parts: tuple[str, ...]
    ends_on: date
    latest_on: date
    gone_on: date


def apply_page(caller: Caller, *, person: int, opening: str) -> ApplyPage:
    """What the page to apply for an opening (by slug) starts with. For the owner of the passport.

    Of the competences those are proposed that the opening asks for, or something near: no more is needed for this.
    """
    found = mobility.explanation(caller, person=person, opening=opening)
    today = clock.today(caller.at)
    item = found.opening
    near = found.similarity.near
    held = dict.fromkeys(one.held for one in found.lines if one.held is not None and one.similarity >= near)
    ends_on = max(min(item.closes_on + words.PATIENCE, today + _LONGEST), today + timedelta(days=1))
    return ApplyPage(
        explanation=found,
        open=is_open(item, on=today),
        applied=_applied(caller, person=person, opening=item.id),
        competences=tuple(held),
        parts=DEFAULT_PARTS,
        ends_on=ends_on,
        latest_on=today + _LONGEST,
        gone_on=ends_on + words.AFTER,
    )


def preview(
    caller: Caller, *, person: int, opening: str, parts: tuple[str, ...], competences: tuple[int, ...] = ()
) -> ApplicationPreview:
    """What a recruiter would read if these parts were shared. For the owner; nothing is stored."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    narrowed = profiles.profile_as_shared(grant, parts=parts, competences=competences)
    return ApplicationPreview(
        view=people.share_preview(caller, person=person, parts=parts, competences=competences),
        overlap=overlap_seen(caller, profile=narrowed, parts=parts, opening=opening),
    )


def is_open(item: work.OpeningItem, *, on: date) -> bool:
    """Whether somebody can apply on a day; on its closing day an opening is closed."""
    return item.state == "open" and on < item.closes_on


def _applied(caller: Caller, *, person: int, opening: int) -> str:
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with access.opened(grant):
        rows = Application.objects.filter(person=person, opening=opening).exclude(state=State.WITHDRAWN)
        found = dict(rows.values_list("key", "share_key"))
    ended = profiles.share_ends(grant, keys=found.values())
    return next((key for key, share in found.items() if not ended.get(share, (None, False))[1]), "")
