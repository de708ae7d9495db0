"""How does a partner withdraw, a learner leave a link or stop, and how does the learner choose the new chain?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from valley.chains import queries as chains
from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.routes.actions import beats
from valley.routes.actions.choosing import store_link
from valley.routes.actions.chosen import require_reason
from valley.routes.actions.replanning import Cause, plan_again, take_back
from valley.routes.actions.sharing import end_share, share_with, tell_free, tell_school
from valley.routes.actions.signing import NotSignable
from valley.routes.models import LinkState, RouteChange, RouteLink, RouteState
from valley.routes.queries import stored


def withdraw_link(caller: Caller, *, link: str, why: str) -> None:
    """A partner takes back its link, with a reason about the work. A new chain is looked for at once.

    Links done or running are kept, signed days where a chain allows it; the learner decides. Raises RouteRefused for
    an unknown reason, NotSignable for a link that is done or withdrawn.
    """
    require_reason(why, chains.PARTNER_REASONS)
    with beats.at_partner(caller, key=link) as (row, own, grant):
        _require_standing(row, own)
        take_back(caller, own, why)
        cause = Cause("link-withdrawn", why, own, without=frozenset({own.organisation_id}))
        plan_again(caller, row, cause=cause)
        beats.record(caller, grant, verb="withdraw_link", route=row, fields=["link.state", "link.reason"])


def leave_link(caller: Caller, *, person: int, link: str, why: str) -> None:
    """The learner leaves one link, with a reason; a new chain without that employer is looked for at once."""
    require_reason(why, chains.LEARNER_REASONS)
    with beats.own(caller, person=person, key=_route_of(caller, person=person, link=link)) as (row, grant):
        own = RouteLink.objects.get(route=row, key=link)
        _require_standing(row, own)
        take_back(caller, own, why)
        plan_again(caller, row, cause=Cause("link-left", why, own, without=frozenset({own.organisation_id})))
        tell_free(caller, link=own, why="link-left", reason=why)
        beats.record(caller, grant, verb="leave_link", route=row, fields=["link.state", "link.reason"])


def withdraw_route(caller: Caller, *, person: int, route: str, why: str) -> None:
    """The learner stops the whole route: every share ends, every partner is told that its days are free."""
    require_reason(why, chains.LEARNER_REASONS)
    with beats.own(caller, person=person, key=route) as (row, grant):
        if row.stopped_at is not None:
            raise _too_late()
        links = stored.current_links(row)
        for link in links:
            if link.state in (LinkState.PLANNED, LinkState.RUNNING):
                tell_free(caller, link=link, why="stopped", reason=why)
                take_back(caller, link, why)
            end_share(caller, person=person, key=link.share)
        RouteChange.objects.create(
            person_id=person, route=row, version=row.version, what="stopped", why=why, at=caller.at,
            told_to=["learner", "school", "partners"],
        )  # fmt: skip
        tell_school(caller, row=row, links=links, why="stopped", reason=why)
        end_share(caller, person=person, key=row.school_share)
        row.state, row.stopped_at, row.changed_at = RouteState.BROKEN, caller.at, caller.at
        row.save(update_fields=["state", "stopped_at", "changed_at"])
        beats.record(caller, grant, verb="withdraw_route", route=row, fields=["route.state"])


def accept_change(caller: Caller, *, person: int, route: str, change: int) -> None:
    """The learner chooses the new chain: a new version, to be signed by the school, the new partners and the learner.

    Links that stay on their very days keep their signatures. New partners get a share; those that went lose theirs
    and are told that the days are free. The old version stays readable.
    """
    with beats.own(caller, person=person, key=route) as (row, grant):
        found = RouteChange.objects.filter(route=row, pk=change).first()
        if found is None or not found.chain or found.answered_at is not None or row.stopped_at is not None:
            raise NotFound(
                expected=_("a new chain that waits for you"),
                found=_("none, or one that was answered already"),
                next_step=_("Open the route again."),
            )
        old = stored.current_links(row)
        row.version += 1
        _replace(caller, row, old=old, chain=found.chain)
        row.state, row.changed_at = RouteState.PROPOSED, caller.at
        row.facts = found.diff.get("route_facts", row.facts)
        row.fingerprint = found.diff.get("fingerprint", row.fingerprint)
        row.save(update_fields=["state", "version", "facts", "fingerprint", "changed_at"])
        RouteChange.objects.filter(route=row, answered_at__isnull=True).update(answered_at=caller.at)
        RouteChange.objects.create(
            person_id=person, route=row, version=row.version, what="accepted", at=caller.at,
            told_to=["learner", "school", "partners"], answered_at=caller.at,
        )  # fmt: skip
        beats.record(caller, grant, verb="accept_change", route=row, fields=["route.version", "links"])


def _replace(caller: Caller, row: Any, *, old: list[Any], chain: list[dict[str, Any]]) -> None:
    kept = {one["kept"] for one in chain if one["kept"]}
    going = [link for link in old if link.key not in kept and link.state in (LinkState.PLANNED, LinkState.WITHDRAWN)]
    for link in going:
        if link.facts.get("begun"):
            continue  # it was worked: it stays in the route as what it was
        link.until = row.version
        link.save(update_fields=["until"])
        end_share(caller, person=row.person_id, key=link.share)
        if link.state == LinkState.PLANNED:
            tell_free(caller, link=link, why="accepted")
    first = len([link for link in old if link not in going])
    for place, packed in enumerate(chain):
        if packed["kept"]:
            _tell_anew(row, next(link for link in old if link.key == packed["kept"]), packed)
            continue
        until = date.fromisoformat(packed["ends_on"])
        share = share_with(caller, person=row.person_id, reader=packed["organisation"], parts=row.parts, until=until)
        store_link(caller, row, place=first + place, packed=packed, share=share)


def _tell_anew(row: Any, link: Any, packed: dict[str, Any]) -> None:
    """Of a link that stays, what is left when its partner stops is another thing now; older versions keep theirs."""
    told = {**link.facts.get("fallbacks", {}), str(row.version): packed["facts"]["fallback"]}
    link.facts = {**link.facts, "fallbacks": told}
    link.save(update_fields=["facts"])


def _route_of(caller: Caller, *, person: int, link: str) -> str:
    for row in stored.my_routes(caller, person=person):
        page = stored.route(caller, person=person, key=row.key)
        if any(one.key == link for one in page.links):
            return row.key
    raise beats.no_route()


def _require_standing(row: Any, link: Any) -> None:
    if link.state not in (LinkState.PLANNED, LinkState.RUNNING) or row.stopped_at is not None:
        raise _too_late()


def _too_late() -> NotSignable:
    return NotSignable(
        expected=_("something that still stands"),
        found=_("something that was finished or withdrawn"),
        next_step=_("Open the route again."),
    )
