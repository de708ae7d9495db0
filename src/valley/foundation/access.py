"""Who is asking, for whom may they act, and how do personal rows stay shut until someone says why they are opened?

Every query and action takes a :class:`Caller` first. Personal tables use :class:`PersonalManager`: it refuses to answer
without an open scope and narrows every answer to the persons the scope names, so a forgotten filter is an error and
not a leak. Only ``people.queries.grant`` makes the :class:`Grant` that opens a scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation.models import DeskRole


class Purpose(StrEnum):
    """Why personal rows are opened; written in the audit with every use."""

    OWN = "own-passport"
    SHARE = "reading-a-share"
    INBOX = "reading-an-inbox"
    SECTOR_RUN = "sector-run"
    EXPORT = "export"
    ERASURE = "erasure"
    UPKEEP = "upkeep"


class Forbidden(ValleyError):
    """The caller may not do this; says which desk may."""

    code = "forbidden"
    status = 403


class SecondFactorNeeded(ValleyError):
    """A desk opens only with a passkey or an authenticator app."""

    code = "second-factor-needed"
    status = 403


class SignInNeeded(ValleyError):
    """Nobody is signed in."""

    code = "sign-in-needed"
    status = 401


class ScopeMissing(ValleyError):
    """Personal rows were asked for without an open access scope: a mistake in the program, never shown as data."""

    code = "access-scope-missing"
    status = 500


@dataclass(frozen=True, slots=True)
class Desk:
    """One chair the caller holds today."""

    organisation: int
    role: str
    organisation_kind: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, through which door, when. ``account`` is None for the operator at the terminal and for jobs.

    ``at`` is the moment the door read from the clock: actions store it and never read the clock themselves.
    ``strong`` says that a second factor was used in this session.
    """

    pseudonym: str
    door: str
    at: datetime
    account: int | None = None
    desks: tuple[Desk, ...] = ()
    strong: bool = False
    operator: bool = False
    language: str = "nl"
    origin: str = field(default="", repr=False)

    def sits_at(self, *roles: str, organisation: int | None = None) -> bool:
        """True when the caller holds one of the desks, at that organisation when one is named."""
        return any(
            desk.role in roles and (organisation is None or desk.organisation == organisation) for desk in self.desks
        )

    def speaking(self, language: str) -> Caller:
        """The same caller, answered in another language."""
        return replace(self, language=language)


def operator(*, at: datetime, door: str = "cli", language: str = "nl") -> Caller:
    """The person at the terminal of the machine itself, or a job acting for the product; audited like anyone."""
    return Caller(pseudonym=f"operator-{door}", door=door, at=at, strong=True, operator=True, language=language)


def require_signed_in(caller: Caller) -> int:
    """The account id, or :class:`SignInNeeded`."""
    if caller.account is None:
        raise SignInNeeded(
            expected=_("someone who is signed in"), found=_("nobody"), next_step=_("Sign in and try again.")
        )
    return caller.account


def require_desk(caller: Caller, *roles: DeskRole, organisation: int | None = None) -> None:
    """Let the caller pass when seated at one of ``roles`` (at ``organisation`` when given), with a second factor.

    The operator passes. Raises :class:`SignInNeeded`, :class:`Forbidden` or :class:`SecondFactorNeeded`.
    """
    if caller.operator:
        return
    require_signed_in(caller)
    if not caller.sits_at(*roles, organisation=organisation):
        names = ", ".join(str(role.label) for role in roles)
        raise Forbidden(
            expected=f"a desk of this kind: {names}",
            found=_("another account"),
            next_step=_("Ask the steward of your organisation for this desk."),
        )
    if not caller.strong:
        raise SecondFactorNeeded(
            expected=_("a second factor in this session"),
            found=_("only one factor"),
            next_step=_("Add a passkey or an authenticator app to your account and sign in again."),
        )


@dataclass(frozen=True, slots=True)
class Grant:
    """The key to personal rows: whose, why, by whom. ``persons`` None means everybody (jobs of the product itself).

    Only ``people.queries.grant`` makes one; a test forbids the call elsewhere.
    """

    caller: Caller
    purpose: Purpose
    persons: frozenset[int] | None
    parts: frozenset[str] = frozenset()


_open: ContextVar[Grant | None] = ContextVar("valley_access_scope", default=None)


@contextmanager
def opened(grant: Grant) -> Iterator[Grant]:
    """Open the personal tables for the persons of ``grant`` while the block runs."""
    token = _open.set(grant)
    try:
        yield grant
    finally:
        _open.reset(token)


class PersonalManager(models.Manager[Any]):
    """A manager that answers only inside :func:`opened`, and only about the persons it names."""

    use_in_migrations: ClassVar[bool] = False

    def __init__(self, *, owner: str = "person_id") -> None:
        super().__init__()
        self.owner = owner

    def get_queryset(self) -> models.QuerySet[Any]:
        grant = _open.get()
        if grant is None:
            raise ScopeMissing(
                expected="an open access scope",
                found=f"a question about {self.model.__name__} without one",
                next_step="Ask people.queries.grant for a grant and open it.",
            )
        rows = super().get_queryset()
        return rows if grant.persons is None else rows.filter(**{f"{self.owner}__in": grant.persons})


def one_person(grant: Grant) -> int:
    """The only person of a grant for one, or :class:`Forbidden`."""
    if grant.persons is None or len(grant.persons) != 1:
        raise Forbidden(
            expected=_("a grant for one person"), found=_("another grant"), next_step=_("Ask for one person.")
        )
    return next(iter(grant.persons))


def desks_of(memberships: Iterable[Any]) -> tuple[Desk, ...]:
    """Desks from membership rows (with their organisation selected), sorted so that equal callers are equal."""
    desks = (Desk(row.organisation_id, row.role, row.organisation.kind) for row in memberships)
    return tuple(sorted(desks, key=lambda desk: (desk.organisation, desk.role)))
