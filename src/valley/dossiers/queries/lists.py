"""Which dossiers are there, which one holds on a day, and what are its work processes called?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from valley.dossiers.models import Dossier, WorkProcess
from valley.foundation import clock
from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.foundation.spreadsheets.tables import nearest


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One version of a dossier. ``in_force``: it is the one that holds today."""

    id: int
    code: str
    name: str
    level: int | None
    nominal_months: int | None
    valid_from_on: date
    valid_until_on: date | None
    in_force: bool
    parts: int
    work_processes: int


@dataclass(frozen=True, slots=True)
class ProcessName:
    """A work process in the reader's language, with the code of its dossier."""

    id: int
    code: str
    name: str
    dossier: str


def dossiers(caller: Caller) -> tuple[DossierLine, ...]:
    """Every version of every dossier: by code, the newest first. Anyone may read them."""
    return _lines(caller, Dossier.objects.all())


def dossier_lines(caller: Caller, *, ids: Iterable[int]) -> dict[int, DossierLine]:
    """The lines of these dossiers by id; an unknown id is left out."""
    return {line.id: line for line in _lines(caller, Dossier.objects.filter(pk__in=list(ids)))}


def _lines(caller: Caller, rows: QuerySet[Dossier]) -> tuple[DossierLine, ...]:
    counted = rows.annotate(
        part_count=Count("parts", distinct=True),
        process_count=Count("parts__core_tasks__work_processes", distinct=True),
    ).order_by("code", "-valid_from_on")
    listed = list(counted)
    holding = holding_ids({row.code for row in listed}, on=clock.today(caller.at))
    return tuple(
        DossierLine(
            id=row.pk,
            code=row.code,
            name=named(row, caller.language),
            level=row.level,
            nominal_months=row.nominal_months,
            valid_from_on=row.valid_from_on,
            valid_until_on=row.valid_until_on,
            in_force=row.pk in holding,
            parts=getattr(row, "part_count", 0),
            work_processes=getattr(row, "process_count", 0),
        )
        for row in listed
    )


def named(row: object, language: str) -> str:
    """The Dutch or English name of a dossier, part, core task or work process; Dutch where English is missing."""
    dutch, english = str(getattr(row, "name_nl", "")), str(getattr(row, "name_en", ""))
    return (english or dutch) if language == "en" else dutch


def holding_ids(codes: Iterable[str], *, on: date) -> set[int]:
    """For each code the version that holds on the day: of those that started and did not end, the newest."""
    rows = Dossier.objects.filter(code__in=list(codes), valid_from_on__lte=on)
    rows = rows.filter(Q(valid_until_on__isnull=True) | Q(valid_until_on__gt=on))
    newest = dict(rows.order_by("code", "valid_from_on").values_list("code", "pk"))
    return set(newest.values())


def version_id(*, code: str, valid_from_on: date) -> int:
    """The id of the version that starts on exactly this day; ``NotFound`` names the days there are."""
    days = dict(known(code).values_list("valid_from_on", "pk"))
    if valid_from_on not in days:
        raise NotFound(
            expected=_("a version of %(code)s that starts on this day") % {"code": code},
            found=valid_from_on,
            next_step=_("Choose one of these: %(known)s.") % {"known": ", ".join(map(str, sorted(days)))},
        )
    return days[valid_from_on]


def holding_id(*, code: str, on: date) -> int:
    """The id of the version of ``code`` that holds on the day; ``NotFound`` for an unknown code or a day without."""
    rows = known(code)
    found = holding_ids([code], on=on)
    if not found:
        days = ", ".join(
            f"{starts} - {ends or ''}".strip()
            for starts, ends in rows.order_by("valid_from_on").values_list("valid_from_on", "valid_until_on")
        )
        raise NotFound(
            expected=_("a dossier %(code)s that holds on %(day)s") % {"code": code, "day": on},
            found=_("none"),
            next_step=_("Choose a day within one of these: %(known)s.") % {"known": days},
        )
    return next(iter(found))


def known(code: str) -> QuerySet[Dossier]:
    """All versions of a code; ``NotFound`` with the nearest code when there are none."""
    rows = Dossier.objects.filter(code=code[:40])
    if not rows.exists():
        codes = sorted(set(Dossier.objects.values_list("code", flat=True)))
        raise NotFound(
            expected=_("the code of a dossier that was imported"),
            found=code[:40] or _("nothing"),
            next_step=_nearest(code, codes) or _("Import the dossier first."),
        )
    return rows


def _nearest(code: str, codes: Sequence[str]) -> str:
    guess = nearest(code, codes)
    if guess:
        return _("Did you mean “%(guess)s”?") % {"guess": guess}
    return _("Choose one of these: %(known)s.") % {"known": ", ".join(codes[:10])} if codes else ""


def work_process_ids(code: str = "", *, on: date | None = None) -> dict[str, int]:
    """Ids of work processes by code, of the dossier ``code`` or of all, in the version that holds (or the newest).

    ``commercie/B1-K1-W1`` always names one; the bare ``B1-K1-W1`` only where a single dossier has it. Raises
    ``NotFound`` for an unknown dossier.
    """
    rows = known(code) if code else Dossier.objects.all()
    chosen = holding_ids(set(rows.values_list("code", flat=True)), on=on or date.max)
    if on is None:
        newest = dict(rows.order_by("code", "valid_from_on").values_list("code", "pk"))
        chosen = set(newest.values())
    found = WorkProcess.objects.filter(core_task__part__dossier__in=chosen).order_by("code", "pk")
    full, bare = dict[str, int](), dict[str, set[int]]()
    for pk, process, dossier in found.values_list("pk", "code", "core_task__part__dossier__code"):
        full[f"{dossier}/{process}"] = pk
        bare.setdefault(process, set()).add(pk)
    return full | {process: next(iter(ids)) for process, ids in bare.items() if len(ids) == 1}


def work_process_names(caller: Caller, *, ids: Iterable[int]) -> dict[int, ProcessName]:
    """Names of work processes by id, in the caller's language; an unknown id is left out. One query."""
    rows = WorkProcess.objects.filter(pk__in=list(ids)).select_related("core_task__part__dossier")
    return {
        row.pk: ProcessName(row.pk, row.code, named(row, caller.language), row.core_task.part.dossier.code)
        for row in rows
    }


def require_work_process(pk: int) -> None:
    """Let an id of a work process pass; ``NotFound`` for any other."""
    if not WorkProcess.objects.filter(pk=pk).exists():
        step = _("Choose a work process of a dossier.")
        raise NotFound(expected=_("a work process of a dossier"), found=pk, next_step=step)
