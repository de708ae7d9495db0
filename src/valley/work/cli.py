"""The room ``work`` at the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from valley.foundation import organisations, terminal
from valley.foundation.access import Caller
from valley.foundation.models import DeskRole, OrganisationKind
from valley.foundation.spreadsheets.reading import MOST_BYTES
from valley.foundation.terminal import Terminal
from valley.work import actions, queries

group = click.Group("work", help="Partners, role profiles, openings, spreadsheets.")


@terminal.command(group, "openings")
@click.option("--text", default="", help="Words in the title, the role or the employer.")
@click.option("--place", default="", help="Key of a place, such as maastricht.")
@click.option("--km", type=click.IntRange(0, 400), help="At most so far from the place.")
@click.option("--language", default="", help="Code of a language of the work.")
@click.option("--organisation", default="", help="Slug of an employer.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50)
@click.option("--offset", type=click.IntRange(0, 100_000), default=0)
def _openings(term: Terminal, caller: Caller, limit: int, offset: int, **asked: object) -> None:
    """Openings of today."""
    filters = queries.OpeningFilter(**asked)  # type: ignore[arg-type]
    found = queries.open_openings(caller, filters=filters, limit=limit, offset=offset)
    rows = [
        (one.slug, one.title, one.organisation, one.place, f"{one.hours_min}-{one.hours_max}") for one in found.items
    ]
    term.show(found, words=str(found.total), columns=["Slug", "Title", "Employer", "Place", "Hours"], rows=rows)


@terminal.command(group, "opening")
@click.argument("slug")
def _opening(term: Terminal, caller: Caller, slug: str) -> None:
    """One opening."""
    found = queries.opening(caller, slug=slug)
    rows = [(line.label, line.level, line.task) for line in (*found.must, *found.wish)]
    term.show(found, words=found.opening.title, columns=["Competence", "Level", "Task"], rows=rows)


@terminal.command(group, "roles")
def _roles(term: Terminal, caller: Caller) -> None:
    """Roles of the trade."""
    found = queries.role_profiles(caller)
    term.show(found, columns=["Key", "Title"], rows=[(one.key, one.title) for one in found])


@terminal.command(group, "template")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def _template(term: Terminal, caller: Caller, file: Path) -> None:
    """Write the empty spreadsheet template."""
    file.write_bytes(queries.template_workbook(caller.language))
    term.show({"file": str(file)}, words=str(file))


@terminal.command(group, "import-openings")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, help="Slug of the employer.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--keep-good", is_flag=True, help="Take in the good rows when others have problems.")
@click.option("--publish", is_flag=True, help="Open the new openings at once.")
def _import(
    term: Terminal, caller: Caller, file: Path, organisation: str, dry_run: bool, keep_good: bool, publish: bool
) -> None:
    """Read openings and roles from a spreadsheet (.xlsx, .ods, .csv)."""
    partner = organisations.partner(slug=organisation)
    with file.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    preview = actions.import_openings_preview(caller, organisation=partner.id, file_name=file.name, content=content)
    for one in preview.problems:
        term.say(f"{one.sheet} {one.row or ''} {one.column}: {one.expected} / {one.found}. {one.next_step}")
    if dry_run:
        rows = [(one.sheet, one.row, one.title, one.does) for one in preview.rows]
        term.show(preview, columns=["Sheet", "Row", "Title", "Does"], rows=rows)
        return
    done = actions.apply_upload(caller, upload=preview.upload, keep_good=keep_good, publish=publish)
    term.show(done, words=f"Upload {preview.upload}: {done.made} added, {done.changed} changed, {done.left_out} not.")


@terminal.command(group, "undo-import")
@click.argument("upload", type=int)
def _undo(term: Terminal, caller: Caller, upload: int) -> None:
    """Take an import back within 24 hours."""
    done = actions.undo_upload(caller, upload=upload)
    term.show(done, words=f"{done.removed} removed, {done.restored} put back.")


@terminal.command(group, "partners")
def _partners(term: Terminal, caller: Caller) -> None:
    """Who takes part."""
    found = queries.partners(caller)
    rows = [(one.slug, one.name, one.kind, one.place, one.openings) for one in found]
    term.show(found, columns=["Slug", "Name", "Kind", "Place", "Openings"], rows=rows)


@terminal.command(group, "add-partner")
@click.argument("name")
@click.option("--kind", type=click.Choice(OrganisationKind.values), default="employer")
@click.option("--sector", default="")
@click.option("--place", default="")
@click.option("--jobs", type=click.IntRange(0, 1_000_000))
def _add_partner(term: Terminal, caller: Caller, name: str, **fields: object) -> None:
    """Let an organisation take part from today."""
    made = organisations.add_partner(caller, name=name, **fields)  # type: ignore[arg-type]
    term.show(made, words=made.slug)


@terminal.command(group, "give-desk")
@click.argument("email")
@click.option("--organisation", required=True, help="Slug of the organisation.")
@click.option("--role", type=click.Choice(DeskRole.values), required=True)
def _give_desk(term: Terminal, caller: Caller, email: str, organisation: str, role: str) -> None:
    """Seat an account at a desk from today."""
    partner = organisations.partner(slug=organisation)
    seat = organisations.give_desk(caller, organisation=partner.id, email=email, role=role)
    term.show(seat, words=f"{seat.email}: {seat.role}")
