"""What may someone at the terminal do with applications: clear away, and read the numbers; never read one?"""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from valley.applications import actions, queries
from valley.core import disclosure
from valley.foundation import organisations, terminal
from valley.foundation.access import Caller
from valley.foundation.terminal import Terminal

group = click.Group("applications", help="Applications: clear away what is past its time, and count how they ended.")


@terminal.command(group, "clear", help="Remove what is four weeks past its procedure; the proof is in the audit.")
@click.option("--dry-run", is_flag=True, help="Only count.")
def clear(term: Terminal, caller: Caller, dry_run: bool) -> None:
    """Once a day is enough; twice is harmless."""
    with term.progress(_("Clearing away")) as report:
        done = actions.clear_away(caller, dry_run=dry_run, progress=report)
    words = _("%(removed)d applications removed, %(ended)d procedures ended by themselves, %(kept)d kept with a yes.")
    facts = {"removed": len(done.removed), "ended": done.ended_by_themselves, "kept": done.kept_longer}
    term.show(done, words=words % facts)


@terminal.command(group, "figures", help="How procedures ended, per finished quarter; small counts are hidden.")
@click.option("--organisation", default="", help="The slug of an employer; without it all together.")
def figures(term: Terminal, caller: Caller, organisation: str) -> None:
    """Counts of groups, never of one person."""
    partner = organisations.partner(slug=organisation) if organisation else None
    found = queries.procedure_figures(caller, organisation=partner.id if partner else None)
    hidden = _("hidden")
    rows = [
        (one.outcome_words, one.reason_words, *(hidden if n is None else n for n in one.numbers)) for one in found.rows
    ]
    words = _("Counts under %(threshold)d are hidden, and others that would give them away.")
    term.show(
        found,
        words=words % {"threshold": disclosure.THRESHOLD},
        columns=[_("how it ended"), _("why"), *found.quarters],
        rows=rows,
    )
