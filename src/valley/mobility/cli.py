"""How does the operator compare a person or the whole region at the terminal?"""

from __future__ import annotations

import click

from valley.foundation import terminal
from valley.foundation.access import Caller
from valley.foundation.terminal import Terminal
from valley.mobility import actions, queries
from valley.people import queries as people
from valley.work import queries as work

group = click.Group("mobility", help="Which openings fit a person, and the sector run.")


@terminal.command(group, "overlap")
@click.argument("person")
@click.option("--opening", default="", help="Address (slug) of one opening to explain.")
@click.option("--limit", default=20, type=click.IntRange(1, 100), show_default=True, help="How many of each part.")
def overlap(term: Terminal, caller: Caller, person: str, opening: str, limit: int) -> None:
    """Openings that fit PERSON (pseudonym or e-mail), or one of them explained. The look is written in the audit."""
    who = people.person_of(caller, who=person)
    if opening:
        _show_explanation(term, actions.show_explanation(caller, person=who, opening=opening))
    else:
        _show_openings(term, actions.show_openings(caller, person=who, limit=limit))


@terminal.command(group, "run")
def run(term: Terminal, caller: Caller) -> None:
    """Compare everybody who consented with every open opening."""
    with term.progress("Sector run") as report:
        found = actions.run_sector(caller, progress=report)
    words = "Compared" if found.changed else "Nothing had changed since the last run:"
    term.show(
        found,
        words=f"{words} {found.persons} persons and {found.openings} openings in {found.seconds} s "
        f"(engine {found.engine_seconds} s).",
    )


@terminal.command(group, "follow")
@click.option("--person", default="", help="Pseudonym or e-mail of somebody whose passport or consent changed.")
@click.option("--opening", default="", help="Address (slug) of an opening that changed, opened or closed.")
def follow(term: Terminal, caller: Caller, person: str, opening: str) -> None:
    """Follow one change in the latest run, exactly as if everybody were compared again."""
    if bool(person) == bool(opening):
        raise click.UsageError("Give --person or --opening, one of them.")
    if person:
        found = actions.refresh_person(caller, person=people.person_of(caller, who=person))
    else:
        found = actions.refresh_opening(caller, opening=work.opening_id(caller, slug=opening))
    words = f"Followed: {found.lists} lists changed." if found.changed else "Nothing had changed."
    term.show(found, words=words)


@terminal.command(group, "report")
def report(term: Terminal, caller: Caller) -> None:
    """The latest sector run in numbers of groups."""
    found = queries.sector_report(caller)
    words = "There is no sector run yet: valley mobility run." if found.run is None else ""
    if found.run and found.stale:
        words = "Stale: openings, words or the rule changed since this run."
    hidden = f"<{found.threshold}"
    term.show(
        found,
        words=words,
        columns=["Must-have", "Openings", "People who lack it"],
        rows=[(one.label, one.openings, hidden if one.people is None else one.people) for one in found.blocks],
    )


def _show_openings(term: Terminal, found: queries.MyOpenings) -> None:
    words = f"{found.total_possible} possible, {found.total_not_yet} not yet, of {found.total} openings."
    if found.too_little:
        words = f"Too little to compare: {found.too_little.found} of {found.too_little.needed} competences."
    term.show(
        found,
        words=words,
        columns=["Fit %", "Opening", "Address", "Missing"],
        rows=[
            (row.percent, row.opening.title, row.opening.slug, "; ".join(line.words for line in row.missing))
            for row in (*found.possible, *found.not_yet)
        ],
    )


def _show_explanation(term: Terminal, found: queries.Explanation) -> None:
    missing = "; ".join(line.words for line in found.must_haves if not line.met) or "none"
    fit = "too little to compare" if found.percent is None else f"{found.percent:.1f} %"
    term.show(
        found,
        words=f"{found.opening.title}\nMissing must-haves: {missing}\nFit: {fit}",
        columns=["Asked", "Held", "Likeness", "Credit", "Weight", "Points"],
        rows=[
            (line.label, line.held_label, line.similarity, round(line.credit, 2), round(line.weight, 2), line.shown)
            for line in found.lines
        ],
    )
