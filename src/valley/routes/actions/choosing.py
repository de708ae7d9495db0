"""How does a person choose a chain, so that it becomes a route that school and partners are asked to sign?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from valley.chains import queries as chains
from valley.core.mobility import routes as core
from valley.foundation import access, audit, clock, organisations
from valley.foundation.access import Caller, Purpose
from valley.foundation.models import OrganisationKind
from valley.foundation.problems import Conflict
from valley.people import queries as people
from valley.routes.actions.chosen import RouteRefused
from valley.routes.actions.noticing import plan_noticing
from valley.routes.actions.sharing import share_with
from valley.routes.models import Route, RouteChange, RouteLink, RouteState
from valley.routes.queries import computing
from valley.routes.queries.computing import Solved


@dataclass(frozen=True, slots=True)
class RouteChosen:
    """A chain by its key, in the answer to a question; the school that is asked; what school and partners may see."""

    question: chains.RouteQuestion
    chain: str
    school: int
    parts: tuple[str, ...] = ("name", "competences", "languages")


def propose_route(caller: Caller, *, person: int, chosen: RouteChosen) -> str:
    """Make a chain a route that the school and each partner are asked to sign; returns its key. The owner.

    The chain is computed again: NotFound when openings changed so that it is not there any more. The school sees the
    whole, each partner only its own link. Raises RouteRefused for another reader than a school, Conflict when the
    person has a living route to this qualification already.
    """
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    _require_school(chosen.school, caller)
    base = computing.basis(caller, qualification=chosen.question.qualification)
    solved = computing.solve(caller, grant, base=base, question=chosen.question)
    chain = computing.chain_named(solved, chosen.chain)
    with transaction.atomic(), access.opened(grant):
        _require_first(person, base.plan.code)
        ends_on = chain.links[-1].ends_on
        share = share_with(caller, person=person, reader=chosen.school, parts=chosen.parts, until=ends_on)
        row = Route.objects.create(
            person_id=person,
            dossier_code=base.plan.code,
            part_code=base.plan.part,
            school_id=chosen.school,
            school_share=share,
            parts=list(chosen.parts),
            fingerprint=solved.found.fingerprint,
            facts=chains.kept_facts(solved.found, chain, basis=solved.basis),
            made_at=caller.at,
            changed_at=caller.at,
        )
        for place, packed in enumerate(packed_links(solved, chain)):
            _store(caller, row, place, packed)
        RouteChange.objects.create(
            person_id=person, route=row, version=1, what="proposed", told_to=["learner", "school", "partners"],
            at=caller.at,
        )  # fmt: skip
        audit.record(
            caller, verb="routes.propose_route", subject=("route", row.key), fields=["route", "links"],
            purpose=str(grant.purpose),
        )  # fmt: skip
        plan_noticing(clock.today(caller.at) + timedelta(days=1))
    return str(row.key)


def store_link(caller: Caller, row: Any, *, place: int, packed: dict[str, Any], share: str) -> Any:
    """Store one link of the current version of a route from its packed form."""
    return RouteLink.objects.create(
        person_id=row.person_id,
        route=row,
        order=place,
        opening_id=packed["opening"],
        organisation_id=packed["organisation"],
        share=share,
        starts_on=packed["starts_on"],
        ends_on=packed["ends_on"],
        processes=packed["processes"],
        facts=packed["facts"],
        since=row.version,
    )


def packed_links(solved: Solved, chain: core.Chain) -> list[dict[str, Any]]:
    """The links of a chain of an answer as JSON can hold them."""
    return chains.kept_links(solved.found, chain, basis=solved.basis, proven=solved.proven)


def _store(caller: Caller, row: Any, place: int, packed: dict[str, Any]) -> None:
    until = date.fromisoformat(packed["ends_on"])
    share = share_with(caller, person=row.person_id, reader=packed["organisation"], parts=row.parts, until=until)
    store_link(caller, row, place=place, packed=packed, share=share)


def _require_school(school: int, caller: Caller) -> None:
    today = clock.today(caller.at)
    schools = {partner.id for partner in organisations.partners(kind=OrganisationKind.SCHOOL, on=today)}
    if school not in schools:
        raise RouteRefused(
            field="school",
            expected=_("a school that takes part"),
            found=_("another organisation"),
            next_step=_("Choose a school from the list."),
        )


def _require_first(person: int, code: str) -> None:
    living = Route.objects.filter(person=person, stopped_at__isnull=True).exclude(state=RouteState.DONE)
    if living.filter(dossier_code=code).exists():
        raise Conflict(
            expected=_("no other route to this qualification"),
            found=_("one that was proposed already"),
            next_step=_("Open that route. Stop it first if you want another."),
        )
