"""What stands in a route that was proposed, version by version, for the learner and the school?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from valley.chains import queries as chains
from valley.foundation import access, clock, organisations
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.problems import NotFound
from valley.people import queries as people
from valley.routes.models import LinkState, Route, RouteChange, RouteLink, RouteSignature, RouteState
from valley.routes.queries import desks, words
from valley.routes.queries.chosen import practice_lines
from valley.routes.queries.pages import ProposedLink, RouteChangeLine, RouteLinkLine, RoutePage, RouteRow, SignLine


def my_routes(caller: Caller, *, person: int) -> tuple[RouteRow, ...]:
    """The person's own routes, oldest first. For the owner and the operator."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with access.opened(grant):
        return _rows(caller, Route.objects.filter(person=person), own=True)


def route(caller: Caller, *, person: int, key: str, version: int | None = None) -> RoutePage:
    """The person's own route, in its current version or an older one. For the owner and the operator."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with access.opened(grant):
        row = Route.objects.filter(person=person, key=key).first()
        return _page(caller, grant, _found(row), version)


def school_routes(caller: Caller) -> tuple[RouteRow, ...]:
    """The routes that were shared with a school where the caller is coach, in order of arrival, without a name."""
    found: list[RouteRow] = []
    for scope in desks.scopes(caller, *desks.SCHOOL):
        with access.opened(scope.grant):
            found += _rows(caller, scope.routes(Route.objects.all()), own=False)
    return tuple(found)


def school_route(caller: Caller, *, key: str, version: int | None = None) -> RoutePage:
    """A route that was shared with a school where the caller is coach; NotFound for any other."""
    for scope in desks.scopes(caller, *desks.SCHOOL):
        with access.opened(scope.grant):
            row = scope.routes(Route.objects.filter(key=key)).first()
            if row is not None:
                return _page(caller, scope.grant, row, version)
    return _page(caller, None, _found(None), version)


def current_links(row: Any, version: int | None = None) -> list[Any]:
    """The links of a version of a route (the newest when none is named), in order of time."""
    rows = RouteLink.objects.filter(route=row)
    if version is None:
        rows = rows.filter(until__isnull=True)
    else:
        rows = rows.filter(Q(until__isnull=True) | Q(until__gt=version), since__lte=version)
    return list(rows.select_related("opening").order_by("starts_on", "order", "pk"))


def plan_of(caller: Caller, row: Any) -> chains.PlanPage:
    """What a route reckoned with on the day it was made."""
    key = chains.qualification_key(row.dossier_code, row.part_code)
    return chains.plan(caller, qualification=key, on=clock.today(row.made_at))


def missing_signatures(row: Any, links: Sequence[Any]) -> list[str]:
    """Who must still sign the current version: "partner" per link, "school", "learner"."""
    signed = RouteSignature.objects.filter(route=row)
    partners = set(signed.filter(party="partner").values_list("link_id", flat=True))
    whole = set(signed.filter(version=row.version, link__isnull=True).values_list("party", flat=True))
    waiting = [
        f"partner:{link.organisation_id}"
        for link in links
        if link.state == LinkState.PLANNED and link.pk not in partners
    ]
    return waiting + [party for party in ("school", "learner") if party not in whole]


def _found(row: Any) -> Any:
    if row is None:
        raise NotFound(
            expected=_("a route that you may open"), found=_("none"), next_step=_("Open the list of routes again.")
        )
    return row


def _rows(caller: Caller, rows: Any, *, own: bool) -> tuple[RouteRow, ...]:
    found: list[RouteRow] = []
    latest = {one.route_id: one for one in RouteChange.objects.filter(route__in=rows).order_by("at", "pk")}
    for row in rows.order_by("made_at", "pk"):
        links = current_links(row)
        page = plan_of(caller, row)
        found.append(
            RouteRow(
                key=row.key,
                name=chains.plan_words(page),
                state=row.state,
                state_words=_state_words(row),
                starts_on=links[0].starts_on if links else None,
                ends_on=links[-1].ends_on if links else None,
                jobs=len(links),
                waits_for=_waits_for(row, links, own=own),
                happened=words.happened(latest.get(row.pk)),
                made_at=row.made_at,
            )
        )
    return tuple(found)


def _state_words(row: Any) -> str:
    return _("stopped by the learner") if row.stopped_at else str(RouteState(row.state).label)


def _waits_for(row: Any, links: Sequence[Any], *, own: bool) -> tuple[str, ...]:
    if row.stopped_at or row.state in (RouteState.DONE, RouteState.BROKEN):
        return ()
    names = organisations.names([link.organisation_id for link in links] + [row.school_id])
    found: list[str] = []
    for party in missing_signatures(row, links):
        kind, _colon, key = party.partition(":")
        found.append(
            names[int(key)]
            if key
            else names[row.school_id]
            if kind == "school"
            else words.party_words(["learner"], own=own)[0]
        )
    return tuple(dict.fromkeys(found))


def _page(caller: Caller, grant: Grant | None, row: Any, version: int | None) -> RoutePage:
    if grant is None or (version is not None and not 1 <= version <= row.version):
        row = _found(None)
    shown, own = version or row.version, grant.purpose == Purpose.OWN  # type: ignore[union-attr]
    links = current_links(row, None if shown == row.version else shown)
    page = plan_of(caller, row)
    names = {process.code: process.name for process in page.processes}
    proven = practice_lines(grant, person=row.person_id, code=row.dossier_code, names=names)  # type: ignore[arg-type]
    employers = organisations.names([link.organisation_id for link in links] + [row.school_id])
    with_ = _Reading(row, employers, names, shown, caller.language, own)
    return RoutePage(
        key=row.key,
        person=row.person_id,
        plan=page,
        state=row.state,
        state_words=_state_words(row),
        version=row.version,
        shown=shown,
        versions=tuple(range(1, row.version + 1)),
        starts_on=links[0].starts_on if links else None,
        ends_on=links[-1].ends_on if links else None,
        links=_links(links, with_),
        signatures=_signatures(with_),
        waits_for=_waits_for(row, links, own=own) if shown == row.version else (),
        processes=chains.cover_lines(
            page,
            [link.processes if _counts(link) else {} for link in links],
            known={line.process: (line.hours, line.proven) for line in proven},
        ),
        years=chains.school_years(
            [(link.starts_on, link.ends_on, sum(link.processes.values())) for link in links if _counts(link)],
            least=row.facts.get("year_hours", 0),
            guided=row.facts.get("guided_hours", 0),
        ),
        practice=proven,
        robust_words=chains.robust_words(row.facts.get("survived", 0), row.facts.get("of", 0)),
        changes=_changes(with_),
        school=row.school_id,
        school_name=employers[row.school_id],
        share=row.school_share,
        parts_words=people.part_words(row.parts, own=own),
        stopped=row.stopped_at is not None,
        made_at=row.made_at,
    )


def _counts(link: Any) -> bool:
    """A link that was withdrawn before it began gives no hours; one that was broken off has those up to that day."""
    return bool(link.state != LinkState.WITHDRAWN or link.facts.get("begun"))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one page of a route is told with: names of employers and work processes, version, and whose eyes read."""

    row: Any
    employers: dict[int, str]
    processes: dict[str, str]
    version: int
    language: str
    own: bool


