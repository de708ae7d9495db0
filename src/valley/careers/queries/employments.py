"""Which employments has a person, what does the law say about them and about a next one, and what does a desk see?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valley.careers import drafts, moments, snapshots
from valley.careers.models import KINDS, Employment, EndReason, Form, Initiative, Moment, Reflection, Side, State
from valley.careers.queries import scope
from valley.careers.queries.flags import LawFlagLine, flag_lines
from valley.careers.queries.law_table import agreements
from valley.core.mobility import law
from valley.core.mobility.law.months import later
from valley.foundation import access, clock, organisations
from valley.foundation.access import Caller, Grant, Purpose
from valley.people import queries as people
from valley.work import queries as work

SCENARIOS: tuple[law.Scenario, ...] = ("law", "bill")
SCENARIO_WORDS = {"law": gettext_lazy("the law as it is"), "bill": gettext_lazy("if the bill were law")}
# What "a next contract" means where nobody planned one: a year, as most temporary contracts in the trade.
NEXT_MONTHS = 12
# How long before a share ends its owner is asked whether to share longer: time for one more look at the page.
RENEW = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class EmploymentLine:
    """One employment. ``ends_on`` is the first day after it; ``last_on`` the last day of it.

    ``due``: a moment to say why is open for the side that reads this, or "". ``facts``: what else is written down, in
    words, as far as the rules read it; ``blanks``: names of facts that either side may still fill in. ``shared_until``:
    the first day on which the employer no longer sees it; None when it does not.
    """

    id: int
    organisation: int
    organisation_name: str
    role: str
    role_title: str
    contract: str
    contract_words: str
    starts_on: date
    ends_on: date | None
    last_on: date | None
    hours: int | None
    wage: Decimal | None
    initiative: str
    initiative_words: str
    form: str
    form_words: str
    state: str
    state_words: str
    end_reason: str
    end_reason_words: str
    agreement: str
    level: int | None
    practice_agreement: bool | None
    admitted: bool | None
    exempt: bool | None
    facts: tuple[str, ...]
    blanks: tuple[str, ...]
    share: str
    shared_until: date | None
    renewable: bool
    due: str
    due_words: str


@dataclass(frozen=True, slots=True)
class NextContract:
    """What a next temporary contract with the same employer would do. ``severity`` "" when no rule speaks."""

    scenario: str
    scenario_words: str
    organisation_name: str
    starts_on: date
    ends_on: date
    severity: str
    words: str
    flags: tuple[LawFlagLine, ...]


@dataclass(frozen=True, slots=True)
class MyEmployments:
    """The person's own employments, newest first, with what the rules say now and about a next contract.

    ``unknown``: what the rules cannot say, because a fact or an amount is missing.
    """

    on: date
    items: tuple[EmploymentLine, ...]
    flags: tuple[LawFlagLine, ...]
    bill: tuple[LawFlagLine, ...]
    unknown: tuple[LawFlagLine, ...]
    next: tuple[NextContract, ...]


@dataclass(frozen=True, slots=True)
class EmploymentDesk:
    """An employer's desk: the people who work or are to work there and share that, in order of arrival.

    ``flags``: what the rules say about each of these contracts by itself, for of other employers' contracts a desk
    knows nothing; whose row of contracts is too long is not in it.
    """

    organisation: int
    organisation_name: str
    items: tuple[EmploymentLine, ...]
    flags: tuple[LawFlagLine, ...]


def my_employments(caller: Caller, *, person: int) -> MyEmployments:
    """For the owner of the passport, and the operator. Some fourteen questions."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    on = clock.today(caller.at)
    with access.opened(grant):
        rows = list(Employment.objects.filter(person=person).order_by("-starts_on", "-pk"))
    contracts, rules = snapshots.contracts(grant, person), snapshots.rules(on)
    said = {one: law.flags(contracts, rules=rules, on=on, scenario=one) for one in SCENARIOS}
    known = {_same(flag) for flag in said["law"]}
    until = {one.key: one.ends_on for one in people.shares(caller, person=person) if one.state == "alive"}
    return MyEmployments(
        on=on,
        items=_lines(caller, grant, rows, shown=_Shown(Side.PERSON, on, until)),
        flags=flag_lines(said["law"], language=caller.language),
        bill=flag_lines([one for one in said["bill"] if _same(one) not in known], language=caller.language),
        unknown=flag_lines(law.unknowns(contracts, rules=rules, on=on), language=caller.language),
        next=tuple(_next(caller, contracts, rules, one, on) for one in SCENARIOS) if contracts else (),
    )


