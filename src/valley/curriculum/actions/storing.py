"""What must hold of a version before it is stored, and how is it stored so that two editors see each other?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from valley.core.curriculum import programme
from valley.core.errors import ValleyError
from valley.curriculum import snapshots as stored
from valley.curriculum.models import (
    Outcome,
    OutcomeCompetence,
    OutcomeWorkProcess,
    ProgrammeVersion,
    Unit,
    VersionState,
)
from valley.curriculum.queries import pages, rights
from valley.foundation import audit
from valley.foundation.access import Caller
from valley.foundation.problems import Conflict
from valley.foundation.spreadsheets.tables import nearest
from valley.skills import queries as skills

CODE = re.compile(r"[-a-zA-Z0-9_]{1,40}")
TITLE, TEXT = 160, 300
SAID_BY_THE_ARITHMETIC = (
    gettext_noop("each code of a unit once"), gettext_noop("each code of an outcome once"),
    gettext_noop("Give one of the two another code."), gettext_noop("a unit of this version"),
    gettext_noop("know, apply or master"), gettext_noop("each competence once in an outcome"),
    gettext_noop("a level from 1 to 4"), gettext_noop("Change this outcome."),
)  # fmt: skip
"""Refusals of the core, which knows no language; named here so that they are translated."""
MOST_UNITS, MOST_OUTCOMES, MOST_HOURS = 60, 400, 9999


class ProgrammeRefused(ValleyError):
    """Something in a programme does not fit; says what, and where."""

    code = "programme-refused"


class AlreadyPublished(ValleyError):
    """A published version never changes."""

    code = "already-published"
    status = 409


def locked(caller: Caller, *, ref: str) -> ProgrammeVersion:
    """The version for a change, its row locked: the caller may write, and it is not published."""
    pk = rights.readable_version(caller, ref=ref).pk
    rows = ProgrammeVersion.objects.select_for_update(of=("self",)).select_related("programme__dossier")
    row = rows.get(pk=pk)
    rights.require_writer(caller, organisation=row.programme.organisation_id)
    if row.state == VersionState.PUBLISHED:
        raise AlreadyPublished(
            expected=_("a version that is not published"),
            found=ref,
            next_step=_("Make a new version from it; who started with this one keeps it."),
        )
    return row


def require_same(row: ProgrammeVersion, version: int, sent: programme.Version | None = None) -> None:
    """Raise :class:`Conflict` when someone saved since ``version`` was read; names the parts that differ."""
    if row.version == version:
        return
    changes = programme.diff(stored.version(row.pk), sent).changes if sent else ()
    raise Conflict(
        expected=_("version %(version)s") % {"version": row.version},
        found=_("version %(version)s") % {"version": version},
        next_step=_("Someone saved in between: open the page again and repeat your change."),
        fields=sorted({one.code for one in changes}),
        version=row.version,
    )


def write(caller: Caller, row: ProgrammeVersion, content: programme.Version, *, verb: str) -> None:
    """Store the content in place of what was there. A version under review becomes a draft again."""
    processes = pages.ids_by_process(row.programme.dossier_id, caller)
    require_sound(content, known=set(skills.labels(content.taught(), caller.language)), processes=set(processes))
    row.units.all().delete()
    units = Unit.objects.bulk_create(
        Unit(
            version=row, code=one.code, title_nl=one.title_nl, title_en=one.title_en, guided_hours=one.guided_hours,
            practice_hours=one.practice_hours, place=number,
        )
        for number, one in enumerate(content.units, start=1)
    )  # fmt: skip
    by_code = {unit.code: unit for unit in units}
    outcomes = Outcome.objects.bulk_create(
        Outcome(unit=by_code[one.unit], code=one.code, text_nl=one.text_nl, text_en=one.text_en, depth=one.depth)
        for one in content.outcomes
    )
    OutcomeCompetence.objects.bulk_create(
        OutcomeCompetence(outcome=stored_one, competence_id=competence, level=level)
        for stored_one, one in zip(outcomes, content.outcomes, strict=True)
        for competence, level in one.competences
    )
    OutcomeWorkProcess.objects.bulk_create(
        OutcomeWorkProcess(outcome=stored_one, work_process_id=processes[code])
        for stored_one, one in zip(outcomes, content.outcomes, strict=True)
        for code in one.work_processes
    )
    row.state, row.version = VersionState.DRAFT, row.version + 1
    row.save()
    audit.record(caller, verb=verb, subject=("programme-version", str(row.pk)), fields=["units", "outcomes"])


def require_sound(content: programme.Version, *, known: set[int], processes: set[str]) -> None:
    """Raise :class:`ProgrammeRefused` at the first thing that does not fit; all of them in ``facts["flaws"]``."""
    flaws = [*_sizes(content), *_texts(content), *_links(content, known, processes)]
    if flaws:
        expected, found, next_step = flaws[0]
        words = [f"{wanted}: {got}" for wanted, got, _step in flaws[:50]]
        raise ProgrammeRefused(expected=expected, found=found, next_step=next_step, flaws=words)


Flaw = tuple[str, str, str]


def _sizes(content: programme.Version) -> Iterator[Flaw]:
    for parts, most in ((content.units, MOST_UNITS), (content.outcomes, MOST_OUTCOMES)):
        if len(parts) > most:
            yield _("at most %(most)s of them") % {"most": most}, str(len(parts)), _("Make two programmes of it.")
    for unit in content.units:
        if not (0 <= unit.guided_hours <= MOST_HOURS and 0 <= unit.practice_hours <= MOST_HOURS):
            yield _("hours from 0 to 9999"), unit.code, _("Correct the hours of this unit.")


def _texts(content: programme.Version) -> Iterator[Flaw]:
    for part in (*content.units, *content.outcomes):
        if not CODE.fullmatch(part.code):
            yield _("a code of letters, digits and hyphens"), part.code[:60] or "-", _("Write a short code.")
    said = [(unit.code, unit.title_nl, unit.title_en, TITLE) for unit in content.units]
    said += [(outcome.code, outcome.text_nl, outcome.text_en, TEXT) for outcome in content.outcomes]
    for code, dutch, english, most in said:
        if not dutch.strip() or not all(one.isprintable() and len(one) <= most for one in (dutch, english)):
            wanted = _("a Dutch text of 1 to %(most)s characters on one line") % {"most": most}
            yield wanted, dutch[:60] or _("nothing"), _("Correct %(code)s.") % {"code": code[:40]}


def _links(content: programme.Version, known: set[int], processes: set[str]) -> Iterator[Flaw]:
    for competence in sorted(content.taught().keys() - known):
        yield _("a competence of the vocabulary"), str(competence), _("Choose one from the list.")
    for code in sorted({code for outcome in content.outcomes for code in outcome.work_processes} - processes):
        guess = nearest(code, processes)
        step = (
            _("Did you mean “%(guess)s”?") % {"guess": guess}
            if guess
            else _("Choose a dossier for the programme first.")
        )
        yield _("a work process of the dossier"), code[:60], step
