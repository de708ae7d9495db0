"""What happens when a partner withdraws, a learner leaves a link, or an opening changes: how is a route planned again?

Links that were done or run are kept as they are, days that a partner signed are kept where a chain allows it, and
nothing moves before the learner says yes: the new chain is a proposal with its difference, beside the version that was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from valley.chains import queries as chains
from valley.chains import snapshots as market
from valley.core.mobility import routes as core
from valley.foundation import access, clock
from valley.foundation.access import Caller, Grant, Purpose
from valley.people import queries as people
from valley.routes import snapshots
from valley.routes.actions.choosing import packed_links
from valley.routes.models import LinkState, RouteChange, RouteSignature, RouteState
from valley.routes.queries import computing, stored
from valley.routes.queries.computing import Kept, Solved

# As many chains are looked at for one that keeps most of the days that were signed.
LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a route is planned again: what happened to which link, the employers that are out, and other links gone."""

    what: str
    why: str
    link: Any
    without: frozenset[int] = frozenset()
    also: frozenset[int] = frozenset()


def plan_again(caller: Caller, row: Any, *, cause: Cause, base: chains.Basis | None = None) -> Any:
    """Look for a new chain for a locked route under an open scope, and store it as a proposal with its difference.

    The product itself computes it, whoever caused it: a partner that withdraws learns nothing of the others. Returns
    the change. The route is broken until the learner chooses the new chain.
    """
    product = access.operator(at=caller.at, door="jobs", language=caller.language)
    grant = people.grant(product, purpose=Purpose.OWN, person=row.person_id)
    key = chains.qualification_key(row.dossier_code, row.part_code)
    with access.opened(grant):
        base = base or computing.basis(product, qualification=key)
        links = stored.current_links(row)
        out = {link.organisation_id for link in links if link.state == LinkState.WITHDRAWN}
        cause = replace(cause, without=cause.without | out)
        question = chains.RouteQuestion(key, k=LOOKED_AT, gap_days=row.facts.get("gap_days"))
        kept = _kept(product, links, base=base, cause=cause)
        solved = computing.solve(product, grant, base=base, question=question, kept=kept)
        change = _store(product, grant, row, links=links, cause=cause, solved=solved)
        row.state, row.changed_at = RouteState.BROKEN, caller.at
        row.save(update_fields=["state", "changed_at"])
    return change


def _kept(caller: Caller, links: Sequence[Any], *, base: chains.Basis, cause: Cause) -> Kept:
    today = clock.today(caller.at)
    begun = [link for link in links if link.state in (LinkState.RUNNING, LinkState.DONE)]
    broken = [link for link in links if link.state == LinkState.WITHDRAWN and link.starts_on < link.ends_on <= today]
    worked = sorted([*begun, *(link for link in broken if _was_begun(link))], key=lambda link: link.starts_on)
    done = tuple(snapshots.done(link, asked=base.asked, teaches=base.teaches) for link in worked)
    standing = [link for link in links if link.state == LinkState.PLANNED and link.organisation_id not in cause.without]
    with_days = set(RouteSignature.objects.filter(link__in=standing).values_list("link_id", flat=True))
    companies = chains.recognised(caller, code=base.plan.code)
    signed = tuple(
        market.signed(
            snapshots.agreed(link),
            recognised=companies.get(link.organisation_id, ()),
            asked=base.asked,
            teaches=base.teaches,
        )
        for link in standing
        if link.pk in with_days and link.opening_id and link.pk != getattr(cause.link, "pk", None)
    )
    first = min((link.starts_on for link in links), default=today)
    return Kept(done=done, signed=signed, without=cause.without, starts_on=None if done else max(first, today))


def _was_begun(link: Any) -> bool:
    return bool(link.facts.get("begun"))


def _best(solved: Solved, links: Sequence[Any]) -> core.Chain | None:
    """Of the chains in order, the first that keeps most links on their very days, and the last day that was agreed.

    Who signs, counts on days; a learner counts on a last day: a chain that ends later is proposed when none ends then.
    """
    last = max((snapshots.agreed(link).ends_on for link in links), default=date.min)
    stood = {(link.opening_id, link.starts_on, link.ends_on) for link in links if link.state == LinkState.PLANNED}

    def kept(chain: core.Chain) -> tuple[bool, int]:
        stay = sum((link.offer, link.starts_on, link.ends_on) in stood for link in chain.links)
        return chain.links[-1].ends_on <= last, stay

    return max(solved.found.chains, key=kept, default=None)


def _store(caller: Caller, grant: Grant, row: Any, *, links: Sequence[Any], cause: Cause, solved: Solved) -> Any:
    chain = _best(solved, links)
    packed = (
        [one for one, link in zip(packed_links(solved, chain), chain.links, strict=True) if not link.done]
        if chain
        else []
    )
    about = {getattr(cause.link, "pk", 0), *cause.also}
    met = [link for link in links if link.state == LinkState.PLANNED or link.pk in about]
    before = [snapshots.agreed(link, gone=link.pk in about) for link in met]
    chains.mark_kept(packed, before)
    diff = chains.difference(before, packed)
    if chain is None:
        diff |= chains.kept_refusal(solved.found, basis=solved.basis, proven=solved.proven)
    elif packed:
        diff["route_facts"] = chains.kept_facts(solved.found, chain, basis=solved.basis)
        diff["fingerprint"] = solved.found.fingerprint
    # One proposal at a time: what was proposed before may stand on a link that is gone.
    RouteChange.objects.filter(route=row, answered_at__isnull=True).update(answered_at=caller.at)
    return RouteChange.objects.create(
        person_id=row.person_id,
        route=row,
        version=row.version,
        what=cause.what,
        why=cause.why,
        link=cause.link,
        diff=diff,
        chain=packed,
        told_to=["learner", "school", "partner", "partners"],
        at=caller.at,
    )


def take_back(caller: Caller, link: Any, why: str) -> None:
    """Store that a link was withdrawn today, and why."""
    _broken_off(link, on=clock.today(caller.at))
    link.reason = why
    link.save(update_fields=["state", "reason", "ends_on", "processes", "facts"])


def _broken_off(link: Any, *, on: date) -> None:
    """Mark a link as withdrawn: one that runs ends today, one that did not begin keeps its days for the record.

    Of a link that ran, the hours up to its last day stay: the share of its days, rounded down. What it was to be stands
    in its facts.
    """
    if link.state == LinkState.RUNNING:
        ends_on = max(min(link.ends_on, on), link.starts_on + timedelta(days=1))
        worked, whole = (ends_on - link.starts_on).days, (link.ends_on - link.starts_on).days
        link.facts = {
            **link.facts, "begun": True, "ends_on": link.ends_on.isoformat(), "processes": dict(link.processes)
        }  # fmt: skip
        link.processes = {code: hours * worked // whole for code, hours in link.processes.items()}
        link.ends_on = ends_on
    link.state = LinkState.WITHDRAWN
