"""How does the operator compute the red thread at the terminal, and see what leaving out an employer changes?"""

from __future__ import annotations

import click

from valley.foundation import organisations, terminal
from valley.foundation.access import Caller
from valley.foundation.terminal import Terminal
from valley.thread import actions, queries
from valley.thread.queries import RunPage

group = click.Group("curriculum", help="The red thread.")


@terminal.command(group, "thread")
@click.option("--level", type=click.Choice(["leaf", "group"]), default="leaf", show_default=True)
@click.option("--budget", type=click.IntRange(1, 2000), default=15, show_default=True, help="Room in the core.")
@click.option("--hours", is_flag=True, help="Count the budget in guided hours.")
@click.option("--weighting", type=click.Choice(["equal", "jobs", "texts"]), default="equal", show_default=True)
@click.option("--support", type=click.IntRange(2, 50), default=3, show_default=True, help="Employers behind an item.")
@click.option("--without", multiple=True, metavar="EMPLOYER", help="Leave an employer out, by its address (slug).")
def thread(term: Terminal, caller: Caller, *, hours: bool, without: tuple[str, ...], **choices: object) -> None:
    """The common core of what employers ask; with --without the exact effect against the run with everybody."""
    unit = "hours" if hours else "count"
    asked = actions.ThreadAsked(unit=unit, without=without, **choices)  # type: ignore[arg-type]
    with term.progress("Red thread") as report:
        page = actions.compute_thread(caller, policy=actions.policy_of(asked), progress=report)
    term.show(
        page,
        words="\n".join(_words(page)),
        columns=["#", "Item", "Asked by", "Firmness", "Level", "Trend"],
        rows=[
            (row.rank, row.label, row.support or row.support_words, f"{row.stability} %", row.level, row.trend_words)
            for row in page.rows
        ],
    )


def _words(page: RunPage) -> list[str]:
    lines = [f"Run {page.run.id}: {page.run.policy_words} · {page.run.employers_words}"]
    if page.refusal:
        lines.append(f"NO COMMON CORE HERE: {page.refusal.words}")
        lines += [f"  needed: {line}" for line in page.refusal.needed]
    lines.append(f"{page.run.items} items cover {page.mean} % on average, the least covered employer {page.least} %.")
    lines += [f"{row.label}: leaves without {', '.join(row.leaves_without)}" for row in page.rows if row.leaves_without]
    if page.null:
        lines.append(page.null.words)
    if page.effect:
        gone = page.effect
        lines.append(
            f"Without {', '.join(gone.without)}: {gone.changed_percent} % of the core changes; the others are covered "
            f"for {gone.mean_after} %, against {gone.mean_before} % by the core of everybody."
        )
        lines += [f"  leaves: {label}" for label in gone.left]
        lines += [f"  comes in: {label}" for label in gone.entered]
    return lines + [f"Changed since: {line}" for line in page.stale] + list(page.remarks)


@terminal.command(group, "share")
@click.argument("employer")
def share(term: Terminal, caller: Caller, employer: str) -> None:
    """What the newest core covers for EMPLOYER (its address), and what stays its own to teach."""
    found = queries.own_share(caller, organisation=organisations.partner(slug=employer).id)
    rows = [("covered", row.label) for row in found.core if row.yours]
    rows += [("not covered", row.label) for row in found.not_covered] + [("own", row.label) for row in found.own]
    term.show(
        found,
        words=f"{found.organisation}: {found.covered_percent} % covered. Hours: {found.covered_hours} covered, "
        f"{found.not_covered_hours} not covered, {found.own_hours} its own.",
        columns=["Part", "Competence"],
        rows=rows,
    )
