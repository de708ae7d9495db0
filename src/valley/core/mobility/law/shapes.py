"""What are a dated rule of law, a contract, and what a rule says about contracts?"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

Status = Literal["law", "bill", "agreement", "policy"]
Scenario = Literal["law", "bill"]
Severity = Literal["breach", "warning", "note"]
ContractKind = Literal["fixed-term", "permanent", "work-based-learning", "agency"]
# "" is: nobody wrote down who arranged the move.
Initiative = Literal["", "worker", "school", "employer"]
Form = Literal["contract", "lending"]
Fact = int | str | Decimal

STATUSES: tuple[Status, ...] = ("law", "bill", "agreement", "policy")
SEVERITIES: tuple[Severity, ...] = ("breach", "warning", "note")
# The agreement of a contract under no collective agreement; "" is: nobody wrote down which one is followed.
NO_AGREEMENT = "none"


def _no_numbers() -> Mapping[str, Decimal]:
    return types.MappingProxyType({})


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """One row of the dated table: which rule (key), how sure (status), valid on days from <= day < until.

    Rules of one key and status replace each other in time. The numbers are all the law there is: no rule, no flag.

    >>> Rule("chain-rule", "law", dt.date(2020, 1, 1), None, {"contracts": Decimal(3)}).valid(dt.date(2026, 1, 1))
    True
    """

    key: str
    status: Status
    from_on: dt.date
    until_on: dt.date | None = None
    numbers: Mapping[str, Decimal] = dataclasses.field(default_factory=_no_numbers, hash=False)
    source: str = ""
    article: str = ""
    source_on: dt.date | None = None  # the day somebody looked the source up

    def valid(self, day: dt.date) -> bool:
        """Whether the rule is in force on a day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclasses.dataclass(frozen=True, slots=True)
class Contract:
    """One employment, done or planned: from starts_on until (not on) ends_on; None is open-ended.

    A contract through the end of December 2026 has ends_on 2027-01-01. Role is the key of the role: the same role is
    the same work. For form "lending" the employer is the lender. Wage is euro per hour, gross.

    >>> Contract("telecom", "fixed-term", dt.date(2026, 1, 1), dt.date(2027, 1, 1)).role
    ''
    """

    employer: str
    kind: ContractKind
    starts_on: dt.date
    ends_on: dt.date | None
    role: str = ""
    initiative: Initiative = ""
    form: Form = "contract"
    wage: Decimal | None = None
    agreement: str = ""  # as in the key of its floors, NO_AGREEMENT, or "" when not known
    level: int | None = None  # level in that agreement
    practice_agreement: bool | None = True  # matters for work-based learning only; None is not known
    admitted: bool | None = None  # lending: whether the lender is admitted; None is not known
    exempt: bool | None = False  # lending: in a group, or by colleagues without profit; None is not known
    key: str = ""  # the caller's own name for it


@dataclasses.dataclass(frozen=True, slots=True)
class Flag:
    """What one rule says about contracts, with the arithmetic in facts; nothing is decided here.

    "breach": the contracts cannot stand as written. "warning": it depends on something not settled. "note": good to
    know. Contracts come in order of time, the one it is about last. Days are those of the rule.
    """

    rule: Rule
    severity: Severity
    says: str  # what is said, a key: the doors have the words
    contracts: tuple[Contract, ...]
    facts: Mapping[str, Fact] = dataclasses.field(hash=False)
    scenario: Scenario = "law"

    @property
    def source(self) -> str:
        """Title and article of the source.

        >>> Flag(Rule("x", "law", dt.date(2020, 1, 1), source="BW", article="7:1"), "note", "y", (), {}).source
        'BW, 7:1'
        """
        return ", ".join(part for part in (self.rule.source, self.rule.article) if part)

    @property
    def about(self) -> Contract | None:
        """The contract the flag is about."""
        return self.contracts[-1] if self.contracts else None
