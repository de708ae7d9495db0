"""How does one step in a route answer: done, or refused with the reason, on the page it was taken from?"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from valley.core.errors import ValleyError
from valley.foundation import problems
from valley.foundation.problems import NotFound


def version_in(given: QueryDict) -> int | None:
    """The version that was looked at; None when none was named."""
    asked = given.get("version", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None


def taken(request: HttpRequest, change: Callable[[], object], said: str, *, page: str, key: str) -> HttpResponse:
    """Take a step, say so, and go back to a page by its name; a refusal is said there too, what is not there is 404."""
    try:
        change()
    except NotFound:
        raise
    except ValleyError as error:
        messages.error(request, problems.sentence(error))
    else:
        messages.success(request, said)
    return redirect(page, key=key)
