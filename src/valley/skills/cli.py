"""How does someone at the terminal read the vocabulary, import ESCO into it and add a word to it?"""

from __future__ import annotations

from pathlib import Path

import click

from valley.foundation import terminal
from valley.foundation.access import Caller
from valley.foundation.terminal import Terminal
from valley.skills import actions, queries

group = click.Group("skills", help="Competences, occupations, ESCO releases.")
_PATHS = click.Path(path_type=Path)


@terminal.command(group, "import-esco", help="Import zips, folders or CSV files of one official ESCO release.")
@click.argument("paths", nargs=-1, required=True, type=_PATHS)
@click.option("--release", required=True, help="Number of the release, such as 1.1.1.")
@click.option("--language", default="en", show_default=True, help="en first; then nl for the same release.")
@click.option("--merges", type=_PATHS, help="CSV with conceptUri,replacedBy: concepts that went up in another.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
def import_esco(
    term: Terminal,
    caller: Caller,
    paths: tuple[Path, ...],
    release: str,
    language: str,
    merges: Path | None,
    dry_run: bool,
) -> None:
    """Import a release."""
    given = [*paths, *([merges] if merges else [])]
    with term.progress(f"ESCO {release} {language}") as progress:
        report = actions.import_esco(
            caller, path=given, release=release, language=language, dry_run=dry_run, progress=progress
        )
    for remark in report.warnings:
        term.say(f"{remark.count} {remark.words}, for instance {remark.samples[0]}")
    counts = report.counts
    rows = [
        ("occupations", counts.occupations),
        ("skills", counts.skills),
        ("skill groups", counts.skill_groups),
        ("ISCO groups", counts.isco_groups),
        ("relations of occupations and skills", counts.relations),
        ("relations between skills", counts.skill_relations),
        ("left out", counts.left_out),
        ("added", report.added),
        ("changed", report.changed + report.renamed),
        ("retired", report.retired),
        ("merged", report.merged),
        ("unchanged", report.unchanged),
    ]
    state = "written" if report.written else "nothing written"
    term.show(report, words=f"{state}, {report.seconds} s", columns=("What", "Number"), rows=rows)


@terminal.command(group, "import-titles", help="Import UWV's job titles with their ESCO occupations.")
@click.argument("path", type=_PATHS)
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
def import_titles(term: Terminal, caller: Caller, path: Path, dry_run: bool) -> None:
    """Import titles."""
    report = actions.import_titles(caller, path=path, dry_run=dry_run)
    state = "written" if report.written else "nothing written"
    term.show(report, words=f"{report.titles} titles, {report.links} links to occupations, {state}")


@terminal.command(group, "search", help="Search competences, job titles and occupations.")
@click.argument("text")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(queries.KINDS), help="Only this kind.")
@click.option("--limit", default=10, type=click.IntRange(1, 100), show_default=True)
def search(term: Terminal, caller: Caller, text: str, kinds: tuple[str, ...], limit: int) -> None:
    """Search."""
    found = queries.search(caller, text=text, kinds=kinds or queries.KINDS, limit=limit)
    rows = [(hit.kind, hit.id, hit.label, hit.because, hit.leads_to) for hit in found]
    term.show(found, words="" if found else "-", columns=("Kind", "Id", "Label", "Why", "Leads to"), rows=rows)


@terminal.command(group, "show", help="Everything about one competence, by id or identifier.")
@click.argument("competence")
def show(term: Terminal, caller: Caller, competence: str) -> None:
    """Show a competence."""
    number = int(competence) if competence.isdecimal() and len(competence) < 17 else 0
    page = queries.competence(caller, id=number, uri="" if number else competence)
    rows = [
        ("label", page.label),
        ("other language", page.other_label),
        ("kind", page.kind_words),
        ("reuse", page.reuse_level),
        ("groups", "; ".join(" > ".join(step.label for step in path) for path in page.paths)),
        ("related", ", ".join(one.label for one in page.related[:10])),
        ("occupations", f"{page.occupations_essential} + {page.occupations_optional}"),
        ("roles", ", ".join(page.roles)),
    ]
    term.show(page, words=page.description, columns=("What", page.uri), rows=rows)


@terminal.command(group, "releases", help="What was read in.")
def releases(term: Terminal, caller: Caller) -> None:
    """List releases."""
    lines = queries.releases(caller)
    rows = [(line.scheme, line.version, ", ".join(line.languages), line.imported_at.isoformat()) for line in lines]
    term.show(lines, columns=("Vocabulary", "Version", "Languages", "Read in at"), rows=rows)


@terminal.command(group, "diff", help="What changed between two releases of ESCO.")
@click.argument("older")
@click.argument("newer")
def diff(term: Terminal, caller: Caller, older: str, newer: str) -> None:
    """Compare two releases."""
    found = queries.release_diff(caller, older=older, newer=newer)
    names = ("added", "retired", "merged", "renamed", "changed")
    rows = [
        (name, change.kind, change.before, change.after or change.replaced_by, change.uri)
        for name in names
        for change in getattr(found, name)
    ]
    words = ", ".join(f"{name} {len(getattr(found, name))}" for name in names) + f", unchanged {found.unchanged}"
    term.show(found, words=words, columns=("What", "Kind", "Before", "After", "Identifier"), rows=rows)


@terminal.command(group, "add-concept", help="Add a competence that ESCO lacks.")
@click.option("--label-nl", required=True, help="Name in Dutch.")
@click.option("--label-en", required=True, help="Name in English.")
@click.option("--parent", required=True, type=int, help="Id of the competence it lies under (see search).")
@click.option("--author", required=True, help="The organisation that adds it.")
@click.option("--evidence", required=True, help="Where this competence shows.")
@click.option("--kind", default="skill", type=click.Choice(["skill", "knowledge", "attitude", "tool"]))
def add_concept(term: Terminal, caller: Caller, **given: str) -> None:
    """Add a local concept."""
    saved = actions.add_local_concept(caller, draft=actions.LocalConcept(**given))  # type: ignore[arg-type]
    term.show(saved, words=f"{saved.id} {saved.uri}")
