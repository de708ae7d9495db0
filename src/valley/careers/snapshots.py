"""What does the arithmetic see of rules, contracts and moves, without names or words?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db.models import Q

from valley.careers.models import Employment, LawRule, RuleStatus, State
from valley.core.mobility import careers, law
from valley.foundation import access
from valley.foundation.access import Grant

LASTING = (State.CONFIRMED, State.ENDED)


def rules(on: date) -> tuple[law.Rule, ...]:
    """Every row of the dated table, past and coming ones too, with the bills that existed on a day. One question.

    A newer row of the same key and status ends the one before it. Which row holds for a contract is decided by the
    days of the contract.
    """
    known = ~Q(status=RuleStatus.BILL) | Q(from_on__lte=on)
    rows = list(LawRule.objects.filter(known).order_by("key", "status", "from_on"))
    return tuple(rule_of(row, following) for row, following in zip(rows, [*rows[1:], None], strict=True))


def rule_of(row: LawRule, following: LawRule | None = None) -> law.Rule:
    """One stored row as the arithmetic reads it; ``following`` is the next row of the same key and status."""
    return law.Rule(
        key=row.key,
        status=cast(law.Status, row.status),
        from_on=row.from_on,
        until_on=ended(row, following),
        numbers={name: Decimal(str(value)) for name, value in row.numbers.items()},
        source=row.source,
        article=row.article,
        source_on=row.source_on,
    )


def agreements() -> tuple[str, ...]:
    """The keys of the collective agreements that have a floor in the table, in order."""
    keys = LawRule.objects.filter(status=RuleStatus.AGREEMENT, key__startswith=law.AGREEMENT).values_list(
        "key", flat=True
    )
    return tuple(sorted({key.removeprefix(law.AGREEMENT) for key in keys}))


def ended(row: LawRule, following: LawRule | None) -> date | None:
    """The first day a row no longer holds: its own, or the day its successor starts."""
    days = [row.until_on] if row.until_on else []
    if following is not None and (following.key, following.status) == (row.key, row.status):
        days.append(following.from_on)
    return min(days, default=None)


def contracts(grant: Grant, person: int) -> tuple[law.Contract, ...]:
    """The confirmed and ended employments of a person, in order of time. Needs a grant that opens this person."""
    with access.opened(grant):
        rows = list(Employment.objects.filter(person=person, state__in=LASTING).order_by("starts_on", "pk"))
    return tuple(contract_of(row) for row in rows)


def contract_of(row: Any) -> law.Contract:
    """An employment as the rules read it; its key is its number. Who works through an agency is lent out by it."""
    return law.Contract(
        employer=str(row.organisation_id),
        kind=row.contract,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        role=row.role_key,
        initiative=row.initiative,
        form="lending" if row.contract == "agency" else row.form,
        wage=row.wage,
        agreement=row.agreement,
        level=row.level,
        practice_agreement=row.practice_agreement,
        admitted=row.admitted,
        exempt=row.exempt,
        key=str(row.pk),
    )


def moves(roles: Iterable[str] | None = None) -> tuple[careers.Went, ...]:
    """Where at least five people went, role to role, over all employers; smaller groups are not in the answer.

    Counts of groups need no grant: no row leaves this function. One question.
    """
    rows = Employment._base_manager.filter(state__in=LASTING)
    found = careers.went(
        careers.Stint(*row) for row in rows.values_list("person_id", "role_key", "starts_on", "ends_on").iterator()
    )
    wanted = None if roles is None else set(roles)
    return tuple(one for one in found if wanted is None or one.start in wanted)
