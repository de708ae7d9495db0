"""Which page does a visitor see when something is not there, not allowed or broken?"""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from valley.foundation import problems

log = logging.getLogger(__name__)


def _page(request: HttpRequest, status: int, code: str, detail: str) -> HttpResponse:
    reference = problems.reference()
    log.warning("%s %s answered %s, reference %s", request.method, request.path, status, reference)
    if problems.wants_json(request):
        return problems.problem(status=status, code=code, detail=detail, reference=reference)
    return render(request, f"{status}.html", {"reference": reference}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be read."""
    return _page(request, 400, "unreadable", "The request could not be read.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not open to this caller."""
    return _page(request, 403, "forbidden", "This is not open to you.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: does not exist, or not for this caller."""
    return _page(request, 404, "not-found", "This does not exist.")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the reference is in the log too."""
    reference = problems.reference()
    log.error("%s %s answered 500, reference %s", request.method, request.path, reference)
    if problems.wants_json(request):
        detail = "Something went wrong on our side. Nothing you saved is lost."
        return problems.problem(status=500, code="our-fault", detail=detail, reference=reference)
    # Without the request: what broke may be in the menu itself.
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or came from elsewhere."""
    if problems.wants_json(request):
        return problems.problem(status=403, code="csrf", detail="Send the CSRF token of your session.")
    return render(request, "403_csrf.html", {"reference": problems.reference()}, status=403)
