"""What does a cell about work say: a word of a list, languages with their level, competences with their task?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from valley.foundation.spreadsheets.cells import CellRefused, plain, text
from valley.foundation.spreadsheets.reading import Cell
from valley.work import drafts
from valley.work.sheets import columns

MUSTS = frozenset({"eis", "must", "must have", "moet", "verplicht", "vereist", "2"})
WISHES = frozenset({"wens", "wish", "nice to have", "pre", "gewenst", "1", ""})


@dataclass(frozen=True, slots=True)
class Words:
    """What people write, plain, and the keys behind it."""

    places: Mapping[str, str]
    languages: Mapping[str, str]
    contracts: Mapping[str, str]
    permits: Mapping[str, str]
    roles: Mapping[str, str]
    competence: Callable[[str], tuple[int | None, tuple[str, ...]]]


def chosen(cell: Cell, keys: Mapping[str, str], expected: str) -> str:
    """The key behind a word of a list, with the nearest one as next step."""
    found = text(cell)
    key = keys.get(plain(found))
    if key is None:
        raise CellRefused(expected, found or _("nothing"), drafts.one_of(set(keys), close_to=found))
    return key


def languages(cell: Cell, keys: Mapping[str, str]) -> tuple[drafts.LanguageDraft, ...]:
    """Languages with their levels, separated by semicolons, commas or line breaks."""
    found: list[drafts.LanguageDraft] = []
    for part in re.split(r"[;,\n]", text(cell)):
        if part.strip():
            name, level = columns.language_level(part)
            code = chosen(name, keys, _("a language of the list"))
            if not level:
                raise CellRefused(_("a level from A1 to C2 behind each language"), part.strip(), _("Write “Duits B1”."))
            found.append(drafts.LanguageDraft(code, level))
    return tuple(found)


def permits(cell: Cell, keys: Mapping[str, str]) -> tuple[str, ...]:
    """Permits, separated by semicolons, commas or line breaks."""
    parts = [part for part in re.split(r"[;,\n]", text(cell)) if part.strip()]
    return tuple(dict.fromkeys(chosen(part, keys, _("a known permit")) for part in parts))


def needs(cell: Cell, words: Words) -> tuple[drafts.NeedDraft, ...]:
    """Competences, one per line or separated by "|": competence; level; must or wish; task."""
    return tuple(_need(part, words) for part in re.split(r"[\n|]", text(cell)) if part.strip())


def _need(line: str, words: Words) -> drafts.NeedDraft:
    name, level, importance, task = ([part.strip() for part in line.split(";", 3)] + [""] * 3)[:4]
    competence, near = words.competence(name)
    if competence is None:
        step = _("Did you mean “%(guess)s”?") % {"guess": near[0]} if near else _("Search for it under Competences.")
        raise CellRefused(_("a competence of the vocabulary"), name, step)
    bare = plain(importance)
    if bare not in MUSTS | WISHES:
        raise CellRefused(_("must or wish"), importance, _("Write: competence; level; must or wish; task."))
    if level and level not in ("1", "2", "3", "4"):
        raise CellRefused(_("a level from 1 to 4"), level, _("Write: competence; level; must or wish; task."))
    must = drafts.MUST if bare in MUSTS else drafts.WISH
    return drafts.NeedDraft(competence, int(level or 2), must, task)
