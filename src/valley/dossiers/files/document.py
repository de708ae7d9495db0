"""Is this document a dossier, and what is wrong where if it is not?

A document is a tree of plain values, as TOML gives it. Every flaw is gathered, so that one reading names them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.utils.text import slugify
from django.utils.translation import gettext as _

from valley.dossiers.drafts import LONGEST, AskedDraft, CoreTaskDraft, DossierDraft, PartDraft, WorkProcessDraft
from valley.foundation.spreadsheets.tables import nearest

KINDS = ("base", "profile", "elective")
MOST_MONTHS = 72
"""The longest mbo courses take four years; six leaves room for part-time routes."""
KEYS = {
    "dossier": ("code", "valid_from", "valid_until", "name_nl", "name_en", "level", "nominal_months", "source", "part"),
    "part": ("code", "kind", "name_nl", "name_en", "core_task"),
    "core_task": ("code", "name_nl", "name_en", "work_process"),
    "work_process": ("code", "name_nl", "name_en", "competences"),
}
Finder = Callable[[str], tuple[int | None, str]]
"""A competence by key, name or number: its id, or None with the nearest one there is."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong at a place of the document, such as ``part B1 > B1-K1``."""

    where: str
    expected: str
    found: str
    next_step: str


class Node:
    """One table of the document, with its place; reading a field notes what is wrong with it and goes on."""

    def __init__(self, raw: Mapping[str, Any], *, kind: str, where: str, flaws: list[Flaw]) -> None:
        self.raw, self.kind, self.flaws = raw, kind, flaws
        code = raw.get("code")
        self.where = " > ".join(part for part in (where, code if isinstance(code, str) else "") if part) or kind
        for key in raw:
            if key not in KEYS[kind]:
                self._unknown(str(key))

    def flaw(self, expected: str, found: object, next_step: str) -> None:
        """Note a flaw at this place."""
        self.flaws.append(Flaw(self.where, expected, str(found)[:120], next_step))

    def _unknown(self, key: str) -> None:
        near = nearest(key, KEYS[self.kind])
        step = _("Did you mean “%(guess)s”?") % {"guess": near} if near else _("Remove it.")
        self.flaw(_("one of: %(keys)s") % {"keys": ", ".join(KEYS[self.kind])}, key, step)

    def text(self, key: str, *, most: int, required: bool = True) -> str:
        """A text of at most ``most`` signs, on one line."""
        value = self.raw.get(key, "")
        if not isinstance(value, str) or any(ord(sign) < 32 for sign in value):
            self.flaw(_("a text behind %(key)s") % {"key": key}, value, _("Write it between quotes, on one line."))
            return ""
        value = value.strip()
        if (required and not value) or len(value) > most:
            expected = _("%(key)s with 1 to %(most)s signs") % {"key": key, "most": most}
            self.flaw(expected, _("%(number)s signs") % {"number": len(value)}, _("Correct it and import again."))
        return value

    def day(self, key: str, *, required: bool = True) -> date | None:
        """A day."""
        value = self.raw.get(key)
        if value is None and not required:
            return None
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        found = _("nothing") if value is None else value
        self.flaw(_("a day behind %(key)s") % {"key": key}, found, _("Write it as 2027-08-01."))
        return None

    def whole(self, key: str, *, most: int) -> int | None:
        """A whole number from 1, or None when it is left out."""
        value = self.raw.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            expected = _("%(key)s as a whole number from 1 to %(most)s") % {"key": key, "most": most}
            self.flaw(expected, value, _("Correct it or leave it out."))
            return None
        return value

    def nodes(self, key: str) -> list[Node]:
        """The tables under ``key``; two with one code are a flaw."""
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in cast("list[Any]", value)):
            self.flaw(_("tables under %(key)s") % {"key": key}, value, _("Write each under [[...]] as in the example."))
            return []
        rows = cast("list[dict[str, Any]]", value)
        self._distinct(key, [row["code"] for row in rows if isinstance(row.get("code"), str)])
        place = "" if self.kind == "dossier" else self.where
        return [Node(row, kind=key, where=place, flaws=self.flaws) for row in rows]

    def _distinct(self, key: str, codes: Iterable[str]) -> None:
        seen: set[str] = set()
        for code in codes:
            if code in seen:
                expected = _("each code of %(key)s once") % {"key": key}
                self.flaw(expected, _("%(code)s twice") % {"code": code}, _("Give one of the two another code."))
            seen.add(code)


