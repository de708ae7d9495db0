"""Which routes does a changed opening touch, and how are all of them planned again in one go?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.chains import queries as chains
from valley.core.mobility import routes as core
from valley.foundation import access, audit, jobs, organisations
from valley.foundation.access import Caller, Purpose
from valley.foundation.models import DeskRole
from valley.people import queries as people
from valley.routes import snapshots
from valley.routes.actions.chosen import require_reason
from valley.routes.actions.replanning import Cause, plan_again, take_back
from valley.routes.models import LinkState, Route, RouteChange, RouteSignature, RouteState
from valley.routes.queries import computing, office, stored

Report = Callable[[float, str], None]
TASK = office.TASK
_LIVING = (RouteState.PROPOSED, RouteState.SIGNED, RouteState.RUNNING)


@dataclass(frozen=True, slots=True)
class Followed:
    """How many living routes were looked at, how many an opening touched, and how many of those have a new chain."""

    routes: int
    touched: int
    proposals: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """An employer that stops taking part: its id, and a reason about the work from the list of partners."""

    employer: int
    why: str


def ask_to_replan(caller: Caller, *, stopped: Stopped | None = None) -> str:
    """Ask for all routes to be compared with today's openings; returns the key of the job. Office or operator.

    With an employer that ``stopped``: for its links to end in every route, and those routes to be planned without it.
    The same that waits already is not asked for twice. Raises RouteRefused for another reason than a partner may give,
    NotFound for what is no employer.
    """
    access.require_desk(caller, DeskRole.OFFICE)
    subject, asked = ("job", TASK), dict[str, Any]()
    if stopped is not None:
        employer = _require(stopped)
        subject, asked = ("organisation", employer.slug), {"employer": employer.id, "why": stopped.why}
    waiting = [line for line in jobs.listed(state="ready") if line.key.startswith(f"{TASK}:")]
    if waiting and stopped is None:
        return waiting[0].key
    with transaction.atomic():
        handle = jobs.tasks()[TASK].using(requested_by=caller.pseudonym).enqueue(**asked)
        audit.record(caller, verb="routes.ask_to_replan", subject=subject, fields=["links"] if stopped else [])
    return handle.key


def _require(stopped: Stopped) -> organisations.Partner:
    require_reason(stopped.why, chains.PARTNER_REASONS)
    return office.employer_of(stopped.employer)


def replan_all(caller: Caller, *, progress: Report | None = None, stopped: Stopped | None = None) -> Followed:
    """Compare every living route with the openings of today, and plan those that changed again. Operator and jobs.

    A route whose openings did not change since it was made is passed over by fingerprint. Each route is a transaction
    of its own. A broken route without a new chain is tried again. With an employer that ``stopped``, its links end,
    and only routes with such a link, or with such a link proposed, are planned again.
    """
    if stopped is not None:
        _require(stopped)
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
            row = Route.objects.select_for_update().get(pk=pk)
            change = _without(caller, row, bases[key], stopped) if stopped else _follow(caller, row, bases[key])
        touched += change is not None
        proposals += bool(change is not None and change.chain)
        if progress:
            progress(place / len(keys), _("routes"))
    return Followed(len(keys), touched, proposals)


def _without(caller: Caller, row: Any, base: chains.Basis, stopped: Stopped) -> Any:
    """Plan a route again without an employer; None when it has no link there and none was proposed."""
    standing = (LinkState.PLANNED, LinkState.RUNNING)
    links = [link for link in stored.current_links(row) if link.organisation_id == stopped.employer]
    gone = [link for link in links if link.state in standing]
    last = RouteChange.objects.filter(route=row, answered_at__isnull=True).order_by("-at", "-pk").first()
    if not gone and not any(one["organisation"] == stopped.employer for one in (last.chain if last else ())):
        return None
    for link in gone:
        take_back(caller, link, stopped.why)
    also = frozenset(link.pk for link in gone)
    out = frozenset({stopped.employer})
    cause = Cause("employer-stopped", stopped.why, gone[0] if gone else None, without=out, also=also)
    return plan_again(caller, row, cause=cause, base=base)


def _follow(caller: Caller, row: Any, base: chains.Basis) -> Any:
    if row.facts.get("market") == base.market.fingerprint:
        return None
    cause = _cause(caller, row, base)
    row.facts = {**row.facts, "market": base.market.fingerprint}
    row.save(update_fields=["facts"])
    return plan_again(caller, row, cause=cause, base=base) if cause else None


def _cause(caller: Caller, row: Any, base: chains.Basis) -> Cause | None:
    """What changed under a route: the first link that cannot stand as it was agreed; None when all can."""
    offers = {offer.id: offer for offer in base.market.offers}
    if row.state == RouteState.BROKEN:
        return _try_again(row, offers)
    links = [link for link in stored.current_links(row) if link.state == LinkState.PLANNED]
    signed = set(RouteSignature.objects.filter(link__in=links).values_list("link_id", flat=True))
    companies = chains.recognised(caller, code=base.plan.code)
    for link in links:
        why = chains.why_broken(
            snapshots.agreed(link),
            offer=offers.get(link.opening_id),
            periods=companies.get(link.organisation_id, ()),
            signed=link.pk in signed,
        )
        if why:
            return Cause("opening-changed", why, link, without=frozenset())
    return None


def _try_again(row: Any, offers: Mapping[int, core.Offer]) -> Cause | None:
    """A broken route without a new chain, or with one proposed whose openings are not all there any more."""
    last = RouteChange.objects.filter(route=row).order_by("-at", "-pk").first()
    if last is None or (last.chain and all(one["kept"] or one["opening"] in offers for one in last.chain)):
        return None
    out = frozenset({last.link.organisation_id}) if last.link and last.what != "opening-changed" else frozenset[int]()
    return Cause(last.what, last.why, last.link, without=out)