def _links(links: Sequence[Any], with_: _Reading) -> tuple[RouteLinkLine, ...]:
    rows = RouteSignature.objects.filter(route=with_.row, party="partner")
    signed = dict(rows.values_list("link_id", "signed_at"))
    return tuple(
        RouteLinkLine(
            key=link.key,
            order=place,
            slug=link.opening.slug if link.opening else "",
            title=link.opening.title if link.opening else link.facts.get("title", ""),
            organisation=link.organisation_id,
            employer=with_.employers[link.organisation_id],
            starts_on=link.starts_on,
            ends_on=link.ends_on,
            months=link.facts.get("months", 0),
            hours=sum(link.processes.values()),
            processes=chains.hours_lines(link.processes, with_.processes),
            state=link.state,
            state_words=str(LinkState(link.state).label),
            reason_words=chains.reason_words(link.reason, own=with_.own),
            signed_at=signed.get(link.pk),
            flags=tuple(link.facts.get("flags", {}).get(with_.language, ())),
            warnings=tuple(link.facts.get("warnings", {}).get(with_.language, ())),
            fallback=_fallback(link, with_.version).get(with_.language, ""),
        )
        for place, link in enumerate(links, start=1)
    )


def _fallback(link: Any, version: int) -> dict[str, str]:
    """What is left when the partner of a link stops, in both languages, as it was told with this version."""
    told = {int(since): said for since, said in link.facts.get("fallbacks", {}).items() if int(since) <= version}
    return told[max(told)] if told else link.facts.get("fallback", {})


def _signatures(with_: _Reading) -> tuple[SignLine, ...]:
    found = RouteSignature.objects.filter(route=with_.row, version=with_.version, link__isnull=True)
    when = dict(found.values_list("party", "signed_at"))
    by_school, learner = words.party_words(["school", "learner"], own=with_.own)
    return (
        SignLine("school", by_school, with_.employers[with_.row.school_id], when.get("school")),
        SignLine("learner", learner, "", when.get("learner")),
    )


def _changes(with_: _Reading) -> tuple[RouteChangeLine, ...]:
    rows = RouteChange.objects.filter(route=with_.row).select_related("link").order_by("-at", "-pk")
    found = list(rows)
    keys = {link["organisation"] for change in found for link in change.chain}
    keys |= {change.link.organisation_id for change in found if change.link}
    employers = organisations.names(keys)
    return tuple(_change(change, with_, employers) for change in found)


def _change(change: Any, with_: _Reading, employers: dict[int, str]) -> RouteChangeLine:
    told = chains.difference_words(change.diff)
    return RouteChangeLine(
        id=change.pk,
        at=change.at,
        version=change.version,
        words=str(words.WHAT[change.what]),
        why_words=chains.reason_words(change.why, own=with_.own),
        about=employers[change.link.organisation_id] if change.link else "",
        stayed=told.stayed,
        went=told.went,
        came=told.came,
        hours_words=told.hours_words,
        end_words=told.end_words,
        blocked=told.blocked,
        ways_out=told.ways_out,
        proposal=tuple(
            ProposedLink(
                employer=employers[link["organisation"]],
                title=link["facts"].get("title", ""),
                slug=link["facts"].get("slug", ""),
                starts_on=date.fromisoformat(link["starts_on"]),
                ends_on=date.fromisoformat(link["ends_on"]),
                hours=sum(link["processes"].values()),
                kept=bool(link.get("kept")),
            )
            for link in change.chain
        ),
        told=words.party_words(change.told_to, own=with_.own),
        open=bool(change.chain) and change.answered_at is None and not with_.row.stopped_at,
    )
