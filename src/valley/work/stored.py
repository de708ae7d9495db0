"""How does a draft wait in the database between a preview and a yes, and come back equal?"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from valley.work import drafts

Draft = drafts.OpeningDraft | drafts.RoleDraft
_DAYS = ("starts_from_on", "starts_until_on", "closes_on")
_MONEY = ("pay_min", "pay_max")


def packed(draft: Draft) -> dict[str, Any]:
    """The draft as JSON can hold it."""
    return {name: _plain(value) for name, value in asdict(draft).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def unpacked_opening(row: dict[str, Any]) -> drafts.OpeningDraft:
    """The opening that was packed."""
    days = {name: date.fromisoformat(row[name]) for name in _DAYS}
    money = {name: Decimal(row[name]) for name in _MONEY}
    languages = tuple(drafts.LanguageDraft(**one) for one in row["languages"])
    parts = {"permits": tuple(row["permits"]), "languages": languages, "needs": _needs(row)}
    return drafts.OpeningDraft(**{**row, **days, **money, **parts})


def unpacked_role(row: dict[str, Any]) -> drafts.RoleDraft:
    """The role profile that was packed."""
    return drafts.RoleDraft(**{**row, "moves_to": tuple(row["moves_to"]), "needs": _needs(row)})


def _needs(row: dict[str, Any]) -> tuple[drafts.NeedDraft, ...]:
    return tuple(drafts.NeedDraft(**one) for one in row["needs"])
