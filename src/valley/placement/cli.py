"""How does the operator plan a group placement at the terminal?"""

from __future__ import annotations

import click

from valley.foundation import terminal
from valley.foundation.access import Caller
from valley.foundation.terminal import Terminal
from valley.placement import actions, drafts

_group = click.Group("placement")


@terminal.command(_group, "place")
@click.argument("event")
@click.option(
    "--max-km",
    type=click.IntRange(1, 400),
    help="As if everybody would travel this far, also who said less; own limits otherwise.",
)
@click.option("--course", "courses", multiple=True, help="Key of a course that may be opened; repeat. All otherwise.")
@click.option("--no-courses", is_flag=True, help="Plan without any course.")
@click.option("--name", default="", help="Name of this scenario.")
def place(
    term: Terminal,
    caller: Caller,
    event: str,
    max_km: int | None,
    courses: tuple[str, ...],
    no_courses: bool,
    name: str,
) -> None:
    """Plan for everybody who joined the redundancy EVENT; the plan is kept, nothing is sent."""
    if courses and no_courses:
        raise click.UsageError("Give --course or --no-courses, one of them.")
    chosen = () if no_courses else courses or None
    scenario = drafts.Scenario(name, max_km, chosen)
    with term.progress("Plan") as report:
        made = actions.plan_placement(caller, event=event, scenario=scenario, progress=report)
    found = actions.open_plan(caller, run=made.run)
    gap = "proven best" if made.placed == made.bound else f"at most {made.bound} possible"
    term.show(
        found,
        words=f"{made.placed} of {made.total} have a place ({gap}); {found.run.courses} courses to open. "
        + ("" if made.changed else "Nothing had changed since the plan that was there."),
        columns=["From", "To", "People"],
        rows=[(flow.source, flow.target, flow.people) for flow in found.flows],
    )
