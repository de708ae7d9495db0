"""What does one cell say: a day, an amount, a whole number, a yes?

Each reader takes a cell and gives its value, or raises :class:`CellRefused` with what was expected.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from valley.foundation.spreadsheets.reading import Cell

YES = frozenset({"ja", "j", "yes", "y", "x", "true", "waar", "1"})
NO = frozenset({"nee", "n", "no", "false", "onwaar", "0", ""})
MONTH_NAMES = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
ENGLISH_MONTHS = {"mar": 3, "mrt": 3, "may": 5, "oct": 10}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet program run a text as a formula (OWASP, CSV injection)."""


_UNITS = re.compile(r"\s*(uur|uren|hours|u|maanden|mnd|months)\.?\s*$", re.IGNORECASE)


class CellRefused(Exception):
    """What was expected, what was found, and the next step; the row and column are known to the caller."""

    def __init__(self, expected: str, found: object, next_step: str) -> None:
        super().__init__(expected)
        self.expected, self.found, self.next_step = expected, str(found), next_step


def plain(text: object) -> str:
    """A header or word as it is compared: no case, accents, signs or double spaces.

    >>> plain("  Start vóór: ")
    'start voor'
    """
    bare = unicodedata.normalize("NFKD", str(text)).casefold()
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", kept).replace("_", " ").split())


def text(cell: Cell) -> str:
    """A text as written, without a guard against formulas; numbers without a needless ".0"."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (date, datetime)):
        return cell.strftime("%d-%m-%Y")
    found = str(cell).strip()
    return found[1:] if found[:1] == "'" and found[1:2] in FORMULA else found


def guarded(value: str) -> str:
    """A text that a spreadsheet program shows and never runs.

    >>> guarded("=cmd|'/c calc'!A1")
    "'=cmd|'/c calc'!A1"
    """
    return f"'{value}" if value.startswith(FORMULA) else value


def day(cell: Cell) -> date:
    """A day: a date cell, or text as dd-mm-yyyy, yyyy-mm-dd or "1 maart 2027"."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = text(cell)
    parts = re.fullmatch(r"(\d{1,2})[-/. ]([A-Za-z]+\.?|\d{1,2})[-/. ](\d{4})", found)
    reverse = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", found)
    try:
        if parts:
            return date(int(parts[3]), _month(parts[2]), int(parts[1]))
        if reverse:
            return date(int(reverse[1]), int(reverse[2]), int(reverse[3]))
    except ValueError:
        pass
    raise CellRefused(_("a day as dd-mm-yyyy"), found or _("nothing"), _("Write it as 31-12-2027."))


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    start = word[:3].casefold()
    return ENGLISH_MONTHS.get(start) or MONTH_NAMES.index(start) + 1


def amount(cell: Cell) -> Decimal:
    """An amount with at most two decimals; comma or point, with or without a euro sign."""
    refused = CellRefused(_("a number"), text(cell) or _("nothing"), _("Write a number, such as 15,50."))
    if isinstance(cell, (bool, date, datetime)):
        raise refused
    found = str(cell) if isinstance(cell, (int, float)) else re.sub(r"[€\s\u00a0]|eur(o|$)", "", text(cell).casefold())
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", found) or re.fullmatch(r"-?\d+,\d+", found):
        found = found.replace(".", "").replace(",", ".")
    try:
        number = Decimal(found)
        if not number.is_finite() or abs(number) > 10**9:
            raise refused
        return number.quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise refused from error


def whole(cell: Cell) -> int:
    """A whole number; words such as "uur" or "maanden" after it are fine."""
    bare = (
        re.sub(r"\s*(uur|uren|hours|u|maanden|mnd|months)\.?$", "", cell.strip().casefold())
        if isinstance(cell, str)
        else cell
    )
    number = amount(bare)
    if number != int(number):
        raise CellRefused(_("a whole number"), text(cell), _("Round it."))
    return int(number)


def optional_whole(cell: Cell) -> int | None:
    """A whole number, or None for an empty cell, a dash or "vast"."""
    return None if plain(text(cell)) in ("", "vast", "permanent", "onbepaald", "n v t", "nvt") else whole(cell)


def yes(cell: Cell) -> bool:
    """Yes or no; empty is no."""
    if isinstance(cell, bool):
        return cell
    found = plain(text(cell))
    if found in YES | NO:
        return found in YES
    raise CellRefused(_("yes or no"), text(cell), _("Write yes, no, or leave it empty."))
