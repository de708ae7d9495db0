"""What may someone at the terminal ask the room ``vacancies``?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from valley.foundation import organisations, terminal
from valley.foundation.access import Caller
from valley.foundation.terminal import Terminal
from valley.vacancies import actions, queries
from valley.vacancies.queries.recognitions import state_words

group = click.Group("vacancies", help="What openings teach, and what they ask without a task.")
DAY = click.DateTime(formats=["%Y-%m-%d"])
MOST_TEXT = 100_000


@terminal.command(group, "show")
@click.argument("slug")
def _show(term: Terminal, caller: Caller, slug: str) -> None:
    """One vacancy: what can be practised there, and what it asks."""
    found = queries.vacancy_page(caller, slug=slug)
    rows = [(line.dossier, line.process, line.name, line.hours) for line in found.practices]
    for warning in found.warnings:
        term.say(f"{warning.dossier}: {warning.kind} {warning.gap_from_on}")
    term.show(found, words=found.page.opening.title, columns=["Dossier", "Process", "Name", "Hours"], rows=rows)


@terminal.command(group, "challenge")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--opening", default="", help="Slug of a stored vacancy, instead of a file with a text.")
def _challenge(term: Terminal, caller: Caller, file: Path | None, opening: str) -> None:
    """Say what a text, or a stored vacancy, asks that it may not or need not ask."""
    if (file is None) == (not opening):
        raise click.UsageError("Name a file with a text, or a vacancy with --opening.")
    if file is None:
        found = queries.challenges(caller, slug=opening)
    else:
        with file.open("rb") as stream:
            text = stream.read(MOST_TEXT).decode("utf-8", "replace")
        found = queries.challenges_of_text(caller, text=text)
    rows = [(one.severity, one.field, one.found, one.why, one.instead) for one in found]
    term.show(found, columns=["Severity", "Field", "Found", "Why", "Instead"], rows=rows)


@terminal.command(group, "publish")
@click.argument("slug")
@click.option("--version", type=click.IntRange(1, 2**31), required=True, help="The version that was read.")
def _publish(term: Terminal, caller: Caller, slug: str, version: int) -> None:
    """Open a vacancy that nothing challenges."""
    done = actions.publish_opening(caller, slug=slug, version=version)
    term.show(done, words=f"{done.slug}: {done.state}")


@terminal.command(group, "recognise")
@click.argument("organisation")
@click.option("--dossier", required=True, help="Code of the dossier, such as commercie.")
@click.option("--from", "from_on", type=DAY, required=True, help="The first day, such as 2026-08-01.")
@click.option("--until", "until_on", type=DAY, help="The first day on which it is over.")
@click.option("--source", required=True, help="Where it can be looked up.")
def _recognise(
    term: Terminal, caller: Caller, organisation: str, dossier: str, from_on: datetime, until_on: datetime | None,
    source: str,
) -> None:  # fmt: skip
    """State that an employer is a recognised training company."""
    partner = organisations.partner(slug=organisation)
    ends = until_on.date() if until_on else None
    draft = actions.RecognitionDraft(partner.id, dossier, from_on.date(), ends, source)
    done = actions.recognise(caller, draft=draft)
    term.show(done, words=f"{partner.name}: {done.dossier} {done.from_on} - {done.until_on or ''}")


@terminal.command(group, "end-recognition")
@click.argument("recognition", type=int)
@click.option("--until", "until_on", type=DAY, required=True, help="The first day on which it is over.")
def _end(term: Terminal, caller: Caller, recognition: int, until_on: datetime) -> None:
    """Say when a recognition ends."""
    done = actions.end_recognition(caller, recognition=recognition, until_on=until_on.date())
    term.show(done, words=f"{done.dossier}: {done.from_on} - {done.until_on}")


@terminal.command(group, "training-companies")
@click.option("--dossier", default="", help="Only those for one dossier.")
def _companies(term: Terminal, caller: Caller, dossier: str) -> None:
    """Which employers are recognised training companies, until when."""
    found = queries.training_companies(caller, dossier=dossier)
    rows = [
        (one.id, one.organisation_name, one.dossier, one.from_on, one.until_on, state_words(one.state)) for one in found
    ]
    term.show(found, columns=["Number", "Employer", "Dossier", "From", "Until", "State"], rows=rows)


@terminal.command(group, "warnings")
@click.argument("organisation")
def _warnings(term: Terminal, caller: Caller, organisation: str) -> None:
    """Openings of an employer whose recognition does not cover the whole job."""
    found = queries.status_warnings(caller, organisation=organisations.partner(slug=organisation).id)
    rows = [(one.opening, one.dossier, one.kind, one.gap_from_on) for one in found]
    term.show(found, columns=["Opening", "Dossier", "Kind", "From"], rows=rows)
