"""How does every change to a route run: whose desk or passport opens it, one lock, one version, one audit line?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.foundation import access, audit
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.problems import Conflict, NotFound
from valley.people import queries as people
from valley.routes.models import Route, RouteLink
from valley.routes.queries import desks


def no_route() -> NotFound:
    """The same words for a route that does not exist and one that is not the caller's to see."""
    return NotFound(
        expected=_("a route that you may open"), found=_("none"), next_step=_("Open the list of routes again.")
    )


@contextmanager
def own(caller: Caller, *, person: int, key: str) -> Iterator[tuple[Any, Grant]]:
    """One transaction over the person's own route, locked; NotFound otherwise."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    with transaction.atomic(), access.opened(grant):
        row = Route.objects.select_for_update().filter(person=person, key=key).first()
        if row is None:
            raise no_route()
        yield row, grant


@contextmanager
def at_school(caller: Caller, *, key: str) -> Iterator[tuple[Any, Grant]]:
    """One transaction over a route that is shared with a school where the caller is coach, locked."""
    for scope in desks.scopes(caller, *desks.SCHOOL):
        with transaction.atomic(), access.opened(scope.grant):
            row = scope.routes(Route.objects.select_for_update().filter(key=key)).first()
            if row is not None:
                yield row, scope.grant
                return
    raise no_route()


@contextmanager
def at_partner(caller: Caller, *, key: str) -> Iterator[tuple[Any, Any, Grant]]:
    """One transaction over one link that was asked of an employer where the caller sits: the route locked, the link."""
    for scope in desks.scopes(caller, *desks.PARTNER):
        with transaction.atomic(), access.opened(scope.grant):
            link = scope.links(RouteLink.objects.filter(key=key, until__isnull=True)).first()
            if link is not None:
                route = Route.objects.select_for_update().get(pk=link.route_id)
                link.refresh_from_db()
                yield route, link, scope.grant
                return
    raise no_route()


def require_fresh(row: Any, version: int | None) -> None:
    """Refuse when the route is not the version somebody looked at."""
    if version is not None and version != row.version:
        raise Conflict(
            expected=_("the route as you saw it"),
            found=_("version %(version)s, made meanwhile") % {"version": row.version},
            next_step=_("Look at the route again, then decide."),
            version=row.version,
        )


def record(caller: Caller, grant: Grant, *, verb: str, route: Any, fields: list[str]) -> None:
    """One audit line about a route."""
    audit.record(caller, verb=f"routes.{verb}", subject=("route", route.key), fields=fields, purpose=str(grant.purpose))
