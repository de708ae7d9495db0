"""How does a dossier end: from which day does it no longer hold?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.dossiers import queries
from valley.dossiers.models import Dossier
from valley.foundation import access, audit
from valley.foundation.models import DeskRole
from valley.foundation.problems import Conflict


class EndRefused(ValleyError):
    """The day on which a dossier ends does not fit its first day."""

    code = "dossier-end-refused"


@dataclass(frozen=True, slots=True)
class Ended:
    """A dossier with its last day set; ``valid_until_on`` is the first day on which it no longer holds."""

    id: int
    code: str
    valid_from_on: date
    valid_until_on: date


def end_dossier(caller: access.Caller, *, code: str, valid_from_on: date, valid_until_on: date) -> Ended:
    """End a version of a dossier (designer or office). Cohorts that run on it keep it; nothing else changes.

    The same day again changes nothing. Raises ``NotFound``, :class:`EndRefused`, or ``Conflict`` when another end was
    set before.
    """
    access.require_desk(caller, DeskRole.DESIGNER, DeskRole.OFFICE)
    with transaction.atomic():
        pk = queries.version_id(code=code, valid_from_on=valid_from_on)
        row = Dossier.objects.select_for_update().get(pk=pk)
        if valid_until_on <= row.valid_from_on:
            raise EndRefused(
                expected=_("a day after %(day)s") % {"day": row.valid_from_on},
                found=valid_until_on,
                next_step=_("Choose the first day on which the dossier no longer holds."),
            )
        if row.valid_until_on not in (None, valid_until_on):
            raise Conflict(
                expected=_("a dossier without an end"),
                found=_("one that ends on %(day)s") % {"day": row.valid_until_on},
                next_step=_("Read it again; an end that was published stays."),
            )
        if row.valid_until_on is None:
            row.valid_until_on = valid_until_on
            row.save(update_fields=["valid_until_on"])
            audit.record(caller, verb="dossiers.end", subject=("dossier", str(row.pk)), fields=["valid_until_on"])
    return Ended(row.pk, row.code, row.valid_from_on, valid_until_on)
