"""The trade's roles and rules, an employer, and a worker who shares for an application."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation
from tests import factories

from valley.careers import actions, drafts
from valley.foundation import organisations
from valley.foundation.access import Caller
from valley.foundation.models import Account
from valley.people import actions as passport
from valley.skills import actions as skills
from valley.work import actions as work


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Words, roles and rules, once per file of tests; undone after it."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(transaction.atomic())
        skills.load_starter(factories.operator())
        work.load_starter_roles(factories.operator())
        actions.load_starter_law(factories.operator())
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The words that tests look for are the English ones, whatever is translated."""
    with translation.override("en"):
        yield


@dataclass
class Scene:
    """A worker with a passport, an employer, and their desks."""

    account: Account
    worker: Caller
    person: int
    employer: organisations.Partner
    recruiter_account: Account

    @property
    def recruiter(self) -> Caller:
        """The recruiter of the employer, today."""
        return factories.caller_of(self.recruiter_account)

    def web(self) -> Client:
        """The worker's browser."""
        return factories.client_of(self.account)

    def desk(self) -> Client:
        """The recruiter's browser."""
        return factories.client_of(self.recruiter_account)

    def share(self, purpose: str = "application", days: int = 60) -> str:
        """The key of a share with the employer."""
        offer = passport.ShareOffer(
            reader=self.employer.id, purpose=purpose, parts=("name",), ends_on=factories.ON + timedelta(days=days)
        )
        return passport.give_share(self.worker, person=self.person, offer=offer)

    def propose(self, **changed: object) -> int:
        """A contract that the recruiter proposed to the worker."""
        return actions.propose_employment(
            self.recruiter, organisation=self.employer.id, share=self.share(), draft=draft(**changed)
        )

    def employed(self, **changed: object) -> int:
        """A contract that the worker confirmed."""
        made = self.propose(**changed)
        actions.confirm_employment(self.worker, person=self.person, employment=made)
        return made

    def later(self, days: int) -> Caller:
        """The worker some days on."""
        return replace(self.worker, at=factories.AT + timedelta(days=days))

    def recorded(self, *drafted: drafts.EmploymentDraft) -> None:
        """Contracts that happened, loaded by the operator."""
        rows = [drafts.PastEmployment(self.person, self.employer.id, one) for one in drafted]
        actions.record_employments(factories.operator(), rows=rows)


def draft(**changed: object) -> drafts.EmploymentDraft:
    """A year as an adviser from today."""
    said = {
        "role_key": "adviser-1",
        "contract": "fixed-term",
        "starts_on": factories.ON,
        "ends_on": date(2027, 11, 23),
        "hours": 28,
        "wage": Decimal("15.10"),
        "initiative": "worker",
    }
    return drafts.EmploymentDraft(**(said | changed))  # type: ignore[arg-type]


@pytest.fixture
def scene(_loaded, db) -> Scene:
    """One worker, one employer; what a test changes is undone after it."""
    account = factories.account()
    worker = factories.caller_of(account)
    person = passport.start_passport(worker, name="Zofia")
    recruiter, employer = factories.seated("recruiter")
    return Scene(account, worker, person, employer, recruiter)
