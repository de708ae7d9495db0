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
    """How many rows are new, and how many were there."""

    added: int
    known: int


def load_starter_law(caller: access.Caller) -> LoadedRules:
    """Add the rules that ship with the product; rows that are there stay as they are. Operator only."""
    access.require_desk(caller)
    file = resources.files("valley.careers").joinpath("starter/law.toml")
    rows = [drafts.RuleDraft(**row) for row in tomllib.loads(file.read_text("utf-8"))["rule"]]
    with transaction.atomic():
        known = set(LawRule.objects.values_list("key", "status", "from_on"))
        fresh = [row for row in rows if (row.key, row.status, row.from_on) not in known]
        for row in fresh:
            _store(caller, row)
        if fresh:
            audit.record(caller, verb="careers.load_starter_law", subject=("law", "starter"), fields=["rules"])
    return LoadedRules(len(fresh), len(rows) - len(fresh))


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
        numbers={name: str(Decimal(value)) for name, value in numbers.items()},
        made_at=caller.at,
        **{name: getattr(draft, name).strip() for name in TEXTS},
    ).pk
