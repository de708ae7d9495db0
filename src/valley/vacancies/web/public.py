"""What does everybody read: openings, partners, the roles of the trade? No JavaScript, no sign-in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from valley.foundation import doors
from valley.vacancies.web.forms import Filters
from valley.work import queries

PAGE = 20
MOST_PAGES = 5000


def page_number(request: HttpRequest) -> int:
    """The page asked for, from 1; anything else is the first."""
    asked = request.GET.get("page", "")
    return min(max(int(asked), 1), MOST_PAGES) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """Openings that are open today, with filters."""
    who = doors.caller(request)
    form = Filters(request.GET, choices=queries.filter_choices(who))
    number = page_number(request)
    answer = queries.open_openings(who, filters=form.filters(), limit=PAGE, offset=(number - 1) * PAGE)
    context = {"answer": answer, "filters": form, "number": number, "pages": -(-answer.total // PAGE)}
    return render(request, "vacancies/openings.html", context)


@require_safe
def opening(request: HttpRequest, slug: str) -> HttpResponse:
    """One opening, whole."""
    return render(request, "vacancies/opening.html", {"answer": queries.opening(doors.caller(request), slug=slug)})


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Who takes part."""
    return render(request, "vacancies/partners.html", {"answer": queries.partners(doors.caller(request))})


@require_safe
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """One partner, with its openings of today."""
    who, number, filters = doors.caller(request), page_number(request), queries.OpeningFilter(organisation=slug)
    found = queries.partner(who, slug=slug)
    answer = queries.open_openings(who, filters=filters, limit=PAGE, offset=(number - 1) * PAGE)
    context = {"partner": found, "answer": answer, "number": number, "pages": -(-answer.total // PAGE)}
    return render(request, "vacancies/partner.html", context)


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The roles of the trade."""
    return render(request, "vacancies/roles.html", {"answer": queries.role_profiles(doors.caller(request))})


@require_safe
def role(request: HttpRequest, key: str) -> HttpResponse:
    """One role of the trade: what it asks and where it leads."""
    return render(request, "vacancies/role.html", {"answer": queries.role_profile(doors.caller(request), key=key)})
