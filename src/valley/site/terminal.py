"""How is the whole house run from a terminal: serve, accounts, Django's own commands?"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import timedelta

import click
from django.conf import settings
from django.core.management import execute_from_command_line

from valley.core.errors import ValleyError
from valley.foundation import access, clock
from valley.foundation import accounts as accounts_
from valley.foundation.terminal import Terminal, command

accounts = click.Group("accounts", help="Make accounts and API keys.")


class PortRefused(ValleyError):
    """The server cannot listen there."""

    code = "port-refused"


@command(accounts, "add")
@click.argument("email")
@click.option("--password-from-env", "variable", default="", help="Name of a variable that holds the password.")
def _add(terminal: Terminal, caller: access.Caller, email: str, variable: str) -> None:
    """Make an account; without a password its owner signs in with a code by e-mail."""
    made = accounts_.make_account(caller, email=email, password=os.environ.get(variable) if variable else None)
    terminal.show(made, words=f"Made account {made.pseudonym} for {made.email}.")


@command(accounts, "token")
@click.argument("email")
@click.option("--label", default="terminal", help="What the key is for.")
@click.option("--days", default=90, help="How long it lives, at most 366.")
def _token(terminal: Terminal, caller: access.Caller, email: str, label: str, days: int) -> None:
    """Make a key for the API; it is shown once."""
    ends_on = clock.today(caller.at) + timedelta(days=days)
    secret = accounts_.issue_token(caller, account=accounts_.account_id(email), label=label, ends_on=ends_on)
    terminal.show({"token": secret, "ends_on": ends_on}, words=f"{secret}\nEnds on {ends_on}. It is not shown again.")


@click.command("serve")
@click.option("--host", default="127.0.0.1", help="Address to listen on.")
@click.option("--port", default=8000, help="Port to listen on.")
@click.option("--processes", default=1, help="Web processes.")
@click.option("--no-jobs", is_flag=True, help="Do not work on waiting jobs beside the server.")
def serve(host: str, port: int, processes: int, no_jobs: bool) -> None:
    """Serve this valley with granian, and work on waiting jobs beside it."""
    run_server(host=host, port=port, processes=processes, with_jobs=not no_jobs)


def run_server(*, host: str, port: int, processes: int = 1, with_jobs: bool = True) -> None:
    """Serve until stopped. Raises :class:`PortRefused` when the port is taken."""
    from granian import Granian
    from granian.constants import Interfaces

    _port_is_free(host, port)
    worker = _jobs_beside() if with_jobs else None
    click.echo(f"{settings.VALLEY_REGION} is open at http://{'localhost' if host == '127.0.0.1' else host}:{port}/")
    click.echo("Stop with Ctrl-C.", err=True)
    try:
        Granian(
            "valley.site.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=processes,
            blocking_threads=4,
            log_access=False,
            respawn_failed_workers=True,
        ).serve()
    finally:
        if worker is not None:
            worker.terminate()


def _jobs_beside() -> subprocess.Popen[bytes]:
    """A process of its own that works on waiting jobs; killed or not, its leases keep every job."""
    return subprocess.Popen([sys.executable, "-m", "valley", "jobs", "work"], stdout=subprocess.DEVNULL)


def _port_is_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            refused = PortRefused(
                expected=f"a free port on {host}", found=f"{port}: {error.strerror}", next_step="Choose another --port."
            )
            click.echo(f"{refused.code}: {refused}", err=True)
            sys.exit(2)


@click.command("manage", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own management commands."""
    execute_from_command_line(["valley manage", *arguments])
