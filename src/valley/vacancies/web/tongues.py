"""In which language is a public page, which addresses does it have, and in which language are an employer's words?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from valley.core.errors import ValleyError
from valley.core.skills.text.languages import language_of

ASKED = "in"
"""The field of an address that asks for a language: search engines and readers of a feed have no cookie."""
View = Callable[..., HttpResponse]
YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Address:
    """Where this page stands: the address that counts, and one for each language. ``plain`` is Dutch or by choice."""

    canonical: str
    plain: str
    by_language: tuple[tuple[str, str], ...]


def either_language(view: View) -> View:
    """Let an address ask for a language with ``?in=nl`` or ``?in=en``; the choice is kept as the button keeps it.

    The rest of the program does not see the field, so that every link and form on the page is without it.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        asked = request.GET.get(ASKED, "")
        if asked not in dict(settings.LANGUAGES):
            return view(request, *args, **named)
        query = request.GET.copy()
        del query[ASKED]
        request.GET = query  # type: ignore[assignment]
        request.META["QUERY_STRING"] = query.urlencode()
        request.LANGUAGE_CODE = asked  # type: ignore[attr-defined]
        request.asked_language = asked  # type: ignore[attr-defined]
        with translation.override(asked):
            answer = view(request, *args, **named)
        answer["Content-Language"] = asked
        if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != asked:
            answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, asked, max_age=YEAR, samesite="Lax")
        return answer

    return cast(View, shown)


def address(request: HttpRequest, **query: str) -> Address:
    """The addresses of the page that is shown, with the query fields that belong to it."""
    plain = f"{settings.VALLEY_URL}{request.path}"

    def of(language: str = "") -> str:
        fields = urlencode({**query, ASKED: language} if language else query)
        return f"{plain}?{fields}" if fields else plain

    asked = getattr(request, "asked_language", "")
    both = tuple((code, of(code)) for code, _name in settings.LANGUAGES)
    return Address(of(asked), of(), both)


def tongue_of(*texts: str) -> str:
    """The language of an employer's words for ``lang``, where it is not the language of the page; else "".

    Nothing is claimed of words too few to tell.
    """
    try:
        found = language_of("\n".join(text for text in texts if text))
    except ValleyError:
        return ""
    return "" if found == (translation.get_language() or "")[:2] else found
