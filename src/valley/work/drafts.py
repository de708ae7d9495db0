"""What must an opening and a role profile say, and which answers are refused, in which words?

The same checks serve the form, the API and every row of a spreadsheet. Pure: what is known is passed in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from valley.foundation.spreadsheets.tables import nearest
from valley.work.models import ContractKind

Number = Decimal | int
PAY = (Decimal(10), Decimal(150))
"""Euro per hour, gross. Below lies no lawful adult wage, above lies a monthly wage in the wrong column."""
HOURS = (1, 48)
"""Hours a week; 48 is the most the Working Hours Act (Arbeidstijdenwet) allows on average over sixteen weeks."""
SEATS = (1, 500)
MONTHS = (1, 60)
LEVELS = (1, 4)
CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")
FEWEST_NEEDS, MOST_NEEDS = 3, 40
TITLE, TEXT, REFERENCE, TASK = 160, 6000, 60, 200
AHEAD_DAYS = 3 * 365
MUST, WISH = 2, 1
PERMITS = ("vog", "driving-licence-b")
HOURS_PER_MONTH = 156
"""A full working month (36 hours a week), only to recognise a monthly wage."""


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """A competence asked: its id, a level of 1-4, must have (2) or nice to have (1), and the task it is for."""

    competence: int
    level: int
    importance: int = WISH
    task: str = ""


@dataclass(frozen=True, slots=True)
class LanguageDraft:
    """A language asked (ISO 639 code) at a CEFR level from 1 (A1) to 6 (C2)."""

    code: str
    cefr: int


@dataclass(frozen=True, slots=True)
class OpeningDraft:
    """An opening as someone wrote it. ``role`` is the key of a role profile of the organisation or of the trade.

    Without ``needs`` those of the role are copied. The start lies from ``starts_from_on`` until, not including,
    ``starts_until_on``; on ``closes_on`` the opening is closed. Pay is euro per hour, gross.
    """

    organisation: int
    role: str
    title: str
    contract: str
    hours_min: int
    hours_max: int
    pay_min: Decimal
    pay_max: Decimal
    place: str
    starts_from_on: date
    starts_until_on: date
    closes_on: date
    months: int | None = None
    seats: int = 1
    text: str = ""
    reference: str = ""
    home_work: bool = False
    evenings: bool = False
    weekends: bool = False
    nights: bool = False
    early: bool = False
    permits: tuple[str, ...] = ()
    languages: tuple[LanguageDraft, ...] = ()
    needs: tuple[NeedDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """A role profile as someone wrote it. ``organisation`` None is a role of the whole trade."""

    organisation: int | None
    key: str
    title_nl: str
    title_en: str = ""
    summary_nl: str = ""
    summary_en: str = ""
    moves_to: tuple[str, ...] = ()
    needs: tuple[NeedDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Flaw:
    """One answer that is refused: the field of the draft, what was expected and found, and what to do."""

    field: str
    expected: str
    found: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the checks compare with: names of places by key, labels of languages by code, the day."""

    places: Mapping[str, str]
    languages: Mapping[str, str]
    competences: frozenset[int]
    on: date
    past_allowed: bool = False


def opening_flaws(draft: OpeningDraft, known: Known) -> tuple[Flaw, ...]:
    """Everything about an opening that is refused, in the order of the form. Empty when it may be stored."""
    checks: tuple[Callable[[OpeningDraft, Known], Iterator[Flaw]], ...] = (
        _words, _place, _contract, _amounts, _days, _permits, _languages,
    )  # fmt: skip
    found = [flaw for check in checks for flaw in check(draft, known)]
    return (*found, *_needs(draft.needs, known))


def role_flaws(draft: RoleDraft, known: Known) -> tuple[Flaw, ...]:
    """Everything about a role profile that is refused."""
    titles = (*_line("title_nl", draft.title_nl, 3, TITLE), *_line("title_en", draft.title_en, 0, TITLE))
    prose = (*_prose("summary_nl", draft.summary_nl), *_prose("summary_en", draft.summary_en))
    return (*titles, *prose, *_key(draft.key), *_needs(draft.needs, known))


def _key(key: str) -> Iterator[Flaw]:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{1,79}", key):
        step = _("Use small letters, digits and hyphens, such as “travel-adviser”.")
        yield Flaw("key", _("a short key"), key or _("nothing"), step)