def employments_of(caller: Caller, *, organisation: int) -> EmploymentDesk:
    """The employer's own employments and proposals behind living shares, in order of arrival. Recruiter's desk."""
    until = scope.living(caller, organisation=organisation)
    on = clock.today(caller.at)
    found: list[EmploymentLine] = []
    contracts: list[law.Contract] = []
    for purpose in scope.OPEN:
        grant = people.grant(caller, purpose=Purpose.INBOX, inbox=(organisation, purpose))
        with access.opened(grant):
            rows: list[Any] = list(
                Employment.objects.filter(organisation=organisation, share_key__in=until).order_by("proposed_at", "pk")
            )
        known = {line.id for line in found}
        fresh = [row for row in rows if row.pk not in known]
        found += _lines(caller, grant, fresh, shown=_Shown(Side.EMPLOYER, on, until))
        contracts += [snapshots.contract_of(row) for row in fresh]
    name = organisations.partner(id=organisation).name
    items = tuple(sorted(found, key=lambda line: line.id))
    return EmploymentDesk(organisation, name, items, _alone(contracts, on=on, language=caller.language))


def _alone(contracts: list[law.Contract], *, on: date, language: str) -> tuple[LawFlagLine, ...]:
    rules = snapshots.rules(on)
    said = [
        flag
        for one in sorted(contracts, key=lambda row: int(row.key))
        for flag in (*law.flags([one], rules=rules, on=on), *law.unknowns([one], rules=rules, on=on))
    ]
    return flag_lines(said, language=language)


def employment_line(items: Iterable[EmploymentLine], employment: int) -> EmploymentLine:
    """The one of these employments with a number. Raises NotFound, also for somebody else's."""
    found = next((line for line in items if line.id == employment), None)
    if found is None:
        raise scope.no_employment()
    return found


def due_reflections(
    caller: Caller, *, person: int | None = None, organisation: int | None = None
) -> tuple[EmploymentLine, ...]:
    """The employments about which this side can say something today and did not yet."""
    if person is not None:
        return tuple(line for line in my_employments(caller, person=person).items if line.due)
    if organisation is None:
        raise scope.no_employment()
    return tuple(line for line in employments_of(caller, organisation=organisation).items if line.due)


def _same(flag: law.Flag) -> tuple[object, ...]:
    return (flag.rule.key, flag.says, flag.severity, tuple(one.key for one in flag.contracts))


