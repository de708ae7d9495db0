"""How is a number written beside a bar, in the reader's language?"""

from __future__ import annotations

from django.utils.formats import number_format

# Beyond this a reader counts zeros instead of reading; the shortest honest form is a power of ten.
LONGEST_PLAIN = 1e15
# Below this two decimals would say zero.
SMALLEST_PLAIN = 0.005
# Average width of a character of the 13-unit chart font, in units (wide enough for capitals and for Arial-like fonts).
CHARACTER = 6.9


def number(value: float | None, unit: str = "") -> str:
    """The value with thousands separators and at most two decimals, then the unit; a dash for None.

    ``unit`` "%" and "€" keep their usual place; euros that are not whole have cents.
    """
    if value is None:
        return "–"
    plain = _plain(value, least_decimals=2 if unit == "€" else 1)
    if unit == "€":
        return f"€\N{NO-BREAK SPACE}{plain}"
    if unit == "%":
        return f"{plain}%"
    return f"{plain}\N{NO-BREAK SPACE}{unit}" if unit else plain


def _plain(value: float, *, least_decimals: int) -> str:
    if abs(value) >= LONGEST_PLAIN:
        return f"{value:.2e}"
    if 0 < abs(value) < SMALLEST_PLAIN:
        return f"{value:.1e}"
    rounded = round(value, 2)
    if rounded == int(rounded):
        return number_format(int(rounded), use_l10n=True, force_grouping=True)
    decimals = least_decimals if round(rounded, 1) == rounded else 2
    return number_format(rounded, decimals, use_l10n=True, force_grouping=True)


def shortened(text: str, room: float) -> str:
    """The text, cut with an ellipsis when it is wider than ``room`` units; the table keeps the whole text."""
    fits = max(4, int(room / CHARACTER))
    return text if len(text) <= fits else f"{text[: fits - 1].rstrip()}…"
