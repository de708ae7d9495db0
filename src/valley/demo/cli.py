"""How does someone see the whole valley at work in a minute? ``valley demo``."""

from __future__ import annotations

import click

from valley.demo import loader
from valley.demo.region import SEED
from valley.foundation import accounts, terminal
from valley.foundation.access import Caller

group = click.Group("demo", help="The invented demo region.")


@terminal.command(group, "demo")
@click.option("--seed", default=SEED, show_default=True, help="Another seed draws other people and openings.")
@click.option("--small", is_flag=True, help="Ten employers, 200 workers and 60 openings.")
@click.option("--no-serve", is_flag=True, help="Load only.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def command(
    term: terminal.Terminal, caller: Caller, seed: int, small: bool, no_serve: bool, host: str, port: int
) -> None:
    """Load the invented region (once) and serve it, with ready accounts on the login page."""
    with term.progress("Demo") as report:
        found = loader.load_region(caller, seed=seed, small=small, progress=report)
    ready = accounts.demo_accounts()
    words = "The demo region is ready." if found.changed else "The demo region was there already; nothing changed."
    term.show(
        {"loading": found, "accounts": ready},
        words=words,
        columns=["Ready account (choose it on the login page)", "Desk"],
        rows=[(one.email, one.label) for one in ready],
    )
    if not no_serve:
        _serve(host, port)


def _serve(host: str, port: int) -> None:
    """Hand over to ``valley serve``, which lives above the rooms: it is found through the running command line."""
    context = click.get_current_context()
    root = context.find_root()
    serve = root.command.get_command(root, "serve") if isinstance(root.command, click.Group) else None
    if serve is not None:
        context.invoke(serve, host=host, port=port)
