"""Which employments has a person, what does the law say about them and about a next one, and what does a desk see?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valley.careers import moments, snapshots
from valley.careers.models import KINDS, Employment, EndReason, Form, Initiative, Moment, Reflection, Side, State
from valley.careers.queries import scope
from valley.careers.queries.flags import LawFlagLine, flag_lines
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


@dataclass(frozen=True, slots=True)
class EmploymentLine:
    """One employment. ``ends_on`` is the first day after it; ``last_on`` the last day of it. ``due``: a moment to
    say why is open for the side that reads this, or ""."""

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
    share: str
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
    """The person's own employments, newest first, with what the rules say now and about a next contract."""

    on: date
    items: tuple[EmploymentLine, ...]
    flags: tuple[LawFlagLine, ...]
    bill: tuple[LawFlagLine, ...]
    next: tuple[NextContract, ...]


@dataclass(frozen=True, slots=True)
class EmploymentDesk:
    """An employer's desk: the people who work or are to work there and share that, in order of arrival."""

    organisation: int
    organisation_name: str
    items: tuple[EmploymentLine, ...]


def my_employments(caller: Caller, *, person: int) -> MyEmployments:
    """For the owner of the passport, and the operator. Nine questions."""
    grant = people.grant(caller, purpose=Purpose.OWN, person=person)
    on = clock.today(caller.at)
    with access.opened(grant):
        rows = list(Employment.objects.filter(person=person).order_by("-starts_on", "-pk"))
    contracts, rules = snapshots.contracts(grant, person), snapshots.rules(on)
    said = {one: law.flags(contracts, rules=rules, on=on, scenario=one) for one in SCENARIOS}
    known = {_same(flag) for flag in said["law"]}
    return MyEmployments(
        on=on,
        items=_lines(caller, grant, rows, side=Side.PERSON, on=on),
        flags=flag_lines(said["law"], language=caller.language),
        bill=flag_lines([one for one in said["bill"] if _same(one) not in known], language=caller.language),
        next=tuple(_next(caller, contracts, rules, one, on) for one in SCENARIOS) if contracts else (),
    )


def employments_of(caller: Caller, *, organisation: int) -> EmploymentDesk:
    """The employer's own employments and proposals behind living shares, in order of arrival. Recruiter's desk."""
    keys = scope.living_keys(caller, organisation=organisation)
    rows: list[Any] = []
    on = clock.today(caller.at)
    found: list[EmploymentLine] = []
    for purpose in scope.OPEN:
        grant = people.grant(caller, purpose=Purpose.INBOX, inbox=(organisation, purpose))
        with access.opened(grant):
            rows = list(
                Employment.objects.filter(organisation=organisation, share_key__in=keys).order_by("proposed_at", "pk")
            )
        known = {line.id for line in found}
        fresh = [row for row in rows if row.pk not in known]
        found += _lines(caller, grant, fresh, side=Side.EMPLOYER, on=on)
    name = organisations.partner(id=organisation).name
    return EmploymentDesk(organisation, name, tuple(sorted(found, key=lambda line: line.id)))


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


def _lines(caller: Caller, grant: Grant, rows: list[Any], *, side: str, on: date) -> tuple[EmploymentLine, ...]:
    names = organisations.names({row.organisation_id for row in rows})
    titles = {role.key: role.title for role in work.role_profiles(caller)}
    with access.opened(grant):
        said = set(Reflection.objects.filter(employment__in=rows, side=side).values_list("employment_id", "moment"))
    return tuple(_line(row, names, titles, _due(row, said, on)) for row in rows)


def _due(row: Any, said: set[tuple[int, str]], on: date) -> str:
    if row.confirmed_at is None:
        return ""
    open_now = moments.due(row.starts_on, row.ends_on, on=on)
    return next((moment for moment in open_now if (row.pk, moment) not in said), "")


def _line(row: Any, names: dict[int, str], titles: dict[str, str], due: str) -> EmploymentLine:
    return EmploymentLine(
        id=row.pk,
        organisation=row.organisation_id,
        organisation_name=names.get(row.organisation_id, ""),
        role=row.role_key,
        role_title=titles.get(str(row.role_key), str(row.role_key)),
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
        share=row.share_key,
        due=due,
        due_words=str(Moment(due).label) if due else "",
    )
