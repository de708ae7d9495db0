"""How does a test get the small demo region without loading it again for every test?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.db import transaction
from tests import factories

from valley.demo import loader
from valley.foundation.models import Account
from valley.people import queries as people


@dataclass(frozen=True, slots=True)
class Loaded:
    """The small region as it was loaded, and the ready workers' persons by first name."""

    loading: loader.Loading
    persons: dict[str, int]

    def account(self, name: str) -> Account:
        """The ready account with this first part of its address."""
        return Account.objects.get(email=f"{name}@demo.valley.invalid")


@contextmanager
def small_region(blocker) -> Iterator[Loaded]:
    """Load the small region in a transaction around all tests of a module, and take it away again afterwards."""
    with blocker.unblock(), ExitStack() as stack:
        for database in ("default", "vault"):
            stack.enter_context(undone(database))
        operator = factories.operator()
        loading = loader.load_region(operator, small=True)
        names = ("sara", "bilal", "marja", "lotte", "amir", "fleur", "sem", "noor")
        persons = {name: people.person_of(operator, who=f"{name}@demo.valley.invalid") for name in names}
        yield Loaded(loading, persons)


@contextmanager
def undone(database: str) -> Iterator[None]:
    """A transaction in a database that is taken back at the end."""
    with transaction.atomic(using=database):
        yield
        transaction.set_rollback(True, using=database)
