"""How does a person set what routes must respect, and how does a school sign for practice?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.chains import queries as chains
from valley.core.errors import ValleyError
from valley.foundation import access, audit, clock, organisations
from valley.foundation.access import Caller, Purpose
from valley.foundation.problems import Conflict
from valley.people import queries as people
from valley.routes.actions import beats
from valley.routes.models import ProvenPractice, RouteWish

AHEAD = timedelta(days=3 * 366)
MOST_AVOIDED = 20
MOST_GAP = 366
MOST_HOURS = 5000


class RouteRefused(ValleyError):
    """Something that was filled in does not fit; ``field`` names it."""

    code = "route-refused"

    def __init__(self, *, field: str, expected: str, found: object, next_step: str) -> None:
        super().__init__(expected=expected, found=found, next_step=next_step, field=field)
        self.field = field


@dataclass(frozen=True, slots=True)
class SettingsChosen:
    """What the person chose. ``avoid`` are ids of partners; ``version`` is the one that was looked at, 0 for none."""

    starts_on: date | None = None
    avoid: tuple[int, ...] = ()
    gap_days: int = 0
    version: int | None = None


@dataclass(frozen=True, slots=True)
class PracticeSeen:
    """Practice in one work process, as a school saw it. Hours over the whole; ``source`` is where it can be read."""

    process: str
    hours: int
    proven: bool
    source: str
    seen_on: date


def choose_settings(caller: Caller, *, person: int, qualification: str, chosen: SettingsChosen) -> None:
    """Store what routes to a qualification must respect. The owner. Raises RouteRefused or Conflict."""
    page = chains.plan(caller, qualification=qualification)
    _require_settings(chosen, on=clock.today(caller.at))
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with transaction.atomic(), access.opened(grant):
        row: Any = RouteWish.objects.select_for_update().filter(person=person, dossier_code=page.code).first()
        current = row.version if row else 0
        if chosen.version is not None and chosen.version != current:
            raise Conflict(
                expected=_("the settings as you saw them"),
                found=_("they were changed meanwhile"),
                next_step=_("Look at them again and save once more."),
                version=current,
            )
        RouteWish.objects.update_or_create(
            person_id=person,
            dossier_code=page.code,
            defaults={
                "part_code": page.part,
                "starts_on": chosen.starts_on,
                "avoid": sorted(set(chosen.avoid)),
                "gap_days": chosen.gap_days,
                "version": current + 1,
            },
        )
        audit.record(
            caller,
            verb="routes.choose_settings",
            subject=("person", people.pseudonym_of(grant)),
            fields=["route_wish.starts_on", "route_wish.avoid", "route_wish.gap_days"],
            purpose=str(grant.purpose),
        )


def sign_practice(caller: Caller, *, route: str, seen: PracticeSeen) -> None:
    """Sign for practice of the learner of a route that was shared with this school. Its coach.

    The line of a work process is replaced. Raises RouteRefused for an unknown work process, or hours or days that
    cannot be; NotFound when the route is not shared with a school where the caller sits.
    """
    with beats.at_school(caller, key=route) as (row, grant):
        page = chains.plan(caller, qualification=row.dossier_code, on=clock.today(row.made_at))
        _require_seen(seen, page, on=clock.today(caller.at))
        ProvenPractice.objects.update_or_create(
            person_id=row.person_id,
            dossier_code=row.dossier_code,
            process_code=seen.process,
            defaults={
                "hours": seen.hours,
                "proven": seen.proven,
                "school_id": row.school_id,
                "signed_by": caller.pseudonym,
                "source": seen.source.strip(),
                "seen_on": seen.seen_on,
                "signed_at": caller.at,
            },
        )
        audit.record(
            caller,
            verb="routes.sign_practice",
            subject=("route", row.key),
            fields=["practice.hours", "practice.proven"],
            purpose=str(grant.purpose),
        )


def require_reason(why: str, known: Mapping[str, object]) -> None:
    """Refuse a reason that is not in the list."""
    if why not in known:
        raise RouteRefused(
            field="why",
            expected=_("a reason from the list"),
            found=why[:30] or _("nothing"),
            next_step=_("Choose a reason. It is about the work, never about someone's health."),
        )


def _require_settings(chosen: SettingsChosen, *, on: date) -> None:
    if chosen.starts_on is not None and not on - AHEAD < chosen.starts_on <= on + AHEAD:
        _refuse("starts_on", _("a first day within three years"), chosen.starts_on)
    if not 0 <= chosen.gap_days <= MOST_GAP:
        _refuse("gap_days", _("0 to %(most)s days") % {"most": MOST_GAP}, chosen.gap_days)
    known = set(organisations.names(chosen.avoid))
    if len(set(chosen.avoid)) > MOST_AVOIDED or not set(chosen.avoid) <= known:
        _refuse("avoid", _("at most %(most)s partners of the valley") % {"most": MOST_AVOIDED}, len(chosen.avoid))


def _require_seen(seen: PracticeSeen, page: chains.PlanPage, *, on: date) -> None:
    codes = [process.code for process in page.processes]
    if seen.process not in codes:
        _refuse("process", _("one of these: %(known)s") % {"known": ", ".join(codes)}, seen.process[:20])
    if not 0 <= seen.hours <= MOST_HOURS:
        _refuse("hours", _("0 to %(most)s hours") % {"most": MOST_HOURS}, seen.hours)
    words = seen.source.strip()
    if not words or len(words) > 200 or not words.isprintable():
        _refuse("source", _("where it can be looked up, in at most 200 characters"), words[:40] or _("nothing"))
    if seen.seen_on > on:
        _refuse("seen_on", _("a day that is not in the future"), seen.seen_on)


def _refuse(field: str, expected: str, found: object) -> None:
    raise RouteRefused(field=field, expected=expected, found=found, next_step=_("Correct it and save again."))
