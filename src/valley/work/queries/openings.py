"""Which openings are there: for everybody, for one desk, and how many in all?"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.text import Truncator

from valley.core.mobility.overlap.practical import distance_km
from valley.foundation import access, clock
from valley.skills import queries as skills
from valley.work import desks, snapshots, words
from valley.work.models import Opening, OpeningLanguage, OpeningState
from valley.work.queries import board

_COLUMNS = (
    "pk", "slug", "title", "reference", "state", "contract", "months", "hours_min", "hours_max", "pay_min", "pay_max",
    "seats", "place", "home_work", "evenings", "weekends", "nights", "early", "starts_from_on", "starts_until_on",
    "closes_on", "version", "role__key", "role__title_nl", "role__title_en", "organisation__name",
    "organisation__slug", "organisation_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpeningFilter:
    """What someone looks for. Empty fields ask nothing; ``place`` and ``km`` go together (km 0: that place only).

    ``hours`` is a number of hours a week that must lie in the range of the opening; ``language`` is a language the
    work is done in; ``without_*`` leave out openings that ask such shifts; ``organisation`` is a slug; ``role`` a key;
    ``pay_from`` is euro per hour that the opening pays at least; ``among`` are ids that a higher room chose.
    """

    text: str = ""
    place: str = ""
    km: int | None = None
    hours: int | None = None
    language: str = ""
    contract: str = ""
    organisation: str = ""
    role: str = ""
    home_work: bool = False
    without_evenings: bool = False
    without_weekends: bool = False
    without_nights: bool = False
    without_early: bool = False
    pay_from: Decimal | None = None
    among: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class LanguageAsked:
    """A language of the work with its level, in words."""

    code: str
    label: str
    cefr: int
    level: str


@dataclass(frozen=True, slots=True)
class OpeningItem:
    """An opening as a line in a list. Pay is euro per hour, gross; ``km`` is estimated by road from the place asked."""

    id: int
    slug: str
    title: str
    role_key: str
    role: str
    organisation: str
    organisation_slug: str
    organisation_id: int
    place_key: str
    place: str
    km: float | None
    contract_key: str
    contract: str
    months: int | None
    hours_min: int
    hours_max: int
    pay_min: Decimal
    pay_max: Decimal
    seats: int
    home_work: bool
    evenings: bool
    weekends: bool
    nights: bool
    early: bool
    starts_from_on: date
    starts_until_on: date
    closes_on: date
    state: str
    languages: tuple[LanguageAsked, ...]
    version: int


@dataclass(frozen=True, slots=True)
class OpeningList:
    """A page of openings, how many there are in all, and the choices among them."""

    total: int
    limit: int
    offset: int
    items: tuple[OpeningItem, ...]
    facets: board.Facets


@dataclass(frozen=True, slots=True)
class PublicCounts:
    """What is open today. An opening may have several seats; an employer counts once."""

    openings: int
    seats: int
    employers: int


def open_openings(
    caller: access.Caller, *, filters: OpeningFilter | None = None, limit: int = 50, offset: int = 0
) -> OpeningList:
    """Openings that are open today and fit the filters: newest first; when a place is asked, nearest before newest.

    Public. Five questions to the database, however many openings there are.
    """
    filters, on = filters or OpeningFilter(), clock.today(caller.at)
    away = _distances(filters.place)
    found: Sequence[board.Pinned] = board.open_board(on)
    if filters != OpeningFilter():
        fits = _fitting(filters, on, away)
        found = [one for one in found if one.id in fits]
    if filters.place:
        found = sorted(found, key=lambda one: away.get(one.place, math.inf))
    return _page(caller, found, limit=limit, offset=offset, away=away)


def _page(
    caller: access.Caller, found: Sequence[board.Pinned], *, limit: int, offset: int, away: Mapping[str, float]
) -> OpeningList:
    chosen = [one.id for one in found[offset : offset + limit]]
    items = opening_items(caller, ids=chosen, away=away)
    kept = tuple(items[pk] for pk in chosen if pk in items)  # one may have been removed since the board was made
    return OpeningList(len(found), limit, offset, kept, board.facets(caller, found))


def opening_items(
    caller: access.Caller, *, ids: Iterable[int], away: Mapping[str, float] | None = None
) -> dict[int, OpeningItem]:
    """Openings as lines, by id, whatever their state: for other rooms that hold ids. Four questions at most."""
    chosen = list(ids)
    names, tongues = words.places(), words.languages(caller.language)
    spoken: dict[int, list[LanguageAsked]] = defaultdict(list)
    languages = OpeningLanguage.objects.filter(opening__in=chosen).order_by("pk")
    for opening, code, cefr in languages.values_list("opening_id", "code", "cefr"):
        spoken[opening].append(LanguageAsked(code, tongues.get(code) or code, cefr, words.cefr(cefr)))
    on = clock.today(caller.at)
    rows = Opening.objects.filter(pk__in=chosen).values(*_COLUMNS)
    for row in rows:
        row["state"] = state_today(row["state"], row["closes_on"], on)
    return {row["pk"]: _item(row, caller.language, names, away or {}, tuple(spoken[row["pk"]])) for row in rows}


def matching(caller: access.Caller, *, filters: OpeningFilter) -> frozenset[int]:
    """Ids of all openings that are open today and fit the filters: for rooms that keep their own order."""
    return _fitting(filters, clock.today(caller.at), _distances(filters.place))


def openings_of(
    caller: access.Caller, *, organisation: int, state: str = "", limit: int = 50, offset: int = 0
) -> OpeningList:
    """All openings of an organisation with their drafts, newest first; for its recruiter, team lead and steward.

    ``state`` is "draft", "open" or "closed" as it is today.
    """
    desks.require_reader(caller, organisation=organisation)
    on = clock.today(caller.at)
    rows = Opening.objects.filter(organisation=organisation).filter(_in_state(state, on))
    found = sorted(board.pinned(rows), key=lambda one: -one.id)
    return _page(caller, found, limit=limit, offset=offset, away={})


def public_counts(caller: access.Caller) -> PublicCounts:
    """How many openings, seats and employers there are today. One question."""
    found = Opening.objects.filter(snapshots.is_open(clock.today(caller.at))).aggregate(
        openings=Count("pk"), seats=Sum("seats"), employers=Count("organisation", distinct=True)
    )
    return PublicCounts(found["openings"], found["seats"] or 0, found["employers"])


def counts_by_organisation(on: date) -> dict[int, int]:
    """How many openings each organisation has open on a day. One question."""
    rows = Opening.objects.filter(snapshots.is_open(on)).values("organisation_id").annotate(n=Count("pk"))
    return {row["organisation_id"]: row["n"] for row in rows}


def state_today(state: str, closes_on: date, on: date) -> str:
    """The state as it is on a day: an open opening past its closing day is closed.

    >>> state_today("open", date(2026, 3, 1), date(2026, 3, 1))
    'closed'
    """
    passed = state == OpeningState.OPEN and closes_on <= on
    return OpeningState.CLOSED.value if passed else state


def _in_state(state: str, on: date) -> Q:
    if state == OpeningState.OPEN:
        return snapshots.is_open(on)
    if state == OpeningState.CLOSED:
        return Q(state=OpeningState.CLOSED) | Q(state=OpeningState.OPEN, closes_on__lte=on)
    return Q(state=state) if state else Q()


def _fitting(filters: OpeningFilter, on: date, away: Mapping[str, float]) -> frozenset[int]:
    plain = {"languages__code": filters.language, "contract": filters.contract}
    plain |= {"organisation__slug": filters.organisation, "role__key": filters.role}
    asked: dict[str, Any] = {name: value for name, value in plain.items() if value}
    if filters.hours is not None:
        asked |= {"hours_min__lte": filters.hours, "hours_max__gte": filters.hours}
    if filters.place:
        asked["place__in"] = [key for key, km in away.items() if filters.km is None or km <= filters.km]
    if filters.home_work:
        asked["home_work"] = True
    for shift in ("evenings", "weekends", "nights", "early"):
        if getattr(filters, f"without_{shift}"):
            asked[shift] = False
    if filters.pay_from is not None:
        asked["pay_min__gte"] = filters.pay_from
    rows = _with_text(Opening.objects.filter(snapshots.is_open(on), **asked), filters.text)
    fits = frozenset(rows.values_list("pk", flat=True))
    return fits if filters.among is None else fits & filters.among


def _with_text(rows: QuerySet[Opening], text: str) -> QuerySet[Opening]:
    """Each word must occur in the title, the role or the name of the organisation."""
    for word in Truncator(text).chars(100).split()[:8]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(role__title_nl__icontains=word)
            | Q(role__title_en__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    return rows


def _distances(place: str) -> dict[str, float]:
    """Kilometres (estimated by road) from a place to every place; empty without one or with an unknown one."""
    known = {one.key: (one.latitude, one.longitude) for one in skills.places()} if place else {}
    here = known.get(place)
    away = {key: distance_km(here, there) for key, there in known.items()}
    return {key: km for key, km in away.items() if km is not None}


def _item(
    row: dict[str, Any],
    language: str,
    names: Mapping[str, str],
    away: Mapping[str, float],
    languages: tuple[LanguageAsked, ...],
) -> OpeningItem:
    km = away.get(row["place"])
    same = (
        "slug", "title", "months", "hours_min", "hours_max", "pay_min", "pay_max", "seats", "home_work", "evenings",
        "weekends", "nights", "early", "starts_from_on", "starts_until_on", "closes_on", "state", "version",
    )  # fmt: skip
    return OpeningItem(
        id=row["pk"],
        role_key=row["role__key"],
        role=in_language(row["role__title_nl"], row["role__title_en"], language),
        organisation=row["organisation__name"],
        organisation_slug=row["organisation__slug"],
        organisation_id=row["organisation_id"],
        place_key=row["place"],
        place=names.get(row["place"], row["place"]),
        km=None if km is None else round(km, 1),
        contract_key=row["contract"],
        contract=words.contract(row["contract"]),
        languages=languages,
        **{name: row[name] for name in same},
    )


def in_language(nl: str, en: str, language: str) -> str:
    """The text in the reader's language, or in the other one when it is missing."""
    return (en or nl) if language == "en" else (nl or en)
