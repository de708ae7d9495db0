"""How does the operator at the terminal see what a text asks, and name the systems it must not take for competences?"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from click.core import ParameterSource

from valley.foundation import organisations, terminal
from valley.foundation.access import Caller
from valley.foundation.documents import read_file
from valley.foundation.spreadsheets.reading import MOST_BYTES
from valley.foundation.terminal import Terminal
from valley.reading import actions, queries

group = click.Group("reading", help="The words texts are read with: phrases, and names of systems.")
skills = click.Group("skills-of-texts", help="What a text asks.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SPOKEN = click.Choice(["nl", "en", "de"])


@terminal.command(skills, "propose")
@click.argument("file", type=FILE)
@click.option("--text-lang", type=SPOKEN, help="Language of the text, when it is not the --lang of the answer.")
def _propose(term: Terminal, caller: Caller, file: Path, text_lang: str | None) -> None:
    """Say what a text (.txt, .docx) asks, sentence by sentence; nothing is kept."""
    words = read_file(file.name, file.open("rb").read(MOST_BYTES + 1))
    found = queries.proposed(caller, text=words, language=spoken(caller, text_lang))
    rows = [
        (one.sentence, one.label, one.cue, one.level or "", one.because, f"{one.score:.2f}") for one in found.proposals
    ]
    systems = "; ".join(f"{one.name} = {one.label}" for one in found.systems)
    told = f"{found.language}, {found.sentences} sentences, {len(found.proposals)} proposals. Systems: {systems or '-'}"
    columns = ["Sentence", "Competence", "Part", "Level", "Why", "Score"]
    term.show(found, words=told, columns=columns, rows=rows)


propose = skills.commands["propose"]
"""Hangs under ``valley skills``: the room of the vocabulary lies below this one and cannot read texts itself."""


@terminal.command(group, "phrases")
def _phrases(term: Terminal, caller: Caller) -> None:
    """Load the phrases in which job texts say the trade's competences."""
    done = actions.load_starter_phrases(caller)
    term.show(done, words=f"{done.added} phrases added, {done.present} there already.")


@terminal.command(group, "systems")
def _systems(term: Terminal, caller: Caller) -> None:
    """Names that are systems and never competences."""
    found = queries.system_names(caller)
    rows = [(one.name, one.tool_class_label, one.seen_on, one.owner) for one in found]
    term.show(found, columns=["Name", "Class", "Seen on", "Of"], rows=rows)


@terminal.command(group, "add-system")
@click.argument("name")
@click.option("--tool-class", required=True, help="Key of the class, such as crm.")
@click.option("--employer", help="Slug of the employer whose own name it is.")
@click.option("--seen-on", type=click.DateTime(["%Y-%m-%d"]), required=True)
def _add_system(
    term: Terminal, caller: Caller, name: str, tool_class: str, employer: str | None, seen_on: datetime
) -> None:
    """Say that a name is a system of a class."""
    organisation = organisations.partner(slug=employer).id if employer else None
    on: date = seen_on.date()
    made = actions.add_system_name(caller, name=name, tool_class=tool_class, on=on, organisation=organisation)
    term.show(queries.Added(made), words=f"{made}: read the texts again with: valley evidence read")


def spoken(caller: Caller, text_lang: str | None) -> str:
    """The language of the text: as said, else the one asked for on the command line, else recognised ("")."""
    source = click.get_current_context().get_parameter_source("lang")
    return text_lang or (caller.language if source == ParameterSource.COMMANDLINE else "")
