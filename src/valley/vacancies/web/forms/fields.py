"""Which fields do the forms of the room share: a day, an amount of euros, a choice from a list?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from valley.foundation.spreadsheets.cells import CellRefused, amount
from valley.work import queries as work


def prose(label: Any, hint: Any = "", *, most: int, rows: int = 4) -> forms.CharField:
    """A text of several lines that may stay empty."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=most, widget=widget)


def pairs(choices: Iterable[work.Choice], empty: Any = None) -> list[tuple[str, Any]]:
    """The choices as Django wants them, with words for none."""
    found: list[tuple[str, Any]] = [(one.key, one.label) for one in choices]
    return [("", empty), *found] if empty is not None else found


class Euro(forms.DecimalField):
    """An amount as people write it: comma or point, with or without a euro sign, in either language."""

    def to_python(self, value: Any) -> Decimal | None:
        try:
            return amount(value) if value else None
        except CellRefused as refused:
            raise forms.ValidationError(refused.next_step) from refused
