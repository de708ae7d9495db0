"""What does a flag of the law say in words, with its rule, source, days and arithmetic?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy, override

from valley.careers.models import LawRule, RuleStatus
from valley.core.mobility import law
from valley.foundation import organisations

SEVERITIES = {
    "breach": gettext_lazy("cannot stand as written"),
    "warning": gettext_lazy("not settled"),
    "note": gettext_lazy("good to know"),
}
SAID = {
    "one-too-many": gettext_lazy(
        "This is contract %(contracts)s in the row of at most %(most_contracts)s, with gaps of at most %(gap_months)s "
        "months: it is permanent by law."
    ),
    "too-long": gettext_lazy(
        "The row lasts %(months)s months and %(days)s days, gaps included, and may last %(most_months)s: this contract "
        "is permanent by law."
    ),
    "last-temporary": gettext_lazy(
        "This is contract %(contracts)s of at most %(most_contracts)s, after %(months)s months and %(days)s days: the "
        "next one within %(gap_months)s months is permanent."
    ),
    "counts-on": gettext_lazy(
        "The employers arranged the move and the work is the same: %(contracts)s contracts with different employers "
        "count together."
    ),
    "counts-on-perhaps": gettext_lazy(
        "Whether %(contracts)s contracts with different employers count together is not settled: write down who "
        "arranged the move, and ask for advice."
    ),
    "learning-not-counted": gettext_lazy("Work-based learning with a training agreement does not count in the row."),
    "learning-without-agreement": gettext_lazy(
        "There is no training agreement between school, student and company: then this contract counts in the row."
    ),
    "learning-agreement-unknown": gettext_lazy(
        "Nobody wrote down whether there is a training agreement: without one this contract counts in the row."
    ),
    "lending-before-rule": gettext_lazy("This ends before lenders have to be admitted."),
    "lending-exempt": gettext_lazy("Lending inside a group, or between colleagues without profit, is exempt."),
    "lender-admitted": gettext_lazy("The lender is admitted."),
    "lender-unknown": gettext_lazy("Nobody looked up whether the lender is admitted. Look it up before you agree."),
    "lender-not-admitted": gettext_lazy("The lender is not admitted and may not make people available."),
    "exemption-unknown": gettext_lazy(
        "The lender is not admitted, and nobody wrote down whether this lending is exempt. Find out before you agree."
    ),
    "wage-under-floor": gettext_lazy("The wage is %(wage)s an hour; the floor is %(floor)s: %(short)s too little."),
    "wage-floor-rises": gettext_lazy(
        "The wage of %(wage)s was right at the start; from %(since)s the floor is %(floor)s. It has to be raised by "
        "then."
    ),
    "wage-under-last-floor": gettext_lazy(
        "The wage is %(wage)s an hour. That is under the last floor that is known, %(floor)s, and the floor since then "
        "is not loaded yet: the programme office can add it."
    ),
    "floor-not-loaded": gettext_lazy(
        "The amount since %(since)s is not loaded yet: the programme office can add it. The last one known is "
        "%(floor)s. Whether the wage is enough today, Valley cannot say."
    ),
    "wage-not-said": gettext_lazy(
        "The wage is not written down, so nobody can say whether it is at least the floor of the law or an agreement."
    ),
    "agreement-not-said": gettext_lazy(
        "Which collective agreement is followed is not written down: only the floor of the law was looked at."
    ),
    "agreement-not-loaded": gettext_lazy(
        "No floor of this collective agreement is loaded for these days: only the floor of the law was looked at."
    ),
    "level-not-said": gettext_lazy(
        "The level in the collective agreement is not written down: the lowest floor, %(floor)s, was looked at."
    ),
    "level-not-loaded": gettext_lazy(
        "The floor of level %(level)s is not loaded: the lowest floor that is, %(floor)s, was looked at. The programme "
        "office can add it."
    ),
}
PERHAPS = gettext_lazy(
    "This holds only if contracts with different employers, agency work, or learning on the job of which the agreement "
    "is not known count together."
)
ENFORCED = gettext_lazy("Fines start on %(enforced_from)s.")
FROM_AGE = gettext_lazy("The floor holds from the age of %(from_age)s; Valley keeps nobody's age.")
_MONEY = ("wage", "floor", "short")
_DAYS = ("since", "enforced_from")


@dataclass(frozen=True, slots=True)
class LawFlagLine:
    """A flag in words. ``contracts`` are the numbers of the employments concerned, the one it is about last."""

    key: str
    says: str
    severity: str
    severity_words: str
    words: str
    title: str
    status: str
    status_words: str
    source: str
    address: str
    source_on: date | None
    again_on: date | None
    from_on: date
    until_on: date | None
    scenario: str
    contracts: tuple[str, ...]
    employers: tuple[str, ...]
    facts: Mapping[str, str]


def flag_words(flag: law.Flag, language: str) -> str:
    """The sentence of a flag in a language, with its arithmetic."""
    with override(language):
        facts = _spoken(flag.facts)
        words = [str(SAID[flag.says]) % facts]
        if flag.severity == "warning" and flag.says in ("one-too-many", "too-long"):
            words.append(str(PERHAPS))
        if "enforced_from" in flag.facts:
            words.append(str(ENFORCED) % facts)
        if "from_age" in flag.facts:
            words.append(str(FROM_AGE) % facts)
        return " ".join(words)


def flag_lines(found: Iterable[law.Flag], *, language: str) -> tuple[LawFlagLine, ...]:
    """Flags in words, in their order, with the titles of their rules. Two questions for all of them."""
    flags = tuple(found)
    rows = {
        (row.key, row.status, row.from_on): row
        for row in LawRule.objects.filter(key__in={flag.rule.key for flag in flags})
    }
    ids = {int(one.employer) for flag in flags for one in flag.contracts if one.employer.isdigit()}
    names = organisations.names(ids)
    return tuple(
        _line(flag, rows.get((flag.rule.key, flag.rule.status, flag.rule.from_on)), names, language) for flag in flags
    )


def _line(flag: law.Flag, row: LawRule | None, names: Mapping[int, str], language: str) -> LawFlagLine:
    rule = flag.rule
    employers = [int(one.employer) if one.employer.isdigit() else 0 for one in flag.contracts]
    with override(language):
        severity_words, status_words = str(SEVERITIES[flag.severity]), str(RuleStatus(rule.status).label)
    return LawFlagLine(
        key=rule.key,
        says=flag.says,
        severity=flag.severity,
        severity_words=severity_words,
        words=flag_words(flag, language),
        title=rule.key if row is None else title(row, language),
        status=rule.status,
        status_words=status_words,
        source=flag.source,
        address="" if row is None else row.address,
        source_on=rule.source_on,
        again_on=None if row is None else row.again_on,
        from_on=rule.from_on,
        until_on=rule.until_on,
        scenario=flag.scenario,
        contracts=tuple(one.key for one in flag.contracts),
        employers=tuple(names.get(one, "") for one in employers),
        facts={name: str(value) for name, value in flag.facts.items()},
    )


def title(row: LawRule, language: str) -> str:
    """The title of a rule; Dutch where there is no English."""
    return row.title_en if language == "en" and row.title_en else row.title_nl


def _spoken(facts: Mapping[str, law.Fact]) -> dict[str, str]:
    found = {name: str(value) for name, value in facts.items()}
    for name in _MONEY:
        if name in facts:
            found[name] = f"€ {number_format(facts[name], decimal_pos=2)}"
    for name in _DAYS:
        if name in facts:
            found[name] = date_format(date.fromisoformat(str(facts[name])), "DATE_FORMAT")
    return found
