"""How does a dated rule come into the table, and how is one replaced without being changed?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources

from django.db import transaction
from django.utils.translation import gettext as _

from valley.careers import drafts
from valley.careers.models import LawRule
from valley.foundation import access, audit, clock
from valley.foundation.models import DeskRole
from valley.foundation.problems import Conflict

TEXTS = ("title_nl", "title_en", "remark_nl", "remark_en", "source", "article", "address")


@dataclass(frozen=True, slots=True)
class LoadedRules:
    """How many rows are new, how many were there, and of how many of those an end or a day to read again was put in."""

    added: int
    known: int
    mended: int


def load_starter_law(caller: access.Caller) -> LoadedRules:
    """Add the rules that ship with the product. Operator only.

    What a row says stays as it is. One that shipped earlier gets the end and the day to be read again that it ships
    with now, because until when something is known is no part of what it says.
    """
    access.require_desk(caller)
    file = resources.files("valley.careers").joinpath("starter/law.toml")
    rows = [drafts.RuleDraft(**row) for row in tomllib.loads(file.read_text("utf-8"))["rule"]]
    with transaction.atomic():
        known = {(one.key, one.status, one.from_on): one for one in LawRule.objects.all()}
        fresh = [row for row in rows if (row.key, row.status, row.from_on) not in known]
        for row in fresh:
            _store(caller, row)
        mended = sum(_mended(known[row.key, row.status, row.from_on], row) for row in rows if row not in fresh)
        if fresh or mended:
            audit.record(caller, verb="careers.load_starter_law", subject=("law", "starter"), fields=["rules"])
    return LoadedRules(len(fresh), len(rows) - len(fresh), mended)


def _mended(kept: LawRule, shipped: drafts.RuleDraft) -> bool:
    """Whether a row got another end or day to be read again; only one that is from this source."""
    days = {"until_on": shipped.until_on, "again_on": shipped.again_on}
    changed = [name for name, day in days.items() if getattr(kept, name) != day]
    if not changed or kept.source != shipped.source:
        return False
    for name in changed:
        setattr(kept, name, days[name])
    kept.save(update_fields=changed)
    return True


def add_law_rule(caller: access.Caller, *, draft: drafts.RuleDraft) -> int:
    """Add a dated row with its source; from its first day it replaces the row before it. Programme office, operator.

    Raises RuleRefused for a field that does not fit and Conflict when that row exists: rows are never changed.
    """
    access.require_desk(caller, DeskRole.OFFICE)
    with transaction.atomic():
        if LawRule.objects.filter(key=draft.key, status=draft.status, from_on=draft.from_on).exists():
            raise Conflict(
                expected=_("a day on which no row of this rule starts"),
                found=str(draft.from_on),
                next_step=_("A row is never changed. Add one from a later day."),
            )
        made = _store(caller, draft)
        audit.record(caller, verb="careers.add_law_rule", subject=("law-rule", str(made)), fields=["numbers", "source"])
    return made


def _store(caller: access.Caller, draft: drafts.RuleDraft) -> int:
    numbers = drafts.require_rule(draft, on=clock.today(caller.at))
    return LawRule.objects.create(
        key=draft.key,
        status=draft.status,
        from_on=draft.from_on,
        until_on=draft.until_on,
        source_on=draft.source_on,
        again_on=draft.again_on,
        numbers={name: str(Decimal(value)) for name, value in numbers.items()},
        made_at=caller.at,
        **{name: getattr(draft, name).strip() for name in TEXTS},
    ).pk
