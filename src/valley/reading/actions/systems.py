"""How does a name of a system come into the list, so that it is never taken for a competence?"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import access, audit, organisations
from valley.foundation.problems import Conflict
from valley.foundation.spreadsheets.cells import plain
from valley.foundation.spreadsheets.tables import nearest
from valley.reading import desks
from valley.reading.models import SystemName
from valley.skills import queries as skills
from valley.skills import snapshots as vocabulary

SHORTEST, LONGEST = 2, 120


class NameRefused(ValleyError):
    """A name that cannot be the name of a system."""

    code = "system-name-refused"


def add_system_name(
    caller: access.Caller, *, name: str, tool_class: str, on: date, organisation: int | None = None
) -> int:
    """Say that a name is a system of a tool class and never a competence; the id.

    Without ``organisation`` it holds for everyone; an employer adds its own brand. Texts are to be read again after it.
    A name that is also the word for a competence is refused: it would hide that competence in every text.
    """
    if organisation is None:
        desks.require_all(caller)
    else:
        desks.require(caller, organisation=organisation)
        organisations.partner(id=organisation)
    words = " ".join(name.split())
    _require_name(words)
    classes = vocabulary.tool_class_ids()
    if tool_class not in classes:
        near = nearest(tool_class, classes)
        step = _("Did you mean “%(guess)s”?") % {"guess": near} if near else ", ".join(sorted(classes))
        raise NameRefused(expected=_("a class of tools"), found=tool_class, next_step=step)
    with transaction.atomic():
        if SystemName.objects.filter(organisation=organisation, name__iexact=words).exists():
            step = _("Nothing needs to be done.")
            raise Conflict(expected=_("a new name"), found=words, next_step=step)
        row = SystemName.objects.create(
            organisation_id=organisation, name=words, tool_class_id=classes[tool_class], seen_on=on
        )
        audit.record(caller, verb="reading.add_system_name", subject=("system-name", str(row.pk)), fields=["name"])
    return row.pk


def _require_name(words: str) -> None:
    if not SHORTEST <= len(words) <= LONGEST or not words.isprintable() or not plain(words):
        raise NameRefused(
            expected=_("a name of 2 to 120 readable characters"), found=len(words), next_step=_("Write the name out.")
        )
    if skills.competence_named(words) is not None:
        raise NameRefused(
            expected=_("the name of a product or system"),
            found=_("the word for a competence: %(name)s") % {"name": words},
            next_step=_("Add the name by which the product is sold."),
        )
