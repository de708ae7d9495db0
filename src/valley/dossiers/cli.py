"""How does the operator import, read, compare and end dossiers?"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from valley.dossiers import actions, queries
from valley.foundation import terminal
from valley.foundation.access import Caller
from valley.foundation.terminal import Terminal

group = click.Group("dossiers", help="Qualification dossiers: core tasks and work processes.")
_DAY = click.DateTime(["%Y-%m-%d", "%d-%m-%Y"])


def _on(day: datetime | None) -> date | None:
    return day.date() if day else None


@terminal.command(group, "import", help="Import a dossier: TOML, or a spreadsheet with one row per work process.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_dossier(term: Terminal, caller: Caller, file: Path) -> None:
    """Import."""
    done = actions.import_dossier(caller, file_name=file.name, content=file.read_bytes())
    state = "imported" if done.made else "here already, nothing changed"
    term.show(done, words=f"{done.code} {done.valid_from_on}: {done.work_processes} work processes, {state}")


@terminal.command(group, "list", help="Every version of every dossier.")
def list_dossiers(term: Terminal, caller: Caller) -> None:
    """List."""
    lines = queries.dossiers(caller)
    rows = [
        (
            line.code,
            line.name,
            line.valid_from_on,
            line.valid_until_on,
            "*" if line.in_force else "",
            line.work_processes,
        )
        for line in lines
    ]
    columns = ("Code", "Name", "From", "Until", "Holds today", "Work processes")
    term.show(lines, words="" if lines else "-", columns=columns, rows=rows)


@terminal.command(group, "show", help="One dossier, with the competences that each work process needs.")
@click.argument("code")
@click.option("--on", "day", type=_DAY, help="The version that holds on this day; today without.")
def show(term: Terminal, caller: Caller, code: str, day: datetime | None) -> None:
    """Show."""
    page = queries.dossier(caller, code=code, on=_on(day))
    rows = [
        (part.code, one.code, one.name, "; ".join(f"{asked.label} {asked.level}" for asked in one.competences))
        for part in page.parts
        for task in part.core_tasks
        for one in task.work_processes
    ]
    words = f"{page.name}, {page.valid_from_on} - {page.valid_until_on or ''}\n{page.source}"
    term.show(page, words=words, columns=("Part", "Code", "Work process", "Competences with level"), rows=rows)


@terminal.command(group, "diff", help="What changed between the versions that hold on two days.")
@click.argument("code")
@click.argument("older", type=_DAY)
@click.argument("newer", type=_DAY)
def diff(term: Terminal, caller: Caller, code: str, older: datetime, newer: datetime) -> None:
    """Compare."""
    found = queries.dossier_diff(caller, code=code, older_on=older.date(), newer_on=newer.date())
    named = (("added", found.added), ("removed", found.removed), ("renamed", found.renamed))
    rows = [(what, one.code, one.before, one.after) for what, ones in named for one in ones]
    rows += [("asked", f"{one.work_process} {one.label}", one.level_before, one.level_after) for one in found.asked]
    term.show(found, words=f"unchanged {found.unchanged}", columns=("What", "Code", "Before", "After"), rows=rows)


@terminal.command(group, "end", help="Say from which day a version of a dossier no longer holds.")
@click.argument("code")
@click.option("--version", "starts", required=True, type=_DAY, help="First day of the version that ends.")
@click.option("--until", required=True, type=_DAY, help="The first day on which it no longer holds.")
def end(term: Terminal, caller: Caller, code: str, starts: datetime, until: datetime) -> None:
    """End."""
    done = actions.end_dossier(caller, code=code, valid_from_on=starts.date(), valid_until_on=until.date())
    term.show(done, words=f"{done.code} {done.valid_from_on} - {done.valid_until_on}")
