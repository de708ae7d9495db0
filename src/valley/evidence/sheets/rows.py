"""Which rows of evidence does a file hold, and what is wrong with each of the others?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from valley.evidence.sheets.columns import EXPLANATION, LANGUAGES, SHEETS, columns
from valley.foundation.spreadsheets import cells, tables
from valley.foundation.spreadsheets.cells import CellRefused, plain
from valley.foundation.spreadsheets.reading import Cell, Sheet
from valley.foundation.spreadsheets.tables import Problem, ReadRow


@dataclass(frozen=True, slots=True)
class Words:
    """What people write, plain, and the ids behind it. ``competence`` gives an id, or None with the nearest labels.

    ``employers`` are those the caller may bring evidence for; ``suggests`` False keeps the other names silent.
    """

    employers: Mapping[str, int]
    work_processes: Mapping[str, int]
    competence: Callable[[str], tuple[int | None, tuple[str, ...]]]
    is_system: Callable[[str], bool]
    suggests: bool


def rows_of(
    sheets: Sequence[Sheet], *, kind: str, words: Words, names_employer: bool
) -> tuple[tuple[ReadRow, ...], tuple[Problem, ...]]:
    """The rows of all sheets that hold this kind of evidence, and every problem, in the order of the file."""
    asked = columns(kind, names_employer=names_employer)
    table = tables.Table(kind, (*SHEETS[kind][:2], *SHEETS[kind][2]), asked, _readers(words))
    read, problems = tables.rows_of(sheets, tables=[table], ignored=EXPLANATION, forbidden=frozenset())
    return read, tuple(_with_headers(one, asked) for one in problems)


def _with_headers(problem: Problem, asked: Sequence[tables.Column]) -> Problem:
    """A file without any known table is told which headers are looked for: a .csv has no name for its sheet."""
    if problem.sheet or problem.row is not None:
        return problem
    names = ", ".join(one.header(get_language() or "nl") for one in asked if one.required)
    step = _("Give the first row at least these headers: %(names)s.") % {"names": names}
    return replace(problem, next_step=step)


def _readers(words: Words) -> dict[str, Callable[[Cell], Any]]:
    return {
        "employer": lambda cell: _employer(cell, words),
        "language": _language,
        "dated_on": cells.day,
        "work_process": lambda cell: _work_process(cell, words),
        "competence": lambda cell: _competence(cell, words),
        "level": lambda cell: _four(cell, _("a level from 1 to 4")),
        "importance": lambda cell: _four(cell, _("an importance from 1 to 4")),
    }


def _employer(cell: Cell, words: Words) -> int | None:
    found = cells.text(cell)
    if not found:
        return None
    employer = words.employers.get(plain(found))
    if employer is None:
        near = tables.nearest(plain(found), words.employers) if words.suggests else ""
        step = _("Did you mean “%(guess)s”?") % {"guess": near} if near else _("Choose one from the list of partners.")
        raise CellRefused(_("an employer you may bring evidence for"), found, step)
    return employer


def _language(cell: Cell) -> str:
    found = cells.text(cell)
    if found and plain(found) not in LANGUAGES:
        raise CellRefused(_("Dutch, English or German"), found, _("Leave it empty to let it be recognised."))
    return LANGUAGES.get(plain(found), "")


def _work_process(cell: Cell, words: Words) -> int:
    found = cells.text(cell)
    process = words.work_processes.get(found.strip().casefold())
    if process is None:
        near = tables.nearest(found, words.work_processes)
        step = _("Did you mean “%(guess)s”?") % {"guess": near.upper()} if near else _("Import the dossier first.")
        raise CellRefused(_("a work process of a dossier that was imported"), found, step)
    return process


def _competence(cell: Cell, words: Words) -> int | None:
    found = cells.text(cell)
    if not found:
        return None
    if words.is_system(found):
        step = _("Write what someone does with such a system; it can be learned anywhere.")
        raise CellRefused(_("a competence"), _("the name of a system: %(name)s") % {"name": found}, step)
    competence, near = words.competence(found)
    if competence is None:
        step = _("Did you mean “%(guess)s”?") % {"guess": near[0]} if near else _("Search for it under Competences.")
        raise CellRefused(_("a competence of the vocabulary"), found, step)
    return competence


def _four(cell: Cell, expected: str) -> int | None:
    number = cells.optional_whole(cell)
    if number is not None and not 1 <= number <= 4:
        raise CellRefused(expected, str(number), _("Choose 1, 2, 3 or 4."))
    return number
