"""What will planning all routes again do, how far is it, and what came of it? For the programme office, in counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from valley.core import disclosure
from valley.core.disclosure import THRESHOLD, TOTAL
from valley.foundation import access, jobs, organisations
from valley.foundation.access import Caller, Purpose
from valley.foundation.models import DeskRole, OrganisationKind
from valley.foundation.problems import NotFound
from valley.people import queries as people
from valley.routes.models import LinkState, Route, RouteState

TASK = "routes.replan_all"


@dataclass(frozen=True, slots=True)
class ReplanLine:
    """How many routes, in words; None is hidden: fewer than five, or it would tell a smaller group."""

    words: str
    routes: int | None
    shown: str


@dataclass(frozen=True, slots=True)
class ReplanPreview:
    """What will be looked at: all living routes, or those with a link at ``employer``."""

    employer: str
    lines: tuple[ReplanLine, ...]


@dataclass(frozen=True, slots=True)
class ReplanProgress:
    """How far it is, and when it is ``done`` what came of it."""

    key: str
    state_words: str
    percent: int
    words: str
    error: str
    done: bool
    lines: tuple[ReplanLine, ...]


def replan_preview(caller: Caller, *, employer: int | None = None) -> ReplanPreview:
    """What planning again will look at: every living route, or those of one employer. Office or operator.

    Counts over everybody, made by the product itself; who is in them nobody here sees. NotFound for what is no
    employer.
    """
    access.require_desk(caller, DeskRole.OFFICE)
    name = "" if employer is None else employer_of(employer).name
    product = access.operator(at=caller.at, door="jobs")
    with access.opened(people.grant(product, purpose=Purpose.UPKEEP)):
        rows: Any = Route.objects.filter(stopped_at__isnull=True).exclude(state=RouteState.DONE)
        if employer is None:
            waiting = rows.filter(state=RouteState.BROKEN).count()
            pairs = ((_("routes that stand"), rows.count() - waiting), (_("routes that wait for a new chain"), waiting))
        else:
            there = Q(links__organisation=employer, links__until__isnull=True)
            there &= Q(links__state__in=[LinkState.PLANNED, LinkState.RUNNING])
            met = rows.filter(there).distinct().count()
            pairs = ((_("routes with a job there"), met), (_("routes without one"), rows.count() - met))
    return ReplanPreview(name, _lines(pairs, caller))


def employer_of(id: int) -> organisations.Partner:
    """An employer of the valley; NotFound for what is none."""
    for one in organisations.partners(kind=OrganisationKind.EMPLOYER):
        if one.id == id:
            return one
    raise NotFound(
        expected=_("an employer of the valley"), found=_("none"), next_step=_("Choose an employer from the list.")
    )


def replan_progress(caller: Caller, *, key: str) -> ReplanProgress:
    """How far planning again is, and what came of it. Office or operator; NotFound for another kind of job."""
    access.require_desk(caller, DeskRole.OFFICE)
    line = jobs.status(key)
    if line is None or line.task != TASK:
        raise NotFound(expected=_("planning that was asked for"), found=_("none"), next_step=_("Ask for it again."))
    states = {"ready": _("Waiting for a worker"), "running": _("Working"), "done": _("Done"), "failed": _("Failed")}
    found = line.result if isinstance(line.result, dict) else {}
    pairs = ()
    if found:
        touched, proposals = found["touched"], found["proposals"]
        pairs = (
            (_("routes stay as they are"), found["routes"] - touched),
            (_("routes changed: a new chain is proposed"), proposals),
            (_("routes have no chain any more: the learner reads why"), touched - proposals),
        )
    return ReplanProgress(
        key=key,
        state_words=states[line.state],
        percent=round(100 * line.share),
        words="" if line.state == "done" else str(line.words),
        error=line.error,
        done=line.state in ("done", "failed"),
        lines=_lines(pairs, caller),
    )


def _lines(pairs: tuple[tuple[str, int], ...], caller: Caller) -> tuple[ReplanLine, ...]:
    """Counts as they may be seen: all for the operator, for the office without small groups, also by subtraction."""
    if not pairs:
        return ()
    counts: dict[tuple[str, ...], int] = {(words,): routes for words, routes in pairs}
    shown = disclosure.suppress(counts)
    cells = [(words, routes if caller.operator else shown.cells[words,]) for words, routes in pairs]
    total = sum(counts.values()) if caller.operator else shown.totals[TOTAL,]
    hidden = _("fewer than %(least)s, or hidden") % {"least": THRESHOLD}
    rows = [*cells, (_("in all"), total)]
    return tuple(ReplanLine(words, routes, hidden if routes is None else str(routes)) for words, routes in rows)
