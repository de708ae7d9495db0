"""How does the terminal speak: one JSON document when asked, tables otherwise, progress apart, exit code 2 with help?

Every command of every room is made with :func:`command`: it adds ``--json`` and ``--lang``, builds the operator as
caller, and turns a :class:`ValleyError` into one line (or one JSON document) and exit code 2.
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click
from django.utils import translation
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from valley.core.errors import ValleyError
from valley.foundation import access, clock, problems
from valley.foundation.answers import plain

Report = Callable[[float, str], None]


class Terminal:
    """Where a command writes: results on standard output, progress and remarks on standard error."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.out = Console(highlight=False)
        self.err = Console(stderr=True, highlight=False)

    def show(
        self, result: Any, *, words: str = "", columns: Sequence[str] = (), rows: Sequence[Sequence[Any]] = ()
    ) -> None:
        """Write ``result`` as the one JSON document, or ``words`` and a table of ``rows`` under ``columns``."""
        if self.as_json:
            sys.stdout.write(json.dumps(plain(result), ensure_ascii=False, indent=2) + "\n")
            return
        if words:
            self.out.print(words, markup=False)
        if columns:
            table = Table(*columns, header_style="bold")
            for row in rows:
                table.add_row(*(str(cell) if cell is not None else "" for cell in row))
            self.out.print(table)

    def say(self, words: str) -> None:
        """A remark for the person, on standard error."""
        self.err.print(words, markup=False)

    @contextmanager
    def progress(self, title: str) -> Iterator[Report]:
        """A bar on standard error; yields ``report(share 0..1, words)``. Plain lines when not a terminal."""
        if not self.err.is_terminal:
            yield self._lines(title)
            return
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self.err, transient=True) as bar:
            task = bar.add_task(title, total=1.0)
            yield lambda share, words: bar.update(task, completed=share, description=words or title)

    def _lines(self, title: str) -> Report:
        shown = {"tenth": -1}

        def report(share: float, words: str) -> None:
            if int(share * 10) > shown["tenth"]:
                shown["tenth"] = int(share * 10)
                self.say(f"{title}: {share:4.0%} {words}")

        return report


def command(group: click.Group, name: str, **attributes: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Make ``function(terminal, caller, **options)`` a command of ``group`` with ``--json`` and ``--lang``."""

    def wrap(function: Callable[..., Any]) -> click.Command:
        @functools.wraps(function)
        def run(*, as_json: bool, lang: str, **options: Any) -> None:
            terminal = Terminal(as_json=as_json)
            caller = access.operator(at=clock.now(), language=lang)
            try:
                with translation.override(lang):
                    function(terminal, caller, **options)
            except ValleyError as error:
                with translation.override(lang):
                    _fail(terminal, error)

        decorated = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")(run)
        decorated = click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", help="Language.")(decorated)
        return group.command(name, **attributes)(decorated)

    return wrap


def _fail(terminal: Terminal, error: ValleyError) -> None:
    if terminal.as_json:
        body = {
            "error": error.code,
            "expected": error.expected,
            "found": error.found,
            "next_step": error.next_step,
            "facts": error.facts,
        }
        sys.stdout.write(json.dumps(plain(body), ensure_ascii=False, indent=2) + "\n")
    else:
        terminal.say(f"{error.code}: {problems.sentence(error)}")
    sys.exit(2)
