"""How does a door put an error into words: a page for a person, problem+json for a program?"""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from valley.core.errors import ValleyError

_TITLES = {
    400: gettext_noop("The request could not be read"),
    401: gettext_noop("Sign in first"),
    403: gettext_noop("This is not open to you"),
    404: gettext_noop("This does not exist"),
    405: gettext_noop("This address does not do that"),
    409: gettext_noop("Someone else changed this"),
    410: gettext_noop("This is gone for good"),
    413: gettext_noop("This is too large"),
    415: gettext_noop("This kind of file is not read here"),
    422: gettext_noop("Something in this does not fit"),
    429: gettext_noop("Too many requests"),
    500: gettext_noop("Something went wrong on our side"),
}
# What a program reads when Django or the router refuses, without an error of ours.
_OWN = {
    404: ("not-found", "This does not exist."),
    405: ("method-not-allowed", "This address does not do that. The Allow header says what it does."),
}
# The longest text of each member, as the description of the API declares it.
LONGEST = {"detail": 2000, "expected": 1000, "found": 1000, "nextStep": 1000}


class NotFound(ValleyError):
    """What was asked for does not exist, or not for this caller: the two are never told apart."""

    code = "not-found"
    status = 404


class Conflict(ValleyError):
    """Two people saved the same thing; the second is shown what the first did."""

    code = "conflict"
    status = 409


class TooMany(ValleyError):
    """More requests than one visitor makes."""

    code = "too-many-requests"
    status = 429


def wants_json(request: HttpRequest) -> bool:
    """True for the API and for clients that ask for JSON before HTML."""
    return request.path.startswith("/api/") or request.headers.get("Accept", "").startswith("application/json")


def problem(*, status: int, code: str, detail: str, **members: Any) -> HttpResponse:
    """An RFC 9457 answer with ``status``, ``title``, ``detail``, ``type`` and extension members."""
    body = {"type": f"urn:valley:{code}", "title": _TITLES.get(status, "Problem"), "status": status, "detail": detail}
    body |= {key: value for key, value in members.items() if value not in (None, {}, [])}
    body |= {key: body[key][:most] for key, most in LONGEST.items() if key in body}
    # What was sent may hold half a surrogate pair, which UTF-8 cannot write.
    text = json.dumps(body, default=str, ensure_ascii=False).encode("utf-8", "replace")
    answer = HttpResponse(text, status=status)
    answer["Content-Type"] = "application/problem+json"
    answer["API-Version"] = api_version()
    return answer


def sentence(error: ValleyError) -> str:
    """The error as one line in the language of this moment; parts that an action worded itself stay as they are."""
    parts = {"expected": _said(error.expected), "found": _said(error.found), "next_step": _said(error.next_step)}
    return gettext("Expected %(expected)s, found %(found)s. %(next_step)s") % parts


def _said(words: str) -> str:
    return gettext(words) if words else words


def answer_to(error: ValleyError, request: HttpRequest) -> HttpResponse:
    """The error as this client can read it."""
    if wants_json(request):
        return problem(
            status=error.status,
            code=error.code,
            detail=sentence(error),
            expected=error.expected,
            found=error.found,
            nextStep=error.next_step,
            facts=error.facts,
        )
    context = {"error": error, "title": gettext(_TITLES.get(error.status, _TITLES[500])), "reference": reference()}
    return render(request, "problem.html", context, status=error.status)


def readable(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """A refusal that Django or the router made of its own, as the problem document that the API promises."""
    if response.status_code < 400 or not request.path.startswith("/api/"):
        return response
    if response.get("Content-Type", "").startswith("application/problem+json"):
        return response
    status = response.status_code
    code, detail = _OWN.get(status, ("refused", "The request was refused."))
    answer = problem(status=status, code=code, detail=detail)
    if response.has_header("Allow"):
        answer["Allow"] = ", ".join(sorted(response["Allow"].split(", ")))
    return answer


def reference() -> str:
    """A short code that a person can read out on the phone and that the log holds too."""
    return secrets.token_hex(4)


def api_version() -> str:
    """The version of the API's promise, as sent in the ``API-Version`` header."""
    return "1.0.0"
