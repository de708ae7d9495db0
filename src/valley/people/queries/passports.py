"""What stands in one person's passport, in words?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from valley.foundation import access, clock, sealing
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.problems import NotFound
from valley.people.models import CEFR, GRADES, SECTOR_RUN, Claim, Consent, Person, SpokenLanguage, Wishes
from valley.people.queries import gate, words


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One competence with its level and how strongly it is backed, each as a number and in words."""

    competence: int
    label: str
    level: int
    level_words: str
    grade: int
    grade_words: str
    said_on: date
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class PassportLanguage:
    """A language with its CEFR level, A1 to C2."""

    code: str
    label: str
    cefr: int
    cefr_words: str
    grade: int
    grade_words: str


@dataclass(frozen=True, slots=True)
class WishesLine:
    """What the person can and wants in practice; None or "" means: no limit stated. ``version`` 0: nothing said yet."""

    hours_min: int | None = None
    hours_max: int | None = None
    place: str = ""
    place_words: str = ""
    max_km: int | None = None
    evenings: bool = True
    weekends: bool = True
    nights: bool = False
    early: bool = True
    home_work: bool = True
    starts_on: date | None = None
    months_min: int | None = None
    permits: tuple[str, ...] = ()
    permits_words: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A yes to one purpose; ``alive`` until withdrawn."""

    purpose: str
    wording: str
    given_at: datetime
    withdrawn_at: datetime | None
    alive: bool


@dataclass(frozen=True, slots=True)
class PassportStep:
    """Something that would make the passport say more; ``page`` is the name of the address where it is done."""

    code: str
    words: str
    page: str


@dataclass(frozen=True, slots=True)
class Passport:
    """A person's own passport, as its owner sees it. Claims by label, languages by code, newest consent first."""

    person: int
    pseudonym: str
    name: str
    claims: tuple[ClaimLine, ...]
    languages: tuple[PassportLanguage, ...]
    wishes: WishesLine
    consents: tuple[ConsentLine, ...]
    next_steps: tuple[PassportStep, ...]
    compared: bool
    version: int
    started_at: datetime
    changed_at: datetime


def passport(caller: Caller, *, person: int) -> Passport:
    """The passport of ``person`` for its owner (or the operator); NotFound for anybody else. Seven queries."""
    grant = gate.grant(caller, purpose=Purpose.OWN, person=person)
    with access.opened(grant):
        row = Person.objects.get(pk=person)
        claims = claim_lines(grant, pseudonym=row.pseudonym)
        spoken = language_lines(grant)
        wishes = wishes_line(grant)
        consents = tuple(
            ConsentLine(c.purpose, c.wording, c.given_at, c.withdrawn_at, c.withdrawn_at is None)
            for c in Consent.objects.filter(person=person).order_by("-given_at", "-pk")
        )
    compared = any(consent.alive and consent.purpose == SECTOR_RUN for consent in consents)
    return Passport(
        person=row.pk,
        pseudonym=row.pseudonym,
        name=sealing.unseal(row.pseudonym, row.name_sealed),
        claims=claims,
        languages=spoken,
        wishes=wishes,
        consents=consents,
        next_steps=_next_steps(claims, spoken, wishes, compared=compared),
        compared=compared,
        version=row.version,
        started_at=row.started_at,
        changed_at=row.changed_at,
    )


def claim(caller: Caller, *, person: int | None, competence: int) -> ClaimLine:
    """One competence as it stands in the passport; level 0 and version 0 when it is not in it (yet).

    NotFound for a competence that the vocabulary does not know.
    """
    label = words.competences([competence], language=caller.language).get(competence)
    if label is None:
        raise NotFound(
            expected=_("a competence of the vocabulary"), found=competence, next_step=_("Search it and choose it.")
        )
    if person is not None:
        grant = gate.grant(caller, purpose=Purpose.OWN, person=person)
        with access.opened(grant):
            found = claim_lines(grant, pseudonym=gate.pseudonym_of(grant), only=frozenset({competence}))
        if found:
            return found[0]
    return ClaimLine(competence, label, 0, "", 1, grade_words(1), clock.today(caller.at), "", 0)


def claim_lines(
    grant: Grant, *, pseudonym: str, notes: bool = True, only: frozenset[int] = frozenset()
) -> tuple[ClaimLine, ...]:
    """The claims of the one person of an open grant, by label then id; ``only`` these competences when given."""
    rows = Claim.objects.filter(person=access.one_person(grant))
    if only:
        rows = rows.filter(competence__in=only)
    found = list(
        rows.values_list("competence_id", "level", "grade", "said_on", "note_sealed", "version").order_by("competence")
    )
    language = grant.caller.language
    labels = words.competences([row[0] for row in found], language=language)
    levels = words.level_words(language)
    texts = sealing.unseal_many((pseudonym, row[4]) for row in found) if notes else [""] * len(found)
    lines = (
        ClaimLine(key, labels[key], level, levels[level], grade, grade_words(grade), said_on, text, version)
        for (key, level, grade, said_on, _sealed, version), text in zip(found, texts, strict=True)
    )
    return tuple(sorted(lines, key=lambda line: (line.label.casefold(), line.competence)))


def language_lines(grant: Grant) -> tuple[PassportLanguage, ...]:
    """The languages of the one person of an open grant, by code."""
    rows: Any = SpokenLanguage.objects.filter(person=access.one_person(grant)).order_by("code")
    labels, cefr = words.language_words(grant.caller.language), dict[int, str](CEFR)
    return tuple(
        PassportLanguage(
            row.code, str(labels.get(row.code, row.code)), row.cefr, cefr[row.cefr], row.grade, grade_words(row.grade)
        )
        for row in rows
    )


def wishes_line(grant: Grant) -> WishesLine:
    """The wishes of the one person of an open grant; the defaults when nothing was said."""
    row: Any = Wishes.objects.filter(person=access.one_person(grant)).first()
    if row is None:
        return WishesLine()
    return WishesLine(
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        place=row.place,
        place_words=str(words.place_words().get(row.place, row.place)),
        max_km=row.max_km,
        evenings=row.evenings,
        weekends=row.weekends,
        nights=row.nights,
        early=row.early,
        home_work=row.home_work,
        starts_on=row.starts_on,
        months_min=row.months_min,
        permits=tuple(sorted(row.permits)),
        permits_words=tuple(str(words.PERMIT_WORDS[permit]) for permit in sorted(row.permits)),
        version=row.version,
    )


def grade_words(grade: int) -> str:
    """What a grade of evidence is called, in the active language."""
    return str(dict(GRADES)[grade])


def _next_steps(
    claims: tuple[ClaimLine, ...], spoken: tuple[PassportLanguage, ...], wishes: WishesLine, *, compared: bool
) -> tuple[PassportStep, ...]:
    start = _("Say what you can do, starting from a job you had.")
    compare = _("Decide if your passport may take part in the comparison.")
    steps = (
        (not claims, PassportStep("competences", start, "people:start")),
        (not spoken, PassportStep("languages", _("Add the languages you use at work."), "people:languages")),
        (wishes.version == 0, PassportStep("wishes", _("Say when and where you can work."), "people:wishes")),
        (bool(claims) and not compared, PassportStep("comparison", compare, "people:comparison")),
    )
    return tuple(step for missing, step in steps if missing)
