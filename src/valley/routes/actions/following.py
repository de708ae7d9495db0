"""Which routes does a changed opening touch, and how are all of them planned again in one go?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.chains import queries as chains
from valley.core.mobility import routes as core
from valley.foundation import access, audit, jobs
from valley.foundation.access import Caller, Purpose
from valley.foundation.models import DeskRole
from valley.people import queries as people
from valley.routes.actions.replanning import Cause, plan_again
from valley.routes.models import LinkState, Route, RouteChange, RouteSignature, RouteState
from valley.routes.queries import computing, stored

Report = Callable[[float, str], None]
TASK = "routes.replan_all"
_LIVING = (RouteState.PROPOSED, RouteState.SIGNED, RouteState.RUNNING)


@dataclass(frozen=True, slots=True)
class Followed:
    """How many living routes were looked at, how many an opening touched, and how many of those have a new chain."""

    routes: int
    touched: int
    proposals: int


def ask_to_replan(caller: Caller) -> str:
    """Ask for all routes to be compared with today's openings; returns the key of the job. Office or operator.

    One that waits or works already is not asked for twice.
    """
    access.require_desk(caller, DeskRole.OFFICE)
    waiting = [line for state in ("running", "ready") for line in jobs.listed(state=state) if line.task == TASK]
    if waiting:
        return waiting[0].key
    with transaction.atomic():
        handle = jobs.tasks()[TASK].using(requested_by=caller.pseudonym).enqueue()
        audit.record(caller, verb="routes.ask_to_replan", subject=("job", str(handle.id)))
    return handle.key


def replan_all(caller: Caller, *, progress: Report | None = None) -> Followed:
    """Compare every living route with the openings of today, and plan those that changed again. Operator and jobs.

    A route whose openings did not change since it was made is passed over by fingerprint. Each route is a transaction
    of its own. A broken route without a new chain is tried again.
    """
    grant = people.grant(caller, purpose=Purpose.UPKEEP)
    with access.opened(grant):
        living = Route.objects.filter(stopped_at__isnull=True, state__in=[*_LIVING, RouteState.BROKEN])
        keys = list(living.order_by("pk").values_list("pk", "dossier_code", "part_code"))
    bases: dict[str, chains.Basis] = {}
    touched = proposals = 0
    for place, (pk, code, part) in enumerate(keys, start=1):
        key = chains.qualification_key(code, part)
        if key not in bases:
            bases[key] = computing.basis(caller, qualification=key)
        with access.opened(grant), transaction.atomic():
            change = _follow(caller, Route.objects.select_for_update().get(pk=pk), bases[key])
        touched += change is not None
        proposals += bool(change is not None and change.chain)
        if progress:
            progress(place / len(keys), _("routes"))
    return Followed(len(keys), touched, proposals)


def _follow(caller: Caller, row: Any, base: chains.Basis) -> Any:
    if row.facts.get("market") == base.market.fingerprint:
        return None
    cause = _cause(caller, row, base)
    row.facts = {**row.facts, "market": base.market.fingerprint}
    row.save(update_fields=["facts"])
    return plan_again(caller, row, cause=cause, base=base) if cause else None


def _cause(caller: Caller, row: Any, base: chains.Basis) -> Cause | None:
    """What changed under a route: the first link that cannot stand as it was agreed; None when all can."""
    if row.state == RouteState.BROKEN:
        return _try_again(row)
    links = [link for link in stored.current_links(row) if link.state == LinkState.PLANNED]
    signed = set(RouteSignature.objects.filter(link__in=links).values_list("link_id", flat=True))
    offers = {offer.id: offer for offer in base.market.offers}
    companies = chains.recognised(caller, code=base.plan.code)
    for link in links:
        why = _broken(link, offers=offers, companies=companies, signed=link.pk in signed)
        if why:
            return Cause("opening-changed", why, link, without=frozenset())
    return None


def _try_again(row: Any) -> Cause | None:
    last = RouteChange.objects.filter(route=row).order_by("-at", "-pk").first()
    if last is None or last.chain:
        return None
    out = frozenset({last.link.organisation_id}) if last.link and last.what != "opening-changed" else frozenset[int]()
    return Cause(last.what, last.why, last.link, without=out)


def _broken(
    link: Any,
    *,
    offers: Mapping[int, core.Offer],
    companies: Mapping[int, Sequence[core.Period]],
    signed: bool,
) -> str:
    """Why a planned link cannot stand, as a code; "" when it can.

    Days that were signed need no open opening: a seat that was given away is often the last. Its recognition, and
    what it says when it is still open, are compared all the same.
    """
    if not _covered(link, companies.get(link.organisation_id, ())):
        return "status-ends"
    offer = offers.get(link.opening_id)
    if offer is None:
        return "" if signed else "opening-closed"
    asked = offer.demand.conditions
    fits = asked.starts_from is not None and asked.starts_until is not None
    inside = fits and asked.starts_from <= link.starts_on < asked.starts_until  # type: ignore[operator]
    same = asked.months == link.facts.get("months") and dict(offer.practises) == dict(link.processes)
    return "" if inside and same else "opening-changed"


def _covered(link: Any, periods: Sequence[core.Period]) -> bool:
    return any(start <= link.starts_on and (end is None or link.ends_on <= end) for start, end in periods)
