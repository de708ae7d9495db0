"""Which chains of jobs carry this diploma for this person, and when none does, what stands in the way?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from valley.chains import queries as chains
from valley.core.mobility import routes as core
from valley.core.mobility.routes import keeping
from valley.foundation import access, clock
from valley.foundation.access import Caller, Grant, Purpose
from valley.foundation.problems import NotFound
from valley.people import queries as people
from valley.routes import snapshots
from valley.routes.queries.chosen import RouteSettings, practice_lines, settings_of
from valley.routes.queries.partner import seats_taken
from valley.routes.queries.shapes import Missing, RelayRoutes

MOST_CHAINS = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands already in a route that is planned again: links worked or running, and days that were signed."""

    done: tuple[core.Done, ...] = ()
    signed: tuple[core.Offer, ...] = ()
    without: frozenset[int] = frozenset()
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Solved:
    """An answer of the arithmetic with everything to tell it."""

    found: core.Routes
    basis: chains.Basis
    proven: dict[str, int]
    settings: RouteSettings


def relay_routes(caller: Caller, *, person: int, question: chains.RouteQuestion) -> RelayRoutes:
    """Up to ``k`` chains for a person, best first, or why there is none. For the owner and the operator.

    Computed anew each time; nothing is stored. Raises NotFound for a qualification without a plan.
    """
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    today = clock.today(caller.at)
    base = basis(caller, qualification=question.qualification)
    missing = missing_settings(caller, person=person)
    solved = None if missing else solve(caller, grant, base=base, question=question)
    with access.opened(grant), override(caller.language):
        names = {process.code: process.name for process in base.plan.processes}
        signed = practice_lines(grant, person=person, code=base.plan.code, names=names)
    with override(caller.language):
        order = chains.order_words()
        lines, why = (), None
        if solved:
            lines, why = chains.told(solved.found, basis=base, proven=solved.proven, language=caller.language)
    return RelayRoutes(
        person=person,
        on=today,
        plan=base.plan,
        settings=solved.settings if solved else settings_of(grant, person=person, page=base.plan),
        practice=signed,
        missing=missing,
        compared=len(base.market.offers),
        chains=lines,
        why_not=why,
        order_words=order,
        fingerprint=solved.found.fingerprint if solved else "",
    )


def basis(caller: Caller, *, qualification: str) -> chains.Basis:
    """Plan, openings and rules of today for one qualification, without the seats that partners signed away."""
    return chains.basis(caller, qualification=qualification, taken=seats_taken(caller, ()))


def solve(
    caller: Caller, grant: Grant, *, base: chains.Basis, question: chains.RouteQuestion, kept: Kept | None = None
) -> Solved:
    """Ask the arithmetic, for the one person of an OWN grant; a chain that keeps what was signed comes first."""
    kept = kept or Kept()
    person = access.one_person(grant)
    page = base.plan
    chosen = settings_of(grant, person=person, page=page)
    with access.opened(grant):
        known = snapshots.proven(person=person, code=page.code, asked=base.asked)
    profile = snapshots.profile(grant, max_km=question.max_km, language=question.language)
    today = clock.today(caller.at)
    first = _first_day(stated=profile.limits.starts_on, today=today, question=question, chosen=chosen, kept=kept)
    profile = replace(profile, limits=replace(profile.limits, starts_on=first))
    learner = core.Learner(
        profile=profile,
        proven=known,
        avoid=frozenset(chosen.avoid) | frozenset(question.without) | kept.without,
        contracts=snapshots.contracts(grant, person=person, but=kept.done),
        done=kept.done,
    )
    gap = chosen.gap_days if question.gap_days is None else question.gap_days
    own = {offer.id for offer in kept.signed}
    offers = [*(offer for offer in base.market.offers if offer.id not in own), *kept.signed]
    policy = core.RoutePolicy(k=max(1, min(MOST_CHAINS, question.k)), gap_days=gap, break_days=_break(kept))
    board = core.Board(offers, base.qualification, rules=base.market.rules, policy=policy)
    firm = keeping.keeping(board, learner, own) if own else None
    found = core.routes_on(board, learner, refusal=firm is None)
    if firm is not None:
        found = replace(found, chains=(firm, *found.chains))
    return Solved(found, base, known, chosen)


def missing_settings(caller: Caller, *, person: int) -> tuple[Missing, ...]:
    """What the person must say before a chain can be computed; each with the page where it is said."""
    page = people.passport(caller, person=person)
    steps = (
        (not page.claims, _("Say what you can do, starting from a job you had."), "people:start"),
        (not page.languages, _("Add the languages you use at work: most openings ask one."), "people:languages"),
        (page.wishes.version == 0, _("Say when and where you can work, and from which day."), "people:wishes"),
    )
    return tuple(Missing(said, address) for lacks, said, address in steps if lacks)


# After a link is broken off, a learner may look for the next this long without the chain being called broken: a local
# decision, shown beside every chain it is used in.
BREAK_DAYS = 92


def _break(kept: Kept) -> int:
    return BREAK_DAYS if any(one.broken for one in kept.done) else 0


def _first_day(
    *, stated: date | None, today: date, question: chains.RouteQuestion, chosen: RouteSettings, kept: Kept
) -> date:
    """The first day the person is free: asked, chosen, stated in the passport, or today; never in the past."""
    return max(kept.starts_on or question.starts_on or chosen.starts_on or stated or today, today)


def chain_named(solved: Solved, key: str) -> core.Chain:
    """The chain with this name; NotFound when openings changed so that it is not among them any more."""
    for chain in solved.found.chains:
        if chains.chain_key(chain) == key:
            return chain
    raise NotFound(
        expected=_("a chain of this list"),
        found=_("one that is not there any more: openings changed meanwhile"),
        next_step=_("Look at the chains again and choose one."),
    )
