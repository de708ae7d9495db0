"""How does the operator read texts and decide at the terminal?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from valley.evidence import actions, drafts, queries
from valley.foundation import organisations, terminal
from valley.foundation.access import Caller
from valley.foundation.spreadsheets.reading import MOST_BYTES
from valley.foundation.terminal import Terminal
from valley.reading.cli import spoken

group = click.Group("evidence", help="Job texts, observations, ratings and what is read in them.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SPOKEN = click.Choice(["nl", "en", "de"])
KINDS = click.Choice(["job-text", "observation", "rating"])
LEAST = click.FloatRange(0, 1)


@terminal.command(group, "add")
@click.argument("file", type=FILE)
@click.option("--employer", required=True, help="Slug of the employer.")
@click.option("--text-lang", type=SPOKEN, help="Language of the text, when it is not the --lang of the answer.")
@click.option("--title", default="", help="Name of the job; the first line when left out.")
@click.option("--date", "dated_on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the text; today when left out.")
@click.option("--reference", default="", help="The employer's own number.")
def _add(
    term: Terminal,
    caller: Caller,
    file: Path,
    employer: str,
    text_lang: str | None,
    title: str,
    dated_on: datetime | None,
    reference: str,
) -> None:
    """Add a job text (.txt, .docx)."""
    draft = drafts.TextDraft(
        organisation=organisations.partner(slug=employer).id, title=title,
        text=actions.read_file(file.name, _content(file)), language=spoken(caller, text_lang),
        dated_on=dated_on.date() if dated_on else None, reference=reference, file_name=file.name[-160:],
    )  # fmt: skip
    saved = actions.add_text(caller, draft=draft)
    for other in saved.near:
        term.say(f"Nearly the same words as piece {other}.")
    if saved.looks_like:
        term.say(f"The text looks like {saved.looks_like}, not {saved.language}: withdraw it and use --text-lang.")
    term.show(saved, words=f"Piece {saved.id} ({saved.language}). Read it with: valley evidence read")


@terminal.command(group, "import")
@click.argument("file", type=FILE)
@click.option("--kind", type=KINDS, default="job-text", show_default=True)
@click.option("--employer", help="Slug of the employer, when the rows do not name one.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--keep-good", is_flag=True, help="Take in the good rows when others have problems.")
def _import(
    term: Terminal, caller: Caller, file: Path, kind: str, employer: str | None, dry_run: bool, keep_good: bool
) -> None:
    """Read texts, observations or ratings from a spreadsheet (.xlsx, .ods, .csv)."""
    organisation = organisations.partner(slug=employer).id if employer else None
    asked = {"kind": kind, "organisation": organisation, "file_name": file.name}
    preview = actions.intake_preview(caller, content=_content(file), **asked)
    for one in preview.problems:
        term.say(f"{one.sheet} {one.row or ''} {one.column}: {one.expected} / {one.found}. {one.next_step}")
    if dry_run:
        rows = [(one.sheet, one.row, one.employer, one.title, one.does) for one in preview.rows]
        term.show(preview, columns=["Sheet", "Row", "Employer", "Title", "Does"], rows=rows)
        return
    done = actions.apply_intake(caller, intake=preview.intake, keep_good=keep_good)
    words = f"Upload {done.intake}: {done.made} rows in, {done.same} there already, {done.left_out} left out."
    term.show(done, words=words)


@terminal.command(group, "template")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--kind", type=KINDS, default="job-text", show_default=True)
def _template(term: Terminal, caller: Caller, file: Path, kind: str) -> None:
    """Write the empty spreadsheet."""
    file.write_bytes(queries.template_workbook(caller.language, kind=kind))
    term.show({"file": str(file)}, words=str(file))


@terminal.command(group, "read")
@click.option("--employer", help="Slug of one employer.")
def _read(term: Terminal, caller: Caller, employer: str | None) -> None:
    """Read the texts that wait; what people decided is never touched."""
    organisation = organisations.partner(slug=employer).id if employer else None
    with term.progress("Reading") as report:
        done = actions.read_pieces(caller, organisation=organisation, progress=report)
    words = f"{done.pieces} read, {done.proposals} proposals, {done.gone} gone, {len(done.unreadable)} unreadable."
    term.show(done, words=words)


@terminal.command(group, "list")
@click.option("--employer", help="Slug of one employer.")
@click.option("--state", type=click.Choice(["unread", "waiting", "done", "withdrawn"]), default=None)
@click.option("--limit", type=click.IntRange(1, 1000), default=50)
@click.option("--offset", type=click.IntRange(0, 100_000), default=0)
def _list(term: Terminal, caller: Caller, employer: str | None, state: str | None, limit: int, offset: int) -> None:
    """Pieces of evidence, newest first."""
    organisation = organisations.partner(slug=employer).id if employer else None
    found = queries.pieces(caller, organisation=organisation, state=state or "", limit=limit, offset=offset)
    rows = [
        (one.id, one.employer, one.kind, one.language, one.dated_on, one.title, one.findings, one.waiting)
        for one in found.items
    ]
    columns = ["Id", "Employer", "Kind", "Language", "Day", "Title", "Findings", "Waiting"]
    term.show(found, words=f"{found.total} pieces", columns=columns, rows=rows)


@terminal.command(group, "show")
@click.argument("piece", type=int)
def _show(term: Terminal, caller: Caller, piece: int) -> None:
    """One piece, with what was read in it."""
    found = queries.piece(caller, id=piece)
    rows = [(one.id, one.label, one.state, one.level, f"{one.score:.2f}", one.sentence) for one in found.findings]
    columns = ["Id", "Competence", "State", "Level", "Score", "Sentence"]
    term.show(found, words=f"{found.piece.title} ({found.piece.employer})\n\n{found.text}", columns=columns, rows=rows)


@terminal.command(group, "waiting")
@click.option("--employer", help="Slug of one employer.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50)
@click.option("--offset", type=click.IntRange(0, 100_000), default=0)
def _waiting(term: Terminal, caller: Caller, employer: str | None, limit: int, offset: int) -> None:
    """What waits for a decision."""
    organisation = organisations.partner(slug=employer).id if employer else None
    found = queries.to_decide(caller, organisation=organisation, limit=limit, offset=offset)
    lines = [(one.employer, one.finding) for one in found.items]
    rows = [
        (line.id, employer, line.label, line.because, f"{line.score:.2f}", line.sentence) for employer, line in lines
    ]
    columns = ["Id", "Employer", "Competence", "Why", "Score", "Sentence"]
    term.show(found, words=f"{found.total} waiting", columns=columns, rows=rows)


@terminal.command(group, "decide")
@click.option("--all-above", type=LEAST, required=True, help="Confirm everything with at least this score.")
def _decide(term: Terminal, caller: Caller, all_above: float) -> None:
    """Confirm what waits, by score; the audit says who did it."""
    done = actions.confirm_all(caller, above=all_above)
    term.show(done, words=f"{done.confirmed} confirmed.")


@terminal.command(group, "merges")
@click.option("--propose", "look", is_flag=True, help="Look for new pairs first.")
@click.option("--state", type=click.Choice(["proposed", "merged", "apart"]), default=None)
def _merges(term: Terminal, caller: Caller, look: bool, state: str | None) -> None:
    """Near-equal competences, side by side."""
    if look:
        done = actions.propose_merges(caller)
        term.say(f"{done.new} new pairs, {done.known} known.")
    found = queries.merges(caller, state=state or "")
    rows = [
        (one.id, one.kept.label, one.kept.employers, one.folded.label, one.folded.employers, one.because, one.state)
        for one in found
    ]
    columns = ["Id", "Kept", "Employers", "Folded", "Employers", "Why", "State"]
    term.show(found, columns=columns, rows=rows)


@terminal.command(group, "decide-merge")
@click.argument("merge", type=int)
@click.option("--state", type=click.Choice(["merged", "apart", "proposed"]), required=True)
@click.option("--reason", default="")
def _decide_merge(term: Terminal, caller: Caller, merge: int, state: str, reason: str) -> None:
    """Count a pair as one, keep it apart, or leave it open again."""
    now = next((one.version for one in queries.merges(caller) if one.id == merge), 0)
    saved = actions.decide_merge(caller, merge=merge, state=state, reason=reason, version=now)
    term.show(saved, words=f"Pair {saved.id}: {saved.state}.")


@terminal.command(group, "terms")
@click.argument("employer")
@click.option("--show-name/--hide-name", default=None, help="Allow designers to read the name, or not.")
def _terms(term: Terminal, caller: Caller, employer: str, show_name: bool | None) -> None:
    """What an employer allows with its evidence."""
    organisation = organisations.partner(slug=employer).id
    if show_name is not None:
        actions.allow_names(caller, organisation=organisation, name_shown=show_name)
    found = queries.terms(caller, organisation=organisation)
    term.show(found, words=f"{found.name}: {'shown' if found.name_shown else 'not shown'}")


def _content(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)
