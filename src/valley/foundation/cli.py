"""How does the operator keep the house at the terminal: backup, restore, doctor, jobs, audit, privacy, keys?"""

from __future__ import annotations

import sys
from pathlib import Path

import click
from django.db import transaction
from django.utils.translation import gettext as _

from valley.foundation import access, backups
from valley.foundation import audit as audit_
from valley.foundation import doctor as doctor_
from valley.foundation import jobs as jobs_
from valley.foundation import privacy as privacy_
from valley.foundation.terminal import Terminal, command

# The top commands stand at the root of ``valley``; the group only carries them.
_top = click.Group("foundation")


@command(_top, "backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(terminal: Terminal, caller: access.Caller, file: Path) -> None:
    """Write a portable backup to FILE while everything goes on. It holds no keys: see ``valley keys copy``."""
    with terminal.progress(_("Backup")) as report:
        done = backups.backup(file, at=caller.at, progress=report)
    with transaction.atomic():
        audit_.record(caller, verb="backups.make", subject=("valley", "all"))
    words = _("Wrote %(rows)d rows of %(tables)d tables to %(path)s.")
    terminal.show(done, words=words % {"rows": done.rows, "tables": done.tables, "path": done.path})


@command(_top, "restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Replace everything that is here now.")
@click.option("--forget-unreadable", is_flag=True, help="Forget people whose key is not in this vault.")
def restore(terminal: Terminal, caller: access.Caller, file: Path, replace: bool, forget_unreadable: bool) -> None:
    """Put the backup FILE back, whole or not at all."""
    with terminal.progress(_("Restore")) as report:
        done = backups.restore(
            file, at=caller.at, progress=report, into_empty=not replace, forget_unreadable=forget_unreadable
        )
    with transaction.atomic():
        audit_.record(caller, verb="backups.restore", subject=("valley", "all"))
    words = _("Put back %(rows)d rows of %(made_at)s; %(forgotten)d people were forgotten again.")
    terminal.show(done, words=words % {"rows": done.rows, "made_at": done.made_at, "forgotten": done.forgotten})


@command(_top, "doctor")
def doctor(terminal: Terminal, caller: access.Caller) -> None:
    """Examine this valley; exit code 1 when something is bad."""
    findings = doctor_.examine(caller.at)
    rows = [(one.name, one.state, one.words, one.next_step) for one in findings]
    columns = (_("what"), _("state"), _("finding"), _("next step"))
    terminal.show({"state": doctor_.worst(findings), "findings": findings}, columns=columns, rows=rows)
    if doctor_.worst(findings) == "bad":
        sys.exit(1)


# --- jobs -------------------------------------------------------------------------------------------------------------

jobs = click.Group("jobs", help="Work on waiting jobs, or list them.")


@command(jobs, "work")
@click.option("--once", is_flag=True, help="Stop when no job is ready.")
def _work(terminal: Terminal, caller: access.Caller, once: bool) -> None:
    """Work on waiting jobs until stopped."""
    terminal.say(_("Working on jobs; stop with Ctrl-C."))
    ended = jobs_.run_worker(once=once)
    terminal.show({"ended": ended}, words=_("%(count)d jobs ended here.") % {"count": ended})


@command(jobs, "list")
@click.option("--state", type=click.Choice(["ready", "running", "done", "failed"]), default=None)
@click.option("--limit", default=50, help="How many, newest first.")
def _list(terminal: Terminal, caller: access.Caller, state: str | None, limit: int) -> None:
    """List jobs, newest first."""
    lines = jobs_.listed(state=state or "", limit=limit)
    rows = [(one.id, one.task, one.state, f"{one.share:.0%}", one.attempts, one.words or one.error) for one in lines]
    terminal.show(lines, columns=("id", _("task"), _("state"), _("done"), _("attempts"), _("words")), rows=rows)


# --- audit ------------------------------------------------------------------------------------------------------------

audit = click.Group("audit", help="Verify the audit chain, or read about a subject.")


@command(audit, "verify")
def _verify(terminal: Terminal, caller: access.Caller) -> None:
    """Walk the whole chain; exit code 1 when it is broken."""
    chain = audit_.verify()
    answer = {"lines": chain.lines, "whole": chain.whole, "broken_at": chain.broken_at, "head": chain.head}
    words = (
        _("%(count)d lines, the chain is whole.") % {"count": chain.lines}
        if chain.whole
        else _("The chain is broken at line %(line)d.") % {"line": chain.broken_at or 0}
    )
    terminal.show(answer, words=words)
    if not chain.whole:
        sys.exit(1)


@command(audit, "about")
@click.argument("kind")
@click.argument("pseudonym")
@click.option("--limit", default=100, help="How many lines, newest first.")
def _about(terminal: Terminal, caller: access.Caller, kind: str, pseudonym: str, limit: int) -> None:
    """What was done to one subject: KIND (person, account, opening ...) and PSEUDONYM."""
    lines = audit_.lines_about(kind, pseudonym, limit=limit)
    rows = [(one.at.isoformat(), one.actor, one.door, one.verb, ", ".join(one.fields)) for one in lines]
    terminal.show(lines, columns=(_("when"), _("who"), _("door"), _("what"), _("fields")), rows=rows)


# --- privacy ----------------------------------------------------------------------------------------------------------

privacy = click.Group("privacy", help="The personal-data register and its keep times.")


@command(privacy, "retention")
@click.option("--dry-run", is_flag=True, help="Only count.")
def _retention(terminal: Terminal, caller: access.Caller, dry_run: bool) -> None:
    """Remove what is past its keep time; run it every night."""
    removed = privacy_.retention(caller.at, dry_run=dry_run)
    if not dry_run and any(one.rows for one in removed):
        with transaction.atomic():
            audit_.record(caller, verb="privacy.retention", subject=("valley", "all"))
    rows = [(one.table, one.rows) for one in removed]
    terminal.show({"dry_run": dry_run, "removed": removed}, columns=(_("table"), _("rows")), rows=rows)


@command(privacy, "register")
def _register(terminal: Terminal, caller: access.Caller) -> None:
    """Which tables hold personal data, why, on what ground and how long."""
    lines = [
        {"table": one.label, "purpose": one.purpose, "basis": one.basis, "kept": one.kept, "on_erase": one.on_erase}
        for one in privacy_.personal()
    ]
    columns = (_("table"), _("purpose"), _("ground"), _("kept"), _("at erasure"))
    terminal.show(lines, columns=columns, rows=[tuple(line.values()) for line in lines])


# --- keys -------------------------------------------------------------------------------------------------------------

keys = click.Group("keys", help="Copy the vault of keys, apart from backups.")


@command(keys, "copy")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def _copy(terminal: Terminal, caller: access.Caller, file: Path) -> None:
    """Copy the vault to FILE; keep it apart from backups and replace it after every erasure."""
    count = backups.copy_keys(file)
    with transaction.atomic():
        audit_.record(caller, verb="keys.copy", subject=("valley", "vault"))
    terminal.show({"keys": count, "path": str(file)}, words=_("Copied %(count)d keys.") % {"count": count})
