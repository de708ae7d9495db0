"""Who stands behind one item of the core, in which words, and what happens to it without each of them?"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valley.core.curriculum.thread.shapes import Item
from valley.evidence import queries as evidence
from valley.foundation.access import Caller
from valley.foundation.problems import NotFound
from valley.thread.queries import held as opening
from valley.thread.queries import words
from valley.thread.queries.held import Held
from valley.thread.queries.shapes import (
    EmployerShareLine,
    EmployersPage,
    ItemPage,
    SentenceLine,
    WithoutLine,
)

SENTENCES = 30


def item(caller: Caller, *, run: int, competence: int) -> ItemPage:
    """One item with its evidence. Designers, programme office, operator; names only where the employer allows.

    A number of employers under five is not told, nor who they are unless they allow it.
    """
    opening.require(caller)
    held = opening.opened(caller, opening.run_row(run))
    inside, candidates = opening.rows(held)
    row = next((one for one in (*inside, *candidates) if one.competence == competence), None)
    if row is None:
        raise NotFound(
            expected=_("an item of this run"),
            found=str(competence),
            next_step=_("Choose one in the table of the run."),
        )
    found = held.items().get(competence)
    supporters = found.employers if found else ()
    named = [held.names[pk] for pk in supporters if pk in held.named]
    return ItemPage(
        run=opening.run_line(caller, held.row, held.names),
        row=row,
        named=tuple(sorted(named, key=str.casefold)),
        unnamed_words=_unnamed(row.support, len(supporters) - len(named)),
        sentences=_sentences(held, row.support, competence),
        without=_without(held, found) if row.support is not None else (),
        in_core=row.state in ("computed", "accepted", "added"),
    )


def _unnamed(support: int | None, others: int) -> str:
    """How many more there are, where their number may be told."""
    if support is None:
        return _("How many employers ask this is not told: fewer than five.")
    if not others:
        return ""
    return ngettext(
        "%(count)s employer does not show its name.", "%(count)s employers do not show their name.", others
    ) % {"count": others}


def _sentences(held: Held, support: int | None, competence: int) -> tuple[SentenceLine, ...]:
    if held.row.level != "leaf":
        return ()
    found = evidence.sentences(held.caller, competence=competence, limit=SENTENCES)
    shown = {held.names[pk] for pk in held.named}
    # Numbers would let a reader count a group that is too small to count.
    hidden = _("an employer")
    return tuple(
        SentenceLine(
            employer=one.employer if support is not None or one.employer in shown else hidden,
            text=one.sentence,
            title=one.title,
            on=one.dated_on,
        )
        for one in found
    )


def _without(held: Held, found: Item | None) -> tuple[WithoutLine, ...]:
    """For every employer behind a chosen item: does it stay in the core without it?"""
    if found is None or not found.chosen:
        return ()
    lines = [
        WithoutLine(held.names.get(left.employer, "?"), found.competence not in left.left)
        for left in held.thread.left_out
        if left.employer in found.employers
    ]
    return tuple(sorted(lines, key=lambda one: (one.stays, one.employer.casefold())))


def employers(caller: Caller, *, run: int) -> EmployersPage:
    """Every employer against the core: how much of its demand is covered, and what is its own to teach, in hours."""
    opening.require(caller)
    held = opening.opened(caller, opening.run_row(run))
    lines = [
        EmployerShareLine(
            employer=held.names.get(share.employer, "?"),
            covered_percent=words.percent(share.covered_share),
            covered=len(share.covered),
            not_covered=len(share.not_covered),
            own=len(share.own),
            covered_hours=share.covered_hours,
            not_covered_hours=share.not_covered_hours,
            own_hours=share.own_hours,
        )
        for share in held.thread.employers
    ]
    ordered = sorted(lines, key=lambda one: (one.covered_percent, one.employer.casefold()))
    return EmployersPage(opening.run_line(caller, held.row, held.names), tuple(ordered))