def one_of(choices: Iterable[str], *, close_to: str) -> str:
    """A next step that names the nearest choice, or the choices when they are few."""
    known = sorted(choices)
    guess = nearest(close_to, known)
    if guess:
        return _("Did you mean “%(guess)s”?") % {"guess": guess}
    if len(known) <= 8:
        return _("Choose one of: %(choices)s.") % {"choices": ", ".join(known)}
    return _("Choose one from the list.")


def _words(draft: OpeningDraft, known: Known) -> Iterator[Flaw]:
    yield from _line("title", draft.title, 3, TITLE)
    yield from _prose("text", draft.text)
    yield from _line("reference", draft.reference, 0, REFERENCE)


def _line(name: str, text: str, least: int, most: int) -> Iterator[Flaw]:
    if not least <= len(text.strip()) <= most:
        yield Flaw(
            name,
            _("%(least)s to %(most)s characters") % {"least": least, "most": most},
            _("%(count)s characters") % {"count": len(text.strip())},
            _("Make it longer.") if len(text.strip()) < least else _("Make it shorter."),
        )
    yield from _readable(name, text, allowed="")


def _prose(name: str, text: str) -> Iterator[Flaw]:
    if len(text) > TEXT:
        yield Flaw(
            name,
            _("at most %(most)s characters") % {"most": TEXT},
            _("%(count)s characters") % {"count": len(text)},
            _("Make it shorter."),
        )
    yield from _readable(name, text, allowed="\n\r\t")


def _readable(name: str, text: str, *, allowed: str) -> Iterator[Flaw]:
    hidden = unreadable(text, allowed=allowed)
    if hidden:
        yield Flaw(
            name,
            _("readable characters"),
            _("a control character (U+%(code)s)") % {"code": f"{ord(hidden):04X}"},
            _("Type the text again, or paste it without formatting."),
        )


