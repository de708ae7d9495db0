"""What does Valley know about one person: every declared row, unsealed, in plain JSON values?"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from valley.foundation import access, clock, sealing
from valley.foundation.models import Account
from valley.foundation.privacy.declarations import PersonalTable, model_of, opened, personal


def pseudonyms_of(owner: str, account: int | None) -> frozenset[str]:
    """The names one someone goes by: the passport's pseudonym and the account's."""
    names = (
        set(Account.objects.filter(pk=account).values_list("pseudonym", flat=True)) if account is not None else set()
    )
    return frozenset(names | ({owner} if owner else set()))


def export_rows(owner_pseudonym: str, account_id: int | None) -> dict[str, list[dict[str, Any]]]:
    """Rows per table (``app.Model``), in the order of the register; tables without rows are left out.

    Dates in ISO 8601, numbers with decimals as text, sealed text opened. Either argument may be empty.
    """
    names = pseudonyms_of(owner_pseudonym, account_id)
    found: dict[str, list[dict[str, Any]]] = {}
    with opened(access.Purpose.EXPORT, at=clock.now()):
        for table in personal():
            rows = _rows(table, names, account_id)
            if rows:
                found[table.label] = rows
    return found


def _rows(table: PersonalTable, names: frozenset[str], account: int | None) -> list[dict[str, Any]]:
    columns = table.fields or tuple(field.attname for field in model_of(table)._meta.concrete_fields)
    columns = tuple(dict.fromkeys((*columns, *table.sealed)))
    asked = table.owned(pseudonyms=names, account=account).order_by("pk")
    rows: list[dict[str, Any]] = list(asked.values(*columns))
    owners = list(asked.values_list(table.pseudonym_path, flat=True)) if table.sealed else []
    opened_text = _opened(table.sealed, rows, owners)
    return [
        {name: plain(value) for name, value in {**row, **texts}.items() if name not in table.sealed}
        for row, texts in zip(rows, opened_text, strict=True)
    ]


def _opened(sealed: Sequence[str], rows: Sequence[Mapping[str, Any]], owners: Sequence[str]) -> list[dict[str, str]]:
    """Per row the opened text of its sealed fields, under the field's name without ``_sealed``."""
    texts: list[dict[str, str]] = [{} for _row in rows]
    for name in sealed:
        opened_column = sealing.unseal_many([(owner, row[name]) for owner, row in zip(owners, rows, strict=True)])
        for text, value in zip(texts, opened_column, strict=True):
            text[name.removesuffix("_sealed")] = value
    return texts


def plain(value: Any) -> Any:
    """A database value as JSON can hold it."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    return str(value) if isinstance(value, Decimal) else value
