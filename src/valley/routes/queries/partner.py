"""What does a partner see of a route it is part of? Its own link, the frame around it, and nothing of the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from valley.chains import queries as chains
from valley.foundation import access, clock, organisations
from valley.foundation.access import Caller, Purpose
from valley.foundation.problems import NotFound
from valley.people import queries as people
from valley.routes.models import (
    LinkState,
    Route,
    RouteChange,
    RouteLink,
    RouteSignature,
    RouteState,
)
from valley.routes.queries import desks, words
from valley.routes.queries.notices import notices_of
from valley.routes.queries.pages import NoticeLine, PartnerChange, PartnerInbox, PartnerLink, PartnerRow
from valley.routes.queries.stored import current_links, plan_of


def partner_inbox(caller: Caller) -> PartnerInbox:
    """The links asked of the employers where the caller is recruiter or practical trainer, in order of arrival."""
    links: list[PartnerRow] = []
    notices: list[NoticeLine] = []
    for scope in desks.scopes(caller, *desks.PARTNER):
        with access.opened(scope.grant):
            links += _rows(caller, scope)
        notices += notices_of(scope.seat)
    return PartnerInbox(tuple(links), tuple(notices))


def partner_link(caller: Caller, *, key: str) -> PartnerLink:
    """One link that was asked of an employer where the caller sits; NotFound for any other."""
    for scope in desks.scopes(caller, *desks.PARTNER):
        with access.opened(scope.grant):
            links = RouteLink.objects.filter(key=key, until__isnull=True).select_related("opening", "route")
            link = scope.links(links).first()
            if link is not None:
                return _page(caller, link)
    raise NotFound(
        expected=_("a link that was asked of you"), found=_("none"), next_step=_("Open the list of links again.")
    )


def seats_taken(caller: Caller, openings: Sequence[int], *, but: int | None = None) -> dict[int, int]:
    """How many links of each opening partners signed for and that stand; without those of the person ``but``.

    A count over everybody, made by the product itself and without saying who: a seat is a seat whoever holds it.
    """
    product = access.operator(at=caller.at, door="jobs")
    grant = people.grant(product, purpose=Purpose.UPKEEP)
    taken: dict[int, int] = {}
    with access.opened(grant):
        rows = RouteSignature.objects.filter(
            party="partner",
            link__until__isnull=True,
            link__state__in=[LinkState.PLANNED, LinkState.RUNNING],
            route__stopped_at__isnull=True,
        )
        if openings:
            rows = rows.filter(link__opening__in=list(openings))
        for opening, person in rows.values_list("link__opening_id", "person_id"):
            if opening is not None and person != but:
                taken[opening] = taken.get(opening, 0) + 1
    return taken


def _rows(caller: Caller, scope: desks.Scope) -> list[PartnerRow]:
    rows = scope.links(RouteLink.objects.filter(until__isnull=True, route__stopped_at__isnull=True))
    found: list[Any] = list(rows.select_related("opening", "route").order_by("route__made_at", "pk"))
    signed = set(RouteSignature.objects.filter(link__in=found).values_list("link_id", flat=True))
    names = organisations.names(link.organisation_id for link in found)
    told = {row.route_id: row for row in RouteChange.objects.filter(route__in=[one.route_id for one in found])
            .exclude(what="proposed").order_by("at", "pk") if {"partner", "partners"} & set(row.told_to)}  # fmt: skip
    plans: dict[tuple[str, str], str] = {}
    for link in found:
        key = (link.route.dossier_code, link.route.part_code)
        if key not in plans:
            plans[key] = chains.plan_words(plan_of(caller, link.route))
    return [
        PartnerRow(
            key=link.key,
            qualification=plans[(link.route.dossier_code, link.route.part_code)],
            employer=names[link.organisation_id],
            title=link.opening.title if link.opening else "",
            starts_on=link.starts_on,
            ends_on=link.ends_on,
            state=link.state,
            state_words=str(LinkState(link.state).label),
            signed=link.pk in signed,
            happened=words.happened(told.get(link.route_id)),
            asked_at=link.route.changed_at,
        )
        for link in found
    ]


def _page(caller: Caller, link: Any) -> PartnerLink:
    route: Any = Route.objects.get(pk=link.route_id)
    links = current_links(route)
    page = plan_of(caller, route)
    signature = RouteSignature.objects.filter(link=link).first()
    names = {process.code: process.name for process in page.processes}
    taken = seats_taken(caller, [link.opening_id]).get(link.opening_id, 0) if link.opening_id else 0
    return PartnerLink(
        key=link.key,
        share=link.share,
        qualification=chains.plan_words(page),
        organisation=link.organisation_id,
        employer=organisations.names([link.organisation_id])[link.organisation_id],
        slug=link.opening.slug if link.opening else "",
        title=link.opening.title if link.opening else "",
        starts_on=link.starts_on,
        ends_on=link.ends_on,
        months=link.facts.get("months", 0),
        hours=sum(link.processes.values()),
        processes=chains.hours_lines(link.processes, names),
        route_state_words=str(RouteState(route.state).label),
        state=link.state,
        state_words=str(LinkState(link.state).label),
        version=route.version,
        signed_at=signature.signed_at if signature else None,
        seats=link.opening.seats if link.opening else None,
        taken=taken,
        parts_words=people.part_words(route.parts, own=False),
        step=_step(caller, route, link),
        changes=_changes(route, link),
        **_frame(links, link),
    )


def _step(caller: Caller, route: Any, link: Any) -> str:
    """What the partner may say today: that its job began ("start"), that it came to its end ("finish"), or nothing."""
    today = clock.today(caller.at)
    if link.state == LinkState.RUNNING and today >= link.ends_on:
        return "finish"
    may_start = link.state == LinkState.PLANNED and route.state in (RouteState.SIGNED, RouteState.RUNNING)
    return "start" if may_start and today >= link.starts_on else ""


def _frame(links: Sequence[Any], link: Any) -> dict[str, str]:
    """Where this link stands in the whole: other partners are "another partner", days are days."""
    place = next(index for index, one in enumerate(links) if one.pk == link.pk)
    before = links[place - 1] if place else None
    after = links[place + 1] if place + 1 < len(links) else None
    return {
        "position_words": _("job %(place)s of %(all)s in the route") % {"place": place + 1, "all": len(links)},
        "before_words": _("Until %(day)s the learner works at another partner.") % {"day": chains.day(before.ends_on)}
        if before
        else _("The route begins with this job."),
        "after_words": _("From %(day)s the learner works at another partner.") % {"day": chains.day(after.starts_on)}
        if after
        else _("The route ends with this job."),
    }


_NO_DAYS = ("proposed", "stopped")
"""Changes after which there is nothing to say of days that stay."""


def _changes(route: Any, link: Any) -> tuple[PartnerChange, ...]:
    """What and why; when it was about another partner's link, without saying which."""
    rows = RouteChange.objects.filter(route=route, version__gte=link.since).order_by("-at", "-pk")
    own = _("Your days stay as they are.")
    return tuple(
        PartnerChange(
            at=row.at,
            words=str(words.WHAT[row.what]),
            why_words=chains.reason_words(row.why, own=False) if row.link_id in (None, link.pk) else "",
            own_words=own if row.link_id != link.pk and row.what not in _NO_DAYS else "",
        )
        for row in rows
        if {"partner", "partners"} & set(row.told_to)
    )