def _next(
    caller: Caller, contracts: tuple[law.Contract, ...], rules: tuple[law.Rule, ...], scenario: law.Scenario, on: date
) -> NextContract:
    last = max(contracts, key=lambda one: (one.starts_on, one.key))
    starts_on = max(last.ends_on or on, on)
    planned = replace(
        last, kind="fixed-term", starts_on=starts_on, ends_on=later(starts_on, NEXT_MONTHS), initiative="worker",
        wage=None, form="contract", key="next",
    )  # fmt: skip
    found = law.flags([*contracts, planned], rules=rules, on=on, scenario=scenario)
    about = [flag for flag in found if flag.about is not None and flag.about.key == "next"]
    lines = flag_lines(about, language=caller.language)
    free = _("A next temporary contract of a year with this employer is possible.")
    return NextContract(
        scenario=scenario,
        scenario_words=str(SCENARIO_WORDS[scenario]),
        organisation_name=organisations.names([int(last.employer)]).get(int(last.employer), ""),
        starts_on=planned.starts_on,
        ends_on=later(starts_on, NEXT_MONTHS),
        severity=lines[0].severity if lines else "",
        words=lines[0].words if lines else free,
        flags=lines,
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """To which side, on which day, and until when each share lives."""

    side: str
    on: date
    until: Mapping[str, date]


def _lines(caller: Caller, grant: Grant, rows: list[Any], *, shown: _Shown) -> tuple[EmploymentLine, ...]:
    words = _Words(
        names=organisations.names({row.organisation_id for row in rows}),
        roles={role.key: role.title for role in work.role_profiles(caller)},
        agreements=dict(agreements(caller)),
    )
    with access.opened(grant):
        said = set(
            Reflection.objects.filter(employment__in=rows, side=shown.side).values_list("employment_id", "moment")
        )
    return tuple(
        _line(row, words, due=_due(row, said, shown.on), until=shown.until.get(row.share_key), on=shown.on)
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What employers, roles and collective agreements are called."""

    names: Mapping[int, str]
    roles: Mapping[str, str]
    agreements: Mapping[str, str]

    def facts(self, row: Any) -> tuple[str, ...]:
        """What the rules read and the columns do not show, as far as it was said or should have been."""
        found = [self._agreement(row)]
        if row.contract == "work-based-learning":
            found.append(_("training agreement: %(answer)s") % {"answer": answer(row.practice_agreement)})
        if row.form == Form.LENDING or row.contract == "agency":
            found.append(_("lender admitted: %(answer)s") % {"answer": answer(row.admitted)})
            found.append(_("exempt from admission: %(answer)s") % {"answer": answer(row.exempt)})
        return tuple(found)

    def _agreement(self, row: Any) -> str:
        if row.agreement == law.NO_AGREEMENT:
            return _("no collective agreement")
        if not row.agreement:
            return _("collective agreement: %(answer)s") % {"answer": answer(None)}
        title = self.agreements.get(row.agreement, row.agreement)
        level = answer(None) if row.level is None else row.level
        return _("%(agreement)s, level %(level)s") % {"agreement": title, "level": level}


def answer(said: bool | None) -> str:
    """Yes, no, or that nobody wrote it down."""
    return str({True: _("yes"), False: _("no"), None: _("not known")}[said])


def _due(row: Any, said: set[tuple[int, str]], on: date) -> str:
    if row.confirmed_at is None:
        return ""
    open_now = moments.due(row.starts_on, row.ends_on, on=on)
    return next((moment for moment in open_now if (row.pk, moment) not in said), "")


def _renewable(row: Any, until: date | None, on: date) -> bool:
    """Whether sharing longer would show a running contract beyond the day its share ends."""
    if row.state != State.CONFIRMED or (row.ends_on is not None and row.ends_on <= on):
        return False
    return until is None or (until <= on + RENEW and (row.ends_on is None or until < row.ends_on))


def _line(row: Any, words: _Words, *, due: str, until: date | None, on: date) -> EmploymentLine:
    return EmploymentLine(
        id=row.pk,
        organisation=row.organisation_id,
        organisation_name=words.names.get(row.organisation_id, ""),
        role=row.role_key,
        role_title=words.roles.get(str(row.role_key), str(row.role_key)),
        contract=row.contract,
        contract_words=str(dict(KINDS)[row.contract]),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        last_on=row.ends_on - timedelta(days=1) if row.ends_on else None,
        hours=row.hours,
        wage=row.wage,
        initiative=row.initiative,
        initiative_words=str(Initiative(row.initiative).label),
        form=row.form,
        form_words=str(Form(row.form).label),
        state=row.state,
        state_words=str(State(row.state).label),
        end_reason=row.end_reason,
        end_reason_words=str(EndReason(row.end_reason).label) if row.end_reason else "",
        agreement=row.agreement,
        level=row.level,
        practice_agreement=row.practice_agreement,
        admitted=row.admitted,
        exempt=row.exempt,
        facts=words.facts(row),
        blanks=drafts.blanks(row) if row.state == State.CONFIRMED else (),
        share=row.share_key,
        shared_until=until,
        renewable=_renewable(row, until, on),
        due=due,
        due_words=str(Moment(due).label) if due else "",
    )
