"""What would each row of a spreadsheet do here: make, change, or nothing because it is there already?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from valley.foundation import access
from valley.foundation.spreadsheets.cells import plain
from valley.foundation.spreadsheets.reading import Sheet
from valley.foundation.spreadsheets.tables import Problem
from valley.skills import queries as skills
from valley.work import beside, drafts, queries, stored
from valley.work.actions import openings, roles
from valley.work.models import Opening, OpeningState, RoleProfile
from valley.work.sheets import columns
from valley.work.sheets.asked import Words
from valley.work.sheets.rows import DraftRow, columns_of, rows_of


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row that may go in: what it does, to which stored row in which version."""

    table: str
    sheet: str
    row: int
    title: str
    does: str
    target: int | None
    version: int | None
    draft: drafts.OpeningDraft | drafts.RoleDraft
    beside: beside.Said


@dataclass(frozen=True, slots=True)
class _Present:
    """What is stored already: drafts by id, with their versions, what stands beside them, and which are public."""

    drafts: Mapping[int, Any]
    versions: Mapping[int, int]
    beside: Mapping[int, beside.Said]
    public: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Match:
    """A row with what is stored of it (``target`` None: nothing), and what it says beside its draft."""

    row: DraftRow
    target: int | None
    said: beside.Said
    same: bool


def plan(
    caller: access.Caller, *, organisation: int, sheets: Sequence[Sheet]
) -> tuple[tuple[PlannedRow, ...], tuple[Problem, ...]]:
    """Every readable row with what it would do, and every problem: of cells, of drafts, and of rows with each other."""
    rows, problems = rows_of(sheets, words=_words(caller, organisation), organisation=organisation)
    in_file = [row for row in rows if row.table == "roles"]
    asked = _with_file_roles(caller, [row for row in rows if row.table == "openings"], in_file)
    known = roles.known(caller, {need.competence for row in (*in_file, *asked) for need in row.draft.needs})
    profiles = openings.role_ids(row.draft for row in asked)
    profiles |= {(organisation, row.draft.key): 0 for row in in_file}
    first = _planned(caller, in_file, _present_roles(organisation), lambda draft: drafts.role_flaws(draft, known))
    then = _planned(
        caller, asked, _present_openings(organisation), lambda draft: openings.flaws_of(draft, known, profiles)
    )
    return (*first[0], *then[0]), (*problems, *first[1], *then[1])


def role_draft_of(row: RoleProfile) -> drafts.RoleDraft:
    """The stored role profile as the draft that would store it again."""
    return drafts.RoleDraft(
        organisation=row.organisation_id,
        key=row.key,
        title_nl=row.title_nl,
        title_en=row.title_en,
        summary_nl=row.summary_nl,
        summary_en=row.summary_en,
        moves_to=tuple(row.moves_to),
        needs=tuple(
            drafts.NeedDraft(need.competence_id, need.level, need.importance, need.task_nl or need.task_en)
            for need in sorted(row.needs.all(), key=lambda need: need.pk)
        ),
    )


def _words(caller: access.Caller, organisation: int) -> Words:
    """Everything people may write for a place, language, contract, permit, role or competence, in both languages."""
    profiles = RoleProfile.objects.filter(Q(organisation=None) | Q(organisation=organisation))
    titles = profiles.order_by("-organisation_id").values_list("key", "title_nl", "title_en")
    return Words(
        places=_by_word((place.key, place.name) for place in skills.places()),
        languages=_by_word((one.code, one.label) for tongue in ("nl", "en") for one in skills.languages(tongue)),
        contracts=_by_word(columns.said("contract")),
        permits=_by_word(columns.said("permit")),
        roles=_by_word((key, name) for key, *names in titles for name in names if name),
        competence=queries.competence_finder(caller),
    )


