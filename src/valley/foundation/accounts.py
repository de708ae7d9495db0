"""Who signs in, how strong was it, and which caller does a request speak for?"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from valley.core.errors import ValleyError
from valley.foundation import access, audit, clock
from valley.foundation.models import Account, ApiToken, Membership

DEMO_SESSION = "valley_demo"
TOKEN_DAYS_MOST = 366


class AccountExists(ValleyError):
    """There is an account with this address already."""

    code = "account-exists"
    status = 409


class TokenRefused(ValleyError):
    """The API key is unknown, ended or too long-lived."""

    code = "token-refused"
    status = 401


class Adapter(DefaultAccountAdapter):
    """How allauth behaves in Valley: anyone may open an account; mail goes out through the outbox or SMTP."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def get_user_search_fields(self) -> list[str]:
        return ["email"]


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that may be entered from the login page of a demo region."""

    label: str
    email: str
    roles: tuple[str, ...]


def caller_of(request: HttpRequest) -> access.Caller:
    """The caller of a request: its session's account, its API key's account, or a visitor."""
    at = clock.now()
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    door = "api" if request.path.startswith("/api/") else "web"
    token = getattr(request, "api_token", None)
    account: Any = token.account if token else getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return access.Caller(pseudonym="visitor", door=door, at=at, language=language)
    return access.Caller(
        pseudonym=account.pseudonym,
        door=door,
        at=at,
        account=account.pk,
        desks=access.desks_of(_seats(account.pk, on=clock.today(at))),
        strong=token is not None or _is_strong(request),
        language=language,
    )


def _seats(account: int, *, on: date) -> list[Membership]:
    until = Q(until_on__isnull=True) | Q(until_on__gt=on)
    return list(Membership.objects.filter(until, account=account, since_on__lte=on).select_related("organisation"))


def _is_strong(request: HttpRequest) -> bool:
    """True when this session saw a second factor or a passkey (or is a demo session in a demo region)."""
    if settings.VALLEY_DEMO and request.session.get(DEMO_SESSION):
        return True
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" for method in methods)


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The ready accounts of a demo region, those with a passport before the desks; empty outside a demo."""
    if not settings.VALLEY_DEMO:
        return ()
    accounts = Account.objects.filter(is_demo=True).prefetch_related("memberships__organisation").order_by("pk")
    found = [_as_demo(account) for account in accounts]
    return tuple(sorted(found, key=lambda account: bool(account.roles)))


def _as_demo(account: Account) -> DemoAccount:
    seats = list(account.memberships.all())
    label = ", ".join(f"{seat.get_role_display()} · {seat.organisation.name}" for seat in seats)
    own = _("%(name)s, with a passport") % {"name": account.email.split("@")[0].capitalize()}
    return DemoAccount(label=label or own, email=account.email, roles=tuple(seat.role for seat in seats))


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account as it was made."""

    id: int
    pseudonym: str
    email: str


def make_account(
    caller: access.Caller, *, email: str, password: str | None = None, language: str = "nl", demo: bool = False
) -> NewAccount:
    """Make an account at the terminal (people themselves sign up on the web). Operator only."""
    _operators_only(caller)
    with transaction.atomic():
        if Account.objects.filter(email__iexact=email).exists():
            raise AccountExists(
                expected=_("a new e-mail address"), found=_("one that is in use"), next_step=_("Sign in with it.")
            )
        account = Account.objects.create_user(email, password, language=language, is_demo=demo)
        account.emailaddress_set.create(email=account.email, verified=True, primary=True)  # type: ignore[attr-defined]
        audit.record(caller, verb="accounts.make", subject=("account", account.pseudonym), fields=["email"])
    return NewAccount(account.pk, account.pseudonym, account.email)


def account_id(email: str) -> int:
    """The account with this address; raises :class:`TokenRefused` when there is none."""
    found = Account.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
    if found is None:
        raise TokenRefused(
            expected=_("the e-mail address of an account"), found=_("an unknown one"), next_step=_("Check the address.")
        )
    return found


def ready_caller(caller: access.Caller, *, email: str, at: datetime) -> access.Caller:
    """The caller that a ready account is at its desks, at a moment: so that the operator can tell a demo's story.

    Only accounts that were made for a demo; nobody acts for a real person. Operator only.
    """
    _operators_only(caller)
    account = Account.objects.filter(email__iexact=email, is_demo=True).first()
    if account is None:
        raise TokenRefused(
            expected=_("a ready account of a demo"), found=_("another account"), next_step=_("Check the address.")
        )
    return access.Caller(
        pseudonym=account.pseudonym,
        door=caller.door,
        at=at,
        account=account.pk,
        desks=access.desks_of(_seats(account.pk, on=clock.today(caller.at))),
        strong=True,
        language=caller.language,
    )


def issue_token(caller: access.Caller, *, account: int, label: str, ends_on: date) -> str:
    """Give an account a key for the API, shown once. Operator, or the account itself with a second factor."""
    if not caller.operator and not (caller.account == account and caller.strong):
        raise access.SecondFactorNeeded(
            expected=_("your own account with a second factor"),
            found=_("less"),
            next_step=_("Sign in with a second factor."),
        )
    if ends_on > clock.today(caller.at) + timedelta(days=TOKEN_DAYS_MOST):
        raise TokenRefused(
            expected=f"an end within {TOKEN_DAYS_MOST} days", found=ends_on, next_step=_("Choose an earlier end.")
        )
    secret = f"valley_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        owner = Account.objects.get(pk=account)
        ApiToken.objects.create(
            account=owner, label=label[:60], digest=_digest(secret), made_at=caller.at, ends_on=ends_on
        )
        audit.record(caller, verb="accounts.issue_token", subject=("account", owner.pseudonym), fields=["token"])
    return secret


def token(secret: str, *, on: date) -> ApiToken | None:
    """The living token behind a key, or None."""
    found = ApiToken.objects.select_related("account").filter(digest=_digest(secret), ends_on__gt=on).first()
    return found if found and found.account.is_active else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _operators_only(caller: access.Caller) -> None:
    if not caller.operator:
        raise access.Forbidden(
            expected=_("the operator at the terminal"),
            found=_("an account"),
            next_step=_("Ask the operator of this valley."),
        )
