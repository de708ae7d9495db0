"""How does a person state, change and drop a competence?

The owner states; only others can back it. When the owner raises the level of a competence that was seen at work or
certified, it becomes the owner's own statement again, because nobody saw that level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from valley.core.profiles import Grade
from valley.foundation import clock, sealing
from valley.foundation.access import Caller
from valley.foundation.problems import Conflict, NotFound
from valley.people.actions import checks
from valley.people.actions.beats import Change, changing
from valley.people.models import Claim
from valley.people.queries import words


@dataclass(frozen=True, slots=True)
class Statement:
    """One competence as the person says it. ``said_on`` None is today; ``note`` None keeps the note that is there.

    ``version`` is the version of the claim that the person looked at, 0 when there was none; None does not check.
    """

    competence: int
    level: int
    grade: int = int(Grade.SELF)
    said_on: date | None = None
    note: str | None = None
    version: int | None = None


def state_competence(caller: Caller, *, person: int, statement: Statement) -> None:
    """State one competence, new or changed. Raises Conflict on a stale version, Refused on what does not fit."""
    state_competences(caller, person=person, statements=[statement])


def state_competences(caller: Caller, *, person: int, statements: Sequence[Statement]) -> int:
    """State several competences at once, all or none; returns how many. At most 400 in one passport."""
    with changing(caller, person=person, verb="people.state_competences") as change:
        asked = [statement.competence for statement in statements]
        _require_known(asked, language=caller.language)
        there = {row.competence_id: row for row in Claim.objects.filter(person=person)}
        checks.number(len(set(asked) | set(there)), field="competence", low=1, high=checks.CLAIMS_MOST)
        for statement in statements:
            _state(change, statement, there.get(statement.competence))
    return len(statements)


def drop_competence(caller: Caller, *, person: int, competence: int, version: int | None = None) -> None:
    """Take a competence out of the passport, with its note. NotFound when it is not in it."""
    with changing(caller, person=person, verb="people.drop_competence") as change:
        row = Claim.objects.filter(person=person, competence=competence).first()
        if row is None:
            raise NotFound(
                expected=_("a competence in your passport"), found=_("none"), next_step=_("Open your passport again.")
            )
        _require_fresh(row, version)
        row.delete()
        change.fields.append("claim")


def backed(old: Any, *, level: int, grade: int, said_on: date, by_operator: bool) -> tuple[int, date]:
    """The grade and day a claim gets: an owner never raises a grade, and keeps one only up to the level it was for."""
    if by_operator:
        return grade, said_on
    if grade != Grade.SELF and (old is None or grade > old.grade):
        raise checks.Refused(
            field="grade",
            expected=_("your own statement"),
            found=_("a stronger grade"),
            next_step=_("Ask someone who saw you at work to confirm it."),
        )
    if old is not None and old.grade > Grade.SELF and level <= old.level:
        return old.grade, old.said_on
    return int(Grade.SELF), said_on


def _state(change: Change, statement: Statement, old: Any) -> None:
    caller = change.grant.caller
    today = clock.today(caller.at)
    _require_fresh(old, statement.version)
    checks.number(statement.level, field="level", low=1, high=4)
    checks.number(statement.grade, field="grade", low=1, high=3)
    said_on = checks.day(statement.said_on or today, field="said_on", latest=today)
    grade, said_on = backed(
        old, level=statement.level, grade=statement.grade, said_on=said_on, by_operator=caller.operator
    )
    row: Any = old or Claim(person_id=change.row.pk, competence_id=statement.competence, version=0)
    row.level, row.grade, row.said_on = statement.level, grade, said_on
    if statement.note is not None:
        note = checks.text(statement.note, field="note", most=checks.NOTE_MOST, lines=True)
        row.note_sealed = sealing.seal(change.owner, note, at=caller.at)
        change.fields.append("claim.note")
    row.version += 1
    row.save()
    change.fields += ["claim.level", "claim.said_on"]


def _require_known(asked: Sequence[int], *, language: str) -> None:
    twice = [competence for competence, times in Counter(asked).items() if times > 1]
    unknown = set(asked) - set(words.competences(asked, language=language))
    if twice or unknown:
        raise checks.Refused(
            field="competence",
            expected=_("each competence once, from the vocabulary"),
            found=_("one twice") if twice else _("one that is not in it"),
            next_step=_("Search the competence and choose it from the list."),
        )


def _require_fresh(row: Any, version: int | None) -> None:
    """Refuse when the claim is not the one the person looked at."""
    current = row.version if row is not None else 0
    if version is None or version == current:
        return
    if row is None:
        found, level = _("it was removed meanwhile"), None
    else:
        found, level = _("it was changed meanwhile: level %(level)s now") % {"level": row.level}, row.level
    raise Conflict(
        expected=_("the competence as you saw it"),
        found=found,
        next_step=_("Look at it again and save once more."),
        version=current,
        level=level,
    )
