"""Which vacancies are open for whoever looks: the openings that fit, which diplomas they count for, the choices?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from valley.core.vacancies import periods
from valley.foundation import access, clock, kept
from valley.vacancies import snapshots
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
    taught = {str(code) for code in OpeningPractice.objects.values_list("dossier_code", flat=True).distinct()}
    names: dict[str, str] = dossier_names(caller) if taught else {}
    return ListChoices(
        opening=work.filter_choices(caller),
        roles=tuple(work.Choice(one.key, one.title) for one in work.role_profiles(caller)),
        diplomas=tuple(work.Choice(code, names.get(code, code)) for code in sorted(taught)),
    )


def open_vacancies(
    caller: access.Caller, *, asked: VacancyFilter | None = None, limit: int = 50, offset: int = 0
) -> VacancyList:
    """Openings that are open today and fit, as :func:`valley.work.queries.open_openings` orders them.

    Public. Nine questions to the database at most, however many openings there are.
    """
    asked, on = asked or VacancyFilter(), clock.today(caller.at)
    counts, filters = _counts_for(on), asked.opening
    if asked.diploma:
        filters = replace(filters, among=frozenset(pk for pk, codes in counts.items() if asked.diploma in codes))
    found = work.open_openings(caller, filters=filters, limit=limit, offset=offset)
    shown = {item.id: counts[item.id] for item in found.items if item.id in counts}
    names = dossier_names(caller) if shown else {}
    return VacancyList(
        found, {opening: tuple(names.get(code, code) for code in codes) for opening, codes in shown.items()}
    )


KEPT: kept.InMemory[Mapping[int, tuple[str, ...]]] = kept.InMemory()


def _counts_for(on: date) -> Mapping[int, tuple[str, ...]]:
    """Codes of the dossiers that each open opening counts for: practised, and recognised on its first day.

    Made once per process and state, with two cheap questions to know whether anything changed.
    """
    return KEPT.made(snapshots.fingerprint(on), lambda: _counting(work.open_board(on)))


def _counting(today: Iterable[work.Pinned]) -> dict[int, tuple[str, ...]]:
    recognised = checked_periods()
    taught: dict[int, list[str]] = defaultdict(list)
    practised = OpeningPractice.objects.filter(dossier_code__in={code for _owner, code in recognised})
    for opening, code in practised.values_list("opening_id", "dossier_code").distinct():
        taught[opening].append(code)
    found: dict[int, tuple[str, ...]] = {}
    for one in today:
        codes = sorted(taught.get(one.id, ()))
        counted = tuple(code for code in codes if _counts(one, recognised.get((one.organisation, code), ())))
        if counted:
            found[one.id] = counted
    return found


def _counts(one: work.Pinned, covered: Iterable[periods.Period]) -> bool:
    return any(
        first <= one.starts_from_on and (until is None or one.starts_from_on < until) for first, until in covered
    )
