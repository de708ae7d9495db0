"""Does what someone typed fit: readable text, known words, believable numbers?"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _

from valley.core.errors import ValleyError

NAME_MOST = 120
NOTE_MOST = 1000
CLAIMS_MOST = 400
LANGUAGES_MOST = 20
# Nobody in work today said anything about it before this day.
EARLIEST = date(1950, 1, 1)
# Marks that change the direction of text can make a note read as something else than it says (Unicode TR 36).
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Refused(ValleyError):
    """Something in a form does not fit; ``field`` in the facts names it."""

    code = "passport-refused"

    def __init__(self, *, field: str, expected: str, found: object, next_step: str) -> None:
        super().__init__(expected=expected, found=found, next_step=next_step, field=field)
        self.field = field


def text(value: str, *, field: str, most: int, lines: bool = False) -> str:
    """The text in one composed form without spaces around it; ``lines`` allows line breaks.

    Raises :class:`Refused` for control characters, text-turning marks and more than ``most`` characters.
    """
    clean = unicodedata.normalize("NFC", value).replace("\r\n", "\n").strip()
    allowed = "\n\t" if lines else ""
    strange = [
        mark
        for mark in clean
        if mark in _TURNING or (unicodedata.category(mark) in ("Cc", "Cs") and mark not in allowed)
    ]
    if strange:
        raise Refused(
            field=field,
            expected=_("readable text"),
            found=_("the hidden character %(code)s") % {"code": f"U+{ord(strange[0]):04X}"},
            next_step=_("Type the text again instead of pasting it."),
        )
    if len(clean) > most:
        raise Refused(
            field=field,
            expected=_("at most %(most)s characters") % {"most": most},
            found=_("%(count)s characters") % {"count": len(clean)},
            next_step=_("Shorten the text."),
        )
    return clean


def number(value: int | None, *, field: str, low: int, high: int) -> int | None:
    """The number when it lies in the range, or None; raises :class:`Refused`."""
    if value is not None and not low <= value <= high:
        raise Refused(
            field=field,
            expected=_("a number from %(low)s to %(high)s") % {"low": low, "high": high},
            found=value,
            next_step=_("Correct the number."),
        )
    return value


def one_of(value: str, *, field: str, known: Collection[str]) -> str:
    """The word when it is known; raises :class:`Refused`."""
    if value not in known:
        raise Refused(
            field=field,
            expected=_("a choice from the list"),
            found=_shown(value),
            next_step=_("Choose one from the list."),
        )
    return value


def all_of(values: Sequence[str], *, field: str, known: Collection[str], most: int = 20) -> list[str]:
    """The words, each once and in the given order of ``known``; raises :class:`Refused` for an unknown one."""
    number(len(values), field=field, low=0, high=most)
    for value in values:
        one_of(value, field=field, known=known)
    return [value for value in known if value in values]


def day(value: date, *, field: str, latest: date) -> date:
    """The day when it lies between 1950 and ``latest``; raises :class:`Refused`."""
    if not EARLIEST <= value <= latest:
        raise Refused(
            field=field,
            expected=_("a day from %(first)s up to %(last)s") % {"first": EARLIEST, "last": latest},
            found=value,
            next_step=_("Correct the date."),
        )
    return value


def _shown(value: object) -> str:
    shown = "".join(mark if mark.isprintable() else "?" for mark in str(value))
    return shown if len(shown) <= 40 else f"{shown[:40]}…"
