"""What would each row of a spreadsheet of evidence add here, and what is wrong with it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.core.skills import text as reading
from valley.dossiers import queries as dossiers
from valley.evidence import drafts
from valley.evidence.actions import keeping
from valley.evidence.models import Piece, PieceKind
from valley.evidence.queries.pieces import choices
from valley.evidence.sheets.rows import Words, rows_of
from valley.foundation import access, clock
from valley.foundation.spreadsheets.cells import plain
from valley.foundation.spreadsheets.reading import Sheet
from valley.foundation.spreadsheets.tables import Problem, ReadRow
from valley.reading import desks
from valley.reading import queries as texts
from valley.skills import queries as skills

Planned = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows that may go in, as they are stored until someone says yes, and every problem and remark."""

    rows: tuple[Planned, ...]
    problems: tuple[Problem, ...]


def plan(caller: access.Caller, *, kind: str, organisation: int | None, sheets: Sequence[Sheet]) -> Plan:
    """Every readable row with what it would do, and every problem: of cells, of texts, and of rows with each other."""
    words = _words(caller, organisation)
    rows, problems = rows_of(sheets, kind=kind, words=words, names_employer=organisation is None)
    found, more = _PLANS[PieceKind(kind)](caller, rows, organisation)
    return Plan(tuple(found), (*problems, *more))


def lines_of(rows: Sequence[Planned]) -> tuple[drafts.ObservationLine, ...]:
    """The lines of an observation form that was planned."""
    return tuple(drafts.ObservationLine(one["what"], one["competence"], one["level"]) for one in rows)


def forms(rows: Iterable[Planned]) -> list[list[Planned]]:
    """Rows that make one form or list together: of one employer, work process, day and reference."""
    found: dict[tuple[Any, ...], list[Planned]] = {}
    for row in rows:
        key = (row["organisation"], row.get("work_process"), row["dated_on"], row["reference"])
        found.setdefault(key, []).append(row)
    return list(found.values())


def _words(caller: access.Caller, organisation: int | None) -> Words:
    partners = [one for one in choices(caller) if organisation in (None, one.id)]
    employers = {plain(name): one.id for one in partners for name in (one.name, one.slug)}
    processes = {code.casefold(): pk for code, pk in dossiers.work_process_ids().items()}
    return Words(employers, processes, texts.competence_finder(caller), texts.is_system, desks.reads_all(caller))


def _texts(
    caller: access.Caller, rows: Sequence[ReadRow], organisation: int | None
) -> tuple[list[Planned], list[Problem]]:
    planned: list[Planned] = []
    problems: list[Problem] = []
    seen: dict[tuple[int, str], int] = {}
    today = clock.today(caller.at)
    for row in rows:
        employer = int(row.fields.get("employer") or organisation or 0)
        draft = drafts.TextDraft(
            organisation=employer, title=row.fields["title"], text=row.fields["text"],
            language=row.fields.get("language", ""), dated_on=row.fields["dated_on"],
            reference=row.fields.get("reference", ""),
        )  # fmt: skip
        try:
            checked = drafts.ready(draft, today=today)
        except ValleyError as error:
            problems.append(_refused(row, "text", error))
            continue
        first = seen.setdefault((employer, checked.fingerprint), row.row)
        if first != row.row:
            problems.append(_twice(row, first))
            continue
        there = keeping.present(employer, PieceKind.JOB_TEXT, checked.fingerprint)
        planned.append(_planned(row, checked, "same" if there else "make"))
        problems += _other_language(row, checked)
    return planned, [*problems, *_alike(planned)]


def _planned(row: ReadRow, checked: drafts.Ready, does: str) -> Planned:
    draft = checked.draft
    return {
        "sheet": row.sheet, "row": row.row, "organisation": draft.organisation, "title": draft.title, "does": does,
        "language": checked.language, "text": draft.text, "dated_on": checked.dated_on.isoformat(),
        "reference": draft.reference,
    }  # fmt: skip


def _other_language(row: ReadRow, checked: drafts.Ready) -> list[Problem]:
    looks = texts.looks_like(checked.draft.text, checked.language)
    if not looks:
        return []
    found, step = (
        _("words that look like another: %(code)s") % {"code": looks},
        _("Correct the cell, or leave it empty."),
    )
    where = (row.sheet, row.row, row.headers.get("language", ""))
    return [
        Problem(*where, _("a text in this language: %(code)s") % {"code": checked.language}, found, step, stops=False)
    ]


