"""What may someone at the terminal ask the room routes: somebody's chains towards a diploma?"""

from __future__ import annotations

import click

from valley.chains import actions as reckoned
from valley.chains import queries as chains
from valley.foundation import organisations, terminal
from valley.foundation.access import Caller
from valley.foundation.terminal import Terminal
from valley.people import queries as people
from valley.routes import actions, queries

group = click.Group("routes", help="Relay routes: chains of jobs towards a diploma.")


@terminal.command(group, "routes")
@click.argument("person")
@click.option("--qualification", required=True, help="Dossier and profile, such as commercie/P2.")
@click.option("--k", default=3, type=click.IntRange(1, queries.MOST_CHAINS), show_default=True, help="Most chains.")
@click.option("--without", multiple=True, help="Address (slug) of an employer to leave out; may be given again.")
@click.option("--max-km", type=click.IntRange(0, 400), default=None, help="As if the person travelled so far.")
@click.option("--gap-days", type=click.IntRange(0, 366), default=None, help="Most days between two jobs.")
def routes(
    term: Terminal,
    caller: Caller,
    person: str,
    qualification: str,
    k: int,
    without: tuple[str, ...],
    max_km: int | None,
    gap_days: int | None,
) -> None:
    """Chains for PERSON (pseudonym or e-mail), or why there is none. The look is written in the audit."""
    question = queries.RouteQuestion(
        qualification=qualification,
        k=k,
        without=tuple(organisations.partner(slug=slug).id for slug in without),
        max_km=max_km,
        gap_days=gap_days,
    )
    found = actions.consult_routes(caller, person=people.person_of(caller, who=person), question=question)
    term.show(
        found,
        words=_words(found),
        columns=["Chain", "From", "Until", "Employer", "Opening", "Hours", "Fallback"] if found.chains else (),
        rows=[row for place, chain in enumerate(found.chains, start=1) for row in _rows(place, chain)],
    )


@terminal.command(group, "replan")
@click.option("--stopped", default="", help="Address (slug) of an employer that stops: its links end in every route.")
@click.option("--why", default="no-work", type=click.Choice(list(chains.PARTNER_REASONS)), show_default=True)
def replan(term: Terminal, caller: Caller, stopped: str, why: str) -> None:
    """Compare every living route with the openings of today, and plan those that changed again."""
    gone = actions.Stopped(organisations.partner(slug=stopped).id, why) if stopped else None
    with term.progress("Routes") as report:
        found = actions.replan_all(caller, progress=report, stopped=gone)
    words = f"{found.routes} routes, {found.touched} touched, {found.proposals} with a new chain."
    term.show(found, words=words)


@terminal.command(group, "route-plans")
def plans(term: Terminal, caller: Caller) -> None:
    """Load what routes reckon with: months and hours per work process, as dated assumptions."""
    found = reckoned.load_starter_plans(caller)
    term.show(found, words=f"{found.added} added, {found.kept} kept.")


def _rows(place: int, chain: chains.ChainLine) -> list[tuple[object, ...]]:
    return [
        (
            place if not index else "",
            link.starts_on,
            link.ends_on,
            link.employer,
            link.slug or link.title,
            link.hours,
            "" if link.fallback is None else "yes" if link.fallback.survived else "no",
        )
        for index, link in enumerate(chain.links)
    ]


def _words(found: queries.RelayRoutes) -> str:
    if found.missing:
        return "\n".join(one.words for one in found.missing)
    if found.why_not is None:
        return "\n".join(
            f"{place}. {chain.covered}/{len(chain.processes)}, {chain.idle_words}. {chain.robust_words}"
            for place, chain in enumerate(found.chains, start=1)
        )
    blocked = [" + ".join(line.words for line in group) for group in found.why_not.groups]
    ways = [f"  -> {way.words}: {way.gives}" for way in found.why_not.ways_out]
    return "\n".join(["NO CHAIN:", *(f"  {line}" for line in blocked), *ways])
