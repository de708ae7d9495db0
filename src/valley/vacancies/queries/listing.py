"""Which vacancies are open for whoever looks: the openings that fit, which diplomas they count for, the choices?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from valley.foundation import access, clock
from valley.vacancies.models import OpeningPractice
from valley.vacancies.queries.recognitions import checked_periods, dossier_names
from valley.work import queries as work


@dataclass(frozen=True, slots=True)
class VacancyFilter:
    """What someone looks for; ``diploma`` is the code of a dossier that the work must count for."""

    opening: work.OpeningFilter = field(default_factory=work.OpeningFilter)
    diploma: str = ""


@dataclass(frozen=True, slots=True)
class ListChoices:
    """What the filters of the public list are chosen from."""

    opening: work.FilterChoices
    roles: tuple[work.Choice, ...]
    diplomas: tuple[work.Choice, ...]


@dataclass(frozen=True, slots=True)
class VacancyList:
    """A page of openings; ``counts_for`` names, by opening, the diplomas its work counts for on its first day."""

    found: work.OpeningList
    counts_for: dict[int, tuple[str, ...]]


def filter_choices(caller: access.Caller) -> ListChoices:
    """The choices of the filters. Public; five questions."""
    taught = set(OpeningPractice.objects.values_list("dossier_code", flat=True).distinct())
    names = dossier_names(caller) if taught else {}
    return ListChoices(
        opening=work.filter_choices(caller),
        roles=tuple(work.Choice(one.key, one.title) for one in work.role_profiles(caller)),
        diplomas=tuple(work.Choice(code, names.get(code, code)) for code in sorted(taught)),
    )


def open_vacancies(
    caller: access.Caller, *, asked: VacancyFilter | None = None, limit: int = 50, offset: int = 0
) -> VacancyList:
    """Openings that are open today and fit, as :func:`valley.work.queries.open_openings` orders them.

    Public. Eleven questions to the database at most, however many openings there are.
    """
    asked = asked or VacancyFilter()
    counting = _counting(clock.today(caller.at))
    filters = asked.opening
    if asked.diploma:
        filters = replace(filters, among=frozenset(one for one, codes in counting.items() if asked.diploma in codes))
    found = work.open_openings(caller, filters=filters, limit=limit, offset=offset)
    names = dossier_names(caller) if counting else {}
    shown = {item.id: counting.get(item.id, ()) for item in found.items}
    return VacancyList(
        found,
        {opening: tuple(names.get(code, code) for code in codes) for opening, codes in shown.items() if codes},
    )


def _counting(on: date) -> dict[int, tuple[str, ...]]:
    """Codes of the dossiers that each open opening counts for: practised, and recognised on the first day. Two
    questions."""
    recognised = checked_periods()
    if not recognised:
        return {}
    rows: Iterable[Any] = OpeningPractice.objects.filter(
        opening__state="open", opening__closes_on__gt=on, dossier_code__in={code for _owner, code in recognised}
    ).values_list("opening_id", "dossier_code", "opening__organisation_id", "opening__starts_from_on")
    found: dict[int, set[str]] = defaultdict(set)
    for opening, code, owner, starts_on in rows.distinct():
        periods = recognised.get((owner, code), ())
        if any(first <= starts_on and (until is None or starts_on < until) for first, until in periods):
            found[opening].add(code)
    return {opening: tuple(sorted(codes)) for opening, codes in found.items()}