def _by_word(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, label in pairs:
        found.setdefault(plain(key), key)
        found.setdefault(plain(label), key)
    return found


def _with_file_roles(caller: access.Caller, rows: Sequence[DraftRow], in_file: Sequence[DraftRow]) -> list[DraftRow]:
    """The opening rows, with roles of the same file recognised, and the needs of their role where they name none."""
    by_word = _by_word((row.draft.key, row.draft.title_nl) for row in in_file)
    needs = {row.draft.key: row.draft.needs for row in in_file}
    found = [replace(row.draft, role=by_word.get(plain(row.draft.role), row.draft.role)) for row in rows]
    found = [draft if draft.needs else replace(draft, needs=needs.get(draft.role, ())) for draft in found]
    whole = openings.with_role_needs(caller, rows=found, profiles=openings.role_ids(found))
    return [replace(row, draft=draft) for row, draft in zip(rows, whole, strict=True)]


def _present_roles(organisation: int) -> _Present:
    rows = list(RoleProfile.objects.filter(organisation=organisation).prefetch_related("needs"))
    versions = {row.pk: row.version for row in rows}
    return _Present({row.pk: role_draft_of(row) for row in rows}, versions, {}, frozenset())


def _present_openings(organisation: int) -> _Present:
    rows = list(
        Opening.objects.filter(organisation=organisation).select_related("role").prefetch_related("needs", "languages")
    )
    return _Present(
        {row.pk: stored.draft_of(row) for row in rows},
        {row.pk: row.version for row in rows},
        beside.room().stored(row.pk for row in rows),
        frozenset(row.pk for row in rows if row.state == OpeningState.OPEN),
    )


def _planned(
    caller: access.Caller,
    rows: Sequence[DraftRow],
    present: _Present,
    flaws: Callable[[Any], tuple[drafts.Flaw, ...]],
) -> tuple[list[PlannedRow], list[Problem]]:
    matched = _matched(rows, present)
    about = [(one.row.draft, one.said) for one in matched if one.row.table == "openings"]
    nothing: list[tuple[drafts.Flaw, ...]] = [()] * len(matched)
    above = beside.room().flaws(caller, about) if about else nothing
    challenged = beside.room().challenged(caller, about) if about else nothing
    seen: dict[Any, int] = {}
    planned: list[PlannedRow] = []
    problems: list[Problem] = []
    for one, wrong, asks in zip(matched, above, challenged, strict=True):
        row, public = one.row, one.target in present.public
        stopping = () if one.same else (*flaws(row.draft), *wrong, *(asks if public else ()))
        found = [*_twice(row, seen), *_flawed(row, stopping)]
        seen.setdefault(_name(row.draft) or row.draft, row.row)
        problems += found
        if not found:
            problems += [] if one.same or public else _flawed(row, asks, stops=False)
            planned.append(_plan(one, present))
    return planned, problems


def _matched(rows: Sequence[DraftRow], present: _Present) -> list[_Match]:
    by_name = {_name(draft): pk for pk, draft in present.drafts.items() if _name(draft)}
    by_content = {draft: pk for pk, draft in present.drafts.items()}
    found: list[_Match] = []
    for row in rows:
        target = by_name.get(_name(row.draft)) if _name(row.draft) else by_content.get(row.draft)
        before = present.beside.get(target, {}) if target is not None else {}
        said = beside.room().said(row.beside, before) if row.table == "openings" else {}
        same = target is not None and present.drafts[target] == row.draft and said == before
        found.append(_Match(row, target, said, same))
    return found


def _plan(one: _Match, present: _Present) -> PlannedRow:
    row = one.row
    does = "same" if one.same else "make" if one.target is None else "change"
    version = present.versions.get(one.target) if one.target is not None else None
    title = row.draft.title if row.table == "openings" else row.draft.title_nl
    return PlannedRow(row.table, row.sheet, row.row, title, does, one.target, version, row.draft, one.said)


def _name(draft: Any) -> str:
    """What makes a row the same thing next time: the reference of an opening, the key of a role."""
    return draft.key if isinstance(draft, drafts.RoleDraft) else draft.reference


def _twice(row: DraftRow, seen: Mapping[Any, int]) -> list[Problem]:
    name = _name(row.draft)
    before = seen.get(name or row.draft)
    if before is None:
        return []
    header = row.headers.get("key" if row.table == "roles" else "reference", "")
    expected = _("a number of its own for each row") if name else _("each row once")
    found = _("the same as row %(row)s") % {"row": before}
    return [
        Problem(row.sheet, row.row, header, expected, found, _("Remove one of the two, or give it another number."))
    ]


def _flawed(row: DraftRow, flaws: Iterable[drafts.Flaw], *, stops: bool = True) -> list[Problem]:
    table = {column.key: column.nl for column in columns_of(row.table)}

    def header(field: str) -> str:
        column = beside.room().column(field)
        return row.headers.get(column, table.get(column, field))

    return [
        Problem(row.sheet, row.row, header(flaw.field), flaw.expected, flaw.found, flaw.next_step, stops)
        for flaw in flaws
    ]
