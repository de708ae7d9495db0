"""What do all web and API doors share: the caller of a request, a session or a key for machines?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from ninja.security import APIKeyCookie, HttpBearer

from valley.foundation import access

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
        self.param_name = settings.SESSION_COOKIE_NAME
        super().__init__(csrf=True)

    def _get_key(self, request: HttpRequest) -> str | None:
        # A program has no cookie and shows a key instead: asking it for the token of a form would refuse every write.
        return super()._get_key(request) if self.param_name in request.COOKIES else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user if request.user.is_authenticated else None


class Bearer(HttpBearer):
    """A machine with a key, as ``Authorization: Bearer valley_...``."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = getattr(request, "api_token", None)
        return found.account if found else None
