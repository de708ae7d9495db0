"""How did procedures end, counted per quarter and reason, with small counts hidden?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from valley.applications import words
from valley.applications.models import ProcedureCount, State
from valley.core import disclosure
from valley.foundation import access, clock, organisations
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole

# Two years of quarters: enough to see a season twice.
QUARTERS = 8


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One way in which procedures ended. ``numbers`` stand beside the quarters; None is hidden."""

    outcome: str
    outcome_words: str
    reason: str
    reason_words: str
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of ended applications over finished quarters; counts under ``threshold`` are hidden, also by subtraction.

    ``organisation`` None: all employers together.
    """

    organisation: int | None
    organisation_name: str
    quarters: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    threshold: int
    on: date


def procedure_figures(caller: Caller, *, organisation: int | None = None) -> Figures:
    """How procedures ended, per finished quarter. An employer's recruiter or steward for the own organisation; the
    programme office for all employers together; the operator for either.

    A quarter that still runs is left out: two looks at it would tell what one person met.
    """
    if organisation is None:
        access.require_desk(caller, DeskRole.OFFICE)
    else:
        access.require_desk(caller, DeskRole.RECRUITER, DeskRole.STEWARD, organisation=organisation)
    today = clock.today(caller.at)
    rows = ProcedureCount.objects.filter(quarter__lt=quarter(today))
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    counted = rows.values_list("quarter", "outcome", "reason").annotate(n=Sum("number")).order_by()
    counts = {(when, f"{outcome}|{reason}"): int(n) for when, outcome, reason, n in counted}
    shown = sorted({when for when, _kind in counts})[-QUARTERS:]
    counts = {cell: n for cell, n in counts.items() if cell[0] in shown}
    name = "" if organisation is None else organisations.names([organisation]).get(organisation, "")
    return Figures(organisation, name, tuple(shown), _rows(counts, shown), disclosure.THRESHOLD, today)


def quarter(on: date) -> str:
    """The quarter of a day, so written that text order is time order.

    >>> quarter(date(2026, 11, 23))
    '2026-Q4'
    """
    return f"{on.year}-Q{(on.month + 2) // 3}"


def _rows(counts: dict[tuple[str, str], int], quarters: list[str]) -> tuple[FigureRow, ...]:
    if not counts:
        return ()
    published = disclosure.suppress(counts)
    kinds = sorted({kind for _quarter, kind in counts})
    return tuple(_row(kind, tuple(published.cells[(when, kind)] for when in quarters)) for kind in kinds)


def _row(kind: str, numbers: tuple[int | None, ...]) -> FigureRow:
    outcome, reason = kind.split("|")
    return FigureRow(outcome, str(State(outcome).label), reason, words.reason(reason), numbers)
