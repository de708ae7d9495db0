"""What does the arithmetic see of a person, or of everybody who said yes to being compared?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from valley.core.profiles import Grade, Has, Limits, Place, Profile, Spoken, strongest
from valley.foundation import access, clock
from valley.foundation.access import Grant, Purpose
from valley.people.models import SECTOR_RUN, Claim, Consent, Person, Share, SpokenLanguage, Wishes
from valley.skills import queries as skills

_WISHES = ("person_id", "hours_min", "hours_max", "max_km", "place", "evenings", "weekends", "nights", "early")
_WISHES_TOO = ("home_work", "starts_on", "months_min", "permits")
_GRADES = {int(grade): grade for grade in Grade}


def profile(grant: Grant) -> Profile:
    """The profile of the one person of an OWN grant. Four queries."""
    _require(grant, Purpose.OWN)
    return _profiles(grant, frozenset({access.one_person(grant)}))[0]


def profiles(grant: Grant, *, only: Iterable[int] | None = None) -> tuple[Profile, ...]:
    """The profiles, by id, of everybody with a living consent to the sector run; those in ``only`` when given.

    Needs a SECTOR_RUN grant. Five queries; 5,000 persons with 100,000 claims take about half a second.
    """
    _require(grant, Purpose.SECTOR_RUN)
    return _profiles(grant, _compared(grant, only))


def shared_profile(grant: Grant, *, key: str) -> Profile:
    """The profile of the person of a SHARE grant, narrowed to what the share with this key shows."""
    _require(grant, Purpose.SHARE)
    return _narrowed(grant, {"key": key})[0]


def shared_profiles(grant: Grant, *, reader: int, purpose: str, on: date) -> tuple[Profile, ...]:
    """The profiles, by id, behind the living shares of an INBOX grant; each narrowed to what its newest share shows."""
    _require(grant, Purpose.INBOX)
    return _narrowed(grant, {"reader": reader, "purpose": purpose, "withdrawn_at__isnull": True, "ends_on__gt": on})


def profile_as_shared(grant: Grant, *, parts: Iterable[str], competences: Iterable[int] = ()) -> Profile:
    """What a reader's arithmetic would see if the person of an OWN grant shared these parts."""
    return _seen(profile(grant), frozenset(parts), frozenset(competences))


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a share says on the outside; ``person`` is the id of who gave it."""

    key: str
    person: int
    parts: tuple[str, ...]
    given_at: datetime
    ends_on: date


def envelopes(grant: Grant, *, reader: int, purpose: str, on: date) -> tuple[Envelope, ...]:
    """The living shares of an INBOX grant, in order of arrival."""
    _require(grant, Purpose.INBOX)
    with access.opened(grant):
        rows = Share.objects.filter(reader=reader, purpose=purpose, withdrawn_at__isnull=True, ends_on__gt=on)
        found = list(rows.order_by("given_at", "pk"))
    return tuple(Envelope(row.key, row.person_id, tuple(row.parts), row.given_at, row.ends_on) for row in found)


def share_ends(grant: Grant, *, keys: Iterable[str]) -> dict[str, tuple[date, bool]]:
    """By key of a share: the day it ends or ended, and whether the person stopped it. For an OWN or UPKEEP grant."""
    asked = set(keys)
    with access.opened(grant):
        rows = Share.objects.filter(key__in=asked) if len(asked) <= _FEW else Share.objects.all()
        found = list(rows.values_list("key", "ends_on", "withdrawn_at"))
    return {
        key: (ends_on if stopped_at is None else min(ends_on, clock.today(stopped_at)), stopped_at is not None)
        for key, ends_on, stopped_at in found
        if key in asked
    }


def _narrowed(grant: Grant, asked: dict[str, Any]) -> tuple[Profile, ...]:
    with access.opened(grant):
        rows = Share.objects.filter(**asked).order_by("given_at", "pk")
        shown = {row.person_id: (frozenset(row.parts), frozenset(row.competences)) for row in rows}
    return tuple(_seen(profile, *shown[profile.id]) for profile in _profiles(grant, frozenset(shown)))


def _seen(profile: Profile, parts: frozenset[str], chosen: frozenset[int]) -> Profile:
    held = tuple(one for one in profile.has if not chosen or one.competence in chosen) if "competences" in parts else ()
    wishes = "wishes" in parts
    return Profile(
        id=profile.id,
        has=held,
        spoken=profile.spoken if "languages" in parts else (),
        limits=profile.limits if wishes else Limits(),
        permits=profile.permits if wishes else frozenset(),
    )


def fingerprint(grant: Grant) -> str:
    """Changes when, and only when, a profile that this grant opens may have changed (or a consent came or went)."""
    with access.opened(grant):
        rows = Person.objects.order_by("pk").values_list("pk", "version")
        if grant.purpose == Purpose.SECTOR_RUN:
            rows = rows.filter(pk__in=Consent.objects.filter(**_LIVING).values("person_id"))
        return sha256(repr(list(rows)).encode()).hexdigest()


_LIVING: dict[str, Any] = {"purpose": SECTOR_RUN, "withdrawn_at__isnull": True}


def _require(grant: Grant, purpose: Purpose) -> None:
    if grant.purpose != purpose:
        raise access.Forbidden(
            expected=f"a grant for {purpose}", found=str(grant.purpose), next_step="Ask for a grant for this purpose."
        )


def _compared(grant: Grant, only: Iterable[int] | None) -> frozenset[int]:
    with access.opened(grant):
        yes = frozenset(Consent.objects.filter(**_LIVING).values_list("person_id", flat=True))
    return yes if only is None else yes & frozenset(only)


def _profiles(grant: Grant, persons: frozenset[int]) -> tuple[Profile, ...]:
    places = {place.key: (place.latitude, place.longitude) for place in skills.places()}
    # One person is asked for by name; for many the whole table is read and the others are passed over, which is
    # faster than five thousand numbers in a question.
    asked = {"person__in": persons} if len(persons) <= _FEW else {}
    with access.opened(grant):
        claims = Claim.objects.filter(**asked).values_list("person_id", "competence_id", "level", "grade", "said_on")
        tongues = SpokenLanguage.objects.filter(**asked).values_list("person_id", "code", "cefr")
        wishes = Wishes.objects.filter(**asked).values_list(*_WISHES, *_WISHES_TOO)
        has, spoken = _held(claims, persons), _spoken(tongues, persons)
        limits = {row[0]: row for row in wishes.iterator() if row[0] in persons}
    return tuple(
        Profile(
            id=person,
            has=has.get(person, ()),
            spoken=tuple(spoken.get(person, ())),
            limits=_limits(limits.get(person), places),
            permits=frozenset(limits[person][-1]) if person in limits else frozenset(),
        )
        for person in sorted(persons)
    )


_FEW = 200


def _held(rows: Any, persons: frozenset[int]) -> dict[int, tuple[Has, ...]]:
    """What each person has; a competence that went up in another counts as that other, the strongest claim once."""
    found: dict[int, list[Has]] = defaultdict(list)
    for person, competence, level, grade, said_on in rows.iterator(chunk_size=5000):
        if person in persons:
            found[person].append(Has(competence, level, _GRADES[grade], said_on))
    after = skills.successors({held.competence for own in found.values() for held in own})
    if not after:
        return {person: tuple(own) for person, own in found.items()}
    return {
        person: strongest(replace(held, competence=after.get(held.competence, held.competence)) for held in own)
        for person, own in found.items()
    }


def _spoken(rows: Any, persons: frozenset[int]) -> dict[int, list[Spoken]]:
    found: dict[int, list[Spoken]] = defaultdict(list)
    for person, code, cefr in rows.iterator(chunk_size=5000):
        if person in persons:
            found[person].append(Spoken(code, cefr))
    return found


def _limits(row: Any, places: dict[str, Place]) -> Limits:
    if row is None:
        return Limits()
    _person, hours_min, hours_max, max_km, place, evenings, weekends, nights, early, home, starts, months, _permits = (
        row
    )
    return Limits(
        hours_min=hours_min,
        hours_max=hours_max,
        max_km=max_km,
        place=places.get(place),
        evenings=evenings,
        weekends=weekends,
        nights=nights,
        early=early,
        home_work=home,
        starts_on=starts,
        months_min=months,
    )
