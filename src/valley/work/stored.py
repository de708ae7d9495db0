"""How does a draft come back equal: from the stored opening, or from a preview that waits for a yes?"""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any

from valley.work import drafts
from valley.work.models import Opening, OpeningLanguage, OpeningNeed

Draft = drafts.OpeningDraft | drafts.RoleDraft
_PARTS = frozenset({"organisation", "role", "languages", "needs", "permits"})
PLAIN = tuple(field.name for field in fields(drafts.OpeningDraft) if field.name not in _PARTS)
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


def _by_pk(row: OpeningNeed | OpeningLanguage) -> int:
    return row.pk


def draft_of(row: Opening) -> drafts.OpeningDraft:
    """The stored opening as the draft that would store it again. Three questions, or none when prefetched."""
    return drafts.OpeningDraft(
        organisation=row.organisation_id,
        role=row.role.key,
        permits=tuple(row.permits),
        languages=tuple(drafts.LanguageDraft(one.code, one.cefr) for one in sorted(row.languages.all(), key=_by_pk)),
        needs=tuple(
            drafts.NeedDraft(one.competence_id, one.level, one.importance, one.task)
            for one in sorted(row.needs.all(), key=_by_pk)
        ),
        **{name: getattr(row, name) for name in PLAIN},
    )
