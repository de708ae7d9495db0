"""What does someone write down about an employment or a rule, and does it fit?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from valley.careers.models import KINDS, Form, Initiative, RuleStatus
from valley.core.errors import ValleyError
from valley.core.mobility import law

EARLIEST = date(1970, 1, 1)
FURTHEST = timedelta(days=5 * 366)
# An hourly wage outside these is a slip of the hand, such as a monthly wage.
WAGES = (Decimal("1"), Decimal("250"))
# More levels than any agreement of the trade has (facility contact centres: three).
MOST_LEVEL = 9
# What may be blank because nobody knows it, and be filled in later.
FACTS = ("hours", "wage", "agreement", "level", "initiative", "practice_agreement", "admitted", "exempt")


class EmploymentRefused(ValleyError):
    """Something about an employment does not fit; ``field`` in the facts names it."""

    code = "employment-refused"


class RuleRefused(ValleyError):
    """Something about a rule does not fit; ``field`` in the facts names it."""

    code = "rule-refused"


@dataclass(frozen=True, slots=True)
class EmploymentDraft:
    """The facts of one contract. ``ends_on`` is the first day after it, None for open-ended; wage is euro an hour.

    What nobody knows is None, "" for the agreement and the initiative; ``agreement`` "none" is a contract without one.
    """

    role_key: str
    contract: str
    starts_on: date
    ends_on: date | None = None
    hours: int | None = None
    wage: Decimal | None = None
    initiative: str = ""
    form: str = "contract"
    agreement: str = ""
    level: int | None = None
    practice_agreement: bool | None = None
    admitted: bool | None = None
    exempt: bool | None = None
    opening: int | None = None


@dataclass(frozen=True, slots=True)
class PastWord:
    """What one side said about an employment at one of its moments (:mod:`valley.careers.moments`)."""

    side: str
    moment: str
    works: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastEmployment:
    """One employment of a person that the operator loads, with what was said of it: both sides know it."""

    person: int
    organisation: int
    draft: EmploymentDraft
    end_reason: str = ""
    said: tuple[PastWord, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A new dated row of a rule. Source, and the day it was looked up, are required."""

    key: str
    status: str
    from_on: date
    title_nl: str
    source: str
    source_on: date
    until_on: date | None = None
    title_en: str = ""
    remark_nl: str = ""
    remark_en: str = ""
    article: str = ""
    address: str = ""
    again_on: date | None = None
    numbers: Mapping[str, Decimal | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What a contract may name: keys of roles, and keys of collective agreements with floors."""

    roles: Collection[str]
    agreements: Collection[str]


def require_employment(draft: EmploymentDraft, *, on: date, known: Known) -> None:
    """Raise :class:`EmploymentRefused` naming the first field that does not fit."""
    _one_of(draft.role_key, known.roles, "role_key", _("a role of the list"))
    _one_of(draft.contract, dict(KINDS), "contract", _("a kind of contract"))
    _one_of(draft.initiative, Initiative.values, "initiative", _("who arranged the move"))
    _one_of(draft.form, Form.values, "form", _("a legal form"))
    _one_of(
        draft.agreement, {"", law.NO_AGREEMENT, *known.agreements}, "agreement", _("a collective agreement of the list")
    )
    require_days(draft.starts_on, draft.ends_on, on=on)
    if draft.contract == "permanent" and draft.ends_on is not None:
        raise _refused("ends_on", _("no end for a permanent contract"), draft.ends_on, _("Leave the end empty."))
    if draft.hours is not None and not 1 <= draft.hours <= 48:
        raise _refused("hours", _("1 to 48 hours a week"), draft.hours, _("Correct the number."))
    if draft.wage is not None and not WAGES[0] <= draft.wage <= WAGES[1]:
        raise _refused("wage", _("a wage per hour from 1 to 250 euro"), draft.wage, _("Give the wage per hour."))
    if draft.level is not None and (not 1 <= draft.level <= MOST_LEVEL or draft.agreement in ("", law.NO_AGREEMENT)):
        raise _refused("level", _("a level from 1 to 9 of a collective agreement"), draft.level,
                       _("Choose the collective agreement too, or leave the level empty."))  # fmt: skip


def blanks(row: Any) -> tuple[str, ...]:
    """The facts of a contract (a draft or a row) that nobody wrote down and that matter for its kind and form."""
    lent = row.form == Form.LENDING or row.contract == "agency"
    matters = {
        "level": row.agreement != law.NO_AGREEMENT,
        "practice_agreement": row.contract == "work-based-learning",
        "admitted": lent,
        "exempt": lent and row.admitted is not True,
    }
    return tuple(name for name in FACTS if getattr(row, name) in (None, "") and matters.get(name, True))


def require_days(starts_on: date, ends_on: date | None, *, on: date) -> None:
    """Raise :class:`EmploymentRefused` for inverted days, and for days nobody can mean."""
    if not EARLIEST <= starts_on <= on + FURTHEST:
        raise _refused("starts_on", _("a first day from 1970 to five years ahead"), starts_on, _("Correct the date."))
    if ends_on is not None and not starts_on < ends_on <= starts_on + 20 * FURTHEST:
        raise _refused("ends_on", _("an end after the first day, %(start)s") % {"start": starts_on}, ends_on,
                       _("Correct one of the two days."))  # fmt: skip


def require_no_overlap(draft: EmploymentDraft, others: Iterable[tuple[date, date | None]], *, own: str = "") -> None:
    """Raise :class:`EmploymentRefused` when another contract with the same employer runs on one of these days."""
    for starts_on, ends_on in others:
        if starts_on < (draft.ends_on or date.max) and draft.starts_on < (ends_on or date.max):
            until = ends_on or _("no end")
            raise _refused(
                "starts_on",
                _("days on which there is no other contract with %(employer)s")
                % {"employer": own or _("this employer")},
                f"{starts_on} - {until}",
                _("End the other contract first, or correct the days."),
            )


def require_rule(draft: RuleDraft, *, on: date) -> dict[str, str]:
    """The numbers as text, when everything fits; :class:`RuleRefused` naming the first field that does not."""
    for name, most in (("key", 80), ("title_nl", 160), ("source", 200), ("article", 200), ("address", 300)):
        value = getattr(draft, name)
        needed = name in ("key", "title_nl", "source")
        if (needed and not value.strip()) or len(value) > most or not value.isprintable():
            raise _rule_refused(name, _("a text of at most %(most)s characters") % {"most": most}, value[:40])
    if not all(part.isalnum() for part in draft.key.split("-")):
        raise _rule_refused("key", _("small letters, digits and hyphens"), draft.key)
    if draft.status not in RuleStatus.values:
        raise _rule_refused("status", ", ".join(RuleStatus.values), draft.status)
    if draft.address and not draft.address.startswith("https://"):
        raise _rule_refused("address", _("an address that starts with https://"), draft.address)
    _require_rule_days(draft, on=on)
    lacking = law.missing(draft.key, draft.numbers)
    if lacking:
        raise _rule_refused("numbers", _("a number for %(name)s") % {"name": ", ".join(lacking)}, "")
    return {name: _number(name, value) for name, value in draft.numbers.items()}


def _require_rule_days(draft: RuleDraft, *, on: date) -> None:
    if draft.until_on is not None and draft.until_on <= draft.from_on:
        raise _rule_refused("until_on", _("a last day after the first"), draft.until_on)
    if draft.again_on is not None and draft.again_on <= draft.source_on:
        raise _rule_refused("again_on", _("a day after the source was looked up"), draft.again_on)
    if draft.source_on > on:
        raise _rule_refused("source_on", _("a day on which the source was looked up, at the latest today"),
                            draft.source_on)  # fmt: skip


def _number(name: str, value: Decimal | str) -> str:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        raise _rule_refused("numbers", _("a number for %(name)s") % {"name": name}, str(value)[:40]) from None
    if not found.is_finite():
        raise _rule_refused("numbers", _("a number for %(name)s") % {"name": name}, found)
    return str(found)


def _one_of(value: str, known: Any, name: str, expected: str) -> None:
    if value not in known:
        shown = "".join(mark if mark.isprintable() else "?" for mark in value[:40])
        raise _refused(name, expected, shown or _("nothing"), _("Choose one from the list."))


def _refused(name: str, expected: str, found: object, next_step: str) -> EmploymentRefused:
    return EmploymentRefused(expected=expected, found=found, next_step=next_step, field=name)


def _rule_refused(name: str, expected: str, found: object) -> RuleRefused:
    return RuleRefused(expected=expected, found=found or _("nothing"), next_step=_("Correct the field."), field=name)
