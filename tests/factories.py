"""How do tests make people at desks? Through the actions of the product, never around them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from django.test import Client

from valley.foundation import access, accounts, organisations
from valley.foundation.models import Account

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ON = date(2026, 11, 23)
_number = count(1)

KINDS = {
    "recruiter": "employer",
    "team-lead": "employer",
    "practical-trainer": "employer",
    "steward": "employer",
    "designer": "school",
    "coach": "school",
    "office": "programme-office",
    "municipality": "municipality",
    "association": "association",
}


def operator(at: datetime = AT, language: str = "en") -> access.Caller:
    """The operator at the terminal."""
    return access.operator(at=at, language=language)


def organisation(name: str = "", kind: str = "employer", place: str = "maastricht") -> organisations.Partner:
    """A partner that takes part since ``AT``."""
    return organisations.add_partner(
        operator(), name=name or f"Partner {next(_number)}", kind=kind, sector="test", place=place, jobs=50
    )


def account(email: str = "", demo: bool = False) -> Account:
    """An account with a verified address."""
    made = accounts.make_account(
        operator(), email=email or f"someone{next(_number)}@valley.test", password="a-long-pass-phrase", demo=demo
    )
    return Account.objects.get(pk=made.id)


def seated(role: str, partner: organisations.Partner | None = None) -> tuple[Account, organisations.Partner]:
    """An account at a desk of an organisation of the kind that has such desks."""
    partner = partner or organisation(kind=KINDS[role])
    someone = account()
    organisations.give_desk(operator(), organisation=partner.id, email=someone.email, role=role)
    return someone, partner


def caller_of(
    someone: Account, *, strong: bool = True, at: datetime = AT, door: str = "web", language: str = "en"
) -> access.Caller:
    """The caller that a signed-in session of this account would be."""
    rows = someone.memberships.select_related("organisation")
    return access.Caller(
        pseudonym=someone.pseudonym,
        door=door,
        at=at,
        account=someone.pk,
        desks=access.desks_of(rows),
        strong=strong,
        language=language,
    )


def caller(role: str, partner: organisations.Partner | None = None, *, strong: bool = True) -> access.Caller:
    """A caller seated at a desk, with a second factor unless said otherwise."""
    someone, _partner = seated(role, partner)
    return caller_of(someone, strong=strong)


def visitor(at: datetime = AT, language: str = "en") -> access.Caller:
    """Someone who did not sign in."""
    return access.Caller(pseudonym="visitor", door="web", at=at, language=language)


def client_of(someone: Account, *, strong: bool = True, language: str = "en") -> Client:
    """A browser session of this account; ``strong`` as if it came in with a passkey."""
    client = Client()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    if strong:
        session["account_authentication_methods"] = [{"method": "mfa", "type": "webauthn"}]
    session.save()
    client.cookies["django_language"] = language
    return client


def client(role: str, partner: organisations.Partner | None = None, *, strong: bool = True) -> Client:
    """A browser session at a desk."""
    someone, _partner = seated(role, partner)
    return client_of(someone, strong=strong)
