"""What do all actions of the field window share: bounded words, one version at a time, a step on the change?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from valley.core.curriculum import lead
from valley.core.errors import ValleyError
from valley.field.models import Change, ChangeStep
from valley.foundation import access, audit, clock, organisations
from valley.foundation.models import OrganisationKind
from valley.foundation.problems import Conflict

LINE, PROSE = 300, 5000
"""As long as the tables are wide; a page of text says any change."""


class FieldRefused(ValleyError):
    """Something that was filled in does not fit; ``facts["field"]`` names where."""

    code = "field-window-refused"


@dataclass(frozen=True, slots=True)
class Saved:
    """What was stored: its number, where it stands and its version."""

    id: int
    state: str
    version: int


def refuse(field: str, expected: str, found: object, next_step: str = "") -> FieldRefused:
    """The refusal of one field."""
    return FieldRefused(
        expected=expected, found=found, next_step=next_step or _("Change it and send it again."), field=field
    )


def words(text: str, *, field: str, most: int = LINE, needed: bool = True) -> str:
    """The text without outer spaces; refused when it is needed and missing, too long or holds control characters."""
    clean = text.strip()
    if (needed and not clean) or len(clean) > most or any(ord(sign) < 32 and sign not in "\n\r\t" for sign in clean):
        expected = _("%(least)s to %(most)s characters") % {"least": int(needed), "most": most}
        raise refuse(field, expected, _("%(count)s characters") % {"count": len(clean)})
    return clean


def require_kind(organisation: int, kind: OrganisationKind, *, field: str) -> None:
    """Refuse an organisation of another kind: schools look in, employers are looked in at."""
    partner = organisations.partner(id=organisation)
    if partner.kind != kind:
        raise refuse(field, str(kind.label), partner.name)


def require_version(row: Any, version: int, *, changed: str) -> None:
    """Raise :class:`Conflict`, saying what ``changed``, when someone saved since ``version`` was read."""
    if row.version != version:
        expected = _("version %(version)s") % {"version": version}
        found = _("version %(version)s: %(changed)s") % {"version": row.version, "changed": changed}
        raise Conflict(expected=expected, found=found, next_step=_("Open it again, look, and send yours again."))


def saved(caller: access.Caller, row: Any, *, verb: str, fields: list[str]) -> Saved:
    """Store the row with its next version and one audit line."""
    row.version += 1
    return recorded(caller, row, verb=verb, fields=fields)


def recorded(caller: access.Caller, row: Any, *, verb: str, fields: list[str]) -> Saved:
    """Store the row as it is, with one audit line."""
    row.save()
    kind = type(row).__name__.lower()
    audit.record(caller, verb=f"curriculum.{verb}", subject=(kind, str(row.pk)), fields=fields)
    return Saved(row.pk, getattr(row, "state", ""), row.version)


def add_step(
    caller: access.Caller,
    change: Change | None,
    step: str,
    *,
    on: date | None = None,
    version: int | None = None,
    **said: Any,
) -> None:
    """Append a step to the change, when there is one: days only go forward, none after today."""
    if change is None:
        return
    today, rows = clock.today(caller.at), list(change.steps.order_by("pk"))
    day, first = on or today, rows[-1].on if rows else None
    if day > today or (first and day < first):
        expected = _("a day from %(first)s to %(last)s") % {"first": first or "-", "last": today}
        raise refuse("on", expected, day, _("Steps follow each other in time. Take the day it happened."))
    waited = lead.waited_before([row.step for row in rows], step) if rows else ""
    made = {
        "step": step,
        "on": day,
        "waited_for": waited,
        "version_id": version,
        "by": caller.pseudonym,
        "at": caller.at,
    }
    ChangeStep.objects.create(change=change, **made, **said)
