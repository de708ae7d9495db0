"""What do all web and API doors share: the caller of a request, keys for machines, one answer per write?"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from ninja.security import APIKeyCookie, HttpBearer

from valley.core.errors import ValleyError
from valley.foundation import access, accounts, clock
from valley.foundation.models import IdempotentReply

View = Callable[..., HttpResponse]


def caller(request: HttpRequest) -> access.Caller:
    """The caller the middleware put on the request."""
    return cast(access.Caller, request.caller)  # type: ignore[attr-defined]


def signed_in(view: View) -> View:
    """Send a visitor to the login page and back."""
    return cast(View, login_required(view))


class Session(APIKeyCookie):
    """Someone signed in on the web; writes need the CSRF token, as forms do."""

    def __init__(self) -> None:
        from django.conf import settings

        self.param_name = settings.SESSION_COOKIE_NAME
        super().__init__(csrf=True)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user if request.user.is_authenticated else None


class Bearer(HttpBearer):
    """A machine with a key, as ``Authorization: Bearer valley_...``."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = accounts.token(token, on=clock.today())
        if found is None:
            return None
        request.api_token = found  # type: ignore[attr-defined]
        request.caller = accounts.caller_of(request)  # type: ignore[attr-defined]
        return found.account


class KeyReused(ValleyError):
    """One Idempotency-Key came with two different requests."""

    code = "idempotency-key-reused"
    status = 422


def once(operation: View) -> View:
    """Answer a repeated write with the same ``Idempotency-Key`` with its first answer, for 24 hours."""

    @functools.wraps(operation)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")[:80]
        if not key:
            return operation(request, *args, **kwargs)
        who = caller(request).pseudonym
        fingerprint = hashlib.sha256(f"{request.method} {request.path}".encode() + request.body).hexdigest()
        kept = IdempotentReply.objects.filter(key=f"{who}:{key}").first()
        if kept is None:
            return _keep(operation(request, *args, **kwargs), f"{who}:{key}", fingerprint)
        if kept.fingerprint != fingerprint:
            raise KeyReused(
                expected="the same request as before", found="another", next_step="Use a new Idempotency-Key."
            )
        return HttpResponse(kept.body, status=kept.status, content_type="application/json")

    return cast(View, run)


def _keep(answer: Any, key: str, fingerprint: str) -> Any:
    if isinstance(answer, HttpResponse) and answer.status_code < 400:
        IdempotentReply.objects.create(
            key=key,
            fingerprint=fingerprint,
            status=answer.status_code,
            body=answer.content.decode(),
            at=clock.now(),
        )
    return answer