def draft_of(raw: Mapping[str, Any], *, finder: Finder) -> tuple[DossierDraft | None, tuple[Flaw, ...]]:
    """The dossier a document describes, or None with everything that is wrong in it."""
    flaws: list[Flaw] = []
    top = Node(raw, kind="dossier", where="", flaws=flaws)
    starts, ends = top.day("valid_from"), top.day("valid_until", required=False)
    if starts and ends and ends <= starts:
        top.flaw(_("valid_until after valid_from"), f"{starts} - {ends}", _("Turn the two days round."))
    parts = tuple(_part(node, finder) for node in top.nodes("part"))
    if not parts:
        top.flaw(_("at least one part"), _("none"), _("Add a part with [[part]]."))
    draft = DossierDraft(
        code=_slug(top),
        valid_from_on=starts or date.min,
        valid_until_on=ends,
        name_nl=top.text("name_nl", most=LONGEST["name"]),
        name_en=top.text("name_en", most=LONGEST["name"], required=False),
        level=top.whole("level", most=4),
        nominal_months=top.whole("nominal_months", most=MOST_MONTHS),
        source=top.text("source", most=LONGEST["source"]),
        parts=parts,
    )
    _require_unique(top, draft)
    return (None if flaws else draft), tuple(flaws)


def _slug(node: Node) -> str:
    code = node.text("code", most=LONGEST["code"])
    if code and slugify(code) != code:
        expected = _("a code of small letters, digits and hyphens")
        node.flaw(expected, code, _("Write “%(guess)s”.") % {"guess": slugify(code)})
    return code


def _part(node: Node, finder: Finder) -> PartDraft:
    kind = node.text("kind", most=20)
    if kind and kind not in KINDS:
        near = nearest(kind, KINDS)
        step = _("Did you mean “%(guess)s”?") % {"guess": near} if near else _("Choose one of them.")
        node.flaw(_("one of: %(keys)s") % {"keys": ", ".join(KINDS)}, kind, step)
    tasks = tuple(_core_task(one, finder) for one in node.nodes("core_task"))
    return PartDraft(node.text("code", most=LONGEST["part"]), kind, *_names(node, LONGEST["name"]), tasks)


def _core_task(node: Node, finder: Finder) -> CoreTaskDraft:
    processes = tuple(_work_process(one, finder) for one in node.nodes("work_process"))
    return CoreTaskDraft(node.text("code", most=LONGEST["core_task"]), *_names(node, LONGEST["long_name"]), processes)


def _work_process(node: Node, finder: Finder) -> WorkProcessDraft:
    code = node.text("code", most=LONGEST["work_process"])
    return WorkProcessDraft(code, *_names(node, LONGEST["long_name"]), tuple(_asked(node, finder)))


def _names(node: Node, most: int) -> tuple[str, str]:
    return node.text("name_nl", most=most), node.text("name_en", most=most, required=False)


def _asked(node: Node, finder: Finder) -> Iterable[AskedDraft]:
    value = node.raw.get("competences", {})
    if not isinstance(value, dict):
        step = _('Write competences = { "listen-actively" = 2 }.')
        node.flaw(_("competences with their level"), value, step)
        return
    seen: set[int] = set()
    for name, level in cast("dict[str, Any]", value).items():
        found, near = finder(str(name))
        if isinstance(level, bool) or level not in (1, 2, 3, 4):
            node.flaw(_("a level from 1 to 4 behind %(key)s") % {"key": name}, level, _("Choose 1, 2, 3 or 4."))
        elif found is None:
            step = _("Did you mean “%(guess)s”?") % {"guess": near} if near else _("Search for it under Competences.")
            node.flaw(_("a competence of the vocabulary"), name, step)
        elif found in seen:
            node.flaw(_("each competence once"), name, _("Remove one of the two."))
        else:
            seen.add(found)
            yield AskedDraft(found, level)


def _require_unique(top: Node, draft: DossierDraft) -> None:
    """A work process is named by its code alone, so a code stands once in the whole dossier."""
    within = [{one.code for task in part.core_tasks for one in task.work_processes} for part in draft.parts]
    for place, codes in enumerate(within):
        for code in sorted(codes & {code for other in within[:place] for code in other}):
            expected, step = _("each code of a work process once"), _("Give one of the two another code.")
            top.flaw(expected, _("%(code)s in two parts") % {"code": code}, step)