def _alike(planned: Sequence[Planned]) -> list[Problem]:
    """Remarks on texts that nearly say the same as one before them, in this file or already in."""
    found: list[Problem] = []
    fresh = [row for row in planned if row["does"] == "make"]
    for employer in sorted({row["organisation"] for row in fresh}):
        mine = [row for row in fresh if row["organisation"] == employer]
        there = Piece.objects.filter(organisation=employer, kind=PieceKind.JOB_TEXT, withdrawn_at=None).order_by("pk")
        before = list(there.values_list("title", "text"))
        pairs = reading.nearly_same([*(words for _title, words in before), *(row["text"] for row in mine)])
        alike = {pair.second - len(before): pair.first for pair in pairs if pair.second >= len(before)}
        for place, other in sorted(alike.items()):
            known = before[other][0] if other < len(before) else mine[other - len(before)]["title"]
            said = (_("a text of its own"), _("nearly the same words as “%(title)s”") % {"title": known})
            step = _("Nothing needs to be done: repetition does not make an employer count more.")
            found.append(Problem(mine[place]["sheet"], mine[place]["row"], "", *said, step, stops=False))
    return found


def _lines(
    caller: access.Caller, rows: Sequence[ReadRow], organisation: int | None
) -> tuple[list[Planned], list[Problem]]:
    planned: list[Planned] = []
    problems: list[Problem] = []
    for row in rows:
        on: date = row.fields["dated_on"]
        what = row.fields.get("what", "")
        if on > clock.today(caller.at) or on < drafts.EARLIEST or len(what) > drafts.LINE:
            header = row.headers["dated_on" if len(what) <= drafts.LINE else "what"]
            expected = _("a day from 2000 until today, and at most %(most)s characters") % {"most": drafts.LINE}
            said = (expected, f"{on.isoformat()}, {len(what)}", _("Correct the cell."))
            problems.append(Problem(row.sheet, row.row, header, *said))
            continue
        asked = {name: row.fields.get(name) for name in ("work_process", "competence", "level", "importance")}
        planned.append(asked | {
            "sheet": row.sheet, "row": row.row, "organisation": row.fields.get("employer") or organisation,
            "title": what or str(row.fields["competence"]), "what": " ".join(what.split()), "does": "make",
            "dated_on": on.isoformat(), "reference": row.fields.get("reference", "")[: drafts.REFERENCE],
        })  # fmt: skip
    return planned, problems


def _observations(
    caller: access.Caller, rows: Sequence[ReadRow], organisation: int | None
) -> tuple[list[Planned], list[Problem]]:
    planned, problems = _lines(caller, rows, organisation)
    for form in forms(planned):
        first = form[0]
        draft = drafts.TextDraft(
            organisation=first["organisation"], title=first["title"],
            text=texts.tidy("\n".join(row["what"] for row in form)), kind=PieceKind.OBSERVATION,
            work_process=first["work_process"],
        )  # fmt: skip
        on = date.fromisoformat(first["dated_on"])
        if keeping.present(draft.organisation, draft.kind, drafts.fingerprint(draft, on)):
            for row in form:
                row["does"] = "same"
    return planned, problems


def _ratings(
    caller: access.Caller, rows: Sequence[ReadRow], organisation: int | None
) -> tuple[list[Planned], list[Problem]]:
    planned, problems = _lines(caller, rows, organisation)
    labels = skills.labels({row["competence"] for row in planned}, caller.language)
    kept: list[Planned] = []
    for form in forms(planned):
        seen: dict[int, int] = {}
        for row in form:
            row["title"] = labels.get(row["competence"], "")
            first = seen.setdefault(row["competence"], row["row"])
            if first != row["row"]:
                problems.append(_rated_twice(row, first))
            else:
                kept.append(row)
    return kept, problems


def _rated_twice(row: Planned, first: int) -> Problem:
    expected, found = _("each competence once"), _("the competence of row %(row)s again") % {"row": first}
    return Problem(row["sheet"], row["row"], "", expected, found, _("Remove one of the two."))


def _refused(row: ReadRow, column: str, error: ValleyError) -> Problem:
    return Problem(row.sheet, row.row, row.headers.get(column, ""), error.expected, error.found, error.next_step)


def _twice(row: ReadRow, first: int) -> Problem:
    found = _("the same words as row %(row)s") % {"row": first}
    return Problem(row.sheet, row.row, row.headers["text"], _("each text once"), found, _("Remove one of the two."))


_PLANS = {PieceKind.JOB_TEXT: _texts, PieceKind.OBSERVATION: _observations, PieceKind.RATING: _ratings}
