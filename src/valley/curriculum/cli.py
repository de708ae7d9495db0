"""How does the operator read, compare, export and import programmes at the terminal?"""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _

from valley.curriculum import actions, queries
from valley.curriculum.queries.files import TYPES
from valley.foundation import terminal
from valley.foundation.access import Caller
from valley.foundation.spreadsheets.reading import MOST_BYTES
from valley.foundation.terminal import Terminal

group = click.Group("curriculum", help="The red thread, programmes and the field window.")


@terminal.command(group, "programmes")
def _programmes(term: Terminal, caller: Caller) -> None:
    """Programmes with their newest versions."""
    found = queries.programmes(caller)
    rows = [(one.key, one.name, one.organisation, one.latest, one.draft, one.cohorts) for one in found]
    columns = ["Key", _("Name"), _("School"), _("Published"), _("Draft"), _("Cohorts")]
    term.show(found, columns=columns, rows=rows)


@terminal.command(group, "show")
@click.argument("version", metavar="KEY@N")
def _show(term: Terminal, caller: Caller, version: str) -> None:
    """One version: units, outcomes, competences."""
    found = queries.version(caller, ref=version)
    rows = [
        (unit.title, one.code, one.text, one.depth_words, "; ".join(f"{c.label} {c.level}" for c in one.competences))
        for unit in found.units
        for one in unit.outcomes
    ]
    columns = [_("Unit"), _("Outcome"), _("Text"), _("Depth"), _("Competences")]
    term.show(found, words=f"{found.ref} {found.name}: {found.state_words}", columns=columns, rows=rows)


@terminal.command(group, "diff")
@click.argument("before", metavar="KEY@1")
@click.argument("after", metavar="KEY@2")
def _diff(term: Terminal, caller: Caller, before: str, after: str) -> None:
    """What changed from one version to another."""
    found = queries.diff(caller, before=before, after=after)
    rows = [
        (one.kind_words, one.what_words, one.code, field.field_words, field.before, field.after)
        for one in found.changes
        for field in one.fields
    ]
    columns = [_("Change"), _("Part"), _("Code"), _("Field"), before, after]
    term.show(found, columns=columns, rows=rows)
    if not term.as_json:
        columns = [_("Competence"), _("Level")]
        term.show(found, columns=columns, rows=[(one.label, one.words) for one in found.shifts])


@terminal.command(group, "delta")
@click.argument("version", metavar="KEY@N")
def _delta(term: Terminal, caller: Caller, version: str) -> None:
    """A version against its qualification dossier."""
    found = queries.regional_delta(caller, ref=version)
    columns = [_("Competence"), _("Side"), _("Taught"), _("Asked")]
    rows = [(one.label, one.side_words, one.taught, one.asked) for one in found.competences]
    term.show(found, words=found.dossier_name or "-", columns=columns, rows=rows)


@terminal.command(group, "coverage")
@click.argument("version", metavar="KEY@N")
def _coverage(term: Terminal, caller: Caller, version: str) -> None:
    """What a version gives each employer: taught at all, and deep enough."""
    found = queries.coverage(caller, ref=version)
    rows = [(one.employer, f"{one.present} %", f"{one.deep} %", len(one.missing)) for one in found.employers]
    columns = [_("Employer"), _("Taught"), _("Deep enough"), _("Missing")]
    term.show(found, words=f"{found.ref}: {found.present} %, {found.deep} %", columns=columns, rows=rows)


@terminal.command(group, "export")
@click.argument("version", metavar="KEY@N")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def _export(term: Terminal, caller: Caller, version: str, file: Path) -> None:
    """Write a version to FILE (.toml, .csv or .xlsx)."""
    kind = file.suffix.removeprefix(".").casefold()
    if kind not in TYPES:
        raise actions.ProgrammeRefused(
            expected=", ".join(f".{one}" for one in TYPES), found=file.name, next_step=_("Choose another file name.")
        )
    found = queries.programme_file(caller, ref=version, kind=kind)
    file.write_bytes(found.content)
    term.show({"file": str(file)}, words=str(file))


@terminal.command(group, "import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--programme", required=True, help="Key of the programme.")
@click.option("--why", required=True, help="What this version changes, and why.")
def _import(term: Terminal, caller: Caller, file: Path, programme: str, why: str) -> None:
    """Begin a version from FILE; with a problem nothing is stored."""
    with file.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    done = actions.import_version(caller, programme=programme, file_name=file.name, content=content, why=why)
    for one in done.problems:
        term.say(f"{one.sheet} {one.row or ''} {one.column}: {one.expected} / {one.found}. {one.next_step}")
    if not done.ref:
        first = done.problems[0]
        raise actions.ProgrammeRefused(
            expected=first.expected, found=first.found, next_step=first.next_step, problems=len(done.problems)
        )
    term.show(done, words=done.ref)


@terminal.command(group, "focus-areas")
def _areas(term: Terminal, caller: Caller) -> None:
    """Load the focus areas of the starter file; twice changes nothing."""
    done = actions.load_focus_areas(caller)
    term.show(done, words=f"{done.added} + {done.changed} ({done.unchanged})")
