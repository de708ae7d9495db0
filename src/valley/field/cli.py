"""What does the operator ask of the field window at the terminal?"""

from __future__ import annotations

from datetime import datetime

import click
from django.utils.translation import gettext as _

from valley.field import queries
from valley.foundation import terminal
from valley.foundation.access import Caller
from valley.foundation.terminal import Terminal

group = click.Group("curriculum", help="The field window.")


@terminal.command(group, "feed")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="A day, as 2026-09-01; a month ago without.")
def feed(term: Terminal, caller: Caller, since: datetime | None) -> None:
    """What changed since a day."""
    found = queries.feed(caller, since=since.date() if since else None)
    words = _("What changed since %(day)s") % {"day": found.since_on}
    term.show(found, words=words, columns=[_("Day"), _("What")], rows=[(one.on, one.sentence) for one in found.items])


@terminal.command(group, "changes")
def changes(term: Terminal, caller: Caller) -> None:
    """Announced changes, and who each waits for."""
    found = queries.changes(caller, limit=1000)
    columns = [_("Number"), _("What changes"), _("Employer"), _("From")]
    columns += [_("Where it stands"), _("Days"), _("Waits for")]
    rows = [
        (one.id, one.title, one.employer, one.from_on, one.last_step, one.lead.total, one.lead.waiting_words)
        for one in found
    ]
    term.show(found, columns=columns, rows=rows)


@terminal.command(group, "lead-times")
def lead_times(term: Terminal, caller: Caller) -> None:
    """Days from signal to classroom, by who was waited for."""
    found = queries.lead_times(caller)
    columns = [_("What changes"), _("Employer"), _("School"), _("Regulator"), _("Total"), _("Where it stands")]
    rows: list[tuple[object, ...]] = [
        (one.title, one.lead.employer, one.lead.school, one.lead.regulator, one.lead.total, one.last_step)
        for one in found.changes
    ]
    if found.medians is not None:
        middle = found.medians
        rows.append((_("Middle"), middle.employer, middle.school, middle.regulator, middle.total, middle.changes))
    term.show(found, words=found.why_not, columns=columns, rows=rows)
