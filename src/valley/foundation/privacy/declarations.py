"""What does each table hold about people: declared once, checked by a test, used by export, erasure and backup?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from valley.core.errors import ValleyError
from valley.foundation import access

Expires = Callable[[datetime], Q]
Search = Callable[[frozenset[str], int | None], Q]
Follow = Callable[[QuerySet[Any], datetime], None]


class RegisterBroken(ValleyError):
    """A table was declared twice, or a declaration names something that does not exist."""

    code = "personal-data-register-broken"
    status = 500


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """A table with rows about someone.

    ``owner`` is a lookup path to a pseudonym (of a person or an account), ``account`` a lookup path to an account id;
    a table that needs more has ``search``, from pseudonyms and account to a condition. ``sealed`` fields are sealed in
    the table itself, under the owner's key. ``identifying`` fields stay readable in the live database (someone must
    be able to sign in) and are sealed in every backup. ``expires`` gives the rows that are past their keep time.
    ``on_erase``: delete the row, detach it (clear the reference to the owner), or keep it because it holds pseudonyms
    that by then belong to nobody. ``before_erase`` is told the rows that are about to go, and the moment: counts that
    hold them are made right there, in the same transaction. ``backup`` False leaves the table out of backups.
    """

    model: str | type[Model]
    purpose: str
    basis: str
    kept: str
    owner: str = ""
    account: str = ""
    search: Search | None = None
    fields: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    identifying: tuple[str, ...] = ()
    on_erase: Literal["delete", "detach", "keep"] = "delete"
    expires: Expires | None = None
    before_erase: Follow | None = None
    backup: bool = True

    @property
    def label(self) -> str:
        """``app.Model``."""
        return label_of(self.model)

    @property
    def pseudonym_path(self) -> str:
        """The lookup path to the pseudonym whose key seals this table's text."""
        if self.owner:
            return self.owner
        if self.account in ("pk", "id"):
            return "pseudonym"
        return f"{self.account.removesuffix('_id')}__pseudonym"

    def rows(self) -> QuerySet[Any]:
        """Every row, past the scope: only export, erasure, retention and backup ask this."""
        return model_of(self)._base_manager.all()

    def owned(self, *, pseudonyms: frozenset[str], account: int | None) -> QuerySet[Any]:
        """The rows about one someone, known by pseudonyms and, when there is one, an account."""
        mine = self.search(pseudonyms, account) if self.search else Q(pk__in=[])
        if self.owner:
            mine |= Q(**{f"{self.owner}__in": pseudonyms})
        if self.account and account is not None:
            mine |= Q(**{self.account: account})
        return self.rows().filter(mine)


def by_desk(model: str, *, purpose: str, owner: str, fields: tuple[str, ...]) -> PersonalTable:
    """A table in which only who did the work at a desk is personal: it stays, without that, when someone is erased."""
    return PersonalTable(
        model=model,
        purpose=purpose,
        basis="GDPR 6(1)(e) and (f): work at a desk, answered for by name within the organisation",
        kept="as long as the work it belongs to; at erasure without who did it",
        owner=owner,
        fields=fields,
        on_erase="detach",
    )


@dataclass(frozen=True, slots=True)
class NotPersonal:
    """A table without rows about people, and why that is so."""

    model: str | type[Model]
    why: str
    expires: Expires | None = None
    backup: bool = True

    @property
    def label(self) -> str:
        """``app.Model``."""
        return label_of(self.model)

    def rows(self) -> QuerySet[Any]:
        """Every row."""
        return model_of(self)._base_manager.all()


Declaration = PersonalTable | NotPersonal


def label_of(model: str | type[Model]) -> str:
    """``app.Model`` of a model or of its label in any case."""
    found = apps.get_model(model) if isinstance(model, str) else model
    return str(found._meta.label)


def model_of(table: Declaration) -> type[Any]:
    """The model class of a declaration."""
    return apps.get_model(table.label)


def register() -> dict[str, Declaration]:
    """Every declaration of every installed room, by label; raises :class:`RegisterBroken` for a second one."""
    found: dict[str, Declaration] = {}
    for table in _declared():
        if table.label in found:
            raise RegisterBroken(
                expected="one declaration per table", found=f"two of {table.label}", next_step="Keep the room's own."
            )
        found[table.label] = table
    return found


def _declared() -> Iterator[Declaration]:
    for app in apps.get_app_configs():
        # A room without personal tables still declares that; other packages' tables are declared by the foundation.
        if app.name.startswith("valley.") and find_spec(f"{app.name}.privacy"):
            yield from import_module(f"{app.name}.privacy").TABLES


def personal() -> tuple[PersonalTable, ...]:
    """The declarations of tables with rows about people, by label."""
    found = register()
    return tuple(found[label] for label in sorted(found) if isinstance(found[label], PersonalTable))  # type: ignore[misc]


def undeclared() -> tuple[str, ...]:
    """Tables nobody declared: must be empty."""
    known = register()
    models = (model._meta.label for model in apps.get_models(include_auto_created=True))
    return tuple(sorted(label for label in models if label not in known))


@contextmanager
def opened(purpose: access.Purpose, *, at: datetime) -> Iterator[None]:
    """Open every personal table for the work of the register itself."""
    caller = access.operator(at=at, door="register")
    with access.opened(access.Grant(caller, purpose, persons=None)):
        yield
