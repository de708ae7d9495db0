"""What happens to every request: safe headers, a fair limit, a language, a caller, and errors put into words."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from valley.core.errors import ValleyError
from valley.foundation import accounts, clock, problems, ratelimit

Answer = Callable[[HttpRequest], HttpResponse]

SAFE_HEADERS: dict[str, str] = {
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


class SafeHeadersMiddleware:
    """Adds the headers Django does not send, and keeps pages of signed-in people out of every cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in SAFE_HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/api/"):
            response.headers.setdefault("API-Version", problems.api_version())
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path.startswith(f"/{settings.STATIC_URL}"):
            response["Cache-Control"] = "no-store"
        return response


class RateLimitMiddleware:
    """Answers 429 when one address asks more than the limit in a minute; the count is shared by all processes."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = settings.VALLEY_REQUESTS_PER_MINUTE
        if limit and ratelimit.hit(f"ip:{request.META.get('REMOTE_ADDR', '')}", at=clock.now()) > limit:
            error = problems.TooMany(
                expected=f"at most {limit} requests a minute", found="more", next_step="Wait a minute and try again."
            )
            response = problems.answer_to(error, request)
            response["Retry-After"] = "60"
            return response
        return self.get_response(request)


class LanguageMiddleware:
    """Dutch, unless the visitor chose otherwise (cookie); programs may ask with Accept-Language."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if not language and request.path.startswith("/api/"):
            language = request.headers.get("Accept-Language", "")[:2].lower()
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class CallerMiddleware:
    """Gives every request its ``caller``, read only when someone asks."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "bearer" and request.path.startswith("/api/"):
            request.api_token = accounts.token(secret.strip(), on=clock.today())  # type: ignore[attr-defined]
        request.caller = SimpleLazyObject(lambda: accounts.caller_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


class ProblemMiddleware:
    """Turns an error with a next step into a page or a problem document; in the API, every refusal."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "HEAD" and request.path.startswith("/api/"):
            return self._head(request)
        return problems.readable(self.get_response(request), request)

    def _head(self, request: HttpRequest) -> HttpResponse:
        """What GET would answer, without its body (RFC 9110, 9.3.2); the router of the API knows GET only."""
        request.method = "GET"
        response = problems.readable(self.get_response(request), request)
        request.method = "HEAD"
        response["Content-Length"] = str(len(response.content))
        response.content = b""
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return problems.answer_to(error, request) if isinstance(error, ValleyError) else None