def unreadable(text: str, *, allowed: str = "\n\r\t") -> str:
    """The first character that a reader cannot see and that may fool one (control, text direction), or ""."""
    harmless = f"{allowed}\u00ad\u200d\u200c"  # soft hyphen and joiners belong to ordinary words
    hidden = (sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return next((sign for sign in hidden if sign not in harmless), "")


def _place(draft: OpeningDraft, known: Known) -> Iterator[Flaw]:
    if draft.place not in known.places:
        names = known.places.values()
        step = one_of(names, close_to=draft.place) if draft.place else _("Choose one from the list.")
        yield Flaw("place", _("a place of the list"), draft.place or _("nothing"), step)


def _contract(draft: OpeningDraft, known: Known) -> Iterator[Flaw]:
    if draft.contract not in ContractKind.values:
        labels = [str(label) for label in ContractKind.labels]
        yield Flaw("contract", _("a kind of contract"), draft.contract, one_of(labels, close_to=draft.contract))
    elif draft.contract == ContractKind.PERMANENT:
        if draft.months is not None:
            step = _("Leave the months empty, or choose another contract.")
            yield Flaw("months", _("no end for a permanent job"), str(draft.months), step)
    elif draft.months is None:
        step = _("Say how many months the contract lasts, or choose permanent.")
        yield Flaw("months", _("a number of months"), _("nothing"), step)
    else:
        yield from _between("months", draft.months, MONTHS)


def _amounts(draft: OpeningDraft, known: Known) -> Iterator[Flaw]:
    yield from _between("seats", draft.seats, SEATS)
    yield from _range("hours", draft.hours_min, draft.hours_max, HOURS)
    monthly = min(draft.pay_min, draft.pay_max) > PAY[1]
    if monthly and PAY[0] <= draft.pay_min / HOURS_PER_MONTH <= PAY[1]:
        yield Flaw(
            "pay_min",
            _("euro per hour, from %(low)s to %(high)s") % {"low": PAY[0], "high": PAY[1]},
            str(draft.pay_min),
            _("This looks like pay per month: divide it by the hours of a month."),
        )
    else:
        yield from _range("pay", draft.pay_min, draft.pay_max, PAY)


def _range(
    name: str, low: Decimal | int, high: Decimal | int, bounds: tuple[Decimal | int, Decimal | int]
) -> Iterator[Flaw]:
    outside = [*_between(f"{name}_min", low, bounds), *_between(f"{name}_max", high, bounds)]
    yield from outside
    if not outside and low > high:
        yield Flaw(f"{name}_max", _("at least %(low)s") % {"low": low}, str(high), _("Swap the two numbers."))


def _between(name: str, number: Number, bounds: tuple[Number, Number]) -> Iterator[Flaw]:
    low, high = bounds
    if not low <= number <= high:
        words = _("a number from %(low)s to %(high)s") % {"low": low, "high": high}
        yield Flaw(name, words, str(number), _("Correct the number."))


def _days(draft: OpeningDraft, known: Known) -> Iterator[Flaw]:
    for name, day in (("starts_from_on", draft.starts_from_on), ("closes_on", draft.closes_on)):
        if (day - known.on).days > AHEAD_DAYS:
            yield Flaw(name, _("a day within three years"), day.isoformat(), _("Check the year."))
    if draft.starts_until_on <= draft.starts_from_on:
        yield Flaw(
            "starts_until_on",
            _("a day after %(day)s") % {"day": draft.starts_from_on.isoformat()},
            draft.starts_until_on.isoformat(),
            _("The job starts from the first day and before the second."),
        )
    if draft.closes_on <= known.on and not known.past_allowed:
        step = _("Choose the day on which the opening closes.")
        yield Flaw("closes_on", _("a day after today"), draft.closes_on.isoformat(), step)


def _permits(draft: OpeningDraft, known: Known) -> Iterator[Flaw]:
    for permit in draft.permits:
        if permit not in PERMITS:
            yield Flaw("permits", _("a known permit"), permit, one_of(PERMITS, close_to=permit))


def _languages(draft: OpeningDraft, known: Known) -> Iterator[Flaw]:
    if not draft.languages:
        step = _("Name at least the language of the work, with its level.")
        yield Flaw("languages", _("one language or more"), _("nothing"), step)
    codes = [language.code for language in draft.languages]
    for language in draft.languages:
        if language.code not in known.languages:
            step = one_of(known.languages.values(), close_to=language.code)
            yield Flaw("languages", _("a language of the list"), language.code, step)
        if not 1 <= language.cefr <= len(CEFR):
            yield Flaw("languages", _("a level from A1 to C2"), str(language.cefr), _("Choose A1 to C2."))
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        words = known.languages.get(code, code)
        yield Flaw("languages", _("each language once"), words, _("Remove one of the two."))


def _needs(needs: tuple[NeedDraft, ...], known: Known) -> Iterator[Flaw]:
    if not FEWEST_NEEDS <= len(needs) <= MOST_NEEDS:
        yield Flaw(
            "needs",
            _("%(least)s to %(most)s competences") % {"least": FEWEST_NEEDS, "most": MOST_NEEDS},
            str(len(needs)),
            _("Choose a role and keep what the work really asks."),
        )
    asked = [need.competence for need in needs]
    for position, need in enumerate(needs, start=1):
        yield from _need(position, need, known)
    for competence in sorted({one for one in asked if asked.count(one) > 1}):
        place = str(asked.index(competence) + 1)
        yield Flaw(
            "needs", _("each competence once"), _("number %(n)s twice") % {"n": place}, _("Remove one of the two.")
        )


def _need(position: int, need: NeedDraft, known: Known) -> Iterator[Flaw]:
    if need.competence not in known.competences:
        yield Flaw("needs", _("a competence of the vocabulary"), _nth(position), _("Search for it under Competences."))
    if not LEVELS[0] <= need.level <= LEVELS[1]:
        found = f"{_nth(position)}: {need.level}"
        yield Flaw("needs", _("a level from 1 to 4"), found, _("Choose 1, 2, 3 or 4."))
    if need.importance not in (MUST, WISH):
        yield Flaw("needs", _("must have or nice to have"), _nth(position), _("Choose one of the two."))
    if need.importance == MUST and not need.task.strip():
        step = _("Write the task, or make it a wish.")
        yield Flaw("needs", _("a task that explains each must-have"), _nth(position), step)
    yield from _line("needs", need.task, 0, TASK)


def _nth(position: int) -> str:
    return _("competence %(n)s") % {"n": position}
