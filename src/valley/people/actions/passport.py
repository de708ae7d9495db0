"""How does a person start a passport and say name, languages, wishes and consent?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from valley.foundation import access, audit, clock, sealing
from valley.foundation.access import Caller, Purpose
from valley.foundation.problems import Conflict, NotFound
from valley.people.actions import checks
from valley.people.actions.beats import changing
from valley.people.models import SECTOR_RUN, Consent, Person, SpokenLanguage, Wishes
from valley.people.queries import gate, words

_FAR_AHEAD = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class WishesChosen:
    """What the person can and wants in practice. None or "" means: no limit stated.

    Hours a week 1 to 60, ``max_km`` one way 1 to 400, ``place`` a key of the vocabulary, ``months_min`` the shortest
    contract 1 to 60. ``version`` is the version the person looked at, 0 when nothing was said; None does not check.
    """

    hours_min: int | None = None
    hours_max: int | None = None
    place: str = ""
    max_km: int | None = None
    evenings: bool = True
    weekends: bool = True
    nights: bool = False
    early: bool = True
    home_work: bool = True
    starts_on: date | None = None
    months_min: int | None = None
    permits: tuple[str, ...] = ()
    version: int | None = None


def start_passport(caller: Caller, *, name: str = "") -> int:
    """Start the caller's own passport; returns the person. Conflict when there is one."""
    account = access.require_signed_in(caller)
    clean = checks.text(name, field="name", most=checks.NAME_MOST)
    with transaction.atomic():
        if gate.my_person(caller) is not None:
            raise _already_started()
        row: Any = Person(account_id=account, started_at=caller.at, changed_at=caller.at)
        row.name_sealed = sealing.seal(row.pseudonym, clean, at=caller.at)
        try:
            row.save()
        except IntegrityError as error:  # two first clicks at the same moment
            raise _already_started() from error
        fields = ["name"] if clean else []
        audit.record(
            caller, verb="people.start_passport", subject=("person", row.pseudonym), fields=fields, purpose=Purpose.OWN
        )
    return int(row.pk)


def _already_started() -> Conflict:
    return Conflict(expected=_("no passport yet"), found=_("your passport"), next_step=_("Open your passport."))


def rename(caller: Caller, *, person: int, name: str, version: int | None = None) -> None:
    """Change the name on the passport; empty takes it off. ``version`` is the passport's."""
    with changing(caller, person=person, verb="people.rename") as change:
        clean = checks.text(name, field="name", most=checks.NAME_MOST)
        if version is not None and version != change.row.version:
            raise Conflict(
                expected=_("the passport as you saw it"),
                found=_("it was changed meanwhile"),
                next_step=_("Look at it again and save once more."),
                version=change.row.version,
            )
        change.row.name_sealed = sealing.seal(change.owner, clean, at=caller.at)
        change.row.save(update_fields=["name_sealed"])
        change.fields.append("name")


def state_language(caller: Caller, *, person: int, code: str, cefr: int) -> None:
    """Say that the person uses a language at a CEFR level (A1 = 1 to C2 = 6), new or changed."""
    with changing(caller, person=person, verb="people.state_language") as change:
        checks.one_of(code, field="code", known=words.language_words(caller.language))
        checks.number(cefr, field="cefr", low=1, high=6)
        row = SpokenLanguage.objects.filter(person=person, code=code).first()
        # A tested level stays tested up to the level of the test.
        keeps = row is not None and cefr <= row.cefr
        row = row or SpokenLanguage(person_id=person, code=code)
        row.cefr, row.grade = cefr, row.grade if keeps else 1
        row.save()
        change.fields.append("language.cefr")


def drop_language(caller: Caller, *, person: int, code: str) -> None:
    """Take a language out of the passport. NotFound when it is not in it."""
    with changing(caller, person=person, verb="people.drop_language") as change:
        known = code in words.language_words(caller.language)
        if not known or not SpokenLanguage.objects.filter(person=person, code=code).delete()[0]:
            raise NotFound(
                expected=_("a language in your passport"), found=_("none"), next_step=_("Open your passport again.")
            )
        change.fields.append("language")


def checked_wishes(wishes: WishesChosen, *, places: Collection[str], on: date) -> dict[str, Any]:
    """The columns of wishes that fit, ``places`` being the keys of the vocabulary; raises Refused."""
    low = checks.number(wishes.hours_min, field="hours_min", low=1, high=60)
    high = checks.number(wishes.hours_max, field="hours_max", low=1, high=60)
    if low is not None and high is not None and low > high:
        raise checks.Refused(
            field="hours_max",
            expected=_("at least as many hours as the least"),
            found=f"{low} > {high}",
            next_step=_("Swap the two numbers."),
        )
    checks.number(wishes.max_km, field="max_km", low=1, high=400)
    checks.number(wishes.months_min, field="months_min", low=1, high=60)
    if wishes.place:
        checks.one_of(wishes.place, field="place", known=places)
    if wishes.starts_on:
        checks.day(wishes.starts_on, field="starts_on", latest=on + _FAR_AHEAD)
    columns = asdict(wishes)
    del columns["version"]
    return columns | {"permits": checks.all_of(wishes.permits, field="permits", known=words.PERMIT_WORDS)}


def state_wishes(caller: Caller, *, person: int, wishes: WishesChosen) -> None:
    """Say when and where the person can work. Conflict on a stale version, Refused on what does not fit."""
    with changing(caller, person=person, verb="people.state_wishes") as change:
        columns = checked_wishes(wishes, places=words.place_words(), on=clock.today(caller.at))
        row: Any = Wishes.objects.filter(person=person).first() or Wishes(person_id=person, version=0)
        if wishes.version is not None and wishes.version != row.version:
            raise Conflict(
                expected=_("the wishes as you saw them"),
                found=_("they were changed meanwhile"),
                next_step=_("Look at them again and save once more."),
                version=row.version,
            )
        change.fields += [f"wishes.{name}" for name, value in columns.items() if getattr(row, name) != value]
        for name, value in columns.items():
            setattr(row, name, value)
        row.version += 1
        row.save()


def give_consent(caller: Caller, *, person: int, purpose: str = SECTOR_RUN) -> None:
    """Say yes to one purpose, under the wording of today. Saying yes twice changes nothing and is Conflict."""
    with changing(caller, person=person, verb="people.give_consent", raises_version=False) as change:
        checks.one_of(purpose, field="purpose", known=(SECTOR_RUN,))
        if Consent.objects.filter(person=person, purpose=purpose, withdrawn_at__isnull=True).exists():
            raise Conflict(
                expected=_("a new yes"), found=_("you said yes before"), next_step=_("There is nothing to do.")
            )
        Consent.objects.create(person_id=person, purpose=purpose, wording=gate.CONSENT_WORDING, given_at=caller.at)
        change.fields.append("consent")


def withdraw_consent(caller: Caller, *, person: int, purpose: str = SECTOR_RUN) -> None:
    """Take back a yes at once. NotFound when there is none."""
    with changing(caller, person=person, verb="people.withdraw_consent", raises_version=False) as change:
        checks.one_of(purpose, field="purpose", known=(SECTOR_RUN,))
        living = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at__isnull=True)
        if not living.update(withdrawn_at=caller.at):
            raise NotFound(
                expected=_("a yes that you gave"), found=_("none"), next_step=_("There is nothing to take back.")
            )
        change.fields.append("consent")
