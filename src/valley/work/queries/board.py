"""What hangs on the public board today: every open opening in the order of the list, kept while nothing changes?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from valley.foundation import access, kept, organisations
from valley.work import snapshots, words
from valley.work.models import Opening, OpeningLanguage


@dataclass(frozen=True, slots=True)
class Pinned:
    """What the list counts and orders an opening by; ``languages`` are codes."""

    id: int
    place: str
    organisation: int
    contract: str
    starts_from_on: date
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One choice of a filter, and how many of the found openings have it."""

    key: str
    label: str
    openings: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices among what was found, most openings first, then by name."""

    places: tuple[Facet, ...]
    organisations: tuple[Facet, ...]
    contracts: tuple[Facet, ...]
    languages: tuple[Facet, ...]


KEPT: kept.InMemory[tuple[Pinned, ...]] = kept.InMemory()


def open_board(on: date) -> tuple[Pinned, ...]:
    """Every opening that is open on a day, newest first; made once per process and state. One cheap question."""
    return KEPT.made(snapshots.fingerprint(on), lambda: pinned(Opening.objects.filter(snapshots.is_open(on))))


def pinned(rows: QuerySet[Opening]) -> tuple[Pinned, ...]:
    """These openings, newest first. Two questions.

    What was opened at one moment (a spreadsheet) takes turns by employer, so that one list never fills a page.
    """
    spoken: dict[int, list[str]] = defaultdict(list)
    languages = OpeningLanguage.objects.filter(opening__in=rows.values("pk"))
    for opening, code in languages.order_by("pk").values_list("opening_id", "code"):
        spoken[opening].append(code)
    turn = Window(RowNumber(), partition_by=[F("opened_at"), F("organisation")], order_by=F("pk").desc())
    columns = ("pk", "place", "organisation_id", "contract", "starts_from_on")
    ordered = rows.order_by("-opened_at", turn, "-pk").values_list(*columns)
    return tuple(Pinned(*row, languages=tuple(spoken.get(row[0], ()))) for row in ordered)


def facets(caller: access.Caller, found: Collection[Pinned]) -> Facets:
    """The choices among these openings. One question, for the names of organisations."""
    owners = {one.id: one for one in organisations.partners()}
    names = {one.slug: one.name for one in owners.values()}
    contracts = Counter(one.contract for one in found)
    by_owner = Counter(one.organisation for one in found)
    return Facets(
        places=_counted(Counter(one.place for one in found), words.places()),
        organisations=_counted({owners[pk].slug: number for pk, number in by_owner.items()}, names),
        contracts=_counted(contracts, {kind: words.contract(kind) for kind in contracts}),
        languages=_counted(_each(one.languages for one in found), words.languages(caller.language)),
    )


def _each(several: Iterable[tuple[str, ...]]) -> Counter[str]:
    return Counter(chain.from_iterable(several))


def _counted(counts: Mapping[str, int], labels: Mapping[str, str]) -> tuple[Facet, ...]:
    found = (Facet(key, labels.get(key, key), number) for key, number in counts.items())
    return tuple(sorted(found, key=lambda facet: (-facet.openings, facet.label)))
