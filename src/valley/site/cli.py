"""How does someone at the terminal reach every room? ``valley --help`` tells.

Rooms are loaded only when named, so that ``valley --help`` answers at once. Every command makes a fresh home folder
ready by itself: the embedded database is created and migrated on first use.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from valley import __version__

ROOMS = {
    "skills": ("valley.skills.cli", "Competences, occupations, ESCO releases."),
    "people": ("valley.people.cli", "Passports: list, export, erase."),
    "work": ("valley.work.cli", "Partners, role profiles, openings, spreadsheets."),
    "mobility": ("valley.mobility.cli", "Which openings fit a person, and the sector run."),
    "vacancies": ("valley.vacancies.cli", "What openings teach, and what they ask without a task."),
    "applications": ("valley.applications.cli", "Applications: clearing away, and why work went well or not."),
    "careers": ("valley.careers.cli", "Employments, rules of law, and the ways from role to role."),
    "dossiers": ("valley.dossiers.cli", "Qualification dossiers and their work processes."),
    "reading": ("valley.reading.cli", "The words texts are read with: phrases, and names of systems."),
    "evidence": ("valley.evidence.cli", "Job texts, observations, ratings, and what is read in them."),
    "curriculum": ("valley.curriculum.cli", "The red thread, programmes and the field window."),
}
# Commands that stand at the top without a room of their own.
TOP = {
    "demo": ("valley.demo.cli", "command", "Load the invented demo region and serve it."),
    "backup": ("valley.foundation.cli", "backup", "Write a portable backup while everything goes on."),
    "restore": ("valley.foundation.cli", "restore", "Put a backup back."),
    "doctor": ("valley.foundation.cli", "doctor", "Examine this valley and say what to mend."),
    "jobs": ("valley.foundation.cli", "jobs", "Work on waiting jobs, or list them."),
    "audit": ("valley.foundation.cli", "audit", "Verify the audit chain, or read about a subject."),
    "privacy": ("valley.foundation.cli", "privacy", "The personal-data register and its keep times."),
    "keys": ("valley.foundation.cli", "keys", "Copy the vault of keys, apart from backups."),
    "accounts": ("valley.site.terminal", "accounts", "Make accounts and API keys."),
    "serve": ("valley.site.terminal", "serve", "Serve this valley."),
    "manage": ("valley.site.terminal", "manage", "Django's own management commands."),
}
# Commands that people look for in one room and that only a room above it can do.
GUESTS = {
    "skills": [("valley.reading.cli", "propose")],
    "mobility": [("valley.routes.cli", "routes"), ("valley.routes.cli", "replan"), ("valley.routes.cli", "plans"),
                 ("valley.placement.cli", "place")],
    "curriculum": [("valley.thread.cli", "thread"), ("valley.thread.cli", "share"), ("valley.field.cli", "feed"),
                   ("valley.field.cli", "changes"), ("valley.field.cli", "lead_times")],
}  # fmt: skip


def prepare() -> None:
    """Start Django and make the home folder ready."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valley.site.settings.live")
    import django

    django.setup()
    from valley.site import readiness

    readiness.ensure_ready(lambda words: click.echo(words, err=True))


class House(click.Group):
    """All rooms and top commands, loaded when named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*ROOMS, *TOP])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ROOMS and cmd_name not in TOP:
            return None
        if ctx.resilient_parsing:
            return click.Command(cmd_name)
        if cmd_name == "demo":
            os.environ.setdefault("VALLEY_DEMO", "1")
        prepare()
        module, name = (ROOMS[cmd_name][0], "group") if cmd_name in ROOMS else TOP[cmd_name][:2]
        found = getattr(importlib.import_module(module), name)
        for guest, command in GUESTS.get(cmd_name, ()):
            found.add_command(getattr(importlib.import_module(guest), command))
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Rooms"):
            formatter.write_dl([(name, words) for name, (_, words) in ROOMS.items()])
        with formatter.section("The house"):
            formatter.write_dl([(name, parts[2]) for name, parts in sorted(TOP.items())])


@click.command(cls=House, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="valley")
def cli() -> None:
    """Valley: the shared workbench of a regional skills alliance.

    Data live in VALLEY_HOME (default ~/.valley); a larger database is named by DATABASE_URL.
    """


def main(arguments: list[str] | None = None) -> Any:
    """The ``valley`` command. Unexpected errors of ours end with exit code 1 and one line."""
    try:
        return cli.main(args=arguments, prog_name="valley")
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing half done was kept.", err=True)
        sys.exit(130)
