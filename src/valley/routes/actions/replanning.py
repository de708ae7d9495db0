"""What happens when a partner withdraws, a learner leaves a link, or an opening changes: how is a route planned again?

Links that were done or run are kept as they are, days that a partner signed are kept where a chain allows it, and
nothing moves before the learner says yes: the new chain is a proposal with its difference, beside the version that was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import override

from valley.chains import queries as chains
from valley.core.mobility import routes as core
from valley.foundation import access, clock, organisations
from valley.foundation.access import Caller, Grant, Purpose
from valley.people import queries as people
from valley.routes import snapshots
from valley.routes.actions.choosing import LANGUAGES, packed_links, route_facts
from valley.routes.models import LinkState, RouteChange, RouteSignature, RouteState
from valley.routes.queries import computing, stored
from valley.routes.queries.computing import Kept, Solved
from valley.routes.queries.shapes import RouteQuestion

# As many chains are looked at for one that keeps most of the days that were signed.
LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a route is planned again: what happened to which link, and the employers that are out."""

    what: str
    why: str
    link: Any
    without: frozenset[int] = frozenset()


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
        question = RouteQuestion(key, k=LOOKED_AT, gap_days=row.facts.get("gap_days"))
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
        snapshots.signed(
            link, recognised=companies.get(link.organisation_id, ()), asked=base.asked, teaches=base.teaches
        )
        for link in standing
        if link.pk in with_days and link.opening_id and link.pk != getattr(cause.link, "pk", None)
    )
    first = min((link.starts_on for link in links), default=today)
    return Kept(done=done, signed=signed, without=cause.without, starts_on=None if done else max(first, today))


def _was_begun(link: Any) -> bool:
    return bool(link.facts.get("begun"))


def _best(solved: Solved, links: Sequence[Any]) -> core.Chain | None:
    """Of the chains in order, the first that keeps most links on their very days."""
    stood = {(link.opening_id, link.starts_on, link.ends_on) for link in links if link.state == LinkState.PLANNED}

    def kept(chain: core.Chain) -> int:
        return sum((link.offer, link.starts_on, link.ends_on) in stood for link in chain.links)

    return max(solved.found.chains, key=kept, default=None)


def _store(caller: Caller, grant: Grant, row: Any, *, links: Sequence[Any], cause: Cause, solved: Solved) -> Any:
    chain = _best(solved, links)
    packed = (
        [one for one, link in zip(packed_links(solved, chain), chain.links, strict=True) if not link.done]
        if (chain)
        else []
    )
    before = [link for link in links if link.state == LinkState.PLANNED or link.pk == getattr(cause.link, "pk", 0)]
    _mark_kept(packed, before, cause)
    diff = _difference(before, packed, cause)
    if chain is None:
        diff |= _why(solved)
    elif packed:
        diff["route_facts"] = route_facts(solved, chain)
        diff["fingerprint"] = solved.found.fingerprint
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


def _mark_kept(packed: list[dict[str, Any]], before: Sequence[Any], cause: Cause) -> None:
    """Name, in the new chain, the links that stay on their very days: their signatures stand."""
    gone = getattr(cause.link, "pk", None)
    stood = {
        (link.opening_id, link.starts_on.isoformat(), link.ends_on.isoformat()): link.key
        for link in before
        if link.pk != gone
    }
    for one in packed:
        one["kept"] = stood.get((one["opening"], one["starts_on"], one["ends_on"]), "")


def _difference(before: Sequence[Any], packed: Sequence[dict[str, Any]], cause: Cause) -> dict[str, Any]:
    names = organisations.names([link.organisation_id for link in before] + [one["organisation"] for one in packed])
    kept = {one["kept"] for one in packed if one["kept"]}
    stayed = [_days(names, link) for link in before if link.key in kept]
    went = [_days(names, link) for link in before if link.key not in kept]
    came = [
        {"employer": names[one["organisation"]], "starts_on": one["starts_on"], "ends_on": one["ends_on"]}
        for one in packed
        if not one["kept"]
    ]
    found: dict[str, Any] = {"stayed": stayed, "went": went, "came": came}
    if packed:
        found["hours"] = [
            sum(sum(_hours(link).values()) for link in before),
            sum(sum(one["processes"].values()) for one in packed),
        ]
        found["ends"] = [
            max((_ended(link) for link in before), default=date.fromisoformat(packed[-1]["ends_on"])).isoformat(),
            packed[-1]["ends_on"],
        ]
    return found


def _hours(link: Any) -> dict[str, int]:
    """The hours that were agreed, also of a link that was broken off since."""
    return dict(link.facts.get("processes", link.processes))


def _ended(link: Any) -> date:
    """The last day that was agreed, also of a link that was broken off since."""
    planned = link.facts.get("ends_on")
    return date.fromisoformat(planned) if planned else link.ends_on


def _days(names: dict[int, str], link: Any) -> dict[str, str]:
    return {
        "employer": names[link.organisation_id],
        "starts_on": link.starts_on.isoformat(),
        "ends_on": _ended(link).isoformat(),
    }


def _why(solved: Solved) -> dict[str, Any]:
    """What blocks, and the ways out, in both languages."""
    blocked: dict[str, list[str]] = {}
    ways: dict[str, list[str]] = {}
    for language in LANGUAGES:
        with override(language):
            said = chains.told(solved.found, basis=solved.basis, proven=solved.proven, language=language)[1]
        if said is None:
            continue
        blocked[language] = [" + ".join(conflict) for conflict in said.conflicts]
        ways[language] = [way.words for way in said.ways_out]
    return {"blocked": blocked, "ways_out": ways}


def broken_off(link: Any, *, on: date) -> None:
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
